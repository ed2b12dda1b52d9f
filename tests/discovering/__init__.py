"""A first map out of a log."""
