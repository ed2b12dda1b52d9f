"""Rules of this family that look at all touchpoints at once: where they are silent."""

import pytest

from tests.rules.judged import judged

HEAD = "title: I get my router fixed\npersona: Home customer\n"


def touchpoints(*items: str) -> str:
    return HEAD + "touchpoints:\n" + "".join(f"  - {{title: I do {n}{item}}}\n" for n, item in enumerate(items))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (touchpoints(*["" for _ in range(8)]), True),
        (touchpoints(*["" for _ in range(7)]), False),
        (touchpoints(*["" for _ in range(8)], ", importance: 4"), False),
        (touchpoints(*["" for _ in range(8)], ", moment_of_truth: true"), False),
    ],
)
def test_a_moment_of_truth_is_missed_from_8_touchpoints_on(text: str, found: bool) -> None:
    assert bool(judged("missing-moment-of-truth", text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (touchpoints(", importance: 3", ", importance: 3"), True),
        (touchpoints(", importance: 3", ""), False),
        (touchpoints(", importance: 3", ", importance: 4"), False),
        (touchpoints("", ""), False),
    ],
)
def test_importance_is_flat_only_where_it_is_given(text: str, found: bool) -> None:
    assert bool(judged("flat-importance", text)) == found


@pytest.mark.parametrize(
    ("phases", "found"),
    [
        (["before", "after"], True),
        (["before", "during", "renewal"], False),
        (["during", "during"], False),
        (["before", None], False),
        ([None, None], False),
    ],
)
def test_a_renewal_is_missed_where_there_are_phases(phases: list[str | None], found: bool) -> None:
    text = HEAD + "stages:\n"
    for number, phase in enumerate(phases):
        given = f", phase: {phase}" if phase else ""
        text += f"  - {{name: Stage {number}{given}, touchpoints: [{{title: I do {number}, churn_risk: low}}]}}\n"
    assert bool(judged("missing-renewal", text)) == found
    assert not judged("missing-renewal", text.replace(", churn_risk: low", ""))


@pytest.mark.parametrize(
    ("lang", "title", "found"),
    [
        ("de", "Das System schickt eine Bestätigung", True),
        ("hu", "A rendszer visszaigazolást küld", True),
        ("sl", "Sistem pošlje potrdilo", True),
        ("tr", "Sistem onay gönderir", True),
        ("el", "Το σύστημα στέλνει επιβεβαίωση", True),
        ("en-GB", "The system sends a confirmation", True),
        ("fr", "Agent de service", False),
        ("de", "Ich bekomme eine Bestätigung", False),
    ],
)
def test_who_the_subject_is_depends_on_the_language(lang: str, title: str, found: bool) -> None:
    text = f"title: x\nlang: {lang}\npersona: y\ntouchpoints:\n  - title: {title}\n  - title: Z\n"
    assert bool(judged("company-sentence", text)) == found
