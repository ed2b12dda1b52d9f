"""Exceptions for mistakes of a user outside a journey file: a wrong path, a bad option, invalid settings."""


class JourneykitError(Exception):
    """An expected failure: shown as one line on stderr, exit status 2.

    `help` says what to do about it; it is shown on the next line.
    """

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return f"{self.message}\n  {self.help}" if self.help else self.message


class UsageError(JourneykitError):
    """A path, an option or a combination of options that cannot be used."""


def without_pictures(what: str, package: str) -> UsageError:
    """Return the error for what needs a package that only the complete installation brings."""
    return UsageError(f"{what} needs {package}, which is not installed", "pip install journeykit")


class ConfigError(JourneykitError):
    """A settings file that cannot be read, or has an unknown or invalid setting."""


class InvalidJourneyError(JourneykitError):
    """A file that is not a valid journey; `findings` has its errors."""

    def __init__(self, message: str, findings: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class MissingFileError(JourneykitError, FileNotFoundError):
    """A named file or folder that does not exist."""
