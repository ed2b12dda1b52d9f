"""Create the server and register the function for each request."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from journeykit._version import __version__
from journeykit.editing.references import JOURNEY, symbol_at
from journeykit.errors import JourneykitError
from journeykit.server.actions import KINDS, actions
from journeykit.server.completing import completions
from journeykit.server.edits import formatting_edits
from journeykit.server.folding import folding_ranges
from journeykit.server.hovers import hover
from journeykit.server.open_files import OpenFiles
from journeykit.server.previews import COMMAND, METHOD, LiveSite, preview
from journeykit.server.protocol import MessageReader, ReplyingProtocol, ReplyingServer
from journeykit.server.references import definition_at, file_at, places_of, references_at
from journeykit.server.renaming import renamable, rename, rename_journey
from journeykit.server.scores_shown import inlay_hints, lenses
from journeykit.server.symbols import symbols
from journeykit.server.workspace_symbols import SymbolIndex

TRIGGERS = [":", " ", "[", "{", ",", "-"]
SETTINGS = ("journeykit.toml", "pyproject.toml")
WATCHING = lsp.Registration(
    "settings",
    lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
    lsp.DidChangeWatchedFilesRegistrationOptions([lsp.FileSystemWatcher(f"**/{name}") for name in SETTINGS]),
)
"""The registration with which editors report changes of settings files."""


def make_server(*, allow_plugins: bool = False) -> LanguageServer:
    """Return a server with all its features; editors send whole texts, since journeys are short.

    Own rules of repositories run with `allow_plugins`, or if the editor allows them in its initialization options.
    """
    server = ReplyingServer(
        "journeykit",
        __version__,
        text_document_sync_kind=lsp.TextDocumentSyncKind.Full,
        protocol_cls=ReplyingProtocol,
    )
    open_files = OpenFiles(server, allow_plugins=allow_plugins)
    _register_documents(server, open_files)
    _register_queries(server, open_files)
    _register_pictured(server, open_files)
    _register_edits(server, open_files)
    _register_previews(server, open_files)
    return server


def _register_documents(server: LanguageServer, open_files: OpenFiles) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        open_files.publish_later(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        open_files.publish_after_edit(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        open_files.publish_later(params.text_document.uri, fresh=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        open_files.close(params.text_document.uri)

    @server.feature(lsp.INITIALIZE)
    def started(params: lsp.InitializeParams) -> None:
        options = params.initialization_options
        if isinstance(options, Mapping) and options.get("allowPlugins") is True:
            open_files.allow_plugins = True
        documents = params.capabilities.text_document
        open_files.pulls = bool(documents and documents.diagnostic)
        item = documents and documents.completion and documents.completion.completion_item
        open_files.takes_snippets = bool(item and item.snippet_support)

    @server.feature(lsp.INITIALIZED)
    def ready(_: lsp.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watched = workspace and workspace.did_change_watched_files
        if watched and watched.dynamic_registration:
            server.client_register_capability(lsp.RegistrationParams([WATCHING]))

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def settings_changed(_: lsp.DidChangeWatchedFilesParams) -> None:
        for uri in open_files.files:
            open_files.publish_later(uri, fresh=True)
        if open_files.pulls:
            server.workspace_diagnostic_refresh(None)


def _register_queries(server: LanguageServer, open_files: OpenFiles) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        analysis = open_files.analysis(params.text_document.uri)
        return hover(analysis, analysis.positions.offset(params.position)) if analysis else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def defined(params: lsp.DefinitionParams) -> list[lsp.Location]:
        analysis, uri = open_files.analysis(params.text_document.uri), params.text_document.uri
        if analysis is None:
            return []
        offset = analysis.positions.offset(params.position)
        if (file := file_at(analysis, offset)) is not None:
            start = lsp.Position(0, 0)
            return [lsp.Location(file.resolve().as_uri(), lsp.Range(start, start))]
        return [lsp.Location(uri, place) for place in definition_at(analysis, offset)]

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def used(params: lsp.ReferenceParams) -> list[lsp.Location]:
        analysis, uri = open_files.analysis(params.text_document.uri), params.text_document.uri
        if analysis is None:
            return []
        both, offset = params.context.include_declaration, analysis.positions.offset(params.position)
        kind, id = symbol_at(analysis.partial, offset) or ("", "")
        files = open_files.in_repository(uri) if kind == JOURNEY else {uri: analysis}
        return [lsp.Location(uri, place) for uri, one in files.items() for place in places_of(one, kind, id, both)]

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outlined(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        analysis = open_files.analysis(params.text_document.uri)
        return symbols(analysis) if analysis else []


def _register_pictured(server: LanguageServer, open_files: OpenFiles) -> None:
    """What editors show in or beside a text without being asked for it by the user."""

    @server.feature(lsp.TEXT_DOCUMENT_DIAGNOSTIC, lsp.DiagnosticOptions(False, False, "journeykit"))
    def pulled(params: lsp.DocumentDiagnosticParams) -> lsp.DocumentDiagnosticReport:
        return open_files.pulled(params.text_document.uri, params.previous_result_id)

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def highlighted(params: lsp.DocumentHighlightParams) -> list[lsp.DocumentHighlight]:
        analysis = open_files.analysis(params.text_document.uri)
        found = references_at(analysis, analysis.positions.offset(params.position)) if analysis else []
        return [lsp.DocumentHighlight(place, lsp.DocumentHighlightKind.Read) for place in found]

    @server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
    def hinted(params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
        analysis = open_files.analysis(params.text_document.uri)
        return inlay_hints(analysis, analysis.positions.span_of(params.range)) if analysis else []

    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS)
    def scored(params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        analysis = open_files.analysis(params.text_document.uri)
        return lenses(analysis) if analysis else []

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    def folded(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
        analysis = open_files.analysis(params.text_document.uri)
        return folding_ranges(analysis) if analysis else []

    @server.feature(lsp.WORKSPACE_SYMBOL)
    def searched(params: lsp.WorkspaceSymbolParams) -> list[lsp.WorkspaceSymbol]:
        return index.search(params.query, open_files.folders())

    index = SymbolIndex()


def _register_edits(server: LanguageServer, open_files: OpenFiles) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=TRIGGERS))
    def completed(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        uri = params.text_document.uri
        analysis = open_files.analysis(uri)
        if analysis is None:
            return []
        offset, before = analysis.positions.offset(params.position), open_files.files[uri].last_valid
        return completions(analysis, offset, before, open_files.takes_snippets)

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=list(KINDS)))
    def acted(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri, only = params.text_document.uri, params.context.only
        analysis = open_files.analysis(uri)
        return actions(analysis, uri, analysis.positions.span_of(params.range), only) if analysis else []

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepared(params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
        analysis = open_files.analysis(params.text_document.uri)
        return renamable(analysis, analysis.positions.offset(params.position)) if analysis else None

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def renamed(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        uri = params.text_document.uri
        analysis = open_files.analysis(uri)
        if analysis is None:
            return None
        offset = analysis.positions.offset(params.position)
        kind, id = symbol_at(analysis.partial, offset) or ("", "")
        if kind != JOURNEY:
            return lsp.WorkspaceEdit(changes={uri: rename(analysis, offset, params.new_name)})
        files = open_files.in_repository(uri)
        edits = rename_journey(files.values(), id, params.new_name)
        uris = {one.file: uri for uri, one in files.items()}
        return lsp.WorkspaceEdit(changes={uris[file]: found for file, found in edits.items()})

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def formatted(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        analysis = open_files.analysis(params.text_document.uri)
        edits, problem = formatting_edits(analysis) if analysis else ([], "")
        if problem:
            open_files.show(f"not laid out: {problem}", lsp.MessageType.Info)
        return edits


def _register_previews(server: LanguageServer, open_files: OpenFiles) -> None:
    live = LiveSite()

    @server.feature(METHOD)
    def previewed(params: Any) -> dict[str, Any] | None:
        uri = str(getattr(params, "uri", ""))
        analysis = open_files.analysis(uri)
        if analysis is None:
            return None
        wanted = (str(getattr(params, name, None) or "") for name in ("chart", "theme"))
        try:
            return preview(analysis, open_files.files[uri].version, *wanted)
        except (ValueError, JourneykitError) as error:
            raise JsonRpcInvalidParams(str(error)) from None

    @server.command(COMMAND)
    def opened(uri: str) -> str | None:
        analysis = open_files.analysis(uri)
        if analysis is None:
            return None
        try:
            address = live.open(analysis.file, analysis.project)
        except JourneykitError as error:
            open_files.show(error.message)
            return None
        live.take(analysis.file, analysis.text)
        window = server.client_capabilities.window
        if window and window.show_document and window.show_document.support:
            server.window_show_document(lsp.ShowDocumentParams(address, external=True))
        else:
            open_files.show(f"the preview is at {address}", lsp.MessageType.Info)
        return address

    open_files.watchers.append(live.take)

    @server.feature(lsp.SHUTDOWN)
    def ended(_: None) -> None:
        live.close()


def serve(log: Path | None = None, *, allow_plugins: bool = False) -> None:
    """Serve on standard input and output until the editor ends the session.

    Other output, such as that of own rules, goes to standard error: standard output belongs to the protocol.
    """
    responses = os.dup(1)
    os.dup2(2, 1)
    try:
        with _logging(log), os.fdopen(os.dup(responses), "wb") as output:
            make_server(allow_plugins=allow_plugins).start_io(cast(BinaryIO, MessageReader(sys.stdin.buffer)), output)
    finally:
        os.dup2(responses, 1)
        os.close(responses)


@contextmanager
def _logging(file: Path | None) -> Iterator[None]:
    """Log requests and replies to a file; without one, log errors to standard error."""
    handler = logging.FileHandler(file, encoding="utf-8") if file else logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s" if file else "%(message)s"))
    handler.setLevel(logging.DEBUG if file else logging.ERROR)
    if file is None:  # the editor got an error response; the traceback does not help a user
        handler.addFilter(lambda record: not record.getMessage().startswith("Unable to deserialize"))
    logging.getLogger("pygls.protocol").setLevel(logging.DEBUG if file else logging.ERROR)
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
