"""Check that a journey has either stages or touchpoints, and enough of them."""

from collections.abc import Iterator

from journeykit.model import Stage
from journeykit.reading.checks import Item, JourneyData
from journeykit.reading.faults import Fault

RULE = "stages-or-touchpoints"
STAGE_KEYS = frozenset(Stage.model_fields)


def check(journey: JourneyData) -> Iterator[Fault]:
    """Check for exactly one of `stages` and `touchpoints`, at least two touchpoints, and a name for each stage."""
    stages, touchpoints = journey.file.get("stages"), journey.file.get("touchpoints")
    if stages is None and touchpoints is None and journey.misspelled(Item((), journey.file), "touchpoints", "stages"):
        return
    if stages is not None and touchpoints is not None:
        yield Fault(
            RULE, ("touchpoints",), "a journey has either stages or touchpoints, not both",
            "move the touchpoints into a stage", "key",
        )  # fmt: skip
        return
    if stages is None and touchpoints is None:
        empty = next((key for key in ("touchpoints", "stages") if key in journey.file), "touchpoints")
        yield Fault(
            RULE, (empty,), "a journey needs touchpoints, or stages that have them",
            "add touchpoints: and below it one touchpoint a line, each with a -", "key",
        )  # fmt: skip
        return
    for stage in journey.stages:
        if isinstance(name := stage.data.get("name"), str) and not name.strip():
            yield Fault("empty-value", (*stage.path, "name"), '"name" is empty', "name the stage")
    if (count := _count(journey)) is not None and count < 2:
        key = "touchpoints" if journey.flat else "stages"
        found = "only one" if count else "none"
        yield Fault(
            "too-short",
            (key,),
            f"a journey has at least two touchpoints; here is {found}",
            "add what comes next, with a - of its own",
            "key",
        )


def _count(journey: JourneyData) -> int | None:
    """Return the number of touchpoints; None if a list or an item has the wrong shape."""
    if journey.flat:
        lists = [journey.file.get("touchpoints")] if journey.file.get("stages") is None else [None]
    else:
        items = journey.file["stages"]
        if not all(isinstance(stage, dict) for stage in items):
            return None
        if any(stage.get("touchpoints") is None and not stage.keys() <= STAGE_KEYS for stage in items):
            return None
        lists = [stage.get("touchpoints", []) or [] for stage in items]
    if not all(isinstance(items, list) for items in lists):
        return None
    return sum(map(len, lists))  # type: ignore[arg-type]
