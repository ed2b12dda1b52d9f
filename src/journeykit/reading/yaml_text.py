"""YAML text to plain data and the span of every key and value, in one pass over parser events.

Never through a composer: those recurse, and die on 50 kB of open brackets. Behind a mistake in the syntax reading
goes on where that can be trusted, so that one run tells of all mistakes.
"""

from __future__ import annotations

from journeykit.reading.lost_text import cut_texts
from journeykit.reading.yaml_builder import Builder, Built
from journeykit.reading.yaml_events import complaints, events
from journeykit.reading.yaml_faults import Fault, Stop

MAX_MENDS = 10
"""Mistakes in the syntax that one run reads beyond."""


def build(text: str) -> Built:
    """Read one YAML document. Never raises, whatever the text."""
    stops: list[Fault] = []
    whole = text
    while True:
        built = Built()
        try:
            with complaints(text):
                Builder(text, built).run(events(text))
            stop = None
        except Stop as stopped:
            stop = stopped.fault
        if stop is None:
            break
        last = stops[-1].end if stops else -1
        if text.find("\n", max(last, 0), stop.start) >= 0 or not stops:  # else it comes of how the last one was mended
            stops.append(stop)
        else:
            stop = None
        if stop is None or stop.blank is None or len(stops) > MAX_MENDS:
            built.root = None
            break
        text = stop.blank.over(text)
    built.faults += cut_texts(whole, built.root)
    built.faults = [*stops, *(fault for fault in built.faults if not _beside(fault, stops, text))]
    built.mended = built.mended or bool(stops)
    return built


def _beside(fault: Fault, others: list[Fault], text: str) -> bool:
    """Return whether a fault is on a line for which another fault is reported."""
    line = _line(text, fault.start)
    return any(_line(text, other.start) == line for other in others)


def _line(text: str, at: int) -> int:
    return text.rfind("\n", 0, at)
