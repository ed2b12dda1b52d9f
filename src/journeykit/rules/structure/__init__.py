"""Whether the map as a whole is what a journey map should be."""
