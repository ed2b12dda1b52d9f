"""Results of scoring: plain, frozen values. Scores are on 0..100, 50 is neutral; times are in seconds."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from journeykit.model import Opportunity, Stage, Touchpoint

Origin: TypeAlias = Literal["measured", "satisfaction", "feeling"]
"""Where a touchpoint's score comes from."""
Kind: TypeAlias = Literal["critical", "pain", "dip"]
"""How bad a low point is."""
BandKind: TypeAlias = Literal["interval", "band"]
"""The kind of an uncertainty: a 95 % confidence interval, or a band that rests on conventions."""


class Rated(NamedTuple):
    """A touchpoint and its score; an unrated one has None for score, half-width, source and coefficient.

    One whose survey is suppressed has None too, except for the source, although the journey's score includes it.
    """

    touchpoint: Touchpoint
    number: int
    """Place in the journey, from 1."""
    stage: Stage
    weight: float
    """importance · reach, 0..5."""
    score: float | None
    """S, rounded to 6 decimals, from the source that the settings choose; None also if it is hidden."""
    half_width: float | None
    """u: half the width of the uncertainty band."""
    source: Origin | None
    interval: bool
    """Whether `half_width` is that of a 95 % confidence interval: of at least five answers that differ."""
    coefficient: float | None
    """The share of the journey's score that this touchpoint accounts for, 0..1; None also if there is no score."""
    expected: float | None
    """What the customer expected here."""
    importance_prime: float
    """I′: importance, one more (up to 5) for a moment of truth and for the first and last rated touchpoint."""
    measured_score: float | None
    """The score of a survey, whatever the settings choose; None also if it is suppressed."""
    stated_score: float | None
    """The score that the map states (satisfaction, else feeling), whatever the settings choose."""
    base: int | None
    """Number of the survey's answers; None without a survey, or if it is unknown."""
    suppressed: bool
    """Whether its survey has too few answers to be shown: its figures are then None."""

    @property
    def id(self) -> str:
        """The touchpoint's id."""
        return self.touchpoint.id

    @property
    def hidden(self) -> bool:
        """Whether its score is not shown because its survey is suppressed."""
        return self.suppressed and self.source == "measured"


class Landmark(NamedTuple):
    """A touchpoint that the journey's score includes besides the mean: peak, valley, first, end."""

    id: str
    score: float | None
    """S; None if it is hidden."""
    reach: float


class StageScore(NamedTuple):
    """A stage and the weighted mean of its rated touchpoints; None if none is rated."""

    stage: Stage
    score: float | None


class Effort(NamedTuple):
    """The effort of the journey, which its score does not include."""

    touchpoints: int
    customer_contacts: int
    """Touchpoints that the customer starts, except silence."""
    channel_switches: int
    """Neighbouring contacts without a channel in common; silence and unknown channels are skipped."""
    elapsed: float | None
    """Seconds from the earliest time to the latest end; None if fewer than two touchpoints have a time."""
    elapsed_at_least: bool
    """Whether a single stay or wait is longer than the span of the times; `elapsed` is then its length."""
    waiting: float
    """Seconds that the customer waits: `wait`, and the length of silence."""
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
    """The rise of the curve on the lower side before it falls deeper; 0 unless it is a valley."""
    severity: float
    """0..100, the highest severity of its touchpoints."""
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
    """The fall of the curve on the higher side before it rises above the peak."""
    gap: float | None
    """Score minus expectation, the largest of its touchpoints; None if nothing is expected."""
    wow: bool
    """Far better than expected: score at least 90 and gap at least 25."""


class Drop(NamedTuple):
    """Two neighbouring rated touchpoints between which the score falls steeply; delta is negative."""

    from_id: str
    to_id: str
    delta: float


class Saving(NamedTuple):
    """What removing touchpoints saves; additional channel switches count as negative."""

    touchpoints: int
    seconds: float
    """Time that the customer spends in the removed touchpoints."""
    handoffs: int
    channel_switches: int


class RatedOpportunity(NamedTuple):
    """An opportunity with its priority, gain and savings."""

    opportunity: Opportunity
    priority: float | None
    """RICE form, 0..500; None without impact and effort."""
    opportunity_score: float | None
    """0..20, after Ulwick; None if no touchpoint that it addresses is rated."""
    gain: float | None
    """The rise of the journey's score; None without targets or removals, if a score is missing, if it only rates
    unrated touchpoints, or if it would reveal a hidden score."""
    after: float | None
    """The journey's score with the opportunity; None as for `gain`."""
    saves: Saving | None
    """None if it removes nothing."""
    rates: tuple[str, ...] = ()
    """Ids of unrated touchpoints with a target, which does not count as a gain."""
