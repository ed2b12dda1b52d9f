"""The outcomes of opportunities that are done, from the history of a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from journeykit.comparing.opportunity_outcomes import OpportunityOutcome, opportunity_outcomes
from journeykit.model import Journey
from journeykit.reading import read_text
from journeykit.scoring import opportunities, score, settings_for
from tests.repositories import Folder

MAP = """\
title: I get my router fixed
persona: Ana
touchpoints:
  - {{id: call, title: I call the help desk, feeling: {call}, importance: 5}}
  - {{id: wait, title: I wait, feeling: {wait}{survey}}}
  - {{id: fixed, title: It works again, feeling: {fixed}}}
"""
ASKED = ", measured: {{mean: {}, sd: {}, n: {}, scale: 1..5}}"
CALL = "{{id: answer, title: Answer at once, at: [call], impact: 5, effort: 2, target: {{call: {}}}, status: {}}}"
WAIT = "{{id: say, title: Say how long, at: [wait], impact: 5, effort: 2, target: {{wait: 1}}, status: {}}}"
NAME = "a.journey.yaml"


def written(
    *ideas: str, call: str = "frustrated", wait: str = "annoyed", fixed: str = "relieved", survey: str = ""
) -> str:
    listed = "opportunities:\n" + "".join(f"  - {idea}\n" for idea in ideas) if ideas else ""
    return MAP.format(call=call, wait=wait, fixed=fixed, survey=survey) + listed


def journey_of(text: str) -> Journey:
    journey = read_text(text, NAME).journey
    assert journey is not None
    return journey


def read(content: bytes) -> Journey | None:
    return read_text(content.decode(), NAME).journey


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "maps")


def looked(folder: Folder, text: str, read: Callable[[bytes], Journey | None] = read) -> tuple[OpportunityOutcome, ...]:
    """The outcome, with this text in the folder."""
    path = folder.write(NAME, text)
    return opportunity_outcomes(path, score(journey_of(text)), read)


def committed(folder: Folder, *texts: str) -> list[str]:
    ids = []
    for text in texts:
        folder.write(NAME, text)
        ids.append(folder.commit())
    return ids


def test_the_gain_that_was_promised_is_held_against_what_came(folder: Folder) -> None:
    idea, planned = written(CALL.format(1, "idea")), written(CALL.format(2, "planned"))
    doing, done = written(CALL.format(2, "doing"), call="annoyed"), written(CALL.format(2, "done"), call="calm")
    now = written(CALL.format(2, "done"), call="satisfied", fixed="angry")
    ids = committed(folder, idea, planned, doing, done, now)
    (found,) = looked(folder, now)
    assert found.unknown == ""
    assert found.done is not None
    assert found.before is not None
    assert (found.done.id, found.before.id) == (ids[3], ids[1])
    before = journey_of(planned)
    (promise,) = opportunities(before)
    assert found.promised == promise.gain
    # the same reckoning: the version before with nothing but the touchpoint that it addresses as it is now
    assert found.actual == pytest.approx(
        score(journey_of(written(call="satisfied"))).score - score(journey_of(planned)).score  # type: ignore[operator]
    )
    assert found.whole == pytest.approx(score(journey_of(now)).score - score(before).score)  # type: ignore[operator]
    (point,) = found.touchpoints
    assert (point.id, point.before, point.target, point.now, point.evidence) == ("call", 12.5, 100.0, 75.0, "stated")
    assert found.evidence == "stated"


def test_each_opportunity_has_its_own_version_before(folder: Folder) -> None:
    texts = [
        written(CALL.format(1, "idea"), WAIT.format("idea")),
        written(CALL.format(1, "done"), WAIT.format("planned"), call="calm"),
        written(CALL.format(1, "done"), WAIT.format("done"), call="calm", wait="calm"),
    ]
    ids = committed(folder, *texts)
    answer, say = looked(folder, texts[-1])
    assert [one.before.id for one in (answer, say) if one.before] == ids[:2]
    assert [one.done.id for one in (answer, say) if one.done] == ids[1:]


def test_what_is_done_and_not_committed_is_compared_with_the_last_commit(folder: Folder) -> None:
    (id,) = committed(folder, written(CALL.format(1, "planned")))
    (found,) = looked(folder, written(CALL.format(1, "done"), call="calm"))
    assert found.done is None
    assert found.before is not None
    assert found.before.id == id
    assert found.actual is not None
    assert found.actual > 0


def test_what_was_begun_in_the_oldest_version_is_compared_with_that(folder: Folder) -> None:
    first, second = written(CALL.format(1, "doing")), written(CALL.format(1, "done"), call="calm")
    ids = committed(folder, first, second)
    (found,) = looked(folder, second)
    assert found.before is not None
    assert found.before.id == ids[0]
    assert found.promised is not None


def test_what_was_written_down_once_it_was_done_promised_nothing(folder: Folder) -> None:
    now = written(CALL.format(1, "done"), call="calm")
    committed(folder, written(), now)
    (found,) = looked(folder, now)
    assert found.promised is None
    assert found.actual is not None
    assert found.actual > 0


def test_where_nothing_is_known_it_says_why(folder: Folder, tmp_path: Path) -> None:
    now = written(CALL.format(1, "done"))
    outside = tmp_path / "outside" / NAME
    outside.parent.mkdir()
    outside.write_text(now)
    scores = score(journey_of(now))
    assert ["is not in a git repository" in one.unknown for one in opportunity_outcomes(outside, scores, read)] == [
        True
    ]
    assert "the repository has no commit yet" in looked(folder, now)[0].unknown
    folder.write("other", "")
    folder.git("add", "other")
    folder.git("commit", "-q", "-m", "other")
    assert looked(folder, now)[0].unknown == "not committed yet"
    committed(folder, now, now + "note: N\n")
    assert looked(folder, now)[0].unknown == "done in the oldest version there is"


def test_a_clone_that_ends_too_early_says_so(folder: Folder, tmp_path: Path) -> None:
    now = written(CALL.format(1, "done"), call="calm")
    committed(folder, written(CALL.format(1, "planned")), now)
    folder.git("clone", "-q", "--depth", "1", folder.root.as_uri(), str(tmp_path / "clone"))
    path = tmp_path / "clone" / NAME
    (found,) = opportunity_outcomes(path, score(journey_of(now)), read)
    assert found.unknown == "done in the oldest version of a shallow clone"
    folder.git("-C", str(tmp_path / "clone"), "checkout", "-q", "--detach")
    folder.git("-C", str(tmp_path / "clone"), "fetch", "-q", "--unshallow")
    (found,) = opportunity_outcomes(path, score(journey_of(now)), read)
    assert (found.unknown, found.actual) == ("", found.promised)


def test_what_was_written_at_the_same_time_on_another_branch_is_no_version_in_between(folder: Folder) -> None:
    first, now = written(CALL.format(1, "planned")), written(CALL.format(1, "done"), call="calm")
    ids = committed(folder, first)
    folder.git("branch", "topic")
    ids += committed(folder, now)
    folder.git("checkout", "-q", "topic")
    committed(folder, "note: N\n" + first)  # later than what main has done, and not done
    folder.git("checkout", "-q", "main")
    folder.git("merge", "-q", "--no-edit", "topic")
    (found,) = looked(folder, "note: N\n" + now)
    assert found.done is not None
    assert found.before is not None
    assert [found.before.id, found.done.id] == ids


def test_what_was_done_on_a_branch_is_done_by_its_merge(folder: Folder) -> None:
    first, now = written(CALL.format(1, "planned")), written(CALL.format(1, "done"), call="calm")
    (before,) = committed(folder, first)
    folder.git("checkout", "-q", "-b", "topic")
    committed(folder, written(CALL.format(1, "doing")), now)
    folder.git("checkout", "-q", "main")
    folder.git("merge", "-q", "--no-ff", "--no-edit", "topic")
    (found,) = looked(folder, now)
    assert found.done is not None
    assert found.before is not None
    assert (found.before.id, found.done.id) == (before, folder.git("rev-parse", "HEAD"))


def test_nothing_done_asks_git_nothing(tmp_path: Path) -> None:
    def unread(_: bytes) -> Journey | None:
        raise AssertionError

    scores = score(journey_of(written(CALL.format(1, "doing"))))
    assert opportunity_outcomes(tmp_path / "no" / "where", scores, unread) == ()


def test_versions_that_are_no_journeys_are_passed_over_and_renames_followed(folder: Folder) -> None:
    first = written(CALL.format(1, "planned"))
    committed(folder, first)
    folder.git("mv", NAME, "b c ö.journey.yaml")
    folder.commit()
    folder.git("mv", "b c ö.journey.yaml", NAME)
    folder.commit()
    now = written(CALL.format(1, "done"), call="calm")
    wrong = written(CALL.format(1, "idea"), call="satisfied") + "unknown: 1\n"
    committed(folder, wrong, now)
    (found,) = looked(folder, now)
    assert found.before is not None
    assert found.before.path == NAME
    assert [one.before for one in found.touchpoints] == [12.5]


def test_no_more_versions_are_read_than_needed(folder: Folder) -> None:
    old = [written(CALL.format(1, "planned")) + f"note: Version {n}\n" for n in range(5)]
    now = written(CALL.format(1, "done"), call="calm")
    committed(folder, *old, now)
    seen: list[bytes] = []

    def reads(content: bytes) -> Journey | None:
        seen.append(content)
        return read(content)

    looked(folder, now, reads)
    assert len(seen) == 2


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "flow", "alias"])
def test_a_version_is_read_if_its_opportunities_may_be_others(folder: Folder, end: str) -> None:
    def laid(text: str) -> str:
        if end == "flow":  # brackets may end at the left edge
            return re.sub(r"opportunities:\n((?:  - .*\n)+)", lambda m: _flow(m[1]), text)
        if end == "alias":
            return text.replace("title: I get", "title: &a I get").replace("title: Answer at once", "title: *a")
        return text.rstrip("\n") if not end else text.replace("\n", end)

    def _flow(ideas: str) -> str:
        return "opportunities: [\n" + ideas.replace("  - ", "") + "]\n"

    texts = [written(CALL.format(1, "planned")), written(CALL.format(1, "doing")), written(CALL.format(1, "done"))]
    many = [laid(text) for text in (texts[0], texts[0], texts[1], texts[1], texts[2], texts[2])]
    ids = committed(folder, *(f"# {n}\n{text}" for n, text in enumerate(many)))
    (found,) = looked(folder, many[-1])
    assert found.before is not None
    assert found.done is not None
    assert (found.before.id, found.done.id) == (ids[1], ids[4])


@pytest.mark.parametrize(
    ("before", "after", "evidence", "certain"),
    [
        ((2, 1, 60), (3.4, 1, 60), "measured", True),
        ((2, 1, 60), (2.1, 1, 60), "measured", False),
        ((2, 1, 60), (2, 1, 60), "not measured since", None),
        (None, (3.4, 1, 60), "stated before, measured now", None),
        ((2, 1, 60), None, "stated", None),
        (None, None, "the map is as before", None),
    ],
)
def test_it_is_said_what_the_comparison_rests_on(
    folder: Folder,
    before: tuple[float, float, int] | None,
    after: tuple[float, float, int] | None,
    evidence: str,
    certain: bool | None,
) -> None:
    texts = [
        written(WAIT.format(status), survey=ASKED.format(*figures) if figures else "")
        for status, figures in (("planned", before), ("done", after))
    ]
    committed(folder, *texts)
    (found,) = looked(folder, texts[1])
    assert found.evidence == evidence
    survey = found.touchpoints[0].survey
    assert (survey.certain if survey else None) is certain


def test_stated_scores_only_are_compared_where_they_are_asked_for(folder: Folder) -> None:
    texts = [
        written(WAIT.format("planned"), survey=ASKED.format(2, 1, 60)),
        written(WAIT.format("done"), wait="calm", survey=ASKED.format(2, 1, 60)),
    ]
    committed(folder, *texts)
    journey = journey_of(texts[1])
    (found,) = opportunity_outcomes(folder.root / NAME, score(journey, settings_for(journey, source="stated")), read)
    assert found.evidence == "stated"
    assert [(one.before, one.now) for one in found.touchpoints] == [(25.0, 75.0)]


def test_a_touchpoint_that_is_gone_counts_as_gone(folder: Folder) -> None:
    idea = "{id: less, title: No waiting, at: [wait], removes: [wait], impact: 5, effort: 2, status: STATUS}"
    first = written(idea.replace("STATUS", "doing"))
    now = "".join(line for line in written(idea.replace("STATUS", "done")).splitlines(True) if "I wait" not in line)
    now = now.replace("at: [wait], removes: [wait]", "at: [call]")
    committed(folder, first, now)
    (found,) = looked(folder, now)
    assert [(one.id, one.now, one.evidence) for one in found.touchpoints] == [("wait", None, "gone")]
    assert found.actual == found.promised
    assert found.actual is not None


def test_a_touchpoint_with_another_id_is_found_by_its_title(folder: Folder) -> None:
    now = written(CALL.format(1, "done").replace("[call]", "[ring]").replace("call:", "ring:"), call="calm")
    now = now.replace("id: call", "id: ring")
    committed(folder, written(CALL.format(1, "planned")), now)
    (found,) = looked(folder, now)
    assert [(one.id, one.before, one.now) for one in found.touchpoints] == [("call", 12.5, 75.0)]
