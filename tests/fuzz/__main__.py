"""Search for inputs that go wrong.

    python -m tests.fuzz [--seconds 3600] [--seed N] [--kinds stages,payload,faults,assets,merge]

Prints the seed that it starts from, and at the end how many inputs of each kind there were and how far they came. An
input that goes wrong is made as small as possible and written to `tests/fuzz/found`, where the test suite checks it.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import signal
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.changing import many_merges
from tests.fuzz.assets import check_assets
from tests.fuzz.mutation import FOUND, minimised, mutated, seeds
from tests.fuzz.program import check_faults, check_payload, payload_journey
from tests.fuzz.stages import check

PATIENCE = 30
"""Seconds of processor time for one input."""
WEIGHTS = {"stages": 60, "payload": 8, "faults": 12, "assets": 12, "merge": 60}
BY_SEED = {"faults": check_faults, "assets": check_assets, "merge": many_merges.check}
"""The checks that make their input of a seed."""


class OutOfPatienceError(Exception):
    """An input took too long."""


def _give_up(*_: object) -> None:
    raise OutOfPatienceError


def fault_of(work: Callable[[], str]) -> tuple[str, str]:
    """Return how far an input came, and what went wrong, or ""."""
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        return work(), ""
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return "wrong", f"{type(error).__name__}: {str(error)[:300]} ({Path(last.filename).name}:{last.lineno})"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def kept(kind: str, data: bytes, work: Callable[[bytes], str], fault: str) -> Path:
    """Write the smallest input that goes wrong in the same way; the suite checks it from then on."""
    place = fault.rpartition("(")[2]

    def fails(shorter: bytes) -> bool:
        return fault_of(lambda: work(shorter))[1].rpartition("(")[2] == place

    small = data if kind == "payload" else minimised(data, fails)  # half a payload is another text
    path = FOUND / f"{kind}-{hashlib.sha256(place.encode()).hexdigest()[:8]}.yaml"
    path.write_bytes(small)
    return path


def one(kind: str, seed: int, originals: list[bytes]) -> tuple[str, str]:
    """Try the input of a seed; return how far it came and what is wrong, with the file that shows it."""
    source = random.Random(seed)
    if kind in BY_SEED:
        return fault_of(lambda: BY_SEED[kind](seed))
    data = mutated(source, originals) if kind == "stages" else payload_journey(source)
    pictures = seed % 8 == 0
    work: Callable[[bytes], str] = check_payload if kind == "payload" else (lambda one: check(one, pictures=pictures))
    result, fault = fault_of(lambda: work(data))
    return result, f"{fault} -> {kept(kind, data, work, fault)}" if fault else ""


def main() -> int:
    """Search until the time is over; return 1 if something went wrong."""
    parser = argparse.ArgumentParser(description="Search for inputs that go wrong.")
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--kinds", default=",".join(WEIGHTS))
    asked = parser.parse_args()
    kinds = [kind for kind in asked.kinds.split(",") if kind in WEIGHTS]
    signal.signal(signal.SIGVTALRM, _give_up)
    warnings.simplefilter("error")
    FOUND.mkdir(exist_ok=True)
    print(f"seed {asked.seed}, {asked.seconds:g} s", flush=True)
    end, reported = time.monotonic() + min(asked.seconds, 3600), time.monotonic()
    counts: Counter[tuple[str, str]] = Counter()
    faults: dict[str, str] = {}
    originals, seed = seeds(), asked.seed
    while time.monotonic() < end:
        kind = random.Random(seed).choices(kinds, [WEIGHTS[one] for one in kinds])[0]
        result, fault = one(kind, seed, originals)
        counts[kind, result] += 1
        key = fault.rpartition("(")[2]
        if fault and key not in faults:
            faults[key] = fault
            print(f"seed {seed}, {kind}: {fault}", flush=True)
        if time.monotonic() - reported > 60:
            reported = time.monotonic()
            print(f"  {seed - asked.seed + 1:,} inputs, {len(faults)} kinds of fault", flush=True)
        seed += 1
    for (kind, result), count in sorted(counts.items()):
        print(f"{kind:8} {result:24} {count:>9,}")
    print(f"{sum(counts.values()):,} inputs from seed {asked.seed}: {len(faults)} kinds of fault", flush=True)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
