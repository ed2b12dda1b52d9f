"""SVG: well-formed whatever the text, readable as text and as a diff, and the same on every run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.drawing import icons, themes
from journeykit.drawing.scene import Group, Line, Rect, Scene, Text, walk
from journeykit.drawing.text import Typesetter, visible
from journeykit.drawing.writers import svg
from tests.drawing import specimen

PLAIN = Typesetter()
"""Sets text in DejaVu Sans."""

LIGHT = themes.load("light")
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "\x00\x1b]]><b>&amp;\"' $x^$ \\ <!-- --> \ud800\ufffe\u202e end"


def parsed(scene: Scene) -> ElementTree.Element:
    return ElementTree.fromstring(svg.write(scene, LIGHT).encode("utf-8"))


def sheet(*texts: str, title: str = "t", description: str = "") -> Scene:
    marks = tuple(PLAIN.label(text, 10, 20 + 20 * number, 9) for number, text in enumerate(texts))
    return Scene(
        width=200,
        height=100,
        marks=(Group(marks=marks, id="g", title=title, desc=description),),
        title=title,
        description=description,
    )


@given(st.text(min_size=1))
def test_any_text_comes_out_as_that_text(text: str) -> None:
    root = parsed(sheet(text, title=text, description=text))
    shown = visible(text)
    drawn = [element.text for element in root.iter(SVG + "text")]
    assert drawn == [shown] * bool(shown)
    assert [element.text or "" for element in root.iter(SVG + "title")] == [shown] * 2


def test_hostile_text_is_neither_markup_nor_mathematics() -> None:
    root = parsed(sheet(HOSTILE, title=HOSTILE, description=HOSTILE + "\nsecond line"))
    [text] = root.iter(SVG + "text")
    assert text.text == "\\x00\\x1b]]><b>&amp;\"' $x^$ \\ <!-- --> \\ud800\\ufffe end"
    assert not list(text)
    [first, _] = root.iter(SVG + "desc")
    assert (first.text or "").splitlines()[1] == "second line"


def test_it_says_what_it_shows() -> None:
    root = parsed(specimen.scene())
    title, desc = root[0], root[1]
    assert (title.tag, title.text) == (SVG + "title", "Specimen: árvíztűrő")
    assert desc.tag == SVG + "desc" and (desc.text or "").startswith("Every mark.")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert root.get("lang") == "en"
    phones = [group for group in root.iter(SVG + "g") if group.findtext(SVG + "title") == "phone"]
    assert [group.get("role") for group in phones] == ["img"]


def test_width_and_height_are_the_scenes_in_css_pixels() -> None:
    root = parsed(specimen.scene())
    assert root.get("viewBox") == "0 0 420 400"
    assert float(root.get("width", "")) == pytest.approx(560)
    assert float(root.get("height", "")) == pytest.approx(533.33)


def test_groups_keep_their_ids() -> None:
    scene = Scene(width=9, height=9, marks=(Group(marks=(), id="touchpoint-first day"),), title="t", description="d")
    assert re.findall(r' id="([^"]+)"', svg.write(scene, LIGHT)) == [
        "title", "desc", "hatch-bad-area", "touchpoint-first-day",
    ]  # fmt: skip


def test_hatched_fills_refer_to_a_pattern_that_is_there() -> None:
    written = svg.write(specimen.scene(), themes.load("print"))
    used = set(re.findall(r"url\(#([^)]+)\)", written))
    assert used == {"hatch-bad-area"}
    assert used <= set(re.findall(r'<pattern id="([^"]+)"', written))


def test_no_style_is_in_a_file() -> None:
    """A page with a strict policy that contains the file would drop it."""
    written = svg.write(specimen.scene(), LIGHT)
    assert " style=" not in written and "<style" not in written
    assert parsed(specimen.scene()).get("font-variant") == "none"


def inline(scene: Scene, prefix: str = "a-", **options: Any) -> ElementTree.Element:
    return ElementTree.fromstring(svg.write_inline(scene, LIGHT, prefix, **options))


def test_pictures_of_one_page_share_no_id() -> None:
    ids = [element.get("id") for element in inline(specimen.scene()).iter() if element.get("id")]
    assert ids and all((id or "").startswith("a-") for id in ids)


def test_a_picture_of_a_page_has_the_colors_of_the_page_and_no_style() -> None:
    root = inline(specimen.scene())
    paints = {element.get(name) for element in root.iter() for name in ("fill", "stroke")} - {None, "none"}
    assert paints and all(re.fullmatch(r"var\(--[a-z0-9-]+\)", paint or "") for paint in paints)
    assert not any(element.get("style") or element.tag == "style" for element in root.iter())


def test_a_picture_of_a_page_refers_to_what_says_the_same_in_words() -> None:
    root = inline(specimen.scene(), described_by="list")
    assert (root.get("role"), root.get("aria-label")) == ("img", "Specimen: árvíztűrő")
    assert root.get("aria-describedby") == "list"
    assert not list(root.iter("title")) and not list(root.iter("desc"))
    assert [element.get("role") for element in root.iter() if element.get("role")] == ["img"]


def test_a_picture_of_a_page_holds_no_links_which_the_page_has() -> None:
    scene = Scene(width=9, height=9, marks=(Group(marks=(), id="g", href="https://example.org/1"),), title="t")
    assert list(parsed(scene).iter(SVG + "a")) and not list(inline(scene).iter("a"))


def test_only_wanted_kinds_are_classes() -> None:
    marks = (Group(marks=(), kind="lane"), Group(marks=(), kind="point"))
    scene = Scene(width=9, height=9, marks=marks, title="t")
    assert [group.get("class") for group in inline(scene, classes={"lane"}).iter("g")] == ["lane", None]


@pytest.mark.parametrize("name", themes.NAMES)
def test_every_color_of_a_picture_is_a_property_of_each_theme(name: str) -> None:
    theme = themes.load(name)
    properties = dict(svg.theme_properties(theme))
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", svg.write_inline(specimen.scene(), LIGHT, "a-")))
    assert used <= properties.keys()
    patterns = set(re.findall(r'<pattern id="([^"]+)"', svg.hatches([theme])))
    assert {value[5:-1] for value in properties.values() if value.startswith("url(#")} == patterns


def test_every_text_states_the_length_it_was_measured_at() -> None:
    scene = specimen.scene()
    lengths = [float(element.get("textLength", "nan")) for element in parsed(scene).iter(SVG + "text")]
    measured = [mark.width for mark, _ in walk(scene) if isinstance(mark, Text)]
    assert lengths == pytest.approx(measured, abs=0.006)


def test_nothing_is_fetched_from_elsewhere() -> None:
    written = svg.write(specimen.scene(), LIGHT)
    assert "href" not in written and "@import" not in written
    assert set(re.findall(r"url\((.)", written)) <= {"#"}
    assert re.findall(r"https?://[^\"]+", written) == ["http://www.w3.org/2000/svg"]


def test_an_icon_in_several_places_is_drawn_once_and_stands_in_each() -> None:
    drawn = icons.channel("phone", 10, 20, 12)
    marks = (drawn, drawn._replace(at=(30.5, 40)), drawn._replace(at=(5, 60), title="By phone"))
    root = parsed(Scene(width=99, height=99, marks=marks, title="t"))
    (first,) = (one for one in root.iter(SVG + "g") if one.get("transform"))
    alone = parsed(Scene(width=99, height=99, marks=(drawn,), title="t"))
    assert len(list(root.iter(SVG + "path"))) == len(list(alone.iter(SVG + "path")))
    placed = [(float(one.get("x", "")), float(one.get("y", ""))) for one in root.iter(SVG + "use")]
    assert first.get("transform") == "translate(10 20)" and placed == [(20.5, 20), (-5, 40)]
    assert {one.get("href") for one in root.iter(SVG + "use")} == {f"#{first.get('id')}"}
    named = [group for group in root.iter(SVG + "g") if group.findtext(SVG + "title") == "By phone"]
    assert [one.tag for one in named[0]] == [SVG + "title", SVG + "use"]


def test_it_reads_well_as_a_diff() -> None:
    before = svg.write(specimen.scene(), LIGHT).splitlines()
    leaves = (specimen.LEAVES[0].moved(1, 0), *specimen.LEAVES[1:])
    after = svg.write(specimen.scene(leaves=leaves), LIGHT).splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    assert all(line.count("<") <= 2 for line in before if "<pattern" not in line)
    numbers = re.findall(r"(?<![#\w])-?\d+\.(\d+)", "\n".join(line for line in before if "viewBox" not in line))
    assert numbers and max(map(len, numbers)) <= 2
    assert svg.write(Scene(width=1, height=1, marks=(Line(x1=-0.001, y1=1 / 3, x2=2, y2=2.5),), title=""), LIGHT).count(
        'x1="0" y1="0.33" x2="2" y2="2.5"'
    )


def test_each_line_has_the_direction_of_its_letters() -> None:
    """Numbers and words in Latin on an Arabic map are as elsewhere: 'No score.' never becomes '.No score'."""
    lines = ["שלום, Maya!", "No score.", "−12 %", "Live · Owner: שלום", "ACME עונה לי"]
    marks = (
        *(PLAIN.label(line, 30, 20 * number, 9) for number, line in enumerate(lines)),
        *PLAIN.block(["אני מחכה (מאז", "9:15)"], 30, 120, 9),  # the second line belongs to the first
    )
    root = parsed(Scene(width=99, height=190, marks=marks, title="t", direction="rtl", lang="he"))
    texts = list(root.iter(SVG + "text"))
    assert root.get("direction") is None
    assert [text.get("direction") for text in texts] == ["rtl", None, None, None, "rtl", "rtl", "rtl"]
    for text, mark in zip(texts, marks, strict=True):
        if text.get("direction") == "rtl":  # its middle is where it was, whichever edge a viewer calls its start
            assert text.get("text-anchor") == "middle"
            assert float(text.get("x", "")) == pytest.approx(30 + mark.width / 2, abs=0.006)
        else:
            assert (text.get("text-anchor"), text.get("x")) == (None, "30")


def test_spaces_that_were_measured_are_kept() -> None:
    root = parsed(sheet("two  spaces"))
    [text] = root.iter(SVG + "text")
    assert text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_colors_are_the_themes_own() -> None:
    scene = Scene(width=9, height=9, marks=(Rect(x=0, y=0, width=9, height=9, fill="bad"),), title="t")
    for name in themes.NAMES:
        theme = themes.load(name)
        written = svg.write(scene, theme)
        assert f'fill="{theme.colors["bad"]}"' in written and f'fill="{theme.colors["page"]}"' in written


def test_another_process_in_another_place_writes_the_same(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from tests.drawing import specimen;"
        "from journeykit.drawing import themes; from journeykit.drawing.writers import svg;"
        "sys.stdout.buffer.write(svg.write(specimen.scene(), themes.load('light')).encode());"
        "sys.exit(bool({'matplotlib', 'numpy', 'PIL', 'fontTools'} & sys.modules.keys()))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parents[2])],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={"LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "11", "TZ": "Asia/Tokyo"},
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.decode() == svg.write(specimen.scene(), LIGHT)


def test_an_unknown_channel_gets_a_glyph_of_its_own() -> None:
    known = {name: icons.channel(name, 0, 0, 14).marks for name in icons.CHANNELS}
    own = icons.channel("pigeon", 0, 0, 14).marks
    assert own not in known.values()
    assert len(set(known.values())) == len(known)
