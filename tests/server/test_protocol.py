"""Every request gets a reply, whatever it asks for, and a broken message does not end the others."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the language server is an extra")

from journeykit.server import protocol
from journeykit.server.protocol import MessageReader
from tests.server.client import Editor

FILE = "a.journey.yaml"
TEXT = "title: T\npersona: P\ntouchpoints:\n  - I call 🎉: frustrated\n  - It works: relieved\n"
ODD = [2**31 - 1, 2**31, 2**32, 2**64, 10**30, -1, -(2**31), 1.5, "3", None, [], {}]
REQUESTS = ["hover", "definition", "completion", "references", "documentSymbol", "codeAction", "formatting"]


def answer(editor: Editor, id: Any) -> dict[str, Any]:
    return editor.wait(lambda message: message.get("id") == id and "method" not in message)


@pytest.mark.parametrize("request_name", REQUESTS)
def test_positions_out_of_range_get_a_reply(editor: Editor, request_name: str) -> None:
    editor.open(FILE, TEXT)
    for number, odd in enumerate(ODD):
        for position in ({"line": odd, "character": 0}, {"line": 3, "character": odd}, {"line": odd, "character": odd}):
            params = {
                "textDocument": {"uri": editor.uri(FILE)},
                "position": position,
                "range": {"start": position, "end": position},
                "context": {"diagnostics": [], "includeDeclaration": True},
                "options": {"tabSize": 2, "insertSpaces": True},
            }
            editor.number += 1
            editor.send({"id": editor.number, "method": f"textDocument/{request_name}", "params": params})
            reply = answer(editor, editor.number)
            assert "result" in reply or reply["error"]["code"] == -32602, (number, reply)


@pytest.mark.parametrize("params", [None, [], {}, 3, "x", {"textDocument": {}}, {"textDocument": {"uri": 3}}])
def test_unfit_parameters_get_a_reply(editor: Editor, params: Any) -> None:
    for id, method in enumerate(("hover", "codeAction", "nothing-of-ours"), 70_000):
        editor.send({"id": id, "method": f"textDocument/{method}", "params": params})
        assert "error" in answer(editor, id)
    editor.open(FILE, TEXT)
    assert editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": editor.uri(FILE)}})


@pytest.mark.parametrize(
    "noise",
    [
        b"\r\n",
        b"Content-Type: x\r\n\r\n",
        b"X: y\r\n\r\n{}",
        b'Hello\r\n\r\n{"jsonrpc": "2.0"}',
        b"Content-Length: 0\r\n\r\n",
        b"Content-Length: \r\n\r\n{}",
        b"Content-Length: -5\r\n\r\n",
        b"Content-Length: 3\r\n\r\n{,}",
        b"Content-Length: 1\r\n\r\n\xff",
        b"Content-Length: 2\r\n\r\n[]",
        b"Content-Length: 4\r\n\r\nnull",
        b"Content-Length: 9999999999999999\r\n\r\n",
        b"content-length:2\n\n{}",
        b"\x00" * 500 + b"\n",
        b"Content-Length: 20\r\n\r\n" + b"[" * 20,
    ],
)
def test_a_broken_message_does_not_end_the_others(editor: Editor, noise: bytes) -> None:
    assert editor.process.stdin is not None
    editor.process.stdin.write(noise)
    editor.process.stdin.flush()
    editor.open(FILE, TEXT)
    found = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": editor.uri(FILE)}})
    assert found


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{,}", -32700),
        (b"\xff", -32700),
        (b"[" * 100_000, -32700),
        (b"[]", -32600),
        (b"3", -32600),
        (b"null", -32600),
        (b'{"id": {}, "method": "shutdown"}', -32600),
    ],
)
def test_what_is_no_message_gets_a_reply_without_an_id(editor: Editor, body: bytes, code: int) -> None:
    assert editor.process.stdin is not None
    editor.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    editor.process.stdin.flush()
    reply = editor.wait(lambda message: "id" in message and message["id"] is None)
    assert reply["error"]["code"] == code


def test_requests_after_the_shutdown_get_a_reply(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    editor.ask("shutdown", None)
    editor.send({"id": "late", "method": "textDocument/hover", "params": editor.at(FILE, 0, 0)})
    assert answer(editor, "late")["error"]["code"] == -32600
    editor.tell("exit", None)
    assert editor.process.wait(60) == 0
    editor.process.kill()
    editor.close()


def test_a_message_that_is_too_large_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "LARGEST_MESSAGE", 100)
    body = json.dumps({"a": 1}).encode()
    stream = b"Content-Length: 200\r\n\r\n" + b"x" * 200 + b"Content-Length: %d\r\n\r\n" % len(body) + body
    reader = MessageReader(io.BytesIO(stream))
    assert reader.readline() == b"Content-Length: %d\r\n" % len(body)
    assert reader.readline() == b"\r\n"
    assert reader.read(len(body)) == body
    assert reader.readline() == b""
