"""Merge generated edits and check each merge against what its two authors did.

    python -m tests.changing.many_merges [COUNT [FIRST_SEED]]

The checks know nothing of how merges are made:

- Every token (a title, comment or free text; see `edited_maps`) that a side added, or that both have, is in the merged
  text; none that one side removed and the other left alone comes back; none comes more often than in a version.
- Each key of each touchpoint has the value that the side wrote which changed it. Where both changed it differently, or
  one removed what the other changed or commented, there is a conflict; where both renamed a stage too.
- A conflict has a reason: each of its sides differs from the common version and from the other.
- Each side of all conflicts is YAML and says what that side said. The other way round the merge says the same.
- What is left to git loses no token in git's merge of lines either.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from journeykit.changing.merging import Markers, Merged, merge_texts
from journeykit.model.normalisation import normalise
from journeykit.reading import read_text
from journeykit.reading.yaml_text import parse_yaml
from tests.changing.edited_maps import Author, Map, Step

NAME = "map.journey.yaml"
CONFLICT = re.compile(
    r"^<<<<<<< ours\r?\n(.*?)^(?:\|{7} base\r?\n(.*?)^)?=======\r?\n(.*?)^>>>>>>> theirs\r?\n", re.MULTILINE | re.DOTALL
)
TOKEN = re.compile(r"(?:base|ours|theirs|shared)\d+")
REFERENCE = re.compile(r"^ *at: \[[^\]]*\]", re.MULTILINE)


class Versions(NamedTuple):
    """What is merged."""

    base: Map
    ours: Map
    theirs: Map


def versions(seed: int) -> Versions:
    """A map and two edits of it."""
    random = Random(seed)
    base = Author(random, "base").map()
    most = random.choice([2, 6, 12])
    ours = Author(random, "ours").edited(base, random.randint(1, most))
    theirs = Author(random, "theirs").edited(base, random.randint(1, most))
    for version in (base, ours, theirs):
        if random.random() < 0.1:
            version.formatted = True
    return Versions(base, ours, theirs)


def merge(maps: Versions) -> Merged | None:
    """Merge the texts of three versions."""
    base, ours, theirs = (one.text() for one in maps)
    return merge_texts(base, ours, theirs, NAME, markers=Markers(with_base=True))


def sides(text: str) -> tuple[str, str]:
    """The text with our side of all conflicts, and with theirs."""
    return CONFLICT.sub(lambda found: found[1], text), CONFLICT.sub(lambda found: found[3], text)


def tokens(text: str) -> Counter[str]:
    """The tokens of a text, without references to touchpoints."""
    return Counter(TOKEN.findall(REFERENCE.sub("", text)))


parsed = lru_cache(maxsize=4)(parse_yaml)


def steps(text: str) -> dict[str, dict[str, Any]]:
    """The touchpoints of a text, shorthands spelled out, by their keys; one that comes twice has a second name."""
    built = parsed(text)
    assert not built.faults, built.faults
    found: dict[str, dict[str, Any]] = {}
    for stage in normalise(built.data).data["stages"]:
        for step in stage.get("touchpoints") or ():
            id = str(step.get("id", ""))
            key = id.removeprefix("step-") if id.startswith("step-") else TOKEN.findall(step["title"])[-1]
            found[f"{key} again" if key in found else key] = step
    return found


def check(seed: int) -> str:
    """Check the merge of a seed; return its result, raise AssertionError if it is wrong."""
    maps = versions(seed)
    return check_merge(maps, merge(maps))


def check_merge(maps: Versions, result: Merged | None) -> str:
    """Check one merge; return its result, raise AssertionError if it is wrong."""
    if result is None:
        check_lines(maps)
        return "left to git"
    ours, theirs = sides(result.text)
    assert "<<<<" not in ours + theirs
    if not result.conflicts:
        assert ours == theirs == result.text
        assert result.findings or read_text(result.text, NAME).journey
    here, there = steps(ours), steps(theirs)
    check_tokens(maps, result, ours, theirs)
    clash = check_touchpoints(maps, here, there) + renamed_by_both(maps)
    check_rest(maps, parsed(ours).data, parsed(theirs).data)
    check_reasons(maps, result.text)
    check_swapped(maps, result)
    if result.conflicts:
        return "conflict"
    assert not clash, f"no conflict at {clash}"
    rules = {finding.rule for finding in result.findings} - {"too-short"}  # both sides removed touchpoints: it is said
    return "no journey" if rules else "clean"


def check_tokens(maps: Versions, result: Merged, ours: str, theirs: str) -> None:
    """Check that no title, comment or text is lost, comes back or is doubled."""
    base, one, other = (tokens(version.text()) for version in maps)
    here, there = tokens(ours), tokens(theirs)
    for token in {**one, **other}:
        if (token in one and token in other) or token not in base:
            assert token in here or token in there, f"{token} is lost"
    for side, own, name in ((here, one, "ours"), (there, other, "theirs")):
        lost = [token for token in own if token not in base and token not in side]
        assert not lost, f"{lost} of {name} is lost where {name} is chosen"
    unsure = doubtful(maps)
    for side in (here, there):
        twice = [token for token, count in side.items() if count > max(base[token], one[token], other[token])]
        known = () if result.conflicts else known_stages(maps)
        held = stage_tokens(maps.base, () if result.conflicts else maps[1:], known)
        assert not {*twice} - unsure - held, f"{twice} is there more often than in any version"
    if not result.conflicts:
        back = {token for token in here if token in base and not (token in one and token in other)}
        back -= stage_tokens(maps.base, maps)
        back -= {token for version in maps for step in version.steps().values() for token in tokens_in_lists(step)}
        assert not back - unsure, f"{back} is back"


def stage_tokens(base: Map, removed_from: Sequence[Map] = (), known: Sequence[str] = ()) -> set[str]:
    """The tokens of stages without their touchpoints: of all, or of those that a version removed or renamed.

    A stage comes back as a whole where one side removed it and the other put something into it. One with another name
    and other touchpoints may be taken for a new one, unless it is in `known`.
    """
    found: set[str] = set()
    for part in base.parts:
        same = (part.uid, part.name)
        if part.uid in known:
            continue
        if not removed_from or any(same not in {(one.uid, one.name) for one in side.parts} for side in removed_from):
            found |= {part.uid, *TOKEN.findall(str((part.name, part.goal, [*part.slots()])))}
    return found


def known_stages(maps: Versions) -> list[str]:
    """The stages that are surely known again in both versions, whatever their names are; none where this is unsure.

    They are where no stage was added, removed or moved, and each has its name, most of its touchpoints, or none at all.
    """
    uids = [part.uid for part in maps.base.parts]
    for side in maps[1:]:
        if maps.base.flat or [part.uid for part in side.parts] != uids:
            return []
        for old, new in zip(maps.base.parts, side.parts, strict=True):
            before = {step.key: step for step in old.steps}
            same = [step for step in new.steps if step.key in before and has_name([before[step.key], step])]
            if new.name != old.name and new.steps and len(same) * 2 <= max(len(new.steps), len(old.steps)):
                return []
    return uids


def unsure_places(maps: Versions) -> set[str]:
    """The touchpoints of stages that may be taken for others: added, removed or renamed ones.

    A stage with another name that holds more of a second one than of itself is the second one, renamed.
    """
    if known_stages(maps):
        return set()
    names = [{part.uid: part.name for part in version.parts} for version in maps]
    unsure = {uid for one in names for uid in one if len({version.get(uid) for version in names}) > 1}
    return {key for version in maps for key, uid in version.places().items() if uid in unsure}


def tokens_in_lists(step: Step) -> list[str]:
    """The tokens of comments in values over several lines, which stay as the side wrote them that changed the value."""
    return TOKEN.findall(str([step.behind[key] for key, style in step.styles.items() if style in ("lines", "literal")]))


def doubtful(maps: Versions) -> set[str]:
    """The tokens of touchpoints that may not be known again: without an id, and given another title."""
    found: set[str] = set()
    for uid in {**maps.ours.steps(), **maps.theirs.steps()}:
        three = [side.steps()[uid] for side in maps if uid in side.steps()]
        if not has_name(three):
            found.update(token for step in three for token in TOKEN.findall(str(step)))
    return found


def check_lines(maps: Versions) -> None:
    """Check that git's merge of lines loses nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for name, version in zip(("base", "ours", "theirs"), maps, strict=True):
            Path(folder, name).write_text(version.text(), encoding="utf-8", newline="")
        command = ["git", "merge-file", "-p", "-q", "ours", "base", "theirs"]
        text = subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout.decode()
    check_nothing_lost(maps, text)


def check_nothing_lost(maps: Versions, text: str) -> None:
    """Check that a text, conflicts and all, has each token that a side added or that both have."""
    base, one, other = (tokens(version.text()) for version in maps)
    for token in {**one, **other}:
        if (token in one and token in other) or token not in base:
            assert token in tokens(text), f"{token} is lost by git"


def check_touchpoints(maps: Versions, here: dict[str, Any], there: dict[str, Any]) -> list[str]:
    """Check the touchpoints of both sides against the versions; return what needs a conflict."""
    base, ours, theirs = (one.steps() for one in maps)
    places, unsure = [one.places() for one in maps], unsure_places(maps)
    clash = []
    for uid in {**base, **ours, **theirs}:
        old, one, other = (side.get(uid) for side in (base, ours, theirs))
        if old and not (one and other):
            left = one or other
            if left and (left.data() != old.data() or not left.comments() <= old.comments()):
                if left.id:
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
            assert found == wanted.data() or not wanted.id, (uid, found)
        elif old:
            if len({place[uid] for place in places}) == 3 and has_name([old, one, other]) and uid not in unsure:
                clash.append(f"{uid} moved")
            clash += check_fields(uid, [old, one, other], here.get(uid), there.get(uid))
    names = [{step.name: step.key for step in side.values() if step.name} for side in (ours, theirs)]
    return clash + [name for name in names[0] if names[1].get(name, names[0][name]) != names[0][name]]


def renamed_by_both(maps: Versions) -> list[str]:
    """The stages to which both versions gave another name."""
    names = [{part.uid: part.name for part in version.parts} for version in maps]
    return [f"name of {uid}" for uid in known_stages(maps) if len({one[uid] for one in names}) == 3]


def check_rest(maps: Versions, here: Any, there: Any) -> None:
    """Check opportunities against the versions; none is removed."""
    for found in (here, there):
        ideas = {one["id"]: one["effort"] for one in found.get("opportunities") or ()}
        efforts = [{one.id: one.effort for one in version.ideas} for version in maps]
        assert ideas.keys() == efforts[1].keys() | efforts[2].keys()
        for id, effort in ideas.items():
            old, one, other = (version.get(id) for version in efforts)
            if old is None or old not in (one, other):
                assert effort in (one, other)
            else:
                assert effort == (other if old == one else one)


def check_reasons(maps: Versions, text: str) -> None:
    """Check that in each conflict both sides differ from the common version, and from each other."""
    named = [step for version in maps for step in version.steps().values() if step.name]
    excused = {token for step in named for token in tokens_of(step)} | doubtful(maps)
    unsure = unsure_places(maps)
    for uid, step in maps.base.steps().items():
        places = {version.places().get(uid) for version in maps}
        if is_asked_for(maps, step) or len(places) > 2 or uid in unsure:
            excused |= tokens_of(step)
    for found in CONFLICT.finditer(text):
        one, old, other = ([line.strip(" \r") for line in part.split("\n")] for part in found.groups())
        assert one != other, f"no conflict: {found[0]}"
        assert one != old != other or excused.intersection(TOKEN.findall(found[0])), f"no reason: {found[0]}"


def tokens_of(step: Step) -> set[str]:
    """The tokens of a touchpoint."""
    return {*TOKEN.findall(str(step)), step.uid}


def check_swapped(maps: Versions, result: Merged) -> None:
    """Check that the merge says the same the other way round."""
    again = merge_texts(maps.base.text(), maps.theirs.text(), maps.ours.text(), NAME)
    assert again, "left to git one way round only"
    assert bool(again.conflicts) == bool(result.conflicts), "conflicts one way round only"
    if not result.conflicts:
        assert steps(again.text).keys() == steps(result.text).keys(), "other touchpoints the other way round"


def is_asked_for(maps: Versions, step: Step) -> bool:
    """Whether an opportunity of a version names a touchpoint."""
    return any(version.is_needed(step) for version in maps)


def check_fields(uid: str, three: list[Step], here: Any, there: Any) -> list[str]:
    """Check the keys of a touchpoint that all versions have; return those that both changed differently.

    One without an id that got another title may be two in the merge, the old and the new one: each has its own values.
    """
    old = three[0]
    data = [step.data() for step in three]
    clash = []
    for key in {**data[0], **data[1], **data[2]}:
        values = [one.get(key) for one in data]
        known = [said(found, three[0]).get(key) for found in (here, there) if found]
        if values[1] == values[2]:
            expected = values[1:2]
        elif values[0] in values[1:]:
            changed, left = (values[2], three[1]) if values[0] == values[1] else (values[1], three[2])
            new_comments = {*left.above[key], *left.behind[key]} - {*old.above[key], *old.behind[key]}
            may_clash = any(step.name for step in three) or (
                new_comments and (changed is None or any(step.styles.get(key) for step in three))
            )
            expected = values[1:] if may_clash else [changed]
        elif key == "channel" and (wanted := joined(*values)) is not None:
            styles = {step.styles.get(key, "") for step in three}
            if styles == {""} and has_name(three) and not any(step.name for step in three):
                assert all(found is not None and set(listed(found)) == wanted for found in known), (uid, key, known)
            continue
        else:
            clash += [f"{uid}.{key}"] if has_name(three) else []
            expected = values[1:]
        if has_name(three):
            assert all(value in expected for value in known), (uid, key, known, expected)
    return clash


def has_name(three: list[Step]) -> bool:
    """Whether a touchpoint is surely known again: by its id, or by its title.

    Another one may have been removed and a new one written: what was moved by one and removed by the other goes.
    """
    return all(step.id for step in three) or len({step.title for step in three}) == 1


def said(found: dict[str, Any], step: Step) -> dict[str, Any]:
    """What a file says of a touchpoint, without its needs and an id that it does not write."""
    return {key: value for key, value in found.items() if key != "needs" and (key != "id" or step.id)}


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


def main(count: int, first: int = 0) -> int:
    """Check merges and print how they went; return how many are wrong."""
    results: Counter[str] = Counter()
    wrong = 0
    for seed in range(first, first + count):
        try:
            results[check(seed)] += 1
        except Exception as error:
            wrong += 1
            print(f"seed {seed}: {type(error).__name__}: {error}", flush=True)
    counts = ", ".join(f"{number:,} {result}" for result, number in sorted(results.items()))
    print(f"seeds {first} to {first + count - 1}: {count:,} merges: {counts}; {wrong:,} wrong", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(min(1, main(*(int(word) for word in sys.argv[1:] or ["10000"]))))
