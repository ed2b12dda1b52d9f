"""Text to documents: YAML, the models and the checks across keys; finding the files."""

from journeykit.reading.discovery import INCLUDE, Found, discover
from journeykit.reading.document import Document, load, read_bytes, read_file, read_text

__all__ = ["INCLUDE", "Document", "Found", "discover", "load", "read_bytes", "read_file", "read_text"]
