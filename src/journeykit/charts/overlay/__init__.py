"""The overlay: the emotional curves of several journeys on one axis, matched by stage or by time."""
