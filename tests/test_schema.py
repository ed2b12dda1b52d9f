"""The JSON Schema: up to date, draft-07, with descriptions; it accepts valid journeys and rejects mistakes."""

from __future__ import annotations

import copy
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
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.linting import known_rules
from journeykit.model.json_schema import FILE, make_schema
from journeykit.model.schema_help import SNIPPETS
from journeykit.reading import read_text
from journeykit.reading.yaml_text import parse_yaml
from journeykit.source import KeyPath
from journeykit.templates import templates
from journeykit.vocabulary.channels import channels
from journeykit.vocabulary.feelings import feelings
from tests.cli.specimen import FULL, UNRATED
from tests.conftest import EXAMPLES, ROOT, examples
from tests.reading.test_mistakes import CASES

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


def is_limit(path: tuple[str, ...]) -> bool:
    """Whether a place is a limit or its condition, of keys that are described elsewhere."""
    return bool({"if", "then", "else", "dependencies"} & set(path[:-1]))


def test_every_property_says_what_it_is() -> None:
    for path, node in nodes(SCHEMA):
        if path[-1:] == ("properties",) and not is_limit(path):
            for name, described in node.items():
                if described is True:
                    continue  # which only says that the key is one, beside `required`
                assert len(described.get("description", "")) > 3, (path, name)
                assert described["description"].rstrip().endswith("."), (path, name)


def test_a_limited_key_is_not_suggested_twice() -> None:
    definitions = SCHEMA["definitions"]
    for path, node in nodes(SCHEMA):
        if path[-1:] != ("properties",) or not is_limit(path) or path[-2] not in ("then", "else"):
            continue
        for name, limit in node.items():
            if limit is True:
                continue  # which only says that the key is one, beside `required`
            limit = definitions[limit["$ref"].rpartition("/")[2]] if "$ref" in limit else limit
            assert "doNotSuggest" in limit or path[:3] == ("properties", "stages", "then"), (path, name)


def test_every_object_is_closed_or_meant_to_be_open() -> None:
    for path, node in nodes(SCHEMA):
        if "properties" in node and path[-1:] != ("properties",) and not is_limit((*path, "properties")):
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
            or is_limit(path)
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


def kpi(kind: str) -> str:
    return GOOD + f"kpis: [{{id: k, kind: {kind}}}]\n"


LIMITS = {
    "a number beside the scale": (changed("happy}", "happy, satisfaction: 9}"), "touchpoints/0/satisfaction", "of 2"),
    "a number beside the scale in a stage": (
        "title: T\npersona: P\nscale: 1..5\nstages: [{name: S, touchpoints: [{title: a, expected: 0}, b]}]\n",
        "stages/0/touchpoints/0/expected", "minimum of 1",
    ),
    "a target beside the scale": (
        GOOD + "opportunities: [{title: x, at: a, target: {a: 9}}]\n", "opportunities/0/target/a", "maximum of 2",
    ),
    "a mean beside its own scale": (
        changed("happy}", "happy, measured: {mean: 6, scale: 1..5}}"), "touchpoints/0/measured/mean", "maximum of 5",
    ),
    "a survey without a figure": (changed("happy}", "happy, measured: {n: 9}}"), "touchpoints/0/measured", "'mean' is"),
    "a survey with two figures": (
        changed("happy}", "happy, measured: {mean: 1, counts: {1: 9}}}"), "touchpoints/0/measured", "'counts' should",
    ),
    "a handoff to nobody": (
        changed("happy}", "happy, backstage: [{from: IT}]}"), "touchpoints/0/backstage/0", "'to' is a dependency",
    ),
    "a figure in words": (kpi("nps, value: good"), "kpis/0/value", "'good' does not match"),
    "an infinite figure": (kpi("count, value: .inf"), "kpis/0/value", "inf is greater"),
    "a number for a time": (kpi("resolution_time, value: 3"), "kpis/0/value", "not of type 'string'"),
    "a time for a number": (kpi("count, value: 4h"), "kpis/0/value", "'4h' does not match"),
    "a share of 85": (kpi("fcr, value: 85"), "kpis/0/value", "85 is greater"),
    "a share of 120 %": (kpi("csat, target: 120%"), "kpis/0/target", "'120%' does not match"),
    "an NPS of 200": (kpi("nps, value: 200"), "kpis/0/value", "maximum of 100"),
    "an NPS of five answers": (kpi("nps, scale: 1..5, value: 3"), "kpis/0/scale", "['0..10']"),
    "a figure in two forms": (kpi("csat, value: 80%, counts: {5: 3}"), "kpis/0", "'counts' should not"),
    "a part of a figure": (kpi("nps, passives: 3, promoters: 4"), "kpis/0", "'detractors' is a dependency"),
    "a key of another kind": (kpi("nps, top: 2, value: 3"), "kpis/0", "'top' should not be valid"),
    "an answer in words": (kpi("csat, counts: {a: 3}, scale: 1..5"), "kpis/0/counts", "'a' does not match"),
    "a time with one end": (kpi("duration, from: a"), "kpis/0", "'to' is a required property"),
    "a period in words": (kpi("nps, value: 3, period: spring"), "kpis/0/period", "'spring' does not match"),
    "a date in words": (GOOD + "sources: [{id: s, date: spring}]\n", "sources/0/date", "'spring' does not match"),
    "a month that no year has": (GOOD + "updated: '2026-13-01'\n", "updated", "does not match"),
    "an hour that no day has": (changed("happy}", "happy, at: day 0 25:00}"), "touchpoints/0/at", "does not match"),
    "a time from day 0 without a sign": (changed("happy}", "happy, at: 5min}"), "touchpoints/0/at", "does not match"),
    "an empty fact": (changed("persona: P", "persona: {name: P, facts: {age: ''}}"), "persona/facts/age", "non-empty"),
    "an empty consent": (GOOD + "privacy: {quotes: ''}\n", "privacy/quotes", "non-empty"),
    "the name of a language": (GOOD + "lang: german\n", "lang", "'german' does not match"),
    "weights beside a profile": (GOOD + "scoring: {profile: mean, weights: {mean: 1}}\n", "scoring", "'weights'"),
    "a picture on the web": (changed("happy}", "happy, image: 'http://a.b/c.png'}"), "touchpoints/0/image", "match"),
    "a journey by its title": (changed("happy}", "happy, journey: My Move}"), "touchpoints/0/journey", "match"),
}  # fmt: skip
"""What keys ask of each other, and of their values."""


@pytest.mark.parametrize("what", LIMITS)
def test_it_says_what_keys_ask_of_each_other(what: str) -> None:
    text, place, says = LIMITS[what]
    found = messages(text)
    assert list(found) == [place]
    assert says in found[place]
    assert read_text(text, "a.yaml").findings, "the reader takes what the schema refuses"


ACCEPTED_ONLY = {
    "a key or an answer that is given twice": GOOD + "title: U\n",
    "an id that is given twice, or is `end`": changed("b: sad", "{id: a, title: B}"),
    "an id that nothing has": changed("happy}", "happy, evidence: [nowhere]}"),
    "a feeling that is in no list and that the file does not define": changed("happy}", "meh}"),
    "a day that its month does not have": GOOD + "updated: 2026-02-31\n",
    "a time before the one above it, or a date among offsets": changed("happy}", "happy, at: +2d}").replace(
        "b: sad", "{title: B, at: +1d}"
    ),
    "a text of blanks": changed("title: T", "title: ' '"),
    "an empty mapping for a date or a time": GOOD + "updated: {}\n",
    "two titles in a short form": "title: T\npersona: P\ntouchpoints: [{a: happy, b: sad}, c]\n",
    "numbers that do not add up": kpi("csat, counts: {5: 3}, n: 4"),
    "shares or weights that do not add up to 1": GOOD + "scoring: {weights: {mean: 0.5}}\n",
    "an answer off the scale of its question, or a spread too wide for it": kpi("nps, counts: {11: 3}"),
    "a figure whose scale or top answers have to be stated": kpi("csat, counts: {4: 3}"),
    "a target of 85 for a share": kpi("fcr, value: 80%, target: 85"),
    "stages that have fewer than two touchpoints together": (
        "title: T\npersona: P\nstages: [{name: S, touchpoints: [a]}, {name: U, touchpoints: []}]\n"
    ),
}
"""What the schema takes and `validate` refuses, as docs/editors.md lists it."""
ONLY_VALIDATE = {
    "duplicate-key", "duplicate-id", "unknown-id", "unknown-feeling", "unreadable-date", "unreadable-time",
    "time-goes-back", "mixed-times", "sums-differ", "decision-shares", "bad-weights", "counts-off-scale", "too-short",
}  # fmt: skip
"""The rules of what they show, where a rule is about nothing else."""


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


def disagreement(text: str) -> str:
    """Say what only one of the schema and the reader refuses in a text; "" where they agree."""
    built = parse_yaml(text)
    if built.faults:
        return ""
    refused = {finding.rule for finding in read_text(text, "a.yaml").findings}
    if VALIDATOR.is_valid(built.data):
        return f"only validate refuses {refused}" if refused - ONLY_VALIDATE else ""
    return "" if refused else "only the schema refuses this"


OTHERWISE_LISTED = {
    "a slip in a key of a touchpoint in short": "two titles in a short form",
    "no space after the colon of an item in short": "two titles in a short form",
    "a space that is none in a touchpoint in short": "two titles in a short form",
    "end, which is where decisions lead": "an id that is given twice, or is `end`",
}
"""Mistakes that the schema takes, which have the rule of something that it refuses, and what they are in the list."""


@pytest.mark.parametrize("title", CASES)
def test_it_refuses_each_mistake_that_is_not_listed(title: str) -> None:
    found = disagreement(CASES[title].text)
    assert bool(found) == (title in OTHERWISE_LISTED), found


ALL_FIELDS = parse_yaml((ROOT / "tests" / "data" / "all_fields.journey.yaml").read_text(encoding="utf-8")).data


def places(data: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    if path:
        yield path
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(value, (*path, key))


VALUES: tuple[Any, ...] = (
    "", "word", "Two Words", "2026-02-31", "2026-03-01", "2026-13", "2026-Q3", "5m", "5min", "+5min", "PT4H", "30%",
    "130 %", "-1", "https://example.org", "ftp://x", "../b.yaml", [], [""], [1], {"a": 1}, {"a": ""}, {"5": 3}, True, 0,
    -1, 0.5, 4, 7, 2026, 12345, 1e18,
)  # fmt: skip
SPREADS = ("sd", "top", "target")
"""Keys whose limit depends on other numbers, as the list says."""


@settings(max_examples=examples(2000))
@given(st.sampled_from(list(places(ALL_FIELDS))), st.sampled_from(VALUES), st.booleans())
def test_schema_and_reader_agree_on_a_value_anywhere(path: KeyPath, value: Any, remove: bool) -> None:
    """A journey with every field, in which one value is another one, or is gone."""
    data = copy.deepcopy(ALL_FIELDS)
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    if remove:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    found = disagreement(json.dumps(data))
    assert not found or path[-1] in SPREADS


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
