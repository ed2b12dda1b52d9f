"""Seeded journeys: valid, realistic, and the same on every machine for the same seed.

python -m benchmarks.generate FOLDER --files 300 --seed 1 --notation yaml mermaid
"""

import argparse
import itertools
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.notation import as_json, as_mermaid, as_yaml
from benchmarks.phrases import LANGUAGES
from benchmarks.touchpoints import CHANNELS, DAY0, SOURCES, TEAMS, TouchpointMaker

NOTATIONS = {
    "yaml": (".journey.yaml", as_yaml),
    "mermaid": (".mmd", as_mermaid),
    "json": (".journey.json", as_json),
}
SCALES = ("-2..2", "-2..2", "-2..2", "1..5", "0..10", "-3..3", "0..100")


def journey(seed: int, number: int = 0, touchpoints: int | None = None) -> dict[str, Any]:
    """Return the journey `number` of a seed as plain data; 10 to 40 touchpoints unless a number is given."""
    rng = Random(f"{seed}/{number}/{touchpoints}")
    maker = JourneyMaker(rng, rng.choice(LANGUAGES), rng.choice(SCALES), rng.random() < 0.15)
    return maker.journey(number, touchpoints or round(rng.triangular(10, 40, 10)))


class JourneyMaker(TouchpointMaker):
    """Generates a journey with its touchpoints."""

    def journey(self, number: int, count: int) -> dict[str, Any]:
        """Return the whole journey."""
        made = self.touchpoints(count)
        ids = [touchpoint["id"] for touchpoint in made if "id" in touchpoint]
        data: dict[str, Any] = {"journeykit": 1, "id": f"generated-{number}", **self.head()}
        if self.rng.random() < 0.1:
            data["touchpoints"] = made
        else:
            data["stages"] = list(self.stages(made))
        opportunities = self.opportunities(ids)
        data["opportunities"] = opportunities
        data["kpis"] = self.kpis(ids)
        data["feedback"] = [
            {
                "id": "ask-midway",
                "when": "during",
                "at": ids[len(ids) // 2],
                "channel": "chat",
                "kind": "csat",
            },
            {"id": "ask-end", "when": "end", "at": ids[-1], "kind": "open", "question": self.words.question},
        ]
        data["sources"] = [
            {"id": "int-2026", "kind": "interview", "n": self.rng.randint(5, 14), "date": "2026-02"},
            {
                "id": "survey-2026",
                "kind": "survey",
                "n": self.rng.randint(80, 900),
                "sent": 2400,
                "date": "2026-Q1",
            },
            {"id": "tickets-2026", "kind": "ticket", "n": self.rng.randint(200, 4000), "who": "all tickets"},
        ]
        data["evidence"] = [self.rng.choice(SOURCES)]
        data["changes"] = [
            {
                "date": "2026-01-19",
                "what": self.rng.choice(self.words.ideas),
                "opportunity": opportunities[0]["id"],
            }
        ]
        data["privacy"] = {
            "personal_data": ["name", "address", "phone number"],
            "quotes": "anonymised, with consent",
            "retention": "2y",
        }
        data["scoring"] = {"profile": self.rng.choice(("balanced", "mean", "peak-end"))}
        return data

    def head(self) -> dict[str, Any]:
        """Return what stands above the touchpoints."""
        words, choice = self.words, self.rng.choice
        return {
            "title": choice(words.journey),
            "note": " ".join(self.rng.sample(words.thoughts + words.goals, 4)),
            "state": choice(("current", "current", "future")),
            "basis": choice(("assumption", "research", "measured")),
            "lang": words.lang,
            "status": choice(("draft", "reviewed", "live")),
            "owner": choice(TEAMS),
            "team": self.rng.sample(TEAMS, 2),
            "updated": "2026-03-02",
            "review_every": choice(("6mo", "1y", "P90D")),
            "day0": str(DAY0) if self.absolute else words.titles[6],
            "scope": {
                "starts": words.titles[0],
                "ends": words.titles[-1],
                "excludes": [choice(words.topics)],
            },
            "goals": [
                words.goals[0],
                {"goal": words.goals[1], "who": "business", "kpi": "answered", "priority": 2},
            ],
            "expectations": list(words.goals),
            "persona": self.persona(),
            "scale": self.scale,
            "feelings": {"kept in the loop": 1, "sent in circles": -1.5},
            "channels": {
                "van-tracker": {
                    "name": "Van tracker",
                    "pros": "live",
                    "cons": "app only",
                    "ideal_for": "visits",
                }
            },
            "lanes": {"promise": {"name": "What we promise", "icon": "star"}},
        }

    def persona(self) -> dict[str, Any]:
        """Return a persona with everything a persona may have."""
        words, rng = self.words, self.rng
        return {
            "name": rng.choice(words.persona),
            "note": words.titles[1],
            "links": ["https://wiki.example.org/personas"],
            "facts": {
                "age": rng.randint(19, 80),
                "employment": rng.choice(("full-time", "retired", "self-employed")),
            },
            "wants": list(words.goals),
            "motivated_by": [rng.choice(words.goals)],
            "returns_because": [rng.choice(words.ideas)],
            "pains": [rng.choice(words.reasons)],
            "prefers": rng.sample(CHANNELS, 3),
            "quote": rng.choice(words.thoughts),
        }

    def stages(self, made: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yield the touchpoints in four stages, each with at least one."""
        cuts = sorted(self.rng.sample(range(1, len(made)), 3))
        for (start, end), name, phase in zip(
            itertools.pairwise([0, *cuts, len(made)]),
            self.words.stages,
            ("before", "during", "after", "renewal"),
            strict=True,
        ):
            goal = self.rng.choice(self.words.goals)
            yield {"name": name, "goal": goal, "phase": phase, "touchpoints": made[start:end]}

    def opportunities(self, ids: list[str]) -> list[dict[str, Any]]:
        """Three opportunities at touchpoints that exist."""
        rng = self.rng
        made: list[dict[str, Any]] = []
        for kind, title in zip(("fix", "inform", "exceed"), self.words.ideas, strict=True):
            at = rng.sample(ids, 2)
            idea = {
                "id": f"{kind}-{at[0]}",
                "title": title,
                "at": at,
                "kind": kind,
                "impact": rng.randint(2, 5),
            }
            idea |= {"effort": rng.randint(1, 4), "confidence": rng.choice(("low", "medium", "high", 0.7))}
            idea |= {"target": {at[0]: self.on_scale(1.5)}, "benefit": rng.choice(("customer", "both"))}
            idea |= {
                "owner": rng.choice(TEAMS),
                "status": rng.choice(("idea", "planned", "doing")),
                "due": "2027-06-01",
            }
            made.append(idea)
        return made

    def kpis(self, ids: list[str]) -> list[dict[str, Any]]:
        """Three figures, each in another of the forms that a figure may have."""
        rng = self.rng
        rest = {"period": "2026-Q1", "source": "survey-2026"}
        promoters, passives, detractors = (rng.randint(20, 90) for _ in range(3))
        answers = {"promoters": promoters, "passives": passives, "detractors": detractors}
        csat = {"value": f"{rng.randint(60, 95)}%", "n": rng.randint(40, 400), "sent": 900, "target": "85%"}
        answered = {"median": "4h", "p90": "2d", "n": rng.randint(100, 900), "target": "2h"}
        return [
            {"id": "satisfied", "kind": "csat", "at": rng.choice(ids)} | csat | rest,
            {"id": "recommends", "kind": "nps"} | answers | {"n": sum(answers.values()), "target": 30} | rest,
            {"id": "answered", "kind": "response_time", "at": rng.choice(ids)} | answered | rest,
        ]


def write(
    folder: Path,
    files: int,
    seed: int,
    *,
    touchpoints: int | None = None,
    notations: tuple[str, ...] = ("yaml",),
) -> list[Path]:
    """Write journeys into a folder, each in every requested notation, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for number in range(files):
        made = journey(seed, number, touchpoints)
        for notation in notations:
            suffix, text = NOTATIONS[notation]
            path = folder / f"journey-{number:05}{suffix}"
            path.write_text(text(made), encoding="utf-8", newline="\n")
            paths.append(path)
    return paths


def main() -> None:
    """Write journeys from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description="Write generated journeys.")
    parser.add_argument("folder", type=Path, help="where to write; made if it is not there")
    parser.add_argument("--files", type=int, default=300, help="how many journeys (default 300)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same journeys (default 1)")
    parser.add_argument("--touchpoints", type=int, help="touchpoints in each journey, at least 10 (default 10 to 40)")
    parser.add_argument("--notation", nargs="+", choices=NOTATIONS, default=["yaml"], help="default yaml")
    asked = parser.parse_args()
    if asked.touchpoints is not None and asked.touchpoints < 10:
        parser.error("a generated journey has at least 10 touchpoints")
    write(asked.folder, asked.files, asked.seed, touchpoints=asked.touchpoints, notations=tuple(asked.notation))


if __name__ == "__main__":
    main()
