"""Three-way merges: what each side changed is there, what both changed is left readable, no touchpoint is lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from journeykit.changing.merging import Markers, Merged, merge_texts
from journeykit.reading import read_text
from journeykit.reading.shared import Shared
from tests.changing.journeys import written
from tests.changing.many_merges import check, sides
from tests.conftest import examples

BASE = """\
# about this map
title: I get my router fixed # the title
persona: Home customer
stages:
  - name: Before
    touchpoints:
      - I call: frustrated
      - id: wait
        title: I wait for a date # slow
        channel: [email, phone]
        feeling: tense

  # the second
  - name: At home
    touchpoints:
      - The technician comes: hopeful
      - id: fixed
        title: It works
        feeling: relieved
opportunities:
  - id: dates
    title: Offer dates at once
    at: [wait]
"""
Edits = tuple[tuple[str, str], ...]


def edited(*edits: tuple[str, str]) -> str:
    """The base with pieces of it replaced."""
    text = BASE
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def merge(ours: Edits, theirs: Edits, base: str = BASE) -> Merged:
    """A merge that is not left to git."""
    found = merge_texts(base, edited(*ours), edited(*theirs), "a.journey.yaml")
    assert found
    return found


CALL = "I call: frustrated"
WAIT = "        feeling: tense\n"
WAITING = BASE[BASE.index("      - id: wait") : BASE.index("\n  # the second")]
FIXED = BASE[BASE.index("      - id: fixed") : BASE.index("opportunities")]
AT_HOME = BASE[BASE.index("\n  # the second") : BASE.index("opportunities")]
COMES = "      - The technician comes: hopeful\n"
TEA = "      # with milk\n      - id: tea\n        title: We drink tea # hot\n        feeling: happy\n"
DOG = "      # theirs\n      - The dog barks: annoyed\n"

CLEAN: dict[str, tuple[Edits, Edits, Edits]] = {
    "keys of one touchpoint": (
        ((WAIT, "        feeling: angry\n"),),
        (("[email, phone]", "[email, sms]"),),
        ((WAIT, "        feeling: angry\n"), ("[email, phone]", "[email, sms]")),
    ),
    "title and feeling of a short one": (
        ((CALL, "I call the help desk: frustrated"),),
        ((CALL, "I call: angry"),),
        ((CALL, "I call the help desk: angry"),),
    ),
    "both add at one place, ours first": (
        ((FIXED, TEA + FIXED),),
        ((FIXED, DOG + FIXED),),
        ((FIXED, TEA + DOG + FIXED),),
    ),
    "both add the same": (((FIXED, TEA + FIXED),), ((FIXED, TEA + FIXED),), ((FIXED, TEA + FIXED),)),
    "both add a key at one place": (
        ((WAIT, WAIT + "        wait: 3d # long\n"),),
        ((WAIT, WAIT + "        importance: 5\n"),),
        ((WAIT, WAIT + "        wait: 3d # long\n        importance: 5\n"),),
    ),
    "moved to another stage by one, changed by the other": (
        ((WAITING, ""), (COMES, COMES + WAITING)),
        ((WAIT, "        feeling: angry # at last\n"),),
        ((WAITING, ""), (COMES, COMES + WAITING.replace("tense", "angry # at last"))),
    ),
    "removed by one, the other changed something else": (
        ((COMES, ""),),
        ((WAIT, "        feeling: angry\n"),),
        ((COMES, ""), (WAIT, "        feeling: angry\n")),
    ),
    "comments of both": (
        ((WAIT, "        feeling: tense # ours\n"), ("# about this map\n", "# about this map\n# ours\n")),
        (("        title: I wait for a date # slow", "        # theirs\n        title: I wait for a date # slow"),),
        (
            (WAIT, "        feeling: tense # ours\n"),
            ("# about this map\n", "# about this map\n# ours\n"),
            ("        title: I wait for a date # slow", "        # theirs\n        title: I wait for a date # slow"),
        ),
    ),
    "our comment stays behind the value that they changed": (
        ((WAIT, "        feeling: tense # ours\n"),),
        ((WAIT, "        feeling: angry\n"),),
        ((WAIT, "        feeling: angry # ours\n"),),
    ),
    "two comments at one place": (
        ((WAIT, "        feeling: tense # ours\n"),),
        ((WAIT, "        feeling: tense # theirs\n"),),
        ((WAIT, "        # theirs\n        feeling: tense # ours\n"),),
    ),
    "words added to a list by both": (
        (("[email, phone]", "[email, phone, chat]"),),
        (("[email, phone]", "[sms, email, phone]"),),
        (("[email, phone]", "[sms, email, phone, chat]"),),
    ),
    "one spells out what the other changes": (
        ((CALL, "title: I call\n        feeling: frustrated\n        wait: 1h"),),
        ((CALL, "I call: angry # twice"),),
        ((CALL, "title: I call # twice\n        feeling: angry\n        wait: 1h"),),
    ),
    "stages in another order": (
        (("name: Before", "name: Before they come"),),
        (("  - name: Before\n", "  - name: First\n    touchpoints:\n      - I look: bored\n  - name: Before\n"),),
        (
            (
                "  - name: Before\n",
                "  - name: First\n    touchpoints:\n      - I look: bored\n  - name: Before they come\n",
            ),
        ),
    ),
    "an opportunity of each": (
        (("    at: [wait]\n", "    at: [wait]\n  - id: tea\n    title: Bring tea\n    at: [fixed]\n"),),
        (("    at: [wait]\n", "    at: [wait]\n    effort: 2\n  - {id: dog, title: Tie the dog, at: [fixed]}\n"),),
        (
            (
                "    at: [wait]\n",
                (
                    "    at: [wait]\n    effort: 2\n  - id: tea\n    title: Bring tea\n    at: [fixed]\n"
                    "  - {id: dog, title: Tie the dog, at: [fixed]}\n"
                ),
            ),
        ),
    ),
}


@pytest.mark.parametrize("name", CLEAN)
def test_what_each_changed_is_there(name: str) -> None:
    ours, theirs, both = CLEAN[name]
    found = merge(ours, theirs)
    assert found.text == edited(*both)
    assert found[1:] == (0, ())


CLASHES: dict[str, tuple[Edits, Edits, str]] = {
    "one key": (
        ((WAIT, "        feeling: angry\n"), ("[email, phone]", "[email]")),
        ((WAIT, "        feeling: bored\n"),),
        (
            "        channel: [email]\n"
            "<<<<<<< ours\n        feeling: angry\n=======\n        feeling: bored\n>>>>>>> theirs\n"
        ),
    ),
    "a short touchpoint": (
        ((CALL, "I call: angry"),),
        ((CALL, "I call: bored # now"),),
        "<<<<<<< ours\n      - I call: angry\n=======\n      - I call: bored # now\n>>>>>>> theirs\n",
    ),
    "the key on the line of the dash": (
        ((COMES, "      - title: The technician comes late\n        feeling: angry\n"),),
        ((COMES, "      - title: The technician comes early\n        feeling: hopeful\n"),),
        (
            "<<<<<<< ours\n      - title: The technician comes late\n=======\n"
            "      - title: The technician comes early\n>>>>>>> theirs\n        feeling: angry\n"
        ),
    ),
    "removed by one, changed by the other": (
        ((COMES, ""),),
        ((COMES, "      - The technician comes: angry\n"),),
        "<<<<<<< ours\n=======\n      - The technician comes: angry\n>>>>>>> theirs\n",
    ),
    "removed by one, commented by the other": (
        ((COMES, ""),),
        ((COMES, "      # ask Anna\n" + COMES),),
        "<<<<<<< ours\n=======\n      # ask Anna\n" + COMES + ">>>>>>> theirs\n",
    ),
    "a key removed by one, commented by the other": (
        ((WAIT, ""),),
        ((WAIT, "        # ask legal first\n" + WAIT),),
        "<<<<<<< ours\n=======\n        # ask legal first\n" + WAIT + ">>>>>>> theirs\n",
    ),
    "a key removed by one, commented behind by the other": (
        (("        channel: [email, phone]\n", ""),),
        (("[email, phone]", "[email, phone] # and soon chat"),),
        "<<<<<<< ours\n=======\n        channel: [email, phone] # and soon chat\n>>>>>>> theirs\n",
    ),
    "the same title for two touchpoints": (
        (("title: I wait for a date", "title: They call back"),),
        (("title: It works", "title: They call back"),),
        (
            "<<<<<<< ours\n      - id: fixed\n        title: It works\n        feeling: relieved\n=======\n"
            "      - id: fixed\n        title: They call back\n        feeling: relieved\n>>>>>>> theirs\n"
        ),
    ),
    "the title of a new touchpoint given to another": (
        ((FIXED, "      - {id: back, title: They call back}\n" + FIXED),),
        (("title: I wait for a date", "title: They  call back"),),
        "<<<<<<< ours\n      - {id: back, title: They call back}\n=======\n>>>>>>> theirs\n",
    ),
    "a touchpoint without an id retitled by both": (
        ((CALL, "The line is busy: frustrated # ours"),),
        ((CALL, "My phone rings: frustrated"),),
        (
            "<<<<<<< ours\n      - The line is busy: frustrated # ours\n=======\n"
            "      - My phone rings: frustrated\n>>>>>>> theirs\n"
        ),
    ),
    "one id for two new touchpoints": (
        ((FIXED, "      - {id: new, title: We drink tea}\n" + FIXED),),
        ((FIXED, "      - {id: new, title: The dog barks}\n" + FIXED),),
        (
            "<<<<<<< ours\n      - {id: new, title: We drink tea}\n=======\n"
            "      - {id: new, title: The dog barks}\n>>>>>>> theirs\n"
        ),
    ),
    "moved to two stages": (
        (
            (WAITING, ""),
            ("opportunities:", "  - name: Later\n    touchpoints:\n" + WAITING + "opportunities:"),
        ),
        ((WAITING, ""), (COMES, COMES + WAITING)),
        "<<<<<<< ours\n" + WAITING + "=======\n>>>>>>> theirs\n",
    ),
    "what one removed, what the other made of an opportunity needs": (
        ((WAITING, ""), ("opportunities:" + BASE.partition("opportunities:")[2], "")),
        (("    at: [wait]\n", "    at: [wait]\n    owner: Ann\n"),),
        "<<<<<<< ours\n=======\n" + WAITING + ">>>>>>> theirs\n",
    ),
    "what one removed, the other needs": (
        ((COMES, ""),),
        (("    at: [wait]\n", "    at: [wait]\n  - {id: late, title: Come in time, at: [the-technician-comes]}\n"),),
        "<<<<<<< ours\n=======\n" + COMES + ">>>>>>> theirs\n",
    ),
}


@pytest.mark.parametrize("name", CLASHES)
def test_what_both_changed_is_left_to_a_person(name: str) -> None:
    ours, theirs, conflict = CLASHES[name]
    found = merge(ours, theirs)
    assert found.conflicts
    assert conflict in found.text
    for side in sides(found.text):
        assert read_text(side, "a.journey.yaml").source.root
    again = merge(theirs, ours)
    assert again.conflicts == found.conflicts


def test_a_comment_that_one_removed_does_not_come_back_where_the_other_spelled_out() -> None:
    base = BASE.replace(CALL, CALL + " # slow?")
    ours = base.replace(CALL + " # slow?", "title: I call # slow?\n        feeling: frustrated\n        wait: 1h")
    found = merge_texts(base, ours, BASE, "a.journey.yaml")
    assert found == (ours.replace(" # slow?", ""), 0, ())


def test_a_comment_that_both_moved_to_another_key_is_there_once() -> None:
    base = BASE.replace(CALL, "{title: I call, feeling: frustrated} # slow?")
    ours = base.replace(
        "- {title: I call, feeling: frustrated} # slow?", "# slow?\n      - title: I call\n        feeling: frustrated"
    )
    theirs = base.replace(
        "{title: I call, feeling: frustrated} # slow?",
        "title: I call # slow?\n        feeling: frustrated\n        wait: 1h",
    )
    found = merge_texts(base, ours, theirs, "a.journey.yaml")
    assert found == (ours.replace("frustrated\n", "frustrated\n        wait: 1h\n"), 0, ())


def test_a_comment_that_one_moved_is_once_in_each_side_of_a_conflict() -> None:
    busy = "{id: busy, title: The line is busy, channel: phone} # slow?"
    spelled = "- id: busy\n        title: The line is busy\n        channel: phone"
    base = BASE.replace(CALL, busy)
    ours = base.replace("The line is busy", "They call back")
    theirs = base.replace(f"- {busy}", f"# slow?\n      {spelled}").replace("It works", "They call back")
    found = merge_texts(base, ours, theirs, "a.journey.yaml")
    assert found
    assert (
        "<<<<<<< ours\n      - {id: busy, title: They call back, channel: phone} # slow?\n=======\n"
        f"      # slow?\n      {spelled}\n>>>>>>> theirs\n"
    ) in found.text
    assert [side.count("# slow?") for side in sides(found.text)] == [1, 1]


def test_a_comment_is_once_in_each_side_where_both_put_a_touchpoint_into_different_stages() -> None:
    ours = edited((CALL, f"{CALL}\n      - They call back"))
    theirs = edited((COMES, f"{COMES}      # when?\n      - {{title: They call back, channel: phone}} # soon\n"))
    found = merge_texts(BASE, ours, theirs, "a.journey.yaml")
    assert found
    assert found.conflicts == 2
    assert sides(found.text) == (ours, theirs)


def test_a_comment_is_once_where_both_moved_a_touchpoint_and_laid_it_out_differently() -> None:
    head = "title: I get it fixed\npersona: {name: Sam}\nstages:\n"
    stages = [
        f"  - name: {name}\n    touchpoints:\n      - I {verb}: tense\n"
        for name, verb in (("A", "ask"), ("B", "wait"), ("C", "pay"))
    ]
    flow = "      - {id: call, title: I call, channel: phone} # slow?\n"
    above = "      # slow?\n      - id: call\n        title: I call\n        channel: phone\n"
    beside = "      - id: call\n        title: I call # slow?\n        channel: phone\n"
    base, ours, theirs = (
        head + "".join(stage + touchpoint * (n == at) for n, stage in enumerate(stages))
        for at, touchpoint in enumerate((flow, above, beside))
    )
    found = merge_texts(base, ours, theirs, "a.journey.yaml")
    assert found
    assert found.conflicts == 2
    assert [side.count("# slow?") for side in sides(found.text)] == [1, 1]


RENAMED = (("name: Before", "name: Preparing"), ("name: Before", "name: Before they come"))
STAGE_CLASH = "<<<<<<< ours\n  - name: Preparing\n=======\n  - name: Before they come\n>>>>>>> theirs\n"
BEFORE = BASE[BASE.index("    touchpoints:") : BASE.index("\n  # the second")]
EMPTIED = (BEFORE, ""), ("at: [wait]", "at: [fixed]")
MOVED = (BEFORE, ""), (FIXED, FIXED + BEFORE.partition("\n")[2])


def test_a_stage_that_both_renamed_is_a_conflict_where_one_moved_its_touchpoints_away() -> None:
    found = merge((RENAMED[0],), (RENAMED[1], *MOVED))
    assert found.conflicts == 1
    assert STAGE_CLASH in found.text
    assert sides(found.text) == (edited(RENAMED[0], *MOVED), edited(RENAMED[1], *MOVED))
    assert merge((RENAMED[1], *MOVED), (RENAMED[0],)).conflicts == 1


def test_a_stage_that_both_renamed_is_a_conflict_where_it_has_no_touchpoints() -> None:
    base = edited(*EMPTIED)
    ours, theirs = (base.replace(*one) for one in RENAMED)
    found = merge_texts(base, ours, theirs, "a.journey.yaml")
    assert found
    assert found.conflicts == 1
    assert STAGE_CLASH in found.text


def test_an_emptied_stage_that_one_renamed_is_another_stage_where_an_id_says_so() -> None:
    ours = (("name: Before", "name: Before\n    goal: Know when"),)
    theirs = (*EMPTIED, ("name: Before", "name: Later\n    id: later"))
    found = merge(ours, theirs)
    assert found.conflicts
    assert "  - name: Later\n    id: later\n" in found.text
    assert "name: Later" in sides(found.text)[0] and "name: Before" in sides(found.text)[0]


def test_two_touchpoints_with_ids_may_take_the_place_of_one() -> None:
    ours, theirs = "{id: busy, title: The line is busy}", "{id: rings, title: My phone rings}"
    found = merge(((CALL, ours),), ((CALL, theirs),))
    assert found[1:] == (0, ())
    assert found.text == edited((CALL, f"{ours}\n      - {theirs}"))


def test_a_comment_that_has_no_place_any_more_leaves_the_merge_to_git() -> None:
    theirs = edited((FIXED, FIXED + "      # more to come\n"))
    assert merge_texts(BASE, BASE, theirs, "a.journey.yaml") == (theirs, 0, ())
    assert merge_texts(BASE, edited((AT_HOME, "")), theirs, "a.journey.yaml") is None


def test_a_comment_in_a_list_over_lines_is_not_lost_with_its_style() -> None:
    base = BASE.replace("[email, phone]", "[email,\n          phone]")
    ours = base.replace("[email,\n", "[email, # at night\n")
    theirs = base.replace("[email,\n          phone]", "[email, phone]")
    found = merge_texts(base, ours, theirs, "a.journey.yaml")
    assert found
    assert "# at night" in found.text


def test_a_comment_in_a_list_that_the_other_lays_out_anew_is_kept_either_way_round() -> None:
    base = BASE.replace("[email, phone]", "[email,\n          phone,\n        ]")
    ours = base.replace("[email,\n          phone,\n        ]", "[email, phone]")
    theirs = base.replace("[email,\n", "[email, # at night\n")
    for one, other in ((ours, theirs), (theirs, ours)):
        assert merge_texts(base, one, other, "a.journey.yaml") == (theirs, 0, ())


def test_texts_of_a_list_that_both_reworded_are_left_to_a_person() -> None:
    base = BASE + "expectations:\n  - A date\n  - A person # one\n  - An answer\n"
    ours = base.replace("A date", "A date today").replace("A person", "The same person")
    theirs = base.replace("A person", "Any person").replace("  - An answer\n", "  - An answer\n  - Tea\n")
    found = merge_texts(base, ours, theirs, "a.journey.yaml")
    assert found
    assert found.text.endswith(
        "expectations:\n  - A date today\n<<<<<<< ours\n  - The same person # one\n=======\n  - Any person # one\n"
        ">>>>>>> theirs\n  - An answer\n  - Tea\n"
    )


def test_a_list_from_which_both_took_the_rest_goes() -> None:
    base = BASE + "expectations:\n  - A date\n  - A person\n"
    found = merge_texts(base, base.replace("  - A date\n", ""), base.replace("  - A person\n", ""), "a.journey.yaml")
    assert found == (BASE, 0, ())


def test_only_one_key_is_between_the_markers() -> None:
    ours, theirs, _ = CLASHES["one key"]
    one, other = sides(merge(ours, theirs).text)
    assert one == edited((WAIT, "        feeling: angry\n"), ("[email, phone]", "[email]"))
    assert other == edited((WAIT, "        feeling: bored\n"), ("[email, phone]", "[email]"))


def test_markers_are_as_git_asks_for_them() -> None:
    ours, theirs = edited((WAIT, "        feeling: angry\n")), edited((WAIT, "        feeling: bored\n"))
    found = merge_texts(BASE, ours, theirs, "a", markers=Markers("HEAD", "abc", "side", 9, with_base=True))
    assert found
    assert "<<<<<<<<< HEAD\n        feeling: angry\n||||||||| abc\n        feeling: tense\n" in found.text
    assert "=========\n        feeling: bored\n>>>>>>>>> side\n" in found.text


def test_times_decide_where_new_touchpoints_of_both_stand() -> None:
    base = "title: T\npersona: P\ntouchpoints:\n  - {title: A, at: 0h}\n  - {title: B, at: +9d}\n"
    ours = base.replace("  - {title: B", "  - {title: Ours, at: +5d}\n  - {title: B")
    theirs = base.replace("  - {title: B", "  - {title: Theirs, at: +1d}\n  - {title: B")
    found = merge_texts(base, ours, theirs, "a.journey.yaml")
    assert found
    assert found[1:] == (0, ())
    assert found.text.index("Theirs") < found.text.index("Ours")


def test_what_is_no_journey_any_more_is_told() -> None:
    ours = edited((WAIT, WAIT + "        at: +1d\n"))
    theirs = edited((CALL, "title: I call\n        feeling: frustrated\n        at: +2d"))
    found = merge(((WAIT, WAIT + "        at: +1d\n"),), ())
    assert found.text == ours
    both = merge_texts(BASE, ours, theirs, "a.journey.yaml")
    assert both
    assert both.conflicts == 0
    assert "goes back" in both.findings[0].message or "before" in both.findings[0].message


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("cut", [0, 1])
def test_line_ends_are_those_of_ours(line_end: str, mark: str, cut: int) -> None:
    def written(text: str) -> str:
        return mark + (text[: -cut or None]).replace("\n", line_end)

    ours, theirs = ((WAIT, "        feeling: angry\n"),), (("[email, phone]", "[email]"),)
    found = merge_texts(written(BASE), written(edited(*ours)), edited(*theirs), "a.journey.yaml")
    assert found
    assert found.conflicts == 0
    changed = edited(*ours, *theirs)
    assert found.text.replace("\r\n", "\n").removesuffix("\n") == (mark + changed).removesuffix("\n")
    assert found.text.startswith("\ufeff") == bool(mark)


def test_a_file_that_both_added_is_merged_too() -> None:
    found = merge_texts("", edited((FIXED, TEA + FIXED)), edited((FIXED, DOG + FIXED)), "a.journey.yaml")
    assert found
    assert found.text == edited((FIXED, TEA + DOG + FIXED))


@pytest.mark.parametrize(
    "text",
    [
        "title: T\npersona: &who P\ntouchpoints:\n  - A\n  - {title: B, place: *who}\n",
        "{title: T, persona: P, touchpoints: [A, B]}\n",
        "title: T\npersona: P\ntouchpoints: [A, B]\n",
        "title: T\npersona: P\ntouchpoints:\n  - A\n",
        "- no\n",
        "",
    ],
    ids=["anchors", "braces", "brackets", "no journey", "a list", "empty"],
)
def test_what_cannot_be_cut_is_left_to_git(text: str) -> None:
    good = text.replace("title: T", "title: U")
    assert merge_texts(text, good, text, "a.journey.yaml") is None


def test_words_that_the_settings_share_are_known() -> None:
    base = BASE.replace("tense", "wobbly")
    shared = Shared(feelings={"wobbly": -1})
    assert merge_texts(base, base, base, "a.journey.yaml") is None
    assert merge_texts(base, base, base, "a.journey.yaml", shared) == (base, 0, ())


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.removeprefix("\ufeff").splitlines()]


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(written(aliases=False), written(aliases=False))
def test_what_one_side_alone_did_is_taken_as_it_is(
    base: tuple[dict[str, object], str], changed: tuple[dict[str, object], str]
) -> None:
    old, new = base[1], changed[1]
    assume(read_text(old, "a").journey and read_text(new, "a").journey)
    assume(merge_texts(old, new, new, "a"))
    for ours, theirs in ((new, old), (old, new), (new, new)):
        found = merge_texts(old, ours, theirs, "a")
        assert found
        assert found[1:] == (0, ())
        assert lines(found.text) == lines(new)


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_nothing_is_lost_in_merges_of_generated_edits(seed: int) -> None:
    assert check(seed) != "no journey"
