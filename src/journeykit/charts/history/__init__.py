"""The score of a journey over the commits of its file, as a picture."""
