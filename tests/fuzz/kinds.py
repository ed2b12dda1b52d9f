"""The kinds of inputs that are searched: how one is made, and what holds of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.changing import many_layouts
from tests.fuzz.assets import check_asset, damaged_asset
from tests.fuzz.git_merges import check_git_merge, check_versions, make_versions
from tests.fuzz.merged_texts import check_texts, make_texts
from tests.fuzz.minimising import Case
from tests.fuzz.mutation import mutated, seeds
from tests.fuzz.program import check_fault, check_payload, fault, payload_journey
from tests.fuzz.stages import check

FOUND = Path(__file__).parent / "found"
"""Inputs that went wrong once; the test suite checks each again."""


class Kind(NamedTuple):
    """What inputs of a kind are, how often one is tried, and what makes and checks one.

    `check` returns how far an input came.
    """

    what: str
    weight: int
    make: Callable[[Random], Case]
    check: Callable[[Case], str]


@cache
def originals() -> list[bytes]:
    """Return the real journeys that are mangled."""
    return seeds(FOUND)


def _mutated(random: Random) -> bytes:
    return mutated(random, originals())


def _laid_out(random: Random) -> bytes:
    return many_layouts.changed(random.randrange(2**32)).encode()


KINDS = {
    "stages": Kind(
        "journeys, mangled: read, linted, scored, formatted, fixed",
        52,
        _mutated,
        lambda data: check(data, pictures=False),
    ),
    "pictures": Kind("journeys, mangled: drawn too", 8, _mutated, check),
    "payload": Kind(
        "commands for terminals, tables and pages in every field and key", 8, payload_journey, check_payload
    ),
    "faults": Kind("calls of the system that fail while something is written", 12, fault, check_fault),
    "assets": Kind("damaged fonts, logos, themes, settings and baselines", 12, damaged_asset, check_asset),
    "layouts": Kind("odd layouts, formatted and fixed", 30, _laid_out, lambda data: many_layouts.check(data.decode())),
    "texts": Kind("odd layouts of both sides, merged", 20, make_texts, check_texts),
    "merge": Kind("known edits of both sides, merged", 60, make_versions, check_versions),
    "git": Kind("known edits of both sides, merged by git", 6, make_versions, check_git_merge),
}


def written(kind: str, case: Case, name: str) -> Path:
    """Write an input that went wrong: a journey as it is, everything else as JSON."""
    is_file = isinstance(case, bytes)
    path = FOUND / f"{kind}-{name}.{'yaml' if is_file else 'json'}"
    path.write_bytes(case if is_file else json.dumps(case, indent=1).encode() + b"\n")
    return path


def check_again(path: Path) -> str:
    """Check an input that went wrong once."""
    data = path.read_bytes()
    kind = KINDS[path.name.partition("-")[0]]
    return kind.check(data if path.suffix == ".yaml" else json.loads(data))
