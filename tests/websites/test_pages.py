"""The pages of a site: their figures are those of the commands, every link leads somewhere, nothing is loaded."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import html5lib
import pytest

from journeykit.charts.locales import Labels
from journeykit.errors import UsageError
from journeykit.project import Project
from journeykit.site.frame import POLICY
from journeykit.site.pages.findings import with_code
from journeykit.site.pages.search import DIGITS, word_number
from tests.conftest import EXAMPLES
from tests.repositories import Folder
from tests.web.test_markup import PAYLOADS
from tests.web.test_page import everywhere
from tests.websites.conftest import COMPARED, build, html_files, parsed, rows_left, text_of

LABELS = Labels("en")


def rows(tree: Any, id: str) -> list[list[str]]:
    table = next(one for one in tree.iter("table") if one.get("id") == id)
    return [[text_of(cell) for cell in row] for row in table.find("tbody")]


def scored() -> list[Any]:
    return Project.find(isolated=True).score(EXAMPLES)


def test_the_scores_are_those_of_score(examples: Path) -> None:
    shown = {row[0]: row for row in rows(parsed(examples / "index.html"), "all-journeys")}
    for one in scored():
        mark = " Planned" if one.journey.state == "future" else " Draft" if one.journey.status == "draft" else ""
        row = shown[f"{one.journey.title}{mark} {one.journey.persona.name}"]
        band = f" ± {LABELS.number(one.scores.half_width, 0)}" if one.scores.half_width else ""
        assert row[2] == f"{LABELS.number(one.scores.score)}{band} {one.scores.word}"
        assert row[5].split()[0] == str(len(one.scores.low_points))


def test_names_of_the_format_are_code_in_findings(examples: Path) -> None:
    text = (examples / "findings/index.html").read_text(encoding="utf-8")
    assert "add <code>channel</code>, such as phone" in text
    assert "`" not in text
    assert with_code("a ` alone") == ["a ` alone"]


def test_the_data_are_those_of_the_commands(examples: Path) -> None:
    expected = {one.journey.id: one.scores for one in scored()}
    listed = json.loads((examples / "data/journeys.json").read_text(encoding="utf-8"))["journeys"]
    assert {row["journey"]: row["score"] for row in listed} == {id: one.score for id, one in expected.items()}
    text = (examples / "data/touchpoints.csv").read_text(encoding="utf-8")
    points = list(csv.DictReader(io.StringIO(text)))
    found = {(row["journey"], row["touchpoint"]): row["score"] for row in points}
    for id, scores in expected.items():
        for rated in scores.touchpoints:
            assert found[id, rated.id] == ("" if rated.score is None else repr(float(rated.score)))
    with closing(sqlite3.connect(examples / "data/journeys.db")) as database:
        (count,) = database.execute("SELECT count(*) FROM touchpoints").fetchone()
        assert count == len(points)


def test_low_points_stand_in_the_order_of_the_command(examples: Path) -> None:
    from journeykit.output.tables.low_points import low_points

    current = [one for one in scored() if one.journey.state == "current"]
    expected = [row[4] for row in low_points(current).rows]
    shown = [row[1] for row in rows(parsed(examples / "weakest/index.html"), "all-low-points")]
    assert len(shown) == len(expected) > 5
    assert all(text.startswith(title) for text, title in zip(shown, expected, strict=True))
    first = parsed(examples / "index.html").find(".//section[@id='hurts']//tbody")
    assert [text_of(row[0]).startswith(title) for row, title in zip(first, expected, strict=False)] == [True] * 8


def test_every_link_and_every_anchor_exists(examples: Path) -> None:
    ids: dict[Path, set[str]] = {}
    trees = {file: parsed(file) for file in html_files(examples)}
    for file, tree in trees.items():
        found = [one.get("id") for one in tree.iter() if isinstance(one.tag, str) and one.get("id")]
        assert len(found) == len(set(found)), file
        ids[file] = set(found)
    assert len(trees) > 40
    for file, tree in trees.items():
        for one in tree.iter():
            for name in ("href", "src"):
                to = one.get(name) if isinstance(one.tag, str) else None
                if to is None or to.startswith(("http://", "https://", "mailto:", "data:")):
                    continue
                path, _, anchor = to.partition("#")
                target = (file.parent / unquote(path)).resolve() if path else file
                assert target.is_file(), (file, to)
                if "=" in anchor:
                    assert rows_left(trees[target], anchor), (file, to)
                else:
                    assert not anchor or unquote(anchor) in ids[target], (file, to)


def test_pages_load_nothing_from_elsewhere_and_run_no_text(examples: Path) -> None:
    for file in html_files(examples):
        tree = parsed(file)
        (policy,) = (
            one.get("content") for one in tree.iter("meta") if one.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy == POLICY
        assert all(one.text is None for one in tree.iter("script")) and not list(tree.iter("style"))
        for one in tree.iter():
            if isinstance(one.tag, str):
                assert not {name for name in one.attrib if name.startswith("on") or name == "style"}
        assert len(list(tree.iter("h1"))) == 1, file
        assert tree.find(".//title").text.endswith("Customer journeys"), file
    assert "://" not in (examples / "assets/site.css").read_text(encoding="utf-8")


def test_the_same_files_give_the_same_bytes(examples: Path, tmp_path: Path) -> None:
    build([EXAMPLES], tmp_path / "site", include=("source", "personal", "drafts", "quotes"), compare=COMPARED)
    files = [file.relative_to(examples) for file in examples.rglob("*") if file.is_file()]
    assert len(files) > 60
    for file in files:
        assert (tmp_path / "site" / file).read_bytes() == (examples / file).read_bytes(), file


def test_what_is_done_and_whether_it_helped(repository: Folder, tmp_path: Path) -> None:
    """The first page says what was promised and what came, as `opportunities --results` does."""
    project = Project.find(repository.root)
    build([repository.root], tmp_path / "site", project, history=True, since="2026-03-01")
    tree = parsed(tmp_path / "site/index.html")
    helped = [text_of(cell) for cell in tree.find(".//section[@id='helped']//tbody/tr")]
    assert helped[0] == "Call me back I report a leak" and helped[1] == "Dispatch" and helped[2] == "2026-03-01"
    assert helped[3] == helped[4] and helped[3].startswith("+")
    changes = text_of(parsed(tmp_path / "site/changes/index.html").find(".//main"))
    assert "We call back <now>" in changes and "This journey is new." in changes
    feed = (tmp_path / "site/changes/feed.xml").read_text(encoding="utf-8")
    assert "We call back &lt;now&gt;" in feed
    history = tmp_path / "site/journey/leak/history/index.html"
    assert len(parsed(history).find(".//tbody")) == 3


def test_an_address_makes_links_that_hold_at_any_depth(repository: Folder, tmp_path: Path) -> None:
    """Hosts show 404.html at the address that was asked for; readers of feeds know no address but the feed's."""
    project = Project.find(repository.root)
    for name, url in {"none": "", "below": "https://example.org/journeys", "root": "https://example.org/"}.items():
        build([repository.root], tmp_path / name, project, history=True, since="2026-03-01", url=url)
        page = parsed(tmp_path / name / "404.html")
        links = {one.get("href") for one in page.iter("a")} | {one.get("src") for one in page.iter("script")}
        start = {"none": "", "below": "/journeys/", "root": "/"}[name]
        assert {f"{start}index.html", f"{start}weakest/index.html", f"{start}assets/site.js"} <= links
        feed = (tmp_path / name / "changes/feed.xml").read_text(encoding="utf-8")
        address = f"{url.rstrip('/')}/" if url else "../"
        assert f'<link href="{address}journey/leak/index.html"/>' in feed
    assert '<link rel="self" href="https://example.org/changes/feed.xml"/>' in feed
    with pytest.raises(UsageError, match="no address of a site"):
        build([repository.root], tmp_path / "other", project, url="example.org")


def test_changes_since_a_revision(repository: Folder, tmp_path: Path) -> None:
    first = repository.git("rev-list", "--max-parents=0", "HEAD")
    project = Project.find(repository.root)
    build([repository.root], tmp_path / "site", project, history=True, since=first)
    text = text_of(parsed(tmp_path / "site/changes/index.html").find(".//article"))
    (one,) = project.score(repository.root)
    assert f"→ {LABELS.number(one.scores.score or 0.0)} +" in text and "Low points gone: I wait on the phone" in text
    assert "The map" not in text and "Work begins" in text


def hostile_files(folder: Path, texts: Sequence[str]) -> Path:
    """A folder with a journey for each text, which has the text in every field that takes one."""
    folder.mkdir()
    for number, text in enumerate(texts):
        data = everywhere(text).model_dump(mode="json", by_alias=True, exclude_unset=True)
        data["touchpoints"] = data.pop("stages")[0]["touchpoints"]
        data["persona"]["id"] = f"p{number}"
        data |= {"id": f"x{number}", "status": "live"}
        (folder / f"x{number:03}.journey.yaml").write_text(json.dumps(data), encoding="utf-8")
    return folder


def hostile_site(folder: Path, texts: Sequence[str]) -> Path:
    """The site of these journeys with all kinds of pages; each text is the subject of a commit too."""
    files = Folder(hostile_files(folder, texts))
    first = files.root / "x000.journey.yaml"
    for text in texts:
        first.write_text(f"{first.read_text(encoding='utf-8')}\n", encoding="utf-8")
        files.commit(text)
    built = build(
        [files.root], folder / "site", include=("personal", "quotes", "source"), title=texts[0], history=True,
        since="2026-01-01", compare=(("x0", "x1"), ("x0", "x1", "x2")),
    )  # fmt: skip
    assert not built.findings
    return folder / "site"


def test_no_text_becomes_an_element(tmp_path: Path) -> None:
    """The pages have the same elements and attributes with hostile texts as with harmless ones."""

    def shapes(site: Path) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
        found = {}
        for file in html_files(site):
            if site.parent.name == "b" and "journey" in file.parts:
                continue
            text = re.sub(r"<svg.*?</svg>", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
            tree = html5lib.parse(text, namespaceHTMLElements=False)
            shape = [(one.tag, tuple(sorted(one.attrib))) for one in tree.iter() if isinstance(one.tag, str)]
            found[file.relative_to(site).as_posix()] = shape
        return found

    texts = [payload.replace("\x00", "") for payload in PAYLOADS]
    hostile = shapes(hostile_site(tmp_path / "a", texts))
    harmless = shapes(hostile_site(tmp_path / "b", [f"x{number}" for number in range(len(texts))]))
    for page, shape in harmless.items():
        if not page.startswith(("findings", "personas/", "channels/")):  # where lint sees other texts
            assert hostile[page] == shape, page
    assert len(hostile) >= len(harmless) > 30
    feeds = [ElementTree.parse(tmp_path / name / "site/changes/feed.xml") for name in "ab"]
    elements, expected = ([(one.tag, *one.attrib) for one in feed.iter()] for feed in feeds)
    assert elements == expected and len(elements) > 100
    for page, shape in hostile.items():
        names = {tag for tag, _ in shape}
        assert not names & {"img", "iframe", "object", "embed", "style", "math", "textarea", "form"}, page
        assert not any(name.startswith("on") for _, attributes in shape for name in attributes), page


def test_the_search_has_every_title_and_no_end_of_its_script(tmp_path: Path) -> None:
    (tmp_path / "a.journey.yaml").write_text(
        "title: </script><b>\u2028x\nstatus: live\npersona: P\ntouchpoints: [{title: one, feeling: happy}, two]\n",
        encoding="utf-8",
    )
    build([tmp_path], tmp_path / "site")
    script = (tmp_path / "site/assets/search-data.js").read_text(encoding="utf-8")
    assert "<" not in script and "\u2028" not in script
    table, ((folder, about, points, todos),) = json.loads(script.removeprefix("window.journeySearch=").rstrip()[:-1])
    assert (folder, todos) == ("a", "")
    words = dict(zip(DIGITS, table.split(" "), strict=False))

    def text(codes: str) -> str:
        return " ".join(words[code] for code in codes)

    assert [text(one) for one in about.split(",")] == ["</script><b> x", "P"]
    assert [[text(part) for part in one.split(",")] for one in points.split(";")] == [["one", "one"], ["two", "two"]]


def test_numbers_of_words_are_read_as_they_are_written() -> None:
    """As the script does: a digit from 32 up says that another one follows, which counts 32 times as much."""
    for number in (0, 1, 31, 32, 33, 1023, 1024, 40_000):
        digits = [DIGITS.index(one) for one in word_number(number)]
        assert all(one >= 32 for one in digits[:-1]) and digits[-1] < 32
        assert sum(one % 32 * 32**place for place, one in enumerate(digits)) == number


def test_ids_that_are_used_twice_have_their_folder_before_them(tmp_path: Path) -> None:
    for name in ("billing", "orders"):
        (tmp_path / name).mkdir()
        text = f"id: refund\ntitle: Refund by {name}\nstatus: live\npersona: P\ntouchpoints: [one, two]\n"
        (tmp_path / name / "a.journey.yaml").write_text(text, encoding="utf-8")
    build([tmp_path], tmp_path / "site")
    found = sorted(one.name for one in (tmp_path / "site/journey").iterdir())
    assert found == ["billing--refund", "orders--refund"]


def test_an_address_that_a_journey_had_leads_to_its_new_one(tmp_path: Path) -> None:
    file = tmp_path / "a.journey.yaml"
    text = "id: {}\ntitle: T\nstatus: live\npersona: P\ntouchpoints: [one, two]\n"
    for id in ("first", "second", "third"):
        file.write_text(text.format(id), encoding="utf-8")
        build([tmp_path], tmp_path / "site")
    for id in ("first", "second"):
        refresh = next(one for one in parsed(tmp_path / f"site/journey/{id}/index.html").iter("meta")
                       if one.get("http-equiv") == "refresh")  # fmt: skip
        assert refresh.get("content") == "0; url=../../journey/third/index.html"


def test_today_and_tomorrow_are_compared(examples: Path) -> None:
    tree = parsed(examples / "compare/my-new-job--my-new-job-to-be/index.html")
    by_id = {one.journey.id: one.scores.score for one in scored()}
    lead = text_of(tree.find(".//p[@class='lead']"))
    assert lead.startswith(f"{LABELS.number(by_id['my-new-job'])} → ")
    links = [
        text_of(one)
        for one in parsed(examples / "journey/my-new-job/index.html").find(".//nav[@class='others']").iter("a")
    ]
    assert links[:3] == ["Today", "As it should be", "Compare both"]


def test_personas_of_one_journey_are_laid_over_each_other(tmp_path: Path) -> None:
    for name, feeling in (("Dana", "angry"), ("Omar", "calm"), ("Ida", "relieved")):
        text = f"id: leak-{name.lower()}\ntitle: I report a leak\nstatus: live\npersona: {name}\ntouchpoints:\n"
        text += f"  - I wait on the phone: {feeling}\n  - The plumber comes: relieved\n"
        (tmp_path / f"{name}.journey.yaml").write_text(text, encoding="utf-8")
    built = build([tmp_path], tmp_path / "site")
    (group,) = built.portfolio.overlays
    address = "compare/" + "--".join(built.portfolio.addresses[one.number] for one in group)
    page = parsed(tmp_path / "site" / address / "index.html")
    table = [text_of(row[0]) for row in page.find(".//tbody")]
    assert sorted(table) == ["Dana", "Ida", "Omar"] and page.find(".//*[@id='chart-picture']") is not None
    assert page.find(".//*[@id='chart-header']") is not None and page.find(".//*[@id='chart-scores']") is None
    others = {one.get("href") for one in parsed(tmp_path / "site/journey/leak-ida/index.html").iter("a")}
    assert f"../../{address}/index.html" in others
    for name in ("Lu", "Max", "Noa", "Pia"):  # seven share a title by chance
        text = f"id: leak-{name.lower()}\ntitle: I report a leak\nstatus: live\npersona: {name}\n"
        text += "touchpoints: [I call, I wait: sad]\n"
        (tmp_path / f"{name}.journey.yaml").write_text(text, encoding="utf-8")
    assert build([tmp_path], tmp_path / "seven").portfolio.overlays == ()


def test_named_journeys_are_laid_over_each_other(tmp_path: Path) -> None:
    ids = ("my-new-job", "plumber-visit", "support-ticket")
    built = build([EXAMPLES], tmp_path / "site", include=("drafts",), compare=(ids,))
    assert [[one.id for one in group] for group in built.portfolio.overlays] == [[*ids]]
    assert (tmp_path / "site/compare" / "--".join(ids) / "index.html").is_file()


def test_journeys_that_are_named_and_have_one_title_are_compared_once(tmp_path: Path) -> None:
    for name in "abc":
        text = f"id: {name}\ntitle: I move\nstatus: live\npersona: {name}\ntouchpoints: [I pack, I leave: sad]\n"
        (tmp_path / f"{name}.journey.yaml").write_text(text, encoding="utf-8")
    of_two = build([tmp_path / "a.journey.yaml", tmp_path / "b.journey.yaml"], tmp_path / "two", compare=(("a", "b"),))
    assert len(of_two.portfolio.pairs) == 1 and of_two.portfolio.overlays == ()
    of_three = build([tmp_path], tmp_path / "three", compare=(("c", "a", "b"),))
    assert [{one.id for one in group} for group in of_three.portfolio.overlays] == [{"a", "b", "c"}]


def test_channels_and_figures_have_their_names_in_the_language_of_the_site(tmp_path: Path) -> None:
    for lang, title in {"el": "Παίρνω τηλέφωνο", "en": "I call", "de": "Ich rufe an"}.items():
        text = f"id: call-{lang}\ntitle: {title}\nlang: {lang}\nstatus: live\npersona: {lang}\ntouchpoints:\n"
        text += f"  - {{title: {title}, id: call, channel: phone, satisfaction: -2}}\n  - {{title: '2', id: two}}\n"
        text += "kpis: [{id: csat, kind: csat, value: 80%, n: 90}]\n"
        (tmp_path / f"{lang}.journey.yaml").write_text(text, encoding="utf-8")
    build([tmp_path], tmp_path / "site")
    (channel,) = parsed(tmp_path / "site/channels/index.html").find(".//tbody")
    assert [text_of(one) for one in channel][:2] == ["Phone", "3"]
    figures = rows(parsed(tmp_path / "site/kpis/index.html"), "figures")
    assert {figure[0] for figure in figures} == {"Satisfaction (CSAT)"} and len(figures) == 3


def test_a_list_that_is_cut_says_so(tmp_path: Path) -> None:
    for number in range(60):
        points = ", ".join(f"I wait {n} in {number}: furious" if n % 2 else f"I go {n}: glad" for n in range(20))
        text = f"id: x{number}\ntitle: I wait {number}\nstatus: live\npersona: P\ntouchpoints: [{points}]\n"
        (tmp_path / f"x{number}.journey.yaml").write_text(text, encoding="utf-8")
    build([tmp_path], tmp_path / "site")
    page = parsed(tmp_path / "site/weakest/index.html")
    assert len(rows(page, "all-low-points")) == 500
    assert text_of(page.find(".//p[@class='quiet']")) == "These are the first 500 of 600. Data"


def test_maps_whose_review_is_due_are_named(tmp_path: Path) -> None:
    text = "title: {}\nstatus: live\npersona: Dana\nupdated: {}\nreview_every: P30D\ntouchpoints: [I call, I wait]\n"
    for title, day in (("Old", "2026-01-01"), ("Older", "2025-01-01"), ("New", "2026-11-20")):
        (tmp_path / f"{title}.journey.yaml").write_text(text.format(title, day), encoding="utf-8")
    build([tmp_path], tmp_path / "site")
    page = parsed(tmp_path / "site/index.html")
    assert [text_of(row[0]) for row in page.find(".//section[@id='stale']//tbody")] == ["Older", "Old"]
    assert "#stale" in {one.get("href") for one in page.iter("a")}
