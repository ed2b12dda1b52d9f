"""Bring imported data into the shape of the map that it goes into: its ids, its stages, and their ids."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from journeykit.interchange.given import put_at
from journeykit.model import Journey
from journeykit.model.fields import leaves
from journeykit.model.meaning import Ref
from journeykit.model.slug import slug


def align(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return new data with the ids and stages of the old.

    A part whose id is made from its title is the old part with that title. There are no stages if the old has none, and
    renamed ones have their old ids.
    """
    new = _with_known_ids(old, new)
    if "stages" in old and "touchpoints" in new:
        return {**_without(new, "touchpoints"), "stages": _by_stage(old["stages"], new["touchpoints"])}
    if "touchpoints" in old and "stages" in new:
        points = [point for stage in new["stages"] for point in stage.get("touchpoints", ())]
        return {**_without(new, "stages"), "touchpoints": points}
    if "stages" in old and "stages" in new:
        return {**new, "stages": _with_old_ids(old["stages"], new["stages"])}
    return new


def _without(data: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != key}


def _by_stage(stages: list[dict[str, Any]], points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the old stages with new touchpoints, which name none: the old stage of each, or that of the one before."""
    of = {point["id"]: at for at, stage in enumerate(stages) for point in stage.get("touchpoints", ())}
    found: list[list[dict[str, Any]]] = [[] for _ in stages]
    at = 0
    for point in points:
        at = of.get(point["id"], at)
        found[at].append(point)
    return [{**stage, "touchpoints": touchpoints} for stage, touchpoints in zip(stages, found, strict=True)]


def _with_old_ids(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the new stages; one that has another name but most touchpoints of a stage that is gone has its id."""
    ids = {stage["id"] for stage in new}
    gone = {stage["id"]: _points(stage) for stage in old if stage["id"] not in ids}
    known = {stage["id"] for stage in old}
    found = []
    for stage in new:
        if stage["id"] not in known:
            here = _points(stage)
            shared = {id: len(here & points) for id, points in gone.items()}
            best = max(shared, key=lambda id: shared[id], default=None)
            if best is not None and 2 * shared[best] > max(len(here), len(gone[best])):
                stage = {**stage, "id": best}
                del gone[best]
        found.append(stage)
    return found


def _points(stage: dict[str, Any]) -> set[str]:
    return {point["id"] for point in stage.get("touchpoints", ())}


NAMES: Mapping[str, str] = {
    "stage": "name", "touchpoint": "title", "opportunity": "title", "kpi": "kind", "source": "who",
}  # fmt: skip
"""What the ids of parts are made from, by their kind."""


def _with_known_ids(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return new data with the old ids of parts that are called the same, where their own are only made from that."""
    new = deepcopy(new)
    known, found = _parts_by_kind(old), _parts_by_kind(new)
    ids = {kind: _renamed(kind, known[kind], parts) for kind, parts in found.items()}
    for kind, parts in found.items():
        for part in parts:
            part["id"] = ids[kind].get(part["id"], part["id"])
    for leaf in leaves(new, Journey, Ref)[Ref]:
        id = next((ids[kind][leaf.value] for kind in leaf.meaning.kinds if leaf.value in ids.get(kind, ())), None)
        if id is not None:
            put_at(new, leaf.path, leaf.side, id)
    return new


def _parts_by_kind(data: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    stages = data.get("stages", [])
    points = [*data.get("touchpoints", ()), *(point for stage in stages for point in stage.get("touchpoints", ()))]
    kinds = {"stage": stages, "touchpoint": points, "opportunity": data.get("opportunities", [])}
    return {**kinds, "kpi": data.get("kpis", []), "source": data.get("sources", [])}


def _renamed(kind: str, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[str, str]:
    """Return the old ids of new parts by their new ids; of several that are called the same, in their order."""
    known, taken = {one["id"] for one in old}, {one["id"] for one in new}
    names = defaultdict(list)
    for one in old:
        if one["id"] not in taken:
            names[_name(kind, one)].append(one["id"])
    free = {name: iter(ids) for name, ids in names.items()}
    found = {}
    for one in new:
        made = re.fullmatch(rf"{re.escape(slug(str(one.get(NAMES[kind], ''))))}(?:-\d+)?", one["id"])
        if one["id"] not in known and made and (id := next(free.get(_name(kind, one), iter(())), None)):
            found[one["id"]] = id
    return found


def _name(kind: str, part: dict[str, Any]) -> str:
    """Return what a part is called, as names are compared."""
    return " ".join(str(part.get(NAMES[kind], "")).casefold().split())
