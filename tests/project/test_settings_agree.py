"""Commands, server, git drivers and Python API score a journey alike, under any settings."""

from __future__ import annotations

import json
import os
import re
from typing import Any

import pytest

import journeykit

pytest.importorskip("pygls", reason="the language server is an extra")

from journeykit.server.analysis import Analysis, Rules
from journeykit.server.hovers import hover
from tests.action_job import run_action
from tests.conftest import CommandLine
from tests.repositories import Folder

NAME = "a.journey.yaml"
JOURNEY = """\
title: I get my parcel
persona: Ann
touchpoints:
- {id: order, title: I order, feeling: miffed, satisfaction: 1, measured: {mean: 3.4, sd: 1, n: 400, scale: 1..5}}
- {id: wait, title: I wait, satisfaction: -1, measured: {mean: 4.1, sd: 1, n: 300, scale: 1..5}}
- {id: get, title: I get it, satisfaction: 2, measured: {mean: 2.2, sd: 1, n: 350, scale: 1..5}}
- {id: use, title: I use it, feeling: miffed}
"""
SETTINGS = {
    "none": "",
    "stated": 'source = "stated"\n',
    "measured": 'source = "measured"\n',
    "profile": 'profile = "peak-end"\n',
    "own": """
[feelings]
miffed = -1.5
[scoring]
pain = 45
weights = {mean = 0.2, peak = 0.2, valley = 0.2, end = 0.2, first = 0.2}
""",
}


@pytest.fixture(params=sorted(SETTINGS))
def folder(request: pytest.FixtureRequest, cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    text = SETTINGS[request.param]
    cli.write("journeykit.toml", text if "feelings" in text else text + "[feelings]\nmiffed = -1\n")
    repository = Folder(cli.folder)
    cli.write(NAME, JOURNEY.replace("satisfaction: 2", "satisfaction: 0"))
    repository.commit("first")
    cli.write(NAME, JOURNEY)
    return cli


RULE = """
from journeykit.finding import Severity
from journeykit.rules import Hit, rule

@rule(Severity.WARNING)
def our_score(subject):
    yield Hit(("title",), f"score {subject.scores.score!r} low {[low.id for low in subject.scores.low_points]}")
"""


def test_one_journey_has_one_score(folder: CommandLine) -> None:
    expected = json_of(folder, "score", NAME)["score"]
    assert scores(folder) == {who: pytest.approx(expected, abs=tolerance) for who, tolerance in ASKED.items()}


def test_one_journey_has_one_list_of_low_points(folder: CommandLine) -> None:
    low = [one["id"] for one in json_of(folder, "low-points", NAME)["low_points"]]
    assert low == [one.id for one in journeykit.low_points(NAME)]
    assert str(low) in lint_message(folder)
    text = folder("git-textconv", NAME).out
    assert text.count("low point:") == len(low)
    scores = analysis(folder).scores
    assert scores is not None and [one.id for one in scores.low_points] == low


def test_the_settings_make_a_difference(cli: CommandLine) -> None:
    found = set()
    for text in SETTINGS.values():
        cli.write("journeykit.toml", text if "feelings" in text else text + "[feelings]\nmiffed = -1\n")
        cli.write(NAME, JOURNEY)
        found.add(json_of(cli, "score", NAME)["score"])
    assert len(found) == len(SETTINGS)


ASKED = {
    "lint": 1e-9, "low-points": 1e-9, "diff": 1e-9, "history": 1e-9, "textconv": 0.05, "hover": 0.05, "server": 1e-9,
    "action": 0.05, "score()": 1e-9, "Project.score": 1e-9, "render": 0.05,
}  # fmt: skip
"""The entry points that give a score, and the precision with which they print it."""


def scores(cli: CommandLine) -> dict[str, float]:
    project = journeykit.Project.find(cli.folder)
    journey = journeykit.load(NAME)
    shown = analysis(cli)
    facts = hover(shown, shown.text.index("id: order") + 5)
    assert facts is not None
    return {
        "lint": number("score (.*?) low", lint_message(cli)),
        "low-points": low_point_score(cli),
        "diff": json_of(cli, "diff", NAME)["new"]["score"],
        "history": json_of(cli, "history", NAME)["versions"][-1]["score"],
        "textconv": number("score: ([0-9.]+)", cli("git-textconv", NAME).out),
        "hover": number("of the journey's score, ([0-9.]+)", facts.contents.value),  # type: ignore[union-attr]
        "server": (shown.scores and shown.scores.score) or 0.0,
        "action": action_score(cli),
        "score()": journeykit.score(journey).score or 0.0,
        "Project.score": project.score(NAME)[0].scores.score or 0.0,
        "render": number("Journey score: ([0-9.]+)", cli("render", NAME, "--alt").out),
    }


def json_of(cli: CommandLine, *args: str) -> dict[str, Any]:
    done = cli(*args, "--output-format", "json")
    assert done.status == 0, done.err
    (found,) = json.loads(done.out)["journeys"]
    assert isinstance(found, dict)
    return found


def number(pattern: str, text: str) -> float:
    found = re.search(pattern, text, re.IGNORECASE)
    assert found, text
    return float(found[1])


def lint_message(cli: CommandLine) -> str:
    settings = (cli.folder / "journeykit.toml").read_text(encoding="utf-8")
    if "plugins" not in settings:
        cli.write("rules.py", RULE)
        cli.write("journeykit.toml", 'plugins = ["rules.py"]\n' + settings)
    done = cli("lint", "--select", "our-score", "--output-format", "json", NAME)
    message = json.loads(done.out)["findings"][0]["message"]
    assert isinstance(message, str)
    return message


def low_point_score(cli: CommandLine) -> float:
    """The journey's score out of those that `low-points` gives its touchpoints, weighed as `score` weighs them."""
    parts = json_of(cli, "score", NAME)
    low = {one["id"]: one["score"] for one in json_of(cli, "low-points", NAME)["low_points"]}
    points = [point for point in parts["touchpoints"] if point["score"] is not None]
    assert low and {point["id"]: point["score"] for point in points if point["id"] in low} == low
    return float(sum(point["coefficient"] * low.get(point["id"], point["score"]) for point in points))


def analysis(cli: CommandLine) -> Analysis:
    path = cli.folder / NAME
    return Analysis(path.read_text(encoding="utf-8"), path, Rules(journeykit.Project.find(path)))


def action_score(cli: CommandLine) -> float:
    summary = cli.folder / "summary.md"
    summary.write_text("", encoding="utf-8")
    environment = {**os.environ, "GITHUB_STEP_SUMMARY": str(summary), "INPUT_PATHS": NAME, "INPUT_MODE": "check"}
    run_action(cli.folder, environment)
    return number(r"\| I get my parcel \| ([0-9.]+)", summary.read_text(encoding="utf-8"))
