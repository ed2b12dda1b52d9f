"""Format and fix maps that were changed at random, and check that nothing is lost.

    python -m tests.changing.many_layouts [COUNT [FIRST_SEED]]

Of each text that is a journey:

- Formatting keeps its data (but names of channels) and its comments, and formatting again changes nothing. What has no
  canonical layout stays as it is, with a reason and its place.
- Fixing keeps a journey with the same touchpoints, all comments on lines of their own, and the kind of its line ends;
  fixing again changes nothing.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from journeykit.changing import apply_fixes
from journeykit.changing.data import same_data
from journeykit.changing.fmt import format_journey
from journeykit.linting import lint
from journeykit.linting.suppression import Comment, comments_of
from journeykit.reading import Document, read_text
from journeykit.vocabulary.channels import canonical_channel
from tests.changing.edited_maps import Author

NAME = "map.journey.yaml"
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
WORDS = (
    "I wait  long",
    "it's",
    '"quoted"',
    "a: b",
    "x #y",
    "日本語 です",
    "😀",
    "x" * 3000,
    "no",
    "3",
    "~",
    "telephone",
    "e-mail,",
)


def start(random: Random) -> str:
    """A map to change."""
    if random.random() < 0.4:
        return random.choice(EXAMPLES).read_text(encoding="utf-8")
    author = Author(random, "base")
    return author.edited(author.map(), random.randint(0, 4)).text()


def changed(seed: int) -> str:
    """A map with some changes of its text."""
    random = Random(seed)
    text = start(random)
    for _ in range(random.choice([1, 1, 2, 3, 5])):
        text = random.choice(CHANGES)(text, random)
    return text


def _line(text: str, random: Random) -> tuple[list[str], int]:
    lines = text.split("\n")
    return lines, random.randrange(len(lines))


def comment_behind(text: str, random: Random) -> str:
    """Write a comment at the end of a line, with or without a space before it."""
    lines, at = _line(text, random)
    lines[at] += random.choice([" ", "", "  ", "\t"]) + f"# c{random.randint(0, 99)}"
    return "\n".join(lines)


def comment_alone(text: str, random: Random) -> str:
    """Write a comment or an empty line between two lines, at any column."""
    lines, at = _line(text, random)
    lines.insert(at, random.choice([" " * random.randint(0, 9) + f"# d{random.randint(0, 99)}", "", "   ", "\t# tab"]))
    return "\n".join(lines)


def spaces(text: str, random: Random) -> str:
    """Add or remove a space or tab somewhere."""
    at = random.randrange(len(text) + 1)
    if random.random() < 0.5 and text[at : at + 1] in (" ", ","):
        return text[:at] + text[at + 1 :]
    return text[:at] + random.choice([" ", "  ", "\t"]) + text[at:]


def word(text: str, random: Random) -> str:
    """Write another value behind a colon."""
    return _value(text, random, lambda _: random.choice(WORDS))


def quotes(text: str, random: Random) -> str:
    """Put a value into quotes, over lines or below | or >."""

    def styled(value: str) -> str:
        indent = " " * 12
        return random.choice(
            [f'"{value}"', f"'{value}'", f"|\n{indent}{value}", f">-\n{indent}{value}\n\n{indent}more",
             f"|+\n{indent}{value}\n\n", f'"{value}\n{indent}more"', f"{value}\n{indent}more", f"|2\n{indent}{value}",
             f"!!str {value}", f"\n{indent}{value}", f"# c\n{indent}{value}", f'"{value}"# c']
        )  # fmt: skip

    return _value(text, random, styled)


def anchor(text: str, random: Random) -> str:
    """Give a value an anchor, and write an alias of it elsewhere."""
    name = f"a{random.randint(0, 9)}"
    text = _value(text, random, lambda value: f"&{name} {value}")
    return _value(text, random, lambda _: f"*{name}")


def flow(text: str, random: Random) -> str:
    """Write a list of one value, or a touchpoint, in brackets."""
    styles: list[Callable[[str], str]] = [
        lambda value: f"[{value}]", lambda value: f"[{value}, # c\n {' ' * 12}{value}2]", lambda value: f"[ {value} ,]",
        lambda value: f"{{title: {value},channel: telephone}}", lambda value: f"[{value}]# c",
    ]  # fmt: skip
    return _value(text, random, random.choice(styles))


ITEMS = (
    "- {title: Wow!,channel: telephone}",
    "- {title: Wow, channel: [e-mail,\n     telephone]}# c",
    '- "k"#c',
    "- I call again: angry#c",
    "- ? I call\n  : angry",
    "-\n  I call",
    '- {"title":"x","feeling":"angry"}',
    "- # c\n  title: x",
    "- title: x # c\n\n\n  feeling: angry",
    "- [I call]",
)


def item(text: str, random: Random) -> str:
    """Put a touchpoint somewhere."""
    lines, at = _line(text, random)
    pad = " " * random.choice([0, 2, 4, 6])
    lines.insert(at, pad + random.choice(ITEMS).replace("\n", "\n" + pad))
    return "\n".join(lines)


def indent(text: str, random: Random) -> str:
    """Move some lines to the right."""
    lines, at = _line(text, random)
    for number in range(at, min(len(lines), at + random.randint(1, 12))):
        lines[number] = "  " + lines[number]
    return "\n".join(lines)


def document(text: str, random: Random) -> str:
    """Change how the text starts, ends, or ends its lines."""
    ways = (
        f"---\n{text}", f"%YAML 1.2\n---\n# x\n{text}", f"{text}...\n", text.rstrip("\n"), text.replace("\n", "\r\n"),
        text.replace("\n", "\r"), f"{text}\n\n\n# end", f"--- # x\n{text}", f"\n\n{text}",
        text.replace("\n", "\r\n", 3),
    )  # fmt: skip
    return random.choice(ways)


def _value(text: str, random: Random, style: Callable[[str], str]) -> str:
    found = list(re.finditer(r"(?<=: )[^\s\[{|>&*#\"'][^#\n]*?(?= *(?:#|\n|$))", text))
    if not found:
        return text
    one = random.choice(found)
    return text[: one.start()] + style(one[0]) + text[one.end() :]


CHANGES = (
    comment_behind, comment_behind, comment_alone, comment_alone, spaces, spaces, word, quotes, quotes, anchor, flow,
    item, indent, document,
)  # fmt: skip


def comments(document: Document) -> list[Comment]:
    """The comments of a document."""
    return comments_of(document.source)


def without_names(data: Any) -> Any:
    """Data with names of channels as their ids."""
    if isinstance(data, dict):
        return {key: without_names(value) for key, value in data.items()}
    if isinstance(data, list):
        return [without_names(value) for value in data]
    return canonical_channel(data) or data if isinstance(data, str) else data


def check(text: str) -> str:
    """Check one text; return the result, raise AssertionError if it is wrong."""
    document = read_text(text, NAME)
    if document.journey is None:
        return "no journey"
    found = format_journey(document)
    assert not found.broken, f"{found.problem} {found.at}"
    result = "left as it is" if found.problem else "formatted"
    if found.problem:
        assert found.text == text
        assert found.at.line <= text.count("\n") + text.count("\r") + 1
    else:
        check_layout(document, found.text)
    check_fixes(document)
    return result


def check_layout(old: Document, text: str) -> None:
    """Check a formatted text."""
    new = read_text(text, NAME)
    assert new.journey, new.findings[:1]
    assert old.yaml
    assert new.yaml
    assert same_data(without_names(old.yaml.data), without_names(new.yaml.data)), "other data"
    assert Counter(one.text.rstrip() for one in comments(old)) == Counter(one.text.rstrip() for one in comments(new))
    again = format_journey(new)
    assert (again.text, again.problem) == (text, ""), f"formatted twice: {again.problem}"


def check_fixes(old: Document) -> None:
    """Check the text with all fixes made."""
    assert old.journey
    found = apply_fixes(old, lint, unsafe=True)
    new = found.document
    assert new.journey
    assert len(new.journey.touchpoints) == len(old.journey.touchpoints)
    alone = [one.text for one in comments(old) if one.alone]
    assert [one.text for one in comments(new) if one.alone] == alone, "a comment is lost"
    assert not Counter(one.text for one in comments(new)) - Counter(one.text for one in comments(old))
    assert ("\r\n" in new.source.text) == ("\r\n" in old.source.text)
    again = apply_fixes(new, lint, unsafe=True)
    assert again.document.source.text == new.source.text, "fixed twice"


def main(count: int, first: int = 0) -> int:
    """Check texts and print how they went; return how many are wrong."""
    results: Counter[str] = Counter()
    wrong = 0
    for seed in range(first, first + count):
        try:
            results[check(changed(seed))] += 1
        except Exception as error:
            wrong += 1
            print(f"seed {seed}: {type(error).__name__}: {str(error)[:300]}", flush=True)
    counts = ", ".join(f"{number:,} {result}" for result, number in sorted(results.items()))
    print(f"seeds {first} to {first + count - 1}: {count:,} texts: {counts}; {wrong:,} wrong", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(min(1, main(*(int(word) for word in sys.argv[1:] or ["5000"]))))
