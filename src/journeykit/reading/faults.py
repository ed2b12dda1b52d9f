"""Errors that `validate` reports: the `Fault` that checks yield, and a page on each rule for `journeykit explain`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from journeykit.finding import Advice
from journeykit.source import KeyOrValue, KeyPath


class Fault(NamedTuple):
    """A mistake in the data: `path` leads to it in the file, `part` says whether the key or the value is wrong.

    `suggestion` holds texts that may be meant; each can replace the wrong one. `number` is a number or boolean as the
    message shows it, which the file may write differently (1.10).
    """

    rule: str
    path: KeyPath
    message: str
    help: str = ""
    part: KeyOrValue = "value"
    suggestion: tuple[str, ...] = ()
    number: str = ""


def did_you_mean(word: object, known: Iterable[str], otherwise: str = "", cutoff: float = 0.6) -> str:
    """Return a question that names the known word most similar to `word`; `otherwise` if none is similar."""
    return nearest(word, known, otherwise, cutoff).help


def nearest(word: object, known: Iterable[str], otherwise: str = "", cutoff: float = 0.6) -> Advice:
    """Return the advice to write the known word most similar to `word`; `otherwise` if none is similar."""
    names = {name.casefold(): name for name in known}
    from difflib import get_close_matches

    near = get_close_matches(str(word)[:100].casefold(), names, n=1, cutoff=cutoff)
    return Advice.meant(names[near[0]]) if near else Advice(otherwise)


def shown(value: Any) -> str:
    """Return a scalar as YAML writes it, shortened to 60 characters."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def quoted(value: Any) -> str:
    """Return a scalar for a message: text in quotes, anything else as it is."""
    return f'"{shown(value)}"' if isinstance(value, str) else shown(value)


PAGES: dict[str, str] = {
    "not-utf-8": "The file is not UTF-8 text.\n\nSave it as UTF-8; the finding stands at the first byte that is not.",
    "too-large": (
        "The file is larger than 4 MiB, or holds more than 100,000 values.\n\n"
        "A journey is one persona's way to one goal: split it."
    ),
    "yaml-syntax": (
        "The text is not YAML.\n\n"
        "The usual causes: a tab for indentation, a text with `: ` or `#` in it that needs quotes, "
        "a quote or bracket that is never closed, a line that is indented differently from its neighbours."
    ),
    "text-cut": (
        "A text is cut off by a `#` right before a word.\n\n"
        "To YAML, a # after a space starts a comment: of `title: I call bank #1 in town` only `I call bank` is left. "
        "Put the text into quotes; if it is a comment, leave a space after the #."
    ),
    "duplicate-key": (
        "A mapping gives the same key twice.\n\nYAML readers silently keep one of the two; remove the other."
    ),
    "several-documents": "The file holds more than one YAML document.\n\nOne file is one journey.",
    "custom-tag": "A YAML tag (`!name`) or merge key (`<<`).\n\nA journey is plain text, numbers, lists and mappings.",
    "yaml-version": "A `%YAML` line asks for a version other than 1.2.\n\nIn YAML 1.1, `no` and `10:30` are not text.",
    "too-deep": "Lists and mappings are nested more than 64 deep.\n\nNo journey needs that.",
    "alias-bomb": "Aliases (`*name`) multiply into more than 100,000 values.\n\nWrite out what is meant.",
    "unknown-alias": (
        "An alias (`*name`) names no anchor (`&name`) above it.\n\nA text that starts with * needs quotes."
    ),
    "not-a-journey": "The file does not hold a mapping.\n\nA journey starts with `title:`.",
    "newer-format": (
        "The file is written for a newer journeykit.\n\nUpdate journeykit; `journeykit: 1` is what this one reads."
    ),
    "unknown-key": "A key that the format does not have.\n\nMost often a typing error, or a key at the wrong level.",
    "missing-key": "A key that must be there is missing.\n\nThe finding stands at the first key of what lacks it.",
    "wrong-type": (
        "A text where a number belongs, a mapping where a list belongs, and the like.\n\n"
        "The help shows the form that the key takes; numbers have no quotes, lists start each item with a -."
    ),
    "empty-value": "A text that must say something is empty.\n\nWrite it, or remove the key.",
    "unknown-choice": "A word that is not one of those the key takes.\n\nThe message lists them; mind small letters.",
    "out-of-range": (
        "A number outside the range, or outside the journey's `scale`.\n\n"
        "Correct the number, or choose the scale that the numbers are on, such as `scale: 1..5`."
    ),
    "bad-link": (
        "A text that is not the address of a web page or a mailbox.\n\n"
        "Write the whole address, with https://, http:// or mailto: in front. Other addresses are refused, since some "
        "run a program, and since a file on one computer is nothing for the others."
    ),
    "bad-image": (
        "A picture that cannot be shown: its file is missing, lies outside of the repository, is too large, or is no "
        "PNG, JPEG or SVG.\n\n"
        "The path starts at the journey's file and stays inside its repository; links are not followed. Its content "
        "decides what it is, not its name. An SVG must be a plain drawing: without scripts, without `foreignObject`, "
        "without references to other files or addresses. A picture has at most 4 MiB and 16 million pixels."
    ),
    "unknown-journey": (
        "A touchpoint is said to be a journey of its own, which does not exist.\n\n"
        "`journey` takes the id of another journey of the project, or the path of its file from this one, inside the "
        "repository. Where several journeys have the same id, write the path."
    ),
    "unknown-source": (
        "A source of data that the settings do not have.\n\n"
        "`data` names the sources by which a journey is measured, as `[data.helpdesk]` of the settings names them. "
        "Where the settings have none at all, nothing is said: a map may be checked where its data are not known."
    ),
    "circular-journey": (
        "A journey is a part of a journey that is a part of it.\n\n"
        "`journey` says which journey shows a touchpoint in detail, so that a reader can go into it and come back. In "
        "a circle there is no way back: remove one of the references that the message names."
    ),
    "bad-id": (
        "An id, tag or language that is not written as one.\n\n"
        "Ids are small ASCII letters, digits and hyphens, so that they stay the same in links and file names: write "
        "`my-call`, not `My Call`. `end` is no id of a touchpoint, as a decision's `to: end` ends the journey. "
        "A language is a BCP 47 tag, such as en or de-AT."
    ),
    "unreadable-duration": (
        "A duration that cannot be read.\n\nWrite 20s, 25min, 4h, 2d, 2w, 6mo, 1y or ISO 8601 (PT4H)."
    ),
    "unreadable-time": (
        "A time that cannot be read.\n\nWrite an offset from day 0 with a sign (-45d, +25min, 0h), `day 3`, "
        "`day 0 09:00`, or an ISO date or date-time."
    ),
    "unreadable-date": (
        "A date that cannot be read.\n\nWrite 2026-03-02, or where less will do 2026-03, 2026-Q1 or 2026."
    ),
    "unreadable-figure": "A KPI's figure that cannot be read.\n\nWrite a number, a share (85%) or a duration (4h).",
    "stages-or-touchpoints": "Both `stages` and `touchpoints`, or neither.\n\nA journey has one of them.",
    "too-short": "Fewer than two touchpoints.\n\nA journey leads from one touchpoint to another.",
    "duplicate-id": "Two things of one kind have the same id.\n\nReferences could mean either.",
    "unknown-id": (
        "A reference to a touchpoint, source, opportunity or KPI that the file does not define.\n\n"
        "Correct the id, or define what it names. A touchpoint without an `id` has the one made of its title."
    ),
    "unknown-feeling": (
        "A feeling word that is in no vocabulary.\n\n"
        "`journeykit feelings` lists the built-in ones; a file adds its own "
        "with `feelings: {word: valence}`, a repository with `[feelings]` in its settings."
    ),
    "time-goes-back": (
        "A touchpoint happens before the one above it.\n\nTouchpoints stand in the order they happen. "
        "Offsets count from the start of day 0, not from the touchpoint above; `day 2` means its start, 00:00."
    ),
    "mixed-times": (
        "Offsets and dates in one file, while `day0` is no date.\n\nGive `day0` as a date, or use one of them. "
        "Offsets count from the start of day 0, not from the touchpoint above."
    ),
    "decision-shares": (
        "The shares of a decision do not sum to 1.\n\nEvery customer goes one way: write shares such as 0.3 and 0.7."
    ),
    "counts-off-scale": (
        "Answers are counted for a value that the scale does not have.\n\n"
        "A survey often asks on a scale of its own: give it as `scale: 1..5` beside the counts, or correct the value."
    ),
    "sums-differ": (
        "Parts do not sum to the whole: promoters, passives and detractors to n, or counts to n.\n\n"
        "Correct the part that is wrong, or remove n, which follows from the parts."
    ),
    "one-form": (
        "A figure is given in two ways that exclude each other, or in none.\n\nKeep the one that was measured."
    ),
    "bad-weights": (
        "Scoring weights that do not sum to 1, or stand beside a profile.\n\n"
        "Let mean, peak, valley, end and first sum to 1, or name a profile instead."
    ),
}
