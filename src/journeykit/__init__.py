"""Customer journey maps as YAML files in git: validated, linted, scored and drawn.

For notebooks and scripts:

    import journeykit

    journey = journeykit.load("my-new-job.journey.yaml")    # a notebook shows its curve
    journeykit.score(journey)                               # ... and its scores as a table
    journeykit.low_points(journey)
    journeykit.render(journey).save("my-new-job.svg")

    project = journeykit.Project.find("journeys")           # a folder with its settings
    project.lint()

Each name is imported when it is first used, so that `import journeykit` costs nothing. What version 1 keeps, and all
names, stand in docs/api.md.
"""

from __future__ import annotations

from journeykit._version import __version__

TYPE_CHECKING = False  # typing's own would cost more than all that `--version` does
if TYPE_CHECKING:
    from typing import Any

    from journeykit.comparing import Comparison
    from journeykit.comparing.history import History
    from journeykit.errors import (
        ConfigError,
        InvalidJourneyError,
        JourneykitError,
        MissingFileError,
        UsageError,
    )
    from journeykit.finding import Finding, Severity
    from journeykit.linting import Linted
    from journeykit.model import Journey
    from journeykit.project import Project
    from journeykit.project.api import (
        LowPoints,
        Opportunities,
        Peaks,
        compare,
        history,
        lint,
        load,
        low_points,
        opportunities,
        peaks,
        read_file,
        read_text,
        render,
        score,
        simulate,
    )
    from journeykit.project.rendering import RenderedPicture
    from journeykit.reading import Document
    from journeykit.scoring import Scores

_HOMES = {
    "ConfigError": "errors",
    "InvalidJourneyError": "errors",
    "JourneykitError": "errors",
    "Linted": "linting",
    "MissingFileError": "errors",
    "RenderedPicture": "project.rendering",
    "Severity": "finding",
    "UsageError": "errors",
}

__all__ = [
    "Comparison", "ConfigError", "Document", "Finding", "History", "InvalidJourneyError", "Journey", "JourneykitError",
    "Linted", "LowPoints", "MissingFileError", "Opportunities", "Peaks", "Project", "RenderedPicture", "Scores",
    "Severity", "UsageError", "__version__", "compare", "history", "lint", "load", "low_points", "opportunities",
    "peaks", "read_file", "read_text", "render", "score", "simulate",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'project.api')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
