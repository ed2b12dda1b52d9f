"""The folder of a site is written whole or not at all, and nothing in it that is somebody else's is touched."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from journeykit.errors import UsageError
from journeykit.site.folder import MANIFEST, read_manifest, site_folder, write_manifest
from tests.conftest import CommandLine


def write(output: Path, *names: str) -> None:
    with site_folder(output) as folder:
        for name in names:
            folder.write(name, name.encode())
        write_manifest(folder, {}, {})


def names(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if not one.is_dir()}


def beside(output: Path) -> list[str]:
    return sorted(one.name for one in output.parent.iterdir())


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    output = tmp_path / "deep" / "site"
    write(output, "index.html", "old/page/index.html")
    write(output, "index.html", "new/index.html")
    assert names(output) == {MANIFEST, "index.html", "new/index.html"}
    assert not (output / "old").exists() and beside(output) == ["site"]


def test_files_that_are_not_of_the_site_stay(tmp_path: Path) -> None:
    output = tmp_path / "site"
    write(output, "index.html", "old/index.html")
    (output / "CNAME").write_text("example.org", encoding="utf-8")
    (output / "old" / "notes.txt").write_text("mine", encoding="utf-8")
    (output / "empty").mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "index.html").write_text("theirs", encoding="utf-8")
    (output / "linked").symlink_to(elsewhere)
    write(output, "index.html")
    assert (output / "CNAME").read_text(encoding="utf-8") == "example.org"
    assert (output / "old" / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (output / "empty").is_dir() and (output / "linked").is_symlink()
    assert (elsewhere / "index.html").read_text(encoding="utf-8") == "theirs"


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    output = tmp_path / "site"
    output.mkdir()
    (output / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="no site of journeykit"):
        write(output, "index.html")
    assert names(output) == {"thesis.txt"} and beside(output) == ["site"]
    with pytest.raises(UsageError, match="is no folder"):
        write(output / "thesis.txt", "index.html")


def test_a_file_in_the_way_of_a_page_stops_the_build(tmp_path: Path) -> None:
    output = tmp_path / "site"
    write(output, "index.html")
    (output / "mine").mkdir()
    (output / "mine" / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine/index\.html: is in the way"):
        write(output, "index.html", "mine/index.html")
    assert (output / "mine" / "index.html").read_text(encoding="utf-8") == "mine"


def test_a_build_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    output = tmp_path / "site"
    write(output, "index.html", "page.html")
    with pytest.raises(RuntimeError), site_folder(output) as folder:
        folder.write("index.html", b"half")
        raise RuntimeError
    assert (output / "index.html").read_bytes() == b"index.html" and beside(output) == ["site"]


@pytest.mark.parametrize(
    "name", ["../thesis.txt", "/etc/hosts", "a/../../thesis.txt", "..\\thesis.txt", "C:/x", "a//b", ""]
)
def test_a_manifest_names_nothing_outside(tmp_path: Path, name: str) -> None:
    output = tmp_path / "site"
    write(output, "index.html")
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    data = json.loads((output / MANIFEST).read_text(encoding="utf-8"))
    data["files"].append(name)
    data["journeys"]["x.yaml"] = name
    (output / MANIFEST).write_text(json.dumps(data), encoding="utf-8")
    manifest = read_manifest(output)
    assert manifest is not None and name not in manifest.files and not manifest.journeys
    write(output, "index.html")
    assert (tmp_path / "thesis.txt").exists()


def test_nothing_is_removed_through_a_link(tmp_path: Path) -> None:
    """A folder of the site that became a link to another folder is moved as it is."""
    output, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    write(output, "index.html", "pages/one.html")
    elsewhere.mkdir()
    (elsewhere / "one.html").write_text("theirs", encoding="utf-8")
    os.unlink(output / "pages/one.html")  # noqa: PTH108
    (output / "pages").rmdir()
    (output / "pages").symlink_to(elsewhere)
    write(output, "index.html")
    assert (elsewhere / "one.html").read_text(encoding="utf-8") == "theirs"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"files": 3}', '{"files": [], "journeys": [], "redirects": {}}', "\xff"]
)
def test_a_manifest_that_is_damaged_is_none(tmp_path: Path, text: str) -> None:
    output = tmp_path / "site"
    output.mkdir()
    (output / MANIFEST).write_text(text, encoding="latin-1")
    assert read_manifest(output) is None
    with pytest.raises(UsageError, match="no site of journeykit"):
        write(output, "index.html")


def test_the_command(cli: CommandLine) -> None:
    file = cli.folder / "a.journey.yaml"
    file.write_text("title: T\npersona: P\ntouchpoints: [one, two]\n", encoding="utf-8")
    (cli.folder / "b.journey.yaml").write_text("title: [\n", encoding="utf-8")
    done = cli("site", "-o", "out", "--title", "Help desk", "--isolated")
    assert done.status == 1 and "Wrote 1 journey to out/index.html." in done.err and "b.journey.yaml:1" in done.err
    assert "<title>Help desk</title>" in (cli.folder / "out/index.html").read_text(encoding="utf-8")
    assert "b.journey.yaml, line 1" in (cli.folder / "out/findings/index.html").read_text(encoding="utf-8")
    again = cli("site", "-o", "out", "--isolated")
    assert again.status == 1 and "Wrote 1 journey" in again.err
    for arguments, message in (
        (("--include", "secrets"), '"secrets" cannot be included'),
        (("--charts", "map,kurve"), '"kurve" is no chart of a site'),
        (("--format", "gif"), '"gif" is no format'),
        (("--lang", "fr"), '"fr" is no language'),
    ):
        refused = cli("site", "-o", "out", *arguments)
        assert refused.status == 2 and message in refused.err


def test_what_does_not_exist_is_named(cli: CommandLine) -> None:
    missing = cli("site", "nothing", "-o", "out", "--isolated")
    assert (missing.status, missing.err) == (2, "journeykit: nothing: no such file or folder\n")
    (cli.folder / "a.journey.yaml").write_text("title: T\npersona: P\ntouchpoints: [one, two]\n", encoding="utf-8")
    (cli.folder / "journeykit.toml").write_text('[site]\ncompare = [["a", "b"], ["b", "c"]]\n', encoding="utf-8")
    half = cli("site", "a.journey.yaml", "nothing", "-o", "out")
    assert half.status == 2 and half.err.count("nothing: no such file or folder") == 1
    assert "compare names journeys that the site does not have: b, c\n" in half.err
    past = cli("site", "a.journey.yaml", "-o", "out", "--since", "last-week")
    assert past.status == 2 and "git repository" in past.err
    assert cli("site", "a.journey.yaml", "-o", "out", "--since", "last-week", "--no-history").status == 0


def test_charts_that_are_not_wanted_have_no_page_no_link_and_no_file(cli: CommandLine) -> None:
    (cli.folder / "a.journey.yaml").write_text(
        "title: T\npersona: P\ntouchpoints:\n"
        "  - {title: one, at: 2026-01-01, frontstage: [{team: Agents}]}\n  - {title: two, at: 2026-01-02}\n",
        encoding="utf-8",
    )
    own = cli.folder / "site/journey/a"
    pages, files = {"blueprint/index.html", "time/index.html"}, {"a-curve.svg"}
    settings = cli.folder / "journeykit.toml"

    def built(*arguments: str) -> tuple[set[str], str]:
        assert cli("site", *arguments).status == 0
        return names(own), (own / "index.html").read_text(encoding="utf-8")

    everything, page = built()
    assert pages | files <= everything and "href=blueprint/" in page and "href=a-curve.svg" in page
    for words, without in (
        ("map", pages | files), ("map,curve", pages), ("curve", pages), ("time,blueprint", files),
    ):  # fmt: skip
        left, page = built("--charts", words)
        assert everything - left == without, words
        assert [f"href={name.removesuffix('index.html')}" in page for name in sorted(without)] == [False] * len(without)
        assert "<svg" in page
    settings.write_text('[site]\ncharts = ["map"]\n', encoding="utf-8")
    assert everything - built()[0] == pages | files
    assert built("--charts", "map,curve,blueprint,time")[0] == everything
    assert cli("site", "--single-file").status == 0
    packed = (cli.folder / "site.html").read_text(encoding="utf-8")
    assert "journey/a/" in packed and "journey/a/blueprint/" not in packed and "journey/a/time/" not in packed


def test_settings_of_the_site(cli: CommandLine) -> None:
    (cli.folder / "a.journey.yaml").write_text("title: T\npersona: P\ntouchpoints: [one, two]\n", encoding="utf-8")
    settings = cli.folder / "journeykit.toml"
    settings.write_text('[site]\ntitle = "Care"\nedit-url = "https://example.org/edit/{file}"\n', encoding="utf-8")
    assert cli("site").status == 0
    page = (cli.folder / "site/journey/a/index.html").read_text(encoding="utf-8")
    assert "<title>T · Care</title>" in page and "href=https://example.org/edit/a.journey.yaml" in page
    for text, message in (
        ("titel = 'x'", 'unknown key "titel"'),
        ("charts = 'map'", "site.charts must be a list of texts"),
        ("title = 3", "site.title must be text, not 3"),
        ("compare = ['a']", "site.compare must be a list of groups of two to six ids, not a list"),
    ):
        settings.write_text(f"[site]\n{text}\n", encoding="utf-8")
        refused = cli("site")
        assert refused.status == 2 and message in refused.err, refused.err


def test_what_did_not_change_is_not_touched(tmp_path: Path) -> None:
    output = tmp_path / "site"
    write(output, "index.html", "page/index.html")
    before = (output / "page/index.html").stat()
    write(output, "index.html", "page/index.html", "new/index.html")
    now = (output / "page/index.html").stat()
    assert (before.st_ino, before.st_ctime_ns) == (now.st_ino, now.st_ctime_ns)
    assert names(output) == {MANIFEST, "index.html", "page/index.html", "new/index.html"} and beside(output) == ["site"]


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize("last", range(7))
def test_moving_that_fails_is_undone(tmp_path: Path, last: int, linked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five files take their places (two are new, one is a manifest of both), one is removed."""
    output = tmp_path / "site"
    write(output, "a.html", "b.html", "old/c.html")
    (output / "a.html").write_bytes(b"by hand")
    (output / "b.html").write_bytes(b"by hand, too")
    before = {name: (output / name).read_bytes() for name in names(output)}
    moved = 0

    def failing(real: Callable[..., None]) -> Callable[..., None]:
        def move(*given: Path) -> None:
            nonlocal moved
            moved += 1
            if moved == last + 1:
                raise PermissionError(13, "Permission denied")
            real(*given)

        return move

    def no_links(*_: Path, follow_symlinks: bool) -> None:
        raise OSError(95, f"Not supported: {follow_symlinks}")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", failing(os.replace))
        patched.setattr(os, "rename", failing(os.rename))
        if not linked:
            patched.setattr(os, "link", no_links)
        with pytest.raises(UsageError, match="cannot be written: Permission denied"):
            write(output, "a.html", "b.html", "new/c.html", "new/d.html")
    assert {name: (output / name).read_bytes() for name in names(output)} == before
    assert not (output / "new").exists() and beside(output) == ["site"]


def test_a_build_that_was_broken_off_is_mended_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "site"
    write(output, "a.html", "old.html")
    real = os.replace
    moved: list[Path] = []

    def broken_off(source: Path, place: Path) -> None:
        if len(moved) == 2:
            os._exit(9)
        moved.append(place)
        real(source, place)

    if not (child := os.fork()):
        monkeypatch.setattr(os, "replace", broken_off)
        write(output, "a.html", "b.html", "c.html")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert names(output) == {MANIFEST, "a.html", "b.html", "old.html"}
    write(output, "a.html", "c.html")
    assert names(output) == {MANIFEST, "a.html", "c.html"}
