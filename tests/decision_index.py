"""The index of docs/decisions; `python -m tests.decision_index` writes it."""

from __future__ import annotations

from pathlib import Path

DECISIONS = Path(__file__).parent.parent / "docs" / "decisions"
INDEX = DECISIONS / "README.md"
HEAD = """\
# Decisions

Each record has a context, a decision and its consequence. A new one takes a free number; `make docs` writes this list.

"""


def index() -> str:
    """Return the index of the records, by number."""
    records = sorted(path for path in DECISIONS.glob("*.md") if path != INDEX)
    titles = [(path.name, path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")) for path in records]
    return HEAD + "".join(f"- [{title}]({name})\n" for name, title in titles)


if __name__ == "__main__":
    INDEX.write_text(index(), encoding="utf-8")
