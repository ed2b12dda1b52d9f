"""Guess which field an unknown key is meant as: it may be misspelled, or the word of another tool."""

from __future__ import annotations

from collections.abc import Collection

SYNONYMS: dict[str, tuple[str, ...]] = {
    "actions": ("does",), "activity": ("does",), "action": ("does", "what"), "actor": ("by", "who", "persona"),
    "answers": ("options",), "author": ("owner",), "because": ("why",), "begins": ("starts",), "caption": ("title",),
    "category": ("kind",), "cause": ("why",), "choices": ("options",), "churn": ("churn_risk",), "cost": ("effort",),
    "customer": ("persona",), "date": ("at", "due", "updated", "period"), "day": ("at", "date"), "deadline": ("due",),
    "delay": ("wait",), "demographics": ("facts",), "desc": ("note",), "description": ("note", "does", "what"),
    "duration": ("lasts",), "emotion": ("feeling",), "emotions": ("feeling", "feelings"), "end": ("ends",),
    "event": ("title",), "expectation": ("expected", "expectations"), "figures": ("kpis",), "format": ("journeykit",),
    "frequency": ("reach",), "frustrations": ("pains",), "gain": ("impact",), "goto": ("to",),
    "handoffs": ("backstage",), "heading": ("title",), "ideas": ("opportunities",), "improvements": ("opportunities",),
    "initiator": ("by",), "keywords": ("tags",), "label": ("title", "name", "answer"), "labels": ("tags",),
    "language": ("lang",), "last_updated": ("updated",), "length": ("lasts",), "locale": ("lang",),
    "location": ("place",), "maintainer": ("owner",), "metrics": ("kpis", "measured"), "moments": ("touchpoints",),
    "mood": ("feeling",), "mot": ("moment_of_truth",), "motivation": ("motivated_by",),
    "motivations": ("motivated_by",), "name": ("title", "what", "goal", "answer", "who"), "next": ("to",),
    "pain_points": ("pains",), "painpoints": ("pains",), "percent": ("share", "reach"),
    "percentage": ("share", "reach"),
    "phases": ("stages",), "priority": ("importance", "impact"), "probability": ("share", "churn_risk"),
    "profile": ("persona",), "quotes": ("quote",), "rating": ("satisfaction", "value"), "reason": ("why",),
    "resources": ("needs",), "respondents": ("n",), "responses": ("n",), "responsible": ("owner", "team"),
    "risk": ("churn_risk",), "sample": ("n",), "sample_size": ("n",), "score": ("satisfaction", "value", "mean"),
    "sentiment": ("feeling",), "severity": ("impact",), "size": ("n",), "solutions": ("opportunities",),
    "start": ("starts",), "step": ("title",), "steps": ("touchpoints", "backstage"), "survey": ("measured", "feedback"),
    "text": ("title", "goal", "what", "question", "answer"), "thought": ("thinks",), "thoughts": ("thinks",),
    "time": ("at", "lasts"), "timing": ("at",), "title": ("name", "what", "goal", "answer"), "touchpoint": ("title",),
    "type": ("kind",), "user": ("persona",), "version": ("journeykit",), "waiting": ("wait",), "waits": ("wait",),
    "weight": ("importance",), "what": ("title", "goal", "does"), "when": ("at", "date"), "where": ("place",),
}  # fmt: skip
"""Fields that a word may be meant as, the likeliest first; only fields of the part in question are considered."""


def meant(key: object, known: Collection[str], cutoff: float = 0.6) -> str | None:
    """Return the field among `known` that `key` is most likely meant as; None if there is none."""
    word = _plain(key)
    if word in known:
        return word
    if field := misspelled(key, known):
        return field
    for field in SYNONYMS.get(word, ()):
        if field in known:
            return field
    return misspelled(key, known, cutoff)


def misspelled(key: object, known: Collection[str], cutoff: float = 0.85) -> str | None:
    """Return the field among `known` whose spelling is most similar to `key`; None if none is similar."""
    from difflib import get_close_matches

    near = get_close_matches(_plain(key), known, n=1, cutoff=cutoff)
    return near[0] if near else None


def _plain(key: object) -> str:
    return "_".join(str(key)[:60].casefold().replace("-", " ").split())
