"""Charts: journeys laid out as scenes of plain marks, and scenes written as SVG, PNG and PDF."""
