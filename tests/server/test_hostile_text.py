"""A stranger's journey in an editor: what its texts say is shown as letters, and never as Markdown, a link or a line.

Editors show hovers and documentation as Markdown, where `[x](command:...)` runs a command in some of them, and
everything else as plain text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from journeykit.reading.yaml_text import parse_yaml
from tests.fuzz.stages import assert_printable
from tests.server.client import Editor

EVIL = "evil"
PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
PAYLOADS = [
    "[evil](command:workbench.action.terminal.new)", "![evil](https://evil.example/x.png)", "[evil][1]", "[evil]",
    "<img src=x onerror=evil>", "<script>evil</script>", "<!-- evil", "<evil@example.org>", "<https://evil.example>",
    "https://evil.example/x", "http://evil.example", "ftp://evil.example", "www.evil.example", "mailto:evil@a.example",
    "xmpp:evil@a.example", "evil@example.org", "`evil`", "``evil``", "**evil**", "__evil__", "~~evil~~", "$evil$",
    "a\n\n# evil", "a\n```\nevil\n```", "a\n~~~\nevil", "a\n\n    evil", "a\n\n\tevil", "a\n\n- evil", "a\n\n1. evil",
    "a\n\n> evil", "a\n| evil |\n| --- |", "evil\n===", "evil\n---", "a\n\n[evil]: https://evil.example\n\n[evil]",
    "a\n\n<details>evil", "a\n\n***\n\nevil", "a\r\revil", "a\r\n\r\n# evil", "a\x85\x85# evil", "a\u2028\u2028# evil",
    "&lt;evil&gt;", "&#91;evil](command:x)", "\\[evil](command:x)", "\\\\[evil](command:x)", "evil\\", "evil\\\n",
    "a\x1b]8;;https://evil.example\x07evil", "a\x1b[2Jevil", "a\x9b2Jevil", "\u202eevil", "\u061cevil", "\u2066evil",
    "\u200bevil", "a\x00evil", "\ufeffevil", "\U000e0041evil", "$(evil) {{evil}} ${evil:1}", "e" * 900 + " [evil](x)",
]  # fmt: skip


def texts(payloads: Sequence[str]) -> str:
    """A journey with payloads in its texts and in words of its own, which is valid."""
    named = [json.dumps(payload) for payload in payloads]
    words = [json.dumps(f"{n} {payload}") for n, payload in enumerate(payloads)]  # no two the same when they are folded
    touchpoints = [f"- {{id: t{n}, title: {text}, feeling: {words[n]}, quote: {text}}}" for n, text in enumerate(named)]
    channels = [f"k{n}: {{name: {text}, ideal_for: {text}}}" for n, text in enumerate(named)]
    return "\n".join(
        [
            f"title: {named[0]}",
            f"persona: {{name: {named[0]}, pains: [{', '.join(named)}]}}",
            f"feelings: {{{', '.join(f'{word}: -1' for word in words)}}}",
            f"channels: {{{', '.join(channels)}}}",
            f"sources: [{', '.join(f'{{id: s{n}, who: {text}}}' for n, text in enumerate(named))}]",
            f"opportunities: [{', '.join(f'{{title: {text}, at: [t0]}}' for text in named)}]",
            "touchpoints:",
            *touchpoints,
            "",
        ]
    )


def faults(payloads: Sequence[str]) -> str:
    """A journey with payloads where no text belongs, so that messages repeat them."""
    named = [json.dumps(payload) for payload in payloads]
    keys = ("feeling", "channel", "importance", "expected", "satisfaction", "at", "sources", "phase", "duration")
    touchpoints = [
        "- {" + ", ".join([f"id: {text}", f"title: x{n}", *(f"{key}: {text}" for key in keys)]) + f", {text}: {text}}}"
        for n, text in enumerate(named)
    ]
    return "\n".join(["title: T", "persona: P", f"lang: {named[0]}", "touchpoints:", *touchpoints, ""])


def places(text: str) -> Iterator[tuple[int, int]]:
    """Where keys and values begin."""
    for number, line in enumerate(text.splitlines()):
        for column, letter in enumerate(line):
            if letter not in " {}[],:-" and (column == 0 or line[column - 1] in ' {[,"'):
                yield number, column + 1


def check_markdown(text: str) -> None:
    """Nothing of a journey is more than words of a paragraph."""
    stack: list[str] = []
    for token in PARSER.parse(text):
        if token.nesting == -1:
            stack.pop()
        check_token(token, stack)
        if token.nesting == 1:
            stack.append(token.type)
    bare = re.search(r"(?<!\\)(://|www\.|mailto:|xmpp:)evil|evil@", text)  # GitHub's Markdown makes links of these
    assert bare is None, (bare, text)
    assert_printable(text)


def check_token(token: Token, stack: list[str]) -> None:
    if token.type == "inline":
        formed: list[str] = []
        for part in token.children or ():
            words = f"{part.content} {part.attrs} {[one.content for one in part.children or ()]}"
            if EVIL in words:
                assert part.type == "text", (part.type, words)
                assert set(formed) <= {"strong_open"}, (formed, words)
            formed = formed[:-1] if part.nesting == -1 else formed + [part.type] * part.nesting
        if EVIL in token.content:
            assert stack in (["paragraph_open"], ["bullet_list_open", "list_item_open", "paragraph_open"]), token
    else:
        assert EVIL not in token.content and EVIL not in str(token.attrs), token


def check_plain(text: str | None, lines: int = 1) -> None:
    if text is not None:
        assert_printable(text)
        assert text.count("\n") < lines, text


def check_symbols(symbols: list[dict[str, Any]]) -> None:
    for one in symbols:
        check_plain(one["name"])
        check_plain(one.get("detail"))
        check_symbols(one.get("children", []))


def request(editor: Editor, name: str, text: str) -> dict[str, Any]:
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": text.count("\n"), "character": 0}}
    return {"textDocument": {"uri": editor.uri(name)}, "range": whole, "context": {"diagnostics": []}}


def check_findings(editor: Editor, name: str, text: str) -> int:
    """Check the findings and actions of a text; return how many there are."""
    editor.open(name, text)
    found = editor.findings(name)
    for one in found:
        check_plain(one["message"], lines=2)
    actions = editor.ask("textDocument/codeAction", request(editor, name, text)) or []
    for action in actions:
        check_plain(action["title"])
    check_symbols(editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": editor.uri(name)}}))
    return len(found) + len(actions)


def check_hovers(editor: Editor, name: str, text: str) -> str:
    """Check the hovers at all keys and values; return them."""
    found = [editor.ask("textDocument/hover", editor.at(name, *place)) for place in places(text)]
    shown = {hover["contents"]["value"] for hover in found if hover}
    for one in shown:
        check_markdown(one)
    return "\n".join(shown)


@pytest.mark.parametrize("at", range(0, len(PAYLOADS), 8))
def test_no_text_of_a_journey_is_more_than_text(editor: Editor, at: int) -> None:
    some = PAYLOADS[at : at + 8]
    valid, name = texts(some), "a.journey.yaml"
    assert check_findings(editor, name, valid) > 3
    shown = check_hovers(editor, name, valid)
    assert f"touchpoint {len(some)} of {len(some)}" in shown and shown.count("a word of your own") >= len(some)
    wrong = faults(some)
    assert check_findings(editor, "b.journey.yaml", wrong) > 5 * len(some)
    check_hovers(editor, "b.journey.yaml", wrong)


def test_a_word_that_is_completed_is_one_value(editor: Editor) -> None:
    """What is inserted reads back as the word, and does not add lines, keys or comments."""
    words = [word for word in PAYLOADS if word.isprintable() and len(word) < 50]
    odd = ["x: y", "a #b", "true", "1.5", "[a", "{a", "a, b", "'a'", "- a", "&a", "*a", "!a b", "%a", "~", "null", "a:"]
    text = texts([*words, *odd])
    shown = {f"{n} {word}" for n, word in enumerate([*words, *odd])}
    last = "- {id: last, title: I wait, feeling: "
    for number, (ending, quote) in enumerate(((last, ""), (last + '"', '"'), ("- title: I wait\n  feeling: ", ""))):
        whole, name = text + ending, f"{number}.journey.yaml"
        editor.open(name, whole)
        line, column = whole.count("\n"), len(whole.rpartition("\n")[2])
        items = editor.ask("textDocument/completion", editor.at(name, line, column))
        mine = [one for one in items if "of your own" in (one.get("detail") or "")]
        if not quote:
            assert {one["label"] for one in mine} == shown
        for one in mine:
            check_plain(one["textEdit"]["newText"])
            assert one.get("insertTextFormat") in (None, 1)  # no snippet, whose variables are filled in
            done = f"{whole}{one['textEdit']['newText']}{quote}" + ("}" if ending.startswith(last) else "") + "\n"
            read = parse_yaml(done)
            assert not read.faults and read.data["touchpoints"][-1]["feeling"] == one["label"], done.splitlines()[-1]


SETTINGS = [
    "{} = 1", "theme = {}", "show = {}", "select = [{}]", "baseline = {}", "plugins = [{}]", "[rules.{}]\nseverity = 1",
    "[scoring]\n{} = 1", "[channels.{}]\nx = 1", "[feelings]\n{} = 9", "[per-file-ignores]\n{} = [{}]", "include = {}",
]  # fmt: skip


def test_a_message_about_settings_has_no_link(editor: Editor) -> None:
    """Some editors make links, also of commands, in messages."""
    payloads = ("[evil](command:evil.run)", "x\n[evil](https://evil.example)", "\u202e\x1b[2Jevil")
    texts = [settings.replace("{}", json.dumps(payload)) for settings in SETTINGS for payload in payloads]
    for number, settings in enumerate(texts):
        name = f"{number}/a.journey.yaml"
        (editor.folder / str(number)).mkdir()
        (editor.folder / str(number) / "journeykit.toml").write_text(f"{settings}\n", encoding="utf-8")
        editor.open(name, "title: T\npersona: P\ntouchpoints:\n- I call: sad\n- I wait: happy\n")
        editor.findings(name)
    messages = [one["params"]["message"] for one in editor.kept if one.get("method") == "window/showMessage"]
    assert len(messages) > len(texts) // 2 and EVIL in "".join(messages)
    for shown in messages:
        assert_printable(shown)
        assert "](" not in shown and not [line for line in shown.split("\n") if line.startswith(EVIL)], shown
