"""Journeys to lay out: the examples, extreme ones, and what tests ask of the pictures of all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from journeykit.drawing.geometry import Box
from journeykit.drawing.scene import Group, Leaf, Mark, Scene, Text, walk
from journeykit.model import Journey, Touchpoint
from journeykit.model.fields import fields_of
from journeykit.model.meaning import Prose
from journeykit.reading.yaml_text import parse_yaml

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.journey.yaml"))
LONG_TITLE = "I explain the whole matter again to somebody who has never heard of it, " * 3
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverwaltungsoberbeamter"
TEXTS = {
    "latin": "I wait for an answer",
    "greek": "Περιμένω να με καλέσουν πίσω",
    "turkish": "İğneli fıçıda ışıl ışıl bekliyorum",
    "arabic": "أنتظر أن يتصل بي أحد من الدعم",
    "hebrew": "אני ממתין לתשובה מהתמיכה",
    "japanese": "サポートからの折り返し電話を待っています。",
    "emoji": "I am told 👩‍💻 will call 🇸🇮 back ✅",
    "hostile": "</text><b>$5 to $10</b> \\ ^_ {n} &amp; \x07 %s",
    "long": LONG_TITLE[:200],
    "word": LONG_WORD[:80],
}


@cache
def example(name: str) -> Journey:
    path = next(path for path in EXAMPLES if path.name.startswith(f"{name}.journey"))
    return Journey.model_validate({"id": name, **parse_yaml(path.read_text(encoding="utf-8")).data})


def bare(count: int, text: str = "I wait for an answer") -> Journey:
    """Nothing but titles, and feelings for most."""
    feelings = ["angry", "calm", "delighted", None, "bored", "hopeful"]
    touchpoints: list[dict[str, Any]] = []
    for number in range(count):
        touchpoints.append({"title": text})
        if feeling := feelings[number % len(feelings)]:
            touchpoints[-1]["feeling"] = feeling
    return Journey.model_validate({"title": text, "persona": text, "touchpoints": touchpoints})


def full(count: int, text: str = "I wait for an answer", lang: str = "en") -> Journey:
    """Everything there is at every touchpoint, in stages of three."""
    touchpoints = [_full_touchpoint(number, text) for number in range(count)]
    return Journey.model_validate(
        {
            "title": text, "note": text, "lang": lang, "basis": "research", "owner": text, "updated": "2026-03-02",
            "persona": {
                "name": text, "facts": {"age": 40, "role": text}, "wants": [text, text], "motivated_by": [text],
                "returns_because": [text], "pains": [text], "prefers": ["phone", "own"],
                "quote": text, "note": text, "links": links(text),
                "image": {"file": "portrait.png", "alt": text},
            },
            "goals": [text, {"goal": text, "who": "business", "priority": 4, "kpi": "kpi-0"}],
            "expectations": [text, text], "scope": {"starts": text, "ends": text, "excludes": [text]}, "day0": text,
            "sources": [{"id": "talks", "kind": "interview", "n": 8, "sent": 90, "date": "2026-03", "who": text}],
            "evidence": ["talks"], "team": [text, text], "review_every": "6mo",
            "changes": [{"date": "2026-03-02", "what": text, "opportunity": "idea-0", "result": text}],
            "privacy": {"personal_data": [text], "quotes": text, "retention": "2y"},
            "channels": {"own": {"name": text}},
            "lanes": {"law": {"name": text, "icon": "lock"}, "risk": {"name": text}},
            "kpis": [
                {
                    "id": f"kpi-{number}", "at": None if number % 4 == 3 else f"t{number}",
                    "kind": "rate", "value": "61%", "target": "80%", "n": 3 + number,
                }
                for number in range(count)
            ],
            "feedback": [
                {"question": text, "kind": "open"},
                *(
                    {"at": f"t{number}", "question": text, "channel": "sms", "when": "end"}
                    for number in range(0, count, 2)
                ),
            ],
            "stages": [
                {
                    "name": text, "phase": "during", "goal": text, "note": text, "pains": [text],
                    "touchpoints": touchpoints[start : start + 3],
                }
                for start in range(0, count, 3)
            ],
            "opportunities": [
                {
                    "id": f"idea-{number}", "title": text, "at": [f"t{number}"], "impact": 4, "effort": 1 + number % 5,
                    "target": {f"t{number}": 2}, "owner": text, "due": "2027-01-01", "status": status,
                    "kind": "shorten", "benefit": "both", "result": text,
                    "links": links(text),
                }
                for number, status in zip(range(count), ["idea", "done", "planned", "dropped"] * count, strict=False)
            ],
        }
    )  # fmt: skip


def _full_touchpoint(number: int, text: str) -> dict[str, Any]:
    levels = [1, -2, -2, 0, 2, -1, 1.5]
    return {
        **{field.key: text for field in fields_of(Touchpoint, (Prose,)) if field.shape.meaning},
        "id": f"t{number}", "at": f"+{number * number}h", "lasts": "25min", "wait": "2h",
        "channel": [["phone", "email", "own"], ["none"], ["web", "app", "chat", "sms", "letter"]][number % 3],
        "feeling": ["angry", "embarrassed"],
        "satisfaction": levels[number % len(levels)], "expected": levels[(number * 3 + 2) % len(levels)],
        "moment_of_truth": number % 4 == 1, "outcome": "strength" if number % 2 else "vulnerability",
        "needs": [{"what": text, "gap": text, "kind": "tool"}],
        "importance": 1 + number % 5, "reach": 0.3, "churn_risk": [0.25, "high"][number % 2],
        "tags": ["complaint", "complex"],
        "evidence": ["talks"] if number % 3 else [],
        "by": ["customer", "company", "partner"][number % 3], "personal_data": [text, text],
        "does": [text, text], "pains": [text, text], "actors": [text], "links": links(text),
        "engagement": 1 + number % 5,
        "image": {"file": "scene.png", "alt": text}, "journey": "returns", "lanes": {"law": text, "risk": [text, text]},
        "frontstage": [
            {"team": text, "does": text, "system": text, "evidence": [text, text], "owner": text}, {"does": text},
        ],
        "backstage": [
            {"team": text, "does": text, "system": text, "lasts": "3d", "owner": text},
            {"from": text, "to": f"{number % 4} {text}", "does": text, "wait": "4h", "warm": bool(number % 2)},
            {"from": f"{number % 3} {text}", "to": text, "does": text},
            {"from": text, "to": text, "warm": True},
        ],
        **(
            {
                "decision": {
                    "question": text, "who": "company" if number % 2 else "customer",
                    "options": [
                        {"answer": text, "to": "t1", "share": 0.25}, {"answer": text, "to": "t0", "share": 0.75},
                        {"answer": text, "to": "end", "share": 0},
                    ],
                }
            }
            if number % 3 != 1
            else {}
        ),
        **({"measured": {"mean": 0.5, "sd": 1.0, "n": 40}} if number % 5 == 0 else {}),
    }  # fmt: skip


def links(text: str) -> list[dict[str, str]]:
    return [
        {"url": "https://example.org/tickets/7", "title": text},
        {"url": "https://example.org/a/rather/long/way/to/it"},
    ]


def groups(scene: Scene | Group) -> Iterator[Group]:
    """Every group of a scene, outer ones first."""
    todo: list[Mark] = list(reversed(scene.marks))
    while todo:
        mark = todo.pop()
        if isinstance(mark, Group):
            yield mark
            todo += reversed(mark.marks)


def leaves(group: Group | Scene) -> list[Leaf]:
    """Every mark that is no group, where it lies on the page."""
    return [mark for mark, _ in walk(group)]


def texts(group: Group | Scene) -> list[Text]:
    return [mark for mark in leaves(group) if isinstance(mark, Text)]


def overlaps(marks: list[Text]) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes share an area; a sweep from the top."""
    boxes = sorted(((mark.box(), mark.text) for mark in marks if mark.text), key=lambda one: one[0].top)
    found: list[tuple[str, str]] = []
    open_: list[tuple[Box, str]] = []
    for box, words in boxes:
        open_ = [one for one in open_ if one[0].bottom > box.top]
        found += [(other, words) for seen, other in open_ if seen.overlaps(box)]
        open_.append((box, words))
    return found


def check_layout(scene: Scene) -> None:
    """What holds for every picture that is one page: texts apart, readable and on the page, ids unique, lanes apart."""
    page = Box(0, 0, scene.width, scene.height)
    assert overlaps(texts(scene)) == []
    for text in texts(scene):
        assert text.size >= 7
        assert page.grown(-20).holds(text.box()), text
    assert all(page.holds(mark.box()) for mark in leaves(scene))
    ids = [group.id for group in groups(scene) if group.id]
    assert len(ids) == len(set(ids))
    lanes = [group.box() for group in scene.marks if isinstance(group, Group) and group.kind == "lane"]
    assert all(above.bottom <= below.top + 0.01 for above, below in pairwise(lanes))


def columns(lane: Group) -> list[float]:
    """The left edges of a row's columns, from its touchpoints lane."""
    return [mark.box().left for mark in leaves(lane) if mark.kind == "number"]


def column_of(x: float, lefts: list[float]) -> int:
    return bisect_right(lefts, x + 0.01) - 1
