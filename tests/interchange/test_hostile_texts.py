"""Whatever a text or a JSON holds: it becomes a valid journey, or a message says why not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.errors import UsageError
from journeykit.interchange import Given, guess_format, named_format
from journeykit.interchange.exported import export
from journeykit.interchange.imported import settle
from journeykit.reading import load
from tests.conftest import EXAMPLES, examples
from tests.interchange.test_cjml import GENERATED, LIBRARY
from tests.interchange.test_foreign import LIBRARY as TABLES
from tests.interchange.test_foreign import TRAM
from tests.interchange.test_mermaid import ROUTER
from tests.interchange.test_milestones import WORKSPACE
from tests.interchange.test_other_formats import STUDIO, figjam
from tests.interchange.test_sb import LIGHTS

JOB = load(EXAMPLES / "my-new-job.journey.yaml")
TEXTS = {
    "cjml": LIBRARY, "generator": GENERATED, "markdown": TABLES, "csv": TRAM, "mermaid": ROUTER,
    "milestones": WORKSPACE, "enablement-map": STUDIO, "sb": json.dumps(LIGHTS),
    "board": figjam("TABLE"), "notes": figjam("STICKY"),
    "own csv": export(JOB, named_format("csv")).data.decode(),
}  # fmt: skip
DOCUMENTS: dict[str, Any] = {
    "sb": LIGHTS, "board": json.loads(figjam("TABLE")), "notes": json.loads(figjam("STICKY")),
    "json": json.loads(export(JOB, named_format("json")).data),
    "miro": json.loads(export(JOB, named_format("miro")).data),
}  # fmt: skip
PIECES = ["", "\n", "\n\n", ":", "- ", "  ", "|", ",", ";", '"', "'", "#", "→", "<", ">", "&", "]]>", "\t", "\0", "😀",
          "=1+1", "- x:\n    - y", "---\n", "\u2028", "9" * 400,
          "-", "{", "[", "true", "null", "end", "a" * 300]  # fmt: skip
VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    1e400,
    "",
    "x",
    [],
    {},
    [None],
    [[]],
    {"a": 1},
    ["x", {}],
    {"en": None},
    "x\ny",
    "é" * 99,
]


def outcome(name: str, data: bytes) -> None:
    """Import a file; only a message for its user may be raised."""
    asked = Given(name, data)
    try:
        form = guess_format(asked)
        for draft in form.read(asked) if form and form.read else ():
            found = settle(draft, name)
            assert found.document.journey is not None
    except UsageError as error:
        assert str(error)


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=examples(100))
@given(st.data())
def test_a_text_that_was_changed_anywhere(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + data.draw(st.sampled_from(PIECES)) + text[end:]
    outcome("map.txt", text.encode("utf-8", "surrogatepass"))


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """All holders in data with the keys and numbers of what they hold."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    for key, one in pairs:
        yield value, key
        yield from places(one)


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=examples(100))
@given(st.data())
def test_json_with_values_of_other_kinds(name: str, data: st.DataObject) -> None:
    document = deepcopy(DOCUMENTS[name])
    for _ in range(data.draw(st.integers(1, 3))):
        found = list(places(document))
        holder, key = found[data.draw(st.integers(0, len(found) - 1))]
        holder[key] = deepcopy(data.draw(st.sampled_from(VALUES)))
        if not document:
            break
    outcome("map.json", json.dumps(document).encode())
