"""The curve of a journey: its mathematics, its field, and what stands at its points."""
