"""Text of users for editors, which show it as Markdown, in a message with links, or plain.

In Markdown `[x](command:…)` is a link that runs a command in some editors, and so it is in the messages of others.
"""

from __future__ import annotations

import re

from journeykit.output.paint import one_line

_MARKS = re.compile(r"[\\`*_\[\]<>|~&$@]|:(?=//)|(?<=mailto):|(?<=xmpp):|(?<=www)\.", re.IGNORECASE)


def in_markdown(text: str) -> str:
    """Return text to stand within a line of Markdown, where nothing in it is markup, HTML or a link."""
    return _MARKS.sub(r"\\\g<0>", one_line(text))


def in_message(text: str) -> str:
    """Return the lines of a message to show, without links."""
    return "\n".join(one_line(line).replace("](", "] (") for line in text.split("\n"))
