"""Set git up to compare and merge journeys: the files in its attributes, the programs in its settings."""

from __future__ import annotations

import os
import shlex
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from journeykit.config import load_config
from journeykit.errors import UsageError
from journeykit.files import read_regular_file
from journeykit.git import Repository, Scope, remove_settings, set_setting, setting
from journeykit.output.paint import shown_name
from journeykit.project.writing import make_folder, write_bytes, write_inside
from journeykit.reading import INCLUDE

ATTRIBUTES = "diff=journeykit merge=journeykit"
SECTIONS = ("diff.journeykit", "merge.journeykit")


class SetupStep(NamedTuple):
    """A line or setting that git needs, and whether it is there already."""

    what: str
    done: bool


@dataclass(frozen=True)
class SetupScope:
    """The attributes file with the lines for it, and whose settings are written."""

    attributes: Path
    lines: tuple[str, ...]
    scope: Scope
    folder: Path


def scope_of(everywhere: bool) -> SetupScope:
    """Return the repository around the working folder, or all repositories of the user."""
    folder = Path.cwd()
    if everywhere:
        return SetupScope(_users_attributes(folder), _lines(INCLUDE), "global", folder)
    repository = Repository.around(folder)
    if repository.bare:
        raise UsageError("this repository has no working folder", "run it in a clone, or with --global")
    config = load_config(start=repository.root)
    attributes = repository.root / ".gitattributes"
    if attributes.is_symlink():  # git does not read it, and it may lead out of the repository
        raise UsageError(".gitattributes is a link, which git does not follow", "make a file of it")
    return SetupScope(attributes, _lines(config.include), "local", repository.root)


def steps_of(where: SetupScope) -> list[SetupStep]:
    """Return all steps, done or not."""
    there = _read(where.attributes).splitlines()
    steps = [SetupStep(f"{_shown(where.attributes)}: {line}", line in there) for line in where.lines]
    for name, value in settings().items():
        steps.append(SetupStep(f"git config --{where.scope} {name}", setting(where.folder, name, where.scope) == value))
    return steps


def set_up(where: SetupScope) -> None:
    """Write what is missing; everything else in the files is kept."""
    text = _read(where.attributes)
    lines = [line for line in where.lines if line not in text.splitlines()]
    if lines:
        gap = "\n" if text and not text.endswith("\n") else ""
        _write(where, text + gap + "".join(f"{line}\n" for line in lines))
    for name, value in settings().items():
        if setting(where.folder, name, where.scope) != value:
            set_setting(where.folder, name, value, where.scope)


def undo(where: SetupScope) -> list[str]:
    """Remove what `set_up` wrote, for any patterns; return what was removed."""
    removed = []
    text = _read(where.attributes)
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not line.rstrip("\r\n").endswith(f" {ATTRIBUTES}")]
    if len(kept) < len(lines):
        if kept:
            _write(where, "".join(kept))
        else:
            where.attributes.unlink()
        removed.append(_shown(where.attributes))
    for section in SECTIONS:
        if remove_settings(where.folder, section, where.scope):
            removed.append(f"git config --{where.scope} {section}")
    return removed


def settings() -> dict[str, str]:
    """Return the settings of both drivers.

    The program is named by its full path: programs that call git often know nothing of a virtual environment. Where it
    is gone or fails, git compares and merges as it does by itself; else no diff would be shown, and a merge would keep
    one side only.
    """
    program = _program()
    return {
        "diff.journeykit.textconv": f'f() {{ {program} git-textconv -- "$1" 2>/dev/null || cat -- "$1"; }}; f',
        "merge.journeykit.name": "journeykit: touchpoints by id",
        "merge.journeykit.driver": (
            f"{program.replace('%', '%%')} git-merge -- %O %A %B %L %P %S %X %Y; s=$?; test $s -le 1 && exit $s; "
            "git merge-file --marker-size=%L -L ours -L base -L theirs -- %A %O %B"
        ),
    }


def _program() -> str:
    """Return this program for a shell; without a script, Python must not import modules of the repository."""
    script = Path(sysconfig.get_path("scripts"), "journeykit.exe" if os.name == "nt" else "journeykit")
    if script.is_file():
        return shlex.quote(script.as_posix())
    return f"{shlex.quote(Path(sys.executable).as_posix())} -P -m journeykit"


def _lines(patterns: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{pattern} {ATTRIBUTES}" for pattern in _attributed(patterns))


def _attributed(patterns: Sequence[str]) -> Iterator[str]:
    """Yield patterns of files as git's attributes write them: there one with a slash starts at the root."""
    for pattern in patterns:
        if pattern.startswith("!") or not pattern.isprintable():  # git's attributes have no exceptions
            continue
        if "/" in pattern.strip("/") and not pattern.startswith(("/", "**/")):
            pattern = f"**/{pattern}"
        if any(sign in pattern for sign in ' "#\\'):
            pattern = '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'
        yield pattern


def _users_attributes(folder: Path) -> Path:
    if named := setting(folder, "core.attributesFile", "global", path=True):
        return Path(named)
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "git" / "attributes"


def _read(path: Path) -> str:
    try:
        return read_regular_file(path).decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise UsageError(f"{_shown(path)}: cannot be read: {error.strerror}") from None


def _write(where: SetupScope, text: str) -> None:
    """Write the attributes; the user's own file may be a link, that of a repository may not."""
    data = text.encode("utf-8", "surrogateescape")
    if where.scope == "local":
        return write_inside(where.folder, where.attributes, data)
    make_folder(where.attributes.parent)
    return write_bytes(where.attributes, data)


def _shown(path: Path) -> str:
    """Return a name relative to the working folder, if it is inside."""
    inside = path.is_relative_to(Path.cwd())
    return shown_name(str(path.relative_to(Path.cwd()) if inside else path))
