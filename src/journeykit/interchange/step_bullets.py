"""Nested bullets of Markdown, each with a key or without: `- channel: phone`."""

from __future__ import annotations

import re
from typing import NamedTuple

_LINE = re.compile(r"^([ \t]*)([-*+])?[ \t]*(.*?)[ \t]*$")
_KEYED = re.compile(r"([A-Za-z_][\w-]*):(?:[ \t]+(.*))?", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')


class Bullet(NamedTuple):
    """A bullet: its key, "" if it has none, its text, and the bullets below it."""

    key: str
    text: str
    below: list[Bullet]


def bullets_of(text: str) -> list[Bullet]:
    """Return the bullets of a text; a line without a dash that is indented and has a key stands beside the last one."""
    top: list[Bullet] = []
    open_: list[tuple[int, list[Bullet]]] = [(-1, top)]
    for line in text.expandtabs(4).split("\n"):
        match = _LINE.match(line)
        assert match
        indent, dash, content = len(match[1]), match[2], match[3]
        if not content or content.startswith(("#", "---")):
            continue
        keyed = _KEYED.fullmatch(content)
        if not dash and not (keyed and indent):
            _lengthen(open_[-2][1] if len(open_) > 1 else [], content)
            continue
        if not dash:
            indent -= 2  # `- description: …` and its further keys, as in YAML
        while open_[-1][0] >= indent:
            open_.pop()
        bullet = Bullet(keyed[1] if keyed else "", _bare((keyed[2] or "") if keyed else content), [])
        open_[-1][1].append(bullet)
        open_.append((indent, bullet.below))
    return top


def _lengthen(bullets: list[Bullet], content: str) -> None:
    """Add a line to the text of the last bullet."""
    if bullets:
        last = bullets[-1]
        bullets[-1] = last._replace(text=f"{last.text} {content}".strip())


def _bare(text: str) -> str:
    """Return a text without the quotes around it."""
    match = _QUOTED.fullmatch(text)
    return (match[1] or match[2] or "") if match else text


def text_of_bullet(bullet: Bullet) -> str:
    """Return the text of a bullet, or the texts of those below it, a line each; provenance is no text."""
    below = [one for one in bullet.below if one.key != "_provenance"]
    lines = [bullet.text] if bullet.text else []
    lines += [f"{one.key}: {text_of_bullet(one)}" if one.key else text_of_bullet(one) for one in below]
    return "\n".join(line for line in lines if line).strip("[]" if bullet.text.startswith("[") else "")
