"""The light distribution: whatever draws no PNG or PDF works where matplotlib, numpy, Pillow and fontTools are missing.

The commands run in one process, in which these packages cannot be found.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hatch_build import PICTURES, complete

from journeykit.images import ImageError, image_of
from tests.conftest import EXAMPLES, ROOT

HEAVY = ("matplotlib", "numpy", "PIL", "fontTools", "contourpy", "kiwisolver", "mpl_toolkits")
SCRIPT = """
import contextlib, importlib.machinery, io, json, sys
HEAVY = set(json.loads(sys.argv[1]))
class Light(importlib.machinery.PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] in HEAVY else super().find_spec(name, path, target)
sys.meta_path = [Light if finder is importlib.machinery.PathFinder else finder for finder in sys.meta_path]
from journeykit.__main__ import main
results = []
for command in json.loads(sys.argv[2]):
    sys.argv = ["journeykit", *command]
    out, status = io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            main()
        except SystemExit as end:
            status = end.code or 0
    results.append([status, out.getvalue()])
print(json.dumps(results))
"""
A = "my-new-job.journey.yaml"
WORKS = [
    ["validate", "."],
    ["lint", ".", "--fail-on", "error"],
    ["lint", A, "--output-format", "sarif", "--fail-on", "error"],
    ["score", "."],
    ["fmt", "--check", "."],
    ["show", A],
    ["diff", A, "my-new-job-to-be.journey.yaml", "--chart", "d.svg"],
    ["render", A, "-o", "a.svg"],
    ["render", A, "-o", "a.html"],
    ["site", A, "-o", "site"],
]
FONT = f"{A}: a font of a theme needs fontTools, which is not installed"
MATPLOTLIB = "a PNG or PDF needs matplotlib, which is not installed"
LACKS = [
    (["render", "smallest.journey.yaml", "-o", "a.png"], MATPLOTLIB),
    (["diff", A, "my-new-job-to-be.journey.yaml", "--chart", "d.png"], MATPLOTLIB),
    (["opportunities", A, "--simulate", "open", "--chart", "o.pdf"], MATPLOTLIB),
    (["site", "smallest.journey.yaml", "-o", "pictures-too", "--format", "png"], MATPLOTLIB),
    (["render", A, "-o", "own.svg", "--theme", "own.toml"], FONT),
]
"""Commands that need what is missing, and what they say."""


def run_light(folder: Path, *commands: list[str]) -> list[tuple[int, str]]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(HEAVY), json.dumps(commands)], cwd=folder, capture_output=True,
        text=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [(status, out) for status, out in json.loads(done.stdout)]


def test_all_but_png_and_pdf_work_without_what_pictures_need(tmp_path: Path) -> None:
    for path in (EXAMPLES / "pictures").iterdir():
        (tmp_path / "pictures").mkdir(exist_ok=True)
        (tmp_path / "pictures" / path.name).write_bytes(path.read_bytes())
    for path in EXAMPLES.glob("*.journey.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    shutil.copy(ROOT / "src" / "journeykit" / "drawing" / "dejavu" / "DejaVuSans.ttf", tmp_path)
    (tmp_path / "own.toml").write_text('base = "light"\n[font]\nfamily = "Own"\nregular = "DejaVuSans.ttf"\n')
    results = run_light(tmp_path, *WORKS, *(command for command, _ in LACKS))
    worked, refused = results[: len(WORKS)], results[len(WORKS) :]
    for command, (done, out) in zip(WORKS, worked, strict=True):
        assert done == 0, (command, out)
    assert (tmp_path / "a.svg").read_bytes().startswith(b"<svg") and (tmp_path / "d.svg").is_file()
    for (command, why), (status, said) in zip(LACKS, refused, strict=True):
        assert said.splitlines()[-2:] == [f"journeykit: {why}", "  pip install journeykit"], command
        assert status == (1 if why == FONT else 2), "a file that cannot be drawn is one of several"
    assert not (tmp_path / "pictures-too").exists() and not (tmp_path / "d.png").exists()


def test_a_damaged_picture_is_found_without_pillow_too(monkeypatch: pytest.MonkeyPatch) -> None:
    png = (ROOT / "docs" / "pictures" / "page.png").read_bytes()
    whole = image_of(png)
    monkeypatch.setattr("journeykit.images.find_spec", lambda _: None)
    assert image_of(png) == whole
    with pytest.raises(ImageError, match="damaged"):
        image_of(png[: len(png) // 2])


def test_the_complete_distribution_is_the_light_one_with_pictures() -> None:
    pyproject: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    core = pyproject["project"]
    light = {need.partition(">")[0] for need in core["dependencies"]}
    assert not light & {"matplotlib", "numpy", "pillow", "fonttools"}
    whole = complete(pyproject, "1.2.3")
    assert whole["dependencies"] == [f"journeykit-core[{PICTURES}]==1.2.3"]
    assert whole["scripts"] == core["scripts"], "installers of programs offer those of the named package only"
    offered = core["optional-dependencies"].keys() - {"dev", "browser", PICTURES}
    assert whole["optional-dependencies"] == {extra: [f"journeykit-core[{extra}]==1.2.3"] for extra in offered}
    assert core["optional-dependencies"][PICTURES]
