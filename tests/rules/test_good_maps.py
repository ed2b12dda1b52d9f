"""A good map is left in peace, in every language that has word lists."""

from typing import NamedTuple

import pytest

from tests.rules.judged import found_by


class Told(NamedTuple):
    """A journey in one language: title, persona, stages, and touchpoints with their feelings."""

    lang: str
    title: str
    persona: str
    stages: tuple[str, str, str, str]
    touchpoints: tuple[tuple[str, str], ...]


FAMILIES = (
    "touchpoints",
    "channels",
    "feelings",
    "timeline",
    "backstage",
    "opportunities",
    "metrics",
    "writing",
    "privacy",
)

PLAN = """\
title: {title}
lang: {lang}
day0: A
persona: {persona}
basis: research
evidence: [talks]
sources: [{{id: talks, kind: interview, n: 8}}]
stages:
  - name: {stages[0]}
    phase: before
    touchpoints:
      - {{title: "{t[0]}", at: -10d, channel: web, feeling: [{f[0]}]}}
      - {{title: "{t[1]}", at: -9d, channel: phone, feeling: [{f[1]}], expected: 0, outcome: strength,
         decision: {{question: A, options: [{{answer: A, to: confirmed}}, {{answer: B, to: end}}]}}, churn_risk: low}}
      - {{id: confirmed, title: "{t[2]}", at: -9d, channel: email, by: company, feeling: [{f[2]}]}}
      - {{title: "{t[3]}", at: -1d, channel: sms, by: company, feeling: [{f[3]}], tags: [reminder]}}
  - name: {stages[1]}
    phase: during
    touchpoints:
      - title: "{t[4]}"
        id: waiting
        at: day 0 08:00
        wait: 3h
        channel: none
        feeling: [{f[4]}]
        outcome: vulnerability
        needs: [{{what: A, gap: B}}]
        backstage: [{{team: A, does: A, lasts: 1h}}, {{from: A, to: B, does: A, wait: 2h, warm: true}}]
      - title: "{t[5]}"
        at: day 0 11:00
        channel: in-person
        feeling: [{f[5]}]
        importance: 5
        moment_of_truth: true
  - name: {stages[2]}
    phase: after
    touchpoints:
      - title: "{t[6]}"
        id: asking
        at: day 3
        channel: [phone, email]
        feeling: [{f[6]}]
        tags: [complaint]
        why: A
      - {{title: "{t[7]}", at: day 4, channel: phone, by: company, feeling: [{f[7]}], expected: {f[2]}}}
  - name: {stages[3]}
    phase: renewal
    touchpoints:
      - {{title: "{t[8]}", at: +1y, channel: email, by: company, feeling: [{f[8]}]}}
opportunities:
  - {{title: C, at: [waiting], impact: 4, effort: 2, target: {{waiting: 0}}}}
  - {{title: D, at: [asking], impact: 3, effort: 1, target: {{asking: 1}}}}
"""

MAPS = [
    Told(
        "en",
        "I get my tap fixed",
        "Dana",
        ("I look for help", "The visit", "Afterwards", "A year later"),
        (
            ("I read reviews of plumbers", "hopeful"),
            ("I call and a person answers", "reassured"),
            ("I get a confirmation at once", "informed"),
            ("I am reminded of tomorrow", "prepared"),
            ("I wait for the plumber", "impatient, bored"),
            ("My tap works again", "relieved"),
            ("I ask why the bill is so high", "confused"),
            ("They call me back and correct it", "delighted"),
            ("I am offered a free check", "valued"),
        ),
    ),
    Told(
        "de-AT",
        "Mein Wasserhahn wird repariert",
        "Dana",
        ("Ich suche Hilfe", "Der Besuch", "Danach", "Ein Jahr später"),
        (
            ("Ich lese Bewertungen", "hoffnungsvoll"),
            ("Ich rufe an und erreiche jemanden", "beruhigt"),
            ("Ich bekomme sofort eine Bestätigung", "informiert"),
            ("Ich werde an morgen erinnert", "vorbereitet"),
            ("Ich warte auf den Installateur", "ungeduldig, gelangweilt"),
            ("Mein Hahn ist wieder dicht", "Erleichtert"),
            ("Ich frage nach der Rechnung", "verwirrt"),
            ("Ich werde zurückgerufen", "hocherfreut"),
            ("Ich bekomme eine Wartung angeboten", "wertgeschätzt"),
        ),
    ),
    Told(
        "hu",
        "Megjavítják a csapomat",
        "Dana",
        ("Segítséget keresek", "A látogatás", "Utána", "Egy évvel később"),
        (
            ("Véleményeket olvasok", "reménykedő"),
            ("Felhívom őket, és rögtön felveszik", "megnyugodott"),
            ("Azonnal kapok visszaigazolást", "tájékozott"),
            ("Emlékeztetnek a holnapi időpontra", "felkészült"),
            ("Várok a szerelőre", "türelmetlen, unott"),
            ("Újra jó a csapom", "megkönnyebbült"),
            ("Rákérdezek a számlámra", "összezavarodott"),
            ("Visszahívnak, és javítják", "elragadtatott"),
            ("Ingyenes átnézést ajánlanak nekem", "megbecsült"),
        ),
    ),
    Told(
        "sl",
        "Popravijo mi pipo",
        "Dana",
        ("Iščem pomoč", "Obisk", "Potem", "Leto pozneje"),
        (
            ("Berem mnenja o vodovodarjih", "polna upanja"),
            ("Pokličem in nekdo se oglasi", "pomirjena"),
            ("Takoj dobim potrdilo", "obveščena"),
            ("Spomnijo me na jutri", "pripravljena"),
            ("Čakam vodovodarja", "nestrpna, zdolgočasena"),
            ("Moja pipa spet dela", "olajšana"),
            ("Vprašam, zakaj je račun tako visok", "zmedena"),
            ("Pokličejo me nazaj in ga popravijo", "očarana"),
            ("Ponudijo mi brezplačen pregled", "cenjena"),
        ),
    ),
    Told(
        "tr",
        "Musluğumu tamir ettiriyorum",
        "Dana",
        ("Yardım arıyorum", "Ziyaret", "Sonrası", "Bir yıl sonra"),
        (
            ("Tesisatçı yorumlarını okuyorum", "umutlu"),
            ("Arıyorum ve biri açıyor", "içi rahat"),
            ("Hemen onay alıyorum", "bilgilendirilmiş"),
            ("Yarını bana hatırlatıyorlar", "hazır"),
            ("Tesisatçıyı bekliyorum", "sabırsız, sıkılmış"),
            ("Musluğum yine çalışıyor", "rahatlamış"),
            ("Faturanın neden yüksek olduğunu soruyorum", "kafası karışık"),
            ("Beni geri arayıp düzeltiyorlar", "çok memnun"),
            ("Bana ücretsiz bakım öneriyorlar", "değer gören"),
        ),
    ),
    Told(
        "el",
        "Μου φτιάχνουν τη βρύση",
        "Δανάη",
        ("Ψάχνω βοήθεια", "Η επίσκεψη", "Μετά", "Έναν χρόνο αργότερα"),
        (
            ("Διαβάζω κριτικές για υδραυλικούς", "γεμάτη ελπίδα"),
            ("Τηλεφωνώ και μου απαντούν αμέσως", "καθησυχασμένη"),
            ("Παίρνω αμέσως επιβεβαίωση", "ενημερωμένη"),
            ("Μου θυμίζουν το αυριανό ραντεβού", "προετοιμασμένη"),
            ("Περιμένω τον υδραυλικό", "ανυπόμονη, βαριεστημένη"),
            ("Η βρύση μου δουλεύει ξανά", "Ανακουφισμένη"),
            ("Ρωτώ γιατί είναι τόσο ακριβά", "μπερδεμένη"),
            ("Με παίρνουν πίσω και το διορθώνουν", "κατενθουσιασμένη"),
            ("Μου προτείνουν δωρεάν έλεγχο", "ευτυχισμένη"),
        ),
    ),
]


@pytest.mark.parametrize("told", MAPS, ids=lambda told: told.lang)
def test_a_good_map_has_no_finding(told: Told) -> None:
    titles, feelings = zip(*told.touchpoints, strict=True)
    text = PLAN.format(title=told.title, lang=told.lang, persona=told.persona, stages=told.stages, t=titles, f=feelings)
    assert found_by(FAMILIES, text) == []
