"""What every rule owes, whichever it is: a page with examples that hold, and a fixture whose marks it meets.

A fixture stands at `tests/rules/<family>/<id>.yaml`, with `# expect: <id>` on each line where a finding must stand,
and on no other. `<id>--<what>.yaml` beside it holds a further case, which may be one that the rule is quiet about.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from journeykit.linting import known_rules, lint
from journeykit.reading import Document, read_file, read_text
from journeykit.reading.faults import PAGES

TODAY = date(2026, 6, 1)
HERE = Path(__file__).parent
RULES = known_rules()
FIXTURES = sorted(HERE.glob("*/*.yaml"))
_MARK = re.compile(r"# expect: ([a-z0-9-]+(?:, [a-z0-9-]+)*)$")

each_rule = pytest.mark.parametrize("id", RULES)


def rule_of(fixture: Path) -> str:
    return fixture.stem.partition("--")[0]


def marked_lines(document: Document, id: str) -> list[int]:
    marks = [(number, _MARK.search(line)) for number, line in enumerate(document.source.lines, 1)]
    return [number for number, mark in marks if mark and id in mark[1].split(", ")]


def found_lines(document: Document, id: str) -> list[int]:
    return [finding.start.line for finding in lint(document, today=TODAY).findings if finding.rule == id]


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_findings_stand_where_the_fixture_marks_them(fixture: Path) -> None:
    document = read_file(fixture)
    assert document.findings == ()
    assert RULES[rule_of(fixture)].family == fixture.parent.name
    assert found_lines(document, rule_of(fixture)) == marked_lines(document, rule_of(fixture))


@each_rule
def test_a_rule_has_a_fixture_that_it_finds_something_in(id: str) -> None:
    assert marked_lines(read_file(HERE / RULES[id].family / f"{id}.yaml"), id)


@each_rule
def test_the_bad_example_is_found_and_the_good_one_is_not(id: str) -> None:
    bad, good = (read_text(RULES[id].example(which), f"{which}.yaml") for which in ("Bad", "Good"))
    assert (bad.findings, good.findings) == ((), ())
    assert found_lines(bad, id)
    assert not found_lines(good, id)


@each_rule
def test_a_page_says_what_and_why(id: str) -> None:
    page = RULES[id].page
    assert re.match(r"[A-Z`0-9\"'].*[.]\n\n", page), "the first line is a sentence, followed by an empty line"
    assert re.search(r"^Why: \w", page, re.MULTILINE)
    assert [line for line in page.splitlines() if len(line) > 120] == []


@each_rule
def test_findings_say_what_to_do(id: str) -> None:
    document = read_file(HERE / RULES[id].family / f"{id}.yaml")
    for finding in lint(document, today=TODAY).findings:
        assert finding.message and finding.help
        assert not finding.message.endswith(".") and not finding.help.endswith(".")
        assert finding.end > finding.start


def test_names_are_clear() -> None:
    families = {rule.family for rule in RULES.values()}
    assert families.isdisjoint(RULES) and families.isdisjoint(PAGES) and RULES.keys().isdisjoint(PAGES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", id) for id in RULES)
    assert "all" not in families | RULES.keys()


@each_rule
def test_fixes_are_of_the_kind_that_the_rule_declares(id: str) -> None:
    fixes = [
        finding.fix
        for fixture in (HERE / RULES[id].family).glob(f"{id}*.yaml")
        if rule_of(fixture) == id
        for finding in lint(read_file(fixture), today=TODAY).findings
        if finding.rule == id and finding.fix
    ]
    assert bool(fixes) == (RULES[id].fix is not None)
    assert {fix.safe for fix in fixes} <= {RULES[id].fix == "safe"}


@each_rule
def test_limits_are_numbers(id: str) -> None:
    assert all(isinstance(limit, int | float) for limit in RULES[id].limits.values())
