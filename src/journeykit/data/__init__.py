"""Data that journeys are measured by: sources in the settings, questions, and engines that count."""
