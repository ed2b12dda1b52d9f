"""Text to document: what a file holds, where it stands, and everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath

from pydantic import ValidationError

from journeykit.errors import InvalidJourneyError
from journeykit.finding import Finding, Severity, finding_at
from journeykit.model import Journey
from journeykit.model.normal import normalise
from journeykit.reading.checks import Facts, all_checks
from journeykit.reading.faults import Fault
from journeykit.reading.schema import schema_faults
from journeykit.reading.yaml_text import Built, build
from journeykit.source import Path, Source, Span

MAX_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class Document:
    """A file that was read: its text with the places of its values, the journey (None if it is none), the faults."""

    source: Source
    journey: Journey | None
    findings: tuple[Finding, ...] = ()


def read_file(path: FilePath, name: str | None = None) -> Document:
    """Read a file; raises OSError if it cannot be opened, nothing else."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    return read_bytes(data, name if name is not None else str(path))


def load(path: FilePath | str) -> Journey:
    """The journey in a file. Raises OSError if it cannot be opened, InvalidJourneyError if it is no journey."""
    document = read_file(FilePath(path))
    if document.journey is None:
        lines = [
            f"{finding.file}:{finding.start.line}:{finding.start.column}: {finding.message}"
            for finding in document.findings
        ]
        raise InvalidJourneyError("\n".join(lines), document.findings)
    return document.journey


def read_bytes(data: bytes, name: str) -> Document:
    """Read UTF-8 text, with or without a byte order mark; `name` stands in messages and gives the default id."""
    if len(data) > MAX_BYTES:
        return _refused(Source(name, ""), "too-large", "the file is larger than 4 MiB", "split the journey", Span(0, 0))
    try:
        return read_text(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", errors="replace")
        at = len(data[: error.start].decode("utf-8", errors="replace"))
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return _refused(Source(name, text), "not-utf-8", message, "save the file as UTF-8", Span(at, at + 1))


def read_text(text: str, name: str) -> Document:
    """Read the text of a journey; `name` stands in messages and gives the default id. Never raises."""
    text = text.removeprefix("\ufeff")
    built = build(text)
    if built.root is None or not isinstance(built.data, dict):
        return _not_a_journey(Source(name, text, built.root), built)
    normal = normalise(built.data, _stem(name))
    source = Source(name, text, built.root, normal.places)
    flat = not isinstance(built.data.get("stages"), list)
    faults: list[Fault] = []
    journey: Journey | None = None
    try:
        journey = Journey.from_normal(normal.data)
    except ValidationError as error:
        faults += schema_faults(error, flat)
    facts = Facts(built.data, normal)
    for check in all_checks():
        faults += check(facts)
    findings = _from_yaml(source, built) + _from_data(source, faults)
    findings.sort(key=lambda finding: finding.order)
    return Document(source, None if findings else journey, tuple(findings))


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


def _from_data(source: Source, faults: list[Fault]) -> list[Finding]:
    found: list[Finding] = []
    seen: set[Path] = set()
    for fault in faults:
        if fault.path in seen:  # the models and a check stumbled over the same value
            continue
        seen.add(fault.path)
        span = source.locate(fault.path, fault.part)
        path = fault.path if fault.rule != "missing-key" or source.has(fault.path) else fault.path[:-1]
        found.append(finding_at(source, span, fault.rule, Severity.ERROR, fault.message, fault.help, path))
    return found


def _not_a_journey(source: Source, built: Built) -> Document:
    findings = _from_yaml(source, built)
    if not findings:
        if built.root is None or built.data is None:
            message, span = "the file is empty", Span(0, 0)
        else:
            message, span = "a journey is a mapping that starts with title:", source.locate(())
        return _refused(source, "not-a-journey", message, "write title:, persona: and touchpoints:", span)
    return Document(source, None, tuple(sorted(findings, key=lambda finding: finding.order)))


def _refused(source: Source, rule: str, message: str, help: str, span: Span) -> Document:
    return Document(source, None, (finding_at(source, span, rule, Severity.ERROR, message, help),))
