"""A first map out of a log: the figures of its course, and what of them a map may say."""
