"""The word lists, tried on titles as people write them: a false finding is worse than a missed one."""

import re
import tomllib
from pathlib import Path

import pytest

from journeykit.vocabulary.feelings import LANGUAGES, feelings
from journeykit.vocabulary.words import Words, words


def words_of(lang: str) -> Words:
    found = words(lang)
    assert found is not None
    return found


CUSTOMER_TITLES = {
    "en": [
        "I get my router fixed",
        "My new job",
        "Our internet is down again",
        "We're moving house",
        "I’ve lost my card",
        "Help me choose a plan",
        "They sent us the wrong sofa",
        "I buy a concert ticket",
        "I have a heart procedure",
        "I become a customer of a new bank",
        "I complain to the management",
        "I process a refund for myself",
    ],
    "de": [
        "Mein neuer Job",
        "Ich bekomme meinen Router repariert",
        "Unser Internet ist ausgefallen",
        "Wir ziehen um",
        "Hilfe für meine Mutter",
        "Man verbindet mich weiter",
        "Der Techniker hilft uns",
        "Ich tausche meinen Prozessor",
        "Ich kaufe mir eine Bildbearbeitung",
    ],
    "hu": [
        "Új munkahelyen kezdek",
        "Elromlott a kenyérpirítóm",
        "Megjavíttatom a routeremet",
        "Az új munkám",
        "Új laptopot kapok",
        "Nem működik a netem",
        "Elköltözünk",
        "Szeretnék új telefont",
        "Áram nélkül maradtunk",
        "Visszaviszem a cipőt",
        "Időpontot foglalok",
        "Segítséget kérek",
        "Velem történt",
        "Végre van internetünk",
        "Az első hónapom az új munkahelyemen",
        "A csapom csöpög",
        "Bejelentem a hibát",
        "Felmondanám a szerződést, de nem tudom",
        "A gázszerelőre várok",
        "A gyerekemet beíratom az óvodába",
        "Folyamatosan várok a hívásra",
    ],
    "sl": [
        "Moja nova služba",
        "Popravijo mi usmerjevalnik",
        "Začenjam v novi službi",
        "Selimo se",
        "Naš internet ne dela",
        "Pokličem podporo",
        "Kupujem prvi avto",
        "Rad bi nov telefon",
        "Vodovodar pride k meni",
        "Ostal sem brez elektrike",
        "Prijavim okvaro",
        "Greva na pot",
        "Vrnem čevlje",
        "Dobim nov prenosnik",
        "Menjamo operaterja",
    ],
    "tr": [
        "Yeni işim",
        "Modemimi tamir ettiriyorum",
        "İnternetim kesildi",
        "Taşınıyoruz",
        "Yeni işe başlıyorum",
        "Kargomu bekliyorum",
        "Arızayı bildirdim",
        "Bana yardım edin",
        "Musluğum damlıyor",
        "Evimizi satıyoruz",
        "Destek ekibini arıyorum",
        "Randevu alırım",
        "İlk ayım",
        "Sistemim açılmıyor",
        "Tesisatçıyla tanıştık",
        "Okula kaydolmak istiyorum",
        "Faturama itiraz ediyorum",
    ],
    "el": [
        "Η νέα μου δουλειά",
        "Φτιάχνω το ρούτερ μου",
        "Αλλάζω πάροχο",
        "Μένω χωρίς ίντερνετ",
        "Μετακομίζουμε",
        "Θέλω νέο τηλέφωνο",
        "Χάλασε το πλυντήριό μας",
        "Περιμένω τον υδραυλικό",
        "Ζήτησα βοήθεια",
        "Αγοράζω αυτοκίνητο",
        "Κλείνω ραντεβού",
        "Ο πρώτος μου μήνας",
        "Επιστρέφω τα παπούτσια",
        "Εξυπηρετούμαι στο τηλέφωνο",
    ],
}

COMPANY_TITLES = {
    "en": [
        "Onboarding flow",
        "Ticket handling",
        "Order to cash",
        "New hire onboarding",
        "The customer journey",
        "Incident management",
        "Sofa delivery",
        "Phase II rollout",
    ],
    "de": [
        "Onboarding neuer Mitarbeiter",
        "Ticketbearbeitung",
        "Bestellprozess",
        "Störung am Anschluss",
        "Der Kundenservice hilft",
    ],
    "hu": [
        "Ügyfélkezelési folyamat",
        "Hibajegykezelés",
        "A telefonszám cseréje",
        "Felhasználók támogatása",
        "Beléptetés",
    ],
    "sl": [
        "Postopek uvajanja",
        "Reševanje zahtevkov",
        "Obravnava incidentov",
        "Uvajanje novih sodelavcev",
        "Proces nakupa",
    ],
    "tr": [
        "Müşteri süreci",
        "Talep yönetimi",
        "Kurulum ve bakım",
        "Eğitim programı",
        "Müşteri yolculuğu",
        "Otomatik bildirim",
    ],
    "el": [
        "Διαδικασία ένταξης",
        "Διαχείριση αιτημάτων",
        "Το ταξίδι του πελάτη",
        "Επικοινωνία με τον πελάτη",
        "Παράδοση κάτω από το σπίτι",
    ],
}

COMPANY_WORDS = {
    "en": ["My onboarding", "I go through ticket handling", "The hiring process and me", "Our workflow"],
    "de": ["Mein Onboarding", "Der Bestellprozess und ich", "Ich erlebe die Ticketbearbeitung"],
    "hu": ["A felvételi folyamatom lépései: folyamat", "Hibajegykezelés velem"],
    "sl": ["Moj proces nakupa", "Obravnava zahtevkov in jaz"],
    "tr": ["Benim başvuru sürecim", "İş akışım"],
    "el": ["Η διαδικασία μου"],
}

WISHES = {
    "en": [
        "I will get a laptop on the first day",
        "The technician should arrive on time",
        "They'll call me back",
        "Customers would receive a text",
        "The welcome email will be sent",
        "We should always know the price",
    ],
    "de": ["Ich würde sofort Antwort bekommen", "Künftig kommt eine SMS", "Mein Antrag wird geprüft werden"],
    "hu": ["Gyorsan fognak válaszolni", "A rendszernek értesítenie kellene", "Kapni fogok egy SMS-t, ami segít"],
    "sl": ["Tehnik bo prišel pravočasno", "Dobil bom odgovor", "Morali bi me poklicati"],
    "tr": ["Beni hemen arayacaklar", "SMS alacağım", "Destek ekibi bilgilendirilmeli"],
    "el": ["Θα λάβω μήνυμα", "Η εταιρεία θα έπρεπε να με καλέσει"],
}

TODAY = {
    "en": [
        "I ask when the technician will come",
        "The router won't start",
        "I would like a refund",
        "Would you recommend us?",
        "They tell me that someone will call back",
        "The router would not restart",
        "I should have kept the receipt",
        "The agent says it will take a week",
        "I get a text: your parcel will arrive today",
        "I read the will of my father",
        "My living will is signed",
        "“We will call you back”",
        "I wonder if it would be cheaper elsewhere",
    ],
    "de": [
        "Ich werde verbunden",
        "Das Paket sollte gestern kommen",
        "Ich würde gern kündigen",
        "Ich soll ein Formular ausfüllen",
        "Ich frage, wann er kommen wird",
        "Mein Anruf wird angenommen",
        "Ich wünschte, es würde klappen",
        "Ich werde vom Techniker angerufen",
    ],
    "hu": [
        "Azt mondják, hogy vissza fognak hívni",
        "A szerelő fogja a csavart",
        "Kellene egy új router",
        "Várok, hogy meg fogják-e javítani",
        "Fogok egy taxit",
        "El akarom kezdeni a munkát",
    ],
    "sl": [
        "Vprašam, kdaj bo prišel tehnik",
        "Rad bi nov telefon",
        "Tehnik naj bi prišel ob devetih",
        "Kdaj bo prišel tehnik?",
        "Ne vem, ali bo delovalo",
    ],
    "tr": [
        "Teknisyenin geleceğini öğreniyorum",
        "Gelecek haftayı bekliyorum",
        "Ne zaman geleceklerini soruyorum",
        "Bugün gelmeyecek",
        "Yapacak bir şey bulamıyorum",
        "Ne zaman gelecek?",
    ],
    "el": [
        "Μου λένε ότι θα έρθει αύριο",
        "Θα ήθελα επιστροφή χρημάτων",
        "Δεν ξέρω πότε θα έρθουν",
        "Δεν θα έρθει σήμερα",
        "Ρωτάω αν θα φτιαχτεί",
        "Πότε θα έρθει ο τεχνικός;",
    ],
}

COMPANY_SIDE = {
    "en": [
        "Agent checks the request",
        "The system sends an email",
        "Support team closes the ticket",
        "Agents open a ticket",
    ],
    "de": ["Agent prüft die Anfrage", "Das System sendet eine E-Mail"],
    "hu": ["Az ügyintéző ellenőrzi a kérést", "A rendszer e-mailt küld"],
    "sl": ["Agent preveri zahtevek", "Sistem pošlje sporočilo"],
    "tr": ["Temsilci talebi kontrol eder", "Sistem bir e-posta gönderir"],
    "el": ["Ο εκπρόσωπος ελέγχει το αίτημα", "Το σύστημα στέλνει μήνυμα"],
}

CUSTOMER_SIDE = {
    "en": [
        "Team introductions",
        "System access",
        "The technician fixes it",
        "Team lunch with my new colleagues",
        "The team welcomes me",
        "The system is down",
        "My agent calls",
        "Company car keys in my hand",
        "I call the support team",
        "Systematic trouble",
        "Team lunch",
    ],
    "de": [
        "Der Techniker kommt",
        "Das System meldet mich ab",
        "Ich rufe den Kundendienst an",
        "Das System ist ausgefallen",
    ],
    "hu": ["A szerelő megjön", "A rendszer kiléptet engem", "Felhívom az ügyfélszolgálatot", "A rendszer nem működik"],
    "sl": ["Tehnik pride", "Sistem me odjavi", "Pokličem podporo", "Sistem ne dela"],
    "tr": ["Teknisyen geliyor", "Sistem beni dışarı atıyor", "Destek ekibini arıyorum", "Sistem çöküyor"],
    "el": [
        "Ο τεχνικός έρχεται",
        "Το σύστημα με αποσυνδέει από τον λογαριασμό μου",
        "Καλώ την εταιρεία",
        "Το σύστημα δεν δουλεύει",
    ],
}


def each(titles: dict[str, list[str]]) -> pytest.MarkDecorator:
    assert set(titles) == set(LANGUAGES)
    return pytest.mark.parametrize(("lang", "title"), [(lang, t) for lang in titles for t in titles[lang]])


@each(CUSTOMER_TITLES)
def test_what_customers_write_is_first_person_without_company_words(lang: str, title: str) -> None:
    assert words_of(lang).is_first_person(title)
    assert words_of(lang).company_word(title) is None


@each(COMPANY_TITLES)
def test_what_companies_write_is_told_apart(lang: str, title: str) -> None:
    assert words_of(lang).company_word(title) or not words_of(lang).is_first_person(title)


@each(COMPANY_WORDS)
def test_company_words_are_found_beside_the_first_person(lang: str, title: str) -> None:
    assert words_of(lang).company_word(title)


@each(WISHES)
def test_what_will_or_should_be_is_a_wish(lang: str, title: str) -> None:
    assert words_of(lang).wish(title)


@each(TODAY)
def test_what_happens_today_is_no_wish(lang: str, title: str) -> None:
    assert words_of(lang).wish(title) is None


@each(CUSTOMER_TITLES)
def test_no_customer_title_is_a_wish_or_the_companys_side(lang: str, title: str) -> None:
    assert words_of(lang).wish(title) is None
    assert words_of(lang).company_subject(title) is None


@each(COMPANY_SIDE)
def test_the_company_as_subject_is_found(lang: str, title: str) -> None:
    assert words_of(lang).company_subject(title)


@each(CUSTOMER_SIDE)
def test_the_customers_side_is_left_alone(lang: str, title: str) -> None:
    assert words_of(lang).company_subject(title) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_feeling_is_a_judgement(lang: str) -> None:
    words_of_lang = words_of(lang)
    forms = [form for feeling in feelings() for form in feeling.all_words(lang)]
    assert forms
    assert [form for form in forms if words_of_lang.is_judgement(form)] == []


@pytest.mark.parametrize(
    ("lang", "word"),
    [("en", "User-friendly"), ("de", "Langsam"), ("hu", "rossz"), ("sl", "počasen"), ("tr", "YAVAŞ"), ("el", "εύκολο")],
)
def test_judgements_are_known_whatever_their_case(lang: str, word: str) -> None:
    assert words_of(lang).is_judgement(word)


@pytest.mark.parametrize(
    ("lang", "title", "is_bill"),
    [
        ("en", "I pay the invoice", True), ("en", "They charge a scratch", True), ("en", "The billboard", False),
        ("en", "I charge my car", False), ("de", "Die Stromrechnung kommt", True), ("de", "Ich rechne nach", False),
        ("hu", "Jön a villanyszámla", True), ("hu", "Kapok egy számlát", True), ("hu", "Számlát nyitok", False),
        ("hu", "Bankszámlát nyitok", False), ("sl", "Prvi račun je nižji", True), ("sl", "Plačam položnico", True),
        ("sl", "Odprem račun", False), ("tr", "Fatura geliyor", True), ("tr", "Fark yok", False),
        ("el", "Έρχεται ο λογαριασμός", True), ("el", "Ανοίγω λογαριασμό", False),
    ],
)  # fmt: skip
def test_a_bill_is_told_from_an_account(lang: str, title: str, is_bill: bool) -> None:
    lists = words(lang)
    assert lists is not None and lists.is_about_bill(title) == is_bill


def test_a_tag_is_read_by_its_language_and_others_have_no_lists() -> None:
    assert words_of("de-AT") is words_of("DE")
    assert words("fr") is None


JARGON = {
    "en": ["I wait for L2", "They miss the SLAs", "Second-level support calls", "My pain points", "It is provisioned"],
    "de": [
        "Der Second-Level-Support ruft an",
        "Ich warte auf das SLA",
        "Die Erstlösungsquote sinkt",
        "Ich als Endanwender",
    ],
    "hu": [
        "Az SLA-t nem tartják",
        "Végfelhasználóként regisztrálok",
        "Másodszintű támogatás hív",
        "Az incidenskezelés hív",
    ],
    "sl": ["Čakam na SLA", "Kot končni uporabnik čakam", "Druga raven podpore kliče"],
    "tr": ["SLA'yı bekliyorum", "İkinci seviye destek arıyor", "Son kullanıcıyım"],
    "el": ["Περιμένω το SLA", "Με καλεί το τμήμα δεύτερης γραμμής υποστήριξης", "Είμαι τελικός χρήστης"],
}

EVERYDAY = {
    "en": [
        "I take a cab", "I escalate my ticket", "I go to level 2 of the car park", "I tell the crm of it",
        "It is my first time in line", "My second line is dead", "The end of the user manual",
        "I report an incident to the insurer", "The back of the office", "I plug in the RCA cable",
        "My AML treatment starts",
    ],
    "de": ["Ich melde eine Störung", "Ich frage im Laden nach", "Mein zweiter Anschluss", "Ich öffne ein Ticket"],
    "hu": ["Bejelentem a hibát", "Incidens történt a vonaton", "A második emeleten lakom", "Az első hívás nem sikerül"],
    "sl": ["Prijavim napako", "Čakam v drugi vrsti", "Končno pride uporaben nasvet", "Stanujem v drugem nadstropju"],
    "tr": ["Arızayı bildiriyorum", "İkinci kata çıkıyorum", "Sonunda kullanıcı adımı buluyorum", "Biletimi alıyorum"],
    "el": ["Δηλώνω τη βλάβη", "Ανεβαίνω στο δεύτερο επίπεδο του πάρκινγκ", "Παίρνω το εισιτήριό μου"],
}  # fmt: skip

POLICY = {
    "en": [
        "It's not our policy", "That is against company policy", "The clerk has to ask her manager", "He asks his boss",
        "I am told to call another number", "“Please call this number”", 'She says "I have to ask my supervisor"',
        "The system won't let them", "That's not my department",
    ],
    "de": [
        "Das ist gegen unsere Richtlinien", "Er muss erst seinen Chef fragen", "Dafür sind sie nicht zuständig",
        "„Rufen Sie bitte diese Nummer an“", "Ich werde an eine andere Abteilung verwiesen",
        "„Da kann ich leider nichts machen“",
    ],
    "hu": [
        "A szabályzat nem engedi", "Megkérdezi a főnökét", "Másik számot kell hívnom", "„Hívja ezt a számot”",
        "„Nem az én hatásköröm”", "„Sajnos nem tehetek semmit”",
    ],
    "sl": [
        "Pravila tega ne dovolijo", "Vpraša svojega šefa", "Niso pristojni", "»Pokličite drugo številko«",
        "„Moram vprašati šefa“",
    ],
    "tr": [
        "Şirket politikası gereği olmuyor", "Müdürüne soruyor", "Başka bir numarayı aramamı istiyorlar",
        "“Müdürüme sormam lazım”", "“Yapabileceğim bir şey yok”", "Sistem izin vermiyor",
    ],
    "el": [
        "Η πολιτική της εταιρείας δεν το επιτρέπει", "Ρωτάει τον προϊστάμενό του", "Μου λένε να πάρω άλλο τμήμα",
        "«Καλέστε αυτόν τον αριθμό»", "«Δεν μπορώ να κάνω τίποτα»",
    ],
}  # fmt: skip

NO_POLICY = {
    "en": [
        "I ask my boss for a day off", "I have to ask my manager for the laptop", "I read the travel policy",
        "There is nothing I can do", "He helps me without asking his boss", "I call the number on the bill",
        "I renew my insurance policy", "My manager asks the boss of sales", "“The policy holder signs here”",
        "I take out a policy", "The system lets me in",
    ],
    "de": [
        "Ich frage meinen Chef", "Ich rufe die Nummer auf der Rechnung an", "Da kann ich nichts machen",
        "Ich lese die Richtlinie", "Er hilft mir sofort", "Der Chef fragt, wie es geht",
    ],
    "hu": ["Megkérdezem a főnökömet", "Felhívom a számot a számlán", "Nem tehetek semmit", "Elolvasom a szabályzatot"],
    "sl": ["Vprašam svojega šefa", "Pokličem številko na računu", "Nič ne morem", "Preberem pravila"],
    "tr": ["Müdürüme soruyorum", "Faturadaki numarayı arıyorum", "Yapabileceğim bir şey yok", "Kuralları okuyorum"],
    "el": ["Ρωτάω τον προϊστάμενό μου", "Καλώ τον αριθμό στον λογαριασμό", "Δεν μπορώ να κάνω τίποτα"],
}  # fmt: skip


@each(JARGON)
def test_terms_of_the_trade_are_jargon(lang: str, title: str) -> None:
    assert words_of(lang).jargon(title)


@each(EVERYDAY)
def test_what_customers_say_is_no_jargon(lang: str, title: str) -> None:
    assert words_of(lang).jargon(title) is None


@each(POLICY)
def test_phrases_of_staff_that_may_not_decide_are_found(lang: str, title: str) -> None:
    assert words_of(lang).policy_phrase(title)


@each(NO_POLICY)
def test_what_may_be_the_customers_own_is_no_policy_phrase(lang: str, title: str) -> None:
    assert words_of(lang).policy_phrase(title) is None


@each({lang: [*CUSTOMER_TITLES[lang], *TODAY[lang], *CUSTOMER_SIDE[lang]] for lang in CUSTOMER_TITLES})
def test_no_customer_title_is_jargon_or_a_policy_phrase(lang: str, title: str) -> None:
    assert words_of(lang).jargon(title) is None
    assert words_of(lang).policy_phrase(title) is None


@pytest.mark.parametrize(
    ("lang", "persona", "does"),
    [
        ("en", "Nadia, DevOps engineer", True),
        ("en", "Sam, IT support at a school", True),
        ("en", "Sam, asks if it is a good school", False),
        ("en", "Ilse, baker", False),
        ("de", "Jana, Softwareentwicklerin", True),
        ("hu", "Béla, rendszergazda", True),
        ("hu", "Béla, péklegény", False),
        ("sl", "Tine, programer", True),
        ("tr", "Can, yazılım mühendisi", True),
        ("el", "Νίκος, προγραμματιστής", True),
        ("el", "Νίκος, φούρναρης", False),
    ],
)
def test_who_works_in_it_talks_jargon(lang: str, persona: str, does: bool) -> None:
    assert words_of(lang).names_expert(persona) == does


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["health", "religion", "ethnicity", "politics", "sexuality"])
def test_each_kind_of_sensitive_fact_has_words_in_each_language(lang: str, kind: str) -> None:
    text = Path(__file__).parents[2] / f"src/journeykit/vocabulary/data/words/{lang}.toml"
    lists = tomllib.loads(text.read_text(encoding="utf-8"))["sensitive"][kind]
    assert lists["facts"] and lists["says"]


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "Etc"), ("de", "usw"), ("hu", "Kft"), ("sl", "npr"), ("tr", "Şti"), ("el", "κτλ")]
)
def test_abbreviations_are_known_whatever_their_case(lang: str, word: str) -> None:
    assert words_of(lang).is_abbreviation(word)
    assert not words_of(lang).is_abbreviation(word + "x")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_list_is_made_of_patterns_in_small_letters(lang: str) -> None:
    text = Path(__file__).parents[2] / f"src/journeykit/vocabulary/data/words/{lang}.toml"
    lists = tomllib.loads(text.read_text(encoding="utf-8"))
    for name, entries in lists.items():
        if isinstance(entries, list) and name != "jargon_letters":
            assert [entry for entry in entries if entry != entry.lower() or not re.compile(entry)] == []
            assert len(entries) == len(set(entries)), name


@pytest.mark.parametrize(
    ("lang", "fact", "kind"),
    [
        ("en", "type 1 diabetic", "health"),
        ("en", "breast cancer survivor", "health"),
        ("en", "goes to mass, Roman Catholic", "religion"),
        ("en", "votes Labour", "politics"),
        ("de", "hatte Krebs", "health"),
        ("de", "wählt die Grünen", "politics"),
        ("hu", "cukorbeteg", "health"),
        ("sl", "katoličanka", "religion"),
        ("tr", "kalp hastası", "health"),
        ("el", "διαβητικός", "health"),
        ("en", "star sign Cancer", None),
        ("en", "notifications disabled", None),
        ("en", "votes with her feet", None),
        ("en", "likes ethnic food", None),
        ("en", "health insurance by her employer", None),
        ("de", "wählt immer den günstigsten Tarif", None),
        ("de", "Sternzeichen Krebs", None),
        ("hu", "a jobboldali lakásban él", None),
        ("sl", "rad hodi v hribe", None),
        ("tr", "Roma'ya seyahat ediyor", None),
        ("el", "δεξιόχειρας", None),
    ],
)
def test_a_fact_tells_of_a_sensitive_kind_or_of_none(lang: str, fact: str, kind: str | None) -> None:
    assert words_of(lang).sensitive_kind(fact, is_key=False) == kind
