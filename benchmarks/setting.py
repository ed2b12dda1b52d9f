"""The setting of all sections: the installed tools, a temporary folder, and the journeys in it."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from statistics import median

from benchmarks.peers import Peer, find, peers, reading, write_schema
from benchmarks.table import Row, Target, duration, paired_ratio
from benchmarks.timing import Command, Series, in_turn

ROOT = Path(__file__).parent.parent


@dataclass
class Setting:
    """One run of the measurements. All tools see the same journeys, made from one seed."""

    scratch: Path
    rounds: int
    seed: int
    quick: bool
    large: bool
    peers: dict[str, Peer] = field(default_factory=peers)

    @cached_property
    def program(self) -> str:
        """journeykit's own command; SystemExit where it is not installed."""
        found = find("journeykit")
        if found is None:
            raise SystemExit("journeykit is not installed beside this interpreter: pip install -e .")
        return str(found)

    @cached_property
    def schema(self) -> Path:
        """journeykit's schema, as it prints it now; SystemExit where it does not."""
        made = subprocess.run([self.program, "schema"], capture_output=True, check=False, encoding="utf-8")
        if made.returncode:
            raise SystemExit(f"journeykit schema failed: {made.stderr.strip()}")
        return write_schema(made.stdout, self.scratch)

    def here(self, *names: str) -> list[Peer]:
        """Those of the named peers that are installed."""
        return [self.peers[name] for name in names if self.peers[name].program]

    def missing(self) -> list[str]:
        """Return the peers that are not here and how to install them."""
        return [f"{peer.name} ({peer.install})" for peer in self.peers.values() if not peer.program]

    def journeys(self, files: int, touchpoints: int | None = None, notation: str = "yaml") -> list[Path]:
        """Paths of generated journeys, in a folder that holds nothing else."""
        folder = self.scratch / f"{notation}-{files}-{touchpoints or 'mixed'}"
        if not folder.exists():
            told = ["--files", str(files), "--seed", str(self.seed), "--notation", notation]
            told += ["--touchpoints", str(touchpoints)] if touchpoints else []
            made = [sys.executable, "-m", "benchmarks.generate", str(folder), *told]
            subprocess.run(made, cwd=ROOT, check=True)
        return sorted(folder.iterdir())

    def folder(self, name: str) -> Path:
        """Return a folder for what one command makes."""
        made = self.scratch / name
        made.mkdir(exist_ok=True)
        return made

    def ours(self, *words: str | Path, done: tuple[int, ...] = (0,), makes: tuple[Path, int] | None = None) -> Command:
        """Return a journeykit command; `done` and `makes` as a Command has them."""
        return Command(f"journeykit {words[0]}", (self.program, *map(str, words)), self.scratch, done, makes)

    def reading(self, peer: Peer, files: Sequence[Path]) -> Command:
        """Return a peer that checks files of one folder."""
        return Command(peer.name, reading(peer, self.schema, files), files[0].parent)

    def in_turn(self, commands: Sequence[Command], *, times: int = 1) -> list[Series]:
        """Run commands in turn for the rounds of this setting, `times` as many for short ones."""
        return in_turn(commands, self.rounds * times)


def compared(section: str, measure: str, ours: Series, theirs: Series, target: Target | None = None) -> Row:
    """Return the row for two series of the same rounds."""
    against = theirs.command.name
    if note := refused(ours, theirs):
        return Row(section, measure, against, None, target, note=note)
    return Row(
        section,
        measure,
        against,
        paired_ratio(ours.seconds, theirs.seconds),
        target,
        duration(median(ours.seconds)),
        duration(median(theirs.seconds)),
    )


def refused(*series: Series) -> str:
    """Return which of them did not do its work and why; empty if all did."""
    told = (f"{one.command.name}: {one.refusal}" for one in series if one.refusal)
    return "; ".join(dict.fromkeys(told))
