"""Tell that files changed: by watchfiles where it is installed, else by looking at them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from journeykit.site.live.serving import Server

PAUSE = 0.1
"""Seconds between two builds at least, so that many saves are one."""
LOOK = 0.3
"""Seconds between two looks at the files, without watchfiles."""


def folders_of(paths: Sequence[Path]) -> list[Path]:
    """Return the folders to watch: a file that is replaced by another one is only seen in its folder."""
    found = [path if path.is_dir() else path.parent for path in paths]
    return [one for one in dict.fromkeys(map(Path.resolve, found)) if one.is_dir()]


def watch(paths: Sequence[Path], stop: threading.Event, changed: Callable[[], None], *, poll: bool = False) -> None:
    """Call `changed` after something below the paths changed, until `stop` is set."""
    for _ in _looks(stop) if poll or not _has_watchfiles() else _notices(paths, stop):
        changed()
        stop.wait(PAUSE)


def _has_watchfiles() -> bool:
    from importlib.util import find_spec

    return find_spec("watchfiles") is not None


def _notices(paths: Sequence[Path], stop: threading.Event) -> Iterator[None]:
    """Yield when the system says so, and each second to see folders that were away."""
    from watchfiles import watch as notice

    while not stop.is_set():
        folders = folders_of(paths)
        if not folders:
            stop.wait(LOOK)
            yield
            continue
        for _ in notice(
            *folders, stop_event=stop, debounce=60, step=15, rust_timeout=1000, yield_on_timeout=True,
            raise_interrupt=False, watch_filter=None, ignore_permission_denied=True,
        ):  # fmt: skip
            yield
            if folders_of(paths) != folders or not all(one.is_dir() for one in folders):
                break


def _looks(stop: threading.Event) -> Iterator[None]:
    """Yield at each look: what changed is found by who is told."""
    while not stop.wait(LOOK):
        yield


def follow(server: Server, stop: threading.Event, *, poll: bool = False) -> None:
    """Tell the pages of a server what changes in its files and settings, until `stop` is set."""
    preview = server.preview
    settings = preview.project.settings.path
    known = _state(settings)

    def changed() -> None:
        nonlocal known
        now = _state(settings)
        if now != known:
            known = now
            server.tell(preview.reload())
            if server.editor is not None:
                server.editor.use_settings()
        else:
            server.tell(preview.update())
        if server.editor is not None:
            server.editor.look()

    watch([*preview.paths(), *([settings] if settings else ())], stop, changed, poll=poll)


def _state(path: Path | None) -> object:
    try:
        status = path.stat() if path else None
    except OSError:
        return None
    return None if status is None else (status.st_mtime_ns, status.st_size, status.st_ino)
