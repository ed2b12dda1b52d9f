"""Parse YAML text to plain data and the span of every key and value, in one pass over parser events.

No composer is used: composers recurse, and overflow the stack on 50 kB of open brackets. After a mistake in the syntax
parsing continues if the rest can be trusted, so that one run reports all mistakes.
"""

from __future__ import annotations

from journeykit.reading.lost_text import cut_texts
from journeykit.reading.yaml_builder import Builder, ParsedYaml
from journeykit.reading.yaml_events import events, parser_errors
from journeykit.reading.yaml_faults import YamlError, YamlFault

MAX_RECOVERIES = 10
"""The most mistakes in the syntax after which one run continues."""


def parse_yaml(text: str) -> ParsedYaml:
    """Parse one YAML document. Never raises, whatever the text."""
    syntax_faults: list[YamlFault] = []
    whole = text
    while True:
        parsed = ParsedYaml()
        try:
            with parser_errors(text):
                Builder(text, parsed).run(events(text))
            break
        except YamlError as error:
            fault = error.fault
        last = syntax_faults[-1].end if syntax_faults else -1
        is_new = not syntax_faults or text.find("\n", max(last, 0), fault.start) >= 0  # else the last mask caused it
        if is_new:
            syntax_faults.append(fault)
        if not is_new or fault.mask is None or len(syntax_faults) > MAX_RECOVERIES:
            parsed.root = None
            break
        text = fault.mask.apply(text)
    parsed.faults += cut_texts(whole, parsed.root)
    parsed.faults = [*syntax_faults, *(one for one in parsed.faults if not _beside(one, syntax_faults, text))]
    parsed.recovered = parsed.recovered or bool(syntax_faults)
    return parsed


def _beside(fault: YamlFault, others: list[YamlFault], text: str) -> bool:
    """Return whether a fault is on a line for which another fault is reported."""
    line = _line(text, fault.start)
    return any(_line(text, other.start) == line for other in others)


def _line(text: str, at: int) -> int:
    return text.rfind("\n", 0, at)
