"""The command `fmt`: what it writes, lists and prints, and which files it leaves alone."""

from __future__ import annotations

import os
import stat

import pytest

from tests.conftest import CommandLine

NEAT = "title: T\npersona: P\ntouchpoints:\n  - I call: frustrated\n  - It works: relieved\n"
WILD = "persona: P\ntitle: T\ntouchpoints:\n- I call: frustrated\n- {title: It works, feeling: relieved} # at last\n"
TAMED = (
    "title: T\npersona: P\ntouchpoints:\n  - I call: frustrated\n  # at last\n"
    "  - title: It works\n    feeling: relieved\n"
)
BAD = NEAT.replace("relieved", "releived")


@pytest.fixture
def files(cli: CommandLine) -> CommandLine:
    cli.write("neat.journey.yaml", NEAT)
    cli.write("wild.journey.yaml", WILD)
    return cli


def text(files: CommandLine, name: str) -> str:
    return (files.folder / name).read_bytes().decode()


def test_files_are_formatted_in_place(files: CommandLine) -> None:
    done = files("fmt")
    assert (done.status, done.out, done.err) == (0, "", "1 file reformatted, 1 file left unchanged.\n")
    assert text(files, "wild.journey.yaml") == TAMED
    assert text(files, "neat.journey.yaml") == NEAT
    assert files("fmt").err == "2 files left unchanged.\n"
    assert files("fmt", "--quiet").err == ""


def test_a_file_in_layout_is_not_written(files: CommandLine) -> None:
    path = files.folder / "neat.journey.yaml"
    os.utime(path, (1, 1))
    files("fmt")
    assert path.stat().st_mtime == 1


def test_check_lists_and_writes_nothing(files: CommandLine) -> None:
    done = files("fmt", "--check")
    assert (done.status, done.out) == (1, "Would reformat: wild.journey.yaml\n")
    assert done.err == "1 file would be reformatted, 1 file already formatted.\n"
    assert text(files, "wild.journey.yaml") == WILD
    done = files("fmt", "--check", "neat.journey.yaml")
    assert (done.status, done.out, done.err) == (0, "", "1 file already formatted.\n")


@pytest.mark.parametrize("options", [["--diff"], ["--diff", "--check"]])
def test_diff_prints_a_patch_and_writes_nothing(files: CommandLine, options: list[str]) -> None:
    done = files("fmt", *options)
    assert done.status == 1
    assert done.out == (
        "--- wild.journey.yaml\n+++ wild.journey.yaml\n@@ -1,5 +1,7 @@\n+title: T\n persona: P\n-title: T\n"
        " touchpoints:\n-- I call: frustrated\n-- {title: It works, feeling: relieved} # at last\n"
        "+  - I call: frustrated\n+  # at last\n+  - title: It works\n+    feeling: relieved\n"
    )
    assert text(files, "wild.journey.yaml") == WILD
    assert files("fmt", "--diff", "neat.journey.yaml").status == 0


def test_a_file_that_is_no_journey_is_left_and_the_others_go_on(files: CommandLine) -> None:
    files.write("bad.journey.yaml", BAD)
    files.write("comments.journey.yaml", "# only a comment\n")
    files.write("empty.journey.yaml", "")
    done = files("fmt")
    assert done.status == 2
    assert 'bad.journey.yaml:5:15: not formatted: it is no journey: "releived" is not a known feeling\n' in done.err
    assert "journeykit: comments.journey.yaml:1:1: not formatted: it is no journey: the file is empty\n" in done.err
    assert done.err.endswith("1 file reformatted, 1 file left unchanged, 3 files not formatted.\n")
    assert text(files, "bad.journey.yaml") == BAD
    assert text(files, "comments.journey.yaml") == "# only a comment\n"
    assert text(files, "empty.journey.yaml") == ""
    assert text(files, "wild.journey.yaml") == TAMED


def test_what_has_no_layout_is_left_and_said(cli: CommandLine) -> None:
    odd = NEAT.replace("title: T", "? title\n: T")
    cli.write("odd.journey.yaml", odd)
    done = cli("fmt")
    assert done.status == 0
    assert done.err == (
        "journeykit: odd.journey.yaml:1:3: left as it is: a key written with ? has no canonical layout\n"
        "1 file left unchanged.\n"
    )
    assert text(cli, "odd.journey.yaml") == odd


def test_line_ends_and_byte_order_mark_stay(cli: CommandLine) -> None:
    path = cli.folder / "a.journey.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + WILD.replace("\n", "\r\n").encode())
    assert cli("fmt").status == 0
    assert path.read_bytes() == b"\xef\xbb\xbf" + TAMED.replace("\n", "\r\n").encode()


def test_links_and_modes_stay(cli: CommandLine) -> None:
    real = cli.write("real/a.yaml", WILD)
    real.chmod(0o640)
    link = cli.folder / "link.journey.yaml"
    link.symlink_to(real)
    done = cli("fmt")  # a link that was found leads who knows where
    assert (done.status, real.read_text()) == (2, WILD)
    assert "link.journey.yaml: cannot be written: it is a link" in done.err
    assert cli("fmt", "link.journey.yaml").status == 0
    assert link.is_symlink()
    assert real.read_text() == TAMED
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert [path.name for path in real.parent.iterdir()] == ["a.yaml"]


def test_a_file_that_cannot_be_written_is_said(files: CommandLine) -> None:
    path = files.folder / "wild.journey.yaml"
    path.chmod(0o444)
    done = files("fmt")
    assert done.status == 2
    assert done.err == (
        "journeykit: wild.journey.yaml: cannot be written: it is read-only\n"
        "1 file left unchanged, 1 file not formatted.\n"
    )
    assert text(files, "wild.journey.yaml") == WILD


def test_standard_input_goes_to_standard_output(cli: CommandLine) -> None:
    done = cli("fmt", "-", stdin=b"\xef\xbb\xbf" + WILD.encode())
    assert (done.status, done.out, done.err) == (0, "\ufeff" + TAMED, "")
    assert cli("fmt", "-", stdin=NEAT.encode()).out == NEAT
    done = cli("fmt", "-", "--check", "--stdin-filename", "mine.yaml", stdin=WILD.encode())
    assert (done.status, done.out) == (1, "Would reformat: mine.yaml\n")
    done = cli("fmt", "-", "--stdin-filename", "mine.yaml", stdin=BAD.encode())
    assert (done.status, done.out) == (2, "")
    assert "mine.yaml:5:15: not formatted" in done.err
    assert cli("fmt", "-", "other.yaml").status == 2


def test_many_files_are_formatted_alike(cli: CommandLine) -> None:
    for number in range(80):
        cli.write(f"{number}.journey.yaml", WILD if number % 2 else NEAT)
    done = cli("fmt")
    assert done.err == "40 files reformatted, 40 files left unchanged.\n"
    assert {path.read_text() for path in cli.folder.iterdir()} == {NEAT, TAMED}


def test_a_run_that_lays_out_is_followed_by_one_that_finds_nothing(with_examples: CommandLine) -> None:
    assert with_examples("fmt", "--check", "examples").status == 0


def test_a_missing_path_gives_2_and_does_not_stop_the_others(files: CommandLine) -> None:
    done = files("fmt", "nowhere.yaml", "wild.journey.yaml")
    assert done.status == 2
    assert "journeykit: nowhere.yaml: no such file or folder\n" in done.err
    assert text(files, "wild.journey.yaml") == TAMED


def test_show_files_and_empty_folders(files: CommandLine) -> None:
    assert files("fmt", "--show-files").out == "neat.journey.yaml\nwild.journey.yaml\n"
    assert text(files, "wild.journey.yaml") == WILD
    (files.folder / "empty").mkdir()
    assert files("fmt", "empty").status == 2
    done = files("fmt", "empty", "--allow-empty")
    assert (done.status, done.out, done.err) == (0, "", "No files.\n")


def test_channels_that_files_share_keep_their_names(cli: CommandLine) -> None:
    cli.write("journeykit.toml", '[channels.mail]\nname = "Pneumatic post"\n')
    own = NEAT.replace("  - I call: frustrated\n", "  - title: I write\n    channel: mail\n")
    cli.write("a.journey.yaml", own)
    assert cli("fmt", "--check").status == 0
