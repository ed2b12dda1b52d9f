"""A draft of a map out of the figures of a log: what happens is written, what only people know is left open.

Titles are the labels of the log. There is no feeling, satisfaction, importance, cause or goal, and no stage, channel or
starter of a touchpoint but what a column or the settings say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from journeykit.data.sources import ActivityWords
from journeykit.discovering.figures import ActivityFigures, CourseFigures
from journeykit.discovering.words import words
from journeykit.model.meaning import END
from journeykit.model.slug import Ids, slug
from journeykit.model.units import written
from journeykit.scoring.display import percent

LEAST_SHARE = 0.05
"""A continuation, a handoff or a backstage activity is told from this share of those who pass on."""
LEAST_CHANNEL = 0.1
ROUNDING = 1e-6
LEAST_OF_STAGE = 0.8
NOTHING_SAID = ActivityWords()


class Drafted(NamedTuple):
    """The data of a map, what stands beside its values as comments, and what its author should know."""

    data: dict[str, Any]
    comments: Mapping[tuple[str, str], str]
    """By the id of a touchpoint and a key of it."""
    head: tuple[str, ...]
    """Lines above the map."""
    told: tuple[str, ...]


@dataclass(frozen=True)
class Sayings:
    """What people say of a log, and of the map that is made of it."""

    activities: Mapping[str, ActivityWords] = field(default_factory=dict)
    """By label."""
    evidence: str = "ticket"
    lang: str = "en"
    tied: bool = True
    """Whether the map names the source and its labels: the settings have it, or no source at all."""


class Drafting:
    """Makes a draft of the figures of a log."""

    def __init__(self, figures: CourseFigures, said: Sayings, taken: Iterable[str] = ()) -> None:
        self.figures, self.said, self.words = figures, said, words(said.lang)
        self.comments: dict[tuple[str, str], str] = {}
        self.told: list[str] = []
        self.labels: dict[str, list[str]] = {}
        for one in figures.found.labels:
            word = said.activities.get(one.label, NOTHING_SAID)
            if word.role not in ("backstage", "ignore"):
                self.labels.setdefault(word.title or one.label, []).append(one.label)
        kept = [one for one in figures.main if not _has_contact(one.label)]
        if len(kept) < len(figures.main):
            self.told.append(f"{len(figures.main) - len(kept)} left out: contact data in the label")
        self.main: list[ActivityFigures] = kept
        ids = Ids((END, *taken))
        self.ids = {one.label: ids.make(one.label, "activity") for one in kept}

    def word(self, name: str) -> ActivityWords:
        """Return what is said of an activity."""
        found = [self.said.activities[label] for label in self.labels.get(name, ()) if label in self.said.activities]
        return found[0] if found else NOTHING_SAID

    def on_map(self, touchpoints: Mapping[str, str]) -> dict[str, str]:
        """Return the touchpoints of a map by the activities that they are."""
        return {
            one.label: found
            for one in self.main
            if (found := next((touchpoints[each] for each in self.labels[one.label] if each in touchpoints), None))
        }

    # The map.

    def draft(self) -> Drafted:
        """Return the draft of a whole map."""
        figures, words, name = self.figures, self.words, self.figures.name
        about = figures.found.about
        points = self.touchpoints()
        data: dict[str, Any] = {
            "journeykit": 1, "title": words["title"].format(name=name), "state": "current", "basis": "measured",
            "lang": self.said.lang, "status": "draft", "updated": about.last and about.last.isoformat(),
            "day0": words["day0"], "persona": words["persona"].format(name=name), "data": [name], "evidence": [name],
            **self._in_stages(points), "channels": self._own_channels(points), "kpis": list(self._kpis()),
            "sources": [self.source()],
        }  # fmt: skip
        if not self.said.tied:
            del data["data"]
        if self.said.lang == "en":
            del data["lang"]
        return Drafted(
            {key: value for key, value in data.items() if value}, self.comments, tuple(self._head()), tuple(self.told)
        )

    def _head(self) -> Iterable[str]:
        figures, about = self.figures, self.figures.found.about
        yield (
            f"What {figures.name} shows: {figures.cases:,} cases, {figures.events:,} events, {about.first} to "
            f"{about.last}. It knows what happens and when,"
        )
        yield (
            "not how it feels and not why: ask customers, write titles in their words, "
            "add feelings with their evidence."
        )
        rare = [f"{one.label} ({figures.cases_with[one.label]:,} cases)" for one in figures.rare]
        rare = [one for one in rare if not _has_contact(one)]
        if figures.hidden_activities:
            rare.append(f"{figures.hidden_activities} of fewer than {figures.minimum_base}")
        if rare:
            yield f"Rare, so no touchpoints: {'; '.join(rare)}."
        yield from (f"{one[:1].upper()}{one[1:]}." for one in self.told)

    def source(self) -> dict[str, Any]:
        """Return the source that the map rests on."""
        about = self.figures.found.about
        who = self.words["who"].format(first=about.first, last=about.last)
        last = about.last.isoformat() if about.last else None
        return {"id": self.figures.name, "kind": self.said.evidence, "n": self.figures.cases, "date": last, "who": who}

    def _in_stages(self, points: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Return the touchpoints, in stages where each has one and no stage stands at two places."""
        stages = [self._stage(one.label) for one in self.main]
        if not any(stages):
            return {"touchpoints": list(points)}
        found: list[dict[str, Any]] = []
        for stage, point in zip(stages, points, strict=True):
            if not found or found[-1]["name"] != stage:
                found.append({"name": stage, "touchpoints": []})
            found[-1]["touchpoints"].append(point)
        if not all(stages) or len({one["name"] for one in found}) < len(found):
            why = "stand at several places of the order" if all(stages) else "are not those of all touchpoints"
            self.told.append(f"no stages: they {why}")
            return {"touchpoints": list(points)}
        return {"stages": found}

    def _stage(self, name: str) -> str:
        said = self.word(name).stage
        if said:
            return said
        counts = {one.stage: one.n for one in self.figures.found.course.staged if one.activity == name}
        total, known = sum(counts.values()), {stage: n for stage, n in counts.items() if stage}
        best = max(known, key=lambda stage: (known[stage], stage), default="")
        return best if best and known[best] >= LEAST_OF_STAGE * total and not _has_contact(best) else ""

    # Touchpoints.

    def touchpoints(self) -> list[dict[str, Any]]:
        """Return the touchpoints in the order of their places."""
        times = self._times()
        return [self.touchpoint(one, times.get(one.label), first=not at) for at, one in enumerate(self.main)]

    def touchpoint(self, one: ActivityFigures, at: float | None = None, *, first: bool = False) -> dict[str, Any]:
        """Return one touchpoint."""
        id, said, labels = self.ids[one.label], self.word(one.label), self.labels[one.label]
        found: dict[str, Any] = {"id": id, "title": one.label}
        if at is not None:
            found["at"] = f"+{written(at)}" if at >= 1 else "0h"
        if one.wait and one.wait.median >= 1:
            found["wait"] = written(one.wait.median)
            self.comments[id, "wait"] = f"until the next event; 90 %: {written(one.wait.p90)}; n {one.wait.n:,}"
        if channels := self._channels(one, said, first):
            found["channel"] = channels[0] if len(channels) == 1 else channels
        if said.by:
            found["by"] = said.by
        if one.reach is not None and one.reach < 1:
            found["reach"] = _share(one.reach)
        if one.returns:
            self.comments[id, "reach" if "reach" in found else "title"] = (
                f"{percent(one.returns)} of those who pass it come back to it"
            )
        if self.said.tied:
            found["data"] = {self.figures.name: labels[0] if len(labels) == 1 else labels}
        if steps := [*self._handoffs(one.label), *self._behind(one.label)]:
            found["backstage"] = steps
        if decision := self._decision(one.label):
            found["decision"] = decision
        return found

    def _times(self) -> dict[str, float]:
        """Return the median time of each touchpoint of the most frequent way, over its cases; it never goes back."""
        if not self.figures.ways:
            return {}
        found: dict[str, float] = {}
        last = 0.0
        for one in self.main:
            met = (each for each in self.figures.found.course.met if each.activity == one.label)
            times = self.figures.times((each.low, each.n) for each in met)
            if times and times.median >= last:
                found[one.label] = last = times.median
        return found

    def _channels(self, one: ActivityFigures, said: ActivityWords, first: bool) -> list[str]:
        moves = self.figures.found.course.channels
        if said.channel:
            return [channel_id(channel) for channel in said.channel]
        if moves.constant:
            if not first:
                return []
            self.told.append("the channel is the same within a case, so it stands at the first touchpoint only")
        wanted = [name for name, share in one.channels.items() if share >= LEAST_CHANNEL and not _has_contact(name)]
        return list(dict.fromkeys(map(channel_id, wanted)))

    def _own_channels(self, points: Iterable[dict[str, Any]]) -> dict[str, Any]:
        """Return definitions of the channels that are none of the known ones."""
        names = {channel_id(one.channel): one.channel for one in self.figures.found.activities if one.channel}
        names.update({channel_id(one): one for said in self.said.activities.values() for one in said.channel})
        used = [one for point in points for one in _listed(point.get("channel", ()))]
        return {id: {"name": names[id]} for id in dict.fromkeys(used) if not _is_known(id)}

    def _handoffs(self, name: str) -> Iterable[dict[str, Any]]:
        for one in self.figures.handoffs_after(name):
            if one.n < LEAST_SHARE * self.figures.passes(name) or _has_contact(one.before) or _has_contact(one.after):
                continue
            step = {"from": one.before, "to": one.after}
            if one.times and one.times.median >= 1:
                step["wait"] = written(one.times.median)
            yield step

    def _behind(self, name: str) -> Iterable[dict[str, Any]]:
        base, least = self.figures.passes(name), self.figures.minimum_base
        for one in sorted(self.figures.found.course.behind, key=lambda one: (-one.n, one.label, one.team)):
            if one.activity != name or one.n < max(least, LEAST_SHARE * base) or _has_contact(one.label):
                continue
            yield {**({"team": one.team} if one.team and not _has_contact(one.team) else {}), "does": one.label}

    def _decision(self, name: str) -> dict[str, Any] | None:
        """Return what follows, where two continuations have enough of those who pass; the rest is `other`."""
        steps = [
            step for step in self.figures.following(name)
            if step.share >= LEAST_SHARE and (step.after == END or step.after in self.ids)
        ]  # fmt: skip
        if len(steps) < 2:
            return None
        shares = [round(step.share, 3) for step in steps]
        rest = 1 - sum(step.share for step in steps)
        other = round(1 - sum(shares), 3) if rest > ROUNDING else 0  # else it is what rounding leaves
        options = [
            {
                "answer": self.words["ends"] if step.after == END else step.after,
                "to": END if step.after == END else self.ids[step.after], "share": share,
            }
            for step, share in zip(steps, shares, strict=True)
        ]  # fmt: skip
        return {
            "question": self.words["next"], "who": "unknown", **({"other": other} if other > 0 else {}),
            "options": options,
        }  # fmt: skip

    def _kpis(self) -> Iterable[dict[str, Any]]:
        about = self.figures.found.about
        years = dict.fromkeys(str(day.year) for day in (about.first, about.last) if day)
        for one in self.main:
            if one.wait and one.wait.median >= 1:
                yield {
                    "id": f"after-{self.ids[one.label]}", "kind": "duration", "at": self.ids[one.label],
                    "median": written(one.wait.median), "p90": written(one.wait.p90), "n": one.wait.n,
                    "period": "..".join(years), "source": self.figures.name,
                }  # fmt: skip


def channel_id(name: str) -> str:
    """Return the id of the known channel with a name or alias, in any language, else one made of the name."""
    from journeykit.vocabulary.channels import canonical_channel, channels

    key = " ".join(name.casefold().split())
    named = (id for id, one in channels().items() if key in (each.casefold() for each in one.names.values()))
    return canonical_channel(name) or next(named, None) or slug(name) or name


def _is_known(id: str) -> bool:
    from journeykit.vocabulary.channels import canonical_channel

    return canonical_channel(id) is not None


def _listed(value: Any) -> Iterable[str]:
    return (value,) if isinstance(value, str) else value


def _share(value: float) -> float:
    """Return a share with two decimals, or three where two would make it all."""
    return min(round(value, 2 if value < 0.99 else 3), 0.999)


def _has_contact(text: str) -> bool:
    """Return whether a text holds an address or a number of somebody."""
    from journeykit.vocabulary.contacts import contacts

    return bool(contacts(text))
