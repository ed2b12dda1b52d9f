"""Text to document: what a file holds, where it stands, and everything that is wrong with it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from pydantic import ValidationError

from journeykit.errors import InvalidJourneyError
from journeykit.files import read_named_file
from journeykit.finding import Finding, Severity, finding_at
from journeykit.model import Journey, Stage
from journeykit.model.normal import TOUCHPOINT_KEYS, Places, normalise
from journeykit.reading.as_written import as_written
from journeykit.reading.checks import Facts, all_checks
from journeykit.reading.faults import Fault
from journeykit.reading.schema import schema_faults
from journeykit.reading.shared import NOTHING_SHARED, Shared
from journeykit.reading.yaml_builder import Built
from journeykit.reading.yaml_text import build
from journeykit.source import Path, Position, Source, Span

MAX_BYTES = 4 * 1024 * 1024


class Document(NamedTuple):
    """A file that was read: its text with the places of its values, the journey (None if it is none), the faults.

    `shared` is what it was read with; `borrowed` are the paths of what the journey has from there, not from the file.
    """

    source: Source
    journey: Journey | None
    findings: tuple[Finding, ...] = ()
    borrowed: frozenset[Path] = frozenset()
    shared: Shared = NOTHING_SHARED
    built: Built | None = None
    """What its YAML holds, as it was read; none where it is no journey."""


def read_file(path: FilePath, name: str | None = None, shared: Shared = NOTHING_SHARED) -> Document:
    """Read a file, with what it shares with others; raises OSError if it cannot be opened, nothing else."""
    return read_bytes(read_named_file(path, MAX_BYTES), name if name is not None else str(path), shared)


def load(path: FilePath | str) -> Journey:
    """Return the journey in a file. Raises OSError if it cannot be opened, InvalidJourneyError if it is no journey."""
    document = read_file(FilePath(path))
    if document.journey is None:
        lines = [
            f"{finding.file}:{finding.start.line}:{finding.start.column}: {finding.message}"
            for finding in document.findings
        ]
        raise InvalidJourneyError("\n".join(lines), document.findings)
    return document.journey


def read_bytes(data: bytes, name: str, shared: Shared = NOTHING_SHARED) -> Document:
    """Read UTF-8 text, with or without a byte order mark; `name` stands in messages and gives the default id."""
    if len(data) > MAX_BYTES:
        return _refused(Source(name, ""), "too-large", "the file is larger than 4 MiB", "split the journey", Span(0, 0))
    try:
        return read_text(data.decode("utf-8"), name, shared)
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, name, shared)


def _not_utf8(data: bytes, start: int, name: str, shared: Shared) -> Document:
    """Return what the first byte says that is not UTF-8, and what can be said of the rest."""
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
    """Read the text of a journey; `name` stands in messages and gives the default id. Never raises."""
    text = text.removeprefix("\ufeff")
    return read_built(text, build(text), name, shared)


def read_built(text: str, built: Built, name: str, shared: Shared = NOTHING_SHARED) -> Document:
    """Do as `read_text` for a text whose YAML was read already; it begins with no byte order mark."""
    if built.root is None or not isinstance(built.data, dict):
        return _not_a_journey(Source(name, text, built.root), built)
    if wrapper := _wrapper(built.data):
        source, message = Source(name, text, built.root), f'"{wrapper}" around the whole journey is not needed'
        help = "remove it, and move what is below it to the left"
        return _refused(source, "unknown-key", message, help, source.locate((wrapper,), "key"), (wrapper,))
    data, faults = built.data, list[Fault]()
    misplaced = _touchpoints_as_stages(data)
    if misplaced:
        faults.append(Fault("stages-or-touchpoints", ("stages",), "these are touchpoints", MISPLACED, "key"))
        data = {**{key: value for key, value in data.items() if key != "stages"}, "touchpoints": data["stages"]}
    data, borrowed = shared.added_to(data)
    normal = normalise(data, _stem(name))
    source = Source(name, text, built.root, _below_stages(normal.places) if misplaced else normal.places)
    flat = not isinstance(data.get("stages"), list)
    journey: Journey | None = None
    try:
        journey = Journey.from_normal(normal.data)
    except ValidationError as error:
        faults += schema_faults(error, normal.data, flat)
    facts = Facts(data, normal)
    for check in all_checks():
        faults += check(facts)
    findings = _from_yaml(source, built) + _from_data(source, faults, built)
    findings.sort(key=lambda finding: finding.order)
    return Document(source, None if findings else journey, tuple(findings), borrowed, shared, built)


MISPLACED = "write touchpoints: instead of stages:, or put them below a stage, under its touchpoints:"


def _touchpoints_as_stages(data: dict[Any, Any]) -> bool:
    """Return whether what stands under `stages` are touchpoints, and no stage among them."""
    items = data.get("stages")
    if not isinstance(items, list) or "touchpoints" in data or not all(isinstance(item, dict) for item in items):
        return False
    telling = TOUCHPOINT_KEYS - Stage.model_fields.keys()
    if any(item.keys() & STAGE_KEYS for item in items):
        return False
    return any(item.keys() & telling or any(map(_is_title_with_feeling, item.items())) for item in items)


def _is_title_with_feeling(pair: tuple[Any, Any]) -> bool:
    return isinstance(pair[0], str) and " " in pair[0] and isinstance(pair[1], str)


STAGE_KEYS = frozenset(("name", "touchpoints", "phase", "goal"))
"""Keys that only stages have."""


def _below_stages(places: Places) -> Places:
    """Return places of touchpoints that the file has under `stages`."""
    moved: Places = {("touchpoints",): (("stages",), "value")}
    for path, (target, part) in places.items():
        moved[path] = (("stages", *target[1:]) if target[:1] == ("touchpoints",) else target, part)
    return moved


def _wrapper(data: dict[Any, Any]) -> str | None:
    """Return the one key of a file, where the whole journey stands below it."""
    key, value = next(iter(data.items()), (None, None))
    if len(data) != 1 or key in Journey.model_fields or not isinstance(value, dict) or not isinstance(key, str):
        return None
    return key if value.keys() & {"title", "persona", "touchpoints", "stages"} else None


def _stem(name: str) -> str:
    stem = FilePath(name).name
    for ending in (".yaml", ".yml", ".journey"):
        stem = stem.removesuffix(ending)
    return stem


def _from_yaml(source: Source, built: Built) -> list[Finding]:
    return [
        finding_at(source, Span(fault.start, fault.end), fault.rule, Severity.ERROR, fault.message, fault.help)
        for fault in built.faults
    ]


CONSEQUENCES = frozenset(
    ("missing-key", "too-short", "stages-or-touchpoints", "unknown-id", "decision-shares", "sums-differ", "one-form")
)
"""Rules that tell of something that is not there: it may be what stands where the YAML itself is wrong."""


def _from_data(source: Source, faults: list[Fault], built: Built) -> list[Finding]:
    """Return the findings on the data, each mistake once, without the consequences of mistakes in the YAML."""
    found: list[Finding] = []
    seen: set[object] = set()
    lost = set(CONSEQUENCES) if built.mended else set()
    if any(fault.rule == "duplicate-key" for fault in built.faults):
        lost.add("unknown-id")
    spoilt = _Spoilt(source, built)
    for fault in faults:
        span = source.locate(fault.path, fault.part)
        place = (span, fault.rule, fault.message)  # an alias shows the same mistake at several paths
        if fault.path in seen or place in seen or fault.rule in lost or spoilt.holds(span):
            continue
        seen.update((fault.path, place))
        path = fault.path if fault.rule != "missing-key" or source.has(fault.path) else fault.path[:-1]
        found.append(as_written(source, span, fault, path))
    return found


class _Spoilt:
    """The stretches of a text where the YAML is wrong already; of a syntax error the whole line."""

    def __init__(self, source: Source, built: Built) -> None:
        stretches = []
        for fault in built.faults:
            stretches.append((fault.start, max(fault.end, fault.spoils, fault.start + 1)))
            if fault.blank:
                line = source.position(fault.start).line
                stretches.append((source.offset(Position(line, 1)), source.offset(Position(line + 1, 1))))
                stretches.append((fault.blank.start, fault.blank.end))
        stretches.sort()
        self.starts = [start for start, _ in stretches]
        self.ends = list(accumulate((end for _, end in stretches), max))

    def holds(self, span: Span) -> bool:
        """Return whether a value touches one of them."""
        at = bisect_right(self.starts, span.end)
        return at > 0 and span.start < self.ends[at - 1]


def _not_a_journey(source: Source, built: Built) -> Document:
    findings = _from_yaml(source, built)
    if not findings:
        if built.root is None or built.data is None:
            message, span = "the file is empty", Span(0, 0)
        else:
            message, span = "a journey is a mapping that starts with title:", source.locate(())
        help = "write title:, persona: and touchpoints:"
        if isinstance(built.data, list):
            help += ", without a - before them"
        return _refused(source, "not-a-journey", message, help, span)
    return Document(source, None, tuple(sorted(findings, key=lambda finding: finding.order)))


def _refused(source: Source, rule: str, message: str, help: str, span: Span, path: tuple[str, ...] = ()) -> Document:
    return Document(source, None, (finding_at(source, span, rule, Severity.ERROR, message, help, path),))
