"""Generate the JSON Schema of the format (draft-07), with which editors complete and check files.

It is generated from the models; the shorthands, which models do not know, are added. `if`/`then` is used instead of
`oneOf`, since the messages of other tools are then readable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from journeykit.model.base import Part
from journeykit.model.descriptions import descriptions
from journeykit.model.fields import fields_of, parts_in
from journeykit.model.journey import Journey
from journeykit.model.meaning import Defines, Word
from journeykit.model.schema_help import add_help, strict
from journeykit.model.schema_limits import add_limits

FILE = "journey.schema.json"
"""The generated schema, in the folder of this module; a test fails if it is out of date."""
ID = "https://www.schemastore.org/journeykit.json"
"""The name of the schema: the one that SchemaStore gives a schema of this file name."""


def _schema_of_models() -> dict[str, Any]:
    for part in _parts(Journey):
        part.model_rebuild()  # before 2.14, pydantic cannot write a default that is a model which was not used yet
    return Journey.model_json_schema(by_alias=True)


def make_schema() -> dict[str, Any]:
    """Return the schema as plain data."""
    schema = _schema_of_models()
    definitions = schema.pop("$defs")
    schema = _plain({**schema, "definitions": definitions})
    definitions = schema.pop("definitions")
    _describe(schema, definitions)
    computed = {part.__name__ for part in _parts(Journey) if _has_computed_id(part)}
    for name, definition in (("Journey", schema), *definitions.items()):
        if name in computed:
            definition["required"] = [key for key in definition["required"] if key != "id"]
    definitions["Stage"]["properties"]["name"]["minLength"] = 1
    properties = schema["properties"]
    properties["touchpoints"] = {
        "type": "array", "minItems": 2, "items": _touchpoint(),
        "description": "The touchpoints of a journey without stages.",
    }  # fmt: skip
    definitions["Stage"]["properties"]["touchpoints"]["items"] = _touchpoint()
    for definition in (schema, *definitions.values()):
        _allow_texts(definition["properties"], definitions)
    properties["stages"].update(minItems=1, **_TWO_TOUCHPOINTS)
    _suggest(schema, definitions)
    add_limits(schema, definitions)
    definitions["TouchpointKey"] = {"enum": sorted(definitions["Touchpoint"]["properties"])}
    definitions["TouchpointShorthand"] = _shorthand(definitions["Touchpoint"])
    schema["required"] = ["title", "persona"]
    made = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": ID,
        "title": "journeykit journey map",
        **{key: value for key, value in schema.items() if key != "title"},
        "if": {"required": ["stages"], "properties": {"stages": True}},
        "then": {"propertyNames": {"not": {"const": "touchpoints"}}},  # `not required` prints the file
        "else": {"required": ["touchpoints"], "properties": {"touchpoints": True}},
        "definitions": definitions,
    }
    add_help(made)
    found: dict[str, Any] = strict(made)
    return found


_TWO_TOUCHPOINTS = {
    "if": {"maxItems": 1},
    "then": {"items": {"type": "object", "properties": {"touchpoints": {"type": "array", "minItems": 2}}}},
}
"""Where there is only one stage, it has both of the touchpoints that a journey has at least."""


def make_normal_schema() -> dict[str, Any]:
    """Return the schema of a normalised journey: without shorthands, with all ids, lists where one text may stand."""
    schema = _schema_of_models()
    definitions = schema.pop("$defs")
    schema = _plain({**schema, "definitions": definitions})
    definitions = schema.pop("definitions")
    _describe(schema, definitions)
    for part in _parts(Journey):
        properties = (schema if part is Journey else definitions[part.__name__])["properties"]
        for key, described in properties.items():
            lists = [one for one in described.get("anyOf", ()) if one.get("type") == "array"]
            if lists and len(described["anyOf"]) == 2:
                properties[key] = {"description": described["description"], **lists[0]}
    schema["properties"]["touchpoints"] = {
        **schema["properties"]["stages"],
        "items": {"$ref": TOUCHPOINT},
        "description": "The touchpoints of a journey without stages.",
    }
    schema["required"] = ["id", "title", "persona"]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "journeykit journey map, normalised",
        **{key: value for key, value in schema.items() if key != "title"},
        "oneOf": [{"required": ["stages"]}, {"required": ["touchpoints"]}],
        "definitions": definitions,
    }


def _has_computed_id(part: type[Part]) -> bool:
    """Return whether a part without an id gets a default one; a journey's is made from the file's name."""
    fields = fields_of(part, (Defines,))
    made_from = [field.shape.meaning.made_from for field in fields if isinstance(field.shape.meaning, Defines)]
    return part is Journey or any(made_from)


def _suggest(journey: dict[str, Any], definitions: dict[str, Any]) -> None:
    """Add the words that editors complete; other words are valid too."""
    for part in sorted(_parts(Journey), key=lambda part: part.__name__):
        properties = (journey if part is Journey else definitions[part.__name__])["properties"]
        for _, key, shape in fields_of(part, (Word,)):
            described = properties[key]
            if shape.items and isinstance(meaning := shape.items.meaning, Word):
                if shape.or_one:
                    del described["anyOf"]
                    described.update(type=["string", "array"], minLength=1, items={"type": "string", "minLength": 1})
                    _suggest_words(described, meaning, definitions)
                _suggest_words(described["items"], meaning, definitions)
            elif isinstance(shape.meaning, Word):
                _suggest_words(described, shape.meaning, definitions)


def _suggest_words(described: dict[str, Any], meaning: Word, definitions: dict[str, Any]) -> None:
    """Suggest words for a text; the empty schema allows all others, and only errors of the type are reported."""
    if words := meaning.known or _vocabulary(meaning.kind):
        name = f"{meaning.kind.capitalize()}Word"
        definitions[name] = {"enum": list(words)}
        described["anyOf"] = [{"$ref": f"#/definitions/{name}"}, {}]


def _vocabulary(kind: str) -> Sequence[str]:
    """Return the built-in words of a vocabulary, from its data file, since `model` may not import `vocabulary`."""
    file = files("journeykit.vocabulary").joinpath("data", f"{kind}s.tsv")
    rows = file.read_text(encoding="utf-8").splitlines()[1:] if file.is_file() else ()
    return [re.split(r"\t|[,?/]| = ", row)[0] for row in rows]  # the first of several synonyms


def _describe(journey: dict[str, Any], definitions: dict[str, Any]) -> None:
    """Add the descriptions of fields; draft-07 ignores the siblings of a `$ref`, so such a field becomes an `allOf`."""
    for part in _parts(Journey):
        properties = (journey if part is Journey else definitions[part.__name__])["properties"]
        meanings = descriptions(part)
        for name, field in part.model_fields.items():
            described = properties[field.alias or name]
            if "$ref" in described:
                described["allOf"] = [{"$ref": described.pop("$ref")}]
            described["description"] = meanings[name]


def _parts(model: type[Part]) -> set[type[Part]]:
    """Return a model and, recursively, the models of its fields."""
    found = {model}
    for field in model.model_fields.values():
        for part in parts_in(field.annotation):
            found |= _parts(part)
    return found


def _plain(schema: Any) -> Any:
    """Convert a schema to draft-07, without null for optional fields, generated titles, and empty defaults."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "properties":
            found[key] = {name: _plain(item) for name, item in value.items()}
        elif key == "patternProperties":  # whose keys are numbers to some readers of YAML, which stops their patterns
            ((pattern, item),) = value.items()
            found.update(propertyNames={"pattern": pattern}, additionalProperties=_plain(item))
        elif key == "$ref":
            found[key] = value.replace("#/$defs/", "#/definitions/")
        elif key == "anyOf" and {"type": "null"} in value:
            others = [_plain(item) for item in value if item != {"type": "null"}]
            found.update(others[0] if len(others) == 1 else {"anyOf": others})
        elif not (key == "title" or (key == "default" and value in (None, [], {}))):
            found[key] = _plain(value)
    if "$ref" in found and len(found) > 1:  # draft-07 ignores siblings of a $ref
        found["allOf"] = [{"$ref": found.pop("$ref")}]
    return found


def _touchpoint() -> dict[str, Any]:
    known = {"type": "object", "propertyNames": {"$ref": "#/definitions/TouchpointKey"}}
    has = ({"type": "object", "required": [key], "properties": {key: True}} for key in ("title", "feeling"))
    whole = {"anyOf": [*has, known, {"not": {"type": "object"}}]}
    return {
        "if": {"type": "string"},
        "then": {"type": "string", "minLength": 1},
        "else": {
            "if": whole,
            "then": {"$ref": "#/definitions/Touchpoint"},
            "else": {"$ref": "#/definitions/TouchpointShorthand"},
        },
    }


def _shorthand(touchpoint: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of `I call: frustrated`: an unknown key is the title, its value the feeling."""
    feeling = {key: value for key, value in touchpoint["properties"]["feeling"].items() if key != "description"}
    return {
        "type": "object",
        "description": "A touchpoint written as `title: feeling`.",
        "properties": touchpoint["properties"],
        "additionalProperties": {
            "description": "What happens, and what the customer feels.",
            **feeling,
            "type": [*feeling["type"], "null"],
        },
    }


def _allow_texts(properties: dict[str, Any], definitions: dict[str, Any]) -> None:
    """Allow a plain text where a part stands that has a short form: a text that its field takes."""
    short = {f"#/definitions/{part.__name__}": part.shorthand for part in _parts(Journey) if part.shorthand}
    del short[TOUCHPOINT]
    for key, described in properties.items():
        for ref in (one["$ref"] for one in described.get("allOf", ())):
            if ref in short:
                properties[key] = {"description": described["description"], **_text_or(ref, short[ref], definitions)}
        if (ref := described.get("items", {}).get("$ref")) in short:
            described["items"] = _text_or(ref, short[ref], definitions)


TOUCHPOINT = "#/definitions/Touchpoint"


def _text_or(ref: str, field: str, definitions: dict[str, Any]) -> dict[str, Any]:
    text = definitions[ref.rpartition("/")[2]]["properties"][field]
    return {
        "if": {"type": "string"},
        "then": {key: value for key, value in text.items() if key != "description"},
        "else": {"$ref": ref},
    }


def schema_text(normal: bool = False) -> str:
    """Return the schema as it is stored, or that of a normalised journey."""
    return json.dumps(make_normal_schema() if normal else make_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (Path(__file__).parent / FILE).write_text(schema_text(), encoding="utf-8")
