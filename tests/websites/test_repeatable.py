"""The same journeys give the same site, byte by byte, whatever seed Python orders sets with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

MAP = """\
title: I report a leak
persona: {id: dana, name: Dana}
touchpoints:
  - {title: I report it, channel: [app, phone, email, chat, store, website], satisfaction: -1}
  - {title: The plumber comes, channel: phone, satisfaction: 1}
"""


def test_the_first_page_does_not_depend_on_the_order_of_sets(tmp_path: Path) -> None:
    tmp_path.joinpath("leak.journey.yaml").write_text(MAP)
    pages = set()
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "journeykit", "site", "leak.journey.yaml", "-o", seed, "--no-history", "-q"],
            check=True, cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        pages.add(tmp_path.joinpath(seed, "index.html").read_bytes())
    assert len(pages) == 1
