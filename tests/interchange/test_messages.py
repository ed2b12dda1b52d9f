"""What import and export say, kept as snapshots: reports, explanations, and every error with its way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.conftest import EXAMPLES, CommandLine
from tests.interchange.test_cjml import ENTITIES, GENERATED, LIBRARY, UNQUOTED
from tests.interchange.test_foreign import LIBRARY as TABLES
from tests.interchange.test_foreign import TRAM
from tests.interchange.test_into import MAP
from tests.interchange.test_mermaid import ROUTER
from tests.interchange.test_milestones import WORKSPACE

Keep = Callable[[str, str], None]
FILES = {
    "tram.csv": TRAM, "router.mmd": ROUTER, "library.xml": LIBRARY, "generated.xml": GENERATED, "tables.md": TABLES,
    "workspace.md": WORKSPACE, "m.journey.yaml": MAP, "unquoted.xml": UNQUOTED, "entities.xml": ENTITIES,
    "headers.csv": "Cost,Colour\n1,red\n", "one.csv": "Stage,Touchpoint\nStart,I call\n", "empty.csv": "",
    "binary.csv": "\0\x01\x02", "broken.json": '{"title": ', "other.json": '{"a": 1}', "broken.xml": "<CJML><a></CJML>",
    "moved.csv": "Stage,Id,Touchpoint\nBefore,wait,I wait\nLater,i-call-the-help-desk,I ring them\nLater,,I pay\n",
}  # fmt: skip

SAID: dict[str, list[Sequence[str]]] = {
    "reports": [
        ["import", "tram.csv", "--dry-run"], ["import", "tables.md", "--dry-run"],
        ["import", "router.mmd", "-o", "r.yaml"],
        ["import", "library.xml", "--dry-run"], ["import", "workspace.md", "--dry-run"],
        ["import", "tram.csv", "--explain"], ["import", "tables.md", "--from", "markdown", "--explain"],
        ["import", "moved.csv", "--into", "m.journey.yaml", "--diff"],
        ["export", "m.journey.yaml", "--to", "mermaid", "-o", "-"],
        ["export", "m.journey.yaml", "--to", "csv", "-o", "-"],
        ["export", "example.yaml", "--to", "enablement-map", "-o", "e.yaml"],
    ],
    "errors": [
        ["import", "nothing.csv"], ["import", "."], ["import", "headers.csv"], ["import", "one.csv"],
        ["import", "empty.csv"],
        ["import", "binary.csv"], ["import", "broken.json"], ["import", "other.json"], ["import", "broken.xml"],
        ["import", "unquoted.xml"], ["import", "entities.xml"], ["import", "tram.csv", "--from", "exel"],
        ["import", "tram.csv", "--map", "Pain Point=wy"], ["import", "tram.csv", "--map", "Pain Point"],
        ["import", "library.xml", "--persona", "Zoe"], ["import", "workspace.md", "--persona", "Zoe"],
        ["import", "tram.csv", "-o", "m.journey.yaml"], ["import", "tram.csv", "--diff"],
        ["import", "tram.csv", "--into", "no.yaml"], ["export", "m.journey.yaml", "--to", "drawio"],
        ["export", "m.journey.yaml", "--to", "bpmn", "--no-bom"], ["export", "tram.csv", "--to", "json"],
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", SAID)
def test_what_is_said(cli: CommandLine, snapshot: Keep, kind: str) -> None:
    for name, text in FILES.items():
        cli.write(name, text)
    cli.write("example.yaml", (EXAMPLES / "plumber-visit.journey.yaml").read_text(encoding="utf-8"))
    said = []
    for args in SAID[kind]:
        before = {path.name for path in cli.folder.iterdir()}
        done = cli(*args)
        out = done.out.removeprefix("\ufeff").replace("\r\n", "\n")
        said.append(f"$ journeykit {' '.join(args)}\n{out}{done.err}[{done.status}]\n")
        if kind == "errors":
            assert done.status == 2 or args[0] == "export"
            assert {path.name for path in cli.folder.iterdir()} == before
    snapshot(f"interchange-{kind}.txt", "\n".join(said))
