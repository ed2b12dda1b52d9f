"""Read, score and draw one journey as SVG again and again in this process; print the seconds of each run as JSON.

What a live preview or a notebook waits for: python -m benchmarks.in_process 20 my.journey.yaml
"""

import json
import sys
import time
from pathlib import Path

from journeykit import read_file, score
from journeykit.charts.picture import Picture, draw


def main() -> None:
    """The first run, which fills caches, is not counted; SystemExit where the file is no journey."""
    times, file = int(sys.argv[1]), Path(sys.argv[2])
    seconds: list[float] = []
    for _ in range(times + 1):
        start = time.perf_counter()
        document = read_file(file)
        if document.journey is None:
            raise SystemExit(f"{file} is no journey")
        draw(document.journey, score(document.journey), Picture())
        seconds.append(time.perf_counter() - start)
    print(json.dumps(seconds[1:]))


if __name__ == "__main__":
    main()
