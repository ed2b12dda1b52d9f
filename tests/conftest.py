"""What tests of every part may use: the command line in this process, and snapshots of what it prints."""

from __future__ import annotations

import fcntl
import gc
import io
import os
import re
import shutil
import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
SNAPSHOTS = Path(__file__).parent / "cli" / "snapshots"
ENVIRONMENT = (
    "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "JOURNEYKIT_TRACEBACK", "_JOURNEYKIT_COMPLETE",
)  # fmt: skip

# A process that may not keep what it compiles compiles the program and its tests anew, which takes longer than most
# tests; one that keeps it in another folder than the sources does not find there what pip compiled of the libraries.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Property tests use the same examples everywhere and on every run, so that a change does not fail for an example that
# has nothing to do with it. JOURNEYKIT_SEARCH=60 searches for new ones, and starts no test after 60 seconds, so that a
# failure is made small and reported however late it was found. No example is timed.
SEARCH = int(os.environ.get("JOURNEYKIT_SEARCH", "0"))
SEARCH_ENDS = pytest.StashKey[float]()


def examples(count: int) -> int:
    """How many examples a property is tried with: `count` in a search, a fifth of that where they stay the same."""
    return count if SEARCH else max(count // 5, 20)


settings.register_profile("same", derandomize=True, deadline=None, max_examples=examples(100))
settings.register_profile("search", deadline=None)
settings.load_profile("search" if SEARCH else "same")


def slow(*values: Any) -> Any:
    """A case of a parametrised test that tries what a cheaper case tries too; `make test-slow` runs it."""
    return pytest.param(*values, marks=pytest.mark.slow)


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A path at which something is made once for all processes of this run; the others wait for it."""
    shared = factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()
    path, done = shared / name / "made", shared / name / "done"
    path.parent.mkdir(exist_ok=True)
    with (shared / name / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(path)
            done.touch()
    return path


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect without the garbage collector, which finds nothing among ten thousand tests, and later need not look."""
    gc.disable()
    found = yield
    gc.freeze()
    gc.enable()
    return found


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip the tests for which a search has no time left; it begins with the first test."""
    if SEARCH and monotonic() > item.config.stash.setdefault(SEARCH_ENDS, monotonic() + SEARCH):
        pytest.skip("the time of the search is over")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--snapshot-update", action="store_true", help="write what is printed now into the snapshots")


@dataclass(frozen=True)
class Result:
    """The result of a command: exit status and streams."""

    status: int
    out: str
    err: str


class Terminal(io.TextIOWrapper):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


def run_here(*args: str | Path, stdin: bytes = b"", terminal: bool = False) -> Result:
    """Run a command in this process."""
    from journeykit.__main__ import main

    kind = Terminal if terminal else io.TextIOWrapper
    out, err = kind(io.BytesIO(), "utf-8"), kind(io.BytesIO(), "utf-8")
    status = 0
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["journeykit", *map(str, args)])
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        patched.setattr(sys, "stdout", out)
        patched.setattr(sys, "stderr", err)
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Result(status, _written(out), _written(err))


class CommandLine:
    """Runs `journeykit` in this process, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *args: str | Path, stdin: bytes = b"", terminal: bool = False) -> Result:
        """Run a command; with `terminal`, standard output and error are one."""
        return run_here(*args, stdin=stdin, terminal=terminal)

    def write(self, name: str, text: str) -> Path:
        """A file in the folder; folders above it are made."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8", "surrogateescape")


@pytest.fixture
def cli(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line in an empty folder, for a terminal of 100 columns without color, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    return CommandLine(tmp_path)


@pytest.fixture
def with_examples(cli: CommandLine) -> CommandLine:
    """The command line in a folder that holds the folder `examples`."""
    shutil.copytree(EXAMPLES, cli.folder / "examples")
    return cli


def _in_twelve_digits(text: str) -> str:
    """Round numbers of full length, whose last digits differ between C libraries."""
    return re.sub(r"-?[0-9]+\.[0-9]{11,}(e-?[0-9]+)?", lambda match: f"{float(match[0]):.12g}", text)


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the one that is kept; `--snapshot-update` keeps the new one."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if request.config.getoption("--snapshot-update"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.is_file(), f"there is no {path.name}: run pytest --snapshot-update, and read what it wrote"
        assert _in_twelve_digits(text) == _in_twelve_digits(path.read_text(encoding="utf-8")), (
            f"{path.name} differs: if the new text is right, --snapshot-update"
        )

    return compare
