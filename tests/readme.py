"""The README's commands, their outputs and its pictures: run, compared, refreshed.

`python -m tests.readme` writes what the commands print now into the README, and draws the pictures in docs/pictures.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PICTURES = ROOT / "docs" / "pictures"
JOURNEY = "router.journey.yaml"
CHANGED = "router-new.journey.yaml"
CHANGES = {
    "        channel: none\n        feeling: [impatient, ignored]\n": (
        "        channel: sms\n        by: company\n        feeling: reassured\n"
    ),
    "        lasts: 6h\n": "        lasts: 2h\n",
}
"""What the README says is another in the second version of its journey."""
DRAWN = {
    "router-curve.svg": (JOURNEY, ["--chart", "curve"]),
    "my-new-job.svg": ("examples/my-new-job.journey.yaml", []),
    "plumber-visit.svg": ("examples/plumber-visit.journey.yaml", []),
    "support-ticket.svg": ("examples/support-ticket.journey.yaml", []),
}
"""The pictures in docs/pictures: the journey each is drawn of, and the options."""

_BLOCK = re.compile(r"^```console\n\$ (.*)\n((?:.*\n)*?)```$", re.MULTILINE)
_YAML = re.compile(r"^```yaml\n((?:.*\n)*?)```$", re.MULTILINE)


class Block(NamedTuple):
    """A command of the README and the output that stands below it."""

    command: str
    output: str


def blocks(text: str) -> list[Block]:
    """All commands with an output."""
    return [Block(match[1], match[2]) for match in _BLOCK.finditer(text)]


def journey(text: str) -> str:
    """The journey that the README shows."""
    found = _YAML.search(text)
    assert found is not None, "the README shows no journey"
    return found[1]


def workplace(folder: Path) -> Path:
    """A folder with what the README's commands need."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    shown = journey(README.read_text(encoding="utf-8"))
    (folder / JOURNEY).write_text(shown, encoding="utf-8")
    for old, new in CHANGES.items():
        assert shown.count(old) == 1, f"the README's journey has another text than {old!r}"
        shown = shown.replace(old, new)
    (folder / CHANGED).write_text(shown, encoding="utf-8")
    return folder


def run(command: str, folder: Path) -> str:
    """What a command prints on a terminal of 100 columns without colour, standard error included."""
    program, *arguments = shlex.split(command)
    assert program == "journeykit", command
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "journeykit", *arguments],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        timeout=120, check=False,
    )  # fmt: skip
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def draw(name: str, folder: Path) -> bytes:
    """A picture of docs/pictures as it is drawn now."""
    source, options = DRAWN[name]
    target = folder / name
    run(shlex.join(["journeykit", "render", source, *options, "-o", str(target), "-q"]), folder)
    return target.read_bytes()


def refresh() -> None:
    """Bring the README and the pictures up to date."""
    with tempfile.TemporaryDirectory() as name:
        folder = workplace(Path(name))
        text = README.read_text(encoding="utf-8")
        fresh = _BLOCK.sub(lambda match: f"```console\n$ {match[1]}\n{run(match[1], folder)}```", text)
        README.write_text(fresh, encoding="utf-8")
        PICTURES.mkdir(parents=True, exist_ok=True)
        for picture in DRAWN:
            (PICTURES / picture).write_bytes(draw(picture, folder))


if __name__ == "__main__":
    refresh()
