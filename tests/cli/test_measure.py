"""`measure` on real files: the survey of an airport as it was published, an engine, files that are written."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EXAMPLES, ROOT, CommandLine

DATA = ROOT / "tests" / "data" / "measure"
EXPECTED: dict[str, Any] = json.loads((DATA / "sfo_expected_2017.json").read_text(encoding="utf-8"))
PLACES: dict[str, str] = EXPECTED["_columns"]
SOURCE = """\
[data.sfo-{year}]
kind = "answers"
row = "respondent"
url = "{folder}/sfo_{year}.csv"
period = "{year}"
missing = {{0 = "blank", 6 = "not applicable"}}
{keys}
[data.sfo-{year}.columns]
NETPRO = {{metric = "nps", missing = {{11 = "blank"}}}}
{columns}
"""
WEIGHTED, CLUSTERED = 'weight = "WEIGHT"', 'weight = "WEIGHT"\ncluster = "RUNID"'
MAP = """\
title: I fly from San Francisco  # a comment
persona: Anna
scale: 1..5
data: [sfo-2017, sfo-2018]
touchpoints:
""" + "".join(f"  - {{id: {name}, title: I meet the {name}, satisfaction: 2}}  # {name}\n" for name in PLACES)


def settings(keys: str = 'weight = "none"') -> str:
    found = []
    for year in ("2017", "2018"):
        columns = "\n".join(
            f"{column.replace('WALKWAYS', 'WALKWAY') if year == '2018' else column} = "
            f'{{touchpoint = "{name}", metric = "csat"}}'
            for name, column in PLACES.items()
        )
        found.append(SOURCE.format(year=year, folder=DATA, keys=keys, columns=columns))
    return "\n".join(found)


@pytest.fixture
def airport(cli: CommandLine) -> CommandLine:
    cli.write("fly.journey.yaml", MAP)
    cli.write("journeykit.toml", settings())
    return cli


@cache
def survey(keys: str) -> dict[str, Any]:
    """What is measured of both years, as JSON."""
    import tempfile

    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        patch.chdir(folder)
        (folder / "journeykit.toml").write_text(settings(keys), encoding="utf-8")
        (folder / "fly.journey.yaml").write_text(MAP, encoding="utf-8")
        done = CommandLine(folder)("measure", "--output-format", "json")
        assert done.status == 0, done.err
        found: dict[str, Any] = json.loads(done.out)
        return found


def answers(keys: str, place: str, year: str) -> dict[str, Any]:
    (journey,) = survey(keys)["journeys"]
    at = journey["kpis"] if not place else next(one for one in journey["touchpoints"] if one["id"] == place)["answers"]
    found: dict[str, Any] = next(one for one in at if one["period"] == year)
    return found


def statistic(one: dict[str, Any], name: str) -> list[float]:
    found = next(each for each in one["statistics"] if each["name"] == name)
    return [found["value"], found["low"], found["high"]]


@pytest.mark.parametrize("place", PLACES)
def test_every_figure_of_2017(place: str) -> None:
    right = EXPECTED["years"]["2017"]["touchpoints"][place]
    one = answers('weight = "none"', place, "2017")
    assert (one["n"], one["counts"]) == (right["n"], right["counts"])
    value, low, high = statistic(one, "mean on 0..100")
    assert (value, (high - low) / 2) == pytest.approx((right["score100"], right["score100_half"]), abs=6e-5)
    assert statistic(one, "top-2 box") == pytest.approx([right["csat"], *right["csat_wilson95"]], abs=6e-5)


@pytest.mark.parametrize("place", PLACES)
def test_every_weighted_figure_of_2017(place: str) -> None:
    right = EXPECTED["years"]["2017"]["touchpoints"][place]["weighted"]
    one = answers(WEIGHTED, place, "2017")
    value, low, high = statistic(one, "mean on 0..100")
    mean = [25 * (bound - 1) for bound in right["mean_ci95"]]
    assert one["n_effective"] == pytest.approx(right["kish_n_eff"], abs=6e-5)
    assert value == pytest.approx(right["score100"], abs=6e-5)
    assert [low, high] == pytest.approx(mean, abs=0.003), "the published bounds have four digits of the scale"
    share = [right["csat"], *right["csat_wilson95_kish_n_eff"]]
    assert statistic(one, "top-2 box") == pytest.approx(share, abs=6e-5)


def test_the_nps_of_2017_plain_and_weighted() -> None:
    right = EXPECTED["years"]["2017"]["nps"]
    assert statistic(answers('weight = "none"', "", "2017"), "NPS") == pytest.approx(
        [right["nps"], *right["adj_wald95"]], abs=6e-5
    )
    assert statistic(answers(WEIGHTED, "", "2017"), "NPS") == pytest.approx(
        [right["weighted"]["nps"], *right["weighted"]["taylor95"]], abs=6e-4
    )


def change(keys: str, place: str) -> dict[str, Any]:
    (journey,) = survey(keys)["journeys"]
    found: dict[str, Any] = next(
        one
        for one in journey["comparisons"]
        if one["after"]["touchpoint"] == place and one["after"]["period"] == "2018"
    )
    return found


@pytest.mark.parametrize(
    ("keys", "nps", "security"),
    [
        ('weight = "none"', (-8.8586, -12.6991, -5.0012), (-5.4336, None, None)),
        (WEIGHTED, (-5.2848, -9.4793, -1.0903), (-4.4225, None, None)),
        (CLUSTERED, (-5.2848, -10.6318, 0.0622), (-4.4225, -6.5719, -2.2732)),
    ],
)
def test_the_change_to_2018_as_published(
    keys: str, nps: tuple[float, ...], security: tuple[float, float | None, float | None]
) -> None:
    found = change(keys, "")
    assert [found["delta"], found["low"], found["high"]] == pytest.approx(list(nps), abs=3e-4)
    other = change(keys, "security")
    for value, right in zip((other["delta"], other["low"], other["high"]), security, strict=True):
        assert right is None or value == pytest.approx(right, abs=3e-4)


@pytest.mark.parametrize(
    ("keys", "sure"),
    [
        ('weight = "none"', {"security", "restrooms", "boarding-area", "shops", "getting-there", "wifi"}),
        (WEIGHTED, {"security", "restrooms"}),
    ],
)
def test_without_its_weights_four_more_touchpoints_would_seem_to_change(keys: str, sure: set[str]) -> None:
    """Corrected over touchpoints alone, as published; a run corrects over all that it compares, the NPS too."""
    from journeykit.scoring.significance import holm

    (journey,) = survey(keys)["journeys"]
    p = {one["after"]["touchpoint"]: one["p"] for one in journey["comparisons"] if one["after"]["touchpoint"]}
    corrected = holm(p)
    assert {place for place, value in corrected.items() if value < 0.05} == sure
    published = {'weight = "none"': 9.46e-13, WEIGHTED: 1.77e-07}[keys]
    assert corrected["security"] == pytest.approx(published, rel=0.01)
    everything = {one["after"]["touchpoint"] or "": one["p_holm"] for one in journey["comparisons"]}
    assert all(everything[place] >= corrected[place] for place in corrected)


def test_the_report_says_what_the_map_and_customers_say(airport: CommandLine) -> None:
    done = airport("measure")
    assert done.status == 0
    security = next(line for line in done.out.splitlines() if "meet the security" in line)
    assert "25.0" in security
    assert "77.2 good" in security
    assert "Method:" in done.out
    assert done.out.rstrip().endswith("Made by: journeykit measure")
    assert all(len(line) <= 100 for line in done.out.splitlines())


def test_figures_are_written_scored_without_data_and_not_written_again(airport: CommandLine) -> None:
    diff = airport("measure", "--diff")
    assert diff.status == 1
    assert (airport.folder / "fly.journey.yaml").read_text(encoding="utf-8") == MAP
    done = airport("measure", "--write", "-q")
    assert done.status == 0
    text = (airport.folder / "fly.journey.yaml").read_text(encoding="utf-8")
    for name in PLACES:
        line = next(line for line in text.splitlines() if line.endswith(f"# {name}"))
        assert "satisfaction: 2" in line
        assert "source: sfo-2018, period: 2018" in line
    (airport.folder / "journeykit.toml").unlink()
    assert airport("validate").status == 0
    scored = json.loads(airport("score", "--source", "measured", "--output-format", "json").out)
    parking = next(one for one in scored["journeys"][0]["touchpoints"] if one["id"] == "parking")
    assert parking["score"] == pytest.approx(25 * (3.8319 - 1), abs=0.002)
    (nps,) = scored["journeys"][0]["metrics"]
    assert nps["value"] == pytest.approx(30.9811, abs=5e-5)
    airport.write("journeykit.toml", settings())
    again = airport("measure", "--diff")
    assert (again.status, again.out) == (0, "")
    assert "0 figures would change" in again.err


def test_a_figure_and_its_source_are_written_at_the_end_of_one_file(airport: CommandLine) -> None:
    airport.write("fly.journey.yaml", MAP + "kpis:\n  - {id: seen, kind: rate, k: 3, n: 9}\n")
    done = airport("measure", "--write", "-q")
    assert done.status == 0, done.err
    scored = json.loads(airport("score", "--output-format", "json").out)
    assert [one["id"] for one in scored["journeys"][0]["metrics"]] == ["seen", "nps"]


def test_figures_of_another_period_are_written_over_only_if_asked(airport: CommandLine) -> None:
    airport("measure", "--write", "--data", "sfo-2017", "-q")
    before = (airport.folder / "fly.journey.yaml").read_text(encoding="utf-8")
    done = airport("measure", "--write")
    assert done.status == 2
    assert "security: the file has sfo-2017, 2017; the data have sfo-2018, 2018" in done.err
    assert (airport.folder / "fly.journey.yaml").read_text(encoding="utf-8") == before
    assert airport("measure", "--write", "--replace").status == 0
    assert "period: 2018" in (airport.folder / "fly.journey.yaml").read_text(encoding="utf-8")


def test_small_segments_are_in_no_output(airport: CommandLine) -> None:
    """Nine cells of language and boarding area have fewer than five answers; none is in the CSV."""
    done = airport("measure", "--data", "sfo-2017", "--segment", "LANG", "--segment", "BAREA", "--output-format", "csv")
    rows = [row for row in csv.DictReader(io.StringIO(done.out)) if row["metric"] == "nps"]
    sizes = EXPECTED["suppression_LANG_x_BAREA_nps_n_2017"]["n_by_cell"]
    shown = {row["segment"]: row["n"] for row in rows if "BAREA" in row["segment"] and "LANG" in row["segment"]}
    for cell, n in sizes.items():
        language, area = cell.split("/")
        found = next(
            (value for key, value in shown.items() if f"LANG={language}" in key and f"BAREA={area}" in key), ""
        )
        assert found in ("", str(n))
        assert n >= 5 or found == ""
    assert all(not row["counts"] and not row["value"] for row in rows if row["suppressed"] == "True")
    assert len([n for n in shown.values() if n]) >= 8


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--segment", "LANG=4", "--segment", "BAREA=D"], "LANG=4, BAREA=D has fewer than 5 answers"),
        (["--segment", "A", "--segment", "B", "--segment", "C"], "3 segments at once"),
        (["--segment", "agent"], "looks like members of staff"),
        (["--data", "sfo-2016"], 'there is no source "sfo-2016"'),
        (["--segment", "NOPE"], 'there is no column "NOPE"'),
        (["--memory", "little"], "is no size"),
        (["--timeout", "soon"], "is no time"),
        (["--since", "yesterday"], "is no day"),
    ],
)
def test_what_is_refused_is_2_and_says_why(airport: CommandLine, options: list[str], message: str) -> None:
    done = airport("measure", "--data", "sfo-2017", *options)
    assert done.status == 2
    assert message in " ".join(done.err.split()), done.err


def test_a_source_that_cannot_be_read_does_not_stop_the_others(airport: CommandLine) -> None:
    text = settings().replace(f"{DATA}/sfo_2018.csv", "gone.csv")
    airport.write("journeykit.toml", text)
    done = airport("measure")
    assert done.status == 2
    assert "gone.csv" in done.err
    assert "sfo-2017" in done.out


@pytest.mark.parametrize("form", ["full", "json", "csv"])
def test_the_report_of_the_example_is_as_it_was(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, snapshot: Callable[[str, str], None], form: str
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    shutil.copytree(EXAMPLES / "measured", cli.folder, dirs_exist_ok=True)
    done = cli("measure", "--output-format", form)
    snapshot(f"measure-{form}.txt", done.out)
    assert (done.status, done.err) == (0, "")


def test_a_series_has_one_journey_of_an_id(airport: CommandLine) -> None:
    airport.write("other.journey.yaml", "id: fly\n" + MAP)
    airport.write("fly.journey.yaml", "id: fly\n" + MAP)
    done = airport("measure", "--series", "all.csv")
    assert done.status == 2
    assert 'fly.journey.yaml and other.journey.yaml have the same id, "fly"' in done.err
    assert not (airport.folder / "all.csv").exists()


def test_settings_beside_a_map_elsewhere_are_named(cli: CommandLine) -> None:
    cli.write("maps/fly.journey.yaml", MAP)
    done = cli("measure", "maps")
    assert (done.status, done.out) == (2, "")
    assert 'maps/fly.journey.yaml: there are no settings with a source "sfo-2017"' in done.err.replace("\\", "/")
    assert done.err.rstrip().endswith("above it; write --config FILE")
    path = cli.write("maps/journeykit.toml", settings())
    told = cli("measure", "maps").err.split("--config ")[1].strip()
    assert Path(told).name == path.name
    assert cli("measure", "maps", "--config", told).status == 0


def test_without_data_it_says_how_to_start(cli: CommandLine) -> None:
    cli.write("fly.journey.yaml", MAP.replace("data: [sfo-2017, sfo-2018]\n", ""))
    done = cli("measure")
    assert (done.status, done.out.strip()) == (0, "")
    assert "[data.NAME]" in done.err
    cli.write("journeykit.toml", settings())
    assert "No journey names data" in cli("measure").err


ANSWERS = """\
[data.desk]
kind = "answers"
url = "desk.csv"
touchpoint = "question"
score = "score"
metric = {is = "csat"}
at = "day"
weight = "none"
"""
DESK = """\
title: I ask
persona: P
scale: 1..5
data: [desk]
touchpoints:
  - {id: call, title: I call, feeling: calm}
  - {id: wait, title: I wait, feeling: annoyed}
"""


@pytest.fixture
def desk(cli: CommandLine) -> CommandLine:
    draw = random.Random(3)
    lines = [
        f"{draw.choice(['call', 'wait'])},{draw.randint(1, 5)},{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        for year in (2025, 2026)
        for _ in range(400)
    ]
    cli.write("desk.csv", "question,score,day\n" + "\n".join(sorted(lines, key=lambda line: line[-10:])) + "\n")
    cli.write("journeykit.toml", ANSWERS)
    cli.write("ask.journey.yaml", DESK)
    return cli


def test_a_series_is_extended_and_equals_one_over_everything(desk: CommandLine) -> None:
    whole = (desk.folder / "desk.csv").read_text(encoding="utf-8")
    assert desk("measure", "--series", "whole.csv", "--period", "month").status == 0
    early = [line for line in whole.splitlines() if line.endswith("day") or line[-10:] < "2026-02-10"]
    desk.write("desk.csv", "\n".join(early) + "\n")
    assert desk("measure", "--series", "parts.csv", "--period", "month").status == 0
    parts, full = desk.folder / "parts.csv", desk.folder / "whole.csv"
    assert parts.read_bytes() != full.read_bytes()
    desk.write("desk.csv", whole)
    assert desk("measure", "--series", "parts.csv", "--period", "month").status == 0
    assert parts.read_bytes() == full.read_bytes()
    assert desk("measure", "--series", "parts.csv", "--period", "quarter").status == 2


def test_journeys_share_a_series_and_keep_their_rows(desk: CommandLine) -> None:
    desk("measure", "--series", "all.csv")
    alone = (desk.folder / "all.csv").read_text(encoding="utf-8")
    desk.write("other.journey.yaml", DESK)
    assert desk("measure", "other.journey.yaml", "--series", "all.csv").status == 0
    rows = [line.partition(",") for line in (desk.folder / "all.csv").read_text(encoding="utf-8").splitlines()]
    by_journey = {id: [rest for journey, _, rest in rows if journey == f'"{id}"'] for id in ("ask", "other")}
    assert by_journey["ask"] == by_journey["other"] == [line.partition(",")[2] for line in alone.splitlines()[1:]]
    trend = desk("render", "ask.journey.yaml", "--chart", "trend", "--series", "all.csv", "--alt").out
    desk.write("all.csv", alone)
    assert trend == desk("render", "ask.journey.yaml", "--chart", "trend", "--series", "all.csv", "--alt").out
    failed = desk("render", "other.journey.yaml", "--chart", "trend", "--series", "all.csv")
    assert failed.status == 2 and "no row of the journey other" in failed.err and "rows of ask" in failed.err


def test_a_period_of_the_series_is_never_part_of_one(desk: CommandLine) -> None:
    desk("measure", "--series", "all.csv")
    before = (desk.folder / "all.csv").read_bytes()
    assert desk("measure", "--series", "all.csv", "--since", "2025-08-20").status == 0
    assert (desk.folder / "all.csv").read_bytes() == before
    done = desk("measure", "--series", "all.csv", "--until", "2025-08-20")
    assert done.status == 2 and "--until" in done.err


def test_rows_of_a_source_that_gives_no_answer_stay_in_the_series(desk: CommandLine) -> None:
    desk("measure", "--series", "all.csv")
    before = (desk.folder / "all.csv").read_bytes()
    (desk.folder / "desk.csv").unlink()
    assert desk("measure", "--series", "all.csv").status == 2
    assert (desk.folder / "all.csv").read_bytes() == before


LOG = """\
[data.log]
kind = "events"
url = "log.csv"
case = "case"
activity = "what"
at = "when"
"""


@pytest.fixture
def few(desk: CommandLine) -> CommandLine:
    """A map with a survey and a log of three cases."""
    desk.write("journeykit.toml", ANSWERS + LOG)
    desk.write("ask.journey.yaml", DESK.replace("[desk]", "[desk, log]"))
    events = [f"{case},{what},2026-01-0{case}" for case in (1, 2, 3) for what in ("call", "wait")]
    desk.write("log.csv", "\n".join(["case,what,when", *events]) + "\n")
    return desk


def test_totals_and_days_of_few_cases_are_in_no_output(few: CommandLine) -> None:
    done = few("measure")
    assert "log: number of rows not shown\n" in done.out
    assert "800 rows of desk" in done.out
    (log,) = json.loads(few("measure", "--data", "log", "--output-format", "json").out)["sources"]
    assert {key: log[key] for key in ("rows", "cases", "first", "last", "tied")} == dict.fromkeys(
        ("rows", "cases", "first", "last", "tied")
    )
    few.write("log.csv", "case,what,when\n")
    assert "0 rows of log" in few("measure").out


def test_the_variant_of_a_response_rate_is_named(desk: CommandLine) -> None:
    assert "RR2" not in desk("measure").out
    desk.write("journeykit.toml", ANSWERS.replace('at = "', 'sent = 5000\nat = "', 1))
    said = " ".join(desk("measure").out.split())
    assert "5,000 people asked" in said
    assert "the response rate is AAPOR RR2: answers in part count too" in said


def test_one_of_several_sources_may_be_asked(few: CommandLine) -> None:
    done = few("measure", "--data", "log")
    assert done.status == 0 and "log:" in done.out and "desk" not in done.out.partition("Method")[0]
    shown = few("measure", "--data", "log", "--show-sql")
    assert shown.status == 0 and "log.csv" in shown.out and "desk.csv" not in shown.out


def test_statements_of_what_cannot_be_asked_say_why(few: CommandLine) -> None:
    few.write("ask.journey.yaml", DESK.replace("data: [desk]\n", ""))
    done = few("measure", "--show-sql")
    assert (done.status, done.out) == (0, "") and "No journey names data" in done.err
    few.write("ask.journey.yaml", "journey: A\n")
    done = few("measure", "--show-sql")
    assert (done.status, done.out) == (1, "") and "unknown key" in done.err


def test_a_column_of_a_preset_that_is_missing_is_told(cli: CommandLine) -> None:
    """Without its column `Status`, previews of a survey count as answers."""
    text = (DATA / "qualtrics.csv").read_text(encoding="utf-8").replace("Status", "State", 1)
    cli.write("qualtrics.csv", text)
    cli.write(
        "journeykit.toml",
        '[data.q]\npreset = "qualtrics"\nurl = "qualtrics.csv"\n[data.q.columns]\nQ1_NPS = {metric = "nps"}\n',
    )
    cli.write("a.journey.yaml", DESK.replace("[desk]", "[q]"))
    assert 'there is no column "Status", so no rows are left out by it' in " ".join(cli("measure").out.split())
    cli.write("qualtrics.csv", text.replace("State", "Status", 1))
    assert "there is no column" not in cli("measure").out


def test_what_is_on_no_touchpoint_is_told(desk: CommandLine) -> None:
    desk.write("ask.journey.yaml", DESK.replace("id: wait", "id: queue").replace("I wait", "I stand in line"))
    assert "“wait”" in desk("measure").out


def test_hostile_labels_reach_no_terminal(desk: CommandLine) -> None:
    desk.write("desk.csv", "question,score,day\n" + '"\x1b[31m;DROP TABLE\u202e",4,2026-01-01\n' * 40)
    for form in ("full", "markdown", "csv", "json"):
        out = desk("measure", "--output-format", form).out
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_other_commands_import_no_engine(airport: CommandLine) -> None:
    sys.modules.pop("duckdb", None)
    shutil.copy(airport.folder / "fly.journey.yaml", airport.folder / "other.journey.yaml")
    for command in ("validate", "score", "show"):
        airport(command, "other.journey.yaml")
    assert "duckdb" not in sys.modules


def test_a_trend_is_drawn_of_a_series(desk: CommandLine) -> None:
    desk("measure", "--series", "desk.measures.csv", "--period", "month")
    done = desk("render", "ask.journey.yaml", "--chart", "trend", "--series", "desk.measures.csv")
    assert done.status == 0, done.err
    picture = (desk.folder / "ask-trend.svg").read_text(encoding="utf-8")
    assert "Measured over time" in picture
    assert "I wait" in picture
    alt = desk("render", "ask.journey.yaml", "--chart", "trend", "--series", "desk.measures.csv", "--alt")
    assert "I call (CSAT" in alt.out
    for options, message in (
        (["--chart", "trend"], "a trend is drawn of a series"),
        (["--series", "desk.measures.csv"], "a trend is drawn of a series"),
        (["--chart", "trend", "--series", "desk.csv"], "not a series"),
        (["--chart", "trend", "--series", "gone.csv"], "cannot be read"),
    ):
        failed = desk("render", "ask.journey.yaml", *options)
        assert failed.status == 2
        assert message in failed.err


def test_statements_are_printed_and_nothing_is_counted(desk: CommandLine) -> None:
    done = desk("measure", "--show-sql")
    assert done.status == 0
    assert "SELECT" in done.out
    assert "70." not in done.out


def test_settings_are_proposed_for_a_known_export(cli: CommandLine) -> None:
    done = cli("measure", "--propose", DATA / "zendesk.csv")
    assert done.status == 0
    assert 'preset = "zendesk"' in done.out
    failed = cli("measure", "--propose", "gone.csv")
    assert failed.status == 2 and failed.err.startswith("journeykit: gone.csv: there is no file")
    assert "journeykit.toml" not in failed.err


def log_of(cli: CommandLine, ways: dict[str, int]) -> None:
    """Write a log in which so many cases have some activities, a day after the other."""
    rows, number = ["case,what,when"], 0
    for way, n in ways.items():
        for _ in range(n):
            number += 1
            rows += [f"{number},{what},2026-01-{day:02}" for day, what in enumerate(way.split(">"), 1)]
    cli.write("log.csv", "\n".join(rows) + "\n")
    cli.write("journeykit.toml", LOG)
    places = {"call": "I call", "wait": "I wait", "fix": "It is fixed"}
    touchpoints = "".join(f"  - {{id: {id}, title: {title}}}\n" for id, title in places.items())
    cli.write("a.journey.yaml", f"title: It\npersona: Anna\ndata: [log]\ntouchpoints:\n{touchpoints}")


def test_ways_of_few_cases_are_not_shown(cli: CommandLine) -> None:
    log_of(cli, {"call>wait>fix": 40, "fix>call": 20, "call>fix": 9, "wait>fix": 3})
    done = cli("measure", "--by", "way", "--output-format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [(row["way"], row["n"], row["allowed"]) for row in rows] == [
        ("I call → I wait → It is fixed", "40", ""),
        ("It is fixed → I call", "20", "not by the map"),
    ], "the way of 9 would tell the 3 as what is left of 72"
    assert float(rows[0]["share"]) == pytest.approx(40 / 72)


def test_no_address_of_a_person_is_printed(cli: CommandLine) -> None:
    log_of(cli, {"call>wait>fix": 40, "call>mailed to anna.kovacs@gmail.com>fix": 20})
    for options in ((), ("--check",), ("--output-format", "json"), ("--by", "way")):
        done = cli("measure", *options)
        assert "kovacs" not in done.out + done.err
    assert '"mailed to [e-mail]" is on no touchpoint' in cli("measure", "--check").out
    cli.write("it.csv", "score,who\n" + "4,anna.kovacs@gmail.com\n" * 12 + "5,shop\n" * 12)
    cli.write("journeykit.toml", '[data.log]\nkind = "answers"\nurl = "it.csv"\n[data.log.columns]\nscore = "csat"\n')
    done = cli("measure", "--segment", "who")
    assert "[e-mail]" in done.out
    assert "kovacs" not in done.out


def test_comparisons_may_be_corrected_after_benjamini_and_hochberg(airport: CommandLine) -> None:
    done = airport("measure", "--output-format", "json", "--correction", "benjamini-hochberg")
    assert done.status == 0
    (journey,) = json.loads(done.out)["journeys"]
    tested = [one for one in journey["comparisons"] if one["p"] is not None]
    ordered = sorted((one["p"], one["p_benjamini_hochberg"]) for one in tested)
    worst = ordered[-1]
    assert worst[0] == pytest.approx(worst[1]), "the largest p stays as it is"
    assert all(p <= corrected <= 1 for p, corrected in ordered)
    assert ordered[0][1] <= ordered[0][0] * len(ordered) * (1 + 1e-9)
    assert "p are corrected after Benjamini-Hochberg" in json.loads(done.out)["method"]
