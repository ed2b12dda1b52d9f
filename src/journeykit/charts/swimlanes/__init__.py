"""What the backstage lane is made of: steps in the rows of their teams (`rows`), and arrows between them (`arrows`)."""
