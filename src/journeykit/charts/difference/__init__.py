"""Two versions of a journey in one picture: both curves, and what differs between them."""
