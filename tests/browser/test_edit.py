"""The editor in a browser: what mouse, finger and keyboard do to the file, and what nobody may do to it."""

from __future__ import annotations

import base64
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.browser.conftest import FLAGS
from tests.browser.test_page import box, until
from tests.browser.test_site import ABOUT_COLORS, axe_finds, load
from tests.conftest import ROOT
from tests.websites.test_live import Live

TEXT = """\
# A map with comments, which no act may lose.
title: I get my router fixed
persona: Lena, works at home
stages:
  - name: It breaks
    touchpoints:
      - {id: dead, title: The internet is gone, feeling: frustrated} # at nine
      - id: call
        title: I call the help desk
        channel: phone
        satisfaction: -1
        quote: [Nobody picks up]
  - name: It works
    touchpoints:
      # the best moment
      - {id: fixed, title: The technician fixes it, feeling: relieved}
opportunities:
  - {id: ring-back, title: Ring back, at: call, impact: 4, effort: 2}
"""
NAME = "router"
TOKEN = "a-token-of-this-test"
ROUTER = f"edit/{NAME}/#token={TOKEN}"


class Opened(NamedTuple):
    """A page of the editor, and the file that it edits."""

    page: Any
    file: Path
    live: Live

    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")

    def written(self, *wanted: str, without: str = "\0") -> str:
        """Wait until the file has these texts, and no other."""
        for _ in range(100):
            if all(one in self.text() for one in wanted) and without not in self.text():
                return self.text()
            self.page.wait_for_timeout(50)
        raise AssertionError(self.text())

    def added(self, old: str = TEXT) -> tuple[list[str], list[str]]:
        """Return the lines that went, and those that came."""
        before, after = old.splitlines(), self.text().splitlines()
        return [one for one in before if one not in after], [one for one in after if one not in before]

    def said(self, words: str) -> None:
        """Wait until the live region says something."""
        until(self.page, f"document.getElementById('said').textContent.includes({json.dumps(words)})")


Open = Callable[..., Opened]


def edited(live: Live, *, new: bool = False, read_only: bool = False) -> None:
    """Let a server's journeys be edited, as `serve --edit` does."""
    from journeykit.editing.desk import Desk
    from journeykit.editing.grounds import Grounds
    from journeykit.site.live.editing import Editor

    preview = live.preview
    desk = Desk(preview.project, Grounds(tuple(preview.paths())), read_only)
    live.server.editor = Editor(preview, desk, live.server.tell, new=new)
    live.server.edit_token = "" if read_only else TOKEN


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Open a page of the editor; at the end the console was silent, and nothing was asked for elsewhere."""
    said: list[str] = []
    ends: list[Callable[[], None]] = []

    def open_page(
        at: str = ROUTER, text: str = TEXT, *, live: Live | None = None, refused: bool = False, new: bool = False,
        width: int = 1280, height: int = 900, **options: Any,
    ) -> Opened:  # fmt: skip
        file = tmp_path / f"{NAME}.journey.yaml"
        if live is None:
            if text:
                file.write_text(text, encoding="utf-8")
            live = Live(tmp_path)
            ends.insert(0, live.end)
            edited(live, new=new)
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        ends.append(context.close)
        page = context.new_page()
        address = live.server.address
        page.on("console", lambda one: None if refused and "status of 4" in one.text else said.append(one.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda one: None if one.url.startswith((address, "blob:")) else said.append(one.url))
        page.goto(f"{address}{at}")
        page.locator("#edit.ready").wait_for()
        return Opened(page, file, live)

    yield open_page
    for end in reversed(ends):
        end()
    assert said == []


def test_a_face_is_dragged_with_the_mouse_while_the_score_follows(visit: Open) -> None:
    opened = visit()
    page = opened.page
    assert page.url.endswith(f"edit/{NAME}/")  # the token is out of the address
    score = page.locator(".e-score strong").inner_text()
    face, track = box(page, "#face-call"), box(page, "li:has(#face-call) .t-track")
    x = face["x"] + face["width"] / 2
    page.mouse.move(x, face["y"] + 15)
    page.mouse.down()
    page.mouse.move(x, track["y"] + 60, steps=5)
    page.mouse.move(x, track["y"] + 15, steps=5)
    page.locator(".e-score .was").wait_for()
    assert page.locator(".e-score .was").inner_text().startswith(score)
    assert opened.text() == TEXT
    page.mouse.up()
    opened.written("satisfaction: 2\n")
    assert opened.added() == (["        satisfaction: -1"], ["        satisfaction: 2"])
    assert page.locator("#face-call").get_attribute("aria-valuenow") == "2"
    page.mouse.move(x, track["y"] + 15)
    page.mouse.down()
    page.mouse.move(x, track["y"] + 150, steps=5)
    page.keyboard.press("Escape")
    page.mouse.up()
    page.wait_for_timeout(150)
    assert "satisfaction: 2\n" in opened.text()


def test_a_face_is_dragged_with_a_finger(visit: Open) -> None:
    opened = visit(width=400, height=800, has_touch=True)
    page = opened.page
    page.locator("#face-call").evaluate("one => one.scrollIntoView({ block: 'center' })")
    face, track = box(page, "#face-call"), box(page, "li:has(#face-call) .t-track")
    touch = page.context.new_cdp_session(page)
    x = face["x"] + face["width"] / 2

    def send(kind: str, *points: tuple[float, float]) -> None:
        told = {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        touch.send("Input.dispatchTouchEvent", told)

    send("touchStart", (x, face["y"] + 15))
    for y in (track["y"] + 120, track["y"] + 60, track["y"] + 10):
        send("touchMove", (x, y))
    send("touchEnd")
    opened.written("satisfaction: 2\n")


def test_a_face_writes_a_feeling_word_if_that_is_chosen_and_the_choice_is_remembered(visit: Open) -> None:
    opened = visit()
    page = opened.page
    page.locator("#write-word").check()
    face = page.locator("#face-dead")
    face.focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    opened.written("title: The internet is gone, feeling: ", without="feeling: frustrated}")
    opened.said("The internet is gone feels")
    assert "# at nine" in opened.text() and "satisfaction: 2" not in opened.text()
    page.reload()
    page.locator("#edit.ready").wait_for()
    assert page.locator("#write-word").is_checked()


def test_keys_move_a_face_and_what_they_move_is_one_step_of_undo(visit: Open) -> None:
    opened = visit()
    page = opened.page
    face = page.locator("#face-call")
    face.focus()
    for key in ("ArrowUp", "ArrowUp", "PageUp", "ArrowDown"):
        page.keyboard.press(key)
    assert face.get_attribute("aria-valuetext") == "1.5"
    page.keyboard.press("Tab")
    opened.written("satisfaction: 1.5\n")
    page.keyboard.press("Control+z")
    opened.written("satisfaction: -1\n")
    assert opened.text() == TEXT
    page.keyboard.press("Control+Shift+Z")
    opened.written("satisfaction: 1.5\n")


def test_a_touchpoint_is_moved_to_another_stage_with_keys_and_with_the_mouse(visit: Open) -> None:
    opened = visit()
    page = opened.page
    page.locator("#card-call").focus()
    page.keyboard.press("Alt+ArrowRight")
    opened.said("I call the help desk is now 1 of 2 in It works.")
    assert page.evaluate("document.activeElement.id") == "card-call"
    text = opened.written("It works")
    assert text.index("id: call") > text.index("name: It works") and "# the best moment" in text
    page.keyboard.press("Alt+ArrowLeft")
    opened.said("I call the help desk is now 2 of 2 in It breaks.")
    card, first = box(page, "#card-fixed"), box(page, "#card-dead")
    page.mouse.move(card["x"] + 60, card["y"] + 30)
    page.mouse.down()
    page.mouse.move(first["x"] + 20, card["y"] + 40, steps=8)
    page.mouse.up()
    opened.said("The technician fixes it is now 1 of 3 in It breaks.")
    text = opened.text()
    assert text.index("id: fixed") < text.index("id: dead") and "# at nine" in text and "# the best moment" in text


def test_stages_are_moved_added_and_renamed(visit: Open) -> None:
    opened = visit()
    page = opened.page
    page.locator(".t-name").first.focus()
    page.keyboard.press("Alt+ArrowRight")
    opened.said("It breaks is now stage 2 of 2.")
    text = opened.text()
    assert text.index("It works") < text.index("It breaks")
    page.locator("#add-stage").click()
    until(page, "document.activeElement.id === 'f-name'")
    page.keyboard.type("I tell others")
    page.keyboard.press("Enter")
    opened.written("name: I tell others")


def test_touchpoints_in_one_row_get_a_stage_around_them(visit: Open) -> None:
    text = "title: T\npersona: P\ntouchpoints: # all\n  - I call: sad\n\n  # then\n  - {title: I wait}\nowner: O\n"
    opened = visit(text=text)
    opened.page.locator("#add-stage").click()
    until(opened.page, "document.activeElement.id === 'f-name'")
    opened.page.keyboard.type("I ask")
    opened.page.keyboard.press("Enter")
    found = opened.written("name: I ask")
    row = "    touchpoints: # all\n      - I call: sad\n\n      # then\n      - {title: I wait}\nowner: O\n"
    assert found == f"title: T\npersona: P\nstages:\n  - name: I ask\n{row}"


def test_what_is_removed_comes_back_with_undo_and_what_hangs_on_it_is_said(visit: Open) -> None:
    opened = visit(refused=True)
    page = opened.page
    page.locator("#card-fixed").focus()
    page.keyboard.press("Delete")
    opened.written("It works", without="The technician")
    page.locator(".e-notice").get_by_role("button", name="Undo").click()
    opened.written("The technician fixes it")
    assert opened.text() == TEXT
    page.locator("#todo-ring-back").focus()
    page.keyboard.press("Delete")
    opened.written("It works", without="Ring back")
    until(page, "document.activeElement.id === 'new-todo'")
    page.keyboard.press("Control+z")
    opened.written("Ring back")
    page.locator("#card-call").focus()
    page.keyboard.press("Delete")
    page.locator(".e-notice", has_text="Ring back").wait_for()
    assert opened.text() == TEXT
    page.get_by_role("button", name="Remove both").click()
    opened.written("The internet is gone", without="Ring back")
    page.locator("#card-fixed").focus()
    page.keyboard.press("Delete")
    page.locator(".e-notice", has_text="at least two touchpoints").wait_for()
    assert page.get_by_role("button", name="Remove both").count() == 0


def test_the_form_writes_texts_lists_and_says_what_is_refused(visit: Open) -> None:
    opened = visit(refused=True)
    page = opened.page
    page.locator("#card-call").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "side-title"
    assert page.locator("#side-title").inner_text() == "Touchpoint: I call the help desk"
    page.get_by_label("why", exact=False).first.fill("Two people for a town")
    page.keyboard.press("Tab")
    opened.written("why: Two people for a town")
    page.locator("#f-quote-1").fill("I gave up")
    page.keyboard.press("Enter")
    opened.written("Nobody picks up, I gave up")
    until(page, "document.activeElement.id === 'f-quote-2'")
    page.locator(".e-rest > summary").click()
    page.locator("#f-at").fill("yesterday")
    page.keyboard.press("Tab")
    page.locator("#f-at-wrong").wait_for()
    assert page.locator("#f-at").input_value() == "yesterday" and "yesterday" not in opened.text()
    assert page.locator("#f-at").get_attribute("aria-invalid") == "true"
    page.locator("#f-satisfaction").fill("1")
    page.keyboard.press("Enter")
    opened.written("satisfaction: 1\n")
    other = page.get_by_role("button", name="backstage: open the text")
    other.click()
    selected = "(one => one && one.value.slice(one.selectionStart, one.selectionEnd).trim())"
    until(page, f"{selected}(document.getElementById('yaml'))")


def test_a_picture_is_copied_beside_the_map(visit: Open, tmp_path: Path) -> None:
    opened = visit()
    page = opened.page
    page.locator("#card-call").click()
    page.locator("#f-image").set_input_files(ROOT / "docs" / "pictures" / "page.png")
    opened.written("image:")
    assert (tmp_path / "images" / "page.png").read_bytes() == (ROOT / "docs" / "pictures" / "page.png").read_bytes()
    page.locator(".e-image img").wait_for()
    until(page, "document.querySelector('.e-image img').naturalWidth > 100")


DROP = """([id, picture]) => {
  const bytes = Uint8Array.from(atob(picture), (one) => one.charCodeAt(0)), files = new DataTransfer();
  files.items.add(new File([bytes], "shop.png", { type: "image/png" }));
  const card = document.getElementById(id), drag = { dataTransfer: files, bubbles: true, cancelable: true };
  const taken = !card.dispatchEvent(new DragEvent("dragover", drag));
  const shown = document.querySelectorAll(".file-over").length;
  card.dispatchEvent(new DragEvent("drop", drag));
  return [taken, shown, document.querySelectorAll(".file-over").length];
}"""


def test_a_picture_is_dropped_onto_a_card(visit: Open, tmp_path: Path) -> None:
    opened = visit()
    picture = (ROOT / "docs" / "pictures" / "page.png").read_bytes()
    found = opened.page.evaluate(DROP, ["card-fixed", base64.b64encode(picture).decode()])
    assert found == [True, 1, 0]
    text = opened.written("image:")
    assert "{id: fixed, title: The technician fixes it, feeling: relieved, image: images/shop.png}" in text
    assert (tmp_path / "images" / "shop.png").read_bytes() == picture
    until(opened.page, "document.getElementById('card-fixed').ariaPressed === 'true'")


def test_a_field_shows_what_counts_where_nothing_is_written(visit: Open) -> None:
    page = visit().page
    page.locator("#card-call").click()
    assert page.locator("#f-importance").get_attribute("placeholder") == "3"
    page.locator("#todo-ring-back").click()
    status = page.locator("#f-status")
    assert status.evaluate("one => one.selectedOptions[0].text") == "idea (not written)" and status.input_value() == ""


def test_opportunities_move_on_the_board_and_in_the_matrix(visit: Open) -> None:
    opened = visit()
    page = opened.page
    page.locator("#todo-ring-back").focus()
    page.keyboard.press("Alt+ArrowRight")
    opened.written("status: planned")
    page.locator("[data-status=planned] #todo-ring-back").wait_for()
    assert page.evaluate("document.activeElement.id") == "todo-ring-back"
    card, done = box(page, "#todo-ring-back"), box(page, "[data-status=done]")
    page.mouse.move(card["x"] + 40, card["y"] + 20)
    page.mouse.down()
    page.mouse.move(done["x"] + 60, done["y"] + 60, steps=6)
    page.mouse.up()
    opened.written("status: done")
    page.keyboard.press("Control+z")
    opened.written("status: planned")
    page.locator("[data-status=planned] #todo-ring-back").wait_for()
    page.locator("#view-matrix").click()
    page.locator("#cell-ring-back").focus()
    page.keyboard.press("ArrowUp")
    opened.written("impact: 5")
    opened.said("Ring back now has impact 5 and effort 2.")
    page.keyboard.press("ArrowRight")
    opened.written("effort: 3")
    page.locator("#new-todo").click()
    until(page, "document.activeElement.id === 'f-title'")
    page.keyboard.type("A second line")
    page.keyboard.press("Enter")
    opened.written("title: A second line")


OWN_LANES = TEXT.replace(
    "stages:\n", "lanes:\n  promise: {name: What we promise} # to all\n  law: {name: Law}\nstages:\n", 1
)


def test_own_lanes_are_added_named_filled_moved_and_removed(visit: Open) -> None:
    opened = visit(text=OWN_LANES)
    page, key = opened.page, opened.page.keyboard
    tab_to(page, "new-lane")
    key.type("Who helps")
    key.press("Enter")
    opened.written("  law: {name: Law}\n  who-helps:\n    name: Who helps\n")
    page.locator("#lane-who-helps").focus()
    key.press("Alt+ArrowLeft")
    opened.said("Who helps is now lane 2 of 3.")
    opened.written("# to all\n  who-helps:\n    name: Who helps\n  law: {name: Law}\n")
    assert page.evaluate("document.activeElement.id") == "lane-who-helps"
    law, first = box(page, "#lane-law"), box(page, "#lane-promise")
    page.mouse.move(law["x"] + 20, law["y"] + 10)
    page.mouse.down()
    page.mouse.move(first["x"] + 20, first["y"] + 10, steps=6)
    page.mouse.up()
    opened.said("Law is now lane 1 of 3.")
    opened.written("lanes:\n  law: {name: Law}\n  promise: {name: What we promise} # to all\n")
    page.locator("#card-call").click()
    page.locator("#f-lane-law-0").fill("Not at night")
    key.press("Enter")
    opened.written("        lanes:\n          law: Not at night\n")
    page.locator("#f-lane-law-1").fill("Free of charge")
    key.press("Enter")
    opened.written("Not at night", "Free of charge")
    page.locator("#lane-law").click()
    page.locator("#f-id").fill("rules")
    key.press("Enter")
    opened.written("  rules: {name: Law}\n", "          rules:", without="law:")
    page.locator("#f-name").fill("Rules")
    key.press("Enter")
    opened.written("  rules: {name: Rules}\n")
    page.locator("#f-icon").select_option("lock")
    opened.written("icon: lock")
    page.locator("#act-remove").click()
    opened.written("promise", without="rules")
    assert opened.added(OWN_LANES)[0] == ["  law: {name: Law}"]
    page.locator(".e-notice").get_by_role("button", name="Undo").click()
    opened.written("icon: lock", "Free of charge")
    page.locator("#lane-rules").focus()
    key.press("Delete")
    opened.written("promise", without="rules")


def tab_to(page: Any, id: str) -> None:
    for _ in range(150):
        if page.evaluate("document.activeElement.id") == id:
            return
        page.keyboard.press("Tab")
    raise AssertionError(id)


def test_a_map_is_made_from_nothing_with_the_keyboard_alone(visit: Open, tmp_path: Path) -> None:
    opened = visit(f"edit/#token={TOKEN}", "", new=True)
    page, key = opened.page, opened.page.keyboard
    for id, text in (("new-title", "I rent a bike"), ("new-persona", "Ana, a visitor"), ("new-goal", "See the town")):
        tab_to(page, id)
        key.type(text)
    tab_to(page, "new-workshop")
    key.press("Space")
    tab_to(page, "create")
    key.press("Enter")
    page.locator("#w-title").wait_for()
    [file] = tmp_path.glob("**/*.yaml")
    opened = Opened(page, file, opened.live)
    tab_to(page, "f-expectations-0")
    key.type("It is clean")
    key.press("Enter")
    opened.written("It is clean")
    tab_to(page, "next")
    key.press("Enter")
    page.locator(".at-points").wait_for()
    quick = page.locator("input[id^=quick-]").first.get_attribute("id")
    tab_to(page, str(quick))
    for title in ("I find the app", "The lock jams", "I ride along the river"):
        key.type(title)
        key.press("Enter")
        opened.written(title)
    tab_to(page, "next")
    key.press("Enter")
    page.locator(".at-feelings").wait_for()
    jams = page.locator(".t-face[aria-label*='The lock jams']").get_attribute("id")
    tab_to(page, str(jams))
    key.press("Home")
    key.press("Enter")
    opened.written("satisfaction: -2")
    tab_to(page, "next")
    key.press("Enter")
    page.locator(".at-todos").wait_for()
    tab_to(page, "new-todo")
    key.press("Enter")
    until(page, "document.activeElement.id === 'f-title'")
    key.type("Oil the locks")
    key.press("Enter")
    opened.written("Oil the locks")
    tab_to(page, "next")
    key.press("Enter")
    tab_to(page, "new-question")
    key.type("How was your ride?")
    key.press("Enter")
    opened.written("question: How was your ride?")
    tab_to(page, "next")
    key.press("Enter")
    page.locator(".w-end").wait_for()
    assert page.locator(".w-end a[download]").count() == 7
    tab_to(page, "leave")
    key.press("Enter")
    page.locator("#card-help").wait_for(state="attached")
    from journeykit.reading import load as read

    journey = read(file)
    titles = [one.title for stage in journey.stages for one in stage.touchpoints]
    assert titles[-3:] == ["I find the app", "The lock jams", "I ride along the river"]
    assert [one.title for one in journey.opportunities] == ["Oil the locks"]


def test_the_changes_are_shown_with_signs_and_with_a_message(visit: Open) -> None:
    opened = visit()
    page = opened.page
    page.locator("#face-call").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    opened.written("satisfaction: -0.5")
    page.locator("#tab-changes").click()
    assert page.locator(".e-diff del").inner_text().strip() == "-        satisfaction: -1"
    assert page.locator(".e-diff ins").inner_text().strip() == "+        satisfaction: -0.5"
    assert page.locator(".e-list li").count() == 1


def test_on_demand_nothing_is_written_until_it_is_saved(visit: Open) -> None:
    opened = visit()
    page = opened.page
    page.locator("#mode").select_option("demand")
    page.locator("#face-call").focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.locator(".e-saved", has_text="Not saved").wait_for()
    assert opened.text() == TEXT
    page.keyboard.press("Control+s")
    opened.written("satisfaction: 2\n")
    page.locator(".e-saved", has_text="Saved").first.wait_for()


def test_a_finding_stands_at_its_touchpoint_and_is_mended_there(visit: Open) -> None:
    opened = visit(text=TEXT.replace("feeling: relieved", "feeling: releived"))
    page = opened.page
    if page.locator("#open-broken").count():
        page.locator("#open-broken").click()
    else:
        page.locator("#card-fixed").click()
    page.locator(".e-finding", has_text="releived").get_by_role("button", name="relieved").first.click()
    opened.written("feeling: relieved")
    assert opened.text() == TEXT


def test_what_others_write_is_taken_over_and_what_is_typed_stays(visit: Open) -> None:
    opened = visit()
    page = opened.page
    page.locator("#card-call").click()
    page.locator("#f-title").fill("I call and wa")
    opened.file.write_text(TEXT.replace("The technician fixes it", "The technician is fast"), encoding="utf-8")
    page.locator("#card-fixed", has_text="The technician is fast").wait_for()
    assert page.evaluate("document.activeElement.id") == "f-title"
    page.keyboard.type("it")
    page.keyboard.press("Enter")
    opened.written("title: I call and wait", "The technician is fast")


def test_what_others_write_where_somebody_types_is_not_overwritten_unseen(visit: Open) -> None:
    opened = visit(refused=True)
    page, field = opened.page, opened.page.locator("#f-title")
    page.locator("#card-call").click()
    field.fill("I call and wait")
    theirs = TEXT.replace("title: I call the help desk", "title: I ring them up")
    opened.file.write_text(theirs, encoding="utf-8")
    page.locator("#card-call", has_text="I ring them up").wait_for()
    page.keyboard.press("Enter")
    page.locator("#f-title-wrong", has_text="to “I ring them up”: look at it").wait_for()
    assert opened.text() == theirs and field.input_value() == "I call and wait"
    page.keyboard.press("Enter")  # now it is seen
    opened.written("title: I call and wait")
    page.locator("#f-title-wrong").wait_for(state="detached")
    page.keyboard.press("Control+z")
    opened.written("title: I ring them up")
    field.fill("I call")
    opened.file.write_text(TEXT.replace("title: I call the help desk", "title: I phone"), encoding="utf-8")
    page.locator("#card-call", has_text="I phone").wait_for()
    page.keyboard.press("Enter")
    page.locator("#f-title-wrong").wait_for()
    page.keyboard.press("Escape")
    page.locator("#f-title-wrong").wait_for(state="detached")
    assert field.input_value() == "I phone" and page.evaluate("document.activeElement.id") == "f-title"


@pytest.mark.parametrize("wait", [False, True], ids=["before the answer", "after it"])
def test_what_is_entered_is_not_written_again_at_what_took_its_place(visit: Open, wait: bool) -> None:
    opened = visit(text=TEXT.replace("id: dead, ", ""))
    page = opened.page
    page.locator(".t-card").first.click()
    page.locator("#f-title").fill("No signal")
    theirs = opened.text().replace("      - {title: The", "      - {title: I wake up}\n      - {title: The")
    opened.file.write_text(theirs, encoding="utf-8")
    page.keyboard.press("Enter")
    if wait:
        until(page, "E.state.text.includes('No signal')")
    page.keyboard.press("Tab")
    opened.written("title: No signal", "I wake up")
    page.wait_for_timeout(300)
    assert opened.added(theirs) == (
        ["      - {title: The internet is gone, feeling: frustrated} # at nine"],
        ["      - {title: No signal, feeling: frustrated} # at nine"],
    )


def test_a_face_that_others_move_while_it_is_dragged_is_not_overwritten_unseen(visit: Open) -> None:
    opened = visit(refused=True)
    page = opened.page
    face, track = box(page, "#face-call"), box(page, "li:has(#face-call) .t-track")
    x, moved = face["x"] + face["width"] / 2, TEXT.replace("satisfaction: -1", "satisfaction: -2")
    first = "      - {title: I wake up}\n"
    for theirs in (moved, moved.replace("      - {id: dead", f"{first}      - {{id: dead")):
        page.mouse.move(x, box(page, "#face-call")["y"] + 15)
        page.mouse.down()
        page.mouse.move(x, track["y"] + 30, steps=5)
        opened.file.write_text(theirs.replace("my router", "our router"), encoding="utf-8")
        until(page, "E.state.text.includes('our router')")
        page.mouse.up()
        page.locator(".e-notice", has_text="changed meanwhile").wait_for()
        assert opened.text() == theirs.replace("my router", "our router")
        opened.file.write_text(TEXT, encoding="utf-8")
        page.locator("#title", has_text="my router").wait_for()
        page.locator(".e-notice").get_by_role("button", name="Close").click()


def test_what_is_typed_goes_where_it_was_typed_though_others_move_it(visit: Open) -> None:
    opened = visit(refused=True)
    page = opened.page
    page.locator("#card-call").click()
    page.locator("#f-why").fill("Two people for a town")
    first = "      - {title: I wake up}\n"
    moved = TEXT.replace("      - {id: dead", f"{first}      - {{id: dead")
    opened.file.write_text(moved, encoding="utf-8")
    page.locator(".t-card", has_text="I wake up").wait_for()
    assert page.locator("#f-why").input_value() == "Two people for a town"
    page.keyboard.press("Tab")
    opened.written("why: Two people for a town")
    assert opened.added(moved) == ([], ["        why: Two people for a town"])
    page.locator("#f-why").fill("Nobody knows")
    gone = "".join(opened.text().partition("      - id: call\n")[:1]) + opened.text().partition("  - name: It works")[2]
    assert "id: call" not in gone
    text = (
        TEXT[: TEXT.index("      - id: call")] + TEXT[TEXT.index("  - name: It works") : TEXT.index("opportunities:")]
    )
    opened.file.write_text(text, encoding="utf-8")  # somebody removed what is typed at
    page.locator("#card-call").wait_for(state="detached")
    page.keyboard.press("Tab")
    page.wait_for_timeout(300)
    assert opened.text() == text


def clash(opened: Opened, text: str = TEXT) -> None:
    """Change a face without saving it while another hand changes it in the file, and open what clashes."""
    page = opened.page
    page.locator("#mode").select_option("demand")
    page.locator("#face-call").focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.locator(".e-saved", has_text="Not saved").wait_for()
    opened.file.write_text(text.replace("satisfaction: -1", "satisfaction: -2"), encoding="utf-8")
    page.locator("#open-conflict").click()


def test_versions_that_clash_are_shown_and_one_is_chosen(visit: Open) -> None:
    for take, left in (("theirs", "satisfaction: -2"), ("mine", "satisfaction: 2\n")):
        opened = visit(refused=True)
        page = opened.page
        clash(opened)
        cells = page.locator("#conflict tbody td").all_inner_texts()
        assert [one.strip() for one in cells] == [f"satisfaction: {n}" for n in (-1, 2, -2)]
        page.locator(f"#take-{take}").click()
        page.locator("#conflict").wait_for(state="detached")
        page.locator("#mode").select_option("auto")
        opened.written(left)


def test_a_broken_file_is_shown_broken_and_mended_as_text(visit: Open) -> None:
    opened = visit()
    page = opened.page
    page.locator("#tab-text").click()
    area = page.locator("#yaml")
    area.fill(TEXT.replace("title: I get my router fixed", "titel: I get my router fixed"))
    page.locator("#apply").click()
    page.locator("#open-broken").wait_for()
    assert page.locator("#card-call").is_visible()
    page.locator("#yaml").fill(TEXT.replace("my router", "my new router"))
    page.locator("#apply").click()
    page.locator("#open-broken").wait_for(state="detached")
    opened.written("I get my new router fixed")


def test_without_the_token_all_is_shown_and_nothing_can_be_changed(visit: Open) -> None:
    opened = visit()
    other = visit(f"edit/{NAME}/", live=opened.live).page
    assert other.locator("#undo, #save, #add-stage, #new-todo, .t-add, .grip").count() == 0
    face = other.locator("#face-call")
    assert face.get_attribute("aria-readonly") == "true"
    face.focus()
    other.keyboard.press("End")
    other.keyboard.press("Enter")
    other.locator("#card-call").focus()
    other.keyboard.press("Delete")
    other.keyboard.press("Alt+ArrowRight")
    other.locator("#card-call").click()
    assert other.locator("#f-title").get_attribute("readonly") is not None
    other.wait_for_timeout(300)
    assert opened.text() == TEXT
    opened.page.locator("#face-call").focus()
    opened.page.keyboard.press("End")
    opened.page.keyboard.press("Enter")
    until(other, "document.getElementById('face-call').getAttribute('aria-valuenow') === '2'")


HOSTILE = r"""<!doctype html><meta charset="utf-8"><body><script>
const base = "BASE", port = new URL(base).port, found = window.found = {};
const act = JSON.stringify({ version: "", label: "x", acts: [{ do: "set", path: ["title"], value: "Hacked" }] });
const json = { "Content-Type": "application/json", "X-Journeykit-Token": "TOKEN" };
const picture = new Blob(["x"], { type: "image/png" });
const places = [base, `http://localhost:${port}/`];
const tell = (name, promise) => promise.then((one) => { found[name] = one; }, () => { found[name] = "refused"; });
const text = (one) => one.text();
const element = (kind, more) => new Promise((done) => {
  const one = Object.assign(document.createElement(kind), more);
  one.onload = () => done("loaded"); one.onerror = () => done("refused");
  document.body.append(one);
});
const later = (ms) => new Promise((done) => setTimeout(done, ms));
const tries = [];
for (const at of places) {
  const to = `${at}_edit/router`;
  tries.push(
    tell(`${at} read`, fetch(to).then(text)),
    tell(`${at} page`, fetch(`${at}edit/router/`).then(text)),
    tell(`${at} script`, element("script", { src: to })),
    tell(`${at} code`, element("script", { src: `${at}assets/edit.js` })),
    tell(`${at} picture`, element("img", { src: `${to}/picture.png?chart=map` })),
    tell(`${at} style`, element("link", { rel: "stylesheet", href: `${at}assets/edit.css` })),
    tell(`${at} json`, fetch(to, { method: "POST", body: act, headers: json }).then(text)),
    tell(`${at} put`, fetch(to, { method: "PUT", body: act, headers: json }).then(text)),
    tell(`${at} cookies`, fetch(to, { method: "POST", body: act, credentials: "include" }).then(text)),
    tell(`${at} events`, new Promise((done, failed) => {
      const stream = new EventSource(`${at}_events`);
      stream.addEventListener("hello", (one) => done(one.data));
      stream.onerror = () => { stream.close(); failed(); };
    })),
    tell(`${at} socket`, new Promise((done, failed) => {
      const socket = new WebSocket(`${at.replace("http", "ws")}_events`);
      socket.onopen = () => done("open"); socket.onerror = failed;
    })),
    fetch(to, { method: "POST", body: act, mode: "no-cors" }),
    fetch(`${to}/undo`, { method: "POST", body: "{}", mode: "no-cors", keepalive: true }),
    fetch(`${to}/image?path=[]&file=x.png`, { method: "POST", body: picture, mode: "no-cors" }),
    fetch(`${at}_new`, { method: "POST", body: act, mode: "no-cors" }),
  );
  navigator.sendBeacon(to, act);
  for (const enctype of ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded"]) {
    const [form, frame, field] = ["form", "iframe", "input"].map((one) => document.createElement(one));
    frame.name = form.target = `f${document.forms.length}`;
    Object.assign(form, { method: "POST", action: to, enctype });
    Object.assign(field, { name: act.slice(0, -1) + ',"y":"', value: '"}' });
    form.append(field);
    document.body.append(frame, form);
    form.submit();
  }
}
Promise.race([Promise.allSettled(tries), later(8000)]).then(() => later(300)).then(() => {
  const frame = document.createElement("iframe");
  frame.src = `${base}edit/router/`;
  document.body.append(frame);
  frame.onload = () => { document.title = "done"; };
});
</script>
"""


@pytest.fixture
def rebound(browser: Any) -> Iterator[Any]:
    """A browser for which somebody else's name leads to this machine."""
    rules = "--host-resolver-rules=MAP rebound.example 127.0.0.1"
    program = os.environ.get("JOURNEYKIT_CHROMIUM") or shutil.which("chromium")
    opened = browser.browser_type.launch(executable_path=program, args=[*FLAGS, rules])
    yield opened
    opened.close()


def test_a_page_of_another_site_reads_and_writes_nothing(visit: Open, rebound: Any, tmp_path: Path) -> None:
    """Whatever it tries, as if it had guessed the token, in a browser that has the editor open."""
    opened = visit()
    server = opened.live.server
    page_of = HOSTILE.replace("BASE", server.address).replace("TOKEN", TOKEN)
    (tmp_path / "hostile.html").write_text(page_of, encoding="utf-8")

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page_of.encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Print nothing."""

    other = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    context = rebound.new_context()
    page = context.new_page()
    page.goto(f"{server.address}{ROUTER}")
    page.locator("#edit.ready").wait_for()
    sites = [f"http://{host}:{other.server_address[1]}/" for host in ("127.0.0.1", "localhost", "rebound.example")]
    for address in (*sites, (tmp_path / "hostile.html").as_uri()):
        hostile = context.new_page()
        hostile.goto(address)
        until(hostile, "document.title === 'done'")
        found = hostile.evaluate("window.found")
        assert len(found) == 2 * 11 and set(found.values()) == {"refused"}, (address, found)
        assert hostile.frames[-1].url.startswith("chrome-error:")  # nor is the editor shown in it
        hostile.close()
    answer = page.goto(f"http://rebound.example:{server.port}/{ROUTER}")
    assert (answer.status, answer.text()) == (403, "this host is not served\n")
    context.close()
    other.shutdown()
    other.server_close()
    assert opened.text() == TEXT and not (tmp_path / "images").exists()
    assert opened.live.preview.title_of(str(opened.file)) == "I get my router fixed"
    opened.page.locator("#undo[aria-disabled=true]").wait_for()  # nothing was made that could be taken back


def test_a_map_from_right_to_left_runs_that_way(visit: Open) -> None:
    text = (ROOT / "tests" / "charts" / "journeys" / "arabic.journey.yaml").read_text(encoding="utf-8")
    opened = visit(text=text)
    page = opened.page
    first, second = box(page, ".t-card >> nth=0"), box(page, ".t-card >> nth=1")
    assert first["x"] > second["x"]
    title, persona = (box(page, one) for one in ("#title", "#choose-persona"))
    assert abs(title["x"] + title["width"] - persona["x"] - persona["width"]) < 2
    page.locator(".t-card").first.focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement === document.querySelectorAll('.t-card')[1]")


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_a_phone_scrolls_the_map_only(visit: Open, axe: str, width: int) -> None:
    opened = visit(text=OWN_LANES, refused=True, width=width, height=800)
    page = opened.page
    start = visit(f"edit/#token={TOKEN}", live=opened.live, width=width, height=800).page
    for one in (page, start):
        load(one, axe)

    def check(what: str, page: Any = page) -> None:
        page.evaluate("scrollTo(0, 0)")  # nothing lies below the tools
        assert axe_finds(page) == [], what
        for colors in ({"color_scheme": "dark"}, {"color_scheme": "light", "forced_colors": "active"}):
            if width > 320:
                page.emulate_media(**colors)
                assert axe_finds(page, ABOUT_COLORS) == [], (what, colors)
        page.emulate_media(color_scheme="light", forced_colors="none")
        assert page.evaluate("document.documentElement.scrollWidth") == width, what
        targets = page.locator("#edit :is(a, button, summary, select, textarea, [role=slider]):visible")
        small = targets.evaluate_all(
            "all => all.filter(one => { const box = one.getBoundingClientRect();"
            " return box.width < 24 || box.height < 24; }).map(one => one.outerHTML.slice(0, 100))"
        )
        assert small == [], what

    check("start", start)
    for opener in ("#choose-journey", "#choose-persona", ".t-name >> nth=0", "#lane-promise", "#card-call"):
        page.locator(opener).click()
        if page.locator("#rest > summary").count():
            page.locator("#rest").evaluate("one => { one.open = true; }")
        check(opener)
        if width < 1000 and opener != "#card-call":
            page.locator(".e-close").click()
    for panel in ("changes", "findings", "text", "take"):
        page.locator(f"#tab-{panel}").click()
        check(panel)
    if width < 1000:
        page.locator(".e-close").click()
    page.locator("#view-matrix").click()
    page.locator("#cell-ring-back").click()
    check("matrix")
    if width < 1000:
        page.locator(".e-close").click()
    clash(opened, OWN_LANES)
    check("conflict")
    page.locator("#take-mine").click()
    page.locator("#conflict").wait_for(state="detached")
    page.locator("#workshop").click()
    for step in range(6):
        page.locator(f"#step-{step}").click()
        check(f"step {step}")
