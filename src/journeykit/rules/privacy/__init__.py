"""Rules on personal data: what a map should not contain, and what it should say about the data that is collected."""
