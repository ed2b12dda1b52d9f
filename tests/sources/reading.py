"""Sources of tests, and what is counted of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from journeykit.data.asking import ask
from journeykit.data.questions import Found, Question, Score, Wanted
from journeykit.data.sources import Source, read_source
from tests.conftest import ROOT

DATA = ROOT / "tests" / "data" / "measure"


def source(folder: Path, **settings: Any) -> Source:
    """Return a source of settings in a folder; unless they say otherwise, a row is an answer."""
    given = {"url": "it.csv", **settings}
    if "preset" not in given:
        given.setdefault("kind", "answers")
    return read_source(folder / "journeykit.toml", "it", given)


def asked(one: Source, *questions: Question, **wanted: Any) -> Found:
    """Ask a source; by default for its answers, of all days together."""
    return ask(one, Wanted(frozenset(questions or ("answers",)), **{"period": "all", **wanted}))


def counts(scores: Iterable[Score], **where: str) -> dict[int, int]:
    """Return how often each score was given, of the cells with these values."""
    found: Counter[int] = Counter()
    for one in scores:
        if all(getattr(one.cell, key) == value for key, value in where.items()):
            found[int(one.score)] += one.n
    return dict(sorted(found.items()))
