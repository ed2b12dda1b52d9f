"""Fix the findings of a file: in the file, as a text, or as a diff that shows what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from journeykit.linting import Linted
from journeykit.project.writing import rewrite
from journeykit.reading import Document


@dataclass(frozen=True)
class FixOptions:
    """Which fixes are applied, and where they go."""

    fix: bool = False
    """Make fixes, in the file or in the text that is returned."""
    unsafe: bool = False
    """Make fixes that may change a meaning too."""
    diff: bool = False
    """Return a diff and write nothing."""
    edits: bool = False
    """Compute the edits of unsafe fixes too, as the output format prints them."""
    to_text: bool = False
    """Return the new text and write no file."""
    named: frozenset[Path] = frozenset()
    """The paths that the user gave, which are followed if they are links."""

    @property
    def writes(self) -> bool:
        """Whether fixes are applied and kept."""
        return self.fix and not self.diff


@dataclass(frozen=True)
class FixedFile(Linted):
    """The findings left after fixes, how many fixes were applied by rule, how many not by reason, and the diff.

    `text` is the new text if it is not written to the file; `problem` says why the file could not be written.
    """

    applied: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    diff: str = ""
    text: str | None = None
    problem: str = ""


def fix_document(
    document: Document, linted: Linted, relint: Callable[[Document], Linted], options: FixOptions
) -> Linted:
    """Apply the fixes of a document's findings as the options say; `relint` lints the text after each round."""
    if not (options.writes or options.diff):
        return _with_edits(document, linted, relint, options)
    from journeykit.changing import apply_fixes
    from journeykit.changing.suggestions import AppliedSuggestions, write_suggestions
    from journeykit.output.unified_diff import unified_diff

    typed = AppliedSuggestions(document, linted, Counter())
    if options.unsafe:
        typed = write_suggestions(document, linted, relint)
    found = apply_fixes(typed.document, relint, options.unsafe)
    name, old, new = document.source.name, document.source.text, found.document.source.text
    if options.writes and not options.to_text and (problem := rewrite(Path(name), old, new, options.named)):
        return FixedFile(**vars(_with_edits(document, relint(document), relint, options)), problem=problem)
    return FixedFile(
        **vars(_with_edits(found.document, found.linted, relint, options)),
        applied=typed.applied + found.applied,
        refused=found.refused,
        diff=unified_diff(name, old, new) if options.diff else "",
        text=new if options.to_text else None,
    )


def _with_edits(
    document: Document, linted: Linted, relint: Callable[[Document], Linted], options: FixOptions
) -> Linted:
    from journeykit.changing import with_edits
    from journeykit.changing.suggestions import with_suggestions

    tried = options.unsafe or options.edits
    linted = replace(linted, findings=with_edits(document, linted.findings, tried))
    return replace(linted, findings=with_suggestions(document, linted, relint, tried))
