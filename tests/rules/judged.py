"""What one rule, or one family of rules, finds in a text."""

from journeykit.reading import read_text
from journeykit.rules import Hit, Subject, all_rules


def judged(id: str, text: str, **limits: float) -> list[Hit]:
    """The hits of the rule `id`, by limits of its own or others; the text must be a valid journey."""
    return list(all_rules()[id].check(_subject(text), **limits))


def lines(id: str, text: str) -> list[int]:
    """The lines, from 1, at which the rule `id` finds something."""
    subject = _subject(text)
    spans = [subject.source.locate(hit.path, hit.part) for hit in all_rules()[id].check(subject)]
    return [subject.source.position(span.start).line for span in spans]


def found_by(families: tuple[str, ...], text: str) -> list[str]:
    """The ids of the rules of these families that find something, one for each hit."""
    subject = _subject(text)
    rules = [rule for rule in all_rules().values() if rule.family in families]
    return [rule.id for rule in rules for _ in rule.check(subject)]


def _subject(text: str) -> Subject:
    document = read_text(text, "x.journey.yaml")
    assert document.journey is not None, [finding.message for finding in document.findings]
    return Subject(document.journey, document.source)
