"""The only home of calls to git: its binary, never a shell, and nothing that a hostile repository could make it run.

What a repository's own configuration may start (monitors of the file system, filters, pagers, hooks, textconv) is
switched off or never reached: only objects are read, never the working folder; nothing is written, nothing fetched.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from journeykit.errors import UsageError

HARMLESS = (
    "--no-pager", "--literal-pathspecs", "--no-optional-locks",
    "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "protocol.allow=never",
    "-c", "diff.external=", "-c", "core.attributesFile=", "-c", "log.showSignature=false", "-c", "core.quotePath=false",
)  # fmt: skip
QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
FILE_MODES = (b"100644", b"100755", b"100664")
"""Of entries in a tree; links and submodules have others."""


class Commit(NamedTuple):
    """A commit that touched a file: its full id, when it was authored (ISO 8601), by whom, its subject, and the file
    as it was then: its path, and its blob, or none where the commit removed it."""

    id: str
    date: str
    author: str
    subject: str
    path: str
    blob: str | None

    @property
    def short(self) -> str:
        """The id as people write it."""
        return self.id[:10]


@dataclass(frozen=True)
class Repository:
    """A repository of git; `root` is its working folder, or the repository itself where it is bare."""

    root: Path
    bare: bool = False

    @classmethod
    def around(cls, path: Path) -> Repository:
        """The repository that a file or folder stands in; UsageError if there is none, or git is missing."""
        folder = path if path.is_dir() else path.parent
        while not folder.is_dir():  # of a file whose folder is gone
            folder = folder.parent
        told = _ask(folder, "rev-parse", "--is-bare-repository", "--is-inside-work-tree")
        if told.returncode:
            raise UsageError(*_why_none(path, told.stderr))
        bare, inside = told.stdout.split()
        asked = "--show-toplevel" if inside == b"true" else "--absolute-git-dir"
        root = _output(_ask(folder, "rev-parse", asked)).removesuffix(b"\n")
        return cls(Path(os.fsdecode(root)), bare == b"true")

    def commit(self, revision: str) -> str:
        """The full id of the commit that a revision names; UsageError if it names none."""
        asked = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if asked.returncode or "\0" in revision:
            raise UsageError(*self._why_unknown(revision))
        return asked.stdout.decode("ascii").strip()

    def merge_base(self, one: str, other: str) -> str:
        """The best common ancestor of two commits; UsageError if they have none."""
        asked = self._run("merge-base", "--end-of-options", one, other)
        if asked.returncode:
            raise UsageError(f"{one[:10]} and {other[:10]} have no common ancestor", self._if_shallow())
        return asked.stdout.split()[0].decode("ascii")

    def tree(self, commit: str) -> dict[str, str]:
        """The files of a commit: path from the root, with slashes, to blob. Links and submodules are left out."""
        listed = _output(self._run("ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit))
        files = {}
        for entry in filter(None, listed.split(b"\0")):
            about, _, path = entry.partition(b"\t")
            mode, _, blob = about.split()
            if mode in FILE_MODES:
                files[os.fsdecode(path)] = blob.decode("ascii")
        return files

    def blobs(self, ids: Iterable[str]) -> Iterator[bytes]:
        """The contents of blobs, in the order of their ids, through one process of git."""
        wanted = list(ids)
        if not wanted:
            return
        command = ["git", *HARMLESS, "-C", str(self.root), "cat-file", "--batch"]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            for id in wanted:
                process.stdin.write(f"{id}\n".encode())
                process.stdin.flush()
                head = process.stdout.readline().split()
                if len(head) != 3:
                    raise UsageError(f"git cannot read the object {id[:10]}", self._if_shallow())
                yield process.stdout.read(int(head[2]))
                process.stdout.read(1)
        finally:
            with suppress(BrokenPipeError):
                process.stdin.close()
            process.stdout.close()
            process.wait()

    def log(self, path: str, revision: str = "HEAD", limit: int | None = None) -> list[Commit]:
        """The commits that touched a file, newest first, followed through renames; merges are left out.

        `path` is the file's at `revision`, from the root, with slashes.
        """
        start = self.commit(revision)
        most = [] if limit is None else [f"--max-count={limit}"]
        told = self._run(
            "log", "-z", "--follow", "--raw", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--no-merges", *most,
            "--format=%x01%H%x00%aI%x00%an%x00%s", "--end-of-options", start, "--", path,
        )  # fmt: skip
        return list(_commits(_output(told)))

    def inside(self, path: Path) -> str:
        """A path as git names it: from the root, with slashes; UsageError if it is not in this repository."""
        full = Path(os.path.realpath(path.parent)) / path.name
        try:
            return full.relative_to(os.path.realpath(self.root)).as_posix()
        except ValueError:
            raise UsageError(f"{path} is not in the repository {self.root}") from None

    def _run(self, *args: str) -> subprocess.CompletedProcess[bytes]:
        return _ask(self.root, *args)

    def _why_unknown(self, revision: str) -> tuple[str, str]:
        if self._run("rev-parse", "--verify", "--quiet", "HEAD").returncode:
            return "the repository has no commit yet", "commit the journeys first"
        return f'git knows no revision "{revision}" here', self._if_shallow() or "git log lists them"

    def _if_shallow(self) -> str:
        told = self._run("rev-parse", "--is-shallow-repository").stdout.strip()
        return "the clone is shallow: fetch more of its history (git fetch --unshallow)" if told == b"true" else ""


def _commits(log: bytes) -> Iterator[Commit]:
    """Commits out of a log with -z and --raw: each begins with \\1, its fields and its one change behind NULs."""
    for block in log.split(b"\x01")[1:]:
        fields = block.split(b"\0")
        id, date, author, subject = (field.decode("utf-8", "replace") for field in fields[:4])
        change = next((n for n, field in enumerate(fields[4:], 4) if field.lstrip(b"\n").startswith(b":")), None)
        if change is None:
            continue
        *_, blob, status = fields[change].split()
        paths = [os.fsdecode(field) for field in fields[change + 1 :] if field]
        path = paths[1] if status[:1] in b"RC" else paths[0]
        yield Commit(id, date, author, subject, path, None if status == b"D" else blob.decode("ascii"))


def _ask(folder: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *HARMLESS, "-C", str(folder), *args],
            stdin=subprocess.DEVNULL, capture_output=True, env=_environment(), check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise UsageError(
            "git is not installed, or not on the PATH", "journeys of other revisions come from git"
        ) from None
    except ValueError:  # a NUL in an argument
        raise UsageError("a name for git cannot hold a NUL character") from None


def _environment() -> dict[str, str]:
    """Ours, quiet; without what a hook of git has set, so that the folder that is named is the one that counts."""
    return {name: value for name, value in os.environ.items() if name not in OF_HOOKS} | QUIET


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
