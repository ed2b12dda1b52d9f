"""`--propose`: settings made of the headers of a file, which can be pasted."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from journeykit.config import load_config
from journeykit.data.engines import DataError
from journeykit.data.propose import propose
from tests.sources.reading import DATA


@pytest.mark.parametrize(
    ("file", "preset"),
    [
        ("zendesk.csv", "zendesk"), ("freshdesk.csv", "freshdesk"), ("jira.csv", "jira"),
        ("servicenow_asmt_metric_result.csv", "servicenow"), ("qualtrics.csv", "qualtrics"),
    ],
)  # fmt: skip
def test_a_known_export_is_recognised_and_can_be_pasted(tmp_path: Path, file: str, preset: str) -> None:
    text = propose(DATA / file)
    (tmp_path / "journeykit.toml").write_text(text, encoding="utf-8")
    (source,) = load_config(tmp_path / "journeykit.toml").data.values()
    assert source.preset == preset
    assert all("#" in line for line in text.splitlines() if "preset" in line or "kind" in line)


def test_every_guess_about_a_survey_is_marked() -> None:
    text = propose(DATA / "sfo_2018.csv")
    assert 'weight = "WEIGHT"  # guessed from the name\n' in text
    assert '"NETPRO  " = { metric = "nps", scale = "0..10" }  # guessed from the name: check metric and scale\n' in text
    assert '# "Q7STORE" = { metric = "rating", scale = "1..5" }  # is it a question?\n' in text
    unmarked = [line for line in text.splitlines() if line and "#" not in line and not line.startswith(("[", "url"))]
    assert unmarked == []
    assert tomllib.loads(text)["data"]["sfo-2018"]["columns"] == {"NETPRO  ": {"metric": "nps", "scale": "0..10"}}


def test_a_log() -> None:
    table = tomllib.loads(propose(DATA / "sepsis.csv.gz"))["data"]["sepsis"]
    assert (table["kind"], table["case"], table["activity"], table["at"]) == (
        "events", "case_id", "activity", "timestamp",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        ("Instance,Metric,Actual value,Created", {"preset": "servicenow"}),
        ("number,state,opened_at,reassignment_count,reopen_count,made_sla",
         {"preset": "servicenow", "kind": "events", "activity": "state", "at": "opened_at"}),
        ("number,callDate,completedDate,closedDate,escalationStatus",
         {"preset": "topdesk", "at": "callDate",
          "times": {"resolution": {"from": "callDate", "to": "completedDate"}}}),
        ("Erstellt,Satisfaction rating,Feld (Time to resolution),Feld ([CHART] Date of First Response)",
         {"preset": "jira", "at": "Erstellt",
          "times": {"first-response": {"from": "Erstellt", "to": "Feld ([CHART] Date of First Response)"}}}),
        ("Zeitstempel,Wie zufrieden waren Sie?",
         {"at": "Zeitstempel", "columns": {"Wie zufrieden waren Sie?": {"metric": "csat", "scale": "1..5"}}}),
        ("#,How easy was it?,Submit Date (UTC)",
         {"id": "#", "at": "Submit Date (UTC)", "columns": {"How easy was it?": {"metric": "ces", "scale": "1..7"}}}),
    ],
)  # fmt: skip
def test_exports_with_other_columns_or_in_another_language(
    tmp_path: Path, header: str, lines: dict[str, object]
) -> None:
    (tmp_path / "it.csv").write_text(f"{header}\n1,,,,,\n", encoding="utf-8")
    text = propose(tmp_path / "it.csv")
    table = tomllib.loads(text)["data"]["it"]
    assert {**table, **lines} == table, text
    (tmp_path / "journeykit.toml").write_text(text, encoding="utf-8")
    load_config(tmp_path / "journeykit.toml")


def test_the_word_that_qualtrics_adds_for_each_number_is_no_answer(tmp_path: Path) -> None:
    (tmp_path / "it.csv").write_text("StartDate,Status,Finished,Q1,Q1_NPS_GROUP\n,,,9,Promoter\n", encoding="utf-8")
    assert '\n# "Q1_NPS_GROUP" = ' in propose(tmp_path / "it.csv")


def test_what_people_wrote_or_who_they_are_is_never_proposed(tmp_path: Path) -> None:
    file = tmp_path / "Umfrage 1.csv"
    file.write_text('csat,E-mail,Last name,"Com""ment",Comment\n1,,,,\n', encoding="utf-8")
    text = propose(file)
    assert "mail" not in text.replace(file.as_posix(), "")
    assert "ame" not in text.split("[data.umfrage-1.columns]")[1].replace("from the name", "")
    assert tomllib.loads(text)["data"]["umfrage-1"]["columns"] == {"csat": {"metric": "csat", "scale": "1..5"}}


def test_names_that_cannot_be_seen_are_escaped(tmp_path: Path) -> None:
    names = ["csat \x1b[31m", "csat \u202e", "csat \x7f\x9b", "csat \U000e0041", 'csat "\\']
    with (tmp_path / "it.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(names)
    text = propose(tmp_path / "it.csv")
    assert text.replace("\n", "").isprintable()
    assert list(tomllib.loads(text)["data"]["it"]["columns"]) == names


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no file"):
        propose(tmp_path / "x.csv")
