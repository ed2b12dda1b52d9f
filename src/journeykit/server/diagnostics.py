"""Findings as diagnostics."""

from __future__ import annotations

from lsprotocol.types import Diagnostic, DiagnosticSeverity, DiagnosticTag

from journeykit.finding import Finding, Severity
from journeykit.linting.unused import UNUSED_SUPPRESSION
from journeykit.output.paint import one_line
from journeykit.server.analysis import Analysis
from journeykit.source import Span

SOURCE = "journeykit"
SEVERITIES = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.INFO: DiagnosticSeverity.Information,
}


def diagnostics(analysis: Analysis) -> list[Diagnostic]:
    """Return all findings of a text as diagnostics."""
    return [diagnostic(analysis, finding) for finding in analysis.findings]


def diagnostic(analysis: Analysis, finding: Finding) -> Diagnostic:
    """Return a finding as a diagnostic, with its help on a line of its own."""
    return Diagnostic(
        range=analysis.positions.range_of(span_of(analysis, finding)),
        message="\n".join(one_line(text) for text in (finding.message, finding.help) if text),
        severity=SEVERITIES[finding.severity],
        code=finding.rule,
        source=SOURCE,
        tags=[DiagnosticTag.Unnecessary] if finding.rule == UNUSED_SUPPRESSION.id else None,
    )


def span_of(analysis: Analysis, finding: Finding) -> Span:
    """Return the span of a finding in the text."""
    source = analysis.document.source
    return Span(source.offset(finding.start), source.offset(finding.end))
