"""Progress of drawing is counted for one call, in all of its processes."""

from __future__ import annotations

import pickle
import shutil
import time
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from journeykit.charts.picture import Picture
from journeykit.project import Project, Reporter
from journeykit.project.pictures import _Counter
from journeykit.project.reading import Targets
from tests.conftest import EXAMPLES


class Noted(Reporter):
    """Keeps the progress that is reported."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, int]] = []
        self.finished = 0

    def progress(self, done: int, total: int) -> None:
        self.seen.append((done, total))

    def finish_progress(self) -> None:
        self.finished += 1


def test_progress_is_reported_to_the_reporter_of_the_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        shutil.copy(EXAMPLES / "smallest.journey.yaml", tmp_path / f"{name}.journey.yaml")
    clock = count(0, 2)
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    first, second = Noted(), Noted()
    for reporter in (first, second):
        project = replace(Project.find(tmp_path), reporter=reporter)
        project.draw_each(Targets((tmp_path,)), [Picture("svg")])
        assert (reporter.seen, reporter.finished) == ([(1, 2), (2, 2)], 1)
    assert len(first.seen) == 2


def test_a_process_that_is_started_anew_reports_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = count(0, 2)
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    noted = Noted()
    counter = _Counter(["a", "b"], noted)
    pickle.loads(pickle.dumps(counter)).step("b")  # noqa: S301
    assert noted.seen == []
    counter.step("a")
    assert noted.seen == [(1, 2)]
