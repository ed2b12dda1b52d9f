"""Maps in the shapes in which people publish them: tables of many languages, drawn in blocks, headings with labels."""

from __future__ import annotations

import csv
import io
import random
import re
from itertools import count

import pytest

from journeykit.errors import UsageError
from journeykit.interchange import Given, guess_format, named_format
from journeykit.interchange.imported import Imported, settle
from journeykit.interchange.sheets.feelings import feelings_in
from journeykit.interchange.sheets.headers import SYNONYMS, meaning_of
from journeykit.model import Journey
from journeykit.vocabulary.feelings import find_feeling


def imported(text: str, name: str = "map.md") -> list[Imported]:
    asked = Given(name, text.encode())
    form = guess_format(asked)
    assert form is not None
    assert form.read is not None
    return [settle(draft, name) for draft in form.read(asked)]


def journey(text: str, name: str = "map.md") -> Journey:
    (one,) = imported(text, name)
    assert one.document.journey is not None
    return one.document.journey


LANGUAGES = {
    "en": "Stage,Customer actions,Thoughts,Feelings,Pain points,Opportunities,Channel\n"
    "Before,I call,Is it my fault?,angry,a queue,call back,phone\nAfter,I test it,At last,relieved,-,,web\n",
    "de": "Phase;Kundenaktionen;Gedanken;Gefühlslage;Schwierigkeiten;Lösungsideen;Kanal\n"
    "Vorher;Ich rufe an;Bin ich schuld?;wütend;Warteschlange;Rückruf;Telefon\n"
    "Nachher;Ich probiere es;Endlich;erleichtert;-;;Web\n",
    "hu": "Utazási szakasz;Ügyfél cselekvései;Ügyfél gondolatai;Ügyfél érzelmei;Fájdalompontok;"
    "Fejlesztési lehetőségek;Csatorna\nElőtte;Felhívom őket;Az én hibám?;dühös;sorban állás;visszahívás;telefon\n"
    "Utána;Kipróbálom;Végre;megkönnyebbült;nincs;;web\n",
    "sl": "Faza;Dejanja uporabnika;Misli;Čustveno stanje;Boleče točke;Možnosti za izboljšave;Kanal\n"
    "Prej;Pokličem jih;Sem kriv?;jezen;vrsta;povratni klic;telefon\nPotem;Preizkusim;Končno;olajšan;-;;splet\n",
    "tr": "Aşama;Kullanıcı eylemleri;Düşünceleri;Duygu durumu;Zorluklar;İyileştirme önerileri;Kanal\n"
    "Önce;Onları ararım;Benim hatam mı?;kızgın;kuyruk;geri arama;telefon\nSonra;Denerim;Sonunda;rahatlamış;yok;;web\n",
    "el": "Φάση;Ενέργειες πελάτη;Σκέψεις;Συναισθήματα χρήστη;Σημεία τριβής;Προτάσεις;Κανάλι\n"
    "Πριν;Τους καλώ;Φταίω εγώ?;θυμωμένος;ουρά;επανάκληση;τηλέφωνο\n"
    "Μετά;Το δοκιμάζω;Επιτέλους;ανακουφισμένος;-;;web\n",
    "ja": "フェーズ,顧客行動,思考,顧客の感情,主な課題,改善機会,チャネル\n"
    "前,電話する,私のせい?,怒り,待ち時間,折り返し電話,電話\n後,試す,やっと,安堵,なし,,Web\n",
    "fr": "Phase;Actions du client;Pensées;Émotion ressentie;Points de friction;Pistes d'amélioration;Canal\n"
    "Avant;J'appelle;C'est ma faute ?;En colère;la file;rappeler;phone\nAprès;J'essaie;Enfin;soulagée;aucun;;web\n",
    "es": "Fase;Acciones del cliente;Pensamientos;Emociones;Puntos de dolor;Oportunidades;Canal\n"
    "Antes;Llamo;¿Es culpa mía?;enojada;la cola;devolver la llamada;phone\nDespués;Lo pruebo;Por fin;aliviada;-;;web\n",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_of_each_language_is_read_whole(lang: str) -> None:
    (one,) = imported(LANGUAGES[lang], "map.csv")
    found = one.document.journey
    assert found is not None
    assert one.carry.lost == []
    assert [len(stage.touchpoints) for stage in found.stages] == [1, 1]
    first, second = found.touchpoints
    assert all((first.title, first.thinks, first.pains, first.channel))
    assert second.pains == ()
    assert [one.at for one in found.opportunities] == [(first.id,)]
    feelings = [find_feeling(point.feeling[0]) for point in found.touchpoints]
    assert [feeling and feeling.word for feeling in feelings] == ["angry", "relieved"]


def test_words_of_other_languages_stand_for_words_of_the_vocabulary() -> None:
    from journeykit.interchange.sheets.feelings import _elsewhere

    assert all(find_feeling(word) is not None for word in _elsewhere().values())
    assert len(_elsewhere()) > 300


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Étape", "step"), ("Émotion supposée", "feeling"), ("Teams Involved", "team"),
        ("Business Goals", "business_goal"),
        ("Kunden-Aktionen", "action"), ("Nutzergedanken", "thinks"), ("Yapar", "action"),
        ("Kullanıcı eylemi", "action"),
        ("Ügyfél érzelmei", "feeling"), ("Čustva uporabnika", "feeling"), ("Συναισθήματα του πελάτη", "feeling"),
        ("Emociones del cliente", "feeling"), ("Pontos de dor", "pains"), ("Punti di contatto", "touchpoint"),
        ("ユーザーの感情", "feeling"), ("改善機会", "opportunity"), ("画面", "place"),
        ("Opportunities for improvement", "opportunity"),
        ("Pain Point Severity", None), ("UX要件", None), ("Kunde", "persona"), ("KPIs", None),
    ],
)  # fmt: skip
def test_headers(header: str, field: str | None) -> None:
    assert meaning_of(header) == field


@pytest.mark.parametrize(
    ("text", "words", "valence", "rest"),
    [
        ("Anxious — worried that it breaks, again", ("anxious",), None, ("worried that it breaks, again",)),
        ('overwhelmed: "so many, everywhere"', ("overwhelmed",), None, ('"so many, everywhere"',)),
        ("“Finally, it works!”", (), None, ("“Finally, it works!”",)),
        ("düşük — sohbet gizli, son söz yok", (), -1, ("sohbet gizli, son söz yok",)),
        ("不安 (P+0.2, A+0.8)", ("anxious",), None, ("(P+0.2, A+0.8)",)),
        ("満足/不満", ("satisfied", "dissatisfied"), None, ()),
        ("En colère, puis soulagée", ("angry", "relieved"), None, ()), ("困惑😕", ("confused",), -1, ()),
        ("Légèrement mécontent", ("dissatisfied",), None, ()), ("😊 / 😐", (), 0.5, ()),
        ("sad, alone in there and lost", ("sad", "alone", "lost"), None, ("in there",)),
        ("hope of sorts; shame at home", (), None, ("hope of sorts", "shame at home")),
    ],
)  # fmt: skip
def test_feelings_with_sentences(
    text: str, words: tuple[str, ...], valence: float | None, rest: tuple[str, ...]
) -> None:
    found = feelings_in(text, "en")
    assert (found.words, found.valence, found.rest) == (words, valence, rest)


def test_a_face_beside_a_word_is_named() -> None:
    (one,) = imported("Stage,Action,Emotion\nA,I call,😐 impatient\nA,I wait,calm\n", "map.csv")
    assert ("row 2, column Emotion", "😐 impatient", "impatient") in [
        (g.where, g.old, g.new) for g in one.carry.guessed
    ]


def test_cells_that_say_nothing_are_no_places_and_no_channels() -> None:
    (one,) = imported("Stage,Action,Touchpoint,Channel,Thoughts\nA,I call,–,-,n/a\nA,I wait,Desk,none,-\n", "map.csv")
    assert one.document.journey is not None
    assert [(one.place, one.channel, one.thinks) for one in one.document.journey.touchpoints] == [
        (None, (), ()), ("Desk", ("none",), ()),
    ]  # fmt: skip


def test_goals_of_the_business_and_teams() -> None:
    found = journey(
        "| **Stage** | **Before** | **After** |\n|---|---|---|\n"
        "| **Customer Actions** | compares | opens an account |\n"
        "| **Customer Experience** | curious | relieved |\n| **Business Goals** | be chosen | keep them |\n"
        "| **Teams Involved** | Web | Branch |\n"
    )
    assert [(goal.goal, goal.who) for goal in found.goals] == [("be chosen", "business"), ("keep them", "business")]
    assert [point.backstage[0].team for point in found.touchpoints] == ["Web", "Branch"]
    assert [point.feeling for point in found.touchpoints] == [("curious",), ("relieved",)]


TABLE = "| Phase | Actions | Emotion |\n|---|---|---|\n| Before | I call | angry |\n| After | I test it | happy |\n"
DRAWN = "PHASE   | Before | After\nACTIONS | I call | I test it\nEMOTION | angry  | happy\n"


@pytest.mark.parametrize(
    "text",
    [
        f"# How it is done\n\n```markdown\n# My way\n\n{TABLE}```\n", f"# My way\n\n```\n{DRAWN}```\n",
        "# My way\n\n1. A list\n   ```\n   " + TABLE.replace("\n", "\n   ") + "```\n",
        f"# My way\n\n~~~text\n{DRAWN}~~~\n",
    ],
)  # fmt: skip
def test_a_table_in_a_block_of_text(text: str) -> None:
    found = journey(text)
    assert found.title == "My way"
    assert [(one.title, one.feeling) for one in found.touchpoints] == [
        ("I call", ("angry",)),
        ("I test it", ("happy",)),
    ]
    assert [stage.name for stage in found.stages] == ["Before", "After"]


OUTLINE = """\
# Journeys

## Journey 1: I report a leak

Persona: Nina, a tenant
**Duration**: a week
**Goal:** water stays off the floor

### Stage 1: Discovery (at home)

**Actions:**
- Finds the *puddle*
- Takes a photo

**Emotions:** 😐 (Worried)

**Trigger:** a wet sock

---

### Stage 2: Report
- **Touchpoints**: the caretaker's app
- **Actions**: Fills in the form
- **Emotions**: Tired — too many questions
- **Pain points:** twelve questions; no photo
- **Opportunities:** take the photo

### What we learned
- **Main point:** ask less

## I get a key

### Stage 1: Ask
#### Actions
- Calls the office
#### Feelings
annoyed
### Stage 2: Wait
#### Actions
- Stays at home
"""


def test_headings_with_labels_are_stages() -> None:
    leak, key = imported(OUTLINE)
    first, second = leak.document.journey, key.document.journey
    assert first is not None
    assert second is not None
    assert (first.title, first.persona.name, first.goals[0].goal) == (
        "I report a leak", "Nina, a tenant", "water stays off the floor",
    )  # fmt: skip
    assert [stage.name for stage in first.stages] == ["Discovery (at home)", "Report"]
    found, filled = first.touchpoints
    assert (found.title, found.does, found.feeling) == ("Finds the puddle", ("Takes a photo",), ("worried",))
    assert (filled.title, filled.place, filled.feeling) == ("Fills in the form", "the caretaker's app", ("tired",))
    assert (filled.thinks, filled.pains) == (("too many questions",), ("twelve questions", "no photo"))
    assert [(one.title, one.at) for one in first.opportunities] == [("take the photo", (filled.id,))]
    assert {(one.where, one.value) for one in leak.carry.lost} == {
        ("above the stages", "Duration: a week"), ("line 9, column Trigger", "a wet sock"),
    }  # fmt: skip
    assert second.title == "I get a key"
    assert [(one.title, one.feeling) for one in second.touchpoints] == [
        ("Calls the office", ("annoyed",)), ("Stays at home", ()),
    ]  # fmt: skip


def test_too_many_different_labels_are_refused_before_a_table_is_made() -> None:
    text = "\n".join(f"## Stage {one}\n**Actions:** a\n**Pain:** b\n**Label {one}:** c" for one in range(1800))
    with pytest.raises(UsageError, match="1,800 headings with 1,802 different labels are too many"):
        imported(text)


def test_lines_in_bold_are_headings() -> None:
    found = journey(
        "# My taxes\n\n**Stage 1: Look** (at home)\n- **User Goal:** a form\n- **Pain Points:** too many pages\n\n"
        "**Stage 2: Fill in**\n- **User Goal:** be done\n- **Pain Points:** 12 pages\n"
    )
    assert [(stage.name, stage.goal) for stage in found.stages] == [
        ("Look (at home)", "a form"),
        ("Fill in", "be done"),
    ]
    assert [one.pains for one in found.touchpoints] == [("too many pages",), ("12 pages",)]


@pytest.mark.parametrize("first", ["フェーズ1: ", "Étape 1 : ", "2. Aşama", "Szakasz 1: ", "1) "])
def test_numbers_before_stages_are_left_out(first: str) -> None:
    found = journey(f"| Phase | Action | Emotion |\n|---|---|---|\n| {first}X | I call | sad |\n| Y | I wait | sad |\n")
    assert found.stages[0].name == ("AşamaX" if "Aşama" in first else "X")


def test_a_text_with_other_labels_is_no_map() -> None:
    text = (
        "# Colours\n\n## Blue\n- **Why:** calm\n- **Emotion:** trust\n\n## Red\n- **Why:** loud\n- **Emotion:** alarm\n"
    )
    assert guess_format(Given("colours.md", text.encode())) is None


BLUEPRINTS = {
    "en": "| | Before | Stay |\n|---|---|---|\n| **Physical Evidence** | Lobby | Room |\n"
    "| **Customer Actions** | Arrives | Sleeps |\n"
    "| *Line of Interaction* | --- | --- |\n| **Frontstage (Onstage) Employee Actions** | Greets | Serves |\n"
    "| *Line of Visibility* | --- | --- |\n| **Backstage Employee Actions** | Makes a key | Cleans |\n"
    "| **Support Processes** | Key system | Laundry |\n| **Time** | 5 min | 8 hours |\n",
    "de": "Phase;Kundenaktion;Sichtbare Aktion (Frontstage);Unsichtbare Mitarbeiteraktion;Unterstützende Prozesse;"
    "Physische Belege;Dauer\nBefore;Arrives;Greets;Makes a key;Key system;Lobby;5 Minuten\n"
    "Stay;Sleeps;Serves;Cleans;Laundry;Room;8 Stunden\n",
    "tr": "Aşama,Müşteri Eylemleri,Ön Sahne Eylemleri,Arka Sahne Eylemleri,Destek Süreçleri,Fiziksel Kanıt,Süre\n"
    "Before,Arrives,Greets,Makes a key,Key system,Lobby,5 dakika\nStay,Sleeps,Serves,Cleans,Laundry,Room,8 saat\n",
}


@pytest.mark.parametrize("lang", BLUEPRINTS)
def test_a_service_blueprint_is_read_whole(lang: str) -> None:
    (one,) = imported(BLUEPRINTS[lang], "map.md" if lang == "en" else "map.csv")
    found = one.document.journey
    assert found is not None
    assert one.carry.lost == []
    assert [stage.name for stage in found.stages] == ["Before", "Stay"]
    assert [
        (one.title, one.place, one.frontstage[0].does, [step.does for step in one.backstage], str(one.lasts))
        for one in found.touchpoints
    ] == [
        ("Arrives", "Lobby", "Greets", ["Makes a key", "Key system"], "5min"),
        ("Sleeps", "Room", "Serves", ["Cleans", "Laundry"], "8h"),
    ]


@pytest.mark.parametrize("seed", range(100))
def test_no_text_of_a_table_is_lost_without_a_word(seed: int) -> None:
    some = random.Random(seed)
    fields = [name for name in SYNONYMS if name != "ignored"]
    names = [*some.sample(fields, some.randint(3, 9)), some.choice(fields)]
    headers = [*(some.choice(SYNONYMS[name]) for name in names), "something else"]
    marks = (f"qx{number}w" for number in count())
    shapes = ("", "{}", "{}", "{}\n- {}", "{}, {}")
    rows = [[some.choice(shapes).format(next(marks), next(marks)) for _ in headers] for _ in range(some.randint(2, 5))]
    table = [headers, *rows]
    target = io.StringIO()
    csv.writer(target).writerows(list(zip(*table, strict=True)) if some.random() < 0.3 else table)
    read = named_format("csv").read
    assert read is not None
    try:
        one = settle(read(Given("map.csv", target.getvalue().encode()))[0], "map.csv")
    except UsageError:  # no table, or fewer than two rows with a title
        return
    named = [text for lost in one.carry.lost for text in lost] + [text for new in one.carry.guessed for text in new]
    said = " ".join([one.text, *named])
    assert [mark for row in rows for cell in row for mark in re.findall(r"qx\d+w", cell) if mark not in said] == []


def test_of_two_columns_for_one_figure_none_is_lost_without_a_word() -> None:
    (one,) = imported(
        "Action,Duration,Length,Priority,Weight\nI call,5 min,1 h,high,2\nI wait,2 min,2 min,,\n", "map.csv"
    )
    assert one.document.journey is not None
    first = one.document.journey.touchpoints[0]
    assert (str(first.lasts), first.importance) == ("5min", 5)
    assert [(lost.where, lost.value) for lost in one.carry.lost] == [
        ("row 2, column Length", "1 h"), ("row 2, column Weight", "2"),
    ]  # fmt: skip
