"""Files given explicitly that the settings exclude are skipped with --force-exclude."""

from __future__ import annotations

import pytest

from tests.cli.names import commands_with
from tests.conftest import CommandLine

GOOD = "title: I get help\npersona: Ann\ntouchpoints:\n- I call: angry\n- I wait: sad\n"


@pytest.fixture
def files(cli: CommandLine) -> CommandLine:
    cli.write("journeykit.toml", 'exclude = ["archive"]\n')
    cli.write("a.journey.yaml", GOOD)
    cli.write("archive/old.journey.yaml", "title: T\n")
    return cli


def test_a_named_file_is_read_unless_that_is_forced(files: CommandLine) -> None:
    assert files("validate", "archive/old.journey.yaml").status == 1
    assert files("validate", "archive").status == 1
    done = files("validate", "--force-exclude", "archive/old.journey.yaml", "a.journey.yaml")
    assert (done.status, done.err) == (0, "1 journey, valid.\n")


@pytest.mark.parametrize("command", commands_with("force_exclude"))
@pytest.mark.parametrize("path", ["archive/old.journey.yaml", "archive"])
def test_nothing_left_is_no_error(files: CommandLine, command: str, path: str) -> None:
    done = files(command, "--force-exclude", path)
    assert done.status == 0
    assert "old" not in done.out + done.err


@pytest.mark.parametrize("command", commands_with("force_exclude"))
def test_standard_input_is_excluded_by_the_name_that_is_given_for_it(files: CommandLine, command: str) -> None:
    done = files(command, "--force-exclude", "-", "--stdin-filename", "archive/old.journey.yaml", stdin=b"title: T\n")
    assert done.status == 0
    assert "old" not in done.out + done.err
    read = files(command, "--force-exclude", "-", "--stdin-filename", "b.journey.yaml", stdin=b"title: T\n")
    assert "b.journey.yaml" in read.out + read.err


@pytest.mark.parametrize("command", [["fmt"], ["lint", "--fix"]], ids=" ".join)
def test_an_editor_gets_excluded_text_back_as_it_is(files: CommandLine, command: list[str]) -> None:
    text = b"\xef\xbb\xbftouchpoints:   [{a: hapy}]\r\ntitle: T"
    done = files(*command, "--force-exclude", "-", "--stdin-filename", "archive/new.journey.yaml", stdin=text)
    assert (done.status, done.out.encode("utf-8", "surrogateescape")) == (0, text)


def test_standard_input_without_a_name_is_read(files: CommandLine) -> None:
    files.write("journeykit.toml", 'exclude = ["stdin", "archive"]\nforce-exclude = true\n')
    assert files("validate", "-", stdin=b"title: T\n").status == 1
    long = files("validate", "-", "--stdin-filename", "x" * 300, stdin=b"title: T\n")
    assert (long.status, long.err) == (1, "2 errors in 1 file.\n")


def test_the_settings_force_it_and_the_command_line_takes_it_back(files: CommandLine) -> None:
    files.write("journeykit.toml", 'exclude = ["archive"]\nforce-exclude = true\n')
    assert files("validate", "archive/old.journey.yaml").status == 0
    assert files("validate", "--no-force-exclude", "archive/old.journey.yaml").status == 1
    assert files("validate", "--show-files", ".").out == "a.journey.yaml\n"
    assert "force-exclude = true" in files("validate", "--show-settings").out


def test_a_pattern_of_files_and_the_project_itself(files: CommandLine) -> None:
    files.write("journeykit.toml", 'exclude = ["*.old.journey.yaml"]\nforce-exclude = true\n')
    files.write("b.old.journey.yaml", "title: T\n")
    assert files("validate", "b.old.journey.yaml", "archive/../b.old.journey.yaml").status == 0
    assert files("validate", "archive/old.journey.yaml").status == 1
    assert files("validate").status == 1


def test_a_missing_file_is_missing_all_the_same(files: CommandLine) -> None:
    done = files("validate", "--force-exclude", "none.journey.yaml")
    assert (done.status, done.err) == (2, "journeykit: none.journey.yaml: no such file or folder\n")


def test_it_must_be_true_or_false(files: CommandLine) -> None:
    files.write("journeykit.toml", 'force-exclude = "yes"\n')
    assert "\"force-exclude\" must be true or false, not 'yes'" in files("validate").err
