"""Ask a source: open its engine, hold the settings against the columns, count."""

from __future__ import annotations

from journeykit.data.answers import Answers
from journeykit.data.cases import Cases
from journeykit.data.counting import Counter
from journeykit.data.course import CourseEvents
from journeykit.data.engines import Engine, engine_of
from journeykit.data.events import Events
from journeykit.data.plan import plan
from journeykit.data.questions import Found, Limits, Wanted
from journeykit.data.sources import Source


def ask(source: Source, wanted: Wanted, limits: Limits = Limits()) -> Found:  # noqa: B008
    """Return the answers of a source. Raises DataError or UsageError for what cannot be read or must not be used."""
    with engine_of(source, limits) as engine:
        return answers(engine, wanted)


def answers(engine: Engine, wanted: Wanted) -> Found:
    """Return the answers of the source of an engine that is open. Raises as `ask` does."""
    planned = plan(engine.source, wanted, engine)
    names = list(dict.fromkeys((*planned.names.values(), *planned.weightlike)))
    conditions = {name: one.sql for name, one in planned.cases.items()}
    relation = engine.relation(names, conditions, planned.source.where)
    return _counted(Counter(engine, planned.source, wanted, planned, relation), wanted)


def sql(source: Source, wanted: Wanted) -> list[str]:
    """Return the statements that `ask` runs, as far as they do not depend on what is found; nothing is opened."""
    engine = engine_of(source, Limits())
    engine.shown = []
    engine.table()
    planned = plan(source, wanted, engine)
    conditions = {name: one.sql for name, one in planned.cases.items()}
    relation = engine.assumed(list(planned.names.values()), conditions, planned.source.where)
    _counted(Counter(engine, planned.source, wanted, planned, relation), wanted)
    return engine.shown


def _counted(counter: Counter, wanted: Wanted) -> Found:
    answers, cases = Answers(counter), Cases(counter)
    head = counter.head()
    found = Found(counter.about(head, ()), answers.definitions)
    asked = wanted.questions
    if counter.source.kind == "answers" and answers.items:
        if "answers" in asked:
            scores, missing, refused = answers.answers()
            labels = tuple(answers.labels())
            found = found._replace(
                about=counter.about(head, labels),
                scores=tuple(scores),
                missing=tuple(missing),
                refused=tuple(refused),
                labels=labels,
            )
        if "products" in asked:
            products, units = answers.products()
            found = found._replace(products=tuple(products), units=tuple(units))
        if "repeated" in asked:
            found = found._replace(repeated=tuple(answers.repeated()))
    if "times" in asked:
        times, refused = cases.times(head.last)
        found = found._replace(times=tuple(times), refused=(*found.refused, *refused))
    if "shares" in asked:
        found = found._replace(shares=tuple(cases.shares()))
    if counter.source.kind == "events" and "course" in asked:
        return CourseEvents(counter).count(found)
    if counter.source.kind == "events" and (asked & {"events", "handoffs"} or wanted.spans or wanted.having):
        found = Events(counter).count(found)
    return found
