"""The baseline: known findings are left out, new ones are not, fixed ones are reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CommandLine

TEXT = """\
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: annoyed
"""
FILE = "journeykit-baseline.json"


@pytest.fixture
def team(cli: CommandLine) -> CommandLine:
    """A repository with two maps and a baseline of all that is found in them."""
    cli.write("journeykit.toml", f'baseline = "{FILE}"\n')
    cli.write("maps/a.journey.yaml", TEXT)
    cli.write("maps/b.journey.yaml", TEXT)
    assert cli("lint").status == 2
    done = cli("lint", "--write-baseline")
    assert (done.status, done.out) == (0, "")
    assert done.err == f"{cli.folder / FILE} holds {len(marks(cli))} findings now.\n"
    return cli


def marks(cli: CommandLine) -> list[tuple[str, str, str]]:
    data = json.loads((cli.folder / FILE).read_text(encoding="utf-8"))
    assert data["version"] == 1
    findings: dict[str, dict[str, list[str]]] = data["findings"]
    return [(file, rule, mark) for file, rules in findings.items() for rule, known in rules.items() for mark in known]


def found(cli: CommandLine, *args: str) -> list[tuple[str, str]]:
    data: dict[str, Any] = json.loads(cli("lint", "--output-format", "json", "--show", "info", *args).out)
    return [(finding["file"], finding["rule"]) for finding in data["findings"]]


def test_what_is_in_it_is_left_out_and_counted(team: CommandLine) -> None:
    done = team("lint", "--show", "info")
    assert (done.status, done.out) == (0, "")
    assert done.err == f"2 journeys, nothing to report; not shown: {len(marks(team))} in the baseline.\n"


def test_it_is_sorted_with_forward_slashes_and_the_same_each_time(team: CommandLine) -> None:
    before = (team.folder / FILE).read_bytes()
    assert marks(team) == sorted(marks(team))
    assert {file for file, _, _ in marks(team)} == {"maps/a.journey.yaml", "maps/b.journey.yaml"}
    team("lint", "--write-baseline")
    assert (team.folder / FILE).read_bytes() == before


def test_from_a_folder_below_and_with_another_name_of_the_file(
    team: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(team.folder / "maps")
    assert found(team) == []
    assert found(team, str(team.folder / "maps" / "a.journey.yaml")) == []
    assert found(team, "--isolated", "--baseline", f"../{FILE}") == []
    before = (team.folder / FILE).read_bytes()
    team("lint", "--write-baseline")
    assert (team.folder / FILE).read_bytes() == before


def test_findings_stay_known_when_lines_move_and_are_new_when_theirs_changes(team: CommandLine) -> None:
    moved = "# a word\n\n" + TEXT.replace("touchpoints:", "owner: Ana\ntouchpoints:")
    team.write("maps/a.journey.yaml", moved)
    assert found(team) == []
    team.write("maps/a.journey.yaml", moved.replace("annoyed", "angry"))
    new = found(team)
    assert ("maps/a.journey.yaml", "bad-ending") in new
    assert {file for file, _ in new} == {"maps/a.journey.yaml"}
    assert "missing-note" not in {rule for _, rule in new}
    assert team("lint").status == 1


def test_the_same_finding_once_more_is_new(team: CommandLine) -> None:
    rules = ("--select", "long-title")
    same = TEXT + f"  - {'I wait and ' * 9}wait: bored\n"
    team.write("maps/a.journey.yaml", same)
    team("lint", "--write-baseline")
    assert found(team, *rules) == []
    team.write("maps/a.journey.yaml", same + f"  - {'I wait and ' * 9}wait: bored\n")
    assert found(team, *rules) == [("maps/a.journey.yaml", "long-title")]


def test_entries_that_are_found_no_longer_are_told_and_taken_out(team: CommandLine) -> None:
    before = len(marks(team))
    team.write("maps/a.journey.yaml", TEXT.replace("annoyed", "relieved"))
    done = team("lint", "--select", "bad-ending")
    assert done.status == 0
    assert f"1 entry of {team.folder / FILE} is found no longer; --write-baseline takes it out.\n" in done.err
    team("lint", "--select", "bad-ending", "--write-baseline")
    assert len(marks(team)) == before - 1
    assert "found no longer" not in team("lint", "--select", "bad-ending").err


def test_what_was_not_looked_at_is_neither_stale_nor_lost(team: CommandLine) -> None:
    before = marks(team)
    team.write("maps/b.journey.yaml", TEXT.replace("annoyed", "relieved"))
    assert "found no longer" not in team("lint", "maps/a.journey.yaml").err
    team("lint", "maps/a.journey.yaml", "--select", "missing-note", "--write-baseline")
    assert marks(team) == before


def test_a_file_that_is_gone_leaves_stale_entries(team: CommandLine) -> None:
    (team.folder / "maps/b.journey.yaml").unlink()
    assert "found no longer" in team("lint").err
    team("lint", "--write-baseline")
    assert {file for file, _, _ in marks(team)} == {"maps/a.journey.yaml"}


def test_what_validate_refuses_is_never_in_it(team: CommandLine) -> None:
    before = marks(team)
    team.write("maps/a.journey.yaml", TEXT.replace("title", "titel"))
    done = team("lint", "--write-baseline", "--output-format", "concise")
    assert done.status == 1
    assert 'unknown key "titel"' in done.out
    assert marks(team) == before
    assert ("maps/a.journey.yaml", "unknown-key") in found(team)


def test_without_a_name_it_is_written_here_and_one_is_told_how_to_use_it(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", TEXT)
    done = cli("lint", "--write-baseline")
    assert done.status == 0
    assert f"lint with --baseline {FILE}" in done.err
    assert cli("lint").status == 1
    assert cli("lint", "--baseline", FILE).status == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "there is no such baseline"),
        ("<<<<<<< HEAD\n{}", "not a baseline"),
        ("[]", "not a baseline"),
        ('{"version": 1, "findings": {"a": 5}}', "not a baseline"),
        ('{"version": 2, "findings": {}}', "a baseline of version 2, not 1"),
    ],
)
def test_one_that_is_none_is_refused_and_not_overwritten(cli: CommandLine, text: str | None, says: str) -> None:
    cli.write("a.journey.yaml", TEXT)
    if text is not None:
        cli.write("b.json", text)
        assert cli("lint", "--baseline", "b.json", "--write-baseline").status == 2
        assert (cli.folder / "b.json").read_text(encoding="utf-8") == text
    done = cli("lint", "--baseline", "b.json")
    assert (done.status, done.out) == (2, "")
    assert says in done.err and "--write-baseline" in done.err


def test_what_is_in_it_is_not_offered_to_be_fixed(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", TEXT.replace("frustrated", "frustrated\n    channel: telephone"))
    assert "fixable" in cli("lint").err
    cli("lint", "--write-baseline")
    assert "fixable" not in cli("lint", "--baseline", FILE).err


def test_an_empty_name_shows_everything(team: CommandLine) -> None:
    assert len(found(team, "--baseline", "")) == len(marks(team))


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there are no devices")
def test_a_device_is_written_to_and_not_read_first(team: CommandLine) -> None:
    """Reading one that never ends would take all memory."""
    assert team("lint", "--write-baseline", "--baseline", "/dev/null").status == 0


def test_a_byte_order_mark_is_no_fault(team: CommandLine) -> None:
    path = team.folder / FILE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert found(team) == []


def test_nothing_is_written_beside_a_diff(team: CommandLine) -> None:
    done = team("lint", "--diff", "--write-baseline")
    assert (done.status, done.out) == (2, "")
    assert "--diff writes nothing" in done.err
