"""The channels known out of the box."""

import pytest

from journeykit.vocabulary.channels import SILENCE, canonical_channel, channel_name, channels
from journeykit.vocabulary.feelings import LANGUAGES

KNOWN = {
    "phone", "email", "social", "chat", "chatbot", "sms", "self-service", "in-person", "web", "app", "portal", "letter",
    "video", "store", "referral", "sign", "ad", "print", "review", "none", "self",
}  # fmt: skip


def test_all_channels_of_the_format_are_there() -> None:
    assert set(channels()) == KNOWN
    assert SILENCE in channels()


@pytest.mark.parametrize("id", sorted(KNOWN))
def test_a_channel_has_a_name_in_every_language(id: str) -> None:
    channel = channels()[id]
    assert channel.id == id
    assert set(channel.names) == set(LANGUAGES)
    assert all(name.strip() for name in channel.names.values())


@pytest.mark.parametrize("id", ["phone", "email", "social", "chat", "chatbot", "sms", "self-service", "in-person"])
def test_what_speaks_for_and_against_a_channel(id: str) -> None:
    channel = channels()[id]
    assert channel.pros and channel.cons and channel.ideal_for


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("phone", "phone"), ("Phone", "phone"), ("e-mail", "email"), ("telephone", "phone"), ("live chat", "chat"),
        ("Live  Chat", "chat"), ("face-to-face", "in-person"), ("none", "none"), ("pigeon", None), ("", None),
        ("Pošta", "letter"), ("posta", "letter"), ("ταχυδρομείο", "letter"), ("splet", "web"), ("ιστοσελίδα", "web"),
        ("honlap", "web"), ("web shop", "web"), ("vor Ort", "in-person"), ("Kundenportal", "portal"),
    ],
)  # fmt: skip
def test_aliases(name: str, id: str | None) -> None:
    assert canonical_channel(name) == id


def test_no_alias_is_a_channel_or_stands_for_two() -> None:
    aliases = [alias for channel in channels().values() for alias in channel.aliases]
    assert len(aliases) == len(set(aliases))
    assert not set(aliases) & KNOWN
    for alias in aliases:
        assert canonical_channel(alias.upper()) is not None


def test_names() -> None:
    assert channel_name("phone", "en") == channels()["phone"].names["en"]
    assert channel_name("e-mail", "hu-HU") == channels()["email"].names["hu"]
    assert channel_name("phone", "fr") == channels()["phone"].names["en"]
    assert channel_name("pigeon", "en") == "pigeon"
    assert channel_name("phone", "en", "Hotline") == "Hotline"
