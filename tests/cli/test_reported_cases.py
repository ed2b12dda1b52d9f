"""What was once wrong of findings: each reported file, and others of its kind.

Files on figures are in `test_figures_that_are_claimed`; a root that is a link is in `test_findings_formats`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from journeykit.finding import Finding
from journeykit.model.touchpoint import Touchpoint
from journeykit.reading import read_text
from journeykit.vocabulary.feelings import valence
from tests.conftest import ROOT, CommandLine
from tests.rules.judged import judged

CASES = Path(__file__).parents[1] / "data" / "cases"
HEAD = "title: I get it\npersona: P\n"


def reported(number: str) -> str:
    (path,) = CASES.glob(f"{number}-*.journey.yaml")
    return path.read_text(encoding="utf-8")


def faults(text: str) -> tuple[Finding, ...]:
    return read_text(text, "a.journey.yaml").findings


def hits(rule: str, text: str) -> list[str]:
    return [f"{hit.message} ({hit.help})" for hit in judged(rule, text)]


def test_01_counts_with_quoted_keys_are_held_against_their_scale() -> None:
    assert [fault.rule for fault in faults(reported("01"))] == ["counts-off-scale"] * 3
    for scale, bad in (
        ("1..5", "0"),
        ("1..7", "8"),
        ("0..10", "11"),
        ("1..10", "0"),
        ("-2..2", "3"),
        ("0..100", "101"),
    ):
        for key in (bad, f'"{bad}"', f"'{bad}'", f'" {bad}"'):
            where = f"touchpoints: [I go, {{title: I call, measured: {{scale: {scale}, counts: {{{key}: 5}}}}}}]\n"
            assert faults(HEAD + where), (scale, key)
    for kind, bad in (
        ("csat, scale: 1..5", "6"),
        ("rating, scale: 1..10", "0"),
        ("ces", "8"),
        ("ces1", "6"),
        ("nps", "11"),
    ):
        for key in (bad, f'"{bad}"'):
            kpi = f"touchpoints: [I call, I go]\nkpis: [{{kind: {kind}, counts: {{{key}: 5}}}}]\n"
            assert "counts-off-scale" in {fault.rule for fault in faults(HEAD + kpi)}, (kind, key)


def test_02_the_worst_low_point_is_found_wherever_it_is() -> None:
    (found,) = hits("ignored-low-point", reported("02"))
    assert "this is the worst (severity 75)" in found and "at: [fails]" in found
    for worst in range(4):
        feelings = ["furious" if number == worst else "annoyed" if number == 2 else "calm" for number in range(4)]
        points = ", ".join(f"{{id: p{n}, title: Part {n}, feeling: {word}}}" for n, word in enumerate(feelings))
        text = f"{HEAD}touchpoints: [{points}]\n"
        found_by = [one for rule in ("ignored-low-point", "bad-start", "bad-ending") for one in hits(rule, text)]
        assert any(f"at: [p{worst}]" in one for one in found_by), text


@pytest.mark.parametrize(
    "word",
    [*re.findall(r": (\w+)$", reported("03"), re.MULTILINE), "unfriedlich", "unglüklich", "unzufriden", "disatisfied",
     "unhapy", "uncomfortabel", "dishartened", "unvalued"],
)  # fmt: skip
def test_03_a_question_never_names_the_opposite(word: str) -> None:
    said = valence(word, {})
    for fault in faults(f"{HEAD}touchpoints: [I call: {word}, I go: calm]\n"):
        for meant in fault.suggestion:
            assert said is None
            value = valence(meant, {})
            assert value is not None and value <= 0, (word, meant)


def test_04_a_score_beside_its_limit_shows_the_difference() -> None:
    text = reported("04")
    assert "49.96" in hits("bad-start", text)[0] and "49.97" in hits("bad-ending", text)[0]
    assert "the highest is 74.97" in hits("missing-peak", text)[0]
    sent = "kpis: [{kind: csat, value: 80%, n: 1999, sent: 10000}]\n"
    (low,) = hits("low-response", f"{HEAD}touchpoints: [I call, I go]\n{sent}")
    assert "only 19.99 %" in low


def test_08_a_help_quotes_a_number_as_the_file_writes_it() -> None:
    helps = [fault.help for fault in faults(reported("08"))]
    assert [text for text in ('"1.10"', '"007"', '"0x1F"', '"1e3"') if any(text in help for help in helps)] == [
        '"1.10"', '"007"', '"0x1F"', '"1e3"'
    ]  # fmt: skip
    for number in ("1.0", "1_000", "+5", "0o17", ".5", "5.", "1E5", "00", "True", "1.10"):
        for key in ("title", "note", "owner"):
            text = {"title": "T", "persona": "P", "touchpoints": "[I call, I go]", key: number}
            for fault in faults("".join(f"{name}: {value}\n" for name, value in text.items())):
                assert fault.suggestion == (f'"{number}"',), fault


def test_09_a_stage_named_for_its_touchpoints() -> None:
    assert faults(reported("09")) == ()  # an opportunity may name a stage; what leads to one touchpoint may not
    stages = "stages:\n- {name: Look, touchpoints: [I read, I ask]}\n- {name: Use, touchpoints: [{title: I go, %s}]}\n"
    way = "decision: {question: Do I, options: [{answer: a, to: look}, {answer: b, to: end}]}"
    (fault,) = faults(HEAD + stages % way)
    assert "is the id of a stage" in fault.message and "i-read, i-ask" in fault.help
    (fault,) = faults(HEAD + stages % "by: company" + "feedback: [{at: look}]")
    assert "is the id of a stage" in fault.message


def test_10_suppressions_hold_at_the_parts_of_a_summary(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", reported("10"))
    done = cli("lint", "a.journey.yaml", "--select", "missing-channel,unused-suppression", "--show", "info")
    assert (done.status, done.out) == (0, "") and "3 suppressed" in done.err


def test_12_the_page_of_the_format_and_validate_agree_on_the_name_of_a_stage() -> None:
    (fault,) = faults(reported("12"))
    assert fault.rule == "empty-value"
    page = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    assert "| `name` | text | required | Name in the customer's words. |" in page
    assert "empty for the one stage" not in page


@pytest.mark.parametrize("text", ["150%", "-10%", "1.5", "-0.1", "200", '"150%"', '"1.5"', "101 %"])
@pytest.mark.parametrize("key", ["reach", "churn_risk"])
def test_14_no_help_names_a_share_that_is_refused_next(key: str, text: str) -> None:
    assert faults(reported("14"))[0].suggestion == ()
    (fault,) = faults(f"{HEAD}touchpoints: [{{title: I call, {key}: {text}}}, I go]\n")
    for named in re.findall(r"[-\d.]+%?", fault.help.split("write ")[-1]):
        written = named.rstrip(".")
        if re.search(r"\d", written) and key in Touchpoint.model_fields:
            assert not faults(f"{HEAD}touchpoints: [{{title: I call, {key}: {written}}}, I go]\n"), (
                fault.help,
                written,
            )


def test_15_one_title_is_one_finding() -> None:
    found = hits("duplicate-title", reported("15"))
    assert len(found) == 2 and "touchpoints 3, 5, 7 and 9" in found[0]
    words = ", ".join(["I call", "I wait", "i  CALL"] * 6)
    assert len(hits("duplicate-title", f"{HEAD}touchpoints: [{words}]\n")) == 2


@pytest.mark.parametrize(
    "opening",
    ["I feel unwell", "I lose my card", "My laptop crashes", "My flight is cancelled", "I cannot log in", "Fáj a fogam",
     "Mein Keller steht unter Wasser", "Kartımı kaybediyorum", "Izgubim kartico", "Χάνω την κάρτα μου"],
)  # fmt: skip
def test_16_what_precedes_contact_is_no_bad_start(opening: str) -> None:
    assert hits("bad-start", reported("16")) == []
    for lang in ("en", "de", "fr"):
        for before in ("", ", channel: self", ", channel: none", ", by: partner, channel: phone"):
            points = f'[{{title: "{opening}", satisfaction: -2{before}}}, {{title: I call, feeling: calm}}]'
            assert hits("bad-start", f"{HEAD}lang: {lang}\ntouchpoints: {points}\n") == []
    contact = f'{HEAD}touchpoints: [{{title: "{opening}", satisfaction: -2, channel: app}}, I call: calm]\n'
    assert len(hits("bad-start", contact)) == 1


def test_18_a_help_keeps_the_feeling_behind_the_hash() -> None:
    (fault,) = faults(reported("18"))
    assert 'put the text into quotes: "I call #2 support": calm' in fault.help
    for line, title, feeling in (
        ("I call #2: calm", "I call #2", ("calm",)),
        ("I ask #sales team again: happy", "I ask #sales team again", ("happy",)),
        ("I see #1 in town", "I see #1 in town", ()),
    ):
        (fault,) = faults(f"{HEAD}touchpoints:\n  - {line}\n  - They come: calm\n")
        written = fault.help.removeprefix("put the text into quotes: ").partition("; or")[0]
        journey = read_text(f"{HEAD}touchpoints:\n  - {written}\n  - They come: calm\n", "a.yaml").journey
        assert journey is not None
        assert (journey.touchpoints[0].title, journey.touchpoints[0].feeling) == (title, feeling)
