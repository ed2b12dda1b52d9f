"""Make a valid journey of what an importer found: what the format refuses is left out and reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from journeykit.errors import UsageError
from journeykit.finding import Finding
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, shown_path
from journeykit.interchange.journey_yaml import journey_text, laid_out
from journeykit.interchange.sheets.columns import fields_at
from journeykit.output.paint import one_line, shown_name
from journeykit.reading import Document, Shared, read_text
from journeykit.reading.document import MAX_BYTES
from journeykit.reading.schema_guesses import at_path
from journeykit.reading.shared import NOTHING_SHARED
from journeykit.source import KeyPath

MOST_ROUNDS = 20
"""How often what is not valid is taken out; what one value hides shows in the next round."""
NEEDED = ("title", "persona", "stages", "touchpoints")


class Imported(NamedTuple):
    """A journey that was imported, as the text of its file, and the report of what was carried."""

    document: Document
    text: str
    carry: CarryReport
    stem: str
    covers: frozenset[str] = frozenset()
    assumed: frozenset[str] = frozenset()
    """Keys of the journey that the file does not state."""


def settle(draft: Draft, name: str, shared: Shared = NOTHING_SHARED) -> Imported:
    """Return the valid journey of a draft; `name` is that of the file it came from.

    Raises UsageError if nothing of it makes a journey.
    """
    assumed = _complete(draft)
    _check_size(draft, name)
    for _ in range(MOST_ROUNDS):
        text = journey_text(draft.data)
        if len(text.encode()) > MAX_BYTES:
            raise UsageError(f"{shown_name(name)}: its journey is larger than 4 MiB", "import a part of it")
        document = read_text(text, f"{draft.stem}.journey.yaml", shared)
        if document.journey is not None:
            laid = laid_out(document)
            draft.carry.carried = sum(1 for _ in _scalars(draft.data))
            return Imported(
                read_text(laid, document.source.name, shared), laid, draft.carry, draft.stem, draft.covers, assumed
            )
        _take_out(draft, document.findings, name)
    raise UsageError(f"{shown_name(name)}: it cannot be made a journey: {one_line(document.findings[0].message)}")


def _complete(draft: Draft) -> frozenset[str]:
    """Add what every journey has, and say that an imported one is an assumption unless the file knows better.

    Return the keys that were added.
    """
    data = draft.data
    assumed = {key for key in ("title", "persona", "status", "basis") if not data.get(key)}
    if not data.get("title"):
        data["title"] = _sentence(draft.stem)
        draft.carry.guess("name of the file", "title", draft.stem, data["title"])
    persona = data.get("persona")
    if not persona or (isinstance(persona, dict) and not persona.get("name")):
        data["persona"] = {**(persona or {}), "name": "Customer"}
        draft.carry.guess("the file", "persona", "", "Customer")
    data.setdefault("status", "draft")
    data.setdefault("basis", "assumption")
    return frozenset(assumed)


def _sentence(stem: str) -> str:
    text = re.sub(r"[\s_-]+", " ", stem).strip() or "Imported journey"
    return text[:1].upper() + text[1:]


def _check_size(draft: Draft, name: str) -> None:
    stages = draft.data.get("stages") or [{"touchpoints": draft.data.get("touchpoints")}]
    count = sum(len(stage.get("touchpoints") or ()) for stage in stages)
    if count < 2:
        found = "no touchpoint" if count == 0 else "a single touchpoint"
        raise UsageError(
            f"{shown_name(name)}: {found} was found in it",
            "a journey has at least two; journeykit import --explain shows what was seen",
        )


def _take_out(draft: Draft, findings: tuple[Finding, ...], name: str) -> None:
    """Remove the values that findings are about."""
    paths = {finding.path: finding for finding in findings if finding.path}
    gone = False
    for path, finding in sorted(paths.items(), key=lambda pair: [str(step).zfill(9) for step in pair[0]], reverse=True):
        target = _parent_of_needed(path, draft.data)
        if not target:
            raise UsageError(f"{shown_name(name)}: {draft.where(path)}: {one_line(finding.message)}", finding.help)
        if (value := _removed(draft.data, target)) is not _NOTHING:
            where = f"{draft.where(target)} ({shown_path(target)})" if draft.places else shown_path(target)
            draft.carry.lose(where, value, one_line(finding.message))
            draft.covers = draft.covers and draft.covers - fields_at(target)
            _shift_places(draft, target)
            gone = True
    if not gone:
        raise UsageError(f"{shown_name(name)}: it cannot be made a journey: {one_line(findings[0].message)}")


def _parent_of_needed(path: KeyPath, data: dict[str, Any]) -> KeyPath:
    """Return the path of what is taken out; nothing for what a journey cannot be without."""
    if len(path) == 1 and path[0] in NEEDED:
        return ()
    if path[-1] in ("title", "name", "what", "url", "file", "question", "answer", "goal") and len(path) > 1:
        holder = at_path(data, path[:-1])
        if isinstance(holder, dict) and path[-1] == next(iter(holder), None) and not isinstance(path[-2], str):
            return path[:-1]
    return path


_NOTHING = object()


def _removed(data: Any, path: KeyPath) -> Any:
    """Remove the value at a path, and what contains nothing else; return it."""
    holder = at_path(data, path[:-1])
    if not isinstance(holder, (dict, list)):
        return _NOTHING
    try:
        value = holder.pop(path[-1])  # type: ignore[arg-type]
    except (KeyError, IndexError, TypeError):
        return _NOTHING
    if not holder and len(path) > 1:
        _removed(data, path[:-1])
    return value


def _shift_places(draft: Draft, gone: KeyPath) -> None:
    """Keep the places of the items behind one that was removed."""
    *holder, number = gone
    if not isinstance(number, int):
        return
    depth, moved = len(holder), {}
    for path, place in draft.places.items():
        step = path[depth] if len(path) > depth and list(path[:depth]) == holder else None
        if isinstance(step, int) and step > number:
            moved[*path[:depth], step - 1, *path[depth + 1 :]] = place
        elif step != number:
            moved[path] = place
    draft.places.clear()
    draft.places.update(moved)


def _scalars(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _scalars(one)
    elif isinstance(value, list):
        for one in value:
            yield from _scalars(one)
    else:
        yield value
