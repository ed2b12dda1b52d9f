"""A file that is edited: its text, what can be undone, and what others did to the file meanwhile."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from journeykit.editing.acts import make_all
from journeykit.editing.acts.text import with_line_ends
from journeykit.editing.analysis import Analysis, Rules
from journeykit.editing.grounds import Grounds, OnDisk, read_disk, signature
from journeykit.editing.made import Made
from journeykit.editing.merging import merged
from journeykit.editing.rebasing import rebased
from journeykit.editing.refusal import ActRefusedError, ChangedMeanwhileError

KEPT = 500
"""How many versions of a text are kept, for pages that speak of an older one."""


PAUSES = (0.02, 0.04, 0.08)
"""How many seconds a file that others write gets to become whole, each time it is read again."""


def version_of(text: str) -> str:
    """Return the name of a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(eq=False)
class Step:
    """What an act did: the text before and after it. `group` is the same for steps of other files that belong to it."""

    label: str
    before: str
    after: str
    group: object = field(default_factory=object)


@dataclass(frozen=True)
class Conflict:
    """What somebody else did to the file, where it clashes: the merged text with marks, and theirs.

    `problem` says why there is no text of theirs.
    """

    marked: str
    theirs: str | None
    mark: str = ""
    problem: str = ""


@dataclass
class Session:
    """A file that is edited. The text is never lost: what is on the disk is merged with it or shown beside it."""

    file: Path
    rules: Rules
    grounds: Grounds
    analysis: Analysis
    good: Analysis | None
    """The last text that was a journey."""
    disk: str
    """The text of the file as it was seen last; what is not saved yet differs from it."""
    mark: str
    base: str
    """The text when the session began or was saved last on demand; others' changes are in it."""
    state_of_file: object
    undo: list[Step] = field(default_factory=list)
    redo: list[Step] = field(default_factory=list)
    conflict: Conflict | None = None
    notes: tuple[str, ...] = ()
    """What the last act changed besides."""
    versions: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _older: dict[str, Analysis] = field(default_factory=dict)

    @classmethod
    def of(cls, file: Path, rules: Rules, grounds: Grounds) -> Session:
        """Open a file. Raises ActRefusedError if it cannot be read as text."""
        state = signature(file)
        disk = read_disk(file, follow=True)  # a link is shown, and not written
        if disk.text is None:
            raise ActRefusedError(disk.problem, "mend it outside of this page")
        analysis = Analysis(disk.text, file, rules)
        good = analysis if analysis.document.journey is not None else None
        session = cls(file, rules, grounds, analysis, good, disk.text, disk.mark, disk.text, state)
        session.versions[version_of(disk.text)] = disk.text
        return session

    @property
    def text(self) -> str:
        """The text as it is now, without a byte order mark."""
        return self.analysis.text

    @property
    def version(self) -> str:
        """The name of the text."""
        return version_of(self.text)

    @property
    def saved(self) -> bool:
        """Whether the file has the text."""
        return self.text == self.disk and self.conflict is None

    def use(self, rules: Rules) -> None:
        """Take other settings."""
        self.rules = rules
        self._older.clear()
        self._set(Analysis(self.text, self.file, rules))

    def older(self, text: str) -> Analysis:
        """Return the analysis of a text that each state is compared with: the base, or that of the last commit."""
        if text == self.text:
            return self.analysis
        if text not in self._older:
            self._older = {**dict([*self._older.items()][-1:]), text: Analysis(text, self.file, self.rules)}
        return self._older[text]

    def _set(self, analysis: Analysis) -> None:
        self.analysis = analysis
        if analysis.document.journey is not None:
            self.good = analysis
        name = version_of(analysis.text)
        self.versions[name] = analysis.text
        self.versions.move_to_end(name)
        if len(self.versions) > KEPT:
            self.versions.popitem(last=False)

    def made(self, version: str, acts: Sequence[Mapping[str, Any]]) -> Made:
        """Return what acts make of the text; nothing changes yet. `version` is the text that they speak of.

        Raises ActRefusedError, ChangedMeanwhileError where somebody else changed what they are about.
        """
        self.check_settled()
        if not version or version == self.version:
            return make_all(self.analysis, acts)
        if version not in self.versions:
            raise ChangedMeanwhileError("the text that this page shows is not known any more", "load the page again")
        then = Analysis(self.versions[version], self.file, self.rules)
        return rebased(then, self.analysis, acts)

    def take(self, made: Made, label: str, group: object) -> None:
        """Take what acts made, as one step of undo."""
        self.notes = made.notes
        if made.analysis.text != self.text:
            self.undo.append(Step(label or made.label, self.text, made.analysis.text, group))
            self.redo.clear()
            self._set(made.analysis)

    def check_settled(self) -> None:
        """Raise ChangedMeanwhileError while there is a conflict."""
        if self.conflict is not None:
            raise ChangedMeanwhileError(
                "the file was changed at the same place meanwhile", "settle that first: keep yours, theirs, or a text"
            )

    def without(self, step: Step) -> str:
        """Return the text without a step. Raises ChangedMeanwhileError if that clashes with what came after it."""
        if self.text == step.after:
            return step.before
        found = merged(step.after, self.text, step.before, str(self.file), self.rules.project.settings.shared)
        is_journey = Analysis(found.text, self.file, self.rules).document.journey is not None
        was_journey = self.analysis.document.journey is not None
        if found.conflicts or (was_journey and not is_journey):
            raise ChangedMeanwhileError(
                f'"{step.label}" cannot be taken back: the same place was changed since', "change it by hand"
            )
        return found.text

    def step_back(self, step: Step, text: str, *, redone: bool = False) -> None:
        """Take the text without a step, which was computed by `without`; it can be done again."""
        stack, other = (self.redo, self.undo) if redone else (self.undo, self.redo)
        stack.remove(step)
        other.append(Step(step.label, self.text, text, step.group))
        self.notes = ()
        self._set(Analysis(text, self.file, self.rules))

    def look(self) -> bool:
        """Take over what somebody else did to the file; return whether anything is new."""
        if signature(self.file) == self.state_of_file:
            return False
        return self._take_over(self._read())

    def _read(self) -> OnDisk:
        """Read the file again; one that is no journey any more may be half written, and gets a moment."""
        was_journey = self.analysis.document.journey is not None
        for pause in (*PAUSES, 0):
            self.state_of_file = signature(self.file)
            disk = read_disk(self.file, follow=self.saved)
            whole = disk.text is not None and Analysis(disk.text, self.file, self.rules).document.journey is not None
            if whole or not was_journey:
                break
            time.sleep(pause)
        return disk

    def _take_over(self, disk: OnDisk) -> bool:
        if disk.text is None:
            found = Conflict(self.text, None, self.mark, disk.problem)
            changed = found != self.conflict
            self.conflict = found
            return changed
        if disk.text == self.disk and (self.conflict is None or self.conflict.theirs in (None, disk.text)):
            self.mark = disk.mark
            came_back = self.conflict is not None and self.conflict.theirs is None
            self.conflict = None if came_back else self.conflict
            return came_back
        shared = self.rules.project.settings.shared
        name = str(self.file)
        found_text = merged(self.disk, self.text, disk.text, name, shared)
        if found_text.conflicts:
            self.conflict = Conflict(found_text.text, disk.text, disk.mark)
            return True
        based = merged(self.disk, self.base, disk.text, name, shared)
        self.base = disk.text if based.conflicts else based.text
        self._settled(found_text.text, disk.text, disk.mark)
        return True

    def _settled(self, text: str, disk: str, mark: str) -> None:
        self.conflict, self.disk, self.mark = None, disk, mark
        if text != self.text:
            self._set(Analysis(text, self.file, self.rules))

    def settle(self, take: str, text: str | None) -> None:
        """End a conflict: with my text, theirs, or another one."""
        conflict = self.conflict
        if conflict is None:
            raise ActRefusedError("there is no conflict to settle")
        if take == "theirs" and conflict.theirs is None:
            raise ActRefusedError(conflict.problem, "keep yours, which writes the file again")
        chosen = {"mine": self.text, "theirs": conflict.theirs, "text": text}.get(take)
        if not isinstance(chosen, str):
            raise ActRefusedError('"take" is mine, theirs or text', "with text, the text comes along")
        if take == "text":
            chosen = with_line_ends(chosen, self.text)
        before = self.text
        self._settled(chosen, conflict.theirs if conflict.theirs is not None else "", conflict.mark)
        if chosen != before:
            self.undo.append(Step("settle", before, chosen))
            self.redo.clear()
        if conflict.theirs is None:
            self.disk = "" if chosen else "\n"  # the file is not there: anything but what is kept

    def save(self) -> None:
        """Write the text into the file. Raises ActRefusedError; what somebody else wrote meanwhile is merged first."""
        for _ in range(5):
            self.look()
            self.check_settled()
            if self.text == self.disk:
                return
            expected = self.state_of_file

            def unchanged(expected: object = expected) -> None:
                if signature(self.file) != expected:
                    raise _ChangedError

            try:
                self.grounds.replace(self.file, (self.mark + self.text).encode("utf-8"), unchanged)
            except _ChangedError:
                continue
            self.disk = self.text
            self.state_of_file = signature(self.file)
            return
        raise ChangedMeanwhileError("the file changes all the time", "save again when it is quiet")


class _ChangedError(Exception):
    """The file changed between reading and writing."""
