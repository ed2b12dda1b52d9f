"""Make an input that goes wrong as small as possible: a text or data, of which parts are left out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

Case: TypeAlias = Any
"""The bytes of a file, or data that can be written as JSON."""
MAX_TRIES = 400
MAX_SECONDS = 60
LONG = 60
"""The length from which on a text in data is made shorter too."""


def minimised(case: Case, fails: Callable[[Case], bool]) -> Case:
    """Return a smaller input for which `fails` still holds."""
    return _Minimiser(fails).of(case)


class _Minimiser:
    """Leaves out parts, first many at once, until the tries or the time are used up."""

    def __init__(self, fails: Callable[[Case], bool]) -> None:
        self.fails, self.tries, self.end = fails, MAX_TRIES, time.monotonic() + MAX_SECONDS

    def is_over(self) -> bool:
        """Whether no more may be tried."""
        return self.tries <= 0 or time.monotonic() > self.end

    def holds(self, case: Case) -> bool:
        """Whether a smaller input goes wrong too."""
        self.tries -= 1
        return self.fails(case)

    def of(self, case: Case) -> Case:
        """Return a smaller input."""
        if isinstance(case, bytes):
            return self.text(case, self.holds)
        paths: list[tuple[Any, ...]] = [()]
        for path in paths:
            value = _at(case, path)

            def holds(smaller: Any, path: tuple[Any, ...] = path) -> bool:
                return self.holds(_with(case, path, smaller))  # noqa: B023

            if isinstance(value, dict):
                value = dict(self.parts(list(value.items()), lambda items: holds(dict(items))))
                paths += [(*path, key) for key in value]
            elif isinstance(value, list):
                value = self.parts(value, lambda items: holds(list(items)))
                paths += [(*path, number) for number in range(len(value))]
            elif isinstance(value, str) and len(value) > LONG:
                value = self.text(value, holds)
            case = _with(case, path, value)
        return case

    def text(self, text: Any, holds: Callable[[Any], bool]) -> Any:
        """Return a text or bytes without some lines, then without some characters."""
        end, empty = (b"\n", b"") if isinstance(text, bytes) else ("\n", "")
        text = end.join(self.parts(text.split(end), lambda lines: holds(end.join(lines))))
        letters = [text[at : at + 1] for at in range(len(text))]
        return empty.join(self.parts(letters, lambda some: holds(empty.join(some))))

    def parts(self, parts: Sequence[Any], holds: Callable[[list[Any]], bool]) -> list[Any]:
        """Return the parts without those that are not needed: runs of half of them are left out first."""
        parts, size = list(parts), max(1, len(parts) // 2)
        while parts and not self.is_over():
            at = 0
            while at < len(parts) and not self.is_over():
                shorter = parts[:at] + parts[at + size :]
                if holds(shorter):
                    parts = shorter
                else:
                    at += size
            if size == 1:
                break
            size //= 2
        return parts


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    step, *rest = path
    inner = _with(value[step], tuple(rest), new)
    if isinstance(value, dict):
        return {**value, step: inner}
    return [*value[:step], inner, *value[step + 1 :]]
