"""The words that a shell completes; each list is computed only when a shell asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

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


pages, selectable, feelings, languages, templates, themes, papers, lanes, profiles, statuses = map(
    _words, (_pages, _selectable, _feelings, _languages, _templates, _themes, _papers, _lanes, _profiles, _statuses)
)
import_formats, export_formats = _words(_import_formats), _words(_export_formats)
