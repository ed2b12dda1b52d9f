"""What names an id follows: renames, removals, and titles that ids are made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from journeykit.editing.refusal import ActRefusedError
from tests.editing.conftest import MAP, Edit, desk_of

NAMED = """\
title: T
persona: Anna
stages:
  - name: Before
    touchpoints:
      - I call: sad
      - id: wait
        title: I wait
        decision:
          question: Do I stay?
          options:
            - {answer: yes, to: visit}
            - {answer: no, to: end}
  - name: After
    touchpoints:
      - {id: visit, title: Visit, feeling: calm}
      - Thanks
opportunities:
  - {title: Both, at: [i-call, wait], target: {i-call: 1}}
  # about one
  - title: Only the wait   # keep
    at: wait
feedback:
  - {at: thanks, when: end}
"""


def test_an_id_is_renamed_wherever_it_is_named(edit: Edit) -> None:
    opened = edit(NAMED)
    opened.act({"do": "rename", "kind": "touchpoint", "id": "wait", "to": "queue"})
    assert opened.text == NAMED.replace("id: wait", "id: queue").replace("i-call, wait]", "i-call, queue]").replace(
        "at: wait", "at: queue"
    )
    opened.act({"do": "rename", "kind": "touchpoint", "id": "thanks", "to": "last"})
    assert "      - title: Thanks\n        id: last\n" in opened.text
    assert "{at: last, when: end}" in opened.text


KINDS = """\
title: T
persona: Anna
feelings: {meh: -1}
channels:
  kiosk: {name: Kiosk}
kpis: [{kind: csat, at: before}]
goals: [{goal: g, kpi: csat}]
sources: [{id: talks, kind: interview}]
evidence: [talks]
stages:
  - name: Before
    touchpoints: [{title: One, feeling: meh, channel: [kiosk, web]}, {title: Two, feeling: [sad, meh]}]
opportunities:
  - {title: Do it, at: before}
changes: [{what: done, opportunity: do-it}]
"""


@pytest.mark.parametrize(
    ("kind", "id", "changes"),
    [
        ("stage", "before", {"at: before": "at: new", "- name: Before\n": "- name: Before\n    id: new\n"}),
        (
            "opportunity",
            "do-it",
            {"opportunity: do-it": "opportunity: new", "Do it, at: before}": "Do it, at: before, id: new}"},
        ),
        ("kpi", "csat", {"kpi: csat": "kpi: new", "[{kind: csat, at: before}": "[{kind: csat, at: before, id: new}"}),
        ("source", "talks", {"id: talks": "id: new", "[talks]": "[new]"}),
        ("channel", "kiosk", {"kiosk: {": "new: {", "[kiosk, web]": "[new, web]"}),
        ("feeling", "meh", {"{meh: -1}": "{new: -1}", "feeling: meh,": "feeling: new,", "[sad, meh]": "[sad, new]"}),
        ("persona", "anna", {"persona: Anna\n": "persona:\n  name: Anna\n  id: new\n"}),
    ],
)
def test_each_kind_of_id_is_renamed(edit: Edit, kind: str, id: str, changes: dict[str, str]) -> None:
    opened = edit(KINDS)
    opened.act({"do": "rename", "kind": kind, "id": id, "to": "new"})
    wanted = KINDS
    for old, new in changes.items():
        assert old in wanted
        wanted = wanted.replace(old, new)
    assert opened.text == wanted


def test_a_rename_that_cannot_be_is_refused_with_words(edit: Edit) -> None:
    opened = edit(NAMED)
    for new, words in (("visit", "already"), ("Not A Slug", "small letters"), ("", "at least one letter")):
        with pytest.raises(ActRefusedError, match=words):
            opened.act({"do": "rename", "kind": "touchpoint", "id": "wait", "to": new})
    assert opened.text == NAMED


def test_the_id_of_a_journey_is_renamed_in_all_files_and_undone_in_all(tmp_path: Path) -> None:
    one, other = tmp_path / "a.journey.yaml", tmp_path / "sub" / "b.journey.yaml"
    other.parent.mkdir()
    one.write_text(MAP, encoding="utf-8")
    text = "title: B\npersona: P\ntouchpoints:\n  - {title: Help, journey: a}  # whole\n  - End\n"
    other.write_text(text, encoding="utf-8")
    desk = desk_of(tmp_path)
    state = desk.act(one, "", [{"do": "rename", "kind": "journey", "id": "a", "to": "help"}])
    assert state["journey"]["id"] == "help"
    assert one.read_text(encoding="utf-8") == MAP.replace("persona:", "id: help\npersona:")
    assert other.read_text(encoding="utf-8") == text.replace("journey: a}", "journey: help}")
    desk.undo(one)
    assert (one.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")) == (MAP, text)


def test_a_journey_is_not_renamed_where_a_file_that_names_it_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    mine, outside = tmp_path / "maps" / "a.journey.yaml", tmp_path / "b.journey.yaml"
    mine.parent.mkdir()
    mine.write_text(MAP, encoding="utf-8")
    outside.write_text("title: B\npersona: P\ntouchpoints: [{title: x, journey: a}, y]\n", encoding="utf-8")
    with pytest.raises(ActRefusedError, match=r"b\.journey\.yaml names it too, and is not written: it lies outside"):
        desk_of(mine.parent).act(mine, "", [{"do": "rename", "kind": "journey", "id": "a", "to": "help"}])
    assert mine.read_text(encoding="utf-8") == MAP


def test_what_names_a_removed_touchpoint_no_longer_does(edit: Edit) -> None:
    opened = edit(NAMED)
    state = opened.act({"do": "remove", "path": ["stages", 0, "touchpoints", 0]})
    assert opened.text == NAMED.replace("      - I call: sad\n", "").replace(
        "at: [i-call, wait], target: {i-call: 1}}", "at: [wait]}"
    )
    assert state["notes"] == ['the opportunity "Both" no longer names i-call']
    state = opened.act({"do": "remove", "path": ["stages", 1, "touchpoints", 1]})
    assert "- {when: end}\n" in opened.text
    assert len(state["notes"]) == 1


def test_what_needs_a_touchpoint_keeps_it_unless_it_is_to_go_too(edit: Edit) -> None:
    opened = edit(NAMED)
    path = ["stages", 0, "touchpoints", 1]
    with pytest.raises(ActRefusedError, match='it is needed by the opportunity "Only the wait"') as refused:
        opened.act({"do": "remove", "path": path})
    assert refused.value.line == 22
    assert opened.text == NAMED
    state = opened.act({"do": "remove", "path": path, "with": True})
    assert [one["title"] for one in state["opportunities"]] == ["Both"]
    assert "# about one" in opened.text
    assert 'the opportunity "Only the wait" goes too' in state["notes"]
    with pytest.raises(ActRefusedError, match="needed by the decision"):
        edit(NAMED).act({"do": "remove", "path": ["stages", 1, "touchpoints", 0]})


def test_a_stage_goes_with_its_touchpoints_and_what_names_them(edit: Edit) -> None:
    opened = edit(NAMED.replace("to: visit}", "to: end}"))
    opened.act({"do": "remove", "path": ["stages", 1]})
    assert "After" not in opened.text
    assert "- {when: end}" in opened.text


def test_an_id_made_from_a_title_is_written_down_where_it_is_named(edit: Edit) -> None:
    opened = edit(NAMED)
    opened.act({"do": "set", "path": ["stages", 0, "touchpoints", 0, "title"], "value": "I phone"})
    assert "      - I phone: sad\n        id: i-call\n" in opened.text
    opened.act({"do": "set", "path": ["opportunities", 0, "title"], "value": "New"})  # nothing names it
    assert "{title: New, at: [i-call, wait]" in opened.text


@pytest.mark.parametrize(
    "act",
    [
        {"do": "add", "path": ["stages", 0, "touchpoints"], "at": 0, "value": {"title": "I call"}},
        {"do": "duplicate", "path": ["stages", 0, "touchpoints", 0]},
    ],
)
def test_a_second_touchpoint_of_a_title_does_not_take_the_id_of_the_first(edit: Edit, act: dict[str, Any]) -> None:
    opened = edit(NAMED)
    state = opened.act(act)
    ids = [one["id"] for one in state["stages"][0]["touchpoints"]]
    same = [one["id"] for one in state["stages"][0]["touchpoints"] if one["feeling"] == ["sad"]]
    assert sorted(ids) == ["i-call", "i-call-2", "wait"]
    assert same[0] == "i-call"


def test_ids_stay_where_touchpoints_of_one_title_change_places(edit: Edit) -> None:
    text = NAMED.replace("      - Thanks\n", "      - I call: happy\n").replace("at: thanks", "at: i-call-2")
    opened = edit(text)
    state = opened.act(
        {"do": "move", "path": ["stages", 1, "touchpoints", 1], "before": ["stages", 0, "touchpoints", 0]}
    )
    found = {tuple(one["feeling"]): one["id"] for one in state["stages"][0]["touchpoints"]}
    assert (found["happy",], found["sad",]) == ("i-call-2", "i-call")
