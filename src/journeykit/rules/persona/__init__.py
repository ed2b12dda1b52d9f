"""Rules on the persona and the goals: who the customer is and what the customer wants."""
