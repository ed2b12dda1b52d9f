"""Hover texts: pages of rules, scores, and descriptions of keys."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from lsprotocol.types import Hover, MarkupContent, MarkupKind

from journeykit.editing.partial import PartialDocument
from journeykit.editing.references import symbol_at
from journeykit.linting import page_of
from journeykit.scoring import Rated, Scores
from journeykit.scoring.display import percent, shown, signed
from journeykit.server import keys
from journeykit.server.analysis import Analysis
from journeykit.server.completing import channel_facts
from journeykit.server.diagnostics import span_of
from journeykit.server.lookup import Located, located_at
from journeykit.server.texts import in_markdown
from journeykit.source import Span
from journeykit.vocabulary.channels import canonical_channel, channel_name, channels
from journeykit.vocabulary.feelings import find_feeling, fold

ORIGINS = {"measured": "measured", "satisfaction": "from the satisfaction given", "feeling": "from the feeling"}


def hover(analysis: Analysis, offset: int) -> Hover | None:
    """Return the hover text at an offset."""
    place = located_at(analysis.partial.source, offset)
    found = [(span, one.rule) for one in analysis.findings if _touches(span := span_of(analysis, one), offset)]
    pages = _pages(analysis, dict.fromkeys(rule for _, rule in found))
    sections = [*_named(analysis, offset), *(_meaning(place) if place else ()), *pages]
    if not sections:
        return None
    shown = [place.span] if place else [span for span, _ in found]
    hover_range = analysis.positions.range_of(shown[0]) if shown else None
    return Hover(MarkupContent(MarkupKind.Markdown, "\n\n---\n\n".join(sections)), hover_range)


def _touches(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end


def _pages(analysis: Analysis, rules: Collection[str]) -> Iterator[str]:
    """Yield the page of each rule with a finding here, without examples if there are several.

    Editors show the findings themselves.
    """
    for rule in rules:
        page = page_of(rule, analysis.project.settings.active_plugins) or ""
        page = page if len(rules) == 1 else re.split(r"^(?:Bad|Good):", page, maxsplit=1, flags=re.MULTILINE)[0]
        page = re.sub(r"^(Why|Bad|Good):", r"**\1:**", page, flags=re.MULTILINE)
        yield f"**{rule}**: {page}".rstrip(": \n")


def _named(analysis: Analysis, offset: int) -> Iterator[str]:
    """Yield the facts about the touchpoint, channel or feeling that an offset refers to or defines."""
    partial = analysis.partial
    kind, id = symbol_at(partial, offset) or ("", "")
    if kind == "touchpoint" and analysis.scores is not None:
        if (rated := analysis.scores.by_id.get(id)) is not None:
            yield touchpoint_facts(analysis.scores, rated)
    elif kind == "channel" and id not in partial.known("channels"):
        if (channel := channels().get(canonical_channel(id) or "")) is not None:
            yield f"**{channel_name(channel.id, partial.lang)}**\n\n{channel_facts(channel)}"
    elif kind == "feeling":
        yield from _feeling(partial, id)


def _feeling(partial: PartialDocument, word: str) -> Iterator[str]:
    own = {fold(name): value for name, value in partial.known("feelings").items()}
    if fold(word) in own:
        valence = own[fold(word)]
        valence = valence if isinstance(valence, int | float) else in_markdown(str(valence))
        yield f"**{in_markdown(word)}**: valence {valence} (of -2..2), a word of your own"
    elif (feeling := find_feeling(word)) is not None:
        also = "" if fold(feeling.word) == fold(word) else f" ({feeling.word})"
        yield f"{feeling.emoji} **{in_markdown(word)}**{also}: valence {feeling.valence:g} (of -2..2), {feeling.family}"


def touchpoint_facts(scores: Scores, rated: Rated) -> str:
    """Return a touchpoint's score, its share of the journey's, and its low points and peaks as Markdown."""
    title = f"**{in_markdown(rated.touchpoint.title)}** (touchpoint {rated.number} of {len(scores.touchpoints)})"
    if rated.hidden:
        return (
            f"{title}\n\nits survey has {rated.base} answers: fewer than {scores.settings.minimum_base} are not shown"
        )
    if rated.score is None or rated.source is None:
        return f"{title}\n\nno score: give it a `feeling` or a `satisfaction`"
    facts = [f"score **{shown(rated.score)}** of 100, {ORIGINS[rated.source]}", f"weight {rated.weight:.3g}"]
    if rated.coefficient is not None:
        of = f", {shown(scores.score)}" if scores.score is not None else ""
        of += " (which rests on a survey of too few answers to show, too)" if scores.rests_on else ""
        facts.append(f"carries {percent(rated.coefficient)} of the journey's score{of}")
    if rated.expected is not None:
        facts.append(f"expected {shown(rated.expected)}: {signed(rated.score - rated.expected)}")
    for low in scores.low_points:
        if rated.id in low.span:
            facts.append(f"low point: {low.kind}, severity {shown(low.severity)} of 100, rank {low.rank}")
    for peak in scores.peaks:
        if rated.id in peak.span:
            facts.append("peak, far better than expected" if peak.wow else "peak")
    return "\n".join([title, "", *(f"- {fact}" for fact in facts)])


def _meaning(place: Located) -> Iterator[str]:
    """Yield the meaning of a key, if the format knows it."""
    if place.part == "key" and (meaning := keys.meaning(place.path)) is not None:
        yield f"`{place.path[-1]}`: {meaning}"
