"""Grapheme clusters: a letter with its marks, an emoji sequence, a flag.

A small part of Unicode Standard Annex #29, enough never to split a cluster.
"""

from __future__ import annotations

from unicodedata import category, east_asian_width

JOINER = "\u200d"


def clusters(text: str) -> list[str]:
    """Split text into clusters."""
    if text.isascii():
        return list(text)
    starts = [0]
    for at in range(1, len(text)):
        if not _continues(text[at - 1], text[at], at - starts[-1]):
            starts.append(at)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _continues(before: str, character: str, length: int) -> bool:
    """Return whether a character continues a cluster of this length that ends in `before`."""
    return (
        category(character) in ("Mn", "Me", "Mc")
        or character == JOINER
        or before == JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= character <= "\U000e007f"  # tags, for the flags of regions
        or "\u1160" <= character <= "\u11ff"  # Korean vowels and finals
        or (_regional(character) and length == 1 and _regional(before))
    )


def _regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def is_emoji(cluster: str) -> bool:
    """Return whether a cluster is probably shown as a picture."""
    return "\U0001f000" <= cluster[0] <= "\U0001faff" or "\ufe0f" in cluster or "\u20e3" in cluster


def is_wide(cluster: str) -> bool:
    """Return whether a cluster is square, as Chinese, Japanese and Korean characters are."""
    return east_asian_width(cluster[0]) in "WF"
