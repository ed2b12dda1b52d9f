"""Maps that two people edit: what each did is known, so that a merge can be held against it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Any

FEELINGS = ("frustrated", "relieved", "happy", "angry", "tense", "hopeful", "bored", "proud")
CHANNELS = ("phone", "email", "chat", "sms", "app", "letter")
VERBS = ("call", "wait", "ask", "write", "pay", "read", "sign", "look")


@dataclass
class Step:
    """A touchpoint; `uid` is a word of its title that never changes."""

    uid: str
    verb: str
    id: str | None
    form: str
    fields: dict[str, Any] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    head: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its title, with the word by which it is known."""
        return f"I {self.verb} {self.uid}"

    def data(self) -> dict[str, Any]:
        """What the file says of it, spelled out."""
        return {**({"id": self.id} if self.id else {}), "title": self.title, **self.fields}


@dataclass
class Part:
    """A stage; a flat map has one."""

    uid: str
    name: str
    goal: str | None = None
    steps: list[Step] = field(default_factory=list)
    head: list[str] = field(default_factory=list)


@dataclass
class Map:
    """A whole file, and how it is written."""

    flat: bool
    indent: int
    dash: int
    blank: bool
    parts: list[Part] = field(default_factory=list)
    opportunities: list[dict[str, Any]] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    note: str | None = None
    owner: str | None = None
    head: list[str] = field(default_factory=list)

    def steps(self) -> dict[str, Step]:
        """All touchpoints by the word that they are known by."""
        return {step.uid: step for part in self.parts for step in part.steps}

    def places(self) -> dict[str, str]:
        """The stage of each."""
        return {step.uid: part.uid for part in self.parts for step in part.steps}

    def text(self) -> str:
        """The file."""
        lines = [*self.head, "title: I get it fixed", "persona: {name: Sam, wants: [an answer]}"]
        lines += [f"note: {self.note}"] if self.note else []
        lines += [f"owner: {self.owner}"] if self.owner else []
        lines += ["goals:", *(f"{' ' * self.dash}- {goal}" for goal in self.goals)] if self.goals else []
        if self.flat:
            lines += ["touchpoints:", *self.items(self.parts[0].steps, self.dash)]
        else:
            lines += ["stages: # all of them"]
            for part in self.parts:
                lines += self.part(part)
        if self.opportunities:
            lines += ["opportunities:"]
            for one in self.opportunities:
                first, *rest = (f"{key}: {value}" for key, value in one.items())
                pad = " " * self.dash
                lines += [f"{pad}- {first}", *(f"{pad}  {line}" for line in rest)]
        return "\n".join(lines) + "\n"

    def part(self, part: Part) -> list[str]:
        pad = " " * self.dash
        lines = [*([""] if self.blank else []), *(f"{pad}{line}" for line in part.head), f"{pad}- name: {part.name}"]
        lines += [f"{pad}  goal: {part.goal}"] if part.goal else []
        below = self.items(part.steps, self.dash + 2 + self.dash)
        return [*lines, f"{pad}  touchpoints:", *below] if part.steps else lines

    def items(self, steps: list[Step], column: int) -> list[str]:
        return [line for step in steps for line in self.item(step, " " * column)]

    def item(self, step: Step, pad: str) -> list[str]:
        lines = [f"{pad}{line}" for line in step.head]
        first = f" {step.comments['title']}" if "title" in step.comments else ""
        if step.form == "text":
            return [*lines, f"{pad}- {step.title}{first}"]
        if step.form == "short":
            return [*lines, f"{pad}- {step.title}: {step.fields['feeling']}{first}"]
        entries = [(key, _value(value)) for key, value in step.data().items()]
        if step.form == "braces":
            inner = ", ".join(f"{key}: {value}" for key, value in entries)
            return [*lines, f"{pad}- {{{inner}}}{first}"]
        for number, (key, value) in enumerate(entries):
            comment = f" {step.comments[key]}" if key in step.comments else ""
            lines.append(f"{pad}{'  ' if number else '- '}{key}: {value}{comment}")
        return [*lines, *(f"{pad}    {line}" for line in step.foot)]


def _value(value: Any) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value)


class Author:
    """Makes maps and edits them; `name` marks what is new, so that no two authors make the same."""

    def __init__(self, random: Random, name: str) -> None:
        self.random, self.name, self.count = random, name, 0

    def new(self) -> str:
        """A word that nobody else uses."""
        self.count += 1
        return f"{self.name}{self.count}"

    def comment(self) -> str:
        """A comment that nobody else wrote."""
        return f"# {self.new()} says so"

    def step(self) -> Step:
        """A new touchpoint."""
        random = self.random
        form = random.choice(["text", "short", "long", "long", "long", "braces"])
        uid = self.new()
        step = Step(uid, random.choice(VERBS), None, form)
        if form == "short":
            step.fields["feeling"] = random.choice(FEELINGS)
        if form in ("long", "braces"):
            step.id = f"step-{uid}" if random.random() < 0.7 else None
            for key, value in (
                ("channel", random.choice([random.choice(CHANNELS), random.sample(CHANNELS, 2)])),
                ("feeling", random.choice(FEELINGS)),
                ("wait", f"{random.randint(1, 9)}d"),
                ("why", f"because of {uid}"),
            ):
                if random.random() < 0.6:
                    step.fields[key] = value
        if random.random() < 0.3:
            step.comments["title"] = self.comment()
        if random.random() < 0.3:
            step.head.append(self.comment())
        if random.random() < 0.1 and form == "long":
            step.foot.append(self.comment())
        return step

    def map(self) -> Map:
        """A new map."""
        random = self.random
        made = Map(random.random() < 0.4, 2, random.choice([0, 2, 2, 4]), random.random() < 0.3)
        made.head = [self.comment()] if random.random() < 0.5 else []
        for number in range(1 if made.flat else random.randint(2, 4)):
            part = Part(self.new(), f"Part {number} {self.count}")
            part.steps = [self.step() for _ in range(random.randint(3 if made.flat else 1, 6))]
            part.head = [self.comment()] if random.random() < 0.3 else []
            made.parts.append(part)
        known = [step.id for step in made.steps().values() if step.id]
        for _ in range(random.randint(0, 2) if known else 0):
            made.opportunities.append(self.opportunity(known))
        made.goals = [f"Reach {self.new()}" for _ in range(random.randint(0, 2))]
        return made

    def opportunity(self, known: list[str]) -> dict[str, Any]:
        """A new idea for one of the touchpoints."""
        uid = self.new()
        return {"id": f"idea-{uid}", "title": f"Mend {uid}", "at": f"[{self.random.choice(known)}]", "effort": 3}

    def edited(self, old: Map, times: int) -> Map:
        """A copy of a map with some edits."""
        new = deepcopy(old)
        for _ in range(times):
            self.random.choice(EDITS)(self, new)
        return new

    def any_part(self, on: Map) -> Part:
        """A stage that is there."""
        return self.random.choice(on.parts)

    def any_step(self, on: Map) -> Step:
        """A touchpoint that is there."""
        return self.random.choice(list(on.steps().values()))


def add(author: Author, on: Map) -> None:
    """A new touchpoint somewhere."""
    steps = author.any_part(on).steps
    steps.insert(author.random.randint(0, len(steps)), author.step())


def remove(author: Author, on: Map) -> None:
    """A touchpoint goes, unless an opportunity names it."""
    step = author.any_step(on)
    if len(on.steps()) > 3 and not any(step.id and step.id in one["at"] for one in on.opportunities):
        for part in on.parts:
            part.steps = [one for one in part.steps if one is not step]


def move(author: Author, on: Map) -> None:
    """A touchpoint goes elsewhere, to another stage too."""
    step = author.any_step(on)
    for part in on.parts:
        part.steps = [one for one in part.steps if one is not step]
    steps = author.any_part(on).steps
    steps.insert(author.random.randint(0, len(steps)), step)


def retitle(author: Author, on: Map) -> None:
    """Another title, with the word that it is known by."""
    author.any_step(on).verb = author.random.choice(VERBS)


def feel(author: Author, on: Map) -> None:
    """Another feeling; a plain text gets its first."""
    step = author.any_step(on)
    step.fields["feeling"] = author.random.choice(FEELINGS)
    step.form = "short" if step.form == "text" else step.form


def spell_out(author: Author, on: Map) -> None:
    """More is said of a touchpoint, over lines."""
    step = author.any_step(on)
    step.form = "long"
    step.fields[author.random.choice(["wait", "lasts"])] = f"{author.random.randint(1, 9)}h"


def reach(author: Author, on: Map) -> None:
    """One more channel."""
    step = author.any_step(on)
    if step.form not in ("long", "braces"):
        return
    has = step.fields.get("channel", [])
    has = has if isinstance(has, list) else [has]
    more = author.random.choice(CHANNELS)
    step.fields["channel"] = has if more in has else [*has, more]


def forget(author: Author, on: Map) -> None:
    """A key goes."""
    step = author.any_step(on)
    if step.form in ("long", "braces") and step.fields:
        key = author.random.choice(list(step.fields))
        del step.fields[key]
        step.comments.pop(key, None)


def remark(author: Author, on: Map) -> None:
    """A comment behind a line, or above a touchpoint."""
    step = author.any_step(on)
    if author.random.random() < 0.5:
        step.head.append(author.comment())
    elif step.form == "long" and step.fields:
        step.comments.setdefault(author.random.choice(list(step.fields)), author.comment())
    else:
        step.comments.setdefault("title", author.comment())


def rename_part(author: Author, on: Map) -> None:
    """Another name for a stage."""
    part = author.any_part(on)
    part.name = f"{part.name} now"


def aim(author: Author, on: Map) -> None:
    """A stage gets a goal, or another one."""
    author.any_part(on).goal = f"Be {author.new()}"


def reorder(author: Author, on: Map) -> None:
    """A stage goes elsewhere."""
    part = on.parts.pop(author.random.randrange(len(on.parts)))
    on.parts.insert(author.random.randint(0, len(on.parts)), part)


def begin(author: Author, on: Map) -> None:
    """A new stage with a touchpoint."""
    if not on.flat:
        uid = author.new()
        made = Part(uid, f"Phase {uid}", steps=[author.step()])
        on.parts.insert(author.random.randint(0, len(on.parts)), made)


def close(author: Author, on: Map) -> None:
    """A stage goes with all of its touchpoints."""
    part = author.any_part(on)
    named = {step.id for step in part.steps if step.id}
    if len(on.parts) > 2 and not any(id in one["at"] for id in named for one in on.opportunities):
        on.parts.remove(part)


def suggest(author: Author, on: Map) -> None:
    """A new opportunity."""
    if known := [step.id for step in on.steps().values() if step.id]:
        on.opportunities.append(author.opportunity(known))


def estimate(author: Author, on: Map) -> None:
    """Another effort of an opportunity."""
    if on.opportunities:
        author.random.choice(on.opportunities)["effort"] = author.random.randint(1, 5)


def want(author: Author, on: Map) -> None:
    """One more goal."""
    on.goals.insert(author.random.randint(0, len(on.goals)), f"Reach {author.new()}")


def note(author: Author, on: Map) -> None:
    """Another note, or owner."""
    if author.random.random() < 0.5:
        on.note = f"Seen by {author.new()}"
    else:
        on.owner = f"Team {author.new()}"


EDITS = (
    add, add, add, remove, remove, move, retitle, feel, feel, spell_out, reach, forget, remark, remark,
    rename_part, aim, reorder, begin, close, suggest, estimate, want, note,
)  # fmt: skip
