"""The window's menu: every command by its words, key and icon; what a command does belongs to its object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pcp_desktop.desktop.menus import KEEP_MENUS, PAGE_MENU, RECENT_AFTER, RECENT_MENU
from pcp_desktop.desktop.theme import CONTRAST, DARK, LIGHT, SYSTEM
from pcp_desktop.desktop.undoing import REDO, REDO_KEYS, UNDO, UNDO_KEYS

if TYPE_CHECKING:
    from pcp_desktop.desktop.main_window import MainWindow

THEME_WORDS = {
    SYSTEM: "Theme of the system",
    LIGHT: "Light theme",
    DARK: "Dark theme",
    CONTRAST: "High contrast theme",
}
_TEXT_STEP = 10  # percent


@dataclass(frozen=True)
class Item:
    """One line of a menu; `needs_panel` leaves it grey without an open panel file.

    The lines of a `group` are one choice, and `chosen` is the one that holds; a `switch` is on where it is chosen.
    """

    menu: str
    words: str
    act: Callable[[], object]
    keys: str = ""
    needs_panel: bool = False
    group: str = ""
    icon: str = "chevron-right"
    chosen: bool = False
    switch: bool = False


def page_items(window: MainWindow) -> tuple[Item, ...]:
    """The lines of the menu for the page on show: what can be done there now."""
    here = window.current.commands() if window.current is not None else ()
    return tuple(Item(PAGE_MENU, each.words, each.act, each.keys, icon=each.icon) for each in here)


def recent_items(window: MainWindow) -> tuple[Item, ...]:
    """A line for each recent panel file that is still there, without the one that is open."""
    opened = window.view.panel.path if window.view is not None else None
    found = [path for path in window.settings.recent_panels if path != opened and path.is_file()]
    return tuple(Item(RECENT_MENU, str(path), partial(window.files.open, path), icon="history") for path in found)


def menu_items(window: MainWindow, theme: str) -> tuple[Item, ...]:
    """All lines of the menu bar in their order; `theme` is the choice that holds."""
    return (*_files(window), *_edits(window), *_places(window), *_views(window, theme), *_helps(window))


def _files(window: MainWindow) -> tuple[Item, ...]:
    files = window.files
    return (
        Item("&File", "Make a new panel file…", files.ask_for_new, "Ctrl+N", icon="plus"),
        Item("&File", RECENT_AFTER, files.ask_which, "Ctrl+O", icon="folder-open"),
        Item("&File", "Look round with the example", files.open_example, "Ctrl+E", icon="book-open"),
        Item("&File", "Bring in workbooks…", window.ask_for_workbooks, "Ctrl+I", True, icon="download"),
        Item("&File", "Settings…", window.show_settings, "Ctrl+,", icon="settings"),
        Item("&File", "Quit", window.close, "Ctrl+Q", icon="log-out"),
    )


def _edits(window: MainWindow) -> tuple[Item, ...]:
    return (
        Item("&Edit", UNDO, window.undoing.undo, UNDO_KEYS, True, icon="undo-2"),
        Item("&Edit", REDO, window.undoing.redo, REDO_KEYS, True, icon="redo-2"),
        Item("&Edit", "Small numbers: amber or not assessed…", window.ask_small_numbers, "", True, icon="scale"),
    )


def _places(window: MainWindow) -> tuple[Item, ...]:
    return (
        Item("&Go", "Overview", partial(window.show_page, "overview"), "Ctrl+1", True, icon="layout-dashboard"),
        Item("&Go", "Priorities", partial(window.show_page, "priorities"), "Ctrl+2", True, icon="target"),
        Item("&Go", "Returns", partial(window.show_page, "returns"), "Ctrl+3", True, icon="inbox"),
        Item("&Go", "Clearance", partial(window.show_page, "clearance"), "Ctrl+4", True, icon="lock"),
        Item("&Go", "Packs", partial(window.show_page, "packs"), "Ctrl+5", True, icon="notebook-text"),
        Item("&Go", "Next pane", window.next_pane, "F6"),
        Item("&Go", "Previous pane", partial(window.next_pane, -1), "Shift+F6"),
        Item("&Go", "Commands…", window.show_commands, "Ctrl+K", icon="search"),
    )


def _views(window: MainWindow, theme: str) -> tuple[Item, ...]:
    themes = tuple(
        Item("&View", words, partial(window.choose_theme, name), group="theme", icon="contrast", chosen=name == theme)
        for name, words in THEME_WORDS.items()
    )
    return (
        Item("&View", "Meeting view", window.show_meeting, "F11", True, icon="presentation"),
        Item("&View", "Public or working view", window.switch_audience, "Ctrl+Shift+P", True, icon="eye"),
        Item("&View", "Fold the sidebar", window.fold_sidebar, "Ctrl+B", icon="panel-left"),
        Item("&View", "Larger text", partial(window.scale_text_by, _TEXT_STEP), "Ctrl++"),
        Item("&View", "Smaller text", partial(window.scale_text_by, -_TEXT_STEP), "Ctrl+-"),
        Item("&View", KEEP_MENUS, window.keep_menus, switch=True, chosen=window.settings.menu_bar_kept, icon="menu"),
        *themes,
    )


def _helps(window: MainWindow) -> tuple[Item, ...]:
    return (
        Item("&Help", "Help on this page", window.show_help, "F1", icon="circle-question-mark"),
        Item("&Help", "All keys", window.show_keys, icon="keyboard"),
        Item("&Help", "Show or hide the menus", window.menus.toggle, "F10", icon="menu"),
    )
