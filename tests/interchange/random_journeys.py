"""Random journeys in which every field of the format may stand, by the models alone; texts are of the awkward sort."""

from __future__ import annotations

from random import Random
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft
from journeykit.interchange.imported import settle
from journeykit.model import Journey
from journeykit.model.base import Part
from journeykit.model.journey import Weights
from journeykit.model.meaning import Defines, Elsewhere, Ref, Word
from journeykit.model.touchpoint import Measured, Touchpoint
from journeykit.model.values import Reads

TEXTS = [
    "I call", "It's late", 'They say "no"', "a: b", "x #y", "- dash", "Ügyfél", "日本語 です", "yes", "true", "3",
    "0.5", "[a", "semi; colon", "a, b", "two\nlines", "😀 gut", "=1+1", "+49 30 1234", "-5", "@home", "'quoted",
    "C:\\temp\\",
    "back\\;slash", "_x0041_", "60%", "2026-03-02", "TRUE", "1e5", "a|b", "<b>&amp;</b>", "\\", "ends in \\\\", "–",
    "é" * 40, "a\n\nb; c", "12:30", "  inner  spaces", "#N/A", "None", "null", "~", "x", "\u200eltr", "tab\there",
]  # fmt: skip
NOTATIONS: dict[str, list[Any]] = {
    "read_duration": ["20s", "25min", "4h", "1.5d", "PT4H", "2w", "6mo"],
    "read_day": ["2026-03-02", "1899-12-31", "1900-02-28", "2027-12-31", "2100-01-01"],
    "read_day_or_text": ["2026-03-02", "the first day"],
    "read_date": ["2026", "2026-03", "2026-Q1", "2026-03-02"],
    "read_period": ["2026", "2026-Q1", "2026-01..2026-03", "2026-03-02"],
    "read_figure": [3, 0.5, 4.25, "85%", "4h", "12.5%", 120],
    "read_number_or_word": [1, -1, 0, 0.5, "calm", "angry"],
    "read_share": [0.35, "60%", 0, 1, 0.125, "12.5%"],
    "read_url": ["https://example.org/a?b=c;d", "mailto:a@example.org", "http://x.example/ü"],
    "read_image_path": ["pictures/my call.png", "a.png"],
    "read_journey_target": ["other-journey", "../b.journey.yaml"],
    "read_fact": ["31", 31, 2.5, "nurse; on shifts", "yes"],
    "read_consent": ["with consent", True, False, "yes"],
    "read_answer": [1, 2, 3, 4, 5],
}
WORDS = {
    "channel": ["phone", "email", "kiosk", "none", "in-person"],
    "feeling": ["angry", "delighted", "fed up", "left alone", "wütend"],
    "tag": ["complaint", "a-b", "1x"],
    "language": ["en", "de", "hu-HU"],
}

ELSEWHERE = {"data": ["helpdesk", "survey"], "cases": ["solved"]}


class Maker:
    """Makes the parts of one journey."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.ids: dict[str, list[str]] = {
            "source": ["s1", "s2"], "kpi": ["k1"], "opportunity": ["o1"], "lane": ["l1", "l2"],
            "touchpoint": [f"t{number}" for number in range(1, self.random.randint(3, 7))],
        }  # fmt: skip
        self.made = 0

    def text(self) -> str:
        self.made += 1
        text = self.random.choice(TEXTS)
        return text if self.random.random() < 0.7 else f"{text} {self.made}"

    def part(self, model: type[Part], *, wanted: float = 0.4) -> dict[str, Any]:
        """The data of a part; each field that it may lack is there with a chance of `wanted`."""
        if model is Weights:
            return {"mean": 0.6, "peak": 0.1, "valley": 0.1, "end": 0.15, "first": 0.05}
        if model is Measured and self.random.random() < 0.5:
            return {"mean": 1.5, "n": 40, "sd": 0.75, "source": "s1", "period": "2026-Q1"}
        found: dict[str, Any] = {}
        for name, field in model.model_fields.items():
            if field.is_required() or self.random.random() < wanted:
                value = self.value(field.rebuild_annotation())
                if value is not None:
                    found[field.alias or name] = value
        return found or self.part(model, wanted=0.6)

    def value(self, annotation: Any, marks: tuple[Any, ...] = ()) -> Any:
        random, origin, arguments = self.random, get_origin(annotation), get_args(annotation)
        for mark in marks:
            if isinstance(mark, Ref):
                return random.choice(self.ids[mark.kind])
            if isinstance(mark, Word) and mark.kind in WORDS and not any(isinstance(one, Reads) for one in marks):
                return random.choice(WORDS[mark.kind])
            if isinstance(mark, Reads):
                if mark.read.__name__ == "read_moment":
                    self.made += 1
                    return random.choice([f"+{self.made}h", f"day {self.made}"])
                if mark.read.__name__ in NOTATIONS:
                    return random.choice(NOTATIONS[mark.read.__name__])
                words = mark.schema.get("anyOf", [{}])[0].get("enum")
                return random.choice([*words, 0.25]) if words else self.text()
            if isinstance(mark, Elsewhere) and mark.kind in ELSEWHERE:
                return random.choice(ELSEWHERE[mark.kind])
        if origin is Annotated:
            return self.value(arguments[0], (*marks, *arguments[1:]))
        if origin in (Union, UnionType):
            return self.value(random.choice([one for one in arguments if one is not type(None)]), marks)
        if origin is Literal:
            return random.choice(arguments)
        if origin is tuple:
            return [self.value(arguments[0]) for _ in range(random.randint(1, 3))]
        if origin is dict:
            return {self.value(arguments[0]): self.value(arguments[1]) for _ in range(random.randint(1, 3))}
        if isinstance(annotation, type) and issubclass(annotation, Part):
            return self.part(annotation)
        if annotation is bool:
            return random.random() < 0.5
        if annotation is int:
            return random.choice([1, 5, 7, 10, 120, 4000])
        if annotation is float:
            return random.choice([1, 2, 0.5, 1.25, 3, 5, -1.5, 0, 40, 12.5])
        if any(isinstance(mark, Defines) for mark in marks):
            self.made += 1
            return f"id-{self.made}"
        return self.text()


def journey_data(seed: int) -> dict[str, Any]:
    """The data of a random journey; much of it may be invalid."""
    maker = Maker(seed)
    random = maker.random
    data = maker.part(Journey, wanted=random.choice([0.1, 0.3, 0.7]))
    data.pop("journeykit", None)
    data["title"] = maker.text()
    data["sources"] = [maker.part(_model("sources")) | {"id": id} for id in maker.ids["source"]]
    data["kpis"] = [
        {"id": "k1", "kind": "csat", "counts": {1: 4, 3: 20, 5: 40}, "scale": "1..5", "top": 2, "target": "80%"},
        {"id": "k2", "kind": "nps", "promoters": 40, "passives": 20, "detractors": 10, "title": maker.text()},
        {"kind": "fcr", "k": 40, "n": 90, "sent": 300, "at": ["t1", "t2"], "source": "s1", "period": "2026-Q1"},
        {"kind": "resolution_time", "median": "4h", "p90": "2d", "mean": "9h", "clock": "business"},
        {"kind": "count", "value": random.choice([120, 0.5]), "unit": maker.text(), "better": "lower"},
    ]
    data["opportunities"] = [maker.part(_model("opportunities")) | {"id": id} for id in maker.ids["opportunity"]]
    data["lanes"] = {id: maker.part(_model("lanes")) for id in maker.ids["lane"]}
    data["channels"] = {"kiosk": maker.part(_model("channels"))}
    data["feelings"] = {"left alone": -1.5}
    wanted = random.choice([0.1, 0.3, 0.6])
    points = [maker.part(Touchpoint, wanted=wanted) | {"id": id} for id in maker.ids["touchpoint"]]
    if random.random() < 0.3:
        data.pop("stages", None)
        data["touchpoints"] = points
    else:
        names = [maker.text() for _ in range(random.randint(1, 3))]
        stages = [maker.part(_model("stages")) | {"id": f"g{n}", "name": name.strip()} for n, name in enumerate(names)]
        cuts = sorted(random.randint(0, len(points)) for _ in names[1:])
        for stage, start, end in zip(stages, [0, *cuts], [*cuts, len(points)], strict=True):
            stage["touchpoints"] = points[start:end]
        data["stages"] = stages
    return data


def _model(name: str) -> type[Part]:
    return next(one for one in _parts_of(Journey.model_fields[name].rebuild_annotation()))


def _parts_of(annotation: Any) -> list[type[Part]]:
    if isinstance(annotation, type):
        return [annotation] if issubclass(annotation, Part) else []
    return [part for one in get_args(annotation) for part in _parts_of(one)]


def random_journey(seed: int) -> Journey:
    """A valid random journey: what is not valid of the random data is left out."""
    found = settle(Draft(journey_data(seed), CarryReport(), "random"), "random").document.journey
    assert found is not None
    return found
