"""Layout: what a file says stays, its comments stay, and it looks as an author would have written it."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from journeykit.changing.channel_names import channel_edits
from journeykit.changing.fmt import format_journey
from journeykit.changing.layout import canonical_layout
from journeykit.changing.order import KeyLayout, journey_shape
from journeykit.linting import lint
from journeykit.linting.suppression import comments_of
from journeykit.model import Journey
from journeykit.reading import read_text
from journeykit.reading.yaml_text import parse_yaml
from journeykit.source import Position, Source
from tests.changing.many_layouts import changed
from tests.changing.many_layouts import check as check_text
from tests.conftest import EXAMPLES, ROOT, examples
from tests.reading.styles import Writer, documents

START = "title: T\npersona: P\n"
END = "touchpoints:\n  - I call: frustrated\n  - It works: relieved\n"
DAY = date(2028, 1, 1)


def fmt(text: str) -> str:
    """The text in canonical layout; it must not change the second time."""
    document = read_text(text, "a.yaml")
    assert document.findings == ()
    found = format_journey(document)
    assert found.problem == ""
    assert format_journey(read_text(found.text, "a.yaml")).text == found.text
    return found.text


def same(one: Any, other: Any) -> bool:
    """Whether data is equal, the order of lists and the types of values included, that of keys not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return repr(one) == repr(other)


def comments(text: str) -> Counter[str]:
    """All comments of a text."""
    return Counter(comment.text.rstrip() for comment in comments_of(Source("", text, parse_yaml(text).root)))


def check(text: str) -> None:
    """A text of any mapping keeps its data and comments, and is laid out once and for all."""
    old = parse_yaml(text)
    if old.faults or old.root is None:
        return
    new_text = canonical_layout(text, old.root)
    new = parse_yaml(new_text)
    assert new.faults == []
    assert same(new.data, old.data)
    assert comments(new_text) == comments(text)
    assert new.root is not None
    assert canonical_layout(new_text, new.root) == new_text
    assert not any(line.endswith(" ") and "#" in line for line in new_text.split("\n"))


KEYS = st.sampled_from(
    ["title", "id", "persona", "touchpoints", "stages", "channel", "feeling", "note", "name", "at", "x y"]
)
VALUES = st.recursive(
    st.one_of(
        st.sampled_from(["a", "b c", "a\nb\n", "a\n\n", "x: y", "#z", "", "it's", " l", None]), st.integers(0, 9)
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(documents(st.dictionaries(KEYS, VALUES, min_size=1, max_size=6)))
def test_meaning_and_comments_stay_in_every_style(found: tuple[Any, str]) -> None:
    check(found[1])


@given(documents())
def test_meaning_and_comments_stay_whatever_the_keys(found: tuple[Any, str]) -> None:
    check(found[1])


class Directing(Writer):
    """Writes comments that speak to lint among the others."""

    def comment(self) -> str:
        rule = self.random.choice(["missing-feeling", "bare-endpoint", "missing-channel", "stale-map"])
        return f"  # journeykit: ignore[{rule}] why" if self.chance(6) else super().comment()

    def noise(self, indent: int) -> str:
        return " " * indent + self.comment().lstrip() + "\n" if self.chance(6) else ""


def shuffled(value: Any, order: random.Random) -> Any:
    """Data with its keys in any order."""
    if isinstance(value, dict):
        items = list(value.items())
        order.shuffle(items)
        return {key: shuffled(item, order) for key, item in items}
    return [shuffled(item, order) for item in value] if isinstance(value, list) else value


FILES = [*EXAMPLES.glob("*.yaml"), *(ROOT / "tests" / "rules").glob("*/*.yaml")]
DATA = [parse_yaml(path.read_text(encoding="utf-8")).data for path in FILES]


LONE_DASH = re.compile(
    r"^ *# journeykit:.*\n(?: *#.*\n)* *- *(?:#.*)?$|^ *- *# journeykit:|^ *- *\n *# journeykit:", re.MULTILINE
)
"""A suppression comment at an empty dash: it has an effect only after `fmt`, as intended."""


@given(st.sampled_from(DATA), st.integers(0, 2**32))
def test_lint_says_the_same_before_and_after(data: dict[str, Any], seed: int) -> None:
    text = Directing(seed).document(shuffled(data, random.Random(seed)))
    before = read_text(text, "a.yaml")
    if before.journey is None or LONE_DASH.search(text):
        return
    if channel_edits(before.source, before.journey):  # they mend findings
        return
    after = read_text(fmt(text), "a.yaml")
    assert after.journey == before.journey
    old, new = lint(before, today=DAY), lint(after, today=DAY)
    assert Counter((one.rule, one.path, one.message) for one in new.findings) == Counter(
        (one.rule, one.path, one.message) for one in old.findings
    )
    assert new.suppressed == old.suppressed


MAPS = [*EXAMPLES.glob("*.yaml"), *(ROOT / "src" / "journeykit" / "templates").glob("*.yaml")]


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.name)
def test_what_we_ship_is_in_canonical_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert fmt(text) == text


def test_every_field_has_its_place() -> None:
    def fields(model: Any) -> set[str]:
        return {field.alias or name for name, field in model.model_fields.items()}

    shape = journey_shape()
    assert set(shape.ranks) == fields(Journey) | {"touchpoints"}
    touchpoint = shape.fields["touchpoints"]
    assert list(touchpoint.ranks)[:2] == ["id", "title"]
    assert list(touchpoint.ranks)[-2:] == ["backstage", "decision"]
    assert list(touchpoint.fields["backstage"].ranks)[:4] == ["team", "from", "to", "does"]
    assert shape.fields["stages"].fields["touchpoints"] == touchpoint
    assert shape.fields["channels"].ranks == {}
    assert shape.fields["channels"].each == KeyLayout({"name": 0, "pros": 1, "cons": 2, "ideal_for": 3})


def test_keys_of_every_part_are_ordered() -> None:
    text = (
        "touchpoints:\n"
        "- feeling: angry\n  backstage:\n  - does: looks\n    team: IT\n  channel: phone\n  title: I call\n  id: a\n"
        "- channel: web\n  It works: relieved\n"
        "persona:\n    wants: [b, a]\n    name: P\n    facts: {z: 1, a: 2}\n"
        "title: T\n"
    )
    assert fmt(text) == (
        "title: T\n"
        "persona:\n  name: P\n  facts: {z: 1, a: 2}\n  wants: [b, a]\n"
        "touchpoints:\n"
        "  - id: a\n    title: I call\n    channel: phone\n    feeling: angry\n    backstage:\n"
        "      - team: IT\n        does: looks\n"
        "  - It works: relieved\n    channel: web\n"
    )


def cases() -> dict[str, tuple[str, str]]:
    """Texts before and after, by what they show."""
    found = {}
    for case in (Path(__file__).parent / "layouts.txt").read_text(encoding="utf-8").split("\n=== ")[1:]:
        name, _, texts = case.partition("\n")
        before, after = texts.replace("·", " ").split("--->\n")
        found[name] = before, after.rstrip("\n") + "\n"
    return found


CASES = cases()


@pytest.mark.parametrize("case", CASES)
def test_layout(case: str) -> None:
    before, after = CASES[case]
    assert fmt(before) == after


def test_what_opens_a_file_stays_at_the_top() -> None:
    top = "# yaml-language-server: $schema=journey.json\n# Licence: MIT\n"
    assert fmt(f"{top}persona: P\n# the title\ntitle: T\n{END}") == f"{top}# the title\ntitle: T\npersona: P\n{END}"
    marked = "%YAML 1.2\n# c\n--- # here\n"
    assert (
        fmt(f"{marked}persona: P\ntitle: T\n{END}...\n# after\n")
        == f"{marked}title: T\npersona: P\n{END}...\n# after\n"
    )


def test_the_version_is_no_comment_to_lint() -> None:
    assert fmt(f"title: T\njourneykit: 1\npersona: P\n{END}") == f"journeykit: 1\ntitle: T\npersona: P\n{END}"
    assert fmt("{title: T, journeykit: 1, persona: P, touchpoints: [a, b]}\n").startswith("journeykit: 1\ntitle: T\n")


def test_a_comment_to_lint_on_the_whole_file_holds_nothing_in_its_place() -> None:
    top = "# journeykit: ignore-file[stale-map] we know\n"
    assert fmt(f"{top}persona: P\ntitle: T\n{END}") == f"{top}title: T\npersona: P\n{END}"
    top = top.replace("-file", "")
    assert fmt(f"{top}persona: P\ntitle: T\n{END}") == f"{top}persona: P\ntitle: T\n{END}"


def test_json_becomes_yaml() -> None:
    text = '{\n\t"persona": {"name": "P"},\n  "title": "T",\n  "touchpoints": ["I call", {"title": "It works"}]\n}\n'
    assert fmt(text.replace("\t", "  ")) == (
        '"title": "T"\n"persona": {"name": "P"}\n"touchpoints":\n  - "I call"\n  - "title": "It works"\n'
    )


def test_a_text_at_the_end_without_a_line_break_says_the_same() -> None:
    assert fmt(START + END + "note: |\n  a") == "title: T\nnote: |-\n  a\npersona: P\n" + END
    assert fmt(START + END + "privacy:\n  retention: |+\n    1y\n\n\n  ") == (
        START + END + "privacy:\n  retention: |+\n    1y\n\n\n"
    )
    assert fmt(START + END + "privacy:\n  retention: |+\n    1y\n\n\n") == (
        START + END + "privacy:\n  retention: |+\n    1y\n\n\n"
    )


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_lines_keep_their_kind_of_break(line_break: str) -> None:
    text = "persona: P # who\ntitle: T\nnote: |\n    a\n    b\n" + END
    found = fmt(text.replace("\n", line_break))
    assert found == ("title: T\nnote: |\n  a\n  b\npersona: P # who\n" + END).replace("\n", line_break)


def test_mixed_breaks_become_those_of_the_first_line() -> None:
    assert fmt("title: T\r\npersona: P\n" + END) == (START + END).replace("\n", "\r\n")


def test_a_key_written_with_a_question_mark_is_left_and_said() -> None:
    text = "? title\n: T\npersona: P\n" + END
    found = format_journey(read_text(text, "a.yaml"))
    assert found.text == text
    problem = "a key written with ? has no canonical layout"
    assert (found.problem, tuple(found.at), found.broken) == (problem, (1, 3), False)


def test_a_layout_that_would_change_the_meaning_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read_text(START + "note: old\n" + END, "a.yaml")
    monkeypatch.setattr("journeykit.changing.fmt.canonical_layout", lambda text, _: text.replace("old", "new"))
    problem = "the canonical layout would change this value"
    assert format_journey(document) == (document.source.text, problem, Position(3, 7), True)
    document = read_text(START + "note: old # why\n" + END, "a.yaml")
    monkeypatch.setattr("journeykit.changing.fmt.canonical_layout", lambda text, _: text.replace("# why", ""))
    problem = "the canonical layout would lose this comment"
    assert format_journey(document) == (document.source.text, problem, Position(3, 11), True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- {title: Wow!,channel: telephone}", "- title: Wow!\n    channel: phone"),
        ("- {title: Wow, channel: telephone}# c", "# c\n  - title: Wow\n    channel: phone"),
        ('- "k"#c', '- "k" #c'),
        (
            "- title: k\n    place: 'n'#c\n    why: |# d\n      w",
            "- title: k\n    place: 'n' #c\n    why: | # d\n      w",
        ),
        ("- {title: k,\n    tags: [a,#x\n    b]#y\n    }# c", "- {title: k,\n    tags: [a,#x\n    b]#y\n    } # c"),
    ],
)
def test_comments_without_a_space_before_them_stay_and_get_one(before: str, after: str) -> None:
    start, end = START + "touchpoints:\n  ", "\n  - It works\n"
    assert fmt(start + before + end) == start + after + end


@settings(
    max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(st.integers(0, 2**32))
def test_nothing_is_lost_in_files_that_were_changed_at_random(seed: int) -> None:
    text = changed(seed)
    assume(read_text(text, "a.yaml").journey)
    assert check_text(text) in ("formatted", "left as it is")
