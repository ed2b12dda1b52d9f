"""Small values: text, ids, numbers, levels in words, scales.

Those with a notation are parsed from plain data by a function that raises `PydanticCustomError`: its type is the rule
of the fault, and its context has the `help` that says what to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from journeykit.finding import Advice

Data: TypeAlias = Any
"""Plain data as YAML gives it: None, bool, int, float, str, list, dict."""

LARGEST = 1e15
"""The largest valid number, up to which whole numbers are exact."""
NUMBERS = {"minimum": -int(LARGEST), "maximum": int(LARGEST)}
"""The bounds of a number in the JSON Schema."""


class Hint(NamedTuple):
    """Why a text is not valid, what to write, and the texts that may be meant."""

    reason: str
    help: str
    suggestion: tuple[str, ...] = ()


def fault(rule: str, message: str, help: str = "", suggestion: tuple[str, ...] = ()) -> PydanticCustomError:
    """Return an error for pydantic to collect; text of users in it is never interpreted as a template.

    `suggestion` holds the texts that may be meant, each of which can replace the value.
    """
    return PydanticCustomError(rule, "{message}", {"message": message, "help": help, "suggestion": suggestion})


class Reads:
    """An annotation: a function parses the value from plain data; `schema` is its JSON Schema."""

    def __init__(self, read: Callable[[Data], object], schema: dict[str, Any]) -> None:
        self.read = read
        self.schema = schema

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.schema)


def as_text(value: Data) -> str | None:
    """Return a scalar as text, since YAML reads `30` as a number; None if it is neither text nor a number."""
    return value if isinstance(value, str) else f"{value:.15g}" if type(value) in (int, float) else None


Text = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1)]
"""Text that is not empty."""


class OneOrMore:
    """An annotation of a tuple of texts: a single text may replace the list."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_listed, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        listed = handler(core)
        return {"anyOf": [listed["items"], listed]}


class OrNames:
    """An annotation of a mapping by name: `normalise` takes one name or a list of names for it as well."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        mapping = handler(core)
        name = {"type": "string", "pattern": f"^{SLUG}$"}
        each = mapping.get("additionalProperties") or next(iter(mapping.get("patternProperties", {}).values()))
        mapping = {"type": "object", "propertyNames": {"pattern": f"^{SLUG}$"},
                   "additionalProperties": {"anyOf": [each, {"type": "null"}]}}  # fmt: skip
        return {"anyOf": [name, {"type": "array", "items": name}, mapping]}


def _listed(value: Data) -> Data:
    return value if isinstance(value, (list, tuple)) else [value]


SLUG = r"[a-z0-9][a-z0-9-]*"
Slug = Annotated[str, StringConstraints(strict=True, pattern=f"^{SLUG}$")]
"""A stable id: small ASCII letters, digits and hyphens."""

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Valence = Annotated[float, Field(strict=True, ge=-2, le=2)]
"""How pleasant a feeling is, -2 to 2."""
Level = Annotated[float, Field(strict=True, ge=1, le=5)]
"""A number from 1 to 5."""
Count = Annotated[int, Field(strict=True, ge=0, le=int(LARGEST))]


def read_answer(value: Data) -> int:
    """Parse a survey answer that is counted; it may be in quotes, since keys of JSON are text."""
    if type(value) in (int, float) and value == value and abs(value) < 1e9 and value == int(value):
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"[-+]?[0-9]{1,9}", value.strip()):
        return int(value)
    shown = f'"{value[:60]}"' if isinstance(value, str) else f"{value}"[:60]
    raise fault("wrong-type", f"{shown} cannot be a key here", "keys are whole numbers here")


Answer = Annotated[int, Reads(read_answer, {"type": "integer"})]
Flag = Annotated[bool, Field(strict=True)]
Language = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
"""A BCP 47 language tag, such as `en`, `de-AT`, `sr-Latn`."""

ScaleName: TypeAlias = Literal["-2..2", "-3..3", "1..5", "1..7", "0..10", "1..10", "0..100"]
AnswerScale: TypeAlias = Literal["1..2", "1..3", "1..4", "1..5", "1..7", "0..10", "1..10"]
"""Scales of the question of a KPI."""


def scale_bounds(scale: ScaleName | AnswerScale) -> tuple[float, float]:
    """Return the lowest and the highest value of a scale."""
    low, high = scale.split("..")
    return float(low), float(high)


def read_number_or_word(value: Data) -> float | str:
    """Parse a number, or a word such as a feeling; its range and the valid words depend on the file."""
    if type(value) in (int, float):
        if not abs(value) <= LARGEST:
            raise fault("out-of-range", "this is not a number that a scale can have", "write a number of the scale")
        return float(value)
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise fault("wrong-type", "a number or a feeling word is expected here", "write a number of the scale, or one word")


def read_label(value: Data) -> str:
    """Parse what data has in a cell: text, or a number, which YAML reads from `404`; blanks around it stay."""
    text = as_text(value)
    if text is None or not text.strip():
        help = 'write it in quotes, such as "yes"' if isinstance(value, bool) else "write the text that the data has"
        raise fault("wrong-type" if text is None else "empty-value", "a label of the data is expected here", help)
    return text


Label = Annotated[str, Reads(read_label, {"type": ["string", "number"], "minLength": 1})]
"""What data has in a cell: the name of an activity or a question, the value of a column."""

NumberOrWord = Annotated[
    float | str, Reads(read_number_or_word, {"type": ["number", "string"], "minLength": 1, **NUMBERS})
]


_PERCENT = re.compile(r"(-?[0-9]{1,15}(?:\.[0-9]{1,15})?) ?%")
_SHARE_HELP = "write a share from 0 to 1, such as 0.3 or 30%"
SHARE_PATTERN = r"(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?) ?%"
"""A percentage in the JSON Schema."""
_SHARE_SCHEMA = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": 1},
        {"type": "string", "pattern": f"^{SHARE_PATTERN}$"},
    ]
}


def percent_in(text: str) -> float | None:
    """Return a percentage as a share, `85%` as 0.85; None for other texts."""
    match = _PERCENT.fullmatch(text)
    return float(match[1]) / 100 if match else None


def read_share(value: Data, help: str = _SHARE_HELP) -> float:
    """Parse a share of 0 to 1, written as a number or as a percentage."""
    if type(value) in (int, float):
        if 0 <= value <= 1:
            return float(value)
        percent = f"{value:g}%"
        advice = Advice(f"did you mean {percent}?", (percent,)) if 1 < value <= 100 else Advice(help)
        raise fault("out-of-range", f"{value:g} is not between 0 and 1", *advice)
    if not isinstance(value, str):
        raise fault("wrong-type", "a share is expected here", help)
    text = value.strip()
    share = percent_in(text)
    if share is None:
        number = text.removesuffix("%").strip().replace(",", ".", 1)
        meant = f"{number}%" if text.endswith("%") else number
        if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,9})?|\.[0-9]{1,9}", number) and 0 <= _share(meant) <= 1:
            raise fault("wrong-type", f'"{text}" is not a share', *Advice.write(meant))
        raise fault("wrong-type", f'"{text[:60]}" is not a share', help)
    if not 0 <= share <= 1:
        raise fault("out-of-range", f"{text} is not between 0% and 100%", help)
    return share


def _share(text: str) -> float:
    share = percent_in(text)
    return float(text) if share is None else share


Share = Annotated[float, Reads(read_share, _SHARE_SCHEMA)]
"""A share of 0 to 1; `30%` is 0.3."""


def one_of_or_share(*words: str) -> Reads:
    """Return the annotation of a level in words, or a share."""
    listed = ", ".join(words)
    help = f"write {listed}, or a share from 0 to 1"

    def read(value: Data) -> float | str:
        if isinstance(value, str) and value in words:
            return value
        if type(value) in (int, float) or (isinstance(value, str) and percent_in(value.strip()) is not None):
            return read_share(value, help)
        shown = f'"{value[:60]}"' if isinstance(value, str) else "this"
        raise fault("unknown-choice", f"{shown} is not one of {listed}", *_near(value, words, help))

    return Reads(read, {"anyOf": [{"enum": list(words)}, *_SHARE_SCHEMA["anyOf"]]})


def _near(value: Data, words: tuple[str, ...], usual: str) -> Advice:
    from difflib import get_close_matches

    near = get_close_matches(str(value)[:60].casefold(), words, n=1, cutoff=0.6)
    return Advice.meant(near[0]) if near else Advice(usual)


_URL = re.compile(r"(?:https?://[^\s/?#@]+(?:[/?#]\S*)?|mailto:[^\s@?]+@[^\s@?]+(?:\?\S*)?)", re.IGNORECASE)
_BARE = re.compile(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}(?=[/?#]|$))\S*", re.IGNORECASE)
_URL_HELP = "write the whole address, such as https://example.org/ticket/7 or mailto:anna@example.org"


def read_url(value: Data) -> str:
    """Parse the address of a web page or of a mailbox; others, such as `javascript:`, may run something."""
    if not isinstance(value, str):
        raise fault("wrong-type", "an address is expected here", _URL_HELP)
    text = value.strip()
    if _URL.fullmatch(text) and len(text) <= 2000 and text.isprintable():
        return text
    if not text:
        raise fault("empty-value", "the address is empty", "write it, or remove it")
    shown = text if len(text) <= 60 else text[:57] + "…"
    if re.fullmatch(r"[^\s@:/?]+@[^\s@:/?]+\.[a-z]{2,24}", text, re.IGNORECASE):
        raise fault("bad-link", f'"{shown}" is no address', *Advice.meant(f"mailto:{text}"))
    if _BARE.fullmatch(text) and len(text) <= 60:
        raise fault("bad-link", f'"{shown}" is no address', *Advice.meant(f"https://{text}"))
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", text)
    if scheme and scheme[1].lower() not in ("http", "https", "mailto"):
        raise fault("bad-link", f'"{shown}" is no http, https or mailto address', _URL_HELP)
    raise fault("bad-link", f'"{shown}" is no address', _URL_HELP)


Url = Annotated[
    str, Reads(read_url, {"type": "string", "pattern": "^ *([hH][tT][tT][pP][sS]?://|[mM][aA][iI][lL][tT][oO]:)"})
]
"""The address of a web page (http, https) or of a mailbox (mailto)."""


def _relative(text: str) -> str | None:
    """Return why a text is not the path of another file of a repository; None if it is one."""
    if "\\" in text:
        return "paths are written with /"
    if text.startswith(("/", "~")) or re.match(r"[A-Za-z]:|[A-Za-z][A-Za-z0-9+.-]+:", text):
        return "write the path from this file, such as pictures/call.png"
    return None if text.isprintable() else "write a path without control characters"


def read_image_path(value: Data) -> str:
    """Parse the path of a picture, relative to the file."""
    if not isinstance(value, str):
        raise fault("wrong-type", "the path of a picture is expected here", "write a path, such as pictures/call.png")
    text = value.strip()
    if not text:
        raise fault("empty-value", "the path is empty", "write it, or remove the key")
    if why := _relative(text):
        raise fault("bad-image", f'"{text[:60]}" is no path inside the repository', why)
    return text


_PATH_PATTERN = r"(?![/~]|[A-Za-z][A-Za-z0-9+.-]*:)[^\\]*[^\\ ]"
ImagePath = Annotated[str, Reads(read_image_path, {"type": "string", "pattern": f"^{_PATH_PATTERN}$"})]
"""The path of a picture, relative to the journey's file."""


def read_journey_target(value: Data) -> str:
    """Parse the id of another journey, or the path of its file."""
    help = "write the id of a journey, or the path of its file, such as ../returns.journey.yaml"
    if not isinstance(value, str):
        raise fault("wrong-type", "the id or path of a journey is expected here", help)
    text = value.strip()
    if not text:
        raise fault("empty-value", "the journey is not named", "write its id or path, or remove the key")
    if re.fullmatch(SLUG, text):
        return text
    if not text.endswith((".yaml", ".yml")) or _relative(text) is not None:
        raise fault("bad-id", f'"{text[:60]}" is neither the id nor the path of a journey', help)
    return text


JourneyTarget = Annotated[
    str, Reads(read_journey_target, {"type": "string", "pattern": rf"^({SLUG}|{_PATH_PATTERN}\.ya?ml)$"})
]
"""The id of another journey, or the path of its file, relative to this one."""

Risk = Annotated[float | str, one_of_or_share("none", "low", "medium", "high")]
Confidence = Annotated[float | str, one_of_or_share("low", "medium", "high")]


def read_fact(value: Data) -> str | float:
    """Parse a text or a number."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    if type(value) in (int, float) and abs(value) <= LARGEST:
        return value  # type: ignore[no-any-return]
    raise fault("wrong-type", "a text or a number is expected here", 'write a text, such as "yes", or a number')


Fact = Annotated[str | float, Reads(read_fact, {"type": ["string", "number"], "minLength": 1, **NUMBERS})]


def read_consent(value: Data) -> str | bool:
    """Parse how customers agreed to be quoted: in words, or as true or false."""
    if isinstance(value, bool) or (isinstance(value, str) and value.strip()):
        return value
    raise fault("wrong-type", "words, true or false are expected here", "write words, such as: anonymised with consent")


Consent = Annotated[str | bool, Reads(read_consent, {"type": ["string", "boolean"], "minLength": 1})]
