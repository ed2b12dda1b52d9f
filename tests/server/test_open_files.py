"""What the server does where a client over stdio cannot bring it."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

pytest.importorskip("pygls", reason="the language server is an extra")

from pygls.lsp.server import LanguageServer

from journeykit.server import open_files


def test_an_error_of_ours_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Any) -> None:
        raise KeyError("feeling")

    said: list[str] = []
    text = SimpleNamespace(version=1, source="title: T\n")
    server = SimpleNamespace(
        workspace=SimpleNamespace(get_text_document=lambda _: text, position_encoding=None),
        window_show_message=lambda params: said.append(params.message),
        text_document_publish_diagnostics=lambda _: None,
    )
    monkeypatch.setattr(open_files, "diagnostics", broken)
    table = open_files.OpenFiles(cast("LanguageServer", server))

    async def typing() -> None:
        for text.version in (1, 2):
            table.publish_later("file:///a.journey.yaml")
            await asyncio.sleep(0.01)

    asyncio.run(typing())
    assert said == ["journeykit: internal error: KeyError: 'feeling'\njourneykit lint says more"]
