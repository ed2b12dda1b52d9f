"""The words that journeys are written in: feelings, channels and word lists, as data files and their lookup."""
