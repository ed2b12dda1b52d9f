"""Call git: only this module does, without a shell, and so that a hostile repository cannot run programs.

Programs that a repository's configuration may start (file system monitors, filters, pagers, hooks, textconv) are
disabled or not used: only objects are read, never the working folder; nothing is fetched, and only `git-setup` writes
settings.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import IO, Literal, NamedTuple

from journeykit.errors import UsageError

HARMLESS = (
    "--no-pager", "--literal-pathspecs", "--no-optional-locks",
    "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "protocol.allow=never",
    "-c", "diff.external=", "-c", "core.attributesFile=", "-c", "log.showSignature=false", "-c", "core.quotePath=false",
    "-c", f"diff.orderFile={os.devnull}", "-c", "log.showRoot=true", "-c", "diff.relative=false",
    "-c", "i18n.logOutputEncoding=UTF-8", "-c", "color.ui=false",
)  # fmt: skip
"""Options of every command: settings that start programs are off, those that change the output are git's defaults."""
QUIET = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
    "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",  # older versions of git know only the second
}  # fmt: skip
HOOK_VARIABLES = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE",
    "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_EXTERNAL_DIFF",
)  # fmt: skip
LARGEST = 16 * 1024 * 1024
"""The most bytes of a blob that are read, more than any journey has."""
_OBJECT = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
FILE_MODES = (b"100644", b"100755", b"100664")
"""The modes of files in a tree; links and submodules have others."""


class Commit(NamedTuple):
    """A commit that changed a file: its full id, author date (ISO 8601), author, subject, and the path and blob of the
    file in it; the blob is None if the commit removed the file."""

    id: str
    date: str
    author: str
    subject: str
    path: str
    blob: str | None

    @property
    def short(self) -> str:
        """The abbreviated id."""
        return self.id[:10]


@dataclass(frozen=True)
class Repository:
    """A repository of git; `root` is its working folder, or the repository itself where there is none: it is bare,
    or the folder lies inside `.git`, where some hooks run."""

    root: Path
    bare: bool = False

    @classmethod
    def around(cls, path: Path) -> Repository:
        """Return the repository that a file or folder stands in.

        Raise UsageError if there is none, or git is missing.
        """
        folder = path if path.is_dir() else path.parent
        while not folder.is_dir():  # the folder of the file was removed
            folder = folder.parent
        done = _run_git(folder, "rev-parse", "--is-inside-work-tree")
        if done.returncode:
            raise UsageError(*_why_none(path, done.stderr))
        home = _output(_run_git(folder, "rev-parse", "--absolute-git-dir"))
        if done.stdout.strip() != b"true":
            return cls(_path(home), bare=True)
        root = _path(_output(_run_git(folder, "rev-parse", "--show-toplevel")))
        if not root.is_dir() or _run_git(root, "rev-parse", "--absolute-git-dir").stdout != home:
            help = "git config core.worktree names it; git config --unset core.worktree takes that back"
            raise UsageError(f"the repository around {path} has its working folder elsewhere, in {root}", help)
        return cls(root)

    def commit(self, revision: str) -> str:
        """Return the full id of the commit that a revision names. Raise UsageError if it names none."""
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        found = done.stdout.decode("ascii").strip()
        if done.returncode or not _OBJECT.fullmatch(found):  # ^main is one that git leaves out
            raise UsageError(*self._why_unknown(revision))
        return found

    @cached_property
    def head(self) -> str:
        """The commit that the repository is at, asked once. Raise UsageError if there is none."""
        return self.commit("HEAD")

    def merge_base(self, one: str, other: str) -> str:
        """Return the best common ancestor of two commits. Raise UsageError if they have none."""
        done = self._run("merge-base", "--end-of-options", one, other)
        if done.returncode:
            raise UsageError(f"{one[:10]} and {other[:10]} have no common ancestor", self._if_shallow())
        return done.stdout.split()[0].decode("ascii")

    def touched(self, old: str, new: str) -> frozenset[str] | None:
        """Return the files that the commits from one to another changed, by their paths in the repository.

        None if the newer one does not descend from the older one, or one is unknown.
        """
        if not (_OBJECT.fullmatch(old) and _OBJECT.fullmatch(new)):
            return None
        if self._run("merge-base", "--is-ancestor", old, new).returncode:
            return None
        done = self._run("log", "--format=", "--name-only", "--no-renames", "-m", "-z", f"{old}..{new}")
        return None if done.returncode else frozenset(os.fsdecode(done.stdout).split("\0"))

    def tree(self, commit: str) -> dict[str, str]:
        """Return the files of a commit: path from the root, with slashes, to blob.

        Links and submodules are left out.
        """
        listed = _output(self._run("ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit))
        files = {}
        for entry in filter(None, listed.split(b"\0")):
            about, _, path = entry.partition(b"\t")
            mode, _, blob = about.split()
            if mode in FILE_MODES:
                files[os.fsdecode(path)] = blob.decode("ascii")
        return files

    def blobs(self, ids: Iterable[str]) -> Iterator[bytes]:
        """Yield the contents of blobs, in the order of their ids, through one process of git.

        Of a blob larger than `LARGEST` only so many bytes and one more.
        """
        wanted = list(ids)
        if not wanted:
            return
        command = ["git", *HARMLESS, "-C", str(self.root), "cat-file", "--batch"]
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
            )
        except FileNotFoundError:
            raise _not_installed() from None
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            for id in wanted:
                content = _next_blob(id, process.stdin, process.stdout)
                if content is None:
                    raise UsageError(f"git cannot read the object {id[:10]}", self._why_missing())
                yield content
        finally:
            with suppress(BrokenPipeError):
                process.stdin.close()
            process.stdout.close()
            process.wait()

    @cached_property
    def shallow(self) -> bool:
        """Whether the clone lacks the older part of the history, asked once."""
        return self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def log(
        self,
        path: str,
        revision: str = "HEAD",
        limit: int | None = None,
        without: str | None = None,
        *,
        mainline: bool = False,
    ) -> list[Commit]:
        """Return the commits that touched a file, newest first, followed through renames; merges are left out.

        A file that began as a copy of another begins there. With `mainline` only commits of first parents count, merges
        among them: each version is then the one that the next came from.

        `path` is the file's at `revision`, from the root, with slashes; commits that `without` has too are left out.
        """
        newest = self.head if revision == "HEAD" else self.commit(revision)
        start = [newest, *([] if without is None else [f"^{self.commit(without)}"])]
        most = [] if limit is None else [f"--max-count={limit}"]
        kind = ["--first-parent", "-m"] if mainline else ["--no-merges"]
        done = self._run(
            "log", "-z", "--follow", "--raw", "--no-abbrev", "--no-ext-diff", "--no-textconv", *kind, *most,
            "--format=%x01%H%x00%aI%x00%an%x00%s", "--end-of-options", *start, "--", path,
        )  # fmt: skip
        return list(_commits(_output(done)))

    def inside(self, path: Path) -> str:
        """Return a path as git names it: from the root, with slashes.

        Raise UsageError if it is not in this repository.
        """
        named = path.name not in ("", "..")  # the path may be a link, which is not resolved
        full = Path(os.path.realpath(path.parent)) / path.name if named else Path(os.path.realpath(path))
        try:
            return full.relative_to(os.path.realpath(self.root)).as_posix()
        except ValueError:
            raise UsageError(f"{path} is not in the repository {self.root}") from None

    def _run(self, *args: str) -> subprocess.CompletedProcess[bytes]:
        return _run_git(self.root, *args)

    def _why_unknown(self, revision: str) -> tuple[str, str]:
        if self._run("rev-parse", "--verify", "--quiet", "HEAD").returncode:
            return "the repository has no commit yet", "commit the journeys first"
        return f'git knows no revision "{revision}" here', self._if_shallow() or "git log lists them"

    def _why_missing(self) -> str:
        return self._if_shallow() or "the repository is damaged, or a partial clone: fetch the rest of it first"

    def _if_shallow(self) -> str:
        return "the clone is shallow: fetch more of its history (git fetch --unshallow)" if self.shallow else ""


def _commits(log: bytes) -> Iterator[Commit]:
    """Parse a log with -z and --raw: \\1 and four fields of a commit, then changes with one or two paths each.

    It is parsed field by field, so that no author, subject or path can be mistaken for a commit.
    """
    fields = iter(log.split(b"\0"))
    field = next(fields)
    while field.startswith(b"\x01"):
        id, date, author, subject = (_text(part) for part in (field[1:], *islice(fields, 3)))
        date = f"{date[:-1]}+00:00" if date.endswith("Z") else date  # which git writes for UTC since 2.45
        change: Commit | None = None
        copied = False
        for field in fields:
            raw = field.lstrip(b"\n")
            if raw.startswith(b":"):
                *_, blob, status = raw.split()
                *_, path = islice(fields, 2 if status[:1] in b"RC" else 1)
                gone = status == b"D"
                copied = status[:1] == b"C"
                change = change or Commit(id, date, author, subject, os.fsdecode(path), None if gone else _text(blob))
            elif field.startswith(b"\x01"):
                break
        else:
            field = b""
        if change is not None:
            yield change
        if copied:  # git continues with the history of the file that it was copied from
            return


def _path(line: bytes) -> Path:
    return Path(os.fsdecode(line.removesuffix(b"\n")))


def _text(field: bytes) -> str:
    return field.decode("utf-8", "replace")


Scope = Literal["local", "global"]
"""The settings of one repository, or of the user."""


def setting(folder: Path, name: str, scope: Scope | None = None, *, path: bool = False) -> str | None:
    """Return a setting of git, of one scope or as it is in force; None if there is none.

    Of a `path`, ~ is spelled out.
    """
    kind = ["--type=path"] if path else []
    done = _run_git(folder, "config", *([f"--{scope}"] if scope else []), *kind, "--get", name)
    return os.fsdecode(done.stdout).removesuffix("\n") if done.returncode == 0 else None


def set_setting(folder: Path, name: str, value: str, scope: Scope) -> None:
    """Set a setting of git."""
    _output(_run_git(folder, "config", f"--{scope}", "--replace-all", name, value))


def remove_settings(folder: Path, section: str, scope: Scope) -> bool:
    """Remove a section of git's settings. Return whether there was one."""
    return _run_git(folder, "config", f"--{scope}", "--remove-section", section).returncode == 0


class LineMerge(NamedTuple):
    """The result of merging three files line by line, with conflicts between markers."""

    text: bytes
    conflicts: int


def merge_lines(ours: Path, base: Path, theirs: Path, names: Sequence[str], size: int) -> LineMerge | None:
    """Merge three files as git does by default; None if it cannot.

    `names` of ours, the base and theirs label the conflict markers, which are `size` characters long.
    """
    labels = [word for name in names for word in ("-L", name)]
    files = [str(file.absolute()) for file in (ours, base, theirs)]
    done = _run_git(Path.cwd(), "merge-file", "-p", "-q", f"--marker-size={size}", *labels, "--", *files)
    return LineMerge(done.stdout, done.returncode) if done.returncode < 128 else None


def _next_blob(id: str, requests: IO[bytes], responses: IO[bytes]) -> bytes | None:
    """Return the content of an object from `git cat-file --batch`; None if it has none."""
    if not _OBJECT.fullmatch(id):
        return None
    with suppress(BrokenPipeError):
        requests.write(f"{id}\n".encode())
        requests.flush()
    head = responses.readline().split()
    if len(head) != 3 or head[1] != b"blob":
        return None
    size = int(head[2])
    content = responses.read(min(size, LARGEST + 1))
    rest = size - len(content) + 1
    while rest > 0 and (skipped := responses.read(min(rest, LARGEST))):
        rest -= len(skipped)
    return None if rest else content


def _run_git(folder: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *HARMLESS, "-C", str(folder), *args],
            stdin=subprocess.DEVNULL, capture_output=True, env=_environment(), check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise _not_installed() from None
    except ValueError:  # a NUL in an argument
        raise UsageError("a name for git cannot hold a NUL character") from None


def _not_installed() -> UsageError:
    return UsageError("git is not installed, or not on the PATH", "journeys of other revisions come from git")


def _environment() -> dict[str, str]:
    """Return the environment without the variables that git sets for hooks, so that the given folder is used."""
    return {name: value for name, value in os.environ.items() if name not in HOOK_VARIABLES} | QUIET


def _output(done: subprocess.CompletedProcess[bytes]) -> bytes:
    if done.returncode:
        raise UsageError(f"git failed: {_first_line(done.stderr)}")
    return done.stdout


def _why_none(path: Path, stderr: bytes) -> tuple[str, str]:
    if b"dubious ownership" in stderr:
        return (
            f"git does not trust the repository around {path}: it belongs to somebody else",
            "see git help config, safe.directory",
        )
    if b"not a git repository" in stderr:
        return f"{path} is not in a git repository", ""
    return f"git cannot read the repository around {path}: {_first_line(stderr)}", ""


def _first_line(stderr: bytes) -> str:
    return stderr.decode("utf-8", "replace").strip().partition("\n")[0].removeprefix("fatal: ")
