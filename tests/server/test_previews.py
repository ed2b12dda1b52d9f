"""The picture of a text in the editor, and the site that follows it before it is saved."""

from __future__ import annotations

from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from tests.server.client import Editor

TEXT = """\
title: I get my router fixed
persona: Home customer
touchpoints:
  - {title: I call the help desk, satisfaction: -2}
  - {title: The technician fixes it, satisfaction: 2}
"""
FILE = "a.journey.yaml"


def asked(editor: Editor, **more: str) -> dict[str, object]:
    found: dict[str, object] = editor.ask("journeykit/preview", {"uri": editor.uri(FILE), **more})
    return found


def test_a_preview_is_of_the_text_in_the_editor(editor: Editor) -> None:
    editor.open(FILE, TEXT)
    found = asked(editor)
    root = ElementTree.fromstring(str(found["svg"]))
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "The technician fixes it" in texts and found["score"] == pytest.approx(55)
    editor.type(FILE, TEXT.replace("satisfaction: -2", "satisfaction: 2"))
    after = asked(editor, chart="curve", theme="dark")
    assert after["score"] == pytest.approx(100) and after["version"] != found["version"]
    assert 'id="lane-curve-1"' in str(after["svg"]) and 'fill="#12161c"' in str(after["svg"])
    assert {"rule", "severity", "line", "column", "message", "help"} == {*after["findings"][0]}  # type: ignore[index]


def test_a_text_that_is_no_journey_has_findings_and_no_picture(editor: Editor) -> None:
    editor.open(FILE, TEXT.replace("persona", "persna"))
    found = asked(editor)
    assert (found["svg"], found["score"]) == ("", None)
    assert "unknown-key" in [one["rule"] for one in found["findings"]]  # type: ignore[attr-defined]


def test_an_unknown_chart_or_theme_is_named(editor: Editor) -> None:
    editor.open(FILE, TEXT)
    for wanted in ({"chart": "pie"}, {"theme": "../x"}):
        editor.number += 1
        editor.send(
            {"id": editor.number, "method": "journeykit/preview", "params": {"uri": editor.uri(FILE), **wanted}}
        )
        answer = editor.wait(lambda one: one.get("id") == editor.number and "method" not in one)
        assert next(iter(wanted.values())) in answer["error"]["message"]
    assert editor.ask("journeykit/preview", {"uri": "file:///nowhere.yaml"}) is None


def page(address: str) -> str:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=30)
    connection.request("GET", parts.path)
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def test_the_preview_in_the_browser_follows_the_text_before_it_is_saved(editor: Editor) -> None:
    file = Path(editor.folder / FILE)
    file.write_text(TEXT, encoding="utf-8")
    editor.open(FILE, TEXT)
    address = editor.ask(
        "workspace/executeCommand", {"command": "journeykit.openPreview", "arguments": [editor.uri(FILE)]}
    )
    assert address.startswith("http://127.0.0.1:") and "/journey/a/" in address
    assert "I call the help desk" in page(address)
    again = editor.ask(
        "workspace/executeCommand", {"command": "journeykit.openPreview", "arguments": [editor.uri(FILE)]}
    )
    assert again == address
    editor.type(FILE, TEXT.replace("I call the help desk", "I write to the help desk"))
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=30)
    connection.request("GET", "/_events", headers={"Last-Event-ID": "0"})
    events = connection.getresponse()
    while "I write to the help desk" not in page(address):
        assert events.readline()  # waits for the next event, or fails when none comes
    connection.close()
    assert file.read_text(encoding="utf-8") == TEXT
