"""Whether one can see who travels and why."""
