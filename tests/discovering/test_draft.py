"""The draft of a map: what a log knows stands in it, what it does not know is left out; and it is valid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from journeykit.data.questions import Wanted
from journeykit.discovering.draft import Drafted, Drafting, Sayings
from journeykit.discovering.words import words
from journeykit.model import Journey
from tests.discovering.naive import Event
from tests.discovering.test_figures import cases, course_of
from tests.sources.reading import source

NEVER = ("feeling", "satisfaction", "expected", "importance", "moment_of_truth", "churn_risk", "outcome", "why", "by")


def drafted(folder: Path, events: list[Event], wanted: Wanted | None = None, **settings: Any) -> Drafted:
    figures = course_of(folder, events, wanted, **settings)
    said = source(folder, **{"kind": "events", "case": "c", "activity": "a", "at": "t", **settings}).activities
    return Drafting(figures, Sayings(said)).draft()


def points(found: Drafted) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in found.data["touchpoints"]}


def test_what_a_log_knows_and_no_more(tmp_path: Path) -> None:
    found = drafted(tmp_path, cases(("abc", 60), ("ac", 30), ("abab", 10), ("ax", 7)))
    journey = Journey.model_validate({**found.data, "id": "it"})
    assert (journey.basis, journey.status, journey.persona.name) == ("measured", "draft", "Everyone in it")
    assert [one.title for one in journey.touchpoints] == ["a", "b", "c", "x"]
    assert [one.reach for one in journey.touchpoints] == [1, 0.65, 0.84, 0.07]
    for point in found.data["touchpoints"]:
        assert not set(NEVER) & set(point)
    assert points(found)["a"]["data"] == {"it": "a"}
    assert "goals" not in found.data and "stages" not in found.data
    (kpi, *_) = journey.kpis
    assert (kpi.id, kpi.kind, kpi.at, kpi.n) == ("after-a", "duration", ("a",), 117)
    assert journey.sources[0].n == 107 and journey.sources[0].kind == "ticket"


def test_a_decision_where_two_ways_part(tmp_path: Path) -> None:
    found = points(drafted(tmp_path, cases(("abc", 70), ("acb", 20), ("a", 10))))
    assert found["a"]["decision"] == {
        "question": "What happens next?", "who": "unknown",
        "options": [
            {"answer": "b", "to": "b", "share": 0.7}, {"answer": "c", "to": "c", "share": 0.2},
            {"answer": "It ends", "to": "end", "share": 0.1},
        ],
    }  # fmt: skip
    rest = points(drafted(tmp_path, cases(("ab", 140), ("ac", 50), ("ax", 6), ("ay", 4))))["a"]["decision"]
    assert rest["other"] == 0.05, "6 of 200 are too small a share, 4 too few"
    assert "decision" not in points(drafted(tmp_path, cases(("ab", 96), ("ac", 4))))["a"]


def test_times_are_those_of_the_most_frequent_way_and_never_go_back(tmp_path: Path) -> None:
    found = points(drafted(tmp_path, cases(("abd", 50), ("acd", 30), hours=2)))
    assert {id: one.get("at") for id, one in found.items()} == {"a": "0h", "b": "+2h", "c": None, "d": "+4h"}


def test_stages_of_a_column(tmp_path: Path) -> None:
    def stages(of: dict[str, str]) -> Drafted:
        events = [one._replace(channel=of[one.activity]) for one in cases(("abcd", 40))]
        return drafted(tmp_path, events, Wanted(frozenset({"course"}), stage="channel"))

    found = stages({"a": "Before", "b": "Before", "c": "During", "d": "During"})
    assert [(one["name"], len(one["touchpoints"])) for one in found.data["stages"]] == [("Before", 2), ("During", 2)]
    split = stages({"a": "Before", "b": "During", "c": "Before", "d": "During"})
    assert "stages" not in split.data and split.told == ("no stages: they stand at several places of the order",)
    assert "stages" not in stages({"a": "Before", "b": "Before", "c": "During", "d": ""}).data


def test_channels(tmp_path: Path) -> None:
    by_event = [
        one._replace(channel={"a": "Telefon", "b": "Fax machine", "c": ""}[one.activity]) for one in cases(("abc", 40))
    ]
    found = drafted(tmp_path, by_event, channel="channel")
    assert {id: one.get("channel") for id, one in points(found).items()} == {
        "a": "phone",
        "b": "fax-machine",
        "c": None,
    }
    assert found.data["channels"] == {"fax-machine": {"name": "Fax machine"}}
    by_case = [one._replace(channel="web" if int(one.case) % 2 else "phone") for one in cases(("abc", 40))]
    found = drafted(tmp_path, by_case, channel="channel")
    assert [one.get("channel") for one in found.data["touchpoints"]] == [["phone", "web"], None, None]
    assert any("same within a case" in one for one in found.told)


def test_handoffs_between_runs_stand_behind_the_first(tmp_path: Path) -> None:
    events = [one._replace(team={"a": "Desk", "b": "IT"}[one.activity]) for one in cases(("ab", 40))]
    assert points(drafted(tmp_path, events))["a"]["backstage"] == [{"from": "Desk", "to": "IT", "wait": "1h"}]


def test_words_of_the_settings(tmp_path: Path) -> None:
    said = {
        "a": {"title": "I ask", "by": "customer", "channel": "phone", "stage": "Before"},
        "b": {"as": "backstage"}, "c": {"title": "I ask", "stage": "Before"}, "d": {"stage": "After"},
    }  # fmt: skip
    events = [one._replace(team="IT" if one.activity == "b" else "") for one in cases(("abcd", 40))]
    found = drafted(tmp_path, events, activities=said)
    (first, second) = (stage["touchpoints"][0] for stage in found.data["stages"])
    assert (first["id"], first["title"], first["by"], first["channel"]) == ("i-ask", "I ask", "customer", "phone")
    assert first["data"] == {"it": ["a", "c"]}
    assert first["backstage"] == [{"team": "IT", "does": "b"}]
    assert second["id"] == "d"


def test_contact_data_is_left_out_and_told(tmp_path: Path) -> None:
    events = [
        one._replace(activity={"b": "Mail to kata.kis@freemail.hu"}.get(one.activity, one.activity))
        for one in cases(("abcd", 40))
    ]
    found = drafted(tmp_path, events)
    assert "freemail" not in repr(found)
    assert found.told == ("1 left out: contact data in the label",)


def test_labels_that_make_the_same_id_or_none(tmp_path: Path) -> None:
    names = {"a": "End", "b": "end!", "c": "???", "d": "Ünnep"}
    found = drafted(tmp_path, [one._replace(activity=names[one.activity]) for one in cases(("abcd", 40))])
    assert list(points(found)) == ["end-2", "end-3", "activity", "unnep"]
    Journey.model_validate({**found.data, "id": "it"})


@pytest.mark.parametrize("lang", ["en", "de", "el", "hu", "sl", "tr"])
def test_words_of_all_languages(tmp_path: Path, lang: str) -> None:
    figures = course_of(tmp_path, cases(("abc", 40), ("acb", 20)))
    found = Drafting(figures, Sayings(lang=lang)).draft()
    assert found.data["touchpoints"][0]["decision"]["question"] == words(lang)["next"]
    assert found.data.get("lang", "en") == lang
    assert words(lang).keys() == words("en").keys()


def test_the_time_of_a_case_begins_with_its_first_event(tmp_path: Path) -> None:
    found = points(drafted(tmp_path, cases(("xab", 40)), activities={"x": {"as": "ignore"}}))
    assert found["a"]["at"] == "+1h"
