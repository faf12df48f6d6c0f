"""Review before accept: a workbook's figures, what each would do, and one button. Stores nothing itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.elided_label import ElidedLabel
from pcp_desktop.desktop.marks import Notice, notice_pixmap
from pcp_desktop.desktop.tabs.inspector import with_inspector
from pcp_desktop.desktop.tabs.quiet_scroll import QuietScroll
from pcp_desktop.desktop.tabs.recognise.rows import with_answer
from pcp_desktop.desktop.tabs.review.inspector import ReviewInspector
from pcp_desktop.desktop.tabs.review.rows import ReviewRow, Shown, rows_of, storable
from pcp_desktop.desktop.tabs.review.table import ReviewTable
from pcp_desktop.desktop.tabs.step_strip import REVIEW, StepStrip
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.impact import Impact
from pcp_desktop.domain.observations import ObservationKey
from pcp_desktop.domain.recognition import Answer, QuestionKind
from pcp_desktop.domain.returns import Review
from pcp_desktop.domain.review_words import accept_sentence, finding_words, note_key, notes_of

SPACE = "\u2009 "  # between a button's shape and its words
_MOST_LINES = 4
"""Lines of what is said about the workbook as a whole before they scroll."""
_WITH_SHAPE = (Shown.ERRORS, Shown.TO_LOOK_AT)


class ReviewPane(QWidget):
    """One workbook under review. `show_review` fills it; it only sends back what the person decided."""

    accepted = Signal(object, object)
    """The Review and the frozenset of ObservationKeys that are left out."""
    set_aside = Signal(object)
    """The Review that is not to be stored now."""
    paper_wanted = Signal(object, object)
    """The Review and what is left out of it, to be saved as a paper."""
    decided = Signal(object, object)
    """The Review and what is left out of it, each time that changes: what it would change is to be found out."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._review: Review | None = None
        self._rows: tuple[ReviewRow, ...] = ()
        self._notes: tuple[Answer, ...] = ()
        self._impact: Impact | None = None
        self._filters: dict[Shown, QToolButton] = {}
        self.table = ReviewTable(appearance)
        self.inspector = ReviewInspector(appearance)
        self.accept_button = QPushButton()
        self.aside_button = QPushButton("Set aside")
        self.paper_button = QPushButton("Save review as PDF…")
        self.words = QLineEdit()
        self.steps = StepStrip(appearance, REVIEW)
        self.notices = QVBoxLayout()
        self._title, self._scope = ElidedLabel(), ElidedLabel()
        self._footer, self._shape = QLabel(), QLabel()
        self._file_words = QLabel()
        self._file_scroll = QuietScroll()
        self._lay_out()
        self._connect()
        self._dress()

    # ------------------------------------------------------------ making

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(self._head())
        layout.addLayout(self.notices)
        self._file_words.setWordWrap(True)
        self._file_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._file_scroll.show_column(self._file_words)
        self._file_scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._file_scroll.setAccessibleName("About the workbook as a whole")
        layout.addWidget(self._file_scroll)
        layout.addLayout(self._filter_row())
        titles = ("Figures", "This figure")
        self.sides = with_inspector("reviewInspector", self.table, self._foot(), self.inspector, titles)
        layout.addWidget(self.sides, 1)

    def _head(self) -> QHBoxLayout:
        self._title.setProperty("role", "title")
        self._scope.setProperty("role", "caption")
        self._scope.setProperty("tone", "third")
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self._title, self._scope):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(label)
        self.accept_button.setProperty("kind", "primary")
        self.accept_button.setToolTip("Ctrl+Enter")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.steps)
        row.addSpacing(8)
        row.addWidget(self.paper_button)
        row.addWidget(self.aside_button)
        row.addWidget(self.accept_button)
        return row

    def _filter_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        group = QButtonGroup(self)
        for shown in Shown:
            button = QToolButton()
            button.setProperty("control", "true")
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            group.addButton(button)
            self._filters[shown] = button
            if shown is Shown.ERRORS:
                row.addSpacing(10)
            row.addWidget(button)
        row.addStretch(1)
        self.words.setPlaceholderText("Filter")
        self.words.setAccessibleName("Filter the figures by words")
        self.words.setToolTip("Ctrl+F")
        self.words.setMaximumWidth(210)
        row.addWidget(self.words)
        return row

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 9, 12, 9)
        row.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        self._footer.setWordWrap(True)
        self._footer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self._footer, 1)
        foot.setObjectName("reviewFoot")
        self._foot_widget = foot
        return foot

    def _connect(self) -> None:
        self.accept_button.clicked.connect(self._accept)
        self.aside_button.clicked.connect(self._set_aside)
        self.paper_button.clicked.connect(self.want_paper)
        self.inspector.keep.clicked.connect(self.table.leave_out_current)
        self.inspector.note.clicked.connect(self.ask_note)
        self.table.current_moved.connect(self._show_current)
        self.table.left_out_changed.connect(self._show_decision)
        self.words.textChanged.connect(self._filter)
        for button in self._filters.values():
            button.clicked.connect(self._filter)
        for keys, act in (
            ("Ctrl+Return", self._accept),
            ("Ctrl+Enter", self._accept),
            ("Ctrl+F", self.words.setFocus),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._appearance.changed.connect(self._dress)

    @Slot()
    def _dress(self) -> None:
        theme = self._appearance.theme
        self._shape.setPixmap(notice_pixmap(Notice.INFORMATION, 16, theme, self.devicePixelRatioF()))
        self._foot_widget.setStyleSheet(f"#reviewFoot {{ background: {theme.accent_soft.name()}; }}")
        self._show_current()
        self._filters[Shown.ERRORS].setIcon(notice_pixmap(Notice.ERROR, 16, theme))
        self._filters[Shown.TO_LOOK_AT].setIcon(notice_pixmap(Notice.LOOK, 16, theme))

    # ------------------------------------------------------------ showing

    @property
    def review(self) -> Review | None:
        """The review on show."""
        return self._review

    @property
    def footer(self) -> str:
        """What accepting would do, as the footer says it."""
        return self._footer.text()

    def show_review(self, review: Review, measures: Mapping[str, str], position: tuple[int, int] = (1, 1)) -> None:
        """Show a review.

        Args:
            review: the workbook as it would be accepted.
            measures: the labels of the measures by code; a code without a label is shown as it is.
            position: which of how many workbooks this is.
        """
        self._review = replace(review, given=(*review.given, *self._notes))
        self._rows = rows_of(review, measures)
        self._title.show_text(review.file)
        place = f"{position[0]} of {position[1]}" if position[1] > 1 else ""
        period = review.period.label if review.period else "no quarter recognised"
        organisation = review.organisation or "Organisation not recognised"
        read = f"{counted(len(self._rows), 'figure')} read"
        self._scope.show_text(" · ".join(part for part in (place, organisation, period, read) if part))
        found = "\n".join(finding_words(finding) for finding in review.findings)
        self._file_words.setText(found)
        self._file_scroll.setVisible(bool(found))
        self._fit_file_words()
        for shown, button in self._filters.items():
            count = sum(1 for row in self._rows if row.belongs(shown))
            button.setText(f"{SPACE if shown in _WITH_SHAPE else ''}{shown.value}  {count:,}")
            button.setAccessibleName(f"{shown.value}, {counted(count, 'figure')}")
            button.setEnabled(count > 0 or shown is Shown.ALL)
        self._filters[Shown.ALL].setChecked(True)
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        self.table.rows.show_rows(self._rows)
        self._show_decision()

    def _fit_file_words(self) -> None:
        """As high as the words about the workbook need, a few lines at most; more of them scroll."""
        line = self._file_words.fontMetrics().lineSpacing()
        needed = self._file_words.heightForWidth(max(self.width() - 44, 200)) + 2
        self._file_scroll.setFixedHeight(min(needed, _MOST_LINES * line + 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_file_words()

    def forget_notes(self) -> None:
        """Begin without a note: another workbook is at hand."""
        self._notes = ()

    def focus_content(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _filter(self) -> None:
        shown = next(shown for shown, button in self._filters.items() if button.isChecked())
        self.table.rows.filter(shown, self.words.text())

    @Slot()
    def _show_current(self) -> None:
        if self._review is not None:
            row = self.table.current_row()
            left_out = row is not None and row.key in self.table.rows.left_out
            self.inspector.show_row(self._review, row, left_out, self._impact)

    @Slot()
    def _show_decision(self) -> None:
        if self._review is None:
            return
        left_out = self.table.rows.left_out
        count = len(storable(self._rows, left_out))
        keeps_file = self._keeps_file_only()
        self._impact = None
        self._show_footer()
        if count:
            self.decided.emit(self._review, left_out)
        self.accept_button.setText(f"Accept {counted(count, 'figure')}" if count else "Keep the workbook as received")
        self.accept_button.setVisible(count > 0 or keeps_file)
        self.aside_button.setText("Set aside" if count or keeps_file else "Close this review")
        self._show_current()

    def show_impact(self, review: Review, left_out: frozenset[ObservationKey], impact: Impact) -> None:
        """Say what accepting would change; an answer about another decision is left alone."""
        if review is self._review and left_out == self.table.rows.left_out:
            self._impact = impact
            self._show_footer()
            self._show_current()

    def _show_footer(self) -> None:
        """What accepting stores, and what that changes as soon as it is found out."""
        if self._review is not None:
            said = accept_sentence(self._review, self.table.rows.left_out)
            self._footer.setText(f"{said} {self._impact.words}" if self._impact is not None else said)

    def _keeps_file_only(self) -> bool:
        """Whether accepting would keep the workbook alone: it holds no figure and is not kept yet."""
        return self._review is not None and not self._rows and not self._review.already_accepted

    # ------------------------------------------------------------ deciding

    @Slot()
    def _accept(self) -> None:
        if self._review is None:
            return
        left_out = self.table.rows.left_out
        if storable(self._rows, left_out) or self._keeps_file_only():
            self.accepted.emit(self._review, left_out)

    @Slot()
    def ask_note(self) -> None:
        """Ask for a note on the current figure, or change the one it has."""
        row = self.table.current_row()
        if row is None or self._review is None:
            return
        from pcp_desktop.desktop.dialogs.figure_note import FigureNoteDialog

        earlier = notes_of(self._review).get(note_key(row.key))
        figure = f"{row.measure}, {row.period}"
        words = earlier.answer if earlier is not None else ""
        dialog = FigureNoteDialog(self.window(), self._appearance, figure, words)
        dialog.chosen.connect(
            lambda said: self._take_note(Answer(QuestionKind.NOTE, note_key(row.key), figure, said))
        )
        dialog.open()

    def _take_note(self, note: Answer) -> None:
        """Keep a note with the review; it is stored with the figures."""
        if self._review is not None:
            self._notes = with_answer(self._notes, note)
            self._review = replace(self._review, given=with_answer(self._review.given, note))
            self._show_decision()

    @Slot()
    def want_paper(self) -> None:
        """Ask for the review to be saved as a paper, as it is decided on now."""
        if self._review is not None:
            self.paper_wanted.emit(self._review, self.table.rows.left_out)

    @Slot()
    def _set_aside(self) -> None:
        if self._review is not None:
            self.set_aside.emit(self._review)
