"""A client of the Language Server Protocol, which talks to `journeykit lsp` over its standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

PATIENCE = 60
"""Seconds after which an answer is missing; none is expected to take one."""


class Editor:
    """A running server and the messages that came from it."""

    def __init__(
        self,
        folder: Path,
        encodings: list[str] | None = None,
        watching: bool = False,
        log: str = "",
        *args: str,
        **options: Any,
    ) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "journeykit", "lsp", *(["--log", log] if log else []), *args], cwd=folder,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.came: Queue[dict[str, Any]] = Queue()
        self.kept: list[dict[str, Any]] = []
        self.number = 0
        self.versions: dict[str, int] = {}
        self.reader = Thread(target=self._read, daemon=True)
        self.reader.start()
        general = {"positionEncodings": encodings} if encodings else {}
        workspace = {"didChangeWatchedFiles": {"dynamicRegistration": watching}}
        self.capabilities = self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "capabilities": {"general": general, "workspace": workspace},
                "initializationOptions": options,
            },
        )["capabilities"]
        self.tell("initialized", {})

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while line := stream.readline():
            length = 0
            while line.strip():
                name, _, value = line.decode("ascii").partition(":")
                length = int(value) if name.lower() == "content-length" else length
                line = stream.readline()
            self.came.put(json.loads(stream.read(length)))

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode("utf-8")
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method: str, params: Any) -> None:
        """A notification."""
        self.send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        """A request, and its result."""
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        answer = self.wait(lambda message: message.get("id") == self.number and "method" not in message)
        assert "error" not in answer, answer
        return answer["result"]

    def wait(self, fits: Any) -> dict[str, Any]:
        """The next message that fits; others are kept for later."""
        for number, message in enumerate(self.kept):
            if fits(message):
                return self.kept.pop(number)
        while True:
            try:
                message = self.came.get(timeout=PATIENCE)
            except Empty:
                raise AssertionError(f"no answer; kept: {self.kept}") from None
            if fits(message):
                return message
            self.kept.append(message)

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str) -> None:
        uri = self.uri(name)
        self.versions[uri] = 1
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})

    def type(self, name: str, text: str) -> None:
        """The text as it is now, of which nothing is saved."""
        uri = self.uri(name)
        self.versions[uri] += 1
        item = {"uri": uri, "version": self.versions[uri]}
        self.tell("textDocument/didChange", {"textDocument": item, "contentChanges": [{"text": text}]})

    def findings(self, name: str, version: int | None = None) -> list[dict[str, Any]]:
        """What was published of a version, by default the newest."""
        uri = self.uri(name)
        wanted = self.versions.get(uri) if version is None else version

        def fits(message: dict[str, Any]) -> bool:
            params = message.get("params", {})
            published = message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri
            return published and params.get("version") == wanted

        found: list[dict[str, Any]] = self.wait(fits)["params"]["diagnostics"]
        return found

    def at(self, name: str, line: int, character: int) -> dict[str, Any]:
        """A place in a file, as requests name it."""
        return {"textDocument": {"uri": self.uri(name)}, "position": {"line": line, "character": character}}

    def close(self) -> int:
        """Shut down as the protocol asks; the exit status."""
        if self.process.poll() is None:
            self.ask("shutdown", None)
            self.tell("exit", None)
        status = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        return status
