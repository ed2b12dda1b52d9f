"""One module is one format of other programs."""
