"""Parts that several pages have: tables, scores, small pictures, links to touchpoints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from journeykit.drawing.scene import Scene
from journeykit.drawing.themes import Theme
from journeykit.drawing.writers.svg import write_inline
from journeykit.scoring.display import word
from journeykit.site.addresses import way
from journeykit.site.entries import Entry, Point, Todo
from journeykit.site.frame import Frame
from journeykit.site.portfolio import LEAST, OPEN, UNKNOWN, Mean, Portfolio
from journeykit.web.markup import Attribute, Element, Local, Node, Trusted, element

WIDTH, HEIGHT = 120, 24
"""The size of a small curve in CSS pixels."""


def picture_region(frame: Frame, scene: Scene, theme: Theme, name: str, prefix: str = "chart-") -> Element:
    """Return a chart in a region that scrolls."""
    drawn = write_inline(scene, theme, prefix)
    label = frame.words.labels("page.region", chart=name)
    inner = element("div", Trusted(drawn), class_="canvas")
    return element("div", inner, class_="scroll", role="region", tabindex="0", aria_label=label)


def cut(frame: Frame, at: str, shown: int, whole: int) -> Element | None:
    """Return a remark that a list goes on, and where all of it is; None if it does not."""
    if shown >= whole:
        return None
    words = frame.words
    data = None if frame.single else element("a", words("menu.data"), href=way(at, "data/"))
    number = words.labels.number
    said = words("cut", n=number(shown), all=number(whole))
    return element("p", said, " " if data else None, data, class_="quiet")


def filtered(at: str, to: str, **values: str) -> Local:
    """Return the address of a page whose rows are filtered."""
    return Local(f"{way(at, to) if to != at else ''}#{urlencode(values)}")


class Column(NamedTuple):
    """A column of a table; `kind` says how its cells are aligned and sorted."""

    title: str
    kind: str = ""
    """`n` for numbers, `d` for days; else text. Empty without `sorts`."""
    sorts: bool = True
    low: bool = False
    """Whether the lowest number comes first at the first click: of scores one looks for the worst."""


class Cell(NamedTuple):
    """A cell, and the value it is sorted by if that is not its text."""

    content: tuple[Node, ...]
    by: str | float | None = None
    tone: str = ""


def cell(*content: Node | None, by: str | float | None = None, tone: str = "") -> Cell:
    """Return a cell of a table; what stands on a line of its own is apart for who hears it, too."""
    found: list[Node] = []
    for one in content:
        if one is not None:
            found += [" ", one] if isinstance(one, Element) and one.name == "small" and found else [one]
    return Cell(tuple(found), by, tone)


class Row(NamedTuple):
    """A row of a table: its first text names it."""

    cells: Sequence[Cell]
    attributes: dict[str, Attribute] = {}  # noqa: RUF012 - never changed


def table(
    frame: Frame, name: str, columns: Sequence[Column], rows: Sequence[Row], *, id: str = "", bare: bool = False
) -> Element:
    """Return a table in a region that scrolls. The cells of a `bare` one leave what they are to the style sheet."""
    heads = [
        element(
            "th", column.title, scope="col", class_=f"{column.kind}{' low' * column.low}" or None,
            data_sort="" if column.sorts else None,
        )
        for column in columns
    ]  # fmt: skip
    body = [element("tr", *_cells(columns, row.cells, bare), **row.attributes) for row in rows]
    whole = element(
        "table", element("caption", name, class_="away"), element("thead", element("tr", *heads)),
        element("tbody", *body), id=id or None,
    )  # fmt: skip
    return element("div", whole, class_="wide", role="region", tabindex="0",
                   aria_label=frame.words("table.of", name=name))  # fmt: skip


def _cells(columns: Sequence[Column], cells: Sequence[Cell], bare: bool) -> list[Element]:
    found = []
    named = next((n for n, column in enumerate(columns) if not column.kind), 0)
    for number, (column, one) in enumerate(zip(columns, cells, strict=True)):
        by = None if one.by is None else f"{one.by:.4g}" if isinstance(one.by, float) else str(one.by)
        if number == named:
            found.append(element("th", *one.content, scope=None if bare else "row", data_by=by))
        else:
            kinds = " ".join(filter(None, ("" if bare else column.kind, one.tone)))
            found.append(element("td", *one.content, class_=kinds or None, data_by=by))
    return found


def score_cell(
    frame: Frame, score: float | None, low: float | None = None, high: float | None = None, *, half: float | None = None
) -> Cell:
    """Return a score with its word and, if it has a band, a bar of it; `half` writes its half-width instead."""
    if score is None:
        return cell("–", by=UNKNOWN)
    bar = score_bar(score, low, high) if low is not None and high is not None else None
    band = f" ± {frame.words.labels.number(half, 0)}" if half else ""
    said = f"{band} {frame.words.labels(f'score.{word(score)}')}"
    return cell(element("b", frame.words.score(score)), said, bar, tone=tone(score))


def point_score(frame: Frame, score: float | None) -> Cell:
    """Return a score with its word in its color, to be sorted by; a dash if it is not known or not shown."""
    if score is None:
        return cell("–", by=UNKNOWN)
    return cell(element("b", frame.words.score(score)), " ", score_word(frame, score), by=score)


def score_word(frame: Frame, score: float) -> Element:
    """Return the word of a score, in its color."""
    return element("span", frame.words.labels(f"score.{word(score)}"), class_=f"w {tone(score)}")


def tone(score: float) -> str:
    """Return the color of a score by its name."""
    return {"poor": "bad", "mixed": "mid"}.get(word(score), "good")


def score_bar(score: float, low: float, high: float) -> Trusted:
    """Return a bar from 0 to 100 with a band, and a stroke where the score is."""
    return Trusted(
        f'<svg class=bar-of aria-hidden=true><path d="M{low:.0f} 4H{max(high, low + 1):.0f}M{score:.0f} 1v6"/></svg>'
    )


def curve(points: Sequence[Point]) -> Trusted | str:
    """Return the scores of a journey as a small line."""
    rated = [one.score for one in points if one.score is not None]
    if len(rated) < 2:
        return ""
    step = (WIDTH - 6) / (len(rated) - 1)
    places = [(round(3 + n * step), _height(score)) for n, score in enumerate(rated)]
    moves = [(x - was_x, y - was_y) for (x, y), (was_x, was_y) in zip(places, [(0, 0), *places], strict=False)]
    line = " ".join(f"{x} {y}" for x, y in moves).replace(" -", "-")
    return Trusted(f'<svg aria-hidden=true><path d="m{line}"/></svg>')


def _height(score: float) -> int:
    return round(3 + (100 - score) * (HEIGHT - 6) / 100)


def mean_text(frame: Frame, mean: Mean) -> list[Node]:
    """Return a mean with its band; one of few touchpoints says so."""
    words = frame.words
    if mean.score is None:
        return ["–"]
    band = f" ± {words.labels.number(mean.half_width, 0)}" if mean.half_width else ""
    if mean.n < LEAST:
        return [element("span", words.score(mean.score), f" ({words('few')})", class_="few")]
    return [element("b", words.score(mean.score)), band, " ", score_word(frame, mean.score)]


def journey_link(portfolio: Portfolio, at: str, entry: Entry) -> Element:
    """Return a link to the page of a journey."""
    return _link(portfolio, at, entry, entry.title)


def point_link(portfolio: Portfolio, at: str, entry: Entry, point: Point) -> Element:
    """Return a link to a touchpoint on the page of its journey."""
    return _link(portfolio, at, entry, point.title, f"t-{point.id}")


def todo_link(portfolio: Portfolio, at: str, entry: Entry, todo: Todo) -> Element:
    """Return a link to an opportunity on the page of its journey."""
    return _link(portfolio, at, entry, todo.title, f"opportunity-{todo.id}")


def _link(portfolio: Portfolio, at: str, entry: Entry, text: str, anchor: str = "") -> Element:
    lang = None if entry.lang == portfolio.options.lang else entry.lang
    return element("a", text, href=way(at, portfolio.address(entry), anchor), lang=lang)


def kind_mark(frame: Frame, kind: str | None) -> Element | None:
    """Return how bad a low point is, as a word."""
    if kind is None:
        return None
    return element("span", frame.words(f"low.{kind}"), class_=f"mark {'bad' if kind != 'dip' else ''}".strip())


def status_mark(frame: Frame, todo: Todo) -> Element:
    """Return the state of an opportunity as a word, with its day if it is due or done."""
    words = frame.words
    text = words.labels(f"opportunities.{todo.status}")
    if todo.overdue:
        return element("span", f"{text}, {words('overdue')} ", element("time", todo.due), class_="mark bad")
    day = todo.due if todo.status in OPEN else todo.done
    tone = {"doing": "accent", "done": "good"}.get(todo.status, "")
    return element("span", f"{text} " if day else text, element("time", day) if day else None,
                   class_=f"mark {tone}".strip())  # fmt: skip


def delta_text(frame: Frame, delta: float | None, sure: bool | None) -> Node:
    """Return a difference of scores, and whether it is beyond its uncertainty."""
    words = frame.words
    if delta is None:
        return "–"
    tone = "up" if delta > 0.05 else "down" if delta < -0.05 else ""
    said = None if sure is None else words("delta.sure" if sure else "delta.within")
    shown = element("b", words.delta(delta), class_=tone or None)
    return element("span", shown, element("small", f" {said}") if said else None)
