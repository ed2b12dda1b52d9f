"""How files are read one after the other: in order, and without keeping what was read."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
import weakref
from pathlib import Path

import pytest

from journeykit.cli.console import ConsoleReporter
from journeykit.files import read_found_file
from journeykit.project import Workspace
from journeykit.project.reading import Targets, read_each
from journeykit.reading import Document
from journeykit.source import Source
from tests.conftest import EXAMPLES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(5):
        shutil.copy(EXAMPLES / "support-ticket.journey.yaml", tmp_path / f"{number}.journey.yaml")
    return tmp_path


def test_the_text_and_spans_of_a_file_are_dropped_before_the_next_is_read(folder: Path) -> None:
    alive: list[weakref.ref[Source]] = []
    most = 0

    def make(document: Document) -> str:
        nonlocal most
        most = max(most, sum(one() is not None for one in alive))
        alive.append(weakref.ref(document.source))
        return document.source.name

    inputs = read_each(Workspace(reporter=ConsoleReporter()), Targets((folder,)), make)
    assert inputs.results == [str(folder / f"{number}.journey.yaml") for number in range(5)]
    assert most <= 1
    assert gc.isenabled()


def test_the_garbage_collector_works_again_after_a_failure(folder: Path) -> None:
    def broken(_: Document) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        read_each(Workspace(reporter=ConsoleReporter()), Targets((folder,)), broken)
    assert gc.isenabled()


def test_findings_of_all_files_are_kept_in_order(folder: Path) -> None:
    for number in (1, 3):
        (folder / f"{number}.journey.yaml").write_text("title: T\n", encoding="utf-8")
    inputs = read_each(
        Workspace(reporter=ConsoleReporter()), Targets((folder,)), lambda document: document.journey is not None
    )
    assert inputs.results == [True, False, True, False, True]
    assert next(Path(finding.file).name for finding in inputs.findings) == "1.journey.yaml"
    assert {Path(finding.file).name for finding in inputs.findings} == {"1.journey.yaml", "3.journey.yaml"}
    assert inputs.failed == 0


def test_a_file_that_vanishes_is_said_and_the_others_go_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def read(path: Path, limit: int) -> bytes:
        if path.name.startswith("2"):
            raise PermissionError(13, "Permission denied")
        return read_found_file(path, limit)

    monkeypatch.setattr("journeykit.project.reading.read_found_file", read)
    inputs = read_each(Workspace(reporter=ConsoleReporter()), Targets((folder,)), lambda document: document.source.name)
    assert (len(inputs.results), inputs.failed) == (4, 1)
    assert capsys.readouterr().err == f"journeykit: {folder / '2.journey.yaml'}: cannot be read: Permission denied\n"


SHARE = """
import sys
from pathlib import Path
from journeykit.project import Workspace, processes as forking
from journeykit.project.reading import Targets, read_each
forks = []
fork = forking.os.fork
forking.os.fork = lambda: forks.append(1) or fork()
forking.os.cpu_count = lambda: 3
targets = Targets((Path(sys.argv[1]),))
def make(document):
    if sys.argv[2] == "dies" and len(forks) and document.source.name.endswith("90.journey.yaml"):
        forking.os.kill(forking.os.getpid(), 9) if forking.os.getpid() != parent else None
    return document.source.name
parent = forking.os.getpid()
shared = read_each(Workspace(), targets, make, picklable=True)
alone = read_each(Workspace(), targets, make)
assert shared == alone, "sharing out makes a difference"
assert len(forks) == 2, forks
print(len(shared.results), len(shared.findings), shared.failed)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="files are shared out on Linux only")
@pytest.mark.parametrize("fate", ["lives", "dies"])
def test_many_files_shared_out_over_processes_give_the_same(tmp_path: Path, fate: str) -> None:
    for number in range(100):
        text = "title: T\n" if number % 10 == 3 else "title: T\npersona: P\ntouchpoints: [a, b]\n"
        (tmp_path / f"{number:02}.journey.yaml").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SHARE, str(tmp_path), fate], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout, done.stderr) == ("100 20 0\n", "")
