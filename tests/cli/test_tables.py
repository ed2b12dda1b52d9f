"""Scores, low points and opportunities: as tables for people, and as data for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

import journeykit
from tests.cli.specimen import FULL, HOSTILE, SURVEYED, UNRATED
from tests.conftest import CommandLine

TABLES = ("score", "low-points", "opportunities")
SCORE_KEYS = [
    "file", "id", "title", "score", "band", "word", "partial", "profile", "coverage", "mean", "peak", "valley", "first",
    "end", "landmarks", "rests_on", "consistency", "churn_index", "exits", "effort",
    "stages", "touchpoints", "metrics", "calibration",
]  # fmt: skip
ESCAPE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.fixture
def parcel(cli: CommandLine) -> CommandLine:
    cli.write("parcel.journey.yaml", FULL)
    return cli


def data(cli: CommandLine, *args: str) -> list[dict[str, Any]]:
    found = json.loads(cli(*args, "--output-format", "json").out)
    assert list(found) == ["version", "journeys"]
    assert found["version"] == 1
    return list(found["journeys"])


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("command", [*TABLES, "show"])
def test_tables_are_printed_as_they_were(
    parcel: CommandLine,
    monkeypatch: pytest.MonkeyPatch,
    snapshot: Callable[[str, str], None],
    command: str,
    columns: int,
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = parcel(command, "parcel.journey.yaml", *(["--today", "2026-05-01"] if command == "opportunities" else [])).out
    snapshot(f"{command}-{columns}.txt", out)
    assert max(map(len, out.splitlines())) <= columns
    assert not out.startswith("\n")
    assert "\n\n\n" not in out
    assert not any(line != line.rstrip() for line in out.splitlines())


@pytest.mark.parametrize("form", ["csv", "markdown", "json"])
@pytest.mark.parametrize("command", TABLES)
def test_data_is_written_as_it_was(
    parcel: CommandLine, snapshot: Callable[[str, str], None], command: str, form: str
) -> None:
    today = ["--today", "2026-06-02"] if command == "opportunities" else []
    snapshot(f"{command}-{form}.txt", parcel(command, "--output-format", form, *today).out)


@pytest.mark.parametrize("command", [*TABLES, "show"])
def test_color_changes_no_letter(parcel: CommandLine, command: str) -> None:
    painted = parcel(command, "parcel.journey.yaml", "--color", "always").out
    assert "\x1b[31m" in painted or "\x1b[32m" in painted
    plain = re.sub(r" *\n", "\n", re.sub(r"\x1b\[[0-9;]*m", "", painted))
    assert plain == parcel(command, "parcel.journey.yaml").out


def test_show_has_the_formats_of_tables(parcel: CommandLine) -> None:
    whole = json.loads(parcel("show", "parcel.journey.yaml", "--output-format", "json").out)
    assert whole == json.loads(parcel("score", "parcel.journey.yaml", "--output-format", "json").out)
    rows = parcel("show", "parcel.journey.yaml", "--output-format", "csv").out
    assert rows == parcel("score", "parcel.journey.yaml", "--by", "touchpoint", "--output-format", "csv").out
    assert rows.splitlines()[0].endswith('"stage","phase","channel","feeling","time","start","persona","owner"')


def test_the_scores_are_the_contract(parcel: CommandLine) -> None:
    parcel.write("unrated.journey.yaml", UNRATED)
    one, unrated = data(parcel, "score")
    assert list(one) == SCORE_KEYS
    assert set(one["effort"]) == {
        "touchpoints", "customer_contacts", "channel_switches", "elapsed", "elapsed_at_least", "waiting", "handoffs",
    }  # fmt: skip
    assert all(list(stage) == ["id", "name", "score"] for stage in one["stages"])
    keys = ["id", "title", "score", "coefficient", "half_width", "source", "suppressed", "stated", "measured",
            "stage", "phase", "channel", "feeling", "time", "start", "persona", "owner"]  # fmt: skip
    assert all(list(point) == keys for point in one["touchpoints"])
    assert one["touchpoints"][3]["score"] is None
    for key in ("score", "band", "mean", "peak", "valley", "first", "end", "consistency", "churn_index", "word"):
        assert unrated[key] is None, key
    assert (unrated["file"], unrated["id"], unrated["coverage"]) == ("unrated.journey.yaml", "unrated", 0)


def test_low_points_are_the_contract(parcel: CommandLine) -> None:
    (one,) = data(parcel, "low-points")
    assert list(one) == ["file", "id", "title", "low_points", "drops", "peaks"]
    (low,) = one["low_points"]
    assert list(low) == ["id", "number", "span", "score", "kind", "prominence", "severity", "rank"]
    assert (low["id"], low["span"], low["score"], low["kind"], low["rank"]) == (
        "silence",
        ["silence"],
        0,
        "critical",
        1,
    )
    assert all(set(drop) == {"from", "to", "delta"} for drop in one["drops"])
    assert one["drops"][0]["from"] == "drop"
    assert one["peaks"]


def test_opportunities_are_the_contract(parcel: CommandLine) -> None:
    (one,) = data(parcel, "opportunities")
    found = {idea["id"]: idea for idea in one["opportunities"]}
    assert {"id", "title", "at", "priority", "opportunity_score", "gain"} <= set(found["news"])
    assert (found["news"]["at"], found["news"]["gain"] > 0) == (["silence"], True)
    assert found["fewer"]["saves"]["touchpoints"] == 1
    assert found["fewer"]["due"] == "2026-06-01"
    assert (found["unknown"]["priority"], found["unknown"]["saves"]) == (None, None)


@pytest.mark.parametrize("command", TABLES)
def test_no_number_is_rounded(with_examples: CommandLine, command: str) -> None:
    numbers: list[float] = []

    def collect(value: Any) -> None:
        if isinstance(value, float):
            numbers.append(value)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            collect(inner)

    collect(data(with_examples, command, "examples"))
    assert any(round(number, 6) != number for number in numbers)


def test_the_figures_are_those_of_the_python_api(with_examples: CommandLine) -> None:
    scored = data(with_examples, "score", "examples")
    low = data(with_examples, "low-points", "examples")
    ideas = data(with_examples, "opportunities", "examples")
    assert len(scored) == 6
    for one, lows, todo in zip(scored, low, ideas, strict=True):
        journey = journeykit.load(one["file"])
        scores = journeykit.score(journey)
        assert one["score"] == scores.score
        assert scores.band is not None
        assert one["band"] == {"low": scores.band[0], "high": scores.band[1], "kind": scores.band_kind}
        assert [point["score"] for point in one["touchpoints"]] == [rated.score for rated in scores.touchpoints]
        assert [point["coefficient"] for point in one["touchpoints"]] == [
            rated.coefficient for rated in scores.touchpoints
        ]
        assert [(at["id"], at["severity"]) for at in lows["low_points"]] == [
            (at.id, at.severity) for at in journeykit.low_points(journey)
        ]
        assert [at["id"] for at in lows["peaks"]] == [at.id for at in journeykit.peaks(journey)]
        assert [(at["id"], at["gain"]) for at in todo["opportunities"]] == [
            (at.opportunity.id, at.gain) for at in journeykit.opportunities(journey)
        ]


# Surveys and service metrics


@pytest.fixture
def desk(cli: CommandLine) -> CommandLine:
    cli.write("desk.journey.yaml", SURVEYED)
    return cli


@pytest.mark.parametrize("columns", [60, 120])
@pytest.mark.parametrize("command", ["score", "show"])
def test_surveys_and_metrics_are_printed_as_they_were(
    desk: CommandLine,
    monkeypatch: pytest.MonkeyPatch,
    snapshot: Callable[[str, str], None],
    command: str,
    columns: int,
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = desk(command, "desk.journey.yaml").out
    snapshot(f"{command}-surveyed-{columns}.txt", out)
    assert max(map(len, out.splitlines())) <= columns


@pytest.mark.parametrize("form", ["csv", "markdown"])
@pytest.mark.parametrize("by", ["metric", "survey"])
def test_surveys_and_metrics_are_written_as_they_were(
    desk: CommandLine, snapshot: Callable[[str, str], None], by: str, form: str
) -> None:
    snapshot(f"score-{by}-{form}.txt", desk("score", "--by", by, "--output-format", form).out)


def test_metrics_have_interval_base_and_target(desk: CommandLine) -> None:
    (one,) = data(desk, "score")
    metrics = {metric["id"]: metric for metric in one["metrics"]}
    assert list(metrics) == ["happy", "few", "recommend", "ease", "first-reply", "reopened", "share-left"]
    happy = metrics["happy"]
    assert (happy["value"], happy["unit"], happy["n"], happy["low_base"], happy["met"]) == (
        0.8,
        "share",
        20,
        True,
        False,
    )
    assert happy["interval"] == [pytest.approx(0.583983, abs=1e-6), pytest.approx(0.919342, abs=1e-6)]
    assert (metrics["first-reply"]["value"], metrics["first-reply"]["p90"], metrics["first-reply"]["met"]) == (
        1080, 3300, True,
    )  # fmt: skip
    assert metrics["ease"]["easy"] == pytest.approx(40 / 43)
    assert metrics["reopened"]["met"] is False


def test_too_few_answers_are_told_nowhere(desk: CommandLine) -> None:
    (one,) = data(desk, "score")
    few = next(metric for metric in one["metrics"] if metric["id"] == "few")
    assert few["suppressed"]
    assert {few[key] for key in ("value", "interval", "met", "mean", "easy")} == {None}
    survey = next(point["measured"] for point in one["touchpoints"] if point["id"] == "told")
    assert (survey["score"], survey["interval"], survey["n"], survey["suppressed"]) == (None, None, 3, True)
    for form in ("csv", "markdown", "full"):
        shown = desk("score", "--by", "metric", "--output-format", form).out
        assert "66.7" not in shown
        assert "0.66" not in shown


def test_what_the_map_says_is_held_against_what_customers_say(desk: CommandLine) -> None:
    (one,) = data(desk, "score")
    found = one["calibration"]
    assert (found["n"], found["bias"], found["mae"]) == (3, 20.0, pytest.approx(56.666667))
    assert (found["blind_spots"], found["false_alarms"]) == (["call", "wait"], ["done"])
    call = one["touchpoints"][0]
    assert (call["stated"], call["measured"]["score"], call["measured"]["n"]) == (75.0, 25.0, 40)
    low, high = call["measured"]["interval"]  # t(.975, 39) · 1 / √40 of a scale of 4 steps
    assert ((high - low) / 2, (high + low) / 2) == (pytest.approx(7.995, abs=1e-3), 25.0)
    assert one["touchpoints"][3]["measured"]["interval"] is None


@pytest.mark.parametrize("by", ["metric", "survey"])
def test_where_nothing_was_measured_it_is_said(parcel: CommandLine, by: str) -> None:
    done = parcel("score", "--by", by)
    assert (done.status, done.out, done.err) == (0, "", f"0 {by}s in 1 journey.\n")


def test_metrics_of_many_files_are_one_table(with_examples: CommandLine) -> None:
    rows = list(
        csv.DictReader(io.StringIO(with_examples("score", "examples", "--by", "metric", "--output-format", "csv").out))
    )
    assert len({row["file"] for row in rows}) > 2
    written = {row["id"]: row for row in rows}
    assert (written["first-reply"]["value"], written["first-reply"]["target"]) == ("1080.0", "1200.0")


def test_low_points_are_ranked_over_all_files(with_examples: CommandLine) -> None:
    rows = list(csv.DictReader(io.StringIO(with_examples("low-points", "examples", "--output-format", "csv").out)))
    severities = [float(row["severity"]) for row in rows]
    assert severities == sorted(severities, reverse=True)
    assert [int(row["rank"]) for row in rows] == list(range(1, len(rows) + 1))
    assert len({row["file"] for row in rows}) > 2


@pytest.mark.parametrize(("by", "rows"), [("journey", 1), ("stage", 2), ("touchpoint", 5)])
def test_by_says_what_a_row_stands_for(parcel: CommandLine, by: str, rows: int) -> None:
    found = list(csv.DictReader(io.StringIO(parcel("score", "--by", by, "--output-format", "csv").out)))
    assert len(found) == rows
    assert all(row["file"] == "parcel.journey.yaml" for row in found)


@pytest.mark.parametrize("command", [*TABLES, "feelings", "channels"])
def test_csv_has_as_many_cells_in_every_row(with_examples: CommandLine, command: str) -> None:
    paths = ["examples"] if command in TABLES else []
    rows = list(csv.reader(io.StringIO(with_examples(command, *paths, "--output-format", "csv").out)))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("command", [*TABLES, "feelings", "channels"])
def test_markdown_is_a_table(with_examples: CommandLine, command: str) -> None:
    paths = ["examples"] if command in TABLES else []
    out = with_examples(command, *paths, "--output-format", "markdown").out
    for block in out.split("\n\n"):
        lines = block.splitlines()
        if not lines[0].startswith("|"):
            continue
        bars = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
        assert len(bars) == 1, block


def test_profile_and_source_are_used(with_examples: CommandLine) -> None:
    path = "examples/plumber-visit.journey.yaml"
    plain = data(with_examples, "score", path)[0]
    mean = data(with_examples, "score", path, "--profile", "mean")[0]
    stated = data(with_examples, "score", path, "--source", "stated")[0]
    own = data(with_examples, "score", path, "--profile", "1,0,0,0,0")[0]
    assert (plain["profile"], mean["profile"], own["profile"]) == ("balanced", "mean", "custom")
    assert mean["score"] == pytest.approx(mean["mean"])
    assert own["score"] == pytest.approx(mean["score"])
    assert stated["score"] != plain["score"]
    assert {point["source"] for point in stated["touchpoints"]} <= {"satisfaction", "feeling"}


def test_nothing_to_list_prints_no_empty_table(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", UNRATED)
    for command in ("low-points", "opportunities"):
        done = cli(command)
        assert (done.status, done.out) == (0, "")
        assert done.err.startswith("0 ")
    assert cli("opportunities", "--output-format", "csv").out.count("\n") == 1


def test_an_unrated_journey_is_shown_and_says_that_it_has_no_score(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", UNRATED)
    for command in ("score", "show"):
        assert "no score: only 0 % of the journey's weight is rated" in cli(command, "a.journey.yaml").out


# Text that means harm


@pytest.fixture
def hostile(cli: CommandLine) -> CommandLine:
    cli.write("[red]h\x1b[31m\n.journey.yaml", HOSTILE)
    return cli


@pytest.mark.parametrize("color", ["never", "always"])
@pytest.mark.parametrize(
    "args",
    [["score"], ["score", "--by", "touchpoint"], ["low-points"], ["opportunities"], ["lint", "--show", "info"],
     ["validate", "--show-files"]]
    + [[command, "--output-format", form] for command in TABLES for form in ("json", "csv", "markdown")]
    + [["lint", "--show", "info", "--output-format", form] for form in ("concise", "github", "json", "sarif")],
    ids=" ".join,
)  # fmt: skip
def test_text_of_users_is_text(hostile: CommandLine, args: list[str], color: str) -> None:
    options = [] if args[-1] == "--show-files" else ["--color", color]
    done = hostile(*args, *options)
    assert done.status in (0, 1), done.err
    said = re.sub(r"\x1b\[(?:[0-9;]*)m", "", done.out) if color == "always" else done.out
    if color == "always":
        assert "\x1b[5m" not in done.out
        assert "\x1b[2J" not in done.out
    assert not ESCAPE.search(said), ESCAPE.search(said)
    assert not ESCAPE.search(re.sub(r"\x1b\[[0-9;]*m", "", done.err))


def test_show_prints_hostile_text_as_it_stands(hostile: CommandLine) -> None:
    (path,) = hostile.folder.iterdir()
    out = hostile("show", path.name).out
    assert not ESCAPE.search(out)
    for text in ("[red]T[/red]", r"\x1b[31m", r"\u202e", "[bold]P[/nothing]", "[link=http://x]n[/link]",
                 "[/x] a|b `c`", r"[blue]own \x1b[5m", "@team [red]"):  # fmt: skip
        assert text in re.sub(r"\s+", " ", out), text


def test_a_spreadsheet_runs_no_formula(hostile: CommandLine) -> None:
    for args in (["score", "--by", "touchpoint"], ["opportunities"]):
        rows = csv.reader(io.StringIO(hostile(*args, "--output-format", "csv").out))
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r")]
        assert not [cell for cell in cells if cell.startswith("-") and not re.fullmatch(r"-[\d.]+(e-\d+)?", cell)]
    assert "'=cmd|' /C calc'!A0" in hostile("score", "--by", "touchpoint", "--output-format", "csv").out


def test_markdown_shows_the_text_and_not_its_meaning(hostile: CommandLine) -> None:
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").render(
        hostile("score", "--by", "touchpoint", "--output-format", "markdown").out
    )  # fmt: skip
    for mark in ("<b>", "<em>", "<strong>", "<s>", "<code>", "<a "):
        assert mark not in html
    assert r"[/x] a|b `c` &lt;b&gt; &amp;amp; \x07 *st* _u_ ~s~ $x$ \</td>" in html
    assert html.count("<tr>") == 4


# Vocabulary


def test_a_feeling_is_found_in_any_language(cli: CommandLine) -> None:
    (row,) = json.loads(cli("feelings", "Frustriert", "--output-format", "json").out)
    assert (row["en"][0], row["valence"]) == ("frustrated", -1.5)


def test_feelings_of_one_language(cli: CommandLine) -> None:
    rows = json.loads(cli("feelings", "--lang", "hu", "--output-format", "json").out)
    assert len(rows) > 50
    assert all(set(row) == {"hu", "valence", "family", "ambiguous"} for row in rows)


def test_channels_have_names_in_a_language(cli: CommandLine) -> None:
    rows = {row["id"]: row for row in json.loads(cli("channels", "--lang", "de", "--output-format", "json").out)}
    assert rows["phone"]["name"] == "Telefon"
    assert rows["phone"]["aliases"]


@pytest.mark.parametrize("columns", ["40", "80", "100", "200"])
@pytest.mark.parametrize("args", [["channels"], ["feelings"], ["feelings", "--lang", "el"]], ids=" ".join)
def test_the_vocabulary_fits_the_terminal(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, args: list[str], columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    out = cli(*args).out
    assert max(map(len, out.splitlines())) <= int(columns)
    if args == ["channels"]:
        assert "Ideal for" in re.sub(r"\s+", " ", out) or "Ideal" in out
