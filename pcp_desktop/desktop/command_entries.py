"""What the command palette offers: the pages, the priorities, the window's commands and every figure on view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from pcp_desktop.desktop.commands import DO, FIND, GO_TO, Entry
from pcp_desktop.desktop.marks import Notice
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.pages import Figure, MeasureRow, OverviewPage

if TYPE_CHECKING:
    from pcp_desktop.desktop.main_window import MainWindow


def entries_of(window: MainWindow, overview: OverviewPage | None) -> list[Entry]:
    """All entries in the palette's order: Go to, Do with the current object first, Find a figure."""
    go_to = [
        Entry(GO_TO, item.words, item.act, "Page", item.keys.replace("+", " "), item.icon)
        for item in window.menus.items
        if item.menu == "&Go" and item.needs_panel and window.view is not None
    ]
    figures: list[Entry] = []
    if overview is not None and window.view is not None:
        seen: set[str] = set()
        for row in overview.all_rows:
            if row.priority not in seen:
                seen.add(row.priority)
                go_to.append(_priority(window, row))
            figures += _figures(window, row, overview)
    return [*go_to, *_to_do(window), *figures]


def _priority(window: MainWindow, row: MeasureRow) -> Entry:
    words = f"{row.priority} {row.label}"
    return Entry(GO_TO, words, lambda: window.show_page("priorities", row.priority), "Priority", icon="target")


def _to_do(window: MainWindow) -> list[Entry]:
    here = window.current.commands() if window.current is not None else ()
    found = [Entry(DO, each.words, each.act, keys=each.keys.replace("+", " "), icon=each.icon) for each in here]
    for item in window.menus.items:
        if item.menu != "&Go" and (window.view is not None or not item.needs_panel):
            found.append(
                Entry(DO, window.menus.words_of(item), item.act, keys=item.keys.replace("+", " "), icon=item.icon)
            )
    return found


def _figures(window: MainWindow, row: MeasureRow, overview: OverviewPage) -> list[Entry]:
    """A row's figures; none of a held measure, so that nothing held can be copied by chance."""
    if row.held_words and (overview.audience is Audience.PUBLIC or row.clearance.until):
        return []
    found = []
    for figure, period in ((row.latest, overview.latest_words), (row.baseline, overview.baseline_words)):
        if figure.value is not None:
            own = figure.period.label if figure.period is not None else period
            found.append(_figure(window, row, figure, f"{row.label}, {own}"))
    return found


def _figure(window: MainWindow, row: MeasureRow, figure: Figure, words: str) -> Entry:
    def copy() -> None:
        QGuiApplication.clipboard().setText(figure.shown)
        window.messages.bar(f"{figure.shown} copied: {words}.", Notice.DONE)

    def go() -> None:
        window.show_page("priorities", row.priority)

    return Entry(FIND, words, copy, figure.shown, icon="chart-line", other=go)
