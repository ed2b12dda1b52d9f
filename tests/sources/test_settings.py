"""`[data.NAME]` of the settings: every key, and the error for each that is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from journeykit.config import load_config
from journeykit.data.sources import Condition, Question, Source, Timing, shown_url
from journeykit.errors import ConfigError
from tests.conftest import CommandLine

EVENTS = 'kind = "events"\nurl = "log.csv"\ncase = "c"\nactivity = "a"\nat = "t"\n'
ANSWERS = 'kind = "answers"\nurl = "answers.csv"\n'
WIDE = ANSWERS + 'columns = {q = "csat"}\n'
LONG = ANSWERS + 'score = "s"\nmetric = {is = "csat"}\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def source(text: str) -> Source:
    Path("journeykit.toml").write_text(f"[data.it]\n{text}", encoding="utf-8")
    return load_config().data["it"]


def complaint(text: str) -> str:
    with pytest.raises(ConfigError) as error:
        source(text)
    path = str(Path("journeykit.toml").absolute())
    assert error.value.message.startswith(path)
    return str(error.value).removeprefix(f"{path}: ")


def test_a_log() -> None:
    log = source(
        'kind = "events"\nurl = "data/tickets-*.csv"\ncase = "Case ID"\nactivity = ["Activity", "Detail"]\n'
        'at = "When"\nformat = "%Y/%m/%d"\nzone = "Europe/Rome"\nteam = "workgroup"\nchannel = "via"\norder = "nr"\n'
        'missing = ["", "?"]\nevidence = "analytics"\nlate = "2 periods"\npeople = true\nignore = ["Note"]\n'
        '[data.it.cases]\nonce = "reopened = 0"\nfcr = {is = "x", note = "y"}\n'
        '[data.it.times]\nresolution = {from = "opened", to = "closed", target = "4h"}\n'
    )
    assert (log.kind, log.case, log.activity, log.zone) == ("events", "Case ID", ("Activity", "Detail"), "Europe/Rome")
    assert (log.team, log.channel, log.order, log.format) == ("workgroup", "via", "nr", "%Y/%m/%d")
    assert log.missing == {"": "blank", "?": "blank"}
    assert (log.evidence, log.late, log.people, log.ignore) == ("analytics", 2, True, ("Note",))
    assert log.cases == {"once": Condition("reopened = 0"), "fcr": Condition("x", "y")}
    assert log.times == {"resolution": Timing("opened", "closed", clock="calendar", target=4 * 3_600_000)}
    assert log.folder == Path.cwd()


def test_answers_in_columns() -> None:
    survey = source(
        ANSWERS + 'weight = "w"\ncluster = "run"\nstrata = "s"\nsent = 900\nsegments = ["LANG"]\nid = "nr"\n'
        'period = "2017"\nkeep = {Status = ["IP", "0"], Kind = "x"}\nmissing = {0 = "blank", 6 = "don\'t know"}\n'
        'columns.Q7 = {touchpoint = "security", metric = "csat", scale = "1..4", top = 1, reversed = true}\n'
        'columns.Q8 = {metric = "rating", scale = "0..100", labels = {"Very" = 5}, missing = {9 = "not asked"}}\n'
        'columns.NPS = "nps"\n'
    )
    assert survey.row == "respondent"
    assert survey.columns == {
        "Q7": Question("csat", "security", 1, 4, 1, True),
        "Q8": Question("rating", "", 0, 100, None, False, {"9": "not asked"}, {"Very": 5}),
        "NPS": Question("nps", "", 0, 10),
    }
    assert survey.missing == {"0": "blank", "6": "dont know"}
    assert survey.keep == {"Status": ("IP", "0"), "Kind": ("x",)}
    assert (survey.weight, survey.cluster, survey.strata, survey.sent) == ("w", "run", "s", 900)


def test_answers_in_rows() -> None:
    rows = source(ANSWERS + 'touchpoint = "question"\nscore = "score"\nmetric = "kind"\nat = "answered"\n')
    assert (rows.row, rows.metric, rows.asked) == ("answer", "kind", None)
    rows = source(ANSWERS + 'score = "score"\nmetric = {is = "rating"}\nscale = "1..10"\nreversed = true\n')
    assert (rows.metric, rows.asked) == ("", Question("rating", "", 1, 10, None, True))


def test_a_preset_brings_its_columns_and_yields_to_the_settings() -> None:
    tickets = source('preset = "zendesk"\nurl = "z.csv"\ncolumns = {"Own score [list]" = "csat"}\nat = "Solved at"\n')
    assert set(tickets.columns) == {"Satisfaction Score", "Own score [list]"}
    assert (tickets.row, tickets.case, tickets.at) == ("ticket", "Id", "Solved at")
    assert "Satisfaction Score" in tickets.optional
    assert not {"Solved at", "Own score [list]"} & tickets.optional
    log = source('preset = "servicenow"\nkind = "events"\nurl = "z.csv"\n')
    assert (log.case, log.activity, log.missing) == ("number", ("incident_state",), {"?": "blank"})


@pytest.mark.parametrize("preset", ["zendesk", "freshdesk", "jira", "servicenow", "topdesk"])
def test_every_preset_is_a_valid_source(preset: str) -> None:
    assert source(f'preset = "{preset}"\nurl = "x.csv"\n').evidence


WRONG = [
    (EVENTS + 'colour = "red"\n', 'unknown key "data.it.colour"'),
    (EVENTS + 'aktivity = "a"\n', 'did you mean "activity"?'),
    (EVENTS.replace('kind = "events"\n', ""), '"data.it.kind" is missing'),
    (EVENTS.replace("events", "event"), "\"data.it.kind\" must be 'answers' or 'events', not 'event'"),
    (EVENTS.replace('url = "log.csv"\n', ""), '"data.it.url" is missing'),
    (EVENTS.replace("log.csv", ""), '"data.it.url" must not be empty'),
    (EVENTS.replace('case = "c"\n', ""), '"data.it.case" is missing'),
    (EVENTS.replace('"a"', "1"), 'must be a list of texts, not 1'),
    (EVENTS + 'score = "s"\n', '"data.it.score" does not belong to a source of events'),
    (LONG + 'activity = "a"\n', '"data.it.activity" does not belong to a source of answers'),
    (EVENTS + 'zone = "Europe/Roma"\n', "must be a time zone, not 'Europe/Roma'\n  did you mean \"Europe/Rome\"?"),
    (EVENTS + 'zone = "../x"\n', "must be a time zone"),
    (EVENTS + "people = 1\n", '"data.it.people" must be true or false, not 1'),
    (EVENTS + 'late = "soon"\n', "must be a number of periods such as '1 period', not 'soon'"),
    (EVENTS + 'evidence = "gossip"\n', "must be 'survey', 'review', 'ticket' or 'analytics', not 'gossip'"),
    (EVENTS + 'period = "2017"\n', 'cannot stand beside "at"'),
    (EVENTS + 'table = "x"\nquery = "SELECT 1"\n', '"data.it.query" cannot stand beside "table"'),
    (EVENTS + "missing = 3\n", '"data.it.missing" must be a table, not 3'),
    (EVENTS + 'missing = {x = "gone"}\n', '"data.it.missing.x" must be'),
    (EVENTS + "cases = {x = 3}\n", '"data.it.cases.x" must be a table, not 3'),
    (EVENTS + 'cases = {x = {note = "n"}}\n', '"data.it.cases.x.is" is missing'),
    (WIDE + 'cases = {x = {is = "a = 1", window = "7d"}}\n', 'with a "window" need "id"'),
    (EVENTS + 'cases = {x = {is = "a = 1", window = "soon"}}\n', "such as '7d' or '4h', not 'soon'"),
    (EVENTS + 'times = {x = {from = "a"}}\n', '"data.it.times.x" needs "from" and "to", or "column" and "unit"'),
    (EVENTS + 'times = {x = {column = "a"}}\n', '"data.it.times.x.unit" is missing'),
    (EVENTS + 'times = {x = {column = "a", unit = "min"}}\n', '"data.it.times.x.clock" is missing'),
    (ANSWERS, '"data.it.columns" is missing'),
    (ANSWERS + 'score = "s"\n', '"data.it.metric" is missing'),
    (ANSWERS + 'metric = "m"\n', '"data.it.score" is missing'),
    (ANSWERS + 'score = "s"\nmetric = {are = "csat"}\n', 'unknown key "data.it.metric.are"'),
    (ANSWERS + 'score = "s"\nmetric = {is = "smile"}\n', "\"data.it.metric\" must be"),
    (ANSWERS + 'score = "s"\nmetric = {is = "rating"}\n', '"data.it.scale" is missing'),
    (LONG + 'columns = {q = "csat"}\n', '"data.it.columns" cannot stand beside "score"'),
    (WIDE + 'scale = "1..5"\n', '"data.it.scale" needs metric = {is = "…"}'),
    (ANSWERS + 'score = "s"\nquestions = {a = "csat"}\n', '"data.it.touchpoint" is missing'),
    (ANSWERS + 'columns = {q = {scale = "1..5"}}\n', '"data.it.columns.q.metric" is missing'),
    (ANSWERS + 'columns = {q = "rating"}\n', '"data.it.columns.q.scale" is missing'),
    (ANSWERS + 'columns = {q = "ces1"}\n', '"data.it.columns.q.scale" is missing'),
    (ANSWERS + 'columns = {q = {metric = "nps", scale = "1..10"}}\n', "must be 0..10 for nps, not 1..10"),
    (ANSWERS + 'columns = {q = {metric = "csat", scale = "5..1"}}\n', "must be a scale such as '1..5', not '5..1'"),
    (ANSWERS + 'columns = {q = {metric = "csat", scale = "1..10"}}\n', 'q.top" is missing: a scale of 10'),
    (ANSWERS + 'columns = {q = {metric = "csat", top = 5}}\n', "must be less than the 5 answers of the scale, not 5"),
    (ANSWERS + 'columns = {q = {metric = "csat", top = true}}\n', "must be a whole number above 0, not true"),
    (ANSWERS + 'columns = {q = {metric = "csat", labels = {Good = "5"}}}\n', "must be a number, not '5'"),
    (WIDE + 'row = "person"\n', "\"data.it.row\" must be 'respondent', 'answer', 'ticket' or 'event'"),
    (WIDE + 'row = "event"\n', "\"data.it.row\" = 'event' has several rows of one case"),
    (WIDE + 'last = "per case"\n', '"data.it.last" needs "case" and "at"'),
    (WIDE + 'last = "per person"\n', "must be 'per case', not 'per person'"),
    (WIDE + "sent = -1\n", '"data.it.sent" must be a whole number above 0, not -1'),
    (WIDE + 'preset = "excel"\n', '"data.it.preset" must be'),
    ('preset = "qualtrics"\nurl = "x.csv"\n', '"data.it.columns" is missing'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_wrong_key_or_value(text: str, said: str) -> None:
    assert said in complaint(text)


def test_the_name_of_a_source_is_an_id() -> None:
    Path("journeykit.toml").write_text(f'[data."My log"]\n{EVENTS}', encoding="utf-8")
    with pytest.raises(ConfigError, match="small letters, digits and hyphens"):
        load_config()


PASSWORDS = [
    "postgres://anna:hunter2@dwh.example.org/cx", "postgres://dwh/cx?password=hunter2", "s3://b/x?secret_key=hunter2",
    "postgres://:hunter2@dwh/cx", "snowflake://a/b;PWD=hunter2", "postgres://anna:${X}hunter2@dwh/cx",
]  # fmt: skip


@pytest.mark.parametrize("url", PASSWORDS)
def test_a_password_in_an_address_is_refused_and_not_repeated(url: str) -> None:
    said = complaint(EVENTS.replace("log.csv", url))
    assert '"data.it.url" has a password in it' in said
    assert "hunter2" not in said
    assert "anna" not in said


def test_what_the_environment_holds_is_taken_when_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    log = source(EVENTS.replace("log.csv", "postgres://${DWH_USER}:${DWH_PASSWORD}@dwh/cx"))
    with pytest.raises(ConfigError) as error:
        log.address()
    assert error.value.message.endswith("data.it.url: the environment has no variable DWH_USER")
    monkeypatch.setenv("DWH_USER", "anna")
    monkeypatch.setenv("DWH_PASSWORD", "hunter2")
    assert log.address() == "postgres://anna:hunter2@dwh/cx"
    assert "hunter2" not in repr(log) + repr(log.shown())


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgres://anna@dwh.example.org:5432/cx?sslmode=require#x", "postgres://dwh.example.org:5432/cx"),
        ("postgres://a@b@dwh/cx", "postgres://dwh/cx"),
        ("sc://host:15002/;user_id=anna", "sc://host:15002/"),
        ("${DWH_URL}", "${DWH_URL}"),
        ("data/a?b.csv", "data/a?b.csv"),
    ],
)
def test_an_address_is_shown_without_what_is_private(url: str, shown: str) -> None:
    assert shown_url(url) == shown


def test_show_settings_has_the_sources_and_can_be_read_back(cli: CommandLine) -> None:
    cli.write(
        "journeykit.toml",
        '[data.dwh]\nkind = "events"\nurl = "postgres://anna@dwh/cx?application_name=x"\ntable = "cx.log"\ncase = "c"\n'
        'activity = ["a", "b"]\nat = "t"\n[data.dwh.times]\n"to \\"end\\"" = {from = "a", to = "b"}\n'
        '[data.survey]\nkind = "answers"\nurl = "x.csv"\nsent = 3\ncolumns = {"NETPRO  " = {metric = "nps"}}\n',
    )
    done = cli("lint", "--show-settings")
    assert done.status == 0
    assert 'url = "postgres://dwh/cx"' in done.out
    assert re.search(r"anna|application_name", done.out) is None
    cli.write("again/journeykit.toml", done.out)
    again = cli("lint", "--show-settings", "--config", "again/journeykit.toml")
    assert (again.status, again.out) == (0, done.out)
