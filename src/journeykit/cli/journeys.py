"""The options that all commands share which read journeys, said once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Any, get_type_hints

from journeykit.cli import options
from journeykit.cli.inputs import Asked, list_files, list_settings
from journeykit.config import Config, load_config
from journeykit.errors import UsageError
from journeykit.output.paint import shown_name
from journeykit.reading.discovery import is_journey


def _shared(
    paths: options.Paths = None,
    stdin_filename: options.StdinFilename = "stdin",
    allow_empty: options.AllowEmpty = False,
    show_files: options.ShowFiles = False,
    show_settings: options.ShowSettings = False,
    quiet: options.Quiet = False,
    color: options.Colour = options.Color.auto,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """The shared options as typer takes them."""


def reads_journeys(*settings: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the shared options: it is called with what was asked (`Asked`), then with its own options.

    `settings` names those of its own options that stand for a setting of the configuration.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        def run(**given: Any) -> None:
            common = {name: given.pop(name) for name in signature(_shared).parameters}
            found = load_config(common["config"], common["isolated"])
            config = found.overridden(**{name: given[name] for name in settings})
            if common["show_settings"]:
                list_settings(config)
            elif common["show_files"]:
                list_files(common["paths"], config, common["allow_empty"])
            else:
                _spare_journeys(given.get("output"), common["paths"] or (), config)
                names = ("stdin_filename", "allow_empty", "quiet", "color")
                asked = Asked(common["paths"], config, **{name: common[name] for name in names})
                command(asked, **given)

        paths, *shared = _parameters(_shared)
        _, *own = _parameters(command)
        merged = [paths, *own, *shared]
        run.__signature__ = Signature(merged)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in merged}
        return run

    return decorate


def _spare_journeys(output: Path | None, named: Iterable[Path], config: Config) -> None:
    """A slip such as `lint -o my.journey.yaml` must not cost a journey: what is read is not written over."""
    if output is None or not output.is_file():
        return
    read = any(path.is_file() and path.samefile(output) for path in named)
    if read or is_journey(output, config.include, config.exclude):
        raise UsageError(f"{shown_name(str(output))}: a journey is not written over", "name another file after -o")


def _parameters(function: Callable[..., None]) -> list[Parameter]:
    """A function's parameters with the types that their annotations stand for; typer goes by both."""
    hints = get_type_hints(function, include_extras=True)
    return [one.replace(annotation=hints[one.name]) for one in signature(function).parameters.values()]
