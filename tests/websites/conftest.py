"""Sites that are built once for all tests: of the examples, and of a small repository with a history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import html5lib
import pytest

from journeykit.project import Project
from journeykit.project.reading import Targets
from journeykit.site.build import Built, build_site
from journeykit.site.options import options_from
from tests.conftest import EXAMPLES, once
from tests.repositories import Folder

TODAY = date(2026, 11, 21)
Build = Callable[..., Built]
COMPARED = (("my-new-job", "plumber-visit", "support-ticket"),)
"""Journeys of the examples that are laid over each other."""


def build(paths: list[Path], output: Path, project: Project | None = None, **given: Any) -> Built:
    """Build a site of files as the command does, by default without settings and without a history."""
    project = replace(project or Project.find(isolated=True), today=TODAY, cache=False)
    options = options_from(project.settings, project.today, {"history": False, **given})
    return build_site(project, Targets(tuple(paths)), options, output)


def site_of_examples(factory: pytest.TempPathFactory) -> Path:
    """The site of the examples, with everything that may be in it; nobody changes it."""
    include = ("source", "personal", "drafts", "quotes")
    return once(
        factory, "site-of-examples", lambda output: build([EXAMPLES], output, include=include, compare=COMPARED)
    )


def parsed(file: Path) -> Any:
    """Return a page as browsers read it."""
    return html5lib.parse(file.read_bytes(), namespaceHTMLElements=False)


def text_of(node: Any) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(node.itertext()).split())


def rows_left(page: Any, fragment: str) -> int:
    """Return how many rows of a page stay when the script filters them as the fragment of an address says."""
    codes, table = [], ""
    for facet, text in parse_qsl(fragment):
        form = next(one for one in page.iter("div") if one.find(f".//select[@data-facet='{facet}']") is not None)
        options = form.find(f".//select[@data-facet='{facet}']").iter("option")
        codes.append(next(one.get("value") for one in options if one.text == text))
        table = form.get("data-table")
    return sum(all(code in row.get("data-f") for code in codes) for row in page.find(f".//*[@id='{table}']/tbody"))


def html_files(root: Path) -> list[Path]:
    """Return all pages of a site."""
    return sorted(root.rglob("*.html"))


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the examples, with everything that may be in it."""
    return site_of_examples(tmp_path_factory)


BEFORE = """\
title: I report a leak
status: live
owner: Head of care
persona: {id: dana, name: Dana}
touchpoints:
  - {id: call, title: I wait on the phone, satisfaction: -2, importance: 5}
  - {id: visit, title: The plumber comes, satisfaction: 1}
opportunities:
  - {id: callback, title: Call me back, at: call, target: {call: 1}, impact: 5, effort: 2, status: idea,
     owner: Dispatch}
"""
AFTER = BEFORE.replace("satisfaction: -2", "satisfaction: 1").replace("status: idea", "status: done")


def improved(root: Path) -> Folder:
    """Make a repository with a journey that got better after an opportunity was done."""
    folder = Folder(root)
    folder.write("leak.journey.yaml", BEFORE)
    folder.commit("The map")
    folder.write("leak.journey.yaml", BEFORE.replace("status: idea", "status: doing"))
    folder.commit("Work begins")
    folder.write("leak.journey.yaml", AFTER)
    folder.commit("We call back <now>")
    return folder


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The repository of a journey that got better; nobody changes it."""
    return improved(tmp_path_factory.mktemp("repository"))
