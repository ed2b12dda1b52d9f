"""Outcomes of opportunities that are done: the gain promised before work on them began, against the scores of today.

The version before is the newest one in which the opportunity was neither `doing` nor `done`. The actual gain is the
change of the score J of that version if the touchpoints that the opportunity addresses had their scores of today: it is
computed like the promised gain, so that the two are comparable, and other changes of the map are left out. The files do
not say whether the opportunity caused it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from journeykit.comparing.comparison import Comparison, TouchpointDiff, compare
from journeykit.comparing.measurements import SurveyDiff, correct_together, survey_diffs
from journeykit.comparing.status_history import Read, StatusHistory, status_histories
from journeykit.errors import UsageError
from journeykit.git import Commit
from journeykit.model import Opportunity
from journeykit.scoring import Scores, opportunities, score
from journeykit.scoring.rating import on_100
from journeykit.scoring.what_if import WhatIfScore

Evidence: TypeAlias = Literal["measured", "measured now", "not measured since", "stated", "as before", "gone"]
"""The evidence of a touchpoint's score today: surveys then and now; a survey now, and the map's author then; the old
survey; the map's author; none, as its score is the old one; or the touchpoint was removed."""
WORDS = {"measured now": "stated before, measured now", "as before": "the map is as before"}


@dataclass(frozen=True)
class Addressed:
    """A touchpoint that a done opportunity addresses; scores on 0..100."""

    id: str
    """As it was in the version before."""
    before: float | None
    target: float | None
    now: float | None
    evidence: Evidence
    survey: SurveyDiff | None = None
    """The two surveys, where both versions have one: whether they differ by more than chance."""


@dataclass(frozen=True)
class OpportunityOutcome:
    """The outcome of one opportunity."""

    opportunity: Opportunity
    unknown: str = ""
    """Why there is nothing to compare, if so; all else is empty then."""
    done: Commit | None = None
    """The commit that made it `done`; None if that is not committed yet."""
    before: Commit | None = None
    """The commit of the version before."""
    promised: float | None = None
    """The gain simulated in the version before."""
    actual: float | None = None
    """The gain in that version with the touchpoints' scores of today."""
    whole: float | None = None
    """The change of the journey's score, for whatever reason."""
    touchpoints: tuple[Addressed, ...] = ()

    @property
    def evidence(self) -> str:
        """What the comparison rests on, in words; empty where there is nothing to compare."""
        kinds = {one.evidence for one in self.touchpoints}
        if len(kinds) > 1:
            kinds -= {"gone"}
        if len(kinds) > 1:
            return "partly measured" if kinds & {"measured", "measured now"} else "partly stated"
        return next((WORDS.get(kind, kind) for kind in kinds), "")


def opportunity_outcomes(path: Path, scores: Scores, read: Read) -> tuple[OpportunityOutcome, ...]:
    """Return the outcome of each opportunity of a file that is done, in the order of the file.

    `scores` are those of the file as it is; their settings hold for older versions too.
    """
    done = [one for one in scores.journey.opportunities if one.status == "done"]
    if not done:
        return ()
    try:
        histories, end = status_histories(path, done, read)
    except UsageError as error:
        return tuple(OpportunityOutcome(one, error.message) for one in done)
    return tuple(_outcome(history, scores, read, end) for history in histories)


def correct_outcomes(outcomes: Sequence[OpportunityOutcome]) -> list[OpportunityOutcome]:
    """Return outcomes whose surveys have p-values corrected over everything that the run compares (Holm)."""
    surveys = [[one.survey for one in outcome.touchpoints if one.survey] for outcome in outcomes]
    found = [iter(group) for group in correct_together(surveys)]
    return [
        replace(
            outcome,
            touchpoints=tuple(replace(one, survey=next(group)) if one.survey else one for one in outcome.touchpoints),
        )
        for outcome, group in zip(outcomes, found, strict=True)
    ]


def _outcome(history: StatusHistory, now: Scores, read: Read, end: str) -> OpportunityOutcome:
    if history.before is None and (history.oldest is None or history.still_done):
        return OpportunityOutcome(history.opportunity, f"done in {end}")
    before = history.before or history.oldest
    assert before is not None
    journey = before.journey or read(before.content)
    if journey is None:
        return OpportunityOutcome(history.opportunity, f"{end} is no journey")
    old = score(journey, now.settings)
    comparison = compare(old, now)
    changes = {change.old.id: change for change in comparison.touchpoints if change.old}
    form = history.seen
    addressed = [id for id in dict.fromkeys((*form.at, *form.target, *form.removes)) if id in changes]
    return OpportunityOutcome(
        history.opportunity, "", history.done, before.commit, _promised(form, old), _came(addressed, changes, old),
        comparison.delta, tuple(_addressed(addressed, form, changes, comparison)),
    )  # fmt: skip


def _promised(form: Opportunity, old: Scores) -> float | None:
    """Return the promised gain; None if the opportunity was added to the file only after it was done."""
    if form.status == "done":
        return None
    journey = old.journey.model_copy(update={"opportunities": (form,)})
    (rated,) = opportunities(journey, old)
    return rated.gain


def _came(addressed: Iterable[str], changes: Mapping[str, TouchpointDiff], old: Scores) -> float | None:
    changed: dict[int, float | None] = {}
    for id in addressed:
        rated, new = old.by_id[id], changes[id].new
        if rated.hidden or (new is not None and new.hidden):
            return None  # it would reveal hidden scores
        if new is None or new.score is not None:
            changed[rated.number - 1] = None if new is None else new.score
    what_if = WhatIfScore(old.points, old.settings.weights)
    after, before = what_if.score(changed), what_if.score({})
    return None if not changed or after is None or before is None else after - before


def _addressed(
    ids: Iterable[str], form: Opportunity, changes: Mapping[str, TouchpointDiff], comparison: Comparison
) -> Iterator[Addressed]:
    surveys = {survey.touchpoint.rated.id: survey for survey in survey_diffs(comparison)}
    for id in ids:
        change, target = changes[id], form.target.get(id)
        assert change.old is not None
        evidence = _evidence(change)
        yield Addressed(
            id,
            change.old.score,
            None if target is None else on_100(target, comparison.old.journey.scale),
            None if change.new is None else change.new.score,
            evidence,
            surveys.get(change.rated.id) if evidence == "measured" else None,
        )


def _evidence(change: TouchpointDiff) -> Evidence:
    was, new = change.old, change.new
    if new is None:
        return "gone"
    if new.source != "measured":
        same = was is not None and was.source == new.source and was.score == new.score
        return "as before" if same else "stated"
    if was is None or was.source != "measured":
        return "measured now"
    return "not measured since" if was.touchpoint.measured == new.touchpoint.measured else "measured"
