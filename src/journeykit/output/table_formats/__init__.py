"""Formats of tables: one module each, with a function `write(report, layout)` that returns the text."""
