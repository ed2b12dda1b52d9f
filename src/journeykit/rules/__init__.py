"""The lint rules: one module is one rule, and its file name is the rule's id.

`rules/<family>/<id with underscores>.py` holds one generator decorated with `rule`. It yields hits: a path into the
journey and what is wrong there. The module's docstring is the rule's page: what it finds, why (with a source), and a
bad and a good journey. Adding a rule needs no change elsewhere.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal, NamedTuple

from journeykit.finding import Severity
from journeykit.fix import Fix
from journeykit.model import Journey, Moment, Place
from journeykit.scoring import Scores, Settings, score
from journeykit.source import KeyOrValue, KeyPath, Source


class Hit(NamedTuple):
    """One problem: the path to point at, what is wrong and what to do about it.

    `part` selects the key or the value at the path. `fix` is given where a program can make the change.

    A hit may sum up several: `parts` are the hits that it stands for, and a comment may suppress each of them at its
    own place. Where some are suppressed, the others are shown instead of the summary: all of them, or only the first
    if `first_only`.

    `suggestion` lists texts that may be meant, likeliest first: each can replace what `path` points at.
    """

    path: KeyPath
    message: str
    help: str = ""
    part: KeyOrValue = "value"
    fix: Fix | None = None
    parts: tuple[Hit, ...] = ()
    first_only: bool = False
    suggestion: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """What a rule judges: a journey with its source and scores, and the day that dates are compared with.

    `personas` are the ids of shared personas, `rules` the rules that run on the file, by id (by default the built-in
    ones), and `settings` the settings to score by (by default those of the file).
    """

    journey: Journey
    source: Source
    today: date = field(default_factory=date.today)
    personas: Collection[str] = ()
    rules: Mapping[str, Rule] = field(default_factory=lambda: _built_in())
    settings: Settings | None = None

    @cached_property
    def scores(self) -> Scores:
        """The scores of the journey, computed once for all rules."""
        return score(self.journey, self.settings)

    def hits(self, rule: str) -> tuple[Hit, ...]:
        """Return what a rule finds in this journey, by the rule's id; nothing if the rule does not run here."""
        if rule not in self._hits:
            self._hits[rule] = tuple(self.rules[rule].check(self)) if rule in self.rules else ()
        return self._hits[rule]

    def ids_found_by(self, *rules: str) -> frozenset[str]:
        """Return the ids of the touchpoints at which some of these rules find something."""
        paths = [one.path for rule in rules for hit in self.hits(rule) for one in (hit, *hit.parts)]
        within = {path[:length] for path in paths for length in range(len(path) + 1)}
        return frozenset(place.touchpoint.id for place in self.journey.places if place.path in within)

    @cached_property
    def _hits(self) -> dict[str, tuple[Hit, ...]]:
        return {}

    @property
    def list_key(self) -> KeyPath:
        """The path of the list that holds the touchpoints: `touchpoints`, or `stages`."""
        return ("touchpoints",) if self.journey.is_flat else ("stages",)

    @property
    def lang(self) -> str:
        """The primary language subtag of the journey, such as `en`."""
        return self.journey.lang.split("-")[0].lower()

    def since_day0(self, moment: Moment) -> float | None:
        """Return the seconds from day 0 to a moment; None for a date where day 0 is not a date."""
        if not moment.absolute:
            return moment.seconds
        day = self.journey.day0
        if not isinstance(day, date):
            return None
        return moment.seconds - datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()

    def start_of(self, place: Place) -> float | None:
        """Return the time of a touchpoint in seconds from one origin for the whole file; None if it has no time.

        The origin is day 0. Where day 0 is not a date, all times of a file are relative or all are dates.
        """
        at = place.touchpoint.at
        if at is None:
            return None
        seconds = self.since_day0(at)
        return at.seconds if seconds is None else seconds

    def answered(self, kind: str | None = None) -> frozenset[str]:
        """Return the ids of the touchpoints that an opportunity (of a kind) names in `at`, `target` or `removes`.

        Dropped opportunities do not count.
        """
        kept = [
            one for one in self.journey.opportunities if one.status != "dropped" and (kind is None or one.kind == kind)
        ]
        return frozenset(
            id for one in kept for ids in (self.journey.touchpoint_ids(one.at), one.target, one.removes) for id in ids
        )


def once_if_all(hits: Sequence[Hit], judged: Sequence[object], summary: Hit) -> Iterator[Hit]:
    """Yield the hits, or one summary where each of several items that were judged has one."""
    if len(hits) == len(judged) > 1:
        yield summary._replace(help=summary.help or hits[0].help, parts=tuple(hits))
    else:
        yield from hits


def once_if_most(hits: Sequence[Hit], judged: Sequence[object], summary: Hit) -> Iterator[Hit]:
    """Yield the hits, or one summary where at least three items, and half of those judged, have one."""
    if len(hits) >= 3 and 2 * len(hits) >= len(judged):
        yield summary._replace(help=summary.help or hits[0].help, parts=tuple(hits))
    else:
        yield from hits


def once_if_missing(subject: Subject, key: str, found: Sequence[Place], help: str) -> Iterator[Hit]:
    """Yield a hit for each inner touchpoint among `found`, which lack a key; one for the journey where most lack it.

    The first and the last touchpoint are judged only in the one hit for the journey; else `bare-endpoint` judges them.
    """
    places = subject.journey.places
    hits = {place.number: Hit((*place.path, key), f"touchpoint {place.number} has no {key}", help) for place in found}
    inner = [hit for number, hit in hits.items() if number not in (1, len(places))]
    if len(hits) == len(places):
        message = f"none of the {len(places)} touchpoints has a {key}"
        yield from once_if_all([*hits.values()], places, Hit(subject.list_key, message, part="key"))
    elif summed := [hit for hit in once_if_most(inner, places, Hit(subject.list_key, "", part="key")) if hit.parts]:
        message = f"{len(hits)} of {len(places)} touchpoints have no {key}"
        yield summed[0]._replace(message=message, parts=tuple(hits.values()))
    else:
        yield from inner


def once_a_group(hits: Iterable[tuple[Hashable, Hit]], summary: Callable[[Sequence[Hit]], Hit]) -> Iterator[Hit]:
    """Yield one hit for each group of hits that have the same cause; `summary` sums up a group of several."""
    groups: dict[Hashable, list[Hit]] = {}
    for cause, hit in hits:
        groups.setdefault(cause, []).append(hit)
    for group in groups.values():
        yield group[0] if len(group) == 1 else summary(group)._replace(parts=tuple(group))


def first_only(hits: Sequence[Hit], message: str = "") -> Iterator[Hit]:
    """Yield the first of the hits, such as the worst; `message` replaces its own if there are more."""
    if len(hits) > 1:
        yield hits[0]._replace(message=message or hits[0].message, parts=tuple(hits), first_only=True)
    else:
        yield from hits


Check = Callable[..., Iterator[Hit]]
"""Called with the subject. Keyword arguments with defaults are limits that a team may set: `words: int = 60`."""
FixKind = Literal["safe", "unsafe"]


@dataclass(frozen=True)
class Rule:
    """A rule: its id and family (taken from its module's path), severity, check, docstring and kind of fixes.

    `plugin` names the module or package of a custom rule; it is empty for a built-in one.
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
        """The documentation: what the rule finds and why, with a bad and a good journey."""
        return inspect.cleandoc(self.doc)

    @cached_property
    def limits(self) -> dict[str, float]:
        """The limits that a team may set, with the values in force: the keyword arguments of the check."""
        parameters = inspect.signature(self.check).parameters.values()
        return {one.name: one.default for one in parameters if one.kind is one.KEYWORD_ONLY}

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.partition("\n")[0]

    def example(self, which: str) -> str:
        """Return the YAML journey under `Bad:` or `Good:` in the page, or "" if there is none."""
        found = re.search(rf"^{which}:\n+```yaml\n(.*?)^```", self.page, re.MULTILINE | re.DOTALL)
        return found[1] if found else ""


def rule(severity: Severity, fix: FixKind | None = None) -> Callable[[Check], Check]:
    """Declare the check of a rule module. `fix` is the kind of fixes that its hits may have."""

    def declare(check: Check) -> Check:
        check.severity = severity  # type: ignore[attr-defined]
        check.fix = fix  # type: ignore[attr-defined]
        return check

    return declare


def _built_in() -> Mapping[str, Rule]:
    return all_rules()


@lru_cache(1)
def all_rules() -> dict[str, Rule]:
    """Return all built-in rules by id, in the order of their families."""
    found = {}
    for _, family, _ in iter_modules(__path__):
        package = import_module(f"{__name__}.{family}")
        for _, name, _ in iter_modules(package.__path__):
            made = load_rule(f"{package.__name__}.{name}", family, name.replace("_", "-"))
            found[made.id] = made
    return found


def load_rule(module_name: str, family: str, id: str) -> Rule:
    """Return the rule of a module, which has one function that is declared a rule."""
    module = import_module(module_name)
    checks = [value for value in vars(module).values() if hasattr(value, "severity") and callable(value)]
    (check,) = (check for check in checks if check.__module__ == module_name)
    return Rule(id, family, check.severity, check, module.__doc__ or "", check.fix)
