"""What keys of a journey ask of each other, as far as the JSON Schema can say it: the models know single values.

A limit repeats no description, so that editors show one, and asks only for what the part itself does not, so that one
mistake is one error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeAlias, get_args

from journeykit.model.answers import (
    BOUNDS,
    COMPUTED,
    FIGURES,
    NPS_PARTS,
    ON_ANY_SCALE,
    OWN_SCALES,
    SHARES,
    TIMES,
    WITHOUT_ANSWERS,
)
from journeykit.model.figures import PERCENT_PATTERN
from journeykit.model.times import DURATION_PATTERN
from journeykit.model.values import SHARE_PATTERN, ScaleName, scale_bounds

Schema: TypeAlias = dict[str, Any]

_SILENT = {"doNotSuggest": True}
"""A keyword of editors: that a key is limited is no second way to complete it."""
_FIGURES: dict[str, Schema] = {
    "TimeFigure": {
        **_SILENT,
        "type": "string",
        "pattern": f"^({DURATION_PATTERN})$",
        "patternErrorMessage": "Write a number and a unit, such as 25min, 4h, 2d or 6mo.",
    },
    "ShareFigure": {
        **_SILENT,
        "type": ["number", "string"],
        "pattern": f"^{SHARE_PATTERN}$",
        "patternErrorMessage": "Write a share, such as 85%.",
    },
    "NumberFigure": {
        **_SILENT,
        "type": ["number", "string"],
        "pattern": f"^{PERCENT_PATTERN}$",
        "patternErrorMessage": "Write a number, or a share such as 85%.",
    },
}
"""Figures of KPIs, by what their kind measures."""


def add_limits(journey: Schema, definitions: dict[str, Schema]) -> None:
    """Add the limits to the schema of a journey and to those of its parts."""
    definitions.update(_FIGURES)
    definitions["Step"]["dependencies"] = {"from": ["to"], "to": ["from"]}
    definitions["Scoring"]["dependencies"] = {"profile": _without("weights")}
    _limit_kpi(definitions["Kpi"])
    _limit_measured(definitions["Measured"])
    journey["properties"]["lang"]["pattern"] = _LANGUAGE
    for part in ("Kpi", "Measured"):
        definitions[part]["properties"]["counts"].update(_ANSWERS)
    for scale in get_args(ScaleName):
        definitions[f"NumberOn{scale}"] = _number(*scale_bounds(scale))
        definitions[f"TouchpointOn{scale}"] = _touchpoint_on(scale)
    journey["allOf"] = [_journey_on(scale) for scale in get_args(ScaleName)]


_LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
"""A language tag in use today; a longer word is the name of a language."""
_ANSWERS = {
    "minProperties": 1,
    "propertyNames": {  # which are numbers to some readers of YAML
        "if": {"type": "string"},
        "then": {
            "type": "string",
            "pattern": "^ *[-+]?[0-9]{1,9} *$",
            "patternErrorMessage": "Write an answer, which is a whole number.",
        },
    },
}


def _limit_kpi(kpi: Schema) -> None:
    kinds = kpi["properties"]["kind"]["enum"]
    numbers = [kind for kind in kinds if kind not in (*TIMES, *SHARES)]
    kpi["allOf"] = [
        _for_kinds(TIMES, dict.fromkeys(FIGURES, _ref("TimeFigure"))),
        _for_kinds(SHARES, dict.fromkeys(FIGURES, _ref("ShareFigure"))),
        _for_kinds(SHARES, {"value": _of("number", {"exclusiveMaximum": 1})}),
        _for_kinds(numbers, dict.fromkeys(FIGURES, _ref("NumberFigure"))),
        *(_for_kinds([kind], {key: _number(*BOUNDS[kind]) for key in FIGURES}) for kind in BOUNDS),
        *(_for_kinds([kind], {"scale": {**_SILENT, "enum": list(scales)}}) for kind, scales in OWN_SCALES.items()),
        *({"if": _of_kinds(some), "then": _without(*keys)} for keys, some in _foreign_keys(kinds).items()),
    ]
    kpi["dependencies"] = {
        "value": _without("counts", *NPS_PARTS, "k"),
        "counts": _without(*NPS_PARTS, "k"),
        "k": ["n"],
        **{key: [other for other in NPS_PARTS if other != key] for key in NPS_PARTS},
        "from": {"required": ["to"], "properties": {"to": True}, **_without("any_of", "none_of", "is")},
        "to": ["from"],
        "any_of": _without("none_of", "is"),
        "none_of": _without("is"),
    }


def _foreign_keys(kinds: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    """Return keys that some kinds of KPIs do not have, with these kinds."""
    with_answers = (*OWN_SCALES, *ON_ANY_SCALE)
    only = {**COMPUTED, "top": ("csat",), "k": SHARES, "counts": with_answers, "scale": with_answers}
    found = defaultdict(list)
    for kind in kinds:
        keys = [key for key, takes in only.items() if kind not in takes]
        found[(*keys, *(["sent"] if kind in WITHOUT_ANSWERS else []))].append(kind)
    return found


def _of_kinds(kinds: Iterable[str]) -> Schema:
    return {"required": ["kind"], "properties": {"kind": {"enum": list(kinds)}}}


def _for_kinds(kinds: Iterable[str], properties: Schema) -> Schema:
    return {"if": _of_kinds(kinds), "then": {"properties": properties}}


def _limit_measured(measured: Schema) -> None:
    measured["dependencies"] = {"mean": _without("counts")}
    measured["if"] = {"required": ["counts"], "properties": {"counts": True}}
    measured["else"] = {"required": ["mean"], "properties": {"mean": True}}
    measured["allOf"] = [
        {
            "if": {"required": ["scale"], "properties": {"scale": {"const": scale}}},
            "then": {"properties": {"mean": _ref(f"NumberOn{scale}")}},
        }
        for scale in get_args(ScaleName)
    ]


def _touchpoint_on(scale: ScaleName) -> Schema:
    """Return the limits of a touchpoint of a journey with a scale."""
    number = _ref(f"NumberOn{scale}")
    mean = {
        "if": {"required": ["scale"], "properties": {"scale": True}},
        "then": True,
        "else": {"properties": {"mean": number}},
    }
    return _of("object", {"properties": {"satisfaction": number, "expected": number, "measured": _of("object", mean)}})


def _journey_on(scale: ScaleName) -> Schema:
    touchpoints = _of("array", {"items": _ref(f"TouchpointOn{scale}")})
    targets = _of("object", {"additionalProperties": _ref(f"NumberOn{scale}")})
    limits = {
        "touchpoints": touchpoints,
        "stages": _each({"touchpoints": touchpoints}),
        "opportunities": _each({"target": targets}),
    }
    written: Schema = {"properties": {"scale": {"const": scale}}}
    if scale != _DEFAULT_SCALE:
        written["required"] = ["scale"]
    return {"if": written, "then": {"properties": limits}}


_DEFAULT_SCALE = "-2..2"


def _each(properties: Schema) -> Schema:
    return _of("array", {"items": _of("object", {"properties": properties})})


def _number(low: float, high: float) -> Schema:
    return _of("number", {"minimum": int(low), "maximum": int(high)})


def _of(kind: str, limits: Schema) -> Schema:
    """Limit values of one type: that another type is wrong is said by the part."""
    return {**_SILENT, "if": {"type": kind}, "then": {"type": kind, **limits}}


def _without(*keys: str) -> Schema:
    """Forbid keys; `not required` would print the whole part in a message, and `false` would not name the key."""
    return {"propertyNames": {"not": {"enum": list(keys)}}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}
