"""Help: every command is listed, explains itself, and its examples run as they stand."""

from __future__ import annotations

import re
import shlex
import shutil

import pytest

from journeykit.cli import command_names, name_of
from journeykit.cli.commands import HIDDEN
from tests.cli.names import ENDLESS
from tests.conftest import EXAMPLES, CommandLine
from tests.repositories import Folder

COMMANDS = [name_of(name) for name in command_names()]
CONTRACT = (
    "init", "validate", "lint", "score", "low-points", "opportunities", "render", "show", "diff", "explain", "schema",
    "feelings", "channels", "history",
)  # fmt: skip
"""Commands that there must be."""
SHELL = re.compile(r"^  +((?:\S.*\| )?journeykit .*)$", re.MULTILINE)


def examples(text: str) -> list[str]:
    """The examples in a help text."""
    _, _, below = text.partition("\n  Examples:\n")
    return SHELL.findall(below.split("\nArguments:")[0].split("\nOptions:")[0])


def test_every_command_is_listed_in_the_order_of_use(cli: CommandLine) -> None:
    listed = re.findall(r"^  ([\w-]+)  ", cli("--help").out.partition("Commands:")[2], re.MULTILINE)
    assert listed == [name for name in COMMANDS if name.replace("-", "_") not in HIDDEN]
    assert set(CONTRACT) <= set(listed)
    assert listed[:3] == ["init", "validate", "lint"]


def test_the_list_of_commands_is_not_cut_off(cli: CommandLine) -> None:
    assert "..." not in cli("--help").out.partition("Commands:")[2]


def test_no_argument_at_all_shows_the_help(cli: CommandLine) -> None:
    done = cli()
    assert done.status == 2
    assert "Commands:" in done.out + done.err


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_it_does_and_has_examples(cli: CommandLine, command: str) -> None:
    done = cli(command, "--help")
    assert (done.status, done.err) == (0, "")
    assert cli(command, "-h").out == done.out
    assert len(examples(done.out)) >= 2
    assert all(f"journeykit {command}" in example for example in examples(done.out))
    assert "[[" not in done.out
    assert max(map(len, done.out.splitlines())) <= 100


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_explained(cli: CommandLine, command: str) -> None:
    options = cli(command, "--help").out.partition("\nOptions:\n")[2]
    for entry in re.split(r"\n(?=  -)", options.rstrip()):
        assert re.search(r"(?s)^ *-.*?(  |\n +)[A-Za-z]", entry), entry


@pytest.mark.parametrize("command", COMMANDS)
def test_no_argument_has_a_type_of_python(cli: CommandLine, command: str) -> None:
    assert not re.search(r"<(list|str|path|int|Path)", cli(command, "--help").out)


def pipeline(cli: CommandLine, line: str) -> int:
    """Run an example: a command of ours with what a shell does before and after it."""
    before, _, ours = line.rpartition(" | ")
    words = shlex.split(ours)
    target = source = None
    if ">" in words:
        words, target = words[: words.index(">")], words[-1]
    if "<" in words:
        words, source = words[: words.index("<")], words[-1]
    if before:
        program, source = shlex.split(before)
        assert program == "cat"
    stdin = (cli.folder / source).read_bytes() if source else b""
    done = cli(*words[1:], stdin=stdin)
    assert "Traceback" not in done.err
    if target:
        assert done.out, "there is nothing to write into the file"
    return done.status


@pytest.mark.parametrize(
    ("command", "number"),
    [(command, number) for command in COMMANDS if command not in ENDLESS for number in (0, 1)],
    ids=str,
)
def test_an_example_of_the_help_runs(cli: CommandLine, command: str, number: int) -> None:
    smallest = (EXAMPLES / "smallest.journey.yaml").read_text(encoding="utf-8")
    for name in ("examples/smallest.journey.yaml", "my.yaml", "draft.yaml"):
        cli.write(name, smallest)
    cli.write("workshop.csv", "Action,Emotion,Pain Point\nI call,angry,a queue\nIt works,happy,\n")
    rows = [f"{case},{status},2026-01-0{day}\n" for case in range(6) for day, status in ((1, "New"), (3, "Closed"))]
    cli.write("tickets.csv", "ticket,status,changed\n" + "".join(rows))
    cli.write(
        "helpdesk.csv", "case_id,activity,timestamp,Type\n" + "".join(f"{row.strip()},Incident\n" for row in rows)
    )
    line = examples(cli(command, "--help").out)[number]
    for name in re.findall(r"[\w-]+\.journey\.yaml", line):
        if (EXAMPLES / name).is_file():
            shutil.copy(EXAMPLES / name, cli.folder)
    if command != "init" and not re.search(r"yaml|examples|import", line):
        cli.write("here.journey.yaml", smallest)
    if command in ("diff", "history", "git-setup"):
        cli.write("journeys/one.yaml", smallest)
        Folder(cli.folder).commit()
    gates = ("--fail-on", "--fail-under")
    allowed = {0, 1} if command == "lint" or any(gate in line for gate in gates) else {0}
    assert pipeline(cli, line) in allowed, line


@pytest.mark.parametrize("color", ["always", "never", "auto"])
def test_rich_does_not_touch_the_help(cli: CommandLine, color: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1" if color == "always" else "0")
    done = cli("lint", "--help", terminal=True)
    assert "ignore[rule-id]" in done.out.replace("\n  ", " ")
    assert "\x1b" not in done.out
