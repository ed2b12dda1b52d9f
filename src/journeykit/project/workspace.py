"""The workspace: root folder, settings and day that all operations of a project use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journeykit.config import Config

if TYPE_CHECKING:
    from journeykit.linting import Selection
    from journeykit.model import Journey
    from journeykit.scoring import Settings


class Reporter:
    """Receives the messages and the progress of an operation; this one ignores them."""

    def message(self, text: str, help: str = "") -> None:
        """Receive a problem that does not end the operation, and what to do about it."""

    def missing_file(self, text: str, help: str = "") -> None:
        """Receive the problem that a named file or folder does not exist; by default as any other problem."""
        self.message(text, help)

    def progress(self, done: int, total: int) -> None:
        """Receive the number of files that are finished."""

    def finish_progress(self) -> None:
        """Receive the end of the progress."""


class ScoringOptions(NamedTuple):
    """Scoring options of one call; None means the value of the journey, else that of the settings."""

    profile: str | None = None
    source: str | None = None
    pain: float | None = None
    critical: float | None = None
    min_prominence: float | None = None
    min_drop: float | None = None


@dataclass(frozen=True)
class Workspace:
    """Root folder, settings and day; operations take these from nowhere else."""

    root: Path = field(default_factory=Path)
    settings: Config = field(default_factory=Config)
    today: date = field(default_factory=date.today)
    """The day that dates in journeys are compared with."""
    reporter: Reporter = field(default_factory=Reporter)
    cache: bool = True
    """Whether results are taken from the user's cache folder, and kept there."""

    def scoring_settings(self, journey: Journey, options: ScoringOptions | None = None) -> Settings:
        """Return how a journey is scored: by the options, else by the journey, else by the settings.

        Raises UsageError if an option or the journey's own weights are out of range.
        """
        from journeykit.scoring import settings_for

        given = (options or ScoringOptions())._asdict()
        return settings_for(journey, **{**given, "source": given["source"] or self.settings.source})

    def selection(self) -> Selection:
        """Return the rules that the settings select.

        Raises ConfigError if the settings name an unknown rule, or a plugin that cannot be imported.
        """
        from journeykit.linting import Selection

        return Selection.configured(self.settings)
