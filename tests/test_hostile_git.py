"""A repository whose own git settings name programs, or whose `.git` is odd or damaged: nothing of it is run."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import CommandLine
from tests.repositories import IDENTITY, Folder
from tests.test_hostile_repository import JOURNEY

PROGRAMS = """\
[core]
\tfsmonitor = {run} core.fsmonitor
\thooksPath = {hooks}
\tpager = {run} core.pager
\teditor = {run} core.editor
\taskPass = {run}
\tsshCommand = {run} core.sshCommand
\tgitProxy = {run}
\talternateRefsCommand = {run} core.alternateRefsCommand
\tattributesFile = {attributes}
\trepositoryFormatVersion = 1
[extensions]
\tpartialClone = origin
[remote "origin"]
\turl = ext::{run} remote.url
\tpromisor = true
\tpartialCloneFilter = blob:none
\tuploadpack = {run} remote.uploadpack
\tvcs = {run}
[remote "local"]
\turl = {elsewhere}
\tpromisor = true
\tuploadpack = {run} uploadpack
[protocol]
\tallow = always
[protocol "ext"]
\tallow = always
[protocol "file"]
\tallow = always
[uploadpack]
\tpackObjectsHook = {run} uploadpack.packObjectsHook
[diff]
\texternal = {run} diff.external
\torderFile = {attributes}
[diff "evil"]
\tcommand = {run} diff.command
\ttextconv = {run} diff.textconv
\tcachetextconv = true
[diff "journeykit"]
\tcommand = {run} diff.journeykit.command
\ttextconv = {run} diff.journeykit.textconv
[filter "evil"]
\tclean = {run} filter.clean
\tsmudge = {run} filter.smudge
\tprocess = {run} filter.process
\trequired = true
[merge]
\ttool = evil
\tconflictStyle = diff3
[merge "evil"]
\tdriver = {run} merge.driver
[mergetool "evil"]
\tcmd = {run} mergetool.cmd
[difftool "evil"]
\tcmd = {run} difftool.cmd
[gpg]
\tprogram = {run}
[gpg "ssh"]
\tprogram = {run}
\tdefaultKeyCommand = {run} gpg.ssh.defaultKeyCommand
[gpg "x509"]
\tprogram = {run}
[log]
\tshowSignature = true
[format]
\tpretty = %G? %GG %H
[pager]
\tlog = {run} pager.log
\tconfig = {run} pager.config
\trev-parse = {run} pager.rev-parse
\tls-tree = {run} pager.ls-tree
\tcat-file = {run} pager.cat-file
[color]
\tui = always
[credential]
\thelper = !{run} credential.helper
[sequence]
\teditor = {run} sequence.editor
[interactive]
\tdiffFilter = {run} interactive.diffFilter
[alias]
\tlog = !{run} alias.log
\trev-parse = !{run} alias.rev-parse
\tcat-file = !{run} alias.cat-file
\tls-tree = !{run} alias.ls-tree
\tconfig = !{run} alias.config
\tmerge-file = !{run} alias.merge-file
\tmerge-base = !{run} alias.merge-base
[hook "evil"]
\tcommand = {run} hook.command
\tevent = post-index-change
\tevent = reference-transaction
"""
"""Settings of git that name programs; each says on its call which it was."""
HOOKS = (
    "fsmonitor-watchman",
    "post-index-change",
    "reference-transaction",
    "post-checkout",
    "pre-commit",
    "post-merge",
)
COMMANDS = [
    "validate", "lint --no-plugins", "lint --fix", "lint --write-baseline", "score", "low-points", "opportunities",
    "show a.journey.yaml", "fmt", "render", "render --overlay", "rules", "explain", "schema", "channels", "feelings",
    "history", "history -", "history a.journey.yaml", "history a.journey.yaml --chart h.svg", "diff HEAD~1",
    "diff HEAD~2...HEAD", "diff HEAD~2..HEAD", "diff HEAD~1 --output-format markdown", "lint --diff",
    "git-textconv a.journey.yaml", "git-merge a.journey.yaml a.journey.yaml b.journey.yaml", "git-setup --check",
    "git-setup", "git-setup --undo", "init new.journey.yaml",
]  # fmt: skip


def programs(folder: Path, configuration: Path) -> Path:
    """Write git settings that name programs into a configuration; return the file that the programs would write."""
    log = folder / "ran"
    run = folder / "run"
    run.write_text(f'#!/bin/sh\necho "$0 $@" >> {log}\nexit 1\n')
    run.chmod(0o755)
    hooks = folder / "hooks"
    hooks.mkdir()
    for name in HOOKS:
        shutil.copy(run, hooks / name)
    (folder / "git-remote-evil").write_text(run.read_text())
    attributes = folder / "attributes"
    attributes.write_text("* diff=evil filter=evil merge=evil\n")
    Folder(folder / "elsewhere").commit()
    with configuration.open("a") as stream:
        stream.write(
            PROGRAMS.format(run=run, hooks=hooks, attributes=attributes, elsewhere=folder / "elsewhere" / ".git")
        )
    return log


def sign(repository: Folder) -> None:
    """Give the newest commit something that looks like a signature, which git would have checked by a program."""
    text = repository.git("cat-file", "commit", "HEAD")
    head, _, message = text.partition("\n\n")
    signed = f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n AAAA\n -----END PGP SIGNATURE-----\n\n{message}\n"
    file = repository.root / ".git" / "signed"
    file.write_text(signed)
    repository.git("reset", "-q", "--soft", repository.git("hash-object", "-t", "commit", "-w", str(file)))


def history(root: Path) -> Folder:
    """A repository with three versions of two journeys, the last one signed."""
    repository = Folder(root)
    for feeling in ("frustrated", "angry", "tense"):
        repository.write("a.journey.yaml", JOURNEY.replace("frustrated", feeling))
        repository.write("b.journey.yaml", JOURNEY.replace("relieved", feeling))
        repository.write(".gitattributes", "* diff=evil filter=evil merge=evil\n")
        repository.commit(feeling)
    sign(repository)
    return repository


def test_no_program_is_run_that_the_settings_of_a_repository_name(
    cli: CommandLine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repository = history(cli.folder)
    blob = repository.git("rev-parse", "HEAD~2:b.journey.yaml")
    log = programs(tmp_path_factory.mktemp("evil"), cli.folder / ".git" / "config")
    hooks = cli.folder / ".git" / "hooks"
    shutil.rmtree(hooks, ignore_errors=True)
    shutil.copytree(log.parent / "hooks", hooks)
    (cli.folder / ".git" / "info").mkdir(exist_ok=True)
    shutil.copy(log.parent / "attributes", cli.folder / ".git" / "info" / "attributes")
    # git itself does run them, so that the test can fail
    subprocess.run(["git", "-C", cli.folder, "log", "-p", "-1"], env=os.environ | IDENTITY, capture_output=True)
    assert log.is_file()
    log.unlink()
    for missing in (False, True):
        if missing:  # of a partial clone, which git would fetch
            (cli.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
        for command in COMMANDS:
            done = cli(*command.split())
            assert "internal error" not in done.err, (command, done.err)
            assert done.status in (0, 1, 2), command
            assert not log.exists(), (command, log.read_text())
            if not missing and command.startswith(("history", "diff")) and command[-1] != "-":
                assert done.status in (0, 1), (command, done.err)


def test_a_bare_repository_within_a_clone_runs_nothing(
    cli: CommandLine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Files of a commit can make a folder that git takes for a repository with its own settings."""
    Folder(cli.folder).commit()
    other = history(tmp_path_factory.mktemp("other"))
    bare = cli.folder / "maps"
    other.git("clone", "-q", "--bare", str(other.root), str(bare))
    log = programs(tmp_path_factory.mktemp("evil"), bare / "config")
    for name in ("a.journey.yaml", "b.journey.yaml"):
        shutil.copy(other.root / name, bare / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(bare)
        for name, value in IDENTITY.items():
            patch.setenv(name, value)
        for command in COMMANDS:
            done = cli(*command.split())
            assert done.status in (0, 1, 2), (command, done.err)
            assert "internal error" not in done.err, (command, done.err)
            assert not log.exists(), (command, log.read_text())


def damage(root: Path, kind: str) -> None:
    """Damage a repository."""
    git = root / ".git"
    if kind == "no HEAD":
        (git / "HEAD").unlink()
    elif kind == "HEAD is a loop":
        (git / "HEAD").write_text("ref: HEAD\n")
    elif kind == "a broken ref":
        (git / "refs" / "heads" / "main").write_bytes(b"\0" * 41)
    elif kind == "a link to itself":
        shutil.rmtree(git)
        git.symlink_to(".git")
    elif kind == "a pipe":
        shutil.rmtree(git)
        os.mkfifo(git)
    elif kind == "a file that leads nowhere":
        shutil.rmtree(git)
        git.write_text("gitdir: ../nowhere/\x1b[2J\n")
    elif kind == "a file that leads to itself":
        shutil.rmtree(git)
        git.write_text("gitdir: .git\n")
    elif kind == "an empty folder":
        shutil.rmtree(git)
        git.mkdir()
    elif kind == "objects cut":
        for file in (git / "objects").rglob("*"):
            if file.is_file():
                file.chmod(0o644)
                file.write_bytes(file.read_bytes()[:10])
    elif kind == "objects gone":
        shutil.rmtree(git / "objects")
    elif kind == "alternates that lead in circles":
        (git / "objects" / "info").mkdir(exist_ok=True)
        (git / "objects" / "info" / "alternates").write_text(f"{git}/objects\n../objects\n/dev/zero\n/nowhere\x1b[2J\n")
    elif kind == "a config that includes itself":
        (git / "config").write_text((git / "config").read_text() + "[include]\n\tpath = config\n")
    elif kind == "a config that is none":
        (git / "config").write_bytes(b"[\x1b[2J\xff\n")
    else:
        (git / "config").write_text((git / "config").read_text() + "[extensions]\n\tobjectformat = md5\n")


KINDS = [
    "no HEAD", "HEAD is a loop", "a broken ref", "a link to itself", "a pipe", "a file that leads nowhere",
    "a file that leads to itself", "an empty folder", "objects cut", "objects gone", "alternates that lead in circles",
    "a config that includes itself", "a config that is none", "an unknown format",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_repository_is_an_error_with_words(cli: CommandLine, kind: str) -> None:
    repository = history(cli.folder)
    damage(repository.root, kind)
    for command in ("validate", "score", "lint", "render", "fmt"):  # these need no git
        assert cli(*command.split()).status in (0, 1), command
    for command in ("diff HEAD~1", "diff HEAD~2..HEAD", "history", "git-setup --check", "git-setup"):
        done = cli(*command.split())
        assert done.status in (0, 1, 2), (command, done.err)
        assert "internal error" not in done.err, (command, done.err)
        assert "\x1b" not in done.err + done.out, (command, done.err)
        assert done.status != 2 or done.err, command


@pytest.mark.parametrize(
    "name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE",
             "GIT_PREFIX", "GIT_TRACE", "GIT_ICASE_PATHSPECS", "GIT_EXTERNAL_DIFF", "GIT_PAGER"],
)  # fmt: skip
def test_variables_that_a_hook_inherits_change_nothing(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    history(cli.folder)
    before = cli("diff", "HEAD~2..HEAD", "--output-format", "json")
    for value in ("/nowhere", "1", ""):
        monkeypatch.setenv(name, value)
        assert cli("diff", "HEAD~2..HEAD", "--output-format", "json") == before


def test_a_repository_of_somebody_else_is_said(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    history(cli.folder)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    assert cli("score").status == 0
    done = cli("diff", "HEAD~1")
    assert done.status == 2
    assert "belongs to somebody else" in done.err and "safe.directory" in done.err


def test_a_submodule_is_a_repository_of_its_own(cli: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> None:
    inner = history(tmp_path_factory.mktemp("inner"))
    log = programs(tmp_path_factory.mktemp("evil"), inner.root / ".git" / "config")
    outer = Folder(cli.folder)
    outer.write("c.journey.yaml", JOURNEY)
    outer.commit()
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.root), "maps")
    with (cli.folder / ".gitmodules").open("a") as stream:
        stream.write(f'[submodule "maps"]\n\tupdate = !{log.parent / "run"}\n')
    outer.commit()
    shutil.copy(inner.root / ".git" / "config", cli.folder / ".git" / "modules" / "maps" / "config")
    log.unlink(missing_ok=True)
    for command in COMMANDS:
        assert cli(*command.split()).status in (0, 1, 2), command
    assert not log.exists(), log.read_text()
