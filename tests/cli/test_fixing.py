"""`lint --fix`, `--unsafe-fixes` and `--diff`, as they are called."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from journeykit.linting import Linted
from journeykit.project import linting, writing
from tests.conftest import CommandLine

OLD = """\
# map
title: I get it fixed
persona: Sam
feelings: {left alone: -1.5}
touchpoints:
  - {id: t1, title: I call, channel: telephone, feeling: frustrated} # first
  - {id: calm, title: I am called, channel: 'e-mail', feeling: relieved}
"""
SAFE = OLD.replace("telephone", "phone").replace("'e-mail'", "'email'")
UNSAFE = SAFE.replace("feelings: {left alone: -1.5}\n", "").replace("t1", "i-call")
ONLY = ("--select", "unknown-channel,positional-id,unused-definition")
DONE = "Fixed 2 of 4 findings: 2 unknown-channel.\n2 more fixable with --unsafe-fixes.\n"


@pytest.fixture
def files(cli: CommandLine) -> CommandLine:
    cli.write("a.journey.yaml", OLD)
    return cli


def text(cli: CommandLine, name: str = "a.journey.yaml") -> str:
    return (cli.folder / name).read_bytes().decode()


def test_lint_alone_marks_what_can_be_fixed_and_writes_nothing(files: CommandLine) -> None:
    done = files("lint", *ONLY, "--show", "info")
    assert done.out.count("unknown-channel]: [*] ") == 2
    assert done.out.count("[*]") == 2
    assert "[*] 2 fixable with --fix, 2 more with --unsafe-fixes.\n" in done.err
    assert files("lint", *ONLY, "--show", "info", "--output-format", "concise").out.count("unknown-channel] [*] ") == 2
    assert text(files) == OLD


def test_unsafe_fixes_alone_marks_those_too(files: CommandLine) -> None:
    done = files("lint", *ONLY, "--show", "info", "--unsafe-fixes")
    assert done.out.count("]: [*] ") == 4
    assert "[*] 4 fixable with --fix --unsafe-fixes.\n" in done.err
    assert text(files) == OLD


def test_fix_makes_safe_fixes_and_says_so(files: CommandLine) -> None:
    done = files("lint", *ONLY, "--fix")
    assert (done.status, done.out) == (0, "")
    assert done.err.endswith(DONE)
    assert text(files) == SAFE


def test_unsafe_fixes_are_made_with_both_options(files: CommandLine) -> None:
    done = files("lint", *ONLY, "--fix", "--unsafe-fixes")
    assert done.status == 0
    assert "Fixed 4 of 4 findings: 1 positional-id, 2 unknown-channel, 1 unused-definition.\n" in done.err
    assert text(files) == UNSAFE
    again = files("lint", *ONLY, "--fix", "--unsafe-fixes")
    assert "ixed" not in again.err
    assert text(files) == UNSAFE


def test_what_remains_decides_the_exit_status(files: CommandLine) -> None:
    assert files("lint", *ONLY).status == 1
    assert files("lint", *ONLY, "--fix", "--fail-on", "info").status == 1
    assert files("lint", *ONLY, "--fix").status == 0


def test_quiet_fixes_without_a_word(files: CommandLine) -> None:
    done = files("lint", *ONLY, "--fix", "--quiet")
    assert (done.out, done.err) == ("", "")
    assert text(files) == SAFE


def test_a_diff_is_a_patch_that_does_the_same(files: CommandLine) -> None:
    done = files("lint", *ONLY, "--diff")
    assert done.status == 1
    assert done.err == "Would fix 2 findings: 2 unknown-channel; 2 more with --unsafe-fixes.\n"
    assert text(files) == OLD
    subprocess.run(["git", "apply", "-p0", "-"], input=done.out.encode(), cwd=files.folder, check=True)
    assert text(files) == SAFE
    again = files("lint", *ONLY, "--diff", "--fix")
    assert (again.status, again.out) == (0, "")
    assert again.err == "Nothing would be fixed; 2 more with --unsafe-fixes.\n"


def test_a_diff_wins_over_fix(files: CommandLine) -> None:
    assert files("lint", *ONLY, "--diff", "--fix", "--unsafe-fixes").out.count("\n+") == 3
    assert text(files) == OLD


def test_a_diff_on_a_terminal_has_color_and_nothing_that_turns_text_round(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", OLD.replace("# first", "# \u202e"))
    done = cli("lint", *ONLY, "--diff", terminal=True)
    assert "\x1b[32m+" in done.out and "\x1b[31m-" in done.out
    assert "\u202e" not in done.out
    assert "\x1b[" not in cli("lint", *ONLY, "--diff", "-o", "patch").out
    assert "# \u202e" in text(cli, "patch")


def test_a_diff_says_which_files_are_no_journeys(files: CommandLine) -> None:
    files.write("b.journey.yaml", "title: [")
    done = files("lint", *ONLY, "--diff")
    assert done.err.endswith("1 file is no journey: see journeykit validate.\n")


def test_standard_input_comes_out_fixed_and_the_findings_beside_it(cli: CommandLine) -> None:
    done = cli("lint", "-", "--fix", *ONLY, "--show", "info", "--output-format", "json", stdin=OLD.encode())
    assert done.out == SAFE
    found = json.JSONDecoder().raw_decode(done.err)[0]["findings"]
    assert {one["rule"] for one in found} == {"positional-id", "unused-definition"}
    assert done.err.endswith(DONE)


@pytest.mark.parametrize(
    "data",
    [b"", b"# only this\r\n", b"\xef\xbb\xbftitle: [\n", b"\xff\xfet\x00", b"title: \xe9\n", UNSAFE.encode()],
)
def test_standard_input_without_anything_to_fix_comes_out_as_it_went_in(cli: CommandLine, data: bytes) -> None:
    done = cli("lint", "-", "--fix", *ONLY, stdin=data)
    assert done.out.encode("utf-8", "surrogateescape") == data


def test_a_byte_order_mark_and_line_ends_stay(cli: CommandLine) -> None:
    old, new = (b"\xef\xbb\xbf" + one.replace("\n", "\r\n").encode() for one in (OLD, SAFE))
    assert cli("lint", "-", "--fix", *ONLY, stdin=old).out.encode() == new
    (cli.folder / "a.journey.yaml").write_bytes(old)
    cli("lint", "--fix", *ONLY)
    assert (cli.folder / "a.journey.yaml").read_bytes() == new


def test_standard_input_is_fixed_alone(files: CommandLine) -> None:
    done = files("lint", "-", "a.journey.yaml", "--fix", stdin=OLD.encode())
    assert done.status == 2
    assert "standard input is fixed to standard output" in done.err
    assert text(files) == OLD


@pytest.mark.parametrize("content", ["", "# only a comment\n", "title: [\n", "title: T\nchannel: telephone\n"])
def test_files_that_are_no_journey_are_left_alone(files: CommandLine, content: str) -> None:
    files.write("b.journey.yaml", content)
    assert files("lint", "--fix", *ONLY).status == 1
    assert text(files, "b.journey.yaml") == content
    assert text(files) == SAFE


def test_a_link_is_followed_and_the_mode_kept(files: CommandLine) -> None:
    path = files.folder / "a.journey.yaml"
    path.chmod(0o640)
    link = files.folder / "link.yaml"
    link.symlink_to("a.journey.yaml")
    assert files("lint", "link.yaml", "--fix", *ONLY).status == 0
    assert link.is_symlink()
    assert text(files) == SAFE
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_file_under_two_names_is_fixed_once(files: CommandLine) -> None:
    (files.folder / "b.journey.yaml").symlink_to("a.journey.yaml")
    done = files("lint", "--fix", *ONLY)
    assert (done.status, text(files)) == (0, SAFE)


def test_a_read_only_file_is_told_of_and_the_others_are_fixed(files: CommandLine) -> None:
    path = files.write("b.journey.yaml", OLD)
    (files.folder / "a.journey.yaml").chmod(0o444)
    done = files("lint", "--fix", *ONLY)
    assert done.status == 2
    assert "journeykit: a.journey.yaml: cannot be written: it is read-only\n" in done.err
    assert "Fixed 2 of 8 findings: 2 unknown-channel.\n" in done.err
    assert done.out.count("a.journey.yaml") == 2, "its findings are still there"
    assert (text(files), path.read_text()) == (OLD, SAFE)


def test_a_folder_that_takes_no_files_is_told_of(files: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(writing, "replace_found_file", refused)
    done = files("lint", "--fix", *ONLY)
    assert done.status == 2
    assert "journeykit: a.journey.yaml: cannot be written: Permission denied\n" in done.err
    assert text(files) == OLD


def test_a_file_that_changes_while_it_is_read_is_not_overwritten(
    files: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = linting.lint_document

    def meddling(*args: Any, **kwargs: Any) -> Linted:
        (files.folder / "a.journey.yaml").write_text(OLD + "# mine\n")
        return judge(*args, **kwargs)

    monkeypatch.setattr(linting, "lint_document", meddling)
    done = files("lint", "--fix", *ONLY)
    assert done.status == 2
    assert "journeykit: a.journey.yaml: not written: it changed while it was read\n" in done.err
    assert text(files) == OLD + "# mine\n"


def test_many_files_are_fixed_whoever_reads_them(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    names = [f"{number}.journey.yaml" for number in range(70)]
    for name in names:
        cli.write(name, OLD)
    done = cli("lint", "--fix", *ONLY)
    assert "Fixed 140 of 280 findings: 140 unknown-channel.\n" in done.err
    assert {text(cli, name) for name in names} == {SAFE}


def test_what_a_comment_suppresses_is_not_fixed(cli: CommandLine) -> None:
    old = OLD.replace("# first", "# journeykit: ignore[unknown-channel] as our wiki calls it")
    cli.write("a.journey.yaml", old)
    cli("lint", "--fix", *ONLY)
    assert text(cli) == old.replace("'e-mail'", "'email'")


def test_words_of_the_settings_are_known_when_a_file_is_read_anew(cli: CommandLine) -> None:
    cli.write("journeykit.toml", "[feelings]\nglum = -1\n")
    cli.write("a.journey.yaml", OLD.replace("frustrated", "glum"))
    cli("lint", "--fix", *ONLY)
    assert text(cli) == SAFE.replace("frustrated", "glum")


def test_fixes_in_json_are_edits_that_lead_there(files: CommandLine) -> None:
    data = json.loads(files("lint", *ONLY, "--show", "info", "--output-format", "json").out)
    fixes = [one["fix"] for one in data["findings"]]
    assert sorted((fix["title"], fix["safe"]) for fix in fixes) == [
        ("Remove it", False),
        ("Rename it to i-call wherever it stands", False),
        ("Write email", True),
        ("Write phone", True),
    ]
    lines = OLD.splitlines()
    (edit,) = next(fix for fix in fixes if fix["title"] == "Write phone")["edits"]
    start, end = edit["start"], edit["end"]
    assert start["line"] == end["line"]
    assert lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1] == "telephone"
    assert edit["text"] == "phone"


def test_a_fix_that_cannot_be_made_is_not_promised(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", OLD.replace("feelings: {left alone: -1.5}", "feelings:\n  # why\n  left alone: -1.5"))
    done = cli("lint", "--select", "unused-definition", "--show", "info", "--unsafe-fixes")
    assert "unused-definition" in done.out
    assert "[*]" not in done.out + done.err


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_fixes_that_are_not_made_are_counted_with_the_reason(cli: CommandLine, option: str) -> None:
    sources = "sources:\n  - id: a\n    # keep me\n    kind: survey\n  - id: b\n    kind: survey\n"
    cli.write("a.journey.yaml", f"title: T\npersona: P\ntouchpoints: [I call, I wait]\n{sources}")
    done = cli("lint", option, "--unsafe-fixes", "--select", "unused-definition")
    assert "1 fix not made: 1 would lose a comment.\n" in done.err


def test_patches_of_files_in_folders_name_them(cli: CommandLine) -> None:
    cli.write("maps/a.journey.yaml", OLD)
    assert str(Path("maps/a.journey.yaml")) in cli("lint", "maps", "--diff", *ONLY).out.splitlines()[0]


@pytest.mark.parametrize("program", [["git", "apply", "-p0", "-"], ["patch", "-p0", "--quiet"]])
def test_patches_of_files_with_spaces_in_their_names_are_taken(cli: CommandLine, program: list[str]) -> None:
    if shutil.which(program[0]) is None:
        pytest.skip(f"{program[0]} is not there")
    cli.write("a map.journey.yaml", OLD)
    patch = cli("lint", "--diff", *ONLY).out
    subprocess.run(program, input=patch.encode(), cwd=cli.folder, check=True, stdout=subprocess.DEVNULL)
    assert text(cli, "a map.journey.yaml") == SAFE
