"""Alt text of an overlay: scores, stages and largest changes, and then each journey."""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.charts.alt_text import journey_alt_text
from journeykit.charts.locales import Labels
from journeykit.charts.overlay.matching import MatchedStages, SharedStage, match_stages
from journeykit.charts.overlay.members import Member, members_of
from journeykit.charts.overlay.score_changes import ScoreChange, changes, gain
from journeykit.drawing.text import visible
from journeykit.model import Journey
from journeykit.scoring import Scores, opportunities


def overlay_alt_text(
    members: Sequence[Member], together: MatchedStages, marked: Sequence[ScoreChange], labels: Labels
) -> str:
    """Return the alt text of an overlay."""
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
            journey_alt_text(member.journey, member.scores, opportunities(member.journey, member.scores), labels)
        )
    return "\n".join(map(visible, lines))


def plain_text(pairs: Sequence[tuple[Journey, Scores]]) -> str:
    """Return the alt text for a terminal or a pull request, without control characters."""
    labels = Labels(pairs[0][0].lang if pairs else "en")
    members = members_of(pairs, labels)
    lines = overlay_alt_text(
        members, match_stages([journey for journey, _ in pairs]), changes(members), labels
    ).splitlines()
    return "".join(f"{visible(line)}\n" for line in lines)


def score_of(first: Member, member: Member, labels: Labels) -> str:
    """Return the score and word of a journey, and the change if it is a version of the first journey."""
    scores = member.scores
    if scores.score is None:
        return labels("overlay.none")
    shown = f"{labels.number(scores.score)} {labels(f'score.{scores.word}')}"
    if change := gain(first, member):
        moved = labels.number(change.delta, sign=True)
        shown += f" ({labels('overlay.unsure', n=moved) if change.verdict == 'within' else moved})"
    return shown


def _stage(members: Sequence[Member], shared: SharedStage, labels: Labels) -> list[str]:
    """Return a line with the scores of a stage, or none if no journey has stages."""
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
