"""Two versions of a journey held against each other. Scores and their differences are on 0..100."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeAlias

from journeykit.comparing.matching import Pair, matched
from journeykit.comparing.score_delta import ScoreDelta, score_delta
from journeykit.model import Journey, Place, Touchpoint
from journeykit.scoring import LowPoint, Rated, Scores

Kind: TypeAlias = Literal["same", "changed", "added", "removed"]
Fate: TypeAlias = Literal["resolved", "new", "persisting"]


class FieldDiff(NamedTuple):
    """One thing about a touchpoint that is not as it was: a key of the format, its value before and after."""

    key: str
    old: Any
    new: Any


@dataclass(frozen=True)
class TouchpointDiff:
    """A touchpoint in one or both versions, and what became of it."""

    old: Rated | None
    new: Rated | None
    pair: Pair
    fields: tuple[FieldDiff, ...] = ()
    """By the order of keys in the format; `title` among them where it was renamed, `stage` where it went to another."""

    @property
    def kind(self) -> Kind:
        """Whether it was added, removed, or is in both: changed or the same (moving alone changes nothing of it)."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return "changed" if self.fields else "same"

    @property
    def moved(self) -> bool:
        """Whether it stands elsewhere among those that both versions have."""
        return self.pair.moved

    @property
    def renamed(self) -> bool:
        """Whether its title is another."""
        return any(change.key == "title" for change in self.fields)

    @property
    def rated(self) -> Rated:
        """The touchpoint as it is, or as it was if it is gone."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def delta(self) -> float | None:
        """ΔS; None unless both versions rate it."""
        before = self.old.score if self.old else None
        after = self.new.score if self.new else None
        return None if before is None or after is None else round(after - before, 6)


@dataclass(frozen=True)
class LowPointDiff:
    """A low point before and after: resolved if only before, new if only after, else persisting."""

    old: LowPoint | None
    new: LowPoint | None

    @property
    def fate(self) -> Fate:
        """What became of it."""
        return "resolved" if self.new is None else "new" if self.old is None else "persisting"


class Figure(NamedTuple):
    """One figure of what a journey takes, before and after; None where it is not known."""

    name: str
    old: float | None
    new: float | None


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between an old and a new version of a journey."""

    old: Scores
    new: Scores
    touchpoints: tuple[TouchpointDiff, ...]
    """In the order of the new version; those removed stand where they were."""

    @cached_property
    def _score_delta(self) -> ScoreDelta | None:
        renamed = {
            one.new.id: one.old.id for one in self.touchpoints if one.old and one.new and one.old.id != one.new.id
        }
        return score_delta(self.old, self.new, renamed)

    @property
    def delta(self) -> float | None:
        """ΔJ; None unless both versions have a score."""
        return self._score_delta.delta if self._score_delta else None

    @property
    def half_width(self) -> float | None:
        """u of ΔJ: see `journeykit.scoring.uncertainty`."""
        return self._score_delta.half_width if self._score_delta else None

    @property
    def beyond_uncertainty(self) -> bool:
        """Whether the difference of the scores is larger than what is uncertain about it."""
        return self._score_delta is not None and self._score_delta.beyond_uncertainty

    @cached_property
    def low_points(self) -> tuple[LowPointDiff, ...]:
        """Low points that are new, then those that persist, then those resolved; each the worst first."""
        return tuple(_low_points(self))

    @cached_property
    def effort(self) -> tuple[Figure, ...]:
        """What the journey takes: contacts, switches, handoffs as counts, times in seconds."""
        old, new = self.old.effort, self.new.effort
        return tuple(Figure(name, getattr(old, name), getattr(new, name)) for name in EFFORT)

    @property
    def is_same(self) -> bool:
        """Whether nothing about touchpoints or scores differs."""
        return self.delta in (None, 0.0) and not any(
            change.kind != "same" or change.moved for change in self.touchpoints
        )


EFFORT = ("touchpoints", "customer_contacts", "channel_switches", "elapsed", "waiting", "handoffs")


def compare(old: Scores, new: Scores) -> Comparison:
    """Hold two scored versions against each other; both should be scored by the same settings."""
    return Comparison(
        old,
        new,
        tuple(
            TouchpointDiff(
                old.touchpoints[pair.old.number - 1] if pair.old else None,
                new.touchpoints[pair.new.number - 1] if pair.new else None,
                pair,
                tuple(_field_diffs(old.journey, new.journey, pair)),
            )
            for pair in matched(old.journey, new.journey)
        ),
    )


def _field_diffs(old: Journey, new: Journey, pair: Pair) -> Iterator[FieldDiff]:
    if pair.old is None or pair.new is None:
        return
    if not _same_stage(old, new, pair.old, pair.new):
        yield FieldDiff("stage", pair.old.stage.name, pair.new.stage.name)
    before, after = pair.old.touchpoint, pair.new.touchpoint
    for name, field in Touchpoint.model_fields.items():
        was, now = getattr(before, name), getattr(after, name)
        named_by_title = name == "id" and before.title != after.title  # an id made of a title changes with it
        if was != now and not named_by_title:
            yield FieldDiff(field.alias or name, was, now)


def _same_stage(old: Journey, new: Journey, before: Place, after: Place) -> bool:
    """Whether a touchpoint stays in its stage: the same id, the same name, or one renamed in its place."""
    one, other = before.stage, after.stage
    if old.is_flat or new.is_flat or one.id == other.id or one.name == other.name:
        return True
    here = {stage.id for stage in new.stages} | {stage.name for stage in new.stages}
    there = {stage.id for stage in old.stages} | {stage.name for stage in old.stages}
    renamed = not here & {one.id, one.name} and not there & {other.id, other.name}
    return renamed and old.stages.index(one) == new.stages.index(other)


def _low_points(comparison: Comparison) -> Iterator[LowPointDiff]:
    before = {id: low for low in comparison.old.low_points for id in low.span}
    became = {change.new.id: change.old.id for change in comparison.touchpoints if change.old and change.new}
    new, persisting = [], []
    lasting: set[str] = set()
    for low in comparison.new.low_points:
        was = next((before[became[id]] for id in low.span if became.get(id) in before), None)
        if was is None:
            new.append(LowPointDiff(None, low))
        else:
            lasting.update(before[became[id]].id for id in low.span if became.get(id) in before)
            persisting.append(LowPointDiff(was, low))
    resolved = [LowPointDiff(low, None) for low in comparison.old.low_points if low.id not in lasting]
    yield from (*new, *persisting, *resolved)
