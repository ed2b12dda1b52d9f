"""Labels, columns, paths and values that would be SQL: none of them is."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path
from typing import Any

from journeykit.data.asking import ask, sql
from journeykit.data.questions import Wanted
from tests.sources.reading import asked, counts, source

ATTACKS = (
    "'; DROP TABLE jk_rows; --", '"; DROP TABLE jk_rows; --', "' OR 1=1 --", "\\' OR 1=1 --", "a''b", 'a""b', "a\\",
    "\\\\", "$jk0", ":jk1", "$jk99", "%s", "{0}", "{x!r}", "/* */", "--", ";", "`x`", "[x]", "(SELECT 1)", "NULL",
    "x\ty", "x\ny", "x\r\ny", "\x1b[31mred", "\u202eabc", "\u200bx", "é'ő\"", "日本'語", "x\x01y",
)  # fmt: skip
NAMES = [f"{a}{b}" for a, b in product(ATTACKS, ("", " x", "'", '"'))][:112]


def rows(path: Path, *lines: list[Any], delimiter: str = ",") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(lines)


def test_there_are_enough_of_them() -> None:
    assert len({name.strip().casefold() for name in NAMES}) > 100


def test_labels(tmp_path: Path) -> None:
    """Each label is counted as itself, and can be asked for by itself."""
    labels = sorted({name.strip() for name in NAMES})
    rows(tmp_path / "it.csv", ["question", "score"], *([label, 1 + place % 5] for place, label in enumerate(labels)))
    right = {label: {1 + place % 5: 1} for place, label in enumerate(labels)}
    long = {"touchpoint": "question", "score": "score", "metric": {"is": "csat"}}
    found = asked(source(tmp_path, **long))
    assert {label: counts(found.scores, item=label) for label in labels} == right
    named = {label: {"metric": "csat", "touchpoint": label} for label in labels}
    found = asked(source(tmp_path, touchpoint="question", score="score", questions=named))
    assert {label: counts(found.scores, item=label) for label in labels} == right
    for label in labels[::12]:
        found = asked(source(tmp_path, **long), rows={"question": (label,)})
        assert sum(one.n for one in found.scores) == 1


def test_columns(tmp_path: Path) -> None:
    """Each column is read as itself."""
    names = list({name.strip().casefold(): name for name in NAMES}.values())
    rows(tmp_path / "it.csv", names, [1 + place % 5 for place in range(len(names))])
    columns = {name: {"metric": "csat", "touchpoint": f"t{place}"} for place, name in enumerate(names)}
    found = asked(source(tmp_path, columns=columns, weight="none"))
    assert {one.cell.item: one.score for one in found.scores} == {
        f"t{place}": 1 + place % 5 for place in range(len(names))
    }


def test_words_and_labels_of_answers(tmp_path: Path) -> None:
    words = sorted({name.strip().lower() for name in NAMES if name.strip()})
    rows(tmp_path / "it.csv", ["score"], *([word] for word in words))
    half = len(words) // 2
    question = {
        "metric": "csat", "labels": dict.fromkeys(words[:half], 5), "missing": dict.fromkeys(words[half:], "dont know"),
    }  # fmt: skip
    found = asked(source(tmp_path, columns={"score": question}))
    assert counts(found.scores) == {5: half}
    assert {one.kind: one.n for one in found.missing} == {"dont know": len(words) - half}


def test_activities(tmp_path: Path) -> None:
    labels = sorted({name.strip() for name in NAMES})
    events = [[label, label, "2026-01-01", label] for label in labels]
    rows(tmp_path / "it.csv", ["case", "activity", "at", "team"], *events)
    log = source(tmp_path, kind="events", case="case", activity="activity", at="at", team="team", people=True)
    found = ask(log, Wanted(frozenset({"events", "handoffs"})))
    assert {one.activities: one.n for one in found.ways} == {(label,): 1 for label in labels}
    assert {one.team for one in found.activities} == set(labels)


def test_paths(tmp_path: Path) -> None:
    for name in NAMES[::9]:
        folder = tmp_path / name.replace("/", "_").strip()
        folder.mkdir(exist_ok=True)
        rows(folder / "it'.csv", ["score"], [4])
        assert counts(asked(source(tmp_path, url=f"{folder}/it'.csv", columns={"score": "csat"})).scores) == {4: 1}


def test_statements_that_are_shown_quote_them(tmp_path: Path) -> None:
    import duckdb

    names = list({name.strip().casefold(): name for name in NAMES}.values())
    columns = {name: {"metric": "csat", "touchpoint": name, "missing": {name: "blank"}} for name in names}
    for statement in sql(source(tmp_path, columns=columns), Wanted(frozenset({"answers"}))):
        assert len(duckdb.extract_statements(statement)) == 1
