"""Slides, read back: what is on them, as which shapes, and what the notes say."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from journeykit.charts.picture import Picture
from journeykit.drawing.text import visible
from journeykit.errors import UsageError
from journeykit.model import Journey
from journeykit.project.documents import DOCUMENTS
from journeykit.reading import read_bytes
from journeykit.scoring import score
from tests.charts import maps
from tests.conftest import slow
from tests.web.test_markup import PAYLOADS

pptx = pytest.importorskip("pptx", reason="python-pptx is not installed: the extra pptx")
POINT = 12700
ARABIC = Path(__file__).parents[1] / "charts" / "journeys" / "arabic.journey.yaml"


def deck(*journeys: Journey, **settings: Any) -> Any:
    return pptx.Presentation(io.BytesIO(written(*journeys, **settings)))


@cache
def _example(name: str) -> bytes:
    return written(maps.example(name))


def deck_of(name: str = "my-new-job") -> Any:
    """The deck of an example, which is written once."""
    return pptx.Presentation(io.BytesIO(_example(name)))


def written(*journeys: Journey, **settings: Any) -> bytes:
    return DOCUMENTS["pptx"]([(one, score(one)) for one in journeys], Picture("pptx", **settings))


def shapes(group: Any) -> Iterator[Any]:
    for shape in group.shapes:
        if shape.shape_type == 6:  # a group
            yield from shapes(shape)
        else:
            yield shape


def titles(slides: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in slides.slides]


def table_texts(slide: Any) -> list[list[str]]:
    return [
        [cell.text_frame.text.replace("\xa0", " ") for cell in row.cells]
        for one in slide.shapes
        if one.has_table
        for row in one.table.rows
    ]


def job() -> Journey:
    return maps.example("my-new-job")


def test_title_curve_stages_and_what_to_do_in_this_order() -> None:
    found = titles(deck_of())
    assert found[0] == "My new job" and found[1].startswith("My new job – Page 1")
    stages = [stage.name for stage in job().stages]
    assert [title for title in found if title in stages] == stages
    assert found[3:7] == stages and found[7] == "Low points · Opportunities"


def test_the_curve_is_made_of_shapes_that_can_be_edited() -> None:
    slide = deck_of().slides[1]
    drawn = [*shapes(slide)]
    assert not [one for one in drawn if one.shape_type == 13]  # no picture
    texts = {one.text_frame.text for one in drawn if one.has_text_frame}
    assert {"excited", "reassured", "Moment of", "I hear nothing"} <= texts
    curves = [one for one in drawn if b"cubicBezTo" in pptx.oxml.xmlchemy.serialize_for_reading(one._element).encode()]
    assert len(curves) > 5
    kinds = {one.auto_shape_type for one in drawn if one.shape_type == 1}
    assert {pptx.enum.shapes.MSO_SHAPE.OVAL, pptx.enum.shapes.MSO_SHAPE.RECTANGLE} <= kinds
    assert [one for one in drawn if type(one).__name__ == "Connector"]
    names = {one.name for one in slide.shapes[1].shapes}
    assert "lane-curve-1" in names


LEAST = 960 * 16 / 1920
"""What 16 of the 1920 pixels across are on a slide of 960 points."""


ON_SLIDES = ("my-new-job", "support-ticket")
NAMES = [path.name.split(".")[0] for path in maps.EXAMPLES]


@pytest.mark.parametrize("name", [name if name in ON_SLIDES else slow(name) for name in NAMES])
def test_everything_is_on_the_slide_and_large_enough_to_read(name: str) -> None:
    slides = deck_of(name)
    width, height = slides.slide_width, slides.slide_height
    assert (width, height) == (960 * POINT, 540 * POINT)
    for slide in slides.slides:
        for shape in shapes(slide):
            if shape == slide.shapes.title:
                continue
            assert shape.left >= -2 * POINT and shape.left + shape.width <= width + 2 * POINT
            assert shape.top >= -2 * POINT and shape.top + shape.height <= height + 2 * POINT
            if shape.has_text_frame and shape.text_frame.text:
                sizes = {run.font.size.pt for paragraph in shape.text_frame.paragraphs for run in paragraph.runs}
                assert min(sizes) >= LEAST, shape.text_frame.text


def test_notes_and_the_description_of_the_chart_say_all_in_words() -> None:
    slides = deck_of()
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides.slides]
    assert all(touchpoint.title in notes[0] for touchpoint in job().touchpoints)
    assert "Low points, the worst first:" in notes[0]
    for stage, text in zip(job().stages, notes[3:7], strict=True):
        assert all(touchpoint.title in text for touchpoint in stage.touchpoints)
        assert "Low points, the worst first:" not in text
    described = slides.slides[1].shapes[1]._element.nvGrpSpPr.cNvPr.get("descr")
    assert "I sign my contract on my phone" in described


def test_a_stage_that_needs_more_room_goes_on_and_loses_nothing() -> None:
    points = [{"title": f"This is what happens at touchpoint {n}, in some more words", "feeling": "calm",
               "why": f"Reason {n} that takes more than one line of the table when it is shown on a slide"}
              for n in range(1, 31)]  # fmt: skip
    shown = Journey.model_validate(
        {"id": "j", "title": "T", "persona": "P", "stages": [{"name": "Long", "touchpoints": points}]}
    )
    slides = deck(shown)
    assert {"Long", "Long (continued)"} <= set(titles(slides))
    numbers = [row[0] for slide in slides.slides for row in table_texts(slide) if row[0]]
    assert numbers == [str(n) for n in range(1, 31)]


def test_tables_are_from_the_right_where_the_journey_is() -> None:
    arabic = read_bytes(ARABIC.read_bytes(), "arabic").journey
    assert arabic is not None
    slides = deck(arabic)
    (head, first, *_) = table_texts(next(slide for slide in slides.slides if table_texts(slide)))
    assert head[0] == "Why" and first[-1] == "1"


def test_low_points_and_opportunities_are_listed_with_their_figures() -> None:
    rows = [
        row
        for slide in deck_of().slides
        if "Opportunities" in slide.shapes.title.text_frame.text
        for row in table_texts(slide)
    ]
    assert ["1", "6 My laptop is not there", "critical, severity 93.8"] in [row[:3] for row in rows]
    assert ["1", "Send a short note every week until the first day", "priority 64, score +1.5"] in [
        row[:3] for row in rows
    ]
    assert "·" in [row[0] for row in rows]  # done or dropped


def test_any_text_is_text() -> None:
    points = [{"title": f"{n} {payload}", "feeling": "sad", "why": payload} for n, payload in enumerate(PAYLOADS)]
    plain = {"id": "j", "title": PAYLOADS[0], "persona": PAYLOADS[1], "touchpoints": points}
    slides = deck(Journey.model_validate(plain))
    assert titles(slides)[0] == PAYLOADS[0]
    shown = {text for slide in slides.slides for row in table_texts(slide) for text in row}
    assert {visible(str(point["title"])) for point in points} <= shown


def test_the_same_journey_gives_the_same_bytes_without_a_name_of_somebody() -> None:
    assert written(job()) == _example("my-new-job")
    properties = deck_of().core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == ("My new job", "", "")


def test_several_journeys_follow_each_other() -> None:
    found = titles(deck(job(), maps.example("my-new-job-to-be")))
    assert found.index("My new job, as it should be") > found.index("Low points · Opportunities")
    with pytest.raises(UsageError, match="holds up to 6 journeys"):
        written(*[job()] * 7)


def test_chart_and_page_are_those_of_slides() -> None:
    blueprint = {one.name for one in deck(job(), chart="blueprint").slides[1].shapes[1].shapes}
    assert "lane-channels-1" in blueprint and "lane-curve-1" not in blueprint
    with pytest.raises(UsageError, match="slides are 16:9"):
        written(job(), page="a4")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [
        name for name in sys.modules if name.startswith(("journeykit.slides", "journeykit.drawing.writers.shapes"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(UsageError, match="slides need python-pptx") as refused:
        written(job())
    assert refused.value.help == "pip install 'journeykit[pptx]'"
