"""What makes a journey map weak: one module is one rule, its file name is its id.

`rules/<family>/<id with underscores>.py` holds one generator decorated with `rule`. It yields hits: a path into the
journey and what is wrong there. Its docstring is its page: what it finds, why (with its ground), a Bad and a Good
journey. Nothing else has to be edited to add one.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Literal, NamedTuple

from journeykit.finding import Severity
from journeykit.fix import Fix
from journeykit.model import Journey, Moment, Place, Touchpoint
from journeykit.modules import names_in
from journeykit.scoring import Scores, score
from journeykit.source import Part, Path, Source


class Hit(NamedTuple):
    """One thing found: the path to point at, what is wrong, what to do; `part` points at the key or the value.

    `fix` is there where a program can do it.
    """

    path: Path
    message: str
    help: str = ""
    part: Part = "value"
    fix: Fix | None = None


@dataclass(frozen=True)
class Subject:
    """What a rule looks at: a journey, its source, its scores, and the day on which it is judged.

    `personas` are the ids of the personas that journeys share.
    """

    journey: Journey
    source: Source
    today: date = field(default_factory=date.today)
    personas: Collection[str] = ()

    @cached_property
    def scores(self) -> Scores:
        """The scores of the journey by its own settings; computed once for all rules."""
        return score(self.journey)

    @property
    def lang(self) -> str:
        """The primary language subtag of the journey, such as `en`."""
        return self.journey.lang.split("-")[0].lower()

    def since_day0(self, moment: Moment) -> float | None:
        """Seconds from day 0 to a moment; None for an absolute time where day 0 is no date."""
        if not moment.absolute:
            return moment.seconds
        day = self.journey.day0
        if not isinstance(day, date):
            return None
        return moment.seconds - datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()

    def start_of(self, place: Place) -> float | None:
        """Seconds to a touchpoint, from one point for the whole file: without a dated day 0 times are of one kind."""
        at = place.touchpoint.at
        if at is None:
            return None
        seconds = self.since_day0(at)
        return at.seconds if seconds is None else seconds

    def answered(self, kind: str | None = None) -> frozenset[str]:
        """Ids of the touchpoints that an opportunity (of a kind) addresses, aims at or removes; not a dropped one."""
        kept = [
            one for one in self.journey.opportunities if one.status != "dropped" and (kind is None or one.kind == kind)
        ]
        return frozenset(id for one in kept for ids in (one.at, one.target, one.removes) for id in ids)


def is_asked_for(touchpoint: Touchpoint) -> bool:
    """Whether `unanswered-gap` or `disempowered-staff` asks for an opportunity at a touchpoint, and says which."""
    return "not-empowered" in touchpoint.tags or any(need.gap for need in touchpoint.needs)


Check = Callable[..., Iterator[Hit]]
"""Called with the subject; keywords with defaults are the limits that a team may set, such as `words: int = 60`."""
FixKind = Literal["safe", "unsafe"]


@dataclass(frozen=True)
class Rule:
    """A rule: its id and family (from where its module stands), severity, check, docstring, and whether it can mend.

    `plugin` names where a rule comes from that is not ours.
    """

    id: str
    family: str
    severity: Severity
    check: Check
    doc: str
    fix: FixKind | None = None
    plugin: str = ""

    @cached_property
    def page(self) -> str:
        """What it finds and why, with a bad and a good journey."""
        return inspect.cleandoc(self.doc)

    @cached_property
    def limits(self) -> dict[str, float]:
        """What a team may set for this rule, with what is in force: the keywords of the check."""
        parameters = inspect.signature(self.check).parameters.values()
        return {one.name: one.default for one in parameters if one.kind is one.KEYWORD_ONLY}

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.partition("\n")[0]

    def example(self, which: str) -> str:
        """The YAML journey under `Bad:` or `Good:` in the page; "" if there is none."""
        found = re.search(rf"^{which}:\n+```yaml\n(.*?)^```", self.page, re.MULTILINE | re.DOTALL)
        return found[1] if found else ""


def rule(severity: Severity, fix: FixKind | None = None) -> Callable[[Check], Check]:
    """Declare the one check of a rule module; `fix` says which kind of fixes some or all of its hits carry."""

    def declare(check: Check) -> Check:
        check.severity = severity  # type: ignore[attr-defined]
        check.fix = fix  # type: ignore[attr-defined]
        return check

    return declare


@lru_cache(1)
def all_rules() -> dict[str, Rule]:
    """All rules by id, family by family."""
    found = {}
    for family in names_in(__path__):
        package = import_module(f"{__name__}.{family}")
        for name in names_in(package.__path__):
            made = _load(f"{package.__name__}.{name}", family, name.replace("_", "-"))
            found[made.id] = made
    return found


def _load(module_name: str, family: str, id: str) -> Rule:
    module = import_module(module_name)
    checks = [value for value in vars(module).values() if hasattr(value, "severity") and callable(value)]
    (check,) = (check for check in checks if check.__module__ == module_name)
    return Rule(id, family, check.severity, check, module.__doc__ or "", check.fix)
