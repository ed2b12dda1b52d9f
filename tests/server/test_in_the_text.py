"""What editors do within a text: rename, highlight, fold, show scores, search, ask for findings."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the language server is an extra")

from lsprotocol.types import CompletionItemKind, TextEdit

from journeykit.changing import Edit, apply_edits
from journeykit.reading import read_text
from journeykit.scoring import score
from journeykit.scoring.display import shown
from journeykit.server.analysis import Analysis
from journeykit.server.completing import completions
from journeykit.server.folding import folding_ranges
from journeykit.server.renaming import RenameError, renamable, rename, rename_journey
from journeykit.server.scores_shown import inlay_hints, lenses
from journeykit.server.workspace_symbols import SymbolIndex
from journeykit.source import Span
from tests.conftest import EXAMPLES
from tests.server.client import Editor

TEXT = """\
title: I get my router fixed
persona: Home customer
channels:
  kiosk: {name: Kiosk}
sources:
  - {id: talks, kind: interview}
stages:
  - name: I call
    touchpoints:
      - id: call # first
        title: I call the help desk
        channel: kiosk
        feeling: frustrated
        evidence: [talks]
        backstage:
          - {team: Help desk, does: Looks it up, system: CRM, owner: Ana}
          - {from: Help desk, to: Field service}
      - I wait: bored
  - name: They come
    touchpoints:
      - title: The technician comes
        channel: [phone, "kiosk"]
        feeling: relieved
        decision: {question: Does it work?, options: [{answer: 'no', to: call}, {answer: 'yes', to: end}]}
opportunities:
  - title: Call back
    at: [call, i-wait]
    target: {call: 1}
"""
Analyse = Callable[[str], Analysis]


def made(analysis: Analysis, edits: list[TextEdit]) -> str:
    spans = [(analysis.positions.span_of(edit.range), edit.new_text) for edit in edits]
    return apply_edits(analysis.document.source.text, [Edit(span.start, span.end, text) for span, text in spans])


@pytest.mark.parametrize("at", ["call # first", "call, i-wait", "call: 1", "call}, {answer: 'yes'"])
def test_an_id_is_renamed_wherever_it_is_named(analyse: Analyse, at: str) -> None:
    analysis = analyse(TEXT)
    text = made(analysis, rename(analysis, TEXT.index(at) + 1, "phone-call"))
    wanted = TEXT.replace("id: call #", "id: phone-call #").replace("[call,", "[phone-call,")
    wanted = wanted.replace("{call: 1}", "{phone-call: 1}").replace("to: call}", "to: phone-call}")
    assert text == wanted
    assert read_text(text, "a.yaml").findings == read_text(TEXT, "a.yaml").findings == ()


def test_an_id_that_a_title_makes_is_written_down(analyse: Analyse) -> None:
    analysis = analyse(TEXT)
    text = made(analysis, rename(analysis, TEXT.index("i-wait"), "waiting"))
    journey = read_text(text, "a.yaml").journey
    assert journey is not None
    assert [place.touchpoint.id for place in journey.places][1] == "waiting"
    assert "at: [call, waiting]" in text and "I wait: bored" in text


def test_channels_are_renamed_in_all_their_forms(analyse: Analyse) -> None:
    analysis = analyse(TEXT)
    text = made(analysis, rename(analysis, TEXT.index("kiosk: {"), "front desk"))
    assert "kiosk" not in text.replace("Kiosk", "")
    assert read_text(text, "a.yaml").findings == ()


@pytest.mark.parametrize(
    ("new", "why"),
    [("i-wait", "already"), ("Call me", "small letters"), ("", "one letter"), ("end", "something else")],
)
def test_a_name_that_cannot_be_is_refused(analyse: Analyse, new: str, why: str) -> None:
    with pytest.raises(RenameError, match=why):
        rename(analyse(TEXT), TEXT.index("call # first"), new)


def test_what_the_file_does_not_define_cannot_be_renamed(analyse: Analyse) -> None:
    analysis = analyse(TEXT)
    for word in ("phone,", "frustrated", "I get my router"):
        assert renamable(analysis, TEXT.index(word)) is None
    found = renamable(analysis, TEXT.index("call, i-wait"))
    assert found is not None and found.placeholder == "call"


def test_each_touchpoint_has_its_score_at_the_end_of_its_line(analyse: Analyse) -> None:
    analysis = analyse(TEXT)
    journey = read_text(TEXT, "a.yaml").journey
    assert journey is not None
    scores = score(journey)
    hints = inlay_hints(analysis, Span(0, len(TEXT)))
    assert [hint.label for hint in hints] == [shown(one.score) for one in scores.touchpoints if one.score is not None]
    lines = TEXT.splitlines()
    assert [lines[hint.position.line][: hint.position.character] for hint in hints] == [
        "        title: I call the help desk", "      - I wait: bored", "      - title: The technician comes",
    ]  # fmt: skip
    assert len(inlay_hints(analysis, Span(TEXT.index("I wait"), TEXT.index("They come")))) == 1
    titles = [lens.command.title for lens in lenses(analysis) if lens.command]
    assert scores.score is not None
    assert titles[0].startswith(f"score {shown(scores.score)}") and len(titles) == 3
    assert [lens.range.start.line for lens in lenses(analysis)] == [0, 7, 18]


def test_a_hidden_survey_shows_no_score(analyse: Analyse) -> None:
    text = TEXT.replace("feeling: relieved", "measured: {mean: 1, sd: 1, n: 2}")
    assert len(inlay_hints(analyse(text), Span(0, len(text)))) == 2


def test_all_that_has_several_lines_folds_up_to_its_last_line(analyse: Analyse) -> None:
    lines = TEXT.splitlines()
    folds = {lines[one.start_line].strip(): lines[one.end_line].strip() for one in folding_ranges(analyse(TEXT))}
    assert folds["stages:"].startswith("decision:")
    assert folds["- name: I call"] == "- I wait: bored"
    assert folds["- id: call # first"].startswith("- {from")
    assert folds["opportunities:"] == "target: {call: 1}"
    assert "title: I get my router fixed" not in folds
    assert folding_ranges(analyse("")) == []


@pytest.mark.parametrize(
    ("key", "expected"),
    [("team", ["Help desk", "Field service"]), ("from", ["Help desk", "Field service"]), ("system", ["CRM"]),
     ("owner", ["Ana"])],
)  # fmt: skip
def test_owners_teams_and_systems_of_the_file_are_offered(analyse: Analyse, key: str, expected: list[str]) -> None:
    text = TEXT.replace(
        "{from: Help desk, to: Field service}\n", "{from: Help desk, to: Field service}\n          - {KEY: }\n"
    )
    text = text.replace("KEY", key)
    found = completions(analyse(text), text.index(f"{{{key}: }}") + len(key) + 3)
    assert [one.label for one in found] == expected


def test_a_next_touchpoint_is_no_team(analyse: Analyse) -> None:
    text = TEXT.replace("to: call}", "to: }")
    assert "Help desk" not in [one.label for one in completions(analyse(text), text.index("to: }") + 4)]


def filled(snippet: str, indent: int) -> str:
    """The text that an editor inserts, with the words of a user at each place."""
    text = re.sub(r"\$\{\d:(\w+)\}", r"\1", snippet.replace("$5", "So it is").replace("[$2]", "[call]"))
    return re.sub(r"\$(\d)", r"Text \1", text).replace("\n", "\n" + " " * indent)


@pytest.mark.parametrize(
    ("after", "indent", "labels"),
    [
        ("      - I wait: bored\n", 6, ["touchpoint", "low point"]),
        ("options: [{answer: 'no', to: call}, {answer: 'yes', to: end}]}\n", 2, ["stage"]),
        ("    target: {call: 1}\n", 2, ["opportunity"]),
    ],
)
def test_snippets_are_whole_parts_of_a_journey(analyse: Analyse, after: str, indent: int, labels: list[str]) -> None:
    started = TEXT.replace(after, f"{after}{' ' * indent}- \n")
    analysis, offset = analyse(started), started.index(after) + len(after) + indent + 2
    found = [one for one in completions(analysis, offset, snippets=True) if one.kind == CompletionItemKind.Snippet]
    assert [one.label for one in found] == labels
    for one in found:
        assert isinstance(one.text_edit, TextEdit)
        text = started[:offset] + filled(one.text_edit.new_text, indent) + started[offset:]
        assert read_text(text, "a.yaml").findings == (), text
    assert all(one.kind != CompletionItemKind.Snippet for one in completions(analysis, offset))


def test_no_snippet_is_offered_within_a_touchpoint(analyse: Analyse) -> None:
    text = TEXT.replace("        channel: kiosk\n", "        channel: kiosk\n        \n")
    found = completions(analyse(text), text.index("kiosk\n        \n") + 14, snippets=True)
    assert found and all(one.kind != CompletionItemKind.Snippet for one in found)


def test_journeys_of_the_folder_are_searched_and_read_again_when_they_change(tmp_path: Path) -> None:
    for path in EXAMPLES.glob("*.journey.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "broken.journey.yaml").write_bytes(b"\xff")
    file = tmp_path / "router.journey.yaml"
    file.write_text(TEXT, encoding="utf-8")
    index = SymbolIndex()
    (found,) = index.search("technician COMES", [tmp_path])
    assert (found.name, found.container_name) == ("The technician comes", "I get my router fixed")
    assert found.location.uri == file.as_uri()
    file.write_text(TEXT.replace("comes", "arrives late"), encoding="utf-8")
    assert index.search("technician comes", [tmp_path]) == []
    assert len(index.search("", [tmp_path])) > 50


def test_an_editor_asks_for_all_of_it(editor: Editor) -> None:
    editor.open("a.journey.yaml", TEXT)
    here: dict[str, Any] = {"textDocument": {"uri": editor.uri("a.journey.yaml")}}
    place = editor.at("a.journey.yaml", 9, 13)
    assert len(editor.ask("textDocument/documentHighlight", place)) == 4
    assert editor.ask("textDocument/prepareRename", place)["placeholder"] == "call"
    edits = editor.ask("textDocument/rename", {**place, "newName": "phone-call"})["changes"]
    assert len(edits[editor.uri("a.journey.yaml")]) == 4
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    assert len(editor.ask("textDocument/inlayHint", {**here, "range": whole})) == 3
    assert len(editor.ask("textDocument/codeLens", here)) == 3
    assert editor.ask("textDocument/foldingRange", here)
    first = editor.ask("textDocument/diagnostic", here)
    assert first["kind"] == "full"
    assert [one["code"] for one in first["items"]] == [one["code"] for one in editor.findings("a.journey.yaml")]
    again = editor.ask("textDocument/diagnostic", {**here, "previousResultId": first["resultId"]})
    assert again == {"kind": "unchanged", "resultId": first["resultId"]}


AFTER = """\
id: after
title: What comes after
persona: P
touchpoints: [{title: It works, feeling: happy}, {title: It breaks, feeling: sad, journey: before}]
"""
BEFORE = """\
id: before
title: What comes before
persona: P
touchpoints:
  - {title: I call, feeling: sad, journey: after}
  - {title: I wait, feeling: bored, journey: after}
"""


@pytest.mark.parametrize(("line", "character"), [(0, 5), (3, len(AFTER.splitlines()[3]) - 4)])
def test_the_id_of_a_journey_is_renamed_in_all_files_that_name_it(editor: Editor, line: int, character: int) -> None:
    (editor.folder / ".git").mkdir()
    (editor.folder / "b").mkdir()
    (editor.folder / "b" / "before.journey.yaml").write_text(BEFORE, encoding="utf-8")
    (editor.folder / "broken.journey.yaml").write_bytes(b"\xff")
    editor.open("after.journey.yaml", AFTER)
    place = editor.at("after.journey.yaml", line, character)
    old, id, named = ("after", "later", 2) if line == 0 else ("before", "earlier", 1)
    assert editor.ask("textDocument/prepareRename", place)["placeholder"] == old
    here = editor.ask("textDocument/references", {**place, "context": {"includeDeclaration": True}})
    assert len(here) == named + 1
    changes = editor.ask("textDocument/rename", {**place, "newName": id})["changes"]
    edited = {uri.rpartition("/")[2]: {edit["newText"] for edit in edits} for uri, edits in changes.items()}
    assert edited == {"after.journey.yaml": {id}, "before.journey.yaml": {id}}
    assert sum(map(len, changes.values())) == named + 1


def test_a_rename_of_a_journey_that_would_not_be_clear_is_refused(analyse: Analyse) -> None:
    after, before = analyse(AFTER), analyse(BEFORE)
    for id, new, why in [("after", "before", "already"), ("nowhere", "x", "no journeys"), ("after", "A b", "small")]:
        with pytest.raises(RenameError, match=why):
            rename_journey([after, before], id, new)
    with pytest.raises(RenameError, match="2 journeys have the id after"):
        rename_journey([after, after, before], "after", "x")
