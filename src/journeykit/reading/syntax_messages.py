"""Turn the errors of a YAML parser into messages that say what to do, at the place of the mistake."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from journeykit.model.guess import misspelled
from journeykit.reading import syntax_offsets as offsets
from journeykit.reading.invisible import in_line
from journeykit.reading.quoting import advise, in_quotes, is_short, list_key, quote_from, short, text_end
from journeykit.reading.schema_types import owners
from journeykit.reading.yaml_faults import Mask, YamlFault


class ParserError(NamedTuple):
    """An error of a parser at offset `at` of the text, in the construct that starts at `opened`."""

    text: str
    context: str
    problem: str
    at: int
    opened: int

    @property
    def line(self) -> str:
        """The line of the error."""
        return self.text[offsets.line_start(self.text, self.at) : self.end]

    @property
    def before(self) -> str:
        """The line up to the error."""
        return self.text[offsets.line_start(self.text, self.at) : self.at]

    @property
    def rest(self) -> str:
        """The line from the error on."""
        return self.text[self.at : self.end].strip()

    @property
    def end(self) -> int:
        """The offset at which the line ends."""
        return offsets.line_end(self.text, self.at)

    def value(self) -> Mask:
        """Return a mask over the value on the line."""
        return Mask(offsets.value_start(self.text, self.at), self.end)


def explain(error: ParserError) -> YamlFault:
    """Return the fault that an error of a parser is about."""
    for recognise in _CAUSES:
        if fault := recognise(error):
            return fault
    what = error.problem or error.context or "not readable as YAML"
    return _fault(what, "check quotes, colons and indentation", error.at, max(error.end, error.at))


def _fault(message: str, help: str, start: int, end: int, mask: Mask | None = None) -> YamlFault:
    return YamlFault("yaml-syntax", message, help, start, max(end, start), mask)


def _merge_conflict(c: ParserError) -> YamlFault | None:
    if found := offsets.conflict(c.text):
        return _fault("a merge conflict is not resolved", "keep one side and remove the <<<, === and >>> lines", *found)
    return None


def _invisible(c: ParserError) -> YamlFault | None:
    """Recognise a character that looks like a space, on one of the lines that the error is about."""
    if c.text.isascii():
        return None
    lines = {
        offsets.line_start(c.text, c.at),
        offsets.line_start(c.text, c.opened),
        offsets.line_above(c.text, c.at)[0],
    }
    for start in sorted(lines):
        if odd := in_line(c.text, start, offsets.line_end(c.text, start)):
            message = f"this is no space for YAML, but the character {odd.name}"
            return _fault(message, odd.help, odd.start, odd.end, Mask(odd.start, odd.end, " "))
    return None


def _tab(c: ParserError) -> YamlFault | None:
    char = c.text[c.at : c.at + 1]
    if "tab" not in c.problem and not (char == "\t" and "cannot start any token" in c.problem):
        return None
    at = c.at if char == "\t" else max(c.text.find("\t", offsets.line_start(c.text, c.at)), 0)
    return _fault("a tab is used for indentation", "use spaces", at, at + 1)


def _version(c: ParserError) -> YamlFault | None:
    if "incompatible" in c.problem:
        at = max(c.text.find("%YAML"), 0)
        end = offsets.line_end(c.text, at)
        directive = c.text[at + 1 : end].strip()
        message = f"{directive} is asked for; journeys are YAML 1.2"
        return YamlFault("yaml-version", message, "remove the %YAML line", at, end, Mask(at, end, "#"))
    if "directive" in c.context:
        start = c.opened
        return _fault("a line cannot start with %", "put the text into quotes", start, offsets.line_end(c.text, start))
    return None


def _escape(c: ParserError) -> YamlFault | None:
    if "quoted scalar" not in c.context or not any(word in c.problem for word in ("escape", "hex", "surrogate")):
        return None
    start = c.text.rfind("\\", c.opened, c.at + 1)
    start = start if start >= 0 else c.at
    if "Unicode" in c.problem or "surrogate" in c.problem:
        shown, help = c.text[start : start + 6], "write the character itself"
        return _fault(f"{shown} stands for no character", help, start, start + len(shown), c.value())
    shown = c.text[start : start + 2]
    help = "write \\\\ for a backslash, or put the text into single quotes"
    return _fault(f"{shown} starts no escape that YAML knows", help, start, start + 2, c.value())


def _quote(c: ParserError) -> YamlFault | None:
    """Recognise a quote that is never closed; a parser notices at the next quote, or at the end of the file."""
    opened = offsets.runaway_quote(c.text, c.at)
    if opened is None and "quoted scalar" in c.context:
        opened = c.opened
    if opened is None:
        return None
    quote, end = c.text[opened], offsets.line_end(c.text, opened)
    as_key = not c.text[offsets.line_start(c.text, opened) : opened].strip(" -")
    in_flow = c.text[offsets.indented(c.text, opened)] in "[{-" and re.search(
        r"[\[{]", c.text[:opened].rsplit("\n")[-1]
    )
    mask = None if as_key or in_flow else Mask(opened, end)
    help = f"close it with {quote}"
    if quote == "'":
        help += "; a text that starts with an apostrophe needs double quotes around it"
    return _fault(f"this {quote} is never closed", help, opened, end, mask)


def _colon(c: ParserError) -> YamlFault | None:
    if "mapping values are not allowed" not in c.problem:
        return None
    if ": " in c.before:
        return _second_colon(c)
    start, end = offsets.line_above(c.text, c.at)
    if found := _no_space(c.text, start, end):
        return found
    at = offsets.indented(c.text, c.at)
    if item := re.match(r" *- +(?=[^:]+$)", c.text[start:end]):
        text = start + item.end()
        if c.text.startswith("- ", at):
            return _fault(
                "this - does not stand below the - above it", "align it with the others of its list", at, c.at
            )
        if c.text[text:end].partition(" ")[0] in owners():
            return _missing_colon(c.text, at=start, end=end)
        key = {"stages": "name", "goals": "goal"}.get(list_key(c.text, text), "title")
        help = advise(f"write {key}:", c.text[text : text_end(c.text, text)], f"write {key}: before it")
        return _fault("a text with keys below it needs a key too", help, text, end, Mask(at, c.end, "#"))
    if end and offsets.indented(c.text, start) - start == at - offsets.line_start(c.text, at):
        return _missing_colon(c.text, at=start, end=end)
    message = "this key is indented differently from the keys beside it"
    return _fault(message, "align it with them", at, c.at)


def _second_colon(c: ParserError) -> YamlFault:
    start, first = offsets.value_start(c.text, c.at), offsets.first_text(c.text, c.at)
    end = text_end(c.text, c.at)
    key, value = c.text[first:start].rstrip(": "), c.text[start:end].strip()
    if value[:1] in ("'", '"'):
        return _after_quote(c)
    if key == "at" and (day := re.fullmatch(r"day: *(-?[0-9]+.*)", value)):
        help = f"write at: day {day[1]}"
    elif is_short(c.text, first) and not misspelled(key, owners()):
        help = advise("write", short(c.text[first:end].strip()), "put the title into quotes")
    elif re.fullmatch(r"[a-z_]+", key):
        help = advise(f"write {key}:", in_quotes(value), "put the whole text into quotes")
    else:
        help = advise("write", in_quotes(c.text[first:end].strip()), "put the whole text into quotes")
    return _fault("a text with a colon needs quotes", help, c.at, c.at + 1, Mask(start, c.end))


def _after_quote(c: ParserError) -> YamlFault:
    start = offsets.value_start(c.text, c.at)
    whole = c.text[start : text_end(c.text, start)].strip()
    help = "put the whole text into one pair of quotes"
    if re.fullmatch(r"'[^']*(?:\w'\w[^']*)+'", whole):  # 'it's dead'
        help = advise(f"{help}:", in_quotes(whole[1:-1]), help)
    elif whole[:1] != whole[-1:]:
        help = quote_from(c.text, start)
    else:
        help += '; inside \'…\' an apostrophe is doubled, inside "…" a quote is \\"'
    return _fault("something follows the closing quote", help, c.at, c.end, c.value())


def _foreign_comment(c: ParserError) -> YamlFault | None:
    """Recognise a comment of JSON5 or JavaScript inside brackets."""
    if "flow" not in c.context or not (found := offsets.foreign_comment(c.text, c.opened, c.end)):
        return None
    start, end = found
    words = c.text[start:end].strip("/* ")
    help = "remove it, or write it on a line of its own"
    return _fault("a comment starts with #", advise(f"{help}: #", words, help), start, end, Mask(start, end, " "))


def _bracket(c: ParserError) -> YamlFault | None:
    if "flow" not in c.context:
        return None
    opened: int | None = c.opened
    if c.text[c.opened : c.opened + 1] not in ("[", "{"):
        opened = offsets.unclosed(c.text, c.at)
    if opened is None:
        above = offsets.line_above(c.text, c.at)[0]
        found = re.compile(r"[\[{]").search(c.text, above, offsets.line_end(c.text, above))
        if found and (hidden := _hidden_end(c.text, found.start(), "]" if found[0] == "[" else "}")):
            return hidden
        return _fault("something is missing here", "check the commas and brackets", c.at, c.at + 1)
    bracket = c.text[opened]
    wanted = "]" if bracket == "[" else "}"
    if hidden := _hidden_end(c.text, opened, wanted):
        return hidden
    until = offsets.closing(c.text, opened)
    first_end = offsets.line_end(c.text, opened)
    if "expected ','" in c.problem and not c.before.strip() and until is not None:
        start, end = offsets.line_above(c.text, c.at)
        return _fault("a comma is missing at the end of this line", "add it", max(start, end - 1), end)
    if c.at < first_end or (until is not None and c.rest):
        message = (
            f"a comma or {wanted} is expected here" if "expected ','" in c.problem else "something is missing here"
        )
        if bracket == "{" and (missing := _missing_comma(c)):
            return missing
        if meant := _in_brackets(c, bracket, wanted):
            return _fault(*meant, c.at, c.at + 1, Mask(opened, until) if until else None)
        inside = f"inside {bracket} {wanted} a text"
        help = f"{inside} with , : # [ ] {{ }} or quotes in it, or with - ? or * before it, needs quotes"
        return _fault(message, help, c.at, c.at + 1, Mask(opened, until) if until else None)
    help = f"close it with {wanted}; a text that starts with {bracket} needs quotes"
    return _fault(f"this {bracket} is never closed", help, opened, opened + 1, Mask(opened, first_end))


def _missing_comma(c: ParserError) -> YamlFault | None:
    """Recognise a key of the format behind a value, without a comma between them: `{title: I call feeling: sad}`."""
    found = re.search(r"[^\s,:{\[](\s+)([a-z_]+)$", c.before)
    if not found or c.text[c.at : c.at + 1] != ":" or found[2] not in owners():
        return None
    start = offsets.line_start(c.text, c.at)
    gap, key = start + found.start(1), start + found.start(2)
    help = f"write , {found[2]}: there; a text with a colon needs quotes"
    return _fault(f"a comma is missing before {found[2]}", help, key, c.at, Mask(gap, gap + 1, ","))


def _in_brackets(c: ParserError, bracket: str, wanted: str) -> tuple[str, str] | None:
    """Return message and help for an item with a dash, and for a comma too many, inside brackets."""
    if c.rest.startswith("- "):
        instead = "write key: [item, item]" if bracket == "{" else "leave out the -"
        help = f"{instead}; a text with - before it needs quotes"
        return f"a list inside {bracket} {wanted} has no items with -", help
    if c.rest.startswith(",") and c.text[: c.at].rstrip().endswith((",", bracket)):
        return "there is nothing before this comma", "remove it; a text with a comma needs quotes"
    return None


def _glued_colon(c: ParserError) -> YamlFault | None:
    """Recognise a colon right before a bracket or a comma, inside brackets."""
    if "unexpected ':'" not in c.problem:
        return None
    start = len(c.text[: c.at]) - len(re.findall(r"[^\s,\[{]*$", c.text[: c.at])[0])
    key = c.text[start : c.at][-40:]
    if c.text[c.at + 1 : c.at + 2] in ("[", "{"):
        message, help = f"there is no space after {key}:", "leave a space after the colon"
    else:
        message, help = f"{key}: has no value", f"write {key}: and its value, or remove it"
    return _fault(message, f"{help}; a text with a colon needs quotes", start, c.at + 1)


def _hidden_end(text: str, opened: int, wanted: str) -> YamlFault | None:
    """Recognise a `#` before the bracket that closes the one at `opened` on its line: what follows is a comment."""
    end = offsets.line_end(text, opened)
    found = re.compile(r"[\s,\[{](#)").search(text, opened, end)
    if not found or wanted not in text[found.start(1) : end] or wanted in text[opened : found.start(1)]:
        return None
    at = found.start(1)
    return _fault("# starts a comment, which hides the rest of this line", "put the text with # into quotes", at, end)


def _first_character(c: ParserError) -> YamlFault | None:
    if "cannot start any token" in c.problem:
        char = c.text[c.at : c.at + 1]
        return _fault(f"a text cannot start with {char}", quote_from(c.text, c.at), c.at, c.at + 1, c.value())
    if "alias" in c.context and not c.text[offsets.line_start(c.text, c.opened) : c.opened].strip():
        line_end = offsets.line_end(c.text, c.opened)
        help = f"write - {c.text[c.opened + 1 : line_end].strip()}"
        return _fault("items of a list start with -", help, c.opened, c.opened + 1)
    if "anchor" in c.context or "alias" in c.context or "scanning a tag" in c.context:
        char = c.text[c.opened : c.opened + 1]
        return _fault(f"a text cannot start with {char}", quote_from(c.text, c.opened), c.opened, c.at, c.value())
    return None


def _block_text(c: ParserError) -> YamlFault | None:
    """Recognise text on the line of `>` or `|`, or not indented below it."""
    if "block scalar" in c.context:
        mark = c.text[c.opened : c.opened + 1]
        if re.match(r"[|>][^\s+-]", c.text[c.opened : c.opened + 2]):
            message = f"a text that starts with {mark} needs quotes"
            return _fault(message, quote_from(c.text, c.opened), c.opened, c.end, Mask(c.opened, c.end))
        help = f"write it below, indented, or remove the {mark}"
        return _fault(f"a text after {mark} starts on the next line", help, c.at, c.end, Mask(c.opened, c.end))
    start, end = offsets.line_above(c.text, c.opened if "simple key" in c.context else c.at)
    if (found := re.search(r":[ ]+([|>])[-+0-9]*$", c.text[start:end])) and "expected" in c.problem:
        at = offsets.indented(c.text, c.opened if "simple key" in c.context else c.at)
        if at - offsets.line_start(c.text, at) <= offsets.indented(c.text, start) - start:
            message = f"the text below {found[1]} is not indented"
            return _fault(message, "indent it by two spaces more than its key", at, offsets.line_end(c.text, at))
    return None


def _no_colon(c: ParserError) -> YamlFault | None:
    if "could not find expected ':'" not in c.problem:
        return None
    start = offsets.line_start(c.text, c.opened)
    end = start + len(c.text[start : offsets.line_end(c.text, start)].rstrip())
    return _no_space(c.text, start, end) or _missing_colon(c.text, start, end)


def _no_space(text: str, start: int, end: int) -> YamlFault | None:
    """Recognise `key:value` or `-item` on a line."""
    line, at = text[start:end], offsets.indented(text, start)
    if found := re.match(r" *-(?=[^\s-])(.*)", line):
        return _fault("a - needs a space after it", advise("write -", found[1], "add it"), at, at + 1)
    if found := re.match(r" *(?:- +)*([A-Za-z][\w-]*):([^\s/].*)", line):
        value = start + found.start(2)
        help = advise(f"write {found[1]}:", found[2], "add it")
        return _fault("a colon needs a space after it", help, start + found.start(1), end, Mask(value, value + 1, " "))
    return None


def _missing_colon(text: str, at: int, end: int) -> YamlFault:
    at = offsets.first_text(text, at)  # behind the dashes, which are kept, so that what is below stays an item
    line, mask = text[at:end], Mask(at, end, "#")
    if line.startswith("//"):
        return _fault(
            "a comment starts with #", advise("write #", line.lstrip("/ "), "begin it with one"), at, end, mask
        )
    word, _, rest = line.partition(" ")
    if word in owners():
        if not rest and text[end : end + 3].lstrip("\r\n")[:1] == " ":  # so that what is below it stays nested
            mask = Mask(end - 1, end, ":")
        return _fault(
            f"the colon after {word} is missing", advise(f"write {word}:", rest, "add it").strip(), at, end, mask
        )
    help = "write key: value; a text that goes on is indented, or in quotes"
    return _fault("a key without a colon, or a text that goes on unindented", help, at, end, mask)


def _odd_start(c: ParserError) -> YamlFault | None:
    """Recognise a text that starts with a question mark or a comma."""
    value = c.value()
    char = c.text[value.start : value.start + 1]
    if c.at != value.start or char not in ("?", ",") or "expected ',' or" in c.problem:
        return None
    help = quote_from(c.text, value.start)
    return _fault(f"a text cannot start with {char}", help, value.start, value.start + 1, value)


def _dash(c: ParserError) -> YamlFault | None:
    if "sequence entries are not allowed" not in c.problem:
        return None
    start = c.value().start
    if (char := c.text[start : start + 1]) in ("*", "&", "!"):  # the dash is part of a text
        help = quote_from(c.text, start)
        return _fault(f"a text that starts with {char} needs quotes", help, start, c.end, Mask(start, c.end))
    help = "remove the -, or write the list below the key"
    return _fault("a list cannot start on the line of its key", help, c.at, c.end, c.value())


def _misfit(c: ParserError) -> YamlFault | None:
    """Recognise the causes of what a parser only calls unexpected."""
    if "did not find expected" not in c.problem:
        return None
    rest, before = c.rest, c.before
    if re.search(r"""['"]\s*$""", before) and rest:
        return _after_quote(c)
    if rest[:1] in ("]", "}"):
        help = "remove it, or put the text into quotes"
        return _fault(f"this {rest[0]} closes nothing", help, c.at, c.at + 1, c.value())
    if rest[:1] == ":":
        return _fault("a colon without a key before it", "write key: value", c.at, c.at + 1)
    if before.strip():
        return _after_value(c)
    return _indentation(c)


def _after_value(c: ParserError) -> YamlFault:
    value = c.value()
    for start in (value.start, offsets.first_text(c.text, c.at)):  # the value, or the title of a touchpoint in short
        if (char := c.text[start : start + 1]) in "[{*&," and start <= c.at:
            message, help = f"a text that starts with {char} needs quotes", quote_from(c.text, start)
            wanted = {"[": "]", "{": "}"}.get(char)
            if wanted and c.rest.endswith(wanted):  # which is closed by a bracket in a text of it
                message, help = f"this {char} is closed before its end", f"a text with {wanted} in it needs quotes"
            return _fault(message, help, start, c.end, Mask(start, c.end))
    return _fault("this does not fit here", "check quotes, colons and indentation", c.at, max(c.end, c.at + 1), value)


def _indentation(c: ParserError) -> YamlFault:
    text, column = c.text, c.at - offsets.line_start(c.text, c.at)
    above = offsets.first_key(text)
    if "document start" in c.problem and column < above - offsets.line_start(text, above):
        end = offsets.line_end(text, above)
        return _fault("this line is indented, those below it are not", "remove the spaces before it", above, end)
    if re.match(r"-[^\s-]", c.rest) and (found := _no_space(text, c.at - column, c.end)):
        return found
    message = "this line does not fit the lines above it"
    if "'-' indicator" in c.problem:
        help = "start it with - as the items above, or align it with the keys of the item above"
    elif c.rest.startswith("-"):
        help = "all - of a list stand below each other, none left of its key"
    else:
        help = "align it with the lines it belongs to; items of a list start with -"
    return _fault(message, help, c.at, max(c.end, c.at + 1))


_CAUSES: tuple[Callable[[ParserError], YamlFault | None], ...] = (
    _merge_conflict, _invisible, _tab, _version, _escape, _quote, _block_text, _colon, _glued_colon, _foreign_comment,
    _bracket, _first_character, _no_colon, _dash, _odd_start, _misfit,
)  # fmt: skip
"""Functions that recognise the cause of an error, in order: the first that returns a fault decides."""
