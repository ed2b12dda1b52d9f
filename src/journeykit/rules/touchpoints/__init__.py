"""Rules on touchpoints: what each should say, and what the journey should include."""

from journeykit.model import Journey


def counts_from_start(journey: Journey) -> bool:
    """Return whether times count from the first touchpoint: it is exactly at 0, and nothing says what day 0 is."""
    at = journey.touchpoints[0].at
    return journey.day0 is None and at is not None and not at.absolute and at.seconds == 0
