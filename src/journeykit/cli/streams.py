"""Prepare the standard streams: none is missing, and none fails on a character that it cannot encode."""

from __future__ import annotations

import codecs
import io
import os
import stat
import sys
from typing import NoReturn, TextIO

from journeykit.output.paint import without_commands

CLOSED_PIPE = 141
"""The exit status of a program whose reader closed the pipe, as in shells: 128 + SIGPIPE."""

PLAIN = str.maketrans("─│┤█▇▆▅▄▃▂▁·–−±▼▲◆…→“”", '-|+####____.--~v^*.>""')
"""Replacements for our marks in encodings without them."""


def make_ready() -> None:
    """Open streams that the caller closed; escape characters that a stream's encoding lacks."""
    codecs.register_error("journeykit", _substitute)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="journeykit")


def reader_gone() -> NoReturn:
    """Exit silently after the reader of our output closed the pipe."""
    silence()
    sys.exit(CLOSED_PIPE)


def silence() -> None:
    """Redirect standard output to nowhere, so that the interpreter reports nothing while it ends."""
    with open(os.devnull, "wb") as sink:  # noqa: PTH123
        try:
            os.dup2(sink.fileno(), sys.stdout.fileno())
        except (OSError, ValueError):  # a stream that is no file
            sys.stdout = io.StringIO()


def in_log(text: str, stream: TextIO | None = None) -> str:
    """Return text for people as it may stand in the log of GitHub's runner, if that is where a stream goes."""
    return without_commands(text) if os.environ.get("GITHUB_ACTIONS") and not _is_file(stream) else text


def data_in_log(text: str, stream: TextIO | None = None) -> str:
    """Return a text for programs as it may stand in that log: JSON and XML of the same meaning; others stay."""
    if in_log("##[", stream) == "##[":
        return text
    instead = "##\\u005b" if text.startswith(("{", "[")) else "##&#91;" if text.startswith("<?xml") else "##["
    return text.replace("##[", instead)


def _is_file(stream: TextIO | None) -> bool:
    """Return whether a stream is written to a file, such as a patch that must stay as it is."""
    try:
        return stream is not None and stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _substitute(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(PLAIN)
    return text.encode("ascii", "backslashreplace").decode("ascii"), error.end
