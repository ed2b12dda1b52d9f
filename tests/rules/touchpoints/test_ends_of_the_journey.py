"""Where a journey starts and ends: judged by times, else by phases, and only where there are some."""

import pytest

from tests.rules.judged import judged, lines

HEAD = "title: I get my router fixed\npersona: Home customer\n"


def flat(first: str, last: str, head: str = "") -> str:
    return HEAD + head + f"touchpoints:\n  - {{title: I call{first}}}\n  - {{title: The technician fixes it{last}}}\n"


def staged(*stages: str, head: str = "") -> str:
    """Stages from what stands beside the name and, after a bar, beside the title of the one touchpoint."""
    text = HEAD + head + "stages:\n"
    for number, stage in enumerate(stages):
        beside, _, inside = stage.partition("|")
        text += f"  - {{name: Stage {number}{beside}, touchpoints: [{{title: I do {number}{inside}}}]}}\n"
    return text


@pytest.mark.parametrize(
    ("text", "late"),
    [
        (flat("", ""), False),
        (flat(", at: 0h", ""), False),
        (flat(", at: 0h", "", "day0: day of the call\n"), True),
        (flat(", at: 0h, channel: phone", "", "day0: day of the call\n"), True),
        (flat(", at: 0h, channel: self", "", "day0: day of the fault\n"), False),
        (flat(", at: day 3", ", at: day 4"), True),
        (flat(", at: -1min", ", at: 0h"), False),
        (flat("", ", at: 0h"), False),
        (flat(", at: 2026-03-02", "", "day0: 2026-03-02\n"), True),
        (flat(", at: 2026-03-01T23:59", "", "day0: 2026-03-02\n"), False),
        (flat(", at: 2026-03-02", "", "day0: first working day\n"), False),
        (staged("", ""), False),
        (staged(", phase: during", ", phase: after"), True),
        (staged("", ", phase: during"), False),
        (staged(", phase: before", ", phase: during"), False),
        (staged(", phase: before|, at: 0h", ", phase: during"), False),
        (staged(", phase: during|, at: -3d", ", phase: after"), False),
        (staged(", phase: during|, at: 2026-03-02", ", phase: after"), True),
    ],
)
def test_a_late_start_needs_a_time_or_a_phase(text: str, late: bool) -> None:
    assert bool(judged("late-start", text)) == late


@pytest.mark.parametrize(
    ("text", "early"),
    [
        (flat("", ""), False),
        (flat("", ", at: 0h"), True),
        (flat("", ", at: day 1 23:59"), True),
        (flat("", ", at: day 2"), False),
        (flat("", ", at: 0h, lasts: 47h"), True),
        (flat("", ", at: 0h, lasts: 2d"), False),
        (flat(", at: 0h", ""), False),
        (flat(", at: 0h", ", at: 2026-03-03", "day0: 2026-03-02\n"), True),
        (flat(", at: 0h", ", at: 2026-03-04", "day0: 2026-03-02\n"), False),
        (staged(", phase: before", ", phase: during"), True),
        (staged(", phase: before", ""), False),
        (staged(", phase: before", ", phase: after|, at: 0h"), False),
        (staged(", phase: before", ", phase: renewal"), False),
        (staged(", phase: before|, at: day 9", ", phase: during"), False),
        (staged(", phase: before", ", phase: during|, at: day 9"), False),
    ],
)
def test_an_early_end_needs_a_time_or_a_phase(text: str, early: bool) -> None:
    assert bool(judged("early-end", text)) == early


def test_without_times_it_is_the_phase_that_is_pointed_at() -> None:
    text = HEAD + (
        "stages:\n"
        "  - name: The repair\n"
        "    phase: during\n"
        "    touchpoints:\n"
        "      - I call\n"
        "      - The technician fixes it\n"
    )
    assert lines("late-start", text) == lines("early-end", text) == [5]


@pytest.mark.parametrize(
    ("first", "last", "rules"),
    [
        (", feeling: calm, channel: phone", ", feeling: calm, channel: phone", []),
        ("", ", feeling: calm, channel: phone", ["bare-endpoint"]),
        (", satisfaction: 0, channel: none", ", channel: phone", ["bare-endpoint"]),
        (", feeling: calm", ", measured: {mean: 1, n: 9}, channel: phone", ["bare-endpoint"]),
        ("", "", ["missing-feeling", "missing-channel"]),
        (", feeling: calm", ", feeling: calm", ["missing-channel"]),
    ],
)
def test_what_the_ends_lack_is_found_once(first: str, last: str, rules: list[str]) -> None:
    text = flat(first, last)
    ids = ("bare-endpoint", "missing-feeling", "missing-channel", "bad-start", "bad-ending")
    assert [id for id in ids for _ in judged(id, text)] == rules
