"""One module is one command with a function `command`; it parses, makes one call, prints and exits."""

ORDER = (
    "init", "validate", "lint", "fmt", "score", "low_points", "opportunities", "show", "render", "site", "serve",
    "measure", "discover", "import_", "export", "diff", "history", "git_setup", "rules", "explain", "feelings",
    "channels", "schema", "lsp",
)  # fmt: skip
"""How `--help` lists them; a command that is not named here follows."""
HIDDEN = ("git_merge", "git_textconv")
"""What other programs call; `--help` does not list it."""
