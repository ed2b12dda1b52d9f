"""The command line: each module of `commands` is a command of the same name; its docstring is the help."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from pkgutil import iter_modules
from shutil import get_terminal_size
from textwrap import fill
from typing import Annotated, Any

import typer
from typer.completion import get_completion_inspect_parameters
from typer.core import TyperCommand

from journeykit.cli import commands, completing

NAME = "journeykit"
MAX_WIDTH = 110
"""The most characters in a line of the help."""


def run(args: list[str]) -> None:
    """Run one command; exits the process."""
    with _without_rich() if _completed_words() is not None else nullcontext():
        _run(args)


@contextmanager
def _without_rich() -> Iterator[None]:
    """Let imports of rich fail: typer takes its markup out of help texts, of which ours have none, in half of a TAB."""
    loaded = {name: module for name, module in sys.modules.items() if name == "rich"}
    sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["rich"]
        sys.modules.update(loaded)


def _run(args: list[str]) -> None:
    called = _called(args)
    app = make_app(called) if called is not None else _overview(_completes_a_command())
    if args and args[0] in ("--install-completion", "--show-completion"):
        completing.at_the_first_tab()
    try:
        status = app(args, prog_name=NAME, standalone_mode=False)
    except Exception as error:
        if not hasattr(error, "format_message"):  # typer exports no base of its errors
            raise
        _show(error)
        sys.exit(2)
    sys.exit(status or 0)


def _show(error: Any) -> None:
    """Print a mistake in the arguments, which `*` in a shell may have taken from names of files."""
    from journeykit.cli.streams import in_log
    from journeykit.output.paint import one_line, shown

    error.message = one_line(error.message or "")
    printed = io.StringIO()
    error.show(printed)
    sys.stderr.write(in_log(shown(printed.getvalue())))


def name_of(module: str) -> str:
    """Return the name of the command of a module: `low-points` of `low_points`, `import` of `import_`."""
    return module.rstrip("_").replace("_", "-")


def command_names() -> list[str]:
    """Return the modules of all commands, in the order of `--help`."""
    found = [module.name for module in iter_modules(commands.__path__)]
    known = [name for name in commands.ORDER if name in found]
    return [*known, *(name for name in found if name not in known)]


def _called(args: list[str]) -> list[str] | None:
    """Return the commands to import: the one that is called or whose words are completed, or all.

    None is for the list of commands, which needs none of them.
    """
    words = _completed_words()
    if words is None:
        if args in ([], ["-h"], ["--help"]):
            return None
        names = command_names()
        return [module for module in names if name_of(module) == args[0]] or names
    return [module for module in command_names() if words and name_of(module) == words[0]] or None


def _completed_words() -> list[str] | None:
    """Return the words before the one that a shell completes, without the program; None if no shell asks."""
    if "_JOURNEYKIT_COMPLETE" not in os.environ:
        return None
    line, last = _completed_line()
    return line.removesuffix(last).split()[1:]


def _completes_a_command() -> bool:
    """Say whether a shell asks for the name of a command."""
    return _completed_words() == [] and not _completed_line()[1].startswith("-")


def _completed_line() -> tuple[str, str]:
    """Return what a shell has of the line, and the word in it that is completed, which may be empty."""
    line = os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS", "")
    return line, "" if line[-1:].isspace() else line.split()[-1] if line else ""


def _overview(bare: bool) -> typer.Typer:
    """Return an application with the first lines of all help texts, without importing the commands.

    One that is bare has no options that are typer's own: to read their values it imports pydantic, which doubles what
    a TAB costs.
    """
    app = _empty_app(bare)
    for name in command_names():
        if name in commands.HIDDEN:
            continue
        text = Path(commands.__path__[0], f"{name}.py").read_text(encoding="utf-8")
        app.command(name_of(name), help=text.removeprefix('"""').partition("\n")[0])(lambda: None)
    return app


def _empty_app(bare: bool = False) -> typer.Typer:
    app = typer.Typer(
        name=NAME, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=not bare,
        context_settings={"help_option_names": [] if bare else ["-h", "--help"], "max_content_width": MAX_WIDTH},
    )  # fmt: skip
    if bare:
        get_completion_inspect_parameters()  # which makes the shells known, as the options for completion would have
    app.callback()(_root)
    return app


class _Command(TyperCommand):
    """A command whose help names its arguments without the types of Python that they are read as."""

    def get_params(self, ctx: Any) -> list[Any]:
        params: list[Any] = super().get_params(ctx)
        for param in params:
            if param.param_type_name == "argument":
                param.display_type_rich = lambda **_: None
        return params


def make_app(names: list[str]) -> typer.Typer:
    """Return a typer application with the named commands."""
    app = _empty_app()
    for name in names:
        module = import_module(f"{commands.__name__}.{name}")
        hidden = name in commands.HIDDEN
        app.command(name_of(name), cls=_Command, help=_help(module.__doc__ or ""), hidden=hidden)(module.command)
    return app


def _help(docstring: str) -> str:
    """Return a module's docstring as help text, as wide as the terminal.

    typer would break lines at hyphens, `--unsafe-fixes` among them; indented paragraphs are commands, which stay whole.
    """
    width = min(get_terminal_size().columns, MAX_WIDTH) - 4
    paragraphs = cleandoc(docstring).split("\n\n")
    whole = [text if text.startswith("  ") else fill(text, width, break_on_hyphens=False) for text in paragraphs]
    return "\n\n".join(f"\b\n{text}" for text in whole)


def _root(
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version and exit.")] = False,
) -> None:
    """Customer journey maps as YAML files in git: validated, linted, scored and drawn.

    Start with `journeykit init`, then `journeykit validate`, `lint`, `score` and `render`.
    """
    if version:
        from journeykit._version import __version__

        typer.echo(f"{NAME} {__version__}")
        raise typer.Exit
