"""Each act changes the lines that have to change, and nothing else; else it is refused with words."""

from __future__ import annotations

from typing import Any

import pytest

from journeykit.editing.refusal import ActRefusedError, MalformedError
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
        ([{"do": "set", "path": ["owner"], "value": "Care"}], MAP[-24:], MAP[-24:] + "owner: Care\n"),
    ],
)  # fmt: skip
def test_a_value_changes_and_all_else_stays(edit: Edit, acts: list[dict[str, Any]], old: str, new: str) -> None:
    opened = edit()
    opened.act(*acts)
    assert MAP.count(old) == 1
    assert opened.text == MAP.replace(old, new)


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
