"""Merge real journeys that two sides changed at random: what they meant is unknown, but some things hold anyway."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from journeykit.changing.merging import merge_texts
from journeykit.linting.suppression import comments_of
from journeykit.reading import read_text
from tests.changing.many_layouts import CHANGES, NAME, start
from tests.changing.many_merges import sides


def make_texts(random: Random) -> Any:
    """Return a journey and two changed versions of it."""
    base = start(random)
    versions = {"base": base, "ours": base, "theirs": base}
    for side in ("ours", "theirs"):
        for _ in range(random.choice((1, 1, 2, 3, 6))):
            changed = random.choice(CHANGES)(versions[side], random)
            if random.random() < 0.05 or read_text(changed, NAME).journey:  # else nearly all are left to git
                versions[side] = changed
    return versions


def check_texts(case: Any) -> str:
    """Check that a change of one side is taken as it is, and that a merge loses no comment and no title of both."""
    base, ours, theirs = (case[name] for name in ("base", "ours", "theirs"))
    for one, other in ((ours, base), (base, ours), (ours, ours)):
        found = merge_texts(base, one, other, NAME)
        assert found is None or (found.conflicts == 0 and _words(found.text) == _words(ours)), "not as it is written"
    merged = merge_texts(base, ours, theirs, NAME)
    if merged is None:
        return "left to git"
    again = merge_texts(base, theirs, ours, NAME)
    assert again and bool(again.conflicts) == bool(merged.conflicts), "conflicts one way round only"
    for text in sides(merged.text):
        check_side(text, ours, theirs, base)
    if merged.conflicts:
        return "conflict"
    assert merged.findings or read_text(merged.text, NAME).journey, "no journey, and nothing is said"
    return "no journey" if merged.findings else "clean"


def check_side(text: str, ours: str, theirs: str, base: str) -> None:
    """Check the text with one side of each conflict."""
    document = read_text(text, NAME)
    assert document.yaml and not document.yaml.faults, "no YAML any more"
    found, old, *both = (_comments(one) for one in (text, base, ours, theirs))
    for comment in both[0] & both[1]:
        assert comment in found, f"{comment} is lost"
    assert not found - (both[0] | both[1] | old), "a comment that nobody wrote"


def _comments(text: str) -> Counter[str]:
    return Counter(comment.text.strip() for comment in comments_of(read_text(text, NAME).source))


def _words(text: str) -> str:
    """Return a text without what a merge may write in another way: line ends, and the space before a comment."""
    return " ".join(text.removeprefix("\ufeff").split()).replace(" #", "#")
