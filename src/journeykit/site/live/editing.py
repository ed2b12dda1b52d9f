"""The editor over HTTP: requests to the desk, and its answers. Who may ask is checked before, by the server."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote

from journeykit.editing.desk import Desk, path_in
from journeykit.editing.refusal import ActRefusedError, ChangedMeanwhileError, MalformedError, NeededError
from journeykit.editing.session import Session
from journeykit.errors import JourneykitError
from journeykit.model.slug import slug
from journeykit.site.build import INDENT
from journeykit.site.live.preview import Event, Preview
from journeykit.site.pages import editor

MOST_ACTS = 200
JSON = "application/json"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Answer(NamedTuple):
    """An answer to a request; `download` is the name under which a browser keeps it."""

    status: int
    data: bytes
    kind: str = JSON
    download: str = ""


class Editor:
    """The desk of a preview: its journeys by the names of their pages; the preview shows what is not saved."""

    def __init__(self, preview: Preview, desk: Desk, tell: Callable[[list[Event]], None], *, new: bool) -> None:
        self.preview, self.desk, self.new = preview, desk, new
        self._tell = tell
        self._names: dict[str, Path] = {}
        """The names that a page may know a file by: one that was renamed or removed is found by them still."""
        self._waiting: dict[Path, bytes | None] = {}
        self._naming, self._showing = threading.Lock(), threading.Lock()
        desk.changed = self._changed
        preview.link_to_editor(read_only=desk.read_only)

    def _changed(self, session: Session) -> None:
        """Tell the pages of a change; the preview follows in a thread of its own, as nobody has to wait for it."""
        names = [name for name, file in self._known().items() if file == session.file]
        build = self.preview.build
        events = [Event("edited", {"name": name, "version": session.version}, build) for name in names]
        if session.conflict is not None:
            events += [Event("conflict", {"name": name}, build) for name in names]
        self._tell(events)
        text = None if session.saved else (session.mark + session.text).encode("utf-8", "replace")
        self._waiting[session.file] = text
        threading.Thread(target=self._show, args=(session.file,), daemon=True).start()

    def _show(self, file: Path) -> None:
        with self._showing:  # in turn, and of several texts the last one
            if file in self._waiting:
                self._tell(self.preview.buffer(str(file), self._waiting.pop(file)))

    def look(self) -> None:
        """Take over what others did to the files."""
        self.desk.look()

    def use_settings(self) -> None:
        """Take the settings of the preview; ones that name rules that there are not leave everything as it is."""
        with suppress(JourneykitError):
            self.desk.use(self.preview.project)

    def _known(self) -> dict[str, Path]:
        """Return the files by all names that pages may know them by."""
        now = {name: Path(file) for name, file in self.preview.editable().items()}
        with self._naming:
            self._names |= now
            return dict(self._names)

    def _file(self, name: str) -> Path:
        known = self._known()
        if name not in known:
            raise _NotFoundError
        return known[name]

    def get(self, path: str, query: str) -> Answer | None:
        """Answer a request for data or a page; None if it is none of the editor's."""
        asked = parse_qs(query)
        parts = path.removesuffix("index.html").strip("/").split("/")  # which links of pages write out
        if parts[0] == "assets" and parts[-1] in editor.EDIT_ASSETS:
            text = files("journeykit.site").joinpath("assets", parts[-1]).read_text(encoding="utf-8")
            kind = "text/css" if parts[-1].endswith(".css") else "text/javascript"
            return Answer(200, INDENT.sub("", text).encode(), kind)
        if parts[0] not in ("edit", "_edit"):
            return None
        try:
            if parts == ["edit"]:
                return Answer(200, editor.start(self.preview.frame, by_token=not self.desk.read_only), "text/html")
            if parts == ["_edit"]:
                return _json(200, self._overview())
            file = self._file(unquote(parts[1]))
            if parts[0] == "edit" and len(parts) == 2:
                title = self.preview.title_of(str(file)) or file.name
                by_token = not self.desk.read_only and not self.desk.grounds.why_not(file)
                page = editor.editor(self.preview.frame, unquote(parts[1]), title, by_token=by_token)
                return Answer(200, page, "text/html")
            if parts[0] == "_edit" and len(parts) in (2, 3):
                return self._data(file, parts[2] if len(parts) == 3 else "", asked)
        except _NotFoundError:
            pass
        except JourneykitError as error:
            return self._refused(error, None)
        return _NOTHING

    def _refused(self, error: JourneykitError, file: Path | None) -> Answer:
        kinds = ((MalformedError, 400), (ChangedMeanwhileError, 409), (JourneykitError, 422))
        status = next(status for kind, status in kinds if isinstance(error, kind))
        line = error.line if isinstance(error, ActRefusedError) else 0
        link = self.desk.link(file, line) if file else ""
        told = {"error": error.message, "help": error.help, "line": line, "editor": link}
        return _json(status, {**told, "needed": isinstance(error, NeededError)})

    def _overview(self) -> dict[str, Any]:
        found = []
        for name, file in self.preview.editable().items():
            title = self.preview.title_of(file) or Path(file).name
            found.append({"name": name, "title": title, "file": file, "broken": self.preview.is_broken(file)})
        new = self.desk.grounds.folder() is not None and not self.desk.read_only
        return {"journeys": found, "new": new, "begin": self.new and new, "readonly": self.desk.read_only}

    def _data(self, file: Path, what: str, asked: Mapping[str, list[str]]) -> Answer:
        chart = asked.get("chart", ["map"])[0]
        stem = slug(file.name.partition(".")[0]) or "map"
        if what == "":
            return _json(200, self.desk.state(file))
        if what == "form":
            return _json(200, self.desk.form(file))
        if what == "line":
            return _json(200, self.desk.line(file, path_in(asked.get("path", [""])[0])))
        if what == "image":
            image = self.desk.image(file, path_in(asked.get("path", [""])[0]))
            if image is not None:
                return Answer(200, image.data, image.media_type)
        if what == "picture.svg":
            return Answer(200, self.desk.picture(file, "svg", chart), "image/svg+xml", f"{stem}.svg")
        if what == "picture.png":
            return Answer(200, self.desk.picture(file, "png", chart), "image/png", f"{stem}.png")
        if what == "workbook.xlsx":
            return Answer(200, self.desk.workbook(file), WORKBOOK, f"{stem}.xlsx")
        raise _NotFoundError

    def wants_image(self, path: str) -> bool:
        """Return whether the body of a request is a picture."""
        return path.startswith("/_edit/") and path.endswith("/image")

    def post(self, path: str, query: str, body: bytes) -> Answer:
        """Make what is asked for."""
        parts = path.strip("/").split("/")
        file: Path | None = None
        try:
            if parts == ["_new"]:
                return _json(200, {"name": self._begin(_object(body))})
            if parts[0] == "_edit" and len(parts) in (2, 3):
                file = self._file(unquote(parts[1]))
                if self.wants_image(path):
                    asked = parse_qs(query)
                    where = path_in(asked.get("path", [""])[0])
                    return _json(200, self.desk.add_image(file, where, asked.get("file", [""])[0], body))
                return _json(200, self._make(file, "/".join(parts[2:]), _object(body)))
        except _NotFoundError:
            pass
        except JourneykitError as error:
            return self._refused(error, file)
        return _NOTHING

    def _begin(self, data: Mapping[str, Any]) -> str:
        given = {key: data.get(key) or "" for key in ("title", "persona", "goal", "lang", "file")}
        if not all(isinstance(one, str) for one in given.values()):
            raise MalformedError("title, persona, goal, lang and file are texts")
        path = self.desk.new(given["title"], given["persona"], given["goal"], given["lang"], given["file"])
        self._tell(self.preview.update())
        known = {Path(file).resolve(): name for name, file in self.preview.editable().items()}
        if path.resolve() not in known:
            raise ActRefusedError(
                f"{path.name} was written, but the settings leave it out", "give it a name that ends with .journey.yaml"
            )
        return known[path.resolve()]

    def _make(self, file: Path, what: str, data: Mapping[str, Any]) -> dict[str, Any]:
        version, label = data.get("version") or "", data.get("label") or ""
        if not isinstance(version, str) or not isinstance(label, str):
            raise MalformedError('"version" and "label" are texts')
        if what in ("", "try"):
            acts = data.get("acts")
            if not isinstance(acts, list) or not all(isinstance(act, dict) for act in acts) or len(acts) > MOST_ACTS:
                raise MalformedError(f'"acts" is a list of at most {MOST_ACTS} acts')
            return self.desk.trial(file, version, acts) if what else self.desk.act(file, version, acts, label[:200])
        if what in ("undo", "redo"):
            return self.desk.undo(file, again=what == "redo")
        if what == "save":
            return self.desk.save(file)
        if what == "mode":
            return self.desk.set_mode(file, str(data.get("mode")))
        if what == "settle":
            text = data.get("text")
            return self.desk.settle(file, str(data.get("take")), text if isinstance(text, str) else None)
        raise _NotFoundError


class _NotFoundError(Exception):
    """There is no such journey, or nothing of this name to ask for."""


def _object(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise MalformedError("the body is a JSON object")
    return data


def _json(status: int, data: object) -> Answer:
    return Answer(status, json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))


_NOTHING = _json(404, {"error": "there is no such journey", "help": "", "line": 0, "editor": ""})
