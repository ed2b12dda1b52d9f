"""What an edit changed, in the words of `diff`: sentences, and the message of a commit."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.comparing.journey_diff import JourneyDiff
from journeykit.editing.analysis import Analysis
from journeykit.output.paint import one_line
from journeykit.output.tables.part_diff import part_rows
from journeykit.output.tables.touchpoint_diff import clipped, describe_diff, describe_touchpoint
from journeykit.scoring.display import fixed

LONGEST_SUBJECT = 72
MOST_LINES = 40


def sentences(old: Analysis, new: Analysis) -> list[str]:
    """Return what differs between two texts of a journey; nothing if one of them is none."""
    if old.text == new.text or old.scores is None or new.scores is None:
        return []
    return list(_sentences(JourneyDiff(str(old.file), str(new.file), old.scores, new.scores)))


def _sentences(diff: JourneyDiff) -> Iterator[str]:
    comparison = diff.comparison
    assert comparison is not None
    old, new = comparison.old.journey, comparison.new.journey
    if old.title != new.title:
        yield f"title: was “{clipped(old.title)}”"
    if old.state != new.state:
        yield f"state: {old.state} → {new.state}"
    for one in comparison.touchpoints:
        title = clipped(one.rated.touchpoint.title)
        if one.kind in ("added", "removed"):
            words = describe_touchpoint(one, old, new)
            yield f"touchpoint {one.kind}: {title}" + (f" ({words})" if words else "")
        elif words := describe_diff(one, old, new):
            yield f"{title}: {words}"
    for kind, part, name, words in part_rows(diff):
        whole = part if not name or name == part else f"{part} “{clipped(str(name))}”"
        yield (
            f"{whole}: {words}" if kind == "changed" and words else f"{whole} {kind}" + (f": {words}" if words else "")
        )


def commit_message(old: Analysis | None, new: Analysis) -> str:
    """Return the message of a commit that takes a file from what git has to its text as it is; "" if it is the same."""
    if new.scores is None or (old is not None and old.text == new.text):
        return ""
    title = one_line(new.scores.journey.title)
    if old is None or old.scores is None:
        return clipped(f"Map “{title}”", LONGEST_SUBJECT)
    lines = sentences(old, new)
    before, after = old.scores.score, new.scores.score
    scored = ""
    if before is not None and after is not None and fixed(before) != fixed(after):
        scored = f": score {fixed(before)} → {fixed(after)}"
    elif len(lines) == 1:
        return clipped(f"{clipped(title, 30)}: {lines[0]}", LONGEST_SUBJECT)
    subject = f"{clipped(title, LONGEST_SUBJECT - len(scored))}{scored}"
    body = "".join(f"- {line}\n" for line in lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        body += f"- and {len(lines) - MOST_LINES} more\n"
    return f"{subject}\n\n{body}" if body else subject
