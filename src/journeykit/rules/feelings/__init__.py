"""Whether the emotional curve is there, and honest."""
