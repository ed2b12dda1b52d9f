"""The entry point, and the error boundary around the commands."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line. Exit status 2 is an error of the user, 3 one of ours, 130 Ctrl-C."""
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

    gc.disable()  # imports make much and no garbage; commands enable it again where it is of use
    # plugins of pydantic are meant for services, and the search reads the metadata of all installed packages
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from journeykit.cli import run
    from journeykit.cli.streams import make_ready

    make_ready()
    run(args)


def _failure(error: Exception) -> int:
    from journeykit.cli.streams import in_log, silence
    from journeykit.errors import JourneykitError
    from journeykit.output.paint import one_line

    if os.environ.get("JOURNEYKIT_TRACEBACK") and not isinstance(error, JourneykitError):
        raise error
    if isinstance(error, OSError) and error.errno:  # a full disk, or a folder that vanished
        silence()
        error = JourneykitError(": ".join(str(part) for part in (error.filename, error.strerror) if part))
    if isinstance(error, JourneykitError):
        print(in_log(f"journeykit: {one_line(error.message)}"), file=sys.stderr)
        if error.help:
            print(in_log(f"  {one_line(error.help)}"), file=sys.stderr)
        return 2
    print(f"journeykit: internal error: {type(error).__name__}: {one_line(str(error))}", file=sys.stderr)
    print("  set JOURNEYKIT_TRACEBACK=1 to see where it comes from", file=sys.stderr)
    return 3


if __name__ == "__main__":
    main()
