"""docs/api.md is what the docstrings say, names all that is exported, and its examples work."""

from __future__ import annotations

import doctest

import pytest

import journeykit
from journeykit import project
from journeykit.project import api
from tests import api_page
from tests.conftest import ROOT


def test_the_page_is_up_to_date() -> None:
    assert api_page.PAGE.read_text(encoding="utf-8") == api_page.page(), "run make docs"


def test_it_names_all_that_is_exported() -> None:
    text = api_page.page()
    assert [name for name in journeykit.__all__ if name not in text and name != "__version__"] == []


@pytest.mark.parametrize("module", [api, project], ids=["functions", "project"])
def test_the_examples_work(module: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = doctest.testmod(module, report=True)  # type: ignore[arg-type]
    assert done.failed == 0
    assert done.attempted >= 3
