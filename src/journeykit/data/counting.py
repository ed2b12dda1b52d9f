"""Answers, times and shares of cases, counted by an engine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import combinations
from typing import Any, Literal, NamedTuple

from journeykit.data.buckets import bucket, width
from journeykit.data.engines import Column, Engine, Relation
from journeykit.data.engines.months import MONTHS
from journeykit.data.periods import period_starts, turned_clocks
from journeykit.data.plan import Plan
from journeykit.data.questions import (
    About,
    Cell,
    Definition,
    Label,
    Missing,
    MissingKind,
    Product,
    Refused,
    Repeated,
    Score,
    Share,
    Time,
    Units,
    Wanted,
)
from journeykit.data.sources import METRICS, SCALES, UNITS, Question, Source, Timing, usual_top

MOST_LABELS = 512
MOST_VALUES = 4096
"""Up to so many different times, each is counted on its own."""
TOO_MANY = 0.05
"""The share of rows from which what is wrong with them is an error."""
STATES = ("over", "open", "no start", "unreadable time", "negative", "blank")
"""What a time may be, by the number that stands for it while times are counted."""
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
    """Counts the rows of one source."""

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
            given = f"COUNT(NULLIF({self.text_of(self.source.at)}, ''))"
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
            f"SELECT v FROM c ORDER BY CASE WHEN {self.engine.matches('v', _DECIDES)} THEN 0 ELSE 1 END, v LIMIT 40"
        )
        shown = [row[0] for row in rows if _ONLY_TIME.fullmatch(row[0])]
        wrong = head.timed - head.readable
        message = f"{wrong:,} of {head.timed:,} times cannot be read"
        if shown:
            message += f", such as {', '.join(repr(one) for one in shown[:3])}"
        return self.engine.fault(
            message, _format_help(shown, self.source.format), "format" if self.source.format else "at"
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

    # Answers.

    def sets(self) -> Iterator[tuple[str, ...]]:
        """Return the segments that are told apart: none, each, and both together."""
        for count in range(len(self.wanted.segments) + 1):
            yield from combinations(self.wanted.segments, count)

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """What the items, times and shares are."""
        any_label = "*" if self.source.touchpoint else ""
        answers = [
            Definition(self.item_of(place, any_label), asked.metric, "answer", asked.low, asked.high, asked.top)
            for place, (_, asked) in enumerate(self.items)
        ]
        times = [
            Definition(name, name, "time", clock=one.clock, target=one.target) for name, one in self.plan.times.items()
        ]
        shares = [Definition(name, name, "share", note=one.note) for name, one in self.plan.cases.items()]
        return (*answers, *times, *shares)

    @cached_property
    def items(self) -> tuple[tuple[str, Question], ...]:
        """The questions; where a column says the metric, one for each that has a usual scale."""
        if not self.source.metric:
            return tuple(self.plan.items)
        usual = [(metric, SCALES[metric]) for metric in METRICS if metric in SCALES]
        return tuple(
            (metric, Question(metric, low=low, high=high, top=usual_top(low, high)))  # type: ignore[arg-type]
            for metric, (low, high) in usual
        )

    def item_of(self, place: int, label: str) -> str:
        """Return the item of an answer: the touchpoint of its question, else the label in the data."""
        asked = self.items[place][1]
        if self.source.columns or self.source.questions:
            return asked.touchpoint
        return label

    def scored(self, keys: Sequence[str], segments: Sequence[str], *, with_text: bool = False) -> str:
        """Return answers by item, label, period, stratum and further keys with their score or missing kind, as SQL.

        What many rows have in common is counted before it is read, so that words and numbers are compared once.
        """
        engine, source = self.engine, self.source
        place, value, raw, joined = self.answer()
        names = (source.touchpoint if source.score else "", source.strata, *segments)
        raw += [column.alias for name in names if (column := self.column(name))]
        sums = "COUNT(*) AS n, SUM(w) AS w, SUM(w * w) AS w2" if self.weighted else "COUNT(*) AS n"
        # A period is a number until all is counted: its name is text, and made once, of the first moment in it.
        moment = self.moment if source.at else engine.whole("NULL")
        picked = [*dict.fromkeys(raw), f"{self.period_number(moment)} AS pn", *keys]
        groups = ", ".join(str(number) for number in range(1, len(picked) + 1))
        counted = f"SELECT {', '.join(picked)}, MIN({moment}) AS ms, {sums} FROM r{joined} GROUP BY {groups}"
        day = engine.day("ms") if source.at else "ms"
        label = self.text_of(source.touchpoint if source.score else "")
        own = [f"{self.text_of(name)} AS s{number}" for number, name in enumerate(segments)]
        stratum = f"COALESCE({self.text_of(source.strata)}, '') AS st"
        weights = "n, w, w2" if self.weighted else "n, n AS w, n AS w2"
        named = ", ".join(
            [
                f"{place} AS d",
                f"{label} AS lab",
                f"{day} AS dy",
                stratum,
                f"{engine.trimmed(value)} AS a",
                *own,
                *keys,
                weights,
            ]
        )
        read = f"SELECT f.*, {engine.number('a')} AS x FROM (SELECT {named} FROM ({counted}) g) f"
        segs = "".join(f", s{number}" for number in range(len(segments)))
        more = "".join(f", {key}" for key in keys)
        shown = "a, " if with_text else ""
        return (
            f"SELECT {shown}d, lab, {self.period('dy')} AS p, st{segs}{more}, {self.kind()} AS kind, "
            f"{self.score()} AS score, n, w, w2 FROM ({read}) h WHERE d IS NOT NULL"
        )

    def answer(self) -> tuple[str, str, list[str], str]:
        """Return the number of the question and the answer, as SQL of columns, these, and what has to be joined."""
        engine, source = self.engine, self.source
        if source.score:
            column, metric = self.column(source.score), self.column(source.metric)
            assert column is not None
            value = column.alias if column.kind == "text" else engine.text(column.alias)
            number = " ".join(f"WHEN {engine.bind(key)} THEN {place}" for place, (key, _) in enumerate(self.items))
            if metric:
                place = f"CASE {engine.lower(self.text_of(source.metric))} {number} ELSE -1 END"
                return place, value, [column.alias, metric.alias], ""
            if source.questions:
                return f"CASE {self.text_of(source.touchpoint)} {number} END", value, [column.alias], ""
            return "0", value, [column.alias], ""
        columns = [self.column(key) for key, _ in self.items]
        values = " ".join(
            f"WHEN {place} THEN {column.alias if column.kind == 'text' else engine.text(column.alias)}"
            for place, column in enumerate(columns) if column
        )  # fmt: skip
        numbers = ", ".join(f"({place})" for place in range(len(columns)))
        return "d0", "v", ["d0", f"CASE d0 {values} END AS v"], f" CROSS JOIN (VALUES {numbers}) j(d0)"

    def rules(self) -> list[tuple[Question, list[int]]]:
        """Return the questions that are read differently, with the places of those that are read alike."""
        found: dict[str, tuple[Question, list[int]]] = {}
        for place, (_, asked) in enumerate(self.items):
            key = repr((asked.low, asked.high, asked.reversed, asked.missing, asked.labels))
            found.setdefault(key, (asked, []))[1].append(place)
        return list(found.values())

    def by_rule(self, sql: Mapping[int, str], otherwise: str) -> str:
        """Return an expression that depends on the question."""
        rules = self.rules()
        if len(rules) == 1 and not self.source.metric:
            return sql[0]
        cases = " ".join(
            f"WHEN d IN ({', '.join(map(str, places))}) THEN {sql[number]}" for number, (_, places) in enumerate(rules)
        )
        return f"CASE {cases} ELSE {otherwise} END"

    def kind(self) -> str:
        """Return why an answer `a` (as a number `x`) has no score, as SQL; '' if it has one."""
        return self.by_rule({n: self.kind_of(asked) for n, (asked, _) in enumerate(self.rules())}, "'unknown metric'")

    def kind_of(self, asked: Question) -> str:
        own = dict(asked.missing)
        common = {
            word: kind for word, kind in self.source.missing.items()
            if word not in own and not _on_scale(word, asked) and word.casefold() not in map(str.casefold, asked.labels)
        }  # fmt: skip
        cases = ["WHEN a IS NULL OR a = '' THEN 'blank'"]
        for kind, words in _by_kind({**common, **own}).items():
            cases.append(f"WHEN {self.is_one_of(words)} THEN '{kind}'")
        if asked.labels:
            cases.append(f"WHEN {self.engine.lower('a')} IN ({self.engine.bind_all(_lowered(asked.labels))}) THEN ''")
        cases.append("WHEN x IS NULL THEN 'unreadable'")
        cases.append(f"WHEN x >= {asked.low} AND x <= {asked.high} AND x = floor(x) THEN ''")
        return f"CASE {' '.join(cases)} ELSE 'out of scale' END"

    def is_one_of(self, words: Iterable[str]) -> str:
        """Return whether an answer is one of several words or numbers, as SQL."""
        words = [word.strip() for word in words if word.strip()]
        texts = f"{self.engine.lower('a')} IN ({self.engine.bind_all(_lowered(words))})"
        numbers = [number for word in words if (number := _number(word)) is not None]
        return f"({texts} OR x IN ({', '.join(map(repr, numbers))}))" if numbers else texts

    def score(self) -> str:
        """Return the score of an answer, as SQL; NULL if it has none."""
        null = f"CAST(NULL AS {self.engine.real_type})"
        return self.by_rule({n: self.score_of(asked) for n, (asked, _) in enumerate(self.rules())}, null)

    def score_of(self, asked: Question) -> str:
        def turned(score: float) -> float:
            return asked.low + asked.high - score if asked.reversed else score

        number = f"{asked.low + asked.high} - x" if asked.reversed else "x"
        fits = f"x >= {asked.low} AND x <= {asked.high} AND x = floor(x)"
        labels = " ".join(
            f"WHEN {self.engine.lower('a')} = {self.engine.bind(label.strip().lower())} THEN {turned(score)!r}"
            for label, score in asked.labels.items()
        )
        return f"CASE {labels} WHEN {fits} THEN {number} END"

    def cell(self, place: int, label: str, period: str, segments: Sequence[str], values: Sequence[Any]) -> Cell:
        """Return the cell of a row."""
        named = tuple(zip(segments, (str(value or "") for value in values), strict=True))
        return Cell(self.item_of(place, label), self.items[place][1].metric, period, named)

    def answers(self) -> tuple[list[Score], list[Missing], list[Refused]]:
        """Count the scores and the missing values."""
        scores: list[Score] = []
        missing: list[Missing] = []
        refused: list[Refused] = []
        for segments in self.sets():
            keys = "d, lab, p, st" + "".join(f", s{place}" for place in range(len(segments)))
            rows = self.engine.rows(
                f"{self.rows} SELECT {keys}, kind, score, SUM(n), SUM(w), SUM(w2) "
                f"FROM ({self.scored((), segments)}) y GROUP BY {keys}, kind, score ORDER BY {keys}, kind, score"
            )
            for d, label, period, stratum, *rest in rows:
                *values, kind, score, n, w, w2 = rest
                if d < 0:
                    refused.append(Refused(Cell(label, "", period), "unknown metric", int(n)))
                    continue
                cell = self.cell(d, label or "", period or "", segments, values)
                if kind:
                    missing.append(Missing(cell, kind, int(n)))
                else:
                    scores.append(Score(cell, stratum or "", float(score), int(n), float(w), float(w2)))
            if not segments:
                self.check_scores(scores, missing)
        return scores, _added(missing), refused

    def check_scores(self, scores: Sequence[Score], missing: Sequence[Missing]) -> None:
        """Refuse questions of which too many answers are off the scale or cannot be read."""
        right: dict[tuple[str, str], int] = {}
        wrong: dict[tuple[str, str], int] = {}
        for one in scores:
            key = one.cell[:2]
            right[key] = right.get(key, 0) + one.n
        for gone in missing:
            if gone.kind in ("out of scale", "unreadable"):
                wrong[gone.cell[:2]] = wrong.get(gone.cell[:2], 0) + gone.n
        for key, n in wrong.items():
            if n > TOO_MANY * (n + right.get(key, 0)):
                raise self.off_scale(key, n, n + right.get(key, 0))

    def off_scale(self, key: tuple[str, str], n: int, total: int) -> Exception:
        """Return the error for answers that are no scores, with those that are shown: codes, and what many gave."""
        mapped = bool(self.source.columns or self.source.questions)
        place = next(
            place for place, (_, asked) in enumerate(self.items)
            if asked.metric == key[1] and (asked.touchpoint == key[0] or not mapped)
        )  # fmt: skip
        rows = self.engine.rows(
            f"{self.rows} SELECT a, SUM(n) AS n FROM ({self.scored((), (), with_text=True)}) y WHERE d = {place} "
            "AND kind IN ('out of scale', 'unreadable') GROUP BY a ORDER BY 2 DESC, 1 LIMIT 40"
        )
        shown = [(a, int(m)) for a, m in rows if re.fullmatch(r"-?\d{1,3}", a) or (m >= 5 and len(a) <= 30)]
        column, asked = self.items[place]
        listed = ", ".join(f"{a!r} ({m:,})" for a, m in shown[:8])
        what = f'"{column}"' if column else f'"{self.source.score}"'
        message = f"{n:,} of {total:,} answers of {what} are not on the scale {asked.low}..{asked.high}"
        help = 'say what they are: missing = { 99 = "dont know" }, labels = { "Very good" = 5 }, or another scale'
        if numbered := [(a, int(at[1])) for a, _ in shown if (at := re.match(r"(\d{1,2})\s*[-–—=:.)]\s*\D", a))]:
            labels = ", ".join(f"{json.dumps(a, ensure_ascii=False)} = {number}" for a, number in numbered[:11])
            help = f"say what they are, such as labels = {{ {labels} }}"
        if asked.labels and shown and all(re.fullmatch(r"\d{1,2}", a) for a, _ in shown):
            help = f'say the scale of these numbers: columns = {{ "{column}" = {{ metric = "csat", scale = "1..5" }} }}'
        return self.engine.fault(f"{message}{': ' if listed else ''}{listed}", help)

    def labels(self) -> list[Label]:
        """Count the labels of the data, with those that the settings do not name."""
        if not self.source.touchpoint:
            return []
        column = self.column(self.source.touchpoint)
        assert column is not None
        counted = f"SELECT {column.alias}, COUNT(*) AS n FROM r GROUP BY {column.alias}"
        label = self.text_of(self.source.touchpoint)
        rows = self.engine.rows(
            f"{self.rows} SELECT {label} AS lab, SUM(n) FROM ({counted}) g GROUP BY 1 ORDER BY 1 "
            f"LIMIT {MOST_LABELS + 1}"
        )
        if len(rows) > MOST_LABELS:
            help = "is it free text, or an id?"
            raise self.engine.fault(
                f'"{self.source.touchpoint}" has more than {MOST_LABELS} labels', help, "touchpoint"
            )
        return [Label(label or "", int(n), int(n)) for label, n in rows]

    def products(self) -> tuple[list[Product], list[Units]]:
        """Sum up what the error of a sample of clusters or strata is computed from."""
        products: list[Product] = []
        units: list[Units] = []
        if not (self.source.cluster or self.source.strata):
            return products, units
        unit = self.unit
        for segments in self.sets():
            keys = ["d", "lab", "p", "st", *[f"s{place}" for place in range(len(segments))]]
            all_keys = ", ".join(keys)
            summed = (
                f"{self.rows}, c AS (SELECT {all_keys}, {unit} AS g, score, SUM(w) AS w, SUM(n) AS n "
                f"FROM ({self.scored((unit,), segments)}) y WHERE kind = '' GROUP BY {all_keys}, {unit}, score)"
            )
            same = " AND ".join(f"c.{key} = e.{key}" for key in (*keys, "g"))
            mine = ", ".join(f"c.{key}" for key in keys)
            rows = self.engine.rows(
                f"{summed} SELECT {mine}, c.score, e.score, SUM(c.w * e.w) FROM c JOIN c e ON {same} "
                f"AND c.score <= e.score GROUP BY {mine}, c.score, e.score ORDER BY {mine}, c.score, e.score"
            )
            for d, label, period, stratum, *rest in rows:
                *values, s, t, value = rest
                cell = self.cell(d, label or "", period or "", segments, values)
                products.append(Product(cell, stratum or "", float(s), float(t), float(value)))
            rows = self.engine.rows(
                f"{summed} SELECT {all_keys}, COUNT(DISTINCT g), SUM(n) FROM c GROUP BY {all_keys} ORDER BY {all_keys}"
            )
            for d, label, period, stratum, *rest in rows:
                *values, clusters, n = rest
                cell = self.cell(d, label or "", period or "", segments, values)
                units.append(Units(cell, stratum or "", int(clusters), int(n)))
        return products, units

    def pair(self, place: int, label: str) -> tuple[str, str]:
        """Return item and metric."""
        return self.item_of(place, label or ""), self.items[place][1].metric

    def repeated(self) -> list[Repeated]:
        """Count respondents who answered in two periods."""
        if not self.source.id:
            return []
        rows = self.engine.rows(
            f"{self.rows}, c AS (SELECT d, lab, p, i AS g, MAX(score) AS score, COUNT(*) AS m "
            f"FROM ({self.scored(('i',), ())}) y WHERE kind = '' AND i IS NOT NULL GROUP BY d, lab, p, i) "
            "SELECT c.d, c.lab, c.p, e.p, c.score, e.score, COUNT(*) FROM c JOIN c e ON c.g = e.g AND c.d = e.d "
            "AND c.lab = e.lab AND c.p < e.p WHERE c.m = 1 AND e.m = 1 "
            "GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6"
        )
        return [
            Repeated(*self.pair(d, lab), before, after, float(s), float(t), int(n))
            for d, lab, before, after, s, t, n in rows
        ]

    # Times and shares of cases.

    def times(self, last: int | None) -> tuple[list[Time], list[Refused]]:
        """Count the times of cases; those that are not over have their age at the last moment of the data."""
        found: list[Time] = []
        refused: list[Refused] = []
        for name, one in self.plan.times.items():
            if one.column and one.unit != "h:m:s":
                self.check_decimals(one.column, "times", name)
            newest, many = self.newest(one, last), self.surely_many(one)
            for segments in self.sets():
                for period, *rest in self.engine.rows(self.timed(one, segments, newest, many)):
                    *values, state, low, wide, n, total, least, most = rest
                    named = tuple(zip(segments, (str(value or "") for value in values), strict=True))
                    cell = Cell(name, name, period or "", named)
                    if STATES[state] in ("over", "open"):
                        span = width(int(low)) if wide else 0
                        sums = (int(total), int(least), int(most))
                        found.append(Time(cell, int(low), span, STATES[state] == "open", int(n), *sums))
                    else:
                        refused.append(Refused(cell, STATES[state], int(n)))
        return found, refused

    def durations(self, one: Timing, segments: Sequence[str]) -> str:
        """Return the rows of a time as `WITH r AS (…), y AS (…)`: start, end and length, and whether it is blank."""
        engine = self.engine
        start, end, column = self.column(one.start), self.column(one.end), self.column(one.column)
        begun = engine.millis(start) if start else engine.whole("NULL")
        ended = engine.millis(end) if end else engine.whole("NULL")
        value = self.duration(one.unit, one.column) if column else f"({ended}) - ({begun})"
        own = [f"{self.text_of(name)} AS s{place}" for place, name in enumerate(segments)]
        moment = self.moment if self.source.at else engine.whole("NULL")
        picked = ", ".join(
            [
                f"{begun} AS t0",
                f"{ended} AS t1",
                f"{value} AS v0",
                f"{self.is_blank(one)} AS blank",
                f"{moment} AS ms",
                *own,
            ]
        )
        return f"{self.rows}, y AS (SELECT {picked} FROM r{where([engine.condition(one.where)] if one.where else [])})"

    def is_blank(self, one: Timing) -> str:
        """Return whether a time has no end, as SQL."""
        column = self.column(one.column or one.end)
        if column and column.kind != "text" and not self.source.missing:
            return f"{column.alias} IS NULL"
        written = self.text_of(one.column or one.end)
        return f"({written} IS NULL OR {self.is_missing(written)})"

    def newest(self, one: Timing, last: int | None) -> int | None:
        """Return the last moment of the data, of which a time knows its own two."""
        latest = [self.outermost("MAX", column) for name in (one.start, one.end) if (column := self.column(name))]
        chosen = where([self.engine.condition(one.where)] if one.where else [])
        rows = self.engine.rows(f"{self.rows} SELECT {', '.join(latest) or 'NULL'} FROM r{chosen}")
        return max((int(moment) for moment in (*(rows[0] if rows else ()), last) if moment is not None), default=None)

    def outermost(self, which: Literal["MIN", "MAX"], column: Column) -> str:
        """Return the first or last moment of a column, as SQL; a time is picked before it is made a number."""
        if column.kind in ("time", "instant", "date"):
            return self.engine.millis(column._replace(alias=f"{which}({column.alias})"))
        return f"{which}({self.engine.millis(column)})"

    def surely_many(self, one: Timing) -> bool:
        """Return whether some of the rows have more different lengths than are counted on their own."""
        some = f"SELECT v0 FROM y WHERE NOT blank AND v0 >= 0 LIMIT {20 * MOST_VALUES}"
        rows = self.engine.rows(f"{self.durations(one, ())} SELECT COUNT(DISTINCT v0) FROM ({some}) x")
        return bool(rows) and int(rows[0][0]) > MOST_VALUES

    def timed(self, one: Timing, segments: Sequence[str], newest: int | None, many: bool) -> str:
        """Return a statement that counts one time; each length on its own where there are not many."""
        engine = self.engine
        names = "".join(f", s{place}" for place in range(len(segments)))
        lost = "3" if one.column else "CASE WHEN t0 IS NULL THEN 2 ELSE 3 END"
        state = (
            f"CASE WHEN blank THEN CASE WHEN t0 IS NULL THEN 5 ELSE 1 END WHEN v0 IS NULL THEN {lost} "
            "WHEN v0 < 0 THEN 4 ELSE 0 END"
        )
        age = "NULL" if newest is None else f"{newest} - t0"
        value = f"CASE WHEN blank THEN {engine.whole(age)} ELSE v0 END"
        z = f"z AS (SELECT ms{names}, {state} AS state, {value} AS v FROM y)"
        low, wide, more, joined = bucket(engine, "v"), "1", "", ""
        if not many:
            more = ", m AS (SELECT COUNT(DISTINCT v) AS many FROM z WHERE state <= 1)"
            low = f"CASE WHEN many <= {MOST_VALUES} THEN v ELSE {low} END"
            wide, joined = f"CASE WHEN many <= {MOST_VALUES} THEN 0 ELSE 1 END", " CROSS JOIN m"
        groups = ", ".join(str(number) for number in range(1, 5 + len(segments)))
        return (
            f"{self.durations(one, segments)}, {z}{more}, "
            f"g AS (SELECT {self.period_number('ms')} AS pn{names}, state, "
            f"CASE WHEN state > 1 THEN 0 ELSE {low} END AS low, {wide} AS wide, MIN(ms) AS ms, "
            f"COUNT(*) AS n, SUM(v) AS total, MIN(v) AS least, MAX(v) AS most "
            f"FROM z{joined} GROUP BY {groups}) "
            f"SELECT {self.period(engine.day('ms'))} AS p{names}, state, low, wide, n, total, least, most FROM g "
            f"ORDER BY {groups}"
        )

    def is_missing(self, text: str) -> str:
        """Return whether a text is blank or one of the words that mean "not known", as SQL."""
        words = [word for word in self.source.missing if word.strip()]
        also = f" OR {text} IN ({self.engine.bind_all(words)})" if words else ""
        return f"{text} = ''{also}"

    def duration(self, unit: str, name: str) -> str:
        """Return a time in a column as whole milliseconds."""
        engine = self.engine
        if unit != "h:m:s":
            return engine.whole(f"floor({self.number_of(name)} * {UNITS[unit]} + 0.5)")
        text = f"replace({self.text_of(name)}, '-', '')"
        hours, minutes, seconds = (engine.number(f"split_part({text}, ':', {place})") for place in (1, 2, 3))
        sign = f"CASE WHEN {self.text_of(name)} LIKE '-%' THEN -1 ELSE 1 END"
        whole = f"{hours} * 3600 + {minutes} * 60 + COALESCE({seconds}, 0)"
        return engine.whole(f"floor(({whole}) * 1000 + 0.5) * {sign}")

    def shares(self) -> list[Share]:
        """Count the cases that are what the settings ask."""
        found = []
        for name, one in self.plan.cases.items():
            for segments in self.sets():
                own = [f"{self.text_of(column)} AS s{place}" for place, column in enumerate(segments)]
                names = "".join(f", s{place}" for place in range(len(segments)))
                day = self.engine.day(self.moment) if self.source.at else self.engine.whole("NULL")
                is_true = self.relation.conditions[name]
                if one.window:
                    following = "LEAD(t) OVER (PARTITION BY i ORDER BY t, k)"
                    is_true = (
                        f"({is_true} AND NOT (i IS NOT NULL AND COALESCE({following} - t <= {one.window}, FALSE)))"
                    )
                rows = self.engine.rows(
                    f"{self.rows}, y AS (SELECT {', '.join([f'{day} AS dy', f'{is_true} AS q', *own])} FROM r), "
                    f"z AS (SELECT {self.period('dy')} AS p{names}, q FROM y) "
                    f"SELECT p{names}, SUM(CASE WHEN q THEN 1 ELSE 0 END), COUNT(q), COUNT(*) FROM z "
                    f"GROUP BY p{names} ORDER BY p{names}"
                )
                for period, *rest in rows:
                    *values, k, n, total = rest
                    named = tuple(zip(segments, (str(value or "") for value in values), strict=True))
                    found.append(Share(Cell(name, name, period or "", named), int(k), int(n), int(total) - int(n)))
        return found

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


_DECIDES = r"([0-9]{1,2}[./-])?(1[3-9]|2[0-9]|3[01])[./-].*"
"""A day of which the number tells that it is no month: times like these are looked at first."""
_MONTH = rf"(?:{'|'.join(MONTHS)})[^\W\d_]{{0,8}}\.?"
_ZONE = r"(?:UTC|GMT|[CEW]ES?T|[AE][ECMP]?[SD]T|[CMP][SD]T|BST|IST|JST|MSK)"
"""Names of zones, of which most have several meanings."""
_ONLY_TIME = re.compile(rf"(?i)(?:[\d\s:./,+-]|T(?=\d)|Z$|[ap]m\b|\b{_ZONE}$|{_MONTH}){{1,40}}")


def _format_help(shown: Sequence[str], said: str) -> str:
    """Return what to write for times that cannot be read."""
    if said:
        return f"they are not written as {said}"
    if shown and all(re.fullmatch(r"\d{9,}(\.\d+)?", one) for one in shown):
        return 'say what they count: format = "epoch-s" or "epoch-ms"'
    if shown and all(re.fullmatch(r"\d{5}([.,]\d+)?", one) for one in shown):
        return "they are days as a spreadsheet counts them: save the column as dates, such as 2026-01-31 09:30"
    if shown and (named := re.search(rf"\b{_ZONE}$", shown[0])):
        return f'names of zones have several meanings: format = "%Y-%m-%d %H:%M:%S {named[0]}" and zone = "Europe/…"'
    clock = _clock_of(shown[0]) if shown else ""
    rest = "" if clock or not shown or ":" not in shown[0] else " and the time after it, such as %H:%M"
    worded = re.match(rf"(?i)(\d{{1,2}})([. /-]{{1,2}})({_MONTH})([ /-])(\d{{2,4}})", shown[0]) if shown else None
    if worded:
        month = "%b" if len(worded[3]) < 4 else "%B"
        return f'format = "%d{worded[2]}{month}{worded[4]}{"%Y" if len(worded[5]) == 4 else "%y"}{clock}"{rest}'
    parts = [found for one in shown if (found := re.match(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)\b", one))]
    if not parts:
        return 'say how they are written: format = "%d/%m/%Y %H:%M"'
    mark = parts[0][2]
    year = "%Y" if len(parts[0][4]) == 4 else "%y"
    if any(int(one[1]) > 12 for one in parts):
        return f'the day stands first: format = "%d{mark}%m{mark}{year}{clock}"{rest}'
    if any(int(one[3]) > 12 for one in parts):
        return f'the month stands first: format = "%m{mark}%d{mark}{year}{clock}"{rest}'
    first = f'format = "%d{mark}%m{mark}{year}{clock}" or "%m{mark}%d{mark}{year}{clock}"{rest}'
    return f"say whether the day or the month stands first: {first}"


def _clock_of(shown: str) -> str:
    """Return the format of what stands after a date: ` %H:%M:%S`; "" if that is nothing, or written in another way."""
    found = re.search(r"(?i)(,? )\d{1,2}:\d\d(:\d\d)?([.,]\d+)?( ?[ap]m)?$", shown)
    if found is None:
        return ""
    hours = "%I" if found[4] else "%H"
    noon = f"{found[4][:-2]}%p" if found[4] else ""
    return f"{found[1]}{hours}:%M{':%S' if found[2] else ''}{'.%f' if found[3] else ''}{noon}"


def where(conditions: Sequence[str]) -> str:
    """Return conditions as SQL."""
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _on_scale(word: str, asked: Question) -> bool:
    number = _number(word)
    return number is not None and asked.low <= number <= asked.high and number == int(number)


def _by_kind(words: Mapping[str, MissingKind]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, kind in words.items():
        if word.strip():
            found.setdefault(kind, []).append(word)
    return found


def _lowered(words: Iterable[str]) -> list[str]:
    return [word.strip().lower() for word in words]


def _added(missing: Iterable[Missing]) -> list[Missing]:
    """Add up what the strata have apart."""
    found: dict[tuple[Cell, MissingKind], int] = {}
    for one in missing:
        found[one.cell, one.kind] = found.get((one.cell, one.kind), 0) + one.n
    return [Missing(cell, kind, n) for (cell, kind), n in found.items()]
