"""A table of settings for a file of data, made of its headers: a proposal to edit, of which every guess is marked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from journeykit.data import presets
from journeykit.data.engines import DataError, engine_of
from journeykit.data.questions import Limits
from journeykit.data.sources import Source, read_source
from journeykit.model.slug import slug

KNOWN = 3
"""So many columns of a known export make a file one."""
_ROLES: Mapping[str, str] = {
    "case": r"case[ _:-]*(id|concept[ :_]name)?|case|ticket[ _]?id|issue[ _]key|incident|order[ _]?id|session[ _]?id",
    "activity": r"activity|concept:name|event|event[ _]name|action|status[ _]change",
    "at": r"(complete[ _]?)?timestamp|time:timestamp|time|date|.*[ _]at|answered|created|(recorded|start|submit)[ _]?"
    r"(date|time)( \(utc\))?|completion time|zeitstempel|datum|erstellt( am)?|startzeit|horodateur|marca temporal|"
    r"informazioni cronologiche|zaman damgası|χρονική σήμανση|időbélyeg|časovni žig|vremenska oznaka",
    "team": r"team|group|org:group|assignment[ _]group|workgroup|department",
    "channel": r"channel|via|contact[ _]type|medium",
    "id": r"#|(respondent|response|customer|user)[ _]?(id|nr|num|number)?|respnum|id",
    "weight": r"w|wt|wgt|weights?|weighting|gewicht(ung)?|raking",
}
"""Names of columns by what they usually hold."""
_METRICS: Mapping[str, str] = {
    "nps": r"(?!.*nps_group).*(nps|netpro|recommend|weiterempf).*",  # Qualtrics adds the word for each number
    "ces": r".*(\bces\b|\beasy\b|\bease\b).*",
    "csat": r".*(csat|satisf|zufried|rating|score).*",
}
_NEVER = re.compile(r"(?i).*(mail|name|phone|telefon|address|adresse|com+ent|kommentar|text|message|note|subject).*")
"""Columns that may hold what people wrote, or who they are."""


def propose(path: Path, name: str = "") -> str:
    """Return settings to paste for a file of data. Raises DataError or UsageError if it cannot be read."""
    source = slug(name or path.name.split(".")[0]) or "data"
    columns = _columns(path)
    preset, found = recognised(columns)
    head = f"[data.{source}]\n"
    if preset:
        return head + _of_preset(preset, found, path, columns)
    return head + _guessed(path, columns)


def recognised(columns: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the preset of a known export, and the columns it is known by; "" if it is none."""
    best: tuple[str, tuple[str, ...]] = "", ()
    for preset in presets.NAMES:
        found = tuple(one for one in presets.module(preset).HEADERS if _column(one, columns))
        if len(found) > len(best[1]):
            best = preset, found
    return best if len(best[1]) >= KNOWN else ("", ())


def _column(name: str, columns: Sequence[str]) -> str:
    """Return the column that a preset calls so, in whatever language or spelling; "" if there is none."""
    return next((one for one in columns if presets.is_called(one, name)), "")


def columns_for(role: str, columns: Sequence[str]) -> list[str]:
    """Return the columns whose names are those that `case`, `activity`, `at`, `team` or `channel` usually has."""
    return [one for one in columns if re.fullmatch(_ROLES[role], one.strip(), re.IGNORECASE)]


def _columns(path: Path) -> list[str]:
    probe = {"kind": "answers", "url": str(path.absolute()), "columns": {"x": "nps"}}
    source: Source = read_source(path.absolute().parent / "journeykit.toml", "proposal", probe)
    try:
        with engine_of(source, Limits()) as engine:
            return list(engine.names())
    except DataError as error:  # there are no settings yet that the user could look at
        message = error.message.removeprefix(f"{source.key('url')}: ").removeprefix(f"{source.key()}: ")
        raise DataError(f"{path.as_posix()}: {message}", error.help) from None


def _text(value: str) -> str:
    """Return a text for TOML, with escapes for what cannot be seen or would reorder the line."""
    plain = json.dumps(value, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in plain)


def _of_preset(preset: str, found: Sequence[str], path: Path, columns: Sequence[str]) -> str:
    """Return the few lines that a known export needs."""
    lines = [f"preset = {_text(preset)}  # guessed from {', '.join(found[:4])}", f"url = {_text(path.as_posix())}"]
    if preset == "servicenow" and not _column("actual_value", columns):
        lines.insert(1, 'kind = "events"  # guessed: rows are incidents, or their events')
        if not _column("incident_state", columns) and (state := _column("state", columns)):
            lines.append(f"activity = {_text(state)}  # guessed from the name")
        if not _column("sys_updated_at", columns) and (opened := _column("opened_at", columns)):
            lines.append(f"at = {_text(opened)}  # one row an incident: its only time is the one it was opened at")
    if preset == "jira" and not _column("Created", columns) and (at := columns_for("at", columns)):
        lines.append(f"at = {_text(at[0])}  # guessed from the name")
        if answered := _column("Custom field ([CHART] Date of First Response)", columns):
            lines.append(f"times = {{ first-response = {{ from = {_text(at[0])}, to = {_text(answered)} }} }}")
    if preset == "qualtrics":
        lines.append("\n[data.{}.columns]".format(slug(path.name.split(".")[0]) or "data"))
        known = {one.casefold() for one in presets.module(preset).HEADERS}
        asked = [one for one in columns if one.strip().casefold() not in known and not _NEVER.fullmatch(one)]
        lines += [_question(column) for column in asked]
    if preset == "topdesk" and not _column("creationDate", columns) and _column("callDate", columns):
        lines.append('at = "callDate"  # there is no creationDate')
        lines.append('times = { resolution = { from = "callDate", to = "completedDate" } }')
    if preset == "topdesk" and _column("feedbackRating", columns):
        lines.append('columns = { feedbackRating = { metric = "csat", scale = "?" } }  # say the scale, such as 1..5')
    return "\n".join(lines) + "\n"


def _question(column: str) -> str:
    """Return the line of a column that may be a question."""
    metric = next((one for one, names in _METRICS.items() if re.fullmatch(names, column, re.IGNORECASE)), "")
    if not metric:
        return f'# {_text(column)} = {{ metric = "rating", scale = "1..5" }}  # is it a question?'
    scale = {"csat": "1..5", "nps": "0..10", "ces": "1..7"}[metric]
    value: dict[str, Any] = {"metric": metric, "scale": scale}
    said = ", ".join(f"{key} = {_text(one)}" for key, one in value.items())
    return f"{_text(column)} = {{ {said} }}  # guessed from the name: check metric and scale"


def _guessed(path: Path, columns: Sequence[str]) -> str:
    """Return lines for a file that is no known export."""
    roles: dict[str, str] = {}
    for role, names in _ROLES.items():
        column = next((one for one in columns if re.fullmatch(names, one.strip(), re.IGNORECASE)), None)
        if column is not None and column not in roles.values():
            roles[role] = column
    events = {"case", "activity", "at"} <= roles.keys()
    kind = "events" if events else "answers"
    lines = [f'kind = "{kind}"  # guessed from the columns', f"url = {_text(path.as_posix())}"]
    wanted = ("case", "activity", "at", "team", "channel") if events else ("id", "at", "weight")
    lines += [f"{role} = {_text(roles[role])}  # guessed from the name" for role in wanted if role in roles]
    if events:
        return "\n".join(lines) + "\n"
    used = set(roles.values())
    asked = [column for column in columns if column not in used and not _NEVER.fullmatch(column)]
    lines += ["", "[data.{}.columns]".format(slug(path.name.split(".")[0]) or "data")]
    lines += [_question(column) for column in asked]
    return "\n".join(lines) + "\n"
