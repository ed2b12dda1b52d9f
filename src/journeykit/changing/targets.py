"""What changes of a journey's data mean for the data of its file, which may use shorthands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from journeykit.changing.sheet import Sheet, UnfitError
from journeykit.fix import Change, Remove, Set
from journeykit.source import Path, Source, Step


class Replace(NamedTuple):
    """Another value at a path; `keeps` is the key of it under which the old value, a text, stays as it is written."""

    path: Path
    value: Any
    keeps: str | None = None


class Insert(NamedTuple):
    """A new key of a mapping, or (`key` a number) a further item of a list."""

    parent: Path
    key: Step
    value: Any

    @property
    def path(self) -> Path:
        """Where the new value will stand."""
        return (*self.parent, self.key)


class Rename(NamedTuple):
    """Another key for a value."""

    path: Path
    key: str


class Delete(NamedTuple):
    """A key with its value, or an item, that goes."""

    path: Path


Target = Replace | Insert | Rename | Delete


class Targets:
    """The targets of fixes that are made together, in the order in which they are added."""

    def __init__(self, sheet: Sheet, source: Source) -> None:
        self.sheet, self.source = sheet, source
        self.found: list[Target] = []
        self.appended: Counter[Path] = Counter()
        """How many items are put at the end of each list, by the path of the list."""
        self._numbers: dict[Path, int] = {}
        self._inserted: Counter[Path] = Counter()

    def add(self, changes: Sequence[Change]) -> None:
        """Add the changes of a fix, whose paths speak of the data before any fix.

        Raise UnfitError where the file has no place for one of them.
        """
        renamed = dict(_renamed(self.sheet, self.source, changes))
        new_items: set[Path] = set()
        for number, change in enumerate(changes):
            path, part = self.source.in_file(change.path)
            if number in renamed:
                if key := renamed[number]:
                    self._append(Rename(path, key))
            elif isinstance(change, Remove):
                self._append(_delete(self.sheet, self.source, change.path))
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

    def _behind_others(self, path: Path, new_items: set[Path]) -> Path:
        """The path of a new item of a list behind the items that other fixes put there."""
        for depth, step in enumerate(path):
            if isinstance(step, int) and (length := self._length(path[:depth])) is not None and step >= length:
                new_items.add(path[: depth + 1])
                return (*path[:depth], step + self.appended[path[:depth]], *path[depth + 1 :])
        return path

    def _length(self, path: Path) -> int | None:
        """The length of a list, 0 where there is none yet; None for what is no list."""
        where = _deepest(self.sheet, path)
        value = None if where.rest else self.sheet.value(where.path)
        return 0 if value is None else len(value) if isinstance(value, list) else None

    def _set(self, path: Path, value: Any) -> None:
        """Add what puts a value at a path of the file."""
        for length in range(len(path)):  # what is made anew is one value with what is put into it
            number = self._numbers.get(path[:length])
            if number is not None and isinstance(target := self.found[number], Insert | Replace):
                self.found[number] = target._replace(value=_put(target.value, path[length:], value))
                return
        where = _deepest(self.sheet, path)
        if not path:
            raise UnfitError("the whole file")
        if not where.rest:
            self._append(Replace(where.path, value))
            return
        key, new = where.rest[0], _nested(where.rest[1:], value)
        old = self.sheet.value(where.path)
        if self.sheet.is_alias(self.sheet.node(where.path)):
            raise UnfitError("an alias")
        if isinstance(old, dict):
            self._append(Insert(where.path, key, new))
        elif isinstance(old, list):
            if key != len(old) + self._inserted[where.path]:
                raise UnfitError("no such item")
            self._append(Insert(where.path, key, new))
        elif old is None:
            self._append(Replace(where.path, _nested(where.rest, value)))
        elif key == 1 and isinstance(key, int):
            self._append(Replace(where.path, [old, new]))
        else:
            self._append(_spelled_out(self.source, where.path, old, key, new))

    def touched(self) -> list[Path]:
        """The paths that no other fix may change at the same time: all but new items of lists."""
        return [path for target in self.found if not self._is_item(target) for path in touched(target)]

    def _is_item(self, target: Target) -> bool:
        """Whether a target puts an item at the end of a list, or makes the list for it."""
        if isinstance(target, Insert) and isinstance(target.key, int):
            return target.parent in self.appended
        if not isinstance(target, Insert | Replace):
            return False
        return any(path[: len(target.path)] == target.path for path in self.appended)


def touched(target: Target) -> list[Path]:
    """The paths that two fixes cannot both have a say in."""
    if isinstance(target, Rename):
        return [target.path, (*target.path[:-1], target.key)]
    return [target.path]


def collapsed(sheet: Sheet, found: Iterable[Target]) -> list[Target]:
    """The same targets, where a key whose every item is deleted goes too; an item that loses all keys stays, empty."""
    others = [target for target in found if not isinstance(target, Delete)]
    deleted = {target.path for target in found if isinstance(target, Delete)}
    grown = {target.parent for target in others if isinstance(target, Insert)}
    emptied: list[Target] = []
    for parent in sorted({path[:length] for path in deleted for length in range(len(path))}, key=len, reverse=True):
        children = sheet.value(parent)
        steps: Iterable[Step] = children if isinstance(children, dict) else range(len(children))
        if parent in grown or not all((*parent, step) in deleted for step in steps):
            continue
        if not parent:
            raise UnfitError("nothing is left")
        deleted -= {(*parent, step) for step in steps}
        if isinstance(sheet.value(parent[:-1]), dict):
            deleted.add(parent)
        else:
            emptied.append(Replace(parent, type(children)()))
    return [*others, *emptied, *(Delete(path) for path in sorted(deleted, key=repr))]


@dataclass(frozen=True)
class _Site:
    target: Target
    container: Any
    step: Step


def expected(data: Any, found: Iterable[Target]) -> Any:
    """The data of the file as it must be once the targets are met; nothing of the given data is changed."""
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
                raise UnfitError("the key is there already")
            site.container[site.target.key] = site.container.pop(site.step)
    # from the end of a list to its start, so that the other numbers hold
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
    """Data in which no two places share a collection, as aliases do."""
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_copied(value) for value in data]
    return data


def _renamed(sheet: Sheet, source: Source, changes: Sequence[Change]) -> Iterator[tuple[int, str]]:
    """A key that is removed and set anew beside it, with its value: the removal with the new key, the other with ""."""
    for number, gone in enumerate(changes):
        if not isinstance(gone, Remove) or not gone.path or not isinstance(gone.path[-1], str):
            continue
        for other, new in enumerate(changes):
            if isinstance(new, Set) and new.path[:-1] == gone.path[:-1] and isinstance(new.path[-1], str):
                where = _deepest(sheet, source.in_file(gone.path)[0])
                if not where.rest and not source.has(new.path) and sheet.value(where.path) == new.value:
                    yield number, new.path[-1]
                    yield other, ""
                    break


class _Where(NamedTuple):
    """As far as a file has a path, and what it lacks of it."""

    path: Path
    rest: Path


def _deepest(sheet: Sheet, path: Path) -> _Where:
    """Follow a path; the one item of a list may be written without its list."""
    found: Path = ()
    for depth, step in enumerate(path):
        children = sheet.node(found).children
        if children is None and step == 0 and isinstance(step, int) and sheet.value(found) is not None:
            continue
        there = step in children if isinstance(children, Mapping) else _holds(children, step)
        if not there:
            return _Where(found, path[depth:])
        found = (*found, step)
    return _Where(found, ())


def _holds(children: Sequence[Any] | None, step: Step) -> bool:
    return children is not None and isinstance(step, int) and 0 <= step < len(children)


def _delete(sheet: Sheet, source: Source, path: Path) -> Delete:
    in_file, part = source.in_file(path)
    where = _deepest(sheet, in_file)
    if where.rest or part == "key" or in_file != path or not where.path:
        raise UnfitError("nothing that can be taken out")
    return Delete(where.path)


def _renaming(path: Path, value: Any) -> Rename:
    if not isinstance(value, str):
        raise UnfitError("a key is text")
    return Rename(path, value)


def _spelled_out(source: Source, path: Path, old: Any, key: Step, new: Any) -> Replace:
    """A text that stands for a mapping becomes one."""
    for long, (short, part) in source.aliases.items():
        if short == path and part == "value" and long[:-1] == path and isinstance(long[-1], str):
            return Replace(path, {long[-1]: old, key: new}, keeps=long[-1])
    raise UnfitError("no place for a further key")


def _nested(rest: Path, value: Any) -> Any:
    """A value with the collections around it that a path asks for."""
    for step in reversed(rest):
        if isinstance(step, int):
            if step:
                raise UnfitError("no such item")
            value = [value]
        else:
            value = {step: value}
    return value


def _put(whole: Any, rest: Path, value: Any) -> Any:
    """A copy of new data with a further value in it."""
    if not rest:
        return value
    step, further = rest[0], rest[1:]
    if isinstance(whole, dict):
        inner = _put(whole[step], further, value) if step in whole else _nested(further, value)
        return whole | {step: inner}
    if isinstance(whole, list) and isinstance(step, int) and step <= len(whole):
        inner = _put(whole[step], further, value) if step < len(whole) else _nested(further, value)
        return [*whole[:step], inner, *whole[step + 1 :]]
    raise UnfitError("no place for a further key")
