"""Measurements of journeykit against the tools that stand nearest to it; see README.md in this folder."""
