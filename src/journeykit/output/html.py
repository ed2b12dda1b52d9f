"""Tables as HTML, for notebooks."""

from __future__ import annotations

from html import escape

from journeykit.output.paint import one_line
from journeykit.output.table import Table, for_people, text_of


def as_html(table: Table, above: str = "") -> str:
    """Return a table with escaped texts; `above` is printed in lines before it."""
    table = for_people(table)
    lines = [f"<p>{'<br>'.join(escape(one_line(line)) for line in above.splitlines())}</p>"] if above else []
    lines.append("<table>")
    if table.title:
        lines.append(f"<caption>{escape(table.title)}</caption>")
    lines.append(
        "<thead><tr>" + "".join(f"<th>{escape(column.title)}</th>" for column in table.columns) + "</tr></thead>"
    )
    lines.append("<tbody>")
    for row in table.rows:
        cells = zip(table.columns, row, strict=True)
        lines.append("<tr>" + "".join(_cell(text_of(column, value), column.right) for column, value in cells) + "</tr>")
    lines.append("</tbody></table>")
    return "\n".join(lines) + "\n"


def _cell(text: str, right: bool) -> str:
    style = ' style="text-align: right"' if right else ""
    return f"<td{style}>{escape(text)}</td>"
