"""The model of a touchpoint: one thing that happens to the customer, with its backstage, decision and survey."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from journeykit.model.base import Part
from journeykit.model.meaning import (
    ChannelWords,
    DataName,
    Defines,
    FeelingWords,
    FreeText,
    FreeTexts,
    Labels,
    LaneRef,
    NextRef,
    NumberOrFeeling,
    OtherJourney,
    ScaleNumber,
    SourceRef,
    Tag,
)
from journeykit.model.references import Image, Link
from journeykit.model.times import At, Length, Period
from journeykit.model.values import Answer, Count, Flag, Level, Risk, ScaleName, Share, Slug


class Need(Part):
    """A resource that the touchpoint takes; a `gap` says what is missing."""

    what: FreeText
    """The resource."""
    gap: FreeText | None = None
    """What is missing."""
    kind: Literal["people", "skill", "tool", "budget", "information"] | None = None
    """The kind of resource."""


class Work(Part):
    """What the company does at a touchpoint, in sight of the customer or behind it."""

    team: FreeText | None = None
    """Who does it."""
    does: FreeText | None = None
    """What is done."""
    system: FreeText | None = None
    """The tool that is used."""
    owner: FreeText | None = None
    """Who is responsible for it."""


class FrontstageStep(Work):
    """What the company does in sight of the customer."""

    evidence: FreeTexts = ()
    """What the customer gets to see or to hold of it: a letter, a uniform, a page."""


class Step(Work):
    """An internal step behind a touchpoint; `from` and `to` together make it a handoff between teams."""

    from_: FreeText | None = Field(None, alias="from")
    """The team that hands over."""
    to: FreeText | None = None
    """The team that takes over."""
    lasts: Length | None = None
    """How long the work takes."""
    wait: Length | None = None
    """How long it waits before the work begins."""
    warm: Flag | None = None
    """Warm: the customer is handed over in person; cold: the customer gets a number to call."""

    @property
    def is_handoff(self) -> bool:
        """Whether the step passes the work from one team to another."""
        return self.from_ is not None and self.to is not None


class Option(Part):
    """An option of a decision."""

    answer: FreeText
    """The answer given."""
    to: NextRef
    """The id of the touchpoint that follows, or `end` if the journey ends."""
    share: Share | None = None
    """The share of customers who choose it, 0..1; the shares of a decision, with `other`, sum to 1."""


class Decision(Part):
    """A decision point after a touchpoint."""

    question: FreeText
    """What is decided."""
    who: Literal["customer", "company", "unknown"] = "customer"
    """Who decides; a log of events does not know it."""
    options: tuple[Option, ...] = Field(min_length=1)
    """The options."""
    other: Share | None = None
    """The share of customers who go elsewhere, 0..1; it counts towards the sum of 1."""


class Measured(Part):
    """A survey at the touchpoint: a mean (with `sd` and `n`), or the counts of each answer."""

    mean: ScaleNumber | None = None
    """Mean answer, on `scale`."""
    sd: float | None = Field(None, ge=0, strict=True, allow_inf_nan=False)
    """Standard deviation of the answers, on `scale`."""
    n: Count | None = Field(None, ge=1)
    """Number of answers."""
    counts: dict[Answer, Count] | None = None
    """The number of times each value of `scale` was given."""
    scale: ScaleName | None = None
    """The scale of the answers; by default that of the journey."""
    source: SourceRef | None = None
    """Id of the source it comes from."""
    period: Period | None = None
    """When it was measured."""


class Touchpoint(Part):
    """One contact, wait or event of the journey, in the customer's own words."""

    shorthand: ClassVar[str] = "title"

    id: Annotated[Slug, Defines("touchpoint", made_from="title")]
    """Stable reference; by default made from the title. It cannot be `end`, which decisions use."""
    title: FreeText
    """What happens, in the first person."""
    at: At | None = None
    """When: an offset from day 0 (`-45d`, `+25min`, `day 3`, `day 0 09:00`) or an ISO date or date-time."""
    lasts: Length | None = None
    """How long it lasts."""
    wait: Length | None = None
    """How long the customer waits as part of it."""
    channel: ChannelWords = ()
    """Channel id or list of them; `none` is silence: the customer only waits; `self` is the customer alone."""
    by: Literal["customer", "company", "partner"] = "customer"
    """Who starts it."""
    actors: tuple[FreeText, ...] = ()
    """Who else takes part, such as a mother or the help desk; not the persona."""
    place: FreeText | None = None
    """Where it happens."""
    does: FreeTexts = ()
    """What the customer does."""
    thinks: FreeTexts = ()
    """What the customer thinks."""
    quote: FreeTexts = ()
    """Verbatim words of customers."""
    pains: tuple[FreeText, ...] = ()
    """What hurts here, in the customer's words; the cause of it is `why`."""
    feeling: FeelingWords = ()
    """One feeling word or several."""
    satisfaction: ScaleNumber | None = None
    """Satisfaction on the journey's scale; by default it follows from the feeling."""
    expected: NumberOrFeeling | None = None
    """What the customer expected here: a number on the journey's scale, or a feeling word."""
    engagement: Level | None = None
    """How intense the experience is, 1..5, however good or bad; it is no part of the score."""
    importance: Level = 3
    """How much it matters to the customer, 1..5."""
    moment_of_truth: Flag = False
    """Whether the customer decides here to stay or to leave."""
    reach: Share = 1
    """The share of customers who reach it, 0..1."""
    outcome: Literal["strength", "vulnerability"] | None = None
    """What the touchpoint is for the company."""
    why: FreeText | None = None
    """Why it is as it is."""
    needs: tuple[Need, ...] = ()
    """The resources it takes."""
    frontstage: tuple[FrontstageStep, ...] = ()
    """What the company does in sight of the customer."""
    backstage: tuple[Step, ...] = ()
    """Internal steps behind it."""
    decision: Decision | None = None
    """A decision point after it."""
    churn_risk: Risk | None = None
    """The chance that the customer leaves here: none, low, medium, high or 0..1."""
    measured: Measured | None = None
    """A survey at this touchpoint."""
    data: dict[DataName, Labels] = Field(default_factory=dict)
    """By source of data, the activities or questions that are this touchpoint; by default the one named like its id."""
    evidence: tuple[SourceRef, ...] | None = None
    """Ids of the sources it rests on; by default the journey's."""
    links: tuple[Link, ...] = ()
    """Addresses of tickets, screens, recordings; plain text is the address."""
    image: Image | None = None
    """A picture of the scene; plain text is its path."""
    journey: OtherJourney | None = None
    """Another journey that is this touchpoint in detail: its id, or the path of its file."""
    lanes: dict[LaneRef, FreeTexts] = Field(default_factory=dict)
    """Text in the journey's own lanes, by lane id."""
    tags: tuple[Tag, ...] = ()
    """Free labels; rules use complaint, complex, reminder, survey, personalised, not-empowered, first-contact."""
    personal_data: tuple[FreeText, ...] = ()
    """Personal data collected here."""

    @property
    def is_rated(self) -> bool:
        """Whether it states how the customer feels: in words, as a number or by a survey."""
        return bool(self.feeling) or self.satisfaction is not None or self.measured is not None

    @property
    def handoffs(self) -> tuple[Step, ...]:
        """The backstage steps that pass the work from one team to another."""
        return tuple(step for step in self.backstage if step.is_handoff)
