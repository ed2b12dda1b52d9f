"""`journeykit history` in real repositories."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from journeykit.comparing.history import VersionScores, score_version
from journeykit.project import Workspace
from journeykit.project import history as project_history
from journeykit.project.history import TrackedFile, history_of
from tests.conftest import CommandLine
from tests.repositories import IDENTITY, Folder

NAME = "my.journey.yaml"


def text(*levels: float, more: str = "") -> str:
    touchpoints = "".join(f"- title: I do thing {n}\n  satisfaction: {level}\n" for n, level in enumerate(levels))
    return f"title: My way\npersona: Ann\ntouchpoints:\n{touchpoints}{more}"


@pytest.fixture
def repository(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> Folder:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    return Folder(cli.folder)


@pytest.fixture
def three(repository: Folder) -> Folder:
    for n, levels in enumerate([(0, 0), (1, 1), (1, 2)], 1):
        repository.write(NAME, text(*levels))
        repository.commit(f"version {n}")
    return repository


def told(cli: CommandLine, *args: str, name: str = NAME) -> dict[str, Any]:
    done = cli("history", name, "--output-format", "json", *args)
    assert done.status == 0, done.err
    (found,) = json.loads(done.out)["journeys"]
    assert isinstance(found, dict)
    return found


def column(found: dict[str, Any], key: str) -> list[Any]:
    return [version[key] for version in found["versions"]]


def test_a_row_for_each_commit_the_oldest_first(cli: CommandLine, three: Folder) -> None:
    found = told(cli)
    assert column(found, "subject") == ["version 1", "version 2", "version 3"]
    assert column(found, "score") == pytest.approx([50.0, 75.0, 88.75])
    assert column(found, "delta") == [None, pytest.approx(25.0), pytest.approx(13.75)]
    assert column(found, "commit")[-1] == three.git("rev-parse", "HEAD")
    assert column(found, "date")[0] == "2026-03-01T12:00:00+00:00"
    assert found["complete"] and not found["shallow"] and found["title"] == "My way"


def test_the_table_as_people_read_it(cli: CommandLine, three: Folder) -> None:
    done = cli("history", NAME)
    lines = done.out.splitlines()
    assert lines[0] == f"My way  ({NAME})"
    assert lines[2].split()[:5] == ["Date", "Commit", "Score", "ΔJ", "Mean"]
    assert lines[-2:] == ["", " Not shown for lack of room: Touchpoints."]
    assert lines[-3].split()[:4] == ["2026-03-01", three.git("rev-parse", "HEAD")[:10], "88.8", "+13.8"]
    assert "Note" not in done.out and done.err == ""


def test_csv_and_markdown(cli: CommandLine, three: Folder) -> None:
    rows = cli("history", NAME, "--output-format", "csv").out.splitlines()
    assert (
        rows[0]
        .replace('"', "")
        .startswith("file,date,commit,score,delta,mean,half_width,low_points,critical,peaks,touchpoints,subject")
    )
    assert len(rows) == 4 and rows[1].startswith(f'"{NAME}","2026-03-01T12:00:00+00:00",')
    page = cli("history", NAME, "--output-format", "markdown").out
    assert page.startswith("### My way") and page.count("\n| 2026-03-01 |") == 3
    assert f"| {three.git('rev-parse', 'HEAD')[:10]} |" in page


def test_what_is_not_committed_is_the_last_row(cli: CommandLine, three: Folder) -> None:
    three.write(NAME, text(-2, -2))
    found = told(cli)
    assert column(found, "commit")[-1] is None and column(found, "score")[-1] == 0
    assert column(found, "delta")[-1] == pytest.approx(-88.75)
    table, _, _ = cli("history", NAME).out.partition("\n\n Not shown")
    assert table.splitlines()[-1].split()[-2:] == ["not", "committed"]
    three.write(NAME, text(1, 2).replace("\n", "\r\n"))  # git would store the same
    assert len(told(cli)["versions"]) == 3


def test_renames_are_followed_and_told(cli: CommandLine, three: Folder) -> None:
    three.git("mv", NAME, "new name.journey.yaml")
    three.commit("renamed")
    found = told(cli, name="new name.journey.yaml")
    assert column(found, "renamed_from") == [None, None, None, NAME]
    assert column(found, "path") == [NAME, NAME, NAME, "new name.journey.yaml"]
    assert column(found, "delta")[-1] == 0
    assert f"was {NAME}" in cli("history", "new name.journey.yaml").out


def test_versions_that_are_no_journey_are_told_and_not_skipped(cli: CommandLine, three: Folder) -> None:
    three.write(NAME, text(2, 2, more="color: red\n"))
    three.commit("broken")
    three.write(NAME, text(2, 2))
    three.commit("mended")
    found = told(cli)
    assert column(found, "state") == ["journey"] * 3 + ["invalid", "journey"]
    assert found["versions"][3]["fault"] == 'unknown key "color"' and found["versions"][3]["line"] == 8
    assert found["versions"][3]["score"] is None
    assert found["versions"][4]["delta"] == pytest.approx(100 - 88.75)
    assert 'no journey: line 8: unknown key "color"' in " ".join(cli("history", NAME, "-o", "-").out.split())


def test_a_file_that_began_as_a_copy_begins_there(cli: CommandLine, three: Folder) -> None:
    three.write("to-be.journey.yaml", text(1, 2, more="# as it should be\n"))
    three.commit("a copy to work on")
    three.write("to-be.journey.yaml", text(2, 2))
    three.commit("better")
    assert column(told(cli, name="to-be.journey.yaml"), "subject") == ["a copy to work on", "better"]
    assert len(told(cli)["versions"]) == 3


def test_a_merge_is_one_version_and_each_came_from_the_one_before(cli: CommandLine, repository: Folder) -> None:
    repository.write(NAME, text(0, 0, 0, 0, 0, 0))
    repository.commit("first")
    repository.git("checkout", "-q", "-b", "topic")
    for level in (1, 2):
        repository.write(NAME, text(level, 0, 0, 0, 0, 0))
        repository.commit(f"topic {level}")
    repository.git("checkout", "-q", "main")
    repository.write(NAME, text(0, 0, 0, 0, 0, -2))
    repository.commit("on main")
    repository.git("merge", "-q", "--no-ff", "-m", "both", "topic")
    found = told(cli)
    assert column(found, "subject") == ["first", "on main", "both"]  # and nothing that is not committed
    scores = column(found, "score")
    assert scores[0] > scores[2] > scores[1]
    assert column(found, "delta")[1:] == pytest.approx([scores[1] - scores[0], scores[2] - scores[1]])
    assert column(told(cli, "--since", "topic"), "subject") == ["on main", "both"]


def test_a_deleted_file_has_its_history(cli: CommandLine, three: Folder) -> None:
    (three.root / NAME).unlink()
    found = told(cli)
    assert column(found, "state")[-1] == "deleted" and column(found, "commit")[-1] is None
    three.commit("away with it")
    found = told(cli)
    assert column(found, "state") == ["journey"] * 3 + ["deleted"]
    assert column(found, "subject")[-1] == "away with it"
    three.write(NAME, text(2, 2))
    assert column(told(cli), "state")[-2:] == ["deleted", "journey"]


def test_a_file_that_is_not_committed_yet(cli: CommandLine, three: Folder) -> None:
    three.write("fresh.journey.yaml", text(1, 1))
    done = cli("history", "fresh.journey.yaml")
    assert done.status == 0 and "75.0" in done.out
    assert done.err == "fresh.journey.yaml: not committed yet\n"


def test_a_repository_without_a_commit(cli: CommandLine, repository: Folder) -> None:
    repository.write(NAME, text(1, 1))
    done = cli("history", NAME)
    assert done.status == 0 and "75.0" in done.out and "not committed yet" in done.err


@pytest.mark.usefixtures("three")
def test_no_such_file_and_no_repository(cli: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> None:
    done = cli("history", "nowhere.yaml")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("journeykit: nowhere.yaml: no such file, and no commit has one\n")
    elsewhere = tmp_path_factory.mktemp("plain") / NAME
    elsewhere.write_text(text(1, 1), encoding="utf-8")
    done = cli("history", elsewhere)
    assert done.status == 2 and "is not in a git repository" in done.err


@pytest.mark.usefixtures("three")
def test_one_missing_file_does_not_stop_the_others(cli: CommandLine) -> None:
    done = cli("history", "nowhere.yaml", NAME)
    assert done.status == 2 and "My way" in done.out and "nowhere.yaml: no such file" in done.err


def test_several_files_and_folders_come_one_after_the_other(cli: CommandLine, three: Folder) -> None:
    three.write("sub/other.journey.yaml", text(0, 0).replace("My way", "Another"))
    three.commit("another")
    done = cli("history")
    assert done.status == 0 and done.out.index("My way") < done.out.index("Another")
    rows = cli("history", NAME, "sub", "--output-format", "csv").out.splitlines()
    assert [row.split(",")[0].strip('"') for row in rows] == ["file", *[NAME] * 3, "sub/other.journey.yaml"]


def test_standard_input_stands_for_the_working_folder(cli: CommandLine, three: Folder) -> None:
    def told(data: str) -> list[str]:
        done = cli("history", "-", "--stdin-filename", NAME, "--output-format", "csv", stdin=data.encode())
        assert done.status == 0 and cli.folder == three.root
        return [row.split(",")[3] for row in done.out.splitlines()[1:]]

    assert told(text(1, 2)) == ["50.0", "75.0", "88.75"]  # as the newest commit has it
    assert told(text(2, 2)) == ["50.0", "75.0", "88.75", "100.0"]


def test_a_detached_head_shows_what_led_there(cli: CommandLine, three: Folder) -> None:
    three.git("checkout", "-q", "HEAD~1")
    assert column(told(cli), "subject") == ["version 1", "version 2"]


def test_a_shallow_clone_says_that_its_history_ends_there(
    cli: CommandLine, three: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = three.root / "clone"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "2", f"file://{three.root}", str(clone)], check=True, capture_output=True
    )
    monkeypatch.chdir(clone)
    done = cli("history", NAME)
    assert done.status == 0 and len([line for line in done.out.splitlines() if "version" in line]) == 2
    assert "the clone is shallow, and its history ends there" in done.err
    found = told(cli)
    assert found["shallow"] and not found["complete"]


def test_a_bare_repository_has_no_working_folder(cli: CommandLine, three: Folder) -> None:
    bare = three.root.parent / f"{three.root.name}-bare"
    subprocess.run(["git", "clone", "-q", "--bare", str(three.root), str(bare)], check=True)
    done = cli("history", bare / NAME)
    assert done.status == 0 and "version 3" in done.out and "deleted" not in done.out


def test_a_folder_that_only_git_has_is_its_files(cli: CommandLine, repository: Folder) -> None:
    for n, level in enumerate((0, 1), 1):
        repository.write("maps/one.journey.yaml", text(0, level))
        repository.write("maps/deep/two.journey.yaml", text(level, 1))
        repository.commit(f"version {n}")
    bare = repository.root.parent / f"{repository.root.name}-bare"
    subprocess.run(["git", "clone", "-q", "--bare", str(repository.root), str(bare)], check=True)
    there = cli("history", "maps", "--output-format", "json").out
    for folder in (bare, bare / "maps"):
        done = cli("history", folder, "--output-format", "json")
        assert done.status == 0
        assert json.loads(done.out.replace(f"{bare}/", "")) == json.loads(there)
    shutil.rmtree(repository.root / "maps")
    gone = json.loads(cli("history", "maps", "--output-format", "json").out)["journeys"]
    assert [[one["state"] for one in found["versions"]] for found in gone] == [["journey", "journey", "deleted"]] * 2
    repository.commit("no maps")
    done = cli("history", "maps")
    assert (done.status, done.out) == (2, "")
    assert done.err == "journeykit: maps: a folder that is empty now\n  name a file\n"


@pytest.mark.usefixtures("three")
def test_a_limit_leaves_out_the_older_versions_and_says_so(cli: CommandLine) -> None:
    done = cli("history", NAME, "--limit", "2")
    assert "version 1" not in done.out and "version 2" in done.out
    assert done.err == f"{NAME}: older versions are left out; --limit 0 shows all\n"
    found = told(cli, "--limit", "2")
    assert not found["complete"] and column(found, "delta")[0] == pytest.approx(25.0)  # to one that is not shown
    assert cli("history", NAME, "--limit", "3").err == ""
    assert len(told(cli, "--limit", "0")["versions"]) == 3


def test_since_a_day_or_a_revision(cli: CommandLine, three: Folder) -> None:
    three.git("tag", "v1", "HEAD~1")
    found = told(cli, "--since", "v1")
    assert column(found, "subject") == ["version 3"] and column(found, "delta") == [pytest.approx(13.75)]
    assert "2 older versions are left out" in cli("history", NAME, "--since", "v1").err
    three.write(NAME, text(0, 0))
    for _ in range(20):
        three.commit("empty")
    assert column(told(cli, "--since", "2026-03-02"), "subject") == []
    three.write(NAME, text(2, 2))
    three.commit("next day")
    assert column(told(cli, "--since", "2026-03-02"), "subject") == ["next day"]
    done = cli("history", NAME, "--since", "no-such-tag")
    assert done.status == 2 and 'git knows no revision "no-such-tag" here' in done.err
    assert "--since takes a day as YYYY-MM-DD, or a revision" in done.err


def test_all_versions_are_scored_by_the_settings_of_the_newest(cli: CommandLine, repository: Folder) -> None:
    for levels, more in (((-2, 2, 2), ""), ((-2, 2, 1), "scoring:\n  profile: mean\n")):
        repository.write(NAME, text(*levels, more=more))
        repository.commit()
    assert column(told(cli), "score") == pytest.approx([200 / 3, 175 / 3])
    by_option = column(told(cli, "--profile", "peak-end"), "score")
    assert by_option == pytest.approx([75.0, 0.25 * 100 + 0.5 * 75])


def test_a_hostile_subject_and_title_move_no_cursor(cli: CommandLine, repository: Folder) -> None:
    repository.write(NAME, text(1, 1).replace("My way", '"[red]T\\e[31m"'))
    repository.commit("[bold]x\x1b[2J <b>@team</b>")
    for form in ("full", "csv", "markdown", "json"):
        assert "\x1b" not in cli("history", NAME, "--output-format", form).out
    assert "[bold]x" in cli("history", NAME).out


# What is remembered


def scored(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The texts that are scored from now on."""
    found: list[bytes] = []

    def noted(data: bytes, *how: Any) -> VersionScores:
        found.append(data)
        return score_version(data, *how)

    monkeypatch.setattr(project_history, "score_version", noted)
    return found


def test_a_text_is_scored_once(cli: CommandLine, three: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    three.write(NAME, text(0, 0))
    three.commit("as at first")
    found = scored(monkeypatch)
    first = told(cli)
    assert len(found) == 3  # of four versions two are equal
    assert told(cli) == first and len(found) == 3
    assert told(cli, "--no-cache") == first and len(found) == 6
    told(cli, "--profile", "mean")
    assert len(found) == 9
    three.write(NAME, text(2, 2))
    three.commit("one more")
    told(cli)
    assert len(found) == 10


@pytest.mark.usefixtures("three")
def test_nothing_is_kept_where_that_is_not_wanted(cli: CommandLine) -> None:
    told(cli, "--no-cache")
    assert not list(Path(os.environ["XDG_CACHE_HOME"]).rglob("*.json"))
    told(cli)
    assert len(list(Path(os.environ["XDG_CACHE_HOME"]).rglob("*.json"))) == 1


@pytest.mark.usefixtures("three")
def test_a_broken_cache_hurts_nobody(cli: CommandLine) -> None:
    first = told(cli)
    (kept,) = Path(os.environ["XDG_CACHE_HOME"]).rglob("*.json")
    kept.write_bytes(kept.read_bytes()[:-9])
    assert told(cli) == first
    kept.unlink()
    kept.mkdir()
    assert told(cli) == first


def test_many_versions_shared_out_over_the_cores_give_what_one_gives(
    repository: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = []
    for n in range(150):
        data = text(n % 5 - 2, (n // 5) % 5 - 2, more=f"# {n}\n").encode()
        lines.append(
            b"commit refs/heads/main\ncommitter A <a@example.org> %d +0000\ndata 1\nx\n" % (1_700_000_000 + n * 3600)
            + b"M 100644 inline my.journey.yaml\ndata %d\n%s\n" % (len(data), data)
        )
    subprocess.run(["git", "-C", str(repository.root), "fast-import", "--quiet"], input=b"".join(lines), check=True)
    repository.git("reset", "-q", "--hard")
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    many = history_of(Workspace(cache=False), TrackedFile(repository.root / NAME))
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert many == history_of(Workspace(cache=False), TrackedFile(repository.root / NAME))
    assert len(many.versions) == 150 and len({version.score for version in many.versions}) > 20


# The chart


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_the_chart_goes_to_a_file(cli: CommandLine, three: Folder, ending: str) -> None:
    done = cli("history", NAME, "--chart", f"new/h.{ending}")
    assert done.status == 0 and "My way" in done.out
    assert done.err == f"Wrote new/h.{ending}.\n"
    assert (three.root / "new" / f"h.{ending}").stat().st_size > 1000


def test_a_chart_that_cannot_be_is_told(cli: CommandLine, three: Folder) -> None:
    three.write("b.journey.yaml", text(1, 1))
    three.commit()
    for args, said in (
        ([NAME, "--chart", "h.txt"], "h.txt is no picture"),
        ([NAME, "b.journey.yaml", "--chart", "h.svg"], "h.svg can hold one history only"),
        ([NAME, "--chart", "h.svg", "--theme", "drak"], "there is no theme"),
    ):
        done = cli("history", *args)
        assert done.status == 2 and said in done.err
    (three.root / NAME).unlink()
    three.write("c.journey.yaml", "nothing: here\n")
    three.commit()
    done = cli("history", "c.journey.yaml", "--chart", "h.svg")
    assert done.status == 2 and "there is no score to draw" in done.err
