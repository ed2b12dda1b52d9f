"""What the pages of a portfolio need of each journey: plain values, so that no journey stays in memory."""

from __future__ import annotations

from typing import NamedTuple

from journeykit.finding import Finding


class Point(NamedTuple):
    """A touchpoint with its score, and whose it is."""

    id: str
    number: int
    title: str
    stage: str
    phase: str | None
    channels: tuple[tuple[str, str], ...]
    """Id and name of each."""
    owner: str
    teams: tuple[str, ...]
    score: float | None
    half_width: float | None
    weight: float
    severity: float | None
    """That of the low point that begins here; None if none does."""
    kind: str | None
    """`critical`, `pain` or `dip`."""
    answers: tuple[str, ...]
    """Ids of opportunities that address the low point and are not dropped."""
    before: float | None = None
    """The score that it had when an opportunity that is done was begun."""
    text: str = ""
    """Quotes, for the search."""


class Todo(NamedTuple):
    """An opportunity, and what came of it if it is done."""

    id: str
    title: str
    at: tuple[str, ...]
    """Ids of the touchpoints that it addresses."""
    status: str
    owner: str
    kind: str
    impact: float | None
    effort: float | None
    confidence: str
    priority: float | None
    gain: float | None
    after: float | None
    due: str
    overdue: bool
    result: str
    done: str = ""
    """The day on which it was done, from git."""
    promised: float | None = None
    actual: float | None = None
    evidence: str = ""


class Said(NamedTuple):
    """What the map states of a touchpoint, and what customers answered there, both as scores."""

    id: str
    title: str
    stated: float | None
    measured: float | None
    """None if there are too few answers to show."""
    n: int | None
    period: str

    @property
    def apart(self) -> float | None:
        """By how much customers are above the map."""
        return None if self.stated is None or self.measured is None else self.measured - self.stated


class Figure(NamedTuple):
    """A KPI as text, and whether its target is met."""

    id: str
    name: str
    kind: str
    value: str
    target: str
    met: bool | None
    n: int | None
    period: str
    notes: tuple[str, ...]
    raw: float | None
    raw_target: float | None


class Step(NamedTuple):
    """A version of the file in git."""

    day: str
    commit: str
    subject: str
    score: float | None
    half_width: float | None
    delta: float | None
    sure: bool | None
    low_points: int
    critical: int


class Change(NamedTuple):
    """What changed since the day or revision that the site is compared with."""

    was: float | None
    delta: float | None
    sure: bool | None
    commits: tuple[tuple[str, str], ...]
    """Day and subject of each, the newest first."""
    new_low_points: tuple[str, ...]
    gone_low_points: tuple[str, ...]
    added: bool
    """Whether the journey is new."""


class Persona(NamedTuple):
    """Whose journey it is."""

    id: str
    name: str
    note: str
    wants: tuple[str, ...]


class Entry(NamedTuple):
    """A journey for all pages but its own."""

    number: int
    """Place among all files, by which its pages are found."""
    file: str
    """The path as the site names it."""
    path: str
    """The path as the file is read."""
    id: str
    title: str
    lang: str
    persona: Persona
    owner: str
    team: tuple[str, ...]
    state: str
    status: str
    basis: str
    updated: str
    review_due: str
    stale: bool
    score: float | None
    low: float | None
    high: float | None
    half_width: float | None
    points: tuple[Point, ...]
    todos: tuple[Todo, ...]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    phases: tuple[str, ...]
    tags: tuple[str, ...]
    refers_to: tuple[str, ...]
    """Ids of other journeys that are touchpoints of this one in detail."""
    steps: tuple[Step, ...] = ()
    change: Change | None = None
    variants: tuple[str, ...] = ()
    """Further pages of the journey: blueprint, time, history, source."""
    files: tuple[str, ...] = ()
    """Files beside its page."""
    said: tuple[Said, ...] = ()
    """Touchpoints with a survey in the file."""
    newest: str = ""
    """The newest period of the series beside the map."""
    left_out: tuple[int, int] = (0, 0)
    """Quotes and personal data that were left out."""

    @property
    def current(self) -> bool:
        """Whether it counts where the portfolio is summed up: no plan, and not retired."""
        return self.state == "current" and self.status != "retired"

    @property
    def critical(self) -> int:
        """The number of critical low points."""
        return sum(one.kind == "critical" for one in self.points)

    @property
    def low_points(self) -> int:
        """The number of low points."""
        return sum(one.severity is not None for one in self.points)

    @property
    def worst(self) -> Point | None:
        """The worst low point, else the touchpoint with the lowest score."""
        low = [one for one in self.points if one.severity is not None]
        if low:
            return max(low, key=lambda one: one.severity or 0.0)
        rated = [one for one in self.points if one.score is not None]
        return min(rated, key=lambda one: one.score or 0.0, default=None)
