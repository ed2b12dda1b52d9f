"""Formats of tables: one module each, with a function `write(report, screen)` that returns the text."""
