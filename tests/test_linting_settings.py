"""What the settings say of rules: severities, limits, and what is left out in some files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from journeykit.config import load_config
from journeykit.errors import ConfigError
from journeykit.finding import Severity
from journeykit.linting import Selection, lint
from journeykit.reading import read_text

TEXT = """\
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: annoyed
"""
Configure = Callable[[str], Selection]


@pytest.fixture
def configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Configure:
    """A selection by a settings file in the working folder."""
    monkeypatch.chdir(tmp_path)

    def selection(toml: str) -> Selection:
        (tmp_path / "journeykit.toml").write_text(toml, encoding="utf-8")
        return Selection.configured(load_config())

    return selection


def found(selection: Selection, name: str = "a.journey.yaml", text: str = TEXT) -> dict[str, Severity]:
    return {finding.rule: finding.severity for finding in lint(read_text(text, name), selection).findings}


def test_a_severity_is_that_of_the_findings(configure: Configure) -> None:
    selection = configure('[rules.bad-ending]\nseverity = "error"\n[rules.bare-persona]\nseverity = "info"\n')
    by_rule = found(selection)
    assert (by_rule["bad-ending"], by_rule["bare-persona"]) == (Severity.ERROR, Severity.INFO)
    assert by_rule["too-few-touchpoints"] is Severity.WARNING
    assert found(Selection())["bad-ending"] is Severity.WARNING


def test_the_severity_of_unused_suppressions_too(configure: Configure) -> None:
    selection = configure('[rules.unused-suppression]\nseverity = "error"\n')
    text = TEXT.replace("fixed", "fixed # journeykit: ignore[flat-importance]")
    assert found(selection, text=text)["unused-suppression"] is Severity.ERROR


def test_a_limit_is_passed_on_and_is_listed(configure: Configure) -> None:
    assert "too-few-touchpoints" in found(Selection())
    selection = configure("[rules.too-few-touchpoints]\ntouchpoints = 2\n")
    assert "too-few-touchpoints" not in found(selection)
    assert selection.known["too-few-touchpoints"].limits == {"touchpoints": 2}
    assert Selection().known["too-few-touchpoints"].limits == {"touchpoints": 5}


@pytest.mark.parametrize(
    ("toml", "message", "help"),
    [
        ("[rules.long-not]", 'rules.long-not: there is no rule "long-not"', 'did you mean "long-note"?'),
        ("[rules.feelings]", "family of rules", "name the rules"),
        ("[rules.unknown-key]", "no journey", ""),
        ("[rules.long-note]\nword = 5", "rules.long-note.word: long-note has no such limit", 'did you mean "words"?'),
        ("[rules.bare-persona]\nzzz = 5", "has no such limit", "only a severity"),
        ("[rules.long-note]\nwords = '5'", "\"words\" must be a whole number, not '5'", "the default is 60"),
        ("[rules.long-note]\nwords = 5.5", "a whole number", ""),
        ("[rules.long-note]\nwords = true", "a whole number, not true", ""),
        ("[rules.long-note]\nwords = -1", '"words" must not be negative', "the default is 60"),
        ("[rules.long-note]\nseverity = 'off'", "rules.long-note.severity", 'ignore = ["long-note"]'),
        ("[rules.long-note]\nseverity = 'eror'", "must be 'error', 'warning' or 'info'", '"error"'),
        ("rules = 5", '"rules" must be a table', "[rules]"),
        ("[rules]\nlong-note = 80", '"rules.long-note" must be a table', ""),
        (
            '[per-file-ignores]\n"*.yaml" = "feelings"',
            "must be a list of texts",
            'per-file-ignores."*.yaml" = ["feelings"]',
        ),
        ('[per-file-ignores]\n"a*" = ["feeling"]', 'per-file-ignores."a*": there is no rule or family', '"feelings"'),
        ('select = ["feeling"]', 'select: there is no rule or family "feeling"', '"feelings"'),
        ('ignore = ["feeling"]', "ignore: there is no rule", '"feelings"'),
    ],
)
def test_what_is_wrong_is_said_with_its_key(configure: Configure, toml: str, message: str, help: str) -> None:
    with pytest.raises(ConfigError) as error:
        configure(toml + "\n")
    assert "journeykit.toml" in error.value.message
    assert message in error.value.message
    assert help in error.value.help


def test_a_limit_with_a_fraction_is_taken_and_infinity_is_not(configure: Configure) -> None:
    assert (
        configure("[rules.inside-out-journey]\npercent = 62.5\n").known["inside-out-journey"].limits["percent"] == 62.5
    )
    with pytest.raises(ConfigError, match='"percent" must be a number, not inf'):
        configure("[rules.inside-out-journey]\npercent = inf\n")


def test_a_name_on_the_command_line_is_not_said_of_the_file(configure: Configure) -> None:
    configure("")
    with pytest.raises(Exception, match=r"^there is no rule") as error:
        Selection.configured(load_config().overridden(select=["feeling"]))
    assert not isinstance(error.value, ConfigError)


@pytest.mark.parametrize(
    ("pattern", "file", "left_out"),
    [
        ("drafts/**", "drafts/a.journey.yaml", True),
        ("drafts/**", "drafts/deep/a.journey.yaml", True),
        ("drafts/", "drafts/deep/a.journey.yaml", True),
        ("drafts/*", "drafts/deep/a.journey.yaml", True),
        ("drafts/**", "other/drafts/a.journey.yaml", False),
        ("drafts/**", "drafts.journey.yaml", False),
        ("*.draft.yaml", "deep/a.draft.yaml", True),
        ("a.journey.yaml", "deep/a.journey.yaml", True),
        ("/a.journey.yaml", "deep/a.journey.yaml", False),
        ("**", "../a.journey.yaml", False),
    ],
)
def test_rules_are_left_out_by_file(configure: Configure, pattern: str, file: str, left_out: bool) -> None:
    selection = configure(f'select = ["bad-ending", "bare-persona"]\n[per-file-ignores]\n"{pattern}" = ["feelings"]\n')
    assert found(selection, file).keys() == {"bare-persona"} | (set() if left_out else {"bad-ending"})


def test_patterns_are_held_against_the_folder_of_the_settings(
    configure: Configure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    selection = configure('[per-file-ignores]\n"drafts/**" = ["all"]\n')
    (tmp_path / "drafts").mkdir()
    monkeypatch.chdir(tmp_path / "drafts")
    assert found(selection, "a.journey.yaml") == {}
    assert found(selection, str(tmp_path / "drafts" / "a.journey.yaml")) == {}
    assert found(selection, "../a.journey.yaml")


def test_a_comment_for_a_rule_that_is_left_out_here_is_not_unused(configure: Configure) -> None:
    selection = configure('[per-file-ignores]\n"a*" = ["flat-importance"]\n')
    text = TEXT.replace("fixed", "fixed # journeykit: ignore[flat-importance]")
    assert "unused-suppression" not in found(selection, "a.yaml", text)
    assert "unused-suppression" in found(selection, "b.yaml", text)
