"""Words on a page can be taken elsewhere with the pointer, and stay where they are while that is not asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.selectable_label import SelectableLabel

WORDS = "Recorded offences a month, April 2012 to December 2015"


def shown(qtbot: QtBot) -> SelectableLabel:
    label = SelectableLabel(WORDS)
    label.setWordWrap(True)
    label.resize(200, label.heightForWidth(200))
    qtbot.addWidget(label)
    label.show()
    return label


def test_a_stretch_is_selected_by_dragging_and_copied(qtbot: QtBot) -> None:
    label = shown(qtbot)
    QTest.mousePress(label, Qt.MouseButton.LeftButton, pos=QPoint(0, 8))
    QTest.mouseMove(label, QPoint(199, label.height() - 1))
    QTest.mouseRelease(label, Qt.MouseButton.LeftButton, pos=QPoint(199, label.height() - 1))
    assert label.selectedText() == WORDS
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == WORDS


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # without a screen no menu is raised
def test_the_menu_of_the_right_button_offers_to_select_everything(qtbot: QtBot) -> None:
    label = shown(qtbot)
    at = QPoint(4, 4)
    QApplication.sendEvent(label, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, label.mapToGlobal(at)))
    menu = label.findChild(QMenu)
    assert isinstance(menu, QMenu)
    menu.actions()[-1].trigger()
    assert label.selectedText() == WORDS
    menu.close()


def test_words_that_can_be_selected_take_no_other_room(qtbot: QtBot) -> None:
    label = shown(qtbot)
    heights = [label.heightForWidth(width) for width in range(80, 400, 7)]
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert [label.heightForWidth(width) for width in range(80, 400, 7)] == heights


def test_what_looks_like_markup_is_shown_as_it_was_written(qtbot: QtBot) -> None:
    label = shown(qtbot)
    label.setText("<b>5</b> & 6")
    QTest.mouseDClick(label, Qt.MouseButton.LeftButton, pos=QPoint(4, 8))
    assert label.text() == "<b>5</b> & 6"
    assert label.selectedText()
