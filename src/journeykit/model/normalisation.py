"""Expand shorthands and add default ids, so that the models can validate what people write."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeAlias

from journeykit.model.guess import meant
from journeykit.model.slug import Ids
from journeykit.model.touchpoint import Touchpoint

KeyPath: TypeAlias = tuple[str | int | float, ...]
Aliases: TypeAlias = dict[KeyPath, tuple[KeyPath, Literal["value", "key"]]]

TOUCHPOINT_KEYS = frozenset(Touchpoint.model_fields)
NO_STAGES: list[dict[str, Any]] = [{"id": "journey", "name": "", "touchpoints": []}]
"""The stages of a journey that has neither stages nor touchpoints."""
_LIKE_A_FIELD = re.compile(r"[a-z0-9_-]+")


class NormalisedJourney(NamedTuple):
    """Data for the models; `aliases` maps paths of expanded shorthands to their paths in the file.

    In `aliases`, the touchpoints of a flat journey are at `("touchpoints", 2)`, as in the file, although `data` has
    them in a stage.
    """

    data: dict[str, Any]
    aliases: Aliases


def normalise(data: dict[Any, Any], name: str = "journey") -> NormalisedJourney:
    """Expand a journey's shorthands, without changing `data`; `name` gives the id if the file has none.

    Values of the wrong shape are left as they are: the models report them.
    """
    aliases: Aliases = {}
    normal = {key: value for key, value in data.items() if key != "touchpoints"}
    normal["id"] = data["id"] if data.get("id") is not None else Ids(()).make(name, "journey")
    if isinstance(persona := data.get("persona"), str):
        normal["persona"] = {"name": persona}
        aliases["persona", "name"] = (("persona",), "value")
    if isinstance(persona := normal.get("persona"), dict):
        normal["persona"] = _with_references(_with_id(persona, Ids(()), "name", "persona"), ("persona",), aliases)
    normal["stages"] = _stages(data, aliases)
    _each(normal, "goals", lambda goal, at: _goal(goal, at, aliases))
    _named_data(normal, aliases)
    _with_ids(normal, "opportunities", "title", "opportunity")
    _each(normal, "opportunities", lambda item, at: _with_references(item, ("opportunities", at), aliases))
    _each(normal, "sources", lambda item, at: _with_references(item, ("sources", at), aliases))
    _with_ids(normal, "kpis", "kind", "kpi")
    for key in ("channels", "lanes"):
        if isinstance(own := data.get(key), dict):
            normal[key] = {id: {} if one is None else one for id, one in own.items()}
    return NormalisedJourney(normal, aliases)


def file_path(path: KeyPath, flat: bool) -> KeyPath:
    """Convert a path of the models to a path of the file, in which a flat journey has no stages."""
    return path[2:] if flat and path[:2] == ("stages", 0) else path


def model_path(path: KeyPath) -> KeyPath:
    """Convert a path of a file to a path of the models, which have the touchpoints of a flat journey in a stage."""
    return ("stages", 0, *path) if path[:1] == ("touchpoints",) else path


def touchpoint_lists(data: dict[Any, Any]) -> list[tuple[KeyPath, Any]]:
    """Return the lists of touchpoints in a file with their paths; in an invalid file they may be of any type."""
    stages = data.get("stages")
    if isinstance(stages, list):
        return [
            (("stages", s, "touchpoints"), stage.get("touchpoints"))
            for s, stage in enumerate(stages)
            if isinstance(stage, dict)
        ]
    return [(("touchpoints",), data.get("touchpoints"))]


def _stages(data: dict[Any, Any], aliases: Aliases) -> Any:
    stages = data.get("stages")
    lists = dict(touchpoint_lists(data))
    ids = Ids(
        [*_written(item for items in lists.values() for item in _items(items)), "end"]
    )  # which is reserved for decisions
    if stages is None:
        flat = _touchpoints(("touchpoints",), lists["touchpoints",], ids, aliases)
        return [{**NO_STAGES[0], "touchpoints": flat}]
    if not isinstance(stages, list):
        return stages
    stage_ids = Ids(_written(stages))
    found = []
    for s, stage in enumerate(stages):
        if isinstance(stage, dict):
            path: KeyPath = ("stages", s, "touchpoints")
            stage = _with_id(stage, stage_ids, "name", f"stage-{s + 1}")
            stage["touchpoints"] = _touchpoints(path, lists[path], ids, aliases)
        found.append(stage)
    return found


def _touchpoints(path: KeyPath, items: Any, ids: Ids, aliases: Aliases) -> Any:
    if items is None:
        return []
    if not isinstance(items, list):
        return items
    found = []
    for number, item in enumerate(items):
        item = _with_references(expand_touchpoint(item, (*path, number), aliases), (*path, number), aliases)
        found.append(_with_id(item, ids, "title", f"touchpoint-{number + 1}") if isinstance(item, dict) else item)
    return found


def shorthand_title(item: Any) -> Any:
    """Return the key of a touchpoint that is its title, as in `I call: frustrated`; None if it has the key `title`.

    It is the only key that is not a field, in a mapping with neither `title` nor `feeling`. If there are several, the
    file is invalid, and the one that looks least like a misspelled field is taken, so that only the others are
    reported. A number in its place (`404: frustrated`) is returned too, and refused as a title.
    """
    if not isinstance(item, dict) or "title" in item or "feeling" in item:
        return None
    unknown = [key for key in item if key not in TOUCHPOINT_KEYS]
    if len(unknown) > 1:
        sentences = [key for key in unknown if not _LIKE_A_FIELD.fullmatch(str(key))]
        unknown = [key for key in unknown if not meant(key, TOUCHPOINT_KEYS, 0.7)]
        unknown = sentences if sentences else unknown[:1] if unknown[:1] == list(item)[:1] else unknown
    title = unknown[0] if len(unknown) == 1 else None
    scalar = isinstance(title, (str, int, float))
    return title if scalar and not isinstance(item[title], dict) else None


def expand_touchpoint(item: Any, path: KeyPath, aliases: Aliases) -> Any:
    """Return a touchpoint as a mapping: a plain text is its title, an unknown key is `title: feeling`."""
    if isinstance(item, str):
        aliases[*path, "title"] = (path, "value")
        return {"title": item}
    if (title := shorthand_title(item)) is not None:
        aliases[*path, "title"] = ((*path, title), "key")
        aliases[*path, "feeling"] = ((*path, title), "value")
        rest = {key: value for key, value in item.items() if key != title}
        feeling = item[title]
        return {"title": title, **({} if feeling is None else {"feeling": feeling}), **rest}
    return item


def _with_references(item: Any, path: KeyPath, aliases: Aliases) -> Any:
    """Return a part with its picture and its links as mappings where they are written as plain text."""
    if not isinstance(item, dict):
        return item
    if isinstance(image := item.get("image"), str):
        aliases[*path, "image", "file"] = ((*path, "image"), "value")
        item = {**item, "image": {"file": image}}
    if isinstance(links := item.get("links"), list) and any(isinstance(link, str) for link in links):
        for number, link in enumerate(links):
            if isinstance(link, str):
                aliases[*path, "links", number, "url"] = ((*path, "links", number), "value")
        item = {**item, "links": [{"url": link} if isinstance(link, str) else link for link in links]}
    return item


def _goal(goal: Any, number: int, aliases: Aliases) -> Any:
    if isinstance(goal, str):
        aliases["goals", number, "goal"] = (("goals", number), "value")
        return {"goal": goal}
    return goal


def _named_data(normal: dict[str, Any], aliases: Aliases) -> None:
    """Write the journey's sources of data as a mapping where they are one name or a list of names."""
    data = normal.get("data")
    if isinstance(data, str):
        aliases["data", data] = (("data",), "value")
        normal["data"] = {data: {}}
    elif isinstance(data, list) and all(isinstance(name, str) for name in data):
        for number, name in enumerate(data):
            aliases["data", name] = (("data", number), "value")
        normal["data"] = {name: {} for name in data}
    elif isinstance(data, dict):
        normal["data"] = {name: {} if one is None else one for name, one in data.items()}


def _with_ids(normal: dict[str, Any], key: str, source: str, otherwise: str) -> None:
    ids = Ids(_written(_items(normal.get(key))))
    _each(
        normal,
        key,
        lambda item, _: _with_id(item, ids, source, otherwise) if isinstance(item, dict) else item,
    )


def _with_id(item: dict[Any, Any], ids: Ids, source: str, otherwise: str) -> dict[Any, Any]:
    if item.get("id") is not None:
        return dict(item)
    return {**item, "id": ids.make(item.get(source), otherwise)}


def _each(normal: dict[str, Any], key: str, change: Callable[[Any, int], Any]) -> None:
    if isinstance(items := normal.get(key), list):
        normal[key] = [change(item, number) for number, item in enumerate(items)]


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _written(items: Any) -> list[str]:
    return [item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)]
