"""Find journey files and read them: YAML, the models, and the checks across keys."""

from journeykit.reading.discovery import INCLUDE, DiscoveredFiles, discover
from journeykit.reading.document import Document, load, read_bytes, read_file, read_text
from journeykit.reading.shared import Shared

__all__ = [
    "INCLUDE",
    "DiscoveredFiles",
    "Document",
    "Shared",
    "discover",
    "load",
    "read_bytes",
    "read_file",
    "read_text",
]
