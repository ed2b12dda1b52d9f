"""Nothing heavy is imported for what can do without it: start-up is felt in hooks and editors."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES
from tests.repositories import Folder

DRAWING = {"matplotlib", "numpy", "PIL", "fontTools", "contourpy", "kiwisolver"}
REWRITING = {"ruamel", "ruamel.yaml"}
LATER = {"jinja2", "pygls", "lsprotocol", "cattrs", "asyncio", "scipy", "pandas", "markdown_it", "pygments"}
ALWAYS = DRAWING | REWRITING | LATER
READING = {"anyascii"}
"""Needed for letters beyond ASCII and Latin ones only."""
SETTINGS_AND_MANY_FILES = {"tomllib", "pickle"}
CODE = """
import sys
import json
commands = json.loads(sys.argv[1])
from journeykit.__main__ import main
for command in commands:
    sys.argv = ["journeykit", *command]
    status = 0
    try:
        main()
    except SystemExit as end:
        status = end.code
    print("\\n" + json.dumps([status, sorted(sys.modules)]), file=sys.__stderr__)
"""


def loaded_by_each(folder: Path, commands: Sequence[Sequence[str]]) -> Iterator[tuple[int, set[str]]]:
    """The exit status of each of several commands in one process, and all modules that were imported until its end."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, json.dumps(commands)], cwd=folder, capture_output=True, text=True, check=True,
        timeout=60, encoding="utf-8",
    )  # fmt: skip
    for line in done.stderr.splitlines():
        if re.match(r"\[\w+, \[\"", line):
            status, modules = json.loads(line)
            yield int(status or 0), set(modules)


def loaded(folder: Path, *args: str) -> tuple[int, set[str]]:
    """The exit status of a command, and all modules that it imported."""
    (found,) = loaded_by_each(folder, [args])
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("plain")
    text = (EXAMPLES / "smallest.journey.yaml").read_text(encoding="utf-8")
    assert text.isascii()
    (made / "a.journey.yaml").write_text(text, encoding="utf-8")
    (made / "bad.journey.yaml").write_text("title: T\npersona: P\n", encoding="utf-8")
    return made


PLAIN = ["rich", *READING]
COMMANDS: Sequence[tuple[Sequence[str], Mapping[str, int]]] = [
    (["rich", "yaml"], {"--help": 0}),
    ([*READING], {"score a.journey.yaml": 0, "show a.journey.yaml": 0, "feelings frustrated": 0, "channels": 0}),
    (
        PLAIN,
        {
            "validate .": 1, "validate bad.journey.yaml --output-format json": 1, "lint . --show info": 1,
            "lint . --output-format sarif": 1, "score a.journey.yaml --output-format json": 0,
            "low-points a.journey.yaml --output-format csv": 0,
            "opportunities a.journey.yaml --output-format markdown": 0,
            "git-merge a.journey.yaml a.journey.yaml a.journey.yaml": 0, "explain bad-ending": 0, "explain --all": 0,
            "feelings --output-format csv": 0,
        },
    ),
    (["jinja2", *PLAIN], {"validate a.journey.yaml": 0}),
    (["journeykit.output.unified_diff", *PLAIN], {"fmt a.journey.yaml": 0}),
    (["journeykit.git", *PLAIN], {"diff a.journey.yaml a.journey.yaml --output-format json": 0}),
    (["journeykit.git", "journeykit.charts", *READING], {"diff a.journey.yaml bad.journey.yaml": 1}),
    (["journeykit.rules", "journeykit.git", *PLAIN], {"git-textconv a.journey.yaml": 0}),
    (["configparser", *PLAIN], {"lint a.journey.yaml --isolated": 1}),
    (["yaml", *PLAIN], {"schema": 0, "init -": 0, "rules --output-format json": 0}),
]  # fmt: skip
"""Modules that some commands do without, beside those that all do without, and the commands with their exit status."""


@pytest.mark.parametrize(("more", "commands"), COMMANDS, ids=[" ".join(more) for more, _ in COMMANDS])
def test_a_command_imports_what_it_needs(folder: Path, more: Sequence[str], commands: Mapping[str, int]) -> None:
    found = zip(commands.items(), loaded_by_each(folder, [command.split() for command in commands]), strict=True)
    for (command, status), (ended, modules) in found:
        assert (command, ended) == (command, status)
        assert (command, sorted(modules & ALWAYS.union(more))) == (command, [])


def test_a_history_needs_no_charts_and_its_svg_no_matplotlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = Folder(tmp_path / "repository")
    folder.write("a.journey.yaml", (EXAMPLES / "smallest.journey.yaml").read_text(encoding="utf-8"))
    folder.commit()
    status, modules = loaded(folder.root, "history", "a.journey.yaml", "--output-format", "json")
    assert status == 0
    assert sorted(modules & {"rich", "journeykit.charts", "journeykit.rules", *READING, *ALWAYS}) == []
    status, modules = loaded(folder.root, "history", "a.journey.yaml", "--output-format", "csv", "--chart", "a.svg")
    assert status == 0
    assert sorted(modules & {"matplotlib", "numpy", "rich", *REWRITING, *LATER, *READING}) == []


@pytest.mark.parametrize("name", ["a.svg", "a.html"])
def test_an_svg_and_a_page_are_drawn_without_matplotlib(folder: Path, name: str) -> None:
    status, modules = loaded(folder, "render", "a.journey.yaml", "-o", name)
    assert status == 0
    unneeded = {"matplotlib", "numpy", "rich", *REWRITING, *LATER, *READING, *SETTINGS_AND_MANY_FILES}
    assert sorted(modules & unneeded) == []


def test_the_version_is_told_before_anything_is_imported(folder: Path) -> None:
    status, modules = loaded(folder, "--version")
    assert status == 0
    assert sorted(modules & {"typer", "pydantic", "yaml", "rich", "journeykit.cli", "journeykit.model", *ALWAYS}) == []
    assert {name for name in modules if name.startswith("journeykit")} == {
        "journeykit", "journeykit.__main__", "journeykit._version",
    }  # fmt: skip


def test_importing_the_package_imports_nothing_else(folder: Path) -> None:
    code = "import sys, journeykit; print(sorted(name for name in sys.modules if name.startswith('journeykit')))"
    plain = "import sys, importlib; print(len(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout == "['journeykit', 'journeykit._version']\n"
    many = subprocess.run(
        [sys.executable, "-c", "import sys, journeykit; print(len(sys.modules))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    few = subprocess.run([sys.executable, "-c", plain], capture_output=True, text=True, check=True)
    assert int(many.stdout) - int(few.stdout) < 40


def test_only_the_command_that_is_called_is_imported(folder: Path) -> None:
    _, modules = loaded(folder, "validate", "a.journey.yaml")
    commands = {name for name in modules if name.startswith("journeykit.cli.commands.")}
    assert commands == {"journeykit.cli.commands.validate"}
    others = ("journeykit.rules", "journeykit.charts", "journeykit.comparing", "journeykit.git")
    assert not {name for name in modules if name.startswith(others)}


@pytest.mark.parametrize(("title", "needed"), [("Hívom őket – „újra”…", False), ("Τηλεφωνώ", True)])
def test_letters_of_other_scripts_bring_what_they_need(tmp_path: Path, title: str, needed: bool) -> None:
    text = f"title: Ő\npersona: P\ntouchpoints:\n  - {title}: angry\n  - b: happy\n"
    (tmp_path / "a.journey.yaml").write_text(text, encoding="utf-8")
    status, modules = loaded(tmp_path, "validate", ".")
    assert status == 0
    assert (modules >= READING) is needed
