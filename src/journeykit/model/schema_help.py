"""What the JSON Schema has beside the format: messages, meanings of words and snippets for editors, and the form that
strict validators ask for.

Ajv's strict mode refuses lists of types, keywords without a type and required keys that are not described. So a list of
types becomes `if` and `else`, of which a validator reports one branch in a short message.
"""

from __future__ import annotations

from typing import Any

from journeykit.model.choices import MEANINGS

_KEYWORDS = {
    "array": ("items", "minItems", "maxItems"),
    "object": ("maxProperties", "minProperties", "properties", "required", "additionalProperties"),
    "string": ("minLength", "pattern", "patternErrorMessage"),
    "number": ("minimum", "maximum", "exclusiveMaximum"),
}
_ORDER = ("null", "object", "boolean", "array", "integer", "number", "string")
"""The last of several types is the one that a message names."""
MESSAGES = {
    "lasts": "Write a number and a unit, such as 25min, 4h, 2d or 6mo.",
    "at": "Write an offset from day 0 (-45d, +25min, day 0 09:00) or an ISO date.",
    "updated": "Write an ISO date, such as 2026-03-31.",
    "id": "Write small letters without accents, digits and hyphens.",
    "date": "Write a day (2026-03-02), a month (2026-03), a quarter (2026-Q1) or a year (2026).",
    "period": "Write a day, a month (2026-03), a quarter (2026-Q1) or a year, or two with .. between them.",
    "lang": "Write a language tag, such as en, de-AT or sr-Latn.",
    "reach": "Write a share: a number from 0 to 1, or a percentage such as 40 %.",
    "url": "Write the whole address, with https://, http:// or mailto: in front.",
    "file": "Write a path from this file, such as pictures/call.png.",
    "journey": "Write the id of a journey, or the path of its file, such as ../returns.journey.yaml.",
}
"""What to write, by a field that has the pattern."""
SNIPPETS: dict[str, list[tuple[str, str, Any]]] = {
    "Touchpoint": [
        ("touchpoint", "What happens, where and how it feels.",
         {"title": "$1", "channel": "${2:phone}", "feeling": "${3:neutral}"}),
        ("low point", "A touchpoint with what is behind it.",
         {"title": "$1", "channel": "${2:phone}", "wait": "${3:10min}", "feeling": "${4:frustrated}", "why": "$5"}),
    ],
    "Stage": [
        ("stage", "A part of the journey with two touchpoints.",
         {"name": "$1", "touchpoints": [{"title": "$2", "feeling": "${3:neutral}"},
                                        {"title": "$4", "feeling": "${5:neutral}"}]}),
    ],
    "Opportunity": [
        ("opportunity", "An idea for a touchpoint.",
         {"title": "$1", "at": ["$2"], "impact": "${3:3}", "effort": "${4:3}"}),
    ],
    "Kpi": [
        ("figure", "A figure of the service.", {"id": "$1", "title": "$2", "kind": "${3:csat}", "value": "$4"}),
    ],
}  # fmt: skip


def add_help(schema: dict[str, Any]) -> None:
    """Add to a schema what editors show: messages for patterns, meanings of words, snippets."""
    parts = {"Journey": schema, **schema["definitions"]}
    messages = {
        one["pattern"]: MESSAGES[name]
        for part in parts.values()
        for name, described in part.get("properties", {}).items()
        if name in MESSAGES
        for one in (described, *described.get("anyOf", ()))
        if "pattern" in one
    }
    for node in _nodes(schema):
        if isinstance(pattern := node.get("pattern"), str) and pattern in messages:
            node["patternErrorMessage"] = messages[pattern]
    for where, words in MEANINGS.items():
        part, _, name = where.partition(".")
        choice = parts[part]["properties"][name]
        choice["enumDescriptions"] = [words[word] for word in choice["enum"]]
    for part, snippets in SNIPPETS.items():
        parts[part]["defaultSnippets"] = [
            {"label": label, "description": description, "body": body} for label, description, body in snippets
        ]


def strict(node: Any, kind: str = "") -> Any:
    """Return a schema in the form that strict validators take; `kind` is the type that surrounds it."""
    if isinstance(node, list):
        return [strict(one, kind) for one in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("type"), list):
        return strict(_one_of_each(node), kind)
    here = node.get("type", kind)
    found = {}
    for key, value in node.items():
        if key in ("properties", "definitions", "dependencies"):
            found[key] = {name: strict(one) for name, one in value.items()}
        elif key == "propertyNames":
            found[key] = strict({"type": "string", **value} if "pattern" in value or "not" in value else value)
        elif key in ("items", "additionalProperties"):
            found[key] = strict(value)
        elif key in ("enum", "default", "required", "defaultSnippets", "enumDescriptions", "const"):
            found[key] = value
        else:
            found[key] = strict(value, here)
    return found


def _one_of_each(node: dict[str, Any]) -> dict[str, Any]:
    """Return a schema of several types as one with a branch for each type.

    Its `anyOf` takes everything: it tells editors which type to complete.
    """
    types = sorted(node["type"], key=_ORDER.index)
    own = {key for keywords in _KEYWORDS.values() for key in keywords}
    found = {key: value for key, value in node.items() if key not in {*own, "type"}}
    *others, last = types
    branch = _of_type(node, last)
    for one in reversed(others):
        branch = {"if": {"type": one}, "then": _of_type(node, one), "else": branch}
    return {"anyOf": [{"type": last}, {}], **found, **branch}


def _of_type(node: dict[str, Any], kind: str) -> dict[str, Any]:
    keywords = _KEYWORDS.get("number" if kind == "integer" else kind, ())
    return {"type": kind, **{key: node[key] for key in keywords if key in node}}


def _nodes(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, dict):
        return [schema, *(node for value in schema.values() for node in _nodes(value))]
    return [node for value in schema for node in _nodes(value)] if isinstance(schema, list) else []
