"""All texts of a journey: none forgotten, each at its path in the file."""

import re

from journeykit.reading import read_text

FULL = """\
title: ~1
note: ~2
owner: ~3
team: [~4]
day0: ~5
scope: {starts: ~6, ends: ~7, excludes: [~8]}
goals: [{goal: ~9}, {goal: ~10, who: business}]
expectations: [~11]
persona:
  {name: ~12, facts: {home: ~13, floor: 14}, wants: [~15], motivated_by: [~16], returns_because: [~17], pains: [~18],
   quote: ~19}
channels: {kiosk: {name: ~20, pros: [~21], cons: [~22, ~23], ideal_for: [~24]}}
stages:
  - name: ~25
    goal: ~26
    touchpoints:
      - id: first
        title: ~27
        channel: kiosk
        place: ~28
        does: ~29
        thinks: ~30
        quote: ~31
        feeling: calm
        expected: calm
        why: ~32
        needs: [{what: ~33, gap: ~34}]
        backstage: [{team: ~35, does: ~36, system: ~37}, {from: ~38, to: ~39}]
        decision: {question: ~40, options: [{answer: ~41, to: first}]}
        personal_data: [~42]
        evidence: [talks]
      - {title: ~43}
opportunities: [{title: ~44, at: [first], owner: ~45, result: ~46}]
feedback: [{question: ~47, channel: kiosk}]
sources: [{id: talks, who: ~48}]
changes: [{date: 2026-01-01, what: ~49, result: ~50}]
privacy: {personal_data: [~51], quotes: ~52}
""".replace("~", "text ")


def test_every_text_is_there_once_and_where_it_stands() -> None:
    document = read_text(FULL, "x.yaml")
    assert document.journey is not None, document.findings
    found = document.journey.texts
    written = re.findall(r"text \d+", FULL)
    assert sorted(str(text) for _, text in found if str(text).startswith("text")) == sorted(written)
    for path, text in found:
        span = document.source.locate(path)
        assert document.source.text[span.start : span.end] == str(text)
    assert (("persona", "facts", "floor"), 14) in found


def test_ids_and_words_of_a_vocabulary_are_no_texts() -> None:
    journey = read_text(FULL, "x.yaml").journey
    assert journey is not None
    assert {str(text) for _, text in journey.texts}.isdisjoint({"first", "talks", "kiosk", "calm", "business"})


def test_a_flat_journey_has_its_touchpoints_at_the_top() -> None:
    journey = read_text("title: A\npersona: B\ntouchpoints:\n  - C: calm\n  - title: D\n    why: E\n", "x.yaml").journey
    assert journey is not None
    assert journey.texts == (
        (("title",), "A"),
        (("persona", "name"), "B"),
        (("touchpoints", 0, "title"), "C"),
        (("touchpoints", 1, "title"), "D"),
        (("touchpoints", 1, "why"), "E"),
    )
