"""Search for inputs that go wrong.

    python -m tests.fuzz [--seconds 3600] [--seed N] [--kinds stages,layouts,merge]

Prints the seed that it starts from, and at the end how many inputs of each kind there were and how far they came. An
input that goes wrong is made as small as possible and written to `tests/fuzz/found`, where the test suite checks it.
Each input has a seed of its own, one more than that of the input before: with it and one second it comes first again.
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
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT
from tests.fuzz.kinds import FOUND, KINDS, written
from tests.fuzz.minimising import Case, minimised

PATIENCE = 30
"""Seconds of processor time for one input."""
MOST_SECONDS = 3600


class OutOfPatienceError(Exception):
    """An input took too long."""


class Fault(NamedTuple):
    """What went wrong, and in which line of code."""

    message: str
    place: str


def _give_up(*_: object) -> None:
    raise OutOfPatienceError


def tried(kind: str, case: Case) -> tuple[str, Fault | None]:
    """Return how far an input came, and what went wrong."""
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        return KINDS[kind].check(case), None
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return "wrong", Fault(
            f"{type(error).__name__}: {str(error)[:300]}", f"{Path(last.filename).name}:{last.lineno}"
        )
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def kept(kind: str, case: Case, place: str) -> Path:
    """Write the smallest input that goes wrong at the same place; the suite checks it from then on."""

    def fails(smaller: Case) -> bool:
        fault = tried(kind, smaller)[1]
        return fault is not None and fault.place == place

    return written(kind, minimised(case, fails), hashlib.sha256(place.encode()).hexdigest()[:8])


class Search:
    """A search from a seed on."""

    def __init__(self, kinds: Sequence[str], seed: int) -> None:
        self.kinds, self.first, self.seed = kinds, seed, seed
        self.counts: Counter[tuple[str, str]] = Counter()
        self.faults: set[tuple[str, str]] = set()

    def run(self, seconds: float) -> None:
        """Try one input after the other until the time is over."""
        start = reported = time.monotonic()
        while self.seed == self.first or time.monotonic() < start + seconds:
            self.one(random.Random(self.seed))
            self.seed += 1
            if time.monotonic() - reported > 60:
                reported = time.monotonic()
                print(f"  {reported - start:,.0f} s: {self.counts.total():,} inputs, {self.found}", flush=True)

    def one(self, source: random.Random) -> None:
        """Try the input of a seed; one that goes wrong in a new way is kept."""
        kind = source.choices(self.kinds, [KINDS[one].weight for one in self.kinds])[0]
        case = KINDS[kind].make(source)
        result, fault = tried(kind, case)
        self.counts[kind, result] += 1
        if fault and (kind, fault.place) not in self.faults:
            self.faults.add((kind, fault.place))
            print(f"seed {self.seed}, {kind}: {fault.message} ({fault.place})", flush=True)
            path = kept(kind, case, fault.place)
            print(f"  made small: {_shown(path)}; the tests check it from now on, commit it with the mend", flush=True)

    @property
    def found(self) -> str:
        """How much was found."""
        count = len(self.faults)
        return f"{count} kind{'s' * (count > 1)} of fault" if count else "no fault"

    def summary(self) -> str:
        """How many inputs of each kind came how far."""
        rows = [("kind", "how far it came", "inputs")]
        rows += [(kind, result, f"{count:,}") for (kind, result), count in sorted(self.counts.items())]
        lines = [f"{kind:10}{result:24}{count:>9}\n" for kind, result, count in rows]
        return (
            f"{''.join(lines)}{self.counts.total():,} inputs of the seeds {self.first} to {self.seed - 1}: {self.found}"
        )


def _shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def _kinds(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in KINDS]:
        raise argparse.ArgumentTypeError(f"no kind {', '.join(unknown)}; there are {', '.join(KINDS)}")
    return names


def main() -> int:
    """Search until the time is over; return 1 if something went wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz",
        description="Search for inputs that go wrong.",
        epilog="Kinds:\n" + "\n".join(f"  {name:10}{kind.what}" for name, kind in KINDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seconds", type=float, default=MOST_SECONDS, help="how long, an hour at most")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9), help="of the first input")
    parser.add_argument("--kinds", type=_kinds, default=list(KINDS), metavar="KIND,…", help="all if not given")
    asked = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _give_up)
    warnings.simplefilter("error")
    FOUND.mkdir(exist_ok=True)
    seconds = min(asked.seconds, MOST_SECONDS)
    print(f"seed {asked.seed}: inputs of the kinds {', '.join(asked.kinds)} for {seconds:g} s", flush=True)
    search = Search(asked.kinds, asked.seed)
    search.run(seconds)
    print(search.summary(), flush=True)
    return int(bool(search.faults))


if __name__ == "__main__":
    sys.exit(main())
