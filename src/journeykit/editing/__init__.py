"""Edit journeys act by act: what a person does to a map, as the smallest edits of its text."""
