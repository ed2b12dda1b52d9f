"""Generate maps and random edits of them, with a record of what each author did, as input for merge tests.

Every title, comment and free text holds a token (`base12`, `ours3`, `theirs7`, `shared1`) that nothing else holds, so
that a test can tell from the text alone what a merge kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any

from journeykit.changing.fmt import format_journey
from journeykit.reading import read_text

FEELINGS = ("frustrated", "relieved", "happy", "angry", "tense", "hopeful", "bored", "proud")
CHANNELS = ("phone", "email", "chat", "sms", "app", "letter")
VERBS = ("call", "wait", "ask", "write", "pay", "read", "sign", "look")
SHARED = ("shared1", "shared2", "shared3")
"""Tokens of titles that both authors may write."""
FREE_TEXT = ("why", "place", "thinks")

Slot = list[str]
"""A place for comments."""
Slots = defaultdict[str, Slot]


def slots() -> Slots:
    """Comments by the key that they stand at."""
    return defaultdict(list)


@dataclass
class Remarked:
    """An item of a list of texts, with the comments above it and behind it."""

    text: str
    head: Slot = field(default_factory=list)
    behind: Slot = field(default_factory=list)

    def lines(self, pad: str) -> list[str]:
        """The item as lines."""
        return [*(f"{pad}{one}" for one in self.head), f"{pad}- {self.text}{_end(self.behind)}"]


@dataclass
class Step:
    """A touchpoint.

    `uid` never changes and is part of the id, if there is one; `name` is the token of the title. A value of `fields` is
    written as `styles` says: "block" for a list over lines, "lines" for one in brackets over several lines, "literal"
    for a text below |.
    """

    uid: str
    verb: str
    id: str | None
    form: str
    name: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    needs: list[Remarked] = field(default_factory=list)
    styles: dict[str, str] = field(default_factory=dict)
    head: Slot = field(default_factory=list)
    foot: Slot = field(default_factory=list)
    above: Slots = field(default_factory=slots)
    behind: Slots = field(default_factory=slots)
    gap: bool = False

    @property
    def title(self) -> str:
        """Its title."""
        return f"I {self.verb} {self.name or self.uid}"

    @property
    def key(self) -> str:
        """What it can be found by in a text: the token of its id, else that of its title."""
        return self.uid if self.id or not self.name else self.name

    def data(self) -> dict[str, Any]:
        """What the file says of it, shorthands spelled out, without its needs."""
        fields = {key: self.value(key) for key in self.fields}
        return {**({"id": self.id} if self.id else {}), "title": self.title, **fields}

    def value(self, key: str) -> Any:
        """The value of a key as YAML reads it."""
        value = self.fields[key]
        return f"{value}\n# and more\n" if self.styles.get(key) == "literal" else value

    def slots(self) -> Iterator[Slot]:
        """All places for comments."""
        yield self.head
        if self.form != "long":
            yield self.behind["title"]
            return
        keys = ["title", *self.fields]
        keys[:0] = ["id"] if self.id else []
        for key in keys:
            yield self.behind[key]
        for key in [*keys[1:], *(["needs"] if self.needs else [])]:
            yield self.above[key]
        for need in self.needs:
            yield from (need.head, need.behind)
        yield self.foot

    def comments(self) -> set[str]:
        """All comments."""
        return {comment for slot in self.slots() for comment in slot}


@dataclass
class Part:
    """A stage; a flat map has one."""

    uid: str
    name: str
    goal: str | None = None
    steps: list[Step] = field(default_factory=list)
    head: Slot = field(default_factory=list)
    foot: Slot = field(default_factory=list)
    above: Slots = field(default_factory=slots)
    behind: Slots = field(default_factory=slots)

    def slots(self) -> Iterator[Slot]:
        """All places for comments but those of touchpoints."""
        yield from (self.head, self.behind["name"])
        if self.goal:
            yield from (self.above["goal"], self.behind["goal"])
        if self.steps:
            yield from (self.above["touchpoints"], self.behind["touchpoints"], self.foot)


@dataclass
class Idea:
    """An opportunity."""

    uid: str
    at: str
    effort: int = 3
    head: Slot = field(default_factory=list)
    above: Slots = field(default_factory=slots)
    behind: Slots = field(default_factory=slots)

    @property
    def id(self) -> str:
        """Its id."""
        return f"idea-{self.uid}"

    def lines(self, pad: str) -> list[str]:
        """The opportunity as lines."""
        entries = [("id", self.id), ("title", f"Mend {self.uid}"), ("at", f"[{self.at}]"), ("effort", self.effort)]
        lines = [f"{pad}{one}" for one in self.head]
        for number, (key, value) in enumerate(entries):
            lines += [f"{pad}  {one}" for one in self.above[key]]
            lines.append(f"{pad}{'  ' if number else '- '}{key}: {value}{_end(self.behind[key])}")
        return lines

    def slots(self) -> Iterator[Slot]:
        """All places for comments."""
        yield self.head
        for key in ("title", "at", "effort"):
            yield from (self.above[key], self.behind[key])


@dataclass
class Map:
    """A whole file, and how it is written."""

    flat: bool
    dash: int
    blank: bool
    parts: list[Part] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)
    goals: list[Remarked] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    head: Slot = field(default_factory=list)
    foot: Slot = field(default_factory=list)
    above: Slots = field(default_factory=slots)
    behind: Slots = field(default_factory=slots)
    line_end: str = "\n"
    mark: str = ""
    formatted: bool = False
    """Whether `fmt` was run on it in the end."""

    def steps(self) -> dict[str, Step]:
        """All touchpoints by their key."""
        return {step.key: step for part in self.parts for step in part.steps}

    def places(self) -> dict[str, str]:
        """The uid of each touchpoint's stage, by the key of the touchpoint."""
        return {step.key: part.uid for part in self.parts for step in part.steps}

    def is_needed(self, step: Step) -> bool:
        """Whether an opportunity names a touchpoint."""
        return any(step.id == idea.at for idea in self.ideas)

    def slots(self) -> Iterator[Slot]:
        """All places for comments."""
        yield from (self.head, self.foot)
        keys = ["stages", *self.fields, *(["goals"] if self.goals else []), *(["opportunities"] if self.ideas else [])]
        for key in keys:
            yield from (self.above[key], self.behind[key])
        for goal in self.goals:
            yield from (goal.head, goal.behind)
        for part in self.parts:
            yield from (*(() if self.flat else part.slots()), *([part.foot] if self.flat and part.steps else []))
            for step in part.steps:
                yield from step.slots()
        for idea in self.ideas:
            yield from idea.slots()

    def text(self) -> str:
        """The file."""
        pad = " " * self.dash
        lines = [*self.head, "title: I get it fixed", "persona: {name: Sam, wants: [an answer]}"]
        for key, value in self.fields.items():
            lines += self.key(key, f"{key}: {value}")
        if self.goals:
            lines += self.key("goals", "goals:")
            lines += [line for goal in self.goals for line in goal.lines(pad)]
        if self.flat:
            lines += [*self.key("stages", "touchpoints:"), *self.items(self.parts[0], self.dash)]
        else:
            lines += [*self.key("stages", "stages:"), *(line for part in self.parts for line in self.part(part))]
        if self.ideas:
            lines += [
                *self.key("opportunities", "opportunities:"),
                *(one for idea in self.ideas for one in idea.lines(pad)),
            ]
        text = self.mark + "".join(f"{line}{self.line_end}" for line in [*lines, *self.foot])
        return _formatted(text) if self.formatted else text

    def key(self, key: str, line: str) -> list[str]:
        """A key of the whole file with its comments."""
        return [*self.above[key], f"{line}{_end(self.behind[key])}"]

    def part(self, part: Part) -> list[str]:
        """A stage as lines."""
        pad = " " * self.dash
        lines = [*([""] if self.blank else []), *(f"{pad}{one}" for one in part.head)]
        lines.append(f"{pad}- name: {part.name}{_end(part.behind['name'])}")
        for key, value in (("goal", part.goal), ("touchpoints", "" if part.steps else None)):
            if value is not None:
                lines += [f"{pad}  {one}" for one in part.above[key]]
                lines.append(f"{pad}  {key}: {value}".rstrip() + _end(part.behind[key]))
        return [*lines, *self.items(part, self.dash + 2 + self.dash)]

    def items(self, part: Part, column: int) -> list[str]:
        """The touchpoints of a stage as lines."""
        pad = " " * column
        lines = [line for step in part.steps for line in _item(step, pad)]
        return [*lines, *(f"{pad}{one}" for one in part.foot if part.steps)]


@lru_cache(maxsize=8)
def _formatted(text: str) -> str:
    document = read_text(text, "map.journey.yaml")
    return format_journey(document).text if document.journey else text


def _end(behind: Slot) -> str:
    return f" {behind[0]}" if behind else ""


def _item(step: Step, pad: str) -> list[str]:
    lines = [*([""] if step.gap else []), *(f"{pad}{one}" for one in step.head)]
    end = _end(step.behind["title"])
    if step.form == "text":
        return [*lines, f"{pad}- {step.title}{end}"]
    if step.form == "short":
        return [*lines, f"{pad}- {step.title}: {step.fields['feeling']}{end}"]
    if step.form == "braces":
        inner = ", ".join(f"{key}: {_inline(value)}" for key, value in step.data().items())
        return [*lines, f"{pad}- {{{inner}}}{end}"]
    for number, key in enumerate([*(["id"] if step.id else []), "title", *step.fields]):
        value = step.title if key == "title" else step.id if key == "id" else step.fields[key]
        lines += [f"{pad}  {one}" for one in step.above[key]] if number else []
        first, *rest = _value(value, step.styles.get(key, ""), _end(step.behind[key]), f"{pad}  ")
        lines += [f"{pad}{'  ' if number else '- '}{key}:{first}", *rest]
    if step.needs:
        lines += [*(f"{pad}  {one}" for one in step.above["needs"]), f"{pad}  needs:"]
        lines += [line for need in step.needs for line in need.lines(f"{pad}    ")]
    return [*lines, *(f"{pad}   {line}" for line in step.foot)]


def _value(value: Any, style: str, end: str, pad: str) -> list[str]:
    """A value as what stands behind its key, and the lines below; `end` is the comment on its first line."""
    if style == "literal":
        return [f" |{end}", f"{pad}  {value}", f"{pad}  # and more"]
    if isinstance(value, list) and style == "block":
        return [end, *(f"{pad}  - {word}" for word in value)]
    if isinstance(value, list) and style == "lines":
        first, *rest = value
        return [f" [{first},{end}", *(f"{pad}  {word}," for word in rest), f"{pad}]"]
    return [f" {_inline(value)}{end}"]


def _inline(value: Any) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value)


class Author:
    """Makes maps and edits them; `name` is the start of the tokens that the author writes."""

    def __init__(self, random: Random, name: str) -> None:
        self.random, self.name, self.count = random, name, 0
        self.shared = set[str]()

    def new(self) -> str:
        """A unique token."""
        self.count += 1
        return f"{self.name}{self.count}"

    def comment(self) -> str:
        """A unique comment."""
        return f"# {self.new()} says so"

    def common(self) -> str:
        """A token for a title that the other author may write too; each author writes each once."""
        left = [token for token in SHARED if token not in self.shared]
        token = self.random.choice(left) if left else self.new()
        self.shared.add(token)
        return token

    def step(self, name: str = "") -> Step:
        """A new touchpoint."""
        random = self.random
        form = random.choice(["text", "short", "long", "long", "long", "braces"])
        uid = self.new()
        step = Step(uid, "say" if name else random.choice(VERBS), None, form, name, gap=random.random() < 0.1)
        if form == "short":
            step.fields["feeling"] = random.choice(FEELINGS)
        if form in ("long", "braces"):
            step.id = f"step-{uid}" if random.random() < 0.7 else None
            for key, value in (
                ("channel", random.choice([random.choice(CHANNELS), random.sample(CHANNELS, 2)])),
                ("feeling", random.choice(FEELINGS)),
                ("wait", f"{random.randint(1, 9)}d"),
                ("why", f"because of {self.new()}"),
                ("place", f"at {self.new()}"),
            ):
                if random.random() < 0.5:
                    step.fields[key] = value
        if form == "long":
            step.needs = [Remarked(f"what: need {self.new()}") for _ in range(random.choice([0, 0, 1, 2]))]
            self.restyle(step)
        for slot in step.slots():
            if random.random() < 0.15:
                slot.append(self.comment())
        return step

    def restyle(self, step: Step) -> None:
        """Choose how values are written."""
        for key, value in step.fields.items():
            if key == "channel" and isinstance(value, list):
                step.styles[key] = self.random.choice(["", "", "block", "lines"])
            elif key in FREE_TEXT:
                step.styles[key] = self.random.choice(["", "", "literal"])

    def map(self) -> Map:
        """A new map."""
        random = self.random
        made = Map(random.random() < 0.4, random.choice([0, 2, 2, 4]), random.random() < 0.3)
        for number in range(1 if made.flat else random.randint(2, 4)):
            uid = self.new()
            part = Part(uid, f"Part {number} {uid}")
            part.steps = [self.step() for _ in range(random.randint(3 if made.flat else 1, 6))]
            made.parts.append(part)
        known = [step.id for step in made.steps().values() if step.id]
        made.ideas = [Idea(self.new(), random.choice(known)) for _ in range(random.randint(0, 2) if known else 0)]
        made.goals = [Remarked(f"Reach {self.new()}") for _ in range(random.randint(0, 2))]
        for key in ("note", "owner"):
            if random.random() < 0.5:
                made.fields[key] = f"Seen by {self.new()}"
        for slot in made.slots():
            if not slot and random.random() < 0.05:
                slot.append(self.comment())
        made.line_end = "\r\n" if random.random() < 0.1 else "\n"
        made.mark = "\ufeff" if random.random() < 0.05 else ""
        return made

    def edited(self, old: Map, times: int) -> Map:
        """A copy of a map with some edits, until no touchpoint is left."""
        new = deepcopy(old)
        for _ in range(times):
            if new.steps():
                self.random.choice(EDITS)(self, new)
        return new

    def any_part(self, on: Map) -> Part:
        """A stage that is there."""
        return self.random.choice(on.parts)

    def any_step(self, on: Map) -> Step:
        """A touchpoint that is there."""
        return self.random.choice(list(on.steps().values()))

    def any_place(self, steps: list[Any]) -> int:
        """Where something can be put into a list."""
        return self.random.randint(0, len(steps))


def add(author: Author, on: Map) -> None:
    """Add a touchpoint somewhere."""
    steps = author.any_part(on).steps
    steps.insert(author.any_place(steps), author.step())


def add_common(author: Author, on: Map) -> None:
    """Add a touchpoint with a title that the other author may write too."""
    steps = author.any_part(on).steps
    steps.insert(author.any_place(steps), author.step(author.common()))


def remove(author: Author, on: Map) -> None:
    """Remove a touchpoint, unless an opportunity names it."""
    step = author.any_step(on)
    if len(on.steps()) > 3 and not on.is_needed(step):
        for part in on.parts:
            part.steps = [one for one in part.steps if one is not step]


def replace(author: Author, on: Map) -> None:
    """Put another touchpoint in the place of one."""
    step = author.any_step(on)
    if not on.is_needed(step):
        for part in on.parts:
            name = author.common() if author.random.random() < 0.5 else ""
            part.steps = [author.step(name) if one is step else one for one in part.steps]


def move(author: Author, on: Map) -> None:
    """Move a touchpoint, to another stage too."""
    step = author.any_step(on)
    for part in on.parts:
        part.steps = [one for one in part.steps if one is not step]
    steps = author.any_part(on).steps
    steps.insert(author.any_place(steps), step)


def retitle(author: Author, on: Map) -> None:
    """Write another title with the same token."""
    step = author.any_step(on)
    step.verb = step.verb if step.name else author.random.choice(VERBS)


def retitle_common(author: Author, on: Map) -> None:
    """Write a title that the other author may write too, for a touchpoint with an id."""
    step = author.any_step(on)
    if step.id and not step.name:
        step.name, step.verb = author.common(), "say"


def feel(author: Author, on: Map) -> None:
    """Write another feeling; a plain text gets its first."""
    step = author.any_step(on)
    step.fields["feeling"] = author.random.choice(FEELINGS)
    step.form = "short" if step.form == "text" else step.form


def spell_out(author: Author, on: Map) -> None:
    """Say more of a touchpoint, over lines."""
    step = author.any_step(on)
    step.form = "long"
    step.fields[author.random.choice(["wait", "lasts"])] = f"{author.random.randint(1, 9)}h"


def explain(author: Author, on: Map) -> None:
    """Write a free text of a touchpoint anew."""
    step = author.any_step(on)
    if step.form == "long":
        key = author.random.choice(FREE_TEXT)
        step.fields[key] = f"as of {author.new()}"
        step.styles[key] = author.random.choice(["", "", "literal"])


def need(author: Author, on: Map) -> None:
    """Add a need, or remove one."""
    step = author.any_step(on)
    if step.form == "long":
        if step.needs and author.random.random() < 0.4:
            step.needs.pop(author.random.randrange(len(step.needs)))
        else:
            step.needs.insert(author.any_place(step.needs), Remarked(f"what: need {author.new()}"))
        if not step.needs:
            step.above.pop("needs", None)


def reach(author: Author, on: Map) -> None:
    """Add a channel."""
    step = author.any_step(on)
    if step.form not in ("long", "braces"):
        return
    has = step.fields.get("channel", [])
    has = has if isinstance(has, list) else [has]
    more = author.random.choice(CHANNELS)
    step.fields["channel"] = has if more in has else [*has, more]


def forget(author: Author, on: Map) -> None:
    """Remove a key of a touchpoint with its comments."""
    step = author.any_step(on)
    if step.form in ("long", "braces") and step.fields:
        key = author.random.choice(list(step.fields))
        del step.fields[key]
        for comments in (step.behind, step.above, step.styles):
            comments.pop(key, None)


def rewrite(author: Author, on: Map) -> None:
    """Write the values of a touchpoint in another style, or its keys in another order."""
    step = author.any_step(on)
    if step.form == "long":
        if author.random.random() < 0.5:
            author.restyle(step)
        else:
            keys = author.random.sample(list(step.fields), len(step.fields))
            step.fields = {key: step.fields[key] for key in keys}


def remark(author: Author, on: Map) -> None:
    """Write a comment somewhere: above or behind a key or an item, or at the end of a block."""
    slot = author.random.choice(list(on.slots()))
    behind = {id(one) for one in _behind(on)}
    if not (slot and id(slot) in behind):
        slot.insert(author.any_place(slot), author.comment())


def _behind(on: Map) -> Iterator[Slot]:
    owners: list[Map | Part | Step | Idea] = [on, *on.parts, *on.steps().values(), *on.ideas]
    for one in owners:
        yield from one.behind.values()
    for item in (*on.goals, *(need for step in on.steps().values() for need in step.needs)):
        yield item.behind


def unremark(author: Author, on: Map) -> None:
    """Remove a comment."""
    if filled := [slot for slot in on.slots() if slot]:
        slot = author.random.choice(filled)
        slot.pop(author.random.randrange(len(slot)))


def rename_part(author: Author, on: Map) -> None:
    """Write another name of a stage."""
    part = author.any_part(on)
    part.name = f"Part {part.uid} as {author.new()}"


def aim(author: Author, on: Map) -> None:
    """Write the goal of a stage."""
    author.any_part(on).goal = f"Be {author.new()}"


def reorder(author: Author, on: Map) -> None:
    """Move a stage."""
    part = on.parts.pop(author.random.randrange(len(on.parts)))
    on.parts.insert(author.any_place(on.parts), part)


def begin(author: Author, on: Map) -> None:
    """Add a stage with a touchpoint."""
    if not on.flat:
        uid = author.new()
        on.parts.insert(author.any_place(on.parts), Part(uid, f"Phase {uid}", steps=[author.step()]))


def close(author: Author, on: Map) -> None:
    """Remove a stage with all of its touchpoints."""
    part = author.any_part(on)
    if len(on.parts) > 2 and not any(map(on.is_needed, part.steps)):
        on.parts.remove(part)


def hand_over(author: Author, on: Map) -> None:
    """Write another name of a stage, and move all of its touchpoints to another one."""
    if not on.flat:
        part, other = author.random.sample(on.parts, 2)
        part.name = f"Part {part.uid} as {author.new()}"
        at = author.any_place(other.steps)
        other.steps[at:at] = part.steps
        part.steps = []


def suggest(author: Author, on: Map) -> None:
    """Add an opportunity."""
    if known := [step.id for step in on.steps().values() if step.id]:
        on.ideas.append(Idea(author.new(), author.random.choice(known)))


def estimate(author: Author, on: Map) -> None:
    """Write another effort of an opportunity."""
    if on.ideas:
        author.random.choice(on.ideas).effort = author.random.randint(1, 5)


def want(author: Author, on: Map) -> None:
    """Add a goal, or remove one."""
    if on.goals and author.random.random() < 0.3:
        on.goals.pop(author.random.randrange(len(on.goals)))
    else:
        on.goals.insert(author.any_place(on.goals), Remarked(f"Reach {author.new()}"))
    if not on.goals:
        on.above.pop("goals", None)
        on.behind.pop("goals", None)


def note(author: Author, on: Map) -> None:
    """Write a key of the whole file, or remove it with its comments."""
    key = author.random.choice(["note", "owner"])
    if key in on.fields and author.random.random() < 0.3:
        del on.fields[key]
        on.above.pop(key, None)
        on.behind.pop(key, None)
    else:
        on.fields[key] = f"Seen by {author.new()}"


EDITS = (
    add, add, add_common, remove, remove, replace, move, retitle, retitle_common, feel, feel, spell_out, explain, need,
    reach, forget, forget, rewrite, remark, remark, remark, remark, unremark, rename_part, hand_over, aim, reorder,
    begin, close, suggest, estimate, want, note,
)  # fmt: skip
