"""What a journey looks like while it is written: its picture, and the site of its project that follows the text."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeykit.charts.chart_types import CHARTS
from journeykit.charts.picture import Picture, draw
from journeykit.drawing.themes import NAMES
from journeykit.project import Project
from journeykit.project.outside import images_of
from journeykit.project.reading import Targets
from journeykit.server.analysis import Analysis

if TYPE_CHECKING:
    from journeykit.site.live.serving import Server

METHOD, COMMAND = "journeykit/preview", "journeykit.openPreview"


def preview(analysis: Analysis, version: int | None, chart: str = "", theme: str = "") -> dict[str, Any]:
    """Return the picture of the current text, its score and its findings; no picture where it is no journey.

    Raises UsageError for a journey that the chart has nothing to show of, ValueError for an unknown chart or theme.
    """
    chart, theme = chart or "map", theme or analysis.project.settings.theme
    if chart not in CHARTS:
        raise ValueError(f'"{chart}" is no chart; one of {", ".join(CHARTS)}')
    if theme not in (*NAMES, analysis.project.settings.theme):
        raise ValueError(f'"{theme}" is no theme; one of {", ".join(NAMES)}')
    journey, scores = analysis.document.journey, analysis.scores
    svg = ""
    if journey is not None and scores is not None:
        images = images_of(journey, analysis.file, analysis.project)[0]
        svg = draw(journey, scores, Picture("svg", chart, theme=theme, images=images))[0].decode()
    findings = [
        {
            "rule": one.rule, "severity": one.severity.word, "line": one.start.line, "column": one.start.column,
            "message": one.message, "help": one.help,
        }
        for one in analysis.findings
    ]  # fmt: skip
    return {"svg": svg, "score": scores.score if scores else None, "findings": findings, "version": version}


@dataclass
class LiveSite:
    """The sites that this process serves, one a project; they show the texts of the editor before they are saved."""

    _servers: dict[Path, Server] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)
    _waiting: dict[tuple[Path, str], bytes | None] = field(default_factory=dict)
    """The last text of each file that is not shown yet."""
    _showing: threading.Lock = field(default_factory=threading.Lock)

    def open(self, path: Path, project: Project) -> str:
        """Return the address of a journey's page, on a site that is served from now on."""
        root = project.root.resolve()
        server = self._servers.get(root) or self._started(root, project)
        return server.address.rstrip("/") + server.preview.address_of(path)

    def take(self, path: Path, text: str | None) -> None:
        """Show a text that is not saved; None shows the file again. A thread does it: the editor waits for nobody."""
        for root, server in self._servers.items():
            name = server.preview.name_of(path)
            if name is not None:
                self._waiting[root, name] = None if text is None else text.encode("utf-8", "replace")
                threading.Thread(target=self._show, args=(root, name), daemon=True).start()

    def _show(self, root: Path, name: str) -> None:
        with self._showing:  # in turn, and of several texts the last one
            if (root, name) in self._waiting and root in self._servers:
                server = self._servers[root]
                server.tell(server.preview.buffer(name, self._waiting.pop((root, name))))

    def close(self) -> None:
        """End all sites."""
        self._stop.set()
        for server in self._servers.values():
            server.close()
        self._servers.clear()

    def _started(self, root: Path, project: Project) -> Server:
        from journeykit.site.live.preview import Preview
        from journeykit.site.live.serving import Server
        from journeykit.site.live.watching import follow
        from journeykit.site.options import PRIVATE, options_from

        project = replace(project, settings=project.settings.with_own_rules("none"))
        given = {"history": False, "live": True, "include": PRIVATE}
        options = options_from(project.settings, project.today, given)
        server = Server(Preview(lambda: project, Targets((root,)), options))
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        threading.Thread(target=follow, args=(server, self._stop), daemon=True).start()
        self._servers[root] = server
        return server
