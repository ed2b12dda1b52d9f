"""Pictures: a journey of 20 touchpoints drawn by journeykit and by mermaid-cli."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.peers import Peer, drawing
from benchmarks.setting import ROOT, Setting, compared, refused
from benchmarks.table import Row, Target, duration, each_further, further_ratio
from benchmarks.timing import Command

SECTION = "pictures"
TOUCHPOINTS = 20
MERMAID = "mermaid-cli"
FORMS = ("svg", "png")
COLD = {
    ("map", "svg"): Target(1 / 5, reciprocal=True),
    ("map", "png"): Target(1 / 1.7, reciprocal=True),
    ("curve", "svg"): None,
    ("curve", "png"): None,
}
FURTHER = {
    ("map", "svg"): Target(1 / 50, reciprocal=True),
    ("map", "png"): None,
    ("curve", "svg"): None,
    ("curve", "png"): Target(1 / 3, reciprocal=True),
}


def measure(setting: Setting) -> Iterator[Row]:
    """Yield all rows of this section; none where mermaid-cli is missing."""
    for peer in setting.here(MERMAID):
        yield from _cold(setting, peer)
        yield from _further(setting, peer)


def _cold(setting: Setting, peer: Peer) -> Iterator[Row]:
    files = setting.journeys(1, TOUCHPOINTS)
    theirs = [_theirs(setting, peer, 1, form) for form in FORMS]
    ours = [_ours(setting, files, chart, form) for chart, form in COLD]
    drawn = setting.in_turn([*theirs, *ours])
    for ((chart, form), target), one in zip(COLD.items(), drawn[len(FORMS) :], strict=True):
        mermaid = drawn[FORMS.index(form)]
        yield compared(SECTION, f"first {chart} as {form.upper()}", one, mermaid, target)


def _further(setting: Setting, peer: Peer) -> Iterator[Row]:
    """Yield what one more picture costs in the same process: that of many by that of one, without its start."""
    many, theirs_many = (20, 4) if setting.quick else (100, 10)
    files = setting.journeys(many, TOUCHPOINTS)
    for (chart, form), target in FURTHER.items():
        ours = [_ours(setting, some, chart, form) for some in (files[:1], files)]
        theirs = [_theirs(setting, peer, some, form) for some in (1, theirs_many)]
        few, more, its_few, its_more = setting.in_turn([*ours, *theirs])
        measure = f"each further {chart} as {form.upper()}"
        if note := refused(few, more, its_few, its_more):
            yield Row(SECTION, measure, MERMAID, None, target, note=note)
            continue
        mine = each_further(few.seconds, more.seconds, many - 1)
        its = each_further(its_few.seconds, its_more.seconds, theirs_many - 1)
        yield _row(measure, mine, its, target)
        if (chart, form) == ("map", "svg"):
            yield _warm(setting, its)


def _row(measure: str, ours: float, theirs: float, target: Target | None) -> Row:
    value = further_ratio(ours, theirs)
    return Row(SECTION, measure, MERMAID, value, target, duration(ours), duration(theirs), "too noisy to tell")


def _warm(setting: Setting, peer_seconds: float) -> Row:
    """Return the second figure for a further SVG: one process that reads and draws the same file again and again."""
    measure = "same file again, map as SVG"
    file = setting.journeys(1, TOUCHPOINTS)[0]
    again = [sys.executable, "-m", "benchmarks.in_process", "5" if setting.quick else "20", str(file)]
    made = subprocess.run(again, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if made.returncode:
        return Row(SECTION, measure, MERMAID, None, note=made.stderr.strip().split("\n")[-1][:120])
    return _row(measure, median(json.loads(made.stdout)), peer_seconds, FURTHER["map", "svg"])


def _ours(setting: Setting, files: Sequence[Path], chart: str, form: str) -> Command:
    """One picture by its file name, several into a folder."""
    out = setting.folder(f"ours-{chart}-{form}-{len(files)}")
    told: tuple[str | Path, ...] = ("render", files[0].parent, "--format", form, "-o", out)
    if len(files) == 1:
        told = ("render", files[0], "-o", out / f"one.{form}")
    return setting.ours(*told, "--chart", chart, makes=(out, len(files)))


def _theirs(setting: Setting, peer: Peer, count: int, form: str) -> Command:
    """Mermaid's own picture of the same journeys: one from its file, several from one Markdown file."""
    out = setting.folder(f"theirs-{form}-{count}")
    sources = setting.journeys(count, TOUCHPOINTS, "mermaid")
    source = sources[0]
    if count > 1:
        charts = [f"```mermaid\n{one.read_text(encoding='utf-8')}```\n" for one in sources]
        source = setting.scratch / f"{count}.md"
        source.write_text("\n".join(charts), encoding="utf-8")
    argv = drawing(peer, source, out / f"picture.{form}", setting.scratch)
    return Command(peer.name, argv, setting.scratch, makes=(out, count))
