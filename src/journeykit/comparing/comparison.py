"""Compare two versions of a journey. Scores and their differences are on 0..100."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import hypot
from typing import Literal, NamedTuple, TypeAlias

from journeykit import notebook
from journeykit.comparing.field_diff import FieldDiff
from journeykit.comparing.matching import Pair, matched
from journeykit.comparing.parts import PartDiff, part_diffs
from journeykit.comparing.score_delta import ScoreDelta, Verdict, score_delta
from journeykit.model import Journey, Place, Touchpoint
from journeykit.scoring import LowPoint, Rated, Scores

Kind: TypeAlias = Literal["same", "changed", "added", "removed"]
Fate: TypeAlias = Literal["resolved", "new", "unmasked", "persisting"]


@dataclass(frozen=True)
class TouchpointDiff:
    """A touchpoint in one or both versions, and what changed."""

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
        """Whether its position among the touchpoints that both versions have changed."""
        return self.pair.moved

    @property
    def renamed(self) -> bool:
        """Whether its title changed."""
        return any(change.key == "title" for change in self.fields)

    @property
    def rated(self) -> Rated:
        """The touchpoint in the new version, or in the old one if it was removed."""
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
    """A low point before and after.

    It is resolved if only before; if only after, it is new where one of its touchpoints was added or fell
    (`caused`), else unmasked: a deeper valley beside it was filled. What is in both persists.
    """

    old: LowPoint | None
    new: LowPoint | None
    caused: bool = False
    """Whether one of its touchpoints was added, or its score fell by more than the uncertainty."""

    @property
    def fate(self) -> Fate:
        """Whether it is new, unmasked, persists, or was resolved."""
        if self.new is None:
            return "resolved"
        if self.old is not None:
            return "persisting"
        return "new" if self.caused else "unmasked"


class Figure(NamedTuple):
    """A figure of the effort of a journey, before and after; None if it is unknown."""

    name: str
    old: float | None
    new: float | None


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between an old and a new version of a journey."""

    old: Scores
    new: Scores
    touchpoints: tuple[TouchpointDiff, ...]
    """In the order of the new version; removed ones are at their old position."""

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
    def verdict(self) -> Verdict | None:
        """The verdict on the difference of the scores; None unless both versions have a score."""
        return self._score_delta.verdict if self._score_delta else None

    @property
    def beyond_uncertainty(self) -> bool | None:
        """Whether the difference is larger than its uncertainty; None if that cannot be judged."""
        return {"beyond": True, "within": False, "same": False}.get(self.verdict or "")

    @cached_property
    def low_points(self) -> tuple[LowPointDiff, ...]:
        """Low points that are new or unmasked, then those that persist, then those resolved; each the worst first."""
        return tuple(_low_points(self))

    @cached_property
    def effort(self) -> tuple[Figure, ...]:
        """The effort of the journey: contacts, switches and handoffs as counts, times in seconds."""
        old, new = self.old.effort, self.new.effort
        return tuple(Figure(name, getattr(old, name), getattr(new, name)) for name in EFFORT)

    @cached_property
    def parts(self) -> tuple[PartDiff, ...]:
        """What differs beside touchpoints: persona, stages, sources and all the rest."""
        return part_diffs(self.old.journey, self.new.journey)

    @property
    def is_same(self) -> bool:
        """Whether nothing about touchpoints or scores differs."""
        return self.delta in (None, 0.0) and not any(
            change.kind != "same" or change.moved for change in self.touchpoints
        )

    def _repr_html_(self) -> str | None:
        return notebook.view(self)


EFFORT = ("touchpoints", "customer_contacts", "channel_switches", "elapsed", "waiting", "handoffs")


def compare(old: Scores, new: Scores) -> Comparison:
    """Return the comparison of two scored versions; both should be scored by the same settings."""
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
        named_by_title = name == "id" and before.title != after.title  # an id that is made from a title changes with it
        if was != now and not named_by_title:
            yield FieldDiff(field.alias or name, was, now)


def _same_stage(old: Journey, new: Journey, before: Place, after: Place) -> bool:
    """Return whether a touchpoint stays in its stage: the same id, the same name, or renamed at the same position."""
    one, other = before.stage, after.stage
    if old.is_flat or new.is_flat or one.id == other.id or one.name == other.name:
        return True
    here = {stage.id for stage in new.stages} | {stage.name for stage in new.stages}
    there = {stage.id for stage in old.stages} | {stage.name for stage in old.stages}
    renamed = not here & {one.id, one.name} and not there & {other.id, other.name}
    return renamed and old.stages.index(one) == new.stages.index(other)


def _low_points(comparison: Comparison) -> Iterator[LowPointDiff]:
    before = {id: low for low in comparison.old.low_points for id in low.span}
    became = {diff.new.id: diff.old.id for diff in comparison.touchpoints if diff.old and diff.new}
    fell = {diff.new.id for diff in comparison.touchpoints if diff.new and _fell(diff)}
    came: list[LowPointDiff] = []
    persisting: list[LowPointDiff] = []
    lasting: set[str] = set()
    for low in comparison.new.low_points:
        caused = not fell.isdisjoint(low.span)
        was = next((before[became[id]] for id in low.span if became.get(id) in before), None)
        if was is None:
            came.append(LowPointDiff(None, low, caused))
        else:
            lasting.update(before[became[id]].id for id in low.span if became.get(id) in before)
            persisting.append(LowPointDiff(was, low, caused))
    resolved = [low for low in comparison.old.low_points if low.id not in lasting]
    for one in [*came]:
        assert one.new is not None
        moved = next((low for low in resolved if _moved_within_uncertainty(comparison, became, low, one.new)), None)
        if moved is not None:
            came.remove(one)
            resolved.remove(moved)
            persisting.append(LowPointDiff(moved, one.new))
    came.sort(key=lambda one: not one.caused)
    yield from (*came, *persisting, *(LowPointDiff(low, None) for low in resolved))


def _fell(diff: TouchpointDiff) -> bool:
    """Return whether a touchpoint was added or its score fell.

    Of two surveys, the fall must be larger than the uncertainty of the difference.
    """
    if diff.old is None or diff.old.score is None:
        return diff.new is not None and diff.new.score is not None and not (diff.old and diff.old.hidden)
    if diff.delta is None or diff.delta >= 0 or diff.new is None:
        return False
    if diff.old.source != "measured" or diff.new.source != "measured":
        return True
    if diff.old.touchpoint.measured == diff.new.touchpoint.measured:
        return False
    return -diff.delta > hypot(diff.old.half_width or 0.0, diff.new.half_width or 0.0)


def _moved_within_uncertainty(comparison: Comparison, became: Mapping[str, str], was: LowPoint, now: LowPoint) -> bool:
    """Return whether a valley only moved between two surveyed touchpoints of nearly equal scores in both versions."""
    olds = {old: new for new, old in became.items()}
    if was.id not in olds or now.id not in became:
        return False
    pairs = (
        (comparison.old.by_id[was.id], comparison.old.by_id[became[now.id]]),
        (comparison.new.by_id[olds[was.id]], comparison.new.by_id[now.id]),
    )
    return all(_alike(one, other) for one, other in pairs)


def _alike(one: Rated, other: Rated) -> bool:
    """Return whether two surveyed touchpoints differ by less than the uncertainty."""
    if one.source != "measured" or other.source != "measured" or one.score is None or other.score is None:
        return False
    return abs(one.score - other.score) < hypot(one.half_width or 0.0, other.half_width or 0.0)
