"""Data written as YAML in every style that people and programs use."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any

from hypothesis import strategies as st

PLAIN = re.compile(r"[A-Za-zÀ-žΑ-ωА-я가-힣一-龥😀][\w .()/'À-žΑ-ωА-я가-힣一-龥😀-]*[\w.)À-žΑ-ωА-я가-힣一-龥😀]")
RESOLVED = re.compile(r"(?i)null|true|false|yes|no|on|off|[.](inf|nan)")

characters = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\x85\u2028\u2029\ufeff\ufffe\uffff"
)  # fmt: skip
texts = st.one_of(
    st.from_regex(r"[A-Za-zé ]{1,12}", fullmatch=True),
    st.text(characters, max_size=12),
    st.sampled_from(
        ["", " ", "no", "2024-13-45", "2026-03-02", "10:30", "1_000", "0o7", "it's", 'say "x"', "a: b", "#x", "a #b",
         "- a", "*x", "&x", "!x", "%x", "@x", "`x`", "[a", "b]", "{", "}", ",", "?", ":", "~", "-", "...", "---", "<<",
         "Ügyfél", "İstanbul", "日本語 です", "😀 gut", "a\nb", "a\n\nb\n", " lead", "trail ", "tab\there", "1e3", "="]
    ),
)  # fmt: skip
scalars = st.one_of(
    texts, texts, st.integers(-10_000, 10**20), st.booleans(), st.none(),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=14,
)
mappings = st.dictionaries(texts, values, min_size=1, max_size=5)


class Writer:
    """Writes data as YAML, with a style of its own for every value."""

    def __init__(self, seed: int, *, aliases: bool = True) -> None:
        self.random = Random(seed)  # thousands of small choices are too many for hypothesis to draw
        self.aliases = aliases
        self.anchors: list[tuple[str, Any]] = []

    def chance(self, of: int) -> bool:
        """True once in `of` times."""
        return self.random.randint(1, of) == 1

    def document(self, data: Any) -> str:
        """The whole text of a document."""
        start = self.random.choice(["", "", "---\n", "# comment\n", "%YAML 1.2\n---\n", "\n\n", "--- # x\n"])
        text = self.block(data, self.random.choice([0, 0, 2])).lstrip("\n")
        for name, _ in self.anchors:  # before a text, one that nobody refers to is taken for a part of the text
            if not re.search(rf"\*{name}\b", text):
                text = re.sub(rf"&{name}(?: |$)", "", text, flags=re.MULTILINE)
        return start + text + self.end()

    def end(self) -> str:
        """What follows the last value."""
        return self.random.choice(["", "# end\n", "\n\n", "...\n"])

    def block(self, value: Any, indent: int) -> str:
        """A collection over lines, each with its indentation; anything else on one line."""
        if isinstance(value, dict) and value:
            lines = [self.entry(key, item, indent) for key, item in value.items()]
        elif isinstance(value, list) and value:
            lines = [" " * indent + "-" + self.after(item, indent, " " * self.spaces()) for item in value]
        else:
            return " " * indent + self.inline(value, indent) + "\n"
        return "".join(self.noise(indent) + line for line in lines)

    def entry(self, key: str | int, item: Any, indent: int) -> str:
        """One key with its value."""
        return " " * indent + self.key(key) + ":" + self.after(item, indent, " " * self.spaces())

    def spaces(self) -> int:
        """How far a value stands from its key or dash."""
        return self.random.choice([1, 1, 1, 2, 3])

    def noise(self, indent: int) -> str:
        """A comment or an empty line, now and then."""
        if not self.chance(8):
            return ""
        return self.random.choice(["\n", " " * indent + "# a: comment\n"])

    def after(self, value: Any, indent: int, gap: str) -> str:
        """A value behind its key or dash."""
        if self.aliases and (name := next((n for n, old in self.anchors if same(old, value)), None)) and self.chance(2):
            return f"{gap}*{name}{self.comment()}\n"
        anchor = self.anchor(value)
        if value and isinstance(value, (dict, list)) and not self.chance(4):
            below = indent + self.random.randint(1, 4)
            return f"{gap}{anchor}".rstrip() + self.comment() + "\n" + self.block(value, below)
        if isinstance(value, str) and self.chance(3) and is_block_text(value):
            return gap + anchor + self.block_text(value, indent)
        return gap + anchor + self.inline(value, indent) + self.comment() + "\n"

    def anchor(self, value: Any) -> str:
        """An anchor, now and then."""
        if not self.aliases or not self.chance(5):
            return ""
        name = f"n{len(self.anchors)}"
        self.anchors.append((name, value))
        return f"&{name} "

    def comment(self) -> str:
        """A comment at the end of a line, now and then."""
        return self.random.choice(["", "", "", "  # why: [not]", " #"])

    def block_text(self, value: str, indent: int) -> str:
        """A text below its key, as it is."""
        mark = "|" if value.endswith("\n") else "|-"
        below = " " * (indent + self.random.randint(1, 3))
        lines = "".join(below + line + "\n" if line else "\n" for line in value.removesuffix("\n").split("\n"))
        return f"{mark}{self.comment()}\n{lines}"

    def key(self, key: str | int) -> str:
        """A key, plain or in quotes."""
        return self.text(key, multiline=False) if isinstance(key, str) else repr(key)

    def inline(self, value: Any, indent: int) -> str:
        """A value on one line, or in brackets that go on."""
        if isinstance(value, dict):
            inner = [f"{self.key(key)}: {self.inline(item, indent)}" for key, item in value.items()]
            return self.brackets("{", inner, "}", indent)
        if isinstance(value, list):
            return self.brackets("[", [self.inline(item, indent) for item in value], "]", indent)
        if value is None:
            return self.random.choice(["null", "~", "Null"])
        if isinstance(value, bool):
            return self.random.choice([str(value), str(value).lower(), str(value).upper()])
        return repr(value) if isinstance(value, (int, float)) else self.text(value)

    def brackets(self, opening: str, inner: list[str], closing: str, indent: int) -> str:
        """A flow collection, now and then over several lines or with a comma at its end."""
        gap = "\n" + " " * (indent + 3) if self.chance(4) else self.random.choice(["", " "])
        comma = "," if inner and self.chance(5) else ""
        return opening + gap + f",{gap or ' '}".join(inner) + comma + gap + closing

    def text(self, value: str, *, multiline: bool = True) -> str:
        """A text, plain where it may be, else in either quotes."""
        if PLAIN.fullmatch(value) and not RESOLVED.fullmatch(value) and self.chance(2):
            return value
        single = "\n" not in value and "\t" not in value and value.isprintable() and multiline
        if single and self.chance(2):
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value, ensure_ascii=self.chance(3) and max(value, default=" ") < "\ud800")


def is_block_text(value: str) -> bool:
    """Whether a text can stand below `|` without a number that says how far it is indented."""
    lines = value.removesuffix("\n").split("\n")
    blank_end = value.endswith("\n\n") or lines[-1].strip() == ""
    return not blank_end and bool(lines[0]) and not lines[0][0].isspace() and all(map(str.isprintable, lines))


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal, types included."""
    return repr(one) == repr(other)


@st.composite
def documents(draw: st.DrawFn, data: st.SearchStrategy[Any] = mappings, *, aliases: bool = True) -> tuple[Any, str]:
    """Data, and a YAML text that says it."""
    value = draw(data)
    return value, Writer(draw(st.integers(0, 2**32)), aliases=aliases).document(value)
