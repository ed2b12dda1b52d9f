"""Pages by the Python API, and how notebooks show them."""

from __future__ import annotations

from pathlib import Path

import html5lib

import journeykit
from tests.conftest import EXAMPLES

JOB, TO_BE = EXAMPLES / "my-new-job.journey.yaml", EXAMPLES / "my-new-job-to-be.journey.yaml"


def test_a_page_is_returned_saved_and_shown_in_a_frame_of_its_own(tmp_path: Path) -> None:
    picture = journeykit.render(JOB, format="html", settings=None)
    assert picture.html.startswith("<!doctype html>")
    saved = picture.save(tmp_path / "page.html")
    assert saved.read_text(encoding="utf-8") == picture.html
    (frame,) = html5lib.parse(picture._repr_html_(), namespaceHTMLElements=False).iter("iframe")
    assert frame.get("srcdoc") == picture.html
    assert frame.get("sandbox") == "allow-scripts"
    assert journeykit.render(JOB, settings=None)._repr_html_() is None


def test_two_versions_and_several_journeys_are_one_page_with_a_switch() -> None:
    compared = journeykit.compare(JOB, TO_BE, settings=None)
    both = journeykit.render(compared, format="html", settings=None).html
    assert both.count(" name=journey ") == 2
    listed = [journeykit.load(path, settings=None) for path in (JOB, TO_BE)]
    assert journeykit.render(listed, format="html", settings=None).html.count(" name=journey ") == 2
