"""Units of time."""

SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 7 * 86400, "mo": 30 * 86400, "y": 365 * 86400}
"""Seconds of each unit; a month counts as 30 days and a year as 365."""
LONGEST = 1e12
"""The longest valid duration, in seconds: some 30,000 years."""
