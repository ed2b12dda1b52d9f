"""Rules on touchpoints: what each should say, and what the journey should include."""
