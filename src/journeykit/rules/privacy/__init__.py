"""Whether the map keeps to itself what is not its own to tell."""
