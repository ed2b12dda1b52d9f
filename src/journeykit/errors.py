"""Failures that a user can cause outside a journey file: a wrong path, a bad option, a broken configuration."""


class JourneykitError(Exception):
    """An expected failure: shown as one line on stderr, exit status 2.

    `help` says what to do about it; it is shown on a line of its own.
    """

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return f"{self.message}\n  {self.help}" if self.help else self.message


class UsageError(JourneykitError):
    """A path, option or combination of options that cannot be served."""


class ConfigError(JourneykitError):
    """A configuration file that cannot be read, or says something unknown."""


class InvalidJourneyError(JourneykitError):
    """A file that is no journey, for callers that asked for nothing else; `findings` say why."""

    def __init__(self, message: str, findings: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class MissingFileError(JourneykitError, FileNotFoundError):
    """A named file or folder that does not exist."""
