"""What changes of a journey's data mean for the data of its file, which may use shorthands."""

from __future__ import annotations

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


def targets(sheet: Sheet, source: Source, changes: Sequence[Change]) -> list[Target]:
    """The changes of one fix, where the file has what they speak of. UnfitError where it has no place for one."""
    found: list[Target] = []
    renamed = dict(_renamed(sheet, source, changes))
    for number, change in enumerate(changes):
        path, part = source.in_file(change.path)
        if number in renamed:
            if key := renamed[number]:
                found.append(Rename(path, key))
        elif isinstance(change, Remove):
            found.append(_delete(sheet, source, change.path))
        elif part == "key":
            found.append(_renaming(path, change.value))
        else:
            _set(sheet, source, path, change.value, found)
    return found


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


def _set(sheet: Sheet, source: Source, path: Path, value: Any, found: list[Target]) -> None:
    """Add to `found` what puts a value at a path of the file."""
    for number, target in enumerate(found):  # what the same fix makes anew is one value with what it puts into it
        if (
            isinstance(target, Insert | Replace)
            and len(path) > len(target.path)
            and path[: len(target.path)] == target.path
        ):
            found[number] = target._replace(value=_put(target.value, path[len(target.path) :], value))
            return
    where = _deepest(sheet, path)
    if not path:
        raise UnfitError("the whole file")
    if not where.rest:
        found.append(Replace(where.path, value))
        return
    key, new = where.rest[0], _nested(where.rest[1:], value)
    node, old = sheet.node(where.path), sheet.value(where.path)
    if sheet.is_alias(node):
        raise UnfitError("an alias")
    if isinstance(old, dict):
        found.append(Insert(where.path, key, new))
    elif isinstance(old, list):
        if key != len(old) + sum(isinstance(one, Insert) and one.parent == where.path for one in found):
            raise UnfitError("no such item")
        found.append(Insert(where.path, key, new))
    elif old is None:
        found.append(Replace(where.path, _nested(where.rest, value)))
    elif key == 1 and isinstance(key, int):
        found.append(Replace(where.path, [old, new]))
    else:
        found.append(_spelled_out(source, where.path, old, key, new))


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
