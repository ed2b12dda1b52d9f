"""The transport of the language server: every request gets a reply, and a broken message does not end the others."""

from __future__ import annotations

import logging
import re
from typing import Any, BinaryIO

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.json_rpc import JsonRPCNotification

LARGEST_MESSAGE = 64 * 1024 * 1024
"""Bytes of a message that is read; a longer one is skipped."""
_LENGTH = re.compile(rb"content-length:[ \t]*([0-9]{1,12})\s*$", re.IGNORECASE)


class MessageReader:
    """Reads messages from a stream and passes on only those with a header that says how long they are.

    Of a message whose header does not, the body cannot be told from what follows; reading goes on at the next header,
    which may stand behind that body on one line.
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
        """Return what the next header says of the length: 0 if it says nothing, None at the end of the stream."""
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
    """Replies to requests that cannot be served too: parameters out of range, and what comes after the shutdown."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Return a message as an object; a request with unfit parameters is answered with an error."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if not self._is_request(data):
                raise
            self._send_response(data["id"], None, error.to_response_error())
            return JsonRPCNotification(method="$/answered", jsonrpc="2.0", params=None)  # which nobody handles

    def handle_message(self, message: Any) -> None:
        """Handle a message; a request after the shutdown is answered with an error."""
        if self._shutdown and hasattr(message, "id") and hasattr(message, "method"):
            error = lsp.ResponseError(code=lsp.ErrorCodes.InvalidRequest.value, message="the server was shut down")
            self._send_response(message.id, None, error)
            return
        super().handle_message(message)

    @staticmethod
    def _is_request(data: dict[str, Any]) -> bool:
        return isinstance(data.get("method"), str) and isinstance(data.get("id"), int | str)
