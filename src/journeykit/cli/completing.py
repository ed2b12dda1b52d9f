"""The words that a shell completes; each list is computed only when a shell asks for it."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import typer

SECONDS = 0.5
"""How long journeys are read for a completion, while a shell waits: enough for a thousand of them."""
_BLOCK = re.compile(r"(?ms)^opportunities:.*?(?=^[^\s#-]|\Z)")
"""The lines of a journey's opportunities."""

Complete = Callable[[str], list[str]]


def _words(known: Callable[[], Iterable[str]]) -> Complete:
    """Return the completion of a known word, or of the last of several with commas between."""

    def complete(incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",")
        return [f"{before}{comma}{word}" for word in known() if word.startswith(last)]

    return complete


def words(known: Iterable[str]) -> Complete:
    """Return the completion of one of the given words."""
    return lambda incomplete: [word for word in known if word.startswith(incomplete)]


def _pages() -> Iterable[str]:
    from journeykit.linting import page_ids

    return page_ids(_plugins())


def _selectable() -> Iterable[str]:
    from journeykit.linting import known_rules

    rules = known_rules(_plugins())
    return (*dict.fromkeys(rule.family for rule in rules.values()), *rules)


def _plugins() -> tuple[str, ...] | None:
    """Return no plugins of a repository, whose code never runs for a completion; None if those of installed packages
    are off or broken too, as a shell waits.
    """
    from journeykit.config import Config
    from journeykit.errors import JourneykitError
    from journeykit.linting import known_rules

    plugins = Config().active_plugins
    try:
        known_rules(plugins)
    except JourneykitError:
        return None
    return plugins


def _feelings() -> Iterable[str]:
    from journeykit.vocabulary.feelings import LANGUAGES, feelings

    return (word for feeling in feelings() for lang in LANGUAGES for word in feeling.forms(lang))


def _import_formats() -> Iterable[str]:
    from journeykit.interchange import formats_that

    return formats_that("read")


def _export_formats() -> Iterable[str]:
    from journeykit.interchange import formats_that

    return formats_that("write")


def _languages() -> Iterable[str]:
    from journeykit.vocabulary.feelings import LANGUAGES

    return LANGUAGES


def _templates() -> Iterable[str]:
    from journeykit.templates import templates

    return templates()


def _papers() -> Iterable[str]:
    from journeykit.drawing.paper import NAMES

    return (*NAMES, "none")


def _themes() -> Iterable[str]:
    from journeykit.drawing.themes import NAMES

    return NAMES


def _lanes() -> Iterable[str]:
    from journeykit.charts import lanes

    return lanes.names()


def _statuses() -> Iterable[str]:
    from journeykit.output.tables.opportunities import STATUSES

    return STATUSES


def _profiles() -> Iterable[str]:
    from journeykit.scoring.settings import PROFILES

    return PROFILES


def owners(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the owners of opportunities in the journeys that the line names."""
    owners = (str(one["owner"]) for one in _opportunities(ctx) if one.get("owner"))
    return _words(lambda: map(_in_shell, dict.fromkeys(owners)))(incomplete)


def opportunities(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return `open`, and the ids of open opportunities in the journeys that the line names."""
    from journeykit.output.tables.opportunities import OPEN

    ids = (str(one["id"]) for one in _opportunities(ctx) if one.get("id") and one.get("status", "idea") in OPEN)
    return _words(lambda: ("open", *dict.fromkeys(ids)))(incomplete)


def _opportunities(ctx: typer.Context) -> Iterator[dict[Any, Any]]:
    """Yield the opportunities of the files and folders that the line names so far, or of the working folder."""
    from journeykit.errors import JourneykitError
    from journeykit.project import Project
    from journeykit.reading import discover

    until = monotonic() + SECONDS
    # an option without its value ends the parsing of the line, and what stands before it is left in the arguments
    named = [Path(word) for word in ctx.params.get("paths") or ctx.args]
    paths = [path for path in named if path.exists()]
    try:
        settings = Project.find(isolated=True).settings
        files = discover(paths or [Path()], settings.include, settings.exclude).files
    except (OSError, JourneykitError):
        return
    for file in files:
        if monotonic() > until:
            return
        yield from _opportunities_in(file, file in paths)


def _opportunities_in(file: Path, named: bool) -> Iterator[dict[Any, Any]]:
    """Yield the opportunities of a journey, valid or not.

    Only their lines are parsed, in a twentieth of the time of a file, unless they need what stands elsewhere in it.
    """
    from journeykit.errors import JourneykitError
    from journeykit.files import read_regular_file
    from journeykit.model.normalisation import normalise
    from journeykit.reading.document import MAX_BYTES
    from journeykit.reading.yaml_text import parse_yaml

    try:
        text = read_regular_file(file, MAX_BYTES, follow=named).decode("utf-8", "replace")
    except (OSError, JourneykitError):
        return
    block = _BLOCK.search(text)
    parsed = parse_yaml(block[0] if block else text if "opportunities" in text else "")
    if block and parsed.faults:
        parsed = parse_yaml(text)
    if isinstance(parsed.data, dict):
        found = normalise({"opportunities": parsed.data.get("opportunities")}).data["opportunities"]
        yield from (one for one in found or () if isinstance(one, dict))


def _in_shell(word: str) -> str:
    """Return a word as bash inserts it: it takes what is printed as it is."""
    return shlex.quote(word) if os.environ.get("_JOURNEYKIT_COMPLETE") == "complete_bash" else word


def at_the_first_tab() -> None:
    """Let the script for zsh complete when it is loaded, which is at the first TAB; typer's only defines a function.

    typer has no way to give another script, so that its table is changed.
    """
    from typer import _completion_shared

    scripts = getattr(_completion_shared, "_completion_scripts", {})
    if script := scripts.get("zsh"):
        define = "compdef %(complete_func)s %(prog_name)s\n"
        scripts["zsh"] = script.replace(
            define,
            'if [ "$funcstack[1]" = "_%(prog_name)s" ]; then\n  %(complete_func)s "$@"\nelse\n  ' + define + "fi\n",
        )


pages, selectable, feelings, languages, templates, themes, papers, lanes, profiles, statuses = map(
    _words, (_pages, _selectable, _feelings, _languages, _templates, _themes, _papers, _lanes, _profiles, _statuses)
)
import_formats, export_formats = _words(_import_formats), _words(_export_formats)
