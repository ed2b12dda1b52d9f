"""The options that all commands share which read journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Any, get_type_hints

import typer

from journeykit.cli import options
from journeykit.cli.console import ConsoleReporter, emit, say
from journeykit.config import Config
from journeykit.errors import UsageError
from journeykit.output.paint import shown_name
from journeykit.project import Project
from journeykit.project.reading import Targets
from journeykit.reading.discovery import is_journey


@dataclass(frozen=True)
class Request:
    """What a command was called with: the project, the files to work on, and how to print."""

    project: Project
    targets: Targets
    quiet: bool = False
    color: options.Color = options.Color.auto

    def without_plugins(self) -> Request:
        """Return the request for a project without own rules."""
        settings = self.project.settings.with_own_rules("none")
        return replace(self, project=replace(self.project, settings=settings))


def project_for(
    config: Path | None,
    isolated: bool,
    *,
    quiet: bool = False,
    cache: bool = True,
    no_plugins: bool = False,
    **given: Any,
) -> Project:
    """Return the project of the working folder; `given` are settings from the command line, None where not given."""
    found = Project.find(settings=config, isolated=isolated)
    settings = found.settings.overridden(**given)
    if no_plugins:
        settings = settings.with_own_rules("none")
    return replace(found, settings=settings, reporter=ConsoleReporter(not quiet), cache=cache)


def targets_of(paths: Iterable[Path] | None, stdin_filename: str = "stdin", allow_empty: bool = False) -> Targets:
    """Return the named files and folders, or the working folder."""
    return Targets(tuple(paths or ()) or (Path(),), stdin_filename, allow_empty)


def _shared(
    paths: options.Paths = None,
    stdin_filename: options.StdinFilename = "stdin",
    allow_empty: options.AllowEmpty = False,
    force_exclude: options.ForceExclude = None,
    show_files: options.ShowFiles = False,
    show_settings: options.ShowSettings = False,
    quiet: options.Quiet = False,
    color: options.UseColor = options.Color.auto,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """The shared options as typer takes them."""


def reads_journeys(*settings: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the shared options; it is called with a `Request`, then with its own options.

    `settings` are the names of its own options that override a setting of the same name.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        def run(**given: Any) -> None:
            common = {name: given.pop(name) for name in signature(_shared).parameters}
            overrides = {name: given[name] for name in settings} | {"force_exclude": common["force_exclude"]}
            project = project_for(
                common["config"], common["isolated"], quiet=common["quiet"], cache=given.get("cache", True), **overrides
            )
            targets = targets_of(common["paths"], common["stdin_filename"], common["allow_empty"])
            if common["show_settings"]:
                _list_settings(project.settings)
            elif common["show_files"]:
                _list_files(project, targets)
            else:
                _protect_journeys(given.get("output"), targets.paths, project.settings)
                command(Request(project, targets, common["quiet"], common["color"]), **given)

        paths, *shared = _parameters(_shared)
        _, *own = _parameters(command)
        merged = [paths, *own, *shared]
        run.__signature__ = Signature(merged)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in merged}
        return run

    return decorate


def _protect_journeys(output: Path | None, named: Iterable[Path], settings: Config) -> None:
    """Raise UsageError if `output` is a journey, or a link to one: a slip such as `lint -o my.journey.yaml` must not
    cost one."""
    if output is None or not output.is_file():
        return
    read = any(path.is_file() and path.samefile(output) for path in named)
    if read or any(is_journey(path, settings.include, settings.exclude) for path in (output, output.resolve())):
        raise UsageError(f"{shown_name(str(output))}: a journey is not written over", "name another file after -o")


def _parameters(function: Callable[..., None]) -> list[Parameter]:
    """Return a function's parameters with evaluated annotations; typer reads both."""
    hints = get_type_hints(function, include_extras=True)
    return [one.replace(annotation=hints[one.name]) for one in signature(function).parameters.values()]


def _list_files(project: Project, targets: Targets) -> None:
    """Print the files that a command would read."""
    files, missing = project.find_files(targets)
    emit("".join(f"{shown_name(str(path))}\n" for path in files))
    if missing:
        raise typer.Exit(2)


def _list_settings(settings: Config) -> None:
    """Print the settings in force as TOML."""
    from journeykit.output.toml import as_toml

    say(f"# from {settings.path}" if settings.path else "# defaults; no settings file found")
    emit(as_toml(settings.values()), data=True)
