"""Rules on the map as a whole: title, note, scope, state, and definitions."""
