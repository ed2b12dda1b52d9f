"""Rules on texts: whether they are short, tidy, and in the customer's words."""
