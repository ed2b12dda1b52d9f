"""The page of a journey in a browser: what its script does, and what works without it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import slow

Visit = Callable[..., Any]


def panel(page: Any) -> str:
    return str(page.locator("article.journey:not([hidden]) .panel").inner_text())


def box(page: Any, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.locator(selector).first.bounding_box()
    return found


def until(page: Any, condition: str) -> None:
    """Wait for what an event of the browser brings about; the page's policy forbids playwright's own way."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def zoom(page: Any) -> float:
    return float(page.locator("#map-picture").get_attribute("width"))


def test_keys_reach_every_touchpoint_and_the_panel_shows_it(visit: Visit) -> None:
    page = visit("one.html")
    tabs = page.locator(".strip a")
    titles = page.locator("article.touchpoint > :first-child").all_inner_texts()
    assert len(titles) == 14
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('role')") == "tab":
            break
    for number, title in enumerate(titles):
        assert page.evaluate("document.activeElement.dataset.id") == tabs.nth(number).get_attribute("data-id")
        assert " ".join(panel(page).split()).startswith(" ".join(title.split()))
        assert tabs.nth(number).get_attribute("aria-selected") == "true"
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.id") == tabs.first.get_attribute("data-id")
    page.keyboard.press("End")
    assert "I finish my first task on my own" in panel(page)
    assert page.url.endswith("#t-own-task")


def test_the_panel_has_the_text_of_the_list(visit: Visit) -> None:
    page = visit("one.html")
    for id in ("laptop", "desk-call"):
        page.locator(f"#t-{id}-tab").click()
        listed = page.locator(f"#t-{id} dl").first.inner_text()
        assert page.locator(".panel dl").first.inner_text() == listed
    assert page.locator(".panel [id]").count() == 0


LIT = """(() => {
  const [lit, point] = ["#map-picture .lit", "#map-point-welcome"]
    .map((one) => document.querySelector(one).getBoundingClientRect());
  return lit.left <= point.left + 4 && point.left + 4 <= lit.right;
})()"""


def test_the_touchpoint_under_the_pointer_is_shown_and_a_click_keeps_it(visit: Visit) -> None:
    page = visit("one.html", height=1400)
    for id, title in (("contract", "I sign my contract"), ("welcome", "I get a plan")):
        at = box(page, f"#map-point-{id}")
        page.mouse.move(at["x"] + 4, at["y"] + 30)
        assert title in panel(page)
    page.mouse.click(at["x"] + 4, at["y"] + 30)
    page.mouse.move(5, 5)
    assert "I get a plan" in panel(page)
    until(page, LIT)


def test_an_address_with_a_touchpoint_opens_it(visit: Visit) -> None:
    assert "My laptop is not there" in panel(visit("one.html", at="#t-laptop"))
    page = visit("two.html", at="#2-t-contract")
    assert page.locator("#journey-1").is_hidden() and page.locator("[value=journey-2]").is_checked()


def test_zoom_by_buttons_keys_and_wheel_keeps_the_place_under_the_pointer(visit: Visit) -> None:
    page = visit("one.html")
    first = zoom(page)
    page.locator("[data-zoom=in]").click()
    assert zoom(page) == pytest.approx(first * 1.25)
    page.locator(".scroll").focus()
    page.keyboard.press("-")
    assert zoom(page) == pytest.approx(first)
    page.keyboard.press("0")
    assert zoom(page) == pytest.approx(page.locator(".scroll").evaluate("one => one.clientWidth"))
    page.keyboard.press("1")
    natural = zoom(page)
    assert first == pytest.approx(natural)  # text of 7 points is not shown smaller than that
    area = box(page, ".scroll")
    x, y = area["x"] + area["width"] / 3, area["y"] + area["height"] / 3

    def under_pointer() -> tuple[float, float]:
        picture = box(page, "#map-picture")
        return (x - picture["x"]) / picture["width"], (y - picture["y"]) / picture["height"]

    before = under_pointer()
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    until(page, f"+document.getElementById('map-picture').getAttribute('width') > {natural}")
    assert under_pointer() == pytest.approx(before, abs=0.01)


def test_the_mouse_drags_the_picture(visit: Visit) -> None:
    page = visit("one.html")
    area = box(page, ".scroll")
    page.mouse.move(area["x"] + 500, area["y"] + 300)
    page.mouse.down()
    page.mouse.move(area["x"] + 300, area["y"] + 200, steps=4)
    page.mouse.up()
    assert page.locator(".scroll").evaluate("one => [one.scrollLeft, one.scrollTop]") == [200, 100]
    assert page.locator(".strip [aria-selected=true]").count() == 0


@pytest.mark.parametrize("name", ["one.html", "ar.html"])
def test_names_of_lanes_and_touchpoints_stay_in_view(visit: Visit, name: str) -> None:
    page = visit(name)
    side = -300 if name == "ar.html" else 300
    page.locator(".scroll").evaluate(f"one => one.scrollBy({side}, 500)")
    until(page, "document.querySelector('.heads').getAttribute('display') === 'inline'")
    area, heads = box(page, ".scroll"), box(page, ".heads")
    assert heads["y"] == pytest.approx(area["y"], abs=2) and heads["height"] > 20
    names = page.locator(".names g").evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    seen = [
        one
        for one in names
        if area["y"] + heads["height"] <= one["top"] and one["bottom"] <= area["y"] + area["height"]
    ]
    assert len(seen) >= 2
    assert all(area["x"] <= one["left"] and one["right"] <= area["x"] + area["width"] for one in seen)


def test_lanes_are_switched_off_without_a_gap(visit: Visit) -> None:
    page = visit("one.html")
    height = box(page, "#map-picture")["height"]
    below = box(page, "#map-lane-outcomes-1")["y"]
    page.locator("summary").click()
    page.get_by_label("Experience").uncheck()
    gone = height - box(page, "#map-picture")["height"]
    assert gone > 100 and page.locator("#map-lane-curve-1").is_hidden()
    assert below - box(page, "#map-lane-outcomes-1")["y"] == pytest.approx(gone, abs=1)
    page.get_by_label("Experience").check()
    assert box(page, "#map-picture")["height"] == pytest.approx(height)
    page.keyboard.press("Escape")
    assert page.locator(".lanes").is_hidden()


def test_scores_take_the_place_of_feelings_and_give_it_back(visit: Visit) -> None:
    page = visit("one.html")
    feeling = page.locator("#map-point-laptop text").first
    before = (feeling.text_content(), feeling.get_attribute("textLength"))
    button = page.get_by_role("button", name="Scores instead of feelings")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert feeling.text_content() == "0" and feeling.get_attribute("textLength") is None
    button.click()
    assert (feeling.text_content(), feeling.get_attribute("textLength")) == before
    assert button.get_attribute("aria-pressed") == "false"


def test_today_and_future_are_switched_and_keep_touchpoint_and_zoom(visit: Visit) -> None:
    page = visit("two.html")
    assert page.locator("#journey-2").is_hidden()
    page.locator("#t-contract-tab").click()
    page.locator("#journey-1 [data-zoom=in]").click()
    scale = "one => one.getAttribute('width') / one.viewBox.baseVal.width"
    chosen = page.locator("#map-picture").evaluate(scale)
    page.locator("[value=journey-2]").check()
    assert page.locator("#journey-1").is_hidden() and page.locator("#journey-2").is_visible()
    assert "I sign my contract" in panel(page)
    assert page.locator("[id='2-map-picture']").evaluate(scale) == pytest.approx(chosen)


def background(page: Any) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_the_theme_follows_the_system_and_can_be_chosen(visit: Visit) -> None:
    dark, light = "rgb(18, 22, 28)", "rgb(255, 255, 255)"
    page = visit("one.html", color_scheme="dark")
    assert background(page) == dark
    page.locator("#theme").select_option("light")
    assert background(page) == light
    page.locator("#theme").select_option("dark")
    page.emulate_media(color_scheme="light")
    assert background(page) == dark
    page.locator("#theme").select_option("")
    assert background(page) == light
    page.locator("#theme").select_option("print")
    fills = page.locator("#map-picture path").evaluate_all("all => all.map(one => getComputedStyle(one).fill)")
    assert 'url("#hatch-bad-area-print")' in fills


def test_paper_has_the_picture_and_all_texts_in_light_colors(visit: Visit) -> None:
    page = visit("one.html", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert background(page) == "rgb(255, 255, 255)"
    for hidden in (".bar", ".tools", ".strip", ".panel", ".frozen"):
        assert page.locator(hidden).first.is_hidden()
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF") and b"/Page" in pdf
    area, picture = box(page, ".picture"), box(page, "#map-picture")
    assert picture["width"] <= area["width"] + 1


def test_without_a_script_all_is_there_to_read(visit: Visit) -> None:
    page = visit("two.html", java_script_enabled=False)
    assert page.locator(".tools:visible, .bar:visible, .panel:visible").count() == 0
    assert page.locator("#map-picture").is_visible() and page.locator("[id='2-map-picture']").is_visible()
    assert page.locator("article.touchpoint:visible").count() > 20
    page.locator("#t-laptop-tab").click()
    assert page.url.endswith("#t-laptop")


@pytest.mark.parametrize("name", ["two.html", "ar.html"])
def test_a_phone_scrolls_the_picture_and_nothing_else_sideways(visit: Visit, name: str) -> None:
    page = visit(name, width=320, height=640, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.locator(".strip a").nth(3).tap()
    assert page.locator(".panel").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    small = page.locator("a:visible, button:visible, summary:visible, select:visible, input:visible").evaluate_all(
        "all => all.filter(one => !one.closest('dl, p, ol, .skip, .panel') && !one.matches('input, .skip'))"
        ".filter(one => { const box = one.getBoundingClientRect(); return box.width < 24 || box.height < 24; }).length"
    )
    assert small == 0


def test_two_fingers_zoom(visit: Visit) -> None:
    page = visit("one.html", width=400, height=800, has_touch=True)
    before = zoom(page)
    page.evaluate(
        """() => {
            const area = document.querySelector(".scroll");
            const touch = (id, x) => new Touch({ identifier: id, target: area, clientX: x, clientY: 500 });
            const send = (kind, ...touches) => area.dispatchEvent(new TouchEvent(kind, { touches, cancelable: true }));
            send("touchstart", touch(1, 100), touch(2, 200));
            send("touchmove", touch(1, 50), touch(2, 250));
            send("touchend");
        }"""
    )
    assert zoom(page) == pytest.approx(2 * before)


def test_forced_colors_are_those_of_the_system(visit: Visit) -> None:
    page = visit("one.html", forced_colors="active")
    fills = set(
        page.locator("#map-picture :is(text, rect:not(.lit))").evaluate_all(
            "all => all.map(one => getComputedStyle(one).fill)"
        )
    )
    assert len(fills) <= 3  # Canvas, CanvasText, none


@pytest.mark.parametrize("step", [3, slow(1)])
def test_a_hostile_text_runs_nothing_in_a_browser(silent: Any, tmp_path: Path, step: int) -> None:
    from tests.web.test_markup import PAYLOADS
    from tests.web.test_page import everywhere, markup

    for payload in PAYLOADS[::step]:
        (tmp_path / "page.html").write_text(markup(everywhere(payload)), encoding="utf-8")
        silent.goto(f"file://{tmp_path / 'page.html'}")
        silent.locator(".strip a").first.click()
        assert silent.locator("img, iframe, object, math, body script ~ script").count() == 0


@pytest.mark.parametrize(
    ("name", "options"),
    [("two.html", {}), ("ar.html", {"color_scheme": "dark"}), ("one.html", {"width": 320, "height": 640})],
)
def test_axe_finds_nothing(visit: Visit, axe: str, name: str, options: dict[str, Any]) -> None:
    page = visit(name, **options)
    page.locator(".strip a").nth(1).click()
    page.context.new_cdp_session(page).send(
        "Runtime.evaluate", {"expression": axe}
    )  # the page's policy lets no other in
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate(
        f"axe.run({{ exclude: ['svg g'] }}, {{ runOnly: {json.dumps(tags)}, resultTypes: ['violations'] }})"
    )
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
