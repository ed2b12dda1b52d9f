"""What a reader takes for one character: a letter with its marks, an emoji sequence, a flag.

A small part of Unicode Standard Annex #29, enough to never cut one in two.
"""

from __future__ import annotations

from unicodedata import category, east_asian_width

JOINER = "\u200d"


def clusters(text: str) -> list[str]:
    """The text cut into clusters; joined again they are the text."""
    if text.isascii():
        return list(text)
    out: list[str] = []
    for character in text:
        if out and _continues(out[-1], character):
            out[-1] += character
        else:
            out.append(character)
    return out


def _continues(cluster: str, character: str) -> bool:
    return (
        category(character) in ("Mn", "Me", "Mc")
        or character == JOINER
        or cluster[-1] == JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= character <= "\U000e007f"  # tags, for the flags of regions
        or "\u1160" <= character <= "\u11ff"  # Korean vowels and finals
        or (_regional(character) and len(cluster) == 1 and _regional(cluster))
    )


def _regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def is_emoji(cluster: str) -> bool:
    """Whether it is likely to be shown as a picture."""
    return "\U0001f000" <= cluster[0] <= "\U0001faff" or "\ufe0f" in cluster or "\u20e3" in cluster


def is_wide(cluster: str) -> bool:
    """Whether it fills a square, as Chinese, Japanese and Korean characters do."""
    return east_asian_width(cluster[0]) in "WF"
