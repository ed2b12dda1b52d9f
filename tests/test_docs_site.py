"""The documentation as a web site: what `make docs-site` needs is there, without building it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT
from tests.docs_site import PAGES, dead_links, linked, pages_of, with_folders


class _Loader(yaml.SafeLoader):
    """Reads settings of mkdocs, which name functions of Python."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)


def test_the_navigation_names_every_page_once() -> None:
    settings: dict[str, Any] = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _Loader)  # noqa: S506
    named = [*pages_of(with_folders(settings["nav"]))]
    docs = ROOT / "docs"
    pages = {file.relative_to(docs).as_posix() for file in docs.rglob("*.md")}
    wanted = {*pages, *PAGES.values(), "portfolio/index.html"}
    assert len(named) == len({*named})
    assert {*named} == wanted, f"mkdocs.yml has to name {sorted(wanted - {*named})}, not {sorted({*named} - wanted)}"


def test_links_lead_to_where_pages_are_on_the_site() -> None:
    assert (
        linked("[a](docs/site.md#settings), [b](LICENSE)", Path("README.md"))
        == "[a](site.md#settings), [b](LICENSE.md)"
    )
    assert linked("[a](../configuration.md)", Path("docs/rules/drift.md")) == "[a](../configuration.md)"
    assert linked("[a](../../README.md)", Path("docs/rules/drift.md")) == "[a](../index.md)"
    assert linked("[maps](examples) [a](https://x.org/a)", Path("README.md")) == (
        "[maps](portfolio/index.html) [a](https://x.org/a)"
    )
    assert linked("[the job](.github/workflows/release.yml)", Path("CONTRIBUTING.md")) == "the job"


def test_links_that_lead_nowhere_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<p id=here><a href="b.html#there">b</a> <a href=#here>a</a> <img src=c.svg>')
    (tmp_path / "b.html").write_text('<a href="a.html#gone">a</a> <a href="https://example.org/x">x</a>')
    (tmp_path / "c.html").write_text('<script src="https://example.org/x.js"></script>')
    assert sorted(dead_links(tmp_path)) == [
        "a.html: b.html#there",
        "a.html: c.svg",
        "b.html: a.html#gone",
        "c.html: https://example.org/x.js is loaded from another server",
    ]
