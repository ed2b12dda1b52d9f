"""Units of time."""

SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 7 * 86400, "mo": 30 * 86400, "y": 365 * 86400}
"""Units of durations in seconds; a month of 30 and a year of 365 days serve for placing only."""
LONGEST = 1e12
"""Seconds, some 30,000 years: longer durations are typing errors."""
