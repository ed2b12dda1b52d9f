"""The server as an editor meets it: a process of its own, spoken to over its standard input and output."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from journeykit.linting import page_of
from tests.conftest import EXAMPLES
from tests.server.client import Editor

GOOD = """\
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - 🎉 The technician fixes it: relieved
"""
FILE = "a.journey.yaml"


def codes(findings: list[dict[str, Any]]) -> list[str]:
    return [finding["code"] for finding in findings]


def mended(text: str, action: dict[str, Any]) -> str:
    """A text of ASCII with the edits of an action made."""
    lines = text.splitlines(keepends=True)
    (edits,) = action["edit"]["changes"].values()
    for edit in sorted(edits, key=lambda edit: -edit["range"]["start"]["line"]):
        start, end = (edit["range"][end]["line"] for end in ("start", "end"))
        first, last = (edit["range"][end]["character"] for end in ("start", "end"))
        tail = lines[end][last:] if end < len(lines) else ""
        lines[start : end + 1] = [lines[start][:first] + edit["newText"] + tail]
    return "".join(lines)


def test_findings_come_as_one_types_and_go_when_it_is_mended(editor: Editor) -> None:
    editor.open(FILE, GOOD.replace("relieved", "releived"))
    (finding,) = editor.findings(FILE)
    assert (finding["code"], finding["severity"], finding["source"]) == ("unknown-feeling", 1, "journeykit")
    assert finding["message"] == '"releived" is not a known feeling\ndid you mean "relieved"?'
    assert finding["range"] == {"start": {"line": 4, "character": 32}, "end": {"line": 4, "character": 40}}
    editor.type(FILE, GOOD)
    found = editor.findings(FILE)
    assert "unknown-feeling" not in codes(found)
    assert {"ignored-low-point", "missing-note"} <= set(codes(found))
    assert {finding["severity"] for finding in found} == {2}
    assert not (editor.folder / FILE).exists()


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 34), ("utf-16", 32), ("utf-32", 31)])
def test_columns_are_counted_as_the_editor_asks(tmp_path: Path, encoding: str, column: int) -> None:
    editor = Editor(tmp_path, [encoding])
    assert editor.capabilities["positionEncoding"] == encoding
    editor.open(FILE, GOOD.replace("relieved", "releived"))
    (finding,) = editor.findings(FILE)
    assert finding["range"]["start"] == {"line": 4, "character": column}
    assert editor.close() == 0


def test_closing_a_file_takes_its_findings_away(editor: Editor) -> None:
    editor.open(FILE, "title: T\n")
    assert editor.findings(FILE)
    editor.tell("textDocument/didClose", {"textDocument": {"uri": editor.uri(FILE)}})
    editor.versions.pop(editor.uri(FILE))
    assert editor.findings(FILE) == []
    editor.open(FILE, GOOD)
    assert editor.findings(FILE)


def test_other_yaml_is_left_alone(editor: Editor) -> None:
    for name in ("compose.yaml", ".github/workflows/ci.yml", "journeys.yaml"):
        editor.open(name, "title: T\n")
        assert editor.ask("textDocument/hover", editor.at(name, 0, 1)) is None
        assert editor.ask("textDocument/completion", editor.at(name, 1, 0)) == []
    editor.open("journeys/deep/b.yml", "title: T\n")
    assert codes(editor.findings("journeys/deep/b.yml")) == ["missing-key", "stages-or-touchpoints"]


def test_the_settings_of_the_file_hold_the_nearest_first(editor: Editor) -> None:
    editor.folder.joinpath("journeykit.toml").write_text('select = ["ignored-low-point"]\n', encoding="utf-8")
    inner = editor.folder / "inner"
    inner.mkdir()
    inner.joinpath("journeykit.toml").write_text('select = ["missing-note"]\ninclude = ["*.yaml"]\n', encoding="utf-8")
    editor.open(FILE, GOOD)
    assert codes(editor.findings(FILE)) == ["ignored-low-point"]
    editor.open("inner/b.yaml", GOOD)
    assert codes(editor.findings("inner/b.yaml")) == ["missing-note"]
    editor.folder.joinpath("journeykit.toml").write_text('select = ["missing-goal"]\n', encoding="utf-8")
    editor.tell("textDocument/didSave", {"textDocument": {"uri": editor.uri(FILE)}})
    assert codes(editor.findings(FILE)) == ["missing-goal"]


def test_settings_are_watched_where_the_editor_can(tmp_path: Path) -> None:
    editor = Editor(tmp_path, watching=True)
    asked = editor.wait(lambda message: message.get("method") == "client/registerCapability")
    editor.send({"id": asked["id"], "result": None})
    (watching,) = asked["params"]["registrations"]
    patterns = [watcher["globPattern"] for watcher in watching["registerOptions"]["watchers"]]
    assert (watching["method"], patterns[0]) == ("workspace/didChangeWatchedFiles", "**/journeykit.toml")
    editor.open(FILE, GOOD)
    assert len(editor.findings(FILE)) > 3
    settings = tmp_path / "journeykit.toml"
    settings.write_text('select = ["ignored-low-point"]\n', encoding="utf-8")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": settings.as_uri(), "type": 1}]})
    assert codes(editor.findings(FILE)) == ["ignored-low-point"]
    assert editor.close() == 0


def test_mild_findings_are_shown_where_the_settings_ask_for_them(editor: Editor) -> None:
    editor.folder.joinpath("journeykit.toml").write_text('show = "info"\n', encoding="utf-8")
    editor.open(FILE, GOOD)
    assert {finding["severity"] for finding in editor.findings(FILE)} == {2, 3}


def test_what_the_baseline_holds_is_not_shown(editor: Editor) -> None:
    editor.folder.joinpath(FILE).write_text(GOOD, encoding="utf-8")
    made = subprocess.run(
        [sys.executable, "-m", "journeykit", "lint", "--write-baseline"], cwd=editor.folder, capture_output=True,
        check=True,
    )  # fmt: skip
    assert b"holds" in made.stderr
    settings = 'baseline = "journeykit-baseline.json"\n'
    editor.folder.joinpath("journeykit.toml").write_text(settings, encoding="utf-8")
    editor.open(FILE, GOOD)
    assert editor.findings(FILE) == []
    editor.type(FILE, GOOD.replace("relieved", "sad"))
    assert "bad-ending" in codes(editor.findings(FILE))


def test_shared_words_channels_and_personas_are_known(editor: Editor) -> None:
    settings = """\
[feelings]
meh = -1
[channels.kiosk]
name = "The kiosk"
[personas.eva]
name = "Eva, home customer"
"""
    editor.folder.joinpath("journeykit.toml").write_text(settings, encoding="utf-8")
    text = "title: I get my router fixed\npersona: \ntouchpoints:\n  - {title: I call, channel: kiosk, feeling: meh}\n"
    editor.open(FILE, text + "  - I wait: meh\n")
    assert "unknown-feeling" not in codes(editor.findings(FILE))
    assert (
        "valence -1"
        in editor.ask("textDocument/hover", editor.at(FILE, *place(text, "meh", "meh")))["contents"]["value"]
    )
    personas = editor.ask("textDocument/completion", editor.at(FILE, 1, 9))
    assert [(item["label"], item["detail"]) for item in personas] == [("eva", "Eva, home customer")]
    channels = editor.ask("textDocument/completion", editor.at(FILE, *place(text, "kiosk", "kiosk")))
    assert (channels[0]["label"], channels[0]["detail"]) == ("kiosk", "The kiosk")


OWN = '''
from journeykit.finding import Severity
from journeykit.rules import Hit, rule

@rule(Severity.WARNING)
def short_title(subject):
    """A title says too little.

    Finds titles of less than 40 characters.
    """
    print("this is not for the protocol")
    if subject.journey.title == "raise":
        raise ValueError("no title that one can judge")
    yield Hit(("title",), "the title is short")
'''


def test_own_rules_run_with_their_pages_and_may_print_and_fail(editor: Editor) -> None:
    editor.folder.joinpath("ours.py").write_text(OWN, encoding="utf-8")
    settings = 'plugins = ["ours.py"]\nselect = ["short-title"]\n'
    editor.folder.joinpath("journeykit.toml").write_text(settings, encoding="utf-8")
    editor.open(FILE, GOOD)
    assert codes(editor.findings(FILE)) == ["short-title"]
    assert "less than 40" in editor.ask("textDocument/hover", editor.at(FILE, 0, 9))["contents"]["value"]
    editor.type(FILE, GOOD.replace("I get my router fixed", "raise"))
    assert editor.findings(FILE) == []
    said = editor.wait(lambda message: message.get("method") == "window/showMessage")["params"]["message"]
    assert "own rule short-title" in said
    assert said.endswith("failed: ValueError: no title that one can judge")


@pytest.mark.parametrize("settings", ['selct = ["all"]\n', 'select = ["ignored-low-piont"]\n', "select = [\n"])
def test_settings_that_cannot_be_used_are_said_once_and_the_defaults_serve(editor: Editor, settings: str) -> None:
    editor.folder.joinpath("journeykit.toml").write_text(settings, encoding="utf-8")
    editor.open(FILE, GOOD)
    said = editor.wait(lambda message: message.get("method") == "window/showMessage")["params"]
    assert said["type"] == 1
    assert said["message"].startswith("journeykit: ")
    assert "ignored-low-point" in codes(editor.findings(FILE))
    editor.type(FILE, GOOD + "\n")
    editor.findings(FILE)
    assert not [message for message in editor.kept if message.get("method") == "window/showMessage"]


def test_hover_on_a_finding_is_the_page_of_its_rule(editor: Editor) -> None:
    editor.folder.joinpath("journeykit.toml").write_text('select = ["ignored-low-point"]\n', encoding="utf-8")
    editor.open(FILE, GOOD)
    shown = editor.ask("textDocument/hover", editor.at(FILE, 3, 28))["contents"]
    page = page_of("ignored-low-point") or ""
    assert shown["kind"] == "markdown"
    assert f"**ignored-low-point**: {page.splitlines()[0]}" in shown["value"]
    assert "**Good:**\n\n```yaml\n" in shown["value"]
    assert "valence -1.5" in shown["value"]


def test_hover_on_a_touchpoint_is_its_score(editor: Editor) -> None:
    editor.open(FILE, GOOD)
    shown = editor.ask("textDocument/hover", editor.at(FILE, 3, 8))["contents"]["value"]
    for fact in ("score **12.5** of 100, from the feeling", "weight 3", "carries 45 % of the journey's score",
                 "low point: critical, severity 45 of 100, rank 1"):  # fmt: skip
        assert fact in shown


def test_hover_on_a_key_is_what_it_means(editor: Editor) -> None:
    editor.open(FILE, GOOD)
    shown = editor.ask("textDocument/hover", editor.at(FILE, 1, 3))
    assert "`persona`: " in shown["contents"]["value"]
    assert shown["range"] == {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 7}}
    assert editor.ask("textDocument/hover", editor.at(FILE, 5, 0)) is None


REFERRING = """\
title: I get my router fixed
persona: {name: Home customer, prefers: [kiosk]}
channels: {kiosk: {name: Kiosk}}
feelings: {Meh: -1}
evidence: [calls]
touchpoints:
  - {id: call, title: I call, channel: kiosk, feeling: meh}
  - I wait: sad
opportunities:
  - {id: faster, title: Answer, at: [call, i-wait], target: {call: 1}}
sources:
  - {id: calls, kind: ticket}
"""


def place(text: str, within: str, word: str) -> tuple[int, int]:
    """The line that holds a text, and where a word is in it."""
    (line,) = [number for number, line in enumerate(text.splitlines()) if within in line]
    return line, text.splitlines()[line].index(word, text.splitlines()[line].index(within))


@pytest.mark.parametrize(
    ("within", "word", "home", "name"),
    [
        ("at: [call", "call", "id: call,", "call"), ("i-wait], target", "i-wait", "- I wait", "I wait"),
        ("target: {call", "call", "id: call,", "call"), ("evidence: [calls", "calls", "id: calls", "calls"),
        ("channel: kiosk", "kiosk", "channels: {kiosk", "kiosk"), ("prefers: [kiosk", "kiosk", "channels: {", "kiosk"),
        ("feeling: meh", "meh", "feelings: {Meh", "Meh"),
    ],
)  # fmt: skip
def test_a_name_leads_to_where_it_is_defined(editor: Editor, within: str, word: str, home: str, name: str) -> None:
    editor.open(FILE, REFERRING)
    found = editor.ask("textDocument/definition", editor.at(FILE, *place(REFERRING, within, word)))
    line, start = place(REFERRING, home, name)
    assert [one["range"]["start"] for one in found] == [{"line": line, "character": start}]
    assert found[0]["range"]["end"]["character"] == start + len(name)
    assert found[0]["uri"] == editor.uri(FILE)


def test_all_places_that_name_a_touchpoint(editor: Editor) -> None:
    editor.open(FILE, REFERRING)
    asked = editor.at(FILE, *place(REFERRING, "id: call,", "call"))
    found = editor.ask("textDocument/references", {**asked, "context": {"includeDeclaration": True}})
    wanted = [("id: call,", "call"), ("at: [call", "call"), ("target: {call", "call")]
    starts = [(one["range"]["start"]["line"], one["range"]["start"]["character"]) for one in found]
    assert starts == [place(REFERRING, *one) for one in wanted]


def test_completion_takes_the_place_of_what_is_typed(editor: Editor) -> None:
    editor.open(FILE, GOOD + "  - 🎉 At last: reli")
    found = editor.ask("textDocument/completion", editor.at(FILE, 5, 20))
    (item,) = [item for item in found if item["label"] == "relieved"]
    assert item["textEdit"]["range"] == {"start": {"line": 5, "character": 16}, "end": {"line": 5, "character": 20}}
    assert item["detail"].startswith("+1")


def test_the_outline_is_stages_with_touchpoints_persona_and_opportunities(editor: Editor) -> None:
    editor.open(FILE, (EXAMPLES / "my-new-job.journey.yaml").read_text(encoding="utf-8"))
    found = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": editor.uri(FILE)}})
    names = {symbol["name"]: [child["name"] for child in symbol.get("children") or ()] for symbol in found}
    assert "My laptop is not there" in names["My first day"]
    assert len(names["opportunities"]) > 3
    assert names[found[0]["name"]] == []

    def within(inner: dict[str, Any], outer: dict[str, Any]) -> bool:
        ends = [(one[end]["line"], one[end]["character"]) for one in (outer, inner) for end in ("start", "end")]
        return ends[0] <= ends[2] <= ends[3] <= ends[1]

    for symbol in found:
        assert within(symbol["selectionRange"], symbol["range"])
        for child in symbol.get("children") or ():
            assert within(child["range"], symbol["range"])
            assert within(child["selectionRange"], child["range"])


def quick_fixes(editor: Editor, finding: dict[str, Any], **context: Any) -> dict[str, dict[str, Any]]:
    asked = {"textDocument": {"uri": editor.uri(FILE)}, "range": finding["range"]}
    found = editor.ask("textDocument/codeAction", {**asked, "context": {"diagnostics": [finding], **context}})
    return {action["title"]: action for action in found}


@pytest.mark.parametrize(
    ("right", "wrong", "title"),
    [("relieved", "releived", "Write relieved"), ("persona:", "persna:", "Write persona")],
)
def test_what_was_meant_is_a_quick_fix(editor: Editor, right: str, wrong: str, title: str) -> None:
    text = GOOD.replace("🎉 ", "")
    editor.open(FILE, text.replace(right, wrong))
    finding = next(one for one in editor.findings(FILE) if wrong.strip(":") in one["message"])
    action = quick_fixes(editor, finding)[title]
    assert action["isPreferred"] is True
    assert action["diagnostics"] == [finding]
    assert mended(text.replace(right, wrong), action) == text


def test_a_rule_is_ignored_at_its_line_by_a_quick_fix(editor: Editor) -> None:
    text = GOOD.replace("🎉 ", "")
    editor.open(FILE, text)
    for rule in ("missing-note", "missing-goal"):
        finding = next(one for one in editor.findings(FILE) if one["code"] == rule)
        text = mended(text, quick_fixes(editor, finding)[f"Ignore {rule} here"])
        editor.type(FILE, text)
    assert text.startswith("title: I get my router fixed # journeykit: ignore[missing-note, missing-goal]\n")
    assert not {"missing-note", "missing-goal", "unused-suppression"} & set(codes(editor.findings(FILE)))


def test_a_text_over_several_lines_is_ignored_from_above(editor: Editor) -> None:
    text = GOOD.replace("🎉 ", "").replace("title: I get my router fixed", "title: The repair\n  process")
    editor.open(FILE, text)
    finding = next(one for one in editor.findings(FILE) if one["code"] == "company-title")
    text = mended(text, quick_fixes(editor, finding)["Ignore company-title here"])
    editor.type(FILE, text)
    assert not {"company-title", "unused-suppression", "yaml-syntax"} & set(codes(editor.findings(FILE)))


def test_what_validate_refuses_cannot_be_ignored(editor: Editor) -> None:
    editor.open(FILE, GOOD.replace("relieved", "releived"))
    (finding,) = editor.findings(FILE)
    assert list(quick_fixes(editor, finding)) == ["Write relieved"]


def test_a_rule_that_can_mend_offers_it(editor: Editor) -> None:
    text = GOOD.replace("🎉 ", "").replace(
        "  - I call the help desk: frustrated", "  - {title: I call, channel: e-mail}"
    )
    editor.open(FILE, text)
    finding = next(one for one in editor.findings(FILE) if "e-mail" in one["message"])
    (action,) = [one for name, one in quick_fixes(editor, finding).items() if not name.startswith("Ignore")]
    assert mended(text, action) == text.replace("e-mail", "email")
    (every,) = quick_fixes(editor, finding, only=["source.fixAll"]).values()
    assert every["kind"] == "source.fixAll.journeykit"
    assert "channel: email" in mended(text, every)


def test_fix_all_makes_what_lint_fix_makes_mild_findings_too(editor: Editor) -> None:
    """A foreign feeling word is an info, which the editor is not shown unless the settings ask for it."""
    text = GOOD.replace("title: ", "lang: en\ntitle: ", 1).replace("frustrated", "frustriert", 1)
    editor.open(FILE, text)
    assert "foreign-feeling-word" not in codes(editor.findings(FILE))
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    context = {"diagnostics": [], "only": ["source.fixAll"]}
    document = {"textDocument": {"uri": editor.uri(FILE)}, "range": whole, "context": context}
    (every,) = editor.ask("textDocument/codeAction", document)
    path = editor.folder / FILE
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "journeykit", "lint", "--fix", FILE]
    subprocess.run(command, cwd=editor.folder, capture_output=True, check=False)
    assert path.read_text(encoding="utf-8") == mended(text, every) != text


def test_formatting_is_that_of_fmt(editor: Editor) -> None:
    text = "persona:   Home customer\r\ntitle: A # so\r\ntouchpoints:\r\n- I call:   sad\r\n- b: sad\r\n"
    (editor.folder / FILE).write_bytes(text.encode())
    subprocess.run(
        [sys.executable, "-m", "journeykit", "fmt", FILE], cwd=editor.folder, capture_output=True, check=True
    )
    editor.open(FILE, text)
    options = {"textDocument": {"uri": editor.uri(FILE)}, "options": {"tabSize": 2, "insertSpaces": True}}
    edits = editor.ask("textDocument/formatting", options)
    laid_out = mended(text, {"edit": {"changes": {"": edits}}})
    assert laid_out.encode() == (editor.folder / FILE).read_bytes() != text.encode()
    editor.type(FILE, laid_out)
    assert editor.ask("textDocument/formatting", options) == []
    editor.type(FILE, "title: [")
    assert editor.ask("textDocument/formatting", options) == []


def test_it_ends_in_silence_when_the_editor_is_gone(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "journeykit", "lsp"], cwd=tmp_path, input=b"", capture_output=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_what_is_asked_and_answered_can_be_logged(tmp_path: Path) -> None:
    editor = Editor(tmp_path, log="server.log")
    editor.open(FILE, GOOD)
    editor.ask("textDocument/hover", editor.at(FILE, 3, 8))
    assert editor.close() == 0
    logged = (tmp_path / "server.log").read_text(encoding="utf-8")
    assert "'textDocument/hover' received" in logged
    assert "low point: critical" in logged


def test_without_pygls_it_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pygls'] = None; sys.argv = ['journeykit', 'lsp'];"
        "from journeykit.__main__ import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == 'journeykit: the language server needs pygls\n  pip install "journeykit[lsp]"\n'


def test_a_picture_and_another_journey_lead_to_their_files(editor: Editor) -> None:
    (editor.folder / "call.png").write_bytes(b"")
    (editor.folder / "returns.journey.yaml").write_text("title: T\npersona: P\ntouchpoints: [a, b]\n")
    text = (
        "title: T\npersona: P\ntouchpoints:\n  - {title: a, image: call.png, journey: returns}\n"
        "  - {title: b, journey: returns.journey.yaml, image: /etc/passwd}\n"
    )
    editor.open(FILE, text)
    for word, file in (
        ("call.png", "call.png"),
        ("returns}", "returns.journey.yaml"),
        ("returns.", "returns.journey.yaml"),
    ):
        found = editor.ask("textDocument/definition", editor.at(FILE, *place(text, word, word[:4])))
        assert [one["uri"] for one in found] == [(editor.folder / file).resolve().as_uri()]
    assert editor.ask("textDocument/definition", editor.at(FILE, *place(text, "/etc/passwd", "etc"))) == []
