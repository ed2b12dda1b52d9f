"""What is offered at the cursor (|), in texts that are being typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lsprotocol.types import CompletionItem, TextEdit

from journeykit.editing.partial import read_partial
from journeykit.project import Project
from journeykit.server.analysis import Analysis, Rules
from journeykit.server.completing import completions

Analyse = Callable[[str], Analysis]
BASE = """\
title: I get my router fixed
persona:
  name: Eva
  prefers: [chat]
channels:
  kiosk: {name: The kiosk in the hall}
feelings: {meh: -1}
sources:
  - {id: int-1, kind: interview}
kpis:
  - {id: ces-now, kind: ces, value: 3}
touchpoints:
  - id: call
    title: I call
    channel: phone
  - I wait: sad
"""


def offered(analyse: Analyse, text: str) -> list[CompletionItem]:
    assert text.count("|") == 1
    return completions(analyse(text.replace("|", "")), text.index("|"))


def labels(analyse: Analyse, tail: str, base: str = BASE) -> list[str]:
    return [item.label for item in offered(analyse, base + tail)]


def taken(analyse: Analyse, tail: str, label: str) -> str:
    """The last line once an offer is taken."""
    text = BASE + tail
    (item,) = [item for item in offered(analyse, text) if item.label == label]
    analysis = analyse(text.replace("|", ""))
    assert isinstance(item.text_edit, TextEdit)
    source, span = analysis.document.source.text, analysis.positions.span_of(item.text_edit.range)
    return (source[: span.start] + item.text_edit.new_text + source[span.end :]).splitlines()[-1]


TOUCHPOINTS = ["call", "i-wait"]


@pytest.mark.parametrize(
    "tail",
    [
        "opportunities:\n  - title: x\n    at: [|",
        "opportunities:\n  - title: x\n    at: [ca|]",
        "opportunities:\n  - title: x\n    at: [call, |",
        "opportunities:\n  - title: x\n    at: |",
        "opportunities:\n  - title: x\n    at:\n      - |",
        "opportunities:\n  - {title: x, at: [call], removes: [c|",
        "opportunities:\n  - title: x\n    at: [call]\n    target: {c|",
        "opportunities:\n  - title: x\n    at: [call]\n    target:\n      c|",
        "opportunities:\n  - title: x\n    at: |\n    kind: fix\n",
        "feedback:\n  - {id: f, when: end, at: |",
    ],
)
def test_ids_of_touchpoints(analyse: Analyse, tail: str) -> None:
    assert [label for label in labels(analyse, tail) if label != "x"] == TOUCHPOINTS


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("  - title: x\n    evidence: [|", ["int-1"]),
        ("  - title: x\n    evidence: |", ["int-1"]),
        ("evidence:\n  - in|", ["int-1"]),
        ("  - title: x\n    measured: {mean: 3, n: 4, source: |}", ["int-1"]),
        ("goals:\n  - {goal: x, kpi: |", ["ces-now"]),
        ("  - title: x\n    id: there\n    decision:\n      question: q\n      options:\n        - {answer: a, to: |}",
         ["call", "i-wait", "there", "end"]),
        ("  - title: x\n    moment_of_truth: |", ["true", "false"]),
        ("  - title: x\n    churn_risk: |", ["none", "low", "medium", "high"]),
        ("state: |", ["current", "future"]),
        ("scoring: {profile: |", ["balanced", "mean", "peak-end"]),
        ("opportunities:\n  - title: x\n    benefit: |", ["customer", "company", "both"]),
        ("lang: |", ["en", "de", "hu", "sl", "tr", "el"]),
    ],
)  # fmt: skip
def test_words_and_ids_that_a_key_takes(analyse: Analyse, tail: str, expected: list[str]) -> None:
    assert labels(analyse, tail) == expected


@pytest.mark.parametrize(
    "tail",
    ["  - title: x\n    channel: |", "  - title: x\n    channel: [phone, e|", "  - {title: x, channel: |}",
     "feedback:\n  - {id: f, when: end, channel: |"],
)  # fmt: skip
def test_channels_with_their_names_those_of_the_file_first(analyse: Analyse, tail: str) -> None:
    found = {item.label: item.detail for item in offered(analyse, BASE + tail)}
    assert next(iter(found)) == "kiosk"
    assert (found["kiosk"], found["phone"], found["in-person"]) == ("The kiosk in the hall", "Phone", "In person")
    german = {item.label: item.detail for item in offered(analyse, "lang: de\n" + BASE + tail)}
    assert german["letter"] == "Brief"


@pytest.mark.parametrize("tail", ["  - I go: fru|", "  - title: x\n    feeling: [sad, |", "  - {title: x, expected: |"])
def test_feelings_in_the_language_of_the_journey_with_their_valence(analyse: Analyse, tail: str) -> None:
    found = {item.label: item.detail or "" for item in offered(analyse, BASE + tail)}
    assert found["meh"].startswith("-1")
    assert found["frustrated"].startswith("-1.5")
    assert "frustriert" not in found
    german = {item.label: item.detail or "" for item in offered(analyse, "lang: de-AT\n" + BASE + tail)}
    assert german["frustriert"].startswith("-1.5")
    assert "frustrated" not in german


@pytest.mark.parametrize(
    "tail", ["  - title: x\n    ch|", "  - title: x\n    |", "  - I go: sad\n    cha|", "  - {title: x, cha|"]
)
def test_keys_of_a_touchpoint_that_it_lacks(analyse: Analyse, tail: str) -> None:
    found = labels(analyse, tail)
    assert {"channel", "evidence", "backstage"} <= set(found)
    assert "title" not in found
    assert "personas" not in found


def test_keys_elsewhere(analyse: Analyse) -> None:
    assert labels(analyse, "|", "")[:3] == ["journeykit", "id", "title"]
    assert {"opportunities", "goals"} <= set(labels(analyse, "|"))
    assert not {"title", "touchpoints"} & set(labels(analyse, "op|"))
    assert "wants" in labels(analyse, "title: T\npersona:\n  |", "")
    assert labels(analyse, "title: T\nstages:\n  - |", "") == [
        "id",
        "name",
        "goal",
        "note",
        "pains",
        "phase",
        "touchpoints",
    ]
    assert {"title", "feeling"} <= set(labels(analyse, "  - |"))
    assert "from" in labels(analyse, "  - title: x\n    backstage:\n      - {does: y, |")


@pytest.mark.parametrize("tail", ["# ch|", "note: I ca|", "note: >-\n  I wait\n  ch|", "  - title: 'I ca|"])
def test_nothing_is_offered_in_prose(analyse: Analyse, tail: str) -> None:
    assert labels(analyse, tail) == []


@pytest.mark.parametrize(
    ("tail", "label", "line"),
    [
        ("  - title: x\n    cha|", "channel", "    channel: "),
        ("  - title: x\n    cha|: phone", "channel", "    channel: phone"),
        ("  - title: x\n    evi|", "evidence", "    evidence:"),
        ("  - {title: x, evi|", "evidence", "  - {title: x, evidence: "),
        ("  - I go: let d|", "let down", "  - I go: let down"),
        ("opportunities:\n  - title: x\n    at: |", "call", "    at: call"),
        ("opportunities:\n  - title: x\n    at: [c|", "call", "    at: [call"),
        ("opportunities:\n  - title: x\n    target: {c|", "call", "    target: {call: "),
    ],
)
def test_what_is_taken_takes_the_place_of_what_was_typed(analyse: Analyse, tail: str, label: str, line: str) -> None:
    assert taken(analyse, tail, label) == line


@pytest.mark.parametrize(
    ("broken", "tail", "label"),
    [
        ("sources: [\n", "evidence: [|", "int-1"),
        ("sources: {[\n", "opportunities:\n  - title: x\n    at: [|", "call"),
        ('sources: "\n', "  - title: x\n    feeling: |", "meh"),
        ("sources:\n\t- x\n", "  - title: x\n    evidence: |", "int-1"),
    ],
)
def test_what_a_broken_text_has_lost_is_remembered(analyse: Analyse, broken: str, tail: str, label: str) -> None:
    text = BASE.replace("sources:\n", broken) + tail
    found = completions(analyse(text.replace("|", "")), text.index("|"), read_partial(BASE, "a"))
    assert label in [item.label for item in found]


def test_offers_stand_in_the_order_of_the_file(analyse: Analyse) -> None:
    items = offered(analyse, BASE + "  - |")
    assert [item.sort_text for item in items] == sorted(item.sort_text or "" for item in items)


def test_files_that_a_journey_may_name(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "call.png").write_bytes(b"")
    (tmp_path / "returns.journey.yaml").write_text(BASE)

    def analyse(text: str) -> Analysis:
        return Analysis(text, tmp_path / "a.journey.yaml", Rules(Project.find(tmp_path)))

    assert labels(analyse, "  - title: x\n    image: |") == ["pictures/call.png"]
    assert labels(analyse, "  - title: x\n    image: {file: pic|}") == ["pictures/call.png"]
    assert labels(analyse, "  - title: x\n    journey: |") == ["returns.journey.yaml"]


SOURCES = '[data.helpdesk]\nkind = "events"\nurl = "a.csv"\ncase = "c"\nactivity = "a"\nat = "t"\n'


@pytest.mark.parametrize(
    ("tail", "line"),
    [
        ("data: |", "data: helpdesk"), ("data: [|", "data: [helpdesk"), ("data: [he|]", "data: [helpdesk]"),
        ("data: {he|}", "data: {helpdesk: }"),
        ("kpis:\n  - {kind: rate, data: he|}", "  - {kind: rate, data: helpdesk}"),
    ],
)  # fmt: skip
def test_sources_of_data_in_the_settings(tmp_path: Path, tail: str, line: str) -> None:
    (tmp_path / "journeykit.toml").write_text(SOURCES)

    def analyse(text: str) -> Analysis:
        return Analysis(text, tmp_path / "a.journey.yaml", Rules(Project.find(tmp_path)))

    assert taken(analyse, tail, "helpdesk") == line
    assert "helpdesk" in labels(analyse, "  - title: x\n    data: {|}")


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("lanes:\n  risk: {name: Risks}\nopportunities: []\nkpis: []\nnote: x\nfeedback:\n  - {at: |", TOUCHPOINTS),
        ("  - title: x\n    lanes: {|}\nlanes: {risk: {name: Risks}}\n", ["risk"]),
        ("lanes: {risk: {icon: lo|}}\n", "lock"),
    ],
)  # fmt: skip
def test_lanes_and_places(analyse: Analyse, tail: str, expected: list[str] | str) -> None:
    found = labels(analyse, tail)
    assert found == expected if isinstance(expected, list) else expected in found


def test_stages_may_stand_for_their_touchpoints(analyse: Analyse) -> None:
    text = "title: T\npersona: P\nstages:\n  - {id: before, name: Before, touchpoints: [I call]}\n"
    text += "opportunities:\n  - {title: x, at: |"
    assert {"before", "i-call"} <= set(labels(analyse, text, ""))
