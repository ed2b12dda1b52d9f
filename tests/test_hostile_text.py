"""Text of a stranger that is no journey's: names, settings, rules, commits, variables. None of it moves the cursor,
hides or reorders text, or begins a line of the output.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.conftest import CommandLine, Result, slow
from tests.fuzz.stages import assert_printable
from tests.repositories import Folder

JOURNEY = """\
title: I get my router fixed
persona: Home customer
touchpoints:
  - {title: I call the help desk, feeling: frustrated, channel: phone}
  - {title: The technician fixes it, feeling: relieved, channel: store}
"""
MARK = "FORGED"
PAYLOADS = {
    "line": f"x\n{MARK}",
    "ascii": f"x\r{MARK}\x0b\x0c\x1b[2J\x1b]0;{MARK}\a\b\b\x7f{MARK}\x1b[31m{MARK}",
    "wide": f"x\x9b2J\x85{MARK}\u2028{MARK}\u2029\u202e{MARK}\u2066\u061c\u200b\ufeff\U000e0041\u00ad{MARK}",
}
payloads = pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)


def with_payloads(name: str, values: Iterable[str]) -> pytest.MarkDecorator:
    """Each value with each payload: one in turn always, the others where all that is slow is run."""
    several = list(PAYLOADS.values())
    pairs = [(value, n % 3 == at % 3, several[n]) for at, value in enumerate(values) for n in range(3)]
    return pytest.mark.parametrize(
        (name, "payload"), [(value, payload) if now else slow(value, payload) for value, now, payload in pairs]
    )


@pytest.fixture
def cli(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A terminal so wide that no text is wrapped."""
    monkeypatch.setenv("COLUMNS", "5000")
    return cli


def check(done: Result, *, says: bool = True, colored: bool = False) -> None:
    """Check what was printed; with `says`, the payload's mark must be somewhere in it."""
    assert done.status != 3 and "internal error" not in done.err, done.err
    for text in (done.out, done.err):
        text = re.sub(r"\x1b\[[0-9;]*m", "", text) if colored else text
        assert_printable(text)
        forged = [line for line in text.splitlines() if line.strip(" │|").startswith(MARK)]
        assert not forged, (forged, text)
    assert not says or MARK in done.out + done.err, (done.out, done.err)


def quoted(text: str) -> str:
    """A text as TOML, or as Python has it."""
    return json.dumps(text, ensure_ascii=True).replace("\\udb40\\udc41", "\\U000e0041")


OWN_RULE = """\
from journeykit.finding import Severity
from journeykit.rules import Hit, rule

@rule(Severity.WARNING)
def our_rule(subject):
    {docstring}
    {body}
"""
BODIES = {
    "message": 'yield Hit(("title",), {text}, {text})',
    "raises": "raise ValueError({text})",
    "named so": 'raise type({text}, (Exception,), {{}})("x")',
    "suggests": 'yield Hit(("title",), "m", "h", suggestion=({text},))',
    "part": 'yield Hit(("title",), "m", "h", part={text})',
    "no hit": "yield {text}",
    "path": 'yield Hit(("title", {text}), "m", "h")',
    "parts": 'yield Hit(("title",), "m", "h", parts=(Hit(("persona",), {text}, {text}),))',
}
FORMATS = ["full", "concise", "github"]


@with_payloads("body", BODIES)
def test_what_own_rules_say(cli: CommandLine, payload: str, body: str) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    text = quoted(payload)
    cli.write("rules.py", OWN_RULE.format(docstring=text, body=BODIES[body].format(text=text)))
    cli.write("journeykit.toml", 'plugins = ["rules.py"]\nselect = ["rules"]\n')
    for form in FORMATS:
        check(cli("lint", "--output-format", form), says=body in ("message", "raises"))
    check(cli("lint", terminal=True), says=False, colored=True)
    check(cli("rules"), says=False)
    check(cli("explain", "our-rule"), says=False)
    check(cli("lint", "--diff"), says=False)


@with_payloads(
    "code",
    ["raise ValueError({0})", "import json\nraise json.JSONDecodeError({0}, 'x', 0)", "exec({0})", "def f(: {0}",
     "raise SystemExit({0})", "raise type({0}, (Exception,), {{}})", "__file__ = {0}\nraise OSError({0})"],
)  # fmt: skip
def test_what_a_broken_plugin_says(cli: CommandLine, payload: str, code: str) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    cli.write("rules.py", code.format(quoted(payload)) + "\n")
    cli.write("journeykit.toml", 'plugins = ["rules.py"]\n')
    for command in ("lint", "rules"):
        check(cli(command), says=False)


SETTINGS = [
    "{} = 1", "theme = {}", "show = {}", "select = [{}]", "ignore = [{}]", "baseline = {}", "plugins = [{}]",
    "[rules.{}]\nseverity = 'error'", "[rules.long-note]\nseverity = {}", "[rules.long-note]\n{} = 1", "cache-dir = {}",
    "[rules.long-note]\nwords = {}", "[scoring]\n{} = 1", "[scoring]\nprofile = {}", "[channels.{}]\nx = 1",
    "[channels.kiosk]\n{} = 1", "[feelings]\n{} = 9", "[feelings]\nmeh = {}", "[personas.{}]\nx = 1",
    "[personas.eva]\n{} = 1", "[personas.eva]\nname = {}\nage = {}", "[per-file-ignores]\n{} = ['typo']",
    "[per-file-ignores]\n'*' = [{}]", "include = {}", "include = [{}]", "exclude = [{}]", "source = {}",
    "plugins = ['{}.py']", "theme = 'x{}.toml'", "force-exclude = {}", "# {}\nx = [", "{} = [",
]  # fmt: skip


@with_payloads("settings", SETTINGS)
def test_what_settings_hold(cli: CommandLine, payload: str, settings: str) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    text = quoted(payload)
    cli.write("journeykit.toml", settings.replace("'x{}.toml'", quoted(f"x{payload}.toml"))
              .replace("'{}.py'", quoted(f"{payload}.py")).replace("{}", text) + "\n")  # fmt: skip
    for command in ("lint", "render", "lint --show-settings"):
        check(cli(*command.split()), says=False)


THEMES = [
    "base = {}", "{} = 1", "[colors]\n{} = '#fff'", "[colors]\ngood = {}", "[type]\nbody = {}", "[font]\nfamily = {}",
    "[font]\nregular = {}", "[logo]\nfile = {}", "[logo]\nfile = 'x.png'\ntitle = {}", "[{}]\nx = 1",
]  # fmt: skip


@with_payloads("theme", THEMES)
def test_what_a_theme_holds(cli: CommandLine, payload: str, theme: str) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    cli.write("brand.toml", theme.replace("{}", quoted(payload)) + "\n")
    check(cli("render", "--theme", "brand.toml"), says=False)


@payloads
def test_names_of_files_and_folders(cli: CommandLine, payload: str) -> None:
    repository = Folder(cli.folder)
    good, bad = f"{payload}.journey.yaml", f"{payload}/b{payload}.journey.yaml"
    repository.write(good, JOURNEY)
    repository.commit()
    repository.write(good, JOURNEY.replace("frustrated", "angry"))
    repository.write(bad, JOURNEY.replace("frustrated", "hapy"))
    (cli.folder / f"{payload}.yaml").mkdir()
    (cli.folder / f"{payload}c.journey.yaml").symlink_to("nowhere")
    commands = [
        "validate", "lint", "lint --output-format concise", "lint --output-format github", "score", "low-points",
        "fmt --check", "fmt --diff", "lint --diff --unsafe-fixes", "history", "diff HEAD", "render", "opportunities",
        "diff HEAD --output-format markdown", "lint --show-files", "render --alt", "lint --write-baseline", "fmt",
    ]  # fmt: skip
    for command in commands:
        check(cli(*command.split()), says=command != "render --alt")
    for command in ("validate", "score", "history", "show", "render", "git-textconv", "git-merge"):
        check(cli(command, f"{payload}/nowhere.yaml"), says=command not in ("git-merge", "git-textconv"))
        check(cli(command, f"--{payload}"))
    for option in (
        "--config",
        "--theme",
        "--output",
        "-o",
        "--output-format",
        "--lang",
        "--chart",
        "--today",
        "--lanes",
    ):
        check(cli("render", option, f"{payload}/x"), says=False)
    check(cli(payload))
    check(cli("explain", payload))
    check(cli("lint", "--select", payload))


@payloads
def test_commits_and_branches(cli: CommandLine, payload: str) -> None:
    repository = Folder(cli.folder)
    repository.write("a.journey.yaml", JOURNEY)
    repository.commit(payload)
    repository.write("a.journey.yaml", JOURNEY.replace("frustrated", "angry"))
    repository.git("add", "-A")
    name = payload.replace("\n", " ")
    repository.git("commit", "-q", "-m", payload, GIT_AUTHOR_NAME=name, GIT_AUTHOR_DATE="2026-04-01T00:00:00+00:00")
    branch = "".join(letter for letter in payload if letter > " " and letter not in "\x7f[")  # what git allows
    repository.git("branch", branch, "HEAD^")
    repository.git("tag", f"t{branch}", "HEAD^")
    commands = [
        ["history", "a.journey.yaml"], ["history", "--output-format", "markdown"], ["diff", f"{branch}..HEAD"],
        ["history", "--chart", "h.svg", "a.journey.yaml"], ["diff", branch], ["diff", f"t{branch}...HEAD"],
        ["diff", branch, "--output-format", "markdown"], ["diff", f"{branch}..{payload}"], ["diff", payload],
        ["history", "--since", payload], ["history", "--output-format", "csv"],
    ]  # fmt: skip
    for command in commands:
        check(cli(*command), says=False)
        if "csv" not in command:
            check(cli(*command, terminal=True), says=False, colored=True)
    assert MARK in cli("history", "a.journey.yaml", "--output-format", "json").out
    assert MARK not in (cli.folder / "h.svg").read_text() or "\x1b" not in (cli.folder / "h.svg").read_text()


VARIABLES = [
    "JOURNEYKIT_CACHE_DIR", "JOURNEYKIT_NO_PLUGINS", "XDG_CACHE_HOME", "HOME", "LANG", "LC_ALL", "COLUMNS", "TERM",
    "NO_COLOR", "FORCE_COLOR", "TERM_PROGRAM", "COLORTERM", "XDG_CONFIG_HOME", "GIT_DIR", "GIT_CONFIG_GLOBAL", "SHELL",
    "CI_PROJECT_DIR", "_JOURNEYKIT_COMPLETE", "TZ", "PAGER",
]  # fmt: skip


@with_payloads("name", VARIABLES)
def test_variables_of_the_environment(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, payload: str, name: str, tmp_path: Path
) -> None:
    Folder(cli.folder).commit()
    cli.write("a.journey.yaml", JOURNEY)
    monkeypatch.setenv(name, f"{tmp_path}/{payload}" if name in ("XDG_CACHE_HOME", "HOME") else payload)
    for command in (
        "lint",
        "score",
        "history",
        "git-setup --check",
        "git-setup --check --global",
        "show a.journey.yaml",
    ):
        done = cli(*command.split())
        if name != "FORCE_COLOR":
            check(done, says=False)
