"""What can be written at the cursor: keys, the words and ids that a key takes, channels and feelings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol.types import CompletionItem, CompletionItemKind, MarkupContent, MarkupKind, TextEdit

from journeykit.model import Opportunity, Touchpoint
from journeykit.model.normal import TOUCHPOINT_KEYS
from journeykit.reading.checks.ids import END
from journeykit.reading.schema_guesses import at_path
from journeykit.reading.schema_types import keys_of
from journeykit.server import keys
from journeykit.server.analysis import Analysis
from journeykit.server.cursor import MARK, Cursor, cursor_at
from journeykit.server.outline import Outline
from journeykit.server.references import Definition, definitions, references
from journeykit.source import Path, Span
from journeykit.vocabulary.channels import Channel, channel_name, channels
from journeykit.vocabulary.feelings import LANGUAGES, feelings

TAGS = ("complaint", "complex", "reminder", "survey", "personalised", "not-empowered", "first-contact")
"""Tags that rules know; others are free."""


def completions(analysis: Analysis, offset: int, before: Outline | None = None) -> list[CompletionItem]:
    """What to offer at an offset. `before` is an earlier outline, for what a broken text has lost meanwhile."""
    cursor = cursor_at(analysis.document.source.text, offset, analysis.outline_of)
    if cursor is None:
        return []
    place = analysis.positions.range_of(Span(offset - len(cursor.typed), offset))
    follows = analysis.document.source.text[offset : offset + 1]
    items = [*_personas(cursor, analysis), *_values(cursor, before), *_keys(cursor, follows == ":")]
    for number, item in enumerate(items):
        item.text_edit = TextEdit(place, item.insert_text or item.label)
        item.insert_text = None
        item.sort_text = f"{number:04}"
    return items


def _values(cursor: Cursor, before: Outline | None) -> Iterator[CompletionItem]:
    """Values that the place takes, and ids where they are keys, as below `target`."""
    path, outline = cursor.path, cursor.outline if cursor.whole or before is None else before
    sort, form = _sort(cursor)
    if sort == "channel":
        yield from _channels(outline)
    elif sort == "feeling":
        yield from _feelings(outline)
    elif sort:
        yield from _ids(sort, path, _known(cursor, before), form)
    if cursor.part == "value":
        words = LANGUAGES if path == ("lang",) else TAGS if path[-2:-1] == ("tags",) else keys.words_at(path)
        yield from (CompletionItem(word, kind=CompletionItemKind.EnumMember) for word in words)


IDS_IN = {"evidence": "source", "at": "touchpoint", "removes": "touchpoint", "target": "touchpoint"}


def _personas(cursor: Cursor, analysis: Analysis) -> Iterator[CompletionItem]:
    """Personas that the settings share."""
    if cursor.path == ("persona",) and not cursor.alone:
        for id, persona in analysis.project.settings.shared.personas.items():
            yield CompletionItem(id, kind=CompletionItemKind.Reference, detail=str(persona.get("name") or ""))


def _sort(cursor: Cursor) -> tuple[str | None, str]:
    """What sort of thing is named at the cursor, and how: with `[{}]` where a list is needed that is not there yet."""
    for reference in references(cursor.outline):
        if MARK in reference.id:
            return reference.sort, "{}: " if reference.part == "key" else "{}"
    last = cursor.path[-1]
    if cursor.part == "key" or not isinstance(last, str):
        return None, "{}"
    if last == "target" and cursor.alone and keys.model_at(cursor.path[:-1]) is Opportunity:
        return "touchpoint", "{}: "
    return (IDS_IN.get(last), "[{}]") if keys.takes_ids(cursor.path) else (None, "{}")


def _known(cursor: Cursor, before: Outline | None) -> list[Definition]:
    """What the file defines; where its YAML is broken, also what it defined before."""
    found = list(definitions(cursor.outline))
    if before is not None and not cursor.whole:
        have = {(one.sort, one.id) for one in found}
        found += [one for one in definitions(before) if (one.sort, one.id) not in have]
    return [one for one in found if MARK not in one.id]


def _ids(sort: str, path: Path, known: Iterable[Definition], form: str) -> Iterator[CompletionItem]:
    for one in known:
        if one.sort == sort:
            text = form.format(one.id)
            yield CompletionItem(one.id, kind=CompletionItemKind.Reference, detail=one.title or None, insert_text=text)
    if path[-1] == "to":
        yield CompletionItem(END, kind=CompletionItemKind.Reference, detail="the journey ends")


def _channels(outline: Outline) -> Iterator[CompletionItem]:
    for id, own in outline.known("channels").items():
        name = own.get("name") if isinstance(own, dict) else None
        yield CompletionItem(id, kind=CompletionItemKind.Value, detail=str(name) if name else "a channel of your own")
    for id, channel in channels().items():
        name = channel_name(id, outline.lang)
        yield CompletionItem(
            id, kind=CompletionItemKind.Value, detail=name, documentation=_markdown(channel_facts(channel))
        )


def channel_facts(channel: Channel) -> str:
    """What speaks for and against a channel, as Markdown."""
    told = (("For", channel.pros), ("Against", channel.cons), ("Ideal for", channel.ideal_for))
    return "  \n".join(f"**{word}:** {text}" for word, text in told if text)


def _feelings(outline: Outline) -> Iterator[CompletionItem]:
    for word, valence in outline.known("feelings").items():
        yield CompletionItem(word, kind=CompletionItemKind.Value, detail=f"{valence}, a word of your own")
    lang = outline.lang if outline.lang in LANGUAGES else "en"
    seen: set[str] = set()
    for feeling in feelings():
        for word in feeling.forms.get(lang, ()):
            if word not in seen:
                seen.add(word)
                detail = f"{feeling.valence:+g}, {feeling.family}" if feeling.valence else f"0, {feeling.family}"
                yield CompletionItem(word, kind=CompletionItemKind.Value, detail=detail)


def _keys(cursor: Cursor, has_colon: bool) -> Iterator[CompletionItem]:
    """Keys that the mapping lacks, where one is written or could begin."""
    if cursor.part == "key":
        parent = cursor.path[:-1]
    elif cursor.alone and not cursor.in_flow:
        parent = cursor.path
    else:
        return
    model = keys.model_at(parent)
    if model is None:
        return
    there = at_path(cursor.outline.data, parent)
    there = there if isinstance(there, dict) else {}
    if model is Touchpoint and any(key not in TOUCHPOINT_KEYS and MARK not in str(key) for key in there):
        there = {**there, "title": "", "feeling": ""}  # `I call: angry` has both
    for key in keys_of(model):
        if key not in there and (key != "touchpoints" or "stages" not in there):
            tail = "" if has_colon else ":" if keys.holds_more((*parent, key)) and not cursor.in_flow else ": "
            meaning = keys.meanings(model).get(key, "")
            yield CompletionItem(
                key, kind=CompletionItemKind.Property, documentation=_markdown(meaning), insert_text=key + tail
            )


def _markdown(text: str) -> MarkupContent | None:
    return MarkupContent(MarkupKind.Markdown, text) if text else None
