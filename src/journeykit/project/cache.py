"""Cache results by the content that they were computed from, in the user's cache folder.

A store is one file of results that were computed by the same program, by the same settings and on the same day; within
it a result is found by the text and the name of its file. A store carries a checksum with a key that only this user
has: a store that is damaged, or was committed by somebody else, is ignored. Nothing here raises: a cache that cannot be
read or written is empty. Stores are replaced whole, so that several runs may use one at the same time. A store is a
JSON object with a result on each line: only results that are asked for are parsed, and the others are written as read.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from journeykit._version import __version__
from journeykit.files import MEBIBYTE, read_regular_file, replace_file_inside
from journeykit.project.workspace import Workspace

FORMAT = 3
"""The format of the files; increased when it changes."""
MAX_RESULTS = 4000
"""The most results in a store; the newest are kept."""
MAX_BYTES = 32 * MEBIBYTE
"""The largest size of a store; a larger one is neither written nor read."""
MAX_STORES = 32
"""The most stores of one kind; the least recently used are removed."""
VARIABLE = "JOURNEYKIT_CACHE_DIR"
SECRET = "secret"
_NAME = re.compile(r"[0-9a-f]{32}\.json")
PARTS = ("changing", "linting", "model", "reading", "rules", "scoring", "vocabulary")
"""The packages that results depend on; their version does not change with each commit."""


class Store:
    """Results by key; `add` takes new ones, and `save` writes them."""

    def __init__(self, file: Path | None = None, root: Path | None = None) -> None:
        """Open the store in a file below the cache folder `root`; without a file it stays empty."""
        self._file, self._root = file, root
        self._results = self._read()
        self._added: dict[str, str] = {}

    def __bool__(self) -> bool:
        """Return whether there are results."""
        return bool(self._results)

    @staticmethod
    def key_of(name: str, data: bytes) -> str:
        """Return the key of a file: its name, from which a journey without an id has its own, and its content."""
        return hashlib.sha256(name.encode("utf-8", "surrogateescape") + b"\0" + data).hexdigest()

    @property
    def keeps(self) -> bool:
        """Whether what is added is written."""
        return self._file is not None

    def get(self, key: str) -> Any:
        """Return a result as plain data; None if there is none."""
        found = self._results.get(key)
        return None if found is None else json.loads(found)

    def add(self, results: Mapping[str, Any]) -> None:
        """Add results, which must be plain data."""
        self._added.update((key, json.dumps(value, separators=(",", ":"))) for key, value in results.items())

    def save(self) -> None:
        """Write the store, and remove stores that were not used for long."""
        if self._file is None or self._root is None:
            return
        with suppress(OSError, ValueError):
            if not self._added:
                os.utime(self._file)
                return
            results = list({**self._read(), **self._added}.items())[-MAX_RESULTS:]  # another run may have written since
            while len(payload := _written(results)) > MAX_BYTES:
                results = results[len(results) // 2 + 1 :]
            _make_folder(self._root)
            secret = _secret(create=True)
            if secret is not None:
                data = _checksum(payload, secret) + b"\n" + payload
                replace_file_inside(self._root, self._file, data, make_folders=True, mode=0o600)
                self._remove_old()
        self._results, self._added = {**self._results, **self._added}, {}

    def _read(self) -> dict[str, str]:
        """Return results as they are written, by key."""
        if self._file is None or self._root is None:
            return {}
        try:
            data = read_regular_file(self._file, MAX_BYTES + 200, follow=False)
            checksum, _, payload = data.partition(b"\n")
            secret = _secret()
            if secret is None or checksum != _checksum(payload, secret):
                return {}
            lines = payload.decode("ascii")[1:-1].split(",\n")
        except (OSError, ValueError):
            return {}
        return {key[1:]: value for key, _, value in (line.partition('":') for line in lines)}

    def _remove_old(self) -> None:
        assert self._file is not None
        stores = (path for path in self._file.parent.glob("*.json") if _NAME.fullmatch(path.name))
        by_age = sorted(stores, key=lambda path: path.lstat().st_mtime_ns)
        for old in by_age[:-MAX_STORES]:
            old.unlink(missing_ok=True)


def open_store(workspace: Workspace, kind: str, *parts: object, packages: Sequence[str] = PARTS) -> Store:
    """Return the store for results of a kind that depend on `parts` and on the code of some packages.

    It is empty if caching is off.
    """
    root = cache_folder(workspace) if workspace.cache else None
    if root is None:
        return Store()
    described = json.dumps([FORMAT, _program(packages), *parts], sort_keys=True, default=repr)
    name = hashlib.sha256(described.encode("utf-8", "backslashreplace")).hexdigest()[:32]
    return Store(root / kind / f"{name}.json", root)


def cache_folder(workspace: Workspace) -> Path | None:
    """Return the cache folder: of the environment, else of the settings, else the user's; None if there is none."""
    if given := os.environ.get(VARIABLE):
        return Path(given)
    if workspace.settings.cache_dir:
        return Path(workspace.settings.cache_dir)
    return user_folder()


def user_folder() -> Path | None:
    """Return the folder in which this system keeps what programs can compute again; None if there is none."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base, "journeykit", "Cache") if base else None
    with suppress(RuntimeError):  # a user without a home
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "journeykit"
        given = os.environ.get("XDG_CACHE_HOME", "")
        return (Path(given) if os.path.isabs(given) else Path.home() / ".cache") / "journeykit"  # noqa: PTH117
    return None


def _make_folder(root: Path) -> None:
    """Create a cache folder for this user only; git and backups pass it over."""
    if not root.is_dir():
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file_inside(root, root / ".gitignore", b"*\n")
        replace_file_inside(root, root / "CACHEDIR.TAG", b"Signature: 8a477f597d28d172789f06886806bc55\n")


def _secret(*, create: bool = False) -> bytes | None:
    """Return the key of this user's checksums, which never lies in a folder that a repository names.

    The variable may name a folder of a clone, for which the repository could bring its own key and results: a key
    counts only if its owner can read it, and nobody can do anything else with it, which git cannot keep.
    """
    home = Path(given) if (given := os.environ.get(VARIABLE)) else user_folder()
    if home is None:
        return None
    file = home / SECRET
    if not create or file.exists():
        secret = read_regular_file(file, 64, follow=False)
        return secret if len(secret) >= 32 and _is_private(file) else None
    _make_folder(home)
    with suppress(FileExistsError):  # another run was faster
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(handle, "wb") as stream:
            stream.write(os.urandom(32))
    return read_regular_file(file, 64, follow=False)


def _is_private(file: Path) -> bool:
    status = file.lstat()
    return os.name != "posix" or (status.st_uid == os.geteuid() and not status.st_mode & 0o377)


def _checksum(payload: bytes, secret: bytes) -> bytes:
    return hashlib.blake2b(payload, key=secret, digest_size=32).hexdigest().encode("ascii")


def _written(results: Iterable[tuple[str, str]]) -> bytes:
    """Return a JSON object with a result on each line; the keys are checksums, or words of ours."""
    lines = ",\n".join([f'"{key}":{value}' for key, value in results])
    return f"{{{lines}}}".encode("ascii")


def _program(packages: Sequence[str]) -> list[Any]:
    """Return what computes results: the version, Python, the parser, and how large and new the modules are."""
    import pydantic
    import yaml

    here = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120  (pathlib takes ten times as long)
    found: list[Any] = [__version__, sys.version, pydantic.VERSION, yaml.__version__]
    for part in packages:
        found += _listed(os.path.join(here, part))  # noqa: PTH118
    return sorted(map(str, found))


def _listed(folder: str) -> Iterable[tuple[str, int, int]]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _listed(entry.path)
            else:
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns


def encode(value: Any, classes: Mapping[str, type] = MappingProxyType({})) -> Any:
    """Return a value as JSON has it; each list begins with the name of its class, "" for a tuple.

    `classes` are named tuples and enumerations of numbers by name. Raises TypeError for anything else.
    """
    kind = type(value)
    if value is None or kind in (str, int, float, bool):
        return value
    if kind in (tuple, list):
        return ["" if kind is tuple else "list", *(encode(one, classes) for one in value)]
    if kind is dict and all(isinstance(key, str) for key in value):
        return {key: encode(one, classes) for key, one in value.items()}
    if classes.get(kind.__name__) is not kind:
        raise TypeError(kind)
    return [kind.__name__, *((encode(one, classes) for one in value) if isinstance(value, tuple) else [int(value)])]


def decode(data: Any, classes: Mapping[str, type] = MappingProxyType({})) -> Any:
    """Return the value that was encoded; raise TypeError, ValueError or KeyError if it is none."""
    if isinstance(data, list):
        name, *values = data
        parts = [decode(one, classes) if isinstance(one, (list, dict)) else one for one in values]
        return tuple(parts) if name == "" else parts if name == "list" else classes[name](*parts)
    return {key: decode(one, classes) for key, one in data.items()} if isinstance(data, dict) else data
