"""The JSON Schema: up to date, draft-07, with descriptions; it accepts valid journeys and rejects mistakes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from benchmarks.generate import journey
from benchmarks.notation import as_yaml

from journeykit.linting import known_rules
from journeykit.model.json_schema import FILE, make_schema
from journeykit.model.schema_help import SNIPPETS
from journeykit.reading import read_text
from journeykit.reading.yaml_text import parse_yaml
from journeykit.templates import templates
from journeykit.vocabulary.channels import channels
from journeykit.vocabulary.feelings import feelings
from tests.cli.specimen import FULL, UNRATED
from tests.conftest import EXAMPLES, ROOT

SCHEMA = json.loads(files("journeykit.model").joinpath(FILE).read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
GOOD = "title: T\npersona: P\ntouchpoints:\n  - {id: a, title: A, feeling: happy}\n  - b: sad\n"


def messages(text: str) -> dict[str, str]:
    """What a validator of JSON Schema says about a journey, by place."""
    built = parse_yaml(text)
    assert built.faults == []
    return {"/".join(map(str, error.path)): error.message for error in VALIDATOR.iter_errors(built.data)}


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def test_the_stored_schema_is_the_one_that_the_models_make() -> None:
    assert make_schema() == SCHEMA, "run python -m journeykit.model.json_schema"


def test_it_is_valid_draft_07() -> None:
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def nodes(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    if isinstance(schema, dict):
        yield path, schema
        for key, value in schema.items():
            yield from nodes(value, (*path, key))
    elif isinstance(schema, list):
        for number, value in enumerate(schema):
            yield from nodes(value, (*path, str(number)))


def test_it_keeps_to_what_other_tools_explain_well() -> None:
    for path, node in nodes(SCHEMA):
        assert not {"oneOf", "discriminator", "$defs", "prefixItems", "unevaluatedProperties"} & node.keys(), path
        if "$ref" in node and path[-1:] != ("properties",):
            assert set(node) == {"$ref"}, f"draft-07 ignores what stands beside a $ref: {path}"
            name = node["$ref"].removeprefix("#/definitions/")
            assert name in SCHEMA["definitions"]


LIMIT = ("properties", "stages", "then", "items")
"""A further limit of stages, which are described elsewhere."""


def test_every_property_says_what_it_is() -> None:
    for path, node in nodes(SCHEMA):
        if path[-1:] == ("properties",) and path[:-1] != LIMIT:
            for name, described in node.items():
                if described is True:
                    continue  # which only says that the key is one, beside `required`
                assert len(described.get("description", "")) > 3, (path, name)
                assert described["description"].rstrip().endswith("."), (path, name)


def test_every_object_is_closed_or_meant_to_be_open() -> None:
    for path, node in nodes(SCHEMA):
        if "properties" in node and path[-1:] != ("properties",) and path != LIMIT:
            if True in node["properties"].values():
                continue
            assert "additionalProperties" in node, path


@pytest.mark.parametrize("name", sorted(templates()))
def test_it_takes_the_template_and_every_example(name: str) -> None:
    assert messages(templates()[name].read_text(encoding="utf-8")) == {}


@pytest.mark.parametrize("text", [FULL, UNRATED, GOOD], ids=["full", "unrated", "good"])
def test_it_takes_the_journeys_of_the_tests(text: str) -> None:
    assert messages(text) == {}


@pytest.mark.parametrize("id", sorted(known_rules()))
def test_it_takes_the_examples_of_a_rule(id: str) -> None:
    for which in ("Bad", "Good"):
        assert messages(known_rules()[id].example(which)) == {}


@pytest.mark.parametrize("number", range(25))
def test_it_takes_generated_journeys(number: int) -> None:
    assert messages(as_yaml(journey(7, number))) == {}


BROKEN = {
    "a key that there is not": (GOOD + "chanels: {}\n", "", "'chanels' was unexpected"),
    "no title": (GOOD.replace("title: T\n", ""), "", "'title' is a required property"),
    "no persona": (GOOD.replace("persona: P\n", ""), "", "'persona' is a required property"),
    "neither stages nor touchpoints": ("title: T\npersona: P\n", "", "'touchpoints' is a required property"),
    "both": (GOOD + "stages: [{name: S, touchpoints: [a, b]}]\n", "", "'touchpoints' should not be valid under"),
    "one touchpoint in a stage": (
        "title: T\npersona: P\nstages: [{name: S, touchpoints: [a]}]\n", "stages/0/touchpoints", "too short",
    ),
    "no stage": ("title: T\npersona: P\nstages: []\n", "stages", "[]"),
    "an address that is none": (changed("happy}", "happy, links: [foo]}"), "touchpoints/0/links/0", "does not match"),
    "one touchpoint": ("title: T\npersona: P\ntouchpoints: [a]\n", "touchpoints", "too short"),
    "touchpoints as a mapping": ("title: T\npersona: P\ntouchpoints: {a: happy}\n", "touchpoints", "'array'"),
    "a stage without a name": ("title: T\npersona: P\nstages: [{touchpoints: [a, b]}]\n", "stages/0", "'name' is a"),
    "a touchpoint without a title": (changed("b: sad", "channel: phone"), "touchpoints/1", "'title' is a required"),
    "an empty touchpoint": (changed("b: sad", "{}"), "touchpoints/1", "'title' is a required property"),
    "a mistyped key": (changed("feeling", "feelng"), "touchpoints/0", "'feelng' was unexpected"),
    "a mistyped key beside others": (changed("happy}", "happy, chanel: x}"), "touchpoints/0", "'chanel' was"),
    "a number out of range": (changed("happy}", "happy, importance: 9}"), "touchpoints/0/importance", "maximum of 5"),
    "a word for a number": (changed("happy}", "happy, importance: high}"), "touchpoints/0/importance", "'number'"),
    "a number for a word": (changed("title: T", "title: 5"), "title", "not of type 'string'"),
    "an empty title": (changed("title: T", "title: ''"), "title", "''"),
    "minutes or months": (changed("happy}", "happy, wait: 5m}"), "touchpoints/0/wait", "'5m' does not match"),
    "a time without a sign": (changed("happy}", "happy, at: soon}"), "touchpoints/0/at", "'soon' does not match"),
    "an id with a blank": (changed("id: a", "id: A b"), "touchpoints/0/id", "'A b' does not match"),
    "a word that is no choice": (GOOD + "state: now\n", "state", "'now' is not one of ['current', 'future']"),
    "a scale that there is not": (GOOD + "scale: 1..6\n", "scale", "'1..6' is not one of"),
    "a date with small months": (GOOD + "updated: 2026-3-2\n", "updated", "does not match"),
    "a newer format": ("journeykit: 2\n" + GOOD, "journeykit", "maximum of 1"),
    "a persona without a name": (changed("persona: P", "persona: {facts: {age: 3}}"), "persona", "'name' is a"),
    "a persona as a list": (changed("persona: P", "persona: [P]"), "persona", "not of type 'object'"),
    "an opportunity without a place": (GOOD + "opportunities: [{title: x}]\n", "opportunities/0", "'at' is a required"),
    "a kind of source": (GOOD + "sources: [{id: s, kind: gossip}]\n", "sources/0/kind", "'gossip' is not one of"),
    "a kind of kpi": (GOOD + "kpis: [{id: k, kind: csat2, value: 3}]\n", "kpis/0/kind", "'csat2' is not one of"),
    "evidence as text": (GOOD + "evidence: s\n", "evidence", "not of type 'array'"),
    "an answer that leads nowhere": (
        changed("happy}", "happy, decision: {question: q, options: [{answer: x}]}}"),
        "touchpoints/0/decision/options/0", "'to' is a required property",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_it_refuses_what_is_broken_in_a_short_message_at_the_place(what: str) -> None:
    text, place, says = BROKEN[what]
    found = messages(text)
    assert list(found) == [place]
    assert says in found[place]
    assert len(found[place]) < 300
    assert read_text(text, "a.yaml").findings, "the reader takes what the schema refuses"


def test_patterns_are_understood_by_other_languages() -> None:
    for _, node in nodes(SCHEMA):
        if isinstance(pattern := node.get("pattern"), str):
            assert re.compile(pattern)
            assert not re.search(r"\\[dwsAZ]|\(\?P|\(\?[a-z]+\)", pattern.replace(r"\S", "")), pattern


def suggested(schema: dict[str, Any]) -> list[str]:
    """The words that editors complete at a place: those of an enumeration beside which anything goes."""
    words, anything = schema["anyOf"]
    assert anything == {}
    found: list[str] = SCHEMA["definitions"][words["$ref"].removeprefix("#/definitions/")]["enum"]
    return found


def test_feelings_and_channels_are_suggested_where_they_are_written() -> None:
    touchpoint = SCHEMA["definitions"]["Touchpoint"]["properties"]
    shorthand = SCHEMA["definitions"]["TouchpointShorthand"]["additionalProperties"]
    items = touchpoint["feeling"]["then"]["items"]
    for place in (touchpoint["feeling"], items, touchpoint["expected"], shorthand):
        assert suggested(place) == [feeling.word for feeling in feelings()]
    prefers = SCHEMA["definitions"]["Persona"]["properties"]["prefers"]["items"]
    feedback = SCHEMA["definitions"]["Feedback"]["properties"]["channel"]
    for place in (touchpoint["channel"], touchpoint["channel"]["then"]["items"], prefers, feedback):
        assert suggested(place) == list(channels())


@pytest.mark.parametrize(
    "touchpoint",
    ["feeling: meh", "feeling: [meh, frustriert]", "expected: meh", "expected: 2", "channel: kiosk",
     "channel: [Live Chat, kiosk]"],
)  # fmt: skip
def test_words_of_ones_own_are_as_good_as_suggested_ones(touchpoint: str) -> None:
    assert messages(changed("feeling: happy}", f"{touchpoint}}}")) == {}


DEGREES = {"low", "1..5"}
"""Words of choices that say themselves what they mean: degrees and scales."""


def test_every_choice_says_what_its_words_mean() -> None:
    for path, node in nodes(SCHEMA):
        words = node.get("enum")
        if (
            not isinstance(words, list)
            or DEGREES & set(words)
            or path[-1] == "icon"
            or path[0] == "definitions" == path[-2]
        ):
            continue
        meant = node["enumDescriptions"]
        assert len(meant) == len(words) == len(set(meant)), path
        assert all(one.endswith(".") for one in meant), path


def test_snippets_hold_keys_that_there_are() -> None:
    for name, snippets in SNIPPETS.items():
        assert SCHEMA["definitions"][name]["defaultSnippets"]
        for _, _, body in snippets:
            assert body.keys() <= SCHEMA["definitions"][name]["properties"].keys()


def test_patterns_say_in_words_what_to_write() -> None:
    silent = [path for path, node in nodes(SCHEMA) if "pattern" in node and "patternErrorMessage" not in node]
    assert silent == []


def test_it_has_the_name_that_schemastore_gives_it() -> None:
    assert SCHEMA["$id"] == "https://www.schemastore.org/journeykit.json"
    assert not re.search(r'"(?:description|title)": ".*?:"', json.dumps(SCHEMA, indent=1)), "SchemaStore refuses that"


ACCEPTED_ONLY = {
    "a key that is given twice": GOOD + "title: U\n",
    "an id that is given twice, or is `end`": changed("b: sad", "{id: a, title: B}"),
    "an id that nothing has": changed("happy}", "happy, evidence: [nowhere]}"),
    "a feeling that is in no list and that the file does not define": changed("happy}", "meh}"),
    "a number beside the scale": changed("happy}", "happy, satisfaction: 9}"),
    "a day that no month has": changed("happy}", "happy, at: 2026-02-31}"),
    "a text of blanks": changed("title: T", "title: ' '"),
    "two titles in a short form": "title: T\npersona: P\ntouchpoints: [{a: happy, b: sad}, c]\n",
    "a figure of a KPI in words, or infinite": GOOD + "kpis: [{id: k, kind: nps, value: good}]\n",
    "a date of a source or a period in words": GOOD + "sources: [{id: s, kind: survey, date: spring}]\n",
    "an empty fact of a persona, or an empty consent": GOOD + "privacy: {quotes: ''}\n",
    "an empty mapping for a date or a time": GOOD + "updated: {}\n",
    "stages that have fewer than two touchpoints together": (
        "title: T\npersona: P\nstages: [{name: S, touchpoints: [a]}, {name: U, touchpoints: []}]\n"
    ),
}
"""What the schema takes and `validate` refuses, as docs/editors.md lists it."""


@pytest.mark.parametrize("what", ACCEPTED_ONLY)
def test_what_the_schema_takes_and_validate_refuses_is_listed(what: str) -> None:
    text = ACCEPTED_ONLY[what]
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    assert re.search(rf"^- {re.escape(what)}[;.:]", page, re.MULTILINE)
    assert list(VALIDATOR.iter_errors(parse_yaml(text).data)) == []
    assert read_text(text, "a.yaml").findings


def test_the_list_of_what_only_validate_refuses_is_whole() -> None:
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    _, _, listed = page.partition("What the schema takes and `validate` refuses")
    assert re.findall(r"^- ([^;.:]+)[;.:]", listed.split("\n## ")[0], re.MULTILINE) == list(ACCEPTED_ONLY)


def check_jsonschema(*paths: Path) -> tuple[int, str]:
    schema = ROOT / "src" / "journeykit" / "model" / FILE
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *map(str, paths)],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_check_jsonschema_takes_the_examples() -> None:
    assert check_jsonschema(*sorted(EXAMPLES.glob("*.yaml"))) == (0, "ok -- validation done\n")


def test_check_jsonschema_refuses_what_is_broken_in_the_same_words(tmp_path: Path) -> None:
    broken = {tmp_path / f"{number}.yaml": what for number, what in enumerate(BROKEN)}
    for path, what in broken.items():
        path.write_text(BROKEN[what][0], encoding="utf-8")
    status, said = check_jsonschema(*broken)
    assert status == 1
    for path, what in broken.items():
        (line,) = [line for line in said.splitlines() if f"/{path.name}::" in line]
        assert BROKEN[what][2] in line, what
