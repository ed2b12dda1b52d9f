"""Improvements: opportunities, KPIs that show whether they work, and changes made."""

from typing import Annotated, Literal

from pydantic import Field

from journeykit.model.base import Part
from journeykit.model.figures import Measure
from journeykit.model.meaning import (
    DataNames,
    Defines,
    FreeText,
    Labels,
    OpportunityRef,
    Places,
    ScaleNumber,
    SourceRef,
    ToldCases,
    TouchpointRef,
)
from journeykit.model.references import Link
from journeykit.model.times import Day, Period
from journeykit.model.values import Answer, AnswerScale, Confidence, Count, Level, Slug


class Opportunity(Part):
    """An idea for improvement at one or more touchpoints."""

    id: Annotated[Slug, Defines("opportunity", made_from="title")]
    """Stable reference; by default made from the title."""
    title: FreeText
    """What to do."""
    at: Places = Field(min_length=1)
    """Ids of the touchpoints it addresses; the id of a stage means all of its touchpoints."""
    kind: (
        Literal["fix", "shorten", "inform", "exceed", "empower", "personalise", "automate", "staff", "train"] | None
    ) = None
    """The kind of improvement."""
    impact: Level | None = None
    """How much it helps, 1..5."""
    effort: Level | None = None
    """How much it takes, 1..5."""
    confidence: Confidence = "medium"
    """How certain impact and effort are: low, medium, high or 0..1."""
    target: dict[TouchpointRef, ScaleNumber] = Field(default_factory=dict)
    """The satisfaction aimed at, on the journey's scale, by touchpoint id."""
    removes: tuple[TouchpointRef, ...] = ()
    """Ids of the touchpoints that it makes unnecessary."""
    benefit: Literal["customer", "company", "both"] = "customer"
    """Who benefits."""
    owner: FreeText | None = None
    """Who is responsible for it."""
    status: Literal["idea", "planned", "doing", "done", "dropped"] = "idea"
    """Its state of work."""
    due: Day | None = None
    """The day by which it should be done."""
    result: FreeText | None = None
    """The result."""
    links: tuple[Link, ...] = ()
    """Addresses of tickets, drafts, decisions; plain text is the address."""


class Kpi(Part):
    """A figure that shows how well the service does."""

    id: Annotated[Slug, Defines("kpi", made_from="kind")]
    """Stable reference; by default the kind."""
    title: FreeText | None = None
    """What it is called on charts and in tables; by default its id."""
    kind: Literal[
        "csat", "nps", "ces", "ces1", "fcr", "response_time", "resolution_time", "rate", "rating", "count", "duration"
    ]
    """What is measured; `ces` is agreement with "made it easy" (CES 2.0), `ces1` the older question about effort."""
    at: Places = ()
    """Ids of the touchpoints where it is measured; the id of a stage means all of its touchpoints."""
    value: Measure | None = None
    """The figure: a number, a share (`85%`), or a duration for the time kinds."""
    counts: dict[Answer, Count] | None = None
    """The number of times each answer was given."""
    scale: AnswerScale | None = None
    """The scale of the answers; by default 1..7 (ces), 1..5 (ces1), 0..10 (nps)."""
    top: int | None = Field(None, strict=True, ge=1, le=10)
    """How many of the highest answers count as satisfied (csat)."""
    promoters: Count | None = None
    """Answers of 9 and 10 (nps)."""
    passives: Count | None = None
    """Answers of 7 and 8 (nps)."""
    detractors: Count | None = None
    """Answers of 0 to 6 (nps)."""
    median: Measure | None = None
    """Median."""
    p90: Measure | None = None
    """The 90th percentile."""
    mean: Measure | None = None
    """Mean."""
    k: Count | None = None
    """How many of the `n` cases or answers count (csat, fcr, rate): solved, satisfied, reopened."""
    n: Count | None = None
    """Number of answers or cases."""
    sent: Count | None = None
    """Number of people asked (csat, nps, ces, ces1, rating, rate)."""
    target: Measure | None = None
    """The figure to reach."""
    better: Literal["higher", "lower"] | None = None
    """Whether higher or lower is good; by default lower for times, ces1, and ids about complaints or giving up."""
    unit: FreeText | None = None
    """What a number counts, such as calls or EUR (count, rating)."""
    clock: Literal["calendar", "business"] | None = None
    """Whether a time counts all hours or only business hours."""
    period: Period | None = None
    """When it was measured."""
    source: SourceRef | None = None
    """Id of the source it comes from."""
    data: DataNames = ()
    """Sources of data in the settings from which it is computed; by default the journey's."""
    from_: TouchpointRef | None = Field(None, alias="from")
    """Id of the touchpoint at which the time begins (response_time, resolution_time, duration)."""
    to: TouchpointRef | None = None
    """Id of the touchpoint at which the time ends."""
    any_of: Labels = ()
    """Activities of the data: the share of cases with one of them (fcr, rate)."""
    none_of: Labels = ()
    """Activities of the data: the share of cases with none of them (fcr, rate)."""
    is_: ToldCases | None = Field(None, alias="is")
    """A name of the settings that says which cases count (fcr, rate), or between which columns the time is."""


class Change(Part):
    """A change that was made, and its result."""

    date: Day | None = None
    """The day of the change."""
    what: FreeText
    """What was changed."""
    opportunity: OpportunityRef | None = None
    """Id of the opportunity it came from."""
    result: FreeText | None = None
    """The result."""
