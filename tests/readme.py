"""Commands, outputs and pictures of the README and of the pages in `PAGES`: run, compared, refreshed.

`python -m tests.readme` writes what the commands print now into the pages, and draws the pictures in docs/pictures.
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
FIRST_STEPS = ROOT / "docs" / "first-steps.md"
PAGES = (README, FIRST_STEPS, ROOT / "docs" / "commands.md")
"""The pages whose console blocks are run."""
IN_ORDER = {
    ROOT / "docs" / "from-survey-to-map.md": "examples/measured",
    ROOT / "docs" / "from-tickets-to-map.md": "examples/discovered",
}
"""Pages whose console blocks build on each other, and the folder in which they are run one after the other."""
JOURNEYS = {"router.journey.yaml": README, "repair.journey.yaml": FIRST_STEPS}
"""The journeys that pages show: the page of each."""
JOURNEY, CHANGED = "repair.journey.yaml", "repair-new.journey.yaml"
CHANGES = {
    "        channel: none\n        feeling: [impatient, ignored]\n": (
        "        channel: sms\n        by: company\n        feeling: reassured\n"
    ),
    "        lasts: 6h\n": "        lasts: 2h\n",
}
"""What `docs/commands.md` says is another in the second version of the journey."""
DRAWN = {
    "router-curve.svg": ("router.journey.yaml", ["--chart", "curve"]),
    "my-new-job.svg": ("examples/my-new-job.journey.yaml", []),
    "plumber-visit.svg": ("examples/plumber-visit.journey.yaml", []),
    "support-ticket.svg": ("examples/support-ticket.journey.yaml", []),
}
"""The pictures in docs/pictures: the journey each is drawn of, and the options."""

_BLOCK = re.compile(r"^```console\n\$ (.*)\n((?:.*\n)*?)```$", re.MULTILINE)
_YAML = re.compile(r"^```yaml\n((?:.*\n)*?)```$", re.MULTILINE)


class Block(NamedTuple):
    """A command of a page and the output that stands below it."""

    command: str
    output: str


def blocks(text: str) -> list[Block]:
    """Return all commands with their output."""
    return [Block(match[1], match[2]) for match in _BLOCK.finditer(text)]


def journey(page: Path) -> str:
    """Return the journey that a page shows."""
    found = _YAML.search(page.read_text(encoding="utf-8"))
    assert found is not None, f"{page.name} shows no journey"
    return found[1]


def workplace(folder: Path) -> Path:
    """Write into a folder what the commands of the pages need."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    for name, page in JOURNEYS.items():
        (folder / name).write_text(journey(page), encoding="utf-8")
    changed = journey(JOURNEYS[JOURNEY])
    for old, new in CHANGES.items():
        assert changed.count(old) == 1, f"the journey has another text than {old!r}"
        changed = changed.replace(old, new)
    (folder / CHANGED).write_text(changed, encoding="utf-8")
    return folder


def run(command: str, folder: Path) -> str:
    """Run a command; return what it prints on a terminal of 100 columns without color, standard error included."""
    program, *arguments = shlex.split(command)
    assert program == "journeykit", command
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "journeykit", *arguments],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        timeout=120, check=False,
    )  # fmt: skip
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def run_in_order(page: Path, folder: Path) -> list[Block]:
    """Run the commands of a page one after the other, in a new copy of its folder."""
    shutil.copytree(ROOT / IN_ORDER[page], folder)
    return [Block(one.command, run(one.command, folder)) for one in blocks(page.read_text(encoding="utf-8"))]


def with_outputs(text: str, made: list[Block]) -> str:
    """Return a page with these outputs below its commands."""
    left = iter(made)
    return _BLOCK.sub(lambda match: f"```console\n$ {match[1]}\n{next(left).output}```", text)


def draw(name: str, folder: Path) -> bytes:
    """Draw a picture of docs/pictures."""
    source, options = DRAWN[name]
    target = folder / name
    run(shlex.join(["journeykit", "render", source, *options, "-o", str(target), "-q"]), folder)
    return target.read_bytes()


def refresh() -> None:
    """Bring the pages and the pictures up to date."""
    with tempfile.TemporaryDirectory() as name:
        folder = workplace(Path(name))
        for page in PAGES:
            text = page.read_text(encoding="utf-8")
            fresh = _BLOCK.sub(lambda match: f"```console\n$ {match[1]}\n{run(match[1], folder)}```", text)
            page.write_text(fresh, encoding="utf-8")
        for number, page in enumerate(IN_ORDER):
            made = run_in_order(page, folder / f"in-order-{number}")
            page.write_text(with_outputs(page.read_text(encoding="utf-8"), made), encoding="utf-8")
        PICTURES.mkdir(parents=True, exist_ok=True)
        for picture in DRAWN:
            (PICTURES / picture).write_bytes(draw(picture, folder))


if __name__ == "__main__":
    refresh()
