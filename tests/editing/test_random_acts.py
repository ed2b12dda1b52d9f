"""Hundreds of acts at random: the data are as meant, all comments are there, few lines change, no work is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from typing import Any

import pytest

from journeykit.editing.refusal import ActRefusedError
from journeykit.linting.suppression import comments_of
from journeykit.reading import read_text
from journeykit.reading.schema_guesses import at_path
from journeykit.source import Source
from tests.conftest import EXAMPLES
from tests.editing.conftest import desk_of
from tests.editing.random_acts import expected, random_act, touchpoints_of

STYLES: dict[str, Callable[[str], str]] = {
    "as-it-is": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "cr": lambda text: text.replace("\n", "\r"),
    "no-end": lambda text: text.rstrip("\n"),
    "mark": lambda text: f"\ufeff{text}",
}
MIXED = """\
# all styles in one file
title: >-   # folded
  A title that
  goes on
note: |
  line one

  line two
persona: {name: Anna, note: 'it''s she', facts: {age: 3}}
goals: [one, two]
scale: 0..10
channels:
  kiosk: &k {name: Kiosk}
  shop: *k
stages:
# first
- name: Before   # c1
  pains: &p
    - hurts   # c2
    - more
  touchpoints:

    # above one
    - id: one
      title: "One: first"
      thinks: >
        folded text that
        goes on

        para
      # inside one
      channel: [kiosk, web]
      satisfaction: 3

    # between
    - Two words: sad
    - Only a title
    - title: Four
      pains: *p
      quote: |-
        literal
        text
      feeling:
        - sad
        - angry  # c3

- name: After
  touchpoints: [{title: Five, satisfaction: 4}, Six, {Seven eight: happy}]
- name: Empty
opportunities:
  - {title: Opp, at: [one, four], target: {one: 8}}
  - title: Stage
    at: before
    impact: 3
    effort: 2   # last
"""
FILES = [*sorted(EXAMPLES.glob("*.journey.yaml")), *sorted((EXAMPLES / "measured").glob("*.journey.yaml"))]
CASES = {**{file.name.partition(".")[0]: file.read_text(encoding="utf-8") for file in FILES}, "mixed": MIXED}
ROUNDS = 8


def comments(text: str) -> Counter[str]:
    return Counter(one.text.strip() for one in comments_of(read_text(text, "a").source))


def changed_lines(old: str, new: str) -> tuple[int, int]:
    """Return how many lines went and how many came."""
    before, after = old.splitlines(), new.splitlines()
    codes = [code for code in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes() if code[0] != "equal"]
    return sum(end - start for _, start, end, _, _ in codes), sum(end - start for *_, start, end in codes)


def lines_of(source: Source, path: list[Any]) -> int:
    """Return how many lines the value at a path has; 0 if there is none."""
    if not source.has(source.in_file(tuple(path))[0]):
        return 0
    span = source.locate(tuple(path))
    return source.position(span.end).line - source.position(span.start).line + 1


def most_lines(source: Source, act: dict[str, Any], journey: dict[str, Any]) -> int:
    """Return how many lines an act has to change at most: what it is about, and where that is named."""
    do, path = str(act["do"]), act.get("path", [])
    if do == "rename":
        return 2 + 2 * source.text.count(act["id"])
    if do == "face":
        return 3 + lines_of(source, [*path, "feeling"])
    if do == "set":
        return 4 + 2 * lines_of(source, path)  # an id may have to be written, or a mapping for a text
    if do == "add":
        return 2 * lines_of(source, path) + 3 if path[-1] != "touchpoints" else 4
    if path[-2] != "touchpoints":
        return 1 + lines_of(source, path)
    id = str(at_path(journey, tuple(path))["id"])
    named = 6 * source.text.count(id) if do == "remove" else 0
    return 4 + 2 * (lines_of(source, path) + len(comments(source.text)) * (do == "move")) + named


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", CASES)
def test_acts_do_what_is_meant_and_no_more(name: str, style: str, tmp_path: Path) -> None:
    random = Random(f"{name} {style}")
    file = tmp_path / f"{name}.journey.yaml"
    file.write_bytes(STYLES[style](CASES[name]).encode())
    desk = desk_of(tmp_path)
    state = desk.state(file)
    for _ in range(ROUNDS):
        act, old = random_act(random, state), state["text"]
        source = read_text(old, file.name).source
        wanted, most = expected(state["journey"], act), most_lines(source, act, state["journey"])
        try:
            state = desk.act(file, state["version"], [act])
        except ActRefusedError as refused:
            assert refused.message
            assert desk.state(file)["text"] == old
            continue
        data = file.read_bytes().decode()
        assert touchpoints_of(state["journey"]) == wanted, act
        assert data.removeprefix("\ufeff") == state["text"]
        assert data.startswith("\ufeff") == (style == "mark")
        assert ("\n" in data.replace("\r\n", "")) == (style not in ("crlf", "cr")), act
        assert data.endswith(("\n", "\r")) == (style != "no-end"), act
        lost = comments(old) - comments(data)
        assert not lost or act["do"] in ("remove", "set"), (act, lost)
        assert sum(changed_lines(old, state["text"])) <= most, act


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_lost_where_another_hand_writes_the_file(name: str, tmp_path: Path) -> None:
    random = Random(f"two hands: {name}")
    file = tmp_path / f"{name}.journey.yaml"
    file.write_text(CASES[name], encoding="utf-8")
    mine, theirs = desk_of(tmp_path), desk_of(tmp_path)
    for number in range(ROUNDS):
        state = mine.state(file)
        act = random_act(random, state)
        other = random.choice([one for stage in state["stages"] for one in stage["touchpoints"]])
        note = f"their note {number}"
        seen = theirs.act(file, "", [{"do": "set", "path": [*other["path"], "place"], "value": note}])
        both = expected(seen["journey"], act)
        try:
            after = mine.act(file, state["version"], [act])
        except ActRefusedError:
            assert file.read_text(encoding="utf-8") == seen["text"]
            continue
        removed = act["do"] == "remove" and act["path"] == other["path"]
        assert note in after["text"] or removed, act
        assert touchpoints_of(after["journey"]) == both, act
        assert file.read_text(encoding="utf-8") == after["text"]
