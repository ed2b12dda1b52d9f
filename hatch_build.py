"""What a package says of the repository that it is built from: its addresses, and a README whose links work elsewhere.

The repository is named when a package is built, by `JOURNEYKIT_REPOSITORY` (the release workflow does it), so that a
copy of the repository releases packages that lead to the copy. `JOURNEYKIT_CONTACT` is an address for mail, if there is
one. Without a repository the README of the package has the texts of its relative links, which would lead nowhere.

The distribution `journeykit` (in complete/) is `journeykit-core` with the packages for pictures: the same version,
texts, program and extras.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

REPOSITORY, CONTACT = "JOURNEYKIT_REPOSITORY", "JOURNEYKIT_CONTACT"
PICTURES = "pictures"
"""The extra of the light distribution that the complete one always brings."""
OF_THE_CHECKOUT = ("browser", "dev")
"""Extras for those who work on the project."""
AUTHORS = "The journeykit authors"
PICTURE = re.compile(r"!\[([^\]]*)\]\((?![a-z]+:|#)([^)]+)\)")
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?![a-z]+:|#)([^)]+)\)")


class Metadata(MetadataHookInterface):
    """The metadata of a package that depend on where its repository is."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Add addresses, authors and README, except what a source distribution says already."""
        repository = os.environ.get(REPOSITORY, "").rstrip("/")
        contact = os.environ.get(CONTACT, "")
        root = Path(self.root)
        if self.config.get("complete"):
            root = root.parent
            metadata.update(
                complete(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8")), metadata["version"])
            )
        text = (root / "README.md").read_text(encoding="utf-8")
        release = f"v{metadata['version']}"
        metadata.setdefault("authors", [{"name": AUTHORS, **({"email": contact} if contact else {})}])
        metadata.setdefault("urls", addresses(repository, release))
        metadata.setdefault("readme", {"content-type": "text/markdown", "text": readme(text, repository, release)})


def complete(pyproject: dict[str, Any], version: str) -> dict[str, Any]:
    """Return the metadata of the complete distribution: those of the light one, which it needs with its pictures."""
    core = pyproject["project"]
    same = ("classifiers", "description", "keywords", "requires-python", "scripts")
    extras = [extra for extra in core["optional-dependencies"] if extra not in OF_THE_CHECKOUT]
    return {
        **{key: core[key] for key in same},
        "license": "MIT",
        "dependencies": [f"{core['name']}[{PICTURES}]=={version}"],
        "optional-dependencies": {
            extra: [f"{core['name']}[{extra}]=={version}"] for extra in extras if extra != PICTURES
        },
    }


def addresses(repository: str, release: str) -> dict[str, str]:
    """Return the links of a package's page; none if the repository is not known."""
    if not repository:
        return {}
    return {
        "Homepage": repository,
        "Documentation": f"{repository}/blob/{release}/docs/first-steps.md",
        "Changelog": f"{repository}/blob/{release}/CHANGELOG.md",
        "Issues": f"{repository}/issues",
    }


def readme(text: str, repository: str, release: str) -> str:
    """Return the README with addresses for relative links, or with their texts alone."""
    if not repository:
        return LINK.sub(r"\1", PICTURE.sub(r"*\1*", text))
    text = PICTURE.sub(rf"![\1]({repository}/raw/{release}/\2)", text)
    return LINK.sub(rf"[\1]({repository}/blob/{release}/\2)", text)
