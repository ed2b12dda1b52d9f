"""docs/editors.md is right: its settings parse and name what exists, and its commands run."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from typing import Any

import pytest

from journeykit.reading import INCLUDE
from tests.conftest import ROOT, CommandLine

TEXT = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def named(commands: list[str]) -> bool:
    return commands == ["journeykit", "lsp"]


def test_the_settings_of_vs_code_are_json_for_the_files_that_are_journeys(cli: CommandLine) -> None:
    (settings,) = (json.loads(block) for block in blocks("json"))
    ((schema, patterns),) = settings["yaml.schemas"].items()
    assert tuple(patterns) == INCLUDE
    install, write, build = blocks("sh")
    assert build.startswith("make vscode\n")
    assert install == 'pip install "journeykit[lsp]"\n'
    assert cli(*shlex.split(write)[1:]).status == 0
    assert json.loads((cli.folder / schema).read_text(encoding="utf-8"))["required"] == ["title", "persona"]


def test_the_first_line_is_the_one_that_init_writes(cli: CommandLine) -> None:
    assert cli("init", "a.journey.yaml").status == 0
    assert (cli.folder / "a.journey.yaml").read_text(encoding="utf-8").startswith(blocks("yaml")[0])


def test_the_settings_of_helix_are_toml(cli: CommandLine) -> None:
    settings: dict[str, Any] = tomllib.loads(blocks("toml")[0])
    server = settings["language-server"]["journeykit"]
    assert named([server["command"], *server["args"]])
    assert "journeykit" in settings["language"][0]["language-servers"]
    assert cli("lsp", "--help").status == 0


@pytest.mark.skipif(shutil.which("luac") is None, reason="there is no compiler of Lua")
def test_the_settings_of_neovim_are_lua() -> None:
    subprocess.run(["luac", "-p", "-"], input=blocks("lua")[0].encode(), check=True, timeout=60)


def test_the_settings_of_neovim_start_the_server() -> None:
    (command,) = re.findall(r"cmd = \{ (.*) \}", blocks("lua")[0])
    assert '"journeykit", cmd = { "journeykit", "lsp" }' in blocks("lua")[1]
    assert '("journeykit" "lsp")' in blocks("elisp")[0]
    assert named(json.loads(f"[{command}]"))
    assert len(set(re.findall(r'vim\.lsp\.(?:config|enable)\("(.*?)"', blocks("lua")[0]))) == 1
