"""Known exports: one module each, with their columns, codes and what must not be read as a figure.

`TABLES` has the settings by kind of source, the usual kind first; what the user's own settings say is over it. A column
that a preset names and a file lacks is left out with all that needs it. No figure may be made of a column of `REFUSED`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

NAMES = ("zendesk", "freshdesk", "jira", "servicenow", "topdesk", "qualtrics")
MERGED = ("columns", "questions", "times", "cases", "missing", "keep")
"""Tables of settings of which each key is on its own."""
_COLUMNS = ("id", "case", "activity", "at", "order", "channel", "team", "touchpoint", "score", "metric")


def module(preset: str) -> Any:
    """Return the module of a preset."""
    return import_module(f"{__name__}.{preset}")


def completed(preset: str, given: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the settings of a source with those of its preset, and the columns that only the preset names."""
    tables = module(preset).TABLES
    brought = tables.get(given.get("kind"), next(iter(tables.values())))
    whole = {**brought, **given}
    for key in MERGED:
        if isinstance(brought.get(key), Mapping) and isinstance(given.get(key), Mapping):
            whole[key] = {**brought[key], **given[key]}
    for column, brought_one in brought.get("columns", {}).items():
        one = whole["columns"][column] if isinstance(whole["columns"], Mapping) else None
        one = {"metric": one} if isinstance(one, str) else one
        if isinstance(one, Mapping) and "missing" in brought_one:  # what is no answer stays so on another scale
            whole["columns"][column] = {"missing": brought_one["missing"], **one}
    return whole, frozenset(_named(brought)) - frozenset(_named(given))


def in_english(column: str) -> str:
    """Return the name of a column in small letters; of Jira's own fields, which it translates, the English one."""
    found = re.fullmatch(r"[^\W\d_][^()]* (\([^()]+\))", column.strip())
    return f"custom field {found[1]}".casefold() if found else column.strip().casefold()


def is_called(column: str, name: str) -> bool:
    """Return whether a column is the one that a preset names: in another language, or by the label of a field.

    ServiceNow exports `sys_updated_at` as Updated and `actual_value` as Actual value.
    """
    label = re.sub(r"^sys_|_(at|on)$", "", name.strip()).replace("_", " ").casefold()
    return in_english(column) in (in_english(name), name.strip().replace("_", " ").casefold(), label)


def refused(column: str) -> str:
    """Return why no figure may be made of a column of any known export; "" if one may."""
    every = (one for preset in NAMES for one in getattr(module(preset), "REFUSED", {}).items())
    return next((reason for name, reason in every if is_called(column, name)), "")


def _named(settings: Mapping[str, Any]) -> Iterator[str]:
    """Find the columns that settings name, those in conditions too."""
    for key in _COLUMNS:
        value = settings.get(key, ())
        yield from (value,) if isinstance(value, str) else value if isinstance(value, (list, tuple)) else ()
    for key in ("columns", "keep"):
        yield from settings.get(key, ()) if isinstance(settings.get(key, {}), Mapping) else ()
    for one in settings.get("times", {}).values() if isinstance(settings.get("times", {}), Mapping) else ():
        if isinstance(one, Mapping):
            yield from (str(one[key]) for key in ("from", "to", "column") if key in one)
    for one in settings.get("cases", {}).values() if isinstance(settings.get("cases", {}), Mapping) else ():
        sql = one.get("is", "") if isinstance(one, Mapping) else one
        yield from quoted_names(str(sql))
    yield from quoted_names(str(settings.get("where", "")))


def quoted_names(sql: str) -> list[str]:
    """Return the names in double quotes of a condition."""
    parts = sql.split('"')
    return parts[1::2]
