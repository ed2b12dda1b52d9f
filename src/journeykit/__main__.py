"""The entry point: the error boundary around the commands."""

from __future__ import annotations

import os
import sys


def program() -> None:
    """The program: `main`, and an end without taking the interpreter apart, which takes as long as reading files."""
    status: str | int | None = 0
    try:
        main()
    except SystemExit as end:
        status = end.code
    import atexit

    threads = sys.modules.get("threading")  # --version does without
    busy = threads is not None and threads.active_count() > 1
    watched = sys.getprofile() or sys.gettrace() or sys.flags.inspect  # who looks on has something to do yet
    if not isinstance(status, int) or busy or watched:
        sys.exit(status)
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # closed, or nobody listens: the interpreter knows what to do
        sys.exit(status)
    os._exit(status)


def main() -> None:
    """Run the command line. Exit status: 2 for what the user can mend, 3 for what only we can, 130 for Ctrl-C."""
    try:
        _run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        from journeykit.cli.streams import reader_gone

        reader_gone()
    except Exception as error:
        sys.exit(_failure(error))


def _run(args: list[str]) -> None:
    if args in (["--version"], ["-V"]):  # answered before anything is imported
        from journeykit._version import __version__

        print(f"journeykit {__version__}", flush=True)
        return
    import gc

    gc.disable()  # imports make much and no garbage; the commands turn it on again where it is of use
    _without_plugins()
    from journeykit.cli import run
    from journeykit.cli.streams import make_ready

    make_ready()
    run(args)


def _without_plugins() -> None:
    """Spare pydantic the search for plugins in everything that is installed; they are meant for services."""
    from types import ModuleType

    loader = ModuleType("pydantic.plugin._loader")
    loader.get_plugins = lambda: ()  # type: ignore[attr-defined]
    sys.modules[loader.__name__] = loader


def _failure(error: Exception) -> int:
    from journeykit.errors import JourneykitError
    from journeykit.output.paint import one_line

    if os.environ.get("JOURNEYKIT_TRACEBACK") and not isinstance(error, JourneykitError):
        raise error
    if isinstance(error, OSError) and error.errno:  # a full disk, a folder that vanished: nothing of ours is broken
        from journeykit.cli.streams import silence

        silence()
        error = JourneykitError(": ".join(str(part) for part in (error.filename, error.strerror) if part))
    if isinstance(error, JourneykitError):
        print(f"journeykit: {one_line(error.message)}", file=sys.stderr)
        if error.help:
            print(f"  {one_line(error.help)}", file=sys.stderr)
        return 2
    print(f"journeykit: internal error: {type(error).__name__}: {one_line(str(error))}", file=sys.stderr)
    print("  set JOURNEYKIT_TRACEBACK=1 to see where it comes from", file=sys.stderr)
    return 3


if __name__ == "__main__":
    program()
