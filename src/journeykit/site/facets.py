"""Filters of a table: which values its rows have, as short codes that a script compares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from journeykit.site.frame import Frame
from journeykit.web.markup import Element, element

Item = TypeVar("Item")


SHORT = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:,#%+/!$()*;?@[]^{|}~"
"""Codes of the values that most rows have; the others have one character more of the file."""
LONG = 0x4E00
"""Where further codes begin: characters that are all letters, none of them combining or folded."""


class Facets(Generic[Item]):
    """The values of some items by facets, each a character."""

    def __init__(self, items: Sequence[Item], facets: Sequence[tuple[str, Callable[[Item], Iterable[str]]]]) -> None:
        """Collect the values; each facet has its name and a function that gives the values of an item."""
        self._facets, self._count = facets, len(items)
        count = Counter((name, value) for item in items for name, of in facets for value in of(item) if value)
        self._codes = {
            one: SHORT[at] if at < len(SHORT) else chr(LONG + at) for at, (one, _) in enumerate(count.most_common())
        }
        self._everywhere = {name for name, of in facets if all(any(of(item)) for item in items)}
        """Facets that all items have."""
        self._values = {
            name: sorted((value for of, value in count if of == name), key=lambda one: (one.casefold(), one))
            for name, _ in facets
        }

    def codes(self, item: Item) -> str:
        """Return the codes of an item's values, in the order of characters: rows that are alike are packed well."""
        return "".join(sorted({self._codes[name, value] for name, of in self._facets for value in of(item) if value}))

    def form(self, frame: Frame, table: str) -> Element | None:
        """Return the filters of a table; None if all rows are alike. They are hidden until the script runs."""
        words = frame.words
        labels = []
        for name, _ in self._facets:
            values = self._values[name]
            if not values or (len(values) == 1 and name in self._everywhere):
                continue
            options = [element("option", words("filter.all"), value="")]
            options += [element("option", one, value=self._codes[name, one]) for one in values]
            title = words(f"filter.{name}")
            labels.append(element("label", f"{title} ", element("select", *options, data_facet=name)))
        if not labels:
            return None
        clear = element("button", words("filter.clear"), type="button", class_="clear", hidden=True)
        shown = words("filter.shown", n=self._count, all=self._count)
        count = element("output", shown, aria_live="polite", data_text=words("filter.shown", n="{n}", all="{all}"))
        return element(
            "div", *labels, clear, count, class_="filter", data_table=table, hidden=True, role="group",
            aria_label=words("filter"),
        )  # fmt: skip
