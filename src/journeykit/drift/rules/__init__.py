"""The rules on drift: one module is one rule."""
