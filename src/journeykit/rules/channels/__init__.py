"""Rules on channels: whether they are stated, known and suitable, and how often customers switch or wait."""
