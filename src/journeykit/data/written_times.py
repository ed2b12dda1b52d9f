"""Times that cannot be read: which of them may be shown, and what to write into the settings for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journeykit.data.engines.months import MONTHS

DECIDES = r"([0-9]{1,2}[./-])?(1[3-9]|2[0-9]|3[01])[./-].*"
"""A day of which the number tells that it is no month: times like these are looked at first."""
_MONTH = rf"(?:{'|'.join(MONTHS)})[^\W\d_]{{0,8}}\.?"
_ZONE = r"(?:UTC|GMT|[CEW]ES?T|[AE][ECMP]?[SD]T|[CMP][SD]T|BST|IST|JST|MSK)"
"""Names of zones, of which most have several meanings."""
ONLY_TIME = re.compile(rf"(?i)(?:[\d\s:./,+-]|T(?=\d)|Z$|[ap]m\b|\b{_ZONE}$|{_MONTH}){{1,40}}")


def format_help(shown: Sequence[str], said: str) -> str:
    """Return what to write for times that cannot be read."""
    if said:
        return f"they are not written as {said}"
    if shown and all(re.fullmatch(r"\d{9,}(\.\d+)?", one) for one in shown):
        return 'say what they count: format = "epoch-s" or "epoch-ms"'
    if shown and all(re.fullmatch(r"\d{5}([.,]\d+)?", one) for one in shown):
        return "they are days as a spreadsheet counts them: save the column as dates, such as 2026-01-31 09:30"
    if shown and (named := re.search(rf"\b{_ZONE}$", shown[0])):
        return f'names of zones have several meanings: format = "%Y-%m-%d %H:%M:%S {named[0]}" and zone = "Europe/…"'
    clock = _clock_of(shown[0]) if shown else ""
    rest = "" if clock or not shown or ":" not in shown[0] else " and the time after it, such as %H:%M"
    worded = re.match(rf"(?i)(\d{{1,2}})([. /-]{{1,2}})({_MONTH})([ /-])(\d{{2,4}})", shown[0]) if shown else None
    if worded:
        month = "%b" if len(worded[3]) < 4 else "%B"
        return f'format = "%d{worded[2]}{month}{worded[4]}{"%Y" if len(worded[5]) == 4 else "%y"}{clock}"{rest}'
    parts = [found for one in shown if (found := re.match(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)\b", one))]
    if not parts:
        return 'say how they are written: format = "%d/%m/%Y %H:%M"'
    mark = parts[0][2]
    year = "%Y" if len(parts[0][4]) == 4 else "%y"
    if any(int(one[1]) > 12 for one in parts):
        return f'the day stands first: format = "%d{mark}%m{mark}{year}{clock}"{rest}'
    if any(int(one[3]) > 12 for one in parts):
        return f'the month stands first: format = "%m{mark}%d{mark}{year}{clock}"{rest}'
    first = f'format = "%d{mark}%m{mark}{year}{clock}" or "%m{mark}%d{mark}{year}{clock}"{rest}'
    return f"say whether the day or the month stands first: {first}"


def _clock_of(shown: str) -> str:
    """Return the format of what stands after a date: ` %H:%M:%S`; "" if that is nothing, or written in another way."""
    found = re.search(r"(?i)(,? )\d{1,2}:\d\d(:\d\d)?([.,]\d+)?( ?[ap]m)?$", shown)
    if found is None:
        return ""
    hours = "%I" if found[4] else "%H"
    noon = f"{found[4][:-2]}%p" if found[4] else ""
    return f"{found[1]}{hours}:%M{':%S' if found[2] else ''}{'.%f' if found[3] else ''}{noon}"
