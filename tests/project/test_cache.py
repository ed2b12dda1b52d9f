"""Results are cached by what they come from, and by nothing that cannot be proven."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from journeykit.project import Project, cache, linting
from journeykit.project.cache import Store, cache_folder, decode, encode, open_store, user_folder
from journeykit.project.fixing import FixOptions
from journeykit.project.lint_cache import CLASSES, as_data, from_data
from journeykit.project.linting import LintRun
from journeykit.project.reading import Targets
from journeykit.project.workspace import Workspace
from tests.conftest import EXAMPLES
from tests.repositories import Folder

TEXT = "title: I get help\npersona: Ann\ntouchpoints:\n- I call: angry\n- I wait {n}: sad\n"
RULE = """
from journeykit.rules import Hit, rule
from journeykit.finding import Severity
{imports}

@rule(Severity.WARNING)
def our_rule(subject):
    yield Hit(("title",), "{message}")
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("JOURNEYKIT_CACHE_DIR", raising=False)
    root = tmp_path / "maps"
    root.mkdir()
    monkeypatch.chdir(root)
    for n in range(3):
        (root / f"{n}.journey.yaml").write_text(TEXT.format(n=n), encoding="utf-8")
    return root


@pytest.fixture
def linted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are really linted from now on."""
    found: list[str] = []
    original = linting.lint_document

    def noted(document: Any, *args: Any, **kwargs: Any) -> Any:
        found.append(Path(document.source.name).name)
        return original(document, *args, **kwargs)

    monkeypatch.setattr(linting, "lint_document", noted)
    return found


def lint(options: FixOptions = FixOptions(), **changed: Any) -> LintRun:  # noqa: B008 - immutable
    project = replace(Project.find(), today=date(2026, 11, 21))
    return replace(project, **changed).lint_each(Targets((Path(),)), options)


def stores(folder: Path, kind: str = "lint") -> list[Path]:
    return sorted((folder.parent / "cache" / "journeykit" / kind).glob("*.json"))


def test_an_unchanged_file_is_linted_once(folder: Path, linted: list[str]) -> None:
    first = lint()
    assert linted == ["0.journey.yaml", "1.journey.yaml", "2.journey.yaml"]
    assert lint() == first and len(linted) == 3
    assert first.read.results[0].findings
    (folder / "1.journey.yaml").write_text(TEXT.format(n="long"), encoding="utf-8")
    second = lint()
    assert linted[3:] == ["1.journey.yaml"]
    assert second.read.names == first.read.names
    assert second == lint(cache=False)


@pytest.mark.usefixtures("folder")
def test_an_error_is_cached_too(folder: Path, linted: list[str]) -> None:
    (folder / "1.journey.yaml").write_text("title: T\n", encoding="utf-8")
    first = lint()
    assert lint() == first and len(linted) == 3
    assert [finding.rule for finding in first.read.results[1].findings] == ["missing-key", "stages-or-touchpoints"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("how", ["day", "settings", "program", "edits", "name", "parser"])
def test_whatever_changes_a_finding_has_results_of_its_own(
    folder: Path, linted: list[str], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    lint()
    changed: dict[str, Any] = {}
    options = FixOptions()
    if how == "day":
        changed["today"] = date(2027, 1, 1)
    elif how == "settings":
        (folder / "journeykit.toml").write_text('source = "stated"\n', encoding="utf-8")
    elif how == "program":
        monkeypatch.setattr(cache, "__version__", "other")
    elif how == "edits":
        options = FixOptions(edits=True)
    elif how == "parser":
        monkeypatch.setattr("yaml.__version__", "0")
    else:
        for n in range(3):
            (folder / f"{n}.journey.yaml").rename(folder / f"{n}x.journey.yaml")
    lint(options, **changed)
    assert len(linted) == 6


@pytest.mark.usefixtures("folder")
def test_settings_that_change_no_finding_share_results(folder: Path, linted: list[str]) -> None:
    (folder / "journeykit.toml").write_text("", encoding="utf-8")
    lint()
    (folder / "journeykit.toml").write_text('show = "info"\ntheme = "dark"\nfail-on = "error"\n', encoding="utf-8")
    lint()
    assert len(linted) == 3


def test_no_cache_reads_and_writes_nothing(folder: Path, linted: list[str]) -> None:
    lint(cache=False)
    assert stores(folder) == []
    lint()
    assert len(stores(folder)) == 1
    lint(cache=False)
    assert len(linted) == 9


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[:-9],
        lambda data: data.replace(b"warning", b"nothing").replace(b"I call", b"I fall"),
        lambda _: b"[" * 100_000,
        lambda data: data.partition(b"\n")[0] + b"\n{}",
        lambda _: b"\xff\xfe\x00",
    ],
    ids=["empty", "cut", "changed", "deep", "exchanged", "noise"],
)
def test_a_damaged_store_is_as_none(folder: Path, linted: list[str], damage: Callable[[bytes], bytes]) -> None:
    first = lint()
    (store,) = stores(folder)
    before = store.read_bytes()
    store.write_bytes(damage(before))
    assert store.read_bytes() != before
    assert lint() == first and len(linted) == 6
    assert lint() == first and len(linted) == 6


def test_a_store_of_somebody_else_is_as_none(folder: Path, linted: list[str]) -> None:
    (folder / "journeykit.toml").write_text('cache-dir = ".results"\n', encoding="utf-8")
    lint()
    assert list((folder / ".results" / "lint").glob("*.json"))
    assert (folder / ".results" / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert not (folder / ".results" / "secret").exists()
    lint()
    assert len(linted) == 3
    (folder.parent / "cache" / "journeykit" / "secret").write_bytes(b"x" * 32)
    lint()
    assert len(linted) == 6


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_or_a_link_in_the_place_of_a_store_is_passed_over(folder: Path, linted: list[str]) -> None:
    lint()
    (store,) = stores(folder)
    store.unlink()
    os.mkfifo(store)
    lint()
    store.unlink()
    (folder / "mine").write_text("mine", encoding="utf-8")
    store.symlink_to(folder / "mine")
    lint()
    assert len(linted) == 9
    assert (folder / "mine").read_text(encoding="utf-8") == "mine"


def test_a_cache_that_cannot_be_written_is_none(folder: Path, linted: list[str]) -> None:
    (folder.parent / "cache").write_text("a file", encoding="utf-8")
    first = lint()
    assert lint() == first and len(linted) == 6


def test_the_cache_is_for_this_user_only(folder: Path) -> None:
    lint()
    (store,) = stores(folder)
    if os.name == "posix":
        assert stat.S_IMODE(store.stat().st_mode) == 0o600
        assert stat.S_IMODE(store.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE((store.parents[1] / "secret").stat().st_mode) == 0o400
    assert json.loads(store.read_bytes().partition(b"\n")[2]).keys() == {
        Store.key_of(f"{n}.journey.yaml", TEXT.format(n=n).encode()) for n in range(3)
    }


def test_stores_are_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MAX_RESULTS", 3)
    monkeypatch.setattr(cache, "MAX_STORES", 2)
    for n in range(4):
        store = open_store(Workspace(), "history", n)
        store.add({f"{n}{k}": k for k in range(5)})
        store.save()
        os.utime(stores(folder, "history")[0], (n, n)) if n == 0 else None
    assert len(stores(folder, "history")) == 2
    last = open_store(Workspace(), "history", 3)
    assert [last.get(f"3{k}") for k in range(5)] == [None, None, 2, 3, 4]
    monkeypatch.setattr(cache, "MAX_BYTES", 60)
    store = open_store(Workspace(), "history", "large")
    store.add({str(n): "x" * 20 for n in range(3)})
    store.save()
    kept = open_store(Workspace(), "history", "large")
    assert [bool(kept.get(str(n))) for n in range(3)] == [False, False, True]


def test_ten_runs_at_once_give_the_same_and_leave_a_whole_store(folder: Path, linted: list[str]) -> None:
    command = [sys.executable, "-m", "journeykit", "lint", "--today", "2026-11-21", "--output-format", "json"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(10)]
    printed = {run.communicate(timeout=120) for run in runs}
    assert len(printed) == 1
    lint(FixOptions(edits=True))
    assert linted == []
    assert [path.suffix for path in (folder.parent / "cache" / "journeykit" / "lint").iterdir()] == [".json"]


@pytest.mark.parametrize(
    ("imports", "cached"),
    [
        ("import re, math", True),
        ("from datetime import date\nTODAY = date(2026, 1, 1)", True),
        ("from datetime import date\nTODAY = date.today()", False),
        ("import os", False),
        ("from pathlib import Path", False),
        ("from journeykit.git import Repository", False),
        ("WORDS = open(__file__).close()", False),
        ("x = ().__class__.__base__", False),
    ],
)
def test_own_rules_are_cached_only_if_their_content_says_all(
    folder: Path, linted: list[str], imports: str, cached: bool
) -> None:
    (folder / "journeykit.toml").write_text('plugins = ["ours.py"]\n', encoding="utf-8")
    (folder / "ours.py").write_text(RULE.format(imports=imports, message="one"), encoding="utf-8")
    first = lint()
    assert any(finding.message == "one" for finding in first.read.results[0].findings)
    assert lint() == first
    assert len(linted) == (3 if cached else 6)
    assert bool(stores(folder)) is cached


def test_other_own_rules_have_other_results(folder: Path) -> None:
    (folder / "journeykit.toml").write_text('plugins = ["ours.py"]\n', encoding="utf-8")
    code = "import sys; from journeykit.__main__ import main; sys.argv = ['journeykit', 'lint']; main()"
    for message in ("one", "two"):
        (folder / "ours.py").write_text(RULE.format(imports="", message=message), encoding="utf-8")
        for _ in range(2):
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
            assert f": {message}" in done.stdout
    assert len(stores(folder)) == 2


def test_findings_are_read_back_as_they_were() -> None:
    for edits in (False, True):
        run = Project().lint_each(Targets((EXAMPLES, EXAMPLES.parent / "tests" / "data")), FixOptions(edits=edits))
        for one in run.read.results:
            data = as_data(one)
            assert (data is None) != one.of_text, "only what depends on other files is not kept"
            assert data is None or from_data(json.loads(json.dumps(data))) == one
    assert sum(one.of_text for one in run.read.results) > len(run.read.results) / 2
    assert any(finding.edits for one in run.read.results for finding in one.findings)


@pytest.mark.parametrize("value", [{1: 2}, object(), {"a": {3}}, b"x"])
def test_what_is_no_plain_data_is_not_encoded(value: object) -> None:
    with pytest.raises(TypeError):
        encode(value, CLASSES)


def test_plain_data_keeps_its_types() -> None:
    value = (1, "a", None, [True, 2.5, ("x",)], {"k": ()})
    assert decode(json.loads(json.dumps(encode(value)))) == value


def test_a_cache_folder_outside_of_the_project_is_refused(folder: Path) -> None:
    from journeykit.errors import ConfigError

    for name in ("../elsewhere", "/tmp/x", "."):
        (folder / "journeykit.toml").write_text(f'cache-dir = "{name}"\n', encoding="utf-8")
        with pytest.raises(ConfigError, match="cache-dir"):
            Project.find()


def test_the_environment_names_the_cache_folder_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "journeykit.toml").write_text('cache-dir = ".results"\n', encoding="utf-8")
    assert cache_folder(Project.find()) == folder / ".results"
    monkeypatch.setenv("JOURNEYKIT_CACHE_DIR", "/elsewhere")
    assert cache_folder(Project.find()) == Path("/elsewhere")


def test_a_store_without_a_file_stays_empty() -> None:
    store = Store()
    store.add({"a": 1})
    store.save()
    assert not Store()


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/journeykit"),
        ("linux", {"XDG_CACHE_HOME": "not/absolute"}, "/home/ann/.cache/journeykit"),
        ("linux", {}, "/home/ann/.cache/journeykit"),
        ("darwin", {"XDG_CACHE_HOME": "/x"}, "/home/ann/Library/Caches/journeykit"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/journeykit/Cache"),
        ("win32", {}, None),
    ],
)
def test_the_cache_is_where_the_system_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], expected: str | None
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("HOME", "/home/ann")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = user_folder()
    assert (found.as_posix() if found else None) == expected


@pytest.mark.skipif(os.name != "posix", reason="there are no modes here")
@pytest.mark.parametrize("how", ["mode", "owner", "umask"])
def test_a_key_that_a_repository_brings_is_as_none(
    folder: Path, linted: list[str], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The variable names a folder of the clone, as in CI; the clone has results there, with the key to them."""
    monkeypatch.setenv("JOURNEYKIT_CACHE_DIR", str(folder / ".cache"))
    lint()
    lint()
    assert len(linted) == 3
    if how == "mode":
        (folder / ".cache" / "secret").chmod(0o644)  # as git writes all files
    elif how == "umask":  # git writes all files so that only their owner can read them
        repository = Folder(folder)
        repository.git("add", "-f", ".cache")
        repository.git("commit", "-q", "-m", "results")
        shutil.rmtree(folder / ".cache")
        before = os.umask(0o077)
        try:
            repository.git("checkout", "-q", ".")
        finally:
            os.umask(before)
        assert stat.S_IMODE((folder / ".cache" / "secret").stat().st_mode) == 0o600
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    lint()
    assert len(linted) == 6


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
@pytest.mark.parametrize("kind", ["file", "pipe", "link", "loop", "dangling", "device", "secret pipe", "secret link",
                                  "secret dangling", "kind link", "tag link", "secret folder"])  # fmt: skip
def test_whatever_stands_in_the_place_of_the_cache_folder_hangs_and_harms_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    expected = lint(cache=False)
    there, elsewhere = folder / "there", folder.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").write_text("mine", encoding="utf-8")
    if kind == "file":
        there.write_text("mine", encoding="utf-8")
    elif kind == "pipe":
        os.mkfifo(there)
    elif kind in ("link", "loop", "dangling", "device"):
        zero = Path("/dev/zero")
        target = {"link": elsewhere / "mine", "loop": there, "dangling": elsewhere / "new", "device": zero}
        there.symlink_to(target[kind])
    else:
        there.mkdir()
        if kind == "secret pipe":
            os.mkfifo(there / "secret")
        elif kind == "secret folder":
            (there / "secret").mkdir()
        else:
            names = {"secret link": ("secret", "mine"), "secret dangling": ("secret", "new"), "kind link": ("lint", ""),
                     "tag link": (".gitignore", "new")}  # fmt: skip
            name, target_name = names[kind]
            (there / name).symlink_to(elsewhere / target_name)
    monkeypatch.setenv("JOURNEYKIT_CACHE_DIR", str(there))
    for _ in range(2):
        assert lint() == expected
    assert [path.name for path in elsewhere.iterdir()] == ["mine"]
    assert (elsewhere / "mine").read_text(encoding="utf-8") == "mine"


def test_old_stores_are_removed_and_no_other_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MAX_STORES", 1)
    mine = folder / "maps" / "lint" / "mine.json"
    mine.parent.mkdir(parents=True)
    mine.write_text("{}", encoding="utf-8")
    (folder / "journeykit.toml").write_text('cache-dir = "maps"\n', encoding="utf-8")
    for day in (1, 2, 3):
        lint(today=date(2027, 1, day))
    assert mine.is_file()
    assert len(list(mine.parent.iterdir())) == 2
