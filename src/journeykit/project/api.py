"""The Python API: short forms of `Project` for one file, and how notebooks show what they return.

Each function takes a path or what was read, and the settings as the command line finds them: those of the nearest
`journeykit.toml` upward from the working folder. `settings` names another file, or with None there are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Final, Literal

from journeykit import notebook
from journeykit.comparing import Comparison
from journeykit.comparing import compare as compare_scores
from journeykit.comparing.history import History
from journeykit.config import Config
from journeykit.errors import InvalidJourneyError, MissingFileError, UsageError
from journeykit.finding import Finding
from journeykit.linting import Linted
from journeykit.model import Journey, Opportunity
from journeykit.project import Project
from journeykit.project.lists import LowPoints, Opportunities, Peaks
from journeykit.project.workspace import ScoringOptions
from journeykit.reading import Document
from journeykit.reading import read_bytes as read_document
from journeykit.reading import read_text as read_document_text
from journeykit.scoring import Scores
from journeykit.scoring import opportunities as opportunities_of
from journeykit.scoring import score as score_journey
from journeykit.scoring import simulate as simulate_opportunities


class Nearest(Enum):
    """Settings that are looked for."""

    NEAREST = "nearest"

    def __repr__(self) -> str:
        return "NEAREST"


NEAREST: Final = Nearest.NEAREST
Settings = Config | Path | str | None | Literal[Nearest.NEAREST]


def _project(settings: Settings) -> Project:
    """Return the project of the working folder with the given settings."""
    if isinstance(settings, Config):
        return Project(Path(), settings)
    if settings is None:
        return Project.find(isolated=True)
    return Project.find() if settings is NEAREST else Project.find(settings=Path(settings))


def read_file(path: Path | str, *, settings: Settings = NEAREST) -> Document:
    """Read a file: its text, its journey (None if it is none), and the findings of `validate`.

    Raises MissingFileError, which is a FileNotFoundError too, or OSError if it cannot be opened.

    >>> read_file("examples/my-new-job.journey.yaml").journey.title
    'My new job'
    """
    return _read(Path(path), _project(settings))


def read_text(text: str, name: str = "text", *, settings: Settings = NEAREST) -> Document:
    """Read the text of a journey; `name` stands in messages and gives the default id.

    >>> read_text("title: T").findings[0].rule
    'missing-key'
    """
    return read_document_text(text, name, _project(settings).settings.shared)


def _read(path: Path, project: Project) -> Document:
    from journeykit.files import read_named_file
    from journeykit.reading.document import MAX_BYTES

    try:
        data = read_named_file(path, MAX_BYTES)
    except FileNotFoundError:
        raise MissingFileError(f"{path}: no such file or folder") from None
    except IsADirectoryError:
        raise UsageError(
            f"{path}: is a folder", "Project.find(path).journeys() reads all journeys of a folder"
        ) from None
    return read_document(data, str(path), project.settings.shared)


def load(path: Path | str, *, settings: Settings = NEAREST) -> Journey:
    """Return the journey in a file.

    Raises InvalidJourneyError with all findings if the file is no journey, MissingFileError (a FileNotFoundError too)
    if it does not exist, and OSError if it cannot be opened.

    >>> load("examples/my-new-job.journey.yaml").persona.name
    'Maya, new project coordinator'
    """
    return journey_of(_read(Path(path), _project(settings)))


def journey_of(document: Document) -> Journey:
    """Return the journey of a document; raise InvalidJourneyError with all findings if it is none."""
    if document.journey is not None:
        return document.journey
    lines = [f"{one.file}:{one.start.line}:{one.start.column}: {one.message}" for one in document.findings]
    raise InvalidJourneyError("\n".join(lines), document.findings)


Source = Journey | Document | Path | str
"""A journey, a document that was read, or the path of a file."""


def _journey(source: object, project: Project) -> Journey:
    if isinstance(source, Journey):
        return source
    if isinstance(source, Document):
        return journey_of(source)
    if isinstance(source, (str, Path)):
        return journey_of(_read(Path(source), project))
    raise TypeError(f"a journey, a document or a path is needed, not {type(source).__name__}")


def score(
    source: Source | Scores,
    *,
    profile: str | None = None,
    values: str | None = None,
    pain: float | None = None,
    critical: float | None = None,
    min_prominence: float | None = None,
    min_drop: float | None = None,
    settings: Settings = NEAREST,
) -> Scores:
    """Score a journey on 0..100, where 50 is neutral; a notebook shows the touchpoints as a table.

    `profile` and the thresholds are the options of `journeykit score` and `low-points`; `values` is `--source`: `best`,
    `stated` or `measured`. Raises UsageError if one is out of range.

    >>> round(score("examples/my-new-job.journey.yaml").score, 1)
    66.5
    """
    if isinstance(source, Scores):
        return source
    project = _project(settings)
    journey = _journey(source, project)
    options = ScoringOptions(profile, values, pain, critical, min_prominence, min_drop)
    return score_journey(journey, project.scoring_settings(journey, options))


def low_points(source: Source | Scores, *, settings: Settings = NEAREST, **options: Any) -> LowPoints:
    """Return the low points, the worst first; options are those of `score`.

    >>> [low.id for low in low_points("examples/my-new-job.journey.yaml")][:2]
    ['laptop', 'silence']
    """
    scores = score(source, settings=settings, **options)
    return LowPoints.of(scores.low_points, scores)


def peaks(source: Source | Scores, *, settings: Settings = NEAREST, **options: Any) -> Peaks:
    """Return the peaks in order; options are those of `score`.

    >>> peaks("examples/my-new-job.journey.yaml")[0].id
    'contract'
    """
    scores = score(source, settings=settings, **options)
    return Peaks.of(scores.peaks, scores)


def opportunities(source: Source | Scores, *, settings: Settings = NEAREST, **options: Any) -> Opportunities:
    """Return the opportunities with priority and simulated gain, the best first; options are those of `score`.

    >>> opportunities("examples/my-new-job.journey.yaml")[0].opportunity.id
    'weekly-note'
    """
    scores = score(source, settings=settings, **options)
    return Opportunities.of(opportunities_of(scores.journey, scores), scores)


def simulate(source: Source, chosen: Sequence[Opportunity | str], *, settings: Settings = NEAREST) -> Journey:
    """Return a journey as it would be after some of its opportunities, which may be named by their ids.

    >>> after = simulate("examples/my-new-job.journey.yaml", ["laptop-at-signing"])
    >>> score(after).score > score("examples/my-new-job.journey.yaml").score
    True
    """
    journey = _journey(source, _project(settings))
    known = {one.id: one for one in journey.opportunities}
    for one in chosen:
        if isinstance(one, str) and one not in known:
            raise UsageError(f'no opportunity has the id "{one}"', f"there are {', '.join(known)}")
    return simulate_opportunities(journey, [known[one] if isinstance(one, str) else one for one in chosen])


def lint(source: Document | Path | str, *, settings: Settings = NEAREST, today: date | None = None) -> Linted:
    """Lint a document that was read, or a file, with the rules that the settings select.

    A journey alone is not enough: findings point at places of its text. Raises TypeError for one.

    >>> linted = lint("examples/support-ticket.journey.yaml", today=date(2026, 11, 21))
    >>> [finding.rule for finding in linted.findings if finding.severity.word == "error"]
    []
    """
    from dataclasses import replace

    project = _project(settings)
    document: object = _read(Path(source), project) if isinstance(source, (str, Path)) else source
    if not isinstance(document, Document):
        help = "a journey alone has no text: journeykit.lint(path), or lint(journeykit.read_file(path))"
        raise TypeError(f"lint takes a document or a path, not {type(document).__name__}; {help}")
    return (project if today is None else replace(project, today=today)).lint_document(document)


def compare(old: Source | Scores, new: Source | Scores, *, settings: Settings = NEAREST) -> Comparison:
    """Compare two versions of a journey, both scored as the new one asks for.

    >>> compare("examples/my-new-job.journey.yaml", "examples/my-new-job-to-be.journey.yaml").delta > 0
    True
    """
    after = score(new, settings=settings)
    before = score(old, settings=settings)
    return compare_scores(score_journey(before.journey, after.settings), after)


def history(path: Path | str, *, limit: int = 0, settings: Settings = NEAREST) -> History:
    """Return the versions of a file in git with their scores, the oldest first; `limit` takes the newest only.

    Raises UsageError if the file is in no repository.
    """
    return _project(settings).history(path, limit=limit)


def render(
    subject: Source | Scores | Comparison | History | Sequence[Journey],
    *,
    chart: Literal["map", "curve", "flow", "blueprint"] = "map",
    axis: Literal["order", "time"] = "order",
    theme: str | None = None,
    format: Literal["svg", "png", "html"] = "svg",
    lanes: Sequence[str] = (),
    columns: int | Literal["all"] | None = None,
    width: float | None = None,
    page: str | None = None,
    settings: Settings = NEAREST,
) -> Any:
    """Draw a journey, a comparison, a history, or several journeys over each other; notebooks display the picture.

    `picture.svg`, `picture.png` and `picture.html` (a web page) hold it, `picture.save(path)` writes it in the format
    of the ending. `width` is in points; with `page`, the paper or slide to fill, there may be several `picture.pages`.
    Raises UsageError if it cannot be drawn.

    >>> render("examples/smallest.journey.yaml", chart="curve").svg[:4]
    '<svg'
    """
    project = _project(settings)
    shown: Any = _journey(subject, project) if isinstance(subject, (str, Path, Document)) else subject
    name = subject.source.name if isinstance(subject, Document) else subject
    return project.render(
        shown,
        file=Path(name) if isinstance(name, (str, Path)) else None,
        chart=chart,
        axis=axis,
        theme=theme,
        format=format,
        lanes=lanes,
        columns=columns,
        width=width,
        page=page,
    )


def _curve_of(journey: Journey) -> str:
    return str(render(journey, chart="curve", page="none").svg)


def _table_of(scores: Scores) -> str:
    from journeykit.output.html import as_html
    from journeykit.output.tables import ScoredJourney
    from journeykit.output.tables.scores import headline, touchpoints

    scored = ScoredJourney("", scores.journey, scores)
    return as_html(touchpoints(scored), "\n".join([scores.journey.title, *headline(scored)[1:]]))


def _differences_of(found: Comparison) -> str:
    from journeykit.comparing.journey_diff import JourneyDiff
    from journeykit.output.html import as_html
    from journeykit.output.tables.diff import headline, touchpoints

    diff = JourneyDiff(None, None, found.old, found.new)
    return as_html(touchpoints([diff]), "\n".join([found.new.journey.title, *headline(diff)[1:]]))


def _versions_of(found: History) -> str:
    from journeykit.output.html import as_html
    from journeykit.output.tables.history import heading, history

    return as_html(history(found), heading(found))


def _findings_of(found: Linted) -> str:
    from journeykit.output.html import as_html
    from journeykit.output.table import Column, Table

    columns = [Column(name.lower(), name) for name in ("Place", "Severity", "Rule", "Message", "Help")]
    several = len({one.file for one in found.findings}) > 1
    rows = [
        [
            f"{one.file}:{one.start.line}:{one.start.column}" if several else f"{one.start.line}:{one.start.column}",
            one.severity.word, one.rule, one.message, one.help,
        ]
        for one in found.findings
    ]  # fmt: skip
    return as_html(Table("", columns, rows))


notebook.register(Journey, _curve_of)
notebook.register(Comparison, _differences_of)
notebook.register(History, _versions_of)
notebook.register(Linted, _findings_of)
notebook.register(Scores, _table_of)

__all__ = [
    "Comparison", "Document", "Finding", "History", "Journey", "LowPoints", "Opportunities", "Peaks", "Project",
    "Scores", "compare", "history", "lint", "load", "low_points", "opportunities", "peaks", "read_file", "read_text",
    "render", "score", "simulate",
]  # fmt: skip
