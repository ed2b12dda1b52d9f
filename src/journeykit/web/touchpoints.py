"""The touchpoints of a journey as text: what the picture shows, in words, and what the panel beside it shows of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from journeykit.charts import metric_text
from journeykit.charts.about_text import low_point_words
from journeykit.model.journey import Place
from journeykit.scoring import LowPoint, Peak, Rated, RatedOpportunity, Scores, opportunities
from journeykit.scoring.metrics import Metric, metrics
from journeykit.web.field_text import Scope, fields, listing
from journeykit.web.markup import Element, Node, element, one_or_list, unbroken


class Story(NamedTuple):
    """A journey, and what was computed from it, for the parts of its page."""

    scope: Scope
    scores: Scores
    opportunities: Sequence[RatedOpportunity]
    metrics: Sequence[Metric]
    low_points: dict[str, LowPoint]
    """By the ids of the touchpoints that they span."""
    peaks: dict[str, Peak]


def story_of(scores: Scores, scope: Scope) -> Story:
    """Return what the parts of a journey's page show."""
    return Story(
        scope, scores, opportunities(scores.journey, scores), metrics(scores.journey),
        {id: low for low in scores.low_points for id in low.span},
        {id: peak for peak in scores.peaks for id in peak.span},
    )  # fmt: skip


def touchpoints(story: Story) -> Element:
    """Return all touchpoints by stage: the same as the picture, in words."""
    scope, labels, journey = story.scope, story.scope.labels, story.scope.journey
    by_stage = {one.stage.id: one.score for one in story.scores.stages}
    parts: list[Node] = [
        element("h2", labels("lanes.touchpoints"), id=f"{scope.prefix}touchpoints-title", lang=scope.lang)
    ]
    for stage in journey.stages:
        places = [place for place in journey.places if place.stage is stage]
        if stage.name:
            score = by_stage.get(stage.id)
            of_100 = (
                None if score is None else element("span", labels("alt.of_100", n=labels.number(score)), class_="of")
            )
            parts.append(element("h3", stage.name, " " if of_100 else None, of_100))
            parts.append(listing(fields(stage, scope, without=("name", "touchpoints")), scope) or "")
        items = [element("li", _touchpoint(story, place)) for place in places]
        parts.append(element("ol", *items, class_="touchpoints", start=places[0].number if places else None))
    return element(
        "section",
        *parts,
        class_="list",
        id=f"{scope.prefix}touchpoints",
        aria_labelledby=f"{scope.prefix}touchpoints-title",
    )


def _touchpoint(story: Story, place: Place) -> Element:
    scope, touchpoint = story.scope, place.touchpoint
    rated = story.scores.by_id[touchpoint.id]
    without = {"measured"} if rated.suppressed else set()
    id = scope.anchor("touchpoint", touchpoint.id)
    heading = "h4" if place.stage.name else "h3"
    return element(
        "article",
        element(heading, element("span", str(place.number), class_="number"), " ", touchpoint.title, id=f"{id}-title"),
        _marks(story, rated),
        listing([*fields(touchpoint, scope, without), *_elsewhere(story, touchpoint.id), *_about(story, rated)], scope),
        class_="touchpoint", id=id, aria_labelledby=f"{id}-title",
    )  # fmt: skip


def _marks(story: Story, rated: Rated) -> Element:
    """Return the score and what stands out as words on one line; color only repeats them."""
    labels, scope = story.scope.labels, story.scope
    marks = []
    if rated.score is None:
        marks.append(element("span", labels.unrated(rated.hidden), class_="mark"))
    else:
        tone = "bad" if rated.score < 40 else "good" if rated.score >= 60 else "neutral"
        marks.append(element("span", labels("alt.of_100", n=labels.number(rated.score)), class_=f"mark {tone}"))
    if low := story.low_points.get(rated.id):
        words = ", ".join((labels("curve.low_point", n=low.rank), *low_point_words(low, labels)))
        marks.append(element("span", words, class_="mark bad"))
    if peak := story.peaks.get(rated.id):
        marks.append(element("span", labels("curve.wow" if peak.wow else "curve.peak"), class_="mark good"))
    if rated.touchpoint.moment_of_truth:
        marks.append(element("span", labels("touchpoints.moment_of_truth"), class_="mark accent"))
    return element("p", *(node for mark in marks for node in (mark, " ")), class_="marks", lang=scope.lang)


def _about(story: Story, rated: Rated) -> list[tuple[str, Node]]:
    """Return what was computed: where the score comes from, how sure it is, what it weighs, the gap."""
    labels, scope = story.scope.labels, story.scope
    found: list[tuple[str, Node]] = []
    if rated.score is not None and rated.half_width:
        low, high = (
            labels.number(max(0.0, min(100.0, rated.score + by))) for by in (-rated.half_width, rated.half_width)
        )
        band = labels("score.interval", low=low, high=high) if rated.interval else f"{low}–{high}"
        found.append((labels("curve.band"), element("span", *unbroken(band))))
    if rated.score is not None and rated.source:
        found.append((labels("page.rests_on"), scope.field(rated.source)))
    gap = 0.0 if rated.score is None or rated.expected is None else round(rated.score - rated.expected, 6)
    if gap:
        word = "curve.below" if gap < 0 else "curve.above"
        found.append((labels("page.gap"), labels(word, n=labels.number(abs(gap)))))
    if rated.coefficient is not None:
        found.append((labels("page.coefficient"), labels.share(rated.coefficient)))
    return found


def _elsewhere(story: Story, id: str) -> list[tuple[str, Node]]:
    """Return what other parts of the file say about a touchpoint: opportunities, metrics, questions."""
    scope, labels, journey = story.scope, story.scope.labels, story.scope.journey
    found: list[tuple[str, Node]] = []
    if todo := [rated for rated in story.opportunities if id in journey.touchpoint_ids(rated.opportunity.at)]:
        items = [_opportunity_link(scope, rated) for rated in todo]
        found.append(
            (
                labels("lanes.opportunities"),
                one_or_list(items),
            )
        )
    if measured := [one for one in story.metrics if id in journey.touchpoint_ids(one.kpi.at)]:
        items = [_metric_link(scope, metric) for metric in measured]
        found.append(
            (
                labels("lanes.metrics"),
                one_or_list(items),
            )
        )
    for feedback in journey.feedback:
        if feedback.at == id:
            found.append((labels("frontstage.asks"), feedback.question or scope.choice(feedback.kind or "open")))
    return found


def _opportunity_link(scope: Scope, rated: RatedOpportunity) -> Element:
    one, labels = rated.opportunity, scope.labels
    status = labels(f"opportunities.{one.status}")
    gain = "" if rated.gain is None else f" · {labels('opportunities.gain', n=labels.number(rated.gain, 1, sign=True))}"
    return element(
        "span",
        element("a", one.title, href=f"#{scope.anchor('opportunity', one.id)}"),
        element("small", f" {status}{gain}"),
    )


def _metric_link(scope: Scope, metric: Metric) -> Element:
    name, _ = metric_text.name(metric.kpi, scope.labels)
    target = metric_text.target(metric, scope.labels)
    shown = metric_text.value(metric, scope.labels) + (f", {target}" if target else "")
    return element(
        "span", element("a", name, href=f"#{scope.anchor('kpi', metric.kpi.id)}"), element("small", f" {shown}")
    )
