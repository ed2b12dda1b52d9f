"""Read files within a limit, and replace files atomically.

All files are read and written by these functions. Links in a path that the user gave are followed. A path that comes
from a repository (a picture beside a journey, a file found in a folder, a path in settings) is written only if no part
of it is a link, and read only if it is a regular file.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

MEBIBYTE = 1024 * 1024
LARGEST = 16 * MEBIBYTE
"""The default limit of the size of a file, in bytes."""
LARGEST_SETTINGS = MEBIBYTE
"""The limit of the size of settings, themes and .gitignore files, in bytes."""

_BINARY = getattr(os, "O_BINARY", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0)
_BY_FOLDER = os.open in os.supports_dir_fd and os.rename in os.supports_dir_fd
"""Whether files can be opened relative to an open folder, so that no part of the path can be replaced by a link."""


class RefusedError(OSError):
    """A file that is not read or written for security reasons; `strerror` says why."""


@contextmanager
def regular_file(path: Path | str, *, follow: bool = True) -> Iterator[int]:
    """Open a regular file for reading and return its descriptor.

    Raises RefusedError for a device, pipe or socket, and for a link if `follow` is false; OSError if the file
    cannot be opened.
    """
    with _opened(path, os.O_RDONLY | _NO_WAIT | (0 if follow else _NO_LINK)) as handle:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise _irregular(path, status.st_mode)
        yield handle


def read_regular_file(path: Path | str, limit: int = LARGEST, *, follow: bool = True) -> bytes:
    """Return the contents of a regular file.

    Raises RefusedError for a device, pipe or socket, for a link if `follow` is false, and for a file of more than
    `limit` bytes; OSError if the file cannot be opened.
    """
    with regular_file(path, follow=follow) as handle:
        data = _read(handle, limit + 1)
    if len(data) > limit:
        raise RefusedError(errno.EFBIG, f"larger than {_size(limit)}", str(path))
    return data


def read_named_file(path: Path | str, limit: int = LARGEST) -> bytes:
    """Return the contents of a file that the user named, which may be a pipe or a device: `limit` bytes and one more
    at most.

    Raises OSError.
    """
    with _opened(path, os.O_RDONLY) as handle:
        return _read(handle, limit + 1)


def read_found_file(path: Path | str, limit: int = LARGEST) -> bytes:
    """Return the contents of a regular file that was found in a folder: `limit` bytes and one more at most.

    Raises RefusedError for a device, pipe or socket, which may have taken the file's place meanwhile; OSError if it
    cannot be opened.
    """
    with regular_file(path) as handle:
        return _read(handle, limit + 1)


def read_stream(stream: BinaryIO, limit: int = LARGEST) -> bytes:
    """Return the contents of a stream such as standard input. Raises RefusedError if it has more than `limit` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise RefusedError(errno.EFBIG, f"larger than {_size(limit)}")
    return data


def read_toml(path: Path, limit: int = LARGEST_SETTINGS, *, named: bool = False) -> dict[str, Any]:
    """Return the contents of a TOML file; one that the user `named` may be a pipe.

    Raises OSError if it cannot be read, ValueError if it is not UTF-8 or not TOML.
    """
    import tomllib

    data = read_named_file(path, limit) if named else read_regular_file(path, limit)
    if len(data) > limit:
        raise RefusedError(errno.EFBIG, f"larger than {_size(limit)}", str(path))
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except RecursionError:
        raise ValueError("not readable as TOML: nested too deep") from None
    except ValueError as error:
        raise ValueError(f"not readable as TOML: {error}") from None


@contextmanager
def _opened(path: Path | str, flags: int) -> Iterator[int]:
    try:
        handle = os.open(path, flags | _BINARY)
    except ValueError:  # a NUL in the name
        raise RefusedError(errno.EINVAL, "a name of a file cannot hold a NUL character", str(path)) from None
    except OSError as error:
        if error.errno == errno.ELOOP and flags & _NO_LINK:
            raise RefusedError(errno.ELOOP, "it is a link", str(path)) from None
        if error.errno == errno.ENXIO:  # a socket
            raise _irregular(path, stat.S_IFSOCK) from None
        raise
    try:
        yield handle
    finally:
        os.close(handle)


def _read(handle: int, count: int) -> bytes:
    parts = []
    while count > 0 and (part := os.read(handle, min(count, MEBIBYTE))):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _size(limit: int) -> str:
    return f"{limit // MEBIBYTE} MiB" if limit >= MEBIBYTE else f"{limit} bytes"


def _irregular(path: Path | str, mode: int) -> OSError:
    if stat.S_ISDIR(mode):
        return IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    return RefusedError(errno.EINVAL, "not a regular file", str(path))


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file that the user named, or create it; a link is followed.

    The file's mode, owner, hard links and extended attributes are kept as far as the system allows. Raises OSError;
    the old file is unchanged then.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        status = None
    except ValueError:
        raise RefusedError(errno.EINVAL, "a name of a file cannot hold a NUL character", str(path)) from None
    if status is not None and not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        path.write_bytes(data)  # /dev/null or a pipe cannot be replaced
        return
    _replace(None, os.path.realpath(path) if path.is_symlink() else str(path), data, status)


def create_file(path: Path, data: bytes) -> None:
    """Create a file in a folder that we made ourselves; raise OSError if it exists, as a link too."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _BINARY, 0o644)
    try:
        _write_all(handle, data)
    finally:
        os.close(handle)


def replace_found_file(path: Path, data: bytes, named: Set[Path] = frozenset()) -> None:
    """Replace a file, or create it, by a name that may come from a repository.

    `named` are the paths that the user gave: one of them is written as by `replace_file`. Of any other, no part below
    the folder that the user named (without one, below the file's own folder) may be a link.

    Raises RefusedError for a link and for what is no regular file, OSError where the file cannot be written.
    """
    if path in named:
        replace_file(path, data)
        return
    root = next((parent for parent in path.parents if parent in named), path.parent)
    replace_file_inside(root, path, data)


def replace_file_inside(
    root: Path,
    path: Path,
    data: bytes,
    *,
    make_folders: bool = False,
    mode: int = 0o666,
    check: Callable[[], None] | None = None,
) -> None:
    """Replace a file below the folder `root`, or create it; no part of its path below `root` may be a link.

    `make_folders` creates the folders that are missing, for this user only; `mode` is that of a new file. `check` is
    called when the new file is written and only has to take the place of the old one; what it raises stops that.

    Raises RefusedError for a link, for what is no regular file and for a path that leads out of `root`; OSError where
    the file cannot be written.
    """
    with folder_inside(root, path.parent, make=make_folders) as folder:
        name = path.name if folder is not None else str(path)
        try:
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            status = None
        except ValueError:
            raise RefusedError(errno.EINVAL, "a name of a file cannot hold a NUL character", str(path)) from None
        if status is not None and stat.S_ISLNK(status.st_mode):
            raise _link(path)
        if status is not None and not stat.S_ISREG(status.st_mode):
            raise _irregular(path, status.st_mode)
        _replace(folder, name, data, status, mode, check)


def create_file_inside(root: Path, path: Path, data: bytes) -> None:
    """Create a file below the folder `root`, and the folder that it lies in; no part of its path may be a link.

    Raises FileExistsError if there is something at the path, a link too; RefusedError for a link on the way and for a
    path that leads out of `root`; OSError where the file cannot be written.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _BINARY
    if path.parent != root:
        with folder_inside(root, path.parent.parent) as folder, suppress(FileExistsError):
            os.mkdir(path.parent.name if folder is not None else path.parent, dir_fd=folder)
    with folder_inside(root, path.parent) as folder:
        handle = os.open(path.name if folder is not None else path, flags, 0o666, dir_fd=folder)
        try:
            _write_all(handle, data)
        finally:
            os.close(handle)


def leads_inside(root: Path, path: Path) -> bool:
    """Return whether a path stays at or below `root` and passes through no link on the way there."""
    try:
        steps = Path(os.path.abspath(path)).relative_to(os.path.abspath(root))  # noqa: PTH100
        return Path(os.path.realpath(path)) == Path(os.path.realpath(root)) / steps
    except ValueError:  # outside, or a NUL in the name
        return False


@contextmanager
def folder_inside(root: Path, folder: Path, *, make: bool = False) -> Iterator[int | None]:
    """Open a folder at or below `root`, passing through no link; gives None where the system names files by path only.

    Raises RefusedError for a link and for a folder outside of `root`, OSError where it cannot be opened.
    """
    try:
        steps = Path(os.path.abspath(folder)).relative_to(os.path.abspath(root)).parts  # noqa: PTH100
    except ValueError:
        raise RefusedError(errno.EXDEV, f"it lies outside of {root}", str(folder)) from None
    if not _BY_FOLDER:
        _check_steps(root, steps, make)
        yield None
        return
    handle = os.open(root, _FOLDER)
    try:
        reached = root
        for step in steps:
            reached /= step
            if make:
                with suppress(FileExistsError):
                    os.mkdir(step, 0o700, dir_fd=handle)
            inner = _step_into(handle, step, reached)
            os.close(handle)
            handle = inner
        yield handle
    finally:
        os.close(handle)


def _step_into(handle: int, step: str, reached: Path) -> int:
    try:
        return os.open(step, _FOLDER | _NO_LINK, dir_fd=handle)
    except NotADirectoryError:
        if stat.S_ISLNK(os.stat(step, dir_fd=handle, follow_symlinks=False).st_mode):
            raise _link(reached) from None
        raise
    except OSError as error:
        raise _link(reached) from None if error.errno == errno.ELOOP else error


def _check_steps(root: Path, steps: Sequence[str], make: bool) -> None:
    reached = root
    for step in steps:
        reached /= step
        if make:
            reached.mkdir(mode=0o700, exist_ok=True)
        if reached.is_symlink() or getattr(reached, "is_junction", bool)():
            raise _link(reached)


def _link(path: Path) -> RefusedError:
    return RefusedError(errno.ELOOP, "it is a link, which is followed only if it is named itself", str(path))


def _replace(
    folder: int | None,
    name: str,
    data: bytes,
    old: os.stat_result | None,
    mode: int = 0o666,
    check: Callable[[], None] | None = None,
) -> None:
    """Write a file beside the old one and move it into its place.

    If that would break a hard link or change the owner, the contents are overwritten instead, and the new file is kept
    until that is done.
    """
    beside = os.path.join(os.path.dirname(name), f".journeykit.{os.urandom(8).hex()}")  # noqa: PTH118, PTH120
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _BINARY
    handle = os.open(beside, flags, mode if old is None else 0o600, dir_fd=folder)
    try:
        try:
            _write_all(handle, data)
            movable = old is None or (old.st_nlink == 1 and _take_over(handle, folder, name, old))
        finally:
            os.close(handle)
        if check is not None:
            check()
        if movable:
            os.replace(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
        else:
            assert old is not None
            _overwrite(folder, name, data, old)
            os.unlink(beside, dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside, dir_fd=folder)
        raise


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _take_over(handle: int, folder: int | None, name: str, old: os.stat_result) -> bool:
    """Copy owner, mode and attributes of the old file; return False if the owner or group cannot be set."""
    if hasattr(os, "fchown"):
        created = os.fstat(handle)
        if (created.st_uid, created.st_gid) != (old.st_uid, old.st_gid):
            try:
                os.fchown(handle, old.st_uid, old.st_gid)
            except PermissionError:
                return False
        _copy_attributes(handle, folder, name)
        os.fchmod(handle, stat.S_IMODE(old.st_mode))
    return True


def _copy_attributes(handle: int, folder: int | None, name: str) -> None:
    """Copy extended attributes, such as access lists, except those that only the system may set."""
    if not hasattr(os, "listxattr"):
        return
    with suppress(OSError):  # the file may be unreadable, or the file system may have no attributes
        old = os.open(name, os.O_RDONLY | _NO_WAIT | _NO_LINK, dir_fd=folder)
        try:
            for attribute in os.listxattr(old):
                with suppress(OSError):
                    os.setxattr(handle, attribute, os.getxattr(old, attribute))
        finally:
            os.close(old)


def _overwrite(folder: int | None, name: str, data: bytes, old: os.stat_result) -> None:
    """Replace the contents of a file; where that fails, write its old contents back."""
    handle = os.open(name, os.O_RDWR | _NO_WAIT | _NO_LINK | _BINARY, dir_fd=folder)
    try:
        status = os.fstat(handle)
        if (status.st_dev, status.st_ino) != (old.st_dev, old.st_ino):
            raise RefusedError(errno.ESTALE, "it was exchanged while it was written", name)
        before = _read(handle, status.st_size)
        try:
            if len(data) > len(before) and hasattr(os, "posix_fallocate"):
                os.posix_fallocate(handle, 0, len(data))  # a full disk is found before anything is changed
            _set_contents(handle, data)
        except BaseException:
            _set_contents(handle, before)
            raise
    finally:
        os.close(handle)


def _set_contents(handle: int, data: bytes) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    _write_all(handle, data)
    os.ftruncate(handle, len(data))
