"""Fixes in the text: exactly what was meant is changed, whatever the style of the file, and no comment is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from journeykit.changing import apply_edits, apply_fixes, fixable, fixing, text_edits, with_edits
from journeykit.changing.data import same_data
from journeykit.finding import Severity
from journeykit.fix import Change, Fix, Remove, Set
from journeykit.linting import Linted, lint, suppression
from journeykit.linting.suppression import comments_of
from journeykit.reading import Document, read_text
from journeykit.reading.document import read_parsed
from journeykit.reading.yaml_text import parse_yaml
from journeykit.source import KeyPath
from tests.changing.journeys import bare, cases, feelings, words, written
from tests.conftest import examples
from tests.reading.styles import same

slow = settings(
    max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def canonical(data: object) -> object:
    """Data without the order of its keys."""
    if isinstance(data, dict):
        return sorted(((key, canonical(value)) for key, value in data.items()), key=repr)
    return [canonical(value) for value in data] if isinstance(data, list) else data


def changed(text: str, *changes: Change) -> str | None:
    """The text with a fix applied; None where it is not applied."""
    document = read_text(text, "a.journey.yaml")
    assert document.journey, document.findings
    edits = text_edits(document.source, Fix("change", changes, safe=True))
    return apply_edits(document.source.text, edits) if edits else None


@slow
@given(written(), words, feelings, st.data())
def test_a_fix_changes_what_it_is_meant_to_and_nothing_else(
    journey: tuple[dict[str, object], str], text: str, feeling: str, data: st.DataObject
) -> None:
    old = journey[1]
    assume(read_text(old, "a.journey.yaml").journey)
    case = data.draw(st.sampled_from(cases(journey[0], text, feeling)))
    new = changed(old, *case.changes)
    assume(new is not None)
    built = parse_yaml(new or "")
    assert not built.faults
    assert same(canonical(built.data), canonical(case.data))
    before, after = ([one.text for one in comments_of(read_text(one, "a").source)] for one in (old, new or ""))
    lost = Counter(before) - Counter(after)
    alone = Counter(one.text for one in comments_of(read_text(old, "a").source) if one.alone)
    assert not Counter(after) - Counter(before)
    assert all(Counter(after)[text] >= alone[text] for text in alone)
    assert not lost or any(isinstance(change, Remove) for change in case.changes)
    assert ("\r" in (new or "")) == ("\r" in old)
    assert (new or "").endswith("\n") == old.endswith("\n")


@slow
@given(bare(), words, feelings, st.data())
def test_every_fix_can_be_made_where_nothing_is_in_its_way(
    journey: tuple[dict[str, object], str], text: str, feeling: str, data: st.DataObject
) -> None:
    assume(read_text(journey[1], "a.journey.yaml").journey)
    case = data.draw(st.sampled_from(cases(journey[0], text, feeling)))
    assume(not same(canonical(case.data), canonical(journey[0])))
    new = data.draw(st.just(case.data))
    assume(_is_journey(new))
    assert changed(journey[1], *case.changes)


def _is_journey(data: object) -> bool:
    import json

    return read_text(json.dumps(data), "a.journey.yaml").journey is not None


MAP = """\
# about this map
title: I get  my router fixed # the title
persona: Sam # who
goals:
  - Get online. # goal
channels:
  kiosk: # where
    name: Kiosk # its name
  van: {name: Van}
sources:
  # the first
  - id: visits # visits
    kind: survey
  # the second
  - id: calls
    kind: survey # last
touchpoints:
  - I call: frustrated # call
  - id: wait
    title: "It  is 'broken'"
    channel: e-mail # channel
    feeling: [angry, frustrated] # both
  - I ask
  - {id: sms, title: I get a text, channel: [e-mail, phone], feeling: relieved}
  - title: >-
      I read a  long text
      that goes on.
"""

TOUCHPOINT: KeyPath = ("touchpoints",)
ONE_LINE: list[tuple[tuple[Change, ...], str, str]] = [
    ((Set(("title",), "I get it"),), "title: I get  my router fixed # the title", "title: I get it # the title"),
    ((Set(("title",), "a: b"),), "title: I get  my router fixed # the title", 'title: "a: b" # the title'),
    ((Set(("persona", "name"), "Ann"),), "persona: Sam # who", "persona: Ann # who"),
    ((Set(("persona", "wants"), ["a"]),), "persona: Sam # who", "persona: # who\n  name: Sam\n  wants: [a]"),
    ((Set(("goals", 0, "goal"), "Be online"),), "- Get online. # goal", "- Be online # goal"),
    ((Set(("goals", 1), "More"),), "  - Get online. # goal", "  - Get online. # goal\n  - More"),
    ((Set((*TOUCHPOINT, 0, "feeling", 0), "angry"),), "I call: frustrated # call", "I call: angry # call"),
    ((Set((*TOUCHPOINT, 0, "title"), "I ring"),), "I call: frustrated # call", "I ring: frustrated # call"),
    (
        (Set((*TOUCHPOINT, 0, "channel"), "phone"),),
        "  - I call: frustrated # call",
        "  - I call: frustrated # call\n    channel: phone",
    ),
    ((Set((*TOUCHPOINT, 1, "title"), "It's off"),), "\"It  is 'broken'\"", '"It\'s off"'),
    ((Set((*TOUCHPOINT, 1, "channel", 0), "email"),), "channel: e-mail # channel", "channel: email # channel"),
    ((Set((*TOUCHPOINT, 1, "channel", 1), "sms"),), "channel: e-mail # channel", "channel: [e-mail, sms] # channel"),
    ((Remove((*TOUCHPOINT, 1, "channel", 0)),), "    channel: e-mail # channel\n", ""),
    ((Remove((*TOUCHPOINT, 1, "id")),), "  - id: wait\n    title:", "  - title:"),
    ((Remove((*TOUCHPOINT, 1, "feeling", 0)),), "[angry, frustrated] # both", "[frustrated] # both"),
    ((Remove((*TOUCHPOINT, 1, "feeling", 1)),), "[angry, frustrated] # both", "[angry] # both"),
    ((Set((*TOUCHPOINT, 2, "feeling"), "angry"),), "- I ask", "- title: I ask\n    feeling: angry"),
    ((Set((*TOUCHPOINT, 3, "wait"), "2d"),), "relieved}", "relieved, wait: 2d}"),
    (
        (Set((*TOUCHPOINT, 4, "title"), "I read a long text that goes on"),),
        "      I read a  long text\n      that goes on.",
        "      I read a long text\n      that goes on",
    ),
    ((Remove(("channels", "van")),), "  van: {name: Van}\n", ""),
    ((Remove(("channels", "kiosk")),), "  kiosk: # where\n    name: Kiosk # its name\n", ""),
    (
        (Remove(("channels", "kiosk")), Set(("channels", "stand"), {"name": "Kiosk"})),
        "  kiosk: # where",
        "  stand: # where",
    ),
    ((Remove(("sources", 0)),), "  - id: visits # visits\n    kind: survey\n", ""),
    ((Set(("sources", 1, "n"), 3),), "    kind: survey # last", "    kind: survey # last\n    n: 3"),
    (
        (Set(("sources", 2), {"id": "chats", "n": 3}),),
        "    kind: survey # last",
        "    kind: survey # last\n  - id: chats\n    n: 3",
    ),
]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize(("changes", "old", "new"), ONE_LINE, ids=lambda value: str(value)[:60])
def test_only_the_place_that_is_meant_changes(changes: tuple[Change, ...], old: str, new: str, line_break: str) -> None:
    assert MAP.count(old) == 1
    expected = MAP.replace(old, new).replace("\n", line_break)
    assert changed(MAP.replace("\n", line_break), *changes) == expected


def test_what_is_added_at_the_end_of_a_file_without_a_last_line_break_adds_none() -> None:
    text = "title: I wait\npersona: P\ntouchpoints:\n  - I call\n  - I wait"
    note = changed(text, Set(("privacy", "personal_data", 0), "an address"))
    assert note == text + "\nprivacy:\n  personal_data: [an address]"
    assert changed(note + "\nnote: n", Remove(("note",))) == note


def test_lists_that_stand_below_their_key_are_added_to_and_made_in_that_way() -> None:
    text = "title: I wait\npersona: P\ntouchpoints:\n- I call\n- I wait\n"
    idea = {"title": "Call back", "at": ["i-call"]}
    assert changed(text, Set(("opportunities", 0), idea)) == (
        text + "opportunities:\n- title: Call back\n  at: [i-call]\n"
    )


@pytest.mark.parametrize(
    ("old", "step", "new"),
    [
        ("[\n    a,\n    b, # why b\n    c\n  ]", 2, "[\n    a,\n    b # why b\n  ]"),
        ("[\n    a,\n    b, # why b\n    c\n  ]", 1, "[\n    a,\n    c\n  ]"),
        ("[\n    a,\n    b,\n  ]", 1, "[\n    a,\n  ]"),
        ("[a, b,]", 1, "[a,]"),
        ("[ a, b ]", 0, "[ b ]"),
        ("\n  - a # A\n  - b", 0, "\n  - b"),
        ("\n  - a # A\n\n  - b", 1, "\n  - a # A\n"),
    ],
)
def test_items_go_with_their_comma_or_line(old: str, step: int, new: str) -> None:
    text = "title: I wait\npersona: P\nexpectations: {}\ntouchpoints: [I call, I wait]\n"
    expected = text.replace(" {}", new if new.startswith("\n") else f" {new}")
    given_text = text.replace(" {}", old if old.startswith("\n") else f" {old}")
    assert changed(given_text, Remove(("expectations", step))) == expected


def test_a_folded_text_keeps_its_paragraphs_and_the_ends_of_its_lines() -> None:
    text = "title: I wait\npersona: P\nnote: >\n  I wait  and\n  go on\n\n  once more.\ntouchpoints: [I call, I wait]\n"
    new = changed(text, Set(("note",), "I wait and go on\nonce again.\n"))
    assert new == text.replace("wait  and", "wait and").replace("once more", "once again")


def test_a_key_goes_with_its_last_item() -> None:
    text = "title: I wait\npersona: P\nexpectations: [a] # these\ntouchpoints: [I call, I wait]\n"
    assert changed(text, Remove(("expectations", 0))) == text.replace("expectations: [a] # these\n", "")


def test_a_comment_on_a_line_of_its_own_is_never_dropped() -> None:
    text = "title: I wait\npersona: P\nexpectations:\n  # about a\n  - a\ntouchpoints: [I call, I wait]\n"
    assert changed(text, Remove(("expectations", 0))) is None
    assert changed(text.replace("  - a\n", "  - a\n  - b\n"), Remove(("expectations", 0))) == text.replace("- a", "- b")


ALIASED = """\
title: &title I get it fixed
persona: Sam
note: *title
touchpoints:
  - title: I call
    feeling: &bad [frustrated]
  - title: I wait
    feeling: *bad
"""


def test_what_is_used_elsewhere_by_an_alias_is_not_changed() -> None:
    assert changed(ALIASED, Set(("title",), "I wait")) is None
    assert changed(ALIASED, Set(("touchpoints", 0, "feeling", 0), "angry")) is None
    assert changed(ALIASED, Set(("touchpoints", 1, "feeling", 0), "angry")) is None
    assert changed(ALIASED, Remove(("touchpoints", 0, "feeling"))) is None
    assert changed(ALIASED, Remove(("touchpoints", 1, "feeling"))) == ALIASED.replace("    feeling: *bad\n", "")


@pytest.mark.parametrize(
    "changes",
    [
        (Remove(("persona",)),),
        (Set((), {"title": "I wait"}),),
        (Remove(()),),
        (Set(("touchpoints", 7, "title"), "x"),),
        (Set(("titel",), "x"),),
        (Remove(("note",)), Set(("titel",), "x")),
        (Set(("touchpoints", 0, "feeling"), "hapy"),),
    ],
)
def test_a_fix_that_leads_to_no_journey_or_nowhere_is_not_made_at_all(changes: tuple[Change, ...]) -> None:
    assert changed(ALIASED, *changes) is None


FIXABLE = """\
# map
title: I get it fixed
persona: Sam
feelings: {left alone: -1.5} # mine
touchpoints:
  - {id: t1, title: I call, channel: [telephone, phone, e-mail], feeling: frustrated}
  - {id: t2, title: I am called, channel: telephone, feeling: relieved}
opportunities:
  - {id: fast, title: Be quick, at: [t1], target: {t1: 1}}
"""


def relint(document: Document) -> Linted:
    found = lint(document)
    ours = ("unknown-channel", "positional-id", "unused-definition")
    return replace(found, findings=tuple(one for one in found.findings if one.rule in ours))


def test_safe_fixes_alone_are_made_unless_more_is_asked_for() -> None:
    found = apply_fixes(read_text(FIXABLE, "a"), relint)
    new = FIXABLE.replace("[telephone, phone, e-mail]", "[phone, email]").replace("telephone", "phone")
    assert found.document.source.text == new
    assert found.applied == Counter({"unknown-channel": 2})
    assert {one.rule for one in found.linted.findings} == {"positional-id", "unused-definition"}


def test_unsafe_fixes_rename_an_id_wherever_it_is_used() -> None:
    found = apply_fixes(read_text(FIXABLE, "a"), relint, unsafe=True)
    assert found.applied == Counter({"unknown-channel": 2, "positional-id": 2, "unused-definition": 1})
    assert found.linted.findings == ()
    assert (
        found.document.source.text
        == """\
# map
title: I get it fixed
persona: Sam
touchpoints:
  - {id: i-call, title: I call, channel: [phone, email], feeling: frustrated}
  - {id: i-am-called, title: I am called, channel: phone, feeling: relieved}
opportunities:
  - {id: fast, title: Be quick, at: [i-call], target: {i-call: 1}}
"""
    )


def test_fixing_again_changes_nothing() -> None:
    once = apply_fixes(read_text(FIXABLE, "a"), relint, unsafe=True).document
    again = apply_fixes(once, relint, unsafe=True)
    assert (again.document, again.applied) == (once, Counter())


def test_one_fix_that_cannot_be_made_does_not_stop_the_others() -> None:
    text = FIXABLE.replace(" telephone,", " *c,").replace("[telephone, phone, e-mail]", "[&c telephone, e-mail]")
    document = read_text(text, "a")
    found = apply_fixes(document, relint)
    assert found.applied == Counter({"unknown-channel": 1})
    assert found.document.source.text == text.replace("e-mail", "email")
    offers = {one.start.column: one.fix for one in with_edits(document, relint(document).findings) if one.edits}
    assert [fix.title for fix in offers.values() if fix and fix.safe] == ["Write email"]


def test_fixes_that_nobody_asked_for_are_counted_and_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a new text for each would take longer than all else that lint does."""
    text = FIXABLE.replace(" telephone,", " *c,").replace("[telephone, phone, e-mail]", "[&c telephone, e-mail]")
    document = read_text(text, "a")
    findings = relint(document).findings
    tried = {(one.rule, one.start): one for one in with_edits(document, findings)}
    read = Mock(wraps=read_parsed)
    monkeypatch.setattr(fixing, "read_parsed", read)
    for one in with_edits(document, findings, unsafe=False):
        whole = tried[one.rule, one.start]
        if whole.fix is None or whole.fix.safe:
            assert one == whole
        else:
            assert (one.fix, one.edits) == (whole.fix, ()) and whole.edits
    assert read.call_count < sum(1 for one in tried.values() if one.fix)
    unsafe = [one for one in findings if one.fix and not one.fix.safe]
    assert unsafe
    read.reset_mock()
    assert [one.fix for one in with_edits(document, unsafe, unsafe=False)] == [one.fix for one in unsafe]
    read.assert_not_called()


@slow
@given(written())
def test_a_document_keeps_what_its_yaml_holds_as_it_was(journey: tuple[dict[str, object], str]) -> None:
    document = read_text(journey[1], "a.journey.yaml")
    assume(document.yaml)
    fresh = parse_yaml(journey[1])
    assert document.yaml and same_data(document.yaml.data, fresh.data) and document.yaml.root == fresh.root


@slow
@given(written())
def test_comments_are_found_without_looking_at_texts_that_hold_none(journey: tuple[dict[str, object], str]) -> None:
    source = read_text(journey[1], "a.journey.yaml").source
    assume("#" in source.text)
    assert comments_of(source) == list(suppression._comments(source, suppression._contents(source)))


@pytest.mark.parametrize("text", ["", "# nothing\n", "title: [\n", "a\tb: 1\n", "title: T\npersona: P\n"])
def test_what_is_no_journey_stays_as_it_is(text: str) -> None:
    found = apply_fixes(read_text(text, "a"), lambda document: lint(document), unsafe=True)
    assert (found.document.source.text, found.applied) == (text, Counter())


def test_rules_that_undo_each_other_come_to_an_end() -> None:
    def swinging(document: Document) -> Linted:
        """What some rule of a team's own may do: never content."""
        finding = lint(document).findings[0]
        assert document.journey
        title = "I wait" if document.journey.title == "I call" else "I call"
        return Linted((finding._replace(fix=Fix("Write it", (Set(("title",), title),), safe=True)),))

    assert apply_fixes(read_text(FIXABLE, "a"), swinging).document.journey


def lows(count: int) -> str:
    """A map with `count` low points that no opportunity is at, each of which has the same fix for the same list."""
    steps = "".join(f"  - t{number} works: {'angry' if number % 2 else 'happy'}\n" for number in range(2 * count + 2))
    return f"title: T\npersona: P\ntouchpoints:\n{steps}opportunities:\n  - {{id: o, title: O, at: [t1-works]}}\n"


def only(rule: str) -> Callable[[Document], Linted]:
    """Lint by one rule."""

    def judge_by_rule(document: Document) -> Linted:
        return Linted(tuple(one for one in lint(document).findings if one.rule == rule))

    return judge_by_rule


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """Counts the texts that are read to find out whether fixes can be applied."""
    read = Mock(wraps=read_parsed)
    monkeypatch.setattr(fixing, "read_parsed", read)
    return read


@pytest.mark.parametrize("count", [2, 50, 250])
def test_items_that_many_fixes_add_to_one_list_are_added_at_once(count: int, readings: Mock) -> None:
    found = apply_fixes(read_text(lows(count), "a"), only("ignored-low-point"), unsafe=True)
    assert found.linted.findings == ()
    assert found.applied.total() == count - 1  # the last low point is the end of the journey
    assert readings.call_count == 1
    assert found.document.journey
    assert [one.at[0] for one in found.document.journey.opportunities] == [
        f"t{number}-works" for number in range(1, 2 * count, 2)
    ]


def test_the_list_that_many_fixes_add_to_is_made_once(readings: Mock) -> None:
    text = "title: I wait\npersona: P\ntouchpoints:\n  - I call\n  - I wait\n"
    document = read_text(text, "a")
    finding = lint(document).findings[0]

    def two_stubs(document: Document) -> Linted:
        assert document.journey
        if document.journey.opportunities:
            return Linted(())
        stubs = [{"id": id, "title": id.title(), "at": ["i-call"]} for id in ("one", "two")]
        fixes = [Fix("Add", (Set(("opportunities", 0), stub),), safe=True) for stub in stubs]
        return Linted(tuple(finding._replace(fix=fix) for fix in fixes))

    found = apply_fixes(document, two_stubs)
    assert found.document.source.text == (
        text + "opportunities:\n  - id: one\n    title: One\n    at: [i-call]\n"
        "  - id: two\n    title: Two\n    at: [i-call]\n"
    )
    assert readings.call_count == 1


@pytest.mark.parametrize("count", [5, 30, 300])
def test_fixes_that_cannot_be_made_cost_few_readings_and_are_counted_by_reason(count: int, readings: Mock) -> None:
    sources = "".join(
        f"  - id: s{number}\n{'    # keep' * (number % 3 == 0)}\n    kind: survey\n" for number in range(count)
    )
    text = f"title: T\npersona: P\ntouchpoints: [I call, I wait]\nsources:\n{sources}"
    found = apply_fixes(read_text(text, "a"), only("unused-definition"), unsafe=True)
    kept = len(range(0, count, 3))
    assert found.applied == Counter({"unused-definition": count - kept})
    assert found.refused == Counter({fixing.Refusal.COMMENT.value: kept})
    assert found.document.source.text.count("# keep") == kept
    assert readings.call_count <= 4


def test_one_fix_in_the_way_of_all_others_is_found_by_halving(readings: Mock) -> None:
    text = "title: I wait\npersona: P\ntouchpoints:\n" + "".join(f"  - I call  {number}\n" for number in range(64))
    document = read_text(text, "a")
    finding = lint(document).findings[0]

    def judge_titles(document: Document) -> Linted:
        assert document.journey
        titles = [(number, one.title) for number, one in enumerate(document.journey.touchpoints) if "  " in one.title]
        fixes = [
            Fix(
                "Tidy",
                (Set(("touchpoints", number), {"title": "x", "feeling": "?"} if number == 41 else "Call"),),
                True,
            )
            for number, _ in titles
        ]
        return Linted(tuple(finding._replace(fix=fix) for fix in fixes))

    found = apply_fixes(document, judge_titles)
    assert found.applied.total() == 63
    assert found.refused == Counter({fixing.Refusal.INVALID.value: 1})
    assert readings.call_count < 2 * 6 + 4


def test_trying_ends_and_what_was_not_tried_is_counted(readings: Mock) -> None:
    text = "title: I wait\npersona: P\ntouchpoints:\n" + "".join(f"  - I call  {number}\n" for number in range(300))
    document = read_text(text, "a")
    finding = lint(document).findings[0]
    fixes = [
        Fix("Spoil", (Set(("touchpoints", number), {"title": "x", "feeling": "?"}),), safe=True)
        for number in range(300)
    ]
    found = apply_fixes(document, lambda _: Linted(tuple(finding._replace(fix=fix) for fix in fixes)))
    assert found.document.source.text == text
    assert found.refused[fixing.Refusal.LIMIT.value] > 100
    assert found.refused.total() == 300
    assert readings.call_count <= fixing.MAX_TRIES


def test_the_list_of_fixes_holds_what_is_not_shown() -> None:
    findings = relint(read_text(FIXABLE, "a")).findings
    assert {one.severity for one in fixable(findings, unsafe=True)} > {Severity.WARNING}
    assert [one.rule for one in fixable(findings)] == ["unknown-channel"] * 2
    assert {one.rule for one in fixable(findings, unsafe=True)} == {
        "unknown-channel",
        "positional-id",
        "unused-definition",
    }
