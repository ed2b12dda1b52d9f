"""Lists out of a journey's scores, which notebooks show as tables and pandas and polars take as rows."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from journeykit.output.tables import ScoredJourney
from journeykit.scoring import LowPoint, Peak, RatedOpportunity, Scores

if TYPE_CHECKING:
    from journeykit.output.table import Table

Item = TypeVar("Item")


class _ScoredList(tuple[Item, ...]):
    """A tuple with the scores that its items come from."""

    scores: Scores

    @classmethod
    def of(cls, items: Iterable[Item], scores: Scores) -> Self:
        """Return the list of items."""
        found = cls(items)
        found.scores = scores
        return found

    @property
    def _scored(self) -> ScoredJourney:
        return ScoredJourney("", self.scores.journey, self.scores)

    @staticmethod
    @abstractmethod
    def _id(item: Item) -> str:
        """Return the id of an item."""

    @abstractmethod
    def _table(self) -> Table:
        """Return the table that has a row for each item, in any order."""

    def _shown(self) -> list[Table]:
        """Return the tables that people see; those without rows are left out, but for the first."""
        return [self._table()]

    def to_rows(self) -> list[dict[str, Any]]:
        """Return a plain dict for each item, in order, as pandas and polars take them.

        Several ids have commas between, days are written YYYY-MM-DD.
        """
        from journeykit.output.table import plain_rows, without

        rows = {row["id"]: row for row in plain_rows(without(self._table(), "file"))}
        return [rows[self._id(item)] for item in self]

    def _repr_html_(self) -> str:
        from journeykit.output.html import as_html

        first, *others = self._shown()
        return "".join(map(as_html, [first, *(table for table in others if table.rows)]))


class LowPoints(_ScoredList[LowPoint]):
    """The low points of a journey, the worst first; a notebook shows them as `journeykit low-points` does."""

    @staticmethod
    def _id(item: LowPoint) -> str:
        return item.id

    def _table(self) -> Table:
        from journeykit.output.tables.low_points import low_points

        return low_points([self._scored])


class Peaks(_ScoredList[Peak]):
    """The peaks of a journey in its order; a notebook shows them as `journeykit low-points` does."""

    @staticmethod
    def _id(item: Peak) -> str:
        return item.id

    def _table(self) -> Table:
        from journeykit.output.tables.low_points import peaks

        return peaks([self._scored])


class Opportunities(_ScoredList[RatedOpportunity]):
    """The opportunities of a journey, the best first; a notebook shows them as `journeykit opportunities` does."""

    @staticmethod
    def _id(item: RatedOpportunity) -> str:
        return item.opportunity.id

    def _table(self) -> Table:
        from journeykit.output.tables.opportunities import everything, shortlist

        return everything(shortlist([self._scored]))

    def _shown(self) -> list[Table]:
        from journeykit.output.tables.opportunities import closed, ranked, shortlist

        listed = shortlist([self._scored])
        return [ranked(listed), closed(listed)]
