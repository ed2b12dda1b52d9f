"""Mermaid: a diagram that begins with `journey`, on its own or in blocks of a Markdown file.

It has a title, sections, and tasks with a score from 1 to 5 and actors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, Given, ToWrite, shown_path
from journeykit.interchange.noting import lose_empty_stages, note_score
from journeykit.model import Journey
from journeykit.model.journey import Place

SUFFIX = ".mmd"
CARRIES = frozenset({
    "Journey.title", "Journey.note", "Journey.scale", "Persona.name", "Stage.name", "Touchpoint.title",
    "Touchpoint.satisfaction", "Touchpoint.actors", "Touchpoint.by",
})  # fmt: skip
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}) *\{?mermaid\b[^\n]*\n(.*?)^ {0,3}\1[`~]* *$", re.MULTILINE | re.DOTALL)
_COLONS = re.compile(r"^[ \t]*:::[ \t]*mermaid[^\n]*\n(.*?)^[ \t]*:::[ \t]*$", re.MULTILINE | re.DOTALL)
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n[ \t]*---[ \t]*(?:\n|\Z)", re.DOTALL)
_DIRECTIVE = re.compile(r"%%\{.*?\}%%", re.DOTALL)
_HEAD = re.compile(r"\A\s*journey\b", re.IGNORECASE)
_ENTITY = re.compile(r"#(\w+);")
_KEYWORD = re.compile(r"(title|section)[ \t]+(.*)|accTitle[ \t]*:(.*)|accDescr[ \t]*:(.*)", re.IGNORECASE)
_MARK = "\ue000{}\ue001"
"""A character reference while the text is split at the characters that it stands for."""
_MARKED = re.compile("\ue000(\\w+)\ue001")
RESERVED = re.compile(r"(?i)(?:title|section|journey|accTitle|accDescr)\b")
NAMED = {"quot": '"', "amp": "&", "lt": "<", "gt": ">", "nbsp": "\xa0", "apos": "'", "colon": ":", "semi": ";"}


class _Task(NamedTuple):
    line: int
    title: str
    score: str
    actors: tuple[str, ...]


def recognises(given: Given) -> bool:
    """Return whether a text is a diagram of a journey, or Markdown with one in it."""
    text = given.text or ""
    return bool(_HEAD.match(_bare(text))) or any(True for _ in _blocks(text))


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the diagrams of journeys in a Markdown text, each with the number of its first line."""
    found = [(match.start(2), match[2]) for match in _FENCE.finditer(text)]
    found += [(match.start(1), match[1]) for match in _COLONS.finditer(text)]
    for at, block in sorted(found):
        if _HEAD.match(_bare(block)):
            yield text.count("\n", 0, at) + 1, block


def _bare(text: str) -> str:
    """Return a diagram without front matter, directives and comments; its lines keep their numbers."""

    def blank(match: re.Match[str]) -> str:
        return "\n" * match[0].count("\n")

    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    text = _DIRECTIVE.sub(blank, _FRONT_MATTER.sub(blank, text))
    return re.sub(r"^[ \t]*%%[^\n]*", "", text, flags=re.MULTILINE)


def read(given: Given) -> list[Draft]:
    """Return a journey for each diagram."""
    text = (given.text or "").replace("\r\n", "\n")
    blocks = [(1, text)] if _HEAD.match(_bare(text)) else list(_blocks(text))
    drafts = [_read_diagram(block, line, given) for line, block in blocks]
    for number, draft in enumerate(drafts[1:], 2):
        draft.stem = f"{draft.stem}-{number}"
    if len(blocks) > 1 or blocks[0][1] != text:
        _say_tables(drafts[0], given)
    return drafts


def _say_tables(draft: Draft, given: Given) -> None:
    """Note that a Markdown file has tables of journeys too."""
    from journeykit.interchange.formats.markdown import recognises as has_tables

    if has_tables(given):
        draft.carry.lose(
            "the file", "a table of touchpoints", "the diagrams were read; --from markdown reads the tables"
        )


def _read_diagram(text: str, first: int, given: Given) -> Draft:
    carry = CarryReport()
    data: dict[str, Any] = {}
    if (front := _FRONT_MATTER.match(text)) and (titled := re.search(r"^title:[ \t]*(.+)$", front[1], re.MULTILINE)):
        data["title"] = titled[1].strip().strip("\"'")
    sections: list[tuple[str, list[_Task]]] = []
    for number, line in enumerate(_logical_lines(_bare(text)), first):
        _read_line(line, number, data, sections, carry)
    _set_persona(data, [task for _, tasks in sections for task in tasks], given)
    return _draft(data, sections, carry, given)


def _logical_lines(text: str) -> list[str]:
    """Return the lines with references marked and comments cut; a description in braces stands on its first line."""
    text = _ENTITY.sub(lambda match: _MARK.format(match[1]), text)
    text = re.sub(
        r"(?i)accDescr\s*\{([^}]*)\}",
        lambda match: "accDescr: " + " ".join(match[1].split()) + "\n" * match[0].count("\n"),
        text,
    )
    return [re.sub(r"#.*", "", line).strip() for line in text.split("\n")]


def _read_line(
    line: str, number: int, data: dict[str, Any], sections: list[tuple[str, list[_Task]]], carry: CarryReport
) -> None:
    if not line or (re.fullmatch(r"(?i)journey", line) and not sections):
        return
    if match := _KEYWORD.fullmatch(line):
        if (match[1] or "").lower() == "section":
            sections.append((_text(match[2]), []))
        elif match[1]:
            data["title"] = _text(match[2])
        elif match[3]:
            data.setdefault("title", _text(match[3]))
        elif match[4] and _text(match[4]):
            data["note"] = _text(match[4])
        return
    title, colon, rest = line.partition(":")
    if not colon:
        carry.lose(f"line {number}", _text(line), "it is no task: a task has a score behind a colon")
        return
    rating, _, people = rest.partition(":")
    actors = tuple(dict.fromkeys(name for one in people.split(",") if (name := _text(one))))
    if not sections:
        sections.append(("", []))
    sections[-1][1].append(_Task(number, _text(title), _text(rating), actors))


def _text(text: str) -> str:
    return _MARKED.sub(_character, text).strip()


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name.isdigit() and 0 < int(name) < 0x110000 and not 0xD800 <= int(name) < 0xE000:
        return chr(int(name))
    return NAMED.get(name, f"#{name};")


def _set_persona(data: dict[str, Any], tasks: list[_Task], given: Given) -> None:
    """The actor who stands first in the most tasks is the persona."""
    if name := given.persona or _first_actor([task.actors for task in tasks]):
        data["persona"] = {"name": name}


def _first_actor(tasks: Iterable[Sequence[str]]) -> str:
    """Return who stands first in the most tasks."""
    first = Counter(actors[0] for actors in tasks if actors)
    return next((name for name, _ in first.most_common(1)), "")


def _draft(data: dict[str, Any], sections: list[tuple[str, list[_Task]]], carry: CarryReport, given: Given) -> Draft:
    numbers = [_number(task.score) for _, tasks in sections for task in tasks]
    known = [number for number in numbers if number is not None]
    data["scale"] = given.scale or ("0..10" if any(number > 5 or number < 1 for number in known) else "1..5")
    draft = Draft(data, carry, given.stem)
    persona = data.get("persona", {}).get("name", "")
    sections = [(name, tasks) for name, tasks in sections if name or tasks]
    flat = len(sections) == 1 and not sections[0][0]
    stages = []
    for s, (name, tasks) in enumerate(sections):
        above = ("touchpoints",) if flat else ("stages", s, "touchpoints")
        points = []
        for t, task in enumerate(tasks):
            if not task.title:
                carry.lose(f"line {task.line}", task.score, "a task without a title")
                continue
            draft.places[*above, t] = f"line {task.line}"
            points.append(_touchpoint(task, persona, carry))
        stages.append({"name": name or "Start", "touchpoints": points})
    if flat:
        data["touchpoints"] = stages[0]["touchpoints"]
    else:
        data["stages"] = stages
    return draft


def _touchpoint(task: _Task, persona: str, carry: CarryReport) -> dict[str, Any]:
    point: dict[str, Any] = {"title": task.title}
    if task.actors and persona not in task.actors:
        point["by"] = "company"
        carry.guess(f"line {task.line}", "by", ", ".join(task.actors), "company")
    if others := [name for name in task.actors if name != persona]:
        point["actors"] = others
    if (number := _number(task.score)) is not None:
        point["satisfaction"] = int(number) if number.is_integer() else number
    else:
        carry.lose(f"line {task.line}", task.score or "no score", "the score is no number")
    return point


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[+-]?\d{1,9}(\.\d{1,15})?", text) else None


def write(asked: ToWrite, carry: CarryReport) -> bytes:
    """Return the journey as a diagram."""
    journey = asked.journey
    lines = ["journey", f"    title {_written(journey.title)}"]
    if journey.note:
        lines.append(f"    accDescr: {_written(journey.note)}")
    if journey.scale != "1..5":
        carry.guess("scale", "score", journey.scale, "1..5")
    lose_empty_stages(journey, carry)
    section = None
    for place, rated in zip(journey.places, asked.rated, strict=True):
        if place.stage is not section and place.stage.name:
            lines.append(f"    section {_written(place.stage.name)}")
        section = place.stage
        note_score(place, rated, "score", _rating(rated.score), carry)
        lines.append(_task(place, journey, rated.score, carry))
    _note_people(journey, carry)
    return ("\n".join(lines) + "\n").encode()


def _task(place: Place, journey: Journey, rating: float | None, carry: CarryReport) -> str:
    point = place.touchpoint
    title = _written(point.title)
    if RESERVED.match(title):
        carry.guess(f"touchpoint {point.id}", "title", point.title, f"“{point.title}”")
        title = f"“{title}”"
    return f"    {title}: {_rating(rating)}: {', '.join(map(_written, _names(place, journey)))}"


def _names(place: Place, journey: Journey) -> list[str]:
    """Return the actors of a task: the persona, unless the touchpoint is another's who has a name."""
    point = place.touchpoint
    others = [*point.actors, *(step.team for step in (*point.frontstage, *point.backstage) if step.team)]
    return list(dict.fromkeys(others if others and point.by != "customer" else [journey.persona.name, *others]))


def _note_people(journey: Journey, carry: CarryReport) -> None:
    """Note the persona and whose touchpoints are, where a reader of the diagram takes them for others."""
    names = [_names(place, journey) for place in journey.places]
    persona = _first_actor(names)
    if persona != journey.persona.name:
        carry.lose("persona.name", journey.persona.name, f"{persona} is named first more often", "Persona.name")
    for place, actors in zip(journey.places, names, strict=True):
        by = "customer" if persona in actors else "company"
        stated = place.touchpoint.by
        if stated == "customer" != by:  # what is usual is stated nowhere, so it cannot be lost
            carry.guess(f"touchpoint {place.touchpoint.id}", "by", stated, by)
        elif stated != by:
            carry.lose(shown_path((*place.path, "by")), stated, f"its actors make it {by}", "Touchpoint.by")


def _rating(value: float | None) -> str:
    return "3" if value is None else f"{round(1 + value / 25, 1):g}"


def _written(text: str) -> str:
    """Return a text in which nothing means something to Mermaid."""
    return re.sub(r"[#;:,%{}<>&]", lambda match: f"#{ord(match[0])};", " ".join(text.split()))
