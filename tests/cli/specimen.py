"""Journeys that the tests of the commands read: one with everything that tables show, one with hostile text."""

FULL = """\
id: parcel
title: My parcel comes back
note: Ana sent shoes back and wants her money before the month ends.
lang: en
day0: 2026-03-02
persona: {name: Ana, facts: {age: 31}, wants: [a clear date]}
stages:
  - id: send
    name: I send it back
    touchpoints:
      - {id: form, title: I fill in the return form, at: 0h, channel: web, feeling: calm}
      - {id: drop, title: I drop it at the shop, at: +1d, channel: store, feeling: satisfied, importance: 2}
  - id: wait
    name: I wait
    touchpoints:
      - id: silence
        title: I hear nothing for two weeks
        at: +2d
        lasts: 2w
        channel: none
        feeling: [worried, annoyed]
        satisfaction: -2
        expected: 0.5
        importance: 5
        moment_of_truth: true
        churn_risk: medium
        backstage:
          - {from: Shop, to: Warehouse, does: sends it on, wait: 3d}
      - {id: chase, title: I ring the hotline, at: +16d, channel: phone}
      - {id: money, title: My money is there, at: +18d, channel: app, feeling: relieved, expected: -1}
opportunities:
  - {id: news, title: Send a note when it arrives, at: [silence], impact: 4, effort: 1, target: {silence: 0.5},
     owner: Ops}
  - {id: fewer, title: Pay on arrival, at: [silence, chase], removes: [chase], impact: 5, effort: 3, status: planned,
     due: 2026-06-01}
  - {id: unknown, title: Ask why, at: [form]}
"""

UNRATED = "title: T\npersona: P\ntouchpoints: [I call, I wait]\n"

HOSTILE = r"""
id: hostile
title: "[red]T[/red] \e[31m \u202e | two\nlines"
note: "[link=http://x]n[/link] \e]0;title\a \u2066"
persona: "[bold]P[/nothing] \e[2J"
touchpoints:
  - {id: a, title: "=cmd|' /C calc'!A0", feeling: angry, channel: phone}
  - {id: b, title: "[/x] a|b `c` <b> &amp; \x07 *st* _u_ ~s~ $x$ \\", feeling: happy, channel: own}
  - {id: c, title: "+1 \r\n @me", feeling: angry, channel: phone}
channels:
  own: {name: "[blue]own \e[5m"}
opportunities:
  - {id: o, title: "-1+1 \e[1m", at: [a], owner: "@team [red]", impact: 3, effort: 1, target: {a: 1}}
"""

SURVEYED = """\
id: desk
title: I ask the help desk
persona: Ana
touchpoints:
  - {id: call, title: I call, feeling: calm, measured: {mean: 2, sd: 1, n: 40, scale: 1..5, period: 2026-Q1}}
  - {id: wait, title: I wait on the line, feeling: content, measured: {mean: 1.4, sd: 0.7, n: 12, scale: 1..5}}
  - {id: told, title: I am told what to do, feeling: relieved, measured: {counts: {2: 1, 5: 2}, scale: 1..5}}
  - {id: done, title: It works, satisfaction: -1, measured: {mean: 4.2, scale: 1..5}}
kpis:
  - {id: happy, kind: csat, at: call, value: 80%, n: 20, target: 85%, period: 2026-Q1}
  - {id: few, kind: csat, at: told, counts: {2: 1, 5: 2}, target: 85%}
  - {id: recommend, kind: nps, promoters: 60, passives: 30, detractors: 20, target: 40}
  - {id: ease, kind: ces, at: done, counts: {2: 3, 5: 20, 7: 20}, target: 5}
  - {id: first-reply, kind: response_time, median: 18min, p90: 55min, n: 1180, target: 20min}
  - {id: reopened, kind: count, value: 12, target: 10}
  - {id: share-left, kind: count, value: 12%, target: 10}
"""
"""With surveys and metrics: of a low base, of too few answers, without a spread, with and without a target met."""
