"""The built-in channels, with their advantages and disadvantages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

SILENCE = "none"
"""The channel of a touchpoint at which the customer only waits."""
ALONE = "self"
"""The channel of a touchpoint at which the customer is in contact with nobody and does not wait either."""
NO_CONTACT = frozenset({SILENCE, ALONE})
AMBIGUOUS = {"mail": ("letter", "email")}
"""Names that may mean either of two channels: in English, mail comes by post as well."""


class Channel(NamedTuple):
    """A channel; `names` has its name by language."""

    id: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    pros: str
    cons: str
    ideal_for: str


@lru_cache(1)
def channels() -> Mapping[str, Channel]:
    """Return all built-in channels by id."""
    text = Path(__file__).with_name("data").joinpath("channels.tsv").read_text(encoding="utf-8")
    head, *lines = text.splitlines()
    languages = head.split("\t")[5:]
    return {channel.id: channel for channel in (_channel(line.split("\t"), languages) for line in lines)}


def _channel(cells: list[str], languages: list[str]) -> Channel:
    id, aliases, pros, cons, ideal_for, *names = cells
    named = {lang: name for lang, name in zip(languages, names, strict=True) if name}
    return Channel(id, named, tuple(aliases.split(";")) if aliases else (), pros, cons, ideal_for)


def meant_channels(name: str, lang: str) -> tuple[str, ...]:
    """Return the channels that an ambiguous name may mean, the likelier first; nothing for other names."""
    meant = AMBIGUOUS.get(" ".join(name.casefold().split()), ())
    return meant if lang == "en" else meant[::-1]


@lru_cache(1)
def _aliases() -> dict[str, str]:
    return {alias: channel.id for channel in channels().values() for alias in channel.aliases}


@lru_cache(1024)
def canonical_channel(name: str) -> str | None:
    """Return the id of the built-in channel with this id or alias; None if there is none."""
    key = " ".join(name.casefold().split())
    return key if key in channels() else _aliases().get(key)


def channel_name(id: str, lang: str, own: str | None = None) -> str:
    """Return the name of a channel in a language: the file's own name, the built-in one, else its id."""
    if own:
        return own
    known = channels().get(canonical_channel(id) or "")
    if known is None:
        return id
    return known.names.get(lang.split("-")[0].lower(), known.names["en"])
