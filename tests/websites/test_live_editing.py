"""The editor over HTTP: what it answers, and who may change something."""

from __future__ import annotations

import http.client
import json
import re
import socket
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from zipfile import ZipFile

import pytest

from journeykit.editing.desk import Desk
from journeykit.editing.grounds import REASONS, Grounds
from journeykit.site.live.editing import Editor
from journeykit.site.live.serving import LARGEST_BUFFER, TOKEN_HEADER
from journeykit.site.pages.editor import EDIT_ASSETS
from tests.websites.test_live import Live, until

MAP = """\
title: First   # kept
persona: P
touchpoints:
  - {id: call, title: I call, satisfaction: -1}
  - I wait: sad
"""
TOKEN = "the token of this run"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8d"
    "b00000000049454e44ae426082"
)


class LiveEditor(Live):
    """A served folder whose journeys can be edited."""

    def __init__(self, folder: Path, *, read_only: bool = False, new: bool = False) -> None:
        super().__init__(folder)
        desk = Desk(self.preview.project, Grounds((folder,)), read_only, editor="edit://{file}:{line}")
        self.server.editor = Editor(self.preview, desk, self.server.tell, new=new)
        self.server.edit_token = "" if read_only else TOKEN

    def get(self, path: str, **headers: Any) -> Any:
        status, data, _ = self.ask(path, **headers)
        assert status == 200, data
        return json.loads(data)

    def post(self, path: str, data: Any, **headers: Any) -> tuple[int, Any]:
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        given = {TOKEN_HEADER: TOKEN, "Content-Type": "application/json", **headers}
        status, answer, _ = self.ask(path, "POST", body, **{key: value for key, value in given.items() if value})
        try:
            return status, json.loads(answer)
        except ValueError:
            return status, answer.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.journey.yaml").write_text(MAP, encoding="utf-8")
    return tmp_path


@pytest.fixture
def live(folder: Path) -> Iterator[Callable[..., LiveEditor]]:
    opened = []

    def start(**options: Any) -> LiveEditor:
        opened.append(LiveEditor(folder, **options))
        return opened[-1]

    yield start
    for one in opened:
        one.end()


FACE = {"acts": [{"do": "face", "path": ["touchpoints", 0], "satisfaction": 1}]}


def test_an_act_changes_the_file_and_tells_the_other_pages(live: Callable[..., LiveEditor], folder: Path) -> None:
    editor = live()
    events = editor.events()
    until(events, "hello")
    state = editor.get("/_edit/a")
    status, after = editor.post("/_edit/a", {**FACE, "version": state["version"]})
    assert (status, after["saved"], after["undo"]) == (200, True, ["satisfaction: I call"])
    assert (folder / "a.journey.yaml").read_text(encoding="utf-8") == MAP.replace("satisfaction: -1", "satisfaction: 1")
    assert until(events, "edited") == {"name": "a", "version": after["version"]}
    assert until(events, "changed")["pages"][0] == "/journey/a/"
    assert editor.post("/_edit/a/undo", {})[1]["version"] == state["version"]
    assert editor.post("/_edit/a/redo", {})[1]["version"] == after["version"]


def test_what_is_not_saved_is_shown_by_the_pages_of_the_site(live: Callable[..., LiveEditor], folder: Path) -> None:
    editor = live()
    events = editor.events()
    until(events, "hello")
    editor.post("/_edit/a/mode", {"mode": "demand"})
    status, state = editor.post("/_edit/a", {"acts": [{"do": "set", "path": ["title"], "value": "Second"}]})
    assert (status, state["saved"]) == (200, False)
    until(events, "changed")
    assert "Second" in editor.page() and (folder / "a.journey.yaml").read_text(encoding="utf-8") == MAP
    assert editor.post("/_edit/a/save", {})[1]["saved"]
    assert "title: Second   # kept" in (folder / "a.journey.yaml").read_text(encoding="utf-8")


def test_a_file_that_is_written_by_another_program_is_told_to_the_pages(
    live: Callable[..., LiveEditor], folder: Path
) -> None:
    editor = live()
    events = editor.events()
    until(events, "hello")
    version = editor.get("/_edit/a")["version"]
    (folder / "a.journey.yaml").write_text(MAP.replace("First", "Theirs"), encoding="utf-8")
    assert until(events, "edited")["version"] != version
    assert editor.get("/_edit/a")["journey"]["title"] == "Theirs"


def test_trying_changes_nothing(live: Callable[..., LiveEditor], folder: Path) -> None:
    editor = live()
    state = editor.get("/_edit/a")
    status, tried = editor.post("/_edit/a/try", {**FACE, "version": state["version"]})
    assert status == 200 and tried["was"] == state["score"] and tried["score"]["value"] > tried["was"]["value"]
    assert [one["score"] for one in tried["stages"][0]["touchpoints"]] == [75, 25]
    assert {"low", "high"} <= tried["score"].keys() and tried["lows"] != state["lows"]
    assert editor.get("/_edit/a")["version"] == state["version"]
    assert (folder / "a.journey.yaml").read_text(encoding="utf-8") == MAP
    _, made = editor.post("/_edit/a", FACE)
    assert (made["score"], made["lows"]) == (tried["score"], tried["lows"])


def test_a_trial_of_any_act_says_what_the_act_then_makes(live: Callable[..., LiveEditor]) -> None:
    editor = live()
    acts = {"acts": [{"do": "add", "path": ["touchpoints"], "at": 0, "value": {"title": "x", "feeling": "happy"}}]}
    _, tried = editor.post("/_edit/a/try", acts)
    _, word = editor.post("/_edit/a/try", {"acts": [{"do": "face", "path": ["touchpoints", 1], "feeling": "happy"}]})
    assert word["stages"][0]["touchpoints"][1]["score"] > 50
    assert editor.post("/_edit/a", acts)[1]["score"] == tried["score"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/_edit/a", {"acts": [{"do": "sing"}]}, 400), ("/_edit/a", {"acts": "x"}, 400), ("/_edit/a", b"no json", 400),
        ("/_edit/a", b"[" * 100_000, 400), ("/_edit/a", {"acts": [{}] * 300}, 400),
        ("/_edit/a", {"acts": [{"do": "face", "path": ["touchpoints", 0], "satisfaction": 9}]}, 422),
        ("/_edit/a", {"acts": [], "version": "old"}, 409), ("/_edit/a/undo", {}, 422), ("/_edit/a/settle", {}, 422),
        ("/_edit/nobody", {"acts": []}, 404), ("/_edit/a/nonsense", {}, 404), ("/_edit/", {}, 404),
        ("/_edit/..%2fa", {"acts": []}, 404), ("/_newer", {}, 404), ("/_edit/a/mode", {"mode": "x"}, 400),
    ],
)  # fmt: skip
def test_a_mistake_is_answered_with_words(
    live: Callable[..., LiveEditor], folder: Path, path: str, body: Any, status: int
) -> None:
    found, answer = live().post(path, body)
    assert found == status
    assert answer["error"] and {"help", "line"} <= answer.keys()
    assert (folder / "a.journey.yaml").read_text(encoding="utf-8") == MAP


def test_a_refusal_names_the_line_and_leads_to_the_editor(live: Callable[..., LiveEditor], folder: Path) -> None:
    act = {"do": "face", "path": ["touchpoints", 0], "satisfaction": 9}
    _, answer = live().post("/_edit/a", {"acts": [act]})
    assert answer["error"] == "9 is not on the scale -2..2"
    assert answer["line"] == 4
    assert answer["editor"] == f"edit://{folder}/a.journey.yaml:4"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({TOKEN_HEADER: None}, 403), ({TOKEN_HEADER: "guessed"}, 403), ({TOKEN_HEADER: "ä"}, 403),
        ({"Origin": "http://evil.example"}, 403), ({"Origin": "null"}, 403), ({"Host": "evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "text/plain"}, 415), ({"Content-Type": None}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415), ({"Content-Length": "x"}, 411),
        ({"Content-Length": str(LARGEST_BUFFER + 1)}, 413), ({"Content-Length": "-1"}, 411),
        ({"Transfer-Encoding": "chunked"}, 411),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/_edit/a", "/_edit/a/undo", "/_new"])
def test_a_hostile_page_changes_nothing(
    live: Callable[..., LiveEditor], folder: Path, headers: dict[str, str | None], status: int, path: str
) -> None:
    """Each check alone stops a request of which all else is right."""
    editor = live()
    body = json.dumps({**FACE, "title": "T", "persona": "P"}).encode()
    right: dict[str, Any] = {
        "Host": f"127.0.0.1:{editor.server.port}", TOKEN_HEADER: TOKEN, "Content-Type": "application/json",
        "Content-Length": str(len(body)), **headers,
    }  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", editor.server.port, timeout=30)
    connection.putrequest("POST", path, skip_host=True, skip_accept_encoding=True)
    for name, value in right.items():
        if value is not None:
            connection.putheader(name, value.encode())
    connection.endheaders(body)
    assert connection.getresponse().status == status
    connection.close()
    assert [one.name for one in folder.iterdir()] == ["a.journey.yaml"]
    assert (folder / "a.journey.yaml").read_text(encoding="utf-8") == MAP


def test_what_is_right_is_made_so_that_the_checks_above_are_what_stops_the_others(
    live: Callable[..., LiveEditor],
) -> None:
    editor = live()
    mine = f"http://127.0.0.1:{editor.server.port}"
    assert editor.post("/_edit/a", FACE, Origin=mine, Sec_Fetch_Site="same-origin")[0] == 200
    assert editor.ask("/_edit/a", Sec_Fetch_Site="cross-site")[0] == 403
    assert editor.ask("/_edit/a", "OPTIONS", Origin="http://evil.example")[0] == 501  # no page may ask first
    headers = editor.ask("/_edit/a")[2]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin" and "Access-Control-Allow-Origin" not in headers


def test_without_the_editor_there_is_nothing_of_it(folder: Path) -> None:
    plain = Live(folder, token=TOKEN)
    try:
        for path in ("/edit/", "/edit/a/", "/_edit", "/_edit/a", "/_edit/a/form", f"/assets/{EDIT_ASSETS[0]}"):
            assert plain.ask(path)[0] == 404, path
        for path in ("/_edit/a", "/_new", "/_edit/a/undo"):
            status, _, _ = plain.ask(path, "POST", b"{}", **{TOKEN_HEADER: TOKEN, "Content-Type": "application/json"})
            assert status == 404, path
    finally:
        plain.end()


def test_a_second_screen_sees_everything_and_writes_nothing(live: Callable[..., LiveEditor], folder: Path) -> None:
    editor = live(read_only=True)
    for path in ("/", "/edit/", "/edit/a/"):
        page = editor.ask(path)[1].decode()
        assert ">Watch</a>" in page and ">Edit</a>" not in page and "Edit the maps" not in page, path
    assert all(f"writable.{why}" in page for why in REASONS)
    assert editor.get("/_edit")["readonly"] and editor.get("/_edit/a")["readonly"]
    assert editor.post("/_edit/a", FACE)[0] == 403
    assert editor.post("/_edit/a", FACE, **{TOKEN_HEADER: ""})[0] == 403
    assert (folder / "a.journey.yaml").read_text(encoding="utf-8") == MAP


def test_pages_assets_and_the_list_are_answered(live: Callable[..., LiveEditor], folder: Path) -> None:
    (folder / "bad.journey.yaml").write_text("title: [\n", encoding="utf-8")
    editor = live(new=True)
    overview = editor.get("/_edit")
    assert [(one["name"], one["broken"]) for one in overview["journeys"]] == [("a", False), ("bad", True)]
    assert (overview["new"], overview["begin"], overview["readonly"]) == (True, True, False)
    for name in EDIT_ASSETS:
        assert editor.ask(f"/assets/{name}")[0] == 200, name
    for path in ("/edit/", "/edit/a/", "/edit/bad/"):
        status, data, headers = editor.ask(path)
        assert status == 200 and b"id=edit" in data and headers["Content-Type"] == "text/html; charset=utf-8"
    state = editor.get("/_edit/bad")
    assert state["broken"] and state["text"] == "title: [\n" and state["stages"] == []
    assert editor.post("/_edit/bad", {"acts": [{"do": "text", "text": MAP}]})[1]["broken"] is False
    assert editor.ask("/edit/nobody/")[0] == 404


def test_a_new_map_is_written_once_and_never_over_another(live: Callable[..., LiveEditor], folder: Path) -> None:
    editor = live(new=True)
    given = {"title": "Mein Weg: zur Ruhe", "persona": "Anna", "goal": "Ruhe", "lang": "de"}
    assert editor.post("/_new", given) == (200, {"name": "mein-weg-zur-ruhe"})
    first = folder / "mein-weg-zur-ruhe.journey.yaml"
    text = first.read_text(encoding="utf-8")
    assert text.splitlines()[:5] == ['title: "Mein Weg: zur Ruhe"', "lang: de", "persona: Anna", "goals:", "  - Ruhe"]
    assert editor.post("/_new", given)[1] == {"name": "mein-weg-zur-ruhe-2"}
    assert first.read_text(encoding="utf-8") == text
    assert editor.post("/_new", {**given, "file": first.name})[0] == 422
    for name in ("../x", "/tmp/x", "a/b", ".hidden", ".git", "..\\x"):
        assert editor.post("/_new", {**given, "file": name})[0] == 422, name
    assert editor.post("/_new", {**given, "title": " "})[0] == 400
    assert editor.post("/_new", {**given, "lang": "no language"})[0] == 422
    assert len(list(folder.iterdir())) == 3 and not (folder.parent / "x.journey.yaml").exists()
    assert editor.get("/_edit/mein-weg-zur-ruhe")["broken"] is False


def test_a_picture_is_copied_beside_the_map_and_never_over_another_file(
    live: Callable[..., LiveEditor], folder: Path
) -> None:
    editor = live()
    where = "/_edit/a/image?path=%5B%22touchpoints%22%2C0%5D&file="
    png = {"Content-Type": "image/png"}
    status, state = editor.post(f"{where}..%2F..%2FMy%20Photo.exe", PIXEL, **png)
    assert status == 200 and (folder / "images" / "my-photo.png").read_bytes() == PIXEL
    assert state["journey"]["touchpoints"][0]["image"] == {"file": "images/my-photo.png"}
    assert editor.ask("/_edit/a/image?path=%5B%22touchpoints%22%2C0%5D")[:2] == (200, PIXEL)
    (folder / "images" / "my-photo.png").write_bytes(b"another")
    editor.post(f"{where}my-photo.png", PIXEL, **png)
    assert (folder / "images" / "my-photo.png").read_bytes() == b"another"
    assert (folder / "images" / "my-photo-2.png").read_bytes() == PIXEL
    for body in (b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"GIF89a"):
        assert editor.post(f"{where}x.png", body, **png)[0] == 422
    assert editor.post(f"{where}x.png", PIXEL)[0] == 415
    assert sorted(one.name for one in (folder / "images").iterdir()) == ["my-photo-2.png", "my-photo.png"]


def test_no_picture_is_written_through_a_link(live: Callable[..., LiveEditor], folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    elsewhere.mkdir()
    (folder / "images").symlink_to(elsewhere)
    path = "/_edit/a/image?path=%5B%22touchpoints%22%2C0%5D&file=x.png"
    assert live().post(path, PIXEL, **{"Content-Type": "image/png"})[0] == 422
    assert list(elsewhere.iterdir()) == []
    assert (folder / "a.journey.yaml").read_text(encoding="utf-8") == MAP


def test_a_body_that_breaks_off_writes_nothing(live: Callable[..., LiveEditor], folder: Path) -> None:
    """Part of a picture begins like the whole one, and a page may leave while it is sent."""
    editor = live()
    path = "/_edit/a/image?path=%5B%22touchpoints%22%2C0%5D&file=x.png"
    connection = socket.create_connection(("127.0.0.1", editor.server.port), timeout=30)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{editor.server.port}\r\n{TOKEN_HEADER}: {TOKEN}\r\n"
        f"Content-Type: image/png\r\nContent-Length: {len(PIXEL) + 4}\r\n\r\n"
    )
    connection.sendall(head.encode() + PIXEL)
    assert editor.post("/_edit/a", FACE)[0] == 200  # who sends slowly keeps nobody else waiting
    connection.shutdown(socket.SHUT_WR)
    assert connection.recv(100) == b""
    connection.close()
    assert [one.name for one in folder.iterdir()] == ["a.journey.yaml"]
    assert "image" not in (folder / "a.journey.yaml").read_text(encoding="utf-8")


def test_pictures_and_a_workbook_are_of_the_text_that_is_not_saved(live: Callable[..., LiveEditor]) -> None:
    editor = live()
    editor.post("/_edit/a/mode", {"mode": "demand"})
    editor.post("/_edit/a", {"acts": [{"do": "set", "path": ["title"], "value": "Unsaved"}]})
    for chart in ("map", "curve", "blueprint"):
        status, data, headers = editor.ask(f"/_edit/a/picture.svg?chart={chart}")
        assert status == 200 and b"Unsaved" in data and headers["Content-Type"] == "image/svg+xml"
    assert editor.ask("/_edit/a/picture.svg?chart=pie")[0] == 400
    assert editor.ask("/_edit/a/picture.png")[1].startswith(b"\x89PNG")
    status, data, headers = editor.ask("/_edit/a/workbook.xlsx")
    assert status == 200 and headers["Content-Disposition"] == 'attachment; filename="a.xlsx"'
    assert any(b"Unsaved" in ZipFile(BytesIO(data)).read(name) for name in ZipFile(BytesIO(data)).namelist())


def test_a_finding_is_mended_by_its_number(live: Callable[..., LiveEditor], folder: Path) -> None:
    (folder / "a.journey.yaml").write_text(MAP.replace("I wait: sad", "I wait: sadd"), encoding="utf-8")
    editor = live()
    state = editor.get("/_edit/a")
    number, finding = next((n, one) for n, one in enumerate(state["findings"]) if "sadd" in one["message"])
    fix = next(one for one in finding["fixes"] if one["title"] == "Write sad")
    status, state = editor.post("/_edit/a", {"acts": [{"do": "fix", "finding": number, "fix": fix["number"]}]})
    assert (status, state["broken"], state["text"]) == (200, False, MAP)


def test_a_page_finds_its_map_after_its_id_or_its_file_is_gone(live: Callable[..., LiveEditor], folder: Path) -> None:
    editor = live()
    editor.get("/_edit/a")
    status, _ = editor.post("/_edit/a", {"acts": [{"do": "rename", "kind": "journey", "id": "a", "to": "other"}]})
    assert status == 200 and editor.get("/_edit/a")["journey"]["id"] == "other"
    (folder / "a.journey.yaml").unlink()
    assert editor.get("/_edit/a")["conflict"]["theirs"] is None
    assert editor.post("/_edit/a/settle", {"take": "mine"})[0] == 200
    assert "id: other" in (folder / "a.journey.yaml").read_text(encoding="utf-8")


def links(page: str) -> dict[str, str]:
    """Return the addresses of a page's links by their texts."""
    return {text: href for href, text in re.findall(r"<a href=([^ >]+)[^>]*>([^<]+)</a>", page)}


@pytest.mark.parametrize("at", ["/journey/a/", "/journey/a/source/"])
def test_the_site_leads_to_the_editor(live: Callable[..., LiveEditor], at: str) -> None:
    site = live()
    found = links(site.page(at))
    for text, title in (("Edit", "Edit the maps"), ("Edit this map", "First")):
        status, data, _ = site.ask(urljoin(at, found[text]))
        assert status == 200 and f"<h1>{title}</h1>" in data.decode()
    editor = urljoin(at, found["Edit this map"])
    way_back = links(site.page(editor))["Edit the maps"]
    assert site.ask(urljoin(editor, way_back))[0] == 200
    assert "aria-current=page>Edit</a>" in site.page("/edit/")


def test_without_the_editor_the_site_has_no_link_to_it(folder: Path) -> None:
    site = Live(folder)
    try:
        assert all("/edit/" not in site.page(at) for at in ("/", "/journey/a/", "/journey/a/source/"))
    finally:
        site.end()


def test_who_has_no_token_is_told_where_it_is(live: Callable[..., LiveEditor], folder: Path) -> None:
    (folder / "real").write_text(MAP.replace("First", "Linked"), encoding="utf-8")
    (folder / "linked.journey.yaml").symlink_to("real")
    site, shown = live(), live(read_only=True)
    told, plain = (f"&quot;readonly&quot;: &quot;Read-only: {text}" for text in ("to change something", "you see"))
    assert all(told in site.page(at) for at in ("/edit/", "/edit/a/")) and plain in site.page("/edit/linked/")
    assert all(plain in shown.page(at) for at in ("/edit/", "/edit/a/"))
