"""Parts of the curve: interpolation, plot area, points, time axis, and marks above and below."""
