"""The scores of journeys, stages and touchpoints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from journeykit.output.numbers import duration, score_style
from journeykit.output.paint import one_line, shown_name
from journeykit.output.summary import counted
from journeykit.output.table import Column, Table
from journeykit.output.tables import ScoredJourney, file_column, head
from journeykit.output.tables.metrics import calibration_data, metric_data, survey_data, too_few
from journeykit.scoring import Exit, Scores
from journeykit.scoring.display import fixed, fixed_percent, percent
from journeykit.scoring.metrics import metrics

CHOSEN = ("peak", "valley", "first", "end")
"""The touchpoints that the score looks at besides the mean."""
SCORE = Column("score", "Score", fixed, right=True, style=score_style)


def journeys(all_scored: Sequence[ScoredJourney]) -> Table:
    """Return a row for each journey."""
    columns = [
        file_column([scored.file for scored in all_scored]), Column("title", "Journey", wraps=True), SCORE,
        Column("word", "", empty=""), Column("low", "from", fixed, right=True, drop_order=1),
        Column("high", "to", fixed, right=True, drop_order=1),
        Column("band_kind", "", for_programs=True), Column("mean", "Mean", fixed, right=True),
        *(Column(key, key.capitalize(), fixed, right=True, drop_order=2) for key in CHOSEN),
        Column("consistency", "Consistency", fixed, right=True, drop_order=4),
        Column("coverage", "Coverage", fixed_percent, right=True, drop_order=3),
        Column("churn_index", "Churn", fixed, right=True, drop_order=3), Column("profile", "Profile", drop_order=5),
        Column("rests_on", "", for_programs=True),
    ]  # fmt: skip
    rows = []
    for scored in all_scored:
        scores = scored.scores
        low, high = scores.band or (None, None)
        rows.append(
            [
                scored.file, scored.journey.title, scores.score, _word(scores), low, high, scores.band_kind,
                scores.mean, scores.peak,
                scores.valley, scores.first, scores.end, scores.consistency, scores.coverage, scores.churn_index,
                scores.profile, " ".join(scores.rests_on),
            ]
        )  # fmt: skip
    return Table("", columns, rows)


def _word(scores: Scores) -> str:
    if scores.word is None:
        return ""
    marks = ["partial"] * scores.partial + ["rests on too few answers"] * bool(scores.rests_on)
    return f"{scores.word} ({', '.join(marks)})" if marks else scores.word


def stages(scored: ScoredJourney) -> Table:
    """Return a row for each stage."""
    columns = [Column("id", "Stage"), Column("name", "Name", wraps=True), SCORE]
    return Table("Stages", columns, [[stage.stage.id, stage.stage.name, stage.score] for stage in scored.scores.stages])


WHOSE = ("stage", "phase", "channel", "feeling", "time", "start", "persona", "owner")
"""What rows of touchpoints are grouped by, in programs: `start` is the time in seconds."""


def touchpoints(scored: ScoredJourney) -> Table:
    """Return a row for each touchpoint."""
    hidden = any(rated.hidden for rated in scored.scores.touchpoints)
    columns = [
        Column("number", "#", right=True), Column("id", "Id"), Column("title", "Touchpoint", wraps=True), SCORE,
        Column("half_width", "±", fixed, right=True), Column("coefficient", "Carries", fixed_percent, right=True),
        Column("source", "From", drop_order=1), Column("note", "", wraps=True, empty="", for_programs=not hidden),
        *(Column(key, key.capitalize(), for_programs=True) for key in WHOSE),
    ]  # fmt: skip
    about = scored.journey.to_rows()
    rows = [
        [
            rated.number,
            rated.id,
            rated.touchpoint.title,
            rated.score,
            rated.half_width,
            rated.coefficient,
            rated.source,
            too_few(scored.scores.settings.minimum_base) if rated.hidden else "",
            *(row[key] for key in WHOSE),
        ]
        for rated, row in zip(scored.scores.touchpoints, about, strict=True)
    ]
    return Table("Touchpoints", columns, rows)


def headline(scored: ScoredJourney) -> list[str]:
    """Return the lines about a journey above its tables."""
    scores, effort = scored.scores, scored.scores.effort
    lines = [f"{one_line(scored.journey.title)}  ({shown_name(scored.file)})"]
    if scores.score is None or scores.band is None:
        lines.append(f"  no score: {_why_none(scores)}")
    else:
        band = "95 % CI" if scores.band_kind == "interval" else "uncertainty band"
        low, high = scores.band
        partial = f", partial: {percent(scores.coverage)} rated" if scores.partial else ""
        around = f"{band} {fixed(low)} to {fixed(high)}"
        lines.append(f"  {fixed(scores.score)} {scores.word}  ({around}, {scores.profile}{partial})")
    lines += [f"  {line}" for line in remarks(scores)]
    figures = [("mean", scores.mean), *((name, getattr(scores, name)) for name in CHOSEN),
               ("consistency", scores.consistency)]  # fmt: skip
    shown = (f"{name} {fixed(value)}{_reach(scores, name)}" for name, value in figures if value is not None)
    lines.append("  " + " · ".join(shown))
    parts = [
        counted(effort.touchpoints, "touchpoint"),
        f"{counted(effort.customer_contacts, 'contact')} started by the customer",
        counted(effort.channel_switches, "channel switch", "channel switches"),
        counted(effort.handoffs, "handoff"),
    ]
    if effort.elapsed is not None:
        parts.append(f"{'at least ' * effort.elapsed_at_least}{duration(effort.elapsed)} elapsed")
    if effort.waiting:
        parts.append(f"{duration(effort.waiting)} spent waiting")
    lines.append("  " + " · ".join(parts))
    exits = ", ".join(_exit(way) for way in scores.exits)
    churn = [] if scores.churn_index is None else [f"churn index {fixed(scores.churn_index)}"]
    lines.append("  " + " · ".join([*churn, *([f"exits: {exits}"] if exits else [])]))
    return [line for line in lines if line.strip()]


def remarks(scores: Scores) -> Iterator[str]:
    """Yield remarks on how the score was computed."""
    if scores.rests_on and not scores.withheld:
        yield hidden_surveys(scores)
    if scores.mixed:
        yield "words and means of surveys are on one curve: a word is one person's, a mean is an average"


def hidden_surveys(scores: Scores) -> str:
    """Return which surveys the score rests on although they are not shown."""
    titles = ", ".join(f"“{one_line(scores.by_id[id].touchpoint.title)}”" for id in scores.rests_on)
    return f"rests on surveys of fewer than {scores.settings.minimum_base} answers, which are not shown: {titles}"


def _reach(scores: Scores, name: str) -> str:
    """Return the reach of the touchpoint of a figure (peak, valley, first, end), if not all customers meet it."""
    landmark = scores.landmarks.get(name)
    return "" if landmark is None or landmark.reach == 1 else f" (met by {percent(landmark.reach)})"


def _exit(way: Exit) -> str:
    return f"“{one_line(way.answer)}”" + ("" if way.share is None else f" {percent(way.share)}")


def _why_none(scores: Scores) -> str:
    if not any(rated.weight for rated in scores.touchpoints):
        return "every touchpoint has a reach of 0"
    if scores.withheld:
        return f"it mostly {hidden_surveys(scores)}"
    return f"only {percent(scores.coverage)} of the journey's weight is rated"


def band_data(scores: Scores) -> dict[str, Any] | None:
    """Return the JSON of the band around a score: `kind` is `interval` (95 % confidence) or `band`."""
    if scores.band is None:
        return None
    low, high = scores.band
    return {"low": low, "high": high, "kind": scores.band_kind}


def data(scored: ScoredJourney) -> dict[str, Any]:
    """Return the JSON of one journey's scores."""
    scores, effort = scored.scores, scored.scores.effort
    return {
        **head(scored),
        "score": scores.score,
        "band": band_data(scores),
        "word": scores.word,
        "partial": scores.partial,
        "profile": scores.profile,
        "coverage": scores.coverage,
        "mean": scores.mean,
        "peak": scores.peak,
        "valley": scores.valley,
        "first": scores.first,
        "end": scores.end,
        "landmarks": {
            name: {"touchpoint": one.id, "score": one.score, "reach": one.reach}
            for name, one in scores.landmarks.items()
        },
        "rests_on": list(scores.rests_on),
        "consistency": scores.consistency,
        "churn_index": scores.churn_index,
        "exits": [{"touchpoint": way.touchpoint, "answer": way.answer, "share": way.share} for way in scores.exits],
        "effort": {
            "touchpoints": effort.touchpoints,
            "customer_contacts": effort.customer_contacts,
            "channel_switches": effort.channel_switches,
            "elapsed": effort.elapsed,
            "elapsed_at_least": effort.elapsed_at_least,
            "waiting": effort.waiting,
            "handoffs": effort.handoffs,
        },
        "stages": [{"id": s.stage.id, "name": s.stage.name, "score": s.score} for s in scores.stages],
        "touchpoints": [
            {
                "id": rated.id,
                "title": rated.touchpoint.title,
                "score": rated.score,
                "coefficient": rated.coefficient,
                "half_width": rated.half_width,
                "source": rated.source,
                "suppressed": rated.hidden,
                "stated": rated.stated_score,
                "measured": survey_data(rated),
                **{key: row[key] for key in WHOSE},
            }
            for rated, row in zip(scores.touchpoints, scored.journey.to_rows(), strict=True)
        ],
        "metrics": [metric_data(metric) for metric in metrics(scored.journey)],
        "calibration": calibration_data(scores),
    }


def joined(tables: Sequence[tuple[str, Table]]) -> Table:
    """Return tables of several files as one, with a column that names the file."""
    first = file_column([file for file, _ in tables])
    columns = tables[0][1].columns if tables else ()
    title = tables[0][1].title if tables else ""
    note = tables[0][1].note if len(tables) == 1 else ""  # it does not name its file
    return Table(title, [first, *columns], [[file, *row] for file, table in tables for row in table.rows], note=note)
