"""Pictures beside journeys: what is shown, and what is refused and why."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin

from journeykit.images import MAX_BYTES, ImageError, image_of, read_image, resized

NS = 'xmlns="http://www.w3.org/2000/svg"'


def svg(inside: str = "", more: str = 'viewBox="0 0 40 30"') -> bytes:
    return f'<svg {NS} xmlns:xlink="http://www.w3.org/1999/xlink" {more}>{inside}</svg>'.encode()


def raster(kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, "red").save(target, kind, **options)
    return target.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_raster_is_known_by_its_content(kind: str) -> None:
    found = image_of(raster(kind))
    assert (found.media_type, found.width, found.height) == (f"image/{kind.lower()}", 40, 30)


def test_a_photo_held_upright_is_as_high_as_it_is_seen_and_keeps_no_place() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (
        TiffImagePlugin.IFDRational(47),
        TiffImagePlugin.IFDRational(30),
        TiffImagePlugin.IFDRational(0),
    )
    data = raster("JPEG", exif=exif)
    found = image_of(data)
    assert (found.width, found.height) == (30, 40)
    small = resized(found, 20, 20)
    assert (small.width, small.height) == (15, 20)
    with Image.open(BytesIO(small.data)) as clean:
        assert clean.size == (15, 20) and not clean.getexif() and b"Exif" not in small.data


@pytest.mark.parametrize(
    ("more", "size"),
    [
        ('viewBox="0 0 40 30"', (40, 30)), ('viewBox="0,0,40,30" width="80"', (80, 60)),
        ('width="10mm" height="20mm"', (37.795, 75.591)), ('width="100%" height="100%" viewBox="0 0 4 3"', (4, 3)),
    ],
)  # fmt: skip
def test_the_size_of_a_drawing(more: str, size: tuple[float, float]) -> None:
    found = image_of(svg(more=more))
    assert found.media_type == "image/svg+xml"
    assert (found.width, found.height) == pytest.approx(size, abs=0.01)


PLAIN = [
    '<rect width="4" height="3" fill="url(#g)"/><linearGradient id="g"/>',
    "<title>A van</title><desc>(red)</desc>",
    '<use xlink:href="#a"/><path id="a" d="M0 0L1 1"/>',
    "<style>.a{fill:red}</style>",
    '<g style="fill:#fff"/>',
    '<image href="data:image/png;base64,aGVsbG8="/>',
    '<text aria-label="see (a)">image(x)</text>',
    '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"/>',
]


@pytest.mark.parametrize("inside", PLAIN)
def test_a_plain_drawing_is_shown(inside: str) -> None:
    assert image_of(svg(inside)).width == 40


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<script>alert(1)</script>", "<script>"), ("<foreignObject/>", "<foreignObject>"), ("<a/>", "<a>"),
        ('<rect onclick="alert(1)"/>', "event handler"), ('<rect ONLOAD="x"/>', "event handler"),
        ('<image href="https://evil.example/a.png"/>', "outside"), ('<use href="b.svg#a"/>', "outside"),
        ('<image xlink:href="file:///etc/passwd"/>', "outside"),
        ('<image href="data:image/svg+xml;base64,AA"/>', "outside"),
        ('<use href="javascript:alert(1)"/>', "outside"), ('<rect fill="url(https://evil.example/#a)"/>', "outside"),
        ('<rect style="fill:url( &quot;//evil.example/a&quot; )"/>', "outside"),
        ("<style>@import 'a.css';</style>", "@import"),
        ("<style>a{background:u\\72l(x)}</style>", "style"),
        ('<rect style="mask:image-set(&quot;x&quot; 1x)"/>', "image-set"),
        ('<rect mask="image-set(&quot;x&quot; 1x)"/>', "image-set"), ("<animate/>", "<animate>"), ("<set/>", "<set>"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>', "not SVG"), ('<b xmlns=""/>', "not SVG"),
        ('<g xml:base="https://evil.example/"/>', "base"), ('<g id="a"><use href="#a"/></g>', "repeats itself"),
        ("<g>" * 70 + "</g>" * 70, "too many"), ("<g/>" * 20001, "too many"), ("<rect", "not well-formed"),
    ],
)  # fmt: skip
def test_what_no_drawing_needs_is_refused(inside: str, why: str) -> None:
    with pytest.raises(ImageError) as error:
        image_of(svg(inside))
    assert why in error.value.reason
    assert "PNG" in error.value.help


def test_a_drawing_that_repeats_itself_a_billion_times_is_refused() -> None:
    levels = "".join(f'<g id="l{n}">{f"""<use href="#l{n - 1}"/>""" * 10 if n else "<path/>"}</g>' for n in range(10))
    with pytest.raises(ImageError, match="too many elements"):
        image_of(svg(levels))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(), "document type"),
        (b'<?xml-stylesheet href="a.css"?>' + svg(), "instruction"),
        (svg(more=""), "no size"), (svg(more='viewBox="0 0 0 0"'), "no size"),
        (svg(more='width="1" height="1000"'), "no size"),
        (b"<html/>", "<html>"), (b"hello", "no PNG, JPEG or SVG"), (b"", "no PNG, JPEG or SVG"), (b"GIF89a", "no PNG"),
        (raster("PNG")[:60], "damaged"), (raster("JPEG")[:200], "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"), (b"\xff\xd8\xff", "damaged"),
        (raster("PNG")[:16] + b"\x00\x00\xff\xff\x00\x00\xff\xff" + raster("PNG")[24:], "65535 × 65535 pixels"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ImageError) as error:
        image_of(data)
    assert why in error.value.reason


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"<svg ", raster("JPEG")[:150]]),
)
def test_any_bytes_are_a_picture_or_refused(data: bytes, start: bytes) -> None:
    try:
        assert image_of(start + data).width > 0
    except ImageError as error:
        assert error.reason and error.help


def test_a_picture_is_read_inside_its_repository_only(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    (root / "journeys" / "pictures").mkdir(parents=True)
    (root / "journeys" / "a.png").write_bytes(raster("PNG"))
    (tmp_path / "b.png").write_bytes(raster("PNG"))
    (root / "large.png").write_bytes(raster("PNG") + b"\0" * MAX_BYTES)
    (root / "link.png").symlink_to(root / "journeys" / "a.png")
    (root / "folder").symlink_to(root / "journeys", target_is_directory=True)
    os.mkfifo(root / "pipe.png")
    journey = root / "journeys" / "x.journey.yaml"
    assert read_image(journey, "a.png", root).width == 40
    assert read_image(journey, "pictures/../a.png", root).width == 40
    for file, why in {
        "../../b.png": "outside", "../link.png": "link", "../folder/a.png": "link", "../pipe.png": "cannot be read",
        "../large.png": "larger than 4 MiB", "none.png": "no such file",
        "pictures": "cannot be read", "a.png/b": "cannot be read",
    }.items():  # fmt: skip
        with pytest.raises(ImageError) as error:
            read_image(journey, file, root)
        assert why in error.value.reason, file
