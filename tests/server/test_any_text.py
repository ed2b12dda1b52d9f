"""No invalid text makes the server fail: every request is sent at every position of incomplete files."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.server.actions import actions
from journeykit.server.analysis import Analysis, Rules
from journeykit.server.completing import completions
from journeykit.server.diagnostics import diagnostics
from journeykit.server.edits import formatting_edits
from journeykit.server.folding import folding_ranges
from journeykit.server.hovers import hover
from journeykit.server.references import definition_at, references_at
from journeykit.server.renaming import RenameError, renamable, rename
from journeykit.server.scores_shown import inlay_hints, lenses
from journeykit.server.symbols import symbols
from journeykit.source import Span
from tests.conftest import EXAMPLES, examples
from tests.server.client import Editor

Analyse = Callable[[str], Analysis]
TEXT = (EXAMPLES / "my-new-job.journey.yaml").read_text(encoding="utf-8")
SMALL = """\
title: I "call" 🎉 the desk
persona: {name: Eva, prefers: [chat]}
channels: {kiosk: {name: K}}
stages:
  - name: Before
    touchpoints:
      - &a {id: x, title: I call, channel: [e-mail, kiosk], feeling: sad}
      - I wait: [tired, "let down"]
      - title: >-
          It works
        decision: {question: q, options: [{answer: y, to: x}, {answer: n, to: end}]}
opportunities:
  - {title: Answer, at: [x], target: {x: 1}}
"""


def everything(analysis: Analysis, offset: int) -> None:
    """Ask all that an editor asks at an offset."""
    diagnostics(analysis)
    hover(analysis, offset)
    definition_at(analysis, offset)
    references_at(analysis, offset)
    completions(analysis, offset, analysis.partial)
    symbols(analysis)
    formatting_edits(analysis)
    inlay_hints(analysis, Span(0, offset))
    lenses(analysis)
    folding_ranges(analysis)
    if renamable(analysis, offset):
        with suppress(RenameError):
            rename(analysis, offset, "another")
    place = analysis.positions.position(offset)
    assert analysis.positions.offset(place) <= offset


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_file_cut_off_anywhere(analyse: Analyse, ending: str) -> None:
    text = SMALL.replace("\n", ending)
    for offset in range(len(text) + 1):
        everything(analyse(text[:offset]), offset)


def test_a_file_with_a_gap_anywhere(analyse: Analyse) -> None:
    for offset in range(0, len(SMALL), 2):
        everything(analyse(SMALL[:offset] + SMALL[offset + 7 :]), offset)


def test_every_place_of_a_whole_file(analyse: Analyse) -> None:
    analysis = analyse(SMALL)
    assert not analysis.partial.faults
    for offset in range(len(SMALL) + 1):
        everything(analysis, offset)
    assert actions(analysis, "file:///a", Span(0, len(SMALL)))


@pytest.mark.parametrize("step", range(0, len(TEXT), 997))
def test_an_example_cut_off(analyse: Analyse, step: int) -> None:
    analysis = analyse(TEXT[:step])
    everything(analysis, step)
    actions(analysis, "file:///a", Span(0, step))


TOKENS = st.sampled_from(
    [*"[]{}:,-#&*!|>'\"%@` \n\t\r\ufeff\x00\u2028🎉é", "title: ", "  - ", "at: ", "touchpoints:\n", "<<: *a"]
)


@given(st.lists(TOKENS, max_size=25).map("".join), st.integers(0, 40))
@settings(max_examples=examples(150))
def test_any_text(text: str, offset: int) -> None:
    analysis = Analysis(text, Path("a.journey.yaml"), Rules())
    everything(analysis, min(offset, len(analysis.document.source.text)))
    actions(analysis, "file:///a", Span(0, len(text)))


def test_the_process_lives_on(editor: Editor) -> None:
    name = "a.journey.yaml"
    editor.open(name, "")
    for text in (
        "[" * 50_000,
        "\ud83d".encode("utf-8", "replace").decode(),
        "a: &a [*a]\n",
        "\x00\x01",
        "- " * 9_000,
        SMALL,
    ):
        editor.type(name, text)
        editor.ask("textDocument/hover", editor.at(name, 0, 1))
        editor.ask("textDocument/completion", editor.at(name, 0, 2))
        editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": editor.uri(name)}})
    assert "bare-endpoint" in [finding["code"] for finding in editor.findings(name)]
