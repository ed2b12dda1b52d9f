"""The overlay chart: the curves of several journeys on one axis, by stage or by time."""
