"""Files are read within limits, and replaced whole or not at all, through no link that was not named."""

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from journeykit import files
from journeykit.files import (
    RefusedError,
    read_named_file,
    read_regular_file,
    replace_file,
    replace_file_inside,
    replace_found_file,
)

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_made_with_the_usual_mode(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        replace_file(tmp_path / "a.txt", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert mode(tmp_path / "a.txt") == 0o640


@pytest.mark.parametrize("bits", [0o600, 0o644, 0o755])
def test_the_mode_of_an_old_file_is_kept(tmp_path: Path, bits: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(bits)
    replace_file(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", bits)


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path, link = tmp_path / "real" / "a.txt", tmp_path / "link.txt"
    path.write_bytes(b"old")
    link.symlink_to(path)
    replace_file(link, b"new")
    assert link.is_symlink() and path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file() and not entry.is_symlink()] == []


def test_a_link_to_nothing_yet(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    replace_file(tmp_path / "link.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"new" and (tmp_path / "link.txt").is_symlink()


@pytest.mark.parametrize("call", ["replace", "write", "fchmod"])
def test_where_it_fails_the_old_file_stays_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match="No space left"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        replace_file(tmp_path / "no" / "a.txt", b"new")


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError):
        replace_file(tmp_path / "a", b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


def test_a_name_as_long_as_it_may_be(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 125 + ".yaml")
    replace_file(path, b"new")
    replace_file(path, b"newer")
    assert path.read_bytes() == b"newer"


def test_a_device_is_written_to_not_replaced(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:
        replace_file(fifo, b"new")
        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(fifo.stat().st_mode)


def test_nothing_is_left_of_a_write_that_was_interrupted_before_the_file_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "write", _no_space)
    with pytest.raises(OSError, match="No space left"):
        replace_file(tmp_path / "a.txt", b"new")
    assert list(tmp_path.iterdir()) == []


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_hard_links_stay_one_file(tmp_path: Path) -> None:
    path, other = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_bytes(b"a long old text")
    os.link(path, other)
    replace_file(path, b"new")
    assert path.samefile(other) and other.read_bytes() == b"new"
    replace_file(path, b"a text that is longer than the first")
    assert path.samefile(other) and other.read_bytes() == b"a text that is longer than the first"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_a_hard_link_keeps_its_text_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old text")
    os.link(path, tmp_path / "b.txt")
    write, calls = os.write, []

    def fail_halfway(handle: int, data: bytes) -> int:
        calls.append(data)
        if len(calls) == 2:  # the first wrote the file beside it
            write(handle, bytes(data)[:3])
            raise OSError(28, "No space left on device")
        return write(handle, data)

    monkeypatch.setattr(os, "write", fail_halfway)
    with pytest.raises(OSError, match="No space left"):
        replace_file(path, b"another, longer text")
    assert path.read_bytes() == b"old text" and path.stat().st_nlink == 2
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.txt", "b.txt"]


@pytest.mark.skipif(not ROOT, reason="only root gives files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    os.chown(path, 1234, 2345)
    path.chmod(0o4640)
    replace_file(path, b"new")
    status = path.stat()
    assert (status.st_uid, status.st_gid, mode(path), path.read_bytes()) == (1234, 2345, 0o4640, b"new")


def test_a_file_of_another_owner_that_cannot_be_given_away_keeps_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    before = path.stat().st_ino
    fstat = os.fstat

    def of_somebody_else(handle: int) -> os.stat_result:
        found = list(fstat(handle))
        found[4] += 1 if found[1] != before else 0  # the owner of the new file
        return os.stat_result(found)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "fstat", of_somebody_else)
    monkeypatch.setattr(os, "fchown", refuse)
    replace_file(path, b"new")
    assert (path.read_bytes(), path.stat().st_ino) == (b"new", before)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes")
def test_extended_attributes_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    try:
        os.setxattr(path, "user.origin", b"workshop")
    except OSError:
        pytest.skip("this file system has none")
    replace_file(path, b"new")
    assert os.getxattr(path, "user.origin") == b"workshop"


@pytest.mark.parametrize("target", ["there", "missing"])
def test_a_link_that_was_not_named_is_refused(tmp_path: Path, target: str) -> None:
    if target == "there":
        (tmp_path / "outside").write_text("old")
    (tmp_path / "repo").mkdir()
    link = tmp_path / "repo" / "a.svg"
    link.symlink_to(tmp_path / "outside")
    with pytest.raises(RefusedError, match="link"):
        replace_found_file(link, b"new")
    with pytest.raises(RefusedError, match="link"):
        replace_found_file(link, b"new", {tmp_path / "repo"})
    assert (target == "there") == (tmp_path / "outside").exists()
    replace_found_file(link, b"new", {link})
    assert (tmp_path / "outside").read_bytes() == b"new" and link.is_symlink()


def test_a_folder_that_is_a_link_is_refused_below_the_one_that_was_named(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo" / "maps").symlink_to(tmp_path / "outside")
    path = tmp_path / "repo" / "maps" / "a.svg"
    with pytest.raises(RefusedError, match="link"):
        replace_found_file(path, b"new", {tmp_path / "repo"})
    assert list((tmp_path / "outside").iterdir()) == []
    replace_found_file(path, b"new", {tmp_path / "repo" / "maps"})
    assert (tmp_path / "outside" / "a.svg").read_bytes() == b"new"


def test_a_path_that_leads_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "repo").mkdir()
    with pytest.raises(RefusedError, match="outside"):
        replace_file_inside(tmp_path / "repo", tmp_path / "repo" / ".." / "a.txt", b"new")
    assert not (tmp_path / "a.txt").exists()


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    with pytest.raises(RefusedError, match="not a regular file"):
        replace_found_file(tmp_path / "pipe", b"new")
    with pytest.raises(IsADirectoryError):
        replace_found_file(tmp_path / "folder", b"new")


def test_a_link_that_appears_meanwhile_is_replaced_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "outside").write_bytes(b"old")
    (tmp_path / "repo").mkdir()
    write = os.write

    def exchange(handle: int, data: bytes) -> int:
        (tmp_path / "repo" / "a.svg").symlink_to(tmp_path / "outside")
        return write(handle, data)

    monkeypatch.setattr(os, "write", exchange)
    replace_found_file(tmp_path / "repo" / "a.svg", b"new")
    assert (tmp_path / "outside").read_bytes() == b"old"
    assert not (tmp_path / "repo" / "a.svg").is_symlink()


def test_a_folder_that_is_exchanged_meanwhile_is_the_one_that_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("outside", "repo/maps"):
        (tmp_path / name).mkdir(parents=True)
    write = os.write

    def exchange(handle: int, data: bytes) -> int:
        (tmp_path / "repo" / "maps").rename(tmp_path / "repo" / "moved")
        (tmp_path / "repo" / "maps").symlink_to(tmp_path / "outside")
        return write(handle, data)

    monkeypatch.setattr(os, "write", exchange)
    replace_found_file(tmp_path / "repo" / "maps" / "a.svg", b"new", {tmp_path / "repo"})
    assert list((tmp_path / "outside").iterdir()) == []
    assert (tmp_path / "repo" / "moved" / "a.svg").read_bytes() == b"new"


def test_the_same_without_folders_that_can_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_BY_FOLDER", False)
    (tmp_path / "outside").mkdir()
    (tmp_path / "repo" / "deep").mkdir(parents=True)
    (tmp_path / "repo" / "maps").symlink_to(tmp_path / "outside")
    (tmp_path / "repo" / "deep" / "a.svg").symlink_to(tmp_path / "outside" / "a.svg")
    for name in ("maps/a.svg", "deep/a.svg"):
        with pytest.raises(RefusedError, match="link"):
            replace_found_file(tmp_path / "repo" / name, b"new", {tmp_path / "repo"})
    replace_found_file(tmp_path / "repo" / "deep" / "b.svg", b"new", {tmp_path / "repo"})
    assert (tmp_path / "repo" / "deep" / "b.svg").read_bytes() == b"new"
    assert list((tmp_path / "outside").iterdir()) == []


def test_folders_that_are_made_are_for_this_user_only(tmp_path: Path) -> None:
    replace_file_inside(tmp_path, tmp_path / "cache" / "history" / "a.json", b"new", make_folders=True)
    assert mode(tmp_path / "cache") == mode(tmp_path / "cache" / "history") == 0o700
    assert (tmp_path / "cache" / "history" / "a.json").read_bytes() == b"new"


def test_a_regular_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 100)
    assert read_regular_file(path, 100) == b"x" * 100
    with pytest.raises(RefusedError, match="larger than 99 bytes"):
        read_regular_file(path, 99)
    assert read_named_file(path, 50) == b"x" * 51


def test_a_link_is_read_unless_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"text")
    (tmp_path / "link").symlink_to("a.txt")
    assert read_regular_file(tmp_path / "link") == b"text"
    with pytest.raises(RefusedError, match="link"):
        read_regular_file(tmp_path / "link", follow=False)


def test_devices_and_pipes_are_not_read_where_they_were_not_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    for name in ("pipe", "zero"):
        with pytest.raises(RefusedError, match="not a regular file"):
            read_regular_file(tmp_path / name)
    with pytest.raises(IsADirectoryError):
        read_regular_file(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_regular_file(tmp_path / "none")
    with pytest.raises(RefusedError, match="NUL"):
        read_regular_file(tmp_path / "a\0b")


def test_a_pipe_that_was_named_is_read_within_the_limit(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    def write() -> None:
        with (tmp_path / "pipe").open("wb") as stream:
            stream.write(b"x" * 10)
            stream.flush()
            stream.write(b"y" * 10)

    writer = threading.Thread(target=write)
    writer.start()
    assert read_named_file(tmp_path / "pipe", 100) == b"x" * 10 + b"y" * 10
    writer.join()
    assert len(read_named_file("/dev/zero", 1000)) == 1001


def test_a_socket_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
        with pytest.raises(RefusedError, match="not a regular file"):
            read_regular_file("socket")
