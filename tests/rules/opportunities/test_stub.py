"""The opportunity that the fix of `ignored-low-point` adds."""

from typing import Any

import yaml

from journeykit.fix import Fix, Set
from journeykit.reading import read_text
from tests.rules.judged import found_by, judged

MAP = """\
title: I get my router fixed
lang: {lang}
persona: Home customer
touchpoints:
  - I get an appointment: reassured
  - {{id: nobody, title: "Nobody comes,\\n  again: why?", feeling: angry}}
  - {{id: still-nobody, title: Still nobody, feeling: angry}}
  - The technician fixes it: relieved
"""
ONE = "opportunities:\n  - {title: Improve nobody, at: [nobody], status: dropped}\n"


def stub_of(text: str) -> tuple[int, dict[str, Any]]:
    (hit,) = judged("ignored-low-point", text)
    assert isinstance(hit.fix, Fix) and not hit.fix.safe
    (change,) = hit.fix.changes
    assert isinstance(change, Set)
    key, index = change.path
    assert key == "opportunities" and isinstance(index, int)
    return index, change.value


def with_stub(text: str) -> str:
    index, stub = stub_of(text)
    data = yaml.safe_load(text)
    data.setdefault("opportunities", []).insert(index, stub)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def test_it_comes_last_and_addresses_the_whole_low_point() -> None:
    assert stub_of(MAP.format(lang="en"))[0] == 0
    index, stub = stub_of(MAP.format(lang="en") + ONE)
    assert (index, stub["at"]) == (1, ["nobody", "still-nobody"])


def test_it_leaves_a_valid_file_without_that_low_point_whatever_the_ids_of_the_others() -> None:
    for text in (MAP.format(lang="en"), MAP.format(lang="en") + ONE):
        mended = with_stub(text)
        document = read_text(mended, "x.journey.yaml")
        assert document.findings == () and document.journey is not None
        assert "\n" not in document.journey.opportunities[-1].title
        assert judged("ignored-low-point", mended) == []


def test_other_rules_ask_to_fill_it_in() -> None:
    mended = with_stub(MAP.format(lang="hu"))
    assert found_by(("opportunities",), mended) == ["aimless-opportunity", "unranked-opportunity"]
