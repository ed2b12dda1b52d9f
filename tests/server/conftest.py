"""A server in a process of its own, and analyses of texts for what needs no protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the language server is an extra")

from journeykit.server.analysis import Analysis, Rules
from tests.server.client import Editor


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One server for the tests of a module; it must end well."""
    editor = Editor(tmp_path_factory.mktemp("workspace"), allowPlugins=True)
    yield editor
    assert editor.close() == 0


@pytest.fixture
def editor(running: Editor, tmp_path: Path) -> Editor:
    """An editor with nothing open, in an empty folder."""
    running.folder = tmp_path
    running.kept.clear()
    return running


@pytest.fixture
def analyse(tmp_path: Path) -> Callable[[str], Analysis]:
    """What the server finds out about a text, without the protocol."""
    return lambda text: Analysis(text, tmp_path / "a.journey.yaml", Rules())
