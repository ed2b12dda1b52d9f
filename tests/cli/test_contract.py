"""What every command promises: exit statuses, streams, which files are read."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.names import commands_with
from tests.conftest import EXAMPLES, CommandLine

GOOD = "title: I get it fixed\npersona: P\ntouchpoints:\n  - I call: frustrated\n  - It works: relieved\n"
BAD = "title: I get it fixed\npersona: P\ntouchpoints:\n  - I call: hapy\n  - It works: relieved\n"
READERS = [name for name in commands_with("paths") if name not in ("fmt", "history")]
"""The commands that read the journeys of files and folders; `fmt` needs no journeys, `history` needs git."""
WARNS = ("lint",)


@pytest.fixture
def files(cli: CommandLine) -> CommandLine:
    cli.write("good.journey.yaml", GOOD)
    return cli


@pytest.mark.parametrize("command", READERS)
def test_a_good_file_is_clean(files: CommandLine, command: str) -> None:
    options = ["--fail-on", "error"] if command in WARNS else []
    done = files(command, "good.journey.yaml", *options)
    assert done.status == 0, done.err


@pytest.mark.parametrize("command", [*READERS, "show"])
def test_a_file_that_is_no_journey_gives_1_and_the_finding(cli: CommandLine, command: str) -> None:
    cli.write("bad.journey.yaml", BAD)
    done = cli(command, "bad.journey.yaml")
    assert done.status == 1
    findings = done.out if command in ("validate", "lint") else done.err
    assert "error[unknown-feeling]" in findings
    assert "bad.journey.yaml:4:13" in findings
    assert 'did you mean "happy"' in findings
    assert "\n\n\n" not in done.out + done.err


@pytest.mark.parametrize("command", READERS)
def test_one_bad_file_does_not_stop_the_others(files: CommandLine, command: str) -> None:
    files.write("bad.journey.yaml", BAD)
    done = files(command)
    assert done.status == 1
    if command in ("validate", "lint"):
        assert "bad.journey.yaml" in done.out
        assert "2 " in done.err
    elif command == "render":
        assert (files.folder / "good.svg").is_file()
    elif command == "measure":
        assert "bad.journey.yaml" in done.err  # the other one names no data
    elif command == "site":
        assert (files.folder / "site" / "journey" / "good" / "index.html").is_file()
    else:
        rows = json.loads(files(command, "--output-format", "json").out)["journeys"]
        assert [row["file"] for row in rows] == ["good.journey.yaml"]


@pytest.mark.parametrize("command", READERS)
def test_a_missing_path_gives_2_and_does_not_stop_the_others(files: CommandLine, command: str) -> None:
    done = files(command, "nowhere.yaml", "good.journey.yaml")
    assert done.status == 2
    assert "journeykit: nowhere.yaml: no such file or folder\n" in done.err
    assert "nowhere" not in done.out
    if command == "render":
        assert (files.folder / "good.svg").is_file()


def test_a_missing_path_alone_is_said_once(cli: CommandLine) -> None:
    done = cli("validate", "nowhere.yaml")
    assert (done.status, done.out) == (2, "")
    assert done.err == "journeykit: nowhere.yaml: no such file or folder\n"


@pytest.mark.parametrize("command", READERS)
def test_a_folder_without_journeys_gives_2_and_says_what_one_is(cli: CommandLine, command: str) -> None:
    done = cli(command)
    assert (done.status, done.out) == (2, "")
    assert "no journey found" in done.err
    assert "*.journey.yaml" in done.err


def test_what_is_passed_over_by_gitignore_or_include_is_hinted_at(files: CommandLine) -> None:
    files.write(".gitignore", "maps/\n")
    (files.folder / ".git").mkdir()
    files.write("maps/a.journey.yaml", GOOD)
    assert "what .gitignore names is passed over" in files("lint", "maps").err
    files.write("other/b.journey.yaml", GOOD)
    files.write("journeykit.toml", 'include = ["./maps/*.yaml"]\n')
    err = files("lint", "other").err
    assert "b.journey.yaml; name them, or change the settings: include asks for ./maps/*.yaml" in err


def test_other_yaml_files_that_were_seen_are_named(cli: CommandLine) -> None:
    cli.write("draft.yaml", GOOD)
    done = cli("validate")
    assert done.status == 2
    assert "draft.yaml" in done.err
    assert 'include = ["*.yaml"]' in done.err
    cli.write("journeykit.toml", 'include = ["*.yaml"]\n')  # the advice works
    assert cli("validate").status == 0


@pytest.mark.parametrize("command", READERS)
def test_allow_empty_makes_an_empty_folder_clean(cli: CommandLine, command: str) -> None:
    done = cli(command, "--allow-empty")
    assert (done.status, done.out) == (0, "")


def test_allow_empty_does_not_forgive_a_missing_path(cli: CommandLine) -> None:
    assert cli("validate", "nowhere", "--allow-empty").status == 2


def test_a_named_file_is_read_whatever_its_name(cli: CommandLine) -> None:
    cli.write("notes.txt", GOOD)
    assert cli("validate", "notes.txt").status == 0


@pytest.mark.parametrize("command", READERS)
def test_show_files_lists_what_would_be_read_and_does_nothing(files: CommandLine, command: str) -> None:
    files.write("journeys/deep/a.yml", BAD)
    files.write("other.yaml", BAD)
    done = files(command, "--show-files")
    assert (done.status, done.out, done.err) == (0, "good.journey.yaml\njourneys/deep/a.yml\n", "")
    assert not list(files.folder.glob("**/*.svg"))


def test_show_files_says_which_paths_are_missing(files: CommandLine) -> None:
    done = files("validate", "--show-files", ".", "nowhere")
    assert (done.status, done.out) == (2, "good.journey.yaml\n")
    assert "nowhere" in done.err


def test_gitignore_is_honoured_in_a_real_repository(files: CommandLine) -> None:
    subprocess.run(["git", "init", "-q", str(files.folder)], check=True)
    files.write(".gitignore", "/build/\n*.draft.journey.yaml\n!keep.draft.journey.yaml\n")
    for name in ("build/x", "a.draft", "keep.draft", "sub/build/y", "sub/b.draft", "sub/c"):
        files.write(f"{name}.journey.yaml", GOOD)
    files.write("sub/.gitignore", "c.journey.yaml\n")
    listed = files("validate", "--show-files").out.split()
    assert listed == ["good.journey.yaml", "keep.draft.journey.yaml", "sub/build/y.journey.yaml"]
    tracked = subprocess.run(
        ["git", "-C", str(files.folder), "ls-files", "-co", "--exclude-standard", "*.journey.yaml"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert listed == sorted(tracked)
    below = files("validate", "--show-files", "sub").out.split()  # the .gitignore above still counts
    assert below == ["sub/build/y.journey.yaml"]
    assert files("validate", "a.draft.journey.yaml").status == 0  # but what is named is read


@pytest.mark.parametrize("command", [*READERS, "show"])
def test_standard_input_is_a_path(cli: CommandLine, command: str) -> None:
    done = cli(command, "-", "--stdin-filename", "maps/mine.yaml", stdin=BAD.encode())
    assert done.status == 1
    assert "maps/mine.yaml:4:13" in done.out + done.err


def test_standard_input_stands_beside_files(files: CommandLine) -> None:
    done = files("score", "-", "good.journey.yaml", "--output-format", "json", stdin=GOOD.encode())
    assert [one["file"] for one in json.loads(done.out)["journeys"]] == ["stdin", "good.journey.yaml"]


def test_the_default_id_comes_from_the_name_of_standard_input(cli: CommandLine) -> None:
    done = cli("score", "-", "--stdin-filename", "a/b.journey.yaml", "--output-format", "json", stdin=GOOD.encode())
    assert json.loads(done.out)["journeys"][0]["id"] == "b"


@pytest.mark.parametrize(
    ("command", "form"),
    [(c, f) for c in ("validate", "lint") for f in ("json", "github", "sarif", "concise")]
    + [(c, f) for c in ("score", "low-points", "opportunities") for f in ("json", "csv", "markdown")],
)
def test_output_goes_to_a_file_whole_and_nothing_else_changes(files: CommandLine, command: str, form: str) -> None:
    files.write("bad.journey.yaml", BAD)
    printed = files(command, "--output-format", form)
    written = files(command, "--output-format", form, "-o", "new/out.txt")
    assert written.out == ""
    assert (written.status, written.err) == (printed.status, printed.err)
    assert (files.folder / "new/out.txt").read_text(encoding="utf-8") == printed.out
    assert [path.name for path in (files.folder / "new").iterdir()] == ["out.txt"]


def test_a_file_gets_no_color_even_when_color_is_asked_for(files: CommandLine) -> None:
    for command in ("lint", "score"):
        files(command, "-o", "out.txt", "--color", "always")
        assert "\x1b" not in (files.folder / "out.txt").read_text(encoding="utf-8")


def test_an_output_that_cannot_be_written_gives_2(files: CommandLine) -> None:
    (files.folder / "taken").mkdir()
    done = files("score", "-o", "taken")
    assert done.status == 2
    assert done.err.startswith("journeykit: taken: cannot be written: ")


@pytest.mark.parametrize("command", ["validate", "lint", "score", "low-points", "opportunities"])
def test_a_journey_is_not_written_over(files: CommandLine, command: str) -> None:
    journey = files.write("a.journey.yaml", GOOD)
    named = files.write("named.yaml", GOOD)
    (files.folder / "s.json").symlink_to("a.journey.yaml")
    for args in (["-o", "a.journey.yaml"], ["-o", "s.json"], ["named.yaml", "-o", files.folder / "named.yaml"]):
        done = files(command, *args)
        assert (done.status, done.out) == (2, "")
        assert "a journey is not written over" in done.err
    assert journey.read_text(encoding="utf-8") == named.read_text(encoding="utf-8") == GOOD
    files.write("out.yaml", "an older report\n")
    assert files(command, "-o", "out.yaml").status < 2


def test_what_is_no_file_is_written_to_and_not_replaced(files: CommandLine) -> None:
    assert files("score", "-o", "/dev/null").status == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(
    ("settings", "options", "on_terminal", "piped"),
    [
        ({}, [], True, False),
        ({"NO_COLOR": "1"}, [], False, False),
        ({"NO_COLOR": ""}, [], True, False),
        ({"TERM": "dumb"}, [], False, False),
        ({"FORCE_COLOR": "1"}, [], True, True),
        ({"FORCE_COLOR": "0"}, [], False, False),
        ({"FORCE_COLOR": "False"}, [], False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False, False),
        ({"FORCE_COLOR": "1"}, ["--color", "never"], False, False),
        ({"NO_COLOR": "1", "TERM": "dumb"}, ["--color", "always"], True, True),
        ({}, ["--color", "auto"], True, False),
    ],
    ids=str,
)
@pytest.mark.parametrize("command", ["lint", "score", "show", "explain"])
def test_color(
    files: CommandLine,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    settings: dict[str, str],
    options: list[str],
    on_terminal: bool,
    piped: bool,
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    target = "bad-ending" if command == "explain" else "good.journey.yaml"
    assert ("\x1b[" in files(command, target, *options, terminal=True).out) == on_terminal
    assert ("\x1b[" in files(command, target, *options).out) == piped


def test_complaints_are_colored_by_their_own_stream(cli: CommandLine) -> None:
    cli.write("bad.journey.yaml", BAD)
    assert "\x1b[" in cli("score", "bad.journey.yaml", terminal=True).err
    assert "\x1b[" not in cli("score", "bad.journey.yaml").err


@pytest.mark.parametrize("command", [*READERS])
def test_quiet_says_nothing_about_the_run(files: CommandLine, command: str) -> None:
    done = files(command, "-q", *(["--fail-on", "error"] if command in WARNS else []))
    assert (done.status, done.err) == (0, "")


def test_quiet_still_tells_the_errors_of_the_tool(cli: CommandLine) -> None:
    assert "no such file" in cli("score", "-q", "nowhere").err


@pytest.mark.parametrize("command", ["validate", "lint", "low-points", "opportunities"])
def test_summaries_stand_on_standard_error(files: CommandLine, command: str) -> None:
    assert "1 journey" in files(command).err
    assert "1 journey" not in files(command).out


@pytest.mark.parametrize(
    ("args", "gate"),
    [
        (["score", "--fail-under", "99"], True),
        (["score", "--fail-under", "1"], False),
        (["low-points", "--fail-on", "critical"], True),
        (["low-points", "--fail-on", "critical", "--critical", "1", "--pain", "50"], False),
        (["low-points", "--fail-on", "pain", "--critical", "1", "--pain", "50"], True),
        (["lint", "--fail-on", "warning"], True),
        (["lint", "--fail-on", "error"], False),
        (["lint"], True),
        (["lint", "--select", "flat-curve", "--fail-on", "info"], False),
    ],
)
def test_gates(files: CommandLine, args: list[str], gate: bool) -> None:
    assert files(*args).status == int(gate)


def test_the_gate_on_the_score_says_who_misses_it(files: CommandLine) -> None:
    done = files("score", "--fail-under", "99")
    assert done.err == "good.journey.yaml scores 46.9; at least 99 is asked for\n"


def test_a_journey_without_a_score_cannot_pass_the_gate(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", "title: T\npersona: P\ntouchpoints: [I call, I wait]\n")
    done = cli("score", "--fail-under", "0")
    assert done.status == 1
    assert "has no score" in done.err


@pytest.mark.parametrize(
    "args",
    [
        ["nonsense"], ["validate", "--nonsense"], ["validate", "--output-format", "xml"],
        ["score", "--fail-under", "x"], ["score", "--fail-under", "101"],
        ["low-points", "--pain", "-1"], ["low-points", "--fail-on", "peak"],
        ["lint", "--select", "nonsense"], ["lint", "--ignore", "nonsense"], ["lint", "--show", "all"],
        ["lint", "--today", "yesterday"], ["score", "--profile", "nonsense"], ["score", "--profile", "1,2,3,4,5"],
        ["render", "--format", "gif"], ["render", "-o", "a.gif"], ["render", "--columns", "0"],
        ["render", "--columns", "many"], ["render", "--theme", "neon"], ["render", "--theme", "none.toml"],
        ["render", "--width", "1"], ["render", "--axis", "z"], ["explain", "nonsense"],
        ["explain", "bad-ending", "--all"], ["feelings", "nonsense"], ["feelings", "--lang", "xx"],
        ["channels", "--lang", "xx"], ["init", "--from", "nonsense"], ["show"], ["show", "."], ["show", "nowhere"],
        ["validate", "--config", "none.toml"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_usage_errors_give_2_on_standard_error_alone(files: CommandLine, args: list[str]) -> None:
    done = files(*args)
    assert (done.status, done.out) == (2, "")
    assert done.err
    assert "Traceback" not in done.err
    assert "internal error" not in done.err


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["valdate"], "validate"),
        (["explain", "bad-endin"], "bad-ending"),
        (["score", "--fail-under", "101"], "'--fail-under': it must be at most 100"),
        (["score", "--fail-under", "-1"], "'--fail-under': it must be at least 0"),
        (["score", "--fail-under", "half"], "'--fail-under': it must be a number\n"),
        (["rules", "unknown-key"], "journeykit explain unknown-key"),
        (["explain", "channels"], "journeykit rules channels"),
        (["lint", "--select", "feeling"], "feelings"),
        (["feelings", "frustratd"], 'did you mean "frustrated"'),
        (["init", "--from", "plumber"], "plumber-visit"),
        (["render", "--theme", "ligth"], "light"),
        (["validate", "--output-fromat", "json"], "--output-format"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistyped_word_is_answered_with_the_right_one(files: CommandLine, args: list[str], hint: str) -> None:
    assert hint in files(*args).err


def test_a_wrong_theme_is_told_of_once(files: CommandLine) -> None:
    files.write("second.journey.yaml", GOOD)
    assert files("render", "--theme", "neon").err.count("neon") == 1


def test_show_takes_no_folder_and_says_what_does(files: CommandLine) -> None:
    assert "journeykit score ." in files("show", ".").err


def test_an_internal_error_is_one_line_and_says_how_to_see_more(
    files: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("[red]oh\nno[/nothing] \x1b[31m")

    monkeypatch.setattr("journeykit.project.validating.read_each", broken)
    done = files("validate")
    assert (done.status, done.out) == (3, "")
    first, second = done.err.splitlines()
    assert first == r"journeykit: internal error: RuntimeError: [red]oh no[/nothing] \x1b[31m"
    assert "JOURNEYKIT_TRACEBACK=1" in second
    monkeypatch.setenv("JOURNEYKIT_TRACEBACK", "1")
    with pytest.raises(RuntimeError):
        files("validate")


def test_ctrl_c_gives_130_without_a_word(files: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("journeykit.project.validating.read_each", interrupted)
    done = files("validate")
    assert (done.status, done.out, done.err) == (130, "", "")


def test_a_full_disk_is_not_called_a_fault_of_ours(files: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("journeykit.cli.commands.validate.emit", full)
    done = files("validate")
    assert (done.status, done.err) == (2, "journeykit: No space left on device\n")


@pytest.mark.parametrize("command", READERS)
def test_every_example_in_the_repository_runs_through(cli: CommandLine, command: str) -> None:
    own = {"lint": ["--fail-on", "error"], "render": ["-o", "pictures"],
           "measure": ["--config", str(EXAMPLES / "measured" / "journeykit.toml")]}  # fmt: skip
    options = own.get(command, [])
    assert cli(command, EXAMPLES, *options).status == 0


def test_version() -> None:
    from journeykit import __version__
    from journeykit._version import __version__ as stored

    assert __version__ == stored


def test_without_a_rule_explain_lists_them_all(cli: CommandLine) -> None:
    done = cli("explain")
    ids = [line.split()[0] for line in done.out.splitlines()]
    assert done.status == 0
    assert {"bad-ending", "unused-suppression", "yaml-syntax"} <= set(ids)
    assert all(len(line.split()) > 2 for line in done.out.splitlines())


def test_a_selection_of_no_rule_is_no_clean_run(cli: CommandLine) -> None:
    done = cli("lint", "--select", "bad-start", "--ignore", "bad-start")
    assert (done.status, "no rule is left to run" in done.err) == (2, True)


def test_exits_are_shown_without_a_churn_risk(cli: CommandLine) -> None:
    decision = "{question: Stay?, options: [{answer: leave, to: end, share: 0.4}, {answer: stay, to: b, share: 0.6}]}"
    cli.write(
        "a.journey.yaml", f"title: T\npersona: P\ntouchpoints:\n  - {{title: A, decision: {decision}}}\n  - b: happy\n"
    )
    assert "exits: “leave” 40 %" in cli("score", "a.journey.yaml").out


def test_a_picture_is_not_written_under_another_formats_name(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", "title: T\npersona: P\ntouchpoints: [a, b]\n")
    done = cli("render", "a.journey.yaml", "--format", "png", "-o", "wall.svg")
    assert (done.status, (cli.folder / "wall.svg").exists()) == (2, False)


def test_init_puts_a_journey_into_a_folder(cli: CommandLine) -> None:
    (cli.folder / "maps").mkdir()
    assert cli("init", "maps").status == 0
    assert (cli.folder / "maps" / "my.journey.yaml").is_file()
