"""Mermaid diagrams of journeys, both ways."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.interchange import Given, ToWrite, guess_format, named_format
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.exported import export
from journeykit.interchange.imported import Imported, settle
from journeykit.model import Journey
from tests.conftest import EXAMPLES, CommandLine, examples

ROUTER = """\
journey
  title I get my router fixed
  accDescr: Sam's way from the broken line to the repaired one
  section It breaks
    I explain it to the help desk: 2: Sam, Help desk
    I wait for the technician: 1: Sam
  section It gets mended
    The technician finds the fault: 4: Technician
"""


def imported(text: str, name: str = "router.mmd") -> list[Imported]:
    given = Given(name, text.encode())
    form = guess_format(given)
    assert form is not None and form.read is not None
    assert form.name == "mermaid"
    return [settle(draft, name) for draft in form.read(given)]


def journey(text: str) -> Journey:
    (one,) = imported(text)
    assert one.document.journey is not None
    return one.document.journey


def test_every_part_of_a_diagram_has_its_place() -> None:
    found = journey(ROUTER)
    assert (found.title, found.persona.name, found.scale) == ("I get my router fixed", "Sam", "1..5")
    assert found.note == "Sam's way from the broken line to the repaired one"
    assert (found.status, found.basis) == ("draft", "assumption")
    assert [stage.name for stage in found.stages] == ["It breaks", "It gets mended"]
    rows = [(one.title, one.satisfaction, one.actors, one.by) for one in found.touchpoints]
    assert rows == [
        ("I explain it to the help desk", 2, ("Help desk",), "customer"),
        ("I wait for the technician", 1, (), "customer"),
        ("The technician finds the fault", 4, ("Technician",), "company"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Mine\n---\n" + ROUTER,
        "%%{init: {'theme': 'dark'}}%%\n" + ROUTER,
        "%% a comment\n" + ROUTER.replace("section It breaks", "%% more\n  section It breaks # why"),
        ROUTER.replace("\n", "\r\n"),
        ROUTER.replace("accDescr: Sam's way", "accDescr {\n Sam's way").replace("repaired one\n", "repaired one\n}\n"),
    ],
    ids=["front matter", "directive", "comments", "line ends", "description in braces"],
)
def test_what_mermaid_allows_around_a_diagram(text: str) -> None:
    assert journey(text) == journey(ROUTER)


def test_a_score_that_is_no_number_is_reported_and_left_out() -> None:
    (one,) = imported(ROUTER.replace(": 2: Sam", ": high: Sam").replace(": 1: Sam", ": : Sam"))
    assert one.document.journey is not None
    assert [point.satisfaction for point in one.document.journey.touchpoints] == [None, None, 4]
    assert [(lost.where, lost.value) for lost in one.carry.lost] == [("line 5", "high"), ("line 6", "no score")]


def test_scores_up_to_10_have_a_scale_of_their_own() -> None:
    found = journey(ROUTER.replace(": 4:", ": 9:"))
    assert (found.scale, found.touchpoints[-1].satisfaction) == ("0..10", 9)


def test_every_diagram_of_a_markdown_file_is_a_journey() -> None:
    text = f"# Maps\n\n```mermaid\n{ROUTER}```\n\n```mermaid\ngraph TD\nA-->B\n```\n\n~~~ mermaid\n{ROUTER}~~~\n"
    found = imported(text, "maps.md")
    assert [one.stem for one in found] == ["maps", "maps-2"]
    assert [len(one.document.journey.touchpoints) for one in found if one.document.journey] == [3, 3]


texts = st.text(
    st.sampled_from("aé😀;:#,%{}<>&\"'|()[]- \\/0ß日") | st.characters(codec="utf-8", categories=["L", "N", "P"]),
    min_size=1, max_size=20,
).map(lambda text: " ".join(text.split())).filter(bool)  # fmt: skip


@settings(max_examples=examples(25))
@given(st.data())
def test_what_a_diagram_has_comes_back(data: st.DataObject) -> None:
    persona = data.draw(texts)
    titles = data.draw(st.lists(texts, min_size=2, max_size=5))
    points = [
        {
            "title": f"I {title}",
            "satisfaction": data.draw(st.integers(10, 50)) / 10,
            "actors": [one for one in data.draw(st.lists(texts, max_size=2, unique=True)) if one != persona],
        }
        for title in titles
    ]
    names = data.draw(st.lists(texts, min_size=1, max_size=2))
    stages = [{"name": names[0], "touchpoints": points}] + [
        {"name": f"{name} 2", "touchpoints": [{"title": "I end", "satisfaction": 3}]} for name in names[1:]
    ]
    base = {"title": data.draw(texts), "note": data.draw(texts), "scale": "1..5", "id": "router"}
    old = Journey.model_validate({**base, "persona": persona, "stages": stages})
    text = export(old, named_format("mermaid"), "router").data.decode()
    assert journey(text) == old
    assert export(journey(text), named_format("mermaid")).data.decode() == text


def test_what_has_no_place_is_listed_by_its_field(cli: CommandLine) -> None:
    done = cli("export", EXAMPLES / "my-new-job.journey.yaml", "--to", "mermaid", "--report", "r.json", "--strict")
    assert done.status == 1
    assert "touchpoint  feeling 22, " in done.err
    report = json.loads((cli.folder / "r.json").read_text(encoding="utf-8"))
    assert report["version"] == 1
    assert {"where": "owner", "value": "Service desk lead", "why": "mermaid has no place for it"} in report["lost"]
    assert f"{report['carried']} values carried" in done.err
    assert f"{len(report['lost'])} lost." in done.err


def test_an_unrated_touchpoint_is_drawn_neutral_and_reported() -> None:
    plain = Journey.model_validate({"title": "T", "persona": "P", "touchpoints": ["I call", "title of it: x"]})
    carry = CarryReport()
    write = named_format("mermaid").write
    assert write is not None
    text = write(ToWrite(plain), carry).decode()
    assert "I call: 3: P" in text
    assert "“title of it#58; x”: 3: P" in text
    assert [(one.where, one.old, one.new) for one in carry.guessed if one.field == "score"][1] == (
        "touchpoint i-call", "no feeling", "3",
    )  # fmt: skip
