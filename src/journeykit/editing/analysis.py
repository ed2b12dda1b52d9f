"""The results for the text of a file as it is now, saved or not; each is computed when it is first needed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from journeykit.editing.partial import PartialDocument, read_partial
from journeykit.finding import Finding, Severity
from journeykit.interchange.normal import normal_data
from journeykit.linting import Linted, Selection
from journeykit.linting.baseline import Baseline, read_baseline
from journeykit.project import Project
from journeykit.project.linting import lint_document
from journeykit.reading import Document, read_bytes
from journeykit.scoring import Scores


@dataclass(frozen=True)
class Rules:
    """The project of a file, with the rules and the baseline that its settings name.

    Raises UsageError or ConfigError if they name something that does not exist, or own rules cannot be imported.
    """

    project: Project = field(default_factory=Project)

    def __post_init__(self) -> None:
        """Load rules and baseline, so that errors are raised here and not while an editor waits for a response."""
        assert self.selection
        assert self.baseline is None or self.baseline.path

    @cached_property
    def selection(self) -> Selection:
        """The rules to run."""
        return self.project.selection()

    @cached_property
    def baseline(self) -> Baseline | None:
        """The baseline that the settings name."""
        name = self.project.settings.baseline
        return read_baseline(Path(name)) if name else None


@dataclass(frozen=True)
class Analysis:
    """A text with its file and rules; each result is computed once."""

    text: str
    file: Path
    rules: Rules

    @property
    def project(self) -> Project:
        """The project that the file belongs to."""
        return self.rules.project

    @cached_property
    def document(self) -> Document:
        """The text as `validate` reads it."""
        return self.read(self.text)

    def read(self, text: str) -> Document:
        """Read another text of the same file; lone surrogates, which some editors send, are replaced."""
        return read_bytes(text.encode("utf-8", "replace"), str(self.file), self.project.settings.shared)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The journey as plain data, without shorthands; empty if the text is none."""
        journey = self.document.journey
        return {} if journey is None else normal_data(journey)

    @cached_property
    def linted(self) -> Linted:
        """The findings of `lint` by the settings."""
        return self.lint(self.document)

    def lint(self, document: Document, rule: str = "") -> Linted:
        """Lint another text of the same file, with one rule if it is given."""
        selection = self.rules.selection
        return lint_document(
            document, self.project, replace(selection, select=(rule,), ignore=()) if rule else selection
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that `lint` would print: at least as severe as the setting `show`, and not in the baseline."""
        findings, baseline = self.linted.findings, self.rules.baseline
        if baseline is not None:
            findings = baseline.without_known(findings, {}).findings
        least = Severity.of(self.project.settings.show)
        return tuple(finding for finding in findings if finding.severity >= least)

    @cached_property
    def partial(self) -> PartialDocument:
        """The content of the text, as far as it can be read."""
        return self.read_partial(self.document.source.text)

    def read_partial(self, text: str) -> PartialDocument:
        """Return the content of another text of the same file."""
        return read_partial(text, self.file.name, self.project.settings.shared)

    @cached_property
    def scores(self) -> Scores | None:
        """The scores by the settings; None if the text is no journey."""
        scored = self.project.score_document(self.document)
        return None if scored is None else scored.scores
