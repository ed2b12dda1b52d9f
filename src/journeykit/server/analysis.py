"""One text as it stands in the editor, and what is found out about it when somebody asks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from lsprotocol.types import PositionEncodingKind

from journeykit.config import Config
from journeykit.finding import Finding, Severity
from journeykit.linting import Linted, Selection, lint
from journeykit.linting.baseline import Baseline, read_baseline
from journeykit.reading import Document, read_bytes
from journeykit.scoring import Scores, score, settings_for
from journeykit.server.outline import Outline, outline_of
from journeykit.server.positions import MARK, Positions


@dataclass(frozen=True)
class Settings:
    """The settings that hold for a file, and the rules that they select.

    UsageError or ConfigError where they name what there is not, or where own rules cannot be imported.
    """

    config: Config = field(default_factory=Config)

    def __post_init__(self) -> None:
        """Look at all of them, so that what is wrong is told here, not while an editor waits for an answer."""
        assert self.selection
        assert self.baseline is None or self.baseline.path

    @cached_property
    def selection(self) -> Selection:
        """The rules that are to run."""
        return Selection.configured(self.config)

    @cached_property
    def baseline(self) -> Baseline | None:
        """What was found before the team began to lint."""
        return read_baseline(Path(self.config.baseline)) if self.config.baseline else None


@dataclass(frozen=True)
class Analysis:
    """A text, the file it belongs to and the settings for it; each answer is found once."""

    text: str
    file: Path
    settings: Settings
    encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16

    @cached_property
    def document(self) -> Document:
        """The text as `validate` reads it."""
        return self.read(self.text)

    def read(self, text: str) -> Document:
        """Another text of the same file, read; half a character, which some editors send, is no text."""
        return read_bytes(text.encode("utf-8", "replace"), str(self.file), self.settings.config.shared)

    @cached_property
    def linted(self) -> Linted:
        """All that `lint` says, by the settings."""
        return self.judge(self.document)

    def judge(self, document: Document, rule: str = "") -> Linted:
        """What `lint` says of another text of the same file; if a rule is named, what that alone says."""
        selection = self.settings.selection
        return lint(document, replace(selection, select=(rule,), ignore=()) if rule else selection, date.today())

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What `lint` would print: nothing that is milder than the settings ask for, or that the baseline holds."""
        findings, baseline = self.linted.findings, self.settings.baseline
        if baseline is not None:
            findings = baseline.without_known(findings, {}).findings
        least = Severity.of(self.settings.config.show)
        return tuple(finding for finding in findings if finding.severity >= least)

    @cached_property
    def outline(self) -> Outline:
        """What the text holds as far as it can be read."""
        return self.outline_of(self.document.source.text)

    def outline_of(self, text: str) -> Outline:
        """What another text of the same file holds."""
        return outline_of(text, self.file.name, self.settings.config.shared)

    @cached_property
    def scores(self) -> Scores | None:
        """The scores by the settings; None if the text is no journey."""
        journey = self.document.journey
        return None if journey is None else score(journey, settings_for(journey, source=self.settings.config.source))

    @cached_property
    def positions(self) -> Positions:
        """Between offsets and the positions of the editor."""
        return Positions(self.document.source, self.encoding, self.text.startswith(MARK))
