"""The model of a journey: one persona's way to one goal."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, TypeAlias, get_args

from pydantic import Field, ValidationInfo, model_validator

from journeykit import notebook
from journeykit.model.base import Part
from journeykit.model.fields import Leaf, Leaves, leaves
from journeykit.model.improvement import Change, Kpi, Opportunity
from journeykit.model.meaning import (
    ChannelWord,
    Column,
    DataName,
    Defines,
    FreeText,
    FreeTexts,
    KpiRef,
    Labels,
    Meaning,
    OwnChannel,
    OwnFeeling,
    OwnLane,
    Prose,
    SourceRef,
    TouchpointRef,
    Word,
)
from journeykit.model.normalisation import KeyPath, normalise
from journeykit.model.references import Image, Link
from journeykit.model.times import Date, Day, DayOrText, Length
from journeykit.model.touchpoint import Touchpoint
from journeykit.model.values import (
    Consent,
    Count,
    Fact,
    Language,
    Level,
    OrNames,
    ScaleName,
    Share,
    Slug,
    Valence,
)


class Persona(Part):
    """The customer whose journey it is: a type that rests on evidence, not a real person."""

    shorthand: ClassVar[str] = "name"

    id: Annotated[Slug, Defines("persona", made_from="name")]
    """Stable reference; by default made from the name."""
    name: FreeText
    """Name and role, such as "Anna, new marketing specialist"."""
    note: FreeText | None = None
    """A description."""
    facts: dict[FreeText, Annotated[Fact, Prose()]] = Field(default_factory=dict)
    """Age, role, income, education, employment and the like."""
    wants: tuple[FreeText, ...] = ()
    """What the persona wants from the journey."""
    motivated_by: tuple[FreeText, ...] = ()
    """What drives the persona."""
    returns_because: tuple[FreeText, ...] = ()
    """What makes the persona come back."""
    pains: tuple[FreeText, ...] = ()
    """What bothers the persona."""
    prefers: tuple[ChannelWord, ...] = ()
    """Channels that the persona likes to use."""
    quote: FreeText | None = None
    """A sentence that characterises the persona."""
    links: tuple[Link, ...] = ()
    """Addresses of interviews, recordings, research; plain text is the address."""
    image: Image | None = None
    """A portrait; plain text is its path."""


class Goal(Part):
    """A goal of the journey."""

    shorthand: ClassVar[str] = "goal"

    goal: FreeText
    """The goal."""
    who: Literal["customer", "business"] = "customer"
    """Whose goal it is."""
    kpi: KpiRef | None = None
    """Id of the KPI that measures it."""
    priority: Level | None = None
    """How much it matters, 1..5."""


class Scope(Part):
    """Where the journey starts and ends."""

    starts: FreeText | None = None
    """Where the journey starts."""
    ends: FreeText | None = None
    """Where it ends."""
    excludes: FreeTexts = ()
    """What is deliberately left out."""


class ChannelDefinition(Part):
    """A channel that the file defines."""

    name: FreeText | None = None
    """The name on charts."""
    pros: FreeTexts = ()
    """Its advantages."""
    cons: FreeTexts = ()
    """Its disadvantages."""
    ideal_for: FreeTexts = ()
    """What it is best used for."""


LaneIcon: TypeAlias = Literal[
    "star", "diamond", "decision", "lock", "clock", "handoff", "bulb", "rise", "fall", "exit", "pin", "system",
    "phone", "email", "social", "chat", "chatbot", "sms", "self-service", "in-person", "web", "app", "portal", "letter",
    "video", "store", "referral", "sign", "ad", "print", "review", "self", "none",
]  # fmt: skip
"""The drawn icons: those of charts, and those of channels."""


class LaneDefinition(Part):
    """A lane of charts that the file defines."""

    name: FreeText | None = None
    """The name on charts; by default the id."""
    icon: LaneIcon | None = None
    """The icon beside the name: that of a channel, or another one that charts use."""


class Feedback(Part):
    """A question that customers are asked."""

    id: Annotated[Slug, Defines("feedback")] | None = None
    """Stable reference."""
    when: Literal["during", "end", "after"] | None = None
    """When in the journey they are asked."""
    at: TouchpointRef | None = None
    """Id of the touchpoint where they are asked."""
    channel: ChannelWord | None = None
    """The channel of the question."""
    kind: Literal["csat", "nps", "ces", "open", "review"] | None = None
    """The kind of question."""
    question: FreeText | None = None
    """The question."""


class Evidence(Part):
    """A source that the map rests on."""

    id: Annotated[Slug, Defines("source", standalone=False)]
    """Stable reference."""
    kind: Literal["interview", "observation", "survey", "analytics", "ticket", "review", "workshop"] | None = None
    """The kind of source."""
    n: Count | None = None
    """The number of people or cases."""
    sent: Count | None = None
    """The number of people asked."""
    date: Date | None = None
    """The date of the research."""
    correlation: Share | None = None
    """The correlation of one person's answers to two questions of a survey, 0..1 (default 0.4)."""
    who: FreeText | None = None
    """Who was asked or observed."""
    links: tuple[Link, ...] = ()
    """Addresses of the raw data or the report; plain text is the address."""


class Privacy(Part):
    """Personal data in the map and along the journey."""

    personal_data: tuple[FreeText, ...] = ()
    """The data collected along the journey."""
    quotes: Annotated[Consent, Prose()] | None = None
    """How customers agreed to be quoted."""
    retention: Length | None = None
    """How long the data is kept."""


class Weights(Part):
    """The weights of the parts of the journey score: five numbers >= 0 that sum to 1."""

    mean: Share = 0
    """The weight of the weighted mean."""
    peak: Share = 0
    """The weight of the highest score."""
    valley: Share = 0
    """The weight of the lowest score."""
    end: Share = 0
    """The weight of the last score."""
    first: Share = 0
    """The weight of the first score."""


class Scoring(Part):
    """Scoring settings of this journey, which are visible in git."""

    profile: Literal["balanced", "mean", "peak-end"] | None = None
    """A named set of weights."""
    weights: Weights | None = None
    """Own weights, instead of a profile."""
    pain: float | None = Field(None, strict=True, ge=0, le=100)
    """Below this score a touchpoint is a low point (default 40)."""
    critical: float | None = Field(None, strict=True, ge=0, le=100)
    """At or below this score a low point is critical (default 20)."""
    min_prominence: float | None = Field(None, strict=True, ge=0, le=100)
    """How deep a valley must be to count (default 12.5)."""
    min_drop: float | None = Field(None, strict=True, ge=0, le=100)
    """The least fall between two neighbours that is listed as a drop (default 37.5)."""
    minimum_base: int | None = Field(None, strict=True, ge=5, le=1000)
    """Figures with fewer answers are not shown (default 5)."""


class Stage(Part):
    """A part of the journey, such as "Before I start"."""

    id: Annotated[Slug, Defines("stage", made_from="name")]
    """Stable reference; by default made from the name."""
    name: Annotated[str, Prose()] = Field(strict=True)
    """Name in the customer's words."""
    goal: FreeText | None = None
    """What the customer wants to reach in it."""
    note: FreeText | None = None
    """What else there is to say about it."""
    pains: tuple[FreeText, ...] = ()
    """What hurts in it, in the customer's words."""
    phase: Literal["before", "during", "after", "renewal"] | None = None
    """Its phase relative to the main event."""
    touchpoints: tuple[Touchpoint, ...] = ()
    """Its touchpoints, in order."""


class Place(NamedTuple):
    """A touchpoint with its path in the file, its number (from 1) and its stage."""

    path: tuple[str | int | float, ...]
    number: int
    stage: Stage
    touchpoint: Touchpoint


class Journey(Part):
    """One persona's way to one goal, touchpoint by touchpoint."""

    journeykit: int = Field(1, strict=True, ge=1, le=1)
    """Version of the format."""
    id: Annotated[Slug, Defines("journey")]
    """Stable name; by default made from the file's name."""
    title: FreeText
    """The journey in the customer's own words."""
    note: FreeText | None = None
    """Goals and expectations, in short."""
    state: Literal["current", "future"] = "current"
    """Today's journey or the intended one."""
    basis: Literal["assumption", "research", "measured"] = "assumption"
    """What the map is based on; an assumed curve is drawn dashed."""
    lang: Annotated[Language, Word("language")] = "en"
    """BCP 47 tag of the language of the text, the feeling words and the labels on charts."""
    status: Literal["draft", "reviewed", "live", "retired"] = "draft"
    """The state of the map itself."""
    owner: FreeText | None = None
    """Who is responsible for the map."""
    team: tuple[FreeText, ...] = ()
    """Teams or people that took part in making it."""
    updated: Day | None = None
    """The day of the last review."""
    review_every: Length | None = None
    """How often it should be reviewed."""
    day0: Annotated[DayOrText, Prose()] | None = None
    """What day 0 is: words ("first working day") or an ISO date."""
    scope: Scope | None = None
    """Where the journey starts and ends."""
    goals: tuple[Goal, ...] = ()
    """What the customer and the business want to reach; plain text is a customer's goal."""
    expectations: tuple[FreeText, ...] = ()
    """What the customer expects."""
    persona: Persona
    """Whose journey it is; plain text is the name."""
    scale: ScaleName = "-2..2"
    """The scale of `satisfaction`, `expected` and targets."""
    feelings: dict[OwnFeeling, Valence] = Field(default_factory=dict)
    """Own feeling words with their valence, -2..2."""
    channels: dict[OwnChannel, ChannelDefinition] = Field(default_factory=dict)
    """Own channels by id."""
    lanes: dict[OwnLane, LaneDefinition] = Field(default_factory=dict)
    """Own lanes of charts by id; touchpoints fill them with their `lanes`."""
    stages: tuple[Stage, ...]
    """Stages with their touchpoints; a flat journey is one unnamed stage."""
    opportunities: tuple[Opportunity, ...] = ()
    """Ideas for improvement."""
    kpis: tuple[Kpi, ...] = ()
    """Key figures of the service."""
    feedback: tuple[Feedback, ...] = ()
    """Questions that customers are asked."""
    sources: tuple[Evidence, ...] = ()
    """The research that the map rests on."""
    data: Annotated[dict[DataName, dict[Column, Labels]], OrNames()] = Field(default_factory=dict)
    """Sources of data in the settings that speak of this journey; by column, the values of the rows that do."""
    evidence: tuple[SourceRef, ...] = ()
    """Ids of sources: the default evidence of every touchpoint."""
    changes: tuple[Change, ...] = ()
    """Changes that were made, and their results."""
    privacy: Privacy | None = None
    """Personal data handled along the journey."""
    scoring: Scoring = Scoring.model_construct()
    """Scoring settings of this journey."""

    @model_validator(mode="before")
    @classmethod
    def _expand_shorthands(cls, data: Any, info: ValidationInfo) -> Any:
        """Expand shorthands and add default ids, unless `from_normalised` says that this is done."""
        if isinstance(data, Mapping) and not (info.context or {}).get("normalised"):
            return normalise(dict(data)).data
        return data

    @classmethod
    def from_normalised(cls, data: Mapping[str, Any]) -> Self:
        """Return the journey of data from `normalise`. Raises pydantic's ValidationError."""
        return cls.model_validate(data, context={"normalised": True})

    @property
    def is_flat(self) -> bool:
        """Whether the file lists touchpoints without stages."""
        return len(self.stages) == 1 and not self.stages[0].name

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All touchpoints in order, each with its path in the file."""
        found: list[Place] = []
        for s, stage in enumerate(self.stages):
            for t, touchpoint in enumerate(stage.touchpoints):
                path = ("touchpoints", t) if self.is_flat else ("stages", s, "touchpoints", t)
                found.append(Place(path, len(found) + 1, stage, touchpoint))
        return tuple(found)

    @cached_property
    def touchpoints(self) -> tuple[Touchpoint, ...]:
        """All touchpoints in order."""
        return tuple(place.touchpoint for place in self.places)

    def own_channel_name(self, id: str) -> str | None:
        """Return the name that the file itself gives to a channel; None if it does not."""
        own = self.channels.get(id)
        return own.name if own else None

    def touchpoint_ids(self, at: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of the touchpoints that an opportunity or a KPI names in `at`, also by their stage."""
        return tuple(dict.fromkeys(id for one in at for id in self._ids_in_stages.get(one, (one,))))

    @cached_property
    def _ids_in_stages(self) -> Mapping[str, tuple[str, ...]]:
        """The touchpoints of each stage whose id is that of no touchpoint."""
        if self.is_flat:
            return {}
        own = {one.id for one in self.touchpoints}
        return {one.id: tuple(t.id for t in one.touchpoints) for one in self.stages if one.id not in own}

    @cached_property
    def texts(self) -> tuple[tuple[KeyPath, str | float], ...]:
        """All texts in natural language with their paths in the file; the persona's facts also if they are numbers.

        For a field that takes one text or a list, the path has the index in the list.
        """
        return tuple(
            (path, value)
            for path, value, _, side, _ in self.leaves(Prose)
            if side == "value" and value and type(value) in (str, int, float)
        )

    def leaves(self, *wanted: type[Meaning]) -> list[Leaf]:
        """Return the keys and values with the wanted meanings (`Ref`, …), kind by kind, at their paths in the file."""
        return [leaf for kind in wanted for leaf in self._leaves.get(kind, ())]

    @cached_property
    def _leaves(self) -> Leaves:
        return leaves(self, Journey, *get_args(Meaning), flat=self.is_flat)

    def to_rows(self) -> list[dict[str, Any]]:
        """Return a plain dict for each touchpoint, in order, as pandas and polars take them.

        `time` is written as in the file, `start` in seconds from day 0 (from 1970 for a date); several channels or
        feelings have commas between.
        """
        return [self._row(place) for place in self.places]

    def _row(self, place: Place) -> dict[str, Any]:
        point, stage = place.touchpoint, place.stage
        return {
            "journey": self.id, "number": place.number, "id": point.id, "title": point.title,
            "stage": stage.name or None, "phase": stage.phase, "persona": self.persona.name, "owner": self.owner,
            "channel": ", ".join(point.channel) or None, "feeling": ", ".join(point.feeling) or None,
            "satisfaction": point.satisfaction, "importance": point.importance,
            "time": str(point.at) if point.at else None, "start": point.at.seconds if point.at else None,
        }  # fmt: skip

    def _repr_svg_(self) -> str | None:
        return notebook.view(self)

    def touchpoint(self, id: str) -> Touchpoint:
        """Return the touchpoint with this id. Raises KeyError if there is none."""
        return self._by_id[id]

    @cached_property
    def _by_id(self) -> dict[str, Touchpoint]:
        return {touchpoint.id: touchpoint for touchpoint in self.touchpoints}

    def evidence_of(self, touchpoint: Touchpoint) -> tuple[Evidence, ...]:
        """Return the sources that a touchpoint rests on: its own, else the journey's."""
        ids = self.evidence if touchpoint.evidence is None else touchpoint.evidence
        return tuple(source for source in self.sources if source.id in ids)
