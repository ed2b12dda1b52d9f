"""The JSON Schema under the checks of SchemaStore: Ajv in strict mode, and files as js-yaml reads them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from journeykit.model.json_schema import FILE
from tests.cli.specimen import FULL, UNRATED
from tests.conftest import EXAMPLES, ROOT
from tests.readers.test_readers import PACKAGES
from tests.test_schema import ACCEPTED_ONLY, BROKEN, GOOD, LIMITS

SCHEMA = ROOT / "src" / "journeykit" / "model" / FILE
SCRIPT = Path(__file__).with_name("schemastore.mjs")
UNREADABLE = "a key or an answer that is given twice"
"""What js-yaml itself refuses."""


def taken(schema: Path, texts: list[str], folder: Path) -> list[bool]:
    node = shutil.which("node")
    if node is None or not all((PACKAGES / "node_modules" / one).is_dir() for one in ("ajv", "ajv-formats", "js-yaml")):
        pytest.skip("node or ajv is not installed: make test-readers")
    data = folder / "texts.json"
    data.write_text(json.dumps(texts), encoding="utf-8")
    done = subprocess.run(
        [node, SCRIPT, PACKAGES, schema, data],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    answers: list[bool] = json.loads(done.stdout)
    return answers


def test_ajv_takes_what_is_good_and_refuses_what_is_broken(tmp_path: Path) -> None:
    good = [FULL, UNRATED, GOOD, *(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.yaml")))]
    assert any("updated: 2026" in text for text in good), "js-yaml makes a Date of it"
    good += [text for what, text in ACCEPTED_ONLY.items() if what != UNREADABLE]
    bad = [text for text, _, _ in (*BROKEN.values(), *LIMITS.values())]
    assert taken(SCHEMA, good, tmp_path) == [True] * len(good)
    assert taken(SCHEMA, bad, tmp_path) == [False] * len(bad)


def test_the_text_of_the_schema_is_what_schemastore_asks_for() -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(dict(pairs)) == len(pairs), pairs
        return dict(pairs)

    raw = SCHEMA.read_bytes()
    assert raw.startswith(b"{"), "no byte order mark"
    schema = json.loads(raw, object_pairs_hook=once)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#", "newer drafts are refused"
    assert schema["$id"].startswith("https://")
    used = json.dumps(schema)
    for name in schema["definitions"]:
        assert f'"#/definitions/{name}"' in used, f"nothing refers to {name}"
