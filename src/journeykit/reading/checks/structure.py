"""Stages or touchpoints, and enough of them."""

from collections.abc import Iterator

from journeykit.model import Stage
from journeykit.reading.checks import Facts, Item
from journeykit.reading.faults import Fault

RULE = "stages-or-touchpoints"
STAGE_KEYS = frozenset(Stage.model_fields)


def check(facts: Facts) -> Iterator[Fault]:
    """Check for exactly one of `stages` and `touchpoints`, at least two touchpoints, and names of stages."""
    stages, touchpoints = facts.file.get("stages"), facts.file.get("touchpoints")
    if stages is None and touchpoints is None and facts.misspelled(Item((), facts.file), "touchpoints", "stages"):
        return
    if stages is not None and touchpoints is not None:
        yield Fault(
            RULE, ("touchpoints",), "a journey has either stages or touchpoints, not both",
            "move the touchpoints into a stage", "key",
        )  # fmt: skip
        return
    if stages is None and touchpoints is None:
        empty = next((key for key in ("touchpoints", "stages") if key in facts.file), "touchpoints")
        yield Fault(
            RULE, (empty,), "a journey needs touchpoints, or stages that have them",
            "add touchpoints: and below it one touchpoint a line, each with a -", "key",
        )  # fmt: skip
        return
    for stage in facts.stages:
        if isinstance(name := stage.data.get("name"), str) and not name.strip():
            yield Fault("empty-value", (*stage.path, "name"), '"name" is empty', "name the stage")
    if (count := _count(facts)) is not None and count < 2:
        key = "touchpoints" if facts.flat else "stages"
        found = "only one" if count else "none"
        yield Fault(
            "too-short",
            (key,),
            f"a journey has at least two touchpoints; here is {found}",
            "add what comes next, with a - of its own",
            "key",
        )


def _count(facts: Facts) -> int | None:
    """Return how many touchpoints there are; None where a list is none, or an item is no touchpoint at all."""
    if facts.flat:
        lists = [facts.file.get("touchpoints")] if facts.file.get("stages") is None else [None]
    else:
        items = facts.file["stages"]
        if not all(isinstance(stage, dict) for stage in items):
            return None
        if any(stage.get("touchpoints") is None and not stage.keys() <= STAGE_KEYS for stage in items):
            return None
        lists = [stage.get("touchpoints", []) or [] for stage in items]
    if not all(isinstance(items, list) for items in lists):
        return None
    return sum(map(len, lists))  # type: ignore[arg-type]
