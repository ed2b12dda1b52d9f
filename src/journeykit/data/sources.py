"""Sources of measured data, as `[data.NAME]` of the settings names them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from journeykit.data import presets
from journeykit.data.questions import MissingKind
from journeykit.errors import ConfigError
from journeykit.reading.faults import did_you_mean
from journeykit.toml_values import as_written, dotted, table, text, texts, truth

Kind: TypeAlias = Literal["answers", "events"]
Row: TypeAlias = Literal["respondent", "answer", "ticket", "event"]
Metric: TypeAlias = Literal["csat", "csat7", "rating", "nps", "ces", "ces1"]
Clock: TypeAlias = Literal["calendar", "business"]
METRICS: tuple[str, ...] = get_args(Metric)
SCALES: Mapping[str, tuple[int, int]] = {"csat": (1, 5), "csat7": (1, 7), "nps": (0, 10), "ces": (1, 7)}
"""The scale of a question that says none; of the other metrics it has to be said."""
FIXED = ("csat7", "nps", "ces")
"""Metrics that have no other scale."""
MISSING_WORDS: tuple[MissingKind, ...] = ("blank", "not applicable", "dont know", "not asked", "no answer")
UNITS: Mapping[str, int] = {
    "ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000, "h:m:s": 0,
}  # fmt: skip
"""Milliseconds of a unit; `h:m:s` is text such as 05:31:00 or 30:09."""
EPOCHS = ("epoch-s", "epoch-ms")
"""Forms of times that are numbers: seconds or milliseconds since 1970."""
SPANS = {"s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}


@dataclass(frozen=True)
class Question:
    """A question that customers were asked: its metric, and how its answers are read."""

    metric: Metric
    touchpoint: str = ""
    """The label of the touchpoint; "" is the whole journey."""
    low: int = 0
    high: int = 0
    top: int | None = None
    reversed: bool = False
    missing: Mapping[str, MissingKind] = field(default_factory=dict)
    labels: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Timing:
    """A time of a case: between two columns, or in a column."""

    start: str = ""
    end: str = ""
    column: str = ""
    unit: str = ""
    clock: Clock | None = None
    target: int | None = None
    """Milliseconds."""
    where: str = ""
    """SQL that is true of the cases it is asked of."""


@dataclass(frozen=True)
class Condition:
    """What a case may be: SQL that is true, false or null (not known)."""

    sql: str
    note: str = ""
    window: int | None = None
    """Milliseconds in which no further case of the same `id` may begin."""


@dataclass(frozen=True)
class ActivityWords:
    """What people say of an activity of a log, which becomes part of a map."""

    title: str = ""
    stage: str = ""
    by: str = ""
    channel: tuple[str, ...] = ()
    role: str = ""
    """`as` of the settings: a `touchpoint`, `backstage`, or to `ignore`; "" if nothing is said."""


@dataclass(frozen=True)
class Source:
    """One source: where it is, which columns it has, and what they mean. Names of fields are those of the settings."""

    name: str
    settings: str
    """The settings file, for messages."""
    folder: Path
    """Paths are relative to it."""
    kind: Kind
    url: str
    """As it is written: with `${NAME}` for what the environment has. Never printed: see `shown_url`."""
    given: Mapping[str, Any] = field(default_factory=dict, repr=False)
    preset: str = ""
    table: str = ""
    query: str = ""
    row: Row = "answer"
    id: str = ""
    case: str = ""
    activity: tuple[str, ...] = ()
    at: str = ""
    order: str = ""
    channel: str = ""
    team: str = ""
    format: str = ""
    zone: str = "UTC"
    delimiter: str = ""
    decimal: str = ""
    """What marks decimals of times and weights, `,` or `.`; the other one marks thousands then. "": there are none."""
    touchpoint: str = ""
    score: str = ""
    metric: str = ""
    """The column that says the metric."""
    asked: Question | None = None
    """How all answers are read, where one metric is said for all rows."""
    columns: Mapping[str, Question] = field(default_factory=dict)
    """Questions by their column (one row a respondent or ticket)."""
    questions: Mapping[str, Question] = field(default_factory=dict)
    """Questions by their label in the column `touchpoint` (one row an answer)."""
    missing: Mapping[str, MissingKind] = field(default_factory=dict)
    weight: str = ""
    """The column of weights; `none` says that there are none."""
    cluster: str = ""
    strata: str = ""
    sent: int | None = None
    segments: tuple[str, ...] = ()
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where: str = ""
    """SQL that is true of the rows that count."""
    last: bool = False
    """Only the last row of each case counts."""
    period: str = ""
    late: int = 1
    """How many periods before the last one may still change: `--series` asks them anew."""
    evidence: str = ""
    people: bool = False
    ignore: tuple[str, ...] = ()
    times: Mapping[str, Timing] = field(default_factory=dict)
    cases: Mapping[str, Condition] = field(default_factory=dict)
    activities: Mapping[str, ActivityWords] = field(default_factory=dict)
    """Words for activities of a log, by their label."""
    of_file: bool = False
    """Made for a file of the command line: no settings name it."""
    optional: frozenset[str] = frozenset()
    """Columns that a preset brings: where a file lacks one, what needs it is left out."""

    @property
    def passed_over(self) -> tuple[str, ...]:
        """The activities of a log that are no touchpoints: those to ignore, and those that happen backstage."""
        others = (label for label, said in self.activities.items() if said.role in ("backstage", "ignore"))
        return tuple(dict.fromkeys((*self.ignore, *others)))

    @property
    def scheme(self) -> str:
        """The part of the expanded address before `://`; "" of a path."""
        return _scheme(self.address())

    def address(self) -> str:
        """Return the address with the variables of the environment in it. Raises ConfigError for one that is unset."""

        def value(found: re.Match[str]) -> str:
            name = found[1]
            if name not in os.environ:
                raise ConfigError(
                    f"{self.key('url')}: the environment has no variable {name}", f"set it: export {name}=…"
                )
            return os.environ[name]

        return _VARIABLE.sub(value, self.url)

    def key(self, *keys: str) -> str:
        """Return the name of one of its settings for messages."""
        if self.of_file:
            return ": ".join((shown_url(self.url), *(f"--{key}" for key in keys[:1] if key != "url")))
        return f"{self.settings}: {dotted(('data', self.name, *keys))}"

    def shown(self) -> dict[str, Any]:
        """Return the settings for people: without the user, password and query of the address."""
        return {**self.given, **({"url": shown_url(self.url)} if "url" in self.given else {})}


_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SECRET = re.compile(r"(?i)(?:^|[&;])[^=&;]*(?:pass|pwd|secret|token|key|sig)[^=&;]*=[^&;]+")
ROLES = ("touchpoint", "backstage", "ignore")
_STARTED_BY = ("customer", "company", "partner")
_EVIDENCE = ("survey", "review", "ticket", "analytics")


def _scheme(url: str) -> str:
    found = _SCHEME.match(url)
    return found[1].lower() if found else ""


def shown_url(url: str) -> str:
    """Return an address without user, password, query and fragment; a path as it is."""
    if not _scheme(url):
        return url
    scheme, rest = url.split("://", 1)
    rest = re.split(r"[?#;]", rest, maxsplit=1)[0]
    return f"{scheme}://{rest.rsplit('@', 1)[-1]}"


def _has_password(url: str) -> bool:
    """Return whether a password is written into an address, rather than a variable of the environment."""
    if not _scheme(url):
        return False
    rest = _VARIABLE.sub("", url.split("://", 1)[1])
    place, _, query = rest.partition("?")
    user = place.rsplit("@", 1)[0] if "@" in place else ""
    return bool(user.partition(":")[2]) or _SECRET.search(f"{query};{place.partition(';')[2]}") is not None


class Reader:
    """Reads the table of one source; the first wrong key or value is a ConfigError with its place."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.at = ("data", name)

    def fault(self, keys: tuple[str, ...], message: str, help: str = "") -> ConfigError:
        """Return the error for a key."""
        return ConfigError(f'{self.path}: "{dotted((*self.at, *keys))}" {message}', help)

    def text(self, keys: tuple[str, ...], value: Any) -> str:
        """Return a text that is not empty."""
        if not text(self.path, (*self.at, *keys), value).strip():
            raise self.fault(keys, "must not be empty")
        return str(value)

    def texts(self, keys: tuple[str, ...], value: Any) -> tuple[str, ...]:
        """Return a list of texts."""
        return texts(self.path, (*self.at, *keys), value)

    def one_or_more(self, keys: tuple[str, ...], value: Any) -> tuple[str, ...]:
        """Return a text, or a list of texts, as a list."""
        return (self.text(keys, value),) if isinstance(value, str) else self.texts(keys, value)

    def truth(self, keys: tuple[str, ...], value: Any) -> bool:
        """Return true or false."""
        return truth(self.path, (*self.at, *keys), value)

    def table(self, keys: tuple[str, ...], value: Any) -> dict[str, Any]:
        """Return a table."""
        return table(self.path, (*self.at, *keys), value)

    def number(self, keys: tuple[str, ...], value: Any) -> int:
        """Return a whole number above 0."""
        if type(value) is not int or value < 1:
            raise self.fault(keys, f"must be a whole number above 0, not {as_written(value)}")
        return value

    def word(self, keys: tuple[str, ...], value: Any, words: tuple[str, ...]) -> str:
        """Return one of several words."""
        if value not in words:
            expected = f"{', '.join(map(repr, words[:-1]))} or {words[-1]!r}" if words[1:] else repr(words[0])
            raise self.fault(keys, f"must be {expected}, not {as_written(value)}", did_you_mean(value, words))
        return str(value)

    def known(self, keys: tuple[str, ...], given: Mapping[str, Any], names: tuple[str, ...]) -> None:
        """Refuse a key that does not exist."""
        for key in given:
            if key not in names:
                message = f'{self.path}: unknown key "{dotted((*self.at, *keys, key))}"'
                raise ConfigError(message, did_you_mean(key, names, f"known: {', '.join(names)}"))

    def words(self, keys: tuple[str, ...], value: Any) -> dict[str, MissingKind]:
        """Return words of missing values with their kind; a list says `blank` of all."""
        if isinstance(value, list):
            return dict.fromkeys(self.texts(keys, value), "blank")
        found: dict[str, MissingKind] = {}
        for word, kind in self.table(keys, value).items():
            plain = kind.replace("'", "").replace("’", "") if isinstance(kind, str) else kind
            found[word] = self.word((*keys, word), plain, MISSING_WORDS)  # type: ignore[assignment]
        return found

    def span(self, keys: tuple[str, ...], value: Any) -> int:
        """Return a length of time in milliseconds: `7d`, `4h`, `10min`."""
        found = re.fullmatch(r"(\d+(?:\.\d+)?) ?(s|min|h|d|w)", value) if isinstance(value, str) else None
        if found is None or not float(found[1]):
            raise self.fault(keys, f"must be a length of time such as '7d' or '4h', not {as_written(value)}")
        return round(float(found[1]) * SPANS[found[2]])

    def scale(self, keys: tuple[str, ...], value: Any) -> tuple[int, int]:
        """Return the lowest and highest answer of `1..5`."""
        found = re.fullmatch(r"(-?\d{1,4})\.\.(-?\d{1,4})", value) if isinstance(value, str) else None
        if found is None or int(found[1]) >= int(found[2]):
            raise self.fault(keys, f"must be a scale such as '1..5', not {as_written(value)}")
        return int(found[1]), int(found[2])

    def labels(self, keys: tuple[str, ...], value: Any) -> dict[str, float]:
        """Return the number that each label stands for."""
        found = self.table(keys, value)
        for label, number in found.items():
            if type(number) not in (int, float) or number != number:
                raise self.fault((*keys, label), f"must be a number, not {as_written(number)}")
        return found

    # The tables of a source.

    def question(self, keys: tuple[str, ...], value: Any) -> Question:
        """Return a question; its metric alone may be given as text."""
        given = {"metric": value} if isinstance(value, str) else self.table(keys, value)
        self.known(keys, given, ("touchpoint", *_QUESTION))
        if "metric" not in given:
            raise self.fault((*keys, "metric"), "is missing", f"write one of {', '.join(METRICS)}")
        touchpoint = self.text((*keys, "touchpoint"), given["touchpoint"]) if "touchpoint" in given else ""
        return replace(self._asked(keys, given, given["metric"]), touchpoint=touchpoint)

    def _asked(self, keys: tuple[str, ...], given: Mapping[str, Any], metric: Any) -> Question:
        word = self.word((*keys, "metric"), metric, METRICS)
        usual = SCALES.get(word)
        if "scale" in given:
            low, high = self.scale((*keys, "scale"), given["scale"])
        elif usual is None:
            help = f'write scale = "1..5", or the scale that the question has: {word} has no usual one'
            raise self.fault((*keys, "scale"), "is missing", help)
        else:
            low, high = usual
        if word in FIXED and (low, high) != usual:
            assert usual is not None
            help = 'a rating of another scale is metric = "rating"'
            raise self.fault((*keys, "scale"), f"must be {usual[0]}..{usual[1]} for {word}, not {low}..{high}", help)
        if word == "ces1" and (low, high) not in ((1, 5), (1, 7)):
            raise self.fault((*keys, "scale"), f"must be 1..5 or 1..7 for ces1, not {low}..{high}")
        top = self.number((*keys, "top"), given["top"]) if "top" in given else usual_top(low, high)
        if top is not None and top > high - low:
            raise self.fault((*keys, "top"), f"must be less than the {high - low + 1} answers of the scale, not {top}")
        if word == "csat" and top is None:
            help = "say how many of the highest answers count as satisfied: top = 2"
            raise self.fault((*keys, "top"), f"is missing: a scale of {high - low + 1} answers has no usual one", help)
        return Question(
            metric=word,  # type: ignore[arg-type]
            low=low, high=high, top=top,
            reversed="reversed" in given and self.truth((*keys, "reversed"), given["reversed"]),
            missing=self.words((*keys, "missing"), given["missing"]) if keys and "missing" in given else {},
            labels=self.labels((*keys, "labels"), given["labels"]) if "labels" in given else {},
        )  # fmt: skip

    def asked(self, given: Mapping[str, Any]) -> tuple[str, Question | None]:
        """Return the column of the metric, or how all answers are read."""
        metric = given.get("metric")
        if metric is None:
            return "", None
        if isinstance(metric, str):
            return self.text(("metric",), metric), None
        one = self.table(("metric",), metric)
        self.known(("metric",), one, ("is",))
        if "is" not in one:
            raise self.fault(("metric",), 'needs "is"', 'write metric = {is = "csat"}, or the name of a column')
        return "", self._asked((), given, one["is"])

    def timing(self, keys: tuple[str, ...], value: Any) -> Timing:
        """Return a time of a case."""
        given = self.table(keys, value)
        self.known(keys, given, ("from", "to", "column", "unit", "clock", "target", "where"))
        words = {
            name: self.text((*keys, name), given[name]) for name in ("from", "to", "column", "where") if name in given
        }
        if ("column" in given) == ("to" in given) or ("to" in given and "from" not in given):
            raise self.fault(keys, 'needs "from" and "to", or "column" and "unit"')
        unit = ""
        if "column" in given:
            if "unit" not in given:
                raise self.fault((*keys, "unit"), "is missing", f"write one of {', '.join(UNITS)}")
            unit = self.word((*keys, "unit"), given["unit"], tuple(UNITS))
        clock = self.word((*keys, "clock"), given["clock"], get_args(Clock)) if "clock" in given else None
        if "column" in given and clock is None:
            help = "a time that another program computed counts all hours or those of business: say which"
            raise self.fault((*keys, "clock"), "is missing", help)
        return Timing(
            start=words.get("from", ""), end=words.get("to", ""), column=words.get("column", ""), unit=unit,
            clock=clock or "calendar",  # type: ignore[arg-type]
            target=self.span((*keys, "target"), given["target"]) if "target" in given else None,
            where=words.get("where", ""),
        )  # fmt: skip

    def condition(self, keys: tuple[str, ...], value: Any) -> Condition:
        """Return what a case may be: SQL, or a table with it."""
        if isinstance(value, str):
            return Condition(self.text(keys, value))
        given = self.table(keys, value)
        self.known(keys, given, ("is", "note", "window"))
        if "is" not in given:
            raise self.fault((*keys, "is"), "is missing", 'write a condition in SQL, such as is = "reopened = 0"')
        return Condition(
            self.text((*keys, "is"), given["is"]),
            self.text((*keys, "note"), given["note"]) if "note" in given else "",
            self.span((*keys, "window"), given["window"]) if "window" in given else None,
        )

    def activity(self, keys: tuple[str, ...], value: Any) -> ActivityWords:
        """Return what is said of an activity."""
        given = self.table(keys, value)
        self.known(keys, given, ("title", "stage", "by", "channel", "as"))
        return ActivityWords(
            title=self.text((*keys, "title"), given["title"]) if "title" in given else "",
            stage=self.text((*keys, "stage"), given["stage"]) if "stage" in given else "",
            by=self.word((*keys, "by"), given["by"], _STARTED_BY) if "by" in given else "",
            channel=self.one_or_more((*keys, "channel"), given["channel"]) if "channel" in given else (),
            role=self.word((*keys, "as"), given["as"], ROLES) if "as" in given else "",
        )

    def each(self, keys: tuple[str, ...], value: Any, read: Callable[[tuple[str, ...], Any], Any]) -> dict[str, Any]:
        """Return a table of which each value is read alike."""
        return {name: read((*keys, name), one) for name, one in self.table(keys, value).items()}

    def late(self, keys: tuple[str, ...], value: Any) -> int:
        """Return the number of `1 period`."""
        found = re.fullmatch(r"(\d{1,3}) periods?", value) if isinstance(value, str) else None
        if found is None:
            raise self.fault(keys, f"must be a number of periods such as '1 period', not {as_written(value)}")
        return int(found[1])

    def url(self, keys: tuple[str, ...], value: Any) -> str:
        """Return the address: no password may be written into it."""
        url = self.text(keys, value)
        if "\0" in url:
            raise self.fault(keys, "must not hold a NUL character")
        if _has_password(url):
            help = 'take it from the environment: url = "${DWH_URL}", or what the driver reads, such as PGPASSWORD'
            raise self.fault(keys, "has a password in it", help)
        return url


def usual_top(low: int, high: int) -> int | None:
    """Return how many of the highest answers usually count as satisfied; None where there is no convention."""
    return {2: 1, 3: 1, 4: 2, 5: 2, 7: 2}.get(high - low + 1)


_QUESTION = ("metric", "scale", "top", "reversed", "missing", "labels")
_READ: Mapping[str, Callable[[Reader, tuple[str, ...], Any], Any]] = {
    "table": Reader.text, "query": Reader.text, "where": Reader.text,
    "id": Reader.text, "case": Reader.text, "at": Reader.text,
    "activity": Reader.one_or_more, "order": Reader.text, "channel": Reader.text, "team": Reader.text,
    "format": Reader.text, "touchpoint": Reader.text, "score": Reader.text, "delimiter": Reader.text,
    "weight": Reader.text, "cluster": Reader.text, "strata": Reader.text, "sent": Reader.number,
    "segments": Reader.texts, "period": Reader.text, "late": Reader.late, "people": Reader.truth,
    "ignore": Reader.texts, "missing": Reader.words,
    "columns": lambda reader, keys, value: reader.each(keys, value, reader.question),
    "questions": lambda reader, keys, value: reader.each(keys, value, reader.question),
    "times": lambda reader, keys, value: reader.each(keys, value, reader.timing),
    "cases": lambda reader, keys, value: reader.each(keys, value, reader.condition),
    "keep": lambda reader, keys, value: reader.each(keys, value, reader.one_or_more),
    "row": lambda reader, keys, value: reader.word(keys, value, get_args(Row)),
    "decimal": lambda reader, keys, value: reader.word(keys, value, (",", ".")),
    "last": lambda reader, keys, value: bool(reader.word(keys, value, ("per case",))),
    "evidence": lambda reader, keys, value: reader.word(keys, value, _EVIDENCE),
    "activities": lambda reader, keys, value: reader.each(keys, value, reader.activity),
}  # fmt: skip
_ALL = ("kind", "url", "preset", "zone", "metric", *_QUESTION[1:4], "labels", *_READ)
_OF_EVENTS = ("activity", "order", "channel", "team", "ignore", "people", "activities")
_OF_ANSWERS = (
    "row", "touchpoint", "score", "metric", "scale", "top", "reversed", "labels", "columns", "questions", "weight",
    "cluster", "strata", "sent", "id",
)  # fmt: skip


def read_sources(path: Path, keys: tuple[str, ...], value: Any) -> dict[str, Source]:
    """Return the sources of the settings by name. Raises ConfigError for the first key or value that is wrong."""
    found = {}
    for name, one in table(path, keys, value).items():
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
            message = f'{path}: "{dotted((*keys, name))}": the name of a source is small letters, digits and hyphens'
            raise ConfigError(message, "maps name it, and `sources` of a map takes it as an id")
        found[name] = read_source(path, name, table(path, (*keys, name), one))
    return found


def read_source(path: Path, name: str, given: dict[str, Any]) -> Source:
    """Return one source."""
    reader = Reader(path, name)
    reader.known((), given, _ALL)
    preset = reader.word(("preset",), given["preset"], presets.NAMES) if "preset" in given else ""
    whole, optional = given, frozenset[str]()
    if preset:
        whole, optional = presets.completed(preset, given)
    kind = _kind(reader, whole)
    if "url" not in whole:
        raise reader.fault(("url",), "is missing", "write the path of a file, or the address of a database")
    values = {key: read(reader, (key,), whole[key]) for key, read in _READ.items() if key in whole}
    values["zone"] = _zone(reader, whole)
    values["metric"], values["asked"] = reader.asked(whole)
    values["evidence"] = values.get("evidence") or ("survey" if kind == "answers" else "ticket")
    source = Source(
        name=name, settings=str(path), folder=path.parent.absolute(), kind=kind, preset=preset, given=given,
        url=reader.url(("url",), whole["url"]), optional=optional, **values,
    )  # fmt: skip
    _check(reader, source, whole)
    return source if "row" in whole else replace(source, row="respondent" if source.columns else "answer")


def _kind(reader: Reader, whole: Mapping[str, Any]) -> Kind:
    if "kind" not in whole:
        raise reader.fault(("kind",), "is missing", 'write kind = "answers" or kind = "events"')
    kind = reader.word(("kind",), whole["kind"], get_args(Kind))
    for key in _OF_EVENTS if kind == "answers" else _OF_ANSWERS:
        if key in whole:
            raise reader.fault((key,), f"does not belong to a source of {kind}")
    return kind  # type: ignore[return-value]


def _zone(reader: Reader, whole: Mapping[str, Any]) -> str:
    if "zone" not in whole:
        return "UTC"
    import zoneinfo

    name = reader.text(("zone",), whole["zone"])
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        help = did_you_mean(name, zoneinfo.available_timezones(), "write one such as Europe/Rome")
        raise reader.fault(("zone",), f"must be a time zone, not {name!r}", help) from None
    return name


def fault_of_format(written: str) -> tuple[str, str] | None:
    """Return what is wrong with the form of times that somebody wrote, and what helps."""
    if "%Z" in written:
        help = 'write the letters themselves, as in "%Y-%m-%d %H:%M CET", and zone = "Europe/Rome" in the settings'
        return "must not have %Z: names such as CET or EST have several meanings", help
    if written and "%" not in written and written not in EPOCHS:
        help = f'write it with %, such as "%d/%m/%Y %H:%M"; or "{EPOCHS[0]}" or "{EPOCHS[1]}"'
        return f"must say how times are written, not {written!r}", help
    return None


def _check(reader: Reader, source: Source, whole: Mapping[str, Any]) -> None:
    """Refuse settings that miss what they need, or that say two things."""
    if source.table and source.query:
        raise reader.fault(("query",), 'cannot stand beside "table"', "keep one of them")
    if source.period and source.at:
        raise reader.fault(("period",), 'cannot stand beside "at"', "keep one of them")
    if fault := fault_of_format(source.format):
        raise reader.fault(("format",), *fault)
    if source.last and not (source.case and source.at):
        raise reader.fault(("last",), 'needs "case" and "at": which rows belong together, and which is the last')
    if source.row == "event" and source.kind == "answers" and not (source.last or source.keep):
        help = 'write last = "per case", or keep = {…} for the events that count'
        raise reader.fault(("row",), "= 'event' has several rows of one case", help)
    if any(one.window for one in source.cases.values()) and not (source.id and source.at):
        raise reader.fault(("cases",), 'with a "window" need "id" (who it was) and "at" (when)')
    if source.kind == "events":
        for key in ("case", "activity", "at"):
            if not getattr(source, key):
                raise reader.fault((key,), "is missing: the column of it")
        return
    if source.score and not (source.metric or source.asked or source.questions):
        help = 'write metric = {is = "csat"}, the column that says it, or [questions]'
        raise reader.fault(("metric",), "is missing", help)
    if (source.metric or source.asked or source.questions) and not source.score:
        raise reader.fault(("score",), "is missing: the column of the answers")
    if source.questions and not source.touchpoint:
        raise reader.fault(("touchpoint",), "is missing: the column of the question")
    if source.columns and source.score:
        raise reader.fault(("columns",), 'cannot stand beside "score"', "a row is one answer, or has a column for each")
    if not (source.columns or source.score or source.times or source.cases):
        raise reader.fault(("columns",), "is missing", 'write the columns of the answers, or "score"')
    for key in ("scale", "top", "reversed", "labels"):
        if key in whole and not source.asked:
            raise reader.fault((key,), 'needs metric = {is = "…"}', "or it belongs to one of the questions")
