"""Whether every touchpoint says what it should."""
