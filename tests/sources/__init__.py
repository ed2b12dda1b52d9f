"""Tests of the sources of measured data."""
