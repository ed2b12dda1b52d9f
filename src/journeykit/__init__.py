"""Customer journey maps as YAML files in git: validated, linted, scored and drawn.

For notebooks and scripts:

    import journeykit

    journey = journeykit.load("my-new-job.journey.yaml")
    journeykit.score(journey).score
    journeykit.low_points(journey)
    journeykit.render(journey)          # a matplotlib figure

Each name is imported when it is first used, so that `import journeykit` costs nothing.
"""

from __future__ import annotations

from journeykit._version import __version__

TYPE_CHECKING = False  # typing's own would cost more than all that `--version` does
if TYPE_CHECKING:
    from typing import Any

    from journeykit.charts.picture import render
    from journeykit.errors import InvalidJourneyError, JourneykitError
    from journeykit.finding import Finding, Severity
    from journeykit.linting import lint
    from journeykit.model import Journey
    from journeykit.reading import Document, load, read_file, read_text
    from journeykit.scoring import Scores, low_points, opportunities, peaks, score, simulate

_HOMES = {
    "Document": "reading",
    "Finding": "finding",
    "InvalidJourneyError": "errors",
    "Journey": "model",
    "JourneykitError": "errors",
    "Scores": "scoring",
    "Severity": "finding",
    "lint": "linting",
    "load": "reading",
    "low_points": "scoring",
    "opportunities": "scoring",
    "peaks": "scoring",
    "read_file": "reading",
    "read_text": "reading",
    "render": "charts.picture",
    "score": "scoring",
    "simulate": "scoring",
}

__all__ = [
    "Document", "Finding", "InvalidJourneyError", "Journey", "JourneykitError", "Scores", "Severity", "__version__",
    "lint", "load", "low_points", "opportunities", "peaks", "read_file", "read_text", "render", "score", "simulate",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
