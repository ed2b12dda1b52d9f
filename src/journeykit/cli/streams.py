"""The standard streams, made ready for any text: none is missing, and none breaks on a character it cannot encode."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import NoReturn

CLOSED_PIPE = 141
"""The exit status of a program whose reader went away, as shells count it: 128 + SIGPIPE."""

PLAIN = str.maketrans("─│┤█▇▆▅▄▃▂▁·–−±▼▲◆…→“”", '-|+####____.--~v^*.>""')
"""What stands for our own marks where only ASCII, or the letters of one country, can be written."""


def make_ready() -> None:
    """Open what was closed by the caller; text of a journey is escaped where the stream's encoding lacks a letter."""
    codecs.register_error("journeykit", _substitute)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="journeykit")


def reader_gone() -> NoReturn:
    """Whoever read our output has closed the pipe: end without a word."""
    silence()
    sys.exit(CLOSED_PIPE)


def silence() -> None:
    """Standard output takes no more: let nothing complain of that while the interpreter ends."""
    with open(os.devnull, "wb") as sink:  # noqa: PTH123
        try:
            os.dup2(sink.fileno(), sys.stdout.fileno())
        except (OSError, ValueError):  # a stream that is no file
            sys.stdout = io.StringIO()


def _substitute(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(PLAIN)
    return text.encode("ascii", "backslashreplace").decode("ascii"), error.end
