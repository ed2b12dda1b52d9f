"""Neovim and Emacs with exactly the lines of docs/editors.md: findings appear, and go when the mistake is mended."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_editors_docs import blocks

pytestmark = pytest.mark.slow

WRONG = "title: T\npersona: P\ntouchpoints:\n  - I call: angry\n    chanel: phone\n  - I wait: bored\n"
PATIENCE = 90
"""Seconds for a start of the server on a busy machine."""

NEOVIM = f"""
local function keys()
  local found = {{}}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    if one.code == "unknown-key" then table.insert(found, one.lnum + 1) end
  end
  return found
end
vim.wait({PATIENCE}000, function() return #keys() > 0 end, 50)
print("FOUND " .. table.concat(keys(), " "))
vim.api.nvim_buf_set_lines(0, 4, 5, false, {{ "    channel: phone" }})
print("GONE " .. tostring(vim.wait({PATIENCE}000, function() return #keys() == 0 end, 50)))
vim.cmd("qa!")
"""

EMACS = f"""
(defun keys ()
  (delq nil (mapcar (lambda (one)
                      (and (string-match-p "unknown key" (flymake-diagnostic-text one))
                           (line-number-at-pos (flymake-diagnostic-beg one))))
                    (ignore-errors (flymake-diagnostics)))))
(defun wait-until (done)
  (let ((end (+ (float-time) {PATIENCE})))
    (while (not (or (funcall done) (> (float-time) end)))
      (accept-process-output nil 0.1)
      (run-hooks 'post-command-hook))))
(find-file "a.journey.yaml")
(wait-until #'keys)
(message "FOUND %s" (mapconcat #'number-to-string (keys) " "))
(goto-char (point-min))
(search-forward "chanel")
(replace-match "channel")
(eglot--signal-textDocument/didChange)
(wait-until (lambda () (null (keys))))
(message "GONE %s" (if (keys) "false" "true"))
"""


def said(program: str, *args: str, folder: Path) -> list[str]:
    """The lines in capitals that an editor prints, which finds journeykit of this environment on its path."""
    (folder / "a.journey.yaml").write_text(WRONG, encoding="utf-8")
    alone = {
        **os.environ,
        "HOME": str(folder),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    done = subprocess.run(
        [program, *args], cwd=folder, env=alone, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False, timeout=3 * PATIENCE,
    )  # fmt: skip
    lines = (done.stdout + done.stderr).splitlines()
    return [line for line in lines if line.startswith(("FOUND", "GONE"))] or lines


def version(program: str) -> tuple[int, ...]:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    first = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0]
    return tuple(int(part) for part in first.split()[-1].lstrip("v").split("-")[0].split("."))


@pytest.mark.parametrize(("block", "since", "until"), [(1, (0, 7), (0, 11)), (0, (0, 11), (1,))])
def test_neovim_shows_findings(block: int, since: tuple[int, ...], until: tuple[int, ...], tmp_path: Path) -> None:
    if not since <= version("nvim") < until:
        pytest.skip("these lines are for another version of Neovim")
    (tmp_path / "init.lua").write_text(blocks("lua")[block], encoding="utf-8")
    (tmp_path / "drive.lua").write_text(NEOVIM, encoding="utf-8")
    args = ("--headless", "-u", "init.lua", "a.journey.yaml", "-c", "luafile drive.lua")
    assert said("nvim", *args, folder=tmp_path) == ["FOUND 5", "GONE true"]


def test_emacs_shows_findings(tmp_path: Path) -> None:
    version("emacs")
    has = (
        '(progn (package-initialize) (kill-emacs (if (and (locate-library "eglot") (locate-library "yaml-mode")) 0 1)))'
    )
    if subprocess.run(["emacs", "--batch", "--eval", has], capture_output=True, check=False).returncode:
        pytest.skip("Emacs has no eglot or no yaml-mode")
    (tmp_path / "init.el").write_text(blocks("elisp")[0], encoding="utf-8")
    (tmp_path / "drive.el").write_text(EMACS, encoding="utf-8")
    args = ("--batch", "-f", "package-initialize", "-l", "init.el", "-l", "drive.el")
    assert said("emacs", *args, folder=tmp_path) == ["FOUND 5", "GONE true"]
