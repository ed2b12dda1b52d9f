"""What a site is made with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

from journeykit.config import Config
from journeykit.errors import ConfigError, UsageError
from journeykit.reading.faults import did_you_mean
from journeykit.toml_values import as_written

Private: TypeAlias = Literal["quotes", "personal", "drafts", "source"]
"""What is left out unless it is asked for."""
PRIVATE: tuple[Private, ...] = get_args(Private)
Chart: TypeAlias = Literal["map", "curve", "blueprint", "time"]
"""A chart of each journey: of its page, a file beside it, and two on pages of their own."""
CHARTS: tuple[Chart, ...] = get_args(Chart)
LANGUAGES = ("en", "de", "el", "hu", "sl", "tr")
"""The languages that the site has texts in."""
TITLE = "Customer journeys"
MOST_COMPARED = 6
"""The most journeys that one picture tells apart."""
DAYS = 30
"""How far back the site looks for changes, if nothing else is asked for."""


class SiteOptions(NamedTuple):
    """What a site is made with."""

    title: str = TITLE
    lang: str = "en"
    since: str = ""
    """A day or a revision of git; changes after it are shown."""
    include: frozenset[str] = frozenset()
    """What is published although it is private."""
    edit_url: str = ""
    """The address where a file is edited, with `{file}` for its path."""
    formats: tuple[str, ...] = ()
    """Formats of pictures beside each journey, besides SVG."""
    charts: frozenset[str] = frozenset(CHARTS)
    """Charts of each journey that has something for them; the map is there always."""
    history: bool = True
    """Whether the history of files in git is read."""
    compare: tuple[tuple[str, ...], ...] = ()
    """Ids of two to six journeys that are compared, besides today's and planned ones, and personas of one journey."""
    theme: str = "light"
    live: bool = False
    """Whether pages are served, and follow the files."""
    single: bool = False
    """Whether all pages are put into one file, beside which there are no others."""
    url: str = ""
    """The address where the site is published, with a slash at its end; links work without it."""


def options_from(settings: Config, today: date, given: Mapping[str, Any]) -> SiteOptions:
    """Return the options of the command line, else those of the settings, else the defaults.

    Raises ConfigError for a setting, UsageError for an option that has no meaning.
    """
    table = _checked(settings)
    table.update({key: value for key, value in given.items() if value is not None})
    include = table.pop("include", ())
    charts = table.pop("charts", CHARTS)
    _check_words(include, PRIVATE, "cannot be included")
    _check_words(charts, CHARTS, "is no chart of a site")
    if (lang := table.get("lang", "en")) not in LANGUAGES:
        raise UsageError(f'"{lang}" is no language of the site', f"one of {', '.join(LANGUAGES)}")
    if url := table.get("url", ""):
        if not url.startswith(("http://", "https://")):
            raise UsageError(f'"{url}" is no address of a site', "write it as https://example.org/journeys/")
        table["url"] = url if url.endswith("/") else f"{url}/"
    since = table.pop("since", "") or (today - timedelta(days=DAYS)).isoformat()
    return SiteOptions(
        include=frozenset(include), charts=frozenset(charts), since=since, theme=settings.theme, **table
    )  # fmt: skip


def _check_words(words: Iterable[str], known: Sequence[str], fault: str) -> None:
    for word in words:
        if word not in known:
            raise UsageError(f'"{word}" {fault}', did_you_mean(word, known, f"one of {', '.join(known)}"))


def _checked(settings: Config) -> dict[str, Any]:
    """Return the table `site` of the settings by names of options."""
    found: dict[str, Any] = {}
    for key, value in settings.site.items():
        if key not in KEYS:
            help = did_you_mean(key, tuple(KEYS), f"known: {', '.join(KEYS)}")
            raise ConfigError(f'{settings.where("site")}: unknown key "{key}"', help)
        name, expected, fits = KEYS[key]
        if not fits(value):
            raise ConfigError(f"{settings.where('site', key)} must be {expected}, not {as_written(value)}")
        found[name] = tuple(map(tuple, value)) if name == "compare" else tuple(value) if type(value) is list else value
    return found


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _are_groups(value: Any) -> bool:
    return isinstance(value, list) and all(_are_texts(one) and 2 <= len(one) <= MOST_COMPARED for one in value)


KEYS = {
    "title": ("title", "text", _is_text),
    "lang": ("lang", "text", _is_text),
    "since": ("since", "text", _is_text),
    "include": ("include", "a list of texts", _are_texts),
    "charts": ("charts", "a list of texts", _are_texts),
    "edit-url": ("edit_url", "text", _is_text),
    "url": ("url", "text", _is_text),
    "compare": ("compare", "a list of groups of two to six ids", _are_groups),
}
"""The keys of `[site]`: the name of the option, what it takes, and the check of it."""
