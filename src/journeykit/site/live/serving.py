"""Serve a site on this machine: pages, and events that tell them what changed.

Only this machine is answered. A page of another site that a browser has open could ask too: `Host` must be a name of
this machine with our port (a name that someone else's server gives this address is refused), `Origin` ours or none.
"""

from __future__ import annotations

import hmac
import json
import queue
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from journeykit._version import __version__
from journeykit.site.live.preview import Event, Preview

if TYPE_CHECKING:
    from journeykit.site.live.editing import Answer, Editor

BEAT = 15.0
"""Seconds between two signs of life of a stream of events."""
KEPT = 100
"""How many events are kept for pages that connect again."""
LARGEST_BUFFER = 4 * 1024 * 1024
TOKEN_HEADER = "X-Journeykit-Token"
TYPES = {
    ".js": "text/javascript",
    ".xml": "application/atom+xml",
    ".yaml": "text/plain",
    ".db": "application/vnd.sqlite3",
}


class Server(ThreadingHTTPServer):
    """An HTTP server of one preview."""

    daemon_threads = True
    allow_reuse_address = False

    def __init__(
        self, preview: Preview, host: str = "127.0.0.1", port: int = 0, *, token: str = "", frame: str = ""
    ) -> None:
        """Listen; port 0 is any that is free. With a `token`, unsaved texts are taken from who knows it.

        `frame` is the origin that may show pages within its own.
        """
        self.preview, self.token, self.frame = preview, token, frame
        self.editor: Editor | None = None
        """What edits the journeys, if they may be edited."""
        self.edit_token = ""
        """What who edits has to know; nobody does if it is empty."""
        self._events: deque[Event] = deque(maxlen=KEPT)
        self._listeners: list[queue.SimpleQueue[Event | None]] = []
        self._listening = threading.Lock()
        super().__init__((host, port), _Handler)
        self.names = {f"{name}:{self.port}" for name in ("localhost", "127.0.0.1", "[::1]", host)}

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """The address of the first page."""
        host = str(self.server_address[0])
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def tell(self, events: Sequence[Event]) -> None:
        """Tell all pages that are open."""
        with self._listening:
            for event in events:
                self._events.append(event)
                for listener in self._listeners:
                    listener.put(event)

    def listen(self, after: int | None) -> queue.SimpleQueue[Event | None]:
        """Return a queue of events to come, with those after a build that a page saw last."""
        found: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        with self._listening:
            for event in self._events if after is not None else ():
                if event.build > (after or 0):
                    found.put(event)
            self._listeners.append(found)
        return found

    def unlisten(self, listener: queue.SimpleQueue[Event | None]) -> None:
        """Forget a queue."""
        with self._listening, suppress(ValueError):
            self._listeners.remove(listener)

    def close(self) -> None:
        """End all streams and stop."""
        with self._listening:
            for listener in self._listeners:
                listener.put(None)
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that leave in the middle of an answer."""
        import sys

        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = f"journeykit/{__version__}"
    sys_version = ""
    timeout = 60

    def log_message(self, format: str, *args: Any) -> None:
        """Print no line for each request."""

    def do_GET(self) -> None:
        """Answer with a file of the site, or with the stream of events."""
        if self._refused():
            return
        path = unquote(urlsplit(self.path).path)
        if path == "/_events":
            self._stream()
            return
        if self.server.editor is not None and self._answered(self.server.editor):
            return
        name = path.lstrip("/")
        if not name or name.endswith("/"):
            name += "index.html"
        data = self.server.preview.page(name)
        if data is None:
            self._send(404, self.server.preview.page("404.html") or b"", "text/html")
            return
        mark = f'"{sha256(data).hexdigest()[:24]}"'
        if self.headers.get("If-None-Match") == mark:
            self._send(304, b"", "", mark)
            return
        ending = name[name.rfind(".") :]
        self._send(200, data, TYPES.get(ending) or guess_type(name)[0] or "application/octet-stream", mark)

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        """Take the unsaved text of a journey from who knows the token."""
        self.close_connection = True  # what is not read of a refused request is no next one
        if self._refused():
            return
        path = urlsplit(self.path).path
        if path.startswith(("/_edit/", "/_new")):
            self._edit(path)
            return
        if not self._knows(self.server.token):
            self._say(403, "the token is missing or wrong")
            return
        file = (
            self.server.preview.file_of(unquote(path.removeprefix("/_buffer/")))
            if path.startswith("/_buffer/")
            else None
        )
        if file is None:
            self._say(404, "there is no such journey")
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST_BUFFER:
            self._say(413 if length.isdigit() else 411, "a text has a length of at most 4 MiB")
            return
        text = self.rfile.read(int(length))
        if len(text) < int(length):
            return
        self.server.tell(self.server.preview.buffer(file, text or None))
        self._send(200, json.dumps({"build": self.server.preview.build}).encode(), "application/json")

    def _knows(self, token: str) -> bool:
        given = self.headers.get(TOKEN_HEADER, "")
        return bool(token) and hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())

    def _answered(self, editor: Editor) -> bool:
        """Answer a request for a page or for data of the editor, and return whether it was one."""
        parts = urlsplit(self.path)
        if parts.path.startswith("/_edit") and self._is_foreign():
            self._say(403, "another site may not ask")
            return True
        answer = editor.get(parts.path, parts.query)
        if answer is not None:
            self._give(answer)
        return answer is not None

    def _give(self, answer: Answer) -> None:
        more = {"Content-Disposition": f'attachment; filename="{answer.download}"'} if answer.download else {}
        if answer.kind.startswith("image/"):
            more["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        self._send(answer.status, answer.data, answer.kind, more=more)

    def _is_foreign(self) -> bool:
        """Return whether a browser says that a page of another site asks."""
        return self.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")

    def _edit(self, path: str) -> None:
        """Make a change for who knows the token; what a page of another site could send is refused by each check."""
        editor = self.server.editor
        if editor is None:
            self._say(404, "there is nothing to edit")
        elif self._is_foreign():
            self._say(403, "another site may not ask")
        elif not self._knows(self.server.edit_token):
            self._problem(403, "the token is missing or wrong", "open the address that journeykit printed")
        else:
            kind = self.headers.get_content_type()
            image = editor.wants_image(path)
            length = self.headers.get("Content-Length", "")
            if not (kind.startswith("image/") if image else kind == "application/json"):
                self._problem(415, "this is no picture" if image else "the body is application/json")
            elif not (length.isascii() and length.isdigit()) or "Transfer-Encoding" in self.headers:
                self._problem(411, "the length of the body is missing")
            elif int(length) > LARGEST_BUFFER:
                self._problem(413, "it is larger than 4 MiB", "send less at once")
            else:
                body = self.rfile.read(int(length))
                if len(body) < int(length):  # the browser left: a part of a picture is a picture too
                    return
                self._give(editor.post(path, urlsplit(self.path).query, body))

    def _problem(self, status: int, error: str, help: str = "") -> None:
        data = {"error": error, "help": help, "line": 0, "editor": ""}
        self._send(status, json.dumps(data).encode(), "application/json")

    def _refused(self) -> bool:
        """Answer a request that comes from elsewhere, and return whether it did."""
        host, origin = self.headers.get("Host", ""), self.headers.get("Origin")
        if host.lower() not in self.server.names:
            self.close_connection = True
            self._say(403, "this host is not served")
            return True
        if origin is not None and origin.lower() not in {f"http://{name}" for name in self.server.names}:
            self.close_connection = True
            self._say(403, "another site may not ask")
            return True
        return False

    def _say(self, status: int, text: str) -> None:
        self._send(status, f"{text}\n".encode(), "text/plain")

    def _send(
        self, status: int, data: bytes, kind: str, mark: str = "", more: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.send_response(status)
        self._protect()
        for name, value in more.items():
            self.send_header(name, value)
        if kind:
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if mark:
            self.send_header("ETag", mark)
        self.send_header("Cache-Control", "no-cache")
        if status != 304:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD" and status != 304:
            self.wfile.write(data)

    def _protect(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header(
            "Content-Security-Policy", f"frame-ancestors {self.server.frame or chr(39) + 'none' + chr(39)}"
        )

    def _stream(self) -> None:
        """Send events until the page leaves."""
        last = self.headers.get("Last-Event-ID", "")
        server = self.server
        self.close_connection = True
        self.send_response(200)
        self._protect()
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        listener = server.listen(int(last) if last.isdigit() else None)
        hello = {"protocol": 1, "build": server.preview.build, "journeys": len(server.preview.portfolio.entries)}
        try:
            self._event("hello", hello, None)
            for event in server.preview.broken():
                self._event(event.name, event.data, None)
            while True:
                try:
                    told = listener.get(timeout=BEAT)
                except queue.Empty:
                    self.wfile.write(b": still here\n\n")
                    continue
                if told is None:
                    return
                self._event(told.name, told.data, told.build)
        except OSError:  # the page left
            return
        finally:
            server.unlisten(listener)

    def _event(self, name: str, data: dict[str, Any], id: int | None) -> None:
        lines = [f"event: {name}"] + ([] if id is None else [f"id: {id}"]) + [f"data: {json.dumps(data)}", "", ""]
        self.wfile.write("\n".join(lines).encode())
        self.wfile.flush()
