"""The touchpoints of a generated journey."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from benchmarks.phrases import TITLE_IDS, TOPIC_IDS, Phrases
from journeykit.model import Touchpoint
from journeykit.model.fields import fields_of
from journeykit.model.meaning import Prose

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
SOURCES = ("int-2026", "survey-2026", "tickets-2026")
MINUTES_A_DAY = 1440
DAY0 = date(2026, 1, 12)
OTHER_TEXTS = [
    field.key
    for field in fields_of(Touchpoint, (Prose,))
    if field.shape.meaning and field.key not in ("title", "place", "does", "thinks", "quote", "why")
]
"""Texts of a touchpoint that there are no phrases for."""


@dataclass
class TouchpointMaker:
    """Generates touchpoints; the attributes are choices for the whole file."""

    rng: Random
    words: Phrases
    scale: str
    absolute: bool

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
        """Return all touchpoints in the order of their times, a few of them in shorthand."""
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
        """Return a walk in half steps that is drawn towards the middle, as real curves are."""
        step = self.rng.choice((-2, -1, -0.5, 0.5, 1, 2))
        return max(-2.0, min(2.0, round(last * 0.8 * 2) / 2 + step))

    def gap(self, minutes: int) -> int:
        """Minutes to the next touchpoint: whole days before day 0, then anything."""
        if minutes < 0:
            return MINUTES_A_DAY * self.rng.randint(1, 6)
        return self.rng.choice((25, 45, 90, 240, MINUTES_A_DAY, 3 * MINUTES_A_DAY))

    def time(self, minutes: int) -> str:
        """Return a time in one of the notations of the format."""
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
        """Return how, with whom, where and for how long."""
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
        for key in OTHER_TEXTS:
            if rng.random() < 0.1:
                part[key] = rng.choice(words.thoughts)
        return part | self.more()

    def more(self) -> dict[str, Any]:
        """Return what few touchpoints have: pains, others who take part, what is done in sight, links, own lanes."""
        rng, words = self.rng, self.words
        choices: dict[str, Any] = {
            "pains": [rng.choice(words.thoughts)],
            "actors": [rng.choice(TEAMS)],
            "engagement": rng.randint(1, 5),
            "frontstage": [{"team": rng.choice(TEAMS), "does": rng.choice(words.titles), "evidence": "a receipt"}],
            "links": [{"title": "The ticket", "url": f"https://tickets.example.org/{rng.randint(1, 9999)}"}],
            "lanes": {"promise": rng.choice(words.thoughts)},
        }
        return {key: value for key, value in choices.items() if rng.random() < 0.04}

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
        """Return a valence as a number on the journey's scale."""
        low, high = map(float, self.scale.split(".."))
        value = round(low + (valence + 2) / 4 * (high - low), 1)
        return int(value) if value == int(value) else value

    def weight(self, valence: float) -> dict[str, Any]:
        """Return importance, outcome and survey of a touchpoint."""
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
        """Return a survey that agrees with the feeling, as a mean or as counts."""
        rest: dict[str, Any] = {"scale": "1..5", "source": "survey-2026", "period": "2026-Q1"}
        if self.rng.random() < 0.5:
            return {"mean": round(3 + valence * 0.9, 2), "sd": 0.8, "n": self.rng.randint(40, 600)} | rest
        counts = {str(value): max(0, round(40 - 15 * abs(value - 3 - valence))) for value in range(1, 6)}
        return {"counts": counts} | rest

    def behind(self) -> dict[str, Any]:
        """Return what the customer does not see, and what the map knows it from."""
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
