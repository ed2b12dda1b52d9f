"""A folder of journeys: read, lint, fix, format, score, compare, merge and draw what is in it.

`Project` answers for the command line, the language server and the Python API; the settings that hold for a journey are
found here and nowhere else. The modules below take a `Workspace`: the root, the settings and the day.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from journeykit.config import Config, load_config
from journeykit.errors import ConfigError, MissingFileError, UsageError
from journeykit.project.workspace import Reporter, ScoringOptions, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal, TypeVar

    from journeykit.charts.picture import Picture
    from journeykit.comparing import Comparison
    from journeykit.comparing.forecast import Forecast
    from journeykit.comparing.history import History
    from journeykit.linting import Linted
    from journeykit.model import Journey
    from journeykit.output.tables import ScoredJourney
    from journeykit.output.tables.opportunities import Wanted
    from journeykit.output.tables.opportunity_outcomes import JourneyOutcome
    from journeykit.project.diff import Diff
    from journeykit.project.drifting import DriftRun
    from journeykit.project.fixing import FixOptions
    from journeykit.project.formatting import FormattedFile, Mode
    from journeykit.project.history import VersionRange
    from journeykit.project.linting import LintRun
    from journeykit.project.measuring import MeasureOptions, MeasureRun
    from journeykit.project.merging import MergeRequest
    from journeykit.project.pictures import DrawnPicture
    from journeykit.project.reading import ReadResult, Targets
    from journeykit.project.rendering import RenderedPicture
    from journeykit.project.scoring import ScoreRun
    from journeykit.project.validating import Validated
    from journeykit.reading import Document

    Result = TypeVar("Result")

__all__ = ["Project", "Reporter", "ScoringOptions", "Workspace"]


class _Raising(Reporter):
    """Raises the problems that a command would print and pass over."""

    def message(self, text: str, help: str = "") -> None:
        """Raise a problem."""
        raise UsageError(text, help)

    def missing_file(self, text: str, help: str = "") -> None:
        """Raise the error of a file that does not exist."""
        raise MissingFileError(text, help)


@dataclass(frozen=True)
class Project(Workspace):
    """A folder of journeys with the settings that hold there, and the day that dates are compared with."""

    @classmethod
    def find(cls, path: Path | str | None = None, *, settings: Path | None = None, isolated: bool = False) -> Project:
        """Return the project around a file or folder, by default the working folder.

        Its settings are those of the nearest `journeykit.toml`, or of the file `settings`, or with `isolated` the
        defaults. Raises ConfigError if they cannot be read, and MissingFileError, which is a FileNotFoundError too, if
        there is no such file or folder.
        """
        start = Path() if path is None else Path(path)
        if not os.path.exists(start):  # noqa: PTH110  (pathlib raises where a name is too long)
            raise MissingFileError(f"{start}: no such file or folder")
        return cls._of_folder(start if start.is_dir() else start.parent, settings, isolated)

    @classmethod
    def around(cls, file: Path | None = None) -> Project:
        """Return the project around a file, which need not exist, by default of the working folder.

        Raises ConfigError as `find` does.
        """
        return cls._of_folder(Path() if file is None else file.parent)

    @classmethod
    def around_or_default(cls, file: Path | None = None) -> Project:
        """Return the project as `around` does, with default settings if its own cannot be read.

        For programs that must not stop at them, such as git in the midst of a merge.
        """
        try:
            return cls.around(file)
        except ConfigError:
            return cls(Path(), Config())

    @classmethod
    def _of_folder(cls, folder: Path, settings: Path | None = None, isolated: bool = False) -> Project:
        config = load_config(settings, isolated, folder)
        return cls(config.path.parent if config.path and settings is None else folder, config)

    def journeys(self, *paths: Path | str, skip_invalid: bool = False) -> list[Journey]:
        """Return the journeys in files and folders, by default in the whole project, in the order of the files.

        Raises InvalidJourneyError with the findings of all files that are no journeys, unless these are skipped.

        >>> len(Project.find("examples").journeys("examples"))
        6
        """
        return [one.journey for one in self.score(*paths, skip_invalid=skip_invalid)]

    def score(
        self, *paths: Path | str, skip_invalid: bool = False, options: ScoringOptions | None = None
    ) -> list[ScoredJourney]:
        """Score the journeys in files and folders, by default in the whole project; each has its file and its scores.

        Raises InvalidJourneyError with the findings of all files that are no journeys, unless these are skipped, and
        OSError if a file cannot be opened.

        >>> [one.file for one in Project.find("examples").score("examples") if one.scores.score > 80]
        ['examples/my-new-job-to-be.journey.yaml']
        """
        run = self._raising().score_each(self._targets(paths), options)
        if run.findings and not skip_invalid:
            from journeykit.errors import InvalidJourneyError

            lines = [f"{one.file}:{one.start.line}:{one.start.column}: {one.message}" for one in run.findings]
            raise InvalidJourneyError("\n".join(lines), run.findings)
        return run.scored

    def lint(self, *paths: Path | str) -> Linted:
        """Lint files and folders, by default the whole project; return what `journeykit lint` would print.

        That is: findings that are as severe as the settings ask for and are not in the baseline.

        >>> Project.find("examples").lint("examples/smallest.journey.yaml").findings[0].rule
        'missing-goal'
        """
        from journeykit.finding import Severity
        from journeykit.linting import Linted
        from journeykit.project.fixing import FixOptions

        run = self._raising().lint_each(self._targets(paths), FixOptions())
        least = Severity.of(self.settings.show)
        linted = run.read.results
        return Linted(
            tuple(finding for finding in run.left.findings if finding.severity >= least),
            sum(one.suppressed for one in linted),
            tuple(failure for one in linted for failure in one.failures),
        )

    def compare(self, old: Path | str, new: Path | str) -> Comparison:
        """Compare two files, both scored as the new one asks for.

        Raises InvalidJourneyError if one of them is no journey.
        """
        from journeykit.project.api import compare

        return compare(old, new, settings=self.settings)

    def diff_revisions(self, *arguments: str) -> Diff:
        """Compare revisions of git, with paths behind them, as `journeykit diff` takes both."""
        return self.diff(self._targets(()), arguments)

    def history(self, path: Path | str, *, limit: int = 0) -> History:
        """Return the versions of a file in git with their scores, the oldest first; `limit` takes the newest only.

        Raises UsageError if the file is in no repository.
        """
        from journeykit.project.history import TrackedFile, VersionRange, history_of

        return history_of(self, TrackedFile(Path(path)), VersionRange(limit))

    def render(
        self,
        subject: object,
        *,
        chart: str = "map",
        axis: Literal["order", "time"] = "order",
        theme: str | None = None,
        format: str = "svg",
        lanes: Sequence[str] = (),
        columns: int | Literal["all"] | None = None,
        width: float | None = None,
        page: str | None = None,
        file: Path | None = None,
    ) -> RenderedPicture:
        """Draw a journey, scores, a comparison, a history, or several journeys over each other.

        A chart is wide, unless `columns` is the most touchpoints in a row, `width` its width in points, or `page` the
        paper that it fills, such as `a3`; "none" is no paper, if the settings name one. `file` is that of the journey,
        beside which its pictures lie.
        """
        from journeykit.charts.picture import Picture
        from journeykit.model import Journey
        from journeykit.project.outside import images_of
        from journeykit.project.rendering import render

        if page is None:  # what is given says more than the settings
            page = "none" if width or columns == "all" else self.settings.page
        theme, paper = theme or self.settings.theme, "" if page == "none" else page
        look = Picture(format, chart, axis, theme, columns, width, lanes=tuple(lanes), page=paper)
        if file is not None and isinstance(subject, Journey):
            look = look._replace(images=images_of(subject, file, self)[0])
        return render(self, subject, look)

    def _targets(self, paths: Sequence[Path | str]) -> Targets:
        from journeykit.project.reading import Targets

        return Targets(tuple(map(Path, paths)), allow_empty=not paths)

    def _raising(self) -> Project:
        """Return this project that raises problems of single files instead of reporting them."""
        from dataclasses import replace

        return replace(self, reporter=_Raising()) if type(self.reporter) is Reporter else self

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

    def validate_each(self, targets: Targets) -> ReadResult[Validated]:
        """Validate journeys, and what they name outside of their files."""
        from journeykit.project.validating import validate_each

        return validate_each(self, targets)

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

    def measure_each(self, targets: Targets, options: MeasureOptions) -> MeasureRun:
        """Measure journeys by the data that they name."""
        from journeykit.project.measuring import measure_each

        return measure_each(self, targets, options)

    def drift_each(
        self, run: MeasureRun, options: FixOptions, *, fail_on_drop: bool = False, write_baseline: bool = False
    ) -> DriftRun:
        """Find where measured journeys and their data disagree; make or preview the fixes, which take the data over."""
        from journeykit.project.drifting import drift_each

        return drift_each(self, run, options, fail_on_drop=fail_on_drop, write_baseline=write_baseline)

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
        self, targets: Targets, versions: VersionRange, options: ScoringOptions | None = None
    ) -> tuple[list[History], int]:
        """Return the histories of files, and how many files have none."""
        from journeykit.project.history import histories_of

        return histories_of(self, targets, versions, options)

    def outcomes(self, targets: Targets, scored: Sequence[ScoredJourney], wanted: Wanted) -> list[JourneyOutcome]:
        """Return the outcomes of the done opportunities of journeys."""
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
