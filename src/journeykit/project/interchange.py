"""Import journeys from files of other programs, and export them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from journeykit.errors import UsageError
from journeykit.files import LARGEST, MEBIBYTE, read_named_file
from journeykit.interchange import Given, InterchangeFormat, formats_that, guess_format, named_format
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.exported import Exported, export
from journeykit.interchange.imported import Imported, settle
from journeykit.interchange.normal import normal_data
from journeykit.interchange.updating import update
from journeykit.output.paint import shown_name
from journeykit.output.unified_diff import unified_diff
from journeykit.project.map_updates import UpdatedMap, read_map
from journeykit.project.workspace import Workspace
from journeykit.reading import Document
from journeykit.reading.document import file_stem
from journeykit.reading.faults import did_you_mean


@dataclass(frozen=True)
class ImportOptions:
    """What the user said about the file to import."""

    format: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    scale: str | None = None
    lang: str | None = None
    persona: str | None = None


def read_foreign(path: Path) -> bytes:
    """Return the bytes of a file to import; UsageError if it cannot be opened or is too large."""
    name = shown_name(str(path))
    try:
        data = read_named_file(path)
    except IsADirectoryError:
        raise UsageError(f"{name} is a folder", "name a file in it") from None
    except OSError as error:
        raise UsageError(f"{name}: cannot be opened: {error.strerror}") from None
    if len(data) > LARGEST:
        raise UsageError(f"{name}: larger than {LARGEST // MEBIBYTE} MiB", "import a part of it")
    return data


def import_journeys(workspace: Workspace, name: str, data: bytes, options: ImportOptions) -> list[Imported]:
    """Return the journeys in a file, valid and laid out as `fmt` does, each with its report.

    Raises UsageError if the file is of no format that can be imported, is damaged, or has no journey.
    """
    settings = workspace.settings.import_.get("columns", {})
    given = Given(name, data, {**settings, **options.columns}, options.scale, options.lang, options.persona)
    form = _format_to_read(options.format, given)
    assert form.read
    drafts = form.read(given)
    if not drafts:
        raise UsageError(f"{shown_name(name)}: no journey was found in it", f"it was read as {form.name}")
    return [settle(draft, name, workspace.settings.shared) for draft in drafts]


def _format_to_read(name: str | None, given: Given) -> InterchangeFormat:
    known = formats_that("read")
    if name is not None:
        if name not in known:
            raise UsageError(
                f'no format "{name}" to import', did_you_mean(name, known, f"there are {', '.join(known)}")
            )
        return named_format(name)
    if (found := guess_format(given)) is None:
        if given.text is not None and Path(given.name).suffix.lower() in (".csv", ".tsv"):
            return named_format("csv")  # whose message names the headers that were seen
        help = f"it is none of {', '.join(known)}; --from says which it is"
        raise UsageError(f"{shown_name(given.name)}: its format is not known", help)
    return found


def update_map(workspace: Workspace, path: Path, imported: Imported) -> UpdatedMap:
    """Return a map with what was imported, changed by edits of its text.

    Raises InvalidJourneyError if the map is no journey, UsageError if it cannot be opened.
    """
    document = read_map(workspace, path)
    assert imported.document.journey is not None
    done = update(document, normal_data(imported.document.journey), imported.covers, imported.assumed)
    old, new = document.source.text, done.document.source.text
    return UpdatedMap(path, old, new, unified_diff(str(path), old, new), done.made, done.refused, done.parts)


def export_journey(
    workspace: Workspace, document: Document, name: str, options: frozenset[str] = frozenset()
) -> Exported:
    """Return a document's journey in a format, scored by the settings of the project.

    Raises UsageError if the format is not one that can be written, or does not have one of the `options`.
    """
    known = formats_that("write")
    if name not in known:
        raise UsageError(f'no format "{name}" to export', did_you_mean(name, known, f"there are {', '.join(known)}"))
    form = named_format(name)
    for option in sorted(options - form.options):
        having = next(one for one in known if option in named_format(one).options)
        raise UsageError(f"--{option} is not for {name}", f"it is for --to {having}")
    assert document.journey is not None
    return export(
        document.journey,
        form,
        file_stem(document.source.name),
        settings=workspace.scoring_settings(document.journey),
        options=options,
    )


def empty_workbook(example: Path) -> bytes:
    """Return a workbook to fill in, with the touchpoints of an example on a sheet of their own."""
    from journeykit.interchange.sheets.writing import workbook_of
    from journeykit.reading import load

    return workbook_of({}, CarryReport(), normal_data(load(example)))
