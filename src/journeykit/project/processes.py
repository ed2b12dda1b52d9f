"""Work on many files in several processes.

Processes are forked, so that a part of the work costs no start-up; where forking is not safe, one process does it all.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MINIMUM = 64
"""The number of items from which on a second process is faster."""


def can_fork() -> bool:
    """Return whether forking is safe: no threads, and none of matplotlib's libraries."""
    return sys.platform == "linux" and threading.active_count() == 1 and "matplotlib" not in sys.modules


def run_in_parts(
    items: Sequence[Item], work: Callable[[Sequence[Item]], Result], minimum: int = MINIMUM, *, spawn: bool = False
) -> list[Result]:
    """Return the results of `work` on all items, in one part or one part a core, in the order of the items.

    Results must be picklable. The work of a process that dies is done again in this one, where its error can be seen.
    With `spawn`, processes are started anew where forking is not safe; `work` must then be picklable too.
    """
    cores = min(os.cpu_count() or 1, len(items) // (minimum // 2))
    forking = can_fork()
    if cores < 2 or not (forking or spawn):
        return [work(items)]
    size = -(-len(items) // cores)
    parts = [items[at : at + size] for at in range(0, len(items), size)]
    return _forked(parts, work) if forking else _spawned(parts, work)


def _spawned(parts: Sequence[Sequence[Item]], work: Callable[[Sequence[Item]], Result]) -> list[Result]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, parts))


def _forked(parts: Sequence[Sequence[Item]], work: Callable[[Sequence[Item]], Result]) -> list[Result]:
    import pickle

    first, *others = parts
    started = [(part, *_start(part, work)) for part in others]
    results = [work(first)]
    for part, process, pipe in started:
        with os.fdopen(pipe, "rb") as stream:
            data = stream.read()
        _, status = os.waitpid(process, 0)
        results.append(pickle.loads(data) if status == 0 else work(part))  # noqa: S301 - written by ourselves
    return results


def _start(part: Sequence[Item], work: Callable[[Sequence[Item]], Result]) -> tuple[int, int]:
    """Fork a process that writes the result for a part into a pipe; return its id and the reading end."""
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
        os._exit(status)  # a child must not run the exit handlers of its parent
