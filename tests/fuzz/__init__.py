"""A search for inputs that go wrong, with new seeds on every run: `make fuzz`, or `python -m tests.fuzz`."""
