"""Read journey files: text to a `Document` with the journey, the span of every value, and the findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from journeykit.errors import InvalidJourneyError
from journeykit.files import read_named_file
from journeykit.finding import Finding, Severity, finding_at
from journeykit.model import Journey, Stage
from journeykit.model.normalisation import TOUCHPOINT_KEYS, Aliases, normalise
from journeykit.reading.checks import JourneyData, all_checks
from journeykit.reading.fault_findings import data_findings, yaml_findings
from journeykit.reading.faults import Fault
from journeykit.reading.schema import schema_faults
from journeykit.reading.shared import NOTHING_SHARED, Shared
from journeykit.reading.yaml_builder import ParsedYaml
from journeykit.reading.yaml_text import parse_yaml
from journeykit.source import KeyPath, Source, Span

MAX_BYTES = 4 * 1024 * 1024


class Document(NamedTuple):
    """A file that was read: its source, the journey (None if the file is not valid), and the findings.

    `shared` holds the shared definitions it was read with; `borrowed` are the paths of the values that the journey
    takes from them.
    """

    source: Source
    journey: Journey | None
    findings: tuple[Finding, ...] = ()
    borrowed: frozenset[KeyPath] = frozenset()
    shared: Shared = NOTHING_SHARED
    yaml: ParsedYaml | None = None
    """The parsed YAML; None if the file does not hold a mapping."""


def read_file(path: Path, name: str | None = None, shared: Shared = NOTHING_SHARED) -> Document:
    """Read a file, with shared definitions. Raises OSError if it cannot be opened, and no other error."""
    return read_bytes(read_named_file(path, MAX_BYTES), name if name is not None else str(path), shared)


def load(path: Path | str) -> Journey:
    """Return the journey in a file.

    Raises OSError if the file cannot be opened, InvalidJourneyError if it is not a valid journey.
    """
    document = read_file(Path(path))
    if document.journey is None:
        lines = [
            f"{finding.file}:{finding.start.line}:{finding.start.column}: {finding.message}"
            for finding in document.findings
        ]
        raise InvalidJourneyError("\n".join(lines), document.findings)
    return document.journey


def read_bytes(data: bytes, name: str, shared: Shared = NOTHING_SHARED) -> Document:
    """Read UTF-8 text, with or without a byte order mark.

    `name` is the file name in messages; the default id is made from it.
    """
    if len(data) > MAX_BYTES:
        return _refused(Source(name, ""), "too-large", "the file is larger than 4 MiB", "split the journey", Span(0, 0))
    try:
        return read_text(data.decode("utf-8"), name, shared)
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, name, shared)


def _not_utf8(data: bytes, start: int, name: str, shared: Shared) -> Document:
    """Report the first byte that is not UTF-8, and the findings on the lines that could be decoded."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data:
        message = "the file is UTF-16, not UTF-8" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "the file is not text"
        return _refused(Source(name, ""), "not-utf-8", message, "save the file as UTF-8", Span(0, 0))
    text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    at = len(data[:start].decode("utf-8", errors="replace").removeprefix("\ufeff"))
    document = read_text(text, name, shared)
    source = document.source
    message = f"byte 0x{data[start]:02x} is not UTF-8"
    first = finding_at(source, Span(at, at + 1), "not-utf-8", Severity.ERROR, message, "save the file as UTF-8")
    others = [finding for finding in document.findings if not any("\ufffd" in line for line in finding.lines)]
    return Document(source, None, (first, *others))


def read_text(text: str, name: str, shared: Shared = NOTHING_SHARED) -> Document:
    """Read the text of a journey. Never raises.

    `name` is the file name in messages; the default id is made from it.
    """
    text = text.removeprefix("\ufeff")
    return read_parsed(text, parse_yaml(text), name, shared)


def read_parsed(text: str, parsed: ParsedYaml, name: str, shared: Shared = NOTHING_SHARED) -> Document:
    """Do what `read_text` does, for a text that is parsed already and has no byte order mark."""
    if parsed.root is None or not isinstance(parsed.data, dict):
        return _not_a_journey(Source(name, text, parsed.root), parsed)
    if wrapper := _wrapper(parsed.data):
        source, message = Source(name, text, parsed.root), f'"{wrapper}" around the whole journey is not needed'
        help = "remove it, and move what is below it to the left"
        return _refused(source, "unknown-key", message, help, source.locate((wrapper,), "key"), (wrapper,))
    data, faults = parsed.data, list[Fault]()
    misplaced = _touchpoints_as_stages(data)
    if misplaced:
        faults.append(Fault("stages-or-touchpoints", ("stages",), "these are touchpoints", MISPLACED, "key"))
        data = {**{key: value for key, value in data.items() if key != "stages"}, "touchpoints": data["stages"]}
    data, borrowed = shared.added_to(data)
    normal = normalise(data, file_stem(name))
    source = Source(name, text, parsed.root, _below_stages(normal.aliases) if misplaced else normal.aliases)
    flat = not isinstance(data.get("stages"), list)
    journey: Journey | None = None
    try:
        journey = Journey.from_normalised(normal.data)
    except ValidationError as error:
        faults += schema_faults(error, normal.data, data, flat)
    journey_data = JourneyData(data, normal)
    for check in all_checks():
        faults += check(journey_data)
    findings = yaml_findings(source, parsed.faults) + data_findings(source, faults, parsed)
    findings.sort(key=lambda finding: finding.order)
    return Document(source, None if findings else journey, tuple(findings), borrowed, shared, parsed)


MISPLACED = "write touchpoints: instead of stages:, or put them below a stage, under its touchpoints:"


def _touchpoints_as_stages(data: dict[Any, Any]) -> bool:
    """Return whether the items under `stages` are touchpoints, and none of them is a stage."""
    items = data.get("stages")
    if not isinstance(items, list) or "touchpoints" in data or not all(isinstance(item, dict) for item in items):
        return False
    touchpoint_only = TOUCHPOINT_KEYS - Stage.model_fields.keys()
    if any(item.keys() & STAGE_KEYS for item in items):
        return False
    return any(item.keys() & touchpoint_only or any(map(_is_title_with_feeling, item.items())) for item in items)


def _is_title_with_feeling(pair: tuple[Any, Any]) -> bool:
    return isinstance(pair[0], str) and " " in pair[0] and isinstance(pair[1], str)


STAGE_KEYS = frozenset(("name", "touchpoints", "phase", "goal"))
"""Keys that only stages have."""


def _below_stages(aliases: Aliases) -> Aliases:
    """Return the aliases of touchpoints that the file has under `stages`."""
    moved: Aliases = {("touchpoints",): (("stages",), "value")}
    for path, (target, part) in aliases.items():
        moved[path] = (("stages", *target[1:]) if target[:1] == ("touchpoints",) else target, part)
    return moved


def _wrapper(data: dict[Any, Any]) -> str | None:
    """Return the only key of a file if the whole journey is nested below it, else None."""
    key, value = next(iter(data.items()), (None, None))
    if len(data) != 1 or key in Journey.model_fields or not isinstance(value, dict) or not isinstance(key, str):
        return None
    return key if value.keys() & {"title", "persona", "touchpoints", "stages"} else None


def file_stem(name: str) -> str:
    """Return the name of a journey's file without its folder and endings."""
    stem = Path(name).name
    for ending in (".yaml", ".yml", ".journey"):
        stem = stem.removesuffix(ending)
    return stem


def _not_a_journey(source: Source, parsed: ParsedYaml) -> Document:
    findings = yaml_findings(source, parsed.faults)
    if not findings:
        if parsed.root is None or parsed.data is None:
            message, span = "the file is empty", Span(0, 0)
        else:
            message, span = "a journey is a mapping that starts with title:", source.locate(())
        help = "write title:, persona: and touchpoints:"
        if isinstance(parsed.data, list):
            help += ", without a - before them"
        return _refused(source, "not-a-journey", message, help, span)
    return Document(source, None, tuple(sorted(findings, key=lambda finding: finding.order)))


def _refused(source: Source, rule: str, message: str, help: str, span: Span, path: tuple[str, ...] = ()) -> Document:
    return Document(source, None, (finding_at(source, span, rule, Severity.ERROR, message, help, path),))
