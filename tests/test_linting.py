"""The engine: which rules run, where findings stand, and what comments suppress."""

from datetime import date

import pytest

from journeykit.errors import UsageError
from journeykit.finding import Severity
from journeykit.linting import Linted, Selection, known_rules, lint, page_ids, page_of
from journeykit.reading import read_text
from journeykit.rules import all_rules

TODAY = date(2026, 6, 1)
BODY = """\
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: annoyed
"""


def linted(text: str, *select: str, ignore: tuple[str, ...] = ()) -> Linted:
    document = read_text(text, "a.journey.yaml")
    assert document.findings == ()
    return lint(document, Selection.of(select, ignore), TODAY)


def found(text: str, *select: str) -> list[tuple[str, int]]:
    return [(finding.rule, finding.start.line) for finding in linted(text, *select).findings]


def test_a_finding_says_what_where_and_how_bad() -> None:
    (finding,) = linted("title: Repair process\n" + BODY, "company-title").findings
    assert finding.severity is Severity.WARNING
    assert (finding.file, finding.path, finding.lines) == ("a.journey.yaml", ("title",), ("title: Repair process",))
    assert (finding.start, finding.end) == ((1, 8), (1, 22))


def test_the_path_of_a_finding_is_one_that_the_file_has() -> None:
    (missing,) = linted("title: My router\n" + BODY, "missing-note").findings
    (shorthand,) = linted("title: My router\n" + BODY, "bare-persona").findings
    assert (missing.path, missing.start) == ((), (1, 1))
    assert (shorthand.path, shorthand.start) == (("persona",), (2, 10))


def test_findings_are_in_order_of_place() -> None:
    places = [(f.start, -f.severity) for f in linted("title: Repair process\n" + BODY).findings]
    assert len(places) > 5
    assert places == sorted(places)


def test_what_is_no_journey_has_its_errors_and_nothing_else() -> None:
    document = read_text("# journeykit: ignore-file[unknown-key, nonsense]\ntitel: x\n" + BODY, "a.yaml")
    assert document.findings
    assert lint(document).findings == document.findings
    assert lint(document).suppressed == 0


class TestSelection:
    def ids(self, select: str, ignore: str = "") -> set[str]:
        return {rule.id for rule in Selection.of([select], [ignore]).rules}

    def test_all_rules_run_by_default(self) -> None:
        assert {rule.id for rule in Selection().rules} == known_rules().keys() > all_rules().keys()

    def test_by_id_family_and_several_of_them(self) -> None:
        assert self.ids("bad-ending") == {"bad-ending"}
        persona = {id for id, rule in all_rules().items() if rule.family == "persona"}
        assert self.ids("persona, bad-ending") == {*persona, "bad-ending"}
        assert Selection.of(["persona", "bad-ending"]) == Selection.of(["persona,bad-ending"])

    @pytest.mark.parametrize(
        ("select", "ignore", "runs"),
        [
            ("", "feelings", False),
            ("feelings", "bad-ending", False),
            ("bad-ending", "feelings", True),
            ("bad-ending", "all", True),
            ("feelings", "all", True),
            ("all", "feelings", False),
            ("feelings", "feelings", False),
            ("bad-ending", "bad-ending", False),
            ("all", "all", False),
            ("persona", "", False),
        ],
    )
    def test_the_most_specific_name_wins_and_ignore_wins_a_draw(self, select: str, ignore: str, runs: bool) -> None:
        assert ("bad-ending" in self.ids(select, ignore)) is runs

    @pytest.mark.parametrize(
        ("name", "help"), [("bad-endign", '"bad-ending"'), ("feeling", '"feelings"'), ("qqqqq", "persona")]
    )
    def test_an_unknown_name_is_refused_with_the_nearest(self, name: str, help: str) -> None:
        for select, ignore in ([name], []), ([], [name]):
            with pytest.raises(UsageError) as refused:
                Selection.of(select, ignore)
            assert name in refused.value.message
            assert help in refused.value.help

    def test_an_error_of_validate_is_no_rule(self) -> None:
        with pytest.raises(UsageError, match="no journey"):
            Selection.of(ignore=["unknown-key"])


class TestSuppression:
    def test_at_the_end_of_the_line(self) -> None:
        text = "title: Repair process # journeykit: ignore[company-title] their own name for it\n" + BODY
        assert linted(text, "company-title") == Linted((), suppressed=1)

    def test_on_lines_of_its_own_above_with_other_comments_between(self) -> None:
        text = "# journeykit: ignore[company-title]\n# a word on the title\ntitle: Repair process\n" + BODY
        assert linted(text, "company-title") == Linted((), suppressed=1)

    def test_not_over_an_empty_line_nor_from_the_end_of_the_line_above(self) -> None:
        text = "# journeykit: ignore[company-title]\n\ntitle: Repair process\n" + BODY
        assert found(text, "company-title") == [("company-title", 3)]
        text = "lang: en # journeykit: ignore[company-title]\ntitle: Repair process\n" + BODY
        assert found(text, "company-title") == [("company-title", 2)]

    def test_only_the_rule_that_is_named(self) -> None:
        text = "title: Repair process # journeykit: ignore[bad-ending]\n" + BODY
        assert found(text, "company-title") == [("company-title", 1)]

    @pytest.mark.parametrize("comment", ["# Journeykit: ignore[company-title]", "#JOURNEYKIT: Ignore[company-title]"])
    def test_whoever_writes_the_name_with_capitals(self, comment: str) -> None:
        assert linted(f"title: Repair process {comment}\n{BODY}", "company-title") == Linted((), suppressed=1)

    def test_several_rules_and_a_reason(self) -> None:
        text = "title: Repair process # journeykit: ignore[ company-title,missing-note ] see the wiki\n" + BODY
        assert linted(text, "company-title,missing-note,unused-suppression") == Linted((), suppressed=2)

    def test_for_the_whole_file_wherever_it_stands(self) -> None:
        text = "title: My router\n" + BODY + "# journeykit: ignore-file[bare-persona, missing-note]\n"
        assert linted(text, "bare-persona,missing-note,unused-suppression") == Linted((), suppressed=2)

    @pytest.mark.parametrize(
        "title",
        [
            "title: # journeykit: ignore[company-title]\n  Repair process\n",
            "title: > # journeykit: ignore[company-title]\n  Repair\n  process\n",
            'title: "Repair\n  process" # journeykit: ignore[company-title]\n',
            "\"title\": 'Repair # process' # note # journeykit: ignore[company-title]\n",
            "title: !!str Repair#process #journeykit:ignore[company-title]\n",
            "title: Repair process\t# journeykit:  ignore [company-title]\n",
        ],
    )
    def test_wherever_yaml_has_room_for_a_comment(self, title: str) -> None:
        assert linted(title + BODY, "company-title,unused-suppression") == Linted((), suppressed=1)

    @pytest.mark.parametrize(
        "title",
        [
            'title: "Process # journeykit: ignore[company-title]"\n',
            "title: 'Process\n  # journeykit: ignore[company-title]'\n",
            "title: |\n  Process\n  # journeykit: ignore[company-title]\n",
            "title: Process# journeykit:ignore[company-title]\n",
        ],
    )
    def test_text_that_looks_like_a_comment_is_text(self, title: str) -> None:
        assert found(title + BODY, "company-title,unused-suppression") == [("company-title", 1)]

    def test_a_key_that_holds_what_looks_like_a_comment(self) -> None:
        text = "title: My router\npersona: Eva\ntouchpoints:\n"
        text += '  - It works\n  - "I call # journeykit: ignore[bad-ending]": angry\n'
        assert found(text, "bad-ending,unused-suppression") == [("bad-ending", 5)]

    def test_with_crlf_and_letters_beyond_ascii_before_it(self) -> None:
        text = "lang: hu\r\nowner: Ügyfélszolgálat 🙂\r\ntitle: Hibajegykezelés # journeykit: ignore[company-title]\r\n"
        assert linted(text + BODY, "company-title") == Linted((), suppressed=1)

    def test_in_a_mapping_in_brackets(self) -> None:
        text = (
            "title: My router\npersona: Eva\ntouchpoints:\n  - I call\n  - I wait\n"
            "  - {title: It breaks again, # journeykit: ignore[missing-feeling]\n"
            "     feeling: angry} # journeykit: ignore[bad-ending]\n"
        )
        expected = [("missing-feeling", 5), ("unused-suppression", 6)]
        assert found(text, "bad-ending,missing-feeling,unused-suppression") == expected

    def test_aliases_neither_hide_comments_nor_multiply_work(self) -> None:
        text = (
            "title: My router\npersona: Eva\nevidence: &e []\ntouchpoints:\n"
            + "".join(f"  - {{title: I call {n}, evidence: *e}}\n" for n in range(50))
            + "  - It breaks again: angry # journeykit: ignore[bad-ending]\n"
        )
        assert linted(text, "bad-ending,unused-suppression") == Linted((), suppressed=1)


class TestUnusedSuppressions:
    def unused(self, comment: str, select: str = "all") -> list[tuple[str, str]]:
        result = linted(f"title: My router {comment}\n{BODY}", select)
        return [(f.message, f.help) for f in result.findings if f.rule == "unused-suppression"]

    def test_one_that_is_of_use_is_no_finding(self) -> None:
        assert self.unused("# journeykit: ignore[missing-note]") == []

    def test_the_id_itself_is_pointed_at(self) -> None:
        text = "title: My router # journeykit: ignore[missing-note, bad-ending]\n" + BODY
        (finding,) = (f for f in linted(text).findings if f.rule == "unused-suppression")
        assert finding.severity is Severity.WARNING
        assert (finding.start, finding.end) == ((1, 53), (1, 63))

    def test_what_was_not_selected_is_not_judged(self) -> None:
        assert self.unused("# journeykit: ignore[bad-ending]", "missing-note,unused-suppression") == []
        assert len(self.unused("# journeykit: ignore[bad-ending]", "bad-ending,unused-suppression")) == 1
        assert self.unused("# journeykit: ignore[nonsense]", "persona") == []

    @pytest.mark.parametrize(
        ("comment", "message", "help"),
        [
            ("ignore[bad-endign]", 'no rule "bad-endign"', "bad-ending"),
            ("ignore[zzz]", 'no rule "zzz"', "journeykit rules lists them"),
            ("ignore[feelings]", '"feelings" is a family', "name the rules"),
            ("ignore[unknown-key]", "cannot be suppressed", "remove it"),
            ("ignore", "no rule is named", "ignore[rule-id]"),
            ("ignore[]", "no rule is named", "ignore[rule-id]"),
            ("ignore[missing-note", "no rule is named", "ignore[rule-id]"),
            ("ignore-line[missing-note]", '"ignore-line" is not understood', "ignore[rule-id]"),
            ("disable[missing-note]", '"disable" is not understood', "ignore[rule-id]"),
            ("ignore-file[bad-start]", "bad-start finds nothing in this file", "remove it"),
        ],
    )
    def test_what_cannot_work_is_said(self, comment: str, message: str, help: str) -> None:
        text = f"title: My router # journeykit: {comment}\n" + BODY.replace("frustrated", "calm")
        (finding,) = (f for f in linted(text).findings if f.rule == "unused-suppression")
        assert message in finding.message
        assert help in finding.help

    def test_other_comments_with_the_name_in_them_are_left_alone(self) -> None:
        assert self.unused("# journeykit: 1") == []
        assert self.unused("# see journeykit: ignore[x] in the manual") == []
        assert self.unused("# journeykit: made with it") == []

    def test_they_can_be_suppressed_but_not_in_vain(self) -> None:
        assert self.unused("# journeykit: ignore[bad-start, unused-suppression]", "persona,feelings,suppression") == []
        assert len(self.unused("# journeykit: ignore[unused-suppression]")) == 1
        assert len(self.unused("# journeykit: ignore-file[unused-suppression]")) == 1


def test_every_rule_and_every_refusal_has_a_page() -> None:
    assert {*known_rules(), "unknown-key", "unused-suppression"} <= set(page_ids())
    assert all(page_of(id) for id in page_ids())
    assert page_of("nonsense") is None


class TestSummary:
    """A finding that sums up several is suppressed at its parts, too."""

    HEAD = "title: I get my router fixed\npersona: Ann\n"

    def journey(self, *touchpoints: tuple[str, str]) -> str:
        lines = [f"  - {{title: I do {n}, {rest}}}{comment}" for n, (rest, comment) in enumerate(touchpoints)]
        return self.HEAD + "touchpoints:\n" + "\n".join(lines) + "\n"

    @pytest.mark.parametrize("suppressed", range(5))
    def test_comments_at_the_parts(self, suppressed: int) -> None:
        comment = " # journeykit: ignore[missing-channel] decided in June"
        text = self.journey(*[("feeling: calm", comment)] * suppressed, *[("feeling: calm", "")] * (4 - suppressed))
        expected = [("missing-channel", 4 + line) for line in range(suppressed, 4)]
        if not suppressed:
            expected = [("missing-channel", 3)]
        assert found(text, "missing-channel,unused-suppression") == expected
        assert linted(text, "missing-channel,unused-suppression").suppressed == suppressed

    def test_a_comment_at_the_summary_suppresses_all(self) -> None:
        text = self.journey(*[("feeling: calm", "")] * 4)
        text = text.replace("touchpoints:", "touchpoints: # journeykit: ignore[missing-channel] a sketch")
        assert found(text, "missing-channel,unused-suppression") == []

    def test_behind_the_worst_comes_the_next(self) -> None:
        comment = " # journeykit: ignore[ignored-low-point] known"
        low, high = "satisfaction: -2, importance: 5", "satisfaction: 2"
        text = self.journey((high, ""), (low, ""), (high, ""), (low.replace("5", "4"), ""), (high, ""))
        assert found(text, "ignored-low-point") == [("ignored-low-point", 5)]
        text = self.journey((high, ""), (low, comment), (high, ""), (low.replace("5", "4"), ""), (high, ""))
        assert found(text, "ignored-low-point,unused-suppression") == [("ignored-low-point", 7)]
        text = self.journey((high, ""), (low, comment), (high, ""), (low.replace("5", "4"), comment), (high, ""))
        assert found(text, "ignored-low-point,unused-suppression") == []


SUMMED_UP = """\
title: I get my router fixed
persona: Ann
basis: {basis}
touchpoints:
{touchpoints}
"""


@pytest.mark.parametrize(
    ("rule", "basis", "touchpoint"),
    [
        ("missing-channel", "assumption", "feeling: calm"),
        ("missing-feeling", "assumption", "channel: web"),
        ("missing-evidence", "research", "feeling: calm"),
        ("unstated-expectation", "assumption", "feeling: thrilled, importance: 5"),
        ("unsourced-quote", "assumption", "quote: Well well"),
        ("unexplained-vulnerability", "assumption", "outcome: vulnerability"),
        ("unanswered-gap", "assumption", "needs: [{what: a, gap: b}]"),
        ("undeclared-personal-data", "assumption", "personal_data: [name NUMBER]"),
        ("company-sentence", "assumption", "title: Agent logs ticket NUMBER"),
        ("wishful-current-state", "assumption", "title: I will get NUMBER"),
        ("duplicate-title", "assumption", "title: I call"),
        ("contradicting-feeling", "assumption", "feeling: furious, satisfaction: 2"),
        ("partly-timed", "assumption", "feeling: calm"),
        ("unconsented-quote", "assumption", "quote: Well well"),
        ("missing-retention", "assumption", "personal_data: [name NUMBER]"),
        ("unanswered-churn-risk", "assumption", "churn_risk: high"),
        ("jargon", "assumption", "title: My SLA is missed NUMBER"),
        ("foreign-feeling-word", "assumption", "feeling: frustriert"),
        ("unknown-channel", "assumption", "channel: pigeon post"),
        ("untidy-text", "assumption", "title: I call them NUMBER times now."),
    ],
)
def test_every_rule_that_sums_up_is_suppressed_at_each_of_its_parts(rule: str, basis: str, touchpoint: str) -> None:
    title = "" if "title:" in touchpoint else "title: I do NUMBER, "
    lines = [f"  - {{{title}{touchpoint}}}".replace("NUMBER", str(number)) for number in range(5)]
    if rule == "partly-timed":
        lines.append("  - {title: It works, at: day 3}")
    text = SUMMED_UP.format(basis=basis, touchpoints="\n".join(lines))
    assert len(linted(text, rule).findings) == 1
    commented = [f"{line} # journeykit: ignore[{rule}] known" for line in lines]
    if rule == "duplicate-title":
        commented[0] = lines[0]
    if rule == "partly-timed":
        commented[-1] = lines[-1]
    text = SUMMED_UP.format(basis=basis, touchpoints="\n".join(commented))
    assert found(text, f"{rule},unused-suppression") == []


def test_many_unknown_names_in_one_comment_are_few_findings() -> None:
    names = ", ".join(f"rule-{number}" for number in range(20_000))
    text = f"# journeykit: ignore[{names}]\ntitle: My router\n{BODY}"
    findings = linted(text, "unused-suppression").findings
    assert len(findings) == 11
    assert findings[-1].message == "19,990 more names in this comment are no rules"


def test_many_comments_on_lines_of_their_own() -> None:
    lines = "".join(f"# journeykit: ignore[rule-{number}, unused-suppression]\n" for number in range(20_000))
    found = linted(f"{lines}title: My router\n{BODY}", "unused-suppression, missing-note")
    assert [finding.rule for finding in found.findings] == ["missing-note"]
    assert found.suppressed == 20_000


def test_of_two_comments_for_one_finding_the_farther_is_unused() -> None:
    comment = "# journeykit: ignore[missing-note] for now\n"
    text = f"{comment}{comment}title: My router\n{BODY}"
    assert found(text, "missing-note, unused-suppression") == [("unused-suppression", 1)]
