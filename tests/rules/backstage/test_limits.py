"""Limits that a team sets, and that one mistake is one finding."""

import pytest

from tests.rules.judged import found_by, judged

HEAD = "title: I get my router fixed\npersona: Home customer\ntouchpoints:\n"
CHAIN = HEAD + "  - {title: I call, backstage: [{from: A, to: B}, {from: B, to: C}]}\n  - It works: happy\n"
RISK = HEAD + "  - {title: I see the price, feeling: thoughtful, churn_risk: 0.1}\n  - It works: happy\n"
LOW = HEAD + "  - I call: hopeful\n  - {title: Nobody comes, satisfaction: -2}\n  - It works: happy\n"
EXIT = "{question: Go?, options: [{answer: a, to: end}, {answer: b, to: works}]}"
DECIDING = HEAD + f"  - {{title: I see it, feeling: calm, decision: {EXIT}}}\n  - {{id: works, title: It works}}\n"


@pytest.mark.parametrize(
    ("id", "text", "limit"),
    [
        ("many-handoffs", CHAIN, {"handoffs": 2}),
        ("unanswered-churn-risk", RISK, {"risk": 0.1}),
        (
            "critical-without-churn-risk",
            LOW.replace("-2", "-2, importance: 2, moment_of_truth: true"),
            {"importance": 3},
        ),
        ("missing-decision", LOW.replace("-2", "-2, churn_risk: low"), {"touchpoints": 3}),
        ("exit-without-risk", DECIDING, {"score": 80}),
    ],
)
def test_a_stricter_limit_finds_more(id: str, text: str, limit: dict[str, float]) -> None:
    assert not judged(id, text)
    assert len(judged(id, text, **limit)) == 1


def test_a_severity_is_a_limit() -> None:
    severe = LOW.replace("satisfaction: -2", "satisfaction: -2, churn_risk: high")
    assert len(judged("unexplained-low-point", LOW)) == 1
    assert not judged("unexplained-low-point", LOW, severity=80)
    assert not judged("unanswered-churn-risk", severe)


def test_one_mistake_is_one_finding() -> None:
    leaving = LOW.replace("-2", f"-2, importance: 5, churn_risk: high, why: x, decision: {EXIT}")
    leaving = leaving.replace("- It works: happy", "- {id: works, title: It works, feeling: happy}")
    families = ("backstage", "opportunities", "touchpoints")
    relevant = {"ignored-low-point", "unanswered-churn-risk", "exit-without-risk", "critical-without-churn-risk"}
    assert [id for id in found_by(families, leaving) if id in relevant] == ["ignored-low-point"]
    unstated = leaving.replace("churn_risk: high, ", "")
    assert [id for id in found_by(("backstage",), unstated) if id in relevant] == ["exit-without-risk"]
    bound = leaving.replace("churn_risk: high", "churn_risk: high, tags: [not-empowered], needs: [{what: a, gap: b}]")
    asked = {"unanswered-gap", "disempowered-staff"}
    assert set(found_by(families, bound)) & (relevant | asked) == asked


def test_a_chain_is_told_with_the_names_of_the_teams() -> None:
    (hit,) = judged("many-handoffs", CHAIN, handoffs=2)
    assert hit.message.endswith("A → B → C")
