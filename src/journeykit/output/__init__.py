"""Results to text: pure functions, one module a format; commands write what they return."""
