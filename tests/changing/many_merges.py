"""Merges of generated edits, each held against what its two authors did: python -m tests.changing.many_merges [N].

What must hold of each: no touchpoint is lost that a side added or that both kept, none comes twice, none comes back
that one side removed and the other left alone; each key of each touchpoint says what the one who changed it wrote;
where both changed it differently there is a conflict, and nowhere else; each side of the conflicts is YAML, and says
what that side said; what only comments changed loses no comment.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from random import Random
from typing import Any, NamedTuple

from journeykit.changing.merging import Merged, merged
from journeykit.model.normal import normalise
from journeykit.reading import read_text
from journeykit.reading.yaml_text import build
from tests.changing.edited_maps import Author, Map, Step

NAME = "map.journey.yaml"
CONFLICT = re.compile(r"^<<<<<<< ours\n(.*?)^=======\n(.*?)^>>>>>>> theirs\n", re.MULTILINE | re.DOTALL)
UID = re.compile(r"\b(?:base|ours|theirs)\d+\b")


class Versions(NamedTuple):
    """What was merged."""

    base: Map
    ours: Map
    theirs: Map


def versions(seed: int) -> Versions:
    """A map and two edits of it."""
    random = Random(seed)
    base = Author(random, "base").map()
    most = random.choice([2, 6, 12])
    ours = Author(random, "ours").edited(base, random.randint(1, most))
    return Versions(base, ours, Author(random, "theirs").edited(base, random.randint(1, most)))


def merge(seed: int) -> tuple[Versions, Merged | None]:
    """Merge one."""
    found = versions(seed)
    return found, merged(found.base.text(), found.ours.text(), found.theirs.text(), NAME)


def sides(text: str) -> tuple[str, str]:
    """The text with our side of all conflicts, and with theirs."""
    return CONFLICT.sub(r"\1", text), CONFLICT.sub(r"\2", text)


def steps(text: str) -> dict[str, dict[str, Any]]:
    """The touchpoints of a text, spelled out, by the word in their title; one that comes twice has a second name."""
    built = build(text)
    assert not built.faults, built.faults
    found: dict[str, dict[str, Any]] = {}
    for stage in normalise(built.data).data["stages"]:
        for step in stage.get("touchpoints") or ():
            uid = UID.findall(step["title"])[-1]
            found[f"{uid} again" if uid in found else uid] = step
    return found


def check(seed: int) -> str:
    """Hold one merge against what must be; gives "clean", "conflict" or "left to git"."""
    maps, result = merge(seed)
    if result is None:
        return "left to git"
    ours, theirs = sides(result.text)
    assert "<<<<" not in ours + theirs
    if not result.conflicts:
        assert ours == theirs == result.text
        assert result.findings or read_text(result.text, NAME).journey
    here, there = steps(ours), steps(theirs)
    clash = check_touchpoints(maps, here, there)
    check_comments(maps, result.text)
    check_rest(maps, build(ours).data, build(theirs).data)
    check_swapped(maps, result)
    if not result.conflicts:
        assert not clash, f"no conflict at {clash}"
    elif not (clash or may_clash(maps)):
        raise AssertionError("a conflict without a reason")
    if result.conflicts:
        return "conflict"
    rules = {finding.rule for finding in result.findings} - {"too-short"}  # both sides took touchpoints out: it is told
    return "no journey" if rules else "clean"


def check_touchpoints(maps: Versions, here: dict[str, Any], there: dict[str, Any]) -> list[str]:
    """Hold the touchpoints of both sides against the versions; gives where both changed something differently."""
    base, ours, theirs = (one.steps() for one in maps)
    places = [one.places() for one in maps]
    clash = []
    for uid in {**base, **ours, **theirs}:
        old, one, other = (side.get(uid) for side in (base, ours, theirs))
        if old and not (one and other):
            left = one or other
            if left and not left.id:  # another one that is alike may have been taken for it
                clash += (
                    [uid] if has_name([old, left]) and left.data() != old.data() and uid in {**here, **there} else []
                )
            elif left and left.data() != old.data():
                clash.append(uid)
                assert uid in here or uid in there, f"{uid} is lost"
            else:
                assert uid not in here or uid not in there or is_asked_for(maps, old), f"{uid} is back"
            continue
        if has_name([step for step in (old, one, other) if step]):
            assert f"{uid} again" not in {**here, **there}, f"{uid} comes twice"
        assert uid in here or uid in there, f"{uid} is lost"
        if not (one and other):
            wanted = one or other
            assert wanted
            found = said(here.get(uid) or there[uid], wanted)
            assert found == wanted.data() or (not wanted.id and {*found} >= {*wanted.data()}), (uid, found)
            continue
        assert old
        where = [place[uid] for place in places]
        if len(set(where)) == 3:
            clash.append(f"{uid} moved")
        clash += check_fields(uid, [old, one, other], here.get(uid), there.get(uid))
    return clash


def check_rest(maps: Versions, here: Any, there: Any) -> None:
    """Hold goals and opportunities against the versions; nobody removes any."""
    for said in (here, there):
        goals = said.get("goals") or []
        assert sorted(goals) == sorted({goal for version in maps for goal in version.goals}), goals
        ideas = {one["id"]: one["effort"] for one in said.get("opportunities") or ()}
        efforts = [{one["id"]: one["effort"] for one in version.opportunities} for version in maps]
        assert ideas.keys() == efforts[1].keys() | efforts[2].keys()
        for id, effort in ideas.items():
            old, one, other = (version.get(id) for version in efforts)
            assert effort in (
                (one, other) if old is None or old not in (one, other) else (other if old == one else one,)
            )


def check_swapped(maps: Versions, result: Merged) -> None:
    """The other way round the merge says the same."""
    again = merged(maps.base.text(), maps.theirs.text(), maps.ours.text(), NAME)
    assert again
    assert bool(again.conflicts) == bool(result.conflicts), "conflicts one way round only"
    if not result.conflicts:
        assert steps(again.text).keys() == steps(result.text).keys(), "other touchpoints the other way round"


def is_asked_for(maps: Versions, step: Step) -> bool:
    """Whether an opportunity names a touchpoint."""
    return any(step.id and step.id in one["at"] for version in maps for one in version.opportunities)


def check_fields(uid: str, three: list[Step], here: Any, there: Any) -> list[str]:
    """Hold the keys of a touchpoint that all versions have against them."""
    old, one, other = (step.data() for step in three)
    clash = []
    for key in {**old, **one, **other}:
        values = [data.get(key) for data in (old, one, other)]
        known = [said(found, three[0]).get(key) for found in (here, there) if found]
        if values[1] == values[2]:
            expected = values[1:2]
        elif values[0] in values[1:]:
            expected = [values[2] if values[0] == values[1] else values[1]]
        elif key == "channel" and (wanted := joined(*values)) is not None:
            assert all(found is not None and set(listed(found)) == wanted for found in known), (uid, key, known)
            continue
        else:
            clash += [f"{uid}.{key}"] if has_name(three) else []
            expected = values[1:]
        if has_name(three):
            assert all(value in expected for value in known), (uid, key, known, expected)
    return clash


def has_name(three: list[Step]) -> bool:
    """Whether a touchpoint is surely known again: by its id, or by its title."""
    return all(step.id for step in three) or len({step.title for step in three}) == 1


def said(found: dict[str, Any], step: Step) -> dict[str, Any]:
    """What a file says of a touchpoint, without an id that it does not write."""
    return {key: value for key, value in found.items() if key != "id" or step.id}


def listed(value: Any) -> list[str]:
    """A value as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def joined(old: Any, one: Any, other: Any) -> set[str] | None:
    """Channels to which both added; None where they cannot be joined."""
    if one is None or other is None or not (isinstance(one, list) or isinstance(other, list)):
        return None
    was, left, right = (set(listed(value)) for value in (old, one, other))
    if (was - left) & (was - right) and left - was and right - was:
        return None
    return {word for word in left | right if word not in was or (word in left and word in right)} or None


def may_clash(maps: Versions) -> bool:
    """Whether something other than a key of a touchpoint was changed differently by both, or cannot be told."""
    base, ours, theirs = maps
    if any(differ(getattr(base, key), getattr(ours, key), getattr(theirs, key)) for key in ("note", "owner")):
        return True
    parts = [{part.uid: part for part in one.parts} for one in maps]
    for uid, old in parts[0].items():
        one, other = parts[1].get(uid), parts[2].get(uid)
        if not (one and other):
            return True
        renamed = old.name not in (one.name, other.name) or one.name != other.name
        if renamed or differ(old.goal, one.goal, other.goal):  # a new name and other touchpoints: it may be a new one
            return True
    efforts = [{one["id"]: one["effort"] for one in version.opportunities} for version in maps]
    if any(differ(old, efforts[1][id], efforts[2][id]) for id, old in efforts[0].items()):
        return True
    named = [" ".join(one["at"] for one in version.opportunities) for version in maps]
    gone = [step.id for uid, step in base.steps().items() if not (uid in ours.steps() and uid in theirs.steps())]
    if any(id and id in at for id in gone for at in named):
        return True
    steps = [one.steps() for one in maps]
    if any(comments(step) < comments(side.get(uid, step)) for uid, step in steps[0].items() for side in steps[1:]):
        return True  # it may be gone on the other side
    if any(not step.id and not (uid in steps[1] and uid in steps[2]) for uid, step in steps[0].items()):
        return True  # what is alike and stands in its place may be taken for it
    return any(not has_name([one[uid] for one in steps if uid in one]) for uid in steps[0])


def comments(step: Step) -> set[str]:
    """What is remarked on a touchpoint."""
    return {*step.head, *step.foot, *step.comments.values()}


def differ(old: Any, one: Any, other: Any) -> bool:
    """Whether both changed a value, differently."""
    return bool(one not in (old, other) and other != old)


def check_comments(maps: Versions, text: str) -> None:
    """No comment is lost that both versions have, or that one added to what the other still has."""
    base, ours, theirs = (Counter(re.findall(r"# \w+ says so", one.text())) for one in maps)
    steps = [one.steps() for one in maps]
    for uid in {**steps[1], **steps[2]}:
        held = [side[uid] for side in steps if uid in side]
        if uid in steps[0] and len(held) < 3:
            continue
        for step in held[1:] if uid in steps[0] else held:
            for key, comment in (*(("", one) for one in (*step.head, *step.foot)), *step.comments.items()):
                there = key in ("", "title") or all(key in side.fields for side in held)
                if (comment in ours and comment in theirs) or (comment not in base and there and has_name(held)):
                    assert comment in text, f"{comment} is lost"


def main(count: int, first: int = 0) -> int:
    """Merge many, tell how they went; gives how many went wrong."""
    told: Counter[str] = Counter()
    wrong = 0
    for seed in range(first, first + count):
        try:
            told[check(seed)] += 1
        except AssertionError as error:
            wrong += 1
            print(f"seed {seed}: {error}")
    print(f"{count:,} merges: {', '.join(f'{told[key]:,} {key}' for key in sorted(told))}; {wrong:,} wrong")
    return wrong


if __name__ == "__main__":
    sys.exit(min(1, main(*(int(word) for word in sys.argv[1:] or ["10000"]))))
