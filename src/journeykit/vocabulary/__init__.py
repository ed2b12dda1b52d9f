"""Vocabularies of journeys: feelings, channels and word lists, as data files with their lookup."""
