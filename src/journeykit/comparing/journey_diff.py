"""The diff of a journey between two versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeAlias

from journeykit.comparing.comparison import Comparison, LowPointDiff, compare
from journeykit.comparing.measurements import KpiDiff, SurveyDiff, correct_together, kpi_diffs, survey_diffs
from journeykit.comparing.parts import PartDiff
from journeykit.scoring import Scores, Settings, score

Status: TypeAlias = Literal["added", "removed", "changed", "same"]


@dataclass(frozen=True)
class JourneyDiff:
    """A journey in one or both versions; both are scored by the settings of the new one.

    `old_file` and `new_file` are the names of its file in the versions; `own` are the settings that the old version
    asks for.
    """

    old_file: str | None
    new_file: str | None
    old: Scores | None
    new: Scores | None
    own: Settings | None = None
    simulated: bool = False
    """Whether the new version is the old one with opportunities carried out."""
    measurements: tuple[tuple[SurveyDiff, ...], tuple[KpiDiff, ...]] | None = None
    """Surveys and KPIs with p-values that are corrected over the whole run; None until `correct_run`."""

    @property
    def file(self) -> str:
        """The name of the file in the new version, else in the old one."""
        return self.new_file or self.old_file or ""

    @property
    def scores(self) -> Scores:
        """The scores of the new version, else of the old one."""
        found = self.new or self.old
        assert found is not None
        return found

    @cached_property
    def comparison(self) -> Comparison | None:
        """The comparison of both versions; None if there is only one."""
        return compare(self.old, self.new) if self.old and self.new else None

    @cached_property
    def surveys(self) -> tuple[SurveyDiff, ...]:
        """Surveys at touchpoints that differ."""
        if self.measurements:
            return self.measurements[0]
        return survey_diffs(self.comparison) if self.comparison else ()

    @cached_property
    def kpis(self) -> tuple[KpiDiff, ...]:
        """KPIs that differ."""
        if self.measurements:
            return self.measurements[1]
        return kpi_diffs(self.old.journey, self.new.journey) if self.old and self.new else ()

    @property
    def rescored(self) -> bool:
        """Whether the two versions ask to be scored by different settings."""
        return bool(self.new and self.own and self.own != self.new.settings)

    @property
    def status(self) -> Status:
        """Whether it was added, removed or changed; `same` if everything that the file says is equal."""
        if self.old is None or self.new is None:
            return "added" if self.old is None else "removed"
        comparison = self.comparison
        quiet = comparison is not None and comparison.is_same and not self.parts and not self.rescored
        return "same" if quiet else "changed"

    @cached_property
    def parts(self) -> tuple[PartDiff, ...]:
        """What differs beside touchpoints, other than an id that comes with another file.

        None of a simulated version, which has fewer opportunities because they are carried out.
        """
        if self.comparison is None or self.simulated:
            return ()
        ids = () if self.old_file == self.new_file else ("id",)
        own, rest = (
            [one for one in self.comparison.parts if (one.key == "journey") is named] for named in (True, False)
        )
        own = [one._replace(fields=tuple(field for field in one.fields if field.key not in ids)) for one in own]
        return (*(one for one in own if one.fields), *rest)

    @property
    def new_low_points(self) -> tuple[LowPointDiff, ...]:
        """Low points of touchpoints that were added or fell; none of a journey that was itself added."""
        return tuple(low for low in self.comparison.low_points if low.fate == "new") if self.comparison else ()

    @property
    def new_criticals(self) -> tuple[LowPointDiff, ...]:
        """Critical low points that were not critical before; none of a journey that was itself added."""
        return tuple(
            low
            for low in (self.comparison.low_points if self.comparison else ())
            if low.new and low.new.kind == "critical" and low.caused and not (low.old and low.old.kind == "critical")
        )


def diff_journey(old_file: str, old: Scores, new_file: str, new: Scores) -> JourneyDiff:
    """Return a journey that both versions have, with the old one scored again where it asks for other settings."""
    same = old.settings == new.settings
    return JourneyDiff(old_file, new_file, old if same else score(old.journey, new.settings), new, old.settings)


def correct_run(diffs: Sequence[JourneyDiff]) -> list[JourneyDiff]:
    """Return diffs whose surveys and KPIs have p-values corrected over everything that the run compares (Holm)."""
    groups: list[Sequence[SurveyDiff | KpiDiff]] = [group for one in diffs for group in (one.surveys, one.kpis)]
    if sum(measurement.p is not None for group in groups for measurement in group) < 2:
        return list(diffs)
    found = iter(correct_together(groups))
    corrected = []
    for one in diffs:
        surveys = tuple(item for item in next(found) if isinstance(item, SurveyDiff))
        kpis = tuple(item for item in next(found) if isinstance(item, KpiDiff))
        corrected.append(replace(one, measurements=(surveys, kpis)))
    return corrected
