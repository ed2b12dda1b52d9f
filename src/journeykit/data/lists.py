"""A case as a sorted list of whole numbers, one for each event, as SQL of engines that have lists.

An event is `ms * 2^21 + activity * 2^12 + pair`: such numbers sort by moment, activity, and pair of channel and team.
"""

from __future__ import annotations

from collections.abc import Iterable

ACTIVITY_BITS, PAIR_BITS = 9, 12
_ACTIVITY = ((1 << ACTIVITY_BITS) - 1) << PAIR_BITS


def packed(moment: str, activity: str, pair: str) -> str:
    """Return an event as one whole number."""
    return f"({moment} * {1 << (ACTIVITY_BITS + PAIR_BITS)} + {activity} * {1 << PAIR_BITS} + {pair})"


def moment(event: str) -> str:
    """Return the milliseconds of an event."""
    return f"({event} >> {ACTIVITY_BITS + PAIR_BITS})"


def activity(event: str) -> str:
    """Return the number of the activity of an event."""
    return f"(({event} >> {PAIR_BITS}) & {(1 << ACTIVITY_BITS) - 1})"


def pair(event: str) -> str:
    """Return the number of the pair of channel and team of an event."""
    return f"({event} & {(1 << PAIR_BITS) - 1})"


def before(events: str) -> str:
    """Return the list of the events before those of a list, which begins with NULL."""
    return f"([NULL] || {events}[1:len({events}) - 1])"


def activities(events: str) -> str:
    """Return the list of the activities of events."""
    return f"[{activity('x')} for x in {events}]"


def once(events: str) -> str:
    """Return a sorted list with each event once."""
    return f"[x for x, i in {events} if i = 1 or {events}[i - 1] <> x]"


def runs(events: str) -> str:
    """Return the first event of each run of a list."""
    return f"[x for x, i in {events} if i = 1 or xor({events}[i - 1], x) & {_ACTIVITY} <> 0]"


def found(numbers: Iterable[int], place: str) -> str:
    """Return the number at a place, from 0, of some that are known."""
    return f"(CAST([{', '.join(map(str, numbers))}] AS BIGINT[]))[{place} + 1]"


def renumbered(events: str, numbers: Iterable[int]) -> str:
    """Return events with other numbers of activities, without those whose number is below 0; they are not sorted."""
    numbers = list(numbers)
    number = found(numbers, activity("x"))
    kept = f" if {number} >= 0" if min(numbers) < 0 else ""
    return f"[x - (x & {_ACTIVITY}) + {number} * {1 << PAIR_BITS} for x in {events}{kept}]"


def firsts(codes: str) -> str:
    """Return the different activities of a way, a list of their numbers, in the order in which they first appear.

    Each is a whole number, which `code_of_first` and `comes_back` read.
    """
    placed = f"list_sort([x << 32 | i for x, i in {codes}])"
    first = "i = 1 or s[i - 1] >> 32 <> x >> 32"
    again = "CAST(coalesce(s[i + 1] >> 32 = x >> 32, false) AS BIGINT)"
    made = f"[((x & 4294967295) << {ACTIVITY_BITS + 1}) | ((x >> 32) << 1) | {again} for x, i in s if {first}]"
    return f"list_sort(list_transform([{placed}], lambda s: {made})[1])"


def code_of_first(number: str) -> str:
    """Return the number of an activity of `firsts`."""
    return f"(({number} >> 1) & {(1 << ACTIVITY_BITS) - 1})"


def comes_back(number: str) -> str:
    """Return 1 where an activity of `firsts` has two or more runs, else 0."""
    return f"({number} & 1)"
