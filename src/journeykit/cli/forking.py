"""Work on many files shared out over the processor's cores.

By forking, so that a core's share costs no start-up; where a process cannot be forked safely, one process does it all.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

WORTH = 64
"""From how many items on sharing them out pays."""


def can_fork() -> bool:
    """Whether nothing in this process would be copied half-way: no threads, and none of matplotlib's libraries."""
    return sys.platform == "linux" and threading.active_count() == 1 and "matplotlib" not in sys.modules


def shared_out(
    items: Sequence[Item], work: Callable[[Sequence[Item]], Made], worth: int = WORTH, *, spawning: bool = False
) -> list[Made]:
    """What `work` makes of the items, in one part or in one for each core, in the order of the items.

    What it makes must be picklable. A part whose process dies is done again here, where its error can be seen.
    `spawning` says that the work is worth processes with all their start-up where there is no forking; `work` must
    then be picklable too.
    """
    cores = min(os.cpu_count() or 1, len(items) // (worth // 2))
    forking = can_fork()
    if cores < 2 or not (forking or spawning):
        return [work(items)]
    size = -(-len(items) // cores)
    parts = [items[at : at + size] for at in range(0, len(items), size)]
    return _forked(parts, work) if forking else _spawned(parts, work)


def _spawned(parts: Sequence[Sequence[Item]], work: Callable[[Sequence[Item]], Made]) -> list[Made]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, parts))


def _forked(parts: Sequence[Sequence[Item]], work: Callable[[Sequence[Item]], Made]) -> list[Made]:
    import pickle

    mine, *others = parts
    started = [(part, *_start(part, work)) for part in others]
    made = [work(mine)]
    for part, process, pipe in started:
        with os.fdopen(pipe, "rb") as stream:
            data = stream.read()
        _, status = os.waitpid(process, 0)
        made.append(pickle.loads(data) if status == 0 else work(part))  # noqa: S301 - written by ourselves
    return made


def _start(part: Sequence[Item], work: Callable[[Sequence[Item]], Made]) -> tuple[int, int]:
    """A process that works on a part and writes what it makes into a pipe: its number, and the pipe's end."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    status = 1
    try:
        import pickle

        os.close(reading)
        data = pickle.dumps(work(part), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(writing, "wb") as stream:
            stream.write(data)
        status = 0
    except BaseException:
        pass
    finally:
        os._exit(status)
