"""What the command palette offers: the pages, the priorities, the window's commands and every figure on view."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pcp_desktop.desktop.commands import DO, FIND, GO_TO, Entry
from pcp_desktop.desktop.held_copies import copy_words
from pcp_desktop.desktop.keys import spaced
from pcp_desktop.desktop.marks import Notice
from pcp_desktop.desktop.window_menu import Item, page_items, recent_items
from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.held_access import HeldFigures
from pcp_desktop.domain.pages import Figure, MeasureRow, OverviewPage

if TYPE_CHECKING:
    from pcp_desktop.desktop.main_window import MainWindow


def entries_of(window: MainWindow, overview: OverviewPage | None) -> list[Entry]:
    """All entries in the palette's order: Go to, Do with the current object first, Find a figure."""
    go_to = [_line(window, item, GO_TO, "Page") for item in window.menus.items if _is_page(window, item)]
    figures: list[Entry] = []
    if overview is not None and window.view is not None:
        seen: set[str] = set()
        for row in overview.all_rows:
            if row.priority not in seen:
                seen.add(row.priority)
                go_to.append(_priority(window, row))
            figures += _figures(window, row, overview)
    go_to += [_line(window, item, GO_TO, "Recent panel file") for item in recent_items(window)]
    return [*go_to, *_to_do(window), *figures]


def _is_page(window: MainWindow, item: Item) -> bool:
    return item.menu == "&Go" and item.needs_panel and window.view is not None


def _line(window: MainWindow, item: Item, section: str, detail: str = "") -> Entry:
    keys = spaced(window.keymap.of(item.keys)) if item.keys else ""
    return Entry(section, window.menus.words_of(item), item.act, detail, keys, item.icon)


def _priority(window: MainWindow, row: MeasureRow) -> Entry:
    words = f"{row.priority} {row.label}"
    return Entry(GO_TO, words, lambda: window.show_page("priorities", row.priority), "Priority", icon="target")


def _to_do(window: MainWindow) -> list[Entry]:
    """What can be done here, then everything of the window that can be done now."""
    about = _current(window)
    found = [replace(_line(window, item, DO), about=about) for item in page_items(window)]
    for item in window.menus.items:
        if not _is_page(window, item) and (window.view is not None or not item.needs_panel):
            found.append(_line(window, item, DO))
    return found


def _current(window: MainWindow) -> str:
    """What is current on the page, in words; empty where nothing is."""
    code = window.current.subject if window.current is not None else ""
    rows = window.overview.all_rows if window.overview is not None else ()
    return next((f"{row.priority} {row.label}" for row in rows if row.priority == code), "")


def _figures(window: MainWindow, row: MeasureRow, overview: OverviewPage) -> list[Entry]:
    """A row's figures; none of a held measure, so that nothing held can be copied by chance."""
    if row.held_words:
        return []
    found = []
    for figure, period in ((row.latest, overview.latest_words), (row.baseline, overview.baseline_words)):
        if figure.value is not None:
            own = figure.period.label if figure.period is not None else period
            found.append(_figure(window, row, figure, f"{row.label}, {own}"))
    return found


def _figure(window: MainWindow, row: MeasureRow, figure: Figure, words: str) -> Entry:
    def copy() -> None:
        view = window.view
        if view is None:
            return
        held = view.audience is Audience.WORKING and row.clearance.state is not ClearanceState.CLEARED
        period = figure.period.label if figure.period is not None else ""
        what = HeldFigures("One figure", (row.measure,), period, 1) if held else None
        told = partial(window.messages.bar, f"{figure.shown} copied: {words}.", Notice.DONE)
        copy_words(window.jobs, view.panel, figure.shown, what, told)

    def go() -> None:
        window.show_page("priorities", row.priority)

    return Entry(FIND, words, copy, figure.shown, icon="chart-line", other=go)
