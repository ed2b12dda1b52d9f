"""The package as it is installed: all data in the wheel, and the commands at work without the checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from email import message_from_string
from pathlib import Path
from typing import Any

import pytest
from hatch_build import AUTHORS, Metadata, addresses, readme

from tests.conftest import EXAMPLES, ROOT, once

PACKAGE = ROOT / "src" / "journeykit"
PROGRAMS = "Scripts" if os.name == "nt" else "bin"


def command(*args: str | Path, cwd: Path) -> str:
    alone = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        list(map(str, args)), cwd=cwd, env=alone, capture_output=True, text=True, encoding="utf-8", check=False,
        timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def build(folder: Path) -> None:
        command(
            sys.executable, "-m", "pip", "wheel", ROOT, "--no-deps", "--no-build-isolation", "--quiet",
            "--disable-pip-version-check", "-w", folder, cwd=ROOT,
        )  # fmt: skip

    (made,) = once(tmp_path_factory, "wheel", build).glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment with the wheel; what it depends on is borrowed from this one."""

    def install(folder: Path) -> None:
        venv.create(folder, with_pip=False)
        command(
            sys.executable, "-m", "pip", "--python", folder / PROGRAMS / "python", "install", "--no-deps", "--quiet",
            "--disable-pip-version-check", wheel, cwd=folder,
        )  # fmt: skip
        (packages,) = [Path(path) for path in folder.rglob("site-packages")]
        (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    return once(tmp_path_factory, "fresh", install) / PROGRAMS


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_module_and_data_file(wheel: Path) -> None:
    tracked = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert tracked - names(wheel) == set()
    for needed in ("py.typed", "vocabulary/data/feelings.tsv", "vocabulary/data/channels.tsv", "templates/start.yaml",
                   "vocabulary/data/words/hu.toml", "charts/locales/el.py", "drawing/themes/print.py",
                   "drawing/dejavu/DejaVuSans-BoldOblique.ttf", "drawing/dejavu/LICENSE",
                   "model/journey.schema.json", "web/assets/page.css", "web/assets/page.js"):  # fmt: skip
        assert f"journeykit/{needed}" in names(wheel)


def test_the_wheel_holds_the_examples_and_nothing_that_is_not_the_package(wheel: Path) -> None:
    examples = {f"journeykit/templates/examples/{path.name}" for path in EXAMPLES.glob("*.yaml")}
    assert examples <= names(wheel)
    strangers = {name for name in names(wheel) if not name.startswith("journeykit/") and ".dist-info/" not in name}
    assert strangers == set()
    assert not {name for name in names(wheel) if "__pycache__" in name or name.startswith("tests")}


def test_the_metadata_says_what_a_user_must_know(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = message_from_string(archive.read(name).decode("utf-8"))
    assert (metadata["Name"], metadata["License-Expression"]) == ("journeykit-core", "MIT AND Bitstream-Vera")
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Description-Content-Type"] == "text/markdown"
    needs = {
        need.split(";")[0].split(">")[0].strip().replace(".", "-")
        for need in metadata.get_all("Requires-Dist", [])
        if "extra" not in need
    }
    assert needs == {
        *("anyascii", "markdown-it-py", "pydantic", "pyyaml", "rich", "ruamel-yaml", "typer"),
    }


README = (ROOT / "README.md").read_text(encoding="utf-8")
WHERE = "https://git.example/acme/journeykit"


def test_every_link_of_the_packaged_readme_leads_to_a_file_of_the_release() -> None:
    text = readme(README, WHERE, "v1.2.3")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) == len(re.findall(r"\]\(([^)]+)\)", README)) > 30
    for link in links:
        leads = re.fullmatch(rf"{WHERE}/(?:blob|raw)/v1\.2\.3/([^#]+)(#.*)?", link)
        assert leads, link
        assert (ROOT / leads[1]).exists(), link
    assert f"({WHERE}/raw/v1.2.3/docs/pictures/router-curve.svg)" in text


def test_links_to_elsewhere_and_within_the_page_stay() -> None:
    text = "[a](https://a.example/b) [b](#c) [d](e.md) ![f](g.png) [h](mailto:i@a.example)"
    assert readme(text, WHERE, "v1") == (
        f"[a](https://a.example/b) [b](#c) [d]({WHERE}/blob/v1/e.md) ![f]({WHERE}/raw/v1/g.png) [h](mailto:i@a.example)"
    )


def test_a_package_of_an_unknown_repository_has_no_dead_links() -> None:
    text = readme(README, "", "v1.2.3")
    assert not re.findall(r"\]\(", text)
    assert "[first steps]" not in text and "first steps has a journey" in text
    assert addresses("", "v1.2.3") == {}


def test_the_addresses_of_a_package_are_those_of_the_repository_that_built_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNEYKIT_REPOSITORY", WHERE + "/")
    monkeypatch.setenv("JOURNEYKIT_CONTACT", "maps@git.example")
    metadata: dict[str, Any] = {"version": "1.2.3"}
    Metadata(str(ROOT), {}).update(metadata)
    assert metadata["urls"]["Changelog"] == f"{WHERE}/blob/v1.2.3/CHANGELOG.md"
    assert metadata["authors"] == [{"name": AUTHORS, "email": "maps@git.example"}]
    written = {"version": "1.2.3", "urls": {"Homepage": "https://other.example"}}
    Metadata(str(ROOT), {}).update(written)
    assert written["urls"] == {"Homepage": "https://other.example"}, "what a source distribution says stays"


def test_an_installed_journeykit_works_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    program, python = installed / "journeykit", installed / "python"
    where = command(python, "-c", "import journeykit; print(journeykit.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)
    assert command(program, "--version", cwd=tmp_path).startswith("journeykit ")
    command(program, "init", "maps/plumber.journey.yaml", "--from", "plumber-visit", cwd=tmp_path)
    command(program, "validate", ".", cwd=tmp_path)
    command(program, "lint", ".", "--fail-on", "error", cwd=tmp_path)
    scored = json.loads(command(program, "score", ".", "--output-format", "json", cwd=tmp_path))
    assert scored["journeys"][0]["id"] == "plumber-visit"
    command(program, "render", ".", "--format", "svg", "--format", "png", "--format", "pdf", "-o", "out", cwd=tmp_path)
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".svg", ".png", ".pdf"}
    assert "support-ticket" in command(program, "init", "--list", cwd=tmp_path)
    assert "frustriert" in command(program, "feelings", "frustrated", cwd=tmp_path)


@pytest.mark.slow
def test_types_are_seen_by_those_who_use_the_package(installed: Path, tmp_path: Path) -> None:
    code = 'import journeykit\nreveal_type(journeykit.load("a.yaml").title)\njourneykit.score(3)\n'
    (tmp_path / "use.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(installed / "python"),
         "--cache-dir", str(tmp_path / "cache"), "--config-file", os.devnull, "use.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert 'Revealed type is "str"' in done.stdout, done.stdout + done.stderr
    assert 'Argument 1 to "score" has incompatible type "int"' in done.stdout
    assert "py.typed" not in done.stdout
