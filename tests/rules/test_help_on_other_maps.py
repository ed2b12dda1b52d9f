"""The help of a rule holds in maps that nobody wrote for it: a full map with any part of it missing."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.linting import lint
from journeykit.reading import read_file, read_text
from journeykit.rules import Subject, all_rules
from journeykit.source import KeyPath
from tests.conftest import examples
from tests.rules import test_help
from tests.rules.test_help import FOLLOWED, PROSE, TODAY, Case, plain, snippets

PARSED = read_file(Path(__file__).parents[1] / "data" / "all_fields.journey.yaml").yaml
assert PARSED
DATA = PARSED.data


def paths(data: object, path: KeyPath = ()) -> list[KeyPath]:
    """Return the path of every value but the whole."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    below = [found for key, value in items for found in paths(value, (*path, key))]
    return [path, *below] if path else below


def without(path: KeyPath) -> str:
    data = copy.deepcopy(DATA)
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


@settings(max_examples=examples(40))
@given(st.sampled_from(paths(DATA)))
def test_help_can_be_followed_where_a_part_of_a_map_is_missing(path: KeyPath) -> None:
    document = read_text(without(path), "a.journey.yaml")
    if document.journey is None:
        return
    subject = Subject(document.journey, document.source, TODAY)
    for id in all_rules():
        for hit in subject.hits(id):
            for snippet in snippets(hit.help) - PROSE.get(id, set()):
                way = FOLLOWED.get(id, {}).get(snippet) or plain(snippet)
                assert way, (id, snippet, hit.help)
                for action in [way] if callable(way) else way:
                    test_help._follow(id, Case(document, hit, id), action)


def test_a_suppression_that_finds_nothing_is_removed_as_its_help_says() -> None:
    comment = "  # journeykit: ignore[jargon] in June"
    text = f"title: I get it\npersona: P\ntouchpoints:\n  - I call: calm{comment}\n  - I go: calm\n"

    def found(text: str) -> dict[str, str]:
        document = read_text(text, "a.journey.yaml")
        return {one.rule: one.help for one in lint(document, today=date(2026, 6, 1)).findings}

    before, after = found(text), found(text.replace(comment, ""))
    assert "remove" in before.pop("unused-suppression")
    assert before == after
