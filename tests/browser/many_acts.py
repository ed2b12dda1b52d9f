"""Acts at random through the editor in a browser: `python -m tests.browser.many_acts --acts 200 --seed 1`.

Each is done with mouse or keys, a third of them while the file is changed by somebody else. Afterwards the file is read
by another parser (ruamel.yaml) and has to hold the data as meant; no comment may be lost, and no more lines may have
changed than had to.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from copy import deepcopy
from difflib import SequenceMatcher
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import sync_playwright
from ruamel.yaml import YAML

from tests.browser.conftest import FLAGS
from tests.browser.test_edit import NAME, TOKEN, edited
from tests.websites.test_live import Live

TEXT = """\
# One map of many acts.
title: I move house
persona: Ana
note: round 0
lanes:
  # what they say
  promise: {name: What they promise} # to all
  law:
    name: What the law says # and the courts
    icon: lock
stages:
  # first the search
  - id: search
    name: I search
    touchpoints:
      - {id: look, title: I look at flats, feeling: curious} # in the evening
      - id: call
        title: I call the agent
        channel: phone
        satisfaction: -1
        pains: [nobody answers]
  - id: sign
    name: I sign
    touchpoints:
      - id: read
        # the long one
        title: I read the contract
        thinks: Is that normal?
        satisfaction: 0.5
      - id: keys
        title: I get the keys
        feeling: happy
  # and then the move
  - id: move
    name: I move
    touchpoints:
      - {id: boxes, title: I pack boxes, satisfaction: -0.5}
      - id: van
        title: The van is late
        satisfaction: -1.5 # on Friday
  - {id: live, name: I live there} # at last
opportunities:
  - {id: answer, title: Answer the phone, at: call, impact: 4, effort: 2, status: idea}
  - id: text
    title: Send a text # when it is late
    at: van
    impact: 3
    effort: 3
"""
TITLES = (
    "plain words",
    "with: a colon",
    "a # hash",
    "- a dash",
    "'quoted'",
    '"double"',
    "yes",
    "404",
    "{braces}",
    "é and ß",
)
COMMENTS = {line[line.index("# ") :] for line in TEXT.splitlines() if "# " in line}
Data = dict[str, Any]


def read(text: str) -> Data:
    """Return the data of a text, by a parser that journeykit does not use."""
    found: Data = YAML(typ="safe", pure=True).load(StringIO(text))
    found["lanes"] = list((found.get("lanes") or {}).items())  # whose order is meant
    for stage in found["stages"]:
        for one in stage.get("touchpoints") or ():
            for key in ("pains", "feeling"):
                if key in one and not isinstance(one[key], list):
                    one[key] = [one[key]]
            for id, said in one.get("lanes", {}).items():
                one["lanes"][id] = said if isinstance(said, list) else [said]
    return found


def comments(text: str) -> set[str]:
    """Return those of the map's comments that a text has."""
    return {one for one in COMMENTS if one in text}


def changed_lines(old: str, new: str) -> int:
    """Return how many lines went or came."""
    before, after = old.splitlines(), new.splitlines()
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for kind, i1, i2, j1, j2 in blocks if kind != "equal")


class Hand:
    """Somebody at the page: each method does one act and says what the data have to be then."""

    def __init__(self, page: Any, file: Path, random: Random) -> None:
        self.page, self.file, self.random = page, file, random
        self.others = 0
        self.waits = False

    def card(self, data: Data) -> tuple[Data, list[Data], int, str]:
        """Return a touchpoint at random with its list, its place in it, and its id on the page."""
        stages = [one for one in data["stages"] if one.get("touchpoints")]
        stage = self.random.choice(stages)
        at = self.random.randrange(len(stage["touchpoints"]))
        number = sum(len(one.get("touchpoints") or ()) for one in data["stages"][: data["stages"].index(stage)]) + at
        id = self.page.locator(".t-card").nth(number).get_attribute("data-id")
        return stage["touchpoints"][at], stage["touchpoints"], at, id

    def meanwhile(self, data: Data) -> int:
        """Change the file as somebody else would, and the data with it; return how many lines that were."""
        text = self.file.read_text(encoding="utf-8")
        data["note"] = f"round {int(data['note'].split()[1]) + 1}"
        text = "\n".join(f"note: {data['note']}" if one.startswith("note:") else one for one in text.split("\n"))
        self.file.write_text(text, encoding="utf-8")
        return 1

    def while_typing(self, data: Data) -> int:
        """Let somebody else who `waits` put a touchpoint in front, now that a text is typed and not yet entered."""
        lines = self.file.read_text(encoding="utf-8").split("\n")
        if not self.waits or "    touchpoints:" not in lines:
            return 0
        self.waits, self.others = False, self.others + 1
        lines.insert(lines.index("    touchpoints:") + 1, f"      - title: Meanwhile {self.others}")
        text, titles = "\n".join(lines), [f"Meanwhile {self.others}"]
        stages = read(text)["stages"]
        at = next(n for n, one in enumerate(stages) if [t["title"] for t in one.get("touchpoints") or ()][:1] == titles)
        data["stages"][at]["touchpoints"].insert(0, {"title": titles[0]})
        self.file.write_text(text, encoding="utf-8")
        if self.random.random() < 0.5:  # with and without the page having seen it
            self.page.locator(".t-card", has_text=titles[0]).first.wait_for()
        return 1

    def face_by_keys(self, data: Data) -> int:
        """Move a face with keys."""
        one, _, _, id = self.card(data)
        face = self.page.locator(f"#face-{id}")
        face.focus()
        for _ in range(self.random.randint(1, 3)):
            self.page.keyboard.press(self.random.choice(("ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End")))
        self._rated(one, face)
        self.page.keyboard.press("Enter")
        return 2

    def face_by_mouse(self, data: Data) -> int:
        """Drag a face with the mouse."""
        one, _, _, id = self.card(data)
        face = self.page.locator(f"#face-{id}")
        face.evaluate("one => one.scrollIntoView({ block: 'center' })")  # not below the tools
        box = face.bounding_box()
        x = box["x"] + box["width"] / 2
        self.page.mouse.move(x, box["y"] + 15)
        self.page.mouse.down()
        self.page.mouse.move(x, box["y"] + 15 + self.random.choice((-90, -50, 45, 80)), steps=4)
        self._rated(one, face)
        self.page.mouse.up()
        return 2

    def _rated(self, one: Data, face: Any) -> None:
        value = float(face.get_attribute("aria-valuenow"))
        if value != one.get("satisfaction"):
            one["satisfaction"] = value

    def form(self, id: str) -> None:
        """Open the form of a touchpoint."""
        self.page.locator(f"#card-{id}").focus()
        self.page.keyboard.press("Enter")

    def title(self, data: Data) -> int:
        """Write a title."""
        one, _, _, id = self.card(data)
        self.form(id)
        one["title"] = f"{self.random.choice(TITLES)} {self.random.randint(1, 999)}"
        self.page.locator("#f-title").fill(one["title"])
        more = self.while_typing(data)
        self.page.keyboard.press("Enter")
        return 2 + more  # an id that is named elsewhere is written down

    def why(self, data: Data) -> int:
        """Write a cause."""
        one, _, _, id = self.card(data)
        self.form(id)
        one["why"] = self.random.choice(TITLES)
        self.page.locator("#f-why").fill(one["why"])
        more = self.while_typing(data)
        self.page.keyboard.press("Tab")
        return 1 + more

    def pain(self, data: Data) -> int:
        """Add to a list."""
        one, _, _, id = self.card(data)
        self.form(id)
        text = self.random.choice(TITLES)
        self.page.locator(f"#f-pains-{len(one.get('pains', ()))}").fill(text)
        one["pains"] = [*one.get("pains", ()), text]
        more = self.while_typing(data)
        self.page.keyboard.press("Enter")
        return 2 + more

    def along(self, data: Data) -> int:
        """Move a touchpoint one place with keys."""
        one, own, at, id = self.card(data)
        by = self.random.choice((-1, 1))
        lists = [stage.setdefault("touchpoints", []) for stage in data["stages"]]
        number = next(n for n, each in enumerate(lists) if each is own)
        if 0 <= at + by < len(own):
            own.insert(at + by, own.pop(at))
        elif 0 <= number + by < len(lists):
            own.pop(at)
            beside = lists[number + by]
            beside.insert(0 if by > 0 else len(beside), one)
        self.page.locator(f"#card-{id}").focus()
        self.page.keyboard.press(f"Alt+Arrow{'Right' if by > 0 else 'Left'}")
        return 24

    def add(self, data: Data) -> int:
        """Add a touchpoint at the end of a stage."""
        number = self.random.randrange(len(data["stages"]))
        self.page.locator(".t-add > button").nth(number).click()
        stage = data["stages"][number]
        stage["touchpoints"] = [*(stage.get("touchpoints") or ()), {"title": "New touchpoint"}]
        return 2

    def duplicate(self, data: Data) -> int:
        """Double a touchpoint."""
        one, own, at, id = self.card(data)
        self.form(id)
        self.page.locator("#act-duplicate").click()
        own.insert(at + 1, deepcopy(one))
        return 14

    def remove(self, data: Data) -> int:
        """Remove a touchpoint that nothing names."""
        _, own, at, id = self.card(data)
        if sum(len(stage.get("touchpoints") or ()) for stage in data["stages"]) < 4 or any(
            todo["at"] == id for todo in data["opportunities"]
        ):
            return self.title(data)
        self.page.locator(f"#card-{id}").focus()
        self.page.keyboard.press("Delete")
        own.pop(at)
        return 14

    def board(self, data: Data) -> int:
        """Move a card of the board."""
        todo = self.random.choice(data["opportunities"])
        order = ["idea", "planned", "doing", "done", "dropped"]
        to = order.index(todo.get("status", "idea")) + self.random.choice((-1, 1))
        self.page.locator(f"#todo-{todo['id']}").focus()
        self.page.keyboard.press(f"Alt+Arrow{'Right' if to > order.index(todo.get('status', 'idea')) else 'Left'}")
        if 0 <= to < len(order):
            todo["status"] = order[to]
        return 1

    def lane_text(self, data: Data) -> int:
        """Write what a touchpoint has in a lane."""
        one, _, _, id = self.card(data)
        if not data["lanes"]:
            return self.lane_add(data)
        lane = self.random.choice(data["lanes"])[0]
        self.form(id)
        said = one.setdefault("lanes", {}).setdefault(lane, [])
        said.append(f"{self.random.choice(TITLES)} {self.random.randint(1, 999)}")
        self.page.locator(f"#f-lane-{lane}-{len(said) - 1}").fill(said[-1])
        self.page.keyboard.press("Enter")
        return 3

    def lane_add(self, data: Data) -> int:
        """Add a lane."""
        number = self.random.randint(1, 9999)
        self.page.locator("#new-lane").fill(f"Lane: {number}")
        self.page.keyboard.press("Enter")
        data["lanes"].append((f"lane-{number}", {"name": f"Lane: {number}"}))
        return 3

    def lane_name(self, data: Data) -> int:
        """Give a lane another name."""
        if not data["lanes"]:
            return self.lane_add(data)
        id, lane = self.random.choice(data["lanes"])
        lane["name"] = f"{self.random.choice(TITLES)} {self.random.randint(1, 999)}"
        self.page.locator(f"#lane-{id}").focus()
        self.page.keyboard.press("Enter")
        self.page.locator("#f-name").fill(lane["name"])
        self.page.keyboard.press("Tab")
        return 1

    def lane_along(self, data: Data) -> int:
        """Move a lane one place with keys."""
        if not data["lanes"]:
            return self.lane_add(data)
        lanes = data["lanes"]
        at, by = self.random.randrange(len(lanes)), self.random.choice((-1, 1))
        self.page.locator(f"#lane-{lanes[at][0]}").focus()
        self.page.keyboard.press(f"Alt+Arrow{'Right' if by > 0 else 'Left'}")
        if 0 <= at + by < len(lanes):
            lanes.insert(at + by, lanes.pop(at))
        return 12

    def lane_remove(self, data: Data) -> int:
        """Remove a lane with what touchpoints say in it."""
        if len(data["lanes"]) < 2:
            return self.lane_add(data)
        id, _ = data["lanes"].pop(self.random.randrange(len(data["lanes"])))
        most = 4
        for stage in data["stages"]:
            for one in stage.get("touchpoints") or ():
                if said := one.get("lanes", {}).pop(id, ()):
                    most += 2 + len(said)
                    if not one["lanes"]:
                        del one["lanes"]
        self.page.locator(f"#lane-{id}").focus()
        self.page.keyboard.press("Delete")
        return most


ACTS: tuple[Callable[[Hand, Data], int], ...] = (
    Hand.face_by_keys, Hand.face_by_mouse, Hand.title, Hand.why, Hand.pain, Hand.along, Hand.add, Hand.duplicate,
    Hand.remove, Hand.board, Hand.lane_text, Hand.lane_add, Hand.lane_name, Hand.lane_along, Hand.lane_remove,
)  # fmt: skip
WRITES = (Hand.title, Hand.why, Hand.pain)


def without_ids(data: Data) -> Data:
    """Return data without the ids of touchpoints, which are written where something needs them."""
    found = deepcopy(data)
    for stage in found["stages"]:
        if not stage.get("touchpoints"):
            stage.pop("touchpoints", None)
        for one in stage.get("touchpoints", ()):
            one.pop("id", None)
    return found


def run(acts: int, seed: int) -> int:
    """Do acts, and return how many went wrong."""
    wrong = meanwhile = undone = 0
    random = Random(seed)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        file = Path(name) / f"{NAME}.journey.yaml"
        file.write_text(TEXT, encoding="utf-8")
        live = Live(Path(name))
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS])
        try:
            edited(live)
            page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
            faults: list[str] = []
            page.on("console", lambda one: faults.append(f"{one.text} {one.location.get('url')}"))
            page.on("pageerror", lambda error: faults.append(str(error)))
            refused: list[Any] = []
            page.on("response", lambda one: refused.append(one) if one.status >= 400 else None)
            page.goto(f"{live.server.address}edit/{NAME}/#token={TOKEN}")
            page.locator("#edit.ready").wait_for()
            page.set_default_timeout(5000)
            hand = Hand(page, file, random)
            for number in range(acts):
                before = file.read_text(encoding="utf-8")
                data = read(before)
                kept, most = comments(before), 0
                act = random.choice(ACTS)
                if random.random() < 1 / 3:
                    hand.waits = act in WRITES and random.random() < 0.5
                    if not hand.waits:
                        most += hand.meanwhile(data)
                    meanwhile += 1
                most += act(hand, data)
                wanted = without_ids(data)
                for _ in range(100):
                    after = file.read_text(encoding="utf-8")
                    if (now := without_ids(read(after))) == wanted:
                        break
                    page.wait_for_timeout(50)
                page.evaluate("E.inTurn(() => '')")
                lost = kept - comments(after) if act not in (Hand.remove, Hand.lane_remove) else set()
                lines = changed_lines(before, after)
                if now != wanted or lost or lines > most or faults:
                    wrong += 1
                    print(f"{number} {act.__name__}: {lines} lines of {most}, lost {lost or 'nothing'}, {faults}")
                    for one in refused:
                        print(f"{one.status} {one.url} {one.request.post_data} {one.text()}", file=sys.stderr)
                    print(f"{after}\nwanted {wanted}\nfound {now}\n", file=sys.stderr)
                    faults.clear()
                refused.clear()
                if random.random() < 0.15 and page.locator("#undo:not([aria-disabled=true])").count():
                    page.keyboard.press("Escape")
                    page.locator("#undo").click()
                    page.evaluate("E.inTurn(() => '')")
                    undone += 1
        finally:
            browser.close()
            live.end()
    print(f"{acts} acts, {meanwhile} of them with another hand at the file, {undone} undone: {wrong} went wrong")
    return wrong


def main() -> None:
    """Read the options, and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.exit(min(run(given.acts, given.seed), 1))


if __name__ == "__main__":
    main()
