"""Seeded journeys: valid, realistic, and the same on every machine for the same seed.

python -m benchmarks.generate FOLDER --files 300 --seed 1 --notation yaml mermaid
"""

import argparse
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.notation import as_json, as_mermaid, as_yaml
from benchmarks.phrases import LANGUAGES, TITLE_IDS, TOPIC_IDS, Phrases

NOTATIONS = {
    "yaml": (".journey.yaml", as_yaml),
    "mermaid": (".mmd", as_mermaid),
    "json": (".journey.json", as_json),
}
CHANNELS = (
    "phone",
    "email",
    "chat",
    "chatbot",
    "sms",
    "self-service",
    "in-person",
    "web",
    "app",
    "portal",
    "letter",
)
TEAMS = ("Service desk", "Field service", "Billing", "Warehouse", "Second line")
SYSTEMS = ("ticket system", "route planner", "stock list")
SCALES = ("-2..2", "-2..2", "-2..2", "1..5", "0..10", "-3..3", "0..100")
SOURCES = ("int-2026", "survey-2026", "tickets-2026")
MINUTES_A_DAY = 1440


def journey(seed: int, number: int = 0, touchpoints: int | None = None) -> dict[str, Any]:
    """The journey `number` of a seed as plain data; 10 to 40 touchpoints unless a number is given."""
    rng = Random(f"{seed}/{number}/{touchpoints}")
    maker = Maker(rng, rng.choice(LANGUAGES), rng.choice(SCALES), rng.random() < 0.15)
    return maker.journey(number, touchpoints or round(rng.triangular(10, 40, 10)))


@dataclass
class Maker:
    """Draws the parts of one journey. What a file as a whole has chosen stands here."""

    rng: Random
    words: Phrases
    scale: str
    absolute: bool

    def journey(self, number: int, count: int) -> dict[str, Any]:
        """The whole journey."""
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
        """What stands above the touchpoints."""
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
        }

    def persona(self) -> dict[str, Any]:
        """A persona with everything a persona may have."""
        words, rng = self.words, self.rng
        return {
            "name": rng.choice(words.persona),
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

    def names(self, count: int) -> Iterator[tuple[str, str, bool]]:
        """(id, title, whether it is silence) of each touchpoint; no id and no title comes twice."""
        titles, topics = self.words.titles, self.words.topics
        pairs = list(itertools.product(range(len(titles)), range(len(topics))))
        for made in range(count):
            if made % len(pairs) == 0:
                self.rng.shuffle(pairs)
            title, topic = pairs[made % len(pairs)]
            again = made // len(pairs) + 1
            mark, tail = (f"-{again}", f" ({again})") if again > 1 else ("", "")
            if silent := self.rng.random() < 0.06:
                # A silence keeps the number of its title, so that it stays unlike every other one.
                said = f"{self.words.waits[title % len(self.words.waits)]} – {topics[topic]}, {title + 1}{tail}"
                yield f"wait-{TITLE_IDS[title]}-{TOPIC_IDS[topic]}{mark}", said, silent
            else:
                said = f"{titles[title]} – {topics[topic]}{tail}"
                yield f"{TITLE_IDS[title]}-{TOPIC_IDS[topic]}{mark}", said, silent

    def touchpoints(self, count: int) -> list[dict[str, Any]]:
        """All touchpoints in the order of their times, a few of them in shorthand."""
        names = list(self.names(count))
        valence = self.rng.choice((-0.5, 0.0, 0.5))
        minutes = -MINUTES_A_DAY * self.rng.randint(5, 40)
        made: list[dict[str, Any]] = []
        for at, (name, title, silent) in enumerate(names):
            valence = self.next_valence(valence)
            feeling = self.rng.choice(self.words.feelings[valence])
            gap = self.gap(minutes)
            if 0 < at < count - 1 and not silent and self.rng.random() < 0.04:
                made.append({title: feeling})
            else:
                touchpoint = {"id": name, "title": title, "at": self.time(minutes)}
                touchpoint |= self.contact(silent, gap) | self.mood(valence, feeling) | self.weight(valence)
                made.append(touchpoint | self.behind())
            minutes += gap
        self.add_decisions(made)
        return made

    def next_valence(self, last: float) -> float:
        """A walk in half steps that is drawn towards the middle, as real curves are."""
        step = self.rng.choice((-2, -1, -0.5, 0.5, 1, 2))
        return max(-2.0, min(2.0, round(last * 0.8 * 2) / 2 + step))

    def gap(self, minutes: int) -> int:
        """Minutes to the next touchpoint: whole days before day 0, then anything."""
        if minutes < 0:
            return MINUTES_A_DAY * self.rng.randint(1, 6)
        return self.rng.choice((25, 45, 90, 240, MINUTES_A_DAY, 3 * MINUTES_A_DAY))

    def time(self, minutes: int) -> str:
        """A time in one of the notations of the format."""
        days, rest = divmod(minutes, MINUTES_A_DAY)
        if self.absolute:
            moment = datetime(DAY0.year, DAY0.month, DAY0.day) + timedelta(minutes=minutes)
            return f"{moment:%Y-%m-%d}" if rest == 0 else f"{moment:%Y-%m-%dT%H:%M}"
        if minutes < 0:
            return f"{days}d"
        if minutes and days == 0 and self.rng.random() < 0.4:
            return f"+{minutes}min"
        return f"day {days} {rest // 60:02}:{rest % 60:02}" if rest else f"day {days}"

    def contact(self, silent: bool, gap: int) -> dict[str, Any]:
        """How, with whom, where and for how long."""
        rng, words = self.rng, self.words
        part: dict[str, Any] = {}
        if rng.random() < 0.2:
            part["lasts"] = "20s" if gap < 45 else rng.choice(("10min", "25min", "PT40M"))
        if gap >= MINUTES_A_DAY and rng.random() < 0.3:
            part["wait"] = rng.choice(("45min", "4h", "12h"))
        if silent:
            return part | {"channel": "none"}
        odds = rng.random()
        part["channel"] = "van-tracker" if odds < 0.03 else rng.choice(CHANNELS)
        if odds > 0.9:
            part["channel"] = rng.sample(CHANNELS, 2)
        if rng.random() < 0.15:
            part["by"] = rng.choice(("customer", "company", "company", "partner"))
        if rng.random() < 0.1:
            part["place"] = rng.choice(("at home", "in the shop", "on the train"))
        if rng.random() < 0.1:
            part["does"] = rng.choice(words.titles)
        if rng.random() < 0.15:
            part["thinks"] = rng.choice(words.thoughts)
        if rng.random() < 0.08:
            part["quote"] = rng.choice(words.thoughts)
        return part

    def mood(self, valence: float, feeling: str) -> dict[str, Any]:
        """Feeling, satisfaction and expectation, in accord with each other."""
        rng = self.rng
        part: dict[str, Any] = {"feeling": feeling}
        if rng.random() < 0.12:
            part["feeling"] = rng.sample(self.words.feelings[valence], 2)
        if rng.random() < 0.25:
            part["satisfaction"] = self.on_scale(valence)
        if rng.random() < 0.2:
            part["expected"] = self.on_scale(rng.choice((0.0, 1.0)))
        elif rng.random() < 0.03:
            part["expected"] = rng.choice(self.words.feelings[1.0])
        return part

    def on_scale(self, valence: float) -> float | int:
        """A valence as a number on the journey's scale."""
        low, high = map(float, self.scale.split(".."))
        value = round(low + (valence + 2) / 4 * (high - low), 1)
        return int(value) if value == int(value) else value

    def weight(self, valence: float) -> dict[str, Any]:
        """How much it matters, what came out of it and what a survey said."""
        rng, words = self.rng, self.words
        part: dict[str, Any] = {}
        if rng.random() < 0.2:
            part["importance"] = rng.randint(1, 5)
        if rng.random() < 0.08:
            part["moment_of_truth"] = True
        if rng.random() < 0.1:
            part["reach"] = rng.choice((0.2, 0.35, 0.8))
        if valence and rng.random() < 0.2:
            part["outcome"] = "strength" if valence > 0 else "vulnerability"
            part["why"] = rng.choice(words.reasons if valence < 0 else words.ideas)
        if valence < 0 and rng.random() < 0.15:
            part["needs"] = [{"what": words.topics[3], "gap": words.reasons[0], "kind": "information"}]
        if valence < 0 and rng.random() < 0.2:
            part["churn_risk"] = rng.choice(("low", "medium", "high", 0.12))
        if rng.random() < 0.06:
            part["measured"] = self.measured(valence)
        return part

    def measured(self, valence: float) -> dict[str, Any]:
        """A survey that agrees with the feeling, as a mean or as counts."""
        rest: dict[str, Any] = {"scale": "1..5", "source": "survey-2026", "period": "2026-Q1"}
        if self.rng.random() < 0.5:
            return {"mean": round(3 + valence * 0.9, 2), "sd": 0.8, "n": self.rng.randint(40, 600)} | rest
        counts = {str(value): max(0, round(40 - 15 * abs(value - 3 - valence))) for value in range(1, 6)}
        return {"counts": counts} | rest

    def behind(self) -> dict[str, Any]:
        """What the customer does not see, and what the map knows it from."""
        rng = self.rng
        part: dict[str, Any] = {}
        if rng.random() < 0.12:
            one, two, three = rng.sample(TEAMS, 3)
            part["backstage"] = [
                {
                    "from": one,
                    "to": two,
                    "does": "passes the case on",
                    "wait": rng.choice(("2h", "1d")),
                    "warm": True,
                },
                {"team": two, "does": "looks it up", "system": rng.choice(SYSTEMS), "lasts": "20min"},
                {"from": two, "to": three, "does": "orders the part", "wait": "4h"},
            ][: rng.randint(1, 3)]
        if rng.random() < 0.1:
            part["evidence"] = rng.sample(SOURCES, 2)
        if rng.random() < 0.15:
            part["tags"] = [rng.choice(("complaint", "complex", "reminder", "personalised", "first-contact", "winter"))]
        if rng.random() < 0.05:
            part["personal_data"] = ["name", "address"]
        return part

    def add_decisions(self, made: list[dict[str, Any]]) -> None:
        """Decision points at every twentieth touchpoint or so; their options lead onward or out."""
        ids = [touchpoint.get("id") for touchpoint in made]
        for at, touchpoint in enumerate(made[:-2]):
            onward = [name for name in ids[at + 1 : at + 6] if name]
            if "id" not in touchpoint or len(onward) < 2 or self.rng.random() > 0.02:
                continue
            leave = self.rng.choice((0.05, 0.1))
            touchpoint["decision"] = {
                "question": f"{self.rng.choice(self.words.titles)}?",
                "who": self.rng.choice(("customer", "company")),
                "options": [
                    {"answer": self.words.titles[1], "to": onward[0], "share": 0.6},
                    {"answer": self.words.titles[2], "to": onward[1], "share": round(0.4 - leave, 2)},
                    {"answer": self.words.waits[0], "to": "end", "share": leave},
                ],
            }

    def stages(self, made: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The touchpoints in four stages, each with at least one."""
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


DAY0 = date(2026, 1, 12)


def write(
    folder: Path,
    files: int,
    seed: int,
    *,
    touchpoints: int | None = None,
    notations: tuple[str, ...] = ("yaml",),
) -> list[Path]:
    """Write journeys into a folder, each in every notation asked for, and return their paths."""
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
