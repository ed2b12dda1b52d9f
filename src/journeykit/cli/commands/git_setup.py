"""Let git compare and merge journeys.

git then shows what a change does to the experience, and merges touchpoint by touchpoint, key by key. Which files are
journeys is written into .gitattributes, which is to be committed; what git runs for them, into the settings of this
clone, so that every clone needs it once. Other lines and settings are kept; without journeykit, git works as before.

Examples:

  journeykit git-setup

  journeykit git-setup --undo
"""

from __future__ import annotations

from typing import Annotated

import typer

from journeykit.cli.console import emit, say
from journeykit.errors import UsageError
from journeykit.project import git_setup

Everywhere = Annotated[bool, typer.Option("--global", help="For all your repositories, in your own settings of git.")]
Check = Annotated[bool, typer.Option("--check", help="Change nothing; list what is missing, and exit with 1 if any.")]
Undo = Annotated[bool, typer.Option("--undo", help="Remove what git-setup wrote.")]


def command(everywhere: Everywhere = False, check: Check = False, undo: Undo = False) -> None:
    """Set git up."""
    if check and undo:
        raise UsageError("--check and --undo exclude each other", "name one of them")
    scope = git_setup.scope_of(everywhere)
    if undo:
        removed = git_setup.undo(scope)
        emit("".join(f"took out {line}\n" for line in removed))
        return say("" if removed else "There was nothing to take out.", quiet=bool(removed))
    missing = [step.what for step in git_setup.steps_of(scope) if not step.done]
    if check:
        emit("".join(f"missing {line}\n" for line in missing))
        raise typer.Exit(int(bool(missing)))
    git_setup.set_up(scope)
    emit("".join(f"set {line}\n" for line in missing))
    if not missing:
        return say("git knows about journeys here already.")
    if not everywhere and any(line.startswith(".gitattributes") for line in missing):
        say("Commit .gitattributes. Settings are not cloned: each clone needs journeykit git-setup once.")
    return None
