"""What a source is asked, and what it answers: counts and sums only. No row, id or free text leaves an engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple, TypeAlias, get_args

Question: TypeAlias = Literal["answers", "products", "repeated", "times", "shares", "events", "handoffs", "course"]
"""`answers` counts scores and missing values; `products` the sums for clusters and strata; `repeated` respondents
who answered in two periods; `times` durations; `shares` cases that are something; `events` activities, steps, ends and
ways; `handoffs` moves between teams; `course` all that a map is made of out of a log."""
Grain: TypeAlias = Literal["day", "week", "month", "quarter", "year", "all"]
GRAINS: tuple[Grain, ...] = get_args(Grain)
MissingKind: TypeAlias = Literal[
    "blank", "not applicable", "dont know", "not asked", "no answer", "out of scale", "unreadable"
]
"""Why an answer has no score. `no answer`: seen or asked for, not given; `out of scale`: a number that the scale lacks;
`unreadable`: neither a number nor a known label."""
MISSING: tuple[MissingKind, ...] = get_args(MissingKind)


class Cell(NamedTuple):
    """What is counted apart."""

    item: str
    """A label of the data that stands for a touchpoint, or the name of a time or share; "" is the whole journey."""
    metric: str
    """`csat`, `csat7`, `rating`, `nps`, `ces`, `ces1`; of times and shares the name that the settings give."""
    period: str
    """A period of `periods`, or the one that the settings give; "" where there is neither."""
    segments: tuple[tuple[str, str], ...] = ()
    """Column and value of each segment; () is everybody."""


class Score(NamedTuple):
    """Answers of one score: after labels, missing values and `reversed` are applied."""

    cell: Cell
    stratum: str
    score: float
    n: int
    w: float
    """Sum of weights; n without weights."""
    w2: float
    """Sum of squared weights; n without weights."""


class Missing(NamedTuple):
    """Answers without a score."""

    cell: Cell
    kind: MissingKind
    n: int


class Refused(NamedTuple):
    """Rows that are left out, by reason: `no weight`, `weight not above 0`, `negative`, `unreadable time` …"""

    cell: Cell
    reason: str
    n: int


class Product(NamedTuple):
    """Sum over the clusters g of a stratum of W_gs · W_gt, where W_gs is the weight of the answers s in g; s <= t."""

    cell: Cell
    stratum: str
    s: float
    t: float
    value: float


class Units(NamedTuple):
    """How many clusters with answers a stratum has."""

    cell: Cell
    stratum: str
    clusters: int
    n: int


class Repeated(NamedTuple):
    """Respondents who answered an item in two periods."""

    item: str
    metric: str
    before: str
    after: str
    s: float
    t: float
    n: int


class Time(NamedTuple):
    """Durations in whole milliseconds, at least `low` and below `low + width`.

    Where a time has few different values each is a bucket of its own: `low == least == most`.
    """

    cell: Cell
    low: int
    width: int
    open: bool
    """Not over when the data end: the duration is the age at that moment (censored)."""
    n: int
    total: int
    least: int
    most: int


class Share(NamedTuple):
    """`k` of `n` cases are something; of `unknown` others it cannot be said."""

    cell: Cell
    k: int
    n: int
    unknown: int


class Activity(NamedTuple):
    """Events of one activity, channel and team, each event counted once; "" is not known."""

    activity: str
    channel: str
    team: str
    n: int


class Label(NamedTuple):
    """A label as the data have it, whatever it stands for."""

    label: str
    cases: int
    """The cases that have it; of answers the rows. 0 where a course is asked for: `Placed` has the cases."""
    n: int


class Handoff(NamedTuple):
    """Cases in which two neighbouring events have these different teams, both known, in this order."""

    before: str
    after: str
    cases: int
    n: int


class Step(NamedTuple):
    """Run b follows run a; the time is from the first event of a to the first of b."""

    a: str
    b: str
    low: int
    width: int
    n: int


class End(NamedTuple):
    """Cases whose last activity it is, by the time from that event to the newest of the log."""

    activity: str
    low: int
    width: int
    n: int


class Way(NamedTuple):
    """A sequence of runs, and how many cases have it."""

    activities: tuple[str, ...]
    n: int


class Tie(NamedTuple):
    """Neighbouring events of a case at the same millisecond."""

    neighbours: int
    tied: int


class Placed(NamedTuple):
    """Cases in which an activity is the one at `position`, from 0, of `many` different ones by first appearance."""

    activity: str
    position: int
    many: int
    n: int
    returns: int
    """Those of them that have two or more runs of it."""


class CaseLength(NamedTuple):
    """Cases by the time from their first event to their last; `low` is -1 where one of the two cannot be right."""

    low: int
    n: int
    events: int
    single: bool
    """Of one event each."""


class Move(NamedTuple):
    """Neighbouring events with different known teams, or channels, by the time between them."""

    before: str
    after: str
    activity: str
    """The one that is left with the second event; "" where both belong to one run."""
    low: int
    n: int


class Moves(NamedTuple):
    """Changes of team, or of channel."""

    pairs: tuple[Handoff, ...] = ()
    cases: int = 0
    """Cases with at least one of them."""
    times: tuple[Move, ...] = ()
    constant: bool = False
    """Whether nearly all cases keep to one value: the column says something of the case, and not of the event."""


class Tied(NamedTuple):
    """Cases in which two activities stand beside each other at the same moment."""

    a: str
    b: str
    cases: int


class Behind(NamedTuple):
    """Passes of a touchpoint with an event of a label that happens backstage, by its team."""

    activity: str
    label: str
    team: str
    n: int


class Staged(NamedTuple):
    """Events of an activity by a value of the column that has stages; "" is not known."""

    activity: str
    stage: str
    n: int


class Met(NamedTuple):
    """Cases of the most frequent way by the time from their first event to the first of an activity."""

    activity: str
    low: int
    n: int


class Course(NamedTuple):
    """What happens in a log, beside activities, steps, ends and ways."""

    placed: tuple[Placed, ...] = ()
    lengths: tuple[CaseLength, ...] = ()
    odd: int = 0
    """Events of a time that cannot be right."""
    ways: int = 0
    """How many there are; `Found.ways` has the most frequent ones only."""
    few_ways: int = 0
    """Those of fewer cases than the minimum base, and how many cases these are."""
    cases_of_few: int = 0
    teams: Moves = Moves()
    channels: Moves = Moves()
    tied: tuple[Tied, ...] = ()
    behind: tuple[Behind, ...] = ()
    staged: tuple[Staged, ...] = ()
    met: tuple[Met, ...] = ()
    other_starts: int = 0
    """Cases that are left out, as they begin with none of the labels that were asked for."""


class Definition(NamedTuple):
    """What is measured by an item, time or share, as the settings say it."""

    item: str
    """The item; "*" is every one whose label the data have."""
    metric: str
    kind: Literal["answer", "time", "share"] = "answer"
    low: float = 0
    high: float = 0
    """The scale of answers."""
    top: int | None = None
    clock: Literal["calendar", "business"] | None = None
    note: str = ""
    """How it is computed, where that is a proxy: `no reassignment, no reopening`."""
    target: int | None = None
    """The time that is aimed at, in milliseconds."""


class About(NamedTuple):
    """What was read of a source."""

    name: str
    engine: str
    rows: int = 0
    """Rows that could be read."""
    unread: int = 0
    """Rows of files that could not be read."""
    used: int = 0
    """Rows that are counted: after `keep`, `last` and the journey's own rows."""
    cases: int | None = None
    first: date | None = None
    last: date | None = None
    left_out: Mapping[str, int] = {}
    """Rows by the reason they are left out."""
    duplicates: int = 0
    tied: Tie | None = None
    weight: str = ""
    """The column of weights, or ""."""
    cluster: str = ""
    strata: str = ""
    least_weight: float = 1
    largest_weight: float = 1
    sent: int | None = None
    evidence: str = ""
    notes: tuple[str, ...] = ()
    """What the user should know, such as the encoding of a file."""
    hidden: bool = False
    """The numbers of rows and cases are left out, as they could tell of few people."""


class Found(NamedTuple):
    """The answers to all questions that were asked; the others are empty."""

    about: About
    definitions: tuple[Definition, ...] = ()
    scores: tuple[Score, ...] = ()
    missing: tuple[Missing, ...] = ()
    refused: tuple[Refused, ...] = ()
    products: tuple[Product, ...] = ()
    units: tuple[Units, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    times: tuple[Time, ...] = ()
    shares: tuple[Share, ...] = ()
    labels: tuple[Label, ...] = ()
    activities: tuple[Activity, ...] = ()
    steps: tuple[Step, ...] = ()
    handoffs: tuple[Handoff, ...] = ()
    ends: tuple[End, ...] = ()
    ways: tuple[Way, ...] = ()
    course: Course = Course()

    def cases_by_end(self) -> Counter[str]:
        """Return the number of cases that end with each activity."""
        counts: Counter[str] = Counter()
        for end in self.ends:
            counts[end.activity] += end.n
        return counts


class Span(NamedTuple):
    """The time from the first event of one set of labels to the first later one of another."""

    start: tuple[str, ...]
    end: tuple[str, ...]


class Having(NamedTuple):
    """Cases with an event of `any_of`, or with none of `none_of`."""

    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


class Wanted(NamedTuple):
    """Which rows count, and what is told apart."""

    questions: frozenset[Question]
    period: Grain = "quarter"
    since: date | None = None
    until: date | None = None
    """The day after the last one."""
    rows: Mapping[str, tuple[str, ...]] = {}
    """Columns and the values that they may have: the rows of one journey."""
    segments: tuple[str, ...] = ()
    """Columns whose values are told apart, each alone, and together where there are two; everybody is counted too."""
    labels: Mapping[str, str] = {}
    """Events: labels of the data and the touchpoints that they stand for; others are passed over. Empty: all."""
    spans: Mapping[str, Span] = {}
    """Events: times between labels, by name."""
    having: Mapping[str, Having] = {}
    """Events: shares of cases, by name."""
    starts: tuple[str, ...] = ()
    """Events: only cases that begin with one of these labels."""
    stage: str = ""
    """Events: the column that has stages."""
    least: int = 5
    """Events: ways of fewer cases are only counted."""


class Limits(NamedTuple):
    """What an engine may use."""

    memory: int = 1 << 30
    """Bytes."""
    timeout: float = 600
    """Seconds for one statement."""
