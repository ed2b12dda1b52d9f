"""Items move as they are written, with their comments, also where a list is empty, missing or in brackets."""

from __future__ import annotations

import pytest

from journeykit.editing.refusal import ActRefusedError
from journeykit.linting.suppression import comments_of
from journeykit.source import Source
from tests.editing.conftest import Edit
from tests.editing.random_acts import expected, touchpoints_of

HEAD = "title: T\npersona: P\nstages:\n  - name: Zero\n    touchpoints: [One]\n"
ITEM = """\
      # above
      - id: van
        # inside
        title: "The van"
        satisfaction: -2   # on Friday
        # below
"""
NO_LISTS = {
    "none": "  - name: Sign   # s\n",
    "none-but-other-keys": "  - id: sign\n    name: Sign\n    pains: [x]\n",
    "empty": "  - name: Sign\n    touchpoints: [] # e\n",
    "nothing": "  - name: Sign\n    touchpoints: # e\n",
}
IN_BRACKETS = {
    "in-brackets": ("  - name: Sign\n    touchpoints: [{title: A}, 'B: c']\n", "      - {title: A}\n      - 'B: c'\n"),
    "over-lines": ("  - name: Sign\n    touchpoints: [{title: A}, # c1\n      # c2\n      B # c3\n    ] # c4\n",
                   "      - {title: A} # c1\n      # c2\n      - B # c3\n"),
    "all-in-braces": ("  - {name: Sign, touchpoints: [{title: A}, 'B: c']} # end\n",
                      "      - {title: A}\n      - 'B: c' # end\n"),
    "nothing-in-braces": ("  - {name: Sign}\n", ""),
    "empty-in-braces": ("  - {name: Sign, touchpoints: []}\n", ""),
}  # fmt: skip
MOVE = {"do": "move", "path": ["stages", 2, "touchpoints", 1], "before": ["stages", 1, "touchpoints", 0]}


def comments(text: str) -> list[str]:
    return sorted(one.text for one in comments_of(Source("", text)))


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
@pytest.mark.parametrize("stage", NO_LISTS.values(), ids=NO_LISTS)
@pytest.mark.parametrize("left", ["      - Boxes\n", ""], ids=["others-left", "none-left"])
def test_the_lines_of_an_item_move_to_a_stage_without_touchpoints(
    edit: Edit, stage: str, left: str, breaks: str
) -> None:
    rest = "  - name: Move\n    touchpoints:"
    opened = edit(f"{HEAD}{stage}{rest}\n{left}{ITEM}owner: O\n".replace("\n", breaks))
    opened.act({**MOVE, "path": ["stages", 2, "touchpoints", 1 if left else 0]})
    head, _, note = stage.partition("    touchpoints:")
    list_ = f"    touchpoints:{note.replace(' []', '')}" if note else "    touchpoints:\n"
    wanted = f"{HEAD}{head}{list_}{ITEM}{rest}{'' if left else ' []'}\n{left}owner: O\n"
    assert opened.text == wanted.replace("\n", breaks)
    opened.desk.undo(opened.file)
    assert opened.text == f"{HEAD}{stage}{rest}\n{left}{ITEM}owner: O\n".replace("\n", breaks)


@pytest.mark.parametrize(("stage", "items"), IN_BRACKETS.values(), ids=IN_BRACKETS)
def test_brackets_are_written_over_lines_where_a_comment_moves_in(edit: Edit, stage: str, items: str) -> None:
    rest = "  - name: Move\n    touchpoints:\n      - Boxes\n"
    text = f"{HEAD}{stage}{rest}{ITEM}"
    opened = edit(text)
    if " # c4" in stage:  # two comments cannot stand behind one item
        with pytest.raises(ActRefusedError):
            opened.act(MOVE)
        opened = edit(text.replace(" # c4", ""))
    opened.act(MOVE)
    assert opened.text == f"{HEAD}  - name: Sign\n    touchpoints:\n{ITEM}{items}{rest}"


@pytest.mark.parametrize(("stage", "items"), IN_BRACKETS.values(), ids=IN_BRACKETS)
def test_brackets_stay_where_no_comment_moves(edit: Edit, stage: str, items: str) -> None:
    opened = edit(f"{HEAD}{stage}  - name: Move\n    touchpoints: [Boxes, Van]\n")
    before = comments(opened.text)
    state = opened.act(MOVE)
    titles = [[one["title"] for one in each["touchpoints"]] for each in state["stages"]]
    assert titles == [["One"], ["Van", *(["A"] if items else []), *titles[1][2:]], ["Boxes"]]
    assert comments(opened.text) == before
    assert "touchpoints: [Van" in opened.text and "touchpoints: [Boxes]\n" in opened.text


@pytest.mark.parametrize("stage", [*NO_LISTS.values(), *(one for one, _ in IN_BRACKETS.values() if "c4" not in one)])
def test_an_item_in_brackets_takes_the_comment_behind_it_along(edit: Edit, stage: str) -> None:
    van = "{title: Van, satisfaction: -2}, # on Friday"
    rest = f"  - name: Move\n    touchpoints: [Boxes, # c0\n      {van}\n      Last]\n"
    opened = edit(f"{HEAD}{stage}{rest}")
    before = comments(opened.text)
    opened.act(MOVE)
    assert comments(opened.text) == before
    assert "      - {title: Van, satisfaction: -2} # on Friday\n" in opened.text
    assert opened.text.endswith("    touchpoints:\n      - Boxes # c0\n      - Last\n")


@pytest.mark.parametrize("stage", [*NO_LISTS.values(), *(one for one, _ in IN_BRACKETS.values() if "c4" not in one)])
@pytest.mark.parametrize("list_", ["# all\n      - Van\n", "# all\n      - title: Van\n", "[Van] # all\n"])
def test_the_comment_behind_a_list_stays_when_its_last_item_goes(edit: Edit, stage: str, list_: str) -> None:
    opened = edit(f"{HEAD}{stage}  - name: Move\n    touchpoints: {list_}owner: O\n")
    before = comments(opened.text)
    opened.act({**MOVE, "path": ["stages", 2, "touchpoints", 0]})
    assert comments(opened.text) == before
    assert opened.text.endswith("  - name: Move\n    touchpoints: [] # all\nowner: O\n")


WRITTEN = """\
  - name: A@ # s@
---
  - {name: A@, touchpoints: [x@, {title: 'y @', satisfaction: 1}]} # g@
---
  - name: A@
    touchpoints: [x@, # h@
        {title: y@, # i@
         satisfaction: 1}, # j@

      # k@
      z@
      # l@
      ]
---
  # m@
  -   name: A@
      touchpoints:

      # o@
      - x@: sad # p@

      - title: >-
          y@
          long
        # q@
        quote: |
          he said # no comment
      # r@
      pains: [a]
---
  - touchpoints:
    - title: x@   # t@
      satisfaction: 1
    name: A@   # u@
---
  - name: A@
    touchpoints: # v@
    - "x@": happy # w@
    - &an@ {title: y@} # x@
"""
STYLES = WRITTEN.split("---\n")
"""Stages in many ways to write them."""


@pytest.mark.parametrize("target", STYLES)
@pytest.mark.parametrize("source", STYLES[1:])
def test_items_move_between_all_styles_and_back_without_a_loss(edit: Edit, source: str, target: str) -> None:
    opened = edit(f"{HEAD}{source.replace('@', '1')}{target.replace('@', '2')}owner: O # last\n")
    before = comments(opened.text)
    for at, to in ((1, 2), (1, 2), (2, 1)):
        state = opened.state()
        if not state["stages"][at]["touchpoints"]:
            continue
        act = {"do": "move", "path": ["stages", at, "touchpoints", 0], "before": ["stages", to, "touchpoints", 0]}
        wanted = expected(state["journey"], act)
        assert touchpoints_of(opened.act(act)["journey"]) == wanted
        assert comments(opened.text) == before
