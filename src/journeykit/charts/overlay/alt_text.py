"""The overlay in words: how the journeys compare, stage by stage and where they differ most, then each of them."""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.charts import alt_text
from journeykit.charts.locales import Labels
from journeykit.charts.overlay.matching import MatchedStages, SharedStage, match_stages
from journeykit.charts.overlay.members import Member, members_of
from journeykit.charts.overlay.score_changes import ScoreChange, changes, gain
from journeykit.drawing.text import visible
from journeykit.model import Journey
from journeykit.scoring import Scores, opportunities


def account(members: Sequence[Member], together: MatchedStages, marked: Sequence[ScoreChange], labels: Labels) -> str:
    """One thought a line."""
    lines = [labels("overlay.account", n=len(members), names="; ".join(member.name for member in members))]
    lines.append(
        labels(
            "overlay.scores",
            list="; ".join(f"{member.name}: {score_of(members[0], member, labels)}" for member in members),
        )
    )
    for shared in together.stages:
        lines += _stage(members, shared, labels)
    for new in members[1:]:
        own = [change for change in marked if change.new is new]
        if own:
            listed = "; ".join(_change(change, labels) for change in own)
            lines.append(labels("overlay.changes", old=members[0].name, new=new.name, list=listed))
    for member in members:
        lines.append("")
        lines.append(
            alt_text.account(member.journey, member.scores, opportunities(member.journey, member.scores), labels)
        )
    return "\n".join(lines)


def told(pairs: Sequence[tuple[Journey, Scores]]) -> str:
    """The account for a terminal or a pull request: lines of text that no control character gets into."""
    labels = Labels(pairs[0][0].lang if pairs else "en")
    members = members_of(pairs, labels)
    lines = account(members, match_stages([journey for journey, _ in pairs]), changes(members), labels).splitlines()
    return "".join(f"{visible(line)}\n" for line in lines)


def score_of(first: Member, member: Member, labels: Labels) -> str:
    """A journey's score and word, and how far it is from the first where both are versions of one."""
    scores = member.scores
    if scores.score is None:
        return labels("overlay.none")
    shown = f"{labels.number(scores.score)} {labels(f'score.{scores.word}')}"
    change = gain(first, member)
    if change is None:
        return shown
    moved = labels.number(change.delta, sign=True)
    return f"{shown} ({moved if change.beyond_uncertainty else labels('overlay.unsure', n=moved)})"


def _stage(members: Sequence[Member], shared: SharedStage, labels: Labels) -> list[str]:
    """How good a stage is in each journey that has it; nothing where none has stages."""
    names = dict.fromkeys(stage.name for stage in shared.stages if stage and stage.name)
    if not names:
        return []
    scores = []
    for member, stage in zip(members, shared.stages, strict=True):
        score = next((one.score for one in member.scores.stages if stage and one.stage.id == stage.id), None)
        if stage:
            scores.append(f"{member.name}: {labels('overlay.none') if score is None else labels.number(score)}")
    return [f"{labels('alt.stage', name=' / '.join(names))} {'; '.join(scores)}."]


def _change(change: ScoreChange, labels: Labels) -> str:
    title = change.new.scores.by_id[change.id].touchpoint.title
    before, after = labels.number(change.before), labels.number(change.after)
    return f"{title}: {before} → {after} ({labels.number(change.delta, sign=True)})"
