"""A picture in memory, which notebooks display and `save` writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from journeykit.charts.picture import FORMATS, Picture, draw, draw_difference, draw_history, draw_overlay, draw_pages
from journeykit.comparing import Comparison
from journeykit.comparing.history import History
from journeykit.errors import UsageError
from journeykit.model import Journey
from journeykit.project.documents import DOCUMENTS
from journeykit.project.workspace import ScoringOptions, Workspace
from journeykit.project.writing import make_folder, numbered, write_bytes
from journeykit.scoring import Scores, score

Drawable = Journey | Scores | Comparison | History | Sequence[Journey]
"""What a picture can show: a journey, two versions of one, its history, or several journeys over each other."""


@dataclass(frozen=True, repr=False)
class RenderedPicture:
    """A picture as SVG, as PNG and as a web page; notebooks show it as `format` says."""

    subject: object
    picture: Picture

    @property
    def svg(self) -> str:
        """The picture as SVG; its first page if there are several."""
        return self.bytes_as("svg").decode("utf-8")

    @property
    def png(self) -> bytes:
        """The picture as PNG; its first page if there are several."""
        return self.bytes_as("png")

    @property
    def html(self) -> str:
        """A web page with the picture and the text of its journeys, in one file."""
        return self.bytes_as("html").decode("utf-8")

    @property
    def pages(self) -> tuple[bytes, ...]:
        """All pages in the format of the picture, of which a PDF has only one."""
        return self.pages_as(self.picture.format)

    def bytes_as(self, format: str) -> bytes:
        """Return the picture as `svg`, `png`, `pdf` or `html`, of several pages the first; raise UsageError if not."""
        return self.pages_as(format)[0]

    def pages_as(self, format: str) -> tuple[bytes, ...]:
        """Return all pages as `svg` or `png`, or one `pdf` or `html`; raise UsageError if it cannot be drawn."""
        picture = self.picture._replace(format=format)
        if write := DOCUMENTS.get(format):
            return (write([(scores.journey, scores) for scores in self._versions(format)], picture),)
        if format not in FORMATS:
            raise UsageError(f'"{format}" is no format of pictures', f"one of {', '.join((*FORMATS, *DOCUMENTS))}")
        subject = self.subject
        if isinstance(subject, Comparison):
            return (draw_difference(subject, picture)[0],)
        if isinstance(subject, History):
            return (draw_history(subject, picture)[0],)
        if isinstance(subject, Scores):
            if not picture.page:
                return (draw(subject.journey, subject, picture)[0],)
            return tuple(data for data, _ in draw_pages(subject.journey, subject, picture))
        assert isinstance(subject, tuple)
        return tuple(data for data, _ in draw_overlay([(scores.journey, scores) for scores in subject], picture))

    def _versions(self, format: str) -> tuple[Scores, ...]:
        """Return the journeys of the picture; raise UsageError for a history."""
        if isinstance(self.subject, History):
            raise UsageError(f"a history cannot be drawn as {format}", f"one of {', '.join(FORMATS)}")
        if isinstance(self.subject, Comparison):
            return self.subject.old, self.subject.new
        if isinstance(self.subject, Scores):
            return (self.subject,)
        assert isinstance(self.subject, tuple)
        return self.subject

    def save(self, path: Path | str) -> Path:
        """Write the picture to a file, in the format of its ending, and return the path.

        Several pages are written to files with their numbers, `wall-1.svg`, `wall-2.svg` …; a PDF holds them all.
        """
        path = Path(path)
        pages = self.pages_as(path.suffix.lstrip(".").lower())
        make_folder(path.parent)
        for number, data in enumerate(pages, 1):
            write_bytes(numbered(path, number) if len(pages) > 1 else path, data)
        return path

    def _repr_svg_(self) -> str | None:
        return self.svg if self.picture.format == "svg" else None

    def _repr_png_(self) -> bytes | None:
        return self.png if self.picture.format == "png" else None

    def _repr_html_(self) -> str | None:
        """Return the page in a frame, which keeps its styles and its script apart from the notebook's."""
        if self.picture.format != "html":
            return None
        from html import escape

        frame = 'sandbox="allow-scripts" width="100%" height="800"'
        return f'<iframe srcdoc="{escape(self.html)}" {frame}></iframe>'

    def __repr__(self) -> str:
        kinds = {Comparison: "difference", History: "history", tuple: "overlay", Scores: self.picture.chart}
        return f"<RenderedPicture {kinds[type(self.subject)]} as {self.picture.format}>"


def render(
    workspace: Workspace, subject: object, picture: Picture, options: ScoringOptions | None = None
) -> RenderedPicture:
    """Return the picture of a journey, scores, a comparison, a history, or of several journeys.

    Raises TypeError for anything else, and UsageError if the picture cannot be drawn.
    """

    def scores_of(one: object) -> Scores:
        if isinstance(one, Scores):
            return one
        if isinstance(one, Journey):
            return score(one, workspace.scoring_settings(one, options))
        raise TypeError(f"render takes a journey, scores, a comparison or a history, not {type(one).__name__}")

    if isinstance(subject, (Comparison, History)):
        drawn: object = subject
    elif isinstance(subject, (list, tuple)):
        drawn = tuple(map(scores_of, subject))
    else:
        drawn = scores_of(subject)
    rendered = RenderedPicture(drawn, picture)
    rendered.bytes_as(picture.format)  # raises here, not while a notebook displays it
    return rendered
