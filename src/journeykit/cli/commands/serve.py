"""Show the web site while you write; it follows the files.

The pages are those of `journeykit site`, made when they are asked for. After each save the page that is open takes over
what changed; where a file has mistakes, its last good page stays below a list of them. Everything is shown, drafts and
quotes too; --as-published leaves out what `site` leaves out.

With --edit the page is an editor: the YAML file stays the truth, and each act changes only the lines that have to
change. --new begins a new map, --read-only shows the editor to others.

It answers this machine only, on a free port. Ctrl-C ends it. watchfiles (pip install "journeykit[serve]") notices
changes at once; without it the files are looked at three times a second.

Examples:

  journeykit serve

  journeykit serve examples --port 8000 --open

  journeykit serve maps --edit --open
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from journeykit.cli.console import say
from journeykit.cli.options import number_parser
from journeykit.cli.request import Request, reads_journeys
from journeykit.errors import UsageError
from journeykit.output.paint import shown_name
from journeykit.output.summary import counted

if TYPE_CHECKING:
    from journeykit.site.live.serving import Server

VS_CODE = "vscode://file{file}:{line}"
"""The address that opens a file in Visual Studio Code."""
LOCAL = ("127.0.0.1", "::1", "localhost")
Port = Annotated[
    int,
    typer.Option(
        "--port",
        metavar="N",
        parser=number_parser(0, 65535, whole=True),
        help="The port; 0 is any that is free. [0 to 65535]",
    ),
]
Host = Annotated[str, typer.Option("--host", metavar="ADDRESS", help="The address of this machine to answer on.")]
AsPublished = Annotated[bool, typer.Option("--as-published", help="Leave out what `site` leaves out.")]
Open = Annotated[bool, typer.Option("--open", help="Open the first page in the browser.")]
Buffers = Annotated[
    bool, typer.Option("--buffers", help="Take unsaved texts from an editor that sends the printed token.")
]
Poll = Annotated[
    bool, typer.Option("--poll", help="Look at the files regularly, without the system's notices of changes.")
]
FrameFor = Annotated[
    str, typer.Option("--frame", metavar="ORIGIN", help="An origin whose pages may show these in a frame.")
]
Edit = Annotated[
    bool, typer.Option("--edit", help="Edit the journeys in the browser; the files are changed, nothing else is.")
]
New = Annotated[bool, typer.Option("--new", help="Begin a new map in the browser, in the first folder given.")]
ReadOnly = Annotated[bool, typer.Option("--read-only", help="Show the editor without the means to change anything.")]
EditorLink = Annotated[
    str | None,
    typer.Option(
        "--editor",
        metavar="ADDRESS",
        help="The address that opens a file in your editor, with {file} and {line}; by default VS Code's, if it is "
        "installed.",
    ),
]
HistoryOption = Annotated[bool, typer.Option("--history/--no-history", help="Read the history of the files in git.")]


@reads_journeys()
def command(
    request: Request,
    port: Port = 0,
    host: Host = "127.0.0.1",
    as_published: AsPublished = False,
    open_: Open = False,
    buffers: Buffers = False,
    poll: Poll = False,
    frame: FrameFor = "",
    history: HistoryOption = False,
    edit: Edit = False,
    new: New = False,
    read_only: ReadOnly = False,
    editor: EditorLink = None,
) -> None:
    """The journeys as a web site that follows the files."""
    import secrets
    import threading

    from journeykit.site.live.preview import Preview
    from journeykit.site.live.serving import TOKEN_HEADER, Server
    from journeykit.site.live.watching import follow
    from journeykit.site.options import PRIVATE, options_from

    if request.targets.has_stdin:
        raise UsageError("standard input cannot be followed", "name files and folders")
    if any(character.isspace() or character == ";" for character in frame):
        raise UsageError(f'"{frame}" is no origin', "write it as https://example.org")
    edit = edit or new
    if edit:
        _check_edit(host, frame, new, read_only)
        if new and not any(path.is_dir() for path in request.targets.paths or (Path(),)):
            raise UsageError("--new needs a folder to write the map into", "name one that exists")
    elif read_only or editor is not None:
        option = "--read-only" if read_only else "--editor"
        raise UsageError(f"{option} is for --edit", "without it nothing is changed")
    link = _editor_link(editor)
    project = request.without_plugins().project
    given: dict[str, Any] = {"history": history, "live": True}
    if not as_published:
        given["include"] = PRIVATE
    preview = Preview(_loader(request), request.targets, options_from(project.settings, project.today, given))
    token = secrets.token_urlsafe(24) if buffers else ""
    try:
        server = Server(preview, host, port, token=token, frame=frame)
    except OSError as error:
        raise UsageError(f"{host}:{port}: cannot be listened on: {error.strerror}", "name another --port") from None
    if host not in LOCAL:
        say(f"journeykit: {host} may be reached by others, who see all that the journeys say")
    say(f"Serving {counted(len(preview.portfolio.entries), 'journey')} at {server.address} (Ctrl-C ends it)")
    address = server.address
    if edit:
        address = _with_editor(server, request, new, read_only, link)
        say(f"Editor: {address}")
    if token:
        say(f"Unsaved texts: POST {server.address}_buffer/ID with {TOKEN_HEADER}: {token}")
    stop = threading.Event()
    threading.Thread(target=follow, args=(server, stop), kwargs={"poll": poll}, daemon=True).start()
    if open_:
        typer.launch(address)
    try:
        _serve(server)
    finally:
        stop.set()
        server.server_close()


def _serve(server: Server) -> None:
    """Serve until Ctrl-C; where changes are not saved, until it comes again."""
    warned = False
    while True:
        try:
            return server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            unsaved = server.editor.desk.unsaved() if server.editor else []
            if warned or not unsaved:
                return None
            warned = True
            names = ", ".join(shown_name(str(one)) for one in unsaved)
            say(f"journeykit: not saved: {names}; save in the browser, or press Ctrl-C again to discard")


def _check_edit(host: str, frame: str, new: bool, read_only: bool) -> None:
    """Raise UsageError for what is not safe, or not possible, together with --edit."""
    if host not in LOCAL:
        raise UsageError(f"--edit is for this machine only, not for {host}", "leave out --host")
    if frame:
        raise UsageError("--edit is not for pages within those of others", "leave out --frame")
    if new and read_only:
        raise UsageError("--read-only writes nothing, and --new writes a map", "leave out one of them")


def _editor_link(given: str | None) -> str:
    """Return the address that opens a file in an editor; empty if none is known."""
    import shutil

    if given is None:
        return VS_CODE if shutil.which("code") else ""
    if given and "{file}" not in given:
        raise UsageError(f'"{given}" names no file', "write {file} where the path goes, and {line} for the line")
    return given


def _with_editor(server: Server, request: Request, new: bool, read_only: bool, link: str) -> str:
    """Let the journeys of a server be edited; return the address, whose fragment no server and no log gets to see."""
    import secrets

    from journeykit.editing.desk import Desk
    from journeykit.editing.grounds import Grounds
    from journeykit.site.live.editing import Editor

    preview = server.preview
    desk = Desk(preview.project, Grounds(request.targets.paths or (Path(),)), read_only, editor=link)
    server.editor = Editor(preview, desk, server.tell, new=new)
    server.edit_token = "" if read_only else secrets.token_urlsafe(24)
    return f"{server.address}edit/" + (f"#token={server.edit_token}" if server.edit_token else "")


def _loader(request: Request) -> Any:
    """Return a function that reads the settings anew."""
    from dataclasses import replace

    from journeykit.project import Project

    def load() -> Project:
        first = request.without_plugins().project
        path = first.settings.path
        if path is None:
            return first
        found = Project.find(settings=path if path.is_file() else None)
        settings = found.settings.with_own_rules("none")
        return replace(first, settings=settings)

    return load
