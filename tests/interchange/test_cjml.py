"""CJML: version 2.0, the first export of the generator; what is no XML, and XML that means harm."""

from __future__ import annotations

import pytest

from journeykit.errors import UsageError
from journeykit.interchange import Given, guess_format
from journeykit.interchange.formats.cjml import read
from journeykit.interchange.imported import Imported, settle
from tests.conftest import CommandLine

LIBRARY = """\
<?xml version="1.0" encoding="UTF-8"?>
<c:CJML xmlns:c="urn:cjml" version="2.0">
  <c:actualJourney>
    <c:journeyID>AJ1</c:journeyID>
    <c:journeyShortSummary>I borrow a book</c:journeyShortSummary>
    <c:journeyLongSummary>By the website of the library</c:journeyLongSummary>
    <c:journeyPhases>
      <c:journeyPhase phaseID="p1"><c:phaseName>Order</c:phaseName></c:journeyPhase>
      <c:journeyPhase phaseID="p2"><c:phaseName>Fetch</c:phaseName></c:journeyPhase>
    </c:journeyPhases>
    <c:actors>
      <c:endUser actorID="sam"><c:actorName>Sam</c:actorName></c:endUser>
      <c:serviceProvider actorID="lib"><c:companyName>Library</c:companyName></c:serviceProvider>
    </c:actors>
    <c:touchpoints>
      <c:actualCommunicationPoint>
        <c:touchpointID>T1</c:touchpointID><c:belongsTo phaseIDref="p1"/><c:compliance>completed</c:compliance>
        <c:initiator><c:refersTo actorIDref="sam"/><c:initiatorLabel>I order &amp; pay</c:initiatorLabel></c:initiator>
        <c:receiver><c:refersTo actorIDref="lib"/><c:receiverLabel>Takes the order</c:receiverLabel></c:receiver>
        <c:channel><c:channelName>Website</c:channelName></c:channel>
        <c:timestamps><c:timeStarted>2024-03-01T10:00</c:timeStarted></c:timestamps>
        <c:touchpointExperience>
          <c:experienceDescription>curious</c:experienceDescription><c:experienceRating>4</c:experienceRating>
        </c:touchpointExperience>
      </c:actualCommunicationPoint>
      <c:actualAction>
        <c:touchpointID>T2</c:touchpointID>
        <c:initiator><c:refersTo actorIDref="lib"/><c:initiatorLabel>Looks for it</c:initiatorLabel></c:initiator>
      </c:actualAction>
      <c:actualCommunicationPoint>
        <c:touchpointID>T3</c:touchpointID>
        <c:initiator><c:refersTo actorIDref="Bookis"/><c:initiatorLabel>Says so</c:initiatorLabel></c:initiator>
        <c:receiver><c:refersTo actorIDref="sam"/><c:receiverLabel>I read that it came</c:receiverLabel></c:receiver>
        <c:channel><c:channelName>Pigeon</c:channelName></c:channel>
      </c:actualCommunicationPoint>
      <c:actualAction>
        <c:touchpointID>T4</c:touchpointID><c:belongsTo phaseIDref="p2"/>
        <c:initiator><c:refersTo actorIDref="sam"/><c:initiatorLabel>I fetch it</c:initiatorLabel></c:initiator>
      </c:actualAction>
    </c:touchpoints>
  </c:actualJourney>
</c:CJML>
"""
GENERATED = """\
<cjml>
    undefined<actor id='1'><actorName>Ann</actorName><actorRole>user/customer</actorRole></actor>
    <actor id='2'><actorName>Shop</actorName><actorRole>service provider</actorRole></actor>
    undefined<touchpoint id='11' type="communication"><time>2022-03-01T10:20</time><initiator>Shop</initiator>
    <initiatorDescription>sends the bill</initiatorDescription><receiver>Ann</receiver>
    <receiverDescription>undefined</receiverDescription><channel>Email</channel></touchpoint>
    <touchpoint id='12' type="action"><time>null</time><initiator>Ann</initiator>
    <initiatorDescription>I wait</initiatorDescription></touchpoint>
</cjml>
"""
UNQUOTED = "<cjml><actors><actor id=1 name=Ann role=user/customer/><actors><touchpoints></touchpoints></cjml>"


def imported(text: str) -> list[Imported]:
    given = Given("a.xml", text.encode())
    form = guess_format(given)
    assert form is not None
    assert form.name == "cjml"
    return [settle(draft, "a.xml") for draft in read(given)]


def test_what_the_customer_takes_part_in_is_a_touchpoint_and_all_else_is_backstage() -> None:
    (one,) = imported(LIBRARY)
    found = one.document.journey
    assert found is not None
    assert (found.title, found.note, found.basis, found.state) == (
        "I borrow a book", "By the website of the library", "measured", "current",
    )  # fmt: skip
    assert (found.persona.name, found.scale) == ("Sam", "1..5")
    assert [(stage.name, len(stage.touchpoints)) for stage in found.stages] == [("Order", 2), ("Fetch", 1)]
    order, told, fetch = found.touchpoints
    assert (order.title, order.by, order.channel, order.feeling, order.satisfaction, str(order.at)) == (
        "I order & pay", "customer", ("web",), ("curious",), 4, "2024-03-01T10:00",
    )  # fmt: skip
    assert [(step.team, step.does) for step in order.backstage] == [
        ("Library", "Takes the order"), ("Library", "Looks for it"),
    ]  # fmt: skip
    assert (told.title, told.by, told.backstage[0].team) == ("I read that it came", "company", "Bookis")
    assert (fetch.title, fetch.channel) == ("I fetch it", ("self",))


def test_what_is_lost_and_guessed_of_it_is_named() -> None:
    (one,) = imported(LIBRARY)
    lost = {(lost.where.rpartition("/")[2], lost.value) for lost in one.carry.lost}
    assert lost == {("journeyID", "AJ1"), ("compliance", "completed"), ("touchpoint T3", "Pigeon")}
    assert [(guess.where, guess.new) for guess in one.carry.guessed] == [
        ("touchpoint T3", "Bookis, which is no actor of the file")
    ]


def test_a_planned_journey_is_one_of_the_future_and_each_is_a_journey() -> None:
    planned = LIBRARY.replace("actual", "planned")
    both = LIBRARY.replace("</c:CJML>", planned[planned.index("<c:plannedJ") :])
    actual, future = imported(both)
    assert future.document.journey is not None
    assert (future.document.journey.state, future.document.journey.basis) == ("future", "assumption")
    assert (actual.stem, future.stem) == ("a", "a-2")


def test_the_first_export_of_the_generator() -> None:
    (one,) = imported(GENERATED)
    found = one.document.journey
    assert found is not None
    bill, wait = found.touchpoints
    assert (found.persona.name, bill.title, bill.by, bill.channel) == ("Ann", "sends the bill", "company", ("email",))
    assert (bill.backstage[0].team, bill.backstage[0].does, wait.title, wait.at) == ("Shop", None, "I wait", None)


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><CJML><actualJourney><journeyID>&b;</journeyID>'
    "</actualJourney></CJML>"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (UNQUOTED, "the CJML generator (remake-cjml-tool) wrote it without quotes"),
        (ENTITIES, "it has a document type (x), which may define entities"),
        (ENTITIES.replace('"aaaa"', 'SYSTEM "file:///etc/passwd"'), "it has a document type"),
        ("<CJML><a></CJML>", "a.xml:1:12: it is no XML: mismatched tag"),
        (f"<CJML>{'<a>' * 5000}{'</a>' * 5000}</CJML>", "nested more than 100 deep"),
        (
            LIBRARY.replace("actualCommunicationPoint", "x").replace("actualAction", "y"),
            "no touchpoint was found in it",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_written(cli: CommandLine, text: str, message: str) -> None:
    cli.write("a.xml", text)
    done = cli("import", "a.xml")
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert not (cli.folder / "a.journey.yaml").exists()


def test_another_persona_than_the_file_has_is_refused() -> None:
    with pytest.raises(UsageError, match='no end user "Zoe"'):
        read(Given("a.xml", LIBRARY.encode(), persona="Zoe"))
