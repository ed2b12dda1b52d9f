"""Whether the texts are short, tidy, and in the customer's words."""
