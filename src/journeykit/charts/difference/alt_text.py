"""Texts of a difference: headline, numbers of changes, and alt text."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.charts.locales import Labels
from journeykit.comparing import Comparison, TouchpointDiff
from journeykit.comparing.score_delta import ScoredVersion, score_delta
from journeykit.drawing.text import NO_BREAK, visible
from journeykit.scoring import LowPoint, Scores


def names_of(comparison: Comparison, labels: Labels) -> tuple[str, str]:
    """Return names of the versions: their titles or states if these differ, else before and after."""
    old, new = comparison.old.journey, comparison.new.journey
    if old.title != new.title:
        return old.title, new.title
    if old.state != new.state:
        return labels(f"state.{old.state}"), labels(f"state.{new.state}")
    return labels("difference.before"), labels("difference.after")


def headline(comparison: Comparison, labels: Labels) -> str:
    """Return how the score of the journey changed, with its uncertainty."""
    return moved(comparison.old, comparison.new, labels)


def moved(old: ScoredVersion, new: ScoredVersion, labels: Labels) -> str:
    """Return how a score changed, with ΔJ ± u."""
    found = score_delta(old, new)
    if found is None or old.score is None or new.score is None:
        return labels("difference.no_score")
    delta, half_width, _ = found
    text = labels(
        f"difference.{'stays' if abs(delta) < STAYS else 'rises' if delta > 0 else 'falls'}",
        old=labels.number(old.score, 1),
        new=labels.number(new.score, 1),
        delta=labels.number(delta, 1, sign=True),
    )
    if half_width is None or abs(delta) < STAYS:
        return text
    return f"{text}{NO_BREAK}±{NO_BREAK}{labels.number(half_width, 1)}"


STAYS = 0.05
"""The least change that is visible with one decimal."""


def certainty(comparison: Comparison, labels: Labels) -> str:
    """Return whether the change is larger than its uncertainty; an empty text if that is unknown."""
    if comparison.delta is None or abs(comparison.delta) < STAYS or comparison.half_width is None:
        return ""
    words = {"beyond": "sure", "within": "unsure", "intended": "intended", "assumed": "assumed", "rescaled": "rescaled"}
    return labels(f"difference.{words[comparison.verdict or 'within']}")


def counts(comparison: Comparison, labels: Labels) -> list[str]:
    """Return the numbers of changed touchpoints and low points by kind, without zeros."""
    changes = comparison.touchpoints
    found = {
        "better": sum((change.delta or 0) >= 0.5 for change in changes),
        "worse": sum((change.delta or 0) <= -0.5 for change in changes),
        "added": sum(change.kind == "added" for change in changes),
        "removed": sum(change.kind == "removed" for change in changes),
        "moved": sum(change.moved for change in changes),
    }
    for fate in ("new", "unmasked", "persisting", "resolved"):
        found[f"low_{fate}"] = sum(change.fate == fate for change in comparison.low_points)
    return [f"{labels(f'difference.{name}')}: {labels.number(n)}" for name, n in found.items() if n]


def score_of(scores: Scores, labels: Labels) -> str:
    """Return the score and word of a version."""
    if scores.score is None:
        return labels.no_score(scores.withheld)
    few = f" ({labels('score.rests_on')})" if scores.rests_on else ""
    return f"{labels.number(scores.score)} {labels(f'score.{scores.word}')}{few}"


def difference_alt_text(comparison: Comparison, names: tuple[str, str], labels: Labels) -> str:
    """Return the alt text: headline, versions, low points, and a line for each touchpoint that differs."""
    lines = [f"{headline(comparison, labels)}."]
    if sure := certainty(comparison, labels):
        lines.append(f"{sure}.")
    versions = zip(names, (comparison.old, comparison.new), strict=True)
    lines += [f"{name}: {score_of(scores, labels)}." for name, scores in versions]
    fates = (("new", comparison.new), ("unmasked", comparison.new), ("persisting", comparison.new),
             ("resolved", comparison.old))  # fmt: skip
    for fate, scores in fates:
        found = [change.new or change.old for change in comparison.low_points if change.fate == fate]
        titles = "; ".join(scores.by_id[low.id].touchpoint.title for low in found if isinstance(low, LowPoint))
        if titles:
            lines.append(f"{labels(f'difference.low_{fate}')}: {titles}.")
    touchpoints = [line for change in comparison.touchpoints for line in _touchpoint(change, labels)]
    lines += [f"{labels('lanes.touchpoints')}:", *touchpoints] if touchpoints else [f"{labels('difference.nothing')}."]
    return "\n".join(map(visible, lines))


def _touchpoint(change: TouchpointDiff, labels: Labels) -> Iterator[str]:
    """Yield a line for a touchpoint if what the chart shows of it differs."""
    parts = []
    if change.kind in ("added", "removed"):
        parts.append(labels(f"difference.{change.kind}"))
    if change.moved and change.old:
        parts.append(labels("difference.moved_here", n=change.old.number))
    if change.renamed and change.old:
        parts.append(labels("difference.was", title=change.old.touchpoint.title))
    before, after = (one.score if one else None for one in (change.old, change.new))
    if change.delta is not None and abs(change.delta) >= 0.5 and before is not None and after is not None:
        moved = labels.number(change.delta, sign=True)
        parts.append(f"{labels.number(before)} → {labels.number(after)} ({moved})")
    elif change.kind in ("added", "removed"):
        rated = change.rated
        text = (
            labels.unrated(rated.hidden) if rated.score is None else labels("alt.of_100", n=labels.number(rated.score))
        )
        parts.append(text)
    if parts:
        yield f"{change.rated.number}. {change.rated.touchpoint.title}: {'; '.join(parts)}."
