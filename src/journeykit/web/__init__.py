"""Web pages: the parts of a journey's page as elements, and a page that holds them all in one file."""
