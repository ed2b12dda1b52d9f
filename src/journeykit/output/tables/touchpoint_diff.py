"""The diff of a touchpoint in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from journeykit.comparing import FieldDiff, TouchpointDiff
from journeykit.model import Journey, Measured, Touchpoint, scale_bounds
from journeykit.model.base import Part
from journeykit.model.fields import describes, fields_of
from journeykit.model.meaning import Prose
from journeykit.model.touchpoint import Decision, Step
from journeykit.output.paint import one_line
from journeykit.output.summary import counted
from journeykit.scoring.display import percent
from journeykit.scoring.rating import answers_of
from journeykit.scoring.settings import LEAST_BASE
from journeykit.vocabulary.channels import channel_name

LONGEST = 60
"""Letters of a text that are shown."""
NAMES = {
    "at": "time", "lasts": "duration", "by": "started by", "why": "cause", "moment_of_truth": "moment of truth",
    "churn_risk": "churn risk", "personal_data": "personal data", "does": "what the customer does",
    "thinks": "thought", "measured": "survey",
}  # fmt: skip
QUOTED = frozenset(field.key for field in fields_of(Touchpoint, (Prose,)) if field.shape.meaning)
DESCRIBING = frozenset(name for name in Touchpoint.model_fields if describes(Touchpoint, name))
EMPTY: tuple[object, ...] = (None, (), {})


def describe_diff(change: TouchpointDiff, old: Journey, new: Journey) -> str:
    """Return the changed fields of a touchpoint of both versions, the most important first: feeling annoyed → relieved,
    …

    For added and removed fields that only describe it, only the name is shown.
    """
    changes = [one for one in sorted(change.fields, key=_weight) if one.key not in ("title", "id")]
    added = [_name(one.key) for one in changes if one.key in DESCRIBING and one.old in EMPTY]
    removed = [_name(one.key) for one in changes if one.key in DESCRIBING and one.new in EMPTY]
    parts = [
        _field_text(one, old, new)
        for one in changes
        if one.key not in DESCRIBING or not (one.old in EMPTY or one.new in EMPTY)
    ]
    parts += [f"now has: {', '.join(added)}"] if added else []
    parts += [f"no longer has: {', '.join(removed)}"] if removed else []
    if change.moved and change.old and change.new:
        parts.append(f"moved from place {change.old.number} to {change.new.number}")
    if change.renamed and change.old:
        parts.insert(0, f"was “{clipped(change.old.touchpoint.title)}”")
    elif any(one.key == "id" for one in change.fields) and change.old and change.new:
        parts.append(f"id {change.old.id} → {change.new.id}")
    return "; ".join(parts)


def describe_touchpoint(change: TouchpointDiff, old: Journey, new: Journey) -> str:
    """Return the main fields of a touchpoint that was added or removed: feeling angry; channel Phone."""
    journey = old if change.new is None else new
    values = {key: getattr(change.rated.touchpoint, key) for key in ("feeling", "wait", "channel")}
    return "; ".join(f"{_name(key)} {_value(key, value, journey)}" for key, value in values.items() if value)


FIRST = ("feeling", "satisfaction", "measured", "wait", "lasts", "channel", "why", "expected", "at", "stage")


def _weight(change: FieldDiff) -> int:
    return FIRST.index(change.key) if change.key in FIRST else len(FIRST)


def _name(key: str) -> str:
    return NAMES.get(key, key.replace("_", " "))


def _field_text(change: FieldDiff, old: Journey, new: Journey) -> str:
    name = _name(change.key)
    if change.key in QUOTED and all(isinstance(value, tuple) and len(value) < 2 for value in change[1:]):
        return f"{name} {' → '.join(_quoted(value) for value in change[1:])}"
    if change.key in DESCRIBING and isinstance(change.new, (tuple, dict, Part)):  # long and seldom read
        return f"{name} changed"
    if change.key in ("decision", "backstage"):
        before, after = (list(_outline(value)) for value in (change.old, change.new))
        if before == after:
            return f"{name} changed"
        return f"{name} {', '.join(before) or 'none'} → {', '.join(after) or 'none'}"
    if change.key == "stage":
        return f"stage {one_line(change.old) or 'none'} → {one_line(change.new) or 'none'}"
    return f"{name} {_value(change.key, change.old, old)} → {_value(change.key, change.new, new)}"


def _value(key: str, value: Any, journey: Journey) -> str:
    if value is None or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key == "channel":
        return ", ".join(_channel(journey, id) for id in value)
    if key == "measured":
        return _survey(value, journey)
    if key == "reach":
        return percent(value)
    if key in ("satisfaction", "expected") and not isinstance(value, str):
        return f"{value:g} of {scale_bounds(journey.scale)[1]:g}"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return ", ".join(map(one_line, map(str, value)))
    return f"“{clipped(value)}”" if key in QUOTED else one_line(str(value))


def _quoted(texts: tuple[str, ...]) -> str:
    return f"“{clipped(texts[0])}”" if texts else "none"


def _channel(journey: Journey, id: str) -> str:
    return one_line(channel_name(id, journey.lang, journey.own_channel_name(id)))


def _survey(measured: Measured, journey: Journey) -> str:
    answers = answers_of(measured)
    if answers is None:
        return "without figures"
    base = "" if answers.n is None else f" (n {answers.n})"
    if answers.n is not None and answers.n < (journey.scoring.minimum_base or LEAST_BASE):
        return f"too few to show{base}"
    return f"{answers.mean:.2f} of {scale_bounds(measured.scale or journey.scale)[1]:g}{base}"


def _outline(value: Decision | tuple[Step, ...] | None) -> Iterator[str]:
    """Yield a summary of a decision or of backstage steps."""
    if isinstance(value, Decision):
        yield f"“{clipped(value.question)}” ({counted(len(value.options), 'option')})"
    elif value:
        yield counted(len(value), "step")
        handoffs = sum(step.is_handoff for step in value)
        if handoffs:
            yield counted(handoffs, "handoff")


def clipped(text: str, most: int = LONGEST) -> str:
    """Return the beginning of a text on one line."""
    text = one_line(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def arrow(show: Callable[[Any], str], old: Any, new: Any) -> str:
    """Return "before → after", or only one if both look the same; – stands for nothing."""
    before, after = ("–" if value is None else show(value) for value in (old, new))
    return after if before == after else f"{before} → {after}"
