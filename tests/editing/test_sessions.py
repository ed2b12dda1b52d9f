"""A file that others write too: it is merged, or the conflict is shown; nothing is overwritten in silence."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from journeykit.editing import session
from journeykit.editing.grounds import OnDisk, read_disk
from journeykit.editing.refusal import ActRefusedError, ChangedMeanwhileError
from journeykit.editing.session import Session
from tests.editing.conftest import MAP, Edit, Edited, desk_of

CALL, WAIT = ["touchpoints", 0], ["touchpoints", 1]
THEIRS = MAP.replace("title: I get help ", "title: I am helped ")


def write(opened: Edited, text: str) -> None:
    opened.file.write_bytes(text.encode())


def test_what_others_changed_is_taken_over_and_kept_by_acts_and_undo(edit: Edit) -> None:
    opened = edit()
    opened.act({"do": "face", "path": CALL, "satisfaction": 4})
    write(opened, opened.text.replace("title: I get help ", "title: I am helped "))
    assert opened.state()["journey"]["title"] == "I am helped"
    opened.act({"do": "face", "path": WAIT, "feeling": "angry"})
    assert opened.text == THEIRS.replace("satisfaction: 2", "satisfaction: 4").replace("I wait: sad", "I wait: angry")
    opened.desk.undo(opened.file)
    opened.desk.undo(opened.file)
    assert opened.text == THEIRS


def test_an_act_says_whether_the_page_had_seen_all_changes(edit: Edit) -> None:
    opened = edit()
    seen = opened.state()["version"]
    write(opened, opened.text.replace("title: I get help ", "title: I am helped "))
    for satisfaction, others in ((4, True), (5, False)):
        act = {"do": "face", "path": CALL, "satisfaction": satisfaction}
        state = opened.desk.act(opened.file, seen, [act])
        assert state["others"] is others
        seen = state["version"]


def test_an_undo_that_clashes_with_what_came_after_is_refused(edit: Edit) -> None:
    opened = edit()
    opened.act({"do": "face", "path": CALL, "satisfaction": 4})
    write(opened, opened.text.replace("satisfaction: 4", "satisfaction: 5"))
    text = opened.text
    with pytest.raises(ChangedMeanwhileError, match="cannot be taken back"):
        opened.desk.undo(opened.file)
    assert (opened.text, len(opened.state()["undo"])) == (text, 1)


def test_unsaved_changes_are_merged_with_those_of_the_file(edit: Edit) -> None:
    opened = edit(mode="demand")
    state = opened.act({"do": "face", "path": CALL, "satisfaction": 4})
    assert (state["saved"], opened.text) == (False, MAP)
    assert "-    satisfaction: 2\n+    satisfaction: 4\n" in state["diff"]
    assert state["changes"] == ["I call: satisfaction 2 of 5 → 4 of 5"]
    write(opened, THEIRS)
    state = opened.state()
    assert state["journey"]["title"] == "I am helped"
    assert (state["saved"], opened.text) == (False, THEIRS)
    assert state["changes"] == ["I call: satisfaction 2 of 5 → 4 of 5"]
    state = opened.desk.save(opened.file)
    assert (state["saved"], state["diff"], state["changes"]) == (True, "", [])
    assert opened.text == THEIRS.replace("satisfaction: 2", "satisfaction: 4")


def clashing(edit: Edit) -> Edited:
    opened = edit(mode="demand")
    opened.act({"do": "face", "path": CALL, "satisfaction": 4})
    write(opened, MAP.replace("satisfaction: 2", "satisfaction: 1"))
    return opened


def test_a_conflict_is_shown_and_nothing_is_written_until_it_is_settled(edit: Edit) -> None:
    opened = clashing(edit)
    theirs = opened.text
    conflict = opened.state()["conflict"]
    (place,) = conflict["places"]
    assert place["path"][:2] == CALL
    assert [place[side].strip() for side in ("base", "mine", "theirs")] == [
        "satisfaction: 2", "satisfaction: 4", "satisfaction: 1",
    ]  # fmt: skip
    assert "<<<<<<<" in conflict["text"] and conflict["theirs"] == theirs
    tries: list[Callable[[], object]] = [
        lambda: opened.act({"do": "set", "path": ["title"], "value": "x"}),
        lambda: opened.desk.save(opened.file),
        lambda: opened.desk.undo(opened.file),
    ]
    for refused in tries:
        with pytest.raises(ChangedMeanwhileError):
            refused()
    assert opened.text == theirs


@pytest.mark.parametrize(("take", "number"), [("mine", 4), ("theirs", 1), ("text", 3)])
def test_a_conflict_is_settled_by_either_side_or_a_text(edit: Edit, take: str, number: int) -> None:
    opened = clashing(edit)
    opened.state()
    state = opened.desk.settle(opened.file, take, MAP.replace("satisfaction: 2", "satisfaction: 3"))
    assert state["conflict"] is None
    opened.desk.save(opened.file)
    assert opened.text == MAP.replace("satisfaction: 2", f"satisfaction: {number}")


def test_a_file_that_was_deleted_is_written_again_only_if_that_is_wanted(edit: Edit) -> None:
    opened = edit()
    opened.state()
    opened.file.unlink()
    conflict = opened.state()["conflict"]
    assert (conflict["theirs"], conflict["problem"]) == (None, "the file is not there any more")
    with pytest.raises(ChangedMeanwhileError):
        opened.act({"do": "set", "path": ["title"], "value": "x"})
    with pytest.raises(ActRefusedError, match="not there any more"):
        opened.desk.settle(opened.file, "theirs", None)
    assert not opened.file.exists()
    opened.desk.settle(opened.file, "mine", None)
    assert opened.text == MAP


def test_a_file_that_came_back_ends_the_conflict(edit: Edit) -> None:
    opened = edit()
    opened.state()
    opened.file.rename(opened.file.with_suffix(".away"))
    assert opened.state()["conflict"]
    opened.file.with_suffix(".away").rename(opened.file)
    assert opened.state()["conflict"] is None
    opened.file.unlink()
    opened.state()
    write(opened, THEIRS)
    state = opened.state()
    assert (state["conflict"], state["text"]) == (None, THEIRS)


def test_a_write_between_looking_and_saving_is_not_lost(edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last check comes when the new file is there already and only has to take the place of the old one."""
    opened = edit()
    session = opened.desk.session(opened.file)
    once: list[int] = []

    def write_all(handle: int, data: bytes) -> None:
        os.write(handle, data)
        if not once:
            once.append(1)
            write(opened, THEIRS)

    monkeypatch.setattr("journeykit.files._write_all", write_all)
    opened.act({"do": "face", "path": CALL, "satisfaction": 4})
    assert opened.text == THEIRS.replace("satisfaction: 2", "satisfaction: 4") == session.text


def test_a_broken_text_is_shown_broken_beside_the_last_good_map_and_mended_as_text(edit: Edit) -> None:
    opened = edit()
    opened.state()
    broken = MAP.replace("persona: Anna\n", "persona: [\n")
    write(opened, broken)
    state = opened.state()
    assert state["broken"] and state["findings"] and state["text"] == broken
    assert [len(stage["touchpoints"]) for stage in state["stages"]] == [3]
    with pytest.raises(ActRefusedError, match="the file has a mistake"):
        opened.act({"do": "face", "path": CALL, "satisfaction": 4})
    state = opened.act({"do": "text", "text": THEIRS})
    assert (state["broken"], opened.text) == (False, THEIRS)


def test_a_text_is_taken_with_mistakes_and_keeps_its_line_ends_and_mark(edit: Edit) -> None:
    opened = edit("\ufeff" + MAP.replace("\n", "\r\n"))
    opened.act({"do": "text", "text": MAP.replace("persona: Anna", "persona: [")})
    assert opened.text == "\ufeff" + MAP.replace("persona: Anna", "persona: [").replace("\n", "\r\n")
    opened.desk.undo(opened.file)
    assert opened.text == "\ufeff" + MAP.replace("\n", "\r\n")


def test_an_old_page_is_heard_where_its_target_is_unchanged(edit: Edit) -> None:
    opened = edit()
    version = opened.state()["version"]
    opened.act({"do": "add", "path": ["touchpoints"], "at": 0, "value": {"title": "New"}})
    opened.act({"do": "face", "path": CALL, "satisfaction": 5}, version=version)  # it was the first one then
    assert opened.text == MAP.replace("satisfaction: 2", "satisfaction: 5").replace(
        "  # the first contact\n", "  - title: New\n\n  # the first contact\n"
    )
    with pytest.raises(ChangedMeanwhileError):
        opened.act({"do": "face", "path": CALL, "satisfaction": 1}, version=version)
    with pytest.raises(ChangedMeanwhileError, match="not known any more"):
        opened.act({"do": "face", "path": CALL, "satisfaction": 1}, version="nonsense")


def test_acts_of_one_request_are_made_together_or_not_at_all(edit: Edit) -> None:
    opened = edit()
    with pytest.raises(ActRefusedError):
        opened.act({"do": "set", "path": ["title"], "value": "x"}, {"do": "face", "path": CALL, "satisfaction": 99})
    assert (opened.text, opened.state()["undo"]) == (MAP, [])


def test_a_mode_is_that_of_all_and_auto_saves_what_waited(edit: Edit) -> None:
    opened = edit(mode="demand")
    opened.act({"do": "set", "path": ["title"], "value": "x"})
    assert opened.text == MAP
    assert opened.desk.set_mode(opened.file, "auto")["saved"]
    assert opened.text == MAP.replace("title: I get help ", "title: x ")


@pytest.mark.parametrize("place", ["link", "folder-link", "hidden", "outside"])
def test_nothing_is_written_through_links_into_hidden_folders_or_outside(tmp_path: Path, place: str) -> None:
    served, elsewhere = tmp_path / "served", tmp_path / "elsewhere"
    served.mkdir()
    elsewhere.mkdir()
    real = elsewhere / "a.journey.yaml"
    real.write_text(MAP, encoding="utf-8")
    file = served / "a.journey.yaml"
    if place == "link":
        file.symlink_to(real)
    elif place == "folder-link":
        (served / "maps").symlink_to(elsewhere)
        file = served / "maps" / "a.journey.yaml"
    elif place == "hidden":
        (served / ".git").mkdir()
        file = served / ".git" / "a.journey.yaml"
        file.write_text(MAP, encoding="utf-8")
    else:
        file = real
    desk = desk_of(served)
    state = desk.state(file)
    assert (state["text"], state["readonly"], bool(state["writable"])) == (MAP, True, True)
    with pytest.raises(ActRefusedError):
        desk.act(file, "", [{"do": "set", "path": ["title"], "value": "x"}])
    assert file.read_text(encoding="utf-8") == real.read_text(encoding="utf-8") == MAP


def test_a_file_that_became_a_link_is_not_written_through(edit: Edit, tmp_path: Path) -> None:
    opened = edit(mode="demand")
    opened.act({"do": "set", "path": ["title"], "value": "x"})
    target = tmp_path / "target"
    target.write_text(MAP, encoding="utf-8")
    opened.file.unlink()
    opened.file.symlink_to(target)
    with pytest.raises(ActRefusedError):
        opened.desk.save(opened.file)
    assert target.read_text(encoding="utf-8") == MAP


def test_a_map_that_is_a_link_is_shown_as_what_it_leads_to_changes(edit: Edit, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text(MAP, encoding="utf-8")
    opened = edit()
    assert opened.state()["writable"] == ""
    opened.file.unlink()
    opened.file.symlink_to(target)
    state = opened.state()
    assert (state["writable"], state["conflict"]) == ("link", None)
    target.write_text(MAP.replace("I get help", "I get more help"), encoding="utf-8")
    assert opened.state()["journey"]["title"] == "I get more help"


def test_a_file_that_is_half_written_is_waited_for(edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = edit()
    opened.state()
    texts = iter(["", MAP[:40]])

    def read_slowly(path: Path, *, follow: bool) -> OnDisk:
        half = next(texts, None)
        return read_disk(path, follow=follow) if half is None else OnDisk(half)

    monkeypatch.setattr(session, "read_disk", read_slowly)
    write(opened, MAP.replace("I get help", "I get more help"))
    state = opened.act({"do": "face", "path": CALL, "satisfaction": 4})
    assert (state["journey"]["title"], state["broken"]) == ("I get more help", False)


def test_read_only_shows_everything_and_writes_nothing(edit: Edit) -> None:
    opened = edit(read_only=True)
    assert opened.state()["readonly"]
    desk = opened.desk
    tries: list[Callable[[], object]] = [
        lambda: opened.act({"do": "set", "path": ["title"], "value": "x"}),
        lambda: desk.undo(opened.file), lambda: desk.save(opened.file), lambda: desk.new("T", "P", "G", "en"),
        lambda: desk.set_mode(opened.file, "auto"), lambda: desk.add_image(opened.file, CALL, "a.png", b""),
    ]  # fmt: skip
    for refused in tries:
        with pytest.raises(ActRefusedError):
            refused()
    assert opened.text == MAP


def test_versions_do_not_grow_without_end(edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journeykit.editing.session.KEPT", 3)
    opened = edit()
    for number in range(1, 6):
        opened.act({"do": "face", "path": CALL, "satisfaction": number})
    session: Session = opened.desk.session(opened.file)
    assert len(session.versions) == 3
    assert session.version in session.versions


def test_two_desks_on_one_file_lose_nothing(edit: Edit, tmp_path: Path) -> None:
    opened, other = edit(), desk_of(tmp_path)
    for number in range(1, 5):
        opened.act({"do": "face", "path": CALL, "satisfaction": number})
        other.act(opened.file, "", [{"do": "set", "path": ["owner"], "value": f"Owner {number}"}])
    assert opened.text == MAP.replace("satisfaction: 2", "satisfaction: 4").replace(
        "persona: Anna\n", "owner: Owner 4\npersona: Anna\n"
    )


def test_what_cannot_be_saved_stays_and_is_said(edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = edit()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("journeykit.files._write_all", full)
        state = opened.act({"do": "face", "path": CALL, "satisfaction": 4})
    assert (state["saved"], opened.text) == (False, MAP)
    assert state["notes"] == ["not saved: a.journey.yaml is not written: No space left on device"]
    assert [one.name for one in opened.file.parent.iterdir()] == ["a.journey.yaml"]
    assert opened.desk.save(opened.file)["saved"]
    assert opened.text == MAP.replace("satisfaction: 2", "satisfaction: 4")
