"""A hostile repository: its links, names, settings and special files do no harm, and other files are still read."""

from __future__ import annotations

import os
import struct
import subprocess
import zlib
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from journeykit import files
from tests.conftest import CommandLine
from tests.forks import python
from tests.repositories import IDENTITY, Folder

JOURNEY = """\
title: I get my router fixed
persona: Home customer
note: |
  ssh-ed25519 AAAA evil
touchpoints:
  - {title: I call the help desk, feeling: frustrated, channel: telephone}
  - {title: The technician fixes it,   feeling: relieved, channel: store}
"""
"""It has a fix, and a layout of its own."""
SECRET = "the user's own file\n"
WRITERS = [
    ("render", "a.svg"),
    ("render --format png", "a.png"),
    ("render --chart curve", "a-curve.svg"),
    ("render --overlay", "overlay.svg"),
    ("render -o out", "out/a.svg"),
    ("fmt", "a.journey.yaml"),
    ("fmt .", "a.journey.yaml"),
    ("lint --fix", "a.journey.yaml"),
    ("lint --fix .", "a.journey.yaml"),
    ("lint --write-baseline", "journeykit-baseline.json"),
    ("init", "my.journey.yaml"),
    ("init .", "my.journey.yaml"),
    ("init other.journey.yaml", "journey.schema.json"),
]
"""Commands that write to a name that is not on the command line, and that name."""


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    (folder / "secret").write_text(SECRET)
    return folder


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize(("command", "name"), WRITERS)
def test_nothing_is_written_through_a_link_that_nobody_named(
    cli: CommandLine, home: Path, command: str, name: str, there: bool
) -> None:
    target = home / ("secret" if there else "new")
    journey = name == "a.journey.yaml"
    if journey:
        target.write_text(JOURNEY)
    before = target.read_text() if target.exists() else None
    cli.write("b.journey.yaml", JOURNEY)
    if not journey:
        cli.write("a.journey.yaml", JOURNEY)
    link = cli.folder / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(target)
    done = cli(*command.split())
    assert (target.read_text() if target.exists() else None) == before
    assert link.is_symlink()
    assert "internal error" not in done.err
    if name != "journey.schema.json":  # which is only not written
        assert done.status in (1, 2) and any(
            why in done.err for why in ("link", "is there already", "not a baseline")
        ), done.err
    if command.startswith("render") and "overlay" not in command:
        assert "b" in {path.stem.removesuffix("-curve") for path in link.parent.iterdir() if path.suffix != ".yaml"}
    if command.startswith("fmt"):
        assert (cli.folder / "b.journey.yaml").read_text() != JOURNEY


def test_a_link_that_is_named_is_followed(cli: CommandLine, home: Path) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    (home / "picture.svg").write_text("")
    (cli.folder / "named.svg").symlink_to(home / "picture.svg")
    assert cli("render", "a.journey.yaml", "-o", "named.svg").status == 0
    assert (home / "picture.svg").read_text().startswith("<")
    (cli.folder / "out").symlink_to(home)
    assert cli("render", "a.journey.yaml", "-o", "out").status == 0
    assert (home / "a.svg").is_file()


def test_a_file_is_formatted_that_a_link_beside_it_leads_to(cli: CommandLine) -> None:
    cli.write("b.journey.yaml", JOURNEY)
    (cli.folder / "a.journey.yaml").symlink_to("b.journey.yaml")
    done = cli("fmt")
    assert (done.status, done.err) == (0, "1 file reformatted.\n")


def test_the_baseline_of_the_settings_stays_in_their_repository(cli: CommandLine, home: Path) -> None:
    Folder(cli.folder)
    cli.write("a.journey.yaml", JOURNEY)
    for path in (str(home / "secret"), os.path.relpath(home / "secret", cli.folder), "../new.json"):
        cli.write("journeykit.toml", f'baseline = "{path}"\n')
        done = cli("lint", "--write-baseline")
        assert done.status == 2 and ("outside" in done.err or "not a baseline" in done.err), done.err
    assert (home / "secret").read_text() == SECRET
    assert not (cli.folder.parent / "new.json").exists()
    cli.write("journeykit.toml", 'baseline = "checks/known.json"\n')
    assert cli("lint", "--write-baseline").status == 0
    assert (cli.folder / "checks" / "known.json").is_file()
    elsewhere = str(home / "known.json")
    assert cli("lint", "--write-baseline", "--baseline", elsewhere).status == 0
    assert (home / "known.json").is_file()


@pytest.mark.parametrize("name", ["link", "link/deep", "../outside", "maps/../../outside", ".", "a\\u0000b"])
def test_the_cache_of_the_settings_stays_below_them(cli: CommandLine, home: Path, name: str) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    (cli.folder / "link").symlink_to(home)
    cli.write("journeykit.toml", f'cache-dir = "{name}"\n')
    done = cli("lint")
    assert done.status == 2 and "is not a folder below that of the settings" in done.err, done.err
    assert [path.name for path in home.iterdir()] == ["secret"]


def test_the_lines_of_a_text_are_no_lines_of_the_picture(cli: CommandLine) -> None:
    forged = "ssh-ed25519 AAAA evil"
    note = f"note: |\n  A note.\n  {forged}\n"
    title = f'"I wait\\n{forged}\\r{forged}\\u2028{forged}"'
    text = JOURNEY.replace("note: |\n", note[:-1] + "\n").replace("I call the help desk", title)
    cli.write("a.journey.yaml", text)
    charts = [[], ["--chart", "curve"], ["--chart", "blueprint"]]
    for chart in charts:
        assert cli("render", *chart, "-o", "a.svg").status == 0
        svg = (cli.folder / "a.svg").read_text(encoding="utf-8")
        assert forged in svg
        assert not [line for line in svg.splitlines() if line.strip().startswith(forged)]
    done = cli("render", "--alt")
    assert forged in done.out
    assert not [line for line in done.out.splitlines() if line.strip().startswith(forged)]


SPECIAL = ("device", "pipe", "folder", "link", "large")


def special(path: Path, kind: str) -> None:
    """Put something that is no file of a few bytes in the place of a file."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(path.name)  # to itself
    else:
        with path.open("wb") as stream:
            stream.truncate(3 * 1024**3)


@pytest.mark.parametrize("kind", SPECIAL)
@pytest.mark.parametrize(
    ("name", "settings", "statuses"),
    [
        (".gitignore", "", (0,)),
        ("brand.toml", 'theme = "brand.toml"\n', (2,)),
        ("logo.png", 'theme = "brand.toml"\n', (2,)),
        ("font.ttf", 'theme = "brand.toml"\n', (2,)),
        ("journeykit.toml", "", (0, 2)),
        ("pyproject.toml", "", (0,)),
        ("b.journey.yaml", "", (0, 1, 2)),
        ("known.json", 'baseline = "known.json"\n', (2,)),
    ],
)
def test_no_special_file_ends_memory_or_patience(
    cli: CommandLine, kind: str, name: str, settings: str, statuses: tuple[int, ...]
) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    if settings:
        cli.write("journeykit.toml", settings)
    cli.write("brand.toml", f'[logo]\nfile = "{name}"\n' if name == "logo.png" else f'[font]\nregular = "{name}"\n')
    special(cli.folder / name, kind)
    args = ["lint", "--fail-on", "error"] if name == "known.json" else ["render"]
    done = limited(cli.folder, *args)
    assert done.returncode in statuses, (done.returncode, done.stderr)
    assert "internal error" not in done.stderr
    if done.returncode == 2:
        assert name in done.stderr


PROGRAM = "import sys; sys.argv[0] = 'journeykit'; from journeykit.__main__ import main; main()"


def limited(folder: Path, *args: str) -> CompletedProcess[str]:
    """Run journeykit with a gigabyte of memory; a test that waits for ever fails."""
    return python(
        f"import resource; resource.setrlimit(resource.RLIMIT_DATA, (1 << 30, 1 << 30)); {PROGRAM}",
        *args,
        folder=folder,
    )


@pytest.mark.parametrize("command", ["validate", "lint", "score", "fmt", "render", "history"])
def test_a_device_that_is_named_is_read_within_the_limit(cli: CommandLine, command: str) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    done = python(PROGRAM, command, "-", folder=cli.folder, stdin=Path("/dev/zero"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard input is larger than 16 MiB" in done.stderr
    if command != "history":
        done = python(PROGRAM, command, "/dev/zero", folder=cli.folder)
        assert done.returncode in (1, 2)
        assert "internal error" not in done.stderr


@pytest.mark.parametrize(
    "settings",
    [
        "theme = " + "[" * 100_000,
        "a = " + "{a=" * 5_000,
        'theme = "a\\u0000b.toml"',
        'theme = "\\u0000"',
        'baseline = "a\\u0000b"',
        'plugins = ["a\\u0000b.py"]',
        'plugins = ["../\\u0000/b"]',
        'plugins = ["\\u0000"]',
        "show = " + "9" * 5_000,
        'theme = "~nobody-here/x.toml"',
        'include = ["\\u0000", "[", "**/**/**"]',
        "a = 2026-99-99",
        "rules." + ".".join("a" * 2_000) + " = 1",
        'exclude = ["' + "*a" * 60 + 'b"]',
        "\\udcff",
    ],
)
@pytest.mark.parametrize("command", ["validate", "lint", "render", "rules", "explain"])
def test_what_settings_say_is_never_an_error_of_ours(cli: CommandLine, command: str, settings: str) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    (cli.folder / "journeykit.toml").write_bytes(settings.encode("utf-8", "surrogateescape"))
    done = cli(command)
    assert "internal error" not in done.err, done.err
    assert done.status in (0, 1, 2)
    if done.status == 2 and command != "explain":
        assert "journeykit.toml" in done.err or "a\\x00b" in done.err or "theme" in done.err or "plugin" in done.err


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rest: bytes = b"") -> bytes:
    """A PNG that says it has so many pixels, and has not."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + (rest or chunk(b"IDAT", zlib.compress(b"\0" * 1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
@pytest.mark.parametrize(
    "logo",
    [png(60_000, 60_000), png(65_000, 1), png(4, 4, b"\0" * 20), png(0, 5), b"\x89PNG\r\n\x1a\n", png(3_999, 3_999)],
)
def test_a_logo_that_is_none_is_the_user_s_mistake(cli: CommandLine, form: str, logo: bytes) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    (cli.folder / "logo.png").write_bytes(logo)
    cli.write("brand.toml", '[logo]\nfile = "logo.png"\n')
    done = limited(cli.folder, "render", "--theme", "brand.toml", "--format", form)
    assert "internal error" not in done.stderr, done.stderr
    assert done.returncode in (0, 2) if form == "svg" else done.returncode in (1, 2)


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_a_damaged_font_is_the_user_s_mistake(cli: CommandLine, form: str) -> None:
    import matplotlib

    whole = (Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf").read_bytes()
    cli.write("a.journey.yaml", JOURNEY)
    cli.write("brand.toml", '[font]\nregular = "font.ttf"\n')
    tag = whole.index(b"glyf")
    damaged = [whole[:3000], b"\x00\x09" + whole[2:], whole[: tag + 8] + b"\x7f\xff\xff\xff" + whole[tag + 12 :]]
    for data in damaged:
        (cli.folder / "font.ttf").write_bytes(data)
        done = cli("render", "--theme", "brand.toml", "--format", form)
        assert "internal error" not in done.err, done.err
        assert (done.status in (1, 2) and "font" in done.err) or data is not damaged[0]  # some damage FreeType forgives


def test_a_name_that_begins_with_a_dash_is_only_a_name(cli: CommandLine) -> None:
    """At the root of a repository, with the drivers of git."""
    repository = Folder(cli.folder)
    name = "-x.journey.yaml"
    assert cli("git-setup").status == 0
    repository.write(name, JOURNEY)
    repository.commit("one")
    repository.git("checkout", "-q", "-b", "other")
    repository.write(name, JOURNEY.replace("relieved", "happy"))
    repository.commit("other")
    repository.git("checkout", "-q", "main")
    repository.write(name, JOURNEY.replace("frustrated", "angry"))
    repository.commit("main")
    diff = repository.git("diff", "HEAD^", "--", name)
    assert "feeling: angry" in diff and "touchpoints:" not in diff  # the plain lines, not the file's
    repository.git("merge", "-q", "-m", "both", "other")
    merged = (cli.folder / name).read_text()
    assert "angry" in merged and "happy" in merged and "<<<<" not in merged
    for command in ("validate", "lint", "fmt", "render", "history", "score"):
        assert cli(command, "--", name).status in (0, 1), command
    assert cli("diff", "HEAD^", "--", name).status == 0


def test_a_folder_that_cannot_be_read_is_said(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Folder(cli.folder)
    cli.write("a.journey.yaml", JOURNEY)
    cli.write("secret/b.journey.yaml", JOURNEY)
    repository.commit()
    scan = os.scandir

    def refuse(folder: str | Path = ".") -> object:
        if Path(folder).name == "secret":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    for command in ("validate", "score", "fmt --check", "validate secret", "history", "diff HEAD"):
        done = cli(*command.split())
        assert done.status == 2, command
        assert "secret: cannot be read: Permission denied" in done.err


def test_git_shows_no_escape_of_a_title_or_of_a_file_that_is_no_journey(cli: CommandLine) -> None:
    repository = Folder(cli.folder)
    assert cli("git-setup").status == 0
    title = '"a\\e]0;X\\a\\e[2J\\u061c\\nscore: 100"'
    for name, old, new in (
        ("a.journey.yaml", JOURNEY, JOURNEY.replace("I get my router fixed", title)),
        ("b.journey.yaml", "title: x\n", "title: x \x1b]0;X\a\x1b[2J\n"),
    ):
        repository.write(name, old)
        repository.commit(name)
        repository.write(name, new)
        shown = subprocess.run(
            ["git", "diff", "--no-color", name], cwd=cli.folder, env={**os.environ, **IDENTITY}, capture_output=True,
            check=True,
        ).stdout.decode()  # fmt: skip
        assert "\\x1b]0;X" in shown, shown
        assert "\x1b" not in shown and "\a" not in shown and "\n+score: 100" not in shown


def test_git_shows_no_escape_of_what_stands_behind_the_markers_of_a_conflict(cli: CommandLine) -> None:
    change = "<<<<<<< a\x1b]0;X\a\x1b[2J\n  feeling: angry\n=======\x9b2J\n  feeling: sad\n>>>>>>> \u202eb\n"
    cli.write("a.journey.yaml", "title: T\npersona: P\ntouchpoints:\n- title: I call\n  feeling: sad\n- I wait: sad\n")
    text = (cli.folder / "a.journey.yaml").read_text()
    cli.write("a.journey.yaml", text.replace("  feeling: sad\n", change, 1))
    done = cli("git-textconv", "a.journey.yaml")
    assert done.status == 0 and "\n<<<<<<< a\\x1b]0;X\\x07\\x1b[2J\n" in done.out and "feeling: angry" in done.out
    assert not {"\x1b", "\a", "\x9b", "\u202e"} & set(done.out)


def test_a_pipe_that_takes_the_place_of_a_found_file_is_not_waited_for(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    cli.write("b.journey.yaml", JOURNEY)
    isfile = os.path.isfile

    def exchanged(path: str | Path) -> bool:
        there = isfile(path)
        if Path(path).name == "b.journey.yaml":
            Path(path).unlink(missing_ok=True)
            os.mkfifo(path)
        return there

    monkeypatch.setattr(os.path, "isfile", exchanged)
    done = cli("validate")
    assert done.status == 2
    assert "b.journey.yaml: cannot be read: not a regular file" in done.err and "1 journey, valid" in done.err


def test_a_pipe_in_the_place_of_the_cache_hangs_nothing(cli: CommandLine) -> None:
    repository = Folder(cli.folder)
    repository.write("a.journey.yaml", JOURNEY)
    repository.commit()
    assert cli("history").status == 0
    cache = Path(os.environ["XDG_CACHE_HOME"])
    (kept,) = cache.rglob("*.json")
    kept.unlink()
    os.mkfifo(kept)
    assert limited(cli.folder, "history").returncode == 0
    kept.unlink()
    (cache / "elsewhere").write_text("mine")
    kept.symlink_to(cache / "elsewhere")
    assert limited(cli.folder, "history").returncode == 0
    assert (cache / "elsewhere").read_text() == "mine"


BASELINES = {
    b"[" * 100_000: "nested too deep",
    b'{"version": 1, "findings": ' + b'{"a": ' * 100_000: "nested too deep",
    b'{"version": ' + b"9" * 5_000 + b"}": "a number is too long",
    b"\xff\xfe{": "not UTF-8",
    b'{"version": 1,\n "findings": x}': "line 2, column 14: Expecting value",
    b'{"version": 1, "findings": {"a": {"b": {"c": 1}}}}': "findings are lists by file and rule",
    b'{"version": 1, "findings": {"a": {"b": "abc"}}}': "findings are lists by file and rule",
    b'{"version": 1, "findings": {"a": {"b": [1]}}}': "findings are lists by file and rule",
    b'{"version": 1, "findings": []}': "it has no findings",
}


@pytest.mark.parametrize(("data", "why"), BASELINES.items(), ids=BASELINES.values())
def test_a_damaged_baseline_is_named_with_what_is_wrong(cli: CommandLine, data: bytes, why: str) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    (cli.folder / "known.json").write_bytes(data)
    done = cli("lint", "--baseline", "known.json")
    assert done.status == 2
    assert done.err.splitlines()[0] == f"journeykit: known.json: not a baseline: {why}"


@pytest.mark.parametrize("sign", ["&&", "||", "~~", "[", "[[", "^", "\\d"])
def test_a_set_in_a_gitignore_is_no_expression_of_python(cli: CommandLine, sign: str) -> None:
    """Python warns of signs in sets that it may read otherwise one day; warnings are errors in tests."""
    cli.write("a.journey.yaml", JOURNEY)
    cli.write("b.journey.yaml", JOURNEY)
    cli.write(".gitignore", f"[{sign}b].journey.yaml\n[{sign * 2}b]{sign}x\n[b-{sign}\n")
    done = cli("validate")
    assert (done.status, done.err) == (0, "1 journey, valid.\n")


def test_a_set_from_a_dash_to_a_letter_is_a_range(cli: CommandLine) -> None:
    for name in ("a", "b", "+"):
        cli.write(f"{name}.journey.yaml", JOURNEY)
    for text, left in (("[--a]*", ("+", "b")), ("[+--]*", ("a", "b")), ("[*--b]*", ("a",)), ("[--]*", ("+", "a", "b"))):
        cli.write(".gitignore", f"{text}\n")
        files = cli("lint", "--show-files").out.splitlines()
        assert files == [f"{name}.journey.yaml" for name in left], text


def test_a_link_that_is_put_in_the_place_of_a_file_after_the_look_is_not_written_through(
    cli: CommandLine, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, real = home / "secret", files._replace

    def exchanged(folder: int | None, name: str, *args: Any) -> None:
        there = cli.folder / Path(name).name
        there.unlink(missing_ok=True)
        there.symlink_to(secret)
        real(folder, name, *args)

    monkeypatch.setattr(files, "_replace", exchanged)
    for linked in (False, True):
        for command, name in WRITERS[:1] + WRITERS[5:10:2]:
            cli.write("a.journey.yaml", JOURNEY)
            if linked and (cli.folder / name).exists():
                (cli.folder / "other").unlink(missing_ok=True)
                os.link(cli.folder / name, cli.folder / "other")  # its contents are replaced, not the file
            done = cli(*command.split())
            assert "internal error" not in done.err
            assert secret.read_text() == SECRET, command
            (cli.folder / name).unlink(missing_ok=True)


def test_a_folder_that_is_exchanged_for_a_link_after_the_look_is_not_written_into(
    cli: CommandLine, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files._replace

    def exchanged(folder: int | None, name: str, *args: Any) -> None:
        (cli.folder / "maps").rename(cli.folder / "moved")
        (cli.folder / "maps").symlink_to(home)
        real(folder, name, *args)

    monkeypatch.setattr(files, "_replace", exchanged)
    cli.write("maps/a.journey.yaml", JOURNEY)
    cli("render")
    assert [path.name for path in home.iterdir()] == ["secret"]
    assert (cli.folder / "moved" / "a.svg").is_file()


@pytest.mark.parametrize("kind", ["worktree", "submodule"])
def test_a_folder_whose_git_is_a_file_is_a_repository_of_its_own(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    repository = Folder(cli.folder / "repository")
    repository.write("a.journey.yaml", JOURNEY)
    repository.commit()
    here = cli.folder / "outer" / "inner"
    if kind == "worktree":
        repository.git("worktree", "add", "-q", str(here))
    else:
        outer = Folder(cli.folder / "outer")
        outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repository.root), "inner")
    assert (here / ".git").is_file()
    monkeypatch.chdir(here)
    for command in ("history", "diff HEAD", "lint --fail-on error", "git-setup"):
        assert cli(*command.split()).status == 0, command
    (here / "journeykit.toml").write_text('baseline = "../known.json"\n')
    done = cli("lint", "--write-baseline")
    assert done.status == 2 and "outside" in done.err and not (here.parent / "known.json").exists()


@pytest.mark.parametrize(
    "text", ["gitdir: /dev/zero", "gitdir: /proc/self/mem", "gitdir: .", "gitdir: ../missing", "", "x" * 200_000]
)
def test_a_damaged_git_file_is_a_folder_without_git(cli: CommandLine, text: str) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    cli.write(".git", text)
    for command, status in (("history", 2), ("lint", 1), ("render", 0), ("lint --write-baseline", 0)):
        done = limited(cli.folder, *command.split())
        assert done.returncode == status and "internal error" not in done.stderr, (command, done.stderr)


def test_a_pipe_has_no_text_for_git(cli: CommandLine) -> None:
    os.mkfifo(cli.folder / "a.journey.yaml")
    done = limited(cli.folder, "git-textconv", "a.journey.yaml")
    assert done.returncode == 2 and "not a regular file" in done.stderr
    cli.write("b.journey.yaml", JOURNEY)
    repository = Folder(cli.folder)
    repository.commit()
    (cli.folder / "b.journey.yaml").unlink()
    os.mkfifo(cli.folder / "b.journey.yaml")
    for command in ("history", "diff HEAD", "lint"):
        assert limited(cli.folder, *command.split()).returncode in (0, 1, 2), command


@pytest.mark.parametrize("command", ["validate", "lint", "score", "validate .", "fmt --check", "render"])
def test_a_journey_that_is_a_link_out_of_the_repository_is_not_shown(
    cli: CommandLine, home: Path, command: str
) -> None:
    """What is wrong in a file is printed with its line, and a log of CI may be public."""
    Folder(cli.folder)
    (home / "secret").write_text('[remote "origin"]\n\turl = https://x:TOKEN@example.org\n')
    cli.write("b.journey.yaml", JOURNEY)
    (cli.folder / "a.journey.yaml").symlink_to(home / "secret")
    done = cli(*command.split())
    assert "TOKEN" not in done.out + done.err
    assert done.status == 2 and "a.journey.yaml: cannot be read: it is a link out of the repository" in done.err
    named = cli("validate", "a.journey.yaml")
    assert named.status == 1 and "TOKEN" in named.out + named.err
    (cli.folder / "a.journey.yaml").unlink()
    (cli.folder / "b").mkdir()
    (cli.folder / "b/a.journey.yaml").symlink_to("../b.journey.yaml")
    assert cli("validate").status == 0


@pytest.mark.parametrize(("one", "two"), [("a", "A"), ("caf\u00e9", "cafe\u0301")])
def test_pictures_whose_names_are_one_on_other_systems_are_refused(cli: CommandLine, one: str, two: str) -> None:
    for folder, name in (("x", one), ("y", two)):
        (cli.folder / folder).mkdir()
        cli.write(f"{folder}/{name}.journey.yaml", JOURNEY)
    done = cli("render", "x", "y", "-o", "out")
    assert done.status == 2 and "where case does not count" in done.err, done.err
    assert not [*(cli.folder / "out").glob("*")]
    assert cli("render", "x", "y").status == 0
    assert (cli.folder / f"x/{one}.svg").is_file() and (cli.folder / f"y/{two}.svg").is_file()
