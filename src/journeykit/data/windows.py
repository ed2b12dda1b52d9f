"""The events of a log as rows that windows put in order: for every engine, and every log."""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.data.kept import Codes, Kept

KNOWN = "k IS NOT NULL AND k <> '' AND a <> '' AND t IS NOT NULL"
"""Whether a row of a log is an event."""


class Windows(Kept):
    """Events as rows."""

    def keep_events(self, starts: str) -> None:
        log = self.log
        more = "".join(f", {sql} AS o{place}" for place, sql in enumerate(log.orders))
        first = "".join(f", MIN(o{place}) AS o{place}" for place in range(len(log.orders)))
        begun = f" WHERE k IN (SELECT k FROM f WHERE t = ts AND r IN ({starts}))" if starts else ""
        self.engine.keep(
            "jk_events",
            f"WITH b AS ({log.base}), n AS (SELECT k, t, r, h, g{more} FROM b {self.coded} WHERE {KNOWN}), "
            f"e AS (SELECT k, t, r, h, g{first} FROM n GROUP BY k, t, r, h, g), "
            "f AS (SELECT e.*, MIN(t) OVER (PARTITION BY k) AS ts, MAX(t) OVER (PARTITION BY k) AS te FROM e) "
            f"SELECT f.* FROM f{begun}",
        )

    def keep_runs(self, codes: Codes, name: str) -> None:
        acts = ", ".join(f"({r}, {c})" for r, c in enumerate(self.numbers(codes)) if c >= 0)
        orders = [f"o{place}" for place in range(len(self.log.orders))]
        window = f"(PARTITION BY k ORDER BY {', '.join(f'{one} NULLS LAST' for one in ('t', *orders, 'c', 'h', 'g'))})"
        before = ", ".join(f"LAG({name}) OVER {window} AS p{name}" for name in ("t", "c", "h", "g"))
        self.engine.keep(
            name,
            f"WITH n AS (SELECT e.*, v.c FROM jk_events e JOIN (VALUES {acts}) v(r, c) ON v.r = e.r) "
            f"SELECT k, t, ts, c, h, g, {before}, ROW_NUMBER() OVER {window} AS nr, "
            f"LEAD(c) OVER {window} AS nc FROM n",
        )

    def labels_of_cases(self) -> str:
        return "SELECT DISTINCT k, r FROM jk_events"

    def lengths(self) -> str:
        return "SELECT COUNT(*) AS n, MIN(ts) AS t0, MIN(te) AS t1 FROM jk_events GROUP BY k"

    def constant(self, kind: str) -> str:
        values = f"COUNT(*) AS n, MIN({kind}) AS least, MAX({kind}) AS most"
        return (
            "SELECT SUM(CASE WHEN least = most THEN 1 ELSE 0 END) AS constant, COUNT(*) AS many "
            f"FROM (SELECT {values} FROM jk_events WHERE {kind} >= 0 GROUP BY k) s WHERE n > 1"
        )

    def neighbours(self, name: str) -> str:
        return f"SELECT * FROM {name} WHERE pc IS NOT NULL"

    def last_events(self) -> str:
        return "SELECT c, t FROM jk_runs WHERE nc IS NULL"

    def steps(self) -> str:
        return (
            "SELECT a, t0, c, t FROM (SELECT c, t, LAG(c) OVER (PARTITION BY k ORDER BY nr) AS a, LAG(t) OVER "
            "(PARTITION BY k ORDER BY nr) AS t0 FROM jk_runs WHERE pc IS NULL OR pc <> c) n WHERE a IS NOT NULL"
        )

    def ways(self) -> str:
        return f"SELECT way, COUNT(*) AS n FROM ({self._way_of_cases()}) l GROUP BY way"

    def _way_of_cases(self) -> str:
        listed = self.engine.listed(self.engine.text("c"), "nr")
        return f"SELECT k, {listed} AS way FROM jk_runs WHERE pc IS NULL OR pc <> c GROUP BY k"

    def placed(self) -> str:
        return (
            "SELECT c, 1 AS n, CASE WHEN runs > 1 THEN 1 ELSE 0 END AS again, "
            "ROW_NUMBER() OVER (PARTITION BY k ORDER BY nr) - 1 AS pos, COUNT(*) OVER (PARTITION BY k) AS many FROM "
            "(SELECT k, c, MIN(nr) AS nr, SUM(CASE WHEN pc IS NULL OR pc <> c THEN 1 ELSE 0 END) AS runs "
            "FROM jk_runs GROUP BY k, c) f"
        )

    def met(self, way: Sequence[str]) -> str:
        return (
            f"SELECT r.c, MIN(r.ts) AS t0, MIN(r.t) AS t1 FROM jk_runs r JOIN ({self._way_of_cases()}) w "
            f"ON w.k = r.k WHERE w.way = {self.engine.bind(','.join(way))} GROUP BY r.k, r.c"
        )
