"""A live figure in the editor is whole or it is not there, whatever is typed, selected, deleted or pasted."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.live_text import LiveText, Shown
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import HELD_MARK
from pcp_desktop.domain.commentary import Run

FIGURES = {"burglary.latest": Shown("4,014"), "burglary.rank": Shown("7th"), "treatment.latest": Shown("held", True)}
SENTENCE = (Run("Now "), Run("4,014", "burglary.latest"), Run(" and "), Run("7th", "burglary.rank"), Run("."))
STORED = "Now {{burglary.latest}} and {{burglary.rank}}."
FIRST, LAST = 4, 9  # where the first figure stands


@pytest.fixture
def text(qtbot: QtBot, appearance: Appearance) -> LiveText:
    """An editor with one sentence and two figures, the caret at its beginning."""
    made = LiveText(appearance)
    qtbot.addWidget(made)
    made.resize(320, 200)
    made.show_paragraphs([SENTENCE], FIGURES)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def place_caret(text: LiveText, position: int, anchor: int | None = None) -> None:
    cursor = text.textCursor()
    cursor.setPosition(anchor if anchor is not None else position)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)


def test_figures_are_ordinary_characters_and_stored_as_fields(text: LiveText) -> None:
    assert text.toPlainText() == "Now 4,014 and 7th."
    assert text.stored() == STORED
    assert text.paragraphs() == [SENTENCE]


def test_the_caret_steps_over_a_figure_both_ways(text: LiveText, qtbot: QtBot) -> None:
    place_caret(text, FIRST)
    QTest.keyClick(text, Qt.Key.Key_Right)
    assert text.textCursor().position() == LAST
    QTest.keyClick(text, Qt.Key.Key_Left)
    assert text.textCursor().position() == FIRST


def test_a_selection_holds_a_figure_whole(text: LiveText, qtbot: QtBot) -> None:
    place_caret(text, FIRST)
    QTest.keyClick(text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert text.textCursor().selectedText() == "4,014"
    place_caret(text, 2, anchor=6)  # as the pointer would
    assert text.textCursor().selectedText() == "w 4,014"


@pytest.mark.parametrize(
    ("caret", "key", "modifier"),
    [
        (LAST, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        (LAST, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier),
        (FIRST, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_deleting_takes_all_of_a_figure(
    text: LiveText, qtbot: QtBot, caret: int, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    place_caret(text, caret)
    QTest.keyClick(text, key, modifier)
    assert text.toPlainText() == "Now  and 7th."
    assert text.stored() == "Now  and {{burglary.rank}}."
    text.undo()
    assert text.stored() == STORED


def test_what_is_typed_beside_a_figure_is_plain(text: LiveText, qtbot: QtBot) -> None:
    for caret in (FIRST, LAST):
        text.show_paragraphs([SENTENCE], FIGURES)
        place_caret(text, caret)
        QTest.keyClicks(text, "99")
        assert text.stored().replace("99", "") == STORED
        assert [place.field for place in text.places()] == ["burglary.latest", "burglary.rank"]


def test_typing_over_a_selection_that_ends_in_a_figure_is_plain(text: LiveText, qtbot: QtBot) -> None:
    place_caret(text, LAST, anchor=0)
    QTest.keyClicks(text, "It")
    assert text.stored() == "It and {{burglary.rank}}."


def test_copied_figures_stay_live_here_and_are_words_elsewhere(text: LiveText) -> None:
    text.selectAll()
    text.copy()
    assert QGuiApplication.clipboard().text() == "Now 4,014 and 7th."
    text.moveCursor(QTextCursor.MoveOperation.End)
    text.paste()
    assert text.stored() == STORED + STORED


def test_held_figures_are_copied_with_their_mark_and_told_of_or_not_at_all(text: LiveText, qtbot: QtBot) -> None:
    text.show_paragraphs([SENTENCE], {**FIGURES, "burglary.rank": Shown("7th", held=True)})
    text.selectAll()
    with qtbot.waitSignal(text.held_copied) as told:
        text.copy()
    assert told.args == [("burglary.rank",)]
    assert QGuiApplication.clipboard().text() == f"Now 4,014 and 7th.\n{HELD_MARK}\n"
    place_caret(text, LAST, anchor=0)
    with qtbot.assertNotEmitted(text.held_copied):
        text.copy()  # the other figure alone
    assert QGuiApplication.clipboard().text() == "Now 4,014"
    text.may_copy_held = False
    text.selectAll()
    text.copy()
    assert "7th" not in QGuiApplication.clipboard().text()


def test_words_of_a_paragraph_that_is_held_by_hand_are_copied_with_the_mark(text: LiveText, qtbot: QtBot) -> None:
    text.insert_mark("hold.exempt", Shown("Held, exempt information:", covered=True, held=True))
    place_caret(text, text.document().characterCount() - 1, anchor=text.document().characterCount() - 3)
    with qtbot.waitSignal(text.held_copied):
        text.copy()
    assert QGuiApplication.clipboard().text().endswith(f"{HELD_MARK}\n")


def test_pasted_rich_text_becomes_plain(text: LiveText) -> None:
    source = QMimeData()
    source.setHtml("<b>Bold</b> <span style='color:red'>red</span>")
    source.setText("Bold red\n\nNext")
    text.moveCursor(QTextCursor.MoveOperation.End)
    text.insertFromMimeData(source)
    assert text.stored() == f"{STORED}Bold red\n\nNext"
    assert "<b>" not in text.toHtml()


def test_the_same_figure_twice_in_a_row_is_two(text: LiveText) -> None:
    text.moveCursor(QTextCursor.MoveOperation.End)
    for _ in range(2):
        text.insert_figure("burglary.rank", FIGURES["burglary.rank"])
    assert text.stored() == f"{STORED}{{{{burglary.rank}}}}{{{{burglary.rank}}}}"


def test_f2_asks_for_the_figure_beside_the_caret_and_another_takes_its_place(text: LiveText, qtbot: QtBot) -> None:
    place_caret(text, LAST)
    with qtbot.waitSignal(text.figure_wanted) as asked:
        QTest.keyClick(text, Qt.Key.Key_F2)
    assert asked.args == ["burglary.latest"]
    text.insert_figure("burglary.rank", FIGURES["burglary.rank"], text.figure_at_caret())
    assert text.stored() == "Now {{burglary.rank}} and {{burglary.rank}}."


def test_figures_follow_the_data_while_words_and_caret_stay(text: LiveText, qtbot: QtBot) -> None:
    place_caret(text, 1)
    with qtbot.assertNotEmitted(text.edited):
        text.refresh({**FIGURES, "burglary.latest": Shown("4,017,000")})
    assert text.toPlainText() == "Now 4,017,000 and 7th."
    assert text.stored() == STORED
    assert text.textCursor().position() == 1


def test_an_embargoed_figure_has_room_for_its_padlock_and_is_copied_without(text: LiveText) -> None:
    text.insert_figure("treatment.latest", FIGURES["treatment.latest"])
    assert text.paragraphs()[0][0].text.endswith("\u00a0held")
    text.selectAll()
    text.copy()
    assert "\u00a0" not in QGuiApplication.clipboard().text()


def test_no_way_of_typing_breaks_a_figure(text: LiveText, qtbot: QtBot) -> None:
    """Random keys: what is a figure shows exactly its own text, and what is stored reads back as the same runs."""
    chance = random.Random(7)
    keys = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
            Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return)  # fmt: skip
    modifiers = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier,
                 Qt.KeyboardModifier.ControlModifier,
                 Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)  # fmt: skip
    for step in range(600):
        if step % 40 == 0:
            text.insert_figure("burglary.latest", FIGURES["burglary.latest"])
        if chance.random() < 0.35:
            QTest.keyClicks(text, chance.choice(("7", ",", "x ", "4,014")))
        else:
            QTest.keyClick(text, chance.choice(keys), chance.choice(modifiers))
        for runs in text.paragraphs():
            assert all(run.text == FIGURES[run.field].text for run in runs if run.field)
