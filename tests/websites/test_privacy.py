"""What is private is nowhere in the site, in no format, unless somebody asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.websites.conftest import build, parsed, text_of

TEXT = """\
title: I get it fixed
{status}
persona: Home customer
touchpoints:
  - title: I call
    quote: Zebrafinch said it is the third time
    feeling: frustrated
    personal_data: [shoesizes of walruses]
  - title: It works: again
    feeling: relieved
privacy:
  personal_data: [shoesizes of walruses]
{quotes}
"""


def written(tmp_path: Path, status: str = "status: live", quotes: str = "", **given: Any) -> bytes:
    """All bytes of the site of one journey."""
    text = TEXT.format(status=status, quotes=quotes).replace("It works: again", "It works again")
    (tmp_path / "a.journey.yaml").write_text(text, encoding="utf-8")
    build([tmp_path / "a.journey.yaml"], tmp_path / "site", **given)
    return b"".join(file.read_bytes() for file in (tmp_path / "site").rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("quotes", "include", "shown"),
    [
        ("", (), False),
        ("  quotes: false", (), False),
        ("  quotes: anonymised with consent", (), True),
        ("", ("quotes",), True),
        ("", ("source",), False),
        ("", ("source", "quotes"), True),
    ],
)
def test_quotes_are_shown_where_somebody_agreed(
    tmp_path: Path, quotes: str, include: tuple[str, ...], shown: bool
) -> None:
    assert (b"Zebrafinch" in written(tmp_path, quotes=quotes, include=include)) is shown


@pytest.mark.parametrize(("include", "shown"), [((), False), (("personal",), True), (("source",), False)])
def test_personal_data_are_left_out(tmp_path: Path, include: tuple[str, ...], shown: bool) -> None:
    assert (b"walruses" in written(tmp_path, include=include)) is shown


@pytest.mark.parametrize(
    ("status", "include", "shown"),
    [("status: draft", (), False), ("status: draft", ("drafts",), True), ("", (), True), ("status: live", (), True)],
)
def test_what_is_marked_as_a_draft_is_left_out(
    tmp_path: Path, status: str, include: tuple[str, ...], shown: bool
) -> None:
    assert (b"I get it fixed" in written(tmp_path, status, include=include)) is shown
    first = text_of(parsed(tmp_path / "site/index.html").find(".//main"))
    assert ("All journeys are drafts" in first) is not shown


def test_a_file_is_published_only_if_nothing_of_it_is_left_out(tmp_path: Path) -> None:
    written(tmp_path, include=("source",))
    assert not (tmp_path / "site/journey/a/source").exists() and not (tmp_path / "site/journey/a/a.yaml").exists()
    written(tmp_path, include=("source", "quotes", "personal"))
    assert (tmp_path / "site/journey/a/a.yaml").read_bytes() == (tmp_path / "a.journey.yaml").read_bytes()


def test_the_site_says_what_was_left_out(tmp_path: Path) -> None:
    written(tmp_path)
    about = text_of(parsed(tmp_path / "site/about/index.html").find(".//section[@id='left-out']"))
    assert "1 quote that no customer is known to have agreed to" in about and "2 entries on personal data" in about


def test_folders_of_the_machine_are_not_named(tmp_path: Path) -> None:
    (tmp_path / "b.journey.yaml").write_text("title: [\n", encoding="utf-8")
    build([tmp_path / "b.journey.yaml"], tmp_path / "site")
    assert str(tmp_path).encode() not in written(tmp_path, include=("source", "quotes", "personal"))
