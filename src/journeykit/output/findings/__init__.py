"""Output formats of findings. Each module is one value of `--output-format` and has `write(report, paint) -> str`."""
