"""What `lint --fix` and `--diff` do beside linting: files that are mended, and what is said of it."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TextIO

import typer

from journeykit.cli.console import emit, emit_bytes, paint, say
from journeykit.cli.inputs import STDIN, Asked
from journeykit.cli.rewriting import BOM, rewrite
from journeykit.errors import UsageError
from journeykit.finding import Finding
from journeykit.linting import Linted
from journeykit.output.summary import counted
from journeykit.reading import Document
from journeykit.reading.faults import PAGES


@dataclass(frozen=True)
class Mended(Linted):
    """What lint says of a file once fixes are made, how many it took by rule, and the difference they make.

    `text` is the new text where it is to go to standard output; `complaint` says why a file could not be written.
    """

    made: Counter[str] = field(default_factory=Counter)
    diff: str = ""
    text: str | None = None
    complaint: str = ""


class Fixing:
    """What was asked for with --fix, --unsafe-fixes and --diff."""

    def __init__(self, asked: Asked, fix: bool, unsafe: bool, diff: bool, edits: bool) -> None:
        """`edits` says that what is printed has the edits of all fixes, unsafe ones too."""
        self.asked, self.unsafe, self.diff = asked, unsafe, diff
        self.try_unsafe = unsafe or edits
        self.fix = fix and not diff
        self.to_stdout = self.fix and STDIN in (asked.paths or ())
        self.given = b""
        if self.to_stdout:
            if len(asked.paths or ()) > 1:
                raise UsageError("standard input is fixed to standard output", "name no other files beside -")
            self.given = sys.stdin.buffer.read()  # goes out as it came where nothing is mended, whatever it is
            sys.stdin = io.TextIOWrapper(io.BytesIO(self.given))

    @property
    def findings_to(self) -> TextIO:
        """The stream that findings go to."""
        return sys.stderr if self.to_stdout else sys.stdout

    def judging(self, judge: Callable[[Document], Linted]) -> Callable[[Document], Linted]:
        """Judge a document, and mend it first if that is asked for."""

        def judged(document: Document) -> Linted:
            linted = judge(document)
            if not any(finding.fix for finding in linted.findings):
                return linted
            return self._mended(document, judge) if self.fix or self.diff else self._with_edits(document, linted)

        return judged

    def _mended(self, document: Document, judge: Callable[[Document], Linted]) -> Linted:
        from journeykit.changing import fixed
        from journeykit.output.unified_diff import unified_diff

        found = fixed(document, judge, self.unsafe)
        name, old, new = document.source.name, document.source.text, found.document.source.text
        if self.fix and not self.to_stdout and (complaint := rewrite(Path(name), old, new)):
            return Mended(**vars(self._with_edits(document, judge(document))), complaint=complaint)
        return Mended(
            **vars(self._with_edits(found.document, found.linted)),
            made=found.made,
            diff=unified_diff(name, old, new) if self.diff else "",
            text=new if self.to_stdout else None,
        )

    def _with_edits(self, document: Document, linted: Linted) -> Linted:
        from journeykit.changing import offered

        return replace(linted, findings=offered(document, linted.findings, self.try_unsafe))

    def finish_diff(self, made: Sequence[Linted], failed: int, output: Path | None) -> None:
        """Print what fixing would change, and end the run."""
        from journeykit.output.fix_summary import would_fix_summary
        from journeykit.output.unified_diff import painted

        mended = [one for one in made if isinstance(one, Mended)]
        text = "".join(one.diff for one in mended)
        ink = paint(self.asked.color, output is not None)
        emit(painted(text, ink) if ink.on or (output is None and sys.stdout.isatty()) else text, output)
        findings = [finding for one in made for finding in one.findings]
        say(would_fix_summary(_total(mended), findings, self.unsafe), self.asked.quiet)
        if refused := len({finding.file for finding in findings if finding.rule in PAGES}):
            say(f"{counted(refused, 'file is', 'files are')} no journey: see journeykit validate.", self.asked.quiet)
        raise typer.Exit(2 if failed else int(bool(text)))

    def report(self, text: str, made: Sequence[Linted], output: Path | None) -> None:
        """Print findings; where standard output takes the mended text, they go to standard error."""
        if not self.to_stdout:
            emit(text, output)
            return
        new = next((one.text for one in made if isinstance(one, Mended)), None)
        mark = BOM if self.given.startswith(BOM) else b""
        emit_bytes(self.given if new is None else mark + new.encode())
        if output is None:
            sys.stderr.write(text)
        else:
            emit(text, output)

    def tell(self, made: Sequence[Linted], findings: Sequence[Finding]) -> bool:
        """Say what was fixed and what of the findings could be; whether a file could not be written."""
        from journeykit.output.fix_summary import fixable_summary, fixed_summary

        mended = [one for one in made if isinstance(one, Mended)]
        complaints = [one.complaint for one in mended if one.complaint]
        for complaint in complaints:
            say(f"journeykit: {complaint}")
        lines = [fixed_summary(_total(mended), len(findings))] if self.fix else []
        lines.append(fixable_summary(findings, self.unsafe, self.fix))
        for line in filter(None, lines):
            say(line, self.asked.quiet)
        return bool(complaints)


def _total(made: Sequence[Mended]) -> Counter[str]:
    return sum((one.made for one in made), Counter())
