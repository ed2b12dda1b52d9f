"""Completion at the cursor: keys, and the words, ids, channels and feelings that are valid values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    InsertTextFormat,
    InsertTextMode,
    MarkupContent,
    MarkupKind,
    TextEdit,
)

from journeykit.changing.emitter import inline
from journeykit.editing.partial import PartialDocument
from journeykit.editing.references import Definition, definitions
from journeykit.editing.used_before import STEPS, TEAMS, USED_ALIKE, texts_under
from journeykit.model import Touchpoint
from journeykit.model.meaning import Elsewhere, Meaning, Ref, Word
from journeykit.model.normalisation import TOUCHPOINT_KEYS
from journeykit.model.schema_help import SNIPPETS
from journeykit.output.paint import one_line
from journeykit.project.outside import files_to_name
from journeykit.reading.schema_guesses import at_path
from journeykit.reading.schema_types import keys_of
from journeykit.server import keys
from journeykit.server.analysis import Analysis
from journeykit.server.cursor import MARK, Cursor, cursor_at
from journeykit.source import Span
from journeykit.vocabulary.channels import Channel, channel_name, channels
from journeykit.vocabulary.feelings import LANGUAGES, feelings


def completions(
    analysis: Analysis, offset: int, before: PartialDocument | None = None, snippets: bool = False
) -> list[CompletionItem]:
    """Return the completions at an offset, with snippets if the editor takes them.

    `before` is an earlier text that was valid YAML, for its definitions.
    """
    cursor = cursor_at(analysis.document.source.text, offset, analysis.read_partial)
    if cursor is None:
        return []
    text, start = analysis.document.source.text, offset - len(cursor.typed)
    place = analysis.positions.range_of(Span(start, offset))
    items = [
        *_personas(cursor, analysis),
        *_files(cursor, analysis),
        *_sources(cursor, analysis),
        *_values(cursor, before),
        *_used_before(cursor, before),
    ]
    items += _keys(cursor, text[offset : offset + 1] == ":")
    if snippets:
        line = text[:start].rpartition("\n")[2]
        items += _snippets(cursor, len(line) - len(line.lstrip(" ")), len(line))
    items = [item for item in items if one_line(item.label) == item.label]  # the others would not look as they are
    if text[max(0, start - 1) : start] in ("'", '"'):  # a word with quotes or escapes may need others
        items = [item for item in items if not set(item.insert_text or "") & set("'\"\\")]
    for number, item in enumerate(items):
        item.text_edit = TextEdit(place, item.insert_text or item.label)
        item.insert_text = None
        item.sort_text = f"{number:04}"
    return items


def _values(cursor: Cursor, before: PartialDocument | None) -> Iterator[CompletionItem]:
    """Yield the values that are valid at the cursor, and ids that are keys, as below `target`."""
    partial = cursor.partial if cursor.complete or before is None else before
    meaning, form = _meaning(cursor)
    words: Iterable[str] = keys.words_at(cursor.path) if cursor.part == "value" else ()
    if isinstance(meaning, Ref):
        yield from _ids(meaning, _known(cursor, before), form)
    elif isinstance(meaning, Word) and meaning.kind == "channel":
        yield from _channels(partial)
    elif isinstance(meaning, Word) and meaning.kind == "feeling":
        yield from _feelings(partial)
    elif isinstance(meaning, Word):
        words = LANGUAGES if meaning.kind == "language" else meaning.known
    for word in words:
        yield CompletionItem(word, kind=CompletionItemKind.EnumMember, insert_text=form.format(word))


def _personas(cursor: Cursor, analysis: Analysis) -> Iterator[CompletionItem]:
    """Yield the personas that the settings share."""
    if cursor.path == ("persona",) and not cursor.alone:
        for id, persona in analysis.project.settings.shared.personas.items():
            yield _own(id, CompletionItemKind.Reference, str(persona.get("name") or ""))


def _files(cursor: Cursor, analysis: Analysis) -> Iterator[CompletionItem]:
    """Yield the files that may be named at the cursor: pictures, or other journeys."""
    for leaf in cursor.partial.journey.leaves(Elsewhere):
        if MARK in str(leaf.value) and leaf.meaning.kind in ("image", "journey"):
            with suppress(OSError):
                for name in files_to_name(leaf.meaning.kind, analysis.file, analysis.project):
                    yield _own(name, CompletionItemKind.File, "")


def _sources(cursor: Cursor, analysis: Analysis) -> Iterator[CompletionItem]:
    """Yield the sources of data that the settings have."""
    meaning, form = _meaning(cursor, Elsewhere)
    if isinstance(meaning, Elsewhere) and meaning.kind == "data":
        listed = cursor.path[:1] == ("data",) and not isinstance(cursor.partial.journey.file.get("data"), dict)
        for name, source in analysis.project.settings.data.items():
            yield _own(name, CompletionItemKind.Reference, source.kind, "{}" if listed else form)


def _used_before(cursor: Cursor, before: PartialDocument | None) -> Iterator[CompletionItem]:
    """Yield the owners, teams or systems that the file names elsewhere, those that it names most often first."""
    key = next((step for step in reversed(cursor.path) if isinstance(step, str)), "")
    group = next((keys for keys in USED_ALIKE if key in keys), ())
    within = group is not TEAMS or any(step in STEPS for step in cursor.path)
    if cursor.part != "value" or not group or not within:
        return
    partial = cursor.partial if cursor.complete or before is None else before
    counts = Counter(text for text in texts_under(partial.data, group) if MARK not in text)
    for text, times in counts.most_common():
        yield _own(text, CompletionItemKind.Text, f"named {times} times" if times > 1 else "")


def _meaning(cursor: Cursor, *kinds: type[Meaning]) -> tuple[Meaning | None, str]:
    """Return the meaning of the key or value at the cursor, and the format of inserted text: `[{}]` for a list."""
    wanted = kinds or (Ref, Word)
    for leaf in cursor.partial.journey.leaves(*wanted):
        if MARK in str(leaf.value):
            return leaf.meaning, "{}: " if leaf.side == "key" else "{}"
    if cursor.part == "value":
        shape = keys.shape_at(cursor.path, *wanted)
        if shape.keys and cursor.alone:
            return shape.keys[0], "{}: "
        if shape.items and not cursor.alone:
            return shape.items.meaning, "[{}]"
    return None, "{}"


def _known(cursor: Cursor, before: PartialDocument | None) -> list[Definition]:
    """Return the definitions of the file; if its YAML has errors, also those of the earlier text."""
    found = list(definitions(cursor.partial))
    if before is not None and not cursor.complete:
        have = {(one.kind, one.id) for one in found}
        found += [one for one in definitions(before) if (one.kind, one.id) not in have]
    return [one for one in found if MARK not in one.id]


def _own(word: str, kind: CompletionItemKind, detail: str, form: str = "{}") -> CompletionItem:
    """Return the completion of a word of the file or its settings, in quotes where YAML needs them."""
    text = form.format(inline(word, flow=True))
    return CompletionItem(word, kind=kind, detail=one_line(detail) or None, insert_text=text)


def _ids(ref: Ref, known: Iterable[Definition], form: str) -> Iterator[CompletionItem]:
    for one in known:
        if one.kind in ref.kinds:
            yield _own(one.id, CompletionItemKind.Reference, one.title, form)
    for word in ref.also:
        yield CompletionItem(word, kind=CompletionItemKind.Reference, detail="the journey ends")


def _channels(partial: PartialDocument) -> Iterator[CompletionItem]:
    for id, own in partial.known("channels").items():
        name = own.get("name") if isinstance(own, dict) else None
        yield _own(id, CompletionItemKind.Value, str(name) if name else "a channel of your own")
    for id, channel in channels().items():
        name = channel_name(id, partial.lang)
        yield CompletionItem(
            id, kind=CompletionItemKind.Value, detail=name, documentation=_markdown(channel_facts(channel))
        )


def channel_facts(channel: Channel) -> str:
    """Return the pros and cons of a channel as Markdown."""
    facts = (("For", channel.pros), ("Against", channel.cons), ("Ideal for", channel.ideal_for))
    return "  \n".join(f"**{word}:** {text}" for word, text in facts if text)


def _feelings(partial: PartialDocument) -> Iterator[CompletionItem]:
    for word, valence in partial.known("feelings").items():
        yield _own(word, CompletionItemKind.Value, f"{valence}, a word of your own")
    lang = partial.lang if partial.lang in LANGUAGES else "en"
    seen: set[str] = set()
    for feeling in feelings():
        for word in feeling.forms(lang):
            if word not in seen:
                seen.add(word)
                detail = f"{feeling.valence:+g}, {feeling.family}" if feeling.valence else f"0, {feeling.family}"
                yield CompletionItem(word, kind=CompletionItemKind.Value, detail=detail)


def _keys(cursor: Cursor, has_colon: bool) -> Iterator[CompletionItem]:
    """Yield the keys that the mapping lacks, if a key is or may start at the cursor."""
    if cursor.part == "key":
        parent = cursor.path[:-1]
    elif cursor.alone and not cursor.in_flow:
        parent = cursor.path
    else:
        return
    model = keys.model_at(parent)
    if model is None:
        return
    mapping = at_path(cursor.partial.data, parent)
    mapping = mapping if isinstance(mapping, dict) else {}
    if model is Touchpoint and any(key not in TOUCHPOINT_KEYS and MARK not in str(key) for key in mapping):
        mapping = {**mapping, "title": "", "feeling": ""}  # `I call: angry` has both
    for key in keys_of(model):
        if key not in mapping and (key != "touchpoints" or "stages" not in mapping):
            tail = "" if has_colon else ":" if keys.is_collection((*parent, key)) and not cursor.in_flow else ": "
            meaning = keys.meanings(model).get(key, "")
            yield CompletionItem(
                key, kind=CompletionItemKind.Property, documentation=_markdown(meaning), insert_text=key + tail
            )


def _snippets(cursor: Cursor, indent: int, column: int) -> Iterator[CompletionItem]:
    """Yield whole touchpoints, stages and others where one of them begins; they are those of the JSON Schema.

    Editors add the indent of the line, so that the lines of a snippet have what the key stands behind it.
    """
    parent = cursor.path[:-1] if cursor.part == "key" else cursor.path
    item, model = at_path(cursor.partial.data, parent), keys.model_at(parent)
    begins = cursor.alone and not cursor.in_flow and parent and isinstance(parent[-1], int)
    if not begins or model is None or (isinstance(item, dict) and any(MARK not in str(key) for key in item)):
        return
    for label, description, body in SNIPPETS.get(model.__name__, ()):
        yield CompletionItem(
            label, kind=CompletionItemKind.Snippet, detail=description, insert_text_format=InsertTextFormat.Snippet,
            insert_text=f"\n{' ' * (column - indent)}".join(_lines(body)),
            insert_text_mode=InsertTextMode.AdjustIndentation,
        )  # fmt: skip


def _lines(body: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of a snippet as YAML."""
    for key, value in body.items():
        if not isinstance(value, list):
            yield f"{key}: {value}"
        elif isinstance(value[0], str):
            yield f"{key}: [{', '.join(value)}]"
        else:
            yield f"{key}:"
            for item in value:
                yield from (f"  {'- ' if number == 0 else '  '}{line}" for number, line in enumerate(_lines(item)))


def _markdown(text: str) -> MarkupContent | None:
    return MarkupContent(MarkupKind.Markdown, text) if text else None
