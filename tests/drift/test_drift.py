"""Where a map and its log disagree: each rule finds it at its place, stays silent within limits, and its fix helps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from journeykit.changing.fixing import apply_fixes
from journeykit.config import Config
from journeykit.drift import Evidence, drift, drift_rules, rules_for
from journeykit.errors import ConfigError
from journeykit.finding import Finding, Severity
from journeykit.linting import Linted, Selection, lint
from journeykit.linting.unused import DRIFT
from journeykit.measuring.labels import labels_of
from journeykit.measuring.log import Log
from journeykit.reading import Document, read_text
from tests.measuring.logs import Event, found_of

HOUR = 3_600_000
TODAY = date(2026, 3, 2)
HEAD = "title: My order\npersona: Anna\ndata: [desk]\ntouchpoints:\n"


def document(touchpoints: str, head: str = HEAD) -> Document:
    read = read_text(head + touchpoints, "order.journey.yaml")
    assert read.journey, read.findings
    return read


def events_of(*ways: tuple[str, int], apart: int = HOUR) -> list[Event]:
    """Cases that have these letters, an hour apart, so many times."""
    cases = [letters for letters, n in ways for _ in range(n)]
    return [
        Event(str(case), place * apart, 0, letter)
        for case, letters in enumerate(cases)
        for place, letter in enumerate(letters)
    ]


def found(read: Document, events: Iterable[Event], *only: str, **evidence: Any) -> tuple[Finding, ...]:
    assert read.journey
    logs = (Log(read.journey, found_of(events, labels_of(read.journey, "desk"))),)
    rules = [rule for id, rule in rules_for(Config()).items() if not only or id in only]
    return drift(read, Evidence(logs, **evidence), rules, TODAY).findings


def said(findings: Iterable[Finding]) -> list[tuple[str, int, str]]:
    return [(one.rule, one.start.line, one.message) for one in findings]


def fixed(read: Document, events: Iterable[Event], rule: str) -> Document:
    """The document after the fixes of a rule, of which none is left over."""

    def relint(one: Document) -> Linted:
        return Linted(found(one, events, rule))

    result = apply_fixes(read, relint, unsafe=True)
    assert result.applied[rule] >= 1 and not result.refused and not result.linted.findings
    return result.document


ABC = "  - {id: a, title: I order}\n  - {id: b, title: I wait}\n  - {id: c, title: It comes}\n"


def test_a_log_that_goes_as_the_map_says_has_no_findings() -> None:
    assert found(document(ABC), events_of(("abc", 100))) == ()


def test_reach() -> None:
    read = document(
        "  - {id: a, title: I order}\n  - {id: b, title: I wait,\n     reach: 10%}\n  - {id: c, title: It comes}\n"
    )
    events = events_of(("abc", 50), ("ac", 50))
    (one,) = found(read, events, "reach-drift")
    assert said([one]) == [
        ("reach-drift", 7, "the map says that 10 % reach it, the log 50 % (95 % CI 40.4 to 59.6 %, 100 cases of desk)")
    ]
    assert one.help == "write reach: 0.5, if the log sees every customer of this map"
    after = fixed(read, events, one.rule)
    assert after.journey and after.journey.touchpoint("b").reach == 0.5


def test_reach_that_nobody_stated_is_that_of_all() -> None:
    (one,) = found(document(ABC), events_of(("abc", 50), ("ac", 50)), "reach-drift")
    assert one.message.startswith("the map says that all reach it, the log 50 %") and one.start.line == 6


@pytest.mark.parametrize(
    ("ways", "reach"),
    [
        ([("abc", 59), ("ac", 41)], "50%"),  # within the limit
        ([("abc", 10), ("ac", 10)], "20%"),  # fewer than 30 cases
        ([("abc", 18), ("ac", 17)], "38%"),  # within the interval
    ],
)
def test_reach_within_chance_or_limit(ways: list[tuple[str, int]], reach: str) -> None:
    read = document(f"  - {{id: a, title: A}}\n  - {{id: b, title: B, reach: {reach}}}\n  - {{id: c, title: C}}\n")
    assert found(read, events_of(*ways), "reach-drift") == ()


def test_wait() -> None:
    read = document(
        "  - {id: a, title: I order}\n  - id: b\n    title: I wait\n    wait: 2h # they said\n  - {id: c, title: C}\n"
    )
    events = events_of(("abc", 40), apart=5 * HOUR)
    (one,) = found(read, events, "wait-drift")
    assert said([one]) == [
        (
            "wait-drift",
            8,
            "the map says 2h, the log 5h until the next touchpoint (median, 95 % CI 5h to 5h, 40 times, desk)",
        )
    ]
    after = fixed(read, events, one.rule)
    assert "wait: 5h # they said" in after.source.text
    assert found(read, events_of(("abc", 40), apart=int(2.9 * HOUR)), "wait-drift") == ()
    assert [one.rule for one in found(read, events_of(("abc", 40), apart=HOUR), "wait-drift")] == ["wait-drift"]


SHARES = """\
  - id: a
    title: I order
    decision:
      question: Do I wait?
      options:
        - {answer: "yes", to: b, share: 0.9}
        - {answer: "no", to: end, share: 0.1}
  - {id: b, title: I wait, reach: 0.9}
  - {id: c, title: It comes}
"""


def test_shares() -> None:
    read = document(SHARES)
    events = events_of(("ab", 60), ("a", 30), ("ac", 10))
    assert [(one.rule, one.start.line) for one in found(read, events, "share-drift")] == [
        ("share-drift", 10), ("share-drift", 11),
    ]  # fmt: skip
    after = fixed(read, events, "share-drift")
    decision = after.journey.touchpoint("a").decision if after.journey else None
    assert decision and [option.share for option in decision.options] == [0.6, 0.3] and decision.other == 0.1
    assert found(read, events_of(("ab", 85), ("a", 15)), "share-drift") == ()


def test_a_way_that_the_map_does_not_have() -> None:
    findings = found(document(ABC), events_of(("abab", 50), ("abc", 50)), "unmapped-way")
    assert said(findings) == [
        (
            "unmapped-way",
            6,
            "33.3 % (95 % CI 26.3 to 41.2 %, 150 passes of desk) go back to a, to which nothing leads from here",
        )
    ]
    assert found(document(ABC), events_of(("abab", 8), ("abc", 92)), "unmapped-way") == ()
    back = ABC.replace("title: I wait", "title: I wait, decision: {question: Done?, options: [{answer: n, to: a}]}")
    assert found(document(back), events_of(("abab", 50), ("abc", 50)), "unmapped-way") == ()
    other = SHARES.replace("share: 0.1}", "share: 0.1}\n      other: 0.4").replace("share: 0.9", "share: 0.5")
    assert found(document(other.replace(", reach: 0.9", "")), events_of(("ac", 30), ("ab", 70)), "unmapped-way") == ()


def test_an_end_that_the_map_does_not_have() -> None:
    old = [*events_of(("ab", 40), ("abc", 60)), Event("late", 1000 * HOUR, 0, "c")]
    findings = found(document(ABC), old, "unmapped-end")
    assert [(one.rule, one.start.line, one.message[:4]) for one in findings] == [("unmapped-end", 6, "39.6")]
    ends = ABC.replace("title: I wait", "title: I wait, decision: {question: Done?, options: [{answer: y, to: end}]}")
    assert found(document(ends), old, "unmapped-end") == ()
    last = max(one.at for one in events_of(("abc", 60)))
    still_open = [*events_of(("abc", 60)), *(Event(f"{n}", last, 0, "b") for n in range(1000, 1040))]
    assert found(document(ABC), still_open, "unmapped-end") == ()


def test_order() -> None:
    findings = found(document(ABC), events_of(("acb", 70), ("abc", 30)), "order-drift")
    assert said(findings) == [
        (
            "order-drift",
            7,
            "it comes before b (touchpoint 2) in 70 % (95 % CI 60.4 to 78.1 %, 100 cases with both of desk)",
        )
    ]
    assert found(document(ABC), events_of(("acb", 50), ("abc", 50)), "order-drift") == ()


def test_what_is_on_no_touchpoint() -> None:
    events = events_of(("axbc", 20), ("abc", 80), ("aybc", 4))
    findings = found(document(ABC), events, "unmapped-event")
    assert [(one.rule, one.start.line, one.message[:28]) for one in findings] == [
        ("unmapped-event", 3, '"x" is on no touchpoint, and')
    ]
    assert findings[0].help == "name it in `data` of a touchpoint, or in `ignore` of [data.desk]"
    assert found(document(ABC), events, "unmapped-event", ignored={"desk": ("x",)}) == ()
    named = ABC.replace("title: I order", "title: I order, data: {desk: [a, x]}")
    assert found(document(named), events, "unmapped-event") == ()


def test_labels_that_are_gone() -> None:
    read = document(ABC.replace("title: I wait", "title: I wait, data: {desk: waiting}"))
    events = [one._replace(activity="Waiting") if one.activity == "b" else one for one in events_of(("abc", 50))]
    (one,) = found(read, events, "absent-touchpoint")
    assert (one.message, one.help) == ('fewer than 5 cases of desk have "waiting"', 'did you mean "Waiting"?')
    assert found(read, events_of(("abc", 20)), "absent-touchpoint") == (), "of so few cases nothing is said"


def test_what_no_source_speaks_of() -> None:
    findings = found(document(ABC), events_of(("ab", 50)), "unobserved-touchpoint")
    assert [(one.rule, one.severity, one.start.line) for one in findings] == [
        ("unobserved-touchpoint", Severity.INFO, 7)
    ]
    (one,) = found(document(ABC), events_of(("xy", 50)), "unobserved-touchpoint")
    assert one.message == "no source of data speaks of any touchpoint" and one.start.line == 3


def test_channels() -> None:
    read = document(ABC.replace("title: I wait", "title: I wait, channel: phone"))
    calls = [one._replace(channel="Telephone") for one in events_of(("abc", 20))]
    mails = [one._replace(channel="E-Mail", case=f"mail {one.case}") for one in events_of(("abc", 50))]
    events = [*calls, *mails]
    (one,) = found(read, events, "channel-drift")
    assert one.message.startswith(
        "28.6 % (95 % CI 19.3 to 40.1 %, 70 events of desk) come by phone; most by E-Mail, Telephone"
    )
    after = fixed(read, events, one.rule)
    assert after.journey and after.journey.touchpoint("b").channel == ("email", "phone")
    assert found(read, [*calls, *mails[:60]], "channel-drift") == ()


def test_handoffs() -> None:
    step = "backstage: [{from: Desk, to: IT}]"
    read = document(ABC.replace("title: I wait", f"title: I wait, {step}"))
    teams = {"a": "Desk", "b": "IT", "c": "Post"}
    events = [one._replace(team=teams[one.activity]) for one in events_of(("abc", 50), ("ab", 50))]
    findings = found(read, events, "handoff-drift")
    assert [one.message[:33] for one in findings] == ["IT hands over to Post in 50 % (95"]
    assert found(document(ABC), events, "handoff-drift") == (), "a map without handoffs says nothing of them"


def test_comments_suppress_findings_and_settings_change_rules() -> None:
    read = document(ABC.replace("title: I wait}", "title: I wait} # journeykit: ignore[reach-drift] by phone only"))
    events = events_of(("abc", 50), ("ac", 50))
    assert found(read, events, "reach-drift") == ()
    loose = rules_for(Config(drift={"reach-drift": {"limit": 0.6, "severity": "error"}}))
    assert loose["reach-drift"].limits == {"limit": 0.6} and loose["reach-drift"].severity is Severity.ERROR
    assert "reach-drift" not in rules_for(Config(ignore=("reach-drift",)))
    assert rules_for(Config(ignore=("drift",))) == {}
    with pytest.raises(ConfigError, match='there is no rule "reach-drif"'):
        rules_for(Config(drift={"reach-drif": {}}))
    with pytest.raises(ConfigError, match="has no such limit"):
        rules_for(Config(drift={"reach-drift": {"limits": 1}}))


def test_few_cases_give_no_findings_at_all() -> None:
    read = document(SHARES.replace("title: I wait", "title: I wait, wait: 1min, channel: phone"))
    assert found(read, events_of(("ba", 4), ("bac", 3), ("xc", 4)), *(DRIFT - {"unobserved-touchpoint"})) == ()


def test_lint_knows_the_names_of_the_rules() -> None:
    assert set(drift_rules()) == DRIFT
    Selection.configured(Config(ignore=("reach-drift", "drift"), per_file_ignores={"a.yaml": ("wait-drift",)}))
    read = document(ABC.replace("title: I wait}", "title: I wait} # journeykit: ignore[reach-drift] by phone only"))
    assert not [one for one in lint(read).findings if "reach-drift" in one.message]
