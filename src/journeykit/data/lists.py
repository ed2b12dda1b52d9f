"""The events of a log as a sorted list of whole numbers for each case, in engines that have lists: DuckDB.

An event is the milliseconds since the first one of the log, the numbers of activity, channel and team: each with as
many bits as its largest needs. Such numbers sort by moment, activity, channel and team. Those of channel and team are
one more than elsewhere, so that 0 is what is not known.

Neighbours are found without a partition: what stands in a list stays together, and in order, when lists are spread, and
`LAG` over all rows costs near to nothing then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from journeykit.data.kept import Codes, Kept, Log

BITS = 63
BYTES_OF_EVENT = 100
"""The memory that an event needs until its case is a list."""


class Lists(Kept):
    """Events as lists: `jk_cases` as they are read; after `keep_runs` their numbers are those of activities."""

    def __init__(self, log: Log) -> None:
        super().__init__(log)
        self.first = log.moments[0]
        self.team_bits, self.channel_bits, self.activity_bits = _bits(log)
        self.moment_bits = self.team_bits + self.channel_bits + self.activity_bits

    @staticmethod
    def hold(log: Log) -> bool:
        """Return whether the events of a log go into such numbers, and stand in the order of them."""
        first, last = log.moments
        return log.engine.has_lists and not log.orders and (last - first).bit_length() + sum(_bits(log)) <= BITS

    # An event.

    def moment(self, event: str) -> str:
        """Return the milliseconds of an event."""
        return f"(({event} >> {self.moment_bits}) + {self.first})"

    def activity(self, event: str) -> str:
        """Return the number of the activity, or label, of an event."""
        return _part(event, self.team_bits + self.channel_bits, self.activity_bits)

    def channel(self, event: str) -> str:
        """Return the number of the channel of an event."""
        return f"({_part(event, self.team_bits, self.channel_bits)} - 1)"

    def team(self, event: str) -> str:
        """Return the number of the team of an event."""
        return f"({_part(event, 0, self.team_bits)} - 1)"

    def activities(self, events: str) -> str:
        """Return the list of the activities of events."""
        return f"[{self.activity('x')} for x in {events}]"

    def _spread(self, table: str, *, pairs: bool = False) -> str:
        """Return the events of the lists of a table with those before them: k, ts, p, pp; or those that have one."""
        before, kept = ("pp", " WHERE pk = k") if pairs else ("CASE WHEN pk = k THEN pp END", "")
        return (
            f"SELECT k, ts, p, {before} AS pp FROM (SELECT k, ts, p, LAG(k) OVER () AS pk, LAG(p) OVER () AS pp "
            f"FROM (SELECT k, ts, unnest(p) AS p FROM {table}) u) v{kept}"
        )

    def _runs(self, spread: str) -> str:
        """Return spread events as columns."""
        return (
            f"SELECT k, ts, p AS nr, {self.moment('p')} AS t, {self.activity('p')} AS c, {self.channel('p')} AS h, "
            f"{self.team('p')} AS g, {self.moment('pp')} AS pt, {self.activity('pp')} AS pc, "
            f"{self.channel('pp')} AS ph, {self.team('pp')} AS pg FROM ({spread}) y"
        )

    # What is kept.

    def keep_events(self, starts: str) -> None:
        log = self.log
        same = " AND ".join(f"b.{one} IS NOT DISTINCT FROM w.{one}" for one in log.written)
        columns = ", ".join(f"b.{one}" for one in log.written)
        low = (
            f"(CAST(r AS BIGINT) << {self.team_bits + self.channel_bits}) "
            f"+ (CAST(h + 1 AS BIGINT) << {self.team_bits}) + g + 1"
        )
        event = f"(b.t - {self.first}) * {1 << self.moment_bits} + w.low"
        first = f"{self.moment('x')} = {self.moment('p[1]')} AND {self.activity('x')} IN ({starts})"
        begun = f" WHERE len([x for x in p if {first}]) > 0" if starts else ""
        made = [
            f"WITH b AS ({log.base}), w AS (SELECT {columns}, {low} AS low FROM ({log.read}) b {self.coded}), "
            f"x AS (SELECT list_sort(list({event})) AS p FROM b JOIN w ON {same} "
            f"WHERE b.{log.case} <> '' AND b.t IS NOT NULL{part} GROUP BY b.{log.case}), "
            f"l AS (SELECT list_filter(p, lambda x, i: i = 1 OR p[i - 1] <> x) AS p FROM x) SELECT p FROM l{begun}"
            for part in self._parts()
        ]
        self.engine.keep("jk_cases", *made)
        self.engine.view(
            "jk_events",
            f"SELECT k, ts, te, {self.moment('p')} AS t, {self.activity('p')} AS r, {self.channel('p')} AS h, "
            f"{self.team('p')} AS g FROM (SELECT rowid AS k, {self.moment('p[1]')} AS ts, "
            f"{self.moment('p[len(p)]')} AS te, unnest(p) AS p FROM jk_cases) e",
        )

    def _parts(self) -> list[str]:
        """Return conditions on the cases of parts that are sorted one after the other, so that memory is enough."""
        parts = -(-self.log.events * BYTES_OF_EVENT // self.engine.limits.memory)
        if parts <= 1:
            return [""]
        return [f" AND hash(b.{self.log.case}) % {parts} = {part}" for part in range(parts)]

    def keep_runs(self, codes: Codes, name: str) -> None:
        numbers = self.numbers(codes)
        low = self.team_bits + self.channel_bits
        number = _found(numbers, self.activity("x"))
        made = f"[x + ({number} - {self.activity('x')}) * {1 << low} for x in p]"
        kept = ""
        if min(numbers) < 0:
            made = made.replace(" for x in p]", f" for x in p if {number} >= 0]")
            kept = f" WHERE len([x for x in p if {number} >= 0]) > 0"  # without a sort: it would be made twice
        self.engine.keep(
            f"{name}_lists",
            f"SELECT rowid AS k, {self.moment('p[1]')} AS ts, list_sort({made}) AS p FROM jk_cases{kept}",
        )
        self.engine.view(name, self._runs(self._spread(f"{name}_lists")))

    def keep_starts(self) -> None:
        changed = f"i = 1 OR {self.activity('p[i - 1]')} <> {self.activity('x')}"
        self.engine.keep("jk_starts", f"SELECT k, ts, list_filter(p, lambda x, i: {changed}) AS p FROM jk_runs_lists")

    # What is asked.

    def labels_of_cases(self) -> str:
        return f"SELECT unnest(list_distinct({self.activities('p')})) AS r FROM jk_cases"

    def lengths(self) -> str:
        return f"SELECT len(p) AS n, {self.moment('p[1]')} AS t0, {self.moment('p[len(p)]')} AS t1 FROM jk_cases"

    def constant(self, kind: str) -> str:
        value = self.team("p") if kind == "g" else self.channel("p")
        second = "pk = k AND (ppk IS NULL OR ppk <> k)"
        return (
            f"SELECT COUNT(CASE WHEN {second} THEN 1 END) - COUNT(DISTINCT CASE WHEN pk = k AND pv <> v THEN k END) "
            f"AS constant, COUNT(CASE WHEN {second} THEN 1 END) AS many FROM "
            "(SELECT k, v, LAG(k) OVER () AS pk, LAG(k, 2) OVER () AS ppk, LAG(v) OVER () AS pv FROM "
            f"(SELECT k, {value} AS v FROM (SELECT rowid AS k, unnest(p) AS p FROM jk_cases) e WHERE {value} >= 0) f) s"
        )

    def neighbours(self, name: str) -> str:
        return self._runs(self._spread(f"{name}_lists", pairs=True))

    def last_events(self) -> str:
        last = "p[len(p)]"
        return f"SELECT {self.activity(last)} AS c, {self.moment(last)} AS t FROM jk_runs_lists"

    def steps(self) -> str:
        return f"SELECT pc AS a, pt AS t0, c, t FROM ({self._runs(self._spread('jk_starts', pairs=True))}) x"

    def ways(self) -> str:
        return (
            "SELECT array_to_string(codes, ',') AS way, n, codes FROM (SELECT codes, COUNT(*) AS n FROM "
            f"(SELECT {self.activities('p')} AS codes FROM jk_starts) x GROUP BY codes) y"
        )

    def placed(self) -> str:
        # One number for each activity of a way: where it stands first, the activity, 1 where it stands again later.
        bits = self.activity_bits
        first, last = "CAST(list_position(codes, x) AS BIGINT)", "(len(codes) + 1 - list_position(back, x))"
        number = f"({first} << {bits + 1}) + (x << 1) + CAST({first} < {last} AS BIGINT)"
        return (
            f"SELECT n, many, pos, {_part('x', 1, bits)} AS c, (x & 1) AS again FROM "
            "(SELECT n, len(f) AS many, unnest(f) AS x, unnest(range(len(f))) AS pos FROM "
            f"(SELECT n, list_sort([{number} for x in list_distinct(codes)]) AS f FROM "
            "(SELECT n, codes, list_reverse(codes) AS back FROM jk_ways) w) f) p"
        )

    def met(self, way: Sequence[str]) -> str:
        met = ", ".join(f"p[{way.index(code) + 1}]" for code in dict.fromkeys(way))
        same = f"len(p) = {len(way)} AND {self.activities('p')} = [{', '.join(way)}]"
        return (
            f"SELECT {self.activity('e')} AS c, ts AS t0, {self.moment('e')} AS t1 "
            f"FROM (SELECT ts, unnest([{met}]) AS e FROM jk_starts WHERE {same}) l"
        )


def _bits(log: Log) -> tuple[int, int, int]:
    """Return how many bits the numbers of teams, channels and labels need."""
    words = log.words
    return len(words.teams).bit_length(), len(words.channels).bit_length(), max(1, (len(words.labels) - 1).bit_length())


def _part(event: str, low: int, bits: int) -> str:
    """Return some bits of a number."""
    moved = f"({event} >> {low})" if low else event
    return f"({moved} & {(1 << bits) - 1})"


def _found(numbers: Iterable[int], place: str) -> str:
    """Return the number at a place, from 0, of some that are known."""
    return f"(CAST([{', '.join(map(str, numbers))}] AS BIGINT[]))[{place} + 1]"
