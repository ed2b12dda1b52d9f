"""Engines that count where the data lie: they answer as DuckDB does, row by row."""
