"""Journeys of all sorts, written in every style, with something that a fix might change in each."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, NamedTuple

from hypothesis import strategies as st

from journeykit.fix import Change, Remove, Set
from tests.reading.styles import Writer

words = st.sampled_from(
    ["I call", "It's late", 'They say "no"', "a: b", "x #y", "- dash", "Ügyfél", "日本語 です", "yes", "3", "[a",
     "I  wait", "A long text that goes on and on, as people write it, until nobody reads it",
     "two\nlines", "😀 gut", "*star", "& co"]
)  # fmt: skip
feelings = st.sampled_from(["frustrated", "relieved", "happy", "angry"])
channels = st.sampled_from(["phone", "email", "kiosk", "van"])


@st.composite
def journeys(draw: st.DrawFn) -> dict[str, Any]:
    """The data of a journey, shorthands included."""
    titles = draw(st.lists(words, min_size=3, max_size=5, unique=True))
    data: dict[str, Any] = {
        "title": draw(words),
        "persona": draw(st.sampled_from(["Sam", {"name": "Sam", "wants": ["a"]}])),
    }
    if draw(st.booleans()):
        data["goals"] = ["Get online", {"goal": "More", "who": "business"}]
    if draw(st.booleans()):
        data["channels"] = {"kiosk": {"name": "Kiosk"}, "van": None}
    if draw(st.booleans()):
        data["sources"] = [{"kind": "survey", "id": "a", "n": 3}, {"id": "b", "who": draw(words)}, {"id": "c"}]
    data["touchpoints"] = [draw(_touchpoint(title, number)) for number, title in enumerate(titles)]
    return data


@st.composite
def _touchpoint(draw: st.DrawFn, title: str, number: int) -> Any:
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return title
    if kind == 1:
        return {title: draw(feelings)}
    channel = draw(st.one_of(channels, st.lists(channels, min_size=1, max_size=3)))
    whole: dict[str, Any] = {"id": f"step-{number}x", "title": title, "channel": channel}
    if kind == 3:
        whole |= {"feeling": draw(feelings), "needs": [{"what": "a van", "kind": "tool"}], "importance": 3}
    return whole


class Case(NamedTuple):
    """Changes, and the data of the file that they must lead to."""

    changes: tuple[Change, ...]
    data: dict[str, Any]


def cases(data: dict[str, Any], text: str, feeling: str) -> list[Case]:
    """Changes that fit a journey, each with what it makes of the data, worked out by hand."""
    found = []

    def case(*changes: Change) -> dict[str, Any]:
        found.append(Case(changes, deepcopy(data)))
        return found[-1].data

    case(Set(("title",), text))["title"] = text
    case(Set(("note",), text))["note"] = text
    case(Set(("privacy", "personal_data", 0), text), Set(("privacy", "personal_data", 1), "b"))["privacy"] = {
        "personal_data": [text, "b"]
    }
    opportunity: dict[str, Any] = {"id": "new", "title": text, "kind": "fix", "at": ["step-9x"]}
    persona = case(Set(("persona", "quote"), text))
    persona["persona"] = {**({"name": "Sam"} if isinstance(data["persona"], str) else data["persona"]), "quote": text}
    if "goals" in data:
        case(Set(("goals", 0, "goal"), text))["goals"][0] = text
        case(Set(("goals", 0, "who"), "business"))["goals"][0] = {"goal": "Get online", "who": "business"}
        case(Set(("goals", 2), text))["goals"].append(text)
        case(Remove(("goals", 1)))["goals"].pop()
        del case(Remove(("goals", 0)), Remove(("goals", 1)))["goals"]
    if "channels" in data:
        del case(Remove(("channels", "kiosk")))["channels"]["kiosk"]
        case(Set(("channels", "van", "name"), text))["channels"]["van"] = {"name": text}
        renamed = case(Remove(("channels", "kiosk")), Set(("channels", "stand"), {"name": "Kiosk"}))["channels"]
        renamed["stand"] = renamed.pop("kiosk")
    if "sources" in data:
        for number in range(3):
            del case(Remove(("sources", number)))["sources"][number]
        del case(Remove(("sources", 0)), Remove(("sources", 2)))["sources"][::2]
        del case(Remove(("sources", 0, "kind")), Remove(("sources", 0, "n")))["sources"][0]["kind"]
        del found[-1].data["sources"][0]["n"]
        case(Set(("sources", 0, "n"), 7))["sources"][0]["n"] = 7
        case(Set(("sources", 3), {"id": "d", "who": text}))["sources"].append({"id": "d", "who": text})
    for number, one in enumerate(data["touchpoints"]):
        path = ("touchpoints", number)
        if isinstance(one, str):
            case(Set((*path, "title"), text))["touchpoints"][number] = text
            case(Set((*path, "feeling"), feeling))["touchpoints"][number] = {"title": one, "feeling": feeling}
            continue
        if "title" not in one:
            (title,) = one
            case(Set((*path, "feeling", 0), feeling))["touchpoints"][number] = {title: feeling}
            case(Set((*path, "title"), text))["touchpoints"][number] = {text: one[title]}
            case(Set((*path, "channel"), "phone"))["touchpoints"][number]["channel"] = "phone"
            continue
        case(Set((*path, "title"), text))["touchpoints"][number]["title"] = text
        del case(Remove((*path, "id")))["touchpoints"][number]["id"]
        opportunity["at"] = [one["id"]]
        many = isinstance(one["channel"], list)
        changed = case(Set((*path, "channel", 0), "chat"))["touchpoints"][number]
        changed["channel"] = ["chat", *one["channel"][1:]] if many else "chat"
        taken = case(Remove((*path, "channel", 0)))["touchpoints"][number]
        if many and len(one["channel"]) > 1:
            del taken["channel"][0]
        else:
            del taken["channel"]
        if "needs" in one:
            changed = case(Set((*path, "needs", 1), {"what": text}))["touchpoints"][number]
            changed["needs"].append({"what": text})
            del case(Remove((*path, "needs", 0)))["touchpoints"][number]["needs"]
    if opportunity["at"] != ["step-9x"]:
        case(Set(("opportunities", 0), opportunity))["opportunities"] = [opportunity]
    return found


@st.composite
def written(draw: st.DrawFn, *, aliases: bool = True) -> tuple[dict[str, Any], str]:
    """A journey, and a text that says it; with line ends of either sort, and with or without one at its end."""
    data = draw(journeys())
    text = Writer(draw(st.integers(0, 2**32)), aliases=aliases).document(data)
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return data, text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


class Bare(Writer):
    """Writes no comments and no anchors."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed, aliases=False)

    def comment(self) -> str:
        return ""

    def noise(self, indent: int) -> str:
        return super().noise(indent).partition(" " * indent + "#")[0]

    def document(self, data: Any) -> str:
        return self.block(data, self.random.choice([0, 2]))


@st.composite
def bare(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """A journey, and a text that says it without any comment."""
    data = draw(journeys())
    return data, Bare(draw(st.integers(0, 2**32))).document(data)
