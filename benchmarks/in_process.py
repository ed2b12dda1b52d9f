"""Run one journeykit command again and again in this process; print the seconds of each run as JSON.

python -m benchmarks.in_process 20 render my.journey.yaml -o my.svg
"""

import json
import sys
import time

from journeykit.__main__ import main as journeykit


def main() -> None:
    """The first run, which imports, is not counted; SystemExit with the exit code of a run that fails."""
    times = int(sys.argv[1])
    sys.argv = ["journeykit", *sys.argv[2:]]
    seconds: list[float] = []
    for _ in range(times + 1):
        start = time.perf_counter()
        try:
            journeykit()
        except SystemExit as end:
            if end.code:
                raise
        seconds.append(time.perf_counter() - start)
    print(json.dumps(seconds[1:]))


if __name__ == "__main__":
    main()
