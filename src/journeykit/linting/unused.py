"""The rule `unused-suppression`. Only the engine knows which suppressions were used."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from journeykit.finding import Finding, Severity, finding_at
from journeykit.linting.suppression import Mention, Suppressions
from journeykit.reading.faults import PAGES, did_you_mean
from journeykit.rules import Hit, Rule, Subject
from journeykit.source import Source, Span

PAGE = """
A comment suppresses a rule that finds nothing there, or that does not exist.

Finds in `# journeykit: ignore[rule-id] reason` and `# journeykit: ignore-file[rule-id] reason` the ids that suppress
nothing, ids that are no rule, and comments that name no rule at all. An id is only judged when its rule was selected.
Errors of `validate` cannot be suppressed.

A comment applies to its own line; on a line of its own, to the first line below that is not a comment. `ignore-file`
applies to the whole file, wherever it is. Several ids are separated by commas. Of more than ten unknown ids in one
comment, the rest are one finding.

Why: a suppression that outlives its cause hides the next finding at that place, and one with a typing error has no
effect while its author believes it has.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved # journeykit: ignore[bad-ending] it was late
```

Good:

```yaml
# journeykit: ignore[missing-note] a sketch for Monday's workshop
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```
"""


def _left_to_the_engine(_: Subject) -> Iterator[Hit]:
    """Yield nothing: the engine knows what comments suppressed, the journey does not."""
    return iter(())


DRIFT = frozenset(
    ("absent-touchpoint", "channel-drift", "handoff-drift", "measured-drift", "measured-drop", "measured-stale",
     "order-drift", "reach-drift", "share-drift", "unmapped-end", "unmapped-event", "unmapped-way",
     "unobserved-touchpoint", "wait-drift")
)  # fmt: skip
"""Rules of `measure --check`, which comments may name: whether they find something, only the data know."""
DRIFT_FAMILY = "drift"
_SHOWN = 10
"""How many unknown names of one comment are findings of their own."""
_LOOKED_UP = 100
"""For how many unknown names of a file similar ones are looked up."""

UNUSED_SUPPRESSION = Rule("unused-suppression", "suppression", Severity.WARNING, _left_to_the_engine, PAGE)


def unused_suppressions(
    source: Source,
    suppressions: Suppressions,
    selected: Collection[str],
    known: Mapping[str, Rule],
    *,
    more_rules: bool = False,
) -> tuple[list[Finding], int]:
    """Return findings on comments that suppress nothing, and how many of these findings are suppressed in turn.

    Call this when all other findings have been checked against `suppressions`. With `more_rules` there may be rules
    besides the known ones, so that an unknown id is not reported.
    """
    rule = UNUSED_SUPPRESSION.id
    if rule not in selected:
        return [], 0
    severity = known[rule].severity
    found: list[Finding] = []
    silenced = 0
    for span, message, help in _complaints(suppressions, selected, known, more_rules):
        if suppressions.covers_line(rule, source.position(span.start).line):
            silenced += 1
        else:
            found.append(finding_at(source, span, rule, severity, message, help))
    for mention in suppressions.mentions:
        if mention.id == rule and mention not in suppressions.used:
            span, message, help = _unused(mention)
            found.append(finding_at(source, span, rule, severity, message, help))
    return found, silenced


def _complaints(
    suppressions: Suppressions, selected: Collection[str], known: Mapping[str, Rule], more_rules: bool
) -> Iterator[tuple[Span, str, str]]:
    for mistake in suppressions.mistakes:
        yield mistake.span, mistake.message, "write # journeykit: ignore[rule-id], or ignore-file[rule-id]"
    unknown: dict[int, dict[str, Span]] = {}
    for mention in suppressions.mentions:
        if mention.id in DRIFT:
            continue
        if mention.id not in known:
            if not more_rules or mention.id in PAGES:
                unknown.setdefault(mention.comment, {}).setdefault(mention.id, mention.span)
        elif mention.id in selected and mention not in suppressions.used and mention.id != UNUSED_SUPPRESSION.id:
            yield _unused(mention)
    looked_up = 0
    for ids in unknown.values():
        for number, (id, span) in enumerate(ids.items()):
            if number == _SHOWN and len(ids) > _SHOWN + 1:
                more = len(ids) - _SHOWN
                yield span, f"{more:,} more names in this comment are no rules", "journeykit rules lists them"
                break
            looked_up += 1
            yield span, *_unknown(id, known, suggest=looked_up <= _LOOKED_UP)


def _unused(mention: Mention) -> tuple[Span, str, str]:
    where = "in this file" if mention.line is None else "here"
    return mention.span, f"{mention.id} finds nothing {where}", "remove it from the comment"


def _unknown(id: str, known: Mapping[str, Rule], suggest: bool) -> tuple[str, str]:
    if id in {rule.family for rule in known.values()}:
        return f'"{id}" is a family of rules, not a rule', "name the rules that are meant"
    if id in PAGES:
        return f'"{id}" cannot be suppressed: a file with such an error is no journey', "remove it from the comment"
    help = "journeykit rules lists them"
    return f'there is no rule "{id}"', did_you_mean(id, known, help) if suggest else help
