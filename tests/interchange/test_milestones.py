"""Markdown with milestones and steps: fields in bullets, nested bullets, sources, and steps that follow."""

from __future__ import annotations

import pytest

from journeykit.errors import UsageError
from journeykit.interchange import Given, guess_format
from journeykit.interchange.formats.milestones import read
from journeykit.interchange.imported import Imported, settle
from journeykit.interchange.step_bullets import bullets_of, text_of_bullet

WORKSPACE = """\
---
journey: I set up my workspace
created: 2026-05-16
last-modified: 2026-05-20
personas:
  - name: Sarah
    role: Design manager
    type: primary
  - name: Ben
    type: secondary
  - name: IT-Bot
    type: system
custom-fields:
  - team_urgency: "internal priority"
---

## Milestone: awareness

- title: Awareness
- description: She finds out that it is there

### Step: find-link

- persona: [Sarah, IT-Bot]
- description: Finds the link in the chat

- emotion: Frustrated → confused
  - _provenance: source: interview-05
- emotionValence: -1
- channel: E-mail
- duration: ~2 min
- waitTime: 1-30 min
- thinking: "Is this for me?"
- backstage:
  - system: IT-Bot
  - action: posts the link
    - _provenance: user-modified, 2026-05-16
  - failureMode: the token expires
  - owner: Platform
- painPoint:
  - "I did not know what it meant"
    - _provenance: source: interview-06
  - It felt broken
- opportunity:
  - description: Explain the options
    effort: medium
    impact: high
  - description: Show fewer fields
- cognitiveLoad: high
- branchCondition: If it fails → ask-ben
- next: → finish

### Step: ask-ben

- persona: [Sarah]
- description: Asks a teammate
- momentOfTruth: here it lives or dies
- doing: writes to Ben
- next: → bot-checks
- team_urgency: P1

### Step: bens-step

- persona: [Ben]
- description: Ben looks it up

## Milestone: done

- title: Done
- description: She works with it

### Step: bot-checks

- persona: [IT-Bot]
- description: The bot checks the settings

### Step: finish

- persona: [Sarah]
- description: Completes the set-up
- next:
  - works → find-link
  - does not → nowhere
- exitPoint: true
- frontstage: sees a form
  - _provenance: auto-composite
"""


def imported(persona: str | None = None) -> Imported:
    given = Given("w.md", WORKSPACE.encode(), persona=persona)
    form = guess_format(given)
    assert form is not None
    assert form.name == "milestones"
    (draft,) = read(given)
    return settle(draft, "w.md")


def test_milestones_are_stages_and_steps_are_touchpoints() -> None:
    found = imported().document.journey
    assert found is not None
    assert (found.title, found.persona.name, found.persona.note, str(found.updated)) == (
        "I set up my workspace", "Sarah", "Design manager", "2026-05-20",
    )  # fmt: skip
    assert [(one.id, one.name, one.goal) for one in found.stages] == [
        ("awareness", "Awareness", "She finds out that it is there"), ("done", "Done", "She works with it"),
    ]  # fmt: skip
    link, ask, bot, finish = found.touchpoints
    assert (link.id, link.title, link.actors, link.channel) == (
        "find-link", "Finds the link in the chat", ("IT-Bot",), ("email",),
    )  # fmt: skip
    assert (link.feeling, link.satisfaction, str(link.lasts), str(link.wait)) == (
        ("frustrated", "confused"), -1, "2min", "15.5min",
    )  # fmt: skip
    assert (link.thinks, link.pains, link.why, link.evidence) == (
        ("Is this for me?",), ("I did not know what it meant", "It felt broken"), "the token expires",
        ("interview-05", "interview-06"),
    )  # fmt: skip
    (step,) = link.backstage
    assert (step.system, step.does, step.owner) == ("IT-Bot", "posts the link", "Platform")
    assert (ask.moment_of_truth, ask.does, bot.by, finish.frontstage) == (True, ("writes to Ben",), "company", ())
    assert [(one.title, one.impact, one.effort, one.at) for one in found.opportunities] == [
        ("Explain the options", 5, 3, ("find-link",)), ("Show fewer fields", None, None, ("find-link",)),
    ]  # fmt: skip


def test_conditions_and_steps_that_follow_are_decisions() -> None:
    found = imported().document.journey
    assert found is not None
    link, _, _, finish = found.touchpoints
    assert link.decision is not None
    assert finish.decision is not None
    assert link.decision.question == "If it fails → ask-ben"
    assert [(one.answer, one.to) for one in link.decision.options] == [("If it fails", "ask-ben"), ("else", "finish")]
    assert [(one.answer, one.to) for one in finish.decision.options] == [("works", "find-link"), ("leave", "end")]


def test_what_is_not_carried_is_named() -> None:
    assert {(one.where, one.value) for one in imported().carry.lost} == {
        ("created", "2026-05-16"), ("custom-fields", "team_urgency: internal priority"),
        ("step find-link, backstage, action, _provenance", "user-modified, 2026-05-16"),
        ("step find-link, cognitiveLoad", "high"), ("step ask-ben, team_urgency", "P1"),
        ("step ask-ben, next", "bot-checks"), ("step bens-step", "Ben looks it up"), ("step finish, next", "nowhere"),
    }  # fmt: skip


def test_the_persona_can_be_named() -> None:
    found = imported("IT-Bot").document.journey
    assert found is not None
    assert [one.id for one in found.touchpoints] == ["find-link", "bot-checks"]
    with pytest.raises(UsageError, match='no persona "Zoe"'):
        imported("Zoe")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("- a: x", [("a", "x")]),
        ('- a: "x: y"', [("a", "x: y")]),
        ("- a: x\n  and more\n- b: y", [("a", "x and more"), ("b", "y")]),
        ("- a:\n  - one\n  - two", [("a", "one\ntwo")]),
        ("- a:\n  - b: one\n    c: two", [("a", "b: one\nc: two")]),
        ("- a: [x, y]", [("a", "x, y")]),
        ("* a: x\n\n# note\n- free text", [("a", "x"), ("", "free text")]),
        ("- a: x\n  - _provenance: source: s", [("a", "x")]),
        ("no bullet", []),
    ],
)
def test_bullets(text: str, read: list[tuple[str, str]]) -> None:
    assert [(one.key, text_of_bullet(one)) for one in bullets_of(text)] == read
