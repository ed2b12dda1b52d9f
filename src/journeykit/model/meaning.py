"""What the texts of a field mean: language of people, an id, a reference, a word of a vocabulary.

Each meaning is an annotation in the models. Everything that treats fields by what they mean is derived from it: the
checks of references, the rules on definitions and ids, navigation and completion in editors, the suggestions of the
JSON Schema, and the texts that rules on writing and privacy read. `fields.leaves` finds the texts of a meaning.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from journeykit.model.values import Number, NumberOrWord, OneOrMore, Slug, Text


class Prose:
    """The text is language of people, which rules on writing and privacy read."""


class Defines:
    """The text is the id, or the key, of something of a `kind` that other places of the file may name.

    Where the file gives no id, it is made from the field `made_from`. What is not `standalone` says nothing unless
    something refers to it.
    """

    def __init__(self, kind: str, made_from: str = "", *, standalone: bool = True) -> None:
        self.kind, self.made_from, self.standalone = kind, made_from, standalone


class Ref:
    """The text is the id of something of a `kind` that the file defines; `also` are words that may stand instead."""

    def __init__(self, kind: str, also: tuple[str, ...] = ()) -> None:
        self.kind, self.also = kind, also


class Word:
    """The text is a word of a vocabulary, or one of this `kind` that the file defines; `known` are some of them."""

    def __init__(self, kind: str, known: tuple[str, ...] = ()) -> None:
        self.kind, self.known = kind, known


class OnScale:
    """The number is on the scale of the journey, or on the `scale` that stands beside it."""


Meaning: TypeAlias = Prose | Defines | Ref | Word | OnScale

END = "end"
"""Where an option of a decision leads when the journey ends; no touchpoint has this id."""
TAGS = ("complaint", "complex", "reminder", "survey", "personalised", "not-empowered", "first-contact")
"""Tags that rules know; others are free."""

FreeText = Annotated[Text, Prose()]
"""Language of people."""
FreeTexts = Annotated[tuple[FreeText, ...], OneOrMore()]
"""One text, or a list of them."""

TouchpointRef = Annotated[Slug, Ref("touchpoint")]
NextRef = Annotated[Text, Ref("touchpoint", also=(END,))]
"""The touchpoint that follows, or the end of the journey."""
SourceRef = Annotated[Slug, Ref("source")]
KpiRef = Annotated[Slug, Ref("kpi")]
OpportunityRef = Annotated[Slug, Ref("opportunity")]

OwnChannel = Annotated[Text, Defines("channel", standalone=False)]
ChannelWord = Annotated[Text, Word("channel")]
ChannelWords = Annotated[tuple[ChannelWord, ...], OneOrMore()]
OwnFeeling = Annotated[Text, Defines("feeling", standalone=False)]
FeelingWord = Annotated[Text, Word("feeling")]
FeelingWords = Annotated[tuple[FeelingWord, ...], OneOrMore()]
NumberOrFeeling = Annotated[NumberOrWord, Word("feeling"), OnScale()]
ScaleNumber = Annotated[Number, OnScale()]
Tag = Annotated[Slug, Word("tag", TAGS)]
