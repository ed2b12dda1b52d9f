"""The site as one file: its size, its policy, its links, what it says without a script."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64decode, b64encode
from dataclasses import replace
from gzip import decompress
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import html5lib
import pytest
from benchmarks.generate import journey
from benchmarks.notation import as_yaml

from journeykit.project import Project
from journeykit.project.reading import Targets
from journeykit.site.options import options_from
from journeykit.site.single import build_single, linked
from tests.conftest import EXAMPLES, CommandLine, once
from tests.websites.conftest import COMPARED, TODAY, parsed, rows_left, text_of

LIMIT = 1_500_000
"""Bytes for 25 journeys, so that e-mail takes them."""


def build_file(paths: list[Path], output: Path, **given: Any) -> Path:
    project = replace(Project.find(isolated=True), today=TODAY, cache=False)
    options = options_from(project.settings, project.today, {"history": False, **given})
    build_single(project, Targets(tuple(paths)), options, output)
    return output


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples in one file."""
    include = ("personal", "drafts", "quotes")
    return once(
        tmp_path_factory,
        "site-in-a-file",
        lambda output: build_file([EXAMPLES], output, include=include, compare=COMPARED),
    )


def packed_pages(file: Path) -> dict[str, tuple[str, str]]:
    """Return title and content of each page that is packed into a file."""
    data = parsed(file).find(".//script[@id='pages']").text
    return {
        name: (title, decompress(b64decode(content)).decode()) for name, (title, content) in json.loads(data).items()
    }


def test_it_has_every_page_and_no_link_to_another_file(file: Path, examples: Path) -> None:
    pages = packed_pages(file)
    folders = {one.parent.relative_to(examples).as_posix() + "/" for one in examples.rglob("index.html")}
    assert pages.keys() == {one for one in folders if one != "./" and "/source/" not in one and one != "data/"}
    shown = {"": file.read_text(encoding="utf-8"), **{name: main for name, (_, main) in pages.items()}}
    found = 0
    for name, markup in shown.items():
        for link in re.findall(r"<a [^>]*href=\"?([^\s\">]*)", markup):
            page, _, anchor = link.partition("#")
            if re.match(r"https?:|mailto:", link):
                continue
            assert page.startswith("?") or not page, link
            target = shown[unquote(page[1:]) if page else name]
            if "=" in anchor:
                assert rows_left(html5lib.parse(target, namespaceHTMLElements=False), anchor), (name, link)
            else:
                assert not anchor or re.search(rf'id="?{re.escape(unquote(anchor))}[" >]', target), (name, link)
            found += 1
    assert found > 500


def test_its_policy_names_what_is_in_it_and_nothing_else(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy content="([^"]*)"', text)
    assert policy
    inline = [
        *re.findall(r"<script>(.*?)</script>", text, re.DOTALL),
        *re.findall(r"<style>(.*?)</style>", text, re.DOTALL),
    ]
    hashes = {f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in inline}
    assert len(inline) == 5 and set(re.findall(r"'sha256-[^']*'", policy[1])) == hashes
    assert "default-src 'none'" in policy[1] and "unsafe" not in policy[1]
    assert not re.search(r"<(?:script|img|link)[^>]* (?:src|href)=\"?(?!data:)", text)


def test_without_a_script_each_journey_is_there_as_text(file: Path) -> None:
    said = text_of(parsed(file).find(".//noscript"))
    for title in ("My new job", "My laptop is not there", "I get my router fixed"):
        assert title in said


def test_twenty_five_journeys_fit_into_a_mail(tmp_path: Path) -> None:
    """What a journey of 14 touchpoints adds, times 25, and what every file has."""
    sizes = []
    for count in (2, 6):
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            data = {**journey(1, number, 14), "status": "live"}
            (folder / f"journey-{number}.journey.yaml").write_text(as_yaml(data), encoding="utf-8")
        sizes.append(build_file([folder], tmp_path / f"{count}.html").stat().st_size)
    each = (sizes[1] - sizes[0]) / 4
    assert each > 10_000 and sizes[0] + 23 * each <= LIMIT


def test_the_same_journeys_give_the_same_bytes(file: Path, tmp_path: Path) -> None:
    again = build_file([EXAMPLES], tmp_path / "again.html", include=("personal", "drafts", "quotes"), compare=COMPARED)
    assert again.read_bytes() == file.read_bytes()


def test_a_text_that_looks_like_a_link_stays_as_it_is() -> None:
    assert linked("<p>&lt;a href=x/index.html&gt; href=x</p>", "") == "<p>&lt;a href=x/index.html&gt; href=x</p>"
    assert linked("<a href=../../index.html#journeys>", "journey/x/") == '<a href="?#journeys">'
    assert linked('<a class=b href="../../journey/%C3%A4/index.html#t-a%20b">', "journey/x/") == (
        '<a class=b href="?journey/%C3%A4/#t-a%20b">'
    )
    assert linked('<a href="https://example.org/index.html">', "") == '<a href="https://example.org/index.html">'


def test_the_command_writes_a_file_and_refuses_a_folder(cli: CommandLine) -> None:
    shutil.copy(EXAMPLES / "my-new-job.journey.yaml", cli.folder)
    done = cli("site", "my-new-job.journey.yaml", "--single-file", "--no-history", "--include", "drafts")
    assert (done.status, done.out) == (0, "") and "Wrote 1 journey to site.html." in done.err
    assert (cli.folder / "site.html").is_file() and not (cli.folder / "site").exists()
    (cli.folder / "folder").mkdir()
    refused = cli("site", "my-new-job.journey.yaml", "--single-file", "-o", "folder")
    assert refused.status == 2 and "folder: is a folder" in refused.err
    both = cli("site", "my-new-job.journey.yaml", "--single-file", "-f", "png")
    assert both.status == 2 and "no pictures beside it" in both.err
