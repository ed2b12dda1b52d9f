"""Formats of findings: one module each, named as `--output-format` names it, with `write(report, paint) -> str`."""
