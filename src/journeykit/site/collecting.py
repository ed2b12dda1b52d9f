"""From a document to the entry of its journey, with everything that its own pages show."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from journeykit.charts import metric_text
from journeykit.charts.locales import Labels
from journeykit.comparing.history import History, JourneyVersion
from journeykit.comparing.opportunity_outcomes import OpportunityOutcome
from journeykit.comparing.score_delta import score_delta
from journeykit.errors import UsageError
from journeykit.finding import Finding, Severity
from journeykit.git import Repository
from journeykit.images import ImageFile
from journeykit.measuring.series import Strip
from journeykit.model import Journey, Touchpoint
from journeykit.output.tables import ScoredJourney
from journeykit.output.tables.low_points import answers
from journeykit.output.tables.opportunities import Wanted
from journeykit.project.history import TrackedFile, VersionRange, day_of, history_of, versions_since
from journeykit.project.outcomes import outcomes_of
from journeykit.project.outside import images_of
from journeykit.project.reading import Targets
from journeykit.project.repositories import Repositories
from journeykit.project.trends import strips_beside
from journeykit.project.workspace import Workspace
from journeykit.rules.structure.stale_map import due_for_review
from journeykit.scoring import LowPoint, Rated, RatedOpportunity, Scores, opportunities, score
from journeykit.scoring.metrics import Metric, metrics
from journeykit.site.entries import Change, Entry, Figure, Persona, Point, Said, Step, Todo
from journeykit.site.options import SiteOptions
from journeykit.site.publishing import Published, published
from journeykit.vocabulary.channels import channel_name


class Subject(NamedTuple):
    """A journey as it is published, and what its pages need besides its entry."""

    entry: Entry
    journey: Journey
    scores: Scores
    history: History | None
    images: Mapping[str, ImageFile]
    strips: Sequence[Strip]
    """The series beside the map."""
    faults: Sequence[str]
    """What is wrong with files of series."""
    text: str
    """The text of the file; empty if it is not published."""


def subject_of(
    number: int,
    file: str,
    journey: Journey,
    text: str,
    findings: Sequence[Finding],
    workspace: Workspace,
    options: SiteOptions,
    repositories: Repositories,
) -> Subject:
    """Return what the pages of a journey show."""
    public = published(journey, options.include)
    scores = score(public.journey, workspace.scoring_settings(public.journey))
    scored = ScoredJourney(file, public.journey, scores)
    repository = repositories.around(file) if options.history else None
    history = _history(file, journey, workspace, repository) if repository else None
    outcomes = _outcomes(scored, workspace) if history else {}
    whole = "source" in options.include and public.whole
    entry = _entry(number, scored, public, findings, workspace, outcomes, options.lang)
    if repository and history:
        entry = entry._replace(
            steps=tuple(_step(version) for version in history.versions if version.state == "journey"),
            change=_change(file, history, scores, workspace, options.since, repository),
        )
    strips, faults = strips_beside(Path(file), journey.id)
    entry = entry._replace(newest=max((point.period for strip in strips for point in strip.points), default=""))
    return Subject(
        entry, public.journey, scores, history, images_of(public.journey, Path(file), workspace)[0], strips, faults,
        text if whole else "",
    )  # fmt: skip


def _entry(
    number: int,
    scored: ScoredJourney,
    public: Published,
    findings: Sequence[Finding],
    workspace: Workspace,
    outcomes: Mapping[str, OpportunityOutcome],
    lang: str,
) -> Entry:
    """Return a journey for the pages of all, on which channels and figures have their names in the site's language."""
    journey, scores = scored.journey, scored.scores
    labels = Labels(lang)
    wanted = Wanted(today=workspace.today)
    due = due_for_review(journey)
    low, high = scores.band or (None, None)
    least = Severity.of(workspace.settings.show)
    before = {
        one.id: one.before for outcome in outcomes.values() for one in outcome.touchpoints if one.before is not None
    }
    return Entry(
        number=number, file=shown_path(scored.file, workspace), path=scored.file, id=journey.id,
        title=journey.title, lang=journey.lang,
        persona=Persona(
            journey.persona.id, journey.persona.name, journey.persona.note or "", journey.persona.wants
        ),
        owner=journey.owner or "", team=journey.team, state=journey.state, status=journey.status, basis=journey.basis,
        updated=journey.updated.isoformat() if journey.updated else "",
        review_due=due.isoformat() if due else "", stale=due is not None and due < workspace.today,
        score=scores.score, low=low, high=high, half_width=scores.half_width,
        points=_points(scored, labels, before),
        todos=tuple(
            _todo(scored, rated, wanted, outcomes.get(rated.opportunity.id))
            for rated in opportunities(journey, scores)
        ),
        figures=tuple(_figure(metric, labels) for metric in metrics(journey)),
        findings=tuple(one for one in findings if one.severity >= least),
        phases=tuple(dict.fromkeys(stage.phase for stage in journey.stages if stage.phase)),
        tags=tuple(dict.fromkeys(tag for one in journey.touchpoints for tag in one.tags)),
        refers_to=tuple(dict.fromkeys(one.journey for one in journey.touchpoints if one.journey)),
        said=tuple(_said(rated) for rated in scores.touchpoints if rated.touchpoint.measured),
        left_out=(public.quotes, public.personal),
    )  # fmt: skip


def _points(scored: ScoredJourney, labels: Labels, before: Mapping[str, float]) -> tuple[Point, ...]:
    low_points = {low.id: low for low in scored.scores.low_points}
    return tuple(
        _point(scored, rated, low_points.get(rated.id), labels, before.get(rated.id))
        for rated in scored.scores.touchpoints
    )


def _point(scored: ScoredJourney, rated: Rated, low: LowPoint | None, labels: Labels, before: float | None) -> Point:
    touchpoint, journey = rated.touchpoint, scored.journey
    return Point(
        rated.id, rated.number, touchpoint.title, rated.stage.name, rated.stage.phase,
        tuple((id, channel_name(id, labels.lang, journey.own_channel_name(id))) for id in touchpoint.channel),
        _owner(touchpoint) or journey.owner or "", _teams(touchpoint), rated.score, rated.half_width, rated.weight,
        low.severity if low else None, low.kind if low else None, tuple(answers(scored, low)) if low else (), before,
        " ".join(touchpoint.quote),
    )  # fmt: skip


def _said(rated: Rated) -> Said:
    measured = rated.touchpoint.measured
    period = str(measured.period) if measured and measured.period else ""
    base = None if rated.suppressed else rated.base
    return Said(rated.id, rated.touchpoint.title, rated.stated_score, rated.measured_score, base, period)


def _owner(touchpoint: Touchpoint) -> str:
    """Return who is responsible for the work at a touchpoint, if the file says so."""
    return next((one.owner for one in (*touchpoint.frontstage, *touchpoint.backstage) if one.owner), "")


def _teams(touchpoint: Touchpoint) -> tuple[str, ...]:
    named = [one.team for one in (*touchpoint.frontstage, *touchpoint.backstage)]
    named += [team for step in touchpoint.handoffs for team in (step.from_, step.to)]
    return tuple(dict.fromkeys(team for team in named if team))


def _todo(scored: ScoredJourney, rated: RatedOpportunity, wanted: Wanted, outcome: OpportunityOutcome | None) -> Todo:
    one = rated.opportunity
    todo = Todo(
        one.id, one.title, scored.journey.touchpoint_ids(one.at), one.status, one.owner or "", one.kind or "",
        one.impact, one.effort, str(one.confidence), rated.priority, rated.gain, rated.after,
        one.due.isoformat() if one.due else "", wanted.overdue(scored.journey, one), one.result or "",
    )  # fmt: skip
    if outcome is None or outcome.unknown:
        return todo
    return todo._replace(
        done=outcome.done.date[:10] if outcome.done else "", promised=outcome.promised, actual=outcome.actual,
        evidence=outcome.evidence,
    )  # fmt: skip


def _figure(metric: Metric, labels: Labels) -> Figure:
    kpi = metric.kpi
    name, kind = metric_text.name(kpi, labels)
    hidden = metric.suppressed
    return Figure(
        kpi.id, name, kind or labels(f"metrics.{kpi.kind}"), metric_text.value(metric, labels),
        metric_text.target(metric, labels), None if hidden else metric.met, metric.n,
        str(kpi.period) if kpi.period else "", tuple(metric_text.notes(metric, labels)),
        None if hidden else metric.value, metric.target,
    )  # fmt: skip


def _history(file: str, journey: Journey, workspace: Workspace, repository: Repository) -> History | None:
    try:
        return history_of(workspace, TrackedFile(Path(file)), repository=repository, newest=journey)
    except UsageError:
        return None


def _outcomes(scored: ScoredJourney, workspace: Workspace) -> dict[str, OpportunityOutcome]:
    if not any(one.status == "done" for one in scored.journey.opportunities):
        return {}
    found = outcomes_of(workspace, Targets((Path(scored.file),)), [scored], Wanted(frozenset({"done"})))
    return {one.outcome.opportunity.id: one.outcome for one in found}


def _step(version: JourneyVersion) -> Step:
    scores = version.scores
    assert scores is not None
    commit = version.commit
    return Step(
        commit.date[:10] if commit else "", commit.short if commit else "", commit.subject if commit else "",
        version.score, scores.half_width, version.delta, version.sure, len(scores.low_points), scores.critical,
    )  # fmt: skip


def _change(
    file: str, history: History, scores: Scores, workspace: Workspace, since: str, repository: Repository
) -> Change | None:
    """Return what changed since a day or a revision; None if nothing did."""
    first = day_of(since)
    try:
        changed = (
            _after_revision(file, history, workspace, since, repository)
            if first is None
            else versions_since(history, first)
        )
    except UsageError:
        return None
    if not changed:
        return None
    at = history.versions.index(changed[0])
    earlier = [one.scores for one in history.versions[:at] if one.state == "journey"]
    was = earlier[-1] if earlier else None
    step = score_delta(was, scores) if was else None
    then = {id for id, _ in was.low_points} if was else set()
    now = {low.id for low in scores.low_points}
    titles = {one.id: one.touchpoint.title for one in scores.touchpoints}
    return Change(
        was.score if was else None, step.delta if step else None, step.beyond_uncertainty if step else None,
        tuple((one.commit.date[:10], one.commit.subject) for one in reversed(changed) if one.commit),
        tuple(titles[id] for id in titles if id in now - then) if was else (),
        tuple(titles.get(id, id) for id in sorted(then - now)), not earlier,
    )  # fmt: skip


def _after_revision(
    file: str, history: History, workspace: Workspace, revision: str, repository: Repository
) -> list[JourneyVersion]:
    recent = history_of(workspace, TrackedFile(Path(file)), VersionRange(since=revision), repository=repository)
    new = {version.commit.id if version.commit else "" for version in recent.versions}
    return [one for one in history.versions if (one.commit.id if one.commit else "") in new]


def shown_path(file: str, workspace: Workspace) -> str:
    """Return the path of a file as the site names it: from the project on, never with folders of this machine."""
    path = Path(os.path.abspath(file))  # noqa: PTH100
    root = Path(os.path.abspath(workspace.root))  # noqa: PTH100
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
