"""The kinds of inputs that are searched: how one is made, and what holds of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.fuzz.assets import check_asset, damaged_asset
from tests.fuzz.git_merges import check_git_merge, check_versions, make_versions
from tests.fuzz.minimising import Case
from tests.fuzz.mutation import mutated, seeds
from tests.fuzz.program import check_fault, check_payload, fault, payload_journey
from tests.fuzz.stages import check

FOUND = Path(__file__).parent / "found"
"""Inputs that went wrong once; the test suite checks each again."""


class Kind(NamedTuple):
    """How often an input of a kind is tried, what makes it, and what checks it and returns how far it came."""

    weight: int
    make: Callable[[Random], Case]
    check: Callable[[Case], str]


@cache
def originals() -> list[bytes]:
    """Return the real journeys that are mangled."""
    return seeds(FOUND)


def _mutated(random: Random) -> bytes:
    return mutated(random, originals())


KINDS = {
    "stages": Kind(52, _mutated, lambda data: check(data, pictures=False)),
    "pictures": Kind(8, _mutated, check),
    "payload": Kind(8, payload_journey, check_payload),
    "faults": Kind(12, fault, check_fault),
    "assets": Kind(12, damaged_asset, check_asset),
    "merge": Kind(60, make_versions, check_versions),
    "git": Kind(6, make_versions, check_git_merge),
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
