"""The versions of a journey as a table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from journeykit.comparing.history import History, JourneyVersion
from journeykit.output.numbers import score_style
from journeykit.output.paint import one_line, shown_name
from journeykit.output.table import Column, Table
from journeykit.scoring.display import fixed, signed

NOT_COMMITTED = "not committed"
HIDDEN = "rests on a survey of too few answers to show"


def history(found: History) -> Table:
    """Return a row for each version, the oldest first; a column of notes only where there are some."""
    notes = [note(version) for version in found.versions]
    columns = [
        Column("file", "File", for_programs=True),
        Column("date", "Date", lambda date: date[:10]), Column("commit", "Commit", lambda id: id[:10], verbatim=True),
        Column("score", "Score", fixed, right=True, style=score_style),
        Column("delta", "ΔJ", signed, right=True, style=delta_style),
        Column("mean", "Mean", fixed, right=True, drop_order=1),
        Column("half_width", "±", fixed, right=True, drop_order=3),
        Column("low_points", "Low points", right=True, drop_order=1),
        Column("critical", "Critical", right=True, drop_order=2), Column("peaks", "Peaks", right=True, drop_order=2),
        Column("touchpoints", "Touchpoints", right=True, drop_order=4),
        Column("subject", "Subject", wraps=True), Column("author", "Author", for_programs=True),
        Column("path", "Path", for_programs=True), Column("state", "State", for_programs=True),
        Column("note", "Note", wraps=True, for_programs=not any(notes), empty=""),
    ]  # fmt: skip
    rows = [_row(found, version, parts) for version, parts in zip(found.versions, notes, strict=True)]
    return Table("", columns, rows)


def _row(found: History, version: JourneyVersion, parts: str) -> list[Any]:
    commit, scores = version.commit, version.scores
    is_journey = version.state == "journey" and scores is not None
    figures: list[Any] = [None] * 4
    if is_journey and scores is not None:
        figures = [len(scores.low_points), scores.critical, len(scores.peaks), scores.touchpoints]
    means = [scores.mean, scores.half_width] if is_journey and scores else [None, None]
    return [
        found.file, commit.date if commit else None, commit.id if commit else None, version.score, version.delta,
        *means, *figures, commit.subject if commit else NOT_COMMITTED, commit.author if commit else None,
        version.path, version.state, parts,
    ]  # fmt: skip


def delta_style(value: float) -> str:
    """Return the terminal style of a difference."""
    return "red" if value <= -0.05 else "green" if value >= 0.05 else ""


def note(version: JourneyVersion) -> str:
    """Return a note on a version: why it has no score, and where the file was before."""
    parts = []
    if version.renamed_from:
        parts.append(f"was {shown_name(version.renamed_from)}")
    if version.scores is None:
        parts.append("deleted")
    elif version.scores.fault:
        where = f"line {version.scores.line}: " if version.scores.line else ""
        parts.append(f"no journey: {where}{version.scores.fault}")
    elif version.scores.score is None:
        few = f"no score: it mostly {HIDDEN}"
        parts.append(few if version.scores.withheld else "no score: too little is rated")
    elif version.scores.rests_on:
        parts.append(HIDDEN)
    return "; ".join(parts)


def data(found: History) -> dict[str, Any]:
    """Return the JSON of one file's history; numbers are unrounded."""
    return {
        "file": found.file,
        "title": found.title,
        "shallow": found.shallow,
        "complete": found.older == 0 and not found.shallow,
        "versions": [_version(version) for version in found.versions],
    }


def _version(version: JourneyVersion) -> dict[str, Any]:
    commit, scores = version.commit, version.scores
    scored = scores if scores is not None and version.state == "journey" else None
    return {
        "commit": commit.id if commit else None,
        "date": commit.date if commit else None,
        "author": commit.author if commit else None,
        "subject": commit.subject if commit else None,
        "path": version.path,
        "renamed_from": version.renamed_from,
        "state": version.state,
        "fault": scores.fault or None if scores else None,
        "line": scores.line if scores else None,
        "score": version.score,
        "half_width": scored.half_width if scored else None,
        "delta": version.delta,
        "beyond_uncertainty": version.sure,
        "mean": scored.mean if scored else None,
        "peak": scored.peak if scored else None,
        "valley": scored.valley if scored else None,
        "touchpoints": scored.touchpoints if scored else None,
        "rated": scored.rated if scored else None,
        "rests_on": list(scored.rests_on) if scored else None,
        "low_points": [{"id": id, "kind": kind} for id, kind in scored.low_points] if scored else None,
        "peaks": list(scored.peaks) if scored else None,
    }


def heading(found: History) -> str:
    """Return the heading of a table."""
    name = shown_name(found.file)
    return f"{one_line(found.title)}  ({name})" if found.title else name


def remarks(found: Sequence[History]) -> list[str]:
    """Return remarks on where histories end."""
    parts = []
    for one in found:
        name = shown_name(one.file)
        if one.older is None or one.older:
            count = f"{one.older} older versions are" if one.older else "older versions are"
            parts.append(f"{name}: {count} left out; --limit 0 shows all")
        if one.shallow:
            parts.append(f"{name}: the clone is shallow, and its history ends there (git fetch --unshallow)")
        if one.versions and all(version.commit is None for version in one.versions):
            parts.append(f"{name}: not committed yet")
    return parts
