"""The extension for VS Code: its manifest fits its code, the server and the version of journeykit."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import Any

import pytest

from journeykit._version import __version__
from tests.conftest import ROOT

FOLDER = ROOT / "editors" / "vscode"
MANIFEST: dict[str, Any] = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
CODE = (FOLDER / "extension.js").read_text(encoding="utf-8")


def test_it_has_the_version_and_the_licence_of_journeykit() -> None:
    assert MANIFEST["version"] == __version__
    assert (FOLDER / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_each_command_and_setting_of_the_manifest_is_in_the_code() -> None:
    commands = [one["command"] for one in MANIFEST["contributes"]["commands"]]
    assert re.findall(r'registerCommand\("([\w.]+)"', CODE) == commands
    settings = MANIFEST["contributes"]["configuration"]["properties"].keys() - {"journeykit.trace.server"}
    used = {f"journeykit.{name}" for name in re.findall(r'settings\.get\("(\w+)"\)', CODE)}
    assert used == settings, "journeykit.trace.server is read by vscode-languageclient"


def test_the_package_is_one_file_that_needs_no_other() -> None:
    bundle = (FOLDER / "bundle.mjs").read_text(encoding="utf-8")
    assert MANIFEST["scripts"]["vscode:prepublish"] == "node bundle.mjs"
    assert "--no-dependencies" in MANIFEST["scripts"]["package"] and "dependencies" not in MANIFEST
    assert f'outfile: "{MANIFEST["main"].removeprefix("./")}"' in bundle
    assert MANIFEST["files"] == ["dist/", "README.md", "LICENSE"]
    host, client = re.findall(r'require\("([\w-]+)', CODE)
    assert f'external: ["{host}"]' in bundle and client in MANIFEST["devDependencies"]


def test_it_starts_the_server_and_runs_own_rules_only_where_both_say_so() -> None:
    assert 'args: ["lsp"]' in CODE
    assert 'workspace.isTrusted && settings.get("allowPlugins") === true' in CODE
    trust = MANIFEST["capabilities"]["untrustedWorkspaces"]
    assert set(trust["restrictedConfigurations"]) == {"journeykit.command", "journeykit.allowPlugins"}


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node")
@pytest.mark.parametrize("file", ["extension.js", "bundle.mjs"])
def test_the_code_is_javascript(file: str) -> None:
    subprocess.run(["node", "--check", str(FOLDER / file)], check=True, timeout=60)
