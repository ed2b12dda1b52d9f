"""Whether it is clear through which channels the journey goes, and whether they fit."""
