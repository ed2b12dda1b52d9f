"""What the two versions are called in a chart of `diff`."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import CommandLine

TEXT = "title: {title}\npersona: Ann\ntouchpoints:\n- I call: {feeling}\n- It works: happy\n"


def names(cli: CommandLine, *titles: str) -> str:
    for file, title, feeling in zip("ab", titles, ("angry", "calm"), strict=True):
        cli.write(f"{file}.yaml", TEXT.format(title=title, feeling=feeling))
    assert cli("diff", "a.yaml", "b.yaml", "--chart", "c.svg").status == 0
    return Path(cli.folder / "c.svg").read_text(encoding="utf-8")


def test_files_are_called_by_their_titles_where_these_differ(cli: CommandLine) -> None:
    picture = names(cli, "As it is", "As it shall be")
    assert ">As it is<" in picture and ">As it shall be<" in picture and "a.yaml" not in picture


def test_files_of_one_title_are_called_by_their_names(cli: CommandLine) -> None:
    picture = names(cli, "The same", "The same")
    assert ">a.yaml<" in picture and ">b.yaml<" in picture
