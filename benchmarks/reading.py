"""Reading: `validate` against what else checks YAML files, `lint` against `validate`, and memory."""

from collections.abc import Iterator
from statistics import median

from benchmarks.setting import Setting, compared, refused
from benchmarks.table import Row, Target
from benchmarks.timing import Series, refusal

SECTION = "reading"
FILES = 300
ONE_FILE = {"check-jsonschema": Target(0.7)}
MANY_FILES = {
    "check-jsonschema": Target(1 / 13, reciprocal=True),
    "v8r": Target(1 / 13, reciprocal=True),
    "spectral": Target(1 / 13, reciprocal=True),
    "yamllint": Target(1 / 13, reciprocal=True),
    "ajv-cli": Target(1.0),
    "sourcemeta jsonschema": Target(3.0),
}
BY_SCHEMA = tuple(name for name in MANY_FILES if name != "yamllint")
"""yamllint checks YAML alone; it is here because a repository runs it beside a validator."""
LINT = Target(2.0)
AGAIN = Target(1 / 3, reciprocal=True)
"""Of files that did not change, by their cached results."""
MEMORY = Target(60.0, unit="MB")
FINDINGS = (0, 1)
"""Exit codes of a lint that ran to its end."""


def measure(setting: Setting) -> Iterator[Row]:
    """Yield all rows of this section."""
    yield from _careless(setting)
    yield from _against_peers(setting, 1, ONE_FILE)
    yield from _against_peers(setting, FILES, MANY_FILES)


def _against_peers(setting: Setting, count: int, targets: dict[str, Target]) -> Iterator[Row]:
    files = setting.journeys(FILES)[:count]
    label = f"{count} file{'s' if count > 1 else ''}"
    # As people call it: one file by its name, many by their folder.
    where = files[0] if count == 1 else files[0].parent
    here = setting.here(*MANY_FILES)
    commands = [setting.ours("validate", where), setting.ours("lint", "--no-cache", where, done=FINDINGS)]
    commands += [setting.ours("lint", where, done=FINDINGS)]  # the round for warming up fills the cache
    commands += [setting.reading(peer, files) for peer in here]
    ours, lint, again, *theirs = setting.in_turn(commands, times=1 if count > 1 else 3)
    for one in theirs:
        yield compared(SECTION, f"validate {label}", ours, one, targets.get(one.command.name))
    yield compared(SECTION, f"lint {label}", lint, ours, LINT if count > 1 else None)
    yield compared(SECTION, f"lint {label} again", again, lint, AGAIN if count > 1 else None)
    if count > 1:
        yield _memory(f"memory of validate {label}", ours)


def _memory(measure: str, ours: Series) -> Row:
    if note := refused(ours):
        return Row(SECTION, measure, "", None, MEMORY, note=note)
    return Row(SECTION, measure, "", median(ours.peaks), MEMORY)


def _careless(setting: Setting) -> Iterator[Row]:
    """Yield a row for each checker that lets a journey without a title pass: its times would mean nothing."""
    broken = setting.folder("broken") / "broken.journey.yaml"
    lines = setting.journeys(FILES)[0].read_text(encoding="utf-8").splitlines(keepends=True)
    broken.write_text("".join(line for line in lines if not line.startswith("title:")), encoding="utf-8")
    checkers = [setting.reading(peer, [broken]) for peer in setting.here(*BY_SCHEMA)]
    for checker in [setting.ours("validate", broken), *checkers]:
        if not refusal(checker):
            yield Row(SECTION, "a journey without a title", checker.name, None, note="accepted")
