"""The transport of the language server: every request gets a reply, and broken messages are skipped."""

from __future__ import annotations

import logging
import re
from json import JSONDecodeError
from typing import Any, BinaryIO

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.json_rpc import JsonRPCNotification

LARGEST_MESSAGE = 64 * 1024 * 1024
"""The most bytes of a message; a longer one is skipped."""
_LENGTH = re.compile(rb"content-length:[ \t]*([0-9]{1,12})\s*$", re.IGNORECASE)


class MessageReader:
    """Reads messages from a stream, and skips those without a valid header.

    Without the length from the header, the end of the body is unknown; reading continues at the next header, which may
    be on the same line as the end of that body.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._pending: list[bytes] = []
        self._length = 0

    def readline(self) -> bytes:
        """Return a line of the next message's header; b"" at the end of the stream."""
        while not self._pending:
            length = self._next_length()
            if length is None:
                return b""
            if length > LARGEST_MESSAGE:
                logging.getLogger(__name__).error("a message of %d bytes is skipped", length)
                self._skip(length)
            elif length:
                self._pending = [b"Content-Length: %d\r\n" % length, b"\r\n"]
        return self._pending.pop(0)

    def read(self, count: int) -> bytes:
        """Return the body of the message."""
        return self._stream.read(count)

    def _next_length(self) -> int | None:
        """Return the length from the next header: 0 if it has none, None at the end of the stream."""
        length = 0
        while line := self._stream.readline(LARGEST_MESSAGE):
            if found := _LENGTH.search(line):
                length = int(found[1])
            elif not line.strip():
                return length
        return None

    def _skip(self, count: int) -> None:
        while count > 0 and (part := self._stream.read(min(count, 1 << 20))):
            count -= len(part)


class ReplyingProtocol(LanguageServerProtocol):
    """Replies also to requests that cannot be served: with invalid parameters, or after the shutdown."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Return a message as an object; reply to a request with invalid parameters with an error."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if not self._is_request(data):
                raise
            self._send_response(data["id"], None, error.to_response_error())
            return JsonRPCNotification(method="$/answered", jsonrpc="2.0", params=None)  # which has no handler

    def handle_message(self, message: Any) -> None:
        """Handle a message; one that is none, and a request after the shutdown, is answered with an error."""
        if not hasattr(message, "jsonrpc"):
            id = message.get("id") if isinstance(message, dict) else None
            id = id if isinstance(id, int | str) else None
            self._refuse(id, lsp.ErrorCodes.InvalidRequest, "not a message of JSON-RPC 2.0")
            return
        if self._shutdown and hasattr(message, "id") and hasattr(message, "method"):
            self._refuse(message.id, lsp.ErrorCodes.InvalidRequest, "the server was shut down")
            return
        super().handle_message(message)

    def reply_unreadable(self) -> None:
        """Answer a message that is not JSON, so that its id is unknown."""
        self._refuse(None, lsp.ErrorCodes.ParseError, "the message is not readable as JSON")

    def _refuse(self, id: Any, code: lsp.ErrorCodes, message: str) -> None:
        """Answer with an error; the id is None if it is unknown."""
        error = {"code": code.value, "message": message}
        self._send_data({"jsonrpc": self.VERSION, "id": id, "error": error})  # lsprotocol would leave an id of None out

    @staticmethod
    def _is_request(data: dict[str, Any]) -> bool:
        return isinstance(data.get("method"), str) and isinstance(data.get("id"), int | str)


class ReplyingServer(LanguageServer):
    """Replies to a message that is no JSON."""

    protocol: ReplyingProtocol

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Answer what cannot be read; show any other error in the editor."""
        if isinstance(error, JSONDecodeError | UnicodeDecodeError | RecursionError):
            self.protocol.reply_unreadable()
        else:
            super().report_server_error(error, source)
