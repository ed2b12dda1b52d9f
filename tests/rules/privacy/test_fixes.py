"""What the fixes of this family write, and that nothing is found afterwards."""

import json

import pytest

from journeykit.fix import Set
from tests.rules.judged import judged
from tests.vocabulary.test_contacts import PRIVATE

HEAD = "title: I get my router fixed\npersona: Home customer\n"


def fixes(id: str, text: str) -> list[Set]:
    found = [change for hit in judged(id, text) if hit.fix for change in hit.fix.changes]
    assert all(isinstance(change, Set) for change in found)
    return [change for change in found if isinstance(change, Set)]


@pytest.mark.parametrize(("text", "without"), PRIVATE)
def test_only_the_address_or_number_is_redacted_and_nothing_is_found_again(text: str, without: str) -> None:
    journey = HEAD + "touchpoints:\n  - A: calm\n  - {title: B, quote: %s}\n"
    assert fixes("contact-data", journey % json.dumps(text)) == [Set(("touchpoints", 1, "quote", 0), without)]
    assert judged("contact-data", journey % json.dumps(without)) == []


def test_messages_do_not_repeat_what_they_found() -> None:
    (hit,) = judged("contact-data", HEAD + "note: kata@posta.hu, 06 30 123 4567\ntouchpoints: [A, B]\n")
    assert hit.message == "an e-mail address and a phone number in a text"


def test_a_number_for_yaml_is_redacted_as_a_text() -> None:
    text = "title: A\npersona: {name: B, facts: {phone: +36301234567, floor: 4}}\ntouchpoints: [A, B]\n"
    assert fixes("contact-data", text) == [Set(("persona", "facts", "phone"), "[phone]")]


@pytest.mark.parametrize(
    ("privacy", "changes"),
    [
        ("", [Set(("privacy", "personal_data"), ["name", "photo"])]),
        ("privacy: {retention: 1y}", [Set(("privacy", "personal_data"), ["name", "photo"])]),
        (
            "privacy: {personal_data: [address]}",
            [Set(("privacy", "personal_data", 1), word) for word in ("name", "photo")],
        ),
        ("privacy: {personal_data: [address, name]}", [Set(("privacy", "personal_data", 2), "photo")]),
    ],
)
def test_undeclared_data_is_added_to_what_there_is(privacy: str, changes: list[Set]) -> None:
    journey = (
        HEAD + "touchpoints:\n  - {title: A, personal_data: [name]}\n  - {title: B, personal_data: [Name, photo]}\n"
    )
    assert fixes("undeclared-personal-data", journey + privacy) == changes
