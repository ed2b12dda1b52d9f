"""Each act changes the lines that have to change, and nothing else; else it is refused with words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from journeykit.changing.fmt import format_journey
from journeykit.editing.acts import NAMES
from journeykit.editing.refusal import ActRefusedError, MalformedError
from journeykit.reading import read_text
from tests.conftest import ROOT
from tests.editing.conftest import MAP, Edit

CALL, WAIT, VISIT = (["touchpoints", number] for number in range(3))


@pytest.mark.parametrize(
    ("acts", "old", "new"),
    [
        ([{"do": "face", "path": CALL, "satisfaction": 3.5}], "satisfaction: 2\n", "satisfaction: 3.5\n"),
        ([{"do": "face", "path": CALL, "satisfaction": 4.0}], "satisfaction: 2\n", "satisfaction: 4\n"),
        ([{"do": "face", "path": WAIT, "feeling": "angry"}], "- I wait: sad\n", "- I wait: angry\n"),
        ([{"do": "face", "path": WAIT, "satisfaction": 1}], "- I wait: sad\n", "- I wait: sad\n    satisfaction: 1\n"),
        ([{"do": "face", "path": VISIT, "feeling": "calm"}], "feeling: [happy, relieved]}", "feeling: [calm]}"),
        ([{"do": "set", "path": [*WAIT, "feeling"], "value": None}], "- I wait: sad\n", "- title: I wait\n"),
        ([{"do": "set", "path": ["title"], "value": "I get: help"}], "title: I get help ", 'title: "I get: help" '),
        ([{"do": "set", "path": [*CALL, "pains", 1], "value": "no news"}], "the music]", "no news]"),
        ([{"do": "set", "path": [*CALL, "pains"], "value": ["the queue"]}], "[the queue, the music]", "[the queue]"),
        ([{"do": "add", "path": [*CALL, "pains"], "at": 1, "value": "x"}], "[the queue,", "[the queue, x,"),
        ([{"do": "add", "path": [*VISIT, "channel"], "value": "web"}], "relieved]}", "relieved], channel: web}"),
        ([{"do": "set", "path": ["persona", "note"], "value": "is new"}], "persona: Anna\n",
         "persona:\n  name: Anna\n  note: is new\n"),
        ([{"do": "set", "path": ["owner"], "value": "Care"}], "persona: Anna\n", "owner: Care\npersona: Anna\n"),
        ([{"do": "set", "path": [*CALL, "wait"], "value": "5min"}], "# on the phone\n",
         "# on the phone\n    wait: 5min\n"),
        ([{"do": "set", "path": [*CALL, "why"], "value": "y"}], "music]\n", "music]\n    why: y\n"),
    ],
)  # fmt: skip
def test_a_value_changes_and_all_else_stays(edit: Edit, acts: list[dict[str, Any]], old: str, new: str) -> None:
    opened = edit()
    opened.act(*acts)
    assert MAP.count(old) == 1
    assert opened.text == MAP.replace(old, new)


LANES = """\
title: T
persona: P
lanes:
  # what we say
  promise: {name: What we promise} # to all
  # who helps
  help:
    name: Who helps
  law: {icon: lock}
touchpoints:
  - title: I call
    lanes: {promise: At once, help: [Anna, Ben]}
  - title: I wait
    lanes:
      promise: Not long
"""
HELP = "  # who helps\n  help:\n    name: Who helps\n"
PROMISE = "  # what we say\n  promise: {name: What we promise} # to all\n"


@pytest.mark.parametrize(
    ("act", "old", "new"),
    [
        ({"do": "order", "path": ["lanes", "help"], "by": -1}, PROMISE + HELP, HELP + PROMISE),
        ({"do": "order", "path": ["lanes", "promise"], "by": 1}, PROMISE + HELP, HELP + PROMISE),
        ({"do": "order", "path": ["lanes", "law"], "by": -9}, PROMISE + HELP + "  law: {icon: lock}\n",
         "  law: {icon: lock}\n" + PROMISE + HELP),
        ({"do": "order", "path": ["lanes", "law"], "by": 1}, "", ""),
        ({"do": "add", "path": ["lanes"], "value": {"name": "Who helps"}}, "  law: {icon: lock}\n",
         "  law: {icon: lock}\n  who-helps:\n    name: Who helps\n"),
        ({"do": "add", "path": ["lanes"], "value": {"name": "Law"}}, "  law: {icon: lock}\n",
         "  law: {icon: lock}\n  law-2:\n    name: Law\n"),
        ({"do": "set", "path": ["lanes", "law", "name"], "value": "Law"}, "{icon: lock}", "{icon: lock, name: Law}"),
        ({"do": "remove", "path": ["lanes", "law"]}, "  law: {icon: lock}\n", ""),
        ({"do": "add", "path": [*CALL, "lanes", "law"], "value": "GDPR"}, "Ben]}", "Ben], law: GDPR}"),
        ({"do": "remove", "path": [*CALL, "lanes", "help", 0]}, "[Anna, Ben]", "[Ben]"),
        ({"do": "set", "path": [*WAIT, "lanes", "promise"], "value": None},
         "    lanes:\n      promise: Not long\n", ""),
    ],
)  # fmt: skip
def test_own_lanes_change_and_all_else_stays(edit: Edit, act: dict[str, Any], old: str, new: str) -> None:
    opened = edit(LANES)
    opened.act(act)
    assert opened.text == LANES.replace(old, new)


def test_what_touchpoints_say_in_a_lane_goes_with_it_and_follows_its_id(edit: Edit) -> None:
    opened = edit(LANES)
    opened.act({"do": "rename", "kind": "lane", "id": "promise", "to": "word"})
    assert opened.text == LANES.replace("promise:", "word:")
    opened.act({"do": "remove", "path": ["lanes", "word"]})
    assert "word" not in opened.text and "{help: [Anna, Ben]}" in opened.text and "I wait" in opened.text
    assert [one["id"] for one in opened.state()["lanes"]] == ["help", "law"]


def test_lanes_in_brackets_and_without_a_last_line_break_change_places(edit: Edit) -> None:
    for lanes, moved in (
        ("lanes: {a: {name: A}, b: {name: B}}\n", "lanes: {b: {name: B}, a: {name: A}}\n"),
        ("lanes:\n  a: {name: A}\n  b: {icon: lock}", "lanes:\n  b: {icon: lock}\n  a: {name: A}"),
        ("lanes:\n  a: {name: A}\n  b:\n    name: B\n", "lanes:\n  b:\n    name: B\n  a: {name: A}\n"),
    ):
        opened = edit(f"title: T\npersona: P\ntouchpoints: [I call, I wait]\n{lanes}")
        opened.act({"do": "order", "path": ["lanes", "a"], "by": 1})
        assert opened.text.endswith(f"I wait]\n{moved}")
    for act in ({"do": "order", "path": ["touchpoints", 0], "by": 1}, {"do": "duplicate", "path": ["lanes", "a"]}):
        with pytest.raises(MalformedError):
            opened.act(act)


def test_an_undone_act_leaves_the_file_as_it_was_and_can_be_done_again(edit: Edit) -> None:
    opened = edit()
    opened.act({"do": "face", "path": CALL, "satisfaction": 5}, {"do": "set", "path": ["title"], "value": "New"})
    done = opened.text
    state = opened.desk.undo(opened.file)
    assert (opened.text, state["undo"], len(state["redo"])) == (MAP, [], 1)
    state = opened.desk.undo(opened.file, again=True)
    assert (opened.text, len(state["undo"]), state["redo"]) == (done, 1, [])


@pytest.mark.parametrize(
    "act",
    [
        {"do": "sing"}, {"do": "set", "path": ["title"]}, {"do": "set", "path": ["nonsense"], "value": 1},
        {"do": "set", "path": "title", "value": 1}, {"do": "face", "path": CALL}, {"do": "remove", "path": ["title"]},
        {"do": "move", "path": CALL, "before": ["opportunities", 0]}, {"do": "fix", "finding": 99, "fix": 0},
        {"do": "add", "path": ["touchpoints"], "at": 9, "value": {"title": "x"}}, {"do": "set", "path": [], "value": 1},
        {"do": "face", "path": ["opportunities", 0], "satisfaction": 1},
    ],
)  # fmt: skip
def test_what_is_no_act_is_told_apart(edit: Edit, act: dict[str, Any]) -> None:
    opened = edit()
    with pytest.raises(MalformedError):
        opened.act(act)
    assert opened.text == MAP


def test_what_would_be_no_journey_is_refused_in_the_words_of_the_finding(edit: Edit) -> None:
    opened = edit()
    with pytest.raises(ActRefusedError, match="9 is not on the scale") as refused:
        opened.act({"do": "face", "path": CALL, "satisfaction": 9})
    assert refused.value.line == 9
    with pytest.raises(ActRefusedError, match="title"):
        opened.act({"do": "set", "path": ["title"], "value": None})
    assert opened.text == MAP


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_the_first_stage_takes_all_touchpoints_with_their_comments(edit: Edit, breaks: str) -> None:
    opened = edit(MAP.replace("\n", breaks))
    state = opened.act({"do": "add", "path": ["stages"], "value": {"phase": "before", "name": "Before: all"}})
    head, rest = MAP.split("touchpoints:\n")
    body, tail = rest.split("opportunities:\n")
    moved = "".join(f"    {line}" if line.strip() else line for line in body.splitlines(keepends=True))
    text = f'{head}stages:\n  - name: "Before: all"\n    phase: before\n    touchpoints:\n{moved}opportunities:\n{tail}'
    assert opened.text == text.replace("\n", breaks)
    assert state["notes"] == ["all touchpoints are in the stage Before: all now"]
    opened.act({"do": "add", "path": ["stages"], "value": {"name": "After"}})
    opened.act({"do": "move", "path": ["stages", 0, "touchpoints", 2], "before": ["stages", 1, "touchpoints", 0]})
    assert [len(stage["touchpoints"]) for stage in opened.state()["stages"]] == [2, 1]


def test_the_first_stage_takes_touchpoints_in_brackets(edit: Edit) -> None:
    opened = edit("title: T\npersona: P\ntouchpoints: [a,  # first\n  b]\nowner: O\n")
    opened.act({"do": "add", "path": ["stages"], "value": {"name": "All"}})
    assert opened.text == (
        "title: T\npersona: P\nstages:\n  - name: All\n    touchpoints: [a,  # first\n      b]\nowner: O\n"
    )


ANCHORED = """\
title: T
persona: P
touchpoints:
  - {title: One, pains: &same [a, b]}
  - title: Two
    pains: *same
    why: &text because   # once
  - {title: Three, why: *text}
  - &whole {title: Four, feeling: sad}
"""


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["touchpoints", 1, "pains", 0], "x"), (["touchpoints", 0, "pains", 0], "x"), (["touchpoints", 1, "why"], "x"),
        (["touchpoints", 1, "pains"], ["a", "b", "c"]),
    ],
)  # fmt: skip
def test_what_is_written_once_for_several_places_is_left_to_the_text(edit: Edit, path: list[Any], value: Any) -> None:
    opened = edit(ANCHORED)
    with pytest.raises(ActRefusedError, match="once for several places") as refused:
        opened.act({"do": "set", "path": path, "value": value})
    assert refused.value.line > 3 and refused.value.help
    assert opened.text == ANCHORED


def test_beside_anchors_all_acts_are_possible(edit: Edit) -> None:
    opened = edit(ANCHORED)
    opened.act({"do": "set", "path": ["touchpoints", 1, "title"], "value": "Second"})
    opened.act({"do": "face", "path": ["touchpoints", 2], "feeling": "calm"})
    opened.act({"do": "add", "path": ["touchpoints"], "value": {"title": "Five"}})
    opened.act({"do": "move", "path": ["touchpoints", 3], "before": ["touchpoints", 2]})
    assert opened.text == (
        ANCHORED.replace("title: Two", "title: Second")
        .replace("  - {title: Three, why: *text}\n  - &whole {title: Four, feeling: sad}\n", "")
        .replace(
            "# once\n",
            "# once\n  - &whole {title: Four, feeling: sad}\n  - {title: Three, why: *text, feeling: calm}\n",
        )
        + "  - title: Five\n"
    )
    with pytest.raises(ActRefusedError):  # its alias would come before its anchor
        opened.act({"do": "move", "path": ["touchpoints", 0], "before": ["touchpoints", 2]})


def test_a_score_that_customers_gave_is_not_dragged(edit: Edit) -> None:
    opened = edit(MAP.replace("    satisfaction: 2\n", "    measured: {mean: 2, sd: 1, n: 40}\n"))
    with pytest.raises(ActRefusedError, match="customers were asked here") as refused:
        opened.act({"do": "face", "path": CALL, "satisfaction": 4})
    assert refused.value.line == 9


def test_what_the_settings_share_is_changed_there(edit: Edit, tmp_path: Path) -> None:
    (tmp_path / "journeykit.toml").write_text('[personas.anna]\nname = "Anna, shared"\n', encoding="utf-8")
    opened = edit(MAP.replace("persona: Anna", "persona: anna"))
    assert opened.state()["journey"]["persona"]["name"] == "Anna, shared"
    with pytest.raises(ActRefusedError, match="several maps share"):
        opened.act({"do": "set", "path": ["persona", "name"], "value": "x"})


def test_comments_of_what_is_removed_go_with_it_and_those_above_stay(edit: Edit) -> None:
    text = MAP.replace("    satisfaction: 2\n", "    # why two\n    satisfaction: 2\n")
    opened = edit(text.replace("at: [call, i-wait]\n    target: {call: 4}", "at: i-wait"))
    opened.act({"do": "remove", "path": CALL})
    assert "# why two" not in opened.text and "# on the phone" not in opened.text
    assert "touchpoints:\n  # the first contact\n" in opened.text


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_a_text_of_several_lines_is_written_over_lines(edit: Edit, breaks: str) -> None:
    opened = edit(MAP.replace("\n", breaks))
    text = "one: first\n\ntwo # second"
    opened.act({"do": "set", "path": ["title"], "value": text})
    opened.act({"do": "set", "path": [*CALL, "why"], "value": text})
    opened.act({"do": "set", "path": [*VISIT, "why"], "value": text})
    state = opened.act({"do": "set", "path": ["opportunities", 0, "title"], "value": f"{text} "})
    wanted = (
        MAP.replace("title: I get help   #", "title: |-   #")
        .replace("customer\n", "customer\n  one: first\n\n  two # second\n")
        .replace("music]\n", "music]\n    why: |-\n      one: first\n\n      two # second\n")
        .replace("relieved]}", 'relieved], why: "one: first\\n\\ntwo # second"}')
        .replace("- title: Call back\n", "- title: |-\n      one: first\n\n      two # second\n")
    )
    assert opened.text == wanted.replace("\n", breaks)
    assert state["journey"]["title"] == text == state["journey"]["opportunities"][0]["title"]


def test_what_is_removed_leaves_one_empty_line_as_before(edit: Edit) -> None:
    text = "title: T\npersona: P\ntouchpoints:\n  - a\n\n  - b\n\n  - c\n\n  - d\n\nowner: O\n"
    for number, gone in enumerate(("  - a\n\n", "  - b\n\n", "  - c\n\n", "  - d\n\n")):
        opened = edit(text)
        opened.act({"do": "remove", "path": ["touchpoints", number]})
        assert opened.text == text.replace(gone, "")


def test_each_act_is_documented() -> None:
    section = (ROOT / "docs" / "site.md").read_text(encoding="utf-8").split("\n| act | ", 1)[1].split("\n\n", 1)[0]
    assert sorted(re.findall(r"^\| `([a-z]+)` \|", section, re.MULTILINE)) == list(NAMES)


ORDERED = """\
title: I get help
persona: Anna
stages:
  - name: I call
    goal: somebody answers
    touchpoints:
      - title: I call
        feeling: sad
        backstage:
          - team: Care
            does: answers
      - I wait: sad
"""


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["stages", 0, "phase"], "before"),
        (["stages", 0, "touchpoints", 0, "links"], [{"url": "https://example.org", "title": "page"}]),
        (["stages", 0, "touchpoints", 0, "tags"], ["x"]),
        (["scoring"], {"profile": "mean"}),
    ],
)
def test_new_keys_stand_where_fmt_leaves_them(edit: Edit, path: list[Any], value: Any) -> None:
    edited = edit(ORDERED)
    edited.act({"do": "set", "path": path, "value": value})
    assert edited.text != ORDERED
    assert format_journey(read_text(edited.text, "a")).text == edited.text
