"""Something happens to many customers, and is on no touchpoint of the map.

Finds activities in at least a twentieth of the log's cases that no touchpoint's `data` names and no touchpoint is
called like. `ignore` of the source in the settings lists those that belong on no map.

Why: what happens in every twentieth case is a part of the journey, or of what goes on behind it. Whether it is one is
for people to say; that it happens they should know.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.drift.subject import Subject, exceeds, told
from journeykit.finding import Severity
from journeykit.measuring.labels import labels_of
from journeykit.rules import Hit, rule
from journeykit.vocabulary.contacts import redacted


@rule(Severity.WARNING)
def unmapped_event(subject: Subject, *, least: float = 0.05) -> Iterator[Hit]:
    """Yield a hit for each such activity, at the name of its source."""
    for log in subject.evidence.logs:
        labels, ignored = labels_of(subject.journey, log.source), subject.evidence.ignored.get(log.source, ())
        for one in sorted(log.found.labels, key=lambda one: (-one.cases, one.label)):
            found = log.share_of_cases(one.cases)
            if labels.get(one.label) is None and one.label not in ignored and found and exceeds(found, least):
                yield Hit(
                    ("data", log.source),
                    f'"{redacted(one.label)}" is on no touchpoint, and in {told(found, log)}',
                    f"name it in `data` of a touchpoint, or in `ignore` of [data.{log.source}]",
                    "key",
                )
