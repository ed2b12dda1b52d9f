"""Templates of `init`: `start`, and the examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

START = "start"
HERE = Path(__file__).parent
EXAMPLES = (HERE / "examples", HERE.parents[2] / "examples")
"""Folders of the examples: in an installed package, and in a checkout."""


def templates() -> Mapping[str, Path]:
    """Return all templates by name; the first is the default."""
    folder = next((folder for folder in EXAMPLES if folder.is_dir()), None)
    examples = sorted(folder.glob("*.journey.yaml")) if folder else []
    return {START: HERE / "start.yaml", **{path.name.removesuffix(".journey.yaml"): path for path in examples}}


def template_text(path: Path, schema: str) -> str:
    """Return a template with the first line that names the schema for editors."""
    text = path.read_text(encoding="utf-8")
    line = "# yaml-language-server: $schema="
    return text.replace("{schema}", schema, 1) if text.startswith(line) else f"{line}{schema}\n{text}"


def template_pictures(path: Path) -> Iterator[Path]:
    """Yield the pictures that a template shows, as it names them: relative to its folder."""
    from journeykit.model.meaning import Elsewhere  # slow to import: completion asks for the names of templates only
    from journeykit.reading import read_text

    journey = read_text(path.read_text(encoding="utf-8"), path.name).journey
    for leaf in journey.leaves(Elsewhere) if journey else ():
        if leaf.meaning.kind == "image":
            yield Path(leaf.value)
