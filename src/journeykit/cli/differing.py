"""What `diff` compares: two files, or a revision of git with another or with the working folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from journeykit.cli.compared import Compared, add, note, score_of
from journeykit.cli.inputs import STDIN, Asked
from journeykit.cli.scoring_run import ScoringOptions
from journeykit.comparing.journey_diff import diff_journey
from journeykit.errors import UsageError
from journeykit.output.paint import shown_name
from journeykit.reading import read_bytes
from journeykit.reading.document import MAX_BYTES
from journeykit.scoring import Scores


def compare_all(arguments: Sequence[str], asked: Asked, how: ScoringOptions) -> Compared:
    """Compare what the arguments name; UsageError where they name nothing that can be."""
    if "" in arguments:  # a gate must not pass because a variable of the shell is not set
        raise UsageError("an argument is empty", "a variable that is not set? This folder is called .")
    if len(arguments) == 2 and all(map(_is_file, arguments)):
        return _two_files(arguments[0], arguments[1], asked, how)
    from journeykit.cli.revisions import InGit

    return InGit(arguments, asked, how).compared()


def _is_file(argument: str) -> bool:
    path = Path(argument)
    return path == STDIN or (os.path.exists(path) and not path.is_dir())  # noqa: PTH110  (a name may be too long)


def _two_files(old: str, new: str, asked: Asked, how: ScoringOptions) -> Compared:
    if old == new == str(STDIN):
        raise UsageError("both versions are standard input", "name one of them as a file")
    found = Compared(_shown(old, asked), _shown(new, asked))
    scores: list[Scores | None] = []
    for name, label in zip((old, new), (found.old, found.new), strict=True):
        document = read_bytes(_bytes_of(name), label, asked.config.shared)
        scores.append(score_of(document, asked, how))
        note(found, document, fails=True)
    before, after = scores
    if before is not None and after is not None:
        add(found, diff_journey(found.old, before, found.new, after))
    return found


def _shown(name: str, asked: Asked) -> str:
    return asked.stdin_filename if name == str(STDIN) else name


def _bytes_of(name: str) -> bytes:
    if name == str(STDIN):
        return sys.stdin.buffer.read()
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{shown_name(name)}: cannot be read: {error.strerror}") from None
