"""Exports of well-known programs, by their presets: every count of `exports_expected.json`, and what is refused."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from journeykit.data.engines import DataError
from journeykit.data.questions import Found, Question, Share, Time
from tests.sources.reading import DATA, asked, counts, source

EXPECTED = json.loads((DATA / "exports_expected.json").read_text(encoding="utf-8"))
EVERYTHING: tuple[Question, ...] = ("answers", "times", "shares")


def export(file: str, preset: str, **settings: Any) -> Found:
    return asked(source(DATA, url=file, preset=preset, **settings), *EVERYTHING)


def csat(found: Found, top: int, item: str = "") -> tuple[int, int]:
    given = counts(found.scores, metric="csat", item=item)
    return sum(sorted_top(given, top)), sum(given.values())


def sorted_top(given: dict[int, int], top: int) -> Iterable[int]:
    return (n for score, n in given.items() if score >= top)


def over(found: Found, name: str, unit: int) -> dict[str, float]:
    """The figures of a time, of values that are each counted on their own."""
    times: list[Time] = [one for one in found.times if one.cell.item == name and not one.open]
    assert all(one.width == 0 and one.low == one.least == one.most for one in times)
    values = sorted(value for one in times for value in [one.low / unit] * one.n)

    def quantile(share: float) -> float:
        place = share * (len(values) - 1)
        low = math.floor(place)
        return values[low] + (place - low) * (values[min(low + 1, len(values) - 1)] - values[low])

    mean = sum(one.total for one in times) / unit / len(values)
    return {"n": len(values), "median": round(quantile(0.5), 4), "p90": round(quantile(0.9), 4), "mean": round(mean, 4)}


def share(found: Found, name: str) -> Share:
    (one,) = [one for one in found.shares if one.cell.item == name]
    return one


def missing(found: Found, item: str = "", metric: str = "csat") -> dict[str, int]:
    return {one.kind: one.n for one in found.missing if one.cell[:2] == (item, metric)}


def test_zendesk() -> None:
    right, found = EXPECTED["zendesk.csv"], export("zendesk.csv", "zendesk")
    assert csat(found, 2) == (right["csat"]["k"], right["csat"]["n"])
    assert missing(found) == {"no answer": right["asked"] - right["csat"]["n"], "not asked": 6}
    assert over(found, "first-reply", 60_000) == right["first_reply_minutes"]
    assert over(found, "full-resolution", 60_000) == right["full_resolution_minutes"]
    assert sum(one.n for one in found.times if one.cell.item == "first-reply" and one.open) == right["no_reply_yet"]
    fcr = share(found, "fcr")
    assert (fcr.k, fcr.n) == (right["fcr_one_touch"]["k"], right["fcr_one_touch"]["n"])
    (note,) = [one.note for one in found.definitions if one.item == "fcr"]
    assert "one reply and no reopening" in note


def test_tickets_that_were_merged_are_no_cases(tmp_path: Path) -> None:
    rows = ["1,Good,30,0,1,vip", "2,Bad,60,0,1,vip closed_by_merge", "3,,90,0,1,", "4,Bad,120,0,1,closed-by-merge"]
    head = "Id,Satisfaction Score,Full resolution time in minutes,Reopens,Replies"
    (tmp_path / "it.csv").write_text("\n".join((f"{head},Tags", *rows)) + "\n", encoding="utf-8")
    found = asked(source(tmp_path, preset="zendesk"), *EVERYTHING)
    assert over(found, "full-resolution", 60_000)["n"] == 3
    assert (csat(found, 2), share(found, "fcr").n) == ((1, 2), 3)
    plain = [row.rpartition(",")[0] for row in rows]
    (tmp_path / "it.csv").write_text("\n".join((head, *plain)) + "\n", encoding="utf-8")
    found = asked(source(tmp_path, preset="zendesk"), *EVERYTHING)
    assert over(found, "full-resolution", 60_000)["n"] == 4
    assert any('"Tags"' in note for note in found.about.notes)


def test_freshdesk() -> None:
    right, found = EXPECTED["freshdesk.csv"], export("freshdesk.csv", "freshdesk")
    assert csat(found, 3) == (right["csat"]["k"], right["csat"]["n"])
    assert over(found, "first-response-hours", 3_600_000) == right["first_response_hours"]
    (blank,) = [one.n for one in found.refused if one.cell.item == "first-response-hours"]
    assert blank == right["without_first_response"]
    (clock,) = [one.clock for one in found.definitions if one.item == "first-response-hours"]
    assert clock == "business"


def test_jira() -> None:
    right, found = EXPECTED["jira.csv"], export("jira.csv", "jira")
    assert csat(found, 4) == (right["csat"]["k"], right["csat"]["n"])
    given = counts(found.scores, metric="csat")
    assert round(sum(score * n for score, n in given.items()) / sum(given.values()), 4) == right["mean"]
    assert over(found, "first-response", 60_000) == right["first_response_minutes"]
    met = share(found, "first-response-in-target")
    assert (met.k, met.n) == (right["sla_first_response_met"]["k"], right["sla_first_response_met"]["n"])


@pytest.mark.parametrize(
    ("field", "created"), [("Benutzerdefiniertes Feld", "Erstellt"), ("Campo personalizado", "Creada")]
)
def test_jira_in_another_language(tmp_path: Path, field: str, created: str) -> None:
    (tmp_path / "it.csv").write_text(
        f"Schlüssel,{created},Zufriedenheit,{field} (Time to first response),"
        f"{field} ([CHART] Date of First Response)\n"
        + "SD-1,01/Mär/26 9:10 AM,5,-0:35,01/Mär/26 10:20 AM\n" * 3
        + "SD-2,02/Mar/26 9:10 AM,2,1:20,02/Mar/26 9:20 AM\n" * 4,
        encoding="utf-8",
    )
    first = {"from": created, "to": f"{field} ([CHART] Date of First Response)"}
    settings = {"at": created, "columns": {"Zufriedenheit": "csat"}, "times": {"first-response": first}}
    found = asked(source(tmp_path, preset="jira", **settings), *EVERYTHING)
    assert csat(found, 4) == (3, 7)
    assert over(found, "first-response", 60_000)["median"] == 10
    met = share(found, "first-response-in-target")
    assert (met.k, met.n) == (4, 7)
    remained = {"first": {"column": f"{field} (Time to first response)", "unit": "h:m:s", "clock": "business"}}
    with pytest.raises(DataError, match="is no time"):
        asked(source(tmp_path, preset="jira", **{**settings, "times": remained}), "times")


def test_a_file_that_is_not_of_the_preset(tmp_path: Path) -> None:
    (tmp_path / "it.csv").write_text("Schlüssel,Erstellt\nSD-1,2026-01-01\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        asked(source(tmp_path, preset="jira"), *EVERYTHING)
    assert error.value.message.endswith("data.it.preset: the file has no column that figures of jira are made of")
    assert 'there is "Schlüssel", "Erstellt"' in error.value.help


def test_zendesk_with_five_answers(tmp_path: Path) -> None:
    scores = ["5", "4", "3", "3", "1", "Offered", "Offered", "Unoffered"]
    (tmp_path / "it.csv").write_text(
        "Id,Created at,Satisfaction Score,Via\n"
        + "".join(f"{at},2026-01-01,{one},Mail\n" for at, one in enumerate(scores)),
        encoding="utf-8",
    )
    with pytest.raises(DataError) as error:
        asked(source(tmp_path, preset="zendesk"))
    assert "4 of 5 answers" in error.value.message
    assert error.value.help == (
        'say the scale of these numbers: columns = { "Satisfaction Score" = { metric = "csat", scale = "1..5" } }'
    )
    columns = {"Satisfaction Score": {"metric": "csat", "scale": "1..5"}}
    found = asked(source(tmp_path, preset="zendesk", columns=columns))
    assert csat(found, 4) == (2, 5), "4 and 5 are good, 3 is not"
    assert missing(found) == {"no answer": 2, "not asked": 1}


@pytest.mark.parametrize("preset", ["jira", ""])
def test_the_time_that_remained_is_no_response_time(preset: str) -> None:
    times = {"first": {"column": "Custom field (Time to first response)", "unit": "h:m:s", "clock": "business"}}
    settings = {"preset": preset} if preset else {}
    with pytest.raises(DataError) as error:
        asked(source(DATA, url="jira.csv", times=times, **settings), "times")
    assert '"Custom field (Time to first response)" is no time' in error.value.message
    assert "negative where it was missed" in error.value.help
    assert '"Custom field ([CHART] Date of First Response)" less "Created"' in error.value.help


def test_servicenow() -> None:
    right = EXPECTED["servicenow_asmt_metric_result.csv"]
    found = export("servicenow_asmt_metric_result.csv", "servicenow")
    assert csat(found, 4) == (right["csat"]["k"], right["csat"]["n"])
    easy = counts(found.scores, metric="ces")
    assert round(sum(score * n for score, n in easy.items()) / sum(easy.values()), 4) == right["ces_mean"]
    assert sum(n for score, n in easy.items() if score >= 5) == right["ces_5_to_7"]["k"]
    nps = counts(found.scores, metric="nps")
    assert sum(nps.values()) == right["nps_n"]
    value = sum(n * (1 if score >= 9 else -1 if score <= 6 else 0) for score, n in nps.items()) * 100 / right["nps_n"]
    assert round(value, 4) == right["nps"]


@pytest.mark.parametrize("column", ["normalized_value", "Scaled_Value "])
def test_a_value_moved_to_another_scale_is_no_answer(column: str) -> None:
    with pytest.raises(DataError) as error:
        export("servicenow_asmt_metric_result.csv", "servicenow", score=column)
    assert f'"{column}" is no answer' in error.value.message
    assert "actual_value" in error.value.help


def test_qualtrics() -> None:
    right = EXPECTED["qualtrics.csv"]
    found = export(
        "qualtrics.csv", "qualtrics",
        columns={"Q1_NPS": "nps", "Q2_call": {"metric": "csat", "touchpoint": "call"}},
        cases={"email": '"Q3_1" IS NOT NULL', "phone": '"Q3_2" IS NOT NULL'},
    )  # fmt: skip
    assert (found.about.rows, found.about.rows - found.about.used) == (right["rows_read"], right["previews_dropped"])
    nps = counts(found.scores, metric="nps")
    value = sum(n * (1 if score >= 9 else -1 if score <= 6 else 0) for score, n in nps.items()) * 100 / right["nps_n"]
    assert (sum(nps.values()), round(value, 4)) == (right["nps_n"], right["nps"])
    assert missing(found, "", "nps")["no answer"] == right["seen_not_answered_-99"]
    assert csat(found, 4, "call") == (right["call_csat"]["k"], right["call_csat"]["n"])
    assert (share(found, "email").k, share(found, "phone").k) == (right["email_users"], right["phone_users"])


LABELS = {
    "very satisfied": 5, "sehr zufrieden": 5, "satisfied": 4, "zufrieden": 4, "neither": 3, "dissatisfied": 2,
    "unzufrieden": 2, "very dissatisfied": 1,
}  # fmt: skip
QUESTIONS = {
    "satisfaction": {"metric": "csat", "labels": LABELS, "missing": {"N/A": "not applicable"}},
    "effort_1_easy_5_hard": {"metric": "ces1", "scale": "1..5", "reversed": True, "missing": {"9": "dont know"}},
}


def test_labels_weights_and_months() -> None:
    right = EXPECTED["labels.csv"]
    one = source(DATA, url="labels.csv", id="id", at="answered", weight="weight", columns=QUESTIONS)
    found = asked(one)
    assert csat(found, 4) == (right["unweighted_csat"]["k"], right["unweighted_csat"]["n"])
    scores = [one for one in found.scores if one.cell.metric == "csat"]
    total, squares = sum(one.w for one in scores), sum(one.w2 for one in scores)
    assert round(sum(one.w for one in scores if one.score >= 4) / total, 4) == right["weighted_csat"]
    assert round(total**2 / squares, 4) == right["kish_n_eff"]
    effort = counts(found.scores, metric="ces1")
    assert round(sum(s * n for s, n in effort.items()) / sum(effort.values()), 4) == right["effort_reversed_mean"]
    months = asked(one, period="month")
    for period, n in right["by_month_n"].items():
        given = counts(months.scores, metric="csat", period=period)
        assert sum(given.values()) == n
        assert sum(m for score, m in given.items() if score >= 4) == right["by_month_csat"][period]["k"]


def test_a_column_that_looks_like_weights_has_to_be_spoken_of() -> None:
    settings = {"url": "labels.csv", "id": "id", "at": "answered", "columns": QUESTIONS}
    with pytest.raises(DataError) as error:
        asked(source(DATA, **settings))
    assert error.value.message.endswith(
        'data.it.weight: "weight" looks like weights, of which the settings say nothing'
    )
    assert error.value.help == 'write weight = "weight", or weight = "none" if answers count alike'
    assert asked(source(DATA, weight="none", **settings)).about.weight == ""


def test_a_call_of_topdesk_is_solved_where_no_second_line_was_needed(tmp_path: Any) -> None:
    (tmp_path / "it.csv").write_text(
        "number,creationDate,completedDate,timeSpentSecondLineAndPartials,escalationStatus,feedbackRating\n"
        "M1,2026-01-01T08:00:00.000+0000,2026-01-01T10:00:00.000+0000,0,,5\n"
        "M2,2026-01-01T08:00:00.000+0000,2026-01-02T08:00:00.000+0000,30,,\n"
        "M3,2026-01-01T08:00:00.000+0000,2026-01-01T09:00:00.000+0000,0,Escalated,2\n"
        "M4,2026-01-01T08:00:00.000+0000,,0,,\n",
        encoding="utf-8",
    )
    one = source(tmp_path, preset="topdesk", columns={"feedbackRating": {"metric": "csat", "scale": "1..5"}})
    found = asked(one, *EVERYTHING)
    assert (share(found, "fcr").k, share(found, "fcr").n) == (1, 3)
    assert over(found, "resolution", 3_600_000)["median"] == 2
    assert sum(one.n for one in found.times if one.open) == 1
    assert csat(found, 4) == (1, 2)


def test_an_incident_of_servicenow_is_what_its_last_event_says(tmp_path: Any) -> None:
    (tmp_path / "it.csv").write_text(
        "number,incident_state,reassignment_count,reopen_count,made_sla,opened_at,sys_updated_at,resolved_at\n"
        "INC1,Closed,1,0,FALSE,01-03-2016 10:00,29-02-2016 11:00,01-03-2016 12:00\n"
        "INC1,New,0,0,TRUE,29-02-2016 01:16,29-02-2016 01:20,29-02-2016 05:00\n"
        "INC2,New,0,0,TRUE,29-02-2016 01:16,29-02-2016 01:20,?\n"
        "INC2,Closed,0,0,TRUE,29-02-2016 01:16,29-02-2016 03:20,29-02-2016 03:16\n",
        encoding="utf-8",
    )
    one = source(tmp_path, preset="servicenow", kind="events", format="%d-%m-%Y %H:%M")
    found = asked(one, *EVERYTHING)
    assert (share(found, "fcr").k, share(found, "fcr").n) == (1, 2)
    assert (share(found, "resolution-in-target").k, share(found, "resolution-in-target").n) == (1, 2)
    assert over(found, "resolution", 3_600_000)["n"] == 2


def test_servicenow_with_labels_of_its_fields(tmp_path: Path) -> None:
    rows = [f"A{n},Overall satisfaction,{n % 5 + 1},2026-03-02 10:00:00" for n in range(10)]
    rows += ["A0,How was the weather,3,2026-03-02 10:00:00"] * 2
    (tmp_path / "it.csv").write_text(
        "\n".join(("Instance,Metric,Actual value,Created", *rows)) + "\n", encoding="utf-8"
    )
    found = asked(source(tmp_path, preset="servicenow"), period="month")
    assert counts(found.scores, metric="csat", period="2026-03") == {1: 2, 2: 2, 3: 2, 4: 2, 5: 2}
    assert found.about.left_out == {"to no question of the settings": 2}


def test_incidents_read_as_answers(tmp_path: Path) -> None:
    (tmp_path / "it.csv").write_text("number,made_sla,opened_at\nI1,true,2026-03-02 10:00:00\n", encoding="utf-8")
    with pytest.raises(DataError, match="no column that figures of servicenow are made of") as error:
        asked(source(tmp_path, preset="servicenow"), *EVERYTHING)
    assert error.value.help.startswith('kind = "events" reads another table of it')
