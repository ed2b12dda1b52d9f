"""What the fixes of this family write."""

import json

import pytest

from journeykit.fix import Set
from tests.rules.judged import judged

JOURNEY = "title: A\nlang: {lang}\npersona: P\ntouchpoints:\n  - {{title: {title}}}\n  - {{title: B}}\n"


@pytest.mark.parametrize(
    ("lang", "title", "tidy"),
    [
        ("en", "I call.", "I call"),
        ("en", "I  call   twice .", "I call twice"),
        ("en", "I call Acme  Ltd.", "I call Acme Ltd."),
        ("de", "Ich warte.", "Ich warte"),
        ("tr", "Bekliyorum.", "Bekliyorum"),
        ("fr", "Le technicien arrive.", "Le technicien arrive"),
    ],
)
def test_a_title_is_tidied_and_stays_so(lang: str, title: str, tidy: str) -> None:
    (hit,) = judged("untidy-text", JOURNEY.format(lang=lang, title=json.dumps(title)))
    assert hit.fix is not None
    assert hit.fix.changes == (Set(("touchpoints", 0, "title"), tidy),)
    assert judged("untidy-text", JOURNEY.format(lang=lang, title=json.dumps(tidy))) == []


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "I wait..."),
        ("en", "I wait…"),
        ("en", "Nobody calls. Nobody writes."),
        ("en", "They come at 3 p.m."),
        ("de", "Termin am 3."),
        ("sl", "Nosim kable, vijake itd."),
        ("tr", "Kablo, vida vb."),
        ("el", "Φέρνω καλώδια κ.λπ."),
        ("fr", "Câbles, etc."),
    ],
)
def test_a_period_that_belongs_there_stays(lang: str, title: str) -> None:
    assert judged("untidy-text", JOURNEY.format(lang=lang, title=json.dumps(title))) == []


@pytest.mark.parametrize("title", [".", "1.", "..", "…", '"."'])
def test_titles_without_a_word_do_no_harm(title: str) -> None:
    for hit in judged("untidy-text", JOURNEY.format(lang="en", title=json.dumps(title))):
        assert hit.fix is not None and hit.fix.changes[0] != Set(("touchpoints", 0, "title"), "")
