"""Maps in the style of other tools and authors get the advice that helps them, and nothing that makes no sense to them.

Each file in `tests/data/foreign_maps` lists in the comment at its top which rules find something. Whoever changes a
rule reads what it now finds as the author of the map would.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from journeykit.linting import lint
from journeykit.reading import read_file

MAPS = sorted(Path(__file__).parents[1].joinpath("data", "foreign_maps").glob("*.journey.yaml"))


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.name.partition(".")[0])
def test_what_is_found_in_a_map_of_others(path: Path) -> None:
    document = read_file(path)
    assert document.findings == ()
    comment = re.match(r"# finds: ((?:.*\n)(?:#   .*\n)*)", document.source.text)
    assert comment
    expected = set(re.findall(r"[a-z][a-z-]+", comment[1]))
    found = {finding.rule for finding in lint(document, today=date(2026, 6, 1)).findings}
    assert found == expected, f"does it help the author of {path.name}? then the comment at its top lists it"
