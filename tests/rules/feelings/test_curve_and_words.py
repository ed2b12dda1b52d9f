"""Rules on the curve as a whole, and on the words, at their limits."""

import pytest

from tests.rules.judged import found_by, judged, lines

HEAD = "title: I get my router fixed\npersona: Home customer\nscale: 0..100\n"


def curve(*scores: float | None) -> str:
    """A journey with these scores; None is an unrated touchpoint."""
    text = HEAD + "touchpoints:\n"
    for number, score in enumerate(scores):
        text += f"  - {{title: I do {number}{'' if score is None else f', satisfaction: {score}'}}}\n"
    return text


def words(*feelings: str, lang: str = "en", head: str = "") -> str:
    listed = "".join(f"  - {{title: I do {n}, feeling: [{feeling}]}}\n" for n, feeling in enumerate(feelings))
    return f"title: x\nlang: {lang}\npersona: y\n{head}touchpoints:\n{listed}"


@pytest.mark.parametrize(
    ("scores", "found"),
    [
        ([60, 90, 49.9], True),
        ([60, 90, 50], True),
        ([50, 90, 50], False),
        ([30, 90, 50], False),
        ([90, 70], False),
        ([90, None, 70], False),
        ([90, 49], True),
        ([90, 20, None], False),
    ],
)
def test_an_ending_is_bad_below_neutral_or_below_all_others(scores: list[float | None], found: bool) -> None:
    assert bool(judged("bad-ending", curve(*scores))) == found


@pytest.mark.parametrize(("scores", "found"), [([49, 80], True), ([50, 80], False), ([None, 20], False)])
def test_a_start_is_bad_below_neutral(scores: list[float | None], found: bool) -> None:
    text = curve(*scores).replace("title: I do 0", "title: I do 0, channel: phone")
    assert bool(judged("bad-start", text)) == found


@pytest.mark.parametrize(
    ("scores", "flat", "peakless"),
    [
        ([50, 51, 52, 53, 54], True, False),
        ([50, 51, 52, 53], False, True),
        ([50, 51, 52, 53, None], False, True),
        ([45, 51, 52, 53, 70], False, True),
        ([45, 51, 52, 53, 69.9], True, False),
        ([45, 51, 52, 53, 75], False, False),
        ([80, 81, 82, 83, 84], True, False),
        ([None, None], False, False),
    ],
)
def test_a_flat_curve_is_not_also_found_to_have_no_peak(scores: list[float | None], flat: bool, peakless: bool) -> None:
    assert bool(judged("flat-curve", curve(*scores))) == flat
    assert bool(judged("missing-peak", curve(*scores))) == peakless


@pytest.mark.parametrize(
    ("lang", "word", "foreign"),
    [
        ("en", "frustrated", False),
        ("en", "frustriert", True),
        ("de", "frustriert", False),
        ("de-AT", "Frustriert", False),
        ("de", "neutral", False),
        ("en", "neutral", False),
        ("hu", "neutral", True),
        ("sl", "zadovoljna", False),
        ("tr", "İyimser", False),
        ("tr", "hoparlör", False),
        ("el", "χαρούμενη", False),
        ("el", "happy", True),
        ("fr", "happy", False),
        ("sr-Latn", "frustriran", False),
    ],
)
def test_a_word_is_foreign_unless_the_language_has_it(lang: str, word: str, foreign: bool) -> None:
    text = words(word, "hoparlör", lang=lang, head="feelings: {hoparlör: 1}\n")
    assert bool(judged("foreign-feeling-word", text)) == foreign


def test_the_word_of_the_own_language_is_suggested() -> None:
    (hit,) = judged("foreign-feeling-word", words("frustrated", "ponosen", lang="sl"))
    assert hit.help == "write frustriran or frustrirana"


@pytest.mark.parametrize(
    ("lang", "word", "found"),
    [
        ("en", "Slow", True),
        ("de", "langsam", True),
        ("hu", "lassú", True),
        ("sl", "počasno", True),
        ("tr", "yavaş", True),
        ("el", "αργό", True),
        ("fr", "lent", False),
        ("en", "on edge", False),
    ],
)
def test_judgements_are_known_in_six_languages(lang: str, word: str, found: bool) -> None:
    text = words(word, word, lang=lang, head=f"feelings: {{{word}: -1}}\n")
    assert bool(judged("judgement-as-feeling", text)) == found


def test_a_map_without_any_evidence_is_one_finding_at_its_basis() -> None:
    assert lines("missing-evidence", HEAD + "basis: research\ntouchpoints: [I call, It works]\n") == [4]
    assert lines("missing-evidence", HEAD + "basis: assumption\ntouchpoints: [I call, It works]\n") == []


@pytest.mark.parametrize(
    ("touchpoint", "rules"),
    [
        ("channel: phone", ["missing-feeling"]),
        ("channel: phone, feeling: surprised", ["ambiguous-feeling"]),
        ("channel: phone, feeling: surprised, satisfaction: 100, expected: 50", []),
        ("channel: phone, feeling: [angry, delighted]", ["mixed-feelings"]),
        ("channel: phone, feeling: angry, satisfaction: 80", ["contradicting-feeling"]),
        ("channel: phone, feeling: angry, measured: {mean: 80, n: 50}", ["contradicted-by-survey"]),
        ("feeling: angry", ["missing-channel"]),
    ],
)
def test_one_mistake_is_one_finding(touchpoint: str, rules: list[str]) -> None:
    ends = "channel: phone, feeling: happy"
    items = [f"{{title: I do {n}, {given}}}" for n, given in enumerate((ends, touchpoint, ends))]
    text = HEAD + f"touchpoints: [{', '.join(items)}]\n"
    assert found_by(("touchpoints", "channels", "feelings"), text) == rules
