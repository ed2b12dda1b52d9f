"""What a page is told of a map: its state, its forms, and the message of a commit."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from journeykit.editing.analysis import Analysis
from journeykit.editing.desk import Desk
from journeykit.editing.grounds import Grounds
from journeykit.editing.words import LONGEST_SUBJECT, commit_message
from journeykit.project import Project
from journeykit.reading.schema_guesses import at_path
from tests.conftest import EXAMPLES
from tests.editing.conftest import MAP, Edit, desk_of
from tests.repositories import Folder

CALL = ["touchpoints", 0]


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.journey.yaml")), ids=lambda file: file.name.partition(".")[0])
def test_the_state_of_each_example_is_json_whose_paths_lead_to_what_they_name(file: Path) -> None:
    desk = Desk(Project.find(EXAMPLES), Grounds((EXAMPLES,)), read_only=True)
    state = json.loads(json.dumps(desk.state(file), allow_nan=False))
    lines = state["text"].splitlines()
    for stage in state["stages"]:
        assert at_path(state["journey"], tuple(stage["list"]))
        for one in stage["touchpoints"]:
            assert at_path(state["journey"], tuple(one["path"]))["title"] == one["title"]
            line = lines[desk.line(file, [*one["path"], "title"]) - 1]
            assert one["title"].split()[0] in line
    for one in state["opportunities"]:
        assert at_path(state["journey"], tuple(one["path"]))["id"] == one["id"]
    known = {one["id"] for stage in state["stages"] for one in stage["touchpoints"]}
    assert {one["touchpoint"] for one in state["lows"]} == {
        one["id"] for stage in state["stages"] for one in stage["touchpoints"] if one["low"]
    } - {id for low in state["lows"] for id in low["span"][1:]}
    assert {one["touchpoint"] for one in state["findings"]} <= {None, *known}
    assert state["score"]["low"] < state["score"]["value"] < state["score"]["high"]
    assert (state["saved"], state["undo"], state["diff"], state["conflict"]) == (True, [], "", None)


def test_a_form_has_a_field_for_each_key_with_its_kind(edit: Edit) -> None:
    form = edit().desk.form(edit().file)
    fields = {part: {one["key"]: one for one in found} for part, found in form["fields"].items()}
    touchpoint, opportunity = fields["touchpoint"], fields["opportunity"]
    kinds = {
        "title": "text", "why": "longtext", "pains": "texts", "feeling": "feeling", "channel": "channel",
        "satisfaction": "number", "moment_of_truth": "flag", "wait": "duration", "by": "choice", "image": "image",
        "links": "link", "decision": "other", "measured": "other", "backstage": "other", "evidence": "reference",
    }  # fmt: skip
    assert {key: touchpoint[key]["kind"] for key in kinds} == kinds
    assert [touchpoint[key]["many"] for key in ("pains", "channel", "thinks", "title", "why")] == [1, 1, 1, 0, 0]
    assert (touchpoint["importance"]["min"], touchpoint["importance"]["max"]) == (1, 5)
    assert opportunity["status"]["choices"] == ["idea", "planned", "doing", "done", "dropped"]
    assert form["choices"]["opportunity.status"] == opportunity["status"]["choices"]
    assert (opportunity["due"]["kind"], opportunity["owner"]["kind"], opportunity["at"]["kind"]) == (
        "date", "person", "reference",
    )  # fmt: skip
    assert (fields["journey"]["goals"]["item"], touchpoint["links"]["item"]) == ("goal", "url")
    assert all(one["description"] for found in fields.values() for one in found.values())
    assert (form["scale"]["min"], form["scale"]["max"]) == (1, 5)
    happy = next(one for one in form["feelings"] if one["word"] == "happy")
    assert happy["value"] == 1 + 4 * happy["score"] / 100 > 3
    assert {"id": "phone", "title": "Phone"} in form["channels"]


def test_the_words_of_a_form_are_in_the_language_of_the_map_with_its_own(edit: Edit) -> None:
    text = f"lang: de\nfeelings: {{meh: -1}}\nchannels: {{kiosk: {{name: Terminal}}}}\n{MAP}"
    form = edit(text).desk.form(edit(text).file)
    assert form["feelings"][0] == {"word": "meh", "value": 2, "score": 25, "emoji": ""}
    assert any(one["word"] == "wütend" for one in form["feelings"])
    assert form["channels"][0] == {"id": "kiosk", "title": "Terminal"}
    assert {"id": "phone", "title": "Telefon"} in form["channels"]


def test_people_are_those_that_the_file_names_most_often_first(edit: Edit) -> None:
    more = "owner: Anna\nfeedback: []\n"
    text = MAP.replace("target: {call: 4}", "owner: Bert\n  - {title: x, at: call, owner: Bert}") + more
    steps = "    backstage:\n      - {team: Ops, system: CRM}\n    pains: [the"
    people = edit(text.replace("    pains: [the", steps)).state()["people"]
    assert people == {"owners": ["Bert", "Anna"], "teams": ["Ops"], "systems": ["CRM"]}


@pytest.fixture
def repository(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "repository")
    folder.write("a.journey.yaml", MAP)
    folder.commit("The map")
    return folder


def test_the_message_is_against_the_last_commit_and_nothing_is_committed(
    repository: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(repository.root)
    file = repository.root / "a.journey.yaml"
    assert desk.state(file)["message"] == ""
    desk.act(file, "", [{"do": "face", "path": CALL, "satisfaction": 4}])
    state = desk.act(file, "", [{"do": "set", "path": ["touchpoints", 1, "why"], "value": "too few people"}])
    assert state["message"] == (
        "I get help: score 50.3 → 62.8\n\n- I call: satisfaction 2 of 5 → 4 of 5\n- I wait: now has: cause\n"
    )
    assert repository.git("log", "--format=%s").split("\n") == ["The map"]
    repository.git("commit", "-qam", "Done")
    monkeypatch.setattr("journeykit.editing.heads.LOOK", 0)
    assert desk.state(file)["message"] == ""
    (repository.root / "new.journey.yaml").write_text(MAP, encoding="utf-8")
    assert desk.state(repository.root / "new.journey.yaml")["message"] == "Map “I get help”"


def test_the_first_map_of_a_repository_without_a_commit_has_a_message(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "repository")
    folder.write("a.journey.yaml", MAP)
    assert desk_of(folder.root).state(folder.root / "a.journey.yaml")["message"] == "Map “I get help”"


def test_hints_of_a_form_are_no_markdown(edit: Edit) -> None:
    form = edit().desk.form(edit().file)
    hints = {f"{part}.{one['key']}": one["description"] for part, own in form["fields"].items() for one in own}
    assert not [hint for hint in hints.values() if "`" in hint]
    assert "“none”" in hints["touchpoint.channel"]


def test_without_git_there_is_no_message(edit: Edit) -> None:
    assert edit().act({"do": "set", "path": ["title"], "value": "x"})["message"] == ""


def test_the_subject_of_a_message_is_short_and_has_no_line_break(edit: Edit) -> None:
    analysis = edit().desk.session(edit().file).analysis
    long = Analysis(MAP.replace("title: I get help ", f'title: "{"long " * 40}"'), analysis.file, analysis.rules)
    for old, new in ((None, long), (analysis, long), (long, analysis)):
        subject = commit_message(old, new).partition("\n")[0]
        assert 0 < len(subject) <= LONGEST_SUBJECT


def test_the_link_to_the_editor_has_file_and_line(edit: Edit) -> None:
    opened = edit(editor="edit://{file}#{line}")
    state = opened.state()
    assert state["editor"] == f"edit://{os.path.abspath(opened.file)}#1"  # noqa: PTH100
    assert all(one["editor"].endswith(f"#{one['line']}") for one in state["findings"]) and state["findings"]
