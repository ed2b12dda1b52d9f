"""Parts of the backstage lane: steps in rows of teams (`rows`), their cards, and arrows between them."""
