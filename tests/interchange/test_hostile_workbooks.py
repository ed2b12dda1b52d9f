"""Workbooks that are damaged, protected, too large or meant to do harm: a clear message, and nothing is written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

import pytest

from journeykit.interchange import named_format
from journeykit.interchange.exported import export
from journeykit.interchange.sheets import book
from journeykit.reading import load
from tests.conftest import EXAMPLES, CommandLine

Change = Callable[[str, bytes], bytes | None]


@cache
def good() -> bytes:
    return export(load(EXAMPLES / "smallest.journey.yaml"), named_format("xlsx")).data


def changed(change: Change, more: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook with other parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return target.getvalue()


def same(name: str, content: bytes) -> bytes:
    del name
    return content


def nothing(name: str, content: bytes) -> None:
    del name, content


def in_sheet(text: bytes) -> Change:
    return lambda name, content: (
        content.replace(b"</sheetData>", text + b"</sheetData>") if "sheet2" in name else content
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
FILES: Mapping[str, tuple[bytes, str]] = {
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "old": (OLE, "save it as .xlsx"),
    "cut off": (good()[:2000], "damaged"),
    "no workbook": (changed(lambda name, content: None if name == "xl/workbook.xml" else content), "no workbook"),
    "macros": (changed(same, {"xl/vbaProject.bin": b"x"}), "macros"),
    "entities": (changed(lambda n, c: ENTITY + c if n == "xl/sharedStrings.xml" else c), "entities"),
    "one cell far away": (changed(in_sheet(FAR)), "more than 3,000,000 cells"),
    "a bomb": (changed(same, {"xl/media/a.bin": bytes(book.MOST_UNPACKED + 1)}), "unpacks to more"),
    "opendocument": (changed(nothing, {"content.xml": b"<a/>"}), "OpenDocument"),
    "no xml": (changed(lambda n, c: b"<<<" if "sheet2" in n or n.endswith("workbook.xml") else c), "damaged"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "format is not known"),
    "a pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)), "format is not known"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused_with_a_reason(cli: CommandLine, name: str) -> None:
    data, reason = FILES[name]
    (cli.folder / "map.xlsx").write_bytes(data)
    done = cli("import", "map.xlsx")
    assert (done.status, done.out) == (2, "")
    assert reason in done.err
    assert "internal" not in done.err
    assert [path.name for path in cli.folder.iterdir()] == ["map.xlsx"]


def test_a_file_of_200_mebibytes_is_not_read_to_its_end(cli: CommandLine) -> None:
    with (cli.folder / "map.csv").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    done = cli("import", "map.csv")
    assert (done.status, done.out) == (2, "")
    assert "map.csv: larger than 16 MiB" in done.err


def test_cells_that_share_one_long_text_are_counted(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "MOST_TEXT", 100)
    (cli.folder / "map.xlsx").write_bytes(good())
    assert "unpacks to more" in cli("import", "map.xlsx").err


def test_without_the_library_the_way_to_get_it_is_said(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    (cli.folder / "map.xlsx").write_bytes(good())
    cli.write("a.journey.yaml", (EXAMPLES / "smallest.journey.yaml").read_text(encoding="utf-8"))
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    for args in (["import", "map.xlsx"], ["export", "a.journey.yaml", "--to", "xlsx"], ["init", "--workbook"]):
        done = cli(*args)
        assert done.status == 2
        assert "pip install 'journeykit[sheets]'" in done.err
