"""The tools that journeykit is measured against: their programs, and the commands for the same work."""

import json
import platform
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "peers"
MODULES = FOLDER / "node_modules"
# Chromium must not go online or look for a display while it is measured; no sandbox, for it may run as root.
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# yamllint's default rules but the two that a journey file breaks by design: nothing is left to print.
YAMLLINT = "{extends: default, rules: {line-length: disable, document-start: disable}}"


@dataclass(frozen=True)
class Peer:
    """A tool, the command that installs it, and the program if it is here."""

    name: str
    install: str
    program: Path | None


def find(name: str) -> Path | None:
    """Return a program beside this interpreter, among the peers' own modules, or on the PATH."""
    for folder in (Path(sys.executable).parent, MODULES / ".bin"):
        if (program := folder / name).exists():
            return program
    found = shutil.which(name)
    return Path(found) if found else None


def _native_jsonschema() -> Path | None:
    """Sourcemeta's program itself, for its npm wrapper would add the start of node to it.

    Not looked for on the PATH: a Python package and others have a command of the same name.
    """
    machine = {"amd64": "x86_64", "aarch64": "arm64"}.get(platform.machine().lower(), platform.machine().lower())
    name = f"jsonschema-{platform.system().lower()}-{machine}"
    program = MODULES / "@sourcemeta" / "jsonschema" / "build" / "github-releases" / name
    return program if program.exists() else None


def chromium() -> str | None:
    """Return the browser that mermaid-cli draws with."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


def peers() -> dict[str, Peer]:
    """Return all peers by name, whether they are here or not."""
    npm = f"npm install --prefix benchmarks/{FOLDER.name}"
    found = [
        Peer("check-jsonschema", "pip install check-jsonschema", find("check-jsonschema")),
        Peer("v8r", f"{npm} v8r", find("v8r")),
        Peer("spectral", f"{npm} @stoplight/spectral-cli", find("spectral")),
        Peer("yamllint", "pip install yamllint", find("yamllint")),
        Peer("ajv-cli", f"{npm} ajv-cli", find("ajv")),
        Peer("sourcemeta jsonschema", f"{npm} @sourcemeta/jsonschema", _native_jsonschema()),
        Peer("mermaid-cli", f"{npm} @mermaid-js/mermaid-cli, and Chromium", find("mmdc") if chromium() else None),
    ]
    return {peer.name: peer for peer in found}


def reading(peer: Peer, schema: Path, files: Sequence[Path]) -> tuple[str, ...]:
    """Return what a peer is called with, in the folder of the files, to check them; `schema` is journeykit's own.

    Raises KeyError for a peer that does not read journeys.
    """
    program, names = str(peer.program), [file.name for file in files]
    told: dict[str, tuple[str, ...]] = {
        "check-jsonschema": (program, "--schemafile", str(schema), *names),
        "v8r": (program, "--schema", str(schema), *names),
        "spectral": (program, "lint", "--quiet", "--ruleset", str(schema.with_name("spectral.json")), *names),
        "yamllint": (program, "--config-data", YAMLLINT, *names),
        "ajv-cli": (program, "validate", "--strict=false", "-s", str(schema), *_each("-d", names)),
        "sourcemeta jsonschema": (program, "validate", str(schema), *names),
    }
    return told[peer.name]


def _each(option: str, values: Sequence[str]) -> list[str]:
    return [word for value in values for word in (option, value)]


def write_schema(text: str, folder: Path) -> Path:
    """Write the schema, and beside it a ruleset that has spectral check against it; the schema's path."""
    schema = folder / "schema.json"
    schema.write_text(text, encoding="utf-8")
    check = {"function": "schema", "functionOptions": {"schema": json.loads(text)}}
    rules = {"rules": {"journey": {"given": "$", "severity": "error", "then": check}}}
    (folder / "spectral.json").write_text(json.dumps(rules), encoding="utf-8")
    return schema


def drawing(peer: Peer, source: Path, picture: Path, scratch: Path) -> tuple[str, ...]:
    """Return what mermaid-cli is called with. Its fonts are not embedded, as ours are not; that makes it quicker.

    A `.md` source holds several charts, which one browser draws one after the other.
    """
    config = scratch / "puppeteer.json"
    config.write_text(json.dumps({"executablePath": chromium(), "args": CHROMIUM}), encoding="utf-8")
    told = ("--quiet", "--no-font-embed", "-p", str(config), "-i", str(source), "-o", str(picture))
    return (str(peer.program), *told)
