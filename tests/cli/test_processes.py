"""What only a process of its own can show: closed pipes, encodings, signals, the module as a program."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES

JOURNEY = EXAMPLES / "my-new-job.journey.yaml"
PROGRAM = [sys.executable, "-m", "journeykit"]


def environment(**changes: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    return {**kept, **changes}


def run(*args: str | Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *map(str, args)], env=environment(**changes), capture_output=True, stdin=subprocess.DEVNULL,
        timeout=60, check=False,
    )  # fmt: skip


def test_the_module_is_the_program() -> None:
    installed = Path(sys.executable).with_name("journeykit")
    by_name = subprocess.run([installed, "--version"], capture_output=True, text=True, check=True).stdout
    assert run("--version").stdout.decode() == by_name
    assert re.fullmatch(r"journeykit \d+\.\d+\.\d+\S*\n", by_name)
    assert run("-V").stdout.decode() == by_name
    assert b"Usage: journeykit [OPTIONS]" in run("--help").stdout


@pytest.mark.parametrize("args", [["show", JOURNEY], ["explain", "--all"], ["render", JOURNEY, "-o", "-"]], ids=str)
def test_a_closed_pipe_is_quiet(args: list[str | Path]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*PROGRAM, *map(str, args)], stdout=write, stderr=subprocess.PIPE, env=environment(), check=False, timeout=60
    )
    os.close(write)
    assert done.stderr == b""
    assert done.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("args", [["--version"], ["score", JOURNEY], ["--help"]], ids=str)
def test_a_full_disk_is_one_line(args: list[str | Path]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, *map(str, args)], stdout=full, stderr=subprocess.PIPE, env=environment(), check=False, timeout=60
        )
    assert done.stderr == b"journeykit: No space left on device\n"
    assert done.returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="closes streams by their numbers")
def test_closed_streams_do_no_harm() -> None:
    command = f"exec {sys.executable} -m journeykit score {JOURNEY} --fail-under 99 <&- >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], check=False, timeout=60).returncode == 1


def test_where_only_ascii_can_be_written_the_marks_have_stand_ins() -> None:
    plain = run("show", JOURNEY, PYTHONIOENCODING="ascii").stdout.decode("ascii")
    assert "100 +" in plain
    assert "####" in plain
    assert " v1" in plain
    assert "\\u2" not in plain
    assert len(plain.splitlines()) == len(run("show", JOURNEY, PYTHONIOENCODING="utf-8").stdout.decode().splitlines())
    letters = run("show", EXAMPLES / "support-ticket.journey.yaml", PYTHONIOENCODING="ascii")
    assert letters.returncode == 0
    assert rb"sz\xe1ml\xe1zni" in letters.stdout


@pytest.mark.parametrize("setting", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_the_locale_changes_neither_reading_nor_data(tmp_path: Path, setting: dict[str, str]) -> None:
    shutil.copy(EXAMPLES / "support-ticket.journey.yaml", tmp_path / "támogatás.journey.yaml")
    usual = run("score", tmp_path, "--output-format", "csv", "-o", tmp_path / "a.csv")
    odd = run("score", tmp_path, "--output-format", "csv", "-o", tmp_path / "b.csv", **setting)
    assert (usual.returncode, odd.returncode) == (0, 0), odd.stderr
    assert "Nem tudok számlázni" in (tmp_path / "b.csv").read_text(encoding="utf-8")
    assert run("validate", tmp_path, **setting).returncode == 0
    picture = run("render", tmp_path, "-o", tmp_path / "out", **setting)
    assert picture.returncode == 0, picture.stderr
    assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
def test_a_terminal_gets_color_and_its_own_width() -> None:
    text = on_terminal(["score", str(JOURNEY)], {})
    assert "\x1b[" in text
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in text.splitlines()) <= 72


def on_terminal(args: list[str], settings: dict[str, str]) -> str:
    """What a command prints on a pseudo-terminal of 72 columns."""
    import fcntl
    import struct
    import termios

    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 72, 0, 0))
    process = subprocess.Popen(
        [*PROGRAM, *args], stdin=slave, stdout=slave, stderr=subprocess.DEVNULL,
        env=environment(**{"TERM": "xterm-256color", **settings}),
    )  # fmt: skip
    os.close(slave)
    parts = []
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # how Linux tells the end of a terminal
            break
        if not part:
            break
        parts.append(part)
    os.close(master)
    process.wait(60)
    return b"".join(parts).decode()


@pytest.mark.skipif(os.name == "nt", reason="sends a signal as a terminal does")
def test_ctrl_c_while_many_pictures_are_drawn_is_quiet(tmp_path: Path) -> None:
    for number in range(16):
        shutil.copy(JOURNEY, tmp_path / f"{number}.journey.yaml")
    process = subprocess.Popen(
        [*PROGRAM, "render", str(tmp_path), "-f", "png", "-o", str(tmp_path / "out")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, env=environment(),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # which a process in the background may ignore
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list((tmp_path / "out").glob("*.png")) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in (tmp_path / "out").glob("*.png"))
    assert not list((tmp_path / "out").glob(".*"))


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_gives_2_and_does_not_stop_the_others(tmp_path: Path) -> None:
    shutil.copy(JOURNEY, tmp_path / "good.journey.yaml")
    closed = tmp_path / "closed.journey.yaml"
    closed.write_text("title: T\n", encoding="utf-8")
    closed.chmod(0)
    done = run("score", tmp_path, "--output-format", "csv")
    assert done.returncode == 2
    assert b"cannot be read: Permission denied" in done.stderr
    assert b"good.journey.yaml" in done.stdout


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs /dev/fd")
def test_a_pipe_can_be_named_as_a_file() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m journeykit validate <(cat {JOURNEY})"],
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"1 journey, valid.\n")
