"""What brings customers here is answered by help: nobody can make it better."""

from datetime import date

import pytest

from journeykit.linting import lint
from journeykit.reading import read_text


@pytest.mark.parametrize(
    ("channel", "first"), [("self", "what would help customers here"), ("phone", "what would make it")]
)
def test_the_help_fits_who_can_act(channel: str, first: str) -> None:
    text = f"""\
title: I get a new laptop
persona: Auditor
touchpoints:
  - {{title: My bag is stolen, channel: self, feeling: {"desperate" if channel == "self" else "calm"}}}
  - {{title: The help desk answers, channel: phone, feeling: {"relieved" if channel == "self" else "desperate"}}}
  - {{title: I get a loan, channel: in-person, feeling: relieved}}
"""
    findings = lint(read_text(text, "a.journey.yaml"), today=date(2026, 6, 1)).findings
    helps = [one.help for one in findings if one.rule == "ignored-low-point"]
    assert len(helps) == 1
    assert helps[0].startswith(f"add {first}")
