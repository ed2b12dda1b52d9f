"""Format results as text: pure functions, one module a format; commands write what they return."""
