"""Shared definitions of a repository: those of the journey itself take precedence."""

from __future__ import annotations

from typing import Any

import pytest

from journeykit.linting import Selection, lint
from journeykit.reading import Document, Shared, read_text
from journeykit.reading.shared import faults_in
from journeykit.scoring import low_points, score

SAM = {"name": "Sam, translator", "wants": ["a date"], "prefers": ["telephone"]}
SHARED = Shared(
    channels={"locker": {"name": "Parcel locker"}, "kiosk": {}},
    feelings={"hangry": -1.5, "good": 1},
    personas={"sam": SAM},
    scoring={"pain": 60, "profile": "mean"},
)
TEXT = """\
title: I get my parcel
persona: sam
touchpoints:
  - {title: I go to the locker, channel: locker, feeling: hangry}
  - {title: It opens, channel: locker, satisfaction: 0}
  - {title: I go home, channel: store, feeling: happy}
"""


def read(text: str, shared: Shared = SHARED) -> Document:
    return read_text(text, "a.journey.yaml", shared)


def found(document: Document, *select: str) -> list[tuple[str, int, str]]:
    findings = lint(document, Selection.of(select)).findings
    return [(finding.rule, finding.start.line, finding.help) for finding in findings]


def test_a_journey_reads_as_if_it_had_them() -> None:
    journey = read(TEXT).journey
    assert journey is not None
    assert (journey.persona.id, journey.persona.name, journey.persona.wants) == ("sam", "Sam, translator", ("a date",))
    assert journey.channels["locker"].name == "Parcel locker"
    scores = score(journey)
    assert scores.touchpoints[0].score == 12.5
    assert scores.settings.profile == "mean"
    assert [low.id for low in low_points(journey)] == ["i-go-to-the-locker", "it-opens"]  # 50 is below the 60 of pain


def test_without_them_the_words_are_unknown_and_the_persona_is_a_name() -> None:
    document = read_text(TEXT, "a.journey.yaml")
    assert [finding.rule for finding in document.findings] == ["unknown-feeling"]
    journey = read_text(TEXT.replace("hangry", "sad"), "a.journey.yaml").journey
    assert journey is not None
    assert journey.persona.name == "sam"


def test_a_name_that_is_no_id_stays_a_name() -> None:
    journey = read(TEXT.replace("persona: sam", "persona: Sam")).journey
    assert journey is not None
    assert (journey.persona.name, journey.persona.wants) == ("Sam", ())


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("channels: {locker: {name: Box}}", {"locker": "Box", "kiosk": None}),
        ("channels: {locker: }", {"locker": "Parcel locker", "kiosk": None}),
        ("channels: {own: {name: Own}}", {"locker": "Parcel locker", "kiosk": None, "own": "Own"}),
        ("channels:", {"locker": "Parcel locker", "kiosk": None}),
    ],
)
def test_the_channels_of_the_file_win(more: str, expected: dict[str, str | None]) -> None:
    journey = read(f"{TEXT}{more}\n").journey
    assert journey is not None
    assert {id: channel.name for id, channel in journey.channels.items()} == expected


def test_the_feelings_of_the_file_win_however_they_are_written() -> None:
    document = read(TEXT + "feelings: {HANGRY: 1}\n")
    assert document.findings == ()
    assert document.journey is not None
    assert score(document.journey).touchpoints[0].score == 75


@pytest.mark.parametrize(
    ("scoring", "profile", "pain"),
    [
        ("{pain: 20}", "mean", 20.0),
        ("{profile: peak-end}", "peak-end", 60.0),
        ("{weights: {end: 1}}", "custom", 60.0),
        ("{critical: 10}", "mean", 60.0),
        ("", "mean", 60.0),
    ],
)
def test_the_scoring_of_the_file_wins_key_by_key(scoring: str, profile: str, pain: float) -> None:
    document = read(f"{TEXT}scoring: {scoring}\n")
    assert document.journey is not None, document.findings
    settings = score(document.journey).settings
    assert (settings.profile, settings.pain) == (profile, pain)


def test_what_is_wrong_in_a_file_is_found_as_ever() -> None:
    for wrong in ("channels: 5", "feelings: [a]", "scoring: x", "channels: {locker: 5}"):
        document = read(f"{TEXT}{wrong}\n")
        assert [(finding.rule, finding.start.line) for finding in document.findings][-1] == ("wrong-type", 7), wrong


def test_a_near_miss_is_led_to_a_shared_word() -> None:
    (finding,) = read(TEXT.replace("hangry", "hangy")).findings
    assert finding.help == 'did you mean "hangry"?'
    document = read(TEXT.replace("channel: locker, feeling", "channel: lokcer, feeling"))
    assert ("unknown-channel", 4, 'did you mean "locker"?') in found(document, "unknown-channel")
    document = read(TEXT.replace("persona: sam", "persona: Samm"))
    assert found(document, "bare-persona") == [("bare-persona", 2, 'did you mean "sam"?')]
    assert found(read(TEXT.replace("persona: sam", "persona: Home customer")), "bare-persona")[0][2].startswith(
        "add `f"
    )


def test_no_rule_complains_of_a_shared_word_in_a_file() -> None:
    words = ("undescribed-channel", "unused-definition", "judgement-as-feeling")
    assert found(read(TEXT), *words) == []
    own = TEXT + "channels: {box: {}}\nfeelings: {bad: -1}\n"
    assert {rule for rule, _, _ in found(read(own), *words)} == set(words)


def test_what_a_rule_says_of_a_shared_persona_stands_at_its_name_and_has_no_fix() -> None:
    findings = lint(read(TEXT), Selection.of(["unknown-channel", "unpreferred-channels"])).findings
    assert {(finding.rule, finding.start, finding.path) for finding in findings} == {
        ("unknown-channel", (2, 10), ("persona",)),
        ("unpreferred-channels", (2, 10), ("persona",)),
    }
    assert [finding.fix for finding in findings] == [None, None]


def test_nothing_given_is_changed() -> None:
    read(TEXT + "channels: {own: {}}\n")
    assert SHARED.channels.keys() == {"locker", "kiosk"}
    assert SHARED.personas["sam"] == SAM


@pytest.mark.parametrize(
    ("shared", "path", "message"),
    [
        ({"feelings": {"hangry": -9}}, ("feelings", "hangry"), "from -2 to 2"),
        ({"feelings": {"Hangry": -1, "hangry": -1}}, ("feelings", "hangry"), "the same word"),
        ({"channels": {"locker": {"nam": "x"}}}, ("channels", "locker", "nam"), "unknown key"),
        ({"channels": {"locker": "x"}}, ("channels", "locker"), "must be"),
        ({"personas": {"sam": {"name": "S", "wantz": []}}}, ("personas", "sam", "wantz"), "unknown key"),
        ({"personas": {"sam": {}}}, ("personas", "sam", "name"), "missing"),
        ({"personas": {"Sam X": {"name": "S"}}}, ("personas", "Sam X"), "not an id"),
        ({"personas": {"sam": "S"}}, ("personas", "sam"), "table"),
        ({"scoring": {"pian": 45}}, ("scoring", "pian"), "unknown key"),
        ({"scoring": {"weights": {"mean": 0.5}}}, ("scoring", "weights"), "sum to 0.5"),
    ],
)
def test_faults_of_shared_definitions(shared: dict[str, Any], path: tuple[str, ...], message: str) -> None:
    ((where, said, _),) = faults_in(Shared(**shared))
    assert where == path
    assert message in said


def test_what_holds_has_no_faults() -> None:
    assert list(faults_in(SHARED)) == []
