"""The rows of a source, as SQL: what is kept, their columns and periods, and what is refused at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import combinations
from typing import Literal, NamedTuple

from journeykit.data.engines import Column, Engine, Relation
from journeykit.data.periods import period_starts, turned_clocks
from journeykit.data.plan import Plan
from journeykit.data.questions import (
    About,
    Label,
    Wanted,
)
from journeykit.data.sources import Source
from journeykit.data.written_times import DECIDES, ONLY_TIME, format_help

MOST_LABELS = 512
TOO_MANY = 0.05
"""The share of rows from which what is wrong with them is an error."""
_EPOCH = date(1970, 1, 1)
_THOUSANDS = "[+-]?[1-9][0-9]{{0,2}}({0}[0-9]{{3}})+"
"""A number of which a mark, the blank of the pattern, may part thousands."""
_DECIMALS = "[+-]?([0-9]*{0}([0-9]{{1,2}}|[0-9]{{4,}})|0?{0}[0-9]{{3}}|[0-9]{{4,}}{0}[0-9]{{3}})"
"""A number of which a mark can only part decimals."""
_BOTH = "[+-]?[0-9]+([.][0-9]+)+,[0-9]+|[+-]?[0-9]+(,[0-9]+)+[.][0-9]+"


class Head(NamedTuple):
    """What is known of the rows before anything is counted."""

    rows: int
    kept: int
    timed: int
    readable: int
    first: int | None
    last: int | None
    weighed: int
    wrong_weights: int
    least_weight: float | None
    largest_weight: float | None
    cases: int
    """Different cases; 0 where events are asked for, which are counted by case later."""
    ids: int
    """Rows with an id."""
    different_ids: int


class Counter:
    """The rows of one source, which `Answers`, `Cases` and `Events` count."""

    def __init__(self, engine: Engine, source: Source, wanted: Wanted, plan: Plan, relation: Relation) -> None:
        self.engine = engine
        self.source = source
        self.wanted = wanted
        self.plan = plan
        self.relation = relation
        self.moments: tuple[int, int] | None = None
        """The first and the last moment of the rows, once they are known."""

    # The rows.

    def column(self, name: str) -> Column | None:
        """Return a column by its name in the settings; None if there is none."""
        found = self.plan.names.get(name)
        return self.relation.columns[found] if found is not None else None

    def text_of(self, name: str, otherwise: str = "''") -> str:
        """Return a column as trimmed text; `otherwise` where there is none."""
        column = self.column(name)
        if column is None:
            return f"CAST({otherwise} AS {self.engine.text_type})"
        return self.engine.trimmed(column.alias if column.kind == "text" else self.engine.text(column.alias))

    def number_of(self, name: str) -> str:
        """Return a column as a number."""
        column = self.column(name)
        if column is None:
            return "1"
        if column.kind in ("number", "whole"):
            return f"CAST({column.alias} AS {self.engine.real_type})"
        return self.engine.number(self.without_thousands(self.text_of(name)))

    def without_thousands(self, text: str) -> str:
        """Return the text of a number without marks of thousands, where the settings say what marks decimals."""
        other = {",": ".", ".": ","}.get(self.source.decimal)
        return f"replace({text}, '{other}', '')" if other else text

    @property
    def weighted(self) -> bool:
        """Whether answers have weights."""
        return bool(self.source.weight) and self.source.weight != "none"

    @cached_property
    def base(self) -> str:
        """The rows that are kept, as SQL: all columns, and time, weight, case, id, cluster, stratum."""
        engine, source = self.engine, self.source
        at = self.column(source.at)
        weight = self.number_of(source.weight) if self.weighted else "1"
        moment = self.relation.moment or (engine.millis(at) if at else engine.whole("NULL"))
        parts = [
            "s.*", f"{moment} AS t", f"{weight} AS w",
            f"{self.text_of(source.case, 'NULL')} AS k", f"{self.text_of(source.id, 'NULL')} AS i",
            f"COALESCE({self.text_of(source.cluster)}, '') AS cl", f"COALESCE({self.text_of(source.strata)}, '') AS st",
            f"{self.text_of(source.touchpoint)} AS lab",
        ]  # fmt: skip
        if source.kind == "events":
            parts += [
                f"{self.activity()} AS a",
                f"{self.known(source.channel)} AS ch",
                f"{self.known(source.team)} AS tm",
            ]
        if self.unit == "u" and "products" in self.wanted.questions:
            parts.append("ROW_NUMBER() OVER (ORDER BY 1) AS u")
        kept = [
            f"{self.text_of(name)} IN ({engine.bind_all(values)})"
            for name, values in (*source.keep.items(), *self.wanted.rows.items()) if self.column(name)
        ]  # fmt: skip
        return f"SELECT {', '.join(parts)} FROM {self.relation.sql}{where(kept)}"

    def activity(self) -> str:
        """Return the activity of an event: the columns that have it, joined; '' where there is none."""
        parts = [f"COALESCE({self.text_of(name)}, '')" for name in self.source.activity]
        joined = parts[0]
        for part in parts[1:]:
            joined = f"({joined} || CASE WHEN {joined} <> '' AND {part} <> '' THEN ' / ' ELSE '' END || {part})"
        return joined

    def known(self, name: str) -> str:
        """Return a column as text; '' where it is not known."""
        text = self.text_of(name)
        return f"CASE WHEN {text} IS NULL OR {self.is_missing(text)} THEN '' ELSE {text} END"

    @property
    def unit(self) -> str:
        """The column of who answered: cluster, respondent, or the row."""
        return "cl" if self.source.cluster else "i" if self.source.id else "u"

    @cached_property
    def rows(self) -> str:
        """The rows that count, as `WITH r AS (…)`."""
        kept = []
        if self.source.at:
            kept.append("t IS NOT NULL")
        if self.source.at and self.source.kind == "answers":
            kept += self.days("t")
        if self.weighted:
            kept.append("w > 0")
        if not (self.source.last or self.source.kind == "events"):
            return f"WITH b AS ({self.base}), r AS (SELECT b.* FROM b{where(kept)})"
        kept.append("k IS NOT NULL AND k <> ''")
        # Rows of one moment stand in the order of `order`, else of their contents: never in that of the file.
        columns = sorted(self.relation.columns.values())
        ties = self.orders() or [
            self.engine.by_code(self.engine.text(one.alias)) if one.kind in ("text", "other") else one.alias
            for one in columns
        ]
        ordered = ", ".join(f"{one} DESC NULLS LAST" for one in ("t", *ties))
        last = f"ROW_NUMBER() OVER (PARTITION BY k ORDER BY {ordered}) AS nr"
        began = self.days("ts") if self.source.kind == "events" else []
        return (
            f"WITH b AS ({self.base}), "
            f"l AS (SELECT b.*, {last}, MIN(t) OVER (PARTITION BY k) AS ts FROM b{where(kept)}), "
            f"r AS (SELECT l.* FROM l{where(['nr = 1', *began])})"
        )

    def orders(self) -> list[str]:
        """Return what the column `order` sorts by: numbers as such, other text by its letters."""
        order = self.column(self.source.order)
        if order is None:
            return []
        if order.kind != "text":
            return [order.alias]
        return [self.number_of(self.source.order), self.engine.by_code(order.alias)]

    @property
    def moment(self) -> str:
        """The column of the moment that a period and a limit of days are about; of a log the start of the case."""
        return "ts" if self.source.kind == "events" else "t"

    def days(self, millis: str) -> list[str]:
        """Return the conditions of `since` and `until`."""
        since, until = self.wanted.since, self.wanted.until
        found = []
        if since:
            found.append(f"{self.engine.day(millis)} >= {(since - _EPOCH).days}")
        if until:
            found.append(f"{self.engine.day(millis)} < {(until - _EPOCH).days}")
        return found

    def period(self, day: str) -> str:
        """Return the period of a day, as SQL."""
        engine = self.engine
        grain = self.wanted.period
        if not self.source.at or grain == "all":
            return f"CAST({engine.bind(self.source.period)} AS {engine.text_type})"
        date = engine.date(day)

        def part(sql: str, digits: int) -> str:
            return f"lpad({engine.text(engine.whole(sql))}, {digits}, '0')"

        if grain == "day":
            return engine.text(date)
        if grain == "week":
            return f"{part(engine.week_year(date), 4)} || '-W' || {part(f'EXTRACT(WEEK FROM {date})', 2)}"
        year = part(f"EXTRACT(YEAR FROM {date})", 4)
        if grain == "month":
            return f"{year} || '-' || {part(f'EXTRACT(MONTH FROM {date})', 2)}"
        return f"{year} || '-Q' || {part(f'EXTRACT(QUARTER FROM {date})', 1)}" if grain == "quarter" else year

    def period_number(self, millis: str) -> str:
        """Return a whole number that each period has for itself, as SQL."""
        engine, grain = self.engine, self.wanted.period
        if not self.source.at or grain == "all":
            return "0"
        if self.moments and (starts := period_starts(*self.moments, grain, self.source.zone)):
            return _place_of(millis, starts, 0, len(starts))
        day = engine.day(millis)
        if grain == "day":
            return day
        date = engine.date(day)
        year = engine.week_year(date) if grain == "week" else f"EXTRACT(YEAR FROM {date})"
        part = "0" if grain == "year" else f"EXTRACT({grain.upper()} FROM {date})"
        return engine.whole(f"{year} * 100 + {part}")

    # What is known before.

    def head(self) -> Head:
        """Return what is known of the rows, after refusing those that no figure can be made of."""
        at = self.column(self.source.at)
        given = "0" if at is None else f"COUNT({at.alias})"
        if at and at.kind == "text":
            given = f"COUNT(CASE WHEN t IS NOT NULL OR {self.text_of(self.source.at)} <> '' THEN 1 END)"
        counts = "CASE WHEN t IS NOT NULL THEN w END" if at else "w"  # a row of totals has no time
        weights = f"COUNT(w), SUM(CASE WHEN w <= 0 THEN 1 ELSE 0 END), MIN({counts}), MAX({counts})"
        events_are_asked = self.source.kind == "events" and self.wanted.questions & {"events", "handoffs", "course"}
        cases = "COUNT(DISTINCT k)" if self.column(self.source.case) and not events_are_asked else "0"
        ids = "COUNT(i), COUNT(DISTINCT i)" if self.column(self.source.id) else "0, 0"
        total = self.engine.rows(f"SELECT COUNT(*) FROM {self.relation.sql}")
        first, last = (self.outermost(which, at) for which in ("MIN", "MAX")) if at else ("MIN(t)", "MAX(t)")
        found = self.engine.rows(
            f"WITH b AS ({self.base}) SELECT COUNT(*), {given}, COUNT(t), {first}, {last}, "
            f"{weights if self.weighted else '0, 0, 1, 1'}, {cases}, {ids} FROM b"
        )
        if not found:
            return Head(0, 0, 0, 0, None, None, 0, 0, None, None, 0, 0, 0)
        head = Head(total[0][0], *found[0])
        if head.readable and (head.first is None or head.last is None):  # one of them is infinity, which is no moment
            moments = self.engine.rows(f"WITH b AS ({self.base}) SELECT MIN(t), MAX(t) FROM b")
            head = head._replace(first=moments[0][0], last=moments[0][1])
        if head.first is not None and head.last is not None:
            self.moments = int(head.first), int(head.last)
        self.check(head, at)
        return head

    def check(self, head: Head, at: Column | None) -> None:
        """Refuse times, weights and ids that cannot be right."""
        fault = self.engine.fault
        if at and not self.source.format and at.kind in ("number", "whole"):
            raise fault("are numbers", 'say what they count: format = "epoch-s" or "epoch-ms"', "at")
        if at and head.timed - head.readable > TOO_MANY * head.timed:
            raise self.unreadable(head)
        if self.weighted and head.wrong_weights:
            help = 'a weight is above 0; where = "… > 0" leaves the other rows out'
            raise fault(f"{head.wrong_weights:,} weights are not above 0", help, "weight")
        if self.source.row == "respondent" and head.ids > head.different_ids:
            help = 'a row is one respondent; for several answers of one, row = "answer"'
            raise fault(f"{head.ids - head.different_ids:,} ids are there more than once", help, "id")
        if self.weighted:
            self.check_decimals(self.source.weight, "weight")
        for name in self.plan.weightlike:
            self.check_weight(name)

    def check_decimals(self, name: str, *keys: str) -> None:
        """Refuse a column of text in which it cannot be told whether a comma or a full stop marks decimals."""
        column = self.column(name)
        if column is None or column.kind != "text" or self.source.decimal:
            return
        patterns = [_BOTH, *(one.format(mark) for mark in ("[.]", ",") for one in (_THOUSANDS, _DECIMALS))]
        found = ", ".join(
            f"COUNT(CASE WHEN {self.engine.matches(self.text_of(name), pattern)} THEN 1 END)" for pattern in patterns
        )
        for both, points, sure_points, commas, sure_commas in self.engine.rows(
            f"SELECT {found} FROM {self.relation.sql}"
        ):
            if both or (sure_points and (commas or sure_commas)) or (sure_commas and points):
                message = "has numbers with commas and with full stops: one of them marks thousands"
            elif (points and not sure_points) or (commas and not sure_commas):
                message = "has numbers such as 1.200 or 1,200, which may be thousands or one with decimals"
            else:
                continue
            help = 'say what marks decimals, in all columns: decimal = "," or decimal = "."'
            raise self.engine.fault(f'"{name}" {message}', help, *keys)

    def check_weight(self, name: str) -> None:
        """Refuse to go on where a column looks like weights and the settings do not say."""
        column = self.relation.columns[name]
        number = column.alias if column.kind in ("number", "whole") else self.engine.number(column.alias)
        rows = self.engine.rows(f"SELECT COUNT(*), MIN({number}), AVG({number}) FROM {self.relation.sql}")
        if rows and rows[0][1] is not None and rows[0][1] > 0 and 0.5 <= rows[0][2] <= 2:
            help = f'write weight = "{name}", or weight = "none" if answers count alike'
            raise self.engine.fault(f'"{name}" looks like weights, of which the settings say nothing', help, "weight")

    def unreadable(self, head: Head) -> Exception:
        """Return the error for times that cannot be read, with examples that hold nothing but a time."""
        text = self.text_of(self.source.at)
        rows = self.engine.rows(
            f"WITH b AS ({self.base}), c AS (SELECT DISTINCT {text} AS v FROM b WHERE t IS NULL AND {text} <> '') "
            f"SELECT v FROM c ORDER BY CASE WHEN {self.engine.matches('v', DECIDES)} THEN 0 ELSE 1 END, v LIMIT 40"
        )
        shown = [row[0] for row in rows if ONLY_TIME.fullmatch(row[0])]
        wrong = head.timed - head.readable
        message = f"{wrong:,} of {head.timed:,} times cannot be read"
        if shown:
            message += f", such as {', '.join(repr(one) for one in shown[:3])}"
        return self.engine.fault(
            message, format_help(shown, self.source.format), "format" if self.source.format else "at"
        )

    def turned(self) -> Iterator[str]:
        """Yield how many times without an offset a clock of the zone never shows, or shows twice."""
        at, zone = self.column(self.source.at), self.source.zone
        if at is None or zone == "UTC" or self.moments is None:
            return
        spans = turned_clocks(*self.moments, zone)
        if not any(spans):
            return
        rows = self.engine.rows(
            f"WITH b AS ({self.base}), c AS (SELECT {self.engine.local(at)} AS l FROM b) "
            f"SELECT {', '.join(map(_inside, spans))} FROM c"
        )
        words = ("skip: {} of the times, read as in the next hour", "show twice: {} of the times, read as the second")
        for n, word in zip(rows[0], words, strict=True):
            if n:
                yield f"hours that clocks of {zone} {word.format(f'{n:,}')}"

    def sets(self) -> Iterator[tuple[str, ...]]:
        """Return the segments that are told apart: none, each, and both together."""
        for count in range(len(self.wanted.segments) + 1):
            yield from combinations(self.wanted.segments, count)

    def outermost(self, which: Literal["MIN", "MAX"], column: Column) -> str:
        """Return the first or last moment of a column, as SQL; a time is picked before it is made a number."""
        if column.kind in ("time", "instant", "date"):
            return self.engine.millis(column._replace(alias=f"{which}({column.alias})"))
        read = self.relation.moment if column == self.column(self.source.at) else ""
        return f"{which}({read or self.engine.millis(column)})"

    def is_missing(self, text: str) -> str:
        """Return whether a text is blank or one of the words that mean "not known", as SQL."""
        words = [word for word in self.source.missing if word.strip()]
        also = f" OR {text} IN ({self.engine.bind_all(words)})" if words else ""
        return f"{text} = ''{also}"

    def about(self, head: Head, labels: Sequence[Label]) -> About:
        """Return what was read; `labels` are those of the data, once they are known."""
        left_out = {}
        if self.source.questions and (other := sum(one.n for one in labels if one.label not in self.source.questions)):
            left_out["to no question of the settings"] = other
        if self.source.at and head.kept > head.readable:
            left_out["no time" if head.timed == head.readable else "unreadable or no time"] = head.kept - head.readable
        if self.weighted and head.kept > head.weighed:
            left_out["no weight"] = head.kept - head.weighed
        if head.rows > head.kept:
            left_out["not kept"] = head.rows - head.kept
        return About(
            self.source.name, self.engine.name, head.rows, self.relation.unread, head.kept, head.cases or None,
            self.day(head.first), self.day(head.last), left_out,
            weight=self.source.weight if self.weighted else "", cluster=self.source.cluster, strata=self.source.strata,
            least_weight=head.least_weight or 1, largest_weight=head.largest_weight or 1, sent=self.source.sent,
            evidence=self.source.evidence, notes=(*self.relation.notes, *self.plan.notes, *self.turned()),
        )  # fmt: skip

    def day(self, millis: int | None) -> date | None:
        """Return the day of a moment, in the zone of the source."""
        if millis is None:
            return None
        import zoneinfo

        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=millis)
        return moment.astimezone(zoneinfo.ZoneInfo(self.source.zone)).date()


def _place_of(millis: str, starts: Sequence[int], low: int, high: int) -> str:
    """Return in which of the periods from `low` to `high` a moment is, as SQL of few comparisons."""
    if high - low == 1:
        return str(low)
    middle = (low + high) // 2
    before, after = _place_of(millis, starts, low, middle), _place_of(millis, starts, middle, high)
    return f"CASE WHEN {millis} < {starts[middle]} THEN {before} ELSE {after} END"


def _inside(spans: Iterable[tuple[datetime, datetime]]) -> str:
    """Return how many times `l` without an offset are in one of some spans, as SQL."""
    inside = [f"l >= TIMESTAMP '{start}' AND l < TIMESTAMP '{end}'" for start, end in spans]
    return f"COUNT(CASE WHEN {' OR '.join(inside)} THEN 1 END)" if inside else "0"


def where(conditions: Sequence[str]) -> str:
    """Return conditions as SQL."""
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
