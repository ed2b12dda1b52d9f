"""Build a site: read each journey once, write its pages, then the pages of them all."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from journeykit.errors import JourneykitError
from journeykit.finding import Finding
from journeykit.git import Repository
from journeykit.linting import Linted, Selection
from journeykit.output.paint import shown_name
from journeykit.project.baseline import without_known
from journeykit.project.history import day_of
from journeykit.project.linting import lint_document
from journeykit.project.reading import Cached, ReadResult, Targets, find_files, read_each, read_each_cached
from journeykit.project.repositories import Repositories
from journeykit.project.workspace import Reporter, Workspace
from journeykit.reading import Document
from journeykit.scoring import Scores
from journeykit.site.addresses import addresses, way
from journeykit.site.cached import INDEX, Kept, KeptComparisons, LastBuild, Made, key_of
from journeykit.site.collecting import shown_path, subject_of
from journeykit.site.entries import Entry
from journeykit.site.folder import Known, NewFolder, checksum, site_folder, write_manifest
from journeykit.site.frame import LIVE_SCRIPT, PICTURE_SCRIPT, SCRIPT, STYLE, Frame, page
from journeykit.site.options import MOST_COMPARED, SiteOptions
from journeykit.site.pages import pages
from journeykit.site.pages.compare import address as compare_address
from journeykit.site.pages.compare import compared, overlaid
from journeykit.site.pages.journey import FOLDER, completed, filled, journey_files
from journeykit.site.portfolio import Left, Portfolio
from journeykit.site.publishing import is_draft, published
from journeykit.site.words import Words
from journeykit.web.markup import Node, element, written
from journeykit.web.page import page_asset, page_theme, style_sheet

WORK = ".work"
"""The folder of journeys whose address is not known yet."""


class Built(NamedTuple):
    """What was built; `status` is 2 if a file could not be opened, 1 if one is no journey, else 0."""

    portfolio: Portfolio
    files: int
    findings: tuple[Finding, ...]
    status: int


def build_site(workspace: Workspace, targets: Targets, options: SiteOptions, output: Path) -> Built:
    """Write the site of journeys into a folder.

    Raises UsageError if the folder cannot be written or holds something else.
    """
    frame = Frame(options.title, Words(options.lang), options.theme, options.live, options.single)
    with site_folder(output) as folder:
        last = LastBuild(workspace, options, folder)
        portfolio, made, findings, failed = _read(workspace, targets, options, frame, folder)
        _place(folder, portfolio, made)
        _fill_all(folder, portfolio, frame)
        _compare_all(workspace, portfolio, frame, folder)
        key, whole = key_of(portfolio, made, bool(workspace.settings.baseline)), last.whole
        if not last.take_whole(key):
            whole = []
            for name, data in pages(portfolio, frame):
                folder.write(name, data)
                whole.append(name)
        for name, data in assets(options):
            folder.write(name, data)
        now = {entry.file: portfolio.addresses[entry.number] for entry in portfolio.entries}
        write_manifest(folder, now, _redirects(folder, now, frame))
        count = len(folder.files)
    last.save(key, whole)
    return Built(portfolio, count, findings, 2 if failed else int(bool(findings)))


def _place(folder: NewFolder, portfolio: Portfolio, made: Sequence[Made]) -> None:
    """Move the files of each journey to its address, or take over those of the old site."""
    for one in made:
        if one.entry:
            address = portfolio.address(one.entry).rstrip("/")
            if one.kept:
                for name, _ in one.files:
                    folder.take(f"{one.kept}/{name}", f"{address}/{name}")
            else:
                known = {name: Known(sum_, made=sum_ if name == INDEX else "") for name, sum_ in one.files}
                folder.rename(f"{WORK}/{one.entry.number}", address, known)
    (folder.path / WORK).rmdir()


def _read(
    workspace: Workspace, targets: Targets, options: SiteOptions, frame: Frame, folder: NewFolder
) -> tuple[Portfolio, Sequence[Made], tuple[Finding, ...], int]:  # fmt: skip
    paths, _ = find_files(replace(workspace, reporter=Reporter()), targets)  # it reports when they are read
    if options.history and day_of(options.since) is None and paths:
        Repository.around(paths[0]).commit(options.since)
    inside = folder.old.path
    numbers = {
        targets.name_of(path): number
        for number, path in enumerate(paths)
        if not Path(os.path.realpath(path)).is_relative_to(inside)
    }
    selection = workspace.selection()
    (folder.path / WORK).mkdir()
    repositories = Repositories()
    work = partial(
        _journey, workspace=workspace, selection=selection, options=options, frame=frame, folder=folder.path / WORK,
        numbers=numbers, repositories=repositories,
    )  # fmt: skip
    if options.formats:  # their writers are not forked
        read: ReadResult[Made] = read_each(workspace, targets, work)
    else:
        kept = Kept(workspace, options, folder.old, numbers, repositories)
        read = read_each_cached(workspace, targets, work, Cached(kept.store, kept.encode, kept.decode))
    made = read.results
    entries = _without_known(workspace, selection, [one.entry for one in made if one.entry])
    left = Left(
        tuple(one.draft for one in made if one.draft),
        sum(entry.left_out[0] for entry in entries), sum(entry.left_out[1] for entry in entries),
    )  # fmt: skip
    findings = tuple(finding for one in made for finding in one.findings)
    shown = tuple(one._replace(file=shown_path(one.file, workspace)) for one in findings if one.file in numbers)
    commit = _commit(entries, repositories) if options.history else ""
    portfolio = Portfolio(entries, addresses(entries), options, shown, left, commit=commit)
    ids = dict.fromkeys(chain.from_iterable(options.compare))
    if unknown := [shown_name(id) for id in ids if id not in portfolio.by_id]:
        workspace.reporter.message(f"compare names journeys that the site does not have: {', '.join(unknown)}")
    return with_comparisons(portfolio), made, findings, read.failed


def _journey(
    document: Document,
    workspace: Workspace,
    selection: Selection,
    options: SiteOptions,
    frame: Frame,
    folder: Path,
    numbers: Mapping[str, int],
    repositories: Repositories,
) -> Made:
    """Write the pages of a journey, and return what other pages need of it."""
    journey, file = document.journey, document.source.name
    if journey is None or file not in numbers:
        return Made(findings=document.findings)
    if is_draft(journey) and "drafts" not in options.include:
        return Made(draft=file, findings=document.findings)
    linted = lint_document(document, workspace, selection)
    text = document.source.text
    subject = subject_of(numbers[file], file, journey, text, linted.findings, workspace, options, repositories)
    subject = completed(subject, options)
    own = NewFolder(folder / str(subject.entry.number))
    own.path.mkdir()
    files = []
    for name, data in journey_files(subject, frame, options.formats, options.edit_url):
        own.stage(name, data)
        files.append((name, checksum(data)))
    alone = linted.of_text and not (subject.images or subject.strips or subject.faults)
    return Made(subject.entry, findings=document.findings, files=tuple(files) if alone else ())


def _commit(entries: Sequence[Entry], repositories: Repositories) -> str:
    """Return the commit that the first file is at, and with it most likely all; empty if there is none."""
    repository = repositories.around(entries[0].path) if entries else None
    try:
        return repository.head if repository else ""
    except JourneykitError:
        return ""


def _without_known(workspace: Workspace, selection: Selection, entries: list[Entry]) -> list[Entry]:
    """Return entries without the findings that are in the baseline."""
    if not workspace.settings.baseline:
        return entries
    read = ReadResult([Linted(entry.findings) for entry in entries], tuple(entry.path for entry in entries))
    left = {*without_known(workspace.settings, selection, read, False).findings}
    return [entry._replace(findings=tuple(one for one in entry.findings if one in left)) for entry in entries]


def with_comparisons(portfolio: Portfolio) -> Portfolio:
    """Return a portfolio with the journeys to compare."""
    pairs = pairs_of(portfolio)
    shown = {frozenset(one.number for one in pair) for pair in pairs}
    overlays = {frozenset(one.number for one in group): group for group in overlays_of(portfolio)}
    return replace(portfolio, pairs=pairs, overlays=tuple(group for key, group in overlays.items() if key not in shown))


def overlays_of(portfolio: Portfolio) -> tuple[tuple[Entry, ...], ...]:
    """Return the journeys to lay over each other: today's of one title by several personas, and groups that are named.

    A picture holds six. More journeys of one title are hardly one journey, and are not laid over each other.
    """
    by_title: dict[str, list[Entry]] = defaultdict(list)
    for entry in portfolio.current:
        if entry.score is not None:
            by_title[entry.title.casefold()].append(entry)
    found = [
        tuple(members)
        for members in by_title.values()
        if len(members) <= MOST_COMPARED and len({one.persona.id for one in members}) > 1
    ]
    by_id = portfolio.by_id
    named = [tuple(by_id[id] for id in ids if id in by_id) for ids in portfolio.options.compare if len(ids) > 2]
    return (*found, *(one for one in named if len(one) > 1))


def pairs_of(portfolio: Portfolio) -> tuple[tuple[Entry, Entry], ...]:
    """Return the journeys to compare: today's with the planned one whose id continues its own, and named pairs."""
    by_id = portfolio.by_id
    found = []
    for entry in portfolio.entries:
        if entry.state == "future":
            stems = [one for one in portfolio.current if entry.id.startswith(f"{one.id}-")]
            if stems:
                found.append((max(stems, key=lambda one: len(one.id)), entry))
    found += [
        (by_id[a], by_id[b]) for a, b, *rest in portfolio.options.compare if a in by_id and b in by_id and not rest
    ]
    return tuple({(one.number, other.number): (one, other) for one, other in found}.values())


def compare_pages(workspace: Workspace, portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of journeys that are compared, as they may be published."""
    for group in (*portfolio.pairs, *portfolio.overlays):
        if page := _compare_page(workspace, portfolio, frame, group):
            yield page


def _compare_page(
    workspace: Workspace, portfolio: Portfolio, frame: Frame, group: tuple[Entry, ...]
) -> tuple[str, bytes] | None:
    from journeykit.comparing import compare

    scores = _scores_of(group, workspace, portfolio.options)
    if len(scores) < len(group):
        return None
    if group in portfolio.pairs:
        first, second = group
        return compared(portfolio, frame, (first, second), compare(*scores))
    return overlaid(portfolio, frame, group, scores)


def _compare_all(workspace: Workspace, portfolio: Portfolio, frame: Frame, folder: NewFolder) -> None:
    """Write the pages of journeys that are compared; those whose files did not change are taken over."""
    kept = KeptComparisons(workspace, portfolio.options, folder)
    for group in (*portfolio.pairs, *portfolio.overlays):
        name = f"{compare_address(portfolio, group)}index.html"
        if kept.take(name, group):
            continue
        if page := _compare_page(workspace, portfolio, frame, group):
            folder.write(*page)
            kept.add(name, group, page[1])
    kept.save()


def _scores_of(entries: Sequence[Entry], workspace: Workspace, options: SiteOptions) -> list[Scores]:
    """Return the scores of journeys, all by the settings of the last one; of those alone that can be read."""
    from journeykit.reading import read_file
    from journeykit.scoring import score

    read = [read_file(Path(one.path), one.path, workspace.settings.shared).journey for one in entries]
    journeys = [published(one, options.include).journey for one in read if one]
    return [score(one, workspace.scoring_settings(journeys[-1])) for one in journeys]


def _fill_all(folder: NewFolder, portfolio: Portfolio, frame: Frame) -> None:
    """Write into the page of each journey what it says of others."""
    for number, entry in enumerate(portfolio.entries):
        name = f"{portfolio.address(entry)}{INDEX}"
        text = written(*others(portfolio, frame, number))
        said = checksum(text.encode())
        known = folder.staged[name] if name in folder.staged else folder.old.as_left(name)
        if known and known.others == said:
            continue
        page = folder.read(name)
        whole = filled(page, text)
        now = Known(checksum(whole), made=known.made if known else checksum(filled(page, "")), others=said)
        if whole != page:
            folder.stage(name, whole, now)
        else:
            (folder.staged if name in folder.staged else folder.kept)[name] = now


def others(portfolio: Portfolio, frame: Frame, number: int) -> list[Node]:
    """Return links to the journeys before and after one, to its future or past, and to those it names."""
    words, entries = frame.words, portfolio.entries
    entry, at = entries[number], f"{FOLDER}index.html"
    items: list[Node] = []

    def add(text: str, to: str, lang: str | None = None, current: bool = False) -> None:
        here = "true" if current else None
        items.append(element("li", element("a", text, href=way(at, to), lang=lang, aria_current=here)))

    for pair in portfolio.pairs:
        if entry in pair:
            for one in pair:
                name = words("journey.today" if one.state == "current" else "journey.future")
                titles_differ = pair[0].state == pair[1].state
                add(one.title if titles_differ else name, portfolio.address(one), current=one is entry)
            add(words("journey.compare"), compare_address(portfolio, pair))
    for group in portfolio.overlays:
        if entry in group:
            add(words("journey.overlay", n=len(group)), compare_address(portfolio, group))
    ids = portfolio.by_id
    for id in entry.refers_to:
        if id in ids:
            add(f"{words('journey.detail')}: {ids[id].title}", portfolio.address(ids[id]))
    if number:
        add(words("journey.previous", title=entries[number - 1].title), portfolio.address(entries[number - 1]))
    if number + 1 < len(entries):
        add(words("journey.next", title=entries[number + 1].title), portfolio.address(entries[number + 1]))
    if not items:
        return []
    return [element("nav", element("ul", *items), class_="others", aria_label=words("journey.neighbours"))]


INDENT = re.compile(r"^[ \t]*//.*\n|^[ \t]+|^\n|^/\*.*\*/\n", re.MULTILINE)
"""What scripts have for their readers in front of lines. None of our texts in backquotes goes over lines."""


def assets(options: SiteOptions) -> list[tuple[str, bytes]]:
    """Return the style sheet and the scripts."""
    own = Path(__file__).with_name("assets")
    style = "\n".join(
        [style_sheet(page_theme(options.theme), []), own.joinpath("site.css").read_text(encoding="utf-8")]
    )
    found = [(STYLE, INDENT.sub("", style).encode())]
    scripts = {SCRIPT: own / "site.js", LIVE_SCRIPT: own / "live.js"}
    texts = {
        name: file.read_text(encoding="utf-8") for name, file in scripts.items() if name != LIVE_SCRIPT or options.live
    }
    texts[PICTURE_SCRIPT] = page_asset("page.js")
    return [*found, *((name, INDENT.sub("", text).encode()) for name, text in texts.items())]


def _redirects(folder: NewFolder, now: Mapping[str, str], frame: Frame) -> dict[str, str]:
    """Write a page at each address that a journey had before, and return these addresses with the journey's file.

    `now` has the addresses of all journeys by their files.
    """
    old = folder.old.manifest
    moved = {**old.redirects, **{address: file for file, address in old.journeys.items()}}
    kept = {}
    files = folder.files
    for address, file in moved.items():
        name = f"journey/{address}/index.html"
        if file in now and now[file] != address and name not in files:
            to = f"journey/{now[file]}/"
            title = frame.words("moved.title")
            link = element("p", element("a", to, href=way(name, to)))
            folder.write(name, page(frame, name, title, element("h1", title), link, refresh=to))
            kept[address] = file
    return kept
