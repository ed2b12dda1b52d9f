"""What `make docs-site` adds to the pages of docs/: those of the root, and the portfolio of the examples.

A hook of mkdocs, which mkdocs.yml names. A link that leads nowhere, and a page that the navigation does not name, fail.
`python -m tests.docs_site` looks at the links of what was built.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import html5lib

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "SECURITY.md": "SECURITY.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "LICENSE": "LICENSE.md",
    "benchmarks/README.md": "benchmarks.md",
}
"""The pages of the root, and their places beside those of docs/."""
FOLDERS = ("rules", "decisions")
"""Parts of docs/ whose pages the navigation names by itself, in their order."""
PORTFOLIO = "portfolio"
PLACES = {**PAGES, "examples": f"{PORTFOLIO}/index.html"}
TODAY = date(2026, 11, 21)
"""The day of the examples, as the Makefile has it."""
LINK = re.compile(r"\[([^\]]*)\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)")
BUILT = ROOT / "build" / "docs"

_scratch = tempfile.TemporaryDirectory(prefix="journeykit-docs-")


def on_config(config: Any) -> Any:
    """Name the pages of folders in the navigation."""
    config.nav = with_folders(config.nav)
    return config


def on_files(files: Any, config: Any) -> Any:
    """Add the pages of the root, and the portfolio."""
    from mkdocs.structure.files import File

    for source, target in PAGES.items():
        files.append(File.generated(config, target, content=moved(source)))
    folder = Path(_scratch.name)
    for name in portfolio(folder / PORTFOLIO):
        files.append(File(f"{PORTFOLIO}/{name}", str(folder), config.site_dir, use_directory_urls=False))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Lead links out of docs/ to the pages of the root."""
    if page.file.generated_by:
        return markdown
    return linked(markdown, Path("docs") / page.file.src_uri)


def with_folders(nav: list[Any]) -> list[Any]:
    """Return a navigation with all pages of a folder where its README.md stands."""
    found: list[Any] = []
    for one in nav:
        if isinstance(one, dict):
            found.append({key: with_folders(value) if isinstance(value, list) else value for key, value in one.items()})
            continue
        found.append(one)
        folder = one.removesuffix("/README.md")
        if folder in FOLDERS:
            pages = sorted((ROOT / "docs" / folder).glob("*.md"))
            found += [f"{folder}/{page.name}" for page in pages if page.name != "README.md"]
    return found


def pages_of(nav: list[Any]) -> Iterator[str]:
    """Yield the pages that a navigation names."""
    for one in nav:
        if isinstance(one, dict):
            for value in one.values():
                yield from pages_of(value if isinstance(value, list) else [value])
        else:
            yield one


def moved(source: str) -> str:
    """Return a page of the root with its links as they are beside the pages of docs/."""
    text = (ROOT / source).read_text(encoding="utf-8")
    if source == "LICENSE":
        return f"# Licence\n\n```text\n{text}```\n"
    return linked(text, Path(source))


def linked(text: str, page: Path) -> str:
    """Return a page of the repository with its links as they are on the site; files that it lacks are not linked to."""
    here = PAGES.get(page.as_posix()) or page.as_posix().removeprefix("docs/")

    def link(found: re.Match[str]) -> str:
        path = (ROOT / page.parent / found[2]).resolve().relative_to(ROOT).as_posix()
        to = PLACES.get(path) or (path.removeprefix("docs/") if path.startswith("docs/") else "")
        return f"[{found[1]}]({'../' * here.count('/')}{to}{found[3] or ''})" if to else found[1]

    return LINK.sub(link, text)


def portfolio(folder: Path) -> Iterator[str]:
    """Build the site of the examples, and yield its files."""
    from journeykit.project import Project
    from journeykit.project.reading import Targets
    from journeykit.site.build import build_site
    from journeykit.site.options import options_from

    project = replace(Project.find(isolated=True), today=TODAY, cache=False)
    given = {"title": "Example portfolio", "history": False, "include": ("drafts", "quotes", "personal", "source")}
    build_site(project, Targets((ROOT / "examples",)), options_from(project.settings, TODAY, given), folder)
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            yield file.relative_to(folder).as_posix()


def dead_links(site: Path) -> Iterator[str]:
    """Yield the links and pictures of pages that lead to no file or to no place on a page, and what is not ours."""
    trees = {file: html5lib.parse(file.read_bytes(), namespaceHTMLElements=False) for file in site.rglob("*.html")}
    ids = {file: {one.get("id") or one.get("name") for one in tree.iter()} for file, tree in trees.items()}
    for file, tree in trees.items():
        if file == site / "404.html":  # is shown at any address, so that its links begin at the root
            continue
        for one in tree.iter():
            for link in filter(None, (one.get("href"), one.get("src"))):
                parts = urlsplit(link)
                if parts.scheme.startswith("http") and (one.tag in LOADED or one.get("rel") == "stylesheet"):
                    yield f"{file.relative_to(site)}: {link} is loaded from another server"
                if parts.scheme or parts.netloc or not isinstance(one.tag, str) or one.tag == "use":
                    continue
                target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
                anchor = unquote(parts.fragment)
                if not target.is_file() or (anchor and target in ids and anchor not in ids[target] | SCRIPTED):
                    yield f"{file.relative_to(site)}: {link}"


LOADED = ("script", "img", "iframe")
"""Elements whose addresses a browser asks by itself."""
SCRIPTED = {"__skip", ""}
"""Places that the script of the theme makes."""


def main() -> int:
    """Print the dead links of the site; return how many there are."""
    found = [*dead_links(BUILT)]
    print(
        "\n".join(found)
        or f"No dead link in {sum(1 for _ in BUILT.rglob('*.html'))} pages of {BUILT.relative_to(ROOT)}."
    )
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main())
