"""Bring imported data into the shape of the map that it goes into: its stages, and their ids."""

from __future__ import annotations

from typing import Any


def align(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return new data with the stages of the old: none if it has none, and renamed ones by their old ids."""
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
