"""The open files: analyse the current text of each and publish its diagnostics."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from journeykit.editing.partial import PartialDocument
from journeykit.errors import JourneykitError
from journeykit.linting import Failure
from journeykit.project import Project
from journeykit.project.outside import repository_of
from journeykit.reading.discovery import is_journey
from journeykit.server.analysis import Analysis, Rules
from journeykit.server.diagnostics import diagnostics
from journeykit.server.texts import in_message
from journeykit.server.workspace_symbols import journeys_in, text_of

PLUGINS_NOT_RUN = (
    "own rules that {path} names are code of this repository and are not run.\n"
    "If you trust it, allow them: initialization option allowPlugins, or journeykit lsp --allow-plugins"
)


LONGEST_PAUSE = 0.2
"""The most seconds without an edit after which findings are published."""


@dataclass
class OpenFile:
    """An open file: the version analysed last, and the last content without YAML errors."""

    version: int | None = None
    analysis: Analysis | None = None
    last_valid: PartialDocument | None = None
    timer: asyncio.TimerHandle | None = None
    cost: float = 0.0
    """Seconds that the last findings took."""
    settings_error: str = ""
    internal_error: str = ""
    failures: set[Failure] = field(default_factory=set)


@dataclass
class OpenFiles:
    """The open files, by URI."""

    server: LanguageServer
    files: dict[str, OpenFile] = field(default_factory=dict)
    watchers: list[Callable[[Path, str | None], None]] = field(default_factory=list)
    """Who is told of the text of each journey as it is now, and of None when it is closed."""
    allow_plugins: bool = False
    """Whether own rules of repositories, which are code, may run."""
    pulls: bool = False
    """Whether the editor asks for findings by itself, so that publishing them would show them twice."""
    takes_snippets: bool = False
    """Whether the editor inserts snippets, texts with places to fill in."""
    _untrusted: set[Path | None] = field(default_factory=set)
    """Settings files whose plugins did not run, which is reported once."""

    def analysis(self, uri: str) -> Analysis | None:
        """Return the analysis of the current text; None if the file is no journey."""
        path = to_fs_path(uri)
        if uri not in self.files or not uri.startswith("file:") or path is None:
            return None
        opened, document = self.files[uri], self.server.workspace.get_text_document(uri)
        if opened.analysis is None or opened.version != document.version:
            rules = self._rules(opened, Path(path))
            if rules is None:
                return None
            encoding = self.server.workspace.position_encoding or lsp.PositionEncodingKind.Utf16
            opened.analysis = Analysis(document.source, Path(path), rules, encoding)
            opened.version = document.version
        return opened.analysis

    def _rules(self, opened: OpenFile, path: Path) -> Rules | None:
        """Return the rules of the nearest settings; None if the file is not a journey.

        Settings that cannot be read are reported once, and the default rules are returned.
        """
        try:
            project = Project.around(path)
        except JourneykitError as error:
            return self._default_rules(opened, error) if is_journey(path) else None
        settings = project.settings
        if not is_journey(path, settings.include, settings.exclude):
            return None
        if not self.allow_plugins:
            settings = settings.with_own_rules("installed")
        try:
            rules = Rules(replace(project, settings=settings))
        except JourneykitError as error:
            return self._default_rules(opened, error)
        opened.settings_error = ""
        if settings.own_rules == "installed" and settings.plugins and settings.path not in self._untrusted:
            self._untrusted.add(settings.path)
            self.show(PLUGINS_NOT_RUN.format(path=settings.path), lsp.MessageType.Info)
        return rules

    def _default_rules(self, opened: OpenFile, error: JourneykitError) -> Rules:
        message = "\n".join(part for part in (error.message, error.help) if part)
        if message != opened.settings_error:
            self.show(message)
        opened.settings_error = message
        return Rules()

    def show(self, message: str, kind: lsp.MessageType = lsp.MessageType.Error) -> None:
        """Show a message in the editor."""
        self.server.window_show_message(lsp.ShowMessageParams(kind, in_message(f"journeykit: {message}")))

    def publish_later(self, uri: str, pause: float = 0.0, fresh: bool = False) -> None:
        """Publish the findings of a file after a pause of so many seconds; another call restarts the pause.

        With `fresh`, the settings are read again.
        """
        opened = self.files.setdefault(uri, OpenFile())
        if opened.timer is not None:
            opened.timer.cancel()
        if fresh:
            opened.analysis = None
        opened.timer = asyncio.get_running_loop().call_later(pause, self._publish_or_report, uri)

    def publish_after_edit(self, uri: str) -> None:
        """Publish the findings of a file that was edited, after a pause as short as findings are cheap."""
        cost = self.files[uri].cost if uri in self.files else 0.0
        self.publish_later(uri, min(LONGEST_PAUSE, cost / 2))

    def pulled(self, uri: str, known: str | None) -> lsp.DocumentDiagnosticReport:
        """Return the findings of the current text, or that they are those of the result `known`."""
        analysis = self.analysis(uri)
        if analysis is None:
            return lsp.RelatedFullDocumentDiagnosticReport([])
        self._settle(self.files[uri], analysis)
        found = diagnostics(analysis)
        result = f"{id(analysis)}-{self.files[uri].version}"
        if known == result:
            return lsp.RelatedUnchangedDocumentDiagnosticReport(result)
        return lsp.RelatedFullDocumentDiagnosticReport(found, result_id=result)

    def in_repository(self, uri: str) -> dict[str, Analysis]:
        """Return all journeys of the repository of an open journey, by URI: open ones as they are in the editor."""
        opened = {other: one for other in self.files if (one := self.analysis(other))}
        asked = opened[uri]
        root = repository_of(asked.file, asked.project).resolve()
        found = {other: one for other, one in opened.items() if one.file.resolve().is_relative_to(root)}
        known = {one.file.resolve() for one in found.values()}
        for file in (file.resolve() for file in journeys_in(root)):
            if file not in known and file.is_relative_to(root) and (text := text_of(file)) is not None:
                found[file.as_uri()] = Analysis(text, file, asked.rules, asked.encoding)
        return found

    def folders(self) -> list[Path]:
        """Return the folders that the editor has open."""
        uris = [*self.server.workspace.folders] or [self.server.workspace.root_uri]
        paths = [to_fs_path(uri) for uri in uris if uri]
        return [Path(path) for path in paths if path]

    def _publish_or_report(self, uri: str) -> None:
        """Publish the findings, or report an internal error, since unchanged findings would look current."""
        try:
            self._publish(uri)
        except Exception as error:
            logging.getLogger(__name__).exception(uri)
            message = f"internal error: {type(error).__name__}: {error}\njourneykit lint says more"
            if message != self.files[uri].internal_error:
                self.show(message)
            self.files[uri].internal_error = message

    def _publish(self, uri: str) -> None:
        if uri not in self.files:
            return None
        started = perf_counter()
        opened, analysis = self.files[uri], self.analysis(uri)
        if analysis is None:  # the settings may have changed, so that the file is no longer a journey
            return self._send(lsp.PublishDiagnosticsParams(uri, []))
        found = diagnostics(analysis)
        opened.cost = perf_counter() - started
        self._tell(analysis.file, analysis.text)
        self._send(lsp.PublishDiagnosticsParams(uri, found, opened.version))
        self._settle(opened, analysis)
        return None

    def _send(self, found: lsp.PublishDiagnosticsParams) -> None:
        if not self.pulls:
            self.server.text_document_publish_diagnostics(found)

    def _settle(self, opened: OpenFile, analysis: Analysis) -> None:
        """Tell which own rules failed, and keep the content for texts that are broken."""
        for failure in set(analysis.linted.failures) - opened.failures:
            self.show(f"own rule {failure.rule} ({failure.plugin}) failed: {failure.error}")
        opened.failures.update(analysis.linted.failures)
        if not analysis.partial.faults:
            opened.last_valid = analysis.partial

    def _tell(self, path: Path, text: str | None) -> None:
        for watcher in self.watchers:
            watcher(path, text)

    def close(self, uri: str) -> None:
        """Close a file and remove its findings from the editor."""
        opened = self.files.pop(uri, None)
        if opened is not None:
            if opened.analysis is not None:
                self._tell(opened.analysis.file, None)
            if opened.timer is not None:
                opened.timer.cancel()
            self._send(lsp.PublishDiagnosticsParams(uri, []))
