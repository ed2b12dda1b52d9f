"""docs/configuration.md: its settings are settings, its rule is a rule, and it names every setting."""

from __future__ import annotations

import re

import pytest

from journeykit.config import KEYS
from tests.conftest import ROOT, CommandLine

TEXT = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
JOURNEY = """\
title: I get my parcel
persona: sam
touchpoints:
  - {title: I call, channel: phone, feeling: miffed}
  - {title: I go to the locker, channel: locker, feeling: happy}
"""


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def team(cli: CommandLine) -> CommandLine:
    """A repository as the page has it, with the baseline that its settings name."""
    cli.write("journeykit.toml", block("toml"))
    cli.write("tools/our_rules.py", block("python"))
    cli.write("a.journey.yaml", JOURNEY)
    assert cli("lint", "--write-baseline").status == 0
    return cli


def test_its_settings_and_its_rule_work(team: CommandLine) -> None:
    assert team("lint", "--show", "info").out == ""
    done = team("lint", "--config", "journeykit.toml", "--baseline", str(team.write("none.json", EMPTY)))
    assert "nothing is said of opening hours" in done.out
    assert "Sam, translator" in team("show", "a.journey.yaml").out
    assert "customers of ours call in the evening" in team("explain", "missing-opening-hours").out


EMPTY = '{"version": 1, "findings": {}}\n'


def test_its_limit_is_one(team: CommandLine) -> None:
    assert "[rules.missing-opening-hours] least = 2" in TEXT
    team.write("journeykit.toml", block("toml") + "[rules.missing-opening-hours]\nleast = 2\n")
    assert "least = 2" in team("rules", "our-rules").out


def test_it_names_every_key() -> None:
    missing = [key for key in KEYS if f"`{key}" not in TEXT and f"[{key}" not in TEXT]
    assert missing == [], "docs/configuration.md: add a row for each of these settings"
