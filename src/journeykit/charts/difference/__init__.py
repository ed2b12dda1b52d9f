"""The difference chart: the curves of two versions of a journey and what differs."""
