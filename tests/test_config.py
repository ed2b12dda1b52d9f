"""Settings: where they are found, and the errors for invalid ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeykit.config import Config, load_config
from journeykit.errors import ConfigError, UsageError
from journeykit.reading import INCLUDE, Shared


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test works in a folder of its own."""
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def complaint(text: str, name: str = "journeykit.toml") -> tuple[str, str]:
    write(name, text)
    with pytest.raises(ConfigError) as error:
        load_config()
    return error.value.message, error.value.help


def test_the_defaults() -> None:
    assert load_config(start=Path("/")) == Config() == load_config(isolated=True)
    config = Config()
    assert (config.include, config.exclude, config.select, config.ignore) == (INCLUDE, (), ("all",), ())
    assert (config.show, config.fail_on, config.profile, config.source, config.theme) == (
        "warning", "warning", None, "best", "light",
    )  # fmt: skip


def test_every_key() -> None:
    path = write(
        "journeykit.toml",
        'include = ["*.cx.yaml"]\nexclude = ["old"]\nselect = ["structure"]\nignore = ["thin-map"]\nshow = "info"\n'
        'fail-on = "error"\nprofile = "mean"\nsource = "stated"\ntheme = "dark"\n',
    )
    config = load_config()
    said = (config.include, config.exclude, config.select, config.ignore, config.show, config.fail_on)
    assert said == (("*.cx.yaml",), ("old",), ("structure",), ("thin-map",), "info", "error")
    assert (config.profile, config.source, config.theme, config.path) == ("mean", "stated", "dark", path.absolute())


def test_the_nearest_file_upward() -> None:
    write("journeykit.toml", 'theme = "dark"\n')
    write("a/journeykit.toml", 'theme = "print"\n')
    write("a/b/c/x", "")
    assert load_config(start=Path("a/b/c")).theme == "print"
    assert load_config(start=Path("a")).path == Path("a/journeykit.toml").absolute()
    assert load_config().theme == "dark"


def test_pyproject_counts_only_with_our_table() -> None:
    write("journeykit.toml", 'theme = "dark"\n')
    write("a/pyproject.toml", "[project]\nname = 'journeykit-user'\n")
    assert load_config(start=Path("a")).theme == "dark"
    write("a/pyproject.toml", "[tool.journeykit]\nfail-on = 'error'\n")
    assert load_config(start=Path("a")).fail_on == "error"
    write("a/pyproject.toml", "[tool]\njourneykit = {fail-on = 'info'}\n")
    assert load_config(start=Path("a")).fail_on == "info"
    write("a/journeykit.toml", 'fail-on = "warning"\n')
    assert load_config(start=Path("a")).fail_on == "warning"


def test_a_named_file_and_none_at_all() -> None:
    write("journeykit.toml", 'theme = "dark"\n')
    write("other.toml", 'theme = "print"\n')
    assert load_config(Path("other.toml")).theme == "print"
    assert load_config(isolated=True).theme == "light"
    with pytest.raises(UsageError, match="--isolated reads none"):
        load_config(Path("other.toml"), isolated=True)


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("thema = 'dark'", 'unknown key "thema"', 'did you mean "theme"?'),
        ("fail_on = 'error'", 'unknown key "fail_on"', 'did you mean "fail-on"?'),
        ("xyzzy = 1", 'unknown key "xyzzy"', "known: include, exclude"),
        ("path = 'x'", 'unknown key "path"', ""),
        ("show = 'all'", '"show" must be', ""),
        ("fail-on = 'never'", '"fail-on" must be', ""),
        ("select = 'structure'", '"select" must be a list of texts', 'write select = ["structure"]'),
        ("ignore = [1]", '"ignore" must be a list of texts', ""),
        ("theme = 5", '"theme" must be text, not 5', ""),
        ("theme = true", '"theme" must be text, not true', ""),
        ("theme = 2026-01-01", '"theme" must be text, not 2026-01-01', ""),
        ("theme = {}", '"theme" must be text, not a table', ""),
        ("theme = ", "not readable as TOML", ""),
        ("[tool.journeykit]\ntheme = 'dark'", "belongs into pyproject.toml", ""),
    ],
)
def test_what_is_said_of_wrong_settings(text: str, message: str, help: str) -> None:
    said = complaint(text + "\n")
    assert message in said[0] and "journeykit.toml" in said[0]
    assert help in said[1]


def test_what_is_said_of_a_wrong_table_in_pyproject() -> None:
    assert 'unknown key "thema"' in complaint("[tool.journeykit]\nthema = 'dark'\n", "pyproject.toml")[0]
    assert "must be a table" in complaint("[tool]\njourneykit = 5\n", "pyproject.toml")[0]
    assert "not readable as TOML" in complaint("[tool.journeykit]\ntheme = \n", "pyproject.toml")[0]


def test_a_file_that_cannot_be_read() -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(Path("nowhere.toml"))
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(Path())


def test_text_that_is_not_utf_8() -> None:
    Path("journeykit.toml").write_bytes(b'theme = "caf\xe9"\n')
    with pytest.raises(ConfigError, match=r"journeykit\.toml: not UTF-8\n  save the file as UTF-8$"):
        load_config()


def test_what_the_command_line_gives_is_over_the_file() -> None:
    config = Config(theme="dark").overridden(theme=None, fail_on="error")
    assert (config.theme, config.fail_on) == ("dark", "error")


def test_values_are_named_as_in_the_file() -> None:
    values = Config(profile="mean").values()
    assert (values["fail-on"], values["profile"]) == ("warning", "mean")
    assert "path" not in values and "profile" not in Config().values()


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("[feelings]\nmiffed = -9", 'feelings.miffed: "miffed" must be from -2 to 2', "write a number"),
        ("[channels.locker]\nnam = 'x'", 'channels.locker.nam: unknown key "nam"', 'did you mean "name"?'),
        ("[channels]\nlocker = 'x'", '"channels.locker" must be a table', ""),
        ("[personas.sam]\nwants = []", 'personas.sam.name: "name" is missing', ""),
        ("personas = 5", '"personas" must be a table', "[personas]"),
        ("[scoring]\npain = 450", 'scoring.pain: "pain" must be from 0 to 100', ""),
        ("[scoring]\nmin-drpo = 4", "scoring.min-drpo: unknown key", 'did you mean "min_drop"?'),
        ("profile = 'mean'\n[scoring]\nprofile = 'mean'", 'scoring.profile: "profile" is given too', "keep one"),
        ("profile = 'mean'\n[scoring.weights]\nend = 1", 'scoring.weights: "profile" is given too', "keep one"),
        ("plugins = 'x.py'", '"plugins" must be a list of texts', 'plugins = ["x.py"]'),
        ("baseline = 5", '"baseline" must be text', ""),
    ],
)
def test_what_is_said_of_wrong_tables(text: str, message: str, help: str) -> None:
    said = complaint(text + "\n")
    assert message in said[0] and "journeykit.toml" in said[0]
    assert help in said[1]


def test_names_of_files_start_at_the_folder_of_the_settings() -> None:
    write("a/journeykit.toml", 'plugins = ["tools/x.py", "tools/kit/", "ours.rules"]\nbaseline = "b.json"\n')
    folder = Path("a").absolute()
    for config in (load_config(start=Path("a/b")), load_config(Path("a/journeykit.toml"))):
        assert config.plugins == (str(folder / "tools/x.py"), str(folder / "tools/kit"), "ours.rules")
        assert config.baseline == str(folder / "b.json")


def test_what_journeys_share() -> None:
    write("journeykit.toml", "profile = 'mean'\n[scoring]\nmin-drop = 20\npain = 45\n[feelings]\nmiffed = -1\n")
    config = load_config()
    assert config.shared == Shared(feelings={"miffed": -1}, scoring={"profile": "mean", "min_drop": 20, "pain": 45})
    assert config.overridden(profile="peak-end").shared == config.shared
    assert Config().shared == Shared()


def test_tables_in_pyproject() -> None:
    write("pyproject.toml", "[tool.journeykit.rules.long-note]\nwords = 80\n[tool.journeykit.feelings]\nmiffed = -9\n")
    with pytest.raises(ConfigError, match=r"pyproject.toml: feelings.miffed: "):
        load_config()
    write(
        "pyproject.toml",
        '[tool.journeykit.rules.long-note]\nwords = 80\n[tool.journeykit.per-file-ignores]\na = ["b"]\n',
    )
    config = load_config()
    assert (config.rules, config.per_file_ignores) == ({"long-note": {"words": 80}}, {"a": ("b",)})
