"""Pictures in the terminal: what is sent is the picture, and it is sent only to who can show it."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from journeykit import load, score
from journeykit.charts.picture import Picture, draw
from journeykit.output.terminal_image import CHUNK, ENCODERS, iterm2, kitty, protocol, sixel
from tests.conftest import EXAMPLES, CommandLine

COMMAND = [sys.executable, "-m", "journeykit", "show", str(EXAMPLES / "my-new-job.journey.yaml")]
SETTINGS = ("TERM", "TERM_PROGRAM", "LC_TERMINAL", "KITTY_WINDOW_ID", "TMUX", "NO_COLOR", "FORCE_COLOR", "COLUMNS")


def png_of(pixels: NDArray[np.uint8]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def noise(height: int, width: int, colors: int) -> NDArray[np.uint8]:
    """A picture of so many colors, in no order that an encoder could lean on, and with long runs too."""
    random = np.random.default_rng(7)
    palette = random.integers(0, 256, (colors, 3), dtype=np.uint8)
    picture = palette[random.integers(0, colors, (height, width))]
    picture[: height // 2, width // 4 : width // 2] = palette[0]
    return np.asarray(picture, dtype=np.uint8)


def kitty_png(text: str) -> tuple[dict[str, str], bytes]:
    """The keys and the file that a terminal takes from kitty's escape sequences."""
    parts = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", text)
    assert all(len(data) <= CHUNK for _, data in parts)
    assert all(len(data) % 4 == 0 for _, data in parts)
    more = [dict(pair.split("=") for pair in keys.split(",") if pair)["m"] for keys, _ in parts]
    assert more == ["1"] * (len(parts) - 1) + ["0"]
    keys = dict(pair.split("=") for pair in parts[0][0].split(","))
    return keys, base64.b64decode("".join(data for _, data in parts), validate=True)


def iterm2_png(text: str) -> tuple[dict[str, str], bytes]:
    found = re.fullmatch(r"\x1b\]1337;File=([^:]*):([^\x07]*)\x07\n", text)
    assert found is not None
    return dict(pair.split("=") for pair in found[1].split(";")), base64.b64decode(found[2], validate=True)


def sixel_pixels(text: str) -> NDArray[np.uint8]:
    """The picture that a terminal shows of sixels, by the manual of the VT330."""
    found = re.search(r'\x1bPq"1;1;(\d+);(\d+)(.*)\x1b\\', text, re.DOTALL)
    assert found is not None
    width, height = int(found[1]), int(found[2])
    picture = np.full((height, width, 3), 7, dtype=np.uint8)
    palette: dict[int, list[int]] = {}
    color, x, top = 0, 0, 0
    for number, red, green, blue, chosen, times, repeated, plain in re.findall(
        r"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)([?-~])|([?-~$-])", found[3]
    ):
        if number:
            palette[int(number)] = [round(int(level) * 2.55) for level in (red, green, blue)]
        elif chosen:
            color = int(chosen)
        elif plain == "$":
            x = 0
        elif plain == "-":
            x, top = 0, top + 6
        else:
            count, bits = int(times or 1), ord(repeated or plain) - 63
            for row in range(6):
                if bits >> row & 1:
                    picture[top + row, x : x + count] = palette[color]
            x += count
            assert x <= width
    return picture


@pytest.mark.parametrize("colors", [2, 300])
def test_what_is_sent_to_kitty_is_the_file(colors: int) -> None:
    png = png_of(noise(70, 90, colors))
    keys, found = kitty_png(kitty(png, 33))
    assert found == png
    assert keys == {"a": "T", "f": "100", "q": "2", "c": "33", "m": keys["m"]}


def test_what_is_sent_to_iterm2_is_the_file() -> None:
    png = png_of(noise(70, 90, 300))
    keys, found = iterm2_png(iterm2(png, 33))
    assert found == png
    assert (keys["inline"], keys["width"], keys["size"]) == ("1", "33", str(len(png)))


@pytest.mark.parametrize(("height", "width"), [(6, 1), (12, 40), (31, 200), (5, 3)])
def test_sixels_are_the_picture(height: int, width: int) -> None:
    pixels = noise(height, width, 20)
    found = sixel_pixels(sixel(png_of(pixels), 0))
    assert found.shape == pixels.shape
    assert int(np.abs(found.astype(int) - pixels).max()) <= 2  # they count colors in hundredths


def test_sixels_of_many_colors_stay_near() -> None:
    ramp = np.tile(np.arange(0, 256, 2, dtype=np.uint8)[None, :, None], (128, 1, 3))
    ramp[:, :, 1] = ramp[:, :, 0].T
    text = sixel(png_of(ramp), 0)
    assert len(set(re.findall(r"#(\d+);2;", text))) <= 256
    assert float(np.abs(sixel_pixels(text).astype(int) - ramp).mean()) < 8


def test_sixels_keep_every_color_of_a_chart() -> None:
    journey = load(EXAMPLES / "my-new-job.journey.yaml")
    png, _ = draw(journey, score(journey), Picture("png", "curve", dpi=72))
    with Image.open(io.BytesIO(png)) as picture:
        wanted = np.asarray(picture.convert("RGB"), dtype=int)
    assert int(np.abs(sixel_pixels(sixel(png, 0)) - wanted).max()) <= 24


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, "kitty"),
        ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "iterm2"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "iterm2"),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, "iterm2"),
        ({"TERM": "xterm", "TERM_PROGRAM": "mintty"}, "iterm2"),
        ({"TERM": "foot"}, "sixel"),
        ({"TERM": "foot-direct"}, "sixel"),
        ({"TERM": "xterm-sixel"}, "sixel"),
        ({"TERM": "mlterm-256color"}, "sixel"),
        ({"TERM": "xterm-256color"}, "blocks"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode", "KITTY_WINDOW_ID": "1"}, "blocks"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "blocks"),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, "blocks"),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux-0/default,1,0"}, "blocks"),
        ({"TERM": "screen.xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "blocks"),
        ({"TERM": "linux"}, "blocks"),
        ({}, "blocks"),
    ],
)
def test_what_a_terminal_can_show(environment: Mapping[str, str], expected: str) -> None:
    assert protocol(environment) == expected


def surroundings(**settings: str) -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in SETTINGS} | settings


def on_a_terminal(tmp_path: Path, *options: str, command: Sequence[str] = COMMAND, **settings: str) -> str:
    """What `show` prints on a terminal of 80 columns, each 8 pixels wide."""
    pty = pytest.importorskip("pty", reason="there are no such terminals on this system")
    fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, np.array([40, 80, 640, 640], dtype=np.uint16).tobytes())
    with (tmp_path / "said").open("wb") as said:
        running = subprocess.Popen([*command, *options], stdout=follower, stderr=said, env=surroundings(**settings))
    os.close(follower)
    parts = []
    try:
        while part := os.read(leader, 1 << 16):
            parts.append(part)
    except OSError:  # Linux's way to tell that the other end is closed
        pass
    os.close(leader)
    assert running.wait(60) == 0, (tmp_path / "said").read_text(encoding="utf-8")
    return b"".join(parts).decode().replace("\r\n", "\n")


def test_a_terminal_that_can_shows_the_chart(tmp_path: Path) -> None:
    text = on_a_terminal(tmp_path, TERM="xterm-kitty")
    keys, png = kitty_png(text)
    assert keys["c"] == "80"
    with Image.open(io.BytesIO(png)) as picture:
        assert picture.width == pytest.approx(2 * 640, abs=2)
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 50
    assert "█" not in text
    assert "maya, new project coordinator" in text.lower()


def test_sixels_are_as_wide_as_the_terminal(tmp_path: Path) -> None:
    found = re.search(r'\x1bPq"1;1;(\d+);', on_a_terminal(tmp_path, TERM="foot"))
    assert found and int(found[1]) == pytest.approx(640, abs=2)


@pytest.mark.parametrize(
    ("options", "settings"),
    [
        ([], {"TERM": "xterm-256color"}),
        (["--picture", "blocks"], {"TERM": "xterm-kitty"}),
        (["--color", "never"], {"TERM": "xterm-kitty"}),
        ([], {"TERM": "xterm-kitty", "NO_COLOR": "1"}),
    ],
)
def test_blocks_elsewhere(options: list[str], settings: dict[str, str], tmp_path: Path) -> None:
    text = on_a_terminal(tmp_path, *options, **settings)
    assert "\x1b_G" not in text
    assert "█" in text


def long_journey(folder: Path, count: int) -> str:
    points = "\n".join(f"  - I wait {n}: bored" for n in range(count))
    path = folder / "long.journey.yaml"
    path.write_text(f"title: T\npersona: P\ntouchpoints:\n{points}\n", encoding="utf-8")
    return str(path)


def test_a_long_journey_is_no_picture_unasked(tmp_path: Path) -> None:
    command = [*COMMAND[:-1], long_journey(tmp_path, 61)]
    assert "\x1b_G" not in on_a_terminal(tmp_path, command=command, TERM="xterm-kitty")


def test_a_journey_too_long_for_a_picture_says_what_to_do(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    done = cli("show", long_journey(cli.folder, 200), "--picture", "kitty")
    assert (done.status, done.out) == (2, "")
    assert "--picture blocks" in done.err


@pytest.mark.parametrize("forced", ["", "1"])
def test_into_a_pipe_go_blocks(cli: CommandLine, monkeypatch: pytest.MonkeyPatch, forced: str) -> None:
    for name, value in {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1", "FORCE_COLOR": forced}.items():
        monkeypatch.setenv(name, value)
    text = cli(*COMMAND[3:]).out
    assert "\x1b_G" not in text
    assert "█" in text


@pytest.mark.parametrize("choice", ENCODERS)
def test_a_picture_asked_for_by_name_goes_into_a_pipe_too(cli: CommandLine, choice: str) -> None:
    text = cli(*COMMAND[3:], "--picture", choice).out
    assert {"kitty": "\x1b_G", "iterm2": "\x1b]1337;", "sixel": "\x1bPq"}[choice] in text
    assert "█" not in text
