"""Figures out of counted answers, cases and times: with intervals, bases and what must not be shown left out.

Data goes one way: counts of `data.questions` → samples (counts of one cell) → figures → suppression → tables, edits of
the map, the series.
"""
