"""Real repositories for tests, without settings of the user, with an identity and dates of their own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

IDENTITY = {
    "GIT_AUTHOR_NAME": "Ann Author", "GIT_AUTHOR_EMAIL": "ann@example.org", "GIT_COMMITTER_NAME": "Ann Author",
    "GIT_COMMITTER_EMAIL": "ann@example.org", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
}  # fmt: skip
"""For the environment of every call of git."""


class Folder:
    """A folder that git works in; commits are an hour apart, the first at noon of 1 March 2026 (UTC)."""

    def __init__(self, root: Path, *init: str) -> None:
        self.root = root
        self.commits = 0
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", *init)

    def git(self, *args: str, **environment: str) -> str:
        """Run git here; what it prints, without white space around."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ["git", "-C", str(self.root), *args], env=env | IDENTITY | environment, check=True, capture_output=True,
        )  # fmt: skip
        return os.fsdecode(done.stdout).strip()

    def write(self, path: str, text: str) -> Path:
        """Write a file; folders above it are made."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
        return file

    def commit(self, message: str = "change") -> str:
        """Commit all that is there; the full id."""
        date = f"2026-03-{1 + (12 + self.commits) // 24:02}T{(12 + self.commits) % 24:02}:00:00+00:00"
        self.commits += 1
        self.git("add", "-A")
        self.git(
            "commit", "-q", "--allow-empty", "--allow-empty-message", "-m", message,
            GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date,
        )  # fmt: skip
        return self.git("rev-parse", "HEAD")
