"""Whether an SVG is a plain drawing, and its size.

Only what draws is let through: no script, no event handler, no foreign document, no animation, no reference to anything
outside of the file. Nothing is repaired: a drawing that needs more is refused, with what it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
DRAWS = frozenset((
    "svg", "g", "defs", "symbol", "use", "switch", "title", "desc", "metadata", "style", "view", "path", "rect",
    "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath", "image", "linearGradient",
    "radialGradient", "stop", "pattern", "clipPath", "mask", "marker", "filter", "feBlend", "feColorMatrix",
    "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap",
    "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
    "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile",
    "feTurbulence",
))  # fmt: skip
"""Elements of SVG that draw; `image` only of what is in the file itself."""
INERT = re.compile(r"https?://(?:www\.)?(?:inkscape\.org|sodipodi\.sourceforge\.net|w3\.org/1999/02/22-rdf|purl\.org/dc"
                   r"|creativecommons\.org|web\.resource\.org/cc|ns\.adobe\.com|bohemiancoding\.com|figma\.com"
                   r"|vectornator\.io|serif\.com|boxy-svg\.com)[/\w.#-]*")  # fmt: skip
"""Namespaces in which editors keep their notes."""
PLAIN = frozenset(("d", "points", "transform", "gradientTransform", "patternTransform", "class", "viewBox"))
"""Attributes whose text is never CSS."""
MAX_ELEMENTS = 20_000
"""Elements of a drawing, those counted again that `use` repeats."""
MAX_DEPTH = 64
_EMBEDDED = re.compile(r"data:image/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_REFERENCE = re.compile(r"#[^\s\"'()]*")
_URL = re.compile(r"url\s*\(\s*([\"']?)(.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)
_IN_CSS = re.compile(
    r"\\|@import|@font-face|@charset|@namespace|expression\s*\(|javascript:|image\s*\(|image-set|cross-fade|"
    r"\bsrc\s*\(|-moz-binding|behavior\s*:|element\s*\(",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\s*\+?([0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|em|ex|)\s*", re.IGNORECASE)
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "em": 16.0,
    "ex": 8.0,
}
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?", re.IGNORECASE)


@dataclass
class _Element:
    """An element: its children, and the ids of what it repeats."""

    children: list[_Element] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)


def svg_size(data: bytes) -> tuple[float, float]:
    """Return the width and height of a plain drawing. Raises ValueError with what it has that no drawing needs."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError(f"line {error.lineno}: {expat.errors.messages.get(error.code, 'not readable')}") from None
    if reader.root is None:
        raise ValueError("it is empty")
    _check_repeats(reader.root, reader.by_id)
    return _size(reader.attributes)


class _Reader:
    """Reads the elements of a drawing, and raises ValueError at the first that is not allowed."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.parser.ProcessingInstructionHandler = self.refuse_instruction
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.root: _Element | None = None
        self.attributes: dict[str, str] = {}
        self.by_id: dict[str, _Element] = {}
        self.stack: list[_Element] = []
        self.style: list[str] | None = None
        self.count = 0

    def refuse_doctype(self, *_: object) -> None:
        raise ValueError("it declares a document type")

    def refuse_instruction(self, target: str, _: str) -> None:
        raise ValueError(f"it has a processing instruction ({target[:20]})")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        self.count += 1
        if self.count > MAX_ELEMENTS or len(self.stack) >= MAX_DEPTH:
            raise ValueError("it has too many elements")
        element = _Element()
        if self.stack:
            self.stack[-1].children.append(element)
        elif (namespace, local) != (SVG, "svg"):
            raise ValueError(f"it begins with <{local[:20]}>, not with an <svg> in the namespace of SVG")
        else:
            self.root, self.attributes = element, attributes
        self.stack.append(element)
        if namespace == SVG and local not in DRAWS:
            raise ValueError(f"it has a <{local[:20]}> element")
        if namespace != SVG and not (namespace and INERT.fullmatch(namespace)):
            raise ValueError(f"it has a <{local[:20]}> element that is not SVG")
        for key, value in attributes.items():
            self.attribute(element, local, key, value)
        if (namespace, local) == (SVG, "style"):
            self.style = []

    def attribute(self, element: _Element, local: str, key: str, value: str) -> None:
        namespace, _, name = key.rpartition(" ")
        low = name.lower()
        if low.startswith("on"):
            raise ValueError(f"it has an event handler ({name[:20]})")
        if (namespace == XML and low == "base") or low in ("src", "srcset", "data", "action", "formaction"):
            raise ValueError(f"it has the attribute {name[:20]}")
        if low == "href":
            embedded = local == "image" and _EMBEDDED.fullmatch(value.strip())
            if not embedded and not _REFERENCE.fullmatch(value.strip()):
                raise ValueError(f"it refers to something outside of it ({value.strip()[:30]})")
            if local == "use":
                element.repeats.append(value.strip()[1:])
        elif low == "id" and not namespace:
            self.by_id.setdefault(value, element)
        elif not namespace and name not in PLAIN and not low.startswith(("data-", "aria-")):
            _check_css(value, whole=low == "style" or "(" in value)

    def text(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)

    def end(self, _: str) -> None:
        self.stack.pop()
        if self.style is not None:
            _check_css("".join(self.style), whole=True)
            self.style = None


def _check_css(text: str, *, whole: bool) -> None:
    """Raise ValueError if a value of an attribute, or a `whole` piece of CSS, refers to something outside."""
    if whole and (found := _IN_CSS.search(text)):
        raise ValueError(f"its style has {found[0].strip()[:20]}")
    if "(" not in text:
        return
    for match in _URL.finditer(text):
        if not _REFERENCE.fullmatch(match[2].strip()):
            raise ValueError(f"it refers to something outside of it ({match[2].strip()[:30]})")
    if len(re.findall(r"url\s*\(", text, re.IGNORECASE)) != sum(1 for _ in _URL.finditer(text)) or "\\" in text:
        raise ValueError("it has a reference that cannot be read")


def _check_repeats(root: _Element, by_id: dict[str, _Element]) -> None:
    """Raise ValueError if `use` repeats elements without end, or so often that drawing them takes long."""
    sizes: dict[int, int] = {}
    waiting: list[tuple[_Element, bool]] = [(root, False)]
    open_ones: set[int] = set()
    while waiting:
        element, done = waiting.pop()
        inside: Iterable[_Element] = (*element.children, *(by_id[id] for id in element.repeats if id in by_id))
        if done:
            open_ones.discard(id(element))
            sizes[id(element)] = 1 + sum(sizes[id(one)] for one in inside)
            if sizes[id(element)] > MAX_ELEMENTS:
                raise ValueError("it repeats too many elements")
        elif id(element) in open_ones:
            raise ValueError("an element repeats itself")
        elif id(element) not in sizes:
            open_ones.add(id(element))
            waiting.append((element, True))
            waiting += [(one, False) for one in inside if id(one) not in sizes]


def _size(attributes: dict[str, str]) -> tuple[float, float]:
    box = [float(number) for number in _NUMBER.findall(attributes.get("viewBox", ""))]
    width, height = (_pixels(attributes.get(key, "")) for key in ("width", "height"))
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        ratio = box[3] / box[2]
        width = width or (height / ratio if height else box[2])
        height = height or width * ratio
    if not width or not height or not (0.01 < width / height < 100) or max(width, height) > 1e6:
        raise ValueError("it states no size: give it a viewBox, or a width and a height")
    return width, height


def _pixels(length: str) -> float:
    """Return a length in pixels; 0 for none, and for one that depends on where the drawing stands."""
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _PIXELS[match[2].lower()] if match else 0.0
