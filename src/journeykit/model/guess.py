"""Guess which field an unknown key is meant as, or which choice: another word for it comes before a slip of the pen."""

from __future__ import annotations

from collections.abc import Collection

SYNONYMS: dict[str, tuple[str, ...]] = {
    "about": ("note",), "action": ("does", "what"), "actions": ("does",), "activity": ("does",),
    "actor": ("actors", "by", "who", "persona"), "activities": ("data", "any_of"),
    "address": ("url", "place"), "alt_text": ("alt",),
    "answers": ("options",), "arousal": ("engagement",), "artefacts": ("evidence",), "artifacts": ("evidence",),
    "attachments": ("links",), "author": ("owner",), "avatar": ("image",), "back": ("backstage",),
    "back_stage": ("backstage",), "backoffice": ("backstage",), "because": ("why",), "begins": ("starts",),
    "bio": ("note",), "caption": ("title",), "category": ("kind",), "cause": ("why",), "channels": ("channel",),
    "choices": ("options",), "churn": ("churn_risk",), "comment": ("note",), "comments": ("note",),
    "companions": ("actors",), "cost": ("effort",), "custom_lanes": ("lanes",), "customer": ("persona",),
    "date": ("at", "due", "updated", "period"), "day": ("at", "date"), "deadline": ("due",), "delay": ("wait",),
    "demographics": ("facts",), "department": ("team",), "desc": ("note",), "description": ("note", "does", "what"),
    "desires": ("wants",), "do": ("does",), "doing": ("does",), "duration": ("lasts",), "emotion": ("feeling",),
    "emotions": ("feeling", "feelings"), "end": ("ends", "to"), "energy": ("engagement",), "event": ("title",),
    "expectation": ("expected", "expectations"), "feels": ("feeling",), "figures": ("kpis",),
    "format": ("journeykit",), "frequency": ("reach",), "front": ("frontstage",), "front_stage": ("frontstage",),
    "frustration": ("pains",), "frustrations": ("pains",), "gain": ("impact",), "gains": ("wants",),
    "goal": ("goals",), "goto": ("to",), "handoffs": ("backstage",), "heading": ("title",), "href": ("url",),
    "hurts": ("pains",), "idea": ("opportunities",), "ideas": ("opportunities",), "images": ("image",),
    "img": ("image",), "improvements": ("opportunities",), "initiator": ("by",), "intensity": ("engagement",),
    "issues": ("pains",), "journeys": ("journey",), "keywords": ("tags",), "kpi": ("kpis",),
    "label": ("title", "name", "answer"), "labels": ("tags",), "lane": ("lanes",), "language": ("lang",),
    "last_updated": ("updated",), "length": ("lasts",), "link": ("links",), "locale": ("lang",),
    "location": ("place",), "maintainer": ("owner",), "metric": ("kpis",), "metrics": ("kpis", "measured"),
    "moments": ("touchpoints",), "mood": ("feeling",), "mot": ("moment_of_truth",), "motivation": ("motivated_by",),
    "motivations": ("motivated_by",), "name": ("title", "what", "goal", "answer", "who"), "nested": ("journey",),
    "next": ("to",), "notes": ("note",), "onstage": ("frontstage",), "opportunity": ("opportunities",),
    "others": ("actors",), "own_lanes": ("lanes",), "pain": ("pains",), "pain_points": ("pains",),
    "painpoints": ("pains",), "participants": ("actors", "who", "n"), "path": ("file",), "people": ("actors",),
    "percent": ("share", "reach"), "percentage": ("share", "reach"), "personas": ("persona",), "phase": ("stages",),
    "phases": ("stages",), "photo": ("image",), "physical_evidence": ("evidence",), "picture": ("image",),
    "portrait": ("image",), "priority": ("importance", "impact"), "probability": ("share", "churn_risk"),
    "problem": ("pains", "why"), "problems": ("pains",), "processes": ("backstage",), "profile": ("persona",),
    "proof": ("evidence",), "questions": ("feedback", "question"), "quotes": ("quote",),
    "rating": ("satisfaction", "value"), "reason": ("why",), "references": ("links", "sources"), "remark": ("note",),
    "remarks": ("note",), "research": ("sources",), "resources": ("needs",), "respondents": ("n",),
    "responses": ("n",), "responsible": ("owner", "team"), "risk": ("churn_risk",), "role": ("team", "facts"),
    "rows": ("lanes",), "said": ("quote",), "sample": ("n",), "sample_size": ("n",), "says": ("quote",),
    "score": ("satisfaction", "value", "mean"), "screenshot": ("image",), "sentiment": ("feeling",),
    "severity": ("impact",), "size": ("n",), "software": ("system",), "solutions": ("opportunities",),
    "source": ("sources", "evidence"), "src": ("file",), "stage": ("stages", "at"), "stakeholders": ("actors", "team"),
    "start": ("starts",), "step": ("title",), "steps": ("touchpoints", "backstage"), "storyboard": ("image",),
    "sub_journey": ("journey",), "subjourney": ("journey",), "survey": ("measured", "feedback"),
    "surveys": ("feedback", "measured"), "swimlanes": ("lanes",),
    "text": ("title", "goal", "what", "question", "answer"), "thinking": ("thinks",), "thought": ("thinks",),
    "thoughts": ("thinks",), "ticket": ("links",), "tickets": ("links",), "time": ("at", "lasts"), "timing": ("at",),
    "title": ("name", "what", "goal", "answer"), "tool": ("system",), "tools": ("system",),
    "touch_points": ("touchpoints",), "touchpoint": ("title", "at"), "type": ("kind",), "url": ("links",),
    "urls": ("links",), "user": ("persona",), "version": ("journeykit",), "waiting": ("wait",), "waits": ("wait",),
    "weight": ("importance",), "what": ("title", "goal", "does"), "when": ("at", "date"), "where": ("place",),
}  # fmt: skip
"""Fields that a word may be meant as, the likeliest first; only fields of the part in question are considered."""

CHOICES: dict[str, tuple[str, ...]] = {
    "abandonment": ("rate",), "amount": ("count",), "as_is": ("current",), "assumed": ("assumption",),
    "cancelled": ("dropped",), "churn": ("rate",), "client": ("customer",), "closed": ("done",),
    "conversion": ("rate",), "data": ("measured", "analytics"), "effort": ("ces",), "finished": ("done",),
    "first_contact_resolution": ("fcr",), "guess": ("assumption",), "handling_time": ("resolution_time",),
    "hire": ("staff",), "hypothesis": ("assumption",), "improve": ("fix",), "in_progress": ("doing",),
    "less": ("lower",), "lower_is_better": ("lower",), "money": ("budget",), "more": ("higher",),
    "negative": ("vulnerability",), "now": ("current",), "number": ("count",), "office": ("business",),
    "open": ("idea",), "pain": ("vulnerability",), "positive": ("strength",), "post": ("after",), "pre": ("before",),
    "proposed": ("idea",), "published": ("live",), "recommendation": ("nps",), "rejected": ("dropped",),
    "retention": ("rate",), "satisfaction": ("csat",), "score": ("rating",), "software": ("tool",),
    "stars": ("rating",), "supplier": ("partner",), "target": ("future",), "time": ("duration", "response_time"),
    "to_be": ("future",), "today": ("current",), "todo": ("planned",), "training": ("train",), "user": ("customer",),
    "vendor": ("partner",), "vision": ("future",), "volume": ("count",), "wait_time": ("response_time",),
    "waiting_time": ("response_time",), "weakness": ("vulnerability",), "wip": ("doing", "draft"),
    "working": ("business",),
}  # fmt: skip
"""Words of a field that takes a choice, by what people write instead; only the choices in question are considered."""


def meant(key: object, known: Collection[str], cutoff: float = 0.6) -> str | None:
    """Return the field among `known` that `key` is most likely meant as; None if there is none."""
    return named(key, known) or misspelled(key, known) or misspelled(key, known, cutoff)


def named(key: object, known: Collection[str]) -> str | None:
    """Return the field among `known` that `key` is another word or another spelling of; None if there is none."""
    word = _plain(key)
    return next((field for field in (word, *SYNONYMS.get(word, ())) if field in known), None)


def choice(word: object, known: Collection[str]) -> str | None:
    """Return the choice among `known` that people also call `word`; None if there is none."""
    return next((one for one in CHOICES.get(_plain(word), ()) if one in known), None)


def misspelled(key: object, known: Collection[str], cutoff: float = 0.85) -> str | None:
    """Return the field among `known` whose spelling is most similar to `key`; None if none is similar."""
    from difflib import get_close_matches

    word = _plain(key)
    near = get_close_matches(word, known, n=1, cutoff=cutoff)
    if not near or (near[0][:1] != word[:1] and not get_close_matches(word, near, cutoff=0.8)):
        return None  # "age" is no slip of "image": one begins a word as it should be
    return near[0]


def _plain(key: object) -> str:
    return "_".join(str(key)[:60].casefold().replace("-", " ").split())
