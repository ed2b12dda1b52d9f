"""What the search found once stays right, and the search finds what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from journeykit.changing.merging import three_way
from journeykit.output import paint
from journeykit.output import textconv as text_for_git
from journeykit.project import git_setup, writing
from tests.conftest import slow
from tests.fuzz import __main__ as fuzz
from tests.fuzz import assets, kinds, program
from tests.fuzz.assets import check_asset, damaged_asset
from tests.fuzz.git_merges import check_git_merge, make_versions
from tests.fuzz.kinds import FOUND, KINDS, check_again
from tests.fuzz.minimising import minimised
from tests.fuzz.program import Done, check_fault, check_payload, fault, is_forged, payload_journey, run
from tests.fuzz.stages import check_svg

TRIED = {
    "stages": 40,
    "pictures": 5,
    "payload": 4,
    "faults": 25,
    "assets": 12,
    "layouts": 10,
    "texts": 10,
    "merge": 10,
    "git": 3,
}
"""How many inputs of each kind are tried: the first third always, the others where all that is slow is run."""
SEEDS = [
    (kind, seed) if 3 * seed < tried else slow(kind, seed) for kind, tried in TRIED.items() for seed in range(tried)
]


@pytest.mark.parametrize("path", sorted(FOUND.iterdir()), ids=lambda path: path.stem)
def test_what_went_wrong_once_is_right(path: Path) -> None:
    check_again(path)


def test_every_kind_is_tried() -> None:
    assert TRIED.keys() == KINDS.keys()


@pytest.mark.parametrize(("kind", "seed"), SEEDS)
def test_inputs_are_right(kind: str, seed: int) -> None:
    assert KINDS[kind].check(KINDS[kind].make(Random(seed)))


def test_the_search_notices_an_escape_that_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paint, "_UNSAFE", "\x07")
    with pytest.raises(AssertionError):
        for seed in range(20):
            check_payload(payload_journey(Random(seed)))


def test_the_search_knows_a_forged_line() -> None:
    assert is_forged("FORGED x") and is_forged(" │ FORGED x") and is_forged("FORGEDLONG")
    assert not is_forged("x FORGED") and not is_forged("    FORGEDLONG")  # which a table may have broken there


def test_the_search_notices_a_long_text_that_forges_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "PAYLOADS", ["word " * 20 + "\n"])
    monkeypatch.setattr(text_for_git, "one_line", str)
    monkeypatch.setattr(program, "TEXT", ["git-textconv a.journey.yaml"])
    with pytest.raises(AssertionError):
        for seed in range(20):
            check_payload(payload_journey(Random(seed)))


def test_the_search_notices_a_file_that_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(path: Path, data: bytes, _: object) -> None:
        if path.suffix == ".yaml":
            path.write_bytes(data[: len(data) // 2])

    monkeypatch.setattr(writing, "replace_found_file", cut)
    with pytest.raises((AssertionError, ValueError)):
        for seed in range(60):
            check_fault(fault(Random(seed)))


def test_the_search_notices_that_git_does_not_use_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_setup, "ATTRIBUTES", "diff=journeykit")
    with pytest.raises(AssertionError):
        for seed in range(10):
            check_git_merge(make_versions(Random(seed)))


def test_what_goes_wrong_is_made_small_and_kept_for_the_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(kinds, "FOUND", tmp_path)
    search = fuzz.Search(["merge"], 1)
    with monkeypatch.context() as broken:
        broken.setattr(three_way, "merged_comments", lambda *versions: versions[1])
        search.run(0)
        while not search.faults:
            search.one(Random(search.seed))
            search.seed += 1
        (path,) = tmp_path.iterdir()
        assert path.suffix == ".json"
        with pytest.raises(AssertionError):
            check_again(path)
    assert check_again(path)
    whole = make_versions(Random(1))
    assert path.stat().st_size < len(json.dumps(whole, indent=1)) / 4
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"seed {search.seed - 1}, merge: AssertionError: ")
    assert said[1] == f"  made small: {path}; the tests check it from now on, commit it with the mend"
    assert search.summary().endswith(f" inputs of the seeds 1 to {search.seed - 1}: 1 kind of fault")


def test_the_seed_of_an_input_makes_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []

    def check(case: Any) -> str:
        made.append(case)
        return "made"

    for name, kind in KINDS.items():
        monkeypatch.setitem(KINDS, name, kind._replace(check=check))
    for seeds in ((7, 8, 9), (8,)):
        search = fuzz.Search(list(KINDS), seeds[0])
        for seed in seeds:
            search.one(Random(seed))
    assert made[1] == made[3] != made[0]


@pytest.mark.parametrize(
    "inner", ['<a href="javascript:x"/>', '<image href="https://x.org"/>', "<script/>", '<g onload="x"/>']
)
def test_the_search_notices_what_runs_or_is_loaded_in_a_picture(inner: str) -> None:
    check_svg(b'<svg><a href="https://example.org"/><use href="#a"/></svg>')
    with pytest.raises(AssertionError):
        check_svg(f"<svg>{inner}</svg>".encode())


def test_a_text_is_made_small() -> None:
    assert minimised(b"a\nb\nxyz\nc\n" * 5, lambda data: b"y" in data) == b"y"


def test_data_is_made_small() -> None:
    data = {"a": [1, {"b": 2, "c": "x" * 30 + "needle" + "x" * 30}, 3], "d": {"e": [4]}}
    small = minimised(data, lambda one: "needle" in json.dumps(one))
    assert small == {"a": [{"c": "needle"}]}


def test_an_undamaged_folder_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "mutated", lambda _, originals: originals[0])
    monkeypatch.setattr(assets, "font_changes", lambda _: [])
    monkeypatch.setattr(assets, "damaged_font", lambda *_: assets.whole_font())

    def run_well(*args: str) -> Done:
        done = run(*args)
        assert done.status in (0, 1) and not (args[0] == "render" and done.status), done.err
        return done

    monkeypatch.setattr(assets, "run", run_well)
    for seed in range(3):
        check_asset(damaged_asset(Random(seed)))
