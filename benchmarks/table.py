"""Compute a table of ratios from timings, without running or reading anything."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True)
class Target:
    """The highest value that is wanted; `reciprocal` writes 0.077 as 1/13."""

    limit: float
    reciprocal: bool = False
    unit: str = ""

    def __str__(self) -> str:
        return f"≤ {shown(self.limit, self)}"


@dataclass(frozen=True)
class Row:
    """One line of the table. `ours` and `theirs` are medians, as text; `value` is None where none was had."""

    section: str
    measure: str
    against: str
    value: float | None
    target: Target | None = None
    ours: str = ""
    theirs: str = ""
    note: str = ""

    @property
    def verdict(self) -> str:
        """`met`, `missed`, or nothing where there is no target or no value."""
        if self.target is None or self.value is None:
            return ""
        return "met" if self.value <= self.target.limit else "missed"


def shown(value: float, target: Target | None) -> str:
    """Return a value as its target is written: 1/14.6, 0.64 or 48.0 MB."""
    if target and target.unit:
        return f"{value:.1f} {target.unit}"
    if 0 < value < (1 if target and target.reciprocal else 0 if target else 1 / 3):
        return f"1/{_short(1 / value)}"
    return f"{value:.2f}"


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def paired_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios within each round; both series have one value a round."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def each_further(few: Sequence[float], many: Sequence[float], items: int) -> float:
    """Return what one more item costs: the median difference within a round, by the number of items more."""
    return median(more - less for less, more in zip(few, many, strict=True)) / items


def further_ratio(ours: float, theirs: float) -> float | None:
    """Ratio of two costs of a further item; None where the noise is larger than the peer's cost."""
    return max(ours, 0.0) / theirs if theirs > 0 else None


def growth(costs: Sequence[float]) -> float | None:
    """Return how the cost of an item grows: the last step's by the first's; 1 is linear. None if lost in noise."""
    first, last = costs[0], costs[-1]
    return last / first if first > 0 and last > 0 else None


def duration(seconds: float) -> str:
    """Return seconds with three figures: 0.48 ms, 214 ms, 3.07 s."""
    amount, unit = (seconds, "s") if abs(seconds) >= 1 else (seconds * 1000, "ms")
    digits = 2 if amount == 0 else max(0, 2 - math.floor(math.log10(abs(amount))))
    return f"{amount:.{min(digits, 3)}f} {unit}"


def as_json(rows: Sequence[Row], missing: Sequence[str], about: dict[str, object]) -> str:
    """Return the table for programs; `value` is unrounded."""
    lines = [asdict(row) | {"verdict": row.verdict} for row in rows]
    return json.dumps({"version": 1, **about, "rows": lines, "missing": list(missing)}, indent=2, ensure_ascii=False)


def as_text(rows: Sequence[Row], missing: Sequence[str], about: dict[str, object], width: int | None = None) -> str:
    """Return the table for people; `width` in characters, that of the terminal by default but never under 120."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=width or max(120, Console().width), highlight=False)
    table = Table(
        title=Text(", ".join(f"{name} {value}" for name, value in about.items())), title_justify="left", box=None
    )
    for name in ("", "against", "ratio", "target", "", "ours", "theirs"):
        right = name in ("ratio", "target", "ours", "theirs")
        muted = name in ("ours", "theirs")
        table.add_column(name, justify="right" if right else "left", style="dim" if muted else "", no_wrap=True)
    section = ""
    for row in rows:
        if row.section != section:
            section = row.section
            table.add_row(Text(section, style="bold"))
        value = "–" if row.value is None else shown(row.value, row.target)
        verdict = Text(row.verdict, style={"met": "green", "missed": "bold red"}.get(row.verdict, ""))
        target = str(row.target or "")
        table.add_row(f"  {row.measure}", row.against, value, target, verdict, row.ours, row.theirs)
    with console.capture() as captured:
        console.print(table)
        for row in rows:
            if row.value is None:
                console.print(Text(f"not measured: {row.measure} against {row.against}: {row.note}"))
        for hint in missing:
            console.print(Text(f"missing: {hint}"))
    return captured.get()
