"""Acts at random on a journey, and what its data have to be afterwards, computed without the text."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

from journeykit.reading.schema_guesses import at_path

WORDS = ("happy", "sad", "angry", "calm", "worried")
TEXTS = (
    "plain words", "with: a colon", "a # that is no comment", "- a dash", "'quoted'", '"double"', "yes", "404",
    "two\nlines", "trailing colon:", "{braces}", "[brackets], and a comma", "*star", "&and", "über alles: ja", "null",
)  # fmt: skip


def touchpoint_paths(state: dict[str, Any]) -> list[list[Any]]:
    """Return the paths of all touchpoints."""
    return [one["path"] for stage in state["stages"] for one in stage["touchpoints"]]


def random_act(random: Random, state: dict[str, Any]) -> dict[str, Any]:
    """Return an act that a page could send in a state."""
    paths = touchpoint_paths(state)
    path = random.choice(paths)
    item = at_path(state["journey"], tuple(path))
    lists = [stage["list"] for stage in state["stages"]]
    kind = random.choice(("face", "face", "set", "set", "set", "list", "add", "move", "remove", "duplicate", "rename"))
    if kind == "face":
        low, high = map(float, state["journey"].get("scale", "-2..2").split(".."))
        number = {"satisfaction": round(random.uniform(low, high) * 2) / 2}
        return {"do": "face", "path": path, **random.choice((number, {"feeling": random.choice(WORDS)}))}
    if kind == "set":
        key = random.choice(("title", "why", "thinks", "quote", "place", "importance", "moment_of_truth", "wait"))
        value: Any = random.choice(TEXTS)
        value = {"importance": random.randint(1, 5), "moment_of_truth": True, "wait": "20min"}.get(key, value)
        if random.random() < 0.2 and key != "title":
            value = None
        return {"do": "set", "path": [*path, key], "value": value}
    if kind == "list":
        key = random.choice(("pains", "channel", "actors", "tags"))
        words = ("web", "phone", "email") if key == "channel" else ("x", "two-words", "third")
        old = item.get(key, [])
        how = random.choice(("add", "set", "remove")) if old else "add"
        if how == "add":
            at = random.choice((None, random.randint(0, len(old))))
            return {"do": "add", "path": [*path, key], "at": at, "value": random.choice(words)}
        index = random.randrange(len(old))
        more = {"value": random.choice(words)} if how == "set" else {}
        return {"do": how, "path": [*path, key, index], **more}
    if kind == "add":
        where = random.choice(lists)
        length = len(at_path(state["journey"], tuple(where)) or ())
        value = {"title": random.choice(TEXTS[:8]), "feeling": random.choice(WORDS)}
        return {"do": "add", "path": where, "at": random.choice((None, random.randint(0, length))), "value": value}
    if kind == "move":
        into = random.choice(lists)
        length = len(at_path(state["journey"], tuple(into)) or ())
        return {"do": "move", "path": path, "before": [*into, random.randint(0, length)]}
    if kind == "rename":
        return {"do": "rename", "kind": "touchpoint", "id": item["id"], "to": f"new-{random.randint(0, 999)}"}
    if kind == "remove":
        return {"do": "remove", "path": path, "with": random.random() < 0.5}
    return {"do": "duplicate", "path": path}


def expected(journey: dict[str, Any], act: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the touchpoints that a journey has after an act, without their ids."""
    data = deepcopy(journey)
    path = tuple(act.get("path", ()))
    do = act["do"]
    if do == "face":
        item = at_path(data, path)
        if "feeling" in act:
            item.pop("satisfaction", None)
            item["feeling"] = [act["feeling"]]
        else:
            item["satisfaction"] = act["satisfaction"]
    elif do == "set":
        holder = at_path(data, path[:-1])
        value = act["value"]
        if value is None:
            holder.pop(path[-1], None)
        elif path[-1] in ("thinks", "quote"):
            holder[path[-1]] = [value]
        else:
            holder[path[-1]] = value
    elif do == "add":
        holder = at_path(data, path[:-1])
        items = holder.setdefault(path[-1], [])
        value = act["value"]
        value = {**value, "feeling": [value["feeling"]]} if isinstance(value, dict) else value
        items.insert(len(items) if act["at"] is None else act["at"], value)
    elif do == "remove":
        items = at_path(data, path[:-1])
        del items[path[-1]]
        if not items and path[-2] != "touchpoints":
            del at_path(data, path[:-2])[path[-2]]
    elif do == "duplicate":
        items = at_path(data, path[:-1])
        items.insert(path[-1] + 1, deepcopy(items[path[-1]]))
    elif do == "move":
        before = tuple(act["before"])
        source, target = at_path(data, path[:-1]), at_path(data, before[:-1])
        if target is None:
            target = at_path(data, before[:-2])["touchpoints"] = []
        value = source.pop(path[-1])
        target.insert(before[-1] - (source is target and before[-1] > path[-1]), value)
    return touchpoints_of(data)


def touchpoints_of(journey: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the touchpoints of a journey without ids, in order, each with the name of its stage."""
    stages = journey.get("stages", [{"name": "", "touchpoints": journey.get("touchpoints", [])}])
    return [
        {"stage": stage["name"], **{key: _plain(value) for key, value in one.items() if key not in ("id", "decision")}}
        for stage in stages
        for one in stage.get("touchpoints", ())
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return [_plain(one) for one in value] if isinstance(value, list) else value
