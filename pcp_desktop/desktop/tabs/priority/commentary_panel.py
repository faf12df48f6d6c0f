"""The commentary beside a priority's charts: the text, the live figures in it, and last quarter's text."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.elided_label import ElidedLabel
from pcp_desktop.desktop.icons import icon, pixmap
from pcp_desktop.desktop.live_runs import Place
from pcp_desktop.desktop.live_text import LiveText, Shown
from pcp_desktop.desktop.tabs.priority.figure_chooser import HOLD, choose_figure, shown_of
from pcp_desktop.desktop.tabs.priority.figures_used import FiguresUsed, heading
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.commentary import CommentaryPage, LiveFigure, Paragraph, Run, held_by
from pcp_desktop.domain.periods import in_words

INSERT_KEYS, HOLD_KEYS, WRITE_KEYS, FINISH_KEYS = "Ctrl+.", "Ctrl+Shift+H", "Ctrl+S", "Ctrl+Enter"


class CommentaryPanel(QFrame):
    """Shows a CommentaryPage; what the person does leaves it as signals, and it keeps nothing itself.

    `edited` says that the text is another; `finish_wanted` carries whether it is finished, `figure_accepted` the
    field of a changed figure; `close_wanted` and `escaped` (Esc: the keyboard goes back to the charts).
    """

    edited = Signal()
    escaped = Signal()
    finish_wanted = Signal(bool)
    figure_accepted = Signal(str)
    close_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._page: CommentaryPage | None = None
        self._revealed = False
        self._typed = False
        self.setProperty("card", "true")
        self.text, self.earlier = LiveText(appearance), LiveText(appearance)
        self.earlier.setReadOnly(True)
        self.earlier.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.used = FiguresUsed(appearance)
        self.this_quarter, self.last_quarter = _quarter_button("first"), _quarter_button("last")
        self.insert_button, self.finish_button = QPushButton(), QPushButton()
        self.start_button = QPushButton("Start with these sentences")
        self._reason, self._warning, self._suggested = QLabel(), QLabel(), QLabel()
        self._heading, self._standing = ElidedLabel(), ElidedLabel()
        self._quarters = QButtonGroup(self)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._dress()

    # ------------------------------------------------------------ making

    def _lay_out(self) -> None:
        written = QWidget()
        column = QVBoxLayout(written)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._suggestions = self._suggestions_box()
        column.addWidget(self._reason)
        column.addWidget(self._warning)
        column.addWidget(self._suggestions)
        column.addWidget(self.text, 1)
        column.addWidget(self._foot())
        for label in (self._reason, self._warning):
            label.setWordWrap(True)
            label.setContentsMargins(12, 6, 12, 2)
        self._warning.setTextFormat(Qt.TextFormat.PlainText)
        self._warning.setProperty("role", "caption")
        self._pages.addWidget(written)
        self._pages.addWidget(self.earlier)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self._pages, 1)
        self.setMinimumWidth(250)

    def _head(self) -> QFrame:
        head = QFrame()
        head.setProperty("card", "sunken")
        self._icon, words = QLabel(), QLabel("Commentary")
        words.setProperty("role", "section")
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.setMinimumSize(24, 24)
        self.close_button.setAccessibleName("Close the commentary")
        self.close_button.setToolTip("Close the commentary")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 4, 6, 4)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(words, 1)
        for at, button in enumerate((self.this_quarter, self.last_quarter)):
            self._quarters.addButton(button, at)
            row.addWidget(button)
        row.addWidget(self.close_button)
        return head

    def _suggestions_box(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 8, 12, 4)
        column.setSpacing(4)
        lead = QLabel("Nothing is written yet. The assessment suggests:")
        lead.setProperty("tone", "second")
        lead.setWordWrap(True)
        self._suggested.setWordWrap(True)
        self._suggested.setTextFormat(Qt.TextFormat.PlainText)
        self.start_button.setProperty("kind", "link")
        for widget in (lead, self._suggested):
            column.addWidget(widget)
        column.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _foot(self) -> QFrame:
        self._footer = QFrame()
        self._footer.setProperty("card", "sunken")
        self._heading.setProperty("role", "caption_strong")
        self._heading.setProperty("tone", "second")
        self._standing.setProperty("role", "caption")
        self._standing.setProperty("tone", "second")
        self.insert_button.setProperty("kind", "link")
        self.insert_button.setProperty("row", "true")
        self.insert_button.setText("Add figure")
        self.insert_button.setToolTip(INSERT_KEYS)
        self.insert_button.setAccessibleName("Insert a live figure")
        self.finish_button.setProperty("row", "true")
        first, last = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self._heading, 1)
        first.addWidget(self.insert_button)
        last.addWidget(self._standing, 1)
        last.addWidget(self.finish_button)
        column = QVBoxLayout(self._footer)
        column.setContentsMargins(12, 4, 8, 6)
        column.setSpacing(2)
        column.addLayout(first)
        column.addWidget(self.used)
        column.addLayout(last)
        return self._footer

    def _connect(self) -> None:
        self.text.edited.connect(self._take_edit)
        self.text.figure_wanted.connect(self._choose)
        self._quarters.idClicked.connect(self._pages.setCurrentIndex)
        self.insert_button.clicked.connect(self.insert)
        self.start_button.clicked.connect(self._start)
        self.finish_button.clicked.connect(self._finish)
        self.close_button.clicked.connect(self.close_wanted)
        self.used.accepted.connect(self.figure_accepted)
        self._appearance.changed.connect(self._dress)

    @Slot()
    def _dress(self) -> None:
        theme = self._appearance.theme
        self._icon.setPixmap(pixmap("message-square", theme.text2, 16, self.devicePixelRatioF()))
        self.insert_button.setIcon(icon("plus", theme.accent))
        self.close_button.setIcon(icon("x", theme.text2))

    # ------------------------------------------------------------ showing

    @property
    def page(self) -> CommentaryPage | None:
        """The page on show."""
        return self._page

    @property
    def typed(self) -> bool:
        """Whether the person has changed the text since it was last read from the panel file."""
        return self._typed

    @property
    def is_open_to_change(self) -> bool:
        """Whether the text on show can be changed."""
        return self._page is not None and not self.text.isReadOnly()

    def show_page(self, page: CommentaryPage, *, revealed: bool = False) -> None:
        """Show a commentary; what is being typed into the same one stays, and its figures follow."""
        before, self._page, self._revealed = self._page, page, revealed
        same = before is not None and _subject(before) == _subject(page)
        figures = self._shown(page)
        if not same or not (self._typed or self._same_words(page)):
            self.text.show_paragraphs((self._readable(one) for one in page.paragraphs), figures)
            self._typed = False
        else:
            self.text.refresh(figures)
            self._typed = self._typed and not self._same_words(page)
        if not same:
            self._quarters.button(0).setChecked(True)
            self._pages.setCurrentIndex(0)
        self._show_earlier(page)
        self._show_around(page)

    def cover(self) -> None:
        """Let go of everything that is written, for another audience."""
        self._page, self._typed = None, False
        for text in (self.text, self.earlier):
            text.show_paragraphs((), {})
        self._suggested.clear()
        self._warning.clear()
        self.used.show_used((), revealed=False, may_accept=False)

    def take_written(self) -> None:
        """What stands in the text is being written; from here on only what is typed after it is a draft."""
        self._typed = False

    def reveal(self, revealed: bool) -> None:
        """Show embargoed figures in the text, or cover them again."""
        if self._page is not None:
            self.show_page(self._page, revealed=revealed)

    def _show_around(self, page: CommentaryPage) -> None:
        working, fixed = page.audience is Audience.WORKING, bool(page.read_only_reason)
        self.text.setReadOnly(fixed or not working)
        self.text.setAccessibleName(f"Commentary on {page.priority}, {page.period.label}")
        self.text.setAccessibleDescription(
            page.read_only_reason or f"{INSERT_KEYS} inserts a live figure, F2 changes the one beside the caret"
        )
        self._reason.setText(page.read_only_reason)
        self._reason.setVisible(working and fixed)
        self._warning.setText(_may_point_to_a_person(page))
        self._warning.setVisible(working and bool(page.identifying))
        empty = not page.text.strip() and not self._typed
        self.text.setPlaceholderText(
            "Write about the quarter …" if working and not fixed else "No commentary was written for this quarter."
        )
        self._suggested.setText("\n".join(one.text for one in page.suggested))
        self._suggestions.setVisible(working and not fixed and empty and bool(page.suggested))
        self._footer.setVisible(working)
        self._heading.show_text(heading(page.used))
        self.used.show_used(page.used, revealed=self._revealed, may_accept=not fixed and not page.draft)
        self.insert_button.setVisible(not fixed)
        self.finish_button.setVisible(not fixed)
        self._show_standing(page)
        self._fit()

    def _show_standing(self, page: CommentaryPage) -> None:
        """Whether it is finished, who wrote it and when; what is typed is a draft."""
        finished = page.finished and not self._typed
        self.finish_button.setText("Reopen" if finished else "Finish")
        self.finish_button.setToolTip("" if finished else FINISH_KEYS)
        said = f"{in_words(page.on.date())}, {page.by}" if page.on is not None else ""
        if self._typed or page.draft:
            self._standing.show_text(f"Draft, kept as typed. {WRITE_KEYS} writes it.")
        elif not said:
            self._standing.show_text("Not written yet")
        else:
            self._standing.show_text(f"Finished {said}" if finished else f"Not finished, {said}")

    def _show_earlier(self, page: CommentaryPage) -> None:
        self.this_quarter.setText(page.period.label)
        self.last_quarter.setText(page.earlier_period.label if page.earlier_period is not None else "")
        self.this_quarter.setAccessibleName(f"Commentary for {page.period.label}")
        self.last_quarter.setAccessibleName(f"Last quarter’s commentary, {self.last_quarter.text()}")
        words = f"Commentary for {self.last_quarter.text()}, as it read then"
        self.earlier.setAccessibleName(words)
        self.earlier.setPlaceholderText(f"No commentary was written for {self.last_quarter.text()}.")
        figures = {
            run.field: Shown(*self._covered(run)) for paragraph in page.earlier for run in paragraph.runs if run.field
        }
        self.earlier.show_paragraphs((self._readable(one) for one in page.earlier), figures)

    def _shown(self, page: CommentaryPage) -> dict[str, Shown]:
        """How each figure stands in the text: those offered as they show now, those used as the page has them."""
        offered = {one.field: self._shown_of(one) for one in page.offered}
        used = {run.field: Shown(*self._covered(run)) for one in page.paragraphs for run in one.runs if run.field}
        return offered | used

    def _shown_of(self, figure: LiveFigure) -> Shown:
        """A figure as it is put into the text; the mark of a hold has the padlock of a covered figure."""
        by_hand = held_by(figure.field) is not None
        held = by_hand or bool(figure.held_words)
        return Shown(shown_of(figure, self._revealed), figure.covered or by_hand, held)

    def _covered(self, run: Run) -> tuple[str, bool, bool]:
        """A run's text as the screen shows it, whether its figure is covered, and whether it may not be public."""
        offered = self._page.offered if self._page is not None else ()
        figure = next((one for one in offered if one.field == run.field), None)
        if figure is None or not figure.covered:
            by_hand = held_by(run.field) is not None
            return run.text, by_hand, by_hand or (figure is not None and bool(figure.held_words))
        return (run.text if self._revealed else shown_of(figure, revealed=False)), True, True

    def _readable(self, paragraph: Paragraph) -> tuple[Run, ...]:
        """A paragraph's runs; for one that this audience may not read, why."""
        return (Run(f"{paragraph.held_words}."),) if paragraph.held_words else paragraph.runs

    def _same_words(self, page: CommentaryPage) -> bool:
        own = [runs for runs in self.text.paragraphs() if any(run.text.strip() for run in runs)]
        wanted = [self._readable(one) for one in page.paragraphs]
        return [_stored(runs) for runs in own] == [_stored(runs) for runs in wanted]

    # ------------------------------------------------------------ acting

    @Slot()
    def _take_edit(self) -> None:
        self._typed = True
        self._suggestions.hide()
        if self._page is not None:
            self._show_standing(self._page)
        self.edited.emit()

    @Slot()
    def insert(self) -> None:
        """Choose a live figure and insert it at the caret."""
        self._choose("")

    @Slot(str)
    def _choose(self, instead_of: str) -> None:
        page = self._page
        if page is None or self.text.isReadOnly() or self.isHidden():
            return
        if held_by(instead_of) is not None:
            self._choose_hold(page, self.text.figure_at_caret())
            return
        self._show_text()
        place = self.text.figure_at_caret() if instead_of else None

        def put(figure: LiveFigure) -> None:
            self.text.insert_figure(figure.field, self._shown_of(figure), place)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

        figures = tuple(one for one in page.offered if held_by(one.field) is None)
        choose_figure(self.window(), self._appearance, figures, put, revealed=self._revealed, instead_of=instead_of)

    @Slot()
    def hold(self) -> None:
        """Choose how the paragraph at the caret is held, or hold it no longer where it is."""
        page = self._page
        if page is None or self.text.isReadOnly() or self.isHidden():
            return
        self._show_text()
        if not self.text.take_mark():
            self._choose_hold(page)

    def _choose_hold(self, page: CommentaryPage, instead: Place | None = None) -> None:
        """Offer the four ways to hold a paragraph; the mark begins it, or takes the place of the one there."""

        def put(mark: LiveFigure) -> None:
            if instead is None:
                self.text.insert_mark(mark.field, self._shown_of(mark))
            else:
                self.text.insert_figure(mark.field, self._shown_of(mark), instead)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

        holds = tuple(one for one in page.offered if held_by(one.field) is not None)
        choose_figure(self.window(), self._appearance, holds, put, revealed=self._revealed, prompt=HOLD)

    def _show_text(self) -> None:
        """Let this quarter's text be on show."""
        self._pages.setCurrentIndex(0)
        self._quarters.button(0).setChecked(True)

    @Slot()
    def _start(self) -> None:
        """Put the suggested sentences into the text, for the officer to edit."""
        if self._page is None:
            return
        self.text.insert_paragraph([run for one in self._page.suggested for run in (*one.runs, Run(" "))][:-1])
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _finish(self) -> None:
        finished = self._page is not None and self._page.finished and not self._typed
        self.finish_wanted.emit(not finished)

    def _fit(self) -> None:
        """Give the list under the text the room it asks for now; Qt leaves it at its old height."""
        layout = self._footer.layout()
        if layout is not None:
            layout.activate()
        self._footer.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


def _quarter_button(segment: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("control", "true")
    button.setProperty("segment", segment)
    button.setProperty("row", "true")
    button.setProperty("role", "caption")
    button.setCheckable(True)
    return button


def _may_point_to_a_person(page: CommentaryPage) -> str:
    """The warning over a text with sentences from which somebody may be told."""
    said = " ".join(f"“{sentence}”" for sentence in page.identifying)
    return f"May point to a person: {said} {HOLD_KEYS} holds the paragraph." if said else ""


def _subject(page: CommentaryPage) -> tuple[object, ...]:
    return page.priority, page.period, page.audience


def _stored(runs: tuple[Run, ...]) -> str:
    return "".join(run.stored for run in runs).strip()
