"""Explain what a rule finds and why.

Without a rule, all rules are listed, one a line. Each page has a bad and a good example.

Examples:

  journeykit explain bad-ending

  journeykit explain --all
"""

from __future__ import annotations

from typing import Annotated

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import emit, paint, terminal_width
from journeykit.cli.request import project_for
from journeykit.drift import drift_rules
from journeykit.errors import UsageError
from journeykit.linting import known_rules, page_ids, page_of
from journeykit.output.page import index_text, page_text
from journeykit.reading.faults import did_you_mean

RuleId = Annotated[
    str | None,
    typer.Argument(metavar="RULE", help="The id of a rule.", show_default=False, autocompletion=completing.pages),
]
All = Annotated[bool, typer.Option("--all", help="The pages of all rules.")]


def command(
    rule: RuleId = None,
    all_pages: All = False,
    color: options.UseColor = options.Color.auto,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    no_plugins: options.NoPlugins = False,
) -> None:
    """The page of a rule."""
    if rule is not None and all_pages:
        raise UsageError("name a rule or --all, not both", "journeykit explain bad-ending")
    plugins = project_for(config, isolated, no_plugins=no_plugins).settings.active_plugins
    pages = {id: page_of(id, plugins) or "" for id in page_ids(plugins)}
    pages |= {id: drift.page for id, drift in drift_rules().items()}
    if rule is None and not all_pages:
        return emit(index_text(pages, paint(color)))
    if rule is not None and rule not in pages:
        if rule in {known.family for known in known_rules(plugins).values()}:
            raise UsageError(f'"{rule}" is a family of rules', f"journeykit rules {rule} lists them")
        raise UsageError(f'there is no rule "{rule}"', did_you_mean(rule, pages, "journeykit rules lists them"))
    shown = pages if rule is None else {rule: pages[rule]}
    return emit("\n".join(page_text(id, page, paint(color), terminal_width()) for id, page in shown.items()))
