"""The outline of a journey for editors: persona, stages with their touchpoints, opportunities, KPIs, sources."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import DocumentSymbol, SymbolKind

from journeykit.output.paint import one_line
from journeykit.reading.checks import Item
from journeykit.scoring.display import shown
from journeykit.server.analysis import Analysis
from journeykit.source import KeyOrValue, KeyPath, Span

LISTS = (("opportunities", SymbolKind.Event), ("kpis", SymbolKind.Number), ("sources", SymbolKind.File))


def symbols(analysis: Analysis) -> list[DocumentSymbol]:
    """Return the symbols by which editors list and fold; for an invalid text, those that can be read."""
    return [*_persona(analysis), *_stages(analysis), *_lists(analysis)]


def _persona(analysis: Analysis) -> Iterator[DocumentSymbol]:
    persona = analysis.partial.journey.root.child("persona")
    if persona and analysis.partial.source.has(("persona",)):
        yield _symbol(analysis, persona, SymbolKind.Class, "persona")


def _stages(analysis: Analysis) -> Iterator[DocumentSymbol]:
    facts = analysis.partial.journey
    if facts.flat:
        yield from (_touchpoint(analysis, item) for item in facts.touchpoints)
    for stage in facts.stages:
        below = [_touchpoint(analysis, item) for item in stage.items("touchpoints")]
        yield _symbol(analysis, stage, SymbolKind.Namespace, "stage", below)


def _touchpoint(analysis: Analysis, item: Item) -> DocumentSymbol:
    rated = analysis.scores.by_id.get(str(item.data.get("id"))) if analysis.scores else None
    detail = shown(rated.score) if rated is not None and rated.score is not None else ""
    return _symbol(analysis, item, SymbolKind.Method, detail)


def _lists(analysis: Analysis) -> Iterator[DocumentSymbol]:
    for key, kind in LISTS:
        items = [_symbol(analysis, item, kind) for item in analysis.partial.journey.root.items(key)]
        if items and analysis.partial.source.has((key,)):
            spans = _spans(analysis, (key,), (key,), "key")
            whole, name = (analysis.positions.range_of(span) for span in spans)
            yield DocumentSymbol(key, SymbolKind.Array, whole, name, children=items)


def _symbol(
    analysis: Analysis, item: Item, kind: SymbolKind, detail: str = "", children: list[DocumentSymbol] | None = None
) -> DocumentSymbol:
    title = next((key for key in ("title", "name", "id") if item.data.get(key)), "id")
    whole, name = (analysis.positions.range_of(span) for span in _spans(analysis, item.path, (*item.path, title)))
    shown = one_line(str(item.data.get(title) or "")) or "…"
    return DocumentSymbol(shown, kind, whole, name, detail=detail or None, children=children)


def _spans(analysis: Analysis, whole: KeyPath, name: KeyPath, part: KeyOrValue = "value") -> tuple[Span, Span]:
    """Return the span of an item without the blank lines below, and that of its name in it."""
    source = analysis.partial.source
    outer, inner = source.locate(whole), source.locate(name, part)
    end = outer.start + len(source.text[outer.start : outer.end].rstrip())
    return Span(min(outer.start, inner.start), max(end, inner.end)), inner
