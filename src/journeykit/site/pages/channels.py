"""Channels with the touchpoints that use them."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.site.addresses import unique_names, way
from journeykit.site.entries import Entry, Point
from journeykit.site.frame import Frame, crumbs, heading, nothing, page
from journeykit.site.parts import Column, Row, cell, cut, journey_link, kind_mark, mean_text, point_link, table
from journeykit.site.portfolio import Group, Portfolio, or_last
from journeykit.web.markup import Element, element

AT = "channels/index.html"
MOST = 500


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the list of channels, and a page for each."""
    words = frame.words
    title = words("channels.title")
    found = portfolio.groups(lambda _, point: point.channels)
    names = dict(zip((one.key for one in found), unique_names([one.key for one in found]), strict=True))
    head = heading(title, element("p", words("channels.lead"), class_="lead"))
    columns = [
        Column(words("filter.channel")), Column(words("column.n"), "n"), Column(words("column.mean"), "n", low=True),
        Column(words("column.below"), "n"), Column(words("column.critical"), "n"),
    ]  # fmt: skip
    rows = [
        Row(
            [
                cell(element("a", one.name, href=way(AT, f"channels/{names[one.key]}/"))),
                cell(str(len(one.members))),
                cell(*mean_text(frame, one.mean), by=or_last(one.mean.score)),
                cell("–" if one.below is None else words.labels.share(one.below), by=one.below or 0.0),
                cell(str(one.critical)),
            ]
        )
        for one in found
    ]
    yield (
        AT,
        page(
            frame,
            AT,
            title,
            head,
            table(frame, title, columns, rows) if rows else nothing(words("none")),
            part="channels",
        ),
    )
    for one in found:
        at = f"channels/{names[one.key]}/index.html"
        yield at, page(
            frame, at, one.name, crumbs(at, [(title, "channels/")], words("crumbs")),
            heading(one.name, element("p", *mean_text(frame, one.mean), class_="lead")),
            _touchpoints(portfolio, frame, at, one), cut(frame, at, MOST, len(one.members)), part="channels",
        )  # fmt: skip


def _touchpoints(portfolio: Portfolio, frame: Frame, at: str, group: Group) -> Element:
    words = frame.words
    columns = [
        Column(words("column.touchpoint")), Column(words("column.journey")),
        Column(words("column.score"), "n", low=True), Column(words("column.owner")),
    ]  # fmt: skip
    members = sorted(group.members, key=_worst_first)[:MOST]
    rows = [
        Row(
            [
                cell(point_link(portfolio, at, entry, point)),
                cell(journey_link(portfolio, at, entry)),
                cell(words.score(point.score), " ", kind_mark(frame, point.kind),
                     by=or_last(point.score)),
                cell(point.owner or words("nobody")),
            ]
        )
        for entry, point in members
    ]  # fmt: skip
    return table(frame, group.name, columns, rows)


def _worst_first(pair: tuple[Entry, Point]) -> tuple[float, float]:
    return (-(pair[1].severity or 0.0), 101.0 if pair[1].score is None else pair[1].score)
