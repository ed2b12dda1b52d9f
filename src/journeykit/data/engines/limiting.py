"""A call in a thread, so that this one can end it: after a time, or at Ctrl-C."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from journeykit.data.engines import Engine

Result = TypeVar("Result")


def limited(engine: Engine, run: Callable[[], Result], interrupt: Callable[[], object]) -> Result:
    """Return what a call returns; `interrupt` is called until it ends when it takes longer than the engine may."""
    found: list[Result] = []
    failed: list[Exception] = []
    ended = threading.Event()  # Ctrl-C in Thread.join would mark a thread that runs as ended (Python 3.11)

    def call() -> None:
        try:
            found.append(run())
        except Exception as error:
            failed.append(error)
        finally:
            ended.set()

    try:
        threading.Thread(target=call, daemon=True).start()
        deadline = time.monotonic() + engine.limits.timeout
        while not ended.is_set() and (left := deadline - time.monotonic()) > 0:
            ended.wait(min(left, 0.2))  # on Windows, Ctrl-C does not wake who waits for longer
        if not ended.is_set():
            message = f"a statement took more than {engine.limits.timeout:g} seconds"
            raise engine.fault(message, "give it more time: --timeout 30min")
    except BaseException:
        while not ended.wait(0.1):  # what is only being planned does not hear the first one
            interrupt()
        raise
    if failed:
        raise failed[0]
    return found[0]
