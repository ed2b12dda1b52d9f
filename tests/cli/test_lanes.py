"""`render --chart blueprint` and `--lanes`: which lanes, in which order, and the errors for unknown ones."""

from __future__ import annotations

import re

import pytest

from journeykit.charts import lanes
from tests.conftest import EXAMPLES, CommandLine

JOB = str(EXAMPLES / "my-new-job.journey.yaml")
LANE = re.compile(r'id="lane-([a-z]+)-1"')


def test_lanes_keep_the_order_given(cli: CommandLine) -> None:
    done = cli("render", JOB, "--lanes", "metrics, stages,curve", "-o", "-")
    assert (done.status, LANE.findall(done.out)) == (0, ["metrics", "stages", "curve"])


def test_the_blueprint_has_a_file_of_its_own(cli: CommandLine) -> None:
    done = cli("render", JOB, "--chart", "blueprint", "-o", "pictures")
    assert (done.status, done.out) == (0, "")
    assert "my-new-job-blueprint.svg" in done.err


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("stages,decision", 'did you mean "decisions"?'),
        ("moon", f"lanes: {', '.join(lanes.names())}"),
        (",", "--lanes names no lane"),
    ],
)
def test_an_unknown_lane_is_named_before_anything_is_drawn(cli: CommandLine, named: str, said: str) -> None:
    done = cli("render", JOB, "--lanes", named, "-o", "pictures")
    assert (done.status, done.out) == (2, "")
    assert said in done.err and "Wrote" not in done.err


def test_lanes_that_show_nothing_of_a_journey_are_told_of_and_the_others_drawn(cli: CommandLine) -> None:
    smallest = str(EXAMPLES / "smallest.journey.yaml")
    done = cli("render", smallest, JOB, "--lanes", "decisions,metrics", "-o", "pictures")
    assert done.status == 1
    assert "nothing to show in decisions, metrics" in done.err and "my-new-job.svg" in done.err


def test_an_overlay_has_no_lanes_to_choose(cli: CommandLine) -> None:
    done = cli("render", JOB, JOB.replace("job.", "job-to-be."), "--overlay", "--lanes", "curve", "-o", "-")
    assert done.status == 2 and "--lanes" in done.err
