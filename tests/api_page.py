"""docs/api.md out of the docstrings of what `journeykit` exports: python -m tests.api_page"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import journeykit
from journeykit.project.workspace import Workspace
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "api.md"
HEAD = """\
# Python API

The same as the command line, for notebooks and scripts. This page is made from docstrings by `make docs`; its examples
are tests.

```python
import journeykit

project = journeykit.Project.find("journeys")  # the settings of the nearest journeykit.toml
for one in project.score():
    print(one.file, one.scores.score)

journey = journeykit.load("my-new-job.journey.yaml")
pandas.DataFrame(journeykit.score(journey).to_rows())
```

A function takes a path or what was read. It uses the nearest settings upward from the working folder, as the command
line does; `settings=` names another file, and `settings=None` turns them off. In Jupyter a journey shows its curve,
`render()` a picture, and scores, low points, peaks, opportunities, findings, comparisons and histories a table.

## What version 1 keeps

The names on this page, their parameters and the attributes that have a docstring are kept by every version 1.x: they
may get more parameters with defaults and more attributes, and none goes or changes its meaning. Figures may change
where a release's changelog says that they were wrong. Modules, and names that `journeykit` does not export, may change
at any time.
"""
PROJECT = ("find", "journeys", "score", "lint", "compare", "history", "render")
"""The methods of a project that are promised; the others serve the command line."""
CLASSES = (
    "Scores",
    "Journey",
    "LowPoints",
    "Peaks",
    "Opportunities",
    "RenderedPicture",
    "Linted",
    "Document",
    "Finding",
    "Severity",
    "Comparison",
    "History",
)
ERRORS = ("JourneykitError", "UsageError", "ConfigError", "MissingFileError", "InvalidJourneyError")


def page() -> str:
    """The page as it should be."""
    return "\n".join([HEAD, *_project(), *_functions(), *_classes(), *_errors()]).rstrip("\n") + "\n"


def _project() -> Iterator[str]:
    yield f"## Project\n\n{_text(journeykit.Project)}\n"
    for name in ("root", "settings", "today"):
        assert name in Workspace.__dataclass_fields__
    yield "`root` is the folder, `settings` what the settings say, `today` the day that dates are compared with.\n"
    for name in PROJECT:
        method = inspect.getattr_static(journeykit.Project, name)
        function = method.__func__ if isinstance(method, classmethod) else method
        yield _entry(f"Project.{name}", function, 3)


def _functions() -> Iterator[str]:
    yield "## Functions\n"
    for name in sorted(journeykit.__all__):
        if inspect.isfunction(value := getattr(journeykit, name)):
            yield _entry(f"journeykit.{name}", value, 3)


def _classes() -> Iterator[str]:
    yield "## Classes\n"
    for name in CLASSES:
        kind = getattr(journeykit, name)
        yield f"### {name}\n\n{_text(kind)}\n"
        for method in ("to_rows", "save", "bytes_as"):
            if inspect.isfunction(found := inspect.getattr_static(kind, method, None)):
                yield _entry(f"{name}.{method}", found, 4)


def _errors() -> Iterator[str]:
    yield "## Errors\n\n| error | is |\n| --- | --- |"
    for name in ERRORS:
        yield f"| `{name}` | {_text(getattr(journeykit, name)).partition(chr(10))[0]} |"


def _entry(name: str, function: Any, level: int) -> str:
    text, example = _parts(_text(function))
    shown = f"\n```python\n{example}\n```\n" if example else ""
    return f"{'#' * level} `{name}{_signature(function)}`\n\n{text}\n{shown}"


def _signature(function: Any) -> str:
    parameters = [one for one in inspect.signature(function).parameters.values() if one.name not in ("self", "cls")]
    shown = []
    star = False
    for one in parameters:
        if one.kind is one.KEYWORD_ONLY and not star:
            shown.append("*")
        star = star or one.kind in (one.KEYWORD_ONLY, one.VAR_POSITIONAL)
        prefix = "*" if one.kind is one.VAR_POSITIONAL else "**" if one.kind is one.VAR_KEYWORD else ""
        shown.append(prefix + one.name + ("" if one.default is one.empty else f"={one.default!r}"))
    return f"({', '.join(shown)})"


def _parts(text: str) -> tuple[str, str]:
    """A docstring's text, and its example."""
    found = re.search(r"^>>> .*", text, re.MULTILINE | re.DOTALL)
    return (text[: found.start()].rstrip(), found[0].rstrip()) if found else (text, "")


def _text(value: Any) -> str:
    text = inspect.getdoc(value)
    assert text, value
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
