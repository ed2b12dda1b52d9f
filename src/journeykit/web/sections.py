"""The parts of a journey's page besides picture and touchpoints: heading, low points, what to do, figures, the rest."""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.charts import metric_text
from journeykit.charts.about_text import low_point_words
from journeykit.charts.badge import score_notes
from journeykit.model.base import Part
from journeykit.model.fields import describes
from journeykit.model.improvement import Kpi
from journeykit.scoring import RatedOpportunity
from journeykit.scoring.metrics import Metric
from journeykit.web.field_text import anchor_of, fields, listing
from journeykit.web.markup import Element, Node, element, unbroken
from journeykit.web.touchpoints import Story

HEADING = frozenset({"title", "note", "state", "basis", "status", "owner", "updated", "lang"})
"""Fields that the heading says."""
ELSEWHERE = frozenset({"journeykit", "version", "persona", "stages", "opportunities", "kpis"})
"""Fields that have a section of their own, or say nothing to readers."""


def heading(story: Story) -> Element:
    """Return the title, what the map is, and the score."""
    journey, labels, scope = story.scope.journey, story.scope.labels, story.scope
    about = [labels(f"state.{journey.state}"), labels(f"basis.{journey.basis}"), labels(f"status.{journey.status}")]
    if journey.owner:
        about.append(labels("header.owner", name=journey.owner))
    if journey.updated:
        about.append(labels("header.updated", date=journey.updated.isoformat()))
    return element(
        "header",
        element("div",
            element("h1", journey.title),
            element("p", journey.persona.name, class_="who"),
            element("p", journey.note, class_="note") if journey.note else None,
            element("p", " · ".join(about), class_="about", lang=scope.lang),
        ),
        _score(story),
        class_="heading",
    )  # fmt: skip


def _score(story: Story) -> Element:
    scores, labels = story.scores, story.scope.labels
    title = element("span", labels("score.title"), class_="caption")
    if scores.score is None:
        return element("p", title, " ", labels.no_score(scores.withheld), class_="score", lang=story.scope.lang)
    notes = score_notes(scores, labels)
    return element(
        "p", title, " ", element("strong", labels.number(scores.score)), " ", labels(f"score.{scores.word}"), " ",
        element("span", *unbroken(" · ".join(notes)), class_="caption"), class_="score", lang=story.scope.lang,
    )  # fmt: skip


def low_points(story: Story) -> Element | None:
    """Return the low points, the worst first."""
    labels, scope = story.scope.labels, story.scope
    items = []
    for low in story.scores.low_points:
        rated = story.scores.by_id[low.id]
        words = ", ".join((labels("alt.of_100", n=labels.number(low.score)), *low_point_words(low, labels)))
        place = (element("span", str(rated.number), class_="number"), " ", rated.touchpoint.title)
        items.append(
            element(
                "li",
                element("a", *place, href=f"#{scope.anchor('touchpoint', low.id)}"),
                " ",
                element("small", words, lang=scope.lang),
            )
        )
    return _section(story, "low-points", labels("page.low_points"), element("ol", *items)) if items else None


def opportunities(story: Story) -> Element | None:
    """Return what can be done, the most worthwhile first."""
    items = [element("li", _opportunity(story, rated)) for rated in story.opportunities]
    title = story.scope.labels("lanes.opportunities")
    return _section(story, "opportunities", title, element("ol", *items, class_="cards")) if items else None


def _opportunity(story: Story, rated: RatedOpportunity) -> Element:
    scope, labels = story.scope, story.scope.labels
    computed: list[tuple[str, Node]] = []
    if rated.priority is not None:
        computed.append((labels("page.priority"), labels.number(rated.priority)))
    if rated.gain is not None:
        computed.append((labels("page.gain"), labels.number(rated.gain, 1, sign=True)))
    if rated.after is not None:
        computed.append((labels("page.after"), labels("alt.of_100", n=labels.number(rated.after))))
    one = rated.opportunity
    return _card(story, one, one.title, [*computed, *fields(one, scope)])


def figures(story: Story) -> Element | None:
    """Return the key figures, each with its value, its target and how sure it is."""
    items = [element("li", _metric(story, metric)) for metric in story.metrics]
    title = story.scope.labels("lanes.metrics")
    return _section(story, "metrics", title, element("ul", *items, class_="cards")) if items else None


def _metric(story: Story, metric: Metric) -> Element:
    scope, labels = story.scope, story.scope.labels
    name, kind = metric_text.name(metric.kpi, labels)
    said = [metric_text.value(metric, labels), metric_text.target(metric, labels), *metric_text.notes(metric, labels)]
    result = element("span", *unbroken(", ".join(filter(None, said))))
    computed: list[tuple[str, Node]] = [(kind or labels("page.figure"), result)]
    hidden = {key for key in Kpi.model_fields if not describes(Kpi, key) and key not in ("at", "target")}
    shown = fields(metric.kpi, scope, without=hidden if metric.suppressed else {"kind"})
    return _card(story, metric.kpi, name, [*computed, *shown])


def persona(story: Story) -> Element:
    """Return whose journey it is."""
    one, labels = story.scope.journey.persona, story.scope.labels
    title = element("h3", one.name, id=anchor_of(one, story.scope))
    rows = listing(fields(one, story.scope, without=("name",)), story.scope)
    return _section(story, "persona-section", labels("page.persona"), title, rows)


def rest(story: Story) -> Element | None:
    """Return everything else that the file says about the journey."""
    scope = story.scope
    about = listing(fields(scope.journey, scope, HEADING | ELSEWHERE), scope)
    return _section(story, "about", scope.labels("page.about"), about) if about else None


def _card(story: Story, part: Part, title: str, rows: Sequence[tuple[str, Node]]) -> Element:
    return element("article", element("h3", title), listing([*rows], story.scope), id=anchor_of(part, story.scope))


def _section(story: Story, id: str, title: str, *content: Node | None) -> Element:
    scope = story.scope
    named = f"{scope.prefix}{id}-title"
    head = element("h2", title, id=named, lang=scope.lang)
    return element("section", head, *content, id=f"{scope.prefix}{id}", aria_labelledby=named)
