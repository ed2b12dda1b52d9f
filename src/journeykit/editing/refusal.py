"""An act that is not made, and why."""

from __future__ import annotations

from journeykit.errors import JourneykitError
from journeykit.finding import Finding, Severity
from journeykit.reading import Document
from journeykit.source import KeyPath


class ActRefusedError(JourneykitError):
    """An act that is not made: what is wrong, what to do, and the line of the text where it stands (0 without one)."""

    def __init__(self, message: str, help: str = "", line: int = 0) -> None:
        super().__init__(message, help)
        self.line = line


class MalformedError(ActRefusedError):
    """A request that is none: a key is missing, a path leads nowhere."""


class ChangedMeanwhileError(ActRefusedError):
    """What an act is about was changed by somebody else meanwhile."""


class NeededError(ActRefusedError):
    """What is to be removed is needed by something else, which can go with it."""


IN_TEXT = "change it in the text"


def line_of(document: Document, path: KeyPath) -> int:
    """Return the line of the value at a path, or of what is nearest to it."""
    return document.source.position(document.source.locate(path).start).line


def first_error(document: Document) -> ActRefusedError:
    """Return the refusal for a text that would be no journey: its first error, in the words of the finding."""
    error = next((one for one in document.findings if one.severity is Severity.ERROR), None)
    if error is None:
        return ActRefusedError("it would be no valid journey any more", IN_TEXT)
    return ActRefusedError(error.message, error.help, error.start.line)


def is_new(finding: Finding, before: Document) -> bool:
    """Return whether a finding was not there before, wherever it stood."""
    return (finding.rule, finding.message) not in {(one.rule, one.message) for one in before.findings}
