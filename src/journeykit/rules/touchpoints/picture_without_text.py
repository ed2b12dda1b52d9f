"""A picture has no text.

Finds pictures of touchpoints and of the persona without `alt`. Where none has it, it is one finding.

Why: people who cannot see a picture are told what it shows (WCAG 2.2, success criterion 1.1.1). The text is below the
picture on the map, in the text account of every chart, and in web pages.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I search for the number
    feeling: annoyed
    image: pictures/search.png
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I search for the number
    feeling: annoyed
    image: {file: pictures/search.png, alt: A hand holds a phone over a router without a label}
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, once_if_all, rule


@rule(Severity.INFO)
def picture_without_text(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at each picture, or one where none has a text."""
    journey = subject.journey
    shown = [((*place.path, "image"), place.touchpoint.image) for place in journey.places if place.touchpoint.image]
    if journey.persona.image:
        shown.insert(0, (("persona", "image"), journey.persona.image))
    help = "say in a few words what it shows: add `alt`"
    hits = [Hit(path, "the picture has no text", help) for path, image in shown if image.alt is None]
    if hits:
        yield from once_if_all(hits, shown, hits[0]._replace(message=f"none of the {len(hits)} pictures has a text"))
