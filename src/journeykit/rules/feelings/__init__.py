"""Rules on feelings and scores: whether they are there, clear, and supported by what customers said."""
