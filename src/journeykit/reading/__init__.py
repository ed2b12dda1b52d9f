"""Text to documents: YAML, the models and the checks across keys; finding the files."""

from journeykit.reading.discovery import INCLUDE, Found, discover
from journeykit.reading.document import Document, load, read_bytes, read_file, read_text
from journeykit.reading.shared import Shared

__all__ = ["INCLUDE", "Document", "Found", "Shared", "discover", "load", "read_bytes", "read_file", "read_text"]
