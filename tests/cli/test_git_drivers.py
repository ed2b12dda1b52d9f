"""git set up for journeys, in real repositories: what it then compares and merges, and what it does without us."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from journeykit.project import git_setup
from tests.changing.test_merging import BASE, COMES, DOG, FIXED, TEA, WAIT, edited
from tests.conftest import CommandLine
from tests.repositories import IDENTITY, Folder

NAME = "maps/m y.journey.yaml"
OURS = edited((WAIT, "        feeling: angry # ours\n"), (FIXED, TEA + FIXED))
THEIRS = edited(("[email, phone]", "[email, sms]"), (FIXED, DOG + FIXED))
BOTH = edited((WAIT, "        feeling: angry # ours\n"), ("[email, phone]", "[email, sms]"), (FIXED, TEA + DOG + FIXED))
CLASHING = edited((WAIT, "        feeling: bored\n"))
CONFLICT = "        feeling: angry # ours\n=======\n        feeling: bored\n>>>>>>> "


class Clone(Folder):
    """A repository with a journey, where our drivers are set up."""

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        """Run git; it may fail."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        return subprocess.run(
            ["git", "-C", str(self.root), *args], env=env | IDENTITY, check=False, capture_output=True,
            encoding="utf-8", errors="replace",
        )  # fmt: skip

    def read(self) -> str:
        """The journey as it is now."""
        return (self.root / NAME).read_text(encoding="utf-8")

    def fork(self, ours: str, theirs: str) -> None:
        """Two branches with a commit each: main, where we are, and side."""
        self.git("checkout", "-q", "-b", "side")
        self.write(NAME, theirs)
        self.commit("theirs")
        self.git("checkout", "-q", "main")
        self.write(NAME, ours)
        self.commit("ours")


@pytest.fixture
def clone(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> Clone:
    made = Clone(cli.folder / "a clone")
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(made.root)
    done = cli("git-setup")
    assert done.status == 0
    assert done.out.splitlines()[0] == "set .gitattributes: *.journey.yaml diff=journeykit merge=journeykit"
    assert "each clone needs journeykit git-setup once" in done.err
    made.write(NAME, BASE)
    made.commit("base")
    return made


def test_a_merge_has_what_both_changed(clone: Clone) -> None:
    clone.fork(OURS, THEIRS)
    done = clone.run("merge", "--no-edit", "side")
    assert done.returncode == 0, done.stdout + done.stderr
    assert clone.read() == BOTH
    assert clone.git("status", "--porcelain") == ""


def test_git_alone_leaves_a_conflict_there(clone: Clone, cli: CommandLine) -> None:
    cli("git-setup", "--undo")
    clone.git("checkout", "-q", ".")
    clone.fork(OURS, THEIRS)
    assert clone.run("merge", "--no-edit", "side").returncode == 1


def test_a_rebase_a_cherry_pick_and_a_stash_are_merged_too(clone: Clone) -> None:
    clone.fork(OURS, THEIRS)
    start = clone.git("rev-parse", "HEAD")
    assert clone.run("cherry-pick", "side").returncode == 0
    assert clone.read() == BOTH
    clone.git("reset", "-q", "--hard", start)
    assert clone.run("rebase", "-q", "side").returncode == 0
    assert clone.read() == BOTH.replace(TEA + DOG, DOG + TEA)  # there theirs is the ground, and ours comes on top
    clone.git("reset", "-q", "--hard", f"{start}~1")
    clone.write(NAME, OURS)
    clone.git("stash")
    clone.git("merge", "-q", "side")
    assert clone.run("stash", "pop").returncode == 0
    assert clone.read() == BOTH.replace(TEA + DOG, DOG + TEA)


def test_a_conflict_is_around_the_lines_that_both_changed(clone: Clone) -> None:
    clone.fork(OURS, CLASHING.replace("[email, phone]", "[email]"))
    done = clone.run("merge", "side")
    assert done.returncode == 1
    assert f"CONFLICT (content): Merge conflict in {NAME}" in done.stdout
    text = clone.read()
    assert CONFLICT in text
    assert text.count("<<<<<<<") == 1
    assert "        channel: [email]\n" in text
    assert TEA in text
    assert clone.git("diff", "--name-only", "--diff-filter=U") == NAME


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_the_diff_of_a_conflict_tells_what_each_side_makes_of_the_experience(clone: Clone, style: str) -> None:
    clone.git("config", "merge.conflictStyle", style)
    clone.fork(OURS, CLASHING)
    clone.run("merge", "side")
    lines = clone.git("diff").splitlines()
    at = lines.index(" +  feeling: angry")
    assert lines[at + 1] == "++======="
    assert "+   feeling: bored" in lines[at:]
    first = lines.index("++=======")
    assert lines[first - 1].startswith((" +  score: ", "++  score: "))
    assert lines[first + 1].startswith("++  score: ")
    assert not any("channel: " in line and line[:2].strip() for line in lines)


@pytest.mark.parametrize(("style", "shown"), [("diff3", True), ("merge", False)])
def test_conflicts_are_shown_in_the_style_of_git(clone: Clone, style: str, shown: bool) -> None:
    clone.git("config", "merge.conflictStyle", style)
    clone.fork(OURS, CLASHING)
    assert clone.run("merge", "side").returncode == 1
    assert ("=======" in clone.read()) and ("        feeling: tense\n=======\n" in clone.read()) == shown


def test_a_touchpoint_removed_here_and_changed_there_is_a_conflict(clone: Clone) -> None:
    changed = "      - The technician comes: angry\n"
    clone.fork(edited((COMES, "")), edited((COMES, changed)))
    assert clone.run("merge", "side").returncode == 1
    assert f"=======\n{changed}>>>>>>> " in clone.read()


def test_a_file_that_both_added(clone: Clone) -> None:
    clone.git("rm", "-q", NAME)
    clone.commit("gone")
    clone.fork(
        OURS, THEIRS.replace("feeling: tense", "feeling: angry # ours").replace("[email, sms]", "[email, phone]")
    )
    assert clone.run("merge", "--no-edit", "side").returncode == 0
    assert clone.read() == edited((WAIT, "        feeling: angry # ours\n"), (FIXED, TEA + DOG + FIXED))


def test_what_is_no_journey_is_merged_as_git_does(clone: Clone) -> None:
    lines = [f"line {number}\n" for number in range(20)]
    base = "".join(lines)
    clone.write(NAME, base)
    clone.commit("no journey")
    clone.fork(base.replace("line 2\n", "ours\n"), base.replace("line 15\n", "theirs\n"))
    assert clone.run("merge", "--no-edit", "side").returncode == 0
    assert clone.read() == base.replace("line 2\n", "ours\n").replace("line 15\n", "theirs\n")
    clone.git("reset", "-q", "--hard", "HEAD~1")
    clone.write(NAME, base.replace("line 15\n", "other\n"))
    clone.commit("clash")
    assert clone.run("merge", "--no-edit", "side").returncode == 1
    assert "other\n=======\ntheirs\n>>>>>>> " in clone.read()


def test_a_merge_that_is_no_journey_any_more_is_told(clone: Clone) -> None:
    ours = edited((WAIT, WAIT + "        at: +1d\n"))
    theirs = edited(("I call: frustrated", "title: I call\n        feeling: frustrated\n        at: +2d"))
    clone.fork(ours, theirs)
    done = clone.run("merge", "side")
    assert done.returncode == 1
    assert f"journeykit: {NAME}: merged, but no longer a journey: line " in done.stderr
    assert "at: +1d" in clone.read()
    assert "at: +2d" in clone.read()


def test_a_touchpoint_that_a_merge_of_lines_doubles_is_told(clone: Clone) -> None:
    base = BASE.replace("persona: Home customer", "persona: &who Home customer").replace(
        ": tense", ": tense\n        place: *who"
    )
    clone.write(NAME, base)
    clone.commit("an alias, so that git merges lines")
    added = "      - They call back: relieved\n"
    clone.fork(base.replace(FIXED, FIXED + added), base.replace(COMES, added + COMES))
    done = clone.run("merge", "side")
    assert done.returncode == 1
    text = clone.read()
    line = text[: text.rindex(added)].count("\n") + 1
    assert f"{NAME}: merged line by line, and a touchpoint is there twice: line {line}: They call back" in done.stderr
    assert text.count(added) == 2
    assert clone.git("diff", "--name-only", "--diff-filter=U") == NAME


def test_words_of_the_settings_are_known(clone: Clone) -> None:
    clone.write("journeykit.toml", "[feelings]\nwobbly = -1\n")
    clone.write(NAME, BASE.replace("tense", "wobbly"))
    clone.commit("own word")
    clone.fork(OURS.replace("feeling: angry", "feeling: wobbly"), THEIRS.replace("tense", "wobbly"))
    assert clone.run("merge", "--no-edit", "side").returncode == 0
    assert clone.read() == BOTH.replace("feeling: angry", "feeling: wobbly")
    assert "  feeling: wobbly\n" in clone.git("log", "-1", "-p", "-U9", "side") + "\n"


def test_broken_settings_do_not_stop_a_merge(clone: Clone) -> None:
    clone.write("journeykit.toml", "<<<<<<< ours\n")
    clone.commit("broken")
    clone.fork(OURS, THEIRS)
    assert clone.run("merge", "--no-edit", "side").returncode == 0
    assert clone.read() == BOTH


def test_a_diff_reads_as_a_change_in_experience(clone: Clone) -> None:
    clone.write(NAME, edited((WAIT, "        feeling: angry\n"), ("title: I get", "title:   I get")))
    diff = clone.git("diff")
    changed = [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert _says_what_changed(changed)
    clone.commit("angry")
    assert "+  feeling: angry" in clone.git("log", "-p", "-1")
    assert "+        feeling: angry" in clone.git("diff", "--no-textconv", "HEAD~1")


def _says_what_changed(lines: list[str]) -> bool:
    """Whether a diff shows scores and feelings only."""
    assert lines[-1] == "+  feeling: angry"
    assert "-  feeling: tense" in lines
    assert any(line.startswith("-  score: ") for line in lines)
    return all(line[1:].split(":")[0].strip() in ("score", "S", "low point", "feeling") for line in lines)


def test_a_diff_of_what_is_no_journey_shows_the_file(clone: Clone) -> None:
    clone.write(NAME, BASE.replace("feeling: tense", "feeling: tnse"))
    assert "+        feeling: tnse" in clone.git("diff")
    (clone.root / NAME).write_bytes(b"\xff\xfe\x00")
    assert clone.run("diff").returncode == 0


def test_git_goes_on_as_before_where_journeykit_is_gone(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_setup, "_program", lambda: "'/no such/journeykit'")
    for name, value in git_setup.settings().items():
        clone.git("config", name, value)
    clone.fork(OURS, CLASHING)
    assert "+        feeling: bored" in clone.git("diff", "main", "side")
    assert clone.run("merge", "side").returncode == 1
    assert CONFLICT in clone.read() and "<<<<<<< ours\n" in clone.read() and ">>>>>>> theirs\n" in clone.read()
    clone.git("reset", "-q", "--hard")
    clone.git("checkout", "-q", "-b", "more", "HEAD~1")
    clone.write(NAME, BASE.replace("about this map", "about"))
    clone.commit("heading")
    assert clone.run("merge", "--no-edit", "main").returncode == 0
    assert clone.read() == OURS.replace("about this map", "about")


def test_the_program_is_found_by_its_full_path_and_never_in_the_repository(clone: Clone) -> None:
    (clone.root / "journeykit.py").write_text("raise SystemExit(9)")
    (clone.root / "yaml.py").write_text("raise SystemExit(9)")
    clone.fork(OURS, THEIRS)
    assert clone.run("merge", "--no-edit", "side").returncode == 0
    assert clone.read() == BOTH
    for value in (
        git_setup.settings()["diff.journeykit.textconv"],
        git_setup.settings()["merge.journeykit.driver"],
    ):
        assert str(Path(sys.executable).parent) in value


def test_setting_up_twice_changes_nothing(clone: Clone, cli: CommandLine) -> None:
    before = [(clone.root / name).read_bytes() for name in (".gitattributes", ".git/config")]
    again = cli("git-setup")
    assert (again.status, again.out, again.err) == (0, "", "git knows about journeys here already.\n")
    assert [(clone.root / name).read_bytes() for name in (".gitattributes", ".git/config")] == before
    assert cli("git-setup", "--check").status == 0


def test_what_is_there_stays_and_is_what_is_left_when_it_is_undone(clone: Clone, cli: CommandLine) -> None:
    cli("git-setup", "--undo")
    clone.write(".gitattributes", "*.png binary\r\n# end")
    clone.git("config", "diff.other.textconv", "cat")
    assert cli("git-setup", "--check").status == 1
    assert not clone.read().count("journeykit")
    cli("git-setup")
    text = (clone.root / ".gitattributes").read_bytes().decode()
    assert text.startswith("*.png binary\r\n# end\n*.journey.yaml diff=journeykit merge=journeykit\n")
    assert cli("git-setup", "--undo").out.splitlines() == [
        "took out .gitattributes", "took out git config --local diff.journeykit",
        "took out git config --local merge.journeykit",
    ]  # fmt: skip
    assert (clone.root / ".gitattributes").read_bytes() == b"*.png binary\r\n# end\n"
    assert clone.git("config", "diff.other.textconv") == "cat"
    assert cli("git-setup", "--undo").err == "There was nothing to take out.\n"


def test_patterns_of_the_settings_are_those_of_git(clone: Clone, cli: CommandLine) -> None:
    clone.write("journeykit.toml", 'include = ["*.map.yaml", "our maps/*.yml", "/top.yaml"]\n')
    cli("git-setup")
    for name in ("a.map.yaml", "deep/b.map.yaml", "deep/our maps/c.yml", "our maps/d.yml", "top.yaml"):
        assert clone.git("check-attr", "merge", "--", name).endswith("merge: journeykit"), name
    for name in ("deep/top.yaml", "maps/c.yml", "b.yaml"):
        assert not clone.git("check-attr", "merge", "--", name).endswith("journeykit"), name


def test_the_usual_names_are_journeys(clone: Clone) -> None:
    for name in ("a.journey.yaml", "x/b.journey.yml", "journeys/c.yaml", "x/journeys/y/d.yml"):
        assert clone.git("check-attr", "diff", "--", name).endswith("diff: journeykit"), name
    assert not clone.git("check-attr", "diff", "--", "e.yaml").endswith("journeykit")


def test_for_all_repositories_of_a_user(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(cli.folder / "settings of git"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(cli.folder / "my settings"))
    done = cli("git-setup", "--global")
    assert done.status == 0, done.err
    assert "*.journey.yaml" in (cli.folder / "my settings/git/attributes").read_text()
    assert "git-merge -- %O %A %B" in (cli.folder / "settings of git").read_text()
    cli("git-setup", "--global", "--undo")
    assert not (cli.folder / "my settings/git/attributes").exists()
    assert "git-merge" not in (cli.folder / "settings of git").read_text()


def test_no_repository_and_one_without_a_working_folder(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    done = cli("git-setup")
    assert done.status == 2
    assert "is not in a git repository" in done.err
    Folder(cli.folder / "bare", "--bare")
    monkeypatch.chdir(cli.folder / "bare")
    assert cli("git-setup").status == 2


def test_a_link_is_not_written_through(clone: Clone, cli: CommandLine) -> None:
    cli("git-setup", "--undo")
    victim = cli.write("victim", "mine\n")
    (clone.root / ".gitattributes").symlink_to(victim)
    done = cli("git-setup")
    assert done.status == 2
    assert ".gitattributes is a link" in done.err
    assert victim.read_text() == "mine\n"


def test_check_and_undo_are_two_things(cli: CommandLine) -> None:
    assert cli("git-setup", "--check", "--undo").status == 2


def test_the_merge_of_three_files_by_hand(cli: CommandLine) -> None:
    base, ours, theirs = (cli.write(name, text) for name, text in (("b", BASE), ("o", OURS), ("t", CLASHING)))
    done = cli("git-merge", base, ours, theirs, "9", "x.journey.yaml", "%S", "HEAD", "side")
    assert (done.status, done.out, done.err) == (1, "", "")
    assert "<<<<<<<<< HEAD\n        feeling: angry # ours\n=========\n" in ours.read_text()
    assert cli("git-merge", base, cli.folder / "none", theirs).status == 2
    assert theirs.read_text() == CLASHING
