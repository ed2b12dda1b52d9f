"""A folder of journeys: read, lint, fix, format, score, compare, merge and draw what is in it.

`Project` answers for the command line, the language server and the Python API; the settings that hold for a journey are
found here and nowhere else. The modules below take a `Workspace`: the root, the settings and the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from journeykit.config import Config, load_config
from journeykit.errors import ConfigError
from journeykit.project.workspace import Reporter, ScoringOptions, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from journeykit.charts.picture import Picture
    from journeykit.comparing.forecast import Forecast
    from journeykit.comparing.history import History
    from journeykit.linting import Linted
    from journeykit.output.tables import ScoredJourney
    from journeykit.output.tables.opportunities import Wanted
    from journeykit.output.tables.opportunity_outcomes import JourneyOutcome
    from journeykit.project.diff import Diff
    from journeykit.project.fixing import FixOptions
    from journeykit.project.formatting import FormattedFile, Mode
    from journeykit.project.history import Period
    from journeykit.project.linting import LintRun
    from journeykit.project.merging import MergeRequest
    from journeykit.project.pictures import DrawnPicture
    from journeykit.project.reading import ReadResult, Targets
    from journeykit.project.scoring import ScoreRun
    from journeykit.reading import Document

    Result = TypeVar("Result")

__all__ = ["Project", "Reporter", "ScoringOptions", "Workspace"]


@dataclass(frozen=True)
class Project(Workspace):
    """A folder of journeys with the settings that hold there, and the day that dates are compared with."""

    @classmethod
    def find(cls, path: Path | str | None = None, *, settings: Path | None = None, isolated: bool = False) -> Project:
        """Return the project around a file or folder, by default the working folder.

        Its settings are those of the nearest `journeykit.toml`, or of the file `settings`, or with `isolated` the
        defaults. Raises ConfigError if they cannot be read.
        """
        start = Path() if path is None else Path(path)
        start = start if start.is_dir() else start.parent
        config = load_config(settings, isolated, start)
        root = config.path.parent if config.path and settings is None else start
        return cls(root, config)

    @classmethod
    def find_or_default(cls, path: Path | str | None = None) -> Project:
        """Return the project around a file or folder, with default settings if its own cannot be read.

        For programs that must not stop at them, such as git in the midst of a merge.
        """
        try:
            return cls.find(path)
        except ConfigError:
            return cls(Path(), Config())

    def read_each(
        self, targets: Targets, work: Callable[[Document], Result], *, picklable: bool = False
    ) -> ReadResult[Result]:
        """Read journeys and return what `work` makes of each."""
        from journeykit.project.reading import read_each

        return read_each(self, targets, work, picklable=picklable)

    def find_files(self, targets: Targets) -> tuple[list[Path], int]:
        """Return the files of the targets, and how many named paths do not exist."""
        from journeykit.project.reading import find_files

        return find_files(self, targets)

    def lint_each(self, targets: Targets, options: FixOptions, *, write_baseline: bool = False) -> LintRun:
        """Lint journeys, and fix them if the options say so."""
        from journeykit.project.linting import lint_each

        return lint_each(self, targets, options, write_baseline=write_baseline)

    def format_each(self, targets: Targets, mode: Mode) -> ReadResult[FormattedFile]:
        """Format journeys."""
        from journeykit.project.formatting import format_each

        return format_each(self, targets, mode)

    def score_each(self, targets: Targets, options: ScoringOptions | None = None) -> ScoreRun:
        """Score journeys."""
        from journeykit.project.scoring import score_each

        return score_each(self, targets, options)

    def diff(self, targets: Targets, arguments: Sequence[str], options: ScoringOptions | None = None) -> Diff:
        """Diff two files, or revisions and paths as `git diff` takes them.

        Raises UsageError if the arguments name nothing that can be compared.
        """
        from journeykit.project.diff import are_files, diff_files

        if are_files(arguments):
            return diff_files(self, targets, arguments[0], arguments[1], options)
        from journeykit.project.revisions import diff_revisions

        return diff_revisions(self, targets, arguments, options)

    def histories(
        self, targets: Targets, period: Period, options: ScoringOptions | None = None
    ) -> tuple[list[History], int]:
        """Return the histories of files, and how many files have none."""
        from journeykit.project.history import histories_of

        return histories_of(self, targets, period, options)

    def outcomes(self, targets: Targets, scored: Sequence[ScoredJourney], wanted: Wanted) -> list[JourneyOutcome]:
        """Return what came of the done opportunities of journeys."""
        from journeykit.project.outcomes import outcomes_of

        return outcomes_of(self, targets, scored, wanted)

    def forecasts(self, scored: Sequence[ScoredJourney], texts: Sequence[str], wanted: Wanted) -> list[Forecast]:
        """Return journeys as they would be after some opportunities."""
        from journeykit.project.forecasts import forecasts_of

        return forecasts_of(scored, texts, wanted)

    def draw_each(
        self,
        targets: Targets,
        pictures: Sequence[Picture],
        output: Path | None = None,
        options: ScoringOptions | None = None,
    ) -> ReadResult[list[DrawnPicture]]:
        """Draw journeys into files."""
        from journeykit.project.pictures import draw_each

        return draw_each(self, targets, pictures, output, options)

    def merge(self, request: MergeRequest) -> int:
        """Merge three versions of a journey; return 0 if nothing is left to do, else 1."""
        from journeykit.project.merging import merge_files

        return merge_files(self, request)

    def text_for_git(self, file: Path) -> bytes:
        """Return the text that git compares instead of a journey's YAML."""
        from journeykit.project.textconv import text_for_git

        return text_for_git(self, file)

    def lint_document(self, document: Document) -> Linted:
        """Return what lint finds in a document that was read."""
        from journeykit.project.linting import lint_document

        return lint_document(document, self, self.selection())

    def score_document(self, document: Document, options: ScoringOptions | None = None) -> ScoredJourney | None:
        """Return the journey of a document with its scores; None if it is no journey."""
        from journeykit.project.scoring import score_document

        return score_document(document, self, options)
