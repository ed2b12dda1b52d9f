"""Reading repositories: the right answer or a clear error, and nothing that a repository could make git run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from journeykit import git
from journeykit.errors import UsageError
from journeykit.git import Repository
from tests.repositories import IDENTITY, Folder


@pytest.fixture(autouse=True)
def nobodys_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "repository")


def read(repository: Repository, revision: str = "HEAD") -> dict[str, bytes]:
    """All files of a revision with their contents."""
    tree = repository.tree(repository.commit(revision))
    return dict(zip(tree, repository.blobs(tree.values()), strict=True))


def told(call: Callable[[], object]) -> str:
    """The message and the help of the error that a call ends in."""
    with pytest.raises(UsageError) as raised:
        call()
    return f"{raised.value.message} | {raised.value.help}"


# What a revision holds


NAMES = ["plain.yaml", "with space.yaml", "sub/Ügyfél 顧客.yaml", "-n.yaml", "--output=x", "line\nbreak", "tab\t\"q'",
         "*.yaml", ":(top)x", "café\u0301", "#1"]  # fmt: skip


def test_names_of_every_kind_come_back_as_they_are(folder: Folder) -> None:
    for name in NAMES:
        folder.write(name, name)
    folder.commit()
    found = read(Repository.around(folder.root))
    assert found == {name: name.encode() for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_history_of_a_file_of_any_name(folder: Folder, name: str) -> None:
    folder.write("other.yaml", "other")
    folder.write(name, "1")
    first = folder.commit("1")
    folder.write(name, "2")
    second = folder.commit("2")
    found = Repository.around(folder.root).log(name)
    assert [(one.id, one.path, one.subject) for one in found] == [(second, name, "2"), (first, name, "1")]


def test_a_name_that_is_no_text_comes_back_too(folder: Folder) -> None:
    raw = b"caf\xe9.yaml"
    try:
        Path(os.fsdecode(bytes(folder.root) + b"/" + raw)).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    folder.commit()
    repository = Repository.around(folder.root)
    assert [os.fsencode(name) for name in repository.tree(repository.commit("HEAD"))] == [raw]
    assert os.fsencode(repository.log(os.fsdecode(raw))[0].path) == raw


def test_links_and_submodules_are_no_files(folder: Folder, tmp_path: Path) -> None:
    inner = Folder(tmp_path / "inner")
    inner.write("a.yaml", "inner")
    inner.commit()
    folder.write("real.yaml", "x")
    (folder.root / "link.yaml").symlink_to("real.yaml")
    folder.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.root), "sub")
    folder.commit()
    assert set(read(Repository.around(folder.root))) == {"real.yaml", ".gitmodules"}
    below = Repository.around(folder.root / "sub")
    assert below.root == folder.root / "sub"
    assert read(below) == {"a.yaml": b"inner"}


def test_of_a_huge_file_only_a_part_is_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "LARGEST", 10)
    folder.write("a", "x" * 45)
    folder.write("b", "y" * 10)
    folder.commit()
    assert read(Repository.around(folder.root)) == {"a": b"x" * 11, "b": b"y" * 10}


def test_contents_come_in_the_order_asked_for(folder: Folder) -> None:
    for n in range(50):
        folder.write(str(n), f"{n}\n" * n)
    folder.commit()
    repository = Repository.around(folder.root)
    tree = repository.tree(repository.commit("HEAD"))
    ids = [tree[str(n)] for n in (3, 0, 49, 3)]
    assert list(repository.blobs(ids)) == [b"3\n" * 3, b"", b"49\n" * 49, b"3\n" * 3]
    assert list(repository.blobs([])) == []


def test_one_may_stop_reading_early(folder: Folder) -> None:
    for n in range(5):
        folder.write(str(n), "x" * 1_000_000 + str(n))
    folder.commit()
    repository = Repository.around(folder.root)
    blobs = repository.blobs(repository.tree(repository.commit("HEAD")).values())
    assert next(blobs).endswith(b"0")
    blobs.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("id", ["HEAD:a", "0" * 40, "", "HEAD", "--help", "\n", "a" * 40 + "\n"])
def test_only_contents_are_given_out(folder: Folder, id: str) -> None:
    folder.write("a", "x")
    folder.commit()
    assert "cannot read the object" in told(lambda: list(Repository.around(folder.root).blobs([id])))


def test_a_commit_is_no_content(folder: Folder) -> None:
    id = folder.commit()
    assert "cannot read the object" in told(lambda: list(Repository.around(folder.root).blobs([id])))


# Revisions


def test_revisions_as_people_write_them(folder: Folder) -> None:
    made = []
    for n in range(3):
        folder.write("a", str(n))
        made.append(folder.commit(f"number {n}"))
    first, second, third = made
    folder.git("tag", "v1", first)
    folder.git("tag", "-a", "-m", "x", "v2", second)
    folder.git("branch", "topic/über", second)
    repository = Repository.around(folder.root)
    asked = {"HEAD": third, "@": third, "HEAD~2": first, "v1": first, "v2": second, "topic/über": second,
             first[:8]: first, "main^": second, "HEAD^{/number 0}": first, "refs/heads/main": third}  # fmt: skip
    assert {name: repository.commit(name) for name in asked} == asked


@pytest.mark.parametrize(
    "revision",
    ["nowhere", "", " ", "-n", "--all", "--help", "--output=x", "^main", "main..main", "main:a", "HEAD~99", "*",
     "main\nmain", "@{u}", "0" * 40, "HEAD^{tree}", "$(touch x)", "`touch x`", "; touch x", "\udcff", "m\u202eain"],
)  # fmt: skip
def test_what_names_no_commit_is_an_error_and_nothing_else(folder: Folder, revision: str) -> None:
    folder.write("a", "x")
    folder.commit()
    before = sorted(path.name for path in folder.root.iterdir())
    repository = Repository.around(folder.root)
    assert "git knows no revision" in told(lambda: repository.commit(revision))
    assert sorted(path.name for path in folder.root.iterdir()) == before


def test_a_null_character_is_an_error(folder: Folder) -> None:
    folder.commit()
    assert "NUL" in told(lambda: Repository.around(folder.root).commit("HEAD\0"))


def test_a_branch_that_looks_like_an_option(folder: Folder) -> None:
    first = folder.commit()
    folder.git("update-ref", "refs/heads/--output=x", first)
    repository = Repository.around(folder.root)
    assert repository.commit("refs/heads/--output=x") == first
    assert repository.commit("--output=x") == first


def test_the_merge_base(folder: Folder) -> None:
    base = folder.commit()
    folder.git("checkout", "-q", "-b", "topic")
    topic = folder.commit("topic")
    folder.git("checkout", "-q", "main")
    main = folder.commit("main")
    folder.git("checkout", "-q", "--orphan", "alone")
    alone = folder.commit("alone")
    repository = Repository.around(folder.root)
    assert repository.merge_base(main, topic) == base
    assert "no common ancestor" in told(lambda: repository.merge_base(main, alone))


# History


def test_a_file_is_followed_through_renames_and_back_after_its_removal(folder: Folder) -> None:
    folder.write("old.yaml", "some text\n" * 9)
    first = folder.commit("first")
    folder.git("mv", "old.yaml", "new.yaml")
    second = folder.commit("renamed")
    folder.write("else", "x")
    folder.commit("of no interest")
    (folder.root / "new.yaml").unlink()
    third = folder.commit("gone")
    repository = Repository.around(folder.root)
    found = repository.log("new.yaml")
    assert [(one.id, one.path, one.blob is None) for one in found] == [
        (third, "new.yaml", True), (second, "new.yaml", False), (first, "old.yaml", False),
    ]  # fmt: skip
    assert [(one.date, one.author) for one in found[-1:]] == [("2026-03-01T12:00:00+00:00", "Ann Author")]
    assert [one.id for one in repository.log("new.yaml", limit=1)] == [third]
    assert [one.id for one in repository.log("new.yaml", second)] == [second, first]
    assert repository.log("nowhere") == []


@pytest.mark.parametrize("trap", ["\x01", "\x01" + "0" * 40, ":100644 100644 0 0 M", "", "\x01\x01 :", "%x00 %H"])
def test_no_subject_or_author_is_taken_for_a_commit(folder: Folder, trap: str) -> None:
    folder.write("a", "1")
    first = folder.commit("one")
    folder.write("a", "2")
    folder.git("add", "-A")
    folder.git("commit", "-q", "--cleanup=verbatim", "--allow-empty-message", "-m", trap,
               GIT_AUTHOR_NAME=f"x{trap}y")  # fmt: skip
    second = folder.git("rev-parse", "HEAD")
    found = Repository.around(folder.root).log("a")
    assert [one.id for one in found] == [second, first]
    assert [one.path for one in found] == ["a", "a"]


def test_a_path_that_looks_like_a_commit(folder: Folder) -> None:
    name = "\x01" + "0" * 40
    folder.write(name, "1")
    first = folder.commit("one")
    assert [(one.id, one.path) for one in Repository.around(folder.root).log(name)] == [(first, name)]


def test_settings_of_the_repository_change_nothing_that_is_told(folder: Folder) -> None:
    folder.write("sub/a", "1")
    folder.commit("Grüße")
    repository = Repository.around(folder.root)
    plain = repository.log("sub/a")
    for name, value in {"log.showRoot": "false", "i18n.logOutputEncoding": "latin1", "diff.relative": "true",
                        "color.ui": "always", "diff.orderFile": "nowhere", "diff.noprefix": "true",
                        "log.showSignature": "true", "format.pretty": "oneline", "log.decorate": "full",
                        "diff.mnemonicPrefix": "true", "core.quotePath": "true", "log.date": "relative",
                        "alias.log": "status", "alias.cat-file": "status"}.items():  # fmt: skip
        folder.git("config", name, value)
    assert repository.log("sub/a") == plain
    assert plain[0].subject == "Grüße"


# Kinds of repositories


def test_a_bare_repository(folder: Folder, tmp_path: Path) -> None:
    folder.write("maps/a", "x")
    folder.commit()
    bare = tmp_path / "bare.git"
    folder.git("clone", "-q", "--bare", str(folder.root), str(bare))
    repository = Repository.around(bare)
    assert (repository.root, repository.bare) == (bare, True)
    assert read(repository) == {"maps/a": b"x"}
    assert repository.inside(bare / "maps" / "a") == "maps/a"


def test_inside_the_folder_of_git_there_is_no_working_folder(folder: Folder) -> None:
    folder.write("a", "x")
    folder.commit()
    repository = Repository.around(folder.root / ".git")
    assert (repository.root, repository.bare) == (folder.root / ".git", True)
    assert read(repository) == {"a": b"x"}


def test_a_worktree_and_a_detached_head(folder: Folder, tmp_path: Path) -> None:
    folder.write("a", "1")
    first = folder.commit()
    folder.write("a", "2")
    folder.commit()
    folder.git("worktree", "add", "-q", "--detach", str(tmp_path / "other"), first)
    repository = Repository.around(tmp_path / "other")
    assert (repository.root, repository.bare) == (tmp_path / "other", False)
    assert read(repository) == {"a": b"1"}
    assert read(Repository.around(folder.root)) == {"a": b"2"}


def test_a_repository_without_a_commit(folder: Folder) -> None:
    repository = Repository.around(folder.root)
    assert "no commit yet | commit the journeys first" in told(lambda: repository.commit("HEAD"))
    assert "no commit yet" in told(lambda: repository.log("a"))


def test_a_shallow_clone_says_that_it_is_one(folder: Folder, tmp_path: Path) -> None:
    for n in range(3):
        folder.write("a", str(n))
        folder.commit(f"number {n}")
    clone = tmp_path / "clone"
    folder.git("clone", "-q", "--depth=1", folder.root.as_uri(), str(clone))
    repository = Repository.around(clone)
    assert read(repository) == {"a": b"2"}
    assert "shallow" in told(lambda: repository.commit("HEAD~1"))
    assert [one.path for one in repository.log("a")] == ["a"]


def test_no_repository(tmp_path: Path) -> None:
    assert "is not in a git repository" in told(lambda: Repository.around(tmp_path))
    assert "is not in a git repository" in told(lambda: Repository.around(tmp_path / "gone" / "a.yaml"))


def test_a_broken_repository(folder: Folder) -> None:
    folder.commit()
    (folder.root / ".git" / "config").write_text("[broken\n", encoding="utf-8")
    assert "bad config" in told(lambda: Repository.around(folder.root))


@pytest.mark.parametrize("elsewhere", ["/", "../.."])
def test_a_working_folder_elsewhere_is_an_error(folder: Folder, tmp_path: Path, elsewhere: str) -> None:
    Folder(tmp_path / "other").commit()
    folder.commit()
    folder.git("config", "core.worktree", elsewhere)
    assert "working folder elsewhere" in told(lambda: Repository.around(folder.root))


def test_the_folder_of_git_may_lie_elsewhere(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "made", "--separate-git-dir", str(tmp_path / "store"))
    folder.write("a", "x")
    folder.commit()
    repository = Repository.around(folder.root)
    assert (repository.root, repository.bare, read(repository)) == (folder.root, False, {"a": b"x"})


def test_a_damaged_repository(folder: Folder) -> None:
    folder.write("a", "x")
    folder.commit()
    repository = Repository.around(folder.root)
    blob = repository.tree(repository.commit("HEAD"))["a"]
    stored = folder.root / ".git" / "objects" / blob[:2] / blob[2:]
    stored.chmod(0o600)
    stored.unlink()
    assert "damaged" in told(lambda: list(repository.blobs([blob])))


def test_no_git_on_the_path(folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in told(lambda: Repository.around(folder.root))
    assert "git is not installed" in told(lambda: list(Repository(folder.root).blobs(["0" * 40])))


def test_a_hook_does_not_change_which_repository_is_meant(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = Folder(tmp_path / "other")
    other.write("b", "other")
    other.commit()
    folder.write("a", "mine")
    folder.commit()
    for name, value in {"GIT_DIR": other.root / ".git", "GIT_WORK_TREE": other.root, "GIT_PREFIX": "x/",
                        "GIT_INDEX_FILE": other.root / ".git/index", "GIT_COMMON_DIR": other.root / ".git",
                        "GIT_NAMESPACE": "x", "GIT_ICASE_PATHSPECS": "1", "GIT_GLOB_PATHSPECS": "1",
                        }.items():  # fmt: skip
        monkeypatch.setenv(name, str(value))
    repository = Repository.around(folder.root)
    assert read(repository) == {"a": b"mine"}
    assert len(repository.log("a")) == 1


def test_where_a_path_lies(folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.root / "sub").mkdir()
    (tmp_path / "link").symlink_to(folder.root / "sub")
    repository = Repository.around(folder.root)
    assert repository.inside(folder.root / "sub" / "a.yaml") == "sub/a.yaml"
    assert repository.inside(tmp_path / "link" / "a.yaml") == "sub/a.yaml"
    monkeypatch.chdir(folder.root / "sub")
    for path, name in {".": "sub", "..": ".", "../b": "b", "x/../y": "sub/y", "gone/z": "sub/gone/z"}.items():
        assert repository.inside(Path(path)) == name, path
    assert "is not in the repository" in told(lambda: repository.inside(tmp_path / "elsewhere"))


# Nothing runs, nothing is written


@pytest.fixture
def hostile(folder: Folder, tmp_path: Path) -> Folder:
    """A repository whose settings, hooks and attributes run a program wherever git has a place for one."""
    marker = tmp_path / "marker"
    evil = tmp_path / "evil.sh"
    evil.write_text(f'#!/bin/sh\necho "$0 $*" >> "{marker}"\ncat\n', encoding="utf-8")
    evil.chmod(0o755)
    folder.write("a.yaml", "text\n" * 20)
    folder.write("sub/b.yaml", "x\n")
    folder.write(".gitattributes", "* diff=evil filter=evil merge=evil text=auto working-tree-encoding=UTF-8\n")
    folder.commit("one")
    folder.git("mv", "a.yaml", "c.yaml")
    folder.write("c.yaml", "text\n" * 20 + "more\n")
    folder.commit("two")
    command = str(evil)
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-commit", "fsmonitor-watchman"):
        shutil.copy(evil, folder.root / ".git" / "hooks" / hook)
    (tmp_path / "included").write_text(f"[diff]\n\texternal = {command}\n[core]\n\tpager = {command}\n", "utf-8")
    settings = {
        "core.fsmonitor": command, "diff.external": command, "diff.evil.textconv": command,
        "diff.evil.command": command,
        "diff.evil.cachetextconv": "true", "filter.evil.clean": command, "filter.evil.smudge": command,
        "filter.evil.process": command, "merge.evil.driver": command, "core.pager": command, "pager.log": command,
        "pager.rev-parse": command, "pager.ls-tree": "true", "core.editor": command, "core.sshCommand": command,
        "core.askPass": command, "core.gitProxy": command, "core.alternateRefsCommand": command,
        "credential.helper": f"!{command}", "gpg.program": command, "gpg.ssh.program": command,
        "log.showSignature": "true", "sequence.editor": command, "include.path": str(tmp_path / "included"),
        "alias.log": f"!{command}", "alias.rev-parse": f"!{command}", "alias.cat-file": f"!{command}",
        "core.hooksPath": str(folder.root / ".git" / "hooks"), "uploadpack.packObjectsHook": command,
        "protocol.allow": "always", "protocol.ext.allow": "always", "protocol.file.allow": "always",
        "interactive.diffFilter": command, "trace2.eventTarget": str(marker), "core.untrackedCache": "true",
        "maintenance.auto": "true", "gc.auto": "1",
    }  # fmt: skip
    for name, value in settings.items():
        folder.git("config", name, value)
    return folder


def everything(repository: Repository) -> None:
    head = repository.commit("HEAD")
    assert repository.merge_base(head, repository.commit("HEAD~1")) == repository.commit("HEAD~1")
    assert set(read(repository)) == {"c.yaml", "sub/b.yaml", ".gitattributes"}
    assert [one.path for one in repository.log("c.yaml")] == ["c.yaml", "a.yaml"]
    for wrong in ("nowhere", "--upload-pack=x", "ext::sh"):
        told(lambda revision=wrong: repository.commit(revision))  # type: ignore[misc]


def written(folder: Path) -> dict[str, tuple[int, int]]:
    """All files of a repository as they are on disk."""
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*") if path.is_file()}


def test_settings_hooks_and_attributes_of_a_repository_run_nothing(hostile: Folder, tmp_path: Path) -> None:
    hostile.write("c.yaml", "changed and not staged\n")  # the index is stale: what refreshes it would write
    before = written(hostile.root)
    everything(Repository.around(hostile.root))
    assert not (tmp_path / "marker").exists(), (tmp_path / "marker").read_text(encoding="utf-8")
    assert written(hostile.root) == before


def test_the_marker_of_these_tests_would_appear(hostile: Folder, tmp_path: Path) -> None:
    """A test of the tests: git without our care runs what the repository says."""
    hostile.git("log", "-p", "--ext-diff", "--", "c.yaml")
    assert (tmp_path / "marker").exists()


@pytest.mark.parametrize(
    "url", ["ssh://host/x", "file://{origin}", "{origin}", "ext::{evil} %S", "http://127.0.0.1:1/"]
)
def test_what_is_missing_in_a_partial_clone_is_not_fetched(hostile: Folder, tmp_path: Path, url: str) -> None:
    """Neither with the programs that the clone's settings name, nor from the origin at all."""
    repository = Repository.around(hostile.root)
    blob = repository.tree(repository.commit("HEAD"))["c.yaml"]
    origin = tmp_path / "origin.git"
    hostile.git("clone", "-q", "--bare", "--no-local", str(hostile.root), str(origin))
    stored = hostile.root / ".git" / "objects" / blob[:2] / blob[2:]
    stored.chmod(0o600)
    stored.unlink()
    evil = str(tmp_path / "evil.sh")
    (tmp_path / "marker").unlink(missing_ok=True)
    for name, value in {"core.repositoryFormatVersion": "1", "extensions.partialClone": "origin",
                        "remote.origin.promisor": "true", "remote.origin.partialCloneFilter": "blob:none",
                        "remote.origin.url": url.format(origin=origin, evil=evil),
                        "remote.origin.uploadpack": evil, "remote.origin.fetch": "+refs/heads/*:refs/remotes/o/*",
                        "protocol.ssh.allow": "always", "protocol.http.allow": "always"}.items():  # fmt: skip
        hostile.git("config", name, value)
    before = written(hostile.root)
    assert "cannot read the object" in told(lambda: list(repository.blobs([blob])))
    assert not (tmp_path / "marker").exists(), (tmp_path / "marker").read_text(encoding="utf-8")
    assert written(hostile.root) == before


def test_a_remote_helper_is_not_called(hostile: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository.around(hostile.root)
    blob = repository.tree(repository.commit("HEAD"))["c.yaml"]
    (hostile.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    shutil.copy(tmp_path / "evil.sh", tmp_path / "git-remote-evil")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "marker").unlink(missing_ok=True)
    for name, value in {"core.repositoryFormatVersion": "1", "extensions.partialClone": "origin",
                        "remote.origin.promisor": "true", "remote.origin.url": "evil::x",
                        "remote.origin.vcs": "evil"}.items():  # fmt: skip
        hostile.git("config", name, value)
    told(lambda: list(repository.blobs([blob])))
    assert not (tmp_path / "marker").exists()


def test_universal_time_is_written_as_older_versions_of_git_do() -> None:
    log = b"\x01" + b"a" * 40 + b"\x002026-03-01T12:00:00Z\x00Ann\x00First\x00\n:000000 100644 0 1 A\x00a.yaml\x00"
    assert [one.date for one in git._commits(log)] == ["2026-03-01T12:00:00+00:00"]
