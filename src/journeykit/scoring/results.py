"""What scoring finds out: plain, frozen values. Scores are on 0..100, 50 is neutral; times are in seconds."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from journeykit.model import Opportunity, Stage, Touchpoint

Origin: TypeAlias = Literal["measured", "satisfaction", "feeling"]
"""Where a touchpoint's score comes from."""
Kind: TypeAlias = Literal["critical", "pain", "dip"]
"""How bad a low point is."""
BandKind: TypeAlias = Literal["interval", "band"]
"""Whether an uncertainty is a 95 % confidence interval, or a band that rests on conventions."""


class Rated(NamedTuple):
    """A touchpoint and its score; one without a value has None for score, half-width, source and coefficient.

    So has one whose survey is suppressed, except for the source; the journey's score rests on it nonetheless.
    """

    touchpoint: Touchpoint
    number: int
    """Place in the journey, from 1."""
    stage: Stage
    weight: float
    """importance · reach, 0..5."""
    score: float | None
    """S, rounded to 6 decimals; by the source that the settings ask for; None also where it is hidden."""
    half_width: float | None
    """u: half the width of the uncertainty band."""
    source: Origin | None
    interval: bool
    """Whether `half_width` is that of a 95 % confidence interval: of at least five answers that differ."""
    coefficient: float | None
    """The share of the journey's score that this touchpoint carries, 0..1; None also if the journey has no score."""
    expected: float | None
    """What the customer expected here."""
    importance_prime: float
    """I′: importance, one more (up to 5) for a moment of truth and for the first and last rated touchpoint."""
    measured_score: float | None
    """What a survey says, whatever the settings ask for; None also where it is suppressed."""
    stated_score: float | None
    """What the map's author says (satisfaction, else feeling), whatever the settings ask for."""
    base: int | None
    """Number of the survey's answers, if there is a survey and it is known."""
    suppressed: bool
    """Whether its survey has too few answers to be shown: what it says is then None everywhere."""

    @property
    def id(self) -> str:
        """The touchpoint's id."""
        return self.touchpoint.id

    @property
    def hidden(self) -> bool:
        """Whether it has a score that is not shown, since it is that of a suppressed survey."""
        return self.suppressed and self.source == "measured"


class Landmark(NamedTuple):
    """A touchpoint that the journey's score looks at besides the mean: peak, valley, first, end."""

    id: str
    score: float | None
    """S; None where it is hidden."""
    reach: float


class StageScore(NamedTuple):
    """A stage and the weighted mean of its rated touchpoints; None if none is rated."""

    stage: Stage
    score: float | None


class Effort(NamedTuple):
    """What the journey takes, beside its score, which ignores length on purpose."""

    touchpoints: int
    customer_contacts: int
    """Touchpoints that the customer starts, silence aside."""
    channel_switches: int
    """Neighbouring contacts without a channel in common; silence and unknown channels are passed over."""
    elapsed: float | None
    """Seconds from the earliest time to the latest end; None if fewer than two touchpoints have a time."""
    elapsed_at_least: bool
    """Whether it took longer: a single stay or wait is longer than what the times span, and `elapsed` is that."""
    waiting: float
    """Seconds that the customer waits: `wait`, and how long silence lasts."""
    handoffs: int
    """Backstage steps that pass the work from one team to another."""


class Exit(NamedTuple):
    """An option of a decision that ends the journey; the share of customers who take it, 0..1, if known."""

    touchpoint: str
    answer: str
    share: float | None


class LowPoint(NamedTuple):
    """A valley of the curve, or a touchpoint below the pain threshold; neighbours of equal score are one low point."""

    id: str
    """The first touchpoint of the span."""
    span: tuple[str, ...]
    """Ids of all its touchpoints."""
    score: float
    kind: Kind
    valley: bool
    """Whether it is a local minimum of the curve."""
    prominence: float
    """How far the curve rises on the lower side before it falls deeper; 0 unless it is a valley."""
    severity: float
    """0..100, the highest of its touchpoints."""
    rank: int
    """1 is the worst."""


class Peak(NamedTuple):
    """A high of the curve; neighbours of equal score are one peak."""

    id: str
    """The first touchpoint of the span."""
    span: tuple[str, ...]
    """Ids of all its touchpoints."""
    score: float
    prominence: float
    """How far the curve falls on the higher side before it rises above the peak."""
    gap: float | None
    """Score less the expectation, the largest of its touchpoints; None if nothing is expected."""
    wow: bool
    """Far better than expected: score at least 90 and gap at least 25."""


class Drop(NamedTuple):
    """Two neighbouring rated touchpoints between which the score falls steeply; delta is negative."""

    from_id: str
    to_id: str
    delta: float


class Saving(NamedTuple):
    """What taking touchpoints out saves; a switch of channel more than before counts negative."""

    touchpoints: int
    seconds: float
    """Time that the customer spends in the removed touchpoints."""
    handoffs: int
    channel_switches: int


class RatedOpportunity(NamedTuple):
    """An opportunity and what it is worth."""

    opportunity: Opportunity
    priority: float | None
    """RICE form, 0..500; None without impact and effort."""
    opportunity_score: float | None
    """0..20, after Ulwick; None if no touchpoint that it addresses is rated."""
    gain: float | None
    """By how much the journey's score would rise; None without targets or removals, if a score is missing, if it would
    only rate what is not rated today, or if it would tell what is hidden."""
    after: float | None
    """The journey's score as it would be; None as for gain."""
    saves: Saving | None
    """None if it removes nothing."""
    rates: tuple[str, ...] = ()
    """Ids of touchpoints that it gives a target and that are not rated today: that is no gain."""
