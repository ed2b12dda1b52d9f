"""Filters of a table: which values its rows have, as short codes that a script compares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from journeykit.site.frame import Frame
from journeykit.web.markup import Element, element

Item = TypeVar("Item")


class Facets(Generic[Item]):
    """The values of some items by facets, each a letter and a number."""

    def __init__(self, items: Sequence[Item], facets: Sequence[tuple[str, Callable[[Item], Iterable[str]]]]) -> None:
        """Collect the values; each facet has its name and a function that gives the values of an item."""
        self._facets = facets
        self._values = {
            name: sorted({value for item in items for value in of(item) if value}, key=str.casefold)
            for name, of in facets
        }
        self._codes = {
            name: {value: f"{chr(97 + at)}{number}" for number, value in enumerate(self._values[name])}
            for at, (name, _) in enumerate(facets)
        }

    def codes(self, item: Item) -> str:
        """Return the codes of an item's values."""
        return " ".join(self._codes[name][value] for name, of in self._facets for value in of(item) if value)

    def form(self, frame: Frame, table: str) -> Element | None:
        """Return the filters of a table; None if all rows are alike. They are hidden until the script runs."""
        words = frame.words
        labels = []
        for name, _ in self._facets:
            values = self._values[name]
            if len(values) < 2:
                continue
            options = [element("option", words("filter.all"), value="")]
            options += [element("option", one, value=self._codes[name][one]) for one in values]
            title = words(f"filter.{name}")
            labels.append(element("label", f"{title} ", element("select", *options, data_facet=name)))
        if not labels:
            return None
        clear = element("button", words("filter.clear"), type="button", class_="clear")
        count = element("output", aria_live="polite", data_text=words("filter.shown", n="{n}", all="{all}"))
        return element(
            "div", *labels, clear, count, class_="filter", data_table=table, hidden=True, role="group",
            aria_label=words("filter"),
        )  # fmt: skip
