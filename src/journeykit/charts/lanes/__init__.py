"""Lanes: each module is one, found by its name, and has `lay(view, top)`, which returns a Band or none."""
