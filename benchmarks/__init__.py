"""Measure journeykit against similar tools; see README.md in this folder."""
