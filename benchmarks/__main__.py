"""Measure journeykit against its peers: `make bench`, or `python -m benchmarks --help`."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import data, discovering, live, pictures, reading, scaling, startup, table, websites
from benchmarks.setting import Setting
from benchmarks.table import Row
from journeykit._version import __version__

SECTIONS: dict[str, Callable[[Setting], Iterator[Row]]] = {
    reading.SECTION: reading.measure,
    startup.SECTION: startup.measure,
    pictures.SECTION: pictures.measure,
    scaling.SECTION: scaling.measure,
    websites.SECTION: websites.measure,
    live.SECTION: live.measure,
    data.SECTION: data.measure,
    discovering.SECTION: discovering.measure,
}


def main() -> None:
    """Run the requested sections and print the table; progress goes to standard error."""
    asked = _arguments()
    rounds = asked.rounds or (2 if asked.quick else 5)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="journeykit-bench-") as scratch:
        setting = Setting(Path(scratch), rounds, asked.seed, asked.quick, asked.large)
        for name in asked.only or SECTIONS:
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            rows += SECTIONS[name](setting)
    about: dict[str, object] = {"journeykit": __version__, "rounds": rounds, "seed": asked.seed}
    write = table.as_json if asked.json else table.as_text
    print(write(rows, setting.missing(), about))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Ratios of journeykit's times to those of its peers, whole processes in turn.",
    )
    parser.add_argument("--quick", action="store_true", help="two rounds and fewer pictures, for a first look")
    parser.add_argument("--rounds", type=int, help="counted rounds of each measurement (default 5)")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="this section; may be repeated")
    parser.add_argument("--large", action="store_true", help="scale up to 10,000 files instead of 1,000")
    parser.add_argument("--seed", type=int, default=1, help="seed of the generated journeys (default 1)")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    asked = parser.parse_args()
    if asked.rounds is not None and asked.rounds < 1:
        parser.error("at least one round is needed")
    return asked


if __name__ == "__main__":
    main()
