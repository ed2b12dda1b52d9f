"""A new map: the fewest lines that are a journey, in the language that was asked for."""

from __future__ import annotations

from journeykit.changing.emitter import inline
from journeykit.editing.refusal import ActRefusedError, MalformedError, first_error
from journeykit.model.slug import slug
from journeykit.reading import read_text

ENDS = {
    "en": ("I begin", "I have what I wanted"),
    "de": ("Ich fange an", "Ich habe, was ich wollte"),
    "hu": ("Elkezdem", "Megvan, amit akartam"),
    "sl": ("Začnem", "Imam, kar sem želel"),
    "tr": ("Başlıyorum", "İstediğim oldu"),
    "el": ("Ξεκινώ", "Έχω αυτό που ήθελα"),
}
"""The two touchpoints that a journey has at least, by language."""
ENDING = ".journey.yaml"
LONGEST = 60


def new_map(title: str, persona: str, goal: str, lang: str) -> str:
    """Return the text of a new map. Raises ActRefusedError if it would be no journey."""
    if not title.strip() or not persona.strip():
        raise MalformedError("a map has a title and a persona", "write both")
    lines = [f"title: {_one_line(title)}"]
    lines += [f"lang: {inline(lang)}"] if lang and lang != "en" else []
    lines += [f"persona: {_one_line(persona)}"]
    lines += ["goals:", f"  - {_one_line(goal)}"] if goal.strip() else []
    lines += ["touchpoints:", *(f"  - {inline(one)}" for one in ENDS.get(lang.partition("-")[0].lower(), ENDS["en"]))]
    text = "".join(f"{line}\n" for line in lines)
    document = read_text(text, f"new{ENDING}")
    if document.journey is None:
        raise first_error(document)
    return text


def _one_line(text: str) -> str:
    return inline(" ".join(text.split()))


def file_name(title: str, wanted: str) -> str:
    """Return the name of the file of a new map: the one that is wanted, else one made from its title."""
    name = wanted.strip()
    if not name:
        return f"{slug(title)[:LONGEST].strip('-') or 'my'}{ENDING}"
    if name != name.replace("\\", "/").rpartition("/")[2] or name.startswith(".") or not name.isprintable():
        raise ActRefusedError("the name of a file has no folders, and does not begin with a dot", "write a plain name")
    return name if name.endswith((".yaml", ".yml")) else f"{name}{ENDING}"
