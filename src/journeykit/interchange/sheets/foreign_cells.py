"""What the cells of other people's tables become, field by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from journeykit.interchange.carry import CarryReport
from journeykit.interchange.sheets.cells import UnreadableCellError, text_of, value_of
from journeykit.interchange.sheets.columns import sheet_plans
from journeykit.interchange.sheets.durations import duration_in
from journeykit.interchange.sheets.feelings import FoundScale, feelings_in, rating_in
from journeykit.interchange.sheets.texts import channels_in, lines_of, listed, whole
from journeykit.model.slug import slug

_QUOTES = re.compile(r'^[\s"“”„«»\']+|[\s"“”„«»\']+$')
NOTHING = (
    "-",
    "--",
    "---",
    "–",
    "—",
    "none",
    "None",
    "n/a",
    "N/A",
    "/",
    "keine",
    "nincs",
    "yok",
    "なし",
    "aucun",
    "aucune",
)
"""What people write where there is nothing to write."""
KINDS = {"interview": "interview", "survey": "survey", "umfrage": "survey", "felmérés": "survey", "anketa": "survey",
         "anket": "survey", "analytics": "analytics", "workshop": "workshop", "observation": "observation",
         "beobachtung": "observation", "ticket": "ticket", "review": "review"}  # fmt: skip
LEVELS = {"low": 1, "medium": 3, "high": 5, "niedrig": 1, "mittel": 3, "hoch": 5, "alacsony": 1, "közepes": 3,
          "magas": 5, "nizka": 1, "srednja": 3, "visoka": 5, "düşük": 1, "orta": 3, "yüksek": 5, "χαμηλή": 1,
          "μέτρια": 3, "υψηλή": 5, "低": 1, "中": 3, "高": 5}  # fmt: skip


def is_nothing(text: str) -> bool:
    """Return whether a cell says that there is nothing."""
    return text.strip() in NOTHING


class ForeignCells:
    """Puts the cells of a table into touchpoints, their stages and the journey `data`.

    `scale` is that of the scores, which stand in the columns of the field `scored`.
    """

    def __init__(
        self, data: dict[str, Any], carry: CarryReport, lang: str, scored: str, scale: FoundScale | None
    ) -> None:
        self.data, self.carry, self.lang, self.scored, self.scale = data, carry, lang, scored, scale
        self.opportunities: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
        """The opportunities by their titles, with the touchpoints that they are at."""
        self.sources: dict[str, dict[str, Any]] = {}

    def put(self, point: dict[str, Any], stage: dict[str, Any], field: str, cell: Any, where: str) -> None:
        """Put a cell of a field into a touchpoint, or into what it belongs to."""
        put = _FIELDS.get(field)
        if is_nothing(text_of(cell)) and (field, text_of(cell).strip()) != ("channel", "none"):
            self.carry.guess(where, field, text_of(cell), "none")
        elif field == "at" and "lasts" not in point and duration_in(cell) not in (None, text_of(cell).strip()):
            self._length(point, "lasts", cell, where)
        elif put is not None:
            put(self, point, stage, cell, where)
        else:
            self._own_column(point, field, cell, where)

    def _own_column(self, point: dict[str, Any], field: str, cell: Any, where: str) -> None:
        column = next(one for one in sheet_plans()[0].columns if ".".join(one.path) == field)
        try:
            value = value_of(cell, column)
        except UnreadableCellError as error:
            self.carry.lose(where, text_of(cell), str(error))
            return
        for key in column.path[:-1]:
            point = point.setdefault(key, {})
        if point.setdefault(column.path[-1], value) != value:
            self.carry.lose(where, text_of(cell), "another column has this field")

    def _feeling(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        if (rating := rating_in(cell)) is not None:
            if self.scored == "feeling":
                self._rate(point, rating.value, cell, where)
            else:
                self.carry.lose(where, text_of(cell), "another column has the score")
            return
        found = feelings_in(text_of(cell), self.lang)
        for old, new in found.changed:
            self.carry.guess(where, "feeling", old, new)
        if found.words:
            point["feeling"] = [*point.get("feeling", []), *found.words]
            if found.valence is not None and not found.changed:
                self.carry.guess(where, "feeling", text_of(cell), "; ".join(found.words))
        if found.valence is not None and not found.words:
            if self.scale is None or self.scale.scale == "-2..2":
                self.scale = self.scale or FoundScale("-2..2")
                point.setdefault("satisfaction", whole(found.valence))
                self.carry.guess(where, "satisfaction", text_of(cell), f"{found.valence:g}")
            elif "satisfaction" not in point:
                self.carry.lose(where, text_of(cell), f"it is no number of the scale {self.scale.scale}")
        for text in found.rest:
            point["thinks"] = [*point.get("thinks", []), text]
            self.carry.guess(where, "thinks", text, "no feeling word is known for it")

    def _satisfaction(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        rating = rating_in(cell)
        if rating is None:
            self._feeling(point, stage, cell, where)
        else:
            self._rate(point, rating.value, cell, where)

    def _rate(self, point: dict[str, Any], value: float, cell: Any, where: str) -> None:
        assert self.scale is not None
        if "satisfaction" in point:
            self.carry.lose(where, text_of(cell), "the row has a score already")
            return
        point["satisfaction"] = whole(value * self.scale.factor + self.scale.shift)

    def _texts(self, point: dict[str, Any], key: str, cell: Any) -> None:
        point[key] = list(dict.fromkeys([*point.get(key, []), *lines_of(text_of(cell))]))

    def _quote(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        quotes = [text for line in lines_of(text_of(cell)) if (text := _QUOTES.sub("", line))]
        point["quote"] = [*point.get("quote", []), *quotes]

    def _thinks(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        self._texts(point, "thinks", cell)

    def _pains(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        self._texts(point, "pains", cell)

    def _actors(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        point["actors"] = [*point.get("actors", []), *listed(text_of(cell))]

    def _why(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        text = "; ".join(lines_of(text_of(cell)))
        point["why"] = f"{point['why']}; {text}" if "why" in point else text

    def _channel(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        known, other = channels_in(text_of(cell))
        point["channel"] = list(dict.fromkeys([*point.get("channel", []), *known, *other]))

    def _opportunity(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        for title in lines_of(text_of(cell)):
            if is_nothing(title):
                continue
            _, points = self.opportunities.setdefault(title, ({"title": title}, []))
            if not any(one is point for one in points):
                points.append(point)

    def _work(self, point: dict[str, Any], key: str, cell: Any, field: str) -> None:
        """Add what the company does: a step for each line, or its team, tool or owner."""
        steps = point.setdefault(key, [])
        if field == "does":
            steps += [{"does": line} for line in lines_of(text_of(cell))]
            return
        text = "; ".join(lines_of(text_of(cell)))
        if not steps:
            steps.append({})
        for step in steps:
            step.setdefault(field, text)

    def _backstage(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        known = point.pop("backstage", [])
        waiting = [one for one in known if "does" not in one]
        self._work(point, "backstage", cell, "does")
        for step in point["backstage"]:
            step.update({key: value for one in waiting for key, value in one.items()})
        point["backstage"] = [*(one for one in known if "does" in one), *point["backstage"]]

    def _frontstage(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        self._work(point, "frontstage", cell, "does")

    def _team(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        self._work(point, "backstage", cell, "team")

    def _system(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        self._work(point, "backstage", cell, "system")

    def _owner(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        self._work(point, "backstage", cell, "owner")

    def _moment(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        column = next(one for one in sheet_plans()[0].columns if one.path == ("moment_of_truth",))
        try:
            point["moment_of_truth"] = value_of(cell, column)
        except UnreadableCellError:
            point["moment_of_truth"] = True
            self.carry.guess(where, "moment_of_truth", text_of(cell), "yes")

    def _evidence(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        ids = []
        for text in listed(text_of(cell)):
            id = slug(text) or f"source-{len(self.sources) + 1}"
            kind = next((kind for word, kind in KINDS.items() if word in text.casefold()), None)
            self.sources.setdefault(id, {"id": id, **({"kind": kind} if kind else {}), "who": text})
            ids.append(id)
            self.carry.guess(where, "evidence", text, id)
        point["evidence"] = list(dict.fromkeys([*point.get("evidence", []), *ids]))

    def _goal(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del point
        text = "; ".join(lines_of(text_of(cell)))
        if stage.get("goal", text) != text:
            self.carry.lose(where, text, "a stage has one goal, and this one has another already")
        elif "goal" not in stage:
            rest = stage.pop("touchpoints")
            stage.update({"goal": text, "touchpoints": rest})

    def _business_goal(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del point, stage
        goals = self.data.setdefault("goals", [])
        for text in lines_of(text_of(cell)):
            if not any(one["goal"] == text for one in goals):
                goals.append({"goal": text, "who": "business"})
                self.carry.guess(where, "goals", text, "of the whole journey")

    def _expectation(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del point, stage
        known = self.data.setdefault("expectations", [])
        for text in lines_of(text_of(cell)):
            if text not in known:
                known.append(text)
                self.carry.guess(where, "expectations", text, "of the whole journey")

    def _persona(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        name = text_of(cell).strip()
        persona = self.data.setdefault("persona", {"name": name})
        if persona["name"] != name:
            point["actors"] = [*point.get("actors", []), name]
            self.carry.guess(where, "actors", name, f"beside {persona['name']}")

    def _map_title(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del point, stage
        title = text_of(cell).strip()
        if self.data.setdefault("title", title) != title:
            self.carry.lose(where, title, "a file holds one journey")

    def _length(self, point: dict[str, Any], key: str, cell: Any, where: str) -> None:
        found = duration_in(cell)
        if found is None:
            self.carry.lose(where, text_of(cell), "it is no duration")
            return
        if point.setdefault(key, found) != found:
            self.carry.lose(where, text_of(cell), "another column has this field")
            return
        if found != text_of(cell).strip():
            self.carry.guess(where, key, text_of(cell), found)

    def _lasts(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        self._length(point, "lasts", cell, where)

    def _wait(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        self._length(point, "wait", cell, where)

    def _importance(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        rating = rating_in(cell)
        value = rating.value if rating else LEVELS.get(text_of(cell).strip().casefold())
        if value is None or not 1 <= value <= 5:
            self.carry.lose(where, text_of(cell), "it is not between 1 and 5")
            return
        if point.setdefault("importance", whole(value)) != whole(value):
            self.carry.lose(where, text_of(cell), "another column has this field")
            return
        if rating is None:
            self.carry.guess(where, "importance", text_of(cell), f"{value:g}")

    def _tags(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        found = [tag for text in listed(text_of(cell)) if (tag := slug(text))]
        point["tags"] = list(dict.fromkeys([*point.get("tags", []), *found]))

    def _id(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        if re.fullmatch(r"[a-z][a-z0-9-]*", text_of(cell)):
            point["id"] = text_of(cell)
        else:
            self.carry.lose(where, text_of(cell), "an id has small letters, digits and hyphens")


_Put = Callable[[ForeignCells, dict[str, Any], dict[str, Any], Any, str], None]
_FIELDS: Mapping[str, _Put] = {
    "feeling": ForeignCells._feeling,
    "satisfaction": ForeignCells._satisfaction,
    "thinks": ForeignCells._thinks,
    "quote": ForeignCells._quote,
    "pains": ForeignCells._pains,
    "why": ForeignCells._why,
    "channel": ForeignCells._channel,
    "opportunity": ForeignCells._opportunity,
    "backstage": ForeignCells._backstage,
    "frontstage": ForeignCells._frontstage,
    "team": ForeignCells._team,
    "system": ForeignCells._system,
    "owner": ForeignCells._owner,
    "actors": ForeignCells._actors,
    "moment_of_truth": ForeignCells._moment,
    "evidence": ForeignCells._evidence,
    "goal": ForeignCells._goal,
    "business_goal": ForeignCells._business_goal,
    "expectation": ForeignCells._expectation,
    "persona": ForeignCells._persona,
    "title_of_map": ForeignCells._map_title,
    "lasts": ForeignCells._lasts,
    "wait": ForeignCells._wait,
    "importance": ForeignCells._importance,
    "tags": ForeignCells._tags,
    "id": ForeignCells._id,
}
