"""All files that are edited: what a browser asks for, without a word of HTTP.

One lock holds for all of it: an act reads, changes and perhaps writes several files, and is short.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from journeykit.editing import takeaway
from journeykit.editing.analysis import Analysis, Rules
from journeykit.editing.form import form_of, people
from journeykit.editing.grounds import REASONS, Grounds
from journeykit.editing.heads import Heads
from journeykit.editing.made import Made
from journeykit.editing.new_map import file_name, new_map
from journeykit.editing.places import journey_of, path_of, value_at
from journeykit.editing.refusal import ActRefusedError, ChangedMeanwhileError, MalformedError, line_of
from journeykit.editing.session import Session, Step
from journeykit.editing.state import state_of
from journeykit.editing.trial import tried
from journeykit.editing.words import commit_message
from journeykit.images import ImageError, ImageFile, image_of, read_image
from journeykit.model.slug import slug
from journeykit.project import Project
from journeykit.project.outside import repository_of

MODES = ("auto", "demand")
IMAGES = "images"
"""The folder of pictures beside a map."""
ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/svg+xml": ".svg"}


@dataclass
class Desk:
    """The sessions of a run, by file. `changed` is called after each change of a session with its file."""

    project: Project
    grounds: Grounds
    read_only: bool = False
    mode: str = "auto"
    editor: str = ""
    """The address that opens a file in an editor, with `{file}` and `{line}`; empty if there is none."""
    changed: Callable[[Session], None] = lambda _: None
    _sessions: dict[Path, Session] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _heads: Heads = field(default_factory=Heads)

    def use(self, project: Project) -> None:
        """Take other settings."""
        with self._lock:
            self.project = project
            rules = Rules(project)
            for session in self._sessions.values():
                session.use(rules)

    def session(self, file: Path) -> Session:
        """Return the session of a file as it is now. Raises ActRefusedError if the file cannot be read."""
        if file not in self._sessions:
            self._sessions[file] = Session.of(file, Rules(self.project), self.grounds)
        else:
            self._look(self._sessions[file])
        return self._sessions[file]

    def _look(self, session: Session) -> None:
        if session.look():
            if self.mode == "auto" and not self.read_only and session.conflict is None and not session.saved:
                with suppress(ActRefusedError):
                    session.save()
            self.changed(session)

    def look(self) -> None:
        """Take over what others did to the files that are open."""
        with self._lock:
            for session in list(self._sessions.values()):
                self._look(session)

    def state(self, file: Path) -> dict[str, Any]:
        """Return what a page shows of a file."""
        with self._lock:
            return self._state(self.session(file))

    def _state(self, session: Session) -> dict[str, Any]:
        state = state_of(session)
        state["editor"] = self.link(session.file)
        for finding in state["findings"]:
            finding["editor"] = self.link(session.file, finding["line"])
        state["mode"] = self.mode
        state["writable"] = self.grounds.why_not(session.file)
        state["readonly"] = self.read_only or bool(state["writable"])
        state["people"] = people(session.analysis)
        state["message"] = self._message(session)
        return state

    def link(self, file: Path, line: int = 1) -> str:
        """Return the address that opens a line of a file in an editor; empty if there is none."""
        path = Path(os.path.abspath(file)).as_posix()  # noqa: PTH100
        whole = quote(path if path.startswith("/") else f"/{path}")
        return self.editor.replace("{file}", whole).replace("{line}", str(max(1, line)))

    def _message(self, session: Session) -> str:
        if not self._heads.tracks(session.file):
            return ""
        head = self._heads.text(session.file)
        old = None if head is None else session.older(head)
        return commit_message(old, session.good or session.analysis)

    def form(self, file: Path) -> dict[str, Any]:
        """Return what a page needs to make forms."""
        with self._lock:
            session = self.session(file)
            return form_of(session.good or session.analysis)

    def line(self, file: Path, path: Sequence[Any]) -> int:
        """Return the line of a part of a map, or of the nearest one that the text has."""
        with self._lock:
            session = self.session(file)
            journey = journey_of(session.good or session.analysis)
            return line_of(session.analysis.document, path_of({"path": path}, journey))

    def act(self, file: Path, version: str, acts: Sequence[Mapping[str, Any]], label: str = "") -> dict[str, Any]:
        """Make acts, all or none of them, as one step of undo.

        `others` of what is returned says that the text has changes that the page had not seen.
        """
        with self._lock:
            session = self._writable(file)
            unseen = bool(version) and version != session.version
            made = session.made(version, acts)
            self._take(session, made, label)
            return {**self._state(session), "others": unseen or session.text != made.analysis.text}

    def _take(self, session: Session, made: Made, label: str) -> None:
        """Take what acts made, in all files that they changed, and save them if that is to be at once."""
        group = object()
        others = [(self._other(path), text) for path, text in made.others.items()]
        for other, text in others:
            other.take(Made(Analysis(text, other.file, other.rules)), label or made.label, group)
        session.take(made, label, group)
        self._after([session, *(other for other, _ in others)])

    def _other(self, path: Path) -> Session:
        """Return the session of another file that an act changes. Raises ActRefusedError if it cannot be written."""
        known = {os.path.realpath(one): one for one in self._sessions}
        session = self.session(known.get(os.path.realpath(path), path))
        if why := self.grounds.why_not(session.file):
            raise ActRefusedError(
                f"{path.name} names it too, and is not written: {REASONS[why]}", "rename it in the text"
            )
        if not session.saved:
            raise ActRefusedError(f"{path.name} names it too, and has changes that are not saved", "save it first")
        return session

    def _after(self, sessions: Sequence[Session]) -> None:
        """Save what is to be saved at once, and tell of the changes; what cannot be saved stays, and is said."""
        for session in sessions:
            if self.mode == "auto" and session.conflict is None:
                try:
                    session.save()
                except ActRefusedError as error:
                    session.notes = (*session.notes, f"not saved: {error.message}")
        for session in sessions:
            self.changed(session)

    def _writable(self, file: Path) -> Session:
        if self.read_only:
            raise ActRefusedError("this page only shows the map", "open it without --read-only")
        session = self.session(file)
        if why := self.grounds.why_not(file):
            raise ActRefusedError(f"{file.name} is not written: {REASONS[why]}", "edit it where it lies")
        return session

    def trial(self, file: Path, version: str, acts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return what the score would be after acts; nothing changes."""
        with self._lock:
            session = self._sessions.get(file) or self.session(file)
            if version and version != session.version:
                raise ChangedMeanwhileError("the map was changed meanwhile", "look at it and try again")
            return tried(session.analysis, acts)

    def undo(self, file: Path, *, again: bool = False) -> dict[str, Any]:
        """Take the last step back, in all files that it changed; `again` does what was taken back last."""
        with self._lock:
            session = self._writable(file)
            session.check_settled()
            stack = session.redo if again else session.undo
            if not stack:
                raise ActRefusedError(f"there is nothing to {'redo' if again else 'undo'}")
            step = stack[-1]
            steps = [(session, step, session.without(step))]
            for other in self._sessions.values():
                mine: Step | None = next(
                    (one for one in (other.redo if again else other.undo) if one.group is step.group), None
                )
                if other is not session and mine is not None:
                    self._look(other)
                    other.check_settled()
                    steps.append((other, mine, other.without(mine)))
            for one, its, text in steps:
                one.step_back(its, text, redone=again)
            self._after([one for one, _, _ in steps])
            return self._state(session)

    def save(self, file: Path) -> dict[str, Any]:
        """Write a file, and those that its acts changed too."""
        with self._lock:
            session = self._writable(file)
            groups = {step.group for step in session.undo}
            session.save()
            session.base = session.text
            for other in self._sessions.values():
                if other is not session and not other.saved and any(step.group in groups for step in other.undo):
                    other.save()
                    self.changed(other)
            self.changed(session)
            return self._state(session)

    def set_mode(self, file: Path, mode: str) -> dict[str, Any]:
        """Save at once from now on, or on demand."""
        with self._lock:
            session = self._writable(file)
            if mode not in MODES:
                raise MalformedError('"mode" is auto or demand')
            self.mode = mode
            if mode == "auto" and session.conflict is None:
                session.save()
            self.changed(session)
            return self._state(session)

    def settle(self, file: Path, take: str, text: str | None) -> dict[str, Any]:
        """End a conflict."""
        with self._lock:
            session = self._writable(file)
            session.settle(take, text)
            self._after([session])
            return self._state(session)

    def add_image(self, file: Path, path: Sequence[Any], name: str, data: bytes) -> dict[str, Any]:
        """Copy a picture into the folder `images` beside the map, and show it at a part of the map."""
        with self._lock:
            session = self._writable(file)
            session.check_settled()
            try:
                kind = image_of(data).media_type
            except ImageError as error:
                raise ActRefusedError(f"the picture cannot be taken: {error.reason}", error.help) from None
            journey = journey_of(session.analysis)
            key = path_of({"path": [*path, "image"]}, journey)
            folder = Path(os.path.abspath(file)).parent / IMAGES  # noqa: PTH100
            target = self._free_name(folder, name, ENDINGS[kind], data)
            old = value_at(session.analysis, key)
            where = [*path, "image", "file"] if isinstance(old, dict) else [*path, "image"]
            made = session.made("", [{"do": "set", "path": where, "value": f"{IMAGES}/{target.name}"}])
            if not target.exists():
                self.grounds.create(target, data)
            self._take(session, made, f"image: {target.name}")
            return self._state(session)

    def _free_name(self, folder: Path, name: str, ending: str, data: bytes) -> Path:
        """Return a path for a picture: that of the same picture if it is there already, else one that is free."""
        stem = slug(PurePath(name.replace("\\", "/")).stem)[:60].strip("-") or "picture"
        for number in range(1, 1000):
            target = folder / (f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}")
            if not os.path.lexists(target):
                return target
            with suppress(OSError):
                if not target.is_symlink() and target.stat().st_size == len(data) and target.read_bytes() == data:
                    return target
        raise ActRefusedError("there are too many pictures of this name", "give it another one")

    def image(self, file: Path, path: Sequence[Any]) -> ImageFile | None:
        """Return the picture of a part of a map; None if it has none that can be shown."""
        with self._lock:
            session = self.session(file)
            if session.good is None:
                return None
            journey = journey_of(session.good)
            value = value_at(session.good, path_of({"path": [*path, "image"]}, journey))
            named = value.get("file") if isinstance(value, dict) else value
        if not isinstance(named, str):
            return None
        try:
            return read_image(file, named, repository_of(file, self.project))
        except ImageError:
            return None

    def new(self, title: str, persona: str, goal: str, lang: str, wanted: str = "") -> Path:
        """Write a new map into the first folder that was named, and return its file."""
        with self._lock:
            if self.read_only:
                raise ActRefusedError("this page only shows maps", "open it without --read-only")
            folder = self.grounds.folder()
            if folder is None:
                raise ActRefusedError("no folder was named in which a map could be written", "serve a folder")
            text = new_map(title, persona, goal, lang)
            name = file_name(title, wanted)
            path = folder / name
            number = 1
            while not wanted.strip() and os.path.lexists(path):
                number += 1
                path = folder / name.replace(".journey.yaml", f"-{number}.journey.yaml")
            self.grounds.create(path, text.encode())
            return path

    def picture(self, file: Path, format: str, chart: str) -> bytes:
        """Return the picture of a map as it is now."""
        with self._lock:
            session = self.session(file)
            analysis = session.good or session.analysis
        return takeaway.picture_of(analysis, "png" if format == "png" else "svg", chart)

    def workbook(self, file: Path) -> bytes:
        """Return the workbook of a map as it is now."""
        with self._lock:
            session = self.session(file)
            analysis = session.good or session.analysis
        return takeaway.workbook_of(analysis)

    def unsaved(self) -> list[Path]:
        """Return the files with changes that are not saved."""
        with self._lock:
            return [one.file for one in self._sessions.values() if not one.saved]


def path_in(text: str) -> list[Any]:
    """Return a path of a query, which is JSON. Raises MalformedError."""
    try:
        path = json.loads(text)
    except ValueError:
        path = None
    if not isinstance(path, list):
        raise MalformedError('"path" is a list of keys and numbers')
    return path
