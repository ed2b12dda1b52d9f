"""Spark: counts where the data lie, by a cluster or by this machine (`spark://local[*]`)."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from journeykit.data import engines
from journeykit.data.engines import MIDNIGHT, OFFSET, TIME, DataError, missing_driver
from journeykit.data.engines.limiting import limited

_KINDS = {
    "string": "text", "boolean": "truth", "tinyint": "whole", "smallint": "whole", "int": "whole", "bigint": "whole",
    "float": "number", "double": "number", "date": "date", "timestamp": "instant", "timestamp_ntz": "time",
}  # fmt: skip
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.parser.quotedRegexColumnNames": "false",
    "spark.sql.variable.substitute": "false",
}
"""How Spark reads our statements: `${…}` in the name of a column is no variable, `\\'` is a quote."""
_OF_ONE_MACHINE = {"spark.sql.shuffle.partitions": "16"}
"""Spark's 200 parts are for a cluster."""
_QUIET = "status = off\nname = quiet\nrootLogger.level = off\n"
"""The settings of Java's logs: they would be written over those of this program."""


class Engine(engines.Database):
    """Spark, which is started here or runs as a cluster."""

    name = "Spark"
    reader = "Spark"
    text_type = "STRING"

    def quote(self, name: str) -> str:
        return "`" + name.replace("`", "``") + "`"

    def literal(self, text: str) -> str:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def matches(self, sql: str, pattern: str) -> str:
        whole = self.literal(rf"^(?:{pattern})\z")
        return f"regexp_like({sql}, {whole})"

    def week_year(self, date: str) -> str:
        return f"EXTRACT(YEAROFWEEK FROM {date})"

    def quotient(self, sql: str, by: str) -> str:
        return f"(({sql}) DIV ({by}))"

    def listed(self, sql: str, order: str) -> str:
        return f"listagg({sql}, ',') WITHIN GROUP (ORDER BY {order})"

    def written_time(self, text: str) -> str:
        # Spark reads no offset after a time without seconds.
        text = f"regexp_replace({text}, '([T ][0-9]{{2}}:[0-9]{{2}})( ?([zZ]|UTC|GMT|[+-].*))$', '$1:00$2')"
        # Spark knows no 24:00: it is 00:00 of the next day.
        late = self.matches(text, f".*[T ]{MIDNIGHT}.*")
        early = f"regexp_replace({text}, '([T ])24:', '$100:')"
        next_day = f"TRY_CAST({early} AS TIMESTAMP) + make_dt_interval(1)"
        return f"(CASE WHEN {late} THEN {next_day} ELSE TRY_CAST({text} AS TIMESTAMP) END)"

    def text_millis(self, text: str) -> str:
        read = self.written_time(text)
        moment = f"CASE WHEN {self.matches(text, OFFSET)} THEN {read} ELSE {self._moment(read)} END"
        return f"CASE WHEN {self.matches(text, TIME)} THEN {self.instant_millis(moment)} END"

    def instant_millis(self, sql: str) -> str:
        return f"unix_millis({sql})"

    def local_millis(self, sql: str) -> str:
        return self.instant_millis(self._moment(sql))

    def _moment(self, local: str) -> str:
        """Return the moment of a time in the zone of the source, which was read as one of UTC."""
        if self.source.zone == "UTC":
            return local
        # Of two moments that a clock shows alike, in the hour that is turned back, the others take the later one.
        zone = self.literal(self.source.zone)
        moment = f"to_utc_timestamp({local}, {zone})"
        later = f"({moment} + make_dt_interval(0, 1))"
        return f"(CASE WHEN from_utc_timestamp({later}, {zone}) = {local} THEN {later} ELSE {moment} END)"

    def day(self, millis: str) -> str:
        if self.source.zone == "UTC":
            return f"CAST(floor(({millis}) / 86400000) AS BIGINT)"
        local = f"from_utc_timestamp(timestamp_millis({millis}), {self.literal(self.source.zone)})"
        return f"CAST(unix_date(CAST({local} AS DATE)) AS BIGINT)"

    def date(self, day: str) -> str:
        return f"date_add(DATE'1970-01-01', CAST({day} AS INT))"

    # The connection.

    def open(self) -> None:
        try:
            import pyspark.errors
            from pyspark.sql import SparkSession
        except ImportError:
            raise missing_driver("pyspark", "spark") from None
        self._errors = pyspark.errors
        self._types = {}
        self._session: Any = None
        self._frames: list[Any] = []
        self._folder = Path(tempfile.mkdtemp(prefix="journeykit-"))  # of mode 700
        place = self.source.address().split("://", 1)[1]
        master = place if place.startswith("local") else f"spark://{place}"
        quiet = self._folder / "log4j2.properties"
        quiet.write_text(_QUIET, encoding="utf-8")
        builder = SparkSession.builder.master(master).appName("journeykit")
        for key, value in {
            "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
            "spark.driver.memory": f"{max(512, self.limits.memory >> 20)}m",
            "spark.local.dir": str(self._folder), "spark.sql.warehouse.dir": str(self._folder / "warehouse"),
            "spark.driver.extraJavaOptions": f"-Dlog4j.configurationFile={quiet.as_uri()}",
        }.items():  # fmt: skip
            builder = builder.config(key, value)
        with _silent(self._folder / "java"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of libraries that PySpark could use, and does not need here
            try:
                self._session = builder.getOrCreate().newSession()
            except Exception as error:
                help = "it needs Java 17 or newer: set JAVA_HOME" if place.startswith("local") else ""
                raise self.fault(f"Spark does not start ({type(error).__name__})", help, "url") from None
        for key, value in {**_SETTINGS, **(_OF_ONE_MACHINE if place.startswith("local") else {})}.items():
            self._session.conf.set(key, value)

    def close(self) -> None:
        try:
            if getattr(self, "_session", None) is not None:
                for frame in self._frames:
                    frame.unpersist()
                self._session.stop()
                self._session = None
        finally:
            if getattr(self, "_folder", None):
                shutil.rmtree(self._folder, ignore_errors=True)

    def _guarded(self, run: Any) -> Any:
        """Do something in Spark; what it says of a failure is told only where it can hold no value of the data."""
        try:
            return limited(self, run, self._session.sparkContext.cancelAllJobs)
        except DataError:
            raise
        except (self._errors.ParseException, self._errors.AnalysisException) as error:
            raise self.fault(f"Spark: {_first_line(error)}") from None
        except Exception as error:
            condition = getattr(error, "getCondition", lambda: None)() or type(error).__name__
            raise self.fault(f"Spark cannot do this ({condition})") from None

    def _frame(self, sql: str) -> Any:
        used = {name: self.values[name] for name in re.findall(rf":({self.prefix}\d+)\b", sql)}
        return self._session.sql(sql, used)

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._guarded(lambda: self._frame(sql).collect())]

    def keep(self, name: str, *parts: str) -> None:
        """Keep a result in the memory of Spark, or on its disks where it is large."""
        if self.shown is not None:
            super().keep(name, *parts)
            return

        def kept() -> None:
            frame = self._frame(" UNION ALL ".join(parts)).persist()
            frame.createOrReplaceTempView(name)
            self._frames.append(frame)

        self._guarded(kept)

    # What is read.

    def described(self, sql: str) -> Sequence[tuple[str, str]]:
        types = self._guarded(lambda: self._frame(sql).dtypes)
        return [(name, _kind(type_name)) for name, type_name in types]


def _kind(type_name: str) -> str:
    if type_name.startswith("decimal"):
        return "number"
    return "text" if type_name.startswith("varchar") else _KINDS.get(type_name, "other")


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0].split(" SQLSTATE", 1)[0]


@contextmanager
def _silent(file: Path) -> Iterator[None]:
    """Send what Java writes to the standard error stream into a file: it inherits that stream when it is started."""
    sys.stderr.flush()
    kept = os.dup(2)
    with file.open("wb") as out:
        os.dup2(out.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
