"""A desk with files on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from journeykit.editing.desk import Desk
from journeykit.editing.grounds import Grounds
from journeykit.project import Project
from tests.websites.conftest import TODAY

MAP = """\
# the map of a call
title: I get help   # said by the customer
persona: Anna
scale: 1..5
touchpoints:
  # the first contact
  - id: call
    title: I call  # on the phone
    satisfaction: 2
    pains: [the queue, the music]

  - I wait: sad

  - {id: visit, title: "Somebody comes", feeling: [happy, relieved]}
opportunities:
  - title: Call back
    at: [call, i-wait]
    target: {call: 4}
"""


class Edited:
    """A file on a desk."""

    def __init__(self, folder: Path, text: str = MAP, **options: Any) -> None:
        self.file = folder / "a.journey.yaml"
        self.file.write_bytes(text.encode())
        self.desk = desk_of(folder, **options)

    @property
    def text(self) -> str:
        return self.file.read_bytes().decode()

    def act(self, *acts: dict[str, Any], version: str = "") -> dict[str, Any]:
        return self.desk.act(self.file, version, acts)

    def state(self) -> dict[str, Any]:
        return self.desk.state(self.file)


def desk_of(folder: Path, **options: Any) -> Desk:
    project = replace(Project.find(folder), today=TODAY, cache=False)
    return Desk(project, Grounds((folder,)), **options)


Edit = Callable[..., Edited]


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    def open_file(text: str = MAP, **options: Any) -> Edited:
        return Edited(tmp_path, text, **options)

    return open_file
