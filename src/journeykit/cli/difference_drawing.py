"""Drawing what differs: one picture for each journey that both versions have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePath

from journeykit.charts.picture import FORMATS, Picture, draw_difference
from journeykit.cli.compared import Compared
from journeykit.cli.console import STDOUT, make_folder, say, write_bytes
from journeykit.comparing import Comparison
from journeykit.errors import UsageError
from journeykit.output.paint import shown_name
from journeykit.output.summary import counted


def check_target(target: Path) -> None:
    """UsageError where a picture cannot go to `target`: known before anything is compared."""
    format = _format(target)
    if target == STDOUT:
        raise UsageError("--chart writes a file, not standard output", "name a file that ends in .svg, .png or .pdf")
    if format and format not in FORMATS:
        raise UsageError(f"{target}: no picture is called so", f"end it in {', '.join(f'.{name}' for name in FORMATS)}")


def _format(target: Path) -> str:
    return "" if target.is_dir() else target.suffix.removeprefix(".").lower()


def draw_differences(found: Compared, target: Path, theme: str, quiet: bool) -> None:
    """Draw every journey that differs: into a file where that is one, else as SVGs in a folder.

    Raises UsageError where one file is named for several.
    """
    pairs = [(change.file, change.comparison) for change in found.changes if change.comparison]
    if not pairs:
        say("journeykit: no journey differs in two versions: nothing is drawn", quiet)
    if _format(target) in FORMATS:
        if len(pairs) > 1:
            raise UsageError(f"{counted(len(pairs), 'journey')} differ, and {target} holds one", "name a folder")
        targets = [(target, comparison) for _, comparison in pairs]
    else:
        targets = [(target / f"{stem}.svg", one) for stem, one in _stems(pairs)]
    for path, comparison in targets:
        data, warnings = draw_difference(
            comparison, Picture(path.suffix[1:].lower(), theme=theme), _names(found, comparison)
        )
        make_folder(path.parent)
        write_bytes(path, data)
        for warning in warnings:
            say(f"journeykit: {shown_name(str(path))}: {warning}")
        say(f"Wrote {shown_name(str(path))}.", quiet)


def _names(found: Compared, comparison: Comparison) -> tuple[str, str] | None:
    """What the versions are called: as they were named, unless two files' titles or states say more."""
    same = PurePath(found.old) == PurePath(found.new)
    old, new = comparison.old.journey, comparison.new.journey
    telling = (old.title, old.state) != (new.title, new.state)
    files = all(Path(name).is_file() for name in (found.old, found.new))
    return None if same or (files and telling) else (found.old, found.new)


def _stems(pairs: list[tuple[str, Comparison]]) -> Iterator[tuple[str, Comparison]]:
    """A name for each picture, made of the journey's id; no two the same."""
    taken: set[str] = set()
    for _, comparison in pairs:
        id = comparison.new.journey.id
        stem = next(name for n in range(len(taken) + 1) if (name := f"{id}-{n + 1}" if n else id) not in taken)
        taken.add(stem)
        yield stem, comparison
