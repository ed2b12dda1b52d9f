"""Read XML without document types, so that no entity is expanded and no other file is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from journeykit.errors import UsageError
from journeykit.interchange.given import Given
from journeykit.output.paint import shown_name

DEEPEST = 100
"""How deep elements may be nested."""


def parse_xml(given: Given) -> Element:
    """Return the root element of a file; names have no prefixes. Raises UsageError for what is no safe XML."""
    name, builder, depth = shown_name(given.name), TreeBuilder(), 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise UsageError(f"{name}: its elements are nested more than {DEEPEST} deep", "it is no file of a journey")
        builder.start(local_name(tag), {local_name(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(local_name(tag))

    def refuse(*declared: Any) -> None:
        raise UsageError(f"{name}: it has a document type ({declared[0]}), which may define entities", "take it out")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(given.data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, "") or str(error)
        raise UsageError(f"{name}:{error.lineno}:{error.offset + 1}: it is no XML: {reason}") from None
    return builder.close()


def local_name(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def own_text(element: Element) -> str:
    """Return the text of an element and of those in it, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def leaves(element: Element, path: str = "") -> Iterator[tuple[Element, str]]:
    """Yield the elements that hold a text of their own or attributes, each with the names that lead to it."""
    waiting = [(element, path or element.tag)]
    while waiting:
        one, name = waiting.pop()
        if (one.text or "").strip() or one.attrib:
            yield one, name
        waiting += [(child, f"{name}/{child.tag}") for child in reversed(one)]


_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return a text without the characters that XML has no place for."""
    return _NO_XML.sub("", text)
