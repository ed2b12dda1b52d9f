"""Tables of other people: headers in seven languages, either way round, and whatever they write into cells."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest

from journeykit.interchange import Given, guess_format, named_format
from journeykit.interchange.imported import Imported, settle
from journeykit.interchange.sheets.durations import duration_in
from journeykit.interchange.sheets.feelings import feelings_in, rating_in, scale_of
from journeykit.interchange.sheets.headers import meaning_of
from journeykit.model import Journey
from tests.conftest import CommandLine, slow

TRAM = """\
Stage,Touchpoint,User Action,Thought/Quote,Emotion,Pain Point,Opportunity,Confidence
Before,Invitation e-mail,"I open it on the tram","Is this for me?",curious,,,"2"
During,Front desk,"I wait in the queue",,annoyed; ignored,"one clerk for two queues","Open a second desk",3
"""


def imported(data: str | bytes, name: str = "map.csv", **given: object) -> Imported:
    asked = Given(name, data.encode() if isinstance(data, str) else data, **given)  # type: ignore[arg-type]
    form = guess_format(asked)
    assert form is not None and form.read is not None
    (draft,) = form.read(asked)
    return settle(draft, name)


def journey(data: str | bytes, name: str = "map.csv", **given: object) -> Journey:
    found = imported(data, name, **given).document.journey
    assert found is not None
    return found


def book(rows: list[list[object]], *merged: str) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def test_the_table_of_a_workshop() -> None:
    one = imported(TRAM)
    found = one.document.journey
    assert found is not None
    assert [stage.name for stage in found.stages] == ["Before", "During"]
    first, second = found.touchpoints
    assert (first.title, first.place, first.thinks) == (
        "I open it on the tram",
        "Invitation e-mail",
        ("Is this for me?",),
    )
    assert (second.feeling, second.pains) == (("annoyed", "ignored"), ("one clerk for two queues",))
    assert (found.opportunities[0].title, found.opportunities[0].at) == ("Open a second desk", ("i-wait-in-the-queue",))
    assert [(lost.where, lost.value) for lost in one.carry.lost] == [
        ("row 2, column Confidence", "2"), ("row 3, column Confidence", "3"),
    ]  # fmt: skip
    assert ("row 3", "place") in [(one.where, one.field) for one in one.carry.guessed]


def test_the_user_says_what_a_column_is() -> None:
    named = {"Pain Point": "why", "Confidence": "-"}
    one = imported(TRAM, columns=named)
    assert one.document.journey is not None
    assert one.document.journey.touchpoints[1].why == "one clerk for two queues"
    assert one.carry.lost == []


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Customer Actions", "action"), ("PHASE", "stage"), ("Emotion (1-5)", "feeling"), ("Pain-points", "pains"),
        ("Handlungen", "action"), ("Phase", "stage"), ("Gefühle", "feeling"), ("Kontaktpunkte", "touchpoint"),
        ("Chancen", "opportunity"), ("Gedanken", "thinks"), ("Fázis", "stage"), ("Érzelmek", "feeling"),
        ("Érintkezési pontok", "touchpoint"), ("Lehetőségek", "opportunity"), ("Gondolatok", "thinks"),
        ("Faza", "stage"), ("Čustva", "feeling"), ("Stične točke", "touchpoint"), ("Priložnosti", "opportunity"),
        ("Aşama", "stage"), ("Duygular", "feeling"), ("Temas Noktaları", "touchpoint"), ("FIRSATLAR", "opportunity"),
        ("Φάση", "stage"), ("Συναισθήματα", "feeling"), ("Σημεία επαφής", "touchpoint"), ("Ευκαιρίες", "opportunity"),
        ("フェーズ", "stage"), ("行動", "action"), ("感情", "feeling"), ("課題", "pains"),
        ("タッチポイント", "touchpoint"),
        ("Thoughts & feelings", "thinks"), ("😀 Emotions", "feeling"), ("Budget", None), ("", None),
    ],
)  # fmt: skip
def test_headers(header: str, field: str | None) -> None:
    assert meaning_of(header) == field


LYING = """\
Customer Journey Map;;;
Persona;Anna;;
;Awareness;Consideration;Purchase
Actions;"- sees an ad
- clicks it";Compares prices;Pays by card
Emotions;🙂;Anxious+ / confused;😀 Happy
Pain points;;Too many choices;Card declined
Touchpoints;Instagram;Website;Checkout page
"""


def test_a_table_on_its_side() -> None:
    found = journey(LYING)
    assert (found.title, found.persona.name) == ("Customer Journey Map", "Anna")
    assert [stage.name for stage in found.stages] == ["Awareness", "Consideration", "Purchase"]
    rows = [(one.title, one.channel, one.feeling, one.satisfaction) for one in found.touchpoints]
    assert rows == [
        ("sees an ad", ("social",), (), 1), ("Compares prices", ("web",), ("anxious", "confused"), None),
        ("Pays by card", (), ("happy",), None),
    ]  # fmt: skip
    assert found.touchpoints[0].does == ("clicks it",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    text = f"Szakasz{delimiter}Tevékenység{delimiter}Érzelem\r\nElőtte{delimiter}Hívom őket{delimiter}dühös\r\n"
    text += f"Utána{delimiter}Működik{delimiter}boldog\r\n"
    found = journey(text.encode(encoding), lang="hu")
    assert [(one.title, one.feeling) for one in found.touchpoints] == [
        ("Hívom őket", ("dühös",)), ("Működik", ("boldog",)),
    ]  # fmt: skip


def test_windows_1252() -> None:
    found = journey("Phase;Handlung;Gefühl\nVorher;Ich öffne sie;wütend\nNachher;Fertig;glücklich\n".encode("cp1252"))
    assert found.touchpoints[0].title == "Ich öffne sie"
    assert found.touchpoints[0].feeling == ("wütend",)


def test_typed_cells_merged_stages_and_formulas() -> None:
    rows: list[list[object]] = [
        ["Stage", "Action", "Score", "Date", "Duration", "Moment of truth"],
        ["Before", "I call", 0.25, datetime.date(2026, 3, 2), datetime.timedelta(minutes=90), True],
        [None, "I wait", 0.5, datetime.datetime(2026, 3, 2, 14, 30), "~8 min", "x"],
        ["After", "It works", 1, None, "2-4 days", "no"],
    ]
    one = imported(book(rows, "A2:A3"), "map.xlsx")
    found = one.document.journey
    assert found is not None
    assert [(stage.name, len(stage.touchpoints)) for stage in found.stages] == [("Before", 2), ("After", 1)]
    assert found.scale == "0..100"
    assert [point.satisfaction for point in found.touchpoints] == [25, 50, 100]
    assert [str(point.at) for point in found.touchpoints] == ["2026-03-02", "2026-03-02 14:30", "None"]
    assert [str(point.lasts) for point in found.touchpoints] == ["90min", "8min", "3d"]
    assert [point.moment_of_truth for point in found.touchpoints] == [True, True, False]
    assert "shares became percent" in "".join(one.new for one in one.carry.guessed)


@pytest.mark.parametrize(
    ("text", "words", "valence", "rest"),
    [
        ("Anxious+", ("anxious",), None, ()), ("confused / tired", ("confused", "tired"), None, ()),
        ("Very happy", ("happy",), None, ()), ("😡", (), -2, ()), ("😀 Happy", ("happy",), 2, ()), (":-(", (), -1, ()),
        ("Positive", (), 1, ()),
        ("frustrated, because nobody answers", ("frustrated",), None, ("because nobody answers",)),
        ("wütend und enttäuscht", ("wütend", "enttäuscht"), None, ()), ("frustrted", ("frustrated",), None, ()),
        ("curious → relieved", ("curious", "relieved"), None, ()),
    ],
)  # fmt: skip
def test_feelings(text: str, words: tuple[str, ...], valence: float | None, rest: tuple[str, ...]) -> None:
    found = feelings_in(text, "en")
    assert (found.words, found.valence, found.rest) == (words, valence, rest)


@pytest.mark.parametrize(
    ("cells", "scale", "values"),
    [
        ([1, 5, 3], "1..5", [1, 5, 3]), (["-1", "2"], "-2..2", [-1, 2]), ([-3, 3], "-3..3", [-3, 3]),
        (["4/5", "2/5"], "1..5", [4, 2]), (["★★★☆☆", "★☆☆☆☆"], "1..5", [3, 1]), ([7, 2], "1..7", [7, 2]),
        ([0, 10], "0..10", [0, 10]), (["80%", "20%"], "0..100", [80, 20]), (["3,5", "4"], "1..5", [3.5, 4]),
        ([0, 5], "0..10", [0, 10]), ([-5, 5], "0..10", [0, 10]), ([55, 90], "0..100", [55, 90]),
    ],
)  # fmt: skip
def test_scores_are_on_the_scale_that_holds_them(cells: list[object], scale: str, values: list[float]) -> None:
    ratings = [rating for cell in cells if (rating := rating_in(cell)) is not None]
    found = scale_of(ratings, None)
    assert found.scale == scale
    assert [one.value * found.factor + found.shift for one in ratings] == values


@pytest.mark.parametrize(
    ("text", "duration"),
    [("~8 min", "8min"), ("2-4 days", "3d"), ("1 Stunde", "1h"), ("3 perc", "3min"), ("PT4H", "PT4H"),
     ("10m", None), ("soon", None)],
)  # fmt: skip
def test_durations(text: str, duration: str | None) -> None:
    assert duration_in(text) == duration


@pytest.mark.parametrize("count", [1_000, slow(10_000)])
def test_very_many_rows(count: int) -> None:
    rows = "".join(f"Stage {number // 100},I do thing {number},happy,3\n" for number in range(count))
    found = journey("Stage,Action,Emotion,Score\n" + rows)
    assert len(found.touchpoints) == count
    assert len(found.stages) == count // 100


def test_the_explanation_has_headers_and_no_texts(cli: CommandLine) -> None:
    cli.write("map.csv", TRAM)
    done = cli("import", "map.csv", "--explain")
    assert "column Pain Point     →  pains" in done.out
    assert "queue" not in done.out + done.err
    assert not (cli.folder / "map.journey.yaml").exists()


def test_settings_say_what_columns_are(cli: CommandLine) -> None:
    cli.write("journeykit.toml", '[import.columns]\n"Pain Point" = "why"\n')
    cli.write("map.csv", TRAM)
    assert cli("import", "map.csv").status == 0
    assert "why: one clerk for two queues" in (cli.folder / "map.journey.yaml").read_text(encoding="utf-8")
    done = cli("import", "map.csv", "--map", "Pain Point=pian", "--force")
    assert (done.status, done.out) == (2, "")
    assert '"pian" is no field for the column "Pain Point"' in done.err


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "Name,Budget\nx,3\n", "just a sentence, and another one\n"])
def test_a_table_of_something_else_is_no_journey(cli: CommandLine, text: str) -> None:
    cli.write("x.csv", text)
    done = cli("import", "x.csv")
    assert (done.status, done.out) == (2, "")
    assert "no table of a journey was found in it" in done.err
    assert cli("import", "x.csv", "--from", "csv").err == done.err


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Aktion des Nutzers", "action"), ("UX opportunity", "opportunity"), ("System Touchpoint", "touchpoint"),
        ("System response", "frontstage"), ("Their question", "thinks"), ("Likely difficulty", "pains"),
        ("主要課題", "pains"), ("改善施策", "opportunity"), ("担当部門", "team"), ("#", "number"), ("№", "number"),
    ],
)  # fmt: skip
def test_headers_of_public_tables(header: str, field: str) -> None:
    assert meaning_of(header) == field


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Excited or frustrated", ("excited", "frustrated")),
        ("Hopeful but potentially overwhelmed", ("hopeful", "overwhelmed")),
        ("ängstlich, dann erleichtert", ("ängstlich", "erleichtert")), ("mildly annoyed", ("annoyed",)),
    ],
)  # fmt: skip
def test_feelings_with_words_between(text: str, words: tuple[str, ...]) -> None:
    assert tuple(word.lower() for word in feelings_in(text, "en").words) == words


def test_of_two_columns_for_the_title_none_is_lost() -> None:
    found = imported(
        "Stage,Phase,Task,Step,Pain\nStart,Before,Create account,Enter e-mail,slow\nStart,Before,Sign in,,\n"
    )
    assert found.document.journey is not None
    assert [(one.title, one.does) for one in found.document.journey.touchpoints] == [
        ("Create account", ("Enter e-mail",)), ("Sign in", ()),
    ]  # fmt: skip
    assert [(one.where, one.value, one.why) for one in found.carry.lost] == [
        (f"row {row}, stage", "Before", "another column has the stage") for row in (2, 3)
    ]


LIBRARY = """\
# User Journey Map: I borrow a book

**Persona:** Maya, a student
**Goal:** a book by Friday

| | |
|---|---|
| **Scenario** | exams |

## Journey stages

| # | Stage | Action | Emotion |
|---|---|---|---|
| 1 | Search | I look for it | 😕 |
| 2 | Wait | I wait | worried |

## Persona 2: Ben

| Stage | Action | Emotion |
|---|---|---|
| Search | I ask | calm |
| Wait | I go home | bored |

```mermaid
journey
  title The same
  section A
    I call: 3: Sam
    I wait: 2: Sam
```
"""


def test_what_stands_above_a_table_in_markdown_is_read() -> None:
    form = named_format("markdown")
    assert form.read is not None
    maya, ben = (settle(one, "a.md").document.journey for one in form.read(Given("a.md", LIBRARY.encode())))
    assert maya is not None
    assert ben is not None
    assert (maya.title, maya.persona.name, maya.goals[0].goal) == (
        "I borrow a book",
        "Maya, a student",
        "a book by Friday",
    )
    assert ben.persona.name == "Ben"


def test_tables_beside_a_diagram_are_named() -> None:
    given = Given("a.md", LIBRARY.encode())
    form = guess_format(given)
    assert form is not None
    assert form.read is not None
    assert form.name == "mermaid"
    (draft,) = form.read(given)
    assert [(one.value, one.why) for one in draft.carry.lost] == [
        ("a table of touchpoints", "the diagrams were read; --from markdown reads the tables")
    ]


def test_a_name_without_ending_after_o_is_a_folder(cli: CommandLine) -> None:
    cli.write("map.csv", TRAM)
    assert cli("import", "map.csv", "-o", "maps").status == 0
    assert (cli.folder / "maps" / "map.journey.yaml").is_file()
