"""What is read of a source: its settings held against the columns that the data have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from journeykit.data import presets
from journeykit.data.engines import Engine
from journeykit.data.questions import Wanted
from journeykit.data.sources import Condition, Question, Source, Timing
from journeykit.reading.faults import did_you_mean

_WEIGHTS = r"w|wt|wgt|weights?|weighting|gewicht|gewichtung|raking|poids|peso"
_WEIGHT = re.compile(rf"(?i)(.*[ _.-])?({_WEIGHTS})([ _.-].*)?")
_SATISFACTION = re.compile(r"(?i)satisf|zufried|tevreden|elégedett|soddisf")
MOST_SEGMENTS = 2
_SINGLE = ("at", "case", "id", "order", "channel", "team")
"""Columns that a preset may name and that data may lack."""


class Item(NamedTuple):
    """A question, and the column or label that has its answers."""

    key: str
    """The column, or the text in the column `touchpoint`; "" stands for all rows."""
    asked: Question


class Plan(NamedTuple):
    """The columns to read, by the names that the data have, and what is asked of them."""

    items: tuple[Item, ...]
    times: Mapping[str, Timing]
    cases: Mapping[str, Condition]
    source: Source
    """The settings, without columns of a preset that the data lack."""
    names: Mapping[str, str]
    """The name in the data, by the name in the settings."""
    weightlike: tuple[str, ...] = ()
    """Columns that look like weights by their names, where the settings say nothing of weights."""
    notes: tuple[str, ...] = ()
    """What is not done, as the data lack a column that the preset names."""


def plan(source: Source, wanted: Wanted, engine: Engine) -> Plan:
    """Return what is read. Raises DataError for a column that does not exist or must not be used."""
    names = _Names(source, engine)
    lacking = {key: "" for key in _SINGLE if not names.has(getattr(source, key))}
    source = replace(source, where=_where(source, names), **lacking)  # type: ignore[arg-type]
    _refuse(source, engine)
    items = _items(source, names, engine)
    times = {
        name: one if names.has(one.start) else replace(one, start="") for name, one in source.times.items()
        if (names.has(one.column) if one.column else names.has(one.start) and names.has(one.end))
    }  # fmt: skip
    cases = {
        name: replace(one, sql=names.in_sql(one.sql)) for name, one in source.cases.items()
        if all(names.has(column) for column in presets.quoted_names(one.sql) if column in source.optional)
    }  # fmt: skip
    if source.preset and not (items or times or cases) and engine.shown is None:
        raise _nothing(source, names)
    if len(wanted.segments) > MOST_SEGMENTS:
        raise engine.fault("figures are told apart by two columns at most", "name fewer segments")
    plain = [
        source.at, source.case, source.id, source.order, source.channel, source.team, source.touchpoint, source.score,
        source.metric, source.cluster, source.strata, *source.activity, *source.keep, *wanted.rows, *wanted.segments,
        wanted.stage,
    ]  # fmt: skip
    if source.weight != "none":
        plain.append(source.weight)
    plain += [column for one in times.values() for column in (one.start, one.end, one.column)]
    if not source.score:
        plain += [one.key for one in items]
    named = (*wanted.rows, wanted.stage)
    found = {name: names.find(name) for name in plain if name and (name in named or names.has(name))}
    weightlike: tuple[str, ...] = ()
    if source.kind == "answers" and not source.weight and items:
        used = set(found.values())
        weightlike = tuple(name for name in names.all if name not in used and _WEIGHT.fullmatch(name.strip()))
    return Plan(items, times, cases, source, found, weightlike, tuple(_lacking(source, names)))


def _where(source: Source, names: _Names) -> str:
    """Return the condition of the rows; a preset's own one has the names of the data, and none if a column lacks."""
    own = [one for one in presets.quoted_names(source.where) if one in source.optional]
    return names.in_sql(source.where) if all(map(names.has, own)) else ""


def _lacking(source: Source, names: _Names) -> Iterable[str]:
    """Yield which columns of the preset the data lack: figures without them may be other figures, or none."""
    missing = sorted(one for one in source.optional if not names.has(one))
    yield from (f'there is no column "{one}", so no rows are left out by it' for one in missing if one in source.keep)
    others = ", ".join(f'"{one}"' for one in missing if one not in source.keep)
    if others:
        yield f"columns of the preset that are not there: {others}"


def _nothing(source: Source, names: _Names) -> Exception:
    """Return the error for a file that has no column of which a preset makes figures."""
    known = ", ".join(f'"{one}"' for one in names.all[:12]) + (", …" if len(names.all) > 12 else "")
    example = "is its header in another language?"
    help = f"{example} there is {known}; name its columns, as a source without a preset does"
    others = [kind for kind in presets.module(source.preset).TABLES if kind != source.kind]
    if others:
        help = f'kind = "{others[0]}" reads another table of it; {help}'
    return names.engine.fault(f"the file has no column that figures of {source.preset} are made of", help, "preset")


class _Names:
    """The columns of the data, found by the names of the settings."""

    def __init__(self, source: Source, engine: Engine) -> None:
        self.source = source
        self.engine = engine
        self.all = engine.names() if engine.shown is None else ()
        self.exact = set(self.all)
        self.loose: dict[str, list[str]] = {}
        for name in self.all:
            self.loose.setdefault(name.strip().casefold(), []).append(name)

    def has(self, name: str) -> bool:
        """Return whether a column is there; DataError if it is not and the user named it."""
        if self.engine.shown is not None:
            return True
        if not name or (name in self.source.optional and not self._found(name)):
            return not name
        self.find(name)
        return True

    def _found(self, name: str) -> list[str]:
        wanted = name.removesuffix("[1]")
        if wanted in self.exact:
            return [wanted]
        found = self.loose.get(wanted.strip().casefold(), [])
        if found or name not in self.source.optional:
            return found
        return [one for one in self.all if presets.is_called(one, name)]

    def in_sql(self, sql: str) -> str:
        """Return a condition of a preset with the names of columns as the data have them."""
        for name in presets.quoted_names(sql):
            found = self._found(name) if name in self.source.optional else []
            if found:
                sql = sql.replace(f'"{name}"', self.engine.quote(found[0]))
        return sql

    def find(self, name: str) -> str:
        """Return the name that the data have for a column."""
        if self.engine.shown is not None:
            return name
        found = self._found(name)
        fault = self.engine.fault
        if not found:
            known = ", ".join(f'"{one}"' for one in self.all[:12]) + (", …" if len(self.all) > 12 else "")
            help = self.engine.header_below(name) or did_you_mean(name, self.all, f"there is {known}")
            raise fault(f'there is no column "{name}"', help)
        if len(found) > 1:
            raise fault(f'"{name}" may be {" or ".join(repr(one) for one in found)}', "write it as the data have it")
        if f"{found[0]}[2]" in self.exact and not name.endswith("[1]"):
            help = f'write "{name}[1]" for the first, "{name}[2]" for the second'
            raise fault(f'there are several columns "{name}"', help)
        return found[0]


def _items(source: Source, names: _Names, engine: Engine) -> tuple[Item, ...]:
    if source.score and not (names.has(source.score) and names.has(source.touchpoint or source.score)):
        items: tuple[Item, ...] = ()  # those of a preset that is about another table
    elif source.columns:
        items = tuple(Item(column, asked) for column, asked in source.columns.items() if names.has(column))
        taken: dict[tuple[str, str], str] = {}
        for column, asked in items:
            mine: tuple[str, str] = (asked.touchpoint, asked.metric)
            if mine in taken:
                what = f'of "{asked.touchpoint}"' if asked.touchpoint else "of the whole journey"
                message = f'"{taken[mine]}" and "{column}" are both {asked.metric} {what}'
                raise engine.fault(message, "give each its touchpoint", "columns")
            taken[mine] = column
    elif source.questions:
        items = tuple(Item(label, asked) for label, asked in source.questions.items())
    else:
        items = (Item("", source.asked),) if source.asked else ()
    for key, asked in items:
        if asked.metric == "ces" and any(_SATISFACTION.search(one) for one in (key, *asked.labels)):
            message = f'"{key}" asks for satisfaction; ces is agreement with "made it easy"'
            raise engine.fault(message, 'write metric = "csat"', "columns" if source.columns else "questions")
    return items


def _refuse(source: Source, engine: Engine) -> None:
    """Refuse columns that look like what they are not."""
    used: list[tuple[str, Iterable[str]]] = [
        ("score", (source.score,)), ("columns", source.columns),
        ("times", [name for one in source.times.values() for name in (one.start, one.end, one.column)]),
    ]  # fmt: skip
    for key, columns in used:
        for column in columns:
            if reason := presets.refused(column):
                raise engine.fault(f'"{column}" is no {"time" if key == "times" else "answer"}', reason, key)
