"""Shorthands spelled out and default ids filled in: from what people write to what the models take."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeAlias

from journeykit.model.guess import meant
from journeykit.model.slug import Ids
from journeykit.model.touchpoint import Touchpoint

Path: TypeAlias = tuple[str | int | float, ...]
Places: TypeAlias = dict[Path, tuple[Path, Literal["value", "key"]]]

TOUCHPOINT_KEYS = frozenset(Touchpoint.model_fields)
_LIKE_A_FIELD = re.compile(r"[a-z0-9_-]+")


class Normal(NamedTuple):
    """Data for the models; `places` maps paths that only the models have to paths of the file.

    Paths are those of the file: a flat journey's touchpoints are at `("touchpoints", 2)` although `data` holds them
    in a stage. Nothing of the given data is changed.
    """

    data: dict[str, Any]
    places: Places


def normalise(data: dict[Any, Any], name: str = "journey") -> Normal:
    """Spell out a journey's shorthands; `name` gives the id where the file has none.

    Whatever has the wrong shape is passed on as it is: the models say what is wrong with it.
    """
    places: Places = {}
    normal = {key: value for key, value in data.items() if key != "touchpoints"}
    normal["id"] = data["id"] if data.get("id") is not None else Ids(()).make(name, "journey")
    if isinstance(persona := data.get("persona"), str):
        normal["persona"] = {"name": persona}
        places["persona", "name"] = (("persona",), "value")
    if isinstance(persona := normal.get("persona"), dict):
        normal["persona"] = _with_id(persona, Ids(()), "name", "persona")
    normal["stages"] = _stages(data, places)
    _each(normal, "goals", lambda goal, at: _goal(goal, at, places))
    _with_ids(normal, "opportunities", "title", "opportunity")
    _with_ids(normal, "kpis", "kind", "kpi")
    if isinstance(channels := data.get("channels"), dict):
        normal["channels"] = {id: {} if channel is None else channel for id, channel in channels.items()}
    return Normal(normal, places)


def file_path(path: Path, flat: bool) -> Path:
    """Return a path of the models as a path of the file; a flat journey has no stages."""
    return path[2:] if flat and path[:2] == ("stages", 0) else path


def model_path(path: Path) -> Path:
    """Return a path of a file as a path of the models, which hold the touchpoints of a flat journey in a stage."""
    return ("stages", 0, *path) if path[:1] == ("touchpoints",) else path


def touchpoint_lists(data: dict[Any, Any]) -> list[tuple[Path, Any]]:
    """Return the lists of touchpoints in a file, each with its path; a list may be anything when the file is wrong."""
    stages = data.get("stages")
    if isinstance(stages, list):
        return [
            (("stages", s, "touchpoints"), stage.get("touchpoints"))
            for s, stage in enumerate(stages)
            if isinstance(stage, dict)
        ]
    return [(("touchpoints",), data.get("touchpoints"))]


def _stages(data: dict[Any, Any], places: Places) -> Any:
    stages = data.get("stages")
    lists = dict(touchpoint_lists(data))
    ids = Ids([*_written(item for items in lists.values() for item in _items(items)), "end"])  # which decisions use
    if stages is None:
        flat = _touchpoints(("touchpoints",), lists["touchpoints",], ids, places)
        return [{"id": "journey", "name": "", "touchpoints": flat}]
    if not isinstance(stages, list):
        return stages
    stage_ids = Ids(_written(stages))
    found = []
    for s, stage in enumerate(stages):
        if isinstance(stage, dict):
            path: Path = ("stages", s, "touchpoints")
            stage = _with_id(stage, stage_ids, "name", f"stage-{s + 1}")
            stage["touchpoints"] = _touchpoints(path, lists[path], ids, places)
        found.append(stage)
    return found


def _touchpoints(path: Path, items: Any, ids: Ids, places: Places) -> Any:
    if items is None:
        return []
    if not isinstance(items, list):
        return items
    found = []
    for number, item in enumerate(items):
        item = spelled_out(item, (*path, number), places)
        found.append(_with_id(item, ids, "title", f"touchpoint-{number + 1}") if isinstance(item, dict) else item)
    return found


def shorthand_title(item: Any) -> str | None:
    """Return the key of a touchpoint that is its title, as in `I call: frustrated`; None if it has a key `title`.

    It is the one key that is no field, in a mapping that gives neither `title` nor `feeling`. Where there are more,
    the file is wrong, and the one that looks least like a misspelled field is taken, so that only the others are told.
    """
    if not isinstance(item, dict) or "title" in item or "feeling" in item:
        return None
    unknown = [key for key in item if key not in TOUCHPOINT_KEYS]
    if len(unknown) > 1:
        sentences = [key for key in unknown if not _LIKE_A_FIELD.fullmatch(str(key))]
        unknown = [key for key in unknown if not meant(key, TOUCHPOINT_KEYS, 0.7)]
        unknown = sentences if sentences else unknown[:1] if unknown[:1] == list(item)[:1] else unknown
    title = unknown[0] if len(unknown) == 1 else None
    return title if isinstance(title, str) and not isinstance(item[title], dict) else None


def spelled_out(item: Any, path: Path, places: Places) -> Any:
    """Return a touchpoint as a mapping: a plain text is its title, an unknown key is `title: feeling`."""
    if isinstance(item, str):
        places[*path, "title"] = (path, "value")
        return {"title": item}
    if (title := shorthand_title(item)) is not None:
        places[*path, "title"] = ((*path, title), "key")
        places[*path, "feeling"] = ((*path, title), "value")
        rest = {key: value for key, value in item.items() if key != title}
        feeling = item[title]
        return {"title": title, **({} if feeling is None else {"feeling": feeling}), **rest}
    return item


def _goal(goal: Any, number: int, places: Places) -> Any:
    if isinstance(goal, str):
        places["goals", number, "goal"] = (("goals", number), "value")
        return {"goal": goal}
    return goal


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
