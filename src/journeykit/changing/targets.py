"""Translate changes of a journey's data into changes of the data of its file, which may use shorthands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from journeykit.changing.parsed_text import NotEditableError, ParsedText
from journeykit.fix import Change, Remove, Set
from journeykit.source import KeyPath, PathStep, Source


class Replace(NamedTuple):
    """Replace the value at a path; `keeps` is the key in the new value that keeps the old text as it is written."""

    path: KeyPath
    value: Any
    keeps: str | None = None


class Insert(NamedTuple):
    """Insert a key into a mapping, or an item at the end of a list (`key` is a number)."""

    parent: KeyPath
    key: PathStep
    value: Any

    @property
    def path(self) -> KeyPath:
        """The path of the new value."""
        return (*self.parent, self.key)


class Rename(NamedTuple):
    """Rename a key."""

    path: KeyPath
    key: str


class Delete(NamedTuple):
    """Delete a key with its value, or an item."""

    path: KeyPath


Target = Replace | Insert | Rename | Delete


class FixTargets:
    """The targets of fixes that are made together, in the order in which they are added."""

    def __init__(self, parsed: ParsedText, source: Source) -> None:
        self.parsed, self.source = parsed, source
        self.found: list[Target] = []
        self.appended: Counter[KeyPath] = Counter()
        """The number of items added at the end of each list, by the path of the list."""
        self._numbers: dict[KeyPath, int] = {}
        self._inserted: Counter[KeyPath] = Counter()

    def add(self, changes: Sequence[Change]) -> None:
        """Add the changes of a fix, whose paths speak of the data before any fix.

        Raise NotEditableError where the file has no place for one of them.
        """
        renamed = dict(_renamed(self.parsed, self.source, changes))
        new_items: set[KeyPath] = set()
        for number, change in enumerate(changes):
            path, part = self.source.in_file(change.path)
            if number in renamed:
                if key := renamed[number]:
                    self._append(Rename(path, key))
            elif isinstance(change, Remove):
                self._append(_delete(self.parsed, self.source, change.path))
            elif part == "key":
                self._append(_renaming(path, change.value))
            else:
                self._set(self._behind_others(path, new_items), change.value)
        for item in new_items:
            self.appended[item[:-1]] += 1

    def _append(self, target: Target) -> None:
        self._numbers[target.path] = len(self.found)
        self.found.append(target)
        if isinstance(target, Insert):
            self._inserted[target.parent] += 1

    def _behind_others(self, path: KeyPath, new_items: set[KeyPath]) -> KeyPath:
        """Return the path of a new list item, counted after the items that other fixes add to the list."""
        for depth, step in enumerate(path):
            if isinstance(step, int) and (length := self._length(path[:depth])) is not None and step >= length:
                new_items.add(path[: depth + 1])
                return (*path[:depth], step + self.appended[path[:depth]], *path[depth + 1 :])
        return path

    def _length(self, path: KeyPath) -> int | None:
        """Return the length of a list, 0 if there is none yet; None if the value is no list."""
        where = _resolve(self.parsed, path)
        value = None if where.rest else self.parsed.value(where.path)
        return 0 if value is None else len(value) if isinstance(value, list) else None

    def _set(self, path: KeyPath, value: Any) -> None:
        """Add the target that sets the value at a path of the file."""
        for length in range(len(path)):  # a new value and what is set inside it are one target
            number = self._numbers.get(path[:length])
            if number is not None and isinstance(target := self.found[number], Insert | Replace):
                self.found[number] = target._replace(value=_with_value(target.value, path[length:], value))
                return
        where = _resolve(self.parsed, path)
        if not path:
            raise NotEditableError("the whole file")
        if not where.rest:
            self._append(Replace(where.path, value))
            return
        key, new = where.rest[0], _nested(where.rest[1:], value)
        old = self.parsed.value(where.path)
        if self.parsed.is_alias(self.parsed.node(where.path)):
            raise NotEditableError("an alias")
        if isinstance(old, dict):
            self._append(Insert(where.path, key, new))
        elif isinstance(old, list):
            if key != len(old) + self._inserted[where.path]:
                raise NotEditableError("no such item")
            self._append(Insert(where.path, key, new))
        elif old is None:
            self._append(Replace(where.path, _nested(where.rest, value)))
        elif key == 1 and isinstance(key, int):
            self._append(Replace(where.path, [old, new]))
        else:
            self._append(_spelled_out(self.source, where.path, old, key, new))

    def paths_of(self) -> list[KeyPath]:
        """Return the paths that no other fix may change at the same time: all but new items of lists."""
        return [path for target in self.found if not self._is_item(target) for path in paths_of(target)]

    def _is_item(self, target: Target) -> bool:
        """Return whether a target adds an item at the end of a list, or creates the list for it."""
        if isinstance(target, Insert) and isinstance(target.key, int):
            return target.parent in self.appended
        if not isinstance(target, Insert | Replace):
            return False
        return any(path[: len(target.path)] == target.path for path in self.appended)


def paths_of(target: Target) -> list[KeyPath]:
    """Return the paths that a target changes."""
    if isinstance(target, Rename):
        return [target.path, (*target.path[:-1], target.key)]
    return [target.path]


def collapse(parsed: ParsedText, found: Iterable[Target]) -> list[Target]:
    """Replace the deletion of all items of a key by that of the key; an item that loses all keys stays, empty."""
    others = [target for target in found if not isinstance(target, Delete)]
    deleted = {target.path for target in found if isinstance(target, Delete)}
    grown = {target.parent for target in others if isinstance(target, Insert)}
    emptied: list[Target] = []
    for parent in sorted({path[:length] for path in deleted for length in range(len(path))}, key=len, reverse=True):
        children = parsed.value(parent)
        steps: Iterable[PathStep] = children if isinstance(children, dict) else range(len(children))
        if parent in grown or not all((*parent, step) in deleted for step in steps):
            continue
        if not parent:
            raise NotEditableError("nothing is left")
        deleted -= {(*parent, step) for step in steps}
        if isinstance(parsed.value(parent[:-1]), dict):
            deleted.add(parent)
        else:
            emptied.append(Replace(parent, type(children)()))
    return [*others, *emptied, *(Delete(path) for path in sorted(deleted, key=repr))]


@dataclass(frozen=True)
class _Site:
    target: Target
    container: Any
    step: PathStep


def expected_data(data: Any, found: Iterable[Target]) -> Any:
    """Return the data of the file after the targets; the given data is not changed."""
    new = _copied(data)
    sites = []
    for target in found:
        container = new
        for step in target.path[:-1]:
            container = container[step]
        sites.append(_Site(target, container, target.path[-1]))
    for site in sites:
        if isinstance(site.target, Replace):
            site.container[site.step] = site.target.value
        elif isinstance(site.target, Insert):
            _insert(site)
    for site in sites:
        if isinstance(site.target, Rename):
            if site.target.key in site.container:
                raise NotEditableError("the key is there already")
            site.container[site.target.key] = site.container.pop(site.step)
    # from the end of a list to its start, so that the remaining indexes stay valid
    for site in sorted(sites, key=lambda site: site.step if isinstance(site.step, int) else -1, reverse=True):
        if isinstance(site.target, Delete):
            del site.container[site.step]
    return new


def _insert(site: _Site) -> None:
    value = site.target.value if isinstance(site.target, Insert) else None
    if isinstance(site.container, dict):
        site.container[site.step] = value
    else:
        site.container.append(value)


def _copied(data: Any) -> Any:
    """Return a copy in which no two places share a collection, as aliases do."""
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_copied(value) for value in data]
    return data


def _renamed(parsed: ParsedText, source: Source, changes: Sequence[Change]) -> Iterator[tuple[int, str]]:
    """Find renamed keys: yield the number of the removal with the new key, and that of the other change with no key."""
    for number, gone in enumerate(changes):
        if not isinstance(gone, Remove) or not gone.path or not isinstance(gone.path[-1], str):
            continue
        for other, new in enumerate(changes):
            if isinstance(new, Set) and new.path[:-1] == gone.path[:-1] and isinstance(new.path[-1], str):
                where = _resolve(parsed, source.in_file(gone.path)[0])
                if not where.rest and not source.has(new.path) and parsed.value(where.path) == new.value:
                    yield number, new.path[-1]
                    yield other, ""
                    break


class _Where(NamedTuple):
    """The part of a path that the file has, and the rest."""

    path: KeyPath
    rest: KeyPath


def _resolve(parsed: ParsedText, path: KeyPath) -> _Where:
    """Follow a path as far as the file has it; the only item of a list may be written without the list."""
    found: KeyPath = ()
    for depth, step in enumerate(path):
        children = parsed.node(found).children
        if children is None and step == 0 and isinstance(step, int) and parsed.value(found) is not None:
            continue
        there = step in children if isinstance(children, Mapping) else _holds(children, step)
        if not there:
            return _Where(found, path[depth:])
        found = (*found, step)
    return _Where(found, ())


def _holds(children: Sequence[Any] | None, step: PathStep) -> bool:
    return children is not None and isinstance(step, int) and 0 <= step < len(children)


def _delete(parsed: ParsedText, source: Source, path: KeyPath) -> Delete:
    in_file, part = source.in_file(path)
    where = _resolve(parsed, in_file)
    if where.rest or part == "key" or in_file != path or not where.path:
        raise NotEditableError("nothing that can be taken out")
    return Delete(where.path)


def _renaming(path: KeyPath, value: Any) -> Rename:
    if not isinstance(value, str):
        raise NotEditableError("a key is text")
    return Rename(path, value)


def _spelled_out(source: Source, path: KeyPath, old: Any, key: PathStep, new: Any) -> Replace:
    """Replace a text that stands for a mapping by the mapping."""
    for long, (short, part) in source.aliases.items():
        if short == path and part == "value" and long[:-1] == path and isinstance(long[-1], str):
            return Replace(path, {long[-1]: old, key: new}, keeps=long[-1])
    raise NotEditableError("no place for a further key")


def _nested(rest: KeyPath, value: Any) -> Any:
    """Return a value inside the collections that a path needs."""
    for step in reversed(rest):
        if isinstance(step, int):
            if step:
                raise NotEditableError("no such item")
            value = [value]
        else:
            value = {step: value}
    return value


def _with_value(whole: Any, rest: KeyPath, value: Any) -> Any:
    """Return a copy of new data with another value in it."""
    if not rest:
        return value
    step, further = rest[0], rest[1:]
    if isinstance(whole, dict):
        inner = _with_value(whole[step], further, value) if step in whole else _nested(further, value)
        return whole | {step: inner}
    if isinstance(whole, list) and isinstance(step, int) and step <= len(whole):
        inner = _with_value(whole[step], further, value) if step < len(whole) else _nested(further, value)
        return [*whole[:step], inner, *whole[step + 1 :]]
    raise NotEditableError("no place for a further key")
