"""The slides of journeys: title, curve, a slide for each stage, low points and what to do; notes say all in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from pptx import Presentation
from pptx.util import Pt

from journeykit.charts.about_text import low_point_words
from journeykit.charts.alt_text import journey_alt_text
from journeykit.charts.chart_types import CHARTS
from journeykit.charts.locales import Labels
from journeykit.charts.picture import Picture
from journeykit.drawing.scene import Role
from journeykit.drawing.text import visible
from journeykit.drawing.themes import load
from journeykit.drawing.writers.shapes import Style, add_scene, color_of, write_line
from journeykit.errors import UsageError
from journeykit.images import ImageFile
from journeykit.model import Journey, Stage
from journeykit.scoring import Scores, opportunities
from journeykit.slides.tables import LEFT, RIGHT, Block, Column, Row, Tables

MOST = 6
"""The most journeys in one deck."""
WIDTH, HEIGHT = 960.0, 540.0
"""A slide of 16:9 in points."""
TITLE_ONLY = 5
"""The layout of python-pptx's template with a title and nothing else."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the deck, so that the same journey gives the same bytes."""


def write_deck(
    pairs: Sequence[tuple[Journey, Scores]], picture: Picture, images: Sequence[Mapping[str, ImageFile]] = ()
) -> bytes:
    """Return the slides of one journey or several, one after the other.

    `images` has the pictures of each journey; without it those of `picture` are of all. The chart is the curve, or the
    blueprint if the picture asks for it. Raises UsageError for more than six journeys, for paper, and if a chart cannot
    be drawn with these settings.
    """
    if len(pairs) > MOST:
        raise UsageError(
            f"a deck holds up to {MOST} journeys, not {len(pairs)}", "name a folder with -o: a deck for each"
        )
    if picture.page not in ("", "16:9"):
        raise UsageError("slides are 16:9", "leave out --page, or draw a pdf")
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    properties = deck.core_properties
    properties.title = visible(" · ".join(dict.fromkeys(journey.title for journey, _ in pairs)))
    properties.author = properties.last_modified_by = ""
    properties.language = pairs[0][0].lang
    for number, (journey, scores) in enumerate(pairs):
        own = picture._replace(images=images[number]) if images else picture
        _Slides(deck, journey, scores, own).add()
    return _same_bytes(deck)


class _Slides:
    """Adds the slides of a journey to a deck."""

    def __init__(self, deck: Any, journey: Journey, scores: Scores, picture: Picture) -> None:
        self.deck, self.journey, self.scores, self.picture = deck, journey, scores, picture
        self.labels = Labels(journey.lang)
        self.theme = load(picture.theme)
        self.rated = opportunities(journey, scores)
        self.from_right = self.labels.direction == "rtl"

    def add(self) -> None:
        self.title()
        self.chart()
        for stage in self.journey.stages:
            if stage.touchpoints:
                self.stage(stage)
        self.to_do()

    def slide(self, title: str, notes: str, *, shown: bool = True) -> Any:
        """Return a new slide; a title that is not `shown` stands above the slide, for outlines and screen readers."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[TITLE_ONLY])
        background = slide.background.fill
        background.solid()
        background.fore_color.rgb = color_of(self.theme, "page")
        box = slide.shapes.title
        box.left, box.top, box.width, box.height = (Pt(n) for n in (LEFT, 28 if shown else -60, RIGHT - LEFT, 44))
        self.words(box.text_frame, title, 26.0, bold=True)
        slide.notes_slide.notes_text_frame.text = "\n".join(map(visible, notes.splitlines()))
        return slide

    def words(self, frame: Any, text: str, size: float, color: Role = "ink", *, bold: bool = False) -> None:
        """Fill a text frame with one paragraph a line."""
        frame.word_wrap = True
        for number, line in enumerate(text.split("\n")):
            paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
            align = "r" if self.from_right else "l"
            write_line(paragraph, line, Style(self.theme, self.journey.lang, size, color, bold, align=align))

    def box(self, slide: Any, top: float, height: float, text: str, size: float, color: Role = "ink") -> None:
        shape = slide.shapes.add_textbox(Pt(LEFT), Pt(top), Pt(RIGHT - LEFT), Pt(height))
        self.words(shape.text_frame, text, size, color)

    def account(self, stage: Stage | None = None) -> str:
        """Return the journey in words, or the touchpoints of one stage."""
        numbers = {place.number for place in self.journey.places if place.stage is stage}
        only = numbers if stage else None
        return journey_alt_text(self.journey, self.scores, self.rated, self.labels, only=only, first=not stage)

    def title(self) -> None:
        journey, labels = self.journey, self.labels
        slide = self.slide(journey.title, self.account())
        title = slide.shapes.title
        title.top, title.height = Pt(120), Pt(90)
        title.text_frame.paragraphs[0].runs[0].font.size = Pt(40 if len(journey.title) < 40 else 28)
        self.box(slide, 214, 30, journey.persona.name, 20.0)
        about = [labels(f"state.{journey.state}"), labels(f"basis.{journey.basis}"), labels(f"status.{journey.status}")]
        about += [labels("header.owner", name=journey.owner)] if journey.owner else []
        about += [labels("header.updated", date=journey.updated.isoformat())] if journey.updated else []
        self.box(slide, 248, 26, " · ".join(about), 14.0, "muted")
        self.box(slide, 300, 40, self.score_words(), 20.0)
        if journey.note:
            self.box(slide, 350, 130, journey.note, 16.0, "muted")

    def score_words(self) -> str:
        scores, labels = self.scores, self.labels
        if scores.score is None or scores.word is None:
            return labels.no_score(scores.withheld)
        words = f"{labels('score.title')}: {labels.number(scores.score)}, {labels(f'score.{scores.word}')}"
        if scores.band:
            low, high = map(labels.number, scores.band)
            kind = "score.interval" if scores.band_kind == "interval" else "score.band"
            words += f" · {labels(kind, low=low, high=high)}"
        return words

    def chart(self) -> None:
        name = "curve" if self.picture.chart == "map" else self.picture.chart
        lanes = self.picture.lanes or tuple(lane for lane in CHARTS[name].lanes if lane != "header")
        settings = self.picture._replace(chart=name, lanes=lanes, page="16:9")
        for scene in settings.pages(self.journey, self.scores):
            slide = self.slide(scene.title, scene.description, shown=False)
            add_scene(slide, scene, self.theme, WIDTH)

    def stage(self, stage: Stage) -> None:
        labels = self.labels
        score = next((one.score for one in self.scores.stages if one.stage is stage), None)
        about = [labels("alt.of_100", n=labels.number(score))] if score is not None else []
        about += [labels(f"phase.{stage.phase}")] if stage.phase else []
        about += [stage.goal] if stage.goal else []
        name, begun = stage.name or labels("lanes.touchpoints"), False

        def new_slide() -> Any:
            nonlocal begun
            title = labels("stages.continued", name=name) if begun else name
            slide = self.slide(title, "" if begun else self.account(stage))
            if about and not begun:
                self.box(slide, 74, 28, " · ".join(about), 14.0, "muted")
            begun = True
            return slide

        columns = (
            Column("", 0.7), Column(labels("lanes.touchpoints"), 4), Column(labels("fields.feeling"), 2.2),
            Column(labels("page.score"), 1.3), Column(labels("fields.why"), 4.5),
        )  # fmt: skip
        rows = [self.touchpoint(place.number) for place in self.journey.places if place.stage is stage]
        self.tables(new_slide).add([Block(columns, rows)])

    def touchpoint(self, number: int) -> Row:
        labels, rated = self.labels, self.scores.touchpoints[number - 1]
        touchpoint = rated.touchpoint
        low = next((one for one in self.scores.low_points if rated.id in one.span), None)
        said = [labels("touchpoints.moment_of_truth")] if touchpoint.moment_of_truth else []
        said += [f"{labels('curve.low_point', n=low.rank)}: {labels(f'curve.{low.kind}')}"] if low else []
        why = "\n".join(filter(None, (touchpoint.why or "", ", ".join(said))))
        score = labels.unrated(rated.hidden) if rated.score is None else labels.number(rated.score)
        color: Role = "bad-ink" if low else "ink"
        return Row((str(number), touchpoint.title, ", ".join(touchpoint.feeling), score, why), color)

    def to_do(self) -> None:
        labels = self.labels
        blocks = [block for block in (self.low_points(), self.opportunities()) if block.rows]
        headed = len(blocks) > 1
        if not blocks:
            return
        title = " · ".join(block.heading for block in blocks)
        begun = False

        def new_slide() -> Any:
            nonlocal begun
            slide = self.slide(
                labels("stages.continued", name=title) if begun else title, self.account() if not begun else ""
            )
            begun = True
            return slide

        self.tables(new_slide).add(blocks if headed else [blocks[0]._replace(heading="")])

    def low_points(self) -> Block:
        labels, rows = self.labels, []
        for low in self.scores.low_points:
            rated = self.scores.by_id[low.id]
            words = ", ".join(low_point_words(low, labels))
            rows.append(
                Row(
                    (str(low.rank), f"{rated.number} {rated.touchpoint.title}", words, rated.touchpoint.why or ""),
                    "bad-ink",
                )
            )
        columns = (
            Column("", 0.7),
            Column(labels("lanes.touchpoints"), 4),
            Column("", 2.6),
            Column(labels("fields.why"), 4.5),
        )
        return Block(columns, rows, labels("page.low_points"))

    def opportunities(self) -> Block:
        labels, rows = self.labels, []
        number = 0
        for rated in self.rated:
            one = rated.opportunity
            open_ = one.status not in ("done", "dropped")
            ranked = open_ and rated.priority is not None
            number += open_
            worth = (
                [labels("opportunities.priority", n=labels.number(rated.priority))]
                if rated.priority is not None
                else []
            )
            worth += (
                [labels("opportunities.gain", n=labels.number(rated.gain, 1, sign=True))]
                if rated.gain is not None
                else []
            )
            who = [labels(f"opportunities.{one.status}"), one.owner or ""]
            who += [labels("opportunities.due", date=one.due.isoformat())] if one.due else []
            rows.append(
                Row((str(number) if ranked else "·", one.title, ", ".join(worth), ", ".join(filter(None, who))))
            )
        columns = (
            Column("", 0.7),
            Column(labels("fields.opportunity"), 4),
            Column("", 2.6),
            Column(labels("fields.status"), 4.5),
        )
        return Block(columns, rows, labels("lanes.opportunities"))

    def tables(self, new_slide: Any) -> Tables:
        return Tables(self.theme, self.journey.lang, self.from_right, new_slide)


def _same_bytes(deck: Any) -> bytes:
    """Return the deck as a file whose parts have one fixed time."""
    saved, packed = io.BytesIO(), io.BytesIO()
    deck.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, FIRST_DAY), old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
