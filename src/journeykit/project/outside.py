"""What a journey names outside of its file: pictures beside it, other journeys, sources of data in the settings."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from journeykit.files import leads_inside
from journeykit.finding import Finding, Severity, finding_at
from journeykit.images import ImageError, ImageFile, read_image
from journeykit.model import Journey
from journeykit.model.fields import Leaf, leaves
from journeykit.model.meaning import Elsewhere
from journeykit.model.normalisation import normalise
from journeykit.project.workspace import Workspace
from journeykit.reading import Document, discover
from journeykit.reading.faults import nearest, shown


class PendingReference(NamedTuple):
    """A reference to another journey by its id, and the finding if there is none with it."""

    id: str
    finding: Finding


class Outside(NamedTuple):
    """What is wrong with what a document names outside of it.

    `named` says whether it names anything, so that what is found depends on more than its text.
    """

    findings: tuple[Finding, ...] = ()
    pending: tuple[PendingReference, ...] = ()
    files: tuple[PendingReference, ...] = ()
    """References by path; the id is the path."""
    named: bool = False


NOTHING_OUTSIDE = Outside()


def repository_of(file: Path, workspace: Workspace) -> Path:
    """Return the folder that what a file names may not lie outside of.

    That is its git repository, else the project's folder if the file lies in it, else the folder of the file.
    """
    folder = Path(os.path.abspath(file)).parent  # noqa: PTH100
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            return parent
    root = Path(os.path.abspath(workspace.root))  # noqa: PTH100
    return root if folder.is_relative_to(root) else folder


def check_outside(document: Document, workspace: Workspace) -> Outside:
    """Return what is wrong with the pictures, the other journeys and the sources of data that a document names.

    Sources are judged only where the settings have some: a map may be checked without those that it is measured by.
    """
    leaves = _leaves(document)
    unknown = tuple(_source_findings(document, leaves, workspace.settings.data))
    leaves = [leaf for leaf in leaves if leaf.meaning.kind != "data"]
    if not leaves and unknown:
        return Outside(unknown, named=True)
    if not leaves:
        return NOTHING_OUTSIDE
    file = Path(document.source.name)
    if file.exists() and not file.is_file():  # a pipe, which has nothing beside it
        return NOTHING_OUTSIDE
    root = repository_of(file, workspace)
    findings: list[Finding] = [*unknown]
    pending: list[PendingReference] = []
    files: list[PendingReference] = []
    for leaf in leaves:
        if leaf.meaning.kind == "image":
            findings += _image_findings(document, leaf, file, root)
        elif leaf.value.endswith((".yaml", ".yml")):
            found = [*_journey_findings(document, leaf, file, root)]
            findings += found
            if not found:
                files.append(_pending(document, leaf)._replace(id=os.path.realpath(file.parent / leaf.value.strip())))
        else:
            pending.append(_pending(document, leaf))
    return Outside(tuple(findings), tuple(pending), tuple(files), named=True)


def _leaves(document: Document) -> list[Leaf]:
    """Return the paths of pictures, the ids and paths of journeys, and names of sources, that are written as such."""
    journey = document.journey
    if journey is not None:
        named = any(one.image or one.journey or one.data for one in journey.touchpoints)
        if not (named or journey.persona.image or journey.data or any(kpi.data for kpi in journey.kpis)):
            return []
        found = journey.leaves(Elsewhere)
    elif document.yaml is None or not isinstance(document.yaml.data, dict):
        return []
    else:
        data = document.yaml.data
        flat = not isinstance(data.get("stages"), list)
        found = leaves(normalise(data).data, Journey, Elsewhere, flat=flat).get(Elsewhere, [])
    faulty = {finding.path for finding in document.findings}
    return [
        leaf
        for leaf in found
        if leaf.meaning.kind in ("image", "journey", "data") and isinstance(leaf.value, str) and leaf.path not in faulty
    ]


def _source_findings(document: Document, leaves: Iterable[Leaf], known: Collection[str]) -> Iterator[Finding]:
    for leaf in leaves:
        if leaf.meaning.kind == "data" and known and leaf.value not in known:
            advice = nearest(leaf.value, known, f"known: {', '.join(sorted(known)[:8])}")
            message = f'the settings have no source of data "{shown(leaf.value)}"'
            span = document.source.locate(leaf.path, leaf.side)
            severity = Severity.ERROR
            yield finding_at(
                document.source,
                span,
                "unknown-source",
                severity,
                message,
                advice.help,
                leaf.path,
                None,
                advice.suggestion,
            )


def _image_findings(document: Document, leaf: Leaf, file: Path, root: Path) -> Iterator[Finding]:
    try:
        read_image(file, leaf.value.strip(), root)
    except ImageError as error:
        message = f'the picture "{shown(leaf.value)}": {error.reason}'
        yield _finding(document, leaf, "bad-image", message, error.help)


def _journey_findings(document: Document, leaf: Leaf, file: Path, root: Path) -> Iterator[Finding]:
    path = Path(os.path.normpath(file.parent / leaf.value.strip()))
    name = f'"{shown(leaf.value)}"'
    if os.path.abspath(path) == os.path.abspath(file):  # noqa: PTH100
        yield _finding(document, leaf, "unknown-journey", "a journey is no part of itself", "name another one")
    elif not Path(os.path.abspath(path)).is_relative_to(root):  # noqa: PTH100
        message = f"{name} lies outside of the repository"
        yield _finding(document, leaf, "unknown-journey", message, "name a journey of this repository")
    elif not path.is_file():
        message = f"there is no journey {name}"
        yield _finding(document, leaf, "unknown-journey", message, "the path starts at the folder of this file")
    elif not leads_inside(root, path):
        message = f"a part of the path {name} is a link"
        yield _finding(document, leaf, "unknown-journey", message, "name the file itself")


def _pending(document: Document, leaf: Leaf) -> PendingReference:
    id = leaf.value.strip()
    return PendingReference(id, _finding(document, leaf, "unknown-journey", f'there is no journey with the id "{id}"'))


def _finding(document: Document, leaf: Leaf, rule: str, message: str, help: str = "") -> Finding:
    span = document.source.locate(leaf.path)
    return finding_at(document.source, span, rule, Severity.ERROR, message, help, leaf.path)


def unresolved(
    pending: Sequence[tuple[str, PendingReference]], files: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    """Yield the findings of references that lead to no journey, or to several.

    Each reference comes with the id of its own journey; `files` are the files of each id.
    """
    for own, (id, finding) in pending:
        if id == own:
            yield finding._replace(message="a journey is no part of itself", help="name another one")
        elif id not in files:
            known = sorted(files.keys() - {own})
            some = (
                f"known: {', '.join(known[:8])}{' …' if len(known) > 8 else ''}"
                if known
                else "there is no other journey"
            )
            advice = nearest(id, known, some)
            yield finding._replace(help=advice.help, suggestion=advice.suggestion)
        elif len(files[id]) > 1:
            message = f'"{id}" is the id of {len(files[id])} journeys: {", ".join(sorted(files[id])[:4])}'
            yield finding._replace(message=message, help="write the path of the one that is meant")


def circles(parts: Mapping[str, Sequence[PendingReference]]) -> Iterator[Finding]:
    """Yield a finding for each circle of journeys that are part of each other, at a reference that closes it.

    `parts` are the journeys of a journey, both as files.
    """
    done: set[str] = set()
    for start in parts:
        way: dict[str, Iterator[PendingReference]] = {start: iter(parts[start])} if start not in done else {}
        while way:
            here = next(reversed(way))
            reference = next(way[here], None)
            if reference is None:
                done.add(here)
                del way[here]
            elif reference.id in way and reference.id != here:
                names = [*way]
                circle = [*names[names.index(reference.id) :], reference.id]
                message = f"a circle of journeys: {' → '.join(os.path.basename(one) for one in circle)}"  # noqa: PTH119
                yield reference.finding._replace(
                    rule="circular-journey",
                    message=message,
                    help="a part cannot contain its whole: remove one of these",
                )
            elif reference.id not in done and reference.id not in way and reference.id in parts:
                way[reference.id] = iter(parts[reference.id])


def images_of(journey: Journey, file: Path, workspace: Workspace) -> tuple[dict[str, ImageFile], list[str]]:
    """Return the pictures of a journey by their paths as they are written, and why others cannot be shown."""
    named = [image.file for image in (journey.persona.image, *(one.image for one in journey.touchpoints)) if image]
    found: dict[str, ImageFile] = {}
    problems: list[str] = []
    root = repository_of(file, workspace) if named else Path()
    for name in dict.fromkeys(named):
        try:
            found[name] = read_image(file, name, root)
        except ImageError as error:
            problems.append(f'the picture "{shown(name)}" is not drawn: {error.reason}')
    return found, problems


MAX_OFFERED = 200
"""The most files that are offered."""
PICTURES = (".png", ".jpg", ".jpeg", ".svg")


def files_to_name(kind: str, file: Path, workspace: Workspace) -> list[str]:
    """Return the paths, from a file on, of the pictures below its folder or of the journeys of its repository."""
    folder = Path(os.path.abspath(file)).parent  # noqa: PTH100
    if kind == "image":
        found = [folder / name for name in _pictures_below(folder)]
    else:
        settings = workspace.settings
        found = discover((repository_of(file, workspace),), settings.include, settings.exclude).files
    paths = (os.path.relpath(one, folder).replace(os.sep, "/") for one in found)
    return [path for path in paths if path != file.name][:MAX_OFFERED]


def _pictures_below(folder: Path) -> Iterator[str]:
    """Yield the paths of pictures in a folder and in those in it, through no link."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            inside = sorted(os.listdir(entry.path))  # noqa: PTH208
            yield from (f"{entry.name}/{name}" for name in inside if name.lower().endswith(PICTURES))
        elif entry.name.lower().endswith(PICTURES):
            yield entry.name
