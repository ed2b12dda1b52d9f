"""Alt text of a history."""

from __future__ import annotations

from journeykit.charts.difference.alt_text import moved
from journeykit.charts.locales import Labels
from journeykit.comparing.history import History, JourneyVersion
from journeykit.drawing.text import visible


def history_alt_text(history: History, labels: Labels) -> str:
    """Return the alt text: period, change of the score, and a line for each version with another score."""
    first, last = first_and_last_day(history, labels)
    lines = [labels("history.account", title=history.title, n=len(history.versions), first=first or last, last=last)]
    scored = [version for version in history.versions if version.score is not None]
    if not scored:
        return f"{lines[0]} {labels('history.no_score')}."
    lines.append(f"{moved(scored[0].scores, scored[-1].scores, labels)}.")  # type: ignore[arg-type]
    for version in scored:
        if version.delta is None or abs(version.delta) >= 0.05:
            lines.append(f"{_line(version, labels)}.")
    return "\n".join(map(visible, lines))


def _line(version: JourneyVersion, labels: Labels) -> str:
    delta = "" if version.delta is None else labels.number(version.delta, 1, sign=True)
    score = labels.number(version.score or 0.0, 1)
    text = subject(version, labels)
    if version.scores is not None and version.scores.rests_on:
        text += f" ({labels('score.rests_on')})"
    if not delta:
        return f"{day(version, labels)}: {score}, {text}"
    return labels("history.change", date=day(version, labels), score=score, delta=delta, subject=text)


def first_and_last_day(history: History, labels: Labels) -> tuple[str, str]:
    """Return the days of the first and the last commit; a text that there is none if there is none."""
    days = [day(version, labels) for version in history.versions if version.commit]
    return (days[0], days[-1]) if days else ("", labels("history.not_committed"))


def day(version: JourneyVersion, labels: Labels) -> str:
    """Return the day of a version's commit, or that it is not committed."""
    return version.commit.date[:10] if version.commit else labels("history.not_committed")


def subject(version: JourneyVersion, labels: Labels) -> str:
    """Return the subject of a version's commit, or that it is not committed."""
    return visible(version.commit.subject) if version.commit else labels("history.not_committed")
