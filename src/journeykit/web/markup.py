"""HTML as a tree of elements that is written once: texts and attributes are escaped, and only safe links are written.

No text of a journey can become an element or an attribute: what is not an `Element` or `Trusted` is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from typing import NamedTuple, TypeAlias

from journeykit.drawing.text import visible

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
"""Elements without content."""
UNCLOSED = frozenset({"dd", "dt", "li", "option", "td", "th", "tr"})
"""Elements that end where the next one begins: long tables and lists are a tenth smaller."""
BARE = re.compile(r"[\w./:#%,+!$()*;?@\[\]^{|}~-]+", re.ASCII)
"""Values of attributes that need no quotes."""
SAFE_LINK = re.compile(r"#|https?://|mailto:", re.IGNORECASE)
RANGE = re.compile(r"(%?[\d.,]{0,12}\d%?–%?\d[\d.,]{0,12})")
LINKS = frozenset({"href", "src"})
NAME = re.compile(r"[a-z][a-z0-9-]*")


class Local(str):
    """An address of our own pages, relative to the page that it stands on; no text of a journey is one."""


class Trusted(NamedTuple):
    """Markup that we wrote ourselves: a picture, a style sheet, a script."""

    markup: str


class Element(NamedTuple):
    """An element with its attributes and content."""

    name: str
    attributes: tuple[tuple[str, str | bool], ...]
    content: tuple[Node, ...]


Node: TypeAlias = Element | Trusted | str
Attribute: TypeAlias = str | int | bool | None


def element(name: str, /, *content: Node | None, **attributes: Attribute) -> Element:
    """Return an element. Content and attributes that are None are left out, and attributes that are False.

    An underscore in the name of an attribute stands for a hyphen; one at its end keeps it apart from Python's words.
    """
    given = [
        (_named(key), value if isinstance(value, (bool, str)) else str(value))
        for key, value in attributes.items()
        if value is not None and value is not False
    ]
    shown = tuple([node for node in content if node is not None]) if None in content else content
    return Element(name, tuple(given), shown)  # type: ignore[arg-type]  # None was taken out


@cache
def _named(key: str) -> str:
    """Return the name of an attribute, which must be one that holds no code and no style."""
    name = key.rstrip("_").replace("_", "-")
    if not NAME.fullmatch(name) or name.startswith("on") or name == "style":
        raise ValueError(f"{name} cannot be an attribute of a page")
    return name


def safe_link(url: str) -> str | None:
    """Return an address that a page may link to (http, https, mailto, or a place of the page itself), else None."""
    shown = visible(url.strip())
    return shown if SAFE_LINK.match(shown) else None


def link(url: str, *content: Node, **attributes: Attribute) -> Element:
    """Return a link to another page; its content alone where the address is not safe."""
    address = safe_link(url)
    if address is None:
        return element("span", *content, **attributes)
    return element("a", *content, href=address, rel="noopener noreferrer", **attributes)


def written(*nodes: Node) -> str:
    """Return nodes as HTML."""
    parts: list[str] = []
    for node in nodes:
        _write(node, parts)
    return "".join(parts)


def joined(nodes: Iterable[Node], between: str) -> list[Node]:
    """Return nodes with a text between each two."""
    found: list[Node] = []
    for node in nodes:
        found += [between, node] if found else [node]
    return found


def unbroken(text: str) -> list[Node]:
    """Return a text with each range of figures, such as 66.9–69.5, in an element that keeps it on one line."""
    parts = RANGE.split(text)
    return [element("span", part, class_="range") if n % 2 else part for n, part in enumerate(parts) if part]


def one_or_list(nodes: Sequence[Node]) -> Node:
    """Return a single node as it is, several as a list."""
    return nodes[0] if len(nodes) == 1 else element("ul", *(element("li", node) for node in nodes))


def _write(node: Node, parts: list[str]) -> None:
    """Add a node to the parts of a page. Generators would be nicer, and take twice as long."""
    if isinstance(node, str):
        parts.append(escape(visible(node), quote=False))
    elif isinstance(node, Trusted):
        parts.append(node.markup)
    else:
        name, attributes, content = node
        if attributes:
            parts.append(f"<{name}{''.join([_attribute(*one) for one in attributes])}>")
        else:
            parts.append(f"<{name}>")
        if name not in VOID:
            for inner in content:
                _write(inner, parts)
            if name not in UNCLOSED:
                parts.append(f"</{name}>")


def _attribute(name: str, value: str | bool) -> str:
    _named(name)
    if name in LINKS and not isinstance(value, Local) and safe_link(str(value)) is None:
        raise ValueError(f"{value} cannot be linked to")
    if value is True:
        return f" {name}"
    if BARE.fullmatch(value):  # type: ignore[arg-type]
        return f" {name}={value}"
    quoted = escape(visible(value), quote=False).replace('"', "&quot;")
    return f' {name}="{quoted}"'
