"""A deck of slides for PowerPoint and its like, with native shapes, tables and notes (the extra `pptx`)."""
