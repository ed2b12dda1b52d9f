"""The words that generated journeys are made of, in six languages.

Feelings are words of journeykit's own vocabulary by their valence (-2..2); everything else is free text.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """The phrases of one language. Titles are in the first person; `waits` are titles of silence."""

    lang: str
    persona: tuple[str, ...]
    journey: tuple[str, ...]
    stages: tuple[str, str, str, str]
    titles: tuple[str, ...]
    waits: tuple[str, ...]
    topics: tuple[str, ...]
    thoughts: tuple[str, ...]
    reasons: tuple[str, ...]
    ideas: tuple[str, ...]
    goals: tuple[str, ...]
    question: str
    feelings: dict[float, tuple[str, ...]]


ENGLISH = Phrases(
    lang="en",
    persona=(
        "Anna, new in marketing",
        "Home customer",
        "Paul, owner of a small shop",
        "Ruth, cares for her father",
    ),
    journey=(
        "I get my router fixed",
        "My new job",
        "I move to a new flat",
        "My boiler is repaired in winter",
    ),
    stages=("Before I ask", "Getting help", "Afterwards", "Staying"),
    titles=(
        "I look for help",
        "I call the help desk",
        "I write down what is wrong",
        "I explain it once more",
        "I get an answer",
        "I book an appointment",
        "I let the technician in",
        "I try what I was told",
        "I check whether it works",
        "I sign for the work",
        "I pay what I owe",
        "I tell a friend",
    ),
    waits=("I hear nothing", "I wait for a reply", "I wait at home"),
    topics=(
        "the invoice",
        "the laptop",
        "the first visit",
        "a missing part",
        "my account",
        "the heating",
        "the contract",
        "the old device",
        "the delivery",
        "a second opinion",
        "the guarantee",
        "my parents' line",
    ),
    thoughts=(
        "Did they forget about me?",
        "I have said this twice already.",
        "That was easier than I feared.",
        "Who is in charge here?",
        "At last somebody listens.",
        "I hope that it lasts this time.",
    ),
    reasons=(
        "Nobody owns the time between order and visit",
        "The two systems do not share their notes",
        "The technician sees only the ticket number",
        "Parts are ordered once a week",
    ),
    ideas=(
        "Send a message before each visit",
        "Keep one spare part in the van",
        "Pass on the notes, not only the number",
    ),
    goals=("Get it working again soon", "Know who comes and when"),
    question="What should we change?",
    feelings={
        -2.0: ("angry", "helpless", "furious"),
        -1.5: ("frustrated", "disappointed", "ignored"),
        -1.0: ("annoyed", "confused", "impatient"),
        -0.5: ("uncertain", "hesitant"),
        0.0: ("neutral", "okay"),
        0.5: ("curious", "patient", "prepared"),
        1.0: ("calm", "hopeful", "informed"),
        1.5: ("grateful", "confident", "happy"),
        2.0: ("delighted", "thrilled"),
    },
)

GERMAN = Phrases(
    lang="de",
    persona=("Jutta, Neukundin", "Karl, Betreiber eines Cafés", "Frau Öztürk, Mieterin"),
    journey=("Mein Anschluss wird repariert", "Ich fange neu an", "Ich ziehe in eine größere Wohnung"),
    stages=("Bevor ich frage", "Ich bekomme Hilfe", "Danach", "Ich bleibe"),
    titles=(
        "Ich suche Hilfe",
        "Ich rufe den Kundendienst an",
        "Ich schreibe auf, was fehlt",
        "Ich erkläre es noch einmal",
        "Ich bekomme eine Antwort",
        "Ich vereinbare einen Termin",
        "Ich öffne dem Techniker die Tür",
        "Ich prüfe, ob es läuft",
        "Ich bezahle die Rechnung",
        "Ich erzähle es meiner Nachbarin",
    ),
    waits=("Ich höre nichts", "Ich warte zu Hause"),
    topics=(
        "die Rechnung",
        "der Rechner",
        "der erste Besuch",
        "das fehlende Teil",
        "mein Konto",
        "die Heizung",
        "der Vertrag",
        "das alte Gerät",
        "die Lieferung",
        "die Garantie",
    ),
    thoughts=(
        "Haben sie mich vergessen?",
        "Das habe ich schon zweimal gesagt.",
        "Das ging leichter, als ich dachte.",
        "Endlich hört jemand zu.",
    ),
    reasons=(
        "Niemand ist für die Zeit bis zum Besuch zuständig",
        "Die Notizen bleiben im alten System",
        "Teile werden nur dienstags bestellt",
    ),
    ideas=(
        "Vor jedem Besuch eine Nachricht senden",
        "Ein Ersatzteil im Wagen haben",
        "Die Notizen weitergeben",
    ),
    goals=("Es soll bald wieder laufen", "Wissen, wer wann kommt"),
    question="Was sollen wir ändern?",
    feelings={
        -2.0: ("wütend", "hilflos", "empört"),
        -1.5: ("frustriert", "enttäuscht", "genervt"),
        -1.0: ("verärgert", "verwirrt", "ungeduldig"),
        -0.5: ("unsicher", "skeptisch"),
        0.0: ("neutral", "in Ordnung"),
        0.5: ("neugierig", "geduldig"),
        1.0: ("ruhig", "hoffnungsvoll", "informiert"),
        1.5: ("dankbar", "glücklich", "stolz"),
        2.0: ("begeistert", "hocherfreut"),
    },
)

HUNGARIAN = Phrases(
    lang="hu",
    persona=("Ágnes, új kolléga", "Szűcs úr, lakástulajdonos"),
    journey=("Megjavítják az internetemet", "Az első hónapom az új helyen"),
    stages=("Mielőtt kérdezek", "Segítséget kapok", "Utána", "Maradok"),
    titles=(
        "Segítséget keresek",
        "Felhívom az ügyfélszolgálatot",
        "Leírom, mi a baj",
        "Újra elmagyarázom",
        "Választ kapok",
        "Időpontot kérek",
        "Beengedem a szerelőt",
        "Kipróbálom, működik-e",
        "Befizetem a számlát",
        "Elmesélem egy barátomnak",
    ),
    waits=("Nem hallok semmit", "Otthon várok"),
    topics=(
        "a számla",
        "a laptop",
        "az első látogatás",
        "egy hiányzó alkatrész",
        "a fiókom",
        "a fűtés",
        "a szerződés",
        "a régi készülék",
        "a szállítás",
        "a jótállás",
    ),
    thoughts=(
        "Elfelejtettek engem?",
        "Ezt már kétszer elmondtam.",
        "Könnyebb volt, mint hittem.",
        "Végre valaki figyel rám.",
    ),
    reasons=(
        "A két rendszer nem látja egymás jegyzeteit",
        "Senki sem felel a látogatásig eltelt időért",
    ),
    ideas=("Üzenet minden látogatás előtt", "Pótalkatrész az autóban", "A jegyzetek továbbadása"),
    goals=("Működjön újra mielőbb", "Tudjam, ki és mikor jön"),
    question="Min változtassunk?",
    feelings={
        -2.0: ("dühös", "tehetetlen", "felháborodott"),
        -1.5: ("csalódott", "frusztrált", "kimerült"),
        -1.0: ("bosszús", "türelmetlen", "ideges"),
        -0.5: ("bizonytalan", "habozó"),
        0.0: ("semleges", "rendben"),
        0.5: ("kíváncsi", "türelmes"),
        1.0: ("nyugodt", "reménykedő", "megkönnyebbült"),
        1.5: ("hálás", "boldog", "büszke"),
        2.0: ("lelkes", "elragadtatott"),
    },
)

SLOVENIAN = Phrases(
    lang="sl",
    persona=("Špela, nova sodelavka", "Gospod Žagar, stanovalec"),
    journey=("Popravijo mi usmerjevalnik", "Moj prvi mesec v službi"),
    stages=("Preden vprašam", "Dobim pomoč", "Potem", "Ostanem"),
    titles=(
        "Iščem pomoč",
        "Pokličem podporo",
        "Zapišem, kaj je narobe",
        "Še enkrat razložim",
        "Dobim odgovor",
        "Dogovorim se za obisk",
        "Odprem vrata tehniku",
        "Preizkusim, ali deluje",
        "Plačam račun",
        "Povem prijateljici",
    ),
    waits=("Nič ne slišim", "Čakam doma"),
    topics=(
        "račun",
        "prenosnik",
        "prvi obisk",
        "manjkajoči del",
        "moj dostop",
        "ogrevanje",
        "pogodba",
        "stara naprava",
        "dostava",
        "garancija",
    ),
    thoughts=(
        "So name pozabili?",
        "To sem povedala že dvakrat.",
        "Bilo je lažje, kot sem mislila.",
        "Končno me nekdo posluša.",
    ),
    reasons=("Sistema si ne delita zapiskov", "Za čas do obiska ne skrbi nihče"),
    ideas=("Sporočilo pred vsakim obiskom", "Rezervni del v kombiju", "Zapiski potujejo s primerom"),
    goals=("Naj čim prej spet deluje", "Vem, kdo pride in kdaj"),
    question="Kaj naj spremenimo?",
    feelings={
        -2.0: ("jezen", "nemočen", "ogorčen"),
        -1.5: ("razočaran", "frustriran", "naveličan"),
        -1.0: ("nejevoljen", "zmeden", "nestrpen"),
        -0.5: ("negotov", "previden"),
        0.0: ("nevtralen", "v redu"),
        0.5: ("radoveden", "potrpežljiv"),
        1.0: ("miren", "olajšan", "obveščen"),
        1.5: ("hvaležen", "srečen", "ponosen"),
        2.0: ("navdušen", "očaran"),
    },
)

TURKISH = Phrases(
    lang="tr",
    persona=("Ayşe, yeni çalışan", "Işık Bey, ev sahibi"),
    journey=("İnternetim onarılıyor", "Yeni işimde ilk ayım"),
    stages=("Sormadan önce", "Yardım alıyorum", "Sonrasında", "Kalıyorum"),
    titles=(
        "Yardım arıyorum",
        "Destek hattını arıyorum",
        "Sorunu yazıyorum",
        "Bir kez daha anlatıyorum",
        "Yanıt alıyorum",
        "Randevu alıyorum",
        "Teknisyene kapıyı açıyorum",
        "Çalışıp çalışmadığına bakıyorum",
        "Faturayı ödüyorum",
        "Bir arkadaşıma anlatıyorum",
    ),
    waits=("Hiç haber almıyorum", "Evde bekliyorum"),
    topics=(
        "fatura",
        "dizüstü bilgisayar",
        "ilk ziyaret",
        "eksik parça",
        "hesabım",
        "ısıtma",
        "sözleşme",
        "eski cihaz",
        "teslimat",
        "garanti",
    ),
    thoughts=(
        "Beni unuttular mı?",
        "Bunu iki kez söyledim.",
        "Sandığımdan kolaymış.",
        "Sonunda biri beni dinliyor.",
    ),
    reasons=("İki sistem notları paylaşmıyor", "Ziyarete kadar geçen süre kimsenin işi değil"),
    ideas=("Her ziyaretten önce mesaj", "Araçta yedek parça", "Notlar da aktarılsın"),
    goals=("Bir an önce çalışsın", "Kimin ne zaman geleceğini bileyim"),
    question="Neyi değiştirelim?",
    feelings={
        -2.0: ("kızgın", "çaresiz", "öfkeli"),
        -1.5: ("kaygılı", "bıkkın", "bitkin"),
        -1.0: ("canı sıkkın", "sabırsız", "gergin"),
        -0.5: ("emin değil", "tereddütlü"),
        0.0: ("nötr", "idare eder"),
        0.5: ("meraklı", "sabırlı"),
        1.0: ("sakin", "umutlu", "bilgilendirilmiş"),
        1.5: ("minnettar", "mutlu", "gururlu"),
        2.0: ("çok memnun", "coşkulu"),
    },
)

GREEK = Phrases(
    lang="el",
    persona=("Ελένη, νέα συνάδελφος", "Ο κύριος Νίκος, πελάτης"),
    journey=("Μου φτιάχνουν τη σύνδεση", "Ο πρώτος μου μήνας στη δουλειά"),
    stages=("Πριν ρωτήσω", "Παίρνω βοήθεια", "Μετά", "Μένω"),
    titles=(
        "Ψάχνω βοήθεια",
        "Τηλεφωνώ στην υποστήριξη",
        "Γράφω τι δεν πάει καλά",
        "Το εξηγώ άλλη μια φορά",
        "Παίρνω απάντηση",
        "Κλείνω ραντεβού",
        "Ανοίγω στον τεχνικό",
        "Δοκιμάζω αν δουλεύει",
        "Πληρώνω τον λογαριασμό",
        "Το λέω σε μια φίλη",
    ),
    waits=("Δεν ακούω τίποτα", "Περιμένω στο σπίτι"),
    topics=(
        "ο λογαριασμός",
        "ο υπολογιστής",
        "η πρώτη επίσκεψη",
        "το εξάρτημα που λείπει",
        "η πρόσβασή μου",
        "η θέρμανση",
        "το συμβόλαιο",
        "η παλιά συσκευή",
        "η παράδοση",
        "η εγγύηση",
    ),
    thoughts=(
        "Με ξέχασαν;",
        "Το έχω πει ήδη δύο φορές.",
        "Ήταν πιο εύκολο απ' όσο νόμιζα.",
        "Επιτέλους κάποιος με ακούει.",
    ),
    reasons=("Τα δύο συστήματα δεν μοιράζονται σημειώσεις", "Κανείς δεν φροντίζει τον χρόνο ως την επίσκεψη"),
    ideas=("Μήνυμα πριν από κάθε επίσκεψη", "Ένα ανταλλακτικό στο όχημα", "Οι σημειώσεις πάνε μαζί"),
    goals=("Να δουλέψει ξανά σύντομα", "Να ξέρω ποιος έρχεται και πότε"),
    question="Τι να αλλάξουμε;",
    feelings={
        -2.0: ("θυμωμένος", "ανήμπορος", "έξαλλος"),
        -1.5: ("απογοητευμένος", "αγχωμένος", "εξαντλημένος"),
        -1.0: ("ενοχλημένος", "μπερδεμένος", "ανυπόμονος"),
        -0.5: ("αβέβαιος", "διστακτικός"),
        0.0: ("ουδέτερος", "εντάξει"),
        0.5: ("περίεργος", "υπομονετικός"),
        1.0: ("ήρεμος", "ανακουφισμένος", "ενημερωμένος"),
        1.5: ("ευγνώμων", "ευτυχισμένος", "περήφανος"),
        2.0: ("ενθουσιασμένος", "χαρούμενος"),
    },
)

# English is drawn three times as often: most maps are written in it, and every peer reads it alike.
LANGUAGES = (ENGLISH, ENGLISH, ENGLISH, GERMAN, HUNGARIAN, SLOVENIAN, TURKISH, GREEK)

# Ids stay ASCII in every language.
TITLE_IDS = (
    "look",
    "call",
    "write",
    "explain",
    "answer",
    "book",
    "visit",
    "try",
    "check",
    "sign",
    "pay",
    "tell",
)
TOPIC_IDS = (
    "invoice",
    "laptop",
    "first-visit",
    "part",
    "account",
    "heating",
    "contract",
    "old-device",
    "delivery",
    "opinion",
    "guarantee",
    "line",
)
