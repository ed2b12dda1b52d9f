"""What was measured of a journey over time: one strip a touchpoint or key figure, all on one axis of time."""
