"""Exports of well-known programs through the command: every figure of `exports_expected.json`, with its interval."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import ROOT, CommandLine

DATA = ROOT / "tests" / "data" / "measure"
EXPECTED: dict[str, Any] = json.loads((DATA / "exports_expected.json").read_text(encoding="utf-8"))
MAP = "title: I ask for help\npersona: Anna\ntouchpoints: [call, letter]\n"
LABELS = """
[data.it.columns.satisfaction]
metric = "csat"
labels = { "very satisfied" = 5, "sehr zufrieden" = 5, "satisfied" = 4, "zufrieden" = 4, "neither" = 3, \
"dissatisfied" = 2, "unzufrieden" = 2, "very dissatisfied" = 1 }
missing = { "N/A" = "not applicable" }

[data.it.columns.effort_1_easy_5_hard]
metric = "ces1"
scale = "1..5"
reversed = true
missing = { 9 = "dont know" }
"""
QUESTIONS = """
columns = { Q1_NPS = "nps", Q2_call = { metric = "csat", touchpoint = "call" } }
cases = { email = '"Q3_1" IS NOT NULL', phone = '"Q3_2" IS NOT NULL' }
"""


def measured(cli: CommandLine, file: str, settings: str, *options: str) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Return what the command prints as JSON, by item, metric and period."""
    cli.write("it.journey.yaml", MAP)
    cli.write("journeykit.toml", f"[data.it]\nurl = '{DATA / file}'\n{settings}")
    done = cli("measure", "it.journey.yaml", "--data", "it", "--output-format", "json", *options)
    assert done.status == 0, done.err
    (journey,) = json.loads(done.out)["journeys"]
    rows = [*journey["kpis"], *(one for place in journey["touchpoints"] for one in place["answers"])]
    return {(one["item"], one["metric"], one["period"]): one for one in rows}


def statistic(one: dict[str, Any], name: str) -> list[Any]:
    (found,) = [each for each in one["statistics"] if each["name"] == name]
    return [found["value"], found["low"], found["high"]]


def check_share(one: dict[str, Any], name: str, right: dict[str, Any]) -> None:
    assert one["n"] == right["n"]
    assert statistic(one, name) == pytest.approx([right["share"], *right["wilson95"]], abs=6e-5)


def check_time(one: dict[str, Any], right: dict[str, float], unit: int) -> None:
    assert one["n"] == right["n"]
    for name, key in (("median", "median"), ("90th percentile", "p90"), ("mean", "mean")):
        assert statistic(one, name)[0] == pytest.approx(right[key] * unit, abs=6e-5 * unit)


ALL = ("--period", "all")


def test_zendesk(cli: CommandLine) -> None:
    found, right = measured(cli, "zendesk.csv", 'preset = "zendesk"', *ALL), EXPECTED["zendesk.csv"]
    check_share(found["", "csat", ""], "top-1 box", right["csat"])
    assert found["", "csat", ""]["response_rate"] == pytest.approx(right["response_rate"], abs=6e-5)
    check_time(found["first-reply", "first-reply", ""], right["first_reply_minutes"], 60)
    check_time(found["full-resolution", "full-resolution", ""], right["full_resolution_minutes"], 60)
    assert f"{right['no_reply_yet']} still open" in found["first-reply", "first-reply", ""]["notes"]
    check_share(found["fcr", "fcr", ""], "share", right["fcr_one_touch"])
    assert "one reply and no reopening" in found["fcr", "fcr", ""]["notes"][0]


def test_freshdesk(cli: CommandLine) -> None:
    found, right = measured(cli, "freshdesk.csv", 'preset = "freshdesk"', *ALL), EXPECTED["freshdesk.csv"]
    check_share(found["", "csat", ""], "top-1 box", right["csat"])
    hours = found["first-response-hours", "first-response-hours", ""]
    check_time(hours, right["first_response_hours"], 3600)
    assert hours["refused"] == {"blank": right["without_first_response"]}


def test_jira(cli: CommandLine) -> None:
    found, right = measured(cli, "jira.csv", 'preset = "jira"', *ALL), EXPECTED["jira.csv"]
    check_share(found["", "csat", ""], "top-2 box", right["csat"])
    assert statistic(found["", "csat", ""], "mean on 0..100")[0] == pytest.approx(25 * (right["mean"] - 1), abs=2e-3)
    check_time(found["first-response", "first-response", ""], right["first_response_minutes"], 60)
    met = found["first-response-in-target", "first-response-in-target", ""]
    check_share(met, "share", right["sla_first_response_met"])


def test_servicenow(cli: CommandLine) -> None:
    name = "servicenow_asmt_metric_result.csv"
    found, right = measured(cli, name, 'preset = "servicenow"', *ALL), EXPECTED[name]
    check_share(found["", "csat", ""], "top-2 box", right["csat"])
    easy = found["", "ces", ""]
    assert statistic(easy, "mean") == pytest.approx([right["ces_mean"], *right["ces_t95"]], abs=6e-5)
    check_share(easy, "share of 5 to 7", right["ces_5_to_7"])
    nps = found["", "nps", ""]
    assert statistic(nps, "NPS") == pytest.approx([right["nps"], *right["nps_adj_wald95"]], abs=6e-5)
    assert (nps["n"], nps["low_base"]) == (right["nps_n"], right["low_base"])


def test_qualtrics(cli: CommandLine) -> None:
    found = measured(cli, "qualtrics.csv", f'preset = "qualtrics"{QUESTIONS}', *ALL)
    right = EXPECTED["qualtrics.csv"]
    assert statistic(found["", "nps", ""], "NPS")[0] == pytest.approx(right["nps"], abs=6e-5)
    assert found["", "nps", ""]["missing"]["no answer"] == right["seen_not_answered_-99"]
    check_share(found["call", "csat", ""], "top-2 box", right["call_csat"])
    for kind in ("email", "phone"):
        one = found[kind, kind, ""]
        assert round(one["value"] * one["n"]) == right[f"{kind}_users"]
        assert one["n"] == right["rows_read"] - right["previews_dropped"]


def test_labels_weights_and_months(cli: CommandLine) -> None:
    right, base = EXPECTED["labels.csv"], 'kind = "answers"\nid = "id"\nat = "answered"\n'
    found = measured(cli, "labels.csv", f'{base}weight = "none"{LABELS}', *ALL)
    check_share(found["", "csat", ""], "top-2 box", right["unweighted_csat"])
    assert statistic(found["", "ces1", ""], "mean")[0] == pytest.approx(right["effort_reversed_mean"], abs=6e-5)
    weighted = measured(cli, "labels.csv", f'{base}weight = "weight"{LABELS}', *ALL)["", "csat", ""]
    assert weighted["n_effective"] == pytest.approx(right["kish_n_eff"], abs=6e-5)
    assert statistic(weighted, "top-2 box") == pytest.approx(
        [right["weighted_csat"], *right["weighted_wilson95_n_eff"]], abs=6e-5
    )
    months = measured(cli, "labels.csv", f'{base}weight = "none"{LABELS}', "--period", "month")
    for month, one in right["by_month_csat"].items():
        check_share(months["", "csat", month], "top-2 box", one)
