"""PNG and PDF: whole, silent, the same bytes whatever the user's matplotlib is set to."""

from __future__ import annotations

import gc
import hashlib
import io
import logging
import os
import random
import re
import subprocess
import sys
import zlib
from pathlib import Path

import matplotlib
import pytest
from PIL import Image

from journeykit.drawing import themes
from journeykit.drawing.paper import Paper, papers
from journeykit.drawing.scene import Group, Mark, Rect, Scene
from journeykit.drawing.text import Typesetter
from journeykit.drawing.writers import figure
from tests.drawing import specimen

PLAIN = Typesetter()
"""Sets text in DejaVu Sans."""

LIGHT = themes.load("light")
HOSTILE = "$x^$ $5 to $10 \\frac{1} <b> \x07 \ud800 \ue000 日本 👍🏽 مرحبا שלום"


def hostile() -> Scene:
    marks = (PLAIN.label(HOSTILE, 10, 30, 9), PLAIN.label("", 10, 60, 9))
    return Scene(width=300, height=80, marks=marks, title=HOSTILE, description="a\x00b\n日本")


def unpacked(pdf: bytes) -> list[bytes]:
    """The streams of a PDF, decompressed."""
    streams = []
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            streams.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return streams


def test_png_has_the_size_and_the_account_of_the_scene() -> None:
    image = Image.open(io.BytesIO(figure.write_png(specimen.scene(), LIGHT, 144)))
    assert image.size == (840, 800)
    assert image.info["Title"] == "Specimen: árvíztűrő"
    assert image.info["Description"] == "Every mark.\nEvery glyph, ő included."
    assert image.info["Software"] == "journeykit"
    assert image.info["dpi"] == pytest.approx((144, 144), abs=0.1)
    assert Image.open(io.BytesIO(figure.write_png(specimen.scene(), LIGHT, 96))).size == (560, 534)


def test_an_optimised_png_is_the_same_picture_and_smaller() -> None:
    plain = figure.write_png(specimen.scene(), LIGHT)
    small = figure.write_png(specimen.scene(), LIGHT, optimize=True)
    assert len(small) < len(plain)
    assert Image.open(io.BytesIO(small)).tobytes() == Image.open(io.BytesIO(plain)).tobytes()


def test_pdf_embeds_its_fonts_and_carries_the_account() -> None:
    data = figure.write_pdf(specimen.scene(), LIGHT)
    fonts = {name.decode() for name in re.findall(rb"/FontName /[A-Z]{6}\+([\w-]+)", data)}
    assert fonts == {"DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSans-BoldOblique"}
    assert len(re.findall(rb"/FontFile2", data)) == len(re.findall(rb"/Type /FontDescriptor", data)) > 0
    assert b"/Type3" not in data
    assert b"/MediaBox [ 0 0 420 400 ]" in data
    assert b"/Creator (journeykit)" in data and b"/CreationDate" not in data and b"atplotlib" not in data
    assert "Specimen: árvíztűrő".encode("utf-16-be").replace(b"(", b"\\(") in data.replace(b"\\\\", b"\\")


LINK = rb"/Rect \[ ([^]]+) \].*?/URI \((.*?)\) >>"
"""Edges and address."""


def _linked(*hrefs: str) -> tuple[Group, ...]:
    """Texts below each other in groups that are moved, each a link."""
    return tuple(
        Group(marks=(Group(marks=(PLAIN.label("open it", 30, 40, 12),), href=href, kind="link"),), at=(10, 20 * number))
        for number, href in enumerate(hrefs)
    )


@pytest.mark.parametrize("paper", [None, *papers("a4-landscape")])
def test_links_of_a_pdf_can_be_followed_and_lie_on_their_text(paper: Paper | None) -> None:
    def page(*hrefs: str) -> Scene:
        return Scene(width=400, height=283, marks=_linked(*hrefs), title="Links", paper=paper)

    first = page("https://a.example/(1)", "javascript:alert(1)", "https://ä.example/α?b=%20")
    data = figure.write_pdf(first, LIGHT, [page("mailto:a@b.example"), page()])
    found = [(address, [float(edge) for edge in edges.split()]) for edges, address in re.findall(LINK, data, re.DOTALL)]
    assert [address for address, _ in found] == [
        rb"https://a.example/\(1\)", b"https://%C3%A4.example/%CE%B1?b=%20", b"mailto:a@b.example",
    ]  # fmt: skip
    scale = first.scale
    for (_, (left, bottom, right, top)), down in zip(found, (0, 40, 0), strict=True):
        assert (left, right) == pytest.approx((40 * scale, (40 + PLAIN.measure("open it", 12)) * scale), abs=0.1)
        baseline = (283 - 40 - down) * scale
        assert bottom < baseline < top < baseline + 14 * scale


def test_pdf_holds_text_as_text() -> None:
    """The letters can be found again through the fonts' tables back to Unicode."""
    data = figure.write_pdf(specimen.scene(), LIGHT)
    streams = unpacked(data)
    tables = b"".join(stream for stream in streams if b"beginbfchar" in stream or b"beginbfrange" in stream)
    assert tables
    assert any(b"Tf" in stream and b"TJ" in stream for stream in streams)


@pytest.mark.parametrize("write", [figure.write_png, figure.write_pdf])
def test_hostile_text_is_drawn_in_silence(
    write: object, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert len(write(hostile(), LIGHT)) > 1000  # type: ignore[operator]
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")
    assert [record for record in caplog.records if record.name.startswith("matplotlib")] == []


def test_pdf_sets_no_ligatures_for_they_were_not_measured() -> None:
    """In bold they are narrower than their letters, and searching for the letters would miss them."""
    marks = (PLAIN.label("fi fl ffi ffl", 10, 30, 20, bold=True),)
    text = b"".join(unpacked(figure.write_pdf(Scene(width=90, height=40, marks=marks, title="t"), LIGHT))).lower()
    assert b"<0066>" in text or b"<0069>" in text
    assert not re.search(rb"<00660069>|<0066006c>|<fb0[0-4]>", text)


def test_every_hatched_shape_is_hatched() -> None:
    """The renderer knows the last clip by its address alone, which another may have got since."""
    for seed in range(10):
        fate = random.Random(seed)
        marks: list[Mark] = []
        hatched = []
        for number in range(12):
            x = 10 + 30 * number
            if fate.random() < 0.5:
                hatched.append(x)
                marks.append(Rect(x=x, y=10, width=20, height=20, fill="bad-area", radius=fate.choice((0, 3))))
            else:
                marks.append(Rect(x=x, y=10, width=20, height=20, fill="page", stroke="rule"))
            marks += [PLAIN.label("between", x, 38, 7) for _ in range(fate.randrange(4))]
        scene = Scene(width=400, height=40, marks=(*marks,), title="t")
        image = Image.open(io.BytesIO(figure.write_png(scene, themes.load("print"), 72))).convert("L")
        darkest = [image.crop((x + 3, 13, x + 17, 27)).getextrema()[0] for x in hatched]
        assert max(darkest) < 230, seed  # type: ignore[operator]


def test_marks_keep_their_fractions_of_a_pixel() -> None:
    solid = Scene(width=40, height=40, marks=(Rect(x=10.25, y=10, width=20, height=20, fill="ink"),), title="t")
    black = themes.load("print")
    edge = Image.open(io.BytesIO(figure.write_png(solid, black, 72))).convert("L").getpixel((10, 20))
    assert edge == pytest.approx(64, abs=4)  # three quarters of the pixel are covered


def test_dollars_are_no_mathematics() -> None:
    marks = (PLAIN.label("$x_i$", 10, 30, 20),)
    plain = figure.write_png(Scene(width=90, height=40, marks=marks, title="t"), LIGHT)
    dark = Image.open(io.BytesIO(plain)).convert("L").point(lambda value: 255 if value < 128 else 0)
    left, _, right, _ = dark.getbbox() or (0, 0, 0, 0)
    # as mathematics it would be not half as wide
    assert (right - left) / 2 == pytest.approx(marks[0].width, abs=5)


CODE = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from tests.drawing import specimen
from journeykit.drawing import themes
from journeykit.drawing.paper import Paper, papers
from journeykit.drawing.writers import figure
theme = themes.load("light")
print(hashlib.sha256(figure.write_png(specimen.scene(), theme)).hexdigest())
print(hashlib.sha256(figure.write_pdf(specimen.scene(), theme)).hexdigest())
"""

SETTINGS = """\
backend: garbage
font.size: 30
lines.linewidth: 9
text.usetex: True
pdf.fonttype: 3
pdf.compression: 0
path.sketch: 1, 100, 2
path.snap: False
savefig.dpi: 30
figure.facecolor: red
no.such.setting: 1
"""


def test_neither_settings_nor_surroundings_change_a_byte(tmp_path: Path) -> None:
    ours = [
        hashlib.sha256(write(specimen.scene(), LIGHT)).hexdigest() for write in (figure.write_png, figure.write_pdf)
    ]
    # the last line is no UTF-8: read at all, it would stop the import
    (tmp_path / "matplotlibrc").write_bytes(SETTINGS.encode() + b"# caf\xe9\n")
    # the cache of fonts is kept, for it takes long to build and changes nothing
    surroundings = {
        **os.environ,
        "MPLBACKEND": "garbage",
        "MATPLOTLIBRC": str(tmp_path / "matplotlibrc"),
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "SOURCE_DATE_EPOCH": "12345",
    }
    ran = subprocess.run(
        [sys.executable, "-c", CODE, str(Path(__file__).parents[2])],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=surroundings,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.split() == ours


def test_a_host_programs_own_settings_neither_count_nor_change() -> None:
    before = figure.write_png(specimen.scene(), LIGHT)
    with matplotlib.rc_context({"font.size": 40, "path.snap": False, "text.antialiased": False}):
        assert figure.write_png(specimen.scene(), LIGHT) == before
        assert matplotlib.rcParams["font.size"] == 40
        assert matplotlib.rcParams["text.parse_math"] is True


def test_a_batch_piles_up_no_pixels() -> None:
    gc.collect()
    gc.disable()  # they go at once, not when the collector comes round
    try:
        for _ in range(3):
            figure.write_png(hostile(), LIGHT)
        left = [thing for thing in gc.get_objects() if type(thing).__name__ == "RendererAgg"]
    finally:
        gc.enable()
    assert not left


def test_a_figure_can_be_drawn_on_by_others() -> None:
    drawn = figure.to_figure(specimen.scene(), LIGHT, 72)
    assert tuple(drawn.get_size_inches() * 72) == pytest.approx((420, 400))
    buffer = io.BytesIO()
    drawn.savefig(buffer, format="png")
    image = Image.open(buffer).convert("L")
    assert image.size == (420, 400)
    assert min(image.tobytes()) < 60


def test_the_surroundings_are_given_back(tmp_path: Path) -> None:
    code = CODE + "import os; print(os.environ['MPLBACKEND'], os.getcwd())"
    ran = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parents[2])],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "MPLBACKEND": "garbage"},
    )
    assert ran.stdout.splitlines()[-1] == f"garbage {tmp_path}"
