"""Commands that measure nothing import no engine, also where the settings have sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import EXAMPLES
from tests.test_start_up import loaded

SETTINGS = '[data.tickets]\npreset = "zendesk"\nurl = "gone.csv"\n'


@pytest.mark.parametrize("command", ["validate", "score"])
def test_no_engine_is_imported(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.journey.yaml").write_bytes((EXAMPLES / "smallest.journey.yaml").read_bytes())
    (tmp_path / "journeykit.toml").write_text(SETTINGS, encoding="utf-8")
    status, modules = loaded(tmp_path, command, "a.journey.yaml")
    assert status == 0
    assert not {"duckdb", "journeykit.data.engines", "journeykit.data.counting"} & modules
