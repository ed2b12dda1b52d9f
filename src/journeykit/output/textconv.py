"""The textconv of a journey: the lines that git compares instead of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from journeykit.model import Duration, Kpi, Percent
from journeykit.model.base import Part
from journeykit.output.paint import one_line
from journeykit.reading import Document
from journeykit.scoring import Scores, Settings, score, word
from journeykit.scoring.display import fixed
from journeykit.scoring.metrics import metric_of
from journeykit.scoring.rating import answers_of
from journeykit.source import KeyPath

FIRST = ("feeling", "satisfaction", "wait", "channel", "why")
"""The fields that come first in a touchpoint, after its score."""
APART = ("title", "stages", "name", "touchpoints", "journeykit")
"""Fields that are written separately."""
LISTED = ("opportunities", "kpis", "feedback", "sources", "changes")
"""Lists after the touchpoints, with a block for each item."""
NO_RESULTS = ("sent", "target", "top")
"""Numbers of a survey that are printed even if it has too few answers: they are not results."""


def textconv(document: Document, settings: Settings) -> str:
    """Return all fields of a journey that are not defaults, with a block for each touchpoint; "" if it is not valid.

    There are no numbers of lines or touchpoints, and nothing depends on the date or the file name, so that two versions
    differ only in changed fields and the scores that depend on them.
    """
    journey = document.journey
    if journey is None:
        return ""
    scores = score(journey, settings)
    lines = [_one_line(journey.title), *_indented(_of_journey(document, scores))]
    low = {id: point for point in scores.low_points for id in point.span}
    places = iter(zip(journey.places, scores.touchpoints, strict=True))
    for number, (stage, stage_score) in enumerate(zip(journey.stages, scores.stages, strict=True)):
        if stage.name:
            own = [*_scored(stage_score.score), *_fields(stage, (*APART, *_unwritten(document, ("stages", number))))]
            lines += ["", f"Stage: {_one_line(stage.name)}", *_indented(own)]
        for _ in stage.touchpoints:
            place, rated = next(places)
            block = list(_scored(rated.score))
            if point := low.get(place.touchpoint.id):
                block.append(f"low point: {point.kind}")
            unwritten = _unwritten(document, place.path)
            few = ("measured",) if rated.suppressed else ()
            block += _fields(place.touchpoint, (*APART, *unwritten, *few), first=FIRST)
            if rated.suppressed and (survey := place.touchpoint.measured):
                answers = answers_of(survey)
                block += ["measured:", *_indented(_too_few(survey, answers.n if answers else None, settings))]
            lines += ["", _one_line(place.touchpoint.title), *_indented(block)]
    for key in LISTED:
        lines += _listed(key, getattr(journey, key), settings)
    return "".join(f"{line}\n" for line in lines)


def _of_journey(document: Document, scores: Scores) -> Iterator[str]:
    assert document.journey is not None
    if scores.score is not None:
        few = "; rests on too few answers to show" if scores.rests_on else ""
        yield f"score: {fixed(scores.score)} ({word(scores.score)}{few})"
    yield f"persona: {_one_line(document.journey.persona.name)}"
    yield from _indented(_fields(document.journey.persona, ("name", *_unwritten(document, ("persona",)))))
    yield from _fields(document.journey, (*APART, *LISTED, *_unwritten(document, ()), "persona"))


def _unwritten(document: Document, path: KeyPath) -> tuple[str, ...]:
    """Return the field `id` if the file does not have it, as the default one would change with the title."""
    return () if document.source.has((*path, "id")) else ("id",)


def _scored(value: float | None) -> Iterator[str]:
    if value is not None:
        yield f"S: {fixed(value)}"


def _listed(name: str, parts: Iterable[Part], settings: Settings) -> Iterator[str]:
    """Yield a block for each item of a list."""
    for part in parts:
        metric = metric_of(part, settings.minimum_base) if isinstance(part, Kpi) else None
        few = metric is not None and metric.suppressed
        head, *rest = _too_few(part, metric.n, settings) if metric and few else _fields(part, ())
        yield from ("", f"{name}: {head}", *_indented(rest))


def _too_few(part: Part, n: int | None, settings: Settings) -> Iterator[str]:
    """Yield the fields of a survey with too few answers to be shown: without its figures."""
    values = {name: getattr(part, name) for name in type(part).model_fields}
    figures = [name for name, value in values.items() if isinstance(value, (int, float, Percent, Duration, Mapping))]
    yield from _fields(part, [name for name in figures if name not in NO_RESULTS])
    yield from () if n is None else [f"n: {n}"]
    yield f"fewer than {settings.minimum_base} answers: not shown"


def _fields(part: Part, hidden: Iterable[str], first: Iterable[str] = ()) -> Iterator[str]:
    """Yield the lines of the fields that do not have their default."""
    names = [*first, *(name for name in type(part).model_fields if name not in first)]
    for name in names:
        field = type(part).model_fields[name]
        value = getattr(part, name)
        if name not in hidden and value != field.get_default(call_default_factory=True) and value is not None:
            yield from _value_lines(field.alias or name, value)


def _value_lines(key: Any, value: Any) -> Iterator[str]:
    key = one_line(str(key))
    if isinstance(value, Part):
        yield f"{key}:"
        yield from _indented(_fields(value, ()))
    elif isinstance(value, Mapping):
        yield f"{key}:"
        for inner, one in value.items():
            yield from _indented(_value_lines(inner, one))
    elif isinstance(value, tuple) and any(isinstance(one, Part) for one in value):
        yield f"{key}:"
        for one in value:
            inside, *rest = _fields(one, ())
            yield from (f"  - {inside}", *_indented(rest, 4))
    elif isinstance(value, tuple):
        yield f"{key}: {', '.join(_one_line(one) for one in value)}"
    else:
        yield f"{key}: {_one_line(value)}"


def _one_line(value: Any) -> str:
    """Return a text or number on one line; booleans as YAML writes them."""
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).lower() if isinstance(value, bool) else one_line(str(value))


def _indented(lines: Iterable[str], by: int = 2) -> list[str]:
    return [" " * by + line for line in lines]
