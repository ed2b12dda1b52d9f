"""The server: what it keeps of open files, and which of its parts answers what."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from journeykit._version import __version__
from journeykit.config import load_config
from journeykit.errors import JourneykitError
from journeykit.linting import Failure
from journeykit.reading.discovery import is_journey
from journeykit.server.actions import KINDS, actions
from journeykit.server.analysis import Analysis, Settings
from journeykit.server.completing import completions
from journeykit.server.definitions import definition, uses
from journeykit.server.diagnostics import diagnostics
from journeykit.server.formatting import formatting
from journeykit.server.hovers import hover
from journeykit.server.outline import Outline
from journeykit.server.symbols import symbols

PAUSE = 0.2
"""Seconds without a change until findings are looked for."""
TRIGGERS = [":", " ", "[", "{", ",", "-"]
SETTINGS = ("journeykit.toml", "pyproject.toml")
WATCHING = lsp.Registration(
    "settings",
    lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
    lsp.DidChangeWatchedFilesRegistrationOptions([lsp.FileSystemWatcher(f"**/{name}") for name in SETTINGS]),
)
"""Asks the editor to tell when settings change."""


@dataclass
class Open:
    """A file in the editor: its version that was looked at last, and the last outline without mistakes in its YAML."""

    version: int | None = None
    analysis: Analysis | None = None
    whole: Outline | None = None
    waiting: asyncio.TimerHandle | None = None
    complaint: str = ""
    failures: set[Failure] = field(default_factory=set)


@dataclass
class Desk:
    """The open files, by URI."""

    server: LanguageServer
    files: dict[str, Open] = field(default_factory=dict)

    def analysis(self, uri: str) -> Analysis | None:
        """What is found out about the text as it stands now; None if the file is no journey."""
        path = to_fs_path(uri)
        if uri not in self.files or not uri.startswith("file:") or path is None:
            return None
        opened, document = self.files[uri], self.server.workspace.get_text_document(uri)
        if opened.analysis is None or opened.version != document.version:
            settings = self._settings(opened, Path(path))
            if not is_journey(Path(path), settings.config.include, settings.config.exclude):
                return None
            encoding = self.server.workspace.position_encoding or lsp.PositionEncodingKind.Utf16
            opened.analysis = Analysis(document.source, Path(path), settings, encoding)
            opened.version = document.version
        return opened.analysis

    def _settings(self, opened: Open, path: Path) -> Settings:
        """The nearest settings; where they cannot be read that is said once, and the defaults serve."""
        try:
            settings, complaint = Settings(load_config(start=path.parent)), ""
        except JourneykitError as error:
            settings, complaint = Settings(), "\n".join(part for part in (error.message, error.help) if part)
        if complaint not in ("", opened.complaint):
            self._say(complaint)
        opened.complaint = complaint
        return settings

    def _say(self, complaint: str) -> None:
        self.server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, f"journeykit: {complaint}"))

    def look_again(self, uri: str, pause: float = 0.0, fresh: bool = False) -> None:
        """Publish the findings of a file after a pause; a change within it starts the pause anew."""
        opened = self.files.setdefault(uri, Open())
        if opened.waiting is not None:
            opened.waiting.cancel()
        if fresh:
            opened.analysis = None
        opened.waiting = asyncio.get_running_loop().call_later(pause, self._publish, uri)

    def _publish(self, uri: str) -> None:
        if uri not in self.files:
            return None
        opened, analysis = self.files[uri], self.analysis(uri)
        if analysis is None:  # one that was a journey before the settings changed has no findings any more
            return self.server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))
        self.server.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri, diagnostics(analysis), opened.version)
        )
        for failure in set(analysis.linted.failures) - opened.failures:
            self._say(f"own rule {failure.rule} ({failure.plugin}) failed: {failure.error}")
        opened.failures.update(analysis.linted.failures)
        if not analysis.outline.faults:
            opened.whole = analysis.outline
        return None

    def close(self, uri: str) -> None:
        """Forget a file; its findings go from the editor."""
        opened = self.files.pop(uri, None)
        if opened is not None:
            if opened.waiting is not None:
                opened.waiting.cancel()
            self.server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


def make_server() -> LanguageServer:
    """A server with all that it answers; texts come whole, as a journey is short."""
    server = LanguageServer("journeykit", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
    desk = Desk(server)
    _follow_texts(server, desk)
    _answer(server, desk)
    _answer_with_changes(server, desk)
    return server


def _follow_texts(server: LanguageServer, desk: Desk) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        desk.look_again(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        desk.look_again(params.text_document.uri, PAUSE)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        desk.look_again(params.text_document.uri, fresh=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        desk.close(params.text_document.uri)

    @server.feature(lsp.INITIALIZED)
    def ready(_: lsp.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watched = workspace and workspace.did_change_watched_files
        if watched and watched.dynamic_registration:
            server.client_register_capability(lsp.RegistrationParams([WATCHING]))

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def settings_changed(_: lsp.DidChangeWatchedFilesParams) -> None:
        for uri in desk.files:
            desk.look_again(uri, fresh=True)


def _answer(server: LanguageServer, desk: Desk) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        analysis = desk.analysis(params.text_document.uri)
        return hover(analysis, analysis.positions.offset(params.position)) if analysis else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def defined(params: lsp.DefinitionParams) -> list[lsp.Location]:
        analysis, uri = desk.analysis(params.text_document.uri), params.text_document.uri
        found = definition(analysis, analysis.positions.offset(params.position)) if analysis else []
        return [lsp.Location(uri, place) for place in found]

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def used(params: lsp.ReferenceParams) -> list[lsp.Location]:
        analysis, uri = desk.analysis(params.text_document.uri), params.text_document.uri
        both = params.context.include_declaration
        found = uses(analysis, analysis.positions.offset(params.position), both) if analysis else []
        return [lsp.Location(uri, place) for place in found]

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outlined(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        analysis = desk.analysis(params.text_document.uri)
        return symbols(analysis) if analysis else []


def _answer_with_changes(server: LanguageServer, desk: Desk) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=TRIGGERS))
    def completed(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        uri = params.text_document.uri
        analysis = desk.analysis(uri)
        if analysis is None:
            return []
        return completions(analysis, analysis.positions.offset(params.position), desk.files[uri].whole)

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=list(KINDS)))
    def acted(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri, only = params.text_document.uri, params.context.only
        analysis = desk.analysis(uri)
        return actions(analysis, uri, analysis.positions.span_of(params.range), only) if analysis else []

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def formatted(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        analysis = desk.analysis(params.text_document.uri)
        edits, problem = formatting(analysis) if analysis else ([], "")
        if problem:
            message = f"journeykit: not laid out: {problem}"
            server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, message))
        return edits


def serve(log: Path | None = None) -> None:
    """Answer on standard input and output until the editor says that it is done.

    Whatever else would print, such as a team's own rules, prints to standard error: the output is the protocol's. What
    happens is logged to a file, what goes wrong to standard error otherwise.
    """
    handler = logging.FileHandler(log, encoding="utf-8") if log else logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.INFO if log else logging.ERROR)
    logging.getLogger().addHandler(handler)
    answers = os.dup(1)
    os.dup2(2, 1)
    try:
        with os.fdopen(os.dup(answers), "wb") as output:
            make_server().start_io(sys.stdin.buffer, output)
    finally:
        os.dup2(answers, 1)
        os.close(answers)
        logging.getLogger().removeHandler(handler)
        handler.close()
