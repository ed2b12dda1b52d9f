"""Acts that speak of an older text: made if what they are about is the same still, else merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from journeykit.editing.acts import make_all
from journeykit.editing.analysis import Analysis
from journeykit.editing.made import Made
from journeykit.editing.merging import merged
from journeykit.editing.quick_fixes import quick_fixes
from journeykit.editing.refusal import ActRefusedError, ChangedMeanwhileError
from journeykit.interchange.normal import normal_data
from journeykit.model import Journey
from journeykit.model.normalisation import file_path
from journeykit.output.tables.touchpoint_diff import clipped
from journeykit.reading.schema_guesses import at_path


def rebased(then: Analysis, now: Analysis, acts: Sequence[Mapping[str, Any]]) -> Made:
    """Return what acts on an older text make of the text as it is. Raises ActRefusedError where they clash."""
    acts = [_same_finding(then, now, act) if act.get("do") == "fix" else act for act in acts]
    before, after = then.document.journey, now.document.journey
    if all(act.get("do") == "fix" for act in acts):
        return make_all(now, acts)
    if before is not None and after is not None and all(_is_same(act, before, after) for act in acts):
        return make_all(now, acts)
    made = make_all(then, acts)
    shared = now.project.settings.shared
    found = merged(then.text, now.text, made.analysis.text, str(now.file), shared)
    result = Analysis(found.text, now.file, now.rules)
    if found.conflicts or (after is not None and result.document.journey is None):
        raise ChangedMeanwhileError(_theirs(acts, after), "look at it and do it again")
    return made._replace(analysis=result)


def _theirs(acts: Sequence[Mapping[str, Any]], after: Journey | None) -> str:
    """Return words for a clash, with what somebody else wrote where one text or number was to be set."""
    said = "this was changed meanwhile by somebody else"
    path = acts[0].get("path") if len(acts) == 1 and acts[0].get("do") == "set" else None
    value = at_path(normal_data(after), file_path(tuple(path), after.is_flat)) if path and after else None
    return f"{said}, to “{clipped(str(value))}”" if isinstance(value, str | int | float) else said


def _same_finding(then: Analysis, now: Analysis, act: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a fix of the finding that is the same now; raise ChangedMeanwhileError if there is none."""
    number = act.get("finding")
    if type(number) is not int or not 0 <= number < len(then.findings):
        raise ActRefusedError("there is no such finding")
    wanted = then.findings[number]
    for at, one in enumerate(now.findings):
        same = (one.rule, one.message, one.path) == (wanted.rule, wanted.message, wanted.path)
        if same and [fix.title for fix in quick_fixes(one)] == [fix.title for fix in quick_fixes(wanted)]:
            return {**act, "finding": at}
    raise ChangedMeanwhileError("this finding is not there any more", "look at the findings again")


def _is_same(act: Mapping[str, Any], before: Journey, after: Journey) -> bool:
    """Return whether what an act is about is the same in two versions of a journey."""
    if act.get("do") == "rename":
        return True
    paths = [act[key] for key in ("path", "before") if isinstance(act.get(key), list)]
    if not paths or act.get("do") == "text":
        return False
    return all(_described(act, path, before) == _described(act, path, after) for path in paths)


def _described(act: Mapping[str, Any], path: Sequence[Any], journey: Journey) -> Any:
    """Return what tells an act's target: the ids on the way to it, and what of it is changed."""
    data = normal_data(journey)
    found = file_path(tuple(path), journey.is_flat)
    above = [at_path(data, found[:length]) for length in range(1, len(found))]
    ids = [one.get("id") or one.get("title") for one in above if isinstance(one, dict)]
    value = at_path(data, found)
    if act.get("do") == "add":
        lists = value if isinstance(value, list) else []
        return ids, [one.get("id") if isinstance(one, dict) else one for one in lists]
    if act.get("do") == "face" and isinstance(value, dict):
        return ids, value.get("id"), value.get("satisfaction"), value.get("feeling")
    return ids, value
