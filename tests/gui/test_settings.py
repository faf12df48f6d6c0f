"""Settings: declared once, with words; what cannot be read is taken for the default; the dialog acts at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.choice_box import TickBox
from pcp_desktop.desktop.dialogs.settings import SettingsDialog
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.settings import MOST_RECENT, Settings
from tests.gui.conftest import OpenWindow
from tests.gui.fake_panel import FakePanel


@pytest.fixture
def store(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


OTHER: dict[str, Any] = {
    "theme": "dark",
    "text_scale": 130,
    "meeting_theme": "contrast",
    "sidebar_folded": True,
    "menu_bar_kept": True,
    "letter_keys": False,
    "changed_keys": "Ctrl+B\tCtrl+J",
    "geometry": QByteArray(b"place"),
    "last_panel": Path("/some/panel.pcp"),
    "last_page": "returns",
    "last_priority": "SP12",
    "recent_panels": (Path("/some/panel.pcp"), Path("/another one.pcp")),
}


def test_every_setting_has_words_and_a_default_and_is_kept(store: QSettings, tmp_path: Path) -> None:
    settings = Settings(store)
    declared = Settings.declared()
    assert {setting.name for setting in declared} == set(OTHER)
    for setting in declared:
        assert setting.words and setting.description.endswith(".")
        assert getattr(settings, setting.name) == setting.default
        setattr(settings, setting.name, OTHER[setting.name])
    store.sync()
    again = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    assert {setting.name: getattr(again, setting.name) for setting in declared} == OTHER


@pytest.mark.parametrize(
    ("name", "kept", "taken"),
    [
        ("theme", "puce", "system"),
        ("text_scale", "huge", 100),
        ("text_scale", "4000", 150),
        ("meeting_theme", "system", "light"),
        ("letter_keys", "maybe", True),
        ("geometry", "here", QByteArray()),
    ],
)
def test_what_cannot_be_read_is_taken_for_the_default(store: QSettings, name: str, kept: str, taken: object) -> None:
    store.setValue(name, kept)
    assert getattr(Settings(store), name) == taken


def test_recent_files_are_the_newest_first_and_each_once(store: QSettings) -> None:
    settings = Settings(store)
    for number in (1, 2, 3, 1, *range(4, 12)):
        settings.remember(Path(f"/panel {number}.pcp"))
    names = [path.stem for path in settings.recent_panels]
    assert names[0] == "panel 11"
    assert len(names) == len(set(names)) == MOST_RECENT
    assert settings.last_panel == Path("/panel 11.pcp")


def dialog_of(window: MainWindow) -> SettingsDialog:
    window.sidebar.settings.click()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    return dialog


def choose(dialog: SettingsDialog, name: str, value: object) -> None:
    """Choose a value in the box of that name, as a person does."""
    box = next(each for each in dialog.findChildren(QComboBox) if each.accessibleName() == name)
    at = box.findData(value)
    box.setCurrentIndex(at)
    box.activated.emit(at)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_what_is_chosen_takes_effect_at_once_and_is_kept(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(FakePanel())
    dialog = dialog_of(window)
    choose(dialog, "Theme", "contrast")
    choose(dialog, "Text size", 130)
    choose(dialog, "Meeting view theme", "dark")
    assert (window.settings.theme, window.settings.text_scale) == ("contrast", 130)
    assert window.sidebar.folded
    view = window.show_meeting("SP12")
    assert view is not None
    assert view._appearance.theme.name == "dark"
    view.close()
    choose(dialog, "Text size", 100)
    choose(dialog, "Theme", "light")
    ticks = {box.text(): box for box in dialog.findChildren(TickBox)}
    ticks["Keep the menu bar in view"].click()
    ticks["Single letters are keys"].click()
    assert window.menuBar().isVisible()
    assert (window.settings.menu_bar_kept, window.settings.letter_keys) == (True, False)
    window.menus.toggle()
    assert window.menuBar().isVisible()
    window.keymap.let_letters_act(True)
    window.keep_menus()
    assert not window.menuBar().isVisible()
    dialog.reject()


def test_every_choice_says_what_it_does(open_window: OpenWindow) -> None:
    dialog = dialog_of(open_window(None))
    chosen = [*dialog.findChildren(QComboBox), *dialog.findChildren(TickBox)]
    assert len(chosen) == 6
    assert all(each.accessibleName() and each.accessibleDescription() for each in chosen)
    dialog.reject()
