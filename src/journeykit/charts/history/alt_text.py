"""A history in words, for those who cannot see it."""

from __future__ import annotations

from journeykit.charts.difference.alt_text import moved
from journeykit.charts.locales import Labels
from journeykit.comparing.history import History, JourneyVersion
from journeykit.drawing.text import visible


def account(history: History, labels: Labels) -> str:
    """From when to when, how the score moved, then each version whose score is another; one thought a line."""
    first, last = first_and_last_day(history, labels)
    lines = [labels("history.account", title=history.title, n=len(history.versions), first=first or last, last=last)]
    scored = [version for version in history.versions if version.score is not None]
    if not scored:
        return f"{lines[0]} {labels('history.no_score')}."
    lines.append(f"{moved(scored[0].verdict, scored[-1].verdict, labels)}.")  # type: ignore[arg-type]
    for version in scored:
        if version.delta is None or abs(version.delta) >= 0.05:
            lines.append(f"{_told(version, labels)}.")
    return "\n".join(lines)


def _told(version: JourneyVersion, labels: Labels) -> str:
    delta = "" if version.delta is None else labels.number(version.delta, 1, sign=True)
    score = labels.number(version.score or 0.0, 1)
    said = subject(version, labels)
    if not delta:
        return f"{day(version, labels)}: {score}, {said}"
    return labels("history.change", date=day(version, labels), score=score, delta=delta, subject=said)


def first_and_last_day(history: History, labels: Labels) -> tuple[str, str]:
    """The days of the first and the last commit; of what no commit has, that it has none."""
    days = [day(version, labels) for version in history.versions if version.commit]
    return (days[0], days[-1]) if days else ("", labels("history.not_committed"))


def day(version: JourneyVersion, labels: Labels) -> str:
    """When it was authored, or that it is not committed."""
    return version.commit.date[:10] if version.commit else labels("history.not_committed")


def subject(version: JourneyVersion, labels: Labels) -> str:
    """What its author said of it."""
    return visible(version.commit.subject) if version.commit else labels("history.not_committed")
