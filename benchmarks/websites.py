"""The web site of many journeys: its build against the commands that do its parts, and against mkdocs-material."""

import shlex
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import yaml

from benchmarks.peers import find
from benchmarks.setting import Setting, refused
from benchmarks.table import Row, Target, duration, paired_ratio
from benchmarks.timing import Command, Series

SECTION = "web site"
FILES, FEW = 1_000, 100
"""Journeys, and those of a first look."""
TOUCHPOINTS = 14
PARTS = Target(1.0)
"""Of the processor time of `lint` and `render`, which read all files again for each chart."""
MKDOCS = Target(1.35)
AGAIN = Target(1 / 50, reciprocal=True)
PEAK, SIZE = Target(250, unit="MB"), Target(350, unit="kB")


def measure(setting: Setting) -> Iterator[Row]:
    """Yield all rows of this section."""
    count = FEW if setting.quick else FILES
    folder = setting.journeys(count, TOUCHPOINTS)[0].parent
    site = setting.scratch / "site"
    everything = ("--include", "drafts,personal,quotes")
    commands = [
        setting.ours("site", folder, "-o", site, "--no-cache", *everything),
        setting.ours(
            "site", folder, "-o", setting.scratch / "site-two", "--no-cache", *everything, "--charts", "map,curve"
        ),
        setting.ours("lint", "--no-cache", folder, done=(0, 1)),
        setting.ours("render", folder, "-o", setting.folder("site-maps")),
        setting.ours("render", folder, "--chart", "curve", "-o", setting.folder("site-curves")),
        setting.ours("render", folder, "--chart", "blueprint", "-o", setting.folder("site-blueprints")),
        setting.ours("render", folder, "--chart", "curve", "--axis", "time", "-o", setting.folder("site-times")),
        _again(setting, folder, "site-again", "echo '# once more' >>", everything),
        _again(setting, folder, "site-shown", "sed -i 's/^title: .*/& more/'", everything),
        *_mkdocs(setting, folder),
    ]
    ours, two, lint, maps, curves, blueprints, times, again, shown, *peers = setting.in_turn(commands)
    three, all_ = (lint, maps, curves), (lint, maps, curves, blueprints, times)
    for what, build, against, parts in (
        ("with map and curve", two, "lint + render + curve", three),
        ("with all charts", ours, "lint + each chart of its pages", all_),
    ):
        cpu = [sum(each) for each in zip(*(one.cpu for one in parts), strict=True)]
        yield _ratio(f"build of {count:,} journeys {what}", against, build, cpu, parts, PARTS)
    yield _ratio("again, a remark in one file", "the whole build", again, ours.cpu, (ours,), AGAIN)
    yield _ratio("again, one title changed", "the whole build", shown, ours.cpu, (ours,), AGAIN)
    for peer in peers:
        yield _ratio(f"build of {count:,} journeys", "mkdocs-material", ours, peer.cpu, (peer,), MKDOCS)
    if not ours.refusal:
        yield Row(SECTION, "memory of the build", "", median(ours.peaks), PEAK)
        size = sum(file.stat().st_size for file in site.rglob("*") if file.is_file())
        yield Row(SECTION, "on disk, a journey", "", size / count / 1000, SIZE)


def _ratio(
    measure: str, against: str, ours: Series, theirs: list[float], others: tuple[Series, ...], target: Target
) -> Row:
    if note := refused(ours, *others):
        return Row(SECTION, measure, against, None, target, note=note)
    ratio = paired_ratio(ours.cpu, theirs)
    return Row(SECTION, measure, against, ratio, target, duration(median(ours.cpu)), duration(median(theirs)))


def _again(setting: Setting, folder: Path, name: str, change: str, words: tuple[str, ...]) -> Command:
    """Return a build after a command changed one file; the run that warms up builds the whole."""
    own = setting.folder(f"{name}-journeys")
    for file in folder.iterdir():
        (own / file.name).write_bytes(file.read_bytes())
    first = min(own.iterdir())
    build = setting.ours("site", own, "-o", setting.scratch / name, *words)
    keep = f"JOURNEYKIT_CACHE_DIR={shlex.quote(str(setting.scratch / f'{name}-cache'))}"
    script = f"{change} {shlex.quote(str(first))}; {keep} {shlex.join(build.argv)}"
    return Command(f"journeykit site, {name}", ("sh", "-c", script), build.folder)


def _mkdocs(setting: Setting, folder: Path) -> Iterator[Command]:
    """Yield the build of a page of text for each journey by mkdocs-material, where it is installed."""
    program = find("mkdocs")
    if program is None or find_spec("material") is None:
        return
    pages = setting.folder("mkdocs") / "docs"
    pages.mkdir(exist_ok=True)
    for file in folder.iterdir():
        (pages / f"{file.name.split('.')[0]}.md").write_text(_page(file), encoding="utf-8")
    (pages.parent / "mkdocs.yml").write_text("site_name: Journeys\ntheme: {name: material}\n", encoding="utf-8")
    yield Command("mkdocs-material", (str(program), "build", "--quiet"), pages.parent)


def _page(file: Path) -> str:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    points = data.get("touchpoints") or [one for stage in data["stages"] for one in stage["touchpoints"]]
    titles = [one["title"] if isinstance(one, dict) and "title" in one else str(one) for one in points]
    return "\n".join([f"# {data['title']}", "", *(f"- {title}" for title in titles), ""])
