"""Serve editors: findings, completion, scores, quick fixes.

Speaks the Language Server Protocol on standard input and output; editors start it themselves. It needs pygls, which
comes with: pip install "journeykit[lsp]". Own rules of a repository are code; they run only if the editor trusts the
workspace (initialization option allowPlugins), or with --allow-plugins.

Examples:

  journeykit lsp

  journeykit lsp --log journeykit-lsp.log
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from journeykit.cli.console import say
from journeykit.errors import UsageError

Log = Annotated[
    Path | None,
    typer.Option("--log", metavar="FILE", help="Write requests, answers and errors to a file."),
]


AllowPlugins = Annotated[
    bool, typer.Option("--allow-plugins", help="Run the own rules that the settings of any opened repository name.")
]


def command(log: Log = None, allow_plugins: AllowPlugins = False) -> None:
    """Serve editors."""
    if find_spec("pygls") is None:
        raise UsageError("the language server needs pygls", 'pip install "journeykit[lsp]"')
    import gc

    from journeykit.server.app import serve

    gc.enable()  # this one runs for long
    if sys.stdin.isatty():
        say("Waiting for an editor to speak the Language Server Protocol; Ctrl-C ends it.")
    serve(log, allow_plugins=allow_plugins)
