"""The entry point: the error boundary around the commands."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line. Exit status: 2 for what the user can mend, 3 for what only we can, 130 for Ctrl-C."""
    if sys.argv[1:] in (["--version"], ["-V"]):  # answered before anything is imported
        from journeykit._version import __version__

        print(f"journeykit {__version__}")
        return
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # no text of a journey may break the output
    try:
        from journeykit.cli import run

        run(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        _silence()
        sys.exit(141)
    except Exception as error:
        sys.exit(_failure(error))


def _silence() -> None:
    """Whoever read our output is gone: let nothing complain while the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failure(error: Exception) -> int:
    from journeykit.errors import JourneykitError
    from journeykit.output.paint import one_line

    if isinstance(error, JourneykitError):
        print(f"journeykit: {one_line(error.message)}", file=sys.stderr)
        if error.help:
            print(f"  {one_line(error.help)}", file=sys.stderr)
        return 2
    if os.environ.get("JOURNEYKIT_TRACEBACK"):
        raise error
    print(f"journeykit: internal error: {type(error).__name__}: {one_line(str(error))}", file=sys.stderr)
    print("  set JOURNEYKIT_TRACEBACK=1 to see where it comes from", file=sys.stderr)
    return 3


if __name__ == "__main__":
    main()
