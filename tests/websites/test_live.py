"""The served site: who is answered, and what pages are told when files change."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from journeykit.project import Project
from journeykit.project.reading import Targets
from journeykit.site.live.preview import Preview
from journeykit.site.live.serving import LARGEST_BUFFER, TOKEN_HEADER, Server
from journeykit.site.live.watching import follow
from journeykit.site.options import PRIVATE, options_from
from tests.websites.conftest import TODAY

TEXT = """\
title: {title}
persona: P
touchpoints:
  - {{id: call, title: I call, satisfaction: {number}}}
  - I wait: sad
"""


class Live:
    """A server of a folder, and a stream of its events."""

    def __init__(self, folder: Path, *, poll: bool = False, token: str = "") -> None:
        def load() -> Project:
            return replace(Project.find(folder), today=TODAY, cache=False)

        project = load()
        options = options_from(project.settings, TODAY, {"history": False, "live": True, "include": PRIVATE})
        self.preview = Preview(load, Targets((folder,)), options)
        self.server = Server(self.preview, token=token)
        self.stop = threading.Event()
        self.threads = [
            threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}),
            threading.Thread(target=follow, args=(self.server, self.stop), kwargs={"poll": poll}),
        ]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        self.stop.set()
        self.server.close()
        for thread in self.threads:
            thread.join(20)

    def ask(self, path: str, method: str = "GET", body: Any = b"", **headers: Any) -> tuple[int, bytes, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, named)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, data, answer.headers

    def page(self, path: str = "/journey/a/") -> str:
        return self.ask(path)[1].decode()

    def events(self, **headers: str) -> Iterator[tuple[str, dict[str, Any]]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        connection.request(
            "GET", "/_events", headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        name, end = "", time.monotonic() + 60
        while line := answer.readline().decode():
            assert time.monotonic() < end, "no event came"
            if line.startswith("event: "):
                name = line[7:].strip()
            elif line.startswith("data: "):
                yield name, json.loads(line[6:])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path


def write(folder: Path, title: str = "First", number: float = -1) -> None:
    (folder / "a.journey.yaml").write_text(TEXT.format(title=title, number=number), encoding="utf-8")


@pytest.fixture
def serve() -> Iterator[Callable[..., Live]]:
    opened = []

    def start(folder: Path, **options: Any) -> Live:
        opened.append(Live(folder, **options))
        return opened[-1]

    yield start
    for one in opened:
        one.end()


def until(events: Iterator[tuple[str, dict[str, Any]]], name: str) -> dict[str, Any]:
    """Return the next event of a name."""
    return next(data for found, data in events if found == name)


def test_a_page_is_answered_and_not_again_while_it_is_the_same(serve: Callable[..., Live], folder: Path) -> None:
    live = serve(folder)
    status, data, headers = live.ask("/journey/a/")
    assert status == 200 and b"First" in data and headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert b"connect-src" in data and b"live.js" in data
    assert live.ask("/journey/a/index.html", If_None_Match=headers["ETag"])[:2] == (304, b"")
    assert live.ask("/", "HEAD")[:2] == (200, b"")
    for path in ("/weakest/", "/opportunities/", "/data/journeys.db", "/assets/live.js", "/journey/a/a.svg"):
        assert live.ask(path)[0] == 200, path
    for path in ("/journey/b/", "/journey/a/../../etc/passwd", "/%2e%2e/a.journey.yaml", "/journey/"):
        status, data, _ = live.ask(path)
        assert status == 404 and b"href=/index.html" in data and b"src=/assets/live.js" in data, path


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"}, {"Host": "127.0.0.1"}, {"Host": "127.0.0.1.evil.example:{port}"}, {"Host": ""},
        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"},
    ],
)  # fmt: skip
def test_nobody_else_is_answered(serve: Callable[..., Live], folder: Path, headers: dict[str, str]) -> None:
    live = serve(folder)
    named = {name: value.format(port=live.server.port) for name, value in headers.items()}
    for path in ("/", "/_events"):
        status, data, _ = live.ask(path, **named)
        assert status == 403 and b"First" not in data


def test_names_of_this_machine_are_answered(serve: Callable[..., Live], folder: Path) -> None:
    live = serve(folder)
    for name in ("localhost", "127.0.0.1", "[::1]"):
        host = f"{name}:{live.server.port}"
        assert live.ask("/", Host=host, Origin=f"http://{host}")[0] == 200


def test_unsaved_texts_need_the_token(serve: Callable[..., Live], folder: Path) -> None:
    live = serve(folder, token="secret")
    text = TEXT.format(title="Unsaved", number=2).encode()
    key = TOKEN_HEADER.replace("-", "_")
    for headers in ({}, {key: "wrong"}, {key: ""}):
        assert live.ask("/_buffer/a", "POST", text, **headers)[0] == 403
    assert live.ask("/_buffer/b", "POST", text, **{key: "secret"})[0] == 404
    assert live.ask("/", "POST", text, **{key: "secret"})[0] == 404
    assert live.ask("/_buffer/a", "POST", text, **{key: "secret", "Origin": "http://evil.example"})[0] == 403
    assert live.ask("/_buffer/a", "POST", **{key: "secret", "Content-Length": str(LARGEST_BUFFER + 1)})[0] == 413
    assert "First" in live.page()
    assert live.ask("/_buffer/a", "POST", text, **{key: "secret"})[0] == 200
    assert "Unsaved" in live.page()
    assert live.ask("/_buffer/a", "POST", **{key: "secret", "Content-Length": "0"})[0] == 200
    assert "First" in live.page()
    without = serve(folder)
    assert without.ask("/_buffer/a", "POST", text, **{key: ""})[0] == 403
    assert without.ask("/", "PUT", text)[0] == 501


@pytest.mark.parametrize("poll", [False, True])
def test_a_save_is_told_with_the_scores(serve: Callable[..., Live], folder: Path, poll: bool) -> None:
    live = serve(folder, poll=poll)
    events = live.events()
    assert until(events, "hello") == {"protocol": 1, "build": 1, "journeys": 1}
    write(folder, "Second", 2)
    told = until(events, "changed")
    assert told["pages"] == ["/journey/a/", "/"]
    (journey,) = told["journeys"]
    assert journey["id"] == "a" and journey["was"] < journey["score"] and journey["findings"]["error"] == 0
    assert "Second" in live.page() and "First" not in live.page("/")


def test_mistakes_leave_the_last_good_page(serve: Callable[..., Live], folder: Path) -> None:
    live = serve(folder)
    events = live.events()
    (folder / "a.journey.yaml").write_text("title: Broken\npersona: P\ntouchpoint: [one]\n", encoding="utf-8")
    told = until(events, "broken")
    assert told["page"] == "/journey/a/" and told["findings"][0]["line"] == 3
    assert "did you mean" in told["findings"][0]["help"]
    assert "First" in live.page() and "Broken" not in live.page()
    assert until(live.events(), "broken")["findings"] == told["findings"]  # of a page that is opened now
    write(folder, "Mended")
    assert until(events, "mended")["file"] == "a.journey.yaml"
    assert "Mended" in live.page()


def test_an_editor_that_writes_beside_and_renames(serve: Callable[..., Live], folder: Path) -> None:
    live = serve(folder)
    events = live.events()
    for title in ("Second", "Third"):
        (folder / "a.new").write_text(TEXT.format(title=title, number=0), encoding="utf-8")
        os.replace(folder / "a.new", folder / "a.journey.yaml")  # noqa: PTH105
        until(events, "changed")
        assert title in live.page()


def test_journeys_come_and_go(serve: Callable[..., Live], folder: Path) -> None:
    live = serve(folder)
    events = live.events()
    (folder / "b.journey.yaml").write_text(TEXT.format(title="Another", number=0), encoding="utf-8")
    assert until(events, "changed")["pages"] == ["/journey/b/", "/"]
    (folder / "b.journey.yaml").unlink()
    assert until(events, "removed")["id"] == "b"
    assert "Another" not in live.page("/")


def test_a_folder_that_is_moved_away_and_back(serve: Callable[..., Live], tmp_path: Path) -> None:
    folder = tmp_path / "journeys"
    folder.mkdir()
    write(folder)
    live = serve(folder)
    events = live.events()
    shutil.move(folder, tmp_path / "away")
    until(events, "removed")
    shutil.move(tmp_path / "away", folder)
    until(events, "changed")
    write(folder, "Back")
    until(events, "changed")
    assert "Back" in live.page()


def test_many_saves_are_few_builds_and_end_with_the_last_text(serve: Callable[..., Live], folder: Path) -> None:
    live = serve(folder)
    events = live.events()
    until(events, "hello")
    start = time.monotonic()
    for number in range(50):
        write(folder, f"Save {number}")
        time.sleep(0.02)
    took = time.monotonic() - start
    while "Save 49" not in live.page():
        until(events, "changed")
    assert live.preview.build - 1 <= 10 * max(took, 1.0) + 1  # ten a second, and one for the last text


def test_a_page_that_connects_again_is_told_what_it_missed(serve: Callable[..., Live], folder: Path) -> None:
    live = serve(folder)
    events = live.events()
    for title in ("Second", "Third"):
        write(folder, title)
        until(events, "changed")
    again = live.events(Last_Event_ID="2")
    assert until(again, "hello")["build"] == 3
    assert until(again, "changed")["build"] == 3


def test_settings_are_read_again(serve: Callable[..., Live], folder: Path) -> None:
    settings = folder / "journeykit.toml"
    settings.write_text('profile = "balanced"\n', encoding="utf-8")
    live = serve(folder)
    before = live.page()
    events = live.events()
    settings.write_text('profile = "peak-end"\n', encoding="utf-8")
    until(events, "settings")
    assert live.page() != before
    settings.write_text('profile = "none"\n', encoding="utf-8")
    told = until(events, "broken")
    assert told["file"] == "journeykit.toml" and "profile" in told["findings"][0]["message"]
    assert live.page() != before
