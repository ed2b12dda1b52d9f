"""A site that is built again: the same bytes as from nothing, and only what changed is written."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from journeykit import git
from journeykit.errors import UsageError
from journeykit.project import Project, reading
from journeykit.project.reading import Targets
from journeykit.reading import Document, read_bytes
from journeykit.site import build as building
from journeykit.site import collecting
from journeykit.site.build import build_site
from journeykit.site.options import options_from
from journeykit.site.pages import pages
from tests.repositories import Folder
from tests.websites.conftest import BEFORE, TODAY

OTHER = "title: I move\nstatus: live\npersona: p\ntouchpoints: [{title: I pack, satisfaction: 1}, I unpack]\n"
THIRD = OTHER.replace("I move", "I leave")


@pytest.fixture
def journeys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JOURNEYKIT_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "maps"
    folder.mkdir()
    for name, text in {"leak": BEFORE, "move": OTHER, "quit": THIRD}.items():
        (folder / f"{name}.journey.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose pages were made."""
    names: list[str] = []
    real = collecting.subject_of

    def noted(number: int, file: str, *args: object) -> object:
        names.append(Path(file).name.split(".")[0])
        return real(number, file, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "subject_of", noted)
    return names


def run(journeys: Path, output: Path, *, cache: bool = True, history: bool = False) -> Path:
    project = replace(Project.find(journeys), today=TODAY, cache=cache)
    options = options_from(project.settings, project.today, {"history": history})
    assert not build_site(project, Targets((journeys,)), options, output).status
    return output


def contents(site: Path) -> dict[str, bytes]:
    return {str(one.relative_to(site)): one.read_bytes() for one in site.rglob("*") if one.is_file()}


def times(site: Path) -> dict[str, int]:
    return {str(one.relative_to(site)): one.stat().st_mtime_ns for one in site.rglob("*") if one.is_file()}


def test_only_the_journey_that_changed_is_made_and_only_what_differs_is_written(
    journeys: Path, made: list[str], tmp_path: Path
) -> None:
    site = run(journeys, tmp_path / "site")
    assert sorted(made) == ["leak", "move", "quit"]
    before, then = times(site), contents(site)
    made.clear()
    (journeys / "move.journey.yaml").write_text(OTHER.replace("I pack", "I pack boxes"), encoding="utf-8")
    run(journeys, site)
    assert made == ["move"]
    assert contents(site) == contents(run(journeys, tmp_path / "fresh", cache=False))
    now, after = times(site), contents(site)
    assert {name for name in now if now[name] != before.get(name)} == {
        name for name in after if after[name] != then.get(name)
    }
    assert now["journey/leak/index.html"] == before["journey/leak/index.html"]
    assert now["index.html"] != before["index.html"]


def test_a_draft_is_not_read_again_until_it_changes(
    journeys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = journeys / "quit.journey.yaml"
    draft.write_text(THIRD.replace("live", "draft"), encoding="utf-8")
    site = run(journeys, tmp_path / "site")
    first = contents(site)
    read: list[str] = []

    def noted(data: bytes, name: str, *more: Any) -> Document:
        read.append(name)
        return read_bytes(data, name, *more)

    monkeypatch.setattr(reading, "read_bytes", noted)
    run(journeys, site)
    assert not read and contents(site) == first
    draft.write_text(THIRD, encoding="utf-8")
    run(journeys, site)
    assert read == [str(draft)] and "journey/quit/index.html" in contents(site)


def test_a_page_that_somebody_changed_in_the_folder_is_made_again(
    journeys: Path, made: list[str], tmp_path: Path
) -> None:
    site = run(journeys, tmp_path / "site")
    first = contents(site)
    page = site / "journey/leak/index.html"
    page.write_bytes(page.read_bytes().replace(b"I report", b"You report"))
    elsewhere = tmp_path / "elsewhere.html"
    os.rename(site / "journey/move/index.html", elsewhere)  # noqa: PTH104
    (site / "journey/move/index.html").symlink_to(elsewhere)
    made.clear()
    run(journeys, site)
    assert sorted(made) == ["leak", "move"] and contents(site) == first
    assert elsewhere.read_bytes() == first["journey/move/index.html"]
    assert not (site / "journey/move/index.html").is_symlink()


def test_a_link_in_the_way_of_a_journey_is_named_and_left_alone(journeys: Path, tmp_path: Path) -> None:
    site = run(journeys, tmp_path / "site")
    os.rename(site / "journey/move", tmp_path / "elsewhere")  # noqa: PTH104
    (site / "journey/move").symlink_to(tmp_path / "elsewhere")
    before = contents(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="journey/move: is in the way"):
        run(journeys, site)
    assert contents(tmp_path / "elsewhere") == before and (site / "journey/move").is_symlink()


def test_a_title_of_another_journey_changes_the_pages_that_name_it(
    journeys: Path, made: list[str], tmp_path: Path
) -> None:
    site = run(journeys, tmp_path / "site")
    page = site / "journey/leak/index.html"
    inode = page.stat().st_ino
    made.clear()
    (journeys / "move.journey.yaml").write_text(OTHER.replace("I move", "We move"), encoding="utf-8")
    run(journeys, site)
    assert made == ["move"] and b"We move" in page.read_bytes() and page.stat().st_ino != inode
    assert contents(site) == contents(run(journeys, tmp_path / "fresh", cache=False))


def test_other_options_and_a_missing_site_take_nothing_over(journeys: Path, made: list[str], tmp_path: Path) -> None:
    site = run(journeys, tmp_path / "site")
    made.clear()
    run(journeys, tmp_path / "other")
    assert len(made) == 3
    made.clear()
    (journeys.parent / "maps/journeykit.toml").write_text('show = "info"\n', encoding="utf-8")
    run(journeys, site)
    assert len(made) == 3


def test_a_commit_makes_the_journeys_anew_that_it_changed(
    made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNEYKIT_CACHE_DIR", str(tmp_path / "cache"))
    folder = Folder(tmp_path / "repository")
    folder.write("leak.journey.yaml", BEFORE)
    folder.write("maps/move.journey.yaml", OTHER)
    folder.commit("The maps")
    site = tmp_path / "site"

    run(folder.root, site, history=True)
    assert sorted(made) == ["leak", "move"]
    made.clear()
    run(folder.root, site, history=True)
    assert made == []
    folder.write("other.txt", "Another file")
    folder.commit("Another file")
    run(folder.root, site, history=True)
    assert made == []
    folder.write("maps/move.journey.yaml", OTHER.replace("I pack", "I pack boxes"))
    folder.commit("Boxes")
    run(folder.root, site, history=True)
    assert made == ["move"]
    assert "Boxes" in (site / "journey/move/history/index.html").read_text(encoding="utf-8")
    made.clear()
    folder.git("mv", "maps/move.journey.yaml", "maps/moving.journey.yaml")
    folder.commit("A new name")
    run(folder.root, site, history=True)
    assert made == ["moving"]
    made.clear()
    folder.git("commit", "--amend", "-q", "-m", "A better name")
    run(folder.root, site, history=True)
    assert made == ["moving"]  # the commit that it was made at is no ancestor; that of the other one still is
    assert contents(site) == contents(run(folder.root, tmp_path / "fresh", cache=False, history=True))


def test_a_commit_counts_that_is_made_in_the_repository_of_the_files(
    made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNEYKIT_CACHE_DIR", str(tmp_path / "cache"))
    here, there = Folder(tmp_path / "here"), Folder(tmp_path / "there")
    here.write("readme.txt", "Another repository")
    here.commit("Another repository")
    there.write("leak.journey.yaml", BEFORE)
    there.commit("The map")
    monkeypatch.chdir(here.root)
    project = replace(Project.find(isolated=True), today=TODAY)
    options = options_from(project.settings, project.today, {})

    def site() -> str:
        build_site(project, Targets((there.root,)), options, tmp_path / "site")
        return (tmp_path / "site/about/index.html").read_text(encoding="utf-8")

    assert there.git("rev-parse", "HEAD").strip() in site() and made == ["leak"]
    site()
    assert made == ["leak"]
    there.write("leak.journey.yaml", BEFORE + "note: Written anew\n")
    there.commit("A note")
    there.write("leak.journey.yaml", BEFORE)
    there.git("commit", "-qam", "No note")
    assert there.git("rev-parse", "HEAD").strip() in site() and made == ["leak", "leak"]


def test_pages_of_compared_journeys_are_made_anew_where_a_file_changed(
    journeys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    real = building._compare_page

    def noted(*args: Any) -> tuple[str, bytes] | None:
        page = real(*args)
        names.extend([page[0].split("/")[1]] if page else [])
        return page

    monkeypatch.setattr(building, "_compare_page", noted)
    (journeys / "journeykit.toml").write_text(
        '[site]\ncompare = [["leak", "move"], ["move", "quit"], ["leak", "move", "quit"]]\n', encoding="utf-8"
    )
    site = run(journeys, tmp_path / "site")
    assert names == ["leak--move", "move--quit", "leak--move--quit"]
    names.clear()
    run(journeys, site)
    assert names == []
    (journeys / "quit.journey.yaml").write_text(THIRD.replace("I pack", "I pack boxes"), encoding="utf-8")
    page = site / "compare/leak--move/index.html"
    page.write_bytes(page.read_bytes() + b"<p>of somebody else</p>")
    run(journeys, site)
    assert names == ["leak--move", "move--quit", "leak--move--quit"]
    assert contents(site) == contents(run(journeys, tmp_path / "fresh", cache=False))


def test_a_change_that_only_the_page_of_its_journey_shows_makes_no_page_of_the_whole(
    journeys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = run(journeys, tmp_path / "site")
    before = times(site)
    made: list[str] = []

    def noted(*args: Any) -> Iterator[tuple[str, bytes]]:
        made.append("pages")
        return pages(*args)

    monkeypatch.setattr(building, "pages", noted)
    (journeys / "move.journey.yaml").write_text(OTHER + "# a remark\n", encoding="utf-8")
    run(journeys, site)
    now = times(site)
    assert not made and contents(site) == contents(run(journeys, tmp_path / "fresh", cache=False))
    assert {name for name in now if now[name] != before[name]} <= {
        name for name in now if name.startswith("journey/move/")
    }
    made.clear()
    (site / "weakest/index.html").write_text("somebody else's", encoding="utf-8")
    run(journeys, site)
    assert made == ["pages"] and contents(site) == contents(tmp_path / "fresh")


def test_a_page_of_the_same_size_and_time_is_seen_to_be_another(journeys: Path, tmp_path: Path) -> None:
    site = run(journeys, tmp_path / "site")
    first = contents(site)
    for name in ("journey/leak/index.html", "index.html", "about/index.html", "assets/site.css"):
        page = site / name
        status = page.stat()
        page.write_bytes(page.read_bytes()[::-1])
        os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    run(journeys, site)
    assert contents(site) == first


@pytest.mark.parametrize("seed", range(6))
def test_whatever_changes_the_site_is_as_one_made_from_nothing(journeys: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    site, settings = tmp_path / "site", journeys / "journeykit.toml"
    texts = [BEFORE, OTHER, THIRD, OTHER.replace("live", "draft"), THIRD + "id: leak\n", "title: [\n"]
    texts += [OTHER + "state: future\nid: leak-to-be\n", OTHER.replace("I unpack", "{title: I rest, satisfaction: 5}")]
    kinds = ["change", "remark", "add", "remove", "rename", "settings", "words", "by hand", "nothing"]
    for step in range(8):
        files = sorted(journeys.glob("*.journey.yaml"))
        one, kind = chance.choice(files), chance.choice(kinds)
        if kind == "change":
            one.write_text(chance.choice(texts), encoding="utf-8")
        elif kind == "remark":
            one.write_text(one.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
        elif kind == "add":
            (journeys / f"more-{step}.journey.yaml").write_text(chance.choice(texts), encoding="utf-8")
        elif kind == "remove" and len(files) > 1:
            one.unlink()
        elif kind == "rename":
            one.rename(journeys / f"named-{step}.journey.yaml")
        elif kind == "settings":
            named = ("", "[site]\ntitle = 'Care'\n", "[site]\ncompare = [['leak', 'move']]\n", "show = 'info'\n")
            settings.write_text(chance.choice(named), encoding="utf-8")
        elif kind == "words":
            settings.write_text(f"[personas.p]\nname = 'Pat {step}'\n", encoding="utf-8")
        elif kind == "by hand" and site.exists():
            chance.choice(sorted(site.rglob("*.html"))).write_text("somebody else's", encoding="utf-8")
        fresh = tmp_path / f"fresh-{step}"
        project = replace(Project.find(journeys), today=TODAY)
        for output, cache in ((site, True), (fresh, False)):
            options = options_from(project.settings, project.today, {"history": False})
            build_site(replace(project, cache=cache), Targets((journeys,), allow_empty=True), options, output)
        shown, expected = contents(site), contents(fresh)
        moved = {name for name in shown if name not in expected}
        assert all(b"http-equiv=refresh" in shown.pop(name) for name in moved)
        for each in (shown, expected):
            each.pop(".journeykit-site.json")
        assert shown == expected, (step, kind)


@pytest.mark.parametrize("since", ["", "HEAD~2"])
def test_git_is_asked_for_the_repository_once_and_for_each_history_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, since: str
) -> None:
    asked: list[tuple[str, ...]] = []
    real = git._run_git

    def noted(folder: Path, *args: str) -> object:
        asked.append(args)
        return real(folder, *args)

    monkeypatch.setattr(git, "_run_git", noted)
    numbers = []
    for count in (2, 6):
        folder = Folder(tmp_path / str(count))
        for turn in range(4):
            for number in range(count):
                folder.write(f"{number}.journey.yaml", f"{OTHER}id: m{number}  # {turn}\n")
            folder.commit()
        asked.clear()
        project = replace(Project.find(folder.root), today=TODAY, cache=False)
        options = options_from(project.settings, project.today, {"since": since} if since else {})
        assert not build_site(project, Targets((folder.root,)), options, tmp_path / f"site-{count}").status
        numbers.append(len(asked))
    each = 1 if not since else 5  # the log; of a revision also what it has and what is newer
    assert numbers[1] - numbers[0] <= 4 * each, asked
