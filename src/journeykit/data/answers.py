"""Answers, counted by an engine: scores, missing values, labels, and the sums for clusters and strata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from journeykit.data.counting import MOST_LABELS, TOO_MANY, Counter
from journeykit.data.questions import (
    Cell,
    Definition,
    Label,
    Missing,
    MissingKind,
    Product,
    Refused,
    Repeated,
    Score,
    Units,
)
from journeykit.data.sources import METRICS, SCALES, Question, usual_top


class Answers:
    """Counts the answers of one source."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.engine = counter.engine
        self.source = counter.source

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """What the items, times and shares are."""
        any_label = "*" if self.source.touchpoint else ""
        answers = [
            Definition(self.item_of(place, any_label), asked.metric, "answer", asked.low, asked.high, asked.top)
            for place, (_, asked) in enumerate(self.items)
        ]
        times = [
            Definition(name, name, "time", clock=one.clock, target=one.target)
            for name, one in self.counter.plan.times.items()
        ]
        shares = [Definition(name, name, "share", note=one.note) for name, one in self.counter.plan.cases.items()]
        return (*answers, *times, *shares)

    @cached_property
    def items(self) -> tuple[tuple[str, Question], ...]:
        """The questions; where a column says the metric, one for each that has a usual scale."""
        if not self.source.metric:
            return tuple(self.counter.plan.items)
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
        raw += [column.alias for name in names if (column := self.counter.column(name))]
        sums = "COUNT(*) AS n, SUM(w) AS w, SUM(w * w) AS w2" if self.counter.weighted else "COUNT(*) AS n"
        # A period is a number until all is counted: its name is text, and made once, of the first moment in it.
        moment = self.counter.moment if source.at else engine.whole("NULL")
        picked = [*dict.fromkeys(raw), f"{self.counter.period_number(moment)} AS pn", *keys]
        groups = ", ".join(str(number) for number in range(1, len(picked) + 1))
        counted = f"SELECT {', '.join(picked)}, MIN({moment}) AS ms, {sums} FROM r{joined} GROUP BY {groups}"
        day = engine.day("ms") if source.at else "ms"
        label = self.counter.text_of(source.touchpoint if source.score else "")
        own = [f"{self.counter.text_of(name)} AS s{number}" for number, name in enumerate(segments)]
        stratum = f"COALESCE({self.counter.text_of(source.strata)}, '') AS st"
        weights = "n, w, w2" if self.counter.weighted else "n, n AS w, n AS w2"
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
            f"SELECT {shown}d, lab, {self.counter.period('dy')} AS p, st{segs}{more}, {self.kind()} AS kind, "
            f"{self.score()} AS score, n, w, w2 FROM ({read}) h WHERE d IS NOT NULL"
        )

    def answer(self) -> tuple[str, str, list[str], str]:
        """Return the number of the question and the answer, as SQL of columns, these, and what has to be joined."""
        engine, source = self.engine, self.source
        if source.score:
            column, metric = self.counter.column(source.score), self.counter.column(source.metric)
            assert column is not None
            value = column.alias if column.kind == "text" else engine.text(column.alias)
            number = " ".join(f"WHEN {engine.bind(key)} THEN {place}" for place, (key, _) in enumerate(self.items))
            if metric:
                place = f"CASE {engine.lower(self.counter.text_of(source.metric))} {number} ELSE -1 END"
                return place, value, [column.alias, metric.alias], ""
            if source.questions:
                return f"CASE {self.counter.text_of(source.touchpoint)} {number} END", value, [column.alias], ""
            return "0", value, [column.alias], ""
        columns = [self.counter.column(key) for key, _ in self.items]
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
        for segments in self.counter.sets():
            keys = "d, lab, p, st" + "".join(f", s{place}" for place in range(len(segments)))
            rows = self.engine.rows(
                f"{self.counter.rows} SELECT {keys}, kind, score, SUM(n), SUM(w), SUM(w2) "
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
            f"{self.counter.rows} SELECT a, SUM(n) AS n FROM ({self.scored((), (), with_text=True)}) y "
            f"WHERE d = {place} AND kind IN ('out of scale', 'unreadable') GROUP BY a ORDER BY 2 DESC, 1 LIMIT 40"
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
        column = self.counter.column(self.source.touchpoint)
        assert column is not None
        counted = f"SELECT {column.alias}, COUNT(*) AS n FROM r GROUP BY {column.alias}"
        label = self.counter.text_of(self.source.touchpoint)
        rows = self.engine.rows(
            f"{self.counter.rows} SELECT {label} AS lab, SUM(n) FROM ({counted}) g GROUP BY 1 ORDER BY 1 "
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
        unit = self.counter.unit
        for segments in self.counter.sets():
            keys = ["d", "lab", "p", "st", *[f"s{place}" for place in range(len(segments))]]
            all_keys = ", ".join(keys)
            summed = (
                f"{self.counter.rows}, c AS (SELECT {all_keys}, {unit} AS g, score, SUM(w) AS w, SUM(n) AS n "
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
            f"{self.counter.rows}, c AS (SELECT d, lab, p, i AS g, MAX(score) AS score, COUNT(*) AS m "
            f"FROM ({self.scored(('i',), ())}) y WHERE kind = '' AND i IS NOT NULL GROUP BY d, lab, p, i) "
            "SELECT c.d, c.lab, c.p, e.p, c.score, e.score, COUNT(*) FROM c JOIN c e ON c.g = e.g AND c.d = e.d "
            "AND c.lab = e.lab AND c.p < e.p WHERE c.m = 1 AND e.m = 1 "
            "GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6"
        )
        return [
            Repeated(*self.pair(d, lab), before, after, float(s), float(t), int(n))
            for d, lab, before, after, s, t, n in rows
        ]


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
