"""The texts of the site in its languages."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from journeykit.site.options import LANGUAGES
from tests.conftest import EXAMPLES
from tests.websites.conftest import build, parsed, text_of

PLACEHOLDER = re.compile(r"\{\w+\}")


def texts(lang: str) -> dict[str, str]:
    found: dict[str, str] = import_module(f"journeykit.site.locales.{lang}").TEXTS
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_all_texts_with_their_placeholders(lang: str) -> None:
    english, own = texts("en"), texts(lang)
    assert own.keys() == english.keys()
    for key, text in own.items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(english[key])), key


def test_a_site_in_another_language_shows_journeys_in_their_own(tmp_path: Path) -> None:
    build([EXAMPLES / "my-new-job.journey.yaml"], tmp_path / "site", lang="de")
    page = parsed(tmp_path / "site/index.html")
    assert page.get("lang") == "de" and "Was am meisten schmerzt" in text_of(page)
    link = next(one for one in page.iter("a") if one.text == "My new job")
    assert link.get("lang") == "en"
    assert (
        text_of(parsed(tmp_path / "site/journey/my-new-job/index.html").find(".//article/header/div/h1"))
        == "My new job"
    )
