"""What the search found once stays right, and the search finds what is wrong."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from journeykit.output import paint
from journeykit.project import writing
from tests.changing import many_merges
from tests.fuzz import assets
from tests.fuzz.assets import check_assets
from tests.fuzz.mutation import FOUND, minimised, mutated, seeds
from tests.fuzz.program import Done, check_faults, check_payload, payload_journey, run
from tests.fuzz.stages import check


@pytest.mark.parametrize("path", sorted(FOUND.glob("*.yaml")), ids=lambda path: path.stem)
def test_what_went_wrong_once_is_right(path: Path) -> None:
    (check_payload if path.name.startswith("payload") else check)(path.read_bytes())


@pytest.mark.parametrize("seed", range(40))
def test_mutations_pass_through_every_stage(seed: int) -> None:
    check(mutated(random.Random(seed), seeds()), pictures=seed % 8 == 0)


@pytest.mark.parametrize("seed", range(4))
def test_payloads_stay_text(seed: int) -> None:
    check_payload(payload_journey(random.Random(seed)))


@pytest.mark.parametrize("seed", range(25))
def test_faults_of_the_system_lose_nothing(seed: int) -> None:
    check_faults(seed)


@pytest.mark.parametrize("seed", range(12))
def test_damaged_files_beside_a_journey_are_mistakes_of_the_user(seed: int) -> None:
    check_assets(seed)


@pytest.mark.parametrize("seed", range(10))
def test_merges_lose_nothing(seed: int) -> None:
    assert many_merges.check(seed)


def test_the_search_notices_an_escape_that_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paint, "_UNSAFE", "\x07")
    with pytest.raises(AssertionError):
        for seed in range(20):
            check_payload(payload_journey(random.Random(seed)))


def test_the_search_notices_a_file_that_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(path: Path, data: bytes, _: object) -> None:
        if path.suffix == ".yaml":
            path.write_bytes(data[: len(data) // 2])

    monkeypatch.setattr(writing, "replace_found_file", cut)
    with pytest.raises((AssertionError, ValueError)):
        for seed in range(60):
            check_faults(seed)


def test_an_input_is_made_small() -> None:
    assert minimised(b"a\nb\nxyz\nc\n" * 5, lambda data: b"y" in data) == b"y"


def test_an_undamaged_folder_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "mutated", lambda _, originals: originals[0])
    monkeypatch.setattr(assets, "damaged_font", lambda _: assets.whole_font())

    def run_well(*args: str) -> Done:
        done = run(*args)
        assert done.status in (0, 1) and not (args[0] == "render" and done.status), done.err
        return done

    monkeypatch.setattr(assets, "run", run_well)
    for seed in range(3):
        check_assets(seed)
