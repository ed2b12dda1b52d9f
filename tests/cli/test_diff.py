"""diff: which two versions are compared, the output, and the gates."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EXAMPLES, CommandLine
from tests.repositories import IDENTITY, Folder

BEFORE = """\
id: parcel
title: My parcel comes back
persona: Ana
stages:
  - id: send
    name: I send it back
    touchpoints:
      - {id: form, title: I fill in the return form, channel: web, feeling: calm}
      - {id: drop, title: I drop it at the shop, channel: store, feeling: satisfied}
      - {id: label, title: I print a label, channel: web, feeling: annoyed}
  - id: wait
    name: I wait
    touchpoints:
      - {id: silence, title: I hear nothing, wait: 25min, channel: phone, feeling: annoyed, satisfaction: -1.5,
         why: Nobody owns returns}
      - {id: asked, title: I am asked, channel: email, measured: {mean: 1, sd: 0.8, n: 60}}
      - {id: again, title: I am asked again, channel: email, measured: {mean: 0.5, sd: 0.8, n: 4}}
      - {id: money, title: My money is there, channel: app, feeling: relieved}
kpis:
  - {id: happy, kind: csat, value: 70%, n: 100}
  - {id: loyal, kind: nps, promoters: 40, passives: 30, detractors: 30}
  - {id: few, kind: fcr, value: 50%, n: 4}
  - {id: speed, kind: response_time, median: 4h, n: 20}
"""
AFTER = (
    BEFORE.replace("      - {id: label, title: I print a label, channel: web, feeling: annoyed}\n", "")
    .replace("wait: 25min, channel: phone, feeling: annoyed, satisfaction: -1.5,", "wait: 5min, channel: chat,\n"
             "         feeling: relieved,")
    .replace("Nobody owns returns", "A team owns returns")
    .replace("mean: 1, sd: 0.8, n: 60", "mean: 1.6, sd: 0.6, n: 70")
    .replace("title: I drop it at the shop", "title: I drop it at a locker")
    .replace("      - {id: money", "      - {id: thanks, title: They say sorry with a bill, channel: email,\n"
             "         feeling: angry}\n"
             "      - {id: money")
    .replace("value: 70%, n: 100", "value: 85%, n: 100").replace("promoters: 40", "promoters: 44")
    .replace("value: 50%, n: 4", "value: 75%, n: 4").replace("median: 4h", "median: 1h")
)  # fmt: skip
BAD = "title: T\npersona: P\ntouchpoints:\n  - a: hapy\n  - b: calm\n"
CALM = "title: {title}\npersona: P\ntouchpoints:\n  - I call {title}: calm\n  - They answer {title}: happy\n"
HOSTILE = (
    BEFORE.replace("My parcel comes back", '"@ann #12 </summary><b> | https://evil.example [x](y)"')
    .replace("I hear nothing", '"@org/team `x` <img src=x> | *a* \\e[2J [red]"')
)  # fmt: skip


@pytest.fixture(autouse=True)
def nobodys_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def two(cli: CommandLine) -> CommandLine:
    cli.write("old.journey.yaml", BEFORE)
    cli.write("new.journey.yaml", AFTER)
    return cli


@pytest.fixture
def repository(cli: CommandLine) -> Folder:
    """A repository with one journey, in the working folder of the command line."""
    made = Folder(cli.folder)
    made.write("journeys/parcel.yaml", BEFORE)
    made.commit("first")
    return made


def data(cli: CommandLine, *args: str, status: int = 0) -> dict[str, Any]:
    done = cli("diff", *args, "--output-format", "json")
    assert done.status == status, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def files(found: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    """The status of each journey, with its file in both versions."""
    return [
        (one["status"], one["old"] and one["old"]["file"], one["new"] and one["new"]["file"])
        for one in found["journeys"]
    ]


# What is told


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_text_is_as_it_was(
    two: CommandLine, monkeypatch: pytest.MonkeyPatch, snapshot: Callable[[str, str], None], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = two("diff", "old.journey.yaml", "new.journey.yaml").out
    snapshot(f"diff-{columns}.txt", out)
    assert max(map(len, out.splitlines())) <= columns
    assert not any(line != line.rstrip() for line in out.splitlines())


@pytest.mark.parametrize("form", ["csv", "markdown", "json"])
def test_data_is_as_it_was(two: CommandLine, snapshot: Callable[[str, str], None], form: str) -> None:
    snapshot(f"diff-{form}.txt", two("diff", "old.journey.yaml", "new.journey.yaml", "--output-format", form).out)


def test_several_journeys_as_a_comment(cli: CommandLine, snapshot: Callable[[str, str], None]) -> None:
    made = Folder(cli.folder)
    for name, text in {"a": BEFORE, "gone": CALM.format(title="gone"), "same": CALM.format(title="same"),
                       "bad": BAD}.items():  # fmt: skip
        made.write(f"journeys/{name}.yaml", text)
    made.commit()
    (cli.folder / "journeys/gone.yaml").unlink()
    for name, text in {"a": AFTER, "come": BEFORE.replace("id: parcel", "id: come"),
                       "bad": CALM.format(title="bad")}.items():  # fmt: skip
        made.write(f"journeys/{name}.yaml", text)
    done = cli("diff", "HEAD", "--output-format", "markdown")
    snapshot("diff-several-markdown.txt", done.out)
    snapshot("diff-several.txt", cli("diff", "HEAD").out)
    assert done.status == 0  # nobody can mend what was wrong in the old version


def test_what_changed_is_told_in_words(two: CommandLine) -> None:
    out = re.sub(r"\s+", " ", two("diff", "old.journey.yaml", "new.journey.yaml", "--output-format", "csv").out)
    for words in ("feeling annoyed → relieved", "wait 25min → 5min", "channel Phone → Chat",
                  "cause “Nobody owns returns” → “A team owns returns”", "was “I drop it at the shop”",
                  "satisfaction -1.5 of 2 → none"):  # fmt: skip
        assert words in out, words


def test_the_data_is_the_contract(two: CommandLine) -> None:
    found = data(two, "old.journey.yaml", "new.journey.yaml")
    assert list(found) == ["version", "old", "new", "unchanged", "not_journeys", "journeys"]
    assert (found["version"], found["unchanged"], found["not_journeys"]) == (1, 0, [])
    (one,) = found["journeys"]
    assert list(one) == [
        "status", "old", "new", "delta", "half_width", "verdict", "beyond_uncertainty", "settings", "own_settings",
        "touchpoints", "parts", "low_points", "effort", "surveys", "kpis",
    ]  # fmt: skip
    assert one["delta"] == pytest.approx(one["new"]["score"] - one["old"]["score"])
    points = {(point["new"] or point["old"])["id"]: point for point in one["touchpoints"]}
    assert {id: point["change"] for id, point in points.items()} == {
        "form": "same", "drop": "changed", "label": "removed", "silence": "changed", "asked": "changed",
        "again": "same", "thanks": "added", "money": "same",
    }  # fmt: skip
    assert points["drop"]["renamed"] is True
    assert points["silence"]["delta"] == points["silence"]["new"]["score"] - points["silence"]["old"]["score"]
    assert {"key": "wait", "old": "25min", "new": "5min"} in points["silence"]["changes"]
    fates = {(low["new"] or low["old"])["id"]: low["fate"] for low in one["low_points"]}
    assert (fates["silence"], fates["thanks"]) == ("resolved", "new")
    assert one["effort"]["waiting"] == {"old": 1500, "new": 300}


def test_surveys_and_kpis_say_whether_a_change_is_more_than_chance(two: CommandLine) -> None:
    from scipy.stats import ttest_ind_from_stats

    (one,) = data(two, "old.journey.yaml", "new.journey.yaml")["journeys"]
    (survey,) = one["surveys"]  # what was not measured anew is no comparison
    assert (survey["id"], survey["old"], survey["new"], survey["old_n"]) == ("asked", 75, 90, 60)
    alone = ttest_ind_from_stats(1.6, 0.6, 70, 1, 0.8, 60, equal_var=False).pvalue
    assert survey["p"] == pytest.approx(3 * alone)  # of three comparisons
    assert survey["more_than_chance"] is True
    kpis = {kpi["new"]["id"]: kpi for kpi in one["kpis"]}
    assert kpis["happy"]["delta"] == pytest.approx(0.15)
    assert kpis["happy"]["more_than_chance"] is True
    assert kpis["loyal"]["more_than_chance"] is False
    assert kpis["speed"]["delta"] == -3 * 3600
    assert (kpis["speed"]["interval"], kpis["speed"]["low_base"]) == (None, True)
    assert (kpis["few"]["delta"], kpis["few"]["old"]["value"]) == (None, None)


def test_few_answers_are_not_shown(cli: CommandLine) -> None:
    cli.write("old.yaml", BEFORE)
    cli.write("new.yaml", BEFORE.replace("mean: 0.5, sd: 0.8, n: 4", "mean: 1.25, sd: 0.7, n: 40"))
    (survey,) = data(cli, "old.yaml", "new.yaml")["journeys"][0]["surveys"]
    assert (survey["old"], survey["new"], survey["delta"], survey["p"]) == (None, 81.25, None, None)
    for form in ("full", "markdown"):
        out = cli("diff", "old.yaml", "new.yaml", "--output-format", form).out
        assert "fewer than 5 answers" in re.sub(r"\s+", " ", out)
        assert "0.50 of" not in out


def test_as_it_is_against_as_it_is_to_be(cli: CommandLine) -> None:
    for name in ("my-new-job", "my-new-job-to-be"):
        shutil.copy(EXAMPLES / f"{name}.journey.yaml", cli.folder)
    done = cli("diff", "my-new-job.journey.yaml", "my-new-job-to-be.journey.yaml")
    assert (done.status, "state: current → future" in done.out) == (0, True)
    assert "as intended, not measured" in done.out


@pytest.mark.parametrize("form", ["full", "markdown", "csv"])
def test_text_of_users_is_text(cli: CommandLine, form: str) -> None:
    cli.write("old.yaml", HOSTILE)
    cli.write("new.yaml", HOSTILE.replace("wait: 25min", "wait: 5min").replace("My money is there", "'@me'"))
    out = cli("diff", "old.yaml", "new.yaml", "--output-format", form).out
    assert "\x1b" not in out
    if form == "markdown":
        from markdown_it import MarkdownIt

        html = MarkdownIt("commonmark", {"html": True}).enable("table").render(out)
        assert not re.search(r"<(b|img|em|code|a)\b", html), html
        assert html.count("<details>") == html.count("</details>") == html.count("</summary>") == 1
        assert not re.search(r"@\w|#\d|://", unescape(html))


def test_color_changes_no_letter(two: CommandLine) -> None:
    painted = two("diff", "old.journey.yaml", "new.journey.yaml", "--color", "always").out
    assert "\x1b[32m" in painted
    assert re.sub(r" *\n", "\n", re.sub(r"\x1b\[[0-9;]*m", "", painted)) == two(
        "diff", "old.journey.yaml", "new.journey.yaml"
    ).out  # fmt: skip


def test_a_comment_stays_below_what_services_take(cli: CommandLine) -> None:
    made = Folder(cli.folder)
    for change in ("calm", "happy"):
        for n in range(40):
            points = "".join(f"  - I call for the time number {m} about thing {n}: {change}\n" for m in range(60))
            made.write(f"journeys/j{n}.yaml", f"title: Journey {n}\npersona: P\ntouchpoints:\n{points}")
        made.commit(change)
    out = cli("diff", "HEAD~1..HEAD", "--output-format", "markdown").out
    assert 30_000 < len(out) < 65_536
    assert re.search(r"The details of \d+ journeys are too long for a comment", out)
    assert all(f"| Journey {n} |" in out for n in range(40))


def test_a_comment_on_very_many_journeys_tells_of_those_that_change_most(cli: CommandLine) -> None:
    made = Folder(cli.folder)
    texts = [CALM.format(title="x").replace("x\n", f"number {n} {'word ' * 300}\n", 1) for n in range(250)]
    for n, text in enumerate(texts):
        made.write(f"journeys/j{n}.yaml", text)
    made.commit()
    for n, text in enumerate(texts):
        made.write(f"journeys/j{n}.yaml", text.replace("calm", "furious" if n % 5 == 0 else "content"))
    out = cli("diff", "--output-format", "markdown").out
    assert len(out) < 65_536
    assert "These are the 100 whose scores differ most." in out
    assert all(f"| number {n} word" in out for n in range(0, 250, 5))
    assert "250 journeys changed" in out


# How it is scored


def test_both_versions_are_scored_as_the_new_one_asks_for(cli: CommandLine) -> None:
    cli.write("old.yaml", BEFORE)
    cli.write("new.yaml", BEFORE + "scoring: {profile: mean, pain: 20}\n")
    (one,) = data(cli, "old.yaml", "new.yaml")["journeys"]
    assert one["delta"] == 0
    assert one["old"]["score"] == pytest.approx(one["old"]["mean"])
    assert (one["settings"]["profile"], one["own_settings"]["profile"]) == ("mean", "balanced")
    out = cli("diff", "old.yaml", "new.yaml").out
    assert "scoring changed (profile balanced → mean, pain 40 → 20)" in out
    told = data(cli, "old.yaml", "new.yaml", "--profile", "peak-end")["journeys"][0]
    assert (told["settings"]["profile"], told["own_settings"]["profile"]) == ("peak-end", "peak-end")  # pain differs


def test_the_settings_of_the_repository_count(two: CommandLine) -> None:
    two.write("journeykit.toml", 'profile = "mean"\n')
    (one,) = data(two, "old.journey.yaml", "new.journey.yaml")["journeys"]
    assert one["settings"]["profile"] == "mean"
    (alone,) = data(two, "old.journey.yaml", "new.journey.yaml", "--isolated")["journeys"]
    assert alone["settings"]["profile"] == "balanced"
    (stated,) = data(two, "old.journey.yaml", "new.journey.yaml", "--source", "stated")["journeys"]
    assert stated["new"]["coverage"] < one["new"]["coverage"]


# Which versions


def test_revisions_as_git_has_them(cli: CommandLine, repository: Folder) -> None:
    repository.git("checkout", "-q", "-b", "topic")
    repository.write("journeys/parcel.yaml", AFTER)
    repository.commit("topic")
    repository.git("checkout", "-q", "main")
    repository.write("journeys/other.yaml", CALM.format(title="other"))
    repository.commit("main goes on")
    repository.write("journeys/parcel.yaml", BEFORE.replace("feeling: calm", "feeling: angry"))
    path = "journeys/parcel.yaml"
    changed = ("changed", path, path)
    assert files(data(cli)) == [changed]
    assert files(data(cli, "HEAD")) == [changed]
    assert data(cli)["new"] == "working folder"
    assert files(data(cli, "main..topic")) == [("removed", "journeys/other.yaml", None), changed]
    assert files(data(cli, "main...topic")) == [changed]
    assert files(data(cli, "..topic", "journeys/other.yaml")) == [("removed", "journeys/other.yaml", None)]
    assert data(cli, "topic..")["new"] == "HEAD"
    assert files(data(cli, "HEAD~1")) == [("added", None, "journeys/other.yaml"), changed]
    assert data(cli, "HEAD..HEAD")["unchanged"] == 2
    assert files(data(cli, "topic", path)) == [changed]


def test_a_path_alone_stands_for_the_last_commit(cli: CommandLine, repository: Folder) -> None:
    repository.write("journeys/parcel.yaml", AFTER)
    for path in ("journeys", "journeys/parcel.yaml", "./journeys"):
        assert len(files(data(cli, path))) == 1


def test_what_is_both_a_file_and_a_revision(cli: CommandLine, repository: Folder) -> None:
    repository.write("main", AFTER)
    repository.write("HEAD~0", BEFORE)
    found = data(cli, "HEAD~0", "main")
    assert (found["old"], found["new"]) == ("HEAD~0", "main")
    assert files(found) == [("changed", "HEAD~0", "main")]
    assert data(cli, "main")["new"] == "working folder"
    assert files(data(cli, "./main")) == [("added", None, "main")]


def test_standard_input_is_a_file(two: CommandLine) -> None:
    done = two("diff", "-", "new.journey.yaml", "--stdin-filename", "maps/a.yaml", "--output-format", "json",
               stdin=BEFORE.encode())  # fmt: skip
    assert files(json.loads(done.out)) == [("changed", "maps/a.yaml", "new.journey.yaml")]
    assert two("diff", "-", "-").status == 2


def test_a_renamed_file_is_the_same_journey(cli: CommandLine, repository: Folder) -> None:
    repository.write("journeys/second.yaml", CALM.format(title="second"))
    repository.commit()
    repository.git("mv", "journeys/parcel.yaml", "journeys/return.yaml")
    repository.write("journeys/return.yaml", AFTER)
    repository.git("mv", "journeys/second.yaml", "journeys/zweite.yaml")
    repository.write("journeys/zweite.yaml", CALM.format(title="second").replace("calm", "angry"))
    assert files(data(cli)) == [
        ("changed", "journeys/parcel.yaml", "journeys/return.yaml"),
        ("changed", "journeys/second.yaml", "journeys/zweite.yaml"),
    ]
    assert "parcel.yaml → journeys/return.yaml" in cli("diff").out


def test_a_journey_of_nothing_alike_was_added(cli: CommandLine, repository: Folder) -> None:
    (cli.folder / "journeys/parcel.yaml").unlink()
    repository.write("journeys/new.yaml", CALM.format(title="else"))
    assert files(data(cli)) == [("added", None, "journeys/new.yaml"), ("removed", "journeys/parcel.yaml", None)]


def test_the_same_patterns_find_journeys_in_both_versions(cli: CommandLine, repository: Folder) -> None:
    for name in (
        "notes.yaml",
        "journeys/build/x.yaml",
        "journeys/.hidden/y.yaml",
        "journeys/forced.yaml",
        "a.journey.yaml",
    ):
        repository.write(name, CALM.format(title=name))
    repository.write(".gitignore", "forced.yaml\n")
    repository.git("add", "-f", "journeys/forced.yaml")
    repository.commit()
    for name in (
        "notes.yaml",
        "journeys/build/x.yaml",
        "journeys/.hidden/y.yaml",
        "journeys/forced.yaml",
        "a.journey.yaml",
    ):
        repository.write(name, CALM.format(title=name).replace("calm", "angry"))
    repository.write("journeys/ignored/forced.yaml", BEFORE)
    repository.write("journeykit.toml", 'exclude = ["build"]\n')
    found = ["a.journey.yaml", "journeys/forced.yaml"]
    assert [new for _, _, new in files(data(cli))] == found
    (cli.folder / "journeykit.toml").write_text('include = ["notes.yaml"]\n', encoding="utf-8")
    assert [new for _, _, new in files(data(cli))] == ["notes.yaml"]
    assert [new for _, _, new in files(data(cli, "HEAD", "journeys/.hidden/y.yaml"))] == ["journeys/.hidden/y.yaml"]


def test_in_a_folder_below_and_from_elsewhere(
    cli: CommandLine, repository: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repository.write("top.journey.yaml", CALM.format(title="top"))
    repository.commit()
    repository.write("journeys/parcel.yaml", AFTER)
    repository.write("top.journey.yaml", CALM.format(title="top").replace("calm", "angry"))
    monkeypatch.chdir(cli.folder / "journeys")
    assert [new for _, _, new in files(data(cli))] == ["journeys/parcel.yaml"]
    assert len(files(data(cli, "HEAD", ".."))) == 2
    assert len(files(data(cli, ".."))) == 2
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert len(files(data(cli, "HEAD", str(cli.folder)))) == 2
    done = cli("diff")
    assert (done.status, "is not in a git repository" in done.err) == (2, True)


def test_names_of_every_kind(cli: CommandLine, repository: Folder) -> None:
    names = ["journeys/-x.yaml", "journeys/mit leer.yaml", "journeys/ügyfél 顧客.yaml", "journeys/line\nbreak.yaml"]
    for name in names:
        repository.write(name, CALM.format(title="a") + f"id: j{names.index(name)}\n")
    repository.commit()
    for name in names:
        repository.write(name, CALM.format(title="a").replace("calm", "angry") + f"id: j{names.index(name)}\n")
    assert [new for _, _, new in files(data(cli))] == sorted(names)
    assert "break.yaml" in cli("diff").out


@pytest.mark.usefixtures("repository")
def test_a_repository_inside_and_a_link(cli: CommandLine) -> None:
    inner = Folder(cli.folder / "journeys/inner")
    inner.write("journeys/x.yaml", BEFORE)
    inner.commit()
    (cli.folder / "journeys/a-link.yaml").symlink_to("parcel.yaml")
    assert files(data(cli)) == []
    inner.write("journeys/x.yaml", AFTER)
    assert files(data(cli)) == []
    assert len(files(data(cli, "HEAD", "journeys/inner"))) == 1


@pytest.mark.usefixtures("repository")
def test_a_file_that_became_a_link_out_of_the_repository_is_not_followed(
    cli: CommandLine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text(AFTER, encoding="utf-8")
    (cli.folder / "journeys/parcel.yaml").unlink()
    (cli.folder / "journeys/parcel.yaml").symlink_to(outside)
    done = cli("diff")
    assert done.status == 2
    assert "journeys/parcel.yaml: cannot be read: it is a link out of the repository" in done.err
    assert done.out == ""


def test_a_bare_repository(
    cli: CommandLine, repository: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repository.write("journeys/parcel.yaml", AFTER)
    repository.commit()
    bare = tmp_path_factory.mktemp("bare")
    repository.git("clone", "-q", "--bare", str(cli.folder), str(bare))
    monkeypatch.chdir(bare)
    assert len(files(data(cli, "HEAD~1..HEAD"))) == 1
    assert len(files(data(cli, "HEAD~1..HEAD", "journeys"))) == 1
    done = cli("diff", "HEAD~1")
    assert (done.status, "no working folder" in done.err) == (2, True)


def test_inside_the_folder_of_git_and_beside_a_bare_one(
    cli: CommandLine, repository: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repository.write("journeys/parcel.yaml", AFTER)
    repository.commit()
    monkeypatch.chdir(cli.folder / ".git")  # where git runs hooks after a push
    assert len(files(data(cli, "HEAD~1..HEAD"))) == 1
    beside = tmp_path_factory.mktemp("beside")
    repository.git("clone", "-q", "--bare", str(cli.folder), str(beside / ".bare"))
    (beside / ".git").write_text("gitdir: ./.bare\n", encoding="utf-8")
    monkeypatch.chdir(beside)
    assert len(files(data(cli, "HEAD~1..HEAD"))) == 1
    done = cli("diff")
    assert (done.status, "no working folder" in done.err) == (2, True)


def test_in_a_hook(cli: CommandLine, repository: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write("journeys/parcel.yaml", AFTER)
    monkeypatch.setenv("GIT_DIR", "/nowhere/.git")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/.git/index")
    assert len(files(data(cli))) == 1


def test_a_shallow_clone_says_so(
    cli: CommandLine, repository: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repository.commit("second")
    clone = tmp_path_factory.mktemp("clone")
    repository.git("clone", "-q", "--depth=1", cli.folder.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    assert cli("diff", "HEAD").status == 0
    done = cli("diff", "HEAD~1")
    assert (done.status, "shallow" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["nowhere"], "git knows no revision"), (["nowhere..HEAD"], "git knows no revision"),
        (["HEAD..nowhere"], "git knows no revision"), (["a.yaml", "b.yaml"], "git knows no revision"),
        (["journeys/parcel.yaml", "b.yaml"], "b.yaml: no such file"),
        (["HEAD", "gone.yaml"], "gone.yaml: no such file"),
        (["HEAD", "main"], "HEAD..main"), (["HEAD", "/"], "is not in"), (["HEAD:journeys"], "HEAD journeys"),
        (["HEAD", "empty"], "no journey found in either version"), (["HEAD", "--chart", "x.gif"], "x.gif"),
        (["HEAD", "--fail-on-drop", "-1"], "-drop"), (["HEAD", "--fail-on", "peak"], "peak"),
        (["HEAD", "--chart", "-"], "-"), (["..."], ""), (["HEAD", "--profile", "nonsense"], "nonsense"), (["-n"], "-n"),
        (["$(touch x)"], "git knows no"), ([""], "an argument is empty"), (["HEAD", ""], "an argument is empty"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_compared_gives_2(cli: CommandLine, repository: Folder, args: list[str], told: str) -> None:
    (cli.folder / "empty").mkdir()
    repository.write("journeys/parcel.yaml", AFTER)
    before = sorted(path.name for path in cli.folder.iterdir())
    done = cli("diff", *args)
    if args == ["..."]:  # HEAD...HEAD, as in git
        assert (done.status, done.out) == (0, "")
        return
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert "Traceback" not in done.err
    assert sorted(path.name for path in cli.folder.iterdir()) == before


def test_no_commit_yet_and_no_git(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    Folder(cli.folder)
    cli.write("a.journey.yaml", BEFORE)
    done = cli("diff")
    assert (done.status, "no commit yet" in done.err) == (2, True)
    monkeypatch.setenv("PATH", "")
    done = cli("diff")
    assert (done.status, "git is not installed" in done.err) == (2, True)
    assert cli("diff", "a.journey.yaml", "a.journey.yaml").status == 0


def test_nothing_found_may_be_allowed(cli: CommandLine) -> None:
    Folder(cli.folder).commit()
    assert cli("diff").status == 2
    done = cli("diff", "--allow-empty")
    assert (done.status, done.out) == (0, "")


# Files that are no journey


def test_what_is_no_journey_is_told_with_its_place_and_the_others_go_on(cli: CommandLine, repository: Folder) -> None:
    repository.write("journeys/bad.yaml", BAD)
    repository.commit()
    repository.write("journeys/bad.yaml", CALM.format(title="bad"))
    repository.write("journeys/parcel.yaml", AFTER)
    done = cli("diff", "--output-format", "json")
    assert "HEAD:journeys/bad.yaml:4:8" in done.err
    assert 'did you mean "happy"' in done.err
    found = json.loads(done.out)
    assert (done.status, len(found["journeys"]), found["not_journeys"]) == (0, 1, ["HEAD:journeys/bad.yaml"])
    repository.write("journeys/bad.yaml", BAD.replace("calm", "happy"))
    repository.commit()
    done = cli("diff", "HEAD~1..HEAD", "--output-format", "json")
    assert (done.status, len(json.loads(done.out)["journeys"])) == (1, 1)
    assert "HEAD:journeys/bad.yaml:4:8" in done.err


def test_a_bad_file_that_did_not_change_is_no_news(cli: CommandLine, repository: Folder) -> None:
    repository.write("journeys/bad.yaml", BAD)
    repository.commit()
    done = cli("diff")
    assert (done.status, "hapy" in done.err) == (0, False)


def test_of_two_files_both_must_be_journeys(cli: CommandLine) -> None:
    cli.write("old.yaml", BAD)
    cli.write("new.yaml", BEFORE)
    done = cli("diff", "old.yaml", "new.yaml")
    assert (done.status, done.out) == (1, "")
    assert "old.yaml:4:8" in done.err


def test_line_ends_and_comments_change_nothing(cli: CommandLine, repository: Folder) -> None:
    repository.write("journeys/parcel.yaml", BEFORE.replace("\n", "\r\n"))
    assert (data(cli)["journeys"], data(cli)["unchanged"]) == ([], 1)
    repository.write("journeys/parcel.yaml", "# why\n" + BEFORE)
    assert (data(cli)["journeys"], data(cli)["unchanged"]) == ([], 1)
    assert "1 journey unchanged" in cli("diff").err
    assert cli("diff", "-q").err == ""


# Gates


@pytest.mark.parametrize(
    ("args", "status", "told"),
    [
        ([], 0, ""),
        (["--fail-on-drop", "0"], 1, "journeys/parcel.yaml falls by"),
        (["--fail-on-drop", "5"], 1, "at most 5 is allowed"),
        (["--fail-on-drop", "90"], 0, ""),
        (["--fail-on", "new-low-point"], 1, "“I fill in the return form”"),
        (["--fail-on", "new-critical"], 1, "new critical low point"),
    ],
)
def test_a_fall_is_caught(cli: CommandLine, repository: Folder, args: list[str], status: int, told: str) -> None:
    repository.write("journeys/parcel.yaml", BEFORE.replace("feeling: calm", "feeling: furious"))
    done = cli("diff", *args)
    assert done.status == status
    assert told in done.err


def test_a_fall_that_is_hardly_too_large_is_told_in_as_many_digits(cli: CommandLine) -> None:
    flat = "title: T\npersona: P\nscale: 0..100\ntouchpoints:\n"
    for name, level in (("old.yaml", "60"), ("new.yaml", "54.998")):
        items = "".join(f"- {{title: I do {n}, satisfaction: {level}}}\n" for n in range(3))
        cli.write(name, flat + items)
    done = cli("diff", "old.yaml", "new.yaml", "--fail-on-drop", "5")
    assert done.status == 1 and "new.yaml falls by 5.002; at most 5 is allowed" in done.err
    assert cli("diff", "old.yaml", "new.yaml", "--fail-on-drop", "5.01").status == 0


@pytest.mark.parametrize(
    "gate", [["--fail-on-drop", "0"], ["--fail-on", "new-low-point"], ["--fail-on", "new-critical"]]
)
def test_what_gets_better_or_is_new_passes(cli: CommandLine, repository: Folder, gate: list[str]) -> None:
    text = BEFORE.replace("feeling: annoyed, satisfaction: -1.5", "feeling: calm")
    repository.write("journeys/parcel.yaml", text)
    repository.write("journeys/added.yaml", BEFORE.replace("calm", "furious").replace("id: parcel", "id: other"))
    assert cli("diff", *gate).status == 0


def test_a_low_point_that_turns_critical(cli: CommandLine, repository: Folder) -> None:
    repository.write("journeys/parcel.yaml", BEFORE.replace("satisfaction: -1.5", "satisfaction: -0.5"))
    assert cli("diff", "--fail-on", "new-critical").status == 0
    repository.commit()
    for worse, status in (("-0.6", 0), ("-0.9", 0), ("-2", 1)):
        repository.write("journeys/parcel.yaml", BEFORE.replace("satisfaction: -1.5", f"satisfaction: {worse}"))
        for gate in ("new-critical", "new-low-point"):
            done = cli("diff", "--fail-on", gate)
            assert (done.status, "new critical low point: “I hear nothing”" in done.err) == (status, bool(status)), (
                worse
            )


def test_a_score_that_is_lost_is_a_drop(cli: CommandLine, repository: Folder) -> None:
    text = re.sub(r"feeling: \w+", "importance: 3", BEFORE).replace(", satisfaction: -1.5", "")
    repository.write("journeys/parcel.yaml", text)
    done = cli("diff", "--fail-on-drop", "99")
    assert (done.status, "has no score any more" in done.err) == (1, True)
    assert "no score after" in re.sub(r"\s+", " ", done.out)


# Pictures


def test_a_chart_of_both_curves(two: CommandLine) -> None:
    done = two("diff", "old.journey.yaml", "new.journey.yaml", "--chart", "made/c.svg")
    assert done.status == 0
    assert "They say sorry" in re.sub(r"<[^>]*>|\s+", " ", (two.folder / "made/c.svg").read_text(encoding="utf-8"))
    assert "Wrote made/c.svg." in done.err


def test_a_folder_takes_a_chart_for_each_journey(cli: CommandLine, repository: Folder) -> None:
    repository.write("journeys/b.yaml", CALM.format(title="b"))
    repository.commit()
    repository.write("journeys/b.yaml", CALM.format(title="b").replace("calm", "angry"))
    repository.write("journeys/parcel.yaml", AFTER)
    assert cli("diff", "--chart", "charts").status == 0
    assert sorted(path.name for path in Path(cli.folder / "charts").iterdir()) == ["b.svg", "parcel.svg"]
    done = cli("diff", "--chart", "c.svg")
    assert (done.status, "2 journeys differ" in done.err) == (2, True)


def test_csv_has_as_many_cells_in_every_row(two: CommandLine) -> None:
    out = two("diff", "old.journey.yaml", "new.journey.yaml", "--output-format", "csv").out
    rows = list(csv.reader(io.StringIO(out)))
    assert len({len(row) for row in rows}) == 1
    assert [row[1] for row in rows[1:]] == ["changed", "removed", "changed", "changed", "added"]


@pytest.mark.parametrize("form", ["full", "json", "csv", "markdown"])
def test_output_goes_to_a_file_whole_and_nothing_else_changes(two: CommandLine, form: str) -> None:
    args = ["diff", "old.journey.yaml", "new.journey.yaml", "--output-format", form]
    printed, written = two(*args), two(*args, "-o", "new/out.txt", "--color", "always")
    assert (written.out, written.err, written.status) == ("", printed.err, printed.status)
    assert (two.folder / "new/out.txt").read_text(encoding="utf-8") == printed.out


def test_nothing_in_a_repository_is_run_or_written(
    cli: CommandLine, repository: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    evil = outside / "evil.sh"
    evil.write_text(f"#!/bin/sh\ntouch {outside}/marker\ncat\n", encoding="utf-8")
    evil.chmod(0o755)
    repository.write(".gitattributes", "* diff=evil filter=evil\n")
    repository.write("journeys/parcel.yaml", AFTER)
    repository.commit()
    for name in ("core.fsmonitor", "diff.external", "diff.evil.textconv", "diff.evil.command", "filter.evil.clean",
                 "filter.evil.smudge", "core.pager", "pager.diff", "core.sshCommand", "gpg.program"):  # fmt: skip
        repository.git("config", name, str(evil))
    (outside / "marker").unlink(missing_ok=True)
    repository.write("journeys/parcel.yaml", BEFORE)
    index = (cli.folder / ".git/index").read_bytes()
    assert len(files(data(cli, "HEAD~1..HEAD"))) == 1
    assert len(files(data(cli))) == 1
    for revision in ("--output=x", "--ext-diff", "-c", "HEAD --output=x", "ext::sh -c touch%20x"):
        assert cli("diff", "--", revision).status == 2
    assert not (outside / "marker").exists()
    assert (cli.folder / ".git/index").read_bytes() == index
    assert sorted(path.name for path in cli.folder.iterdir()) == [".git", ".gitattributes", "journeys"]
