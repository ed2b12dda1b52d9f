"""docs/rules says what the rules say."""

from __future__ import annotations

import re

from tests.rule_pages import FOLDER, pages


def test_the_pages_of_the_rules_are_fresh() -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")} == pages(), "run `make docs`"


def test_every_link_of_the_index_leads_to_a_heading() -> None:
    made = pages()
    links = re.findall(r"\]\((\w+\.md)#([\w-]+)\)", made["README.md"])
    assert len(links) > 50
    assert [(page, rule) for page, rule in links if f"\n## {rule}\n" not in made[page]] == []
