"""Which rules run: by id, by family, or all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from journeykit.errors import UsageError
from journeykit.linting.unused import UNUSED_SUPPRESSION
from journeykit.reading.faults import PAGES, did_you_mean
from journeykit.rules import Rule, all_rules

ALL = "all"


@lru_cache(1)
def known_rules() -> dict[str, Rule]:
    """All rules by id, the one that judges suppressions included."""
    return {**all_rules(), UNUSED_SUPPRESSION.id: UNUSED_SUPPRESSION}


@dataclass(frozen=True)
class Selection:
    """Names of rules, families, or `all`; raises UsageError for a name that is none of them.

    The most specific name wins, an id over its family over `all`; of two equals, `ignore`.
    """

    select: tuple[str, ...] = (ALL,)
    ignore: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in (*self.select, *self.ignore):
            _check(name)

    @classmethod
    def of(cls, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Selection:
        """A selection from lists in which a text may name several, with commas; nothing selected means all."""
        return cls(_split(select) or (ALL,), _split(ignore))

    def includes(self, rule: Rule) -> bool:
        """Whether a rule is to run."""
        return _specificity(rule, self.select) > _specificity(rule, self.ignore)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are to run."""
        return tuple(rule for rule in known_rules().values() if self.includes(rule))

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the rules that are to run."""
        return frozenset(rule.id for rule in self.rules)


def _specificity(rule: Rule, names: tuple[str, ...]) -> int:
    """How exactly names mean a rule: 3 its id, 2 its family, 1 all, 0 not at all."""
    return 3 if rule.id in names else 2 if rule.family in names else int(ALL in names)


def _split(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for text in texts for part in text.split(",") if (name := part.strip()))


def _check(name: str) -> None:
    rules = known_rules()
    families = dict.fromkeys(rule.family for rule in rules.values())
    if name in rules or name in families or name == ALL:
        return
    if name in PAGES:
        raise UsageError(f'"{name}" is not a rule: a file with such an error is no journey', "mend the file")
    help = did_you_mean(name, [*rules, *families, ALL], f"the families are {', '.join(families)}")
    raise UsageError(f'there is no rule or family "{name}"', help)
