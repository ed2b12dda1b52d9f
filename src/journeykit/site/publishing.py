"""A journey as it may be published: without quotes that nobody agreed to, and without personal data."""

from __future__ import annotations

from collections.abc import Container, Set
from typing import Any, NamedTuple, TypeVar

from journeykit.model import Journey, Touchpoint
from journeykit.model.base import Part

AnyPart = TypeVar("AnyPart", bound=Part)


class Published(NamedTuple):
    """A journey without what is private, and how many parts of it were left out."""

    journey: Journey
    quotes: int = 0
    personal: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing was left out, so that the file itself may be published."""
        return not self.quotes and not self.personal


def is_draft(journey: Journey) -> bool:
    """Return whether the file says that the map is a draft; a file that says nothing is not taken for one."""
    return journey.status == "draft" and "status" in journey.model_fields_set


def published(journey: Journey, include: Container[str]) -> Published:
    """Return a journey as it may be published."""
    quotes = personal = 0
    keep_quotes = "quotes" in include or (journey.privacy is not None and bool(journey.privacy.quotes))
    drop: set[str] = set() if keep_quotes else {"quote"}
    if "personal" not in include:
        drop.add("personal_data")
    changed: dict[str, Touchpoint] = {}
    for touchpoint in journey.touchpoints:
        quotes += len(touchpoint.quote) if "quote" in drop else 0
        personal += len(touchpoint.personal_data) if "personal_data" in drop else 0
        if any(getattr(touchpoint, name) for name in drop):
            changed[touchpoint.id] = _without(touchpoint, drop)
    update: dict[str, Any] = {}
    if journey.privacy is not None and "personal_data" in drop and journey.privacy.personal_data:
        personal += len(journey.privacy.personal_data)
        update["privacy"] = _without(journey.privacy, {"personal_data"})
    if changed:
        update["stages"] = tuple(
            stage.model_copy(update={"touchpoints": tuple(changed.get(one.id, one) for one in stage.touchpoints)})
            for stage in journey.stages
        )
    return Published(_copied(journey, update) if update else journey, quotes, personal)


def _without(part: AnyPart, names: Set[str]) -> AnyPart:
    """Return a part as if its file did not have some of its lists."""
    copied = part.model_copy(update={name: () for name in names if name in type(part).model_fields})
    copied.model_fields_set.difference_update(names)
    return copied


def _copied(journey: Journey, update: dict[str, Any]) -> Journey:
    """Return a changed copy; what pydantic keeps of cached properties would be that of the old one."""
    values = {name: getattr(journey, name) for name in type(journey).model_fields}
    return type(journey).model_construct(journey.model_fields_set, **{**values, **update})
