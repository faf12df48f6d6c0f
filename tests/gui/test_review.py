"""What the review promises: nothing is stored before Accept, everything is said, and the keyboard is enough."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.dialogs.figure_note import FigureNoteDialog
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.tabs.returns.tab import ReturnsTab
from pcp_desktop.desktop.tabs.review.delegate import CHECK_MARK
from pcp_desktop.desktop.tabs.review.inspector import Neighbours, cell_place, column_letters
from pcp_desktop.desktop.tabs.review.model import CHECK
from pcp_desktop.desktop.tabs.review.step import ReviewPane
from pcp_desktop.desktop.tabs.review.table import CELL_EDGES
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.impact import ChangedPart, ChangedSentence, Impact
from pcp_desktop.domain.recognition import QuestionKind, Recognition, RegionKind, SheetPicture
from pcp_desktop.domain.returns import Change, Finding, Review, Severity
from tests.gui import return_fixtures as fixtures
from tests.gui.conftest import OpenWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pane(qtbot: QtBot, appearance: Appearance) -> ReviewPane:
    """The review of the fixtures with the keyboard in its table."""
    return shown(qtbot, appearance, fixtures.review())


def shown(qtbot: QtBot, appearance: Appearance, review: Review, position: tuple[int, int] = (1, 1)) -> ReviewPane:
    """A review on screen."""
    made = ReviewPane(appearance)
    qtbot.addWidget(made)
    made.resize(1190, 714)
    made.show_review(review, fixtures.LABELS, position)
    made.show()
    made.activateWindow()
    made.focus_content()
    qtbot.waitUntil(made.table.hasFocus)
    return made


def changes(pane: ReviewPane) -> list[str]:
    """The first column of the table."""
    return [pane.table.rows.index(at, 0).data() for at in range(pane.table.rows.rowCount())]


def test_rows_stand_in_order_and_the_unchanged_are_folded(pane: ReviewPane, qtbot: QtBot) -> None:
    assert changes(pane)[:7] == ["Refused", "Revised", "Revised", "Revised", "New", "New", "New"]
    assert changes(pane)[7] == "30 unchanged. Same value, same marker. Nothing will be written."
    assert len(changes(pane)) == 8
    pane.table.go_to(7)
    QTest.keyClick(pane.table, Qt.Key.Key_Return)
    assert len(changes(pane)) == 38


def test_footer_and_button_say_what_accepting_does(pane: ReviewPane) -> None:
    assert pane.accept_button.text() == "Accept 6 figures"
    assert pane.footer == (
        "Accepting stores 3 new and 3 revised figures in one step. 1 refused figure is not stored. "
        "The whole return can be undone later."
    )


def test_a_review_is_accepted_by_keyboard_alone(pane: ReviewPane, qtbot: QtBot) -> None:
    QTest.keyClick(pane.table, Qt.Key.Key_J)
    QTest.keyClick(pane.table, Qt.Key.Key_U)
    kept = pane.table.current_row()
    assert kept is not None
    assert changes(pane)[1] == "Left out"
    assert pane.accept_button.text() == "Accept 5 figures"
    with qtbot.waitSignal(pane.accepted) as accepted:
        QTest.keyClick(pane.table, Qt.Key.Key_Return, CONTROL)
    assert accepted.args == [pane.review, frozenset({kept.key})]


def test_u_pressed_again_takes_the_figure_after_all(pane: ReviewPane, qtbot: QtBot) -> None:
    QTest.keyClick(pane.table, Qt.Key.Key_J)
    QTest.keyClick(pane.table, Qt.Key.Key_U)
    QTest.keyClick(pane.table, Qt.Key.Key_U)
    assert pane.table.rows.left_out == frozenset()


def test_a_refused_figure_cannot_be_taken_in(pane: ReviewPane, qtbot: QtBot) -> None:
    QTest.keyClick(pane.table, Qt.Key.Key_U)
    assert pane.table.rows.left_out == frozenset()
    assert pane.inspector.keep.isHidden()


def test_j_k_and_n_move(pane: ReviewPane, qtbot: QtBot) -> None:
    for key, row in (
        (Qt.Key.Key_J, 1),
        (Qt.Key.Key_J, 2),
        (Qt.Key.Key_K, 1),
        (Qt.Key.Key_N, 0),
        (Qt.Key.Key_N, 1),
    ):
        QTest.keyClick(pane.table, key)
        assert pane.table.currentIndex().row() == row


def test_filters_carry_counts_and_filter(pane: ReviewPane, qtbot: QtBot) -> None:
    buttons = {button.accessibleName(): button for button in pane.findChildren(QToolButton) if button.isCheckable()}
    assert list(buttons) == [
        "All, 37 figures",
        "New, 3 figures",
        "Revised, 3 figures",
        "Unchanged, 30 figures",
        "Refused, 1 figure",
        "Errors, 1 figure",
        "To look at, 1 figure",
    ]
    buttons["Revised, 3 figures"].click()
    assert changes(pane) == ["Revised"] * 3
    buttons["Unchanged, 30 figures"].click()
    assert changes(pane) == ["Unchanged"] * 30
    buttons["All, 37 figures"].click()
    QTest.keyClick(pane.table, Qt.Key.Key_F, CONTROL)
    qtbot.waitUntil(pane.words.hasFocus)
    QTest.keyClicks(pane.words, "burglary october 2015")
    assert changes(pane) == ["New"]


def test_the_inspector_shows_old_new_and_the_cell_among_its_neighbours(pane: ReviewPane) -> None:
    pane.table.go_to(1)
    texts = [label.text() for label in pane.inspector.findChildren(type(pane.inspector._heading)) if label.text()]
    assert "All crime, September 2015 [r]" in texts
    assert {"5,098  →", "5,125", "+27", "Larger than the usual revision"} <= set(texts)
    assert "The figure changes from 5,098 to 5,125. The change is kept and can be undone." in texts
    cells = pane.inspector._cells
    letters = [cells.horizontalHeaderItem(column) for column in range(cells.columnCount())]
    assert [item.text() for item in letters if item is not None] == ["A", "G", "H", "I"]
    own = cells.item(1, 2)
    assert own is not None
    assert own.text() == "342"


def test_a_row_is_read_as_a_sentence(pane: ReviewPane) -> None:
    index = pane.table.rows.index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Revised: All crime, September 2015 [r], 5,098 becomes 5,125, cell H6. Larger than the usual revision"
    )


def test_nothing_to_store_is_said_and_cannot_be_accepted(qtbot: QtBot, appearance: Appearance) -> None:
    pane = shown(qtbot, appearance, fixtures.nothing_new())
    assert pane.footer == "Nothing to store: all 510 figures are already here."
    assert pane.accept_button.isHidden()
    assert pane.aside_button.text() == "Close this review"
    with qtbot.assertNotEmitted(pane.accepted):
        QTest.keyClick(pane.table, Qt.Key.Key_Return, CONTROL)
    with qtbot.waitSignal(pane.set_aside):
        pane.aside_button.click()


def test_several_workbooks_say_which_this_is(qtbot: QtBot, appearance: Appearance) -> None:
    pane = shown(qtbot, appearance, fixtures.review(), (2, 3))
    assert pane._scope.text() == "2 of 3 · Leicestershire Police · Q3 2015/16 · 37 figures read"


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_every_change_has_its_chip_in_every_theme(qtbot: QtBot, appearance: Appearance, theme: str) -> None:
    appearance.choose(theme)
    pane = shown(qtbot, appearance, fixtures.review())
    image = pane.table.viewport().grab().toImage()
    seen = {image.pixel(x, y) for x in range(4, 90) for y in range(image.height())}
    assert {appearance.theme.det_text.rgb(), appearance.theme.same_text.rgb()} <= seen


def test_buttons_have_names(pane: ReviewPane) -> None:
    buttons = [*pane.findChildren(QPushButton), *pane.findChildren(QToolButton)]
    assert all(button.text() or button.accessibleName() for button in buttons if not button.isHidden())


def test_addresses_are_read_as_workbooks_write_them() -> None:
    assert cell_place("L7") == (6, 11)
    assert cell_place("AB10") == (9, 27)
    assert cell_place("row 3") is None
    assert [column_letters(column) for column in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def test_the_fixture_holds_every_change() -> None:
    review = fixtures.review()
    assert {change: review.counted(change) for change in Change} == {
        Change.NEW: 3,
        Change.REVISED: 3,
        Change.UNCHANGED: 30,
        Change.REFUSED: 1,
    }


def cleared_again() -> Review:
    """The review of the fixtures with one revised figure that its board has cleared already."""
    review = fixtures.review()
    at = next(index for index, figure in enumerate(review.figures) if figure.change is Change.REVISED)
    finding = Finding(Severity.WARNING, "Dashboard", "H6", "Already cleared: needs clearing again.")
    figures = list(review.figures)
    figures[at] = replace(figures[at], findings=(finding,), reopens=True)
    return replace(review, figures=tuple(figures))


def test_accepting_a_cleared_figure_says_that_it_waits_for_its_board(qtbot: QtBot, appearance: Appearance) -> None:
    pane = shown(qtbot, appearance, cleared_again())
    pane.table.go_to(1)
    assert "waits for its board again: until it is cleared, it is not published" in pane.inspector.effect
    assert "1 measure waits for its board to clear it again." in pane.footer
    QTest.keyClick(pane.table, Qt.Key.Key_U)
    assert "board" not in pane.footer
    assert "board" not in pane.inspector.effect


@pytest.mark.parametrize("width", [1072, 1158, 1712])
def test_no_check_loses_a_word(qtbot: QtBot, appearance: Appearance, width: int) -> None:
    pane = shown(qtbot, appearance, cleared_again())
    pane.resize(width + 32, 714)
    table = pane.table
    metrics = QFontMetrics(appearance.font("body"))
    for at in range(table.rows.rowCount()):
        row = table.rows.row(at)
        if row is not None:
            room = table.columnWidth(CHECK) - CELL_EDGES - CHECK_MARK
            lines = 2 if table.rowHeight(at) >= 2 * metrics.lineSpacing() + 4 else 1
            assert metrics.horizontalAdvance(row.check) <= room * (1.8 if lines == 2 else 1)
    assert sum(table.columnWidth(column) for column in range(6)) <= table.viewport().width()


def test_what_accepting_would_change_is_listed_before(pane: ReviewPane) -> None:
    review = pane.review
    assert review is not None
    quarter = review.period
    assert quarter is not None
    impact = Impact(
        (ChangedSentence("SP12", quarter, "It was 1,089.", "It is 1,092.", ("burglary",)),),
        (ChangedPart("SP12", "Burglary is within its limits", "burglary"),),
        (),
        ("the dashboard", "the performance report"),
    )
    pane.show_impact(review, frozenset(), impact)
    assert pane.footer.endswith(
        "Changes 1 sentence of the commentary, 1 chart, the dashboard and the performance report."
    )
    pane.table.go_to(2)
    assert "SP12, Q3 2015/16: “It is 1,092.”" in pane.inspector.effect
    assert "SP12, chart: Burglary is within its limits" in pane.inspector.effect
    pane.table.go_to(1)
    assert "SP12" not in pane.inspector.effect


def test_an_answer_about_another_decision_is_left_alone(pane: ReviewPane, qtbot: QtBot) -> None:
    review = pane.review
    assert review is not None
    pane.table.go_to(2)
    with qtbot.waitSignal(pane.decided) as asked:
        QTest.keyClick(pane.table, Qt.Key.Key_U)
    assert asked.args is not None
    left_out = asked.args[1]
    assert len(left_out) == 1
    pane.show_impact(review, frozenset(), Impact((), (), (), ("the dashboard",)))
    assert "Changes" not in pane.footer
    pane.show_impact(review, left_out, Impact())
    assert pane.footer.endswith("Changes nothing that is shown, written or printed.")


def test_the_review_is_saved_as_a_paper_as_it_is_decided_on(
    open_window: OpenWindow, jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    panel = fixtures.FixturePanel()
    window = open_window(panel)
    window.bring_in((Path(fixtures.WORKBOOK),))
    tab = window.current
    assert isinstance(tab, ReturnsTab)
    qtbot.waitUntil(lambda: jobs.idle and tab.is_reviewing)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(tmp_path / "review"), ""))
    tab.incoming.review.table.leave_out_current()
    tab.incoming.review.paper_button.click()
    qtbot.waitUntil(lambda: jobs.idle and any(call.startswith("review of") for call in panel.calls))
    left_out = len(tab.incoming.review.table.rows.left_out)
    assert f"review of {fixtures.WORKBOOK} without {left_out} to review.pdf" in panel.calls
    qtbot.waitUntil(lambda: "not for publication" in window.messages.message_bar.text)


def test_the_cells_around_a_figure_look_as_in_the_sheet_with_the_heading_over_it(
    qtbot: QtBot, appearance: Appearance
) -> None:
    review = fixtures.review()
    regions = ((4, 6, RegionKind.PERIOD), (6, 0, RegionKind.MEASURE), (6, 6, RegionKind.VALUE))
    sheet = SheetPicture("Dashboard", review.sheets[0][1], regions=regions)
    pane = shown(qtbot, appearance, replace(review, recognition=Recognition((sheet,))))
    pane.table.go_to(3)  # cell G7
    cells = pane.inspector.findChild(Neighbours)
    assert cells is not None
    assert [cells.verticalHeaderItem(at).text() for at in range(cells.rowCount())] == ["5", "6", "7", "8"]
    places = ((0, 2), (2, 0))
    grounds = {place: item.background().color() for place in places if (item := cells.item(*place)) is not None}
    theme = appearance.theme
    assert grounds == {(0, 2): theme.sheet_period, (2, 0): theme.sheet_measure}


def test_a_note_is_kept_with_the_review_changed_and_taken_away(pane: ReviewPane, qtbot: QtBot) -> None:
    def note(words: str) -> None:
        pane.inspector.note.click()
        dialog = pane.findChild(FigureNoteDialog)
        assert dialog is not None
        dialog.words.setPlainText(words)
        QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: pane.findChild(FigureNoteDialog) is None)

    pane.table.go_to(1)
    assert pane.inspector.note.text() == "Add note…"
    note("The force counted again after NICHE.")
    assert pane.inspector.note.text() == "Change note…"
    with qtbot.waitSignal(pane.accepted) as accepted:
        pane.accept_button.click()
    assert accepted.args is not None
    (kept,) = accepted.args[0].given
    assert (kept.kind, kept.answer) == (QuestionKind.NOTE, "The force counted again after NICHE.")
    assert kept.key.startswith("all_crime / ")

    # Going back to Recognise and on again loses nothing.
    pane.show_review(fixtures.review(), fixtures.LABELS)
    pane.table.go_to(1)
    assert pane.inspector.note.text() == "Change note…"
    note("")
    assert pane.inspector.note.text() == "Add note…"
