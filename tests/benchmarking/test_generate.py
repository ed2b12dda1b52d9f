"""The generated journeys: the same everywhere, valid, and one journey in every notation."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from benchmarks.generate import journey, write
from benchmarks.notation import as_json, as_mermaid, as_yaml
from benchmarks.phrases import LANGUAGES

from journeykit.model import Journey, Touchpoint
from journeykit.reading.document import read_text

SOME = range(40)


def touchpoints(data: dict[str, Any]) -> list[dict[str, Any]]:
    if "touchpoints" in data:
        return list(data["touchpoints"])
    return [touchpoint for stage in data["stages"] for touchpoint in stage["touchpoints"]]


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_a_seed_gives_the_same_bytes_in_every_process(tmp_path: Path, hash_seed: str) -> None:
    here = write(tmp_path / "here", 3, seed=7, notations=("yaml", "mermaid"))
    told = [sys.executable, "-m", "benchmarks.generate", str(tmp_path / "there"), "--files", "3", "--seed", "7"]
    env = os.environ | {"PYTHONHASHSEED": hash_seed}
    subprocess.run([*told, "--notation", "yaml", "mermaid"], check=True, env=env)
    there = sorted((tmp_path / "there").iterdir())
    assert [path.name for path in there] == sorted(path.name for path in here)
    assert all(path.read_bytes() == (tmp_path / "here" / path.name).read_bytes() for path in there)


def test_seeds_and_numbers_give_different_journeys() -> None:
    texts = {as_yaml(journey(seed, number)) for seed in (1, 2) for number in SOME}
    assert len(texts) == 2 * len(SOME)


@pytest.mark.parametrize("number", SOME)
def test_every_journey_is_valid(number: int) -> None:
    document = read_text(as_yaml(journey(1, number)), f"journey-{number}.journey.yaml")
    assert [f"{finding.rule}: {finding.message}" for finding in document.findings] == []
    assert document.journey is not None


def test_a_long_journey_is_valid_and_has_the_length_asked_for() -> None:
    document = read_text(as_yaml(journey(1, 0, 500)), "long.journey.yaml")
    assert not document.findings
    assert document.journey is not None and len(document.journey.touchpoints) == 500


def test_journeys_have_the_size_of_real_ones() -> None:
    made = [journey(1, number) for number in SOME]
    assert all(10 <= len(touchpoints(one)) <= 40 for one in made)
    lines = sorted(as_yaml(one).count("\n") for one in made)
    assert 200 <= lines[len(lines) // 2] <= 320


def test_every_language_and_every_field_is_used() -> None:
    made = [journey(1, number) for number in range(100)]
    assert {one["lang"] for one in made} == {language.lang for language in LANGUAGES}
    beside = {"image", "journey", "data"}  # which name other files, or what settings name
    assert set(Journey.model_fields) - beside <= {key for one in made for key in one}
    assert set(Touchpoint.model_fields) - beside <= {key for one in made for part in touchpoints(one) for key in part}


@pytest.mark.parametrize("number", SOME)
def test_yaml_and_json_say_the_same(number: int) -> None:
    data = journey(3, number)
    assert yaml.safe_load(as_yaml(data)) == data
    assert json.loads(as_json(data)) == data


@pytest.mark.parametrize("number", SOME)
def test_mermaid_has_the_same_stages_and_touchpoints(number: int) -> None:
    data = journey(1, number)
    lines = as_mermaid(data).splitlines()
    assert lines[0] == "journey" and lines[1].startswith("  title ")
    sections = [line for line in lines if line.startswith("  section ")]
    tasks = [line for line in lines if line.startswith("    ")]
    assert len(sections) == len(data.get("stages", [None]))
    assert len(tasks) == len(touchpoints(data)) == len(lines) - 2 - len(sections)
    assert all(re.fullmatch(r"    [^:;#]+: [1-5]: [^:;#,]+", task) for task in tasks)


def test_mermaid_scores_are_the_feelings() -> None:
    bad, good = ({"title": "It happens", "feeling": feeling} for feeling in ("furious", "delighted"))
    data = {"title": "Mine", "persona": "Anna", "touchpoints": [bad, good, {"It is over": "neutral"}]}
    assert [line.split(": ")[1] for line in as_mermaid(data).splitlines() if ": " in line] == ["1", "5", "3"]
