"""Meanings of fields: natural language, an id, a reference, a word of a vocabulary.

A meaning is an annotation in the models. The checks of references, the rules on definitions and ids, navigation and
completion in editors, the suggestions of the JSON Schema, and the texts that rules on writing and privacy read are all
derived from it. `fields.leaves` finds the keys and values with a meaning.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from journeykit.model.values import ImagePath, JourneyTarget, Label, Number, NumberOrWord, OneOrMore, Slug, Text, Url


class Prose:
    """The text is natural language, which rules on writing and privacy read."""


class Defines:
    """The text is the id (or key) of a definition of this `kind`, to which the rest of the file may refer.

    A missing id is made from the field `made_from`. A definition that is not `standalone` has no effect unless
    something refers to it.
    """

    def __init__(self, kind: str, made_from: str = "", *, standalone: bool = True) -> None:
        self.kind, self.made_from, self.standalone = kind, made_from, standalone


class Ref:
    """The text is the id of a definition of this `kind`; `also` are words that are valid too.

    `or_kind` is another kind that it may name, if there is none of the first with that id.
    """

    def __init__(self, kind: str, also: tuple[str, ...] = (), or_kind: str = "") -> None:
        self.kind, self.also, self.or_kind = kind, also, or_kind

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of what may be named, the first one first."""
        return (self.kind, self.or_kind) if self.or_kind else (self.kind,)


class Word:
    """The text is a word of a vocabulary, or one of this `kind` that the file defines; `known` are suggestions."""

    def __init__(self, kind: str, known: tuple[str, ...] = ()) -> None:
        self.kind, self.known = kind, known


class Elsewhere:
    """The text names what is not in the file: a `journey` (its id or path), the path of an `image`, a `page`, a source
    of `data` in the settings, a `label` or a `column` of it, or `cases` that the settings tell.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind


class OnScale:
    """The number is on the `scale` of the journey, or on that of its own part."""


Meaning: TypeAlias = Prose | Defines | Ref | Word | Elsewhere | OnScale

END = "end"
"""The target of an option that ends the journey; no touchpoint may have this id."""
TAGS = ("complaint", "complex", "reminder", "survey", "personalised", "not-empowered", "first-contact")
"""Tags that rules use; any other tag is valid."""

FreeText = Annotated[Text, Prose()]
"""Natural language."""
FreeTexts = Annotated[tuple[FreeText, ...], OneOrMore()]
"""One text, or a list of them."""

TouchpointRef = Annotated[Slug, Ref("touchpoint")]
Places = Annotated[tuple[Annotated[Slug, Ref("touchpoint", or_kind="stage")], ...], OneOrMore()]
"""One touchpoint or several; a stage stands for its touchpoints."""
NextRef = Annotated[Text, Ref("touchpoint", also=(END,))]
"""The touchpoint that follows, or the end of the journey."""
SourceRef = Annotated[Slug, Ref("source")]
KpiRef = Annotated[Slug, Ref("kpi")]
OpportunityRef = Annotated[Slug, Ref("opportunity")]

OwnChannel = Annotated[Text, Defines("channel", standalone=False)]
ChannelWord = Annotated[Text, Word("channel")]
ChannelWords = Annotated[tuple[ChannelWord, ...], OneOrMore()]
OwnLane = Annotated[Slug, Defines("lane", standalone=False)]
LaneRef = Annotated[Slug, Ref("lane")]
OtherJourney = Annotated[JourneyTarget, Elsewhere("journey")]
Address = Annotated[Url, Elsewhere("page")]
DataName = Annotated[Slug, Elsewhere("data")]
"""A source of data that the settings describe, as `[data.helpdesk]`."""
Labels = Annotated[tuple[Annotated[Label, Elsewhere("label")], ...], OneOrMore()]
Column = Annotated[Text, Elsewhere("column")]
ToldCases = Annotated[Slug, Elsewhere("cases")]
DataNames = Annotated[tuple[DataName, ...], OneOrMore()]
ImageFile = Annotated[ImagePath, Elsewhere("image")]
OwnFeeling = Annotated[Text, Defines("feeling", standalone=False)]
FeelingWord = Annotated[Text, Word("feeling")]
FeelingWords = Annotated[tuple[FeelingWord, ...], OneOrMore()]
NumberOrFeeling = Annotated[NumberOrWord, Word("feeling"), OnScale()]
ScaleNumber = Annotated[Number, OnScale()]
Tag = Annotated[Slug, Word("tag", TAGS)]
