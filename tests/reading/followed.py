"""Follow what the help of a finding says, at its place, and say what is worse afterwards."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from journeykit.finding import Finding
from journeykit.reading import Document, read_text
from journeykit.source import KeyPath

Way = Callable[[Document, Finding, "re.Match[str]"], Iterator[Document]]
ACROSS = frozenset(
    ("unknown-id", "counts-off-scale", "sums-differ", "time-goes-back", "mixed-times", "decision-shares",
     "duplicate-id", "too-short", "missing-key", "one-form", "bad-weights", "duplicate-key")
)  # fmt: skip
"""Rules across several values: they judge what could not be read before."""
DEPENDENT = ("kind", "scale")
"""Keys whose value decides how others beside them are read."""


def in_place(document: Document, finding: Finding, text: str) -> Document:
    """Write a text in place of what the finding is about."""
    source = document.source
    start, end = source.offset(finding.start), source.offset(finding.end)
    return read_text(source.text[:start] + text + source.text[end:], source.name)


def changed(document: Document, change: Callable[[Any], None]) -> Document:
    """Change the data of a file, and read it anew."""
    assert document.yaml is not None
    data = copy.deepcopy(document.yaml.data)
    change(data)
    return read_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), document.source.name)


def at(data: Any, path: KeyPath) -> Any:
    for step in path:
        data = data[step]
    return data


def worse(before: Document, after: Document, finding: Finding) -> list[str]:
    """Return what is worse than before: the finding is still there, an error is new, or other data has changed.

    Errors that could not be found before are not new: those that compare several values, those of a value whose key was
    unknown, and those of the parts beside a kind or scale that is known now.
    """
    found = [f"still there: {one.message}" for one in after.findings if _said(one) == _said(finding)]
    old = {_said(one)[:2] for one in before.findings}
    uncovered = finding.rule == "unknown-key" or finding.path[-1:] in [(key,) for key in DEPENDENT]
    for one in after.findings:
        beside = uncovered and one.path[: len(finding.path) - 1] == finding.path[:-1] and one.path != finding.path
        beside = beside or (finding.message == '"kind" is missing' and one.path[: len(finding.path)] == finding.path)
        if _said(one)[:2] not in old and one.rule not in ACROSS and not beside:
            found.append(f"new: {one.rule}: {one.message}")
    if before.yaml is not None and not any(one.rule == "yaml-syntax" for one in before.findings):
        assert after.yaml is not None, after.findings
        steps = [n for n, step in enumerate(finding.path) if isinstance(step, str)]
        holder = finding.path[: steps[-1]] if steps else ()
        moved = holder and holder[0] not in after.yaml.data  # `touchpoints:` instead of `stages:`
        if holder and not moved and outside(before.yaml.data, holder) != outside(after.yaml.data, holder):
            found.append(f"lost or changed outside {holder}")
        if len(finding.path) == 1 and not moved:
            old_data, data = before.yaml.data, after.yaml.data
            lost = [key for key in old_data if key != finding.path[0] and data.get(key) != old_data[key]]
            found += [f"lost or changed: {key}" for key in lost]
    return found


def outside(data: Any, path: KeyPath) -> Any:
    """Return data without what is at a path."""
    kept = copy.deepcopy(data)
    at(kept, path[:-1])[path[-1]] = None
    return kept


def _said(finding: Finding) -> tuple[str, str, KeyPath]:
    return finding.rule, finding.message, finding.path


def texts(document: Document, finding: Finding, match: re.Match[str]) -> Iterator[Document]:
    """Write each of the texts in place of what is wrong: those in parentheses, if there are any."""
    within = re.findall(r"\(([^()]+)\)", match["texts"]) or [match["texts"]]
    for text in (one for part in within for one in re.split(r", or |, | or ", part)):
        yield in_place(document, finding, text)


def span(document: Document, finding: Finding, match: re.Match[str]) -> Iterator[Document]:
    """Write the lowest and the highest number."""
    for text in (match["low"], match["high"]):
        yield in_place(document, finding, text)


def choices(document: Document, finding: Finding, _: re.Match[str]) -> Iterator[Document]:
    found = re.search(r"must be one of (.+?), not ", finding.message)
    assert found
    for text in found[1].split(", "):
        yield in_place(document, finding, text)


def known(document: Document, finding: Finding, match: re.Match[str]) -> Iterator[Document]:
    for id in match["texts"].removesuffix(" …").split(", "):
        yield in_place(document, finding, id)


def known_keys(document: Document, finding: Finding, match: re.Match[str]) -> Iterator[Document]:
    """Write each key that is not there yet in place of the unknown one."""
    assert document.yaml is not None
    holder = at(document.yaml.data, finding.path[:-1])
    for key in match["texts"].split(", "):
        if key not in holder:
            yield in_place(document, finding, key)


def remove(document: Document, finding: Finding, _: re.Match[str]) -> Iterator[Document]:
    def change(data: Any) -> None:
        del at(data, finding.path[:-1])[finding.path[-1]]

    yield changed(document, change)


def as_fact(document: Document, finding: Finding, _: re.Match[str]) -> Iterator[Document]:
    def change(data: Any) -> None:
        persona = at(data, finding.path[:-1])
        value = persona.pop(finding.path[-1])
        facts = persona.setdefault("facts", {})
        facts[finding.path[-1]] = value if isinstance(value, (str, int, float)) else "text"

    yield changed(document, change)


def to_satisfaction(document: Document, finding: Finding, match: re.Match[str]) -> Iterator[Document]:
    """Remove the feeling, or that of `title: 3`, and write the number under `satisfaction`."""

    def change(data: Any) -> None:
        end = next(n for n, step in enumerate(finding.path) if step == "feeling")
        holder = at(data, finding.path[:end])
        if "feeling" in holder:
            del holder["feeling"]
        else:
            title = next(iter(holder))
            del holder[title]
            holder["title"] = title
        holder["satisfaction"] = yaml.safe_load(match["texts"])

    yield changed(document, change)


def as_title(document: Document, finding: Finding, match: re.Match[str]) -> Iterator[Document]:
    """Write `title: …` for a title that is a key; what is below it goes beside it."""

    def change(data: Any) -> None:
        holder = at(data, finding.path[:-1])
        below = holder.pop(finding.path[-1])
        holder[match["key"]] = finding.path[-1]
        if isinstance(below, str):
            holder["feeling"] = [below, *([holder["feeling"]] if isinstance(holder.get("feeling"), str) else [])]
        else:
            holder.update({"touchpoints": below} if isinstance(below, list) else below or {})

    yield changed(document, change)


def only_persona(document: Document, finding: Finding, match: re.Match[str]) -> Iterator[Document]:
    yield in_place(document, finding, match["texts"])


def renamed(document: Document, _finding: Finding, _: re.Match[str]) -> Iterator[Document]:
    def change(data: Any) -> None:
        data["touchpoints"] = data.pop("stages")

    yield changed(document, change)


VALUES: dict[str, Any] = {
    "answer": "yes", "from": "call", "goal": "I am done", "id": "new-id", "kind": "rating", "mean": 1, "n": 500,
    "name": "A name", "options": [{"answer": "yes", "to": "end"}, {"answer": "no", "to": "end"}], "persona": "A person",
    "question": "Do I go?", "title": "A title", "to": "end", "what": "Something", "team": "Team", "at": ["call"],
    "url": "https://example.org/a", "file": "a.png", "alt": "A picture", "journey": "b",
}  # fmt: skip


def add(document: Document, finding: Finding, match: re.Match[str]) -> Iterator[Document]:
    def change(data: Any) -> None:
        path = finding.path[:-1] if finding.path[-1:] == (match["key"],) else finding.path
        at(data, path)[match["key"]] = VALUES[match["key"]]

    yield changed(document, change)


def n_or_none(document: Document, finding: Finding, match: re.Match[str]) -> Iterator[Document]:
    yield in_place(document, finding, match["texts"])
    yield from remove(document, finding, match)


def value_of_key(document: Document, finding: Finding, match: re.Match[str]) -> Iterator[Document]:
    """Write `key: value` for the value alone, which the finding is about."""
    yield in_place(document, finding, match["texts"])


def ids_as_items(document: Document, finding: Finding, _: re.Match[str]) -> Iterator[Document]:
    """Write the items of a mapping from ids as a list of items with ids."""

    def change(data: Any) -> None:
        holder = at(data, finding.path[:-1])
        holder[finding.path[-1]] = [{"id": id, **item} for id, item in holder[finding.path[-1]].items()]

    yield changed(document, change)


WAYS: tuple[tuple[str, Way], ...] = (
    (r"write a number (?:of the scale )?from (?P<low>[-\d.]+) to (?P<high>[-\d.]+)(?:, or .*|; .*)?", span),
    (r"count answers from (?P<low>[-\d.]+) to (?P<high>[-\d.]+)(?:, or .*)?", span),
    (r"write a whole number from (?P<low>[-\d.]+) to (?P<high>[-\d.]+)", span),
    (r"write a share from (?P<low>0%) to (?P<high>100%)", span),
    (r"write (?P<texts>\d+) or more", texts),
    (r"write (?P<key>title|name): (?P<texts>[^…]+?)(?:, and its .*)?", as_title),
    (r"one journey has one persona: write persona: (?P<texts>.+), and a file for each other one", only_persona),
    (r"write touchpoints: instead of stages:, or put them below .*", renamed),
    (r"write a share such as (?P<texts>85%)", texts),
    (r"write (?:channels|target): (?P<texts>\{[^…]+\})", value_of_key),
    (r"write a share from 0 to 1, such as (?P<texts>0.3 or 30%)", texts),
    (r"write (?P<texts>(?:none, )?low, medium, high), or a share from 0 to 1", texts),
    (r"write one of these", choices),
    (r"write (?P<texts>[-\d]+\.\.\d+): the highest number is the best on every scale", texts),
    (r"start each item with a -: - id: \S+, with the keys of the item below id", ids_as_items),
    (r"known: (?P<texts>.+)", known),
    (r"known here: (?P<texts>.+)", known_keys),
    (r"remove it|remove one of them", remove),
    (r"put it under facts: \{(?P<texts>.+): …\}", as_fact),
    (r"a number goes to satisfaction: (?P<texts>\S+)", to_satisfaction),
    (r"add (?P<key>\w+): (?:…|the team|the id of a touchpoint)(?:, or .*)?", add),
    (r"add (?P<key>n), the number of cases", add),
    (r"write n: (?P<texts>\d+), or remove it", n_or_none),
    (r"write journeykit: (?P<texts>1)", texts),
    (r"update journeykit, or write journeykit: (?P<texts>1)", texts),
    (r"write (?P<texts>true or false)", texts),
    (r"write another id, such as (?P<texts>[\w-]+)", texts),
    (r"write a BCP 47 tag such as (?P<texts>en, de-AT, hu)", texts),
    (r"write YYYY-MM-DD, such as (?P<texts>[\d-]+)", texts),
    (r"write (?P<texts>a day \(2026-03-02\), a month .*)", texts),
    (r"write a number and a unit, such as (?P<texts>.+?) \(or ISO 8601, PT4H\)", texts),
    (r"write a duration, such as (?P<texts>.+)", texts),
    (r"write a number, or a share such as (?P<texts>85%)", texts),
    (r"write (?P<texts>a number \(4.2\), a share \(85%\), or a duration \(4h\))", texts),
    (
        r"write an offset with a sign (?P<texts>\(-45d, \+25min, 0h\)), day 3, .*",
        texts,
    ),
    (r"write words (?P<texts>\(\"first working day\"\)) or a date \(2026-03-02\)", texts),
    (r"write words, such as: (?P<texts>.+)", value_of_key),
    (r"write \w+: (?P<texts>\[[^…]+\]), or one item a line, each with a -", value_of_key),
    (r"write a word, such as (?P<texts>angry); .*", texts),
    (r"write the id of a journey, or the path of its file, such as (?P<texts>\S+)", texts),
    (r"write the path from this file, such as (?P<texts>\S+)", texts),
    (r"write the whole address, such as (?P<texts>.+)", texts),
    (r"write it in digits, such as (?P<texts>1.5)", texts),
    (r"write a text, such as (?P<texts>\"yes\"), or a number", texts),
    (r"write it in quotes, such as (?P<texts>\"yes\")", texts),
)
"""Helps that name texts, and what their reader does."""
