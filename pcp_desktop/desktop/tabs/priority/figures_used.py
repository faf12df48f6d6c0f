"""The live figures that a commentary uses, each with its state: current, changed, held back or missing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.elided_label import ElidedLabel
from pcp_desktop.desktop.marks import Notice, notice_pixmap, status_icon
from pcp_desktop.desktop.tabs.quiet_scroll import QuietScroll
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import NOT_PUBLISHED_REASONS, ClearanceState
from pcp_desktop.domain.commentary import FigureState, UsedFigure
from pcp_desktop.domain.status import Mark

ROWS = 3
_FIRST_ROW = 1  # Qt counts one row in a grid that has none
WIDEST_VALUE = 130  # px at a text size of 100 %
_STATES = {
    FigureState.CURRENT: "current",
    FigureState.CHANGED: "changed",
    FigureState.HELD: "held",
    FigureState.MISSING: "no figure",
}
_ORDER = (FigureState.CHANGED, FigureState.MISSING, FigureState.HELD, FigureState.CURRENT)


def heading(used: tuple[UsedFigure, ...]) -> str:
    """The line over the list: "Figures used, all current", or how many are not."""
    if not used:
        return "No live figures used"
    parts = [
        f"{count} {words}"
        for state, words in _STATES.items()
        if state is not FigureState.CURRENT and (count := sum(1 for one in used if one.state is state))
    ]
    return f"Figures used, {', '.join(parts) if parts else 'all current'}"


def spoken(figure: UsedFigure, revealed: bool) -> str:
    """One figure of the list as a sentence, for who does not see the marks."""
    if figure.covered and not revealed:
        return f"{figure.words}: embargoed. {figure.held_words}."
    if figure.state is FigureState.CHANGED:
        return f"{figure.words}: changed, {figure.before} is now {figure.shown}."
    return f"{figure.words}: {figure.shown}, {figure.held_words or _STATES[figure.state]}."


class FiguresUsed(QuietScroll):
    """The list; `accepted` carries the field of a changed figure whose new text is accepted."""

    accepted = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._used: tuple[UsedFigure, ...] = ()
        self._revealed = self._may_accept = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Figures used")
        appearance.changed.connect(self._show)

    def show_used(self, used: tuple[UsedFigure, ...], *, revealed: bool, may_accept: bool) -> None:
        """Show the figures of a commentary, what needs a look first; changed ones are accepted where `may_accept`."""
        ordered = tuple(sorted(used, key=lambda figure: _ORDER.index(figure.state)))
        if (ordered, revealed, may_accept) != (self._used, self._revealed, self._may_accept):
            self._used, self._revealed, self._may_accept = ordered, revealed, may_accept
            self._show()

    def _show(self) -> None:
        had_keyboard = self.isAncestorOf(QApplication.focusWidget() or self)
        column = QWidget()
        grid = QGridLayout(column)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for figure in self._used:
            self._add(grid, figure)
        grid.setRowStretch(grid.rowCount(), 1)  # one row more, for what is left over
        self.show_column(column)
        self.setAccessibleDescription(" ".join(spoken(one, self._revealed) for one in self._used))
        self.setVisible(bool(self._used))
        last = _FIRST_ROW + ROWS - 1 + any(figure.state is FigureState.CHANGED for figure in self._used)
        column.resize(self.width(), column.sizeHint().height())
        grid.activate()
        self.setFixedHeight(max(grid.cellRect(min(last, grid.rowCount() - 2), 0).bottom() + 1, 1))
        if had_keyboard:  # the button that was pressed is gone
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, grid: QGridLayout, figure: UsedFigure) -> None:
        """One line: name, text and mark; what changed has its old and new text on a line of its own."""
        row, changed = grid.rowCount(), figure.state is FigureState.CHANGED
        covered = figure.covered and not self._revealed
        name, shown = ElidedLabel(), ElidedLabel()
        name.show_text(figure.words)
        name.setProperty("role", "caption")
        shown.setProperty("role", "caption_strong")
        grid.addWidget(self._mark(figure), row, 2, Qt.AlignmentFlag.AlignRight)
        if changed and not covered:
            shown.setProperty("tone", "same")
            shown.show_text(f"{figure.before} is now {figure.shown}")
            grid.addWidget(name, row, 0, 1, 2)
            grid.addWidget(shown, row + 1, 0, 1, 2)
            if self._may_accept:
                grid.addWidget(self._accept(figure), row + 1, 2)
            return
        if covered:
            shown.setProperty("tone", "embargoed")
        shown.show_text("Embargoed" if covered else figure.shown)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        widest = self._appearance.px(WIDEST_VALUE)
        shown.setMaximumWidth(widest)
        line = QHBoxLayout()  # not two columns: a name has the room that its own figure leaves
        line.setSpacing(8)
        line.addWidget(name, 1)
        line.addWidget(shown)
        grid.addLayout(line, row, 0, 1, 2)
        shown.setMinimumWidth(min(shown.sizeHint().width(), widest))

    def _accept(self, figure: UsedFigure) -> QPushButton:
        button = QPushButton("Accept")
        button.setProperty("kind", "link")
        button.setProperty("row", "true")
        button.setAccessibleName(f"Accept {figure.shown} for {figure.words}")
        button.clicked.connect(partial(self.accepted.emit, figure.field))
        return button

    def _mark(self, figure: UsedFigure) -> QLabel:
        """The mark at the right of a figure, with its state in words."""
        made, theme, ratio = QLabel(), self._appearance.theme, self.devicePixelRatioF()
        size = self._appearance.px(14)
        embargoed = figure.held_words == NOT_PUBLISHED_REASONS[ClearanceState.EMBARGOED]
        if figure.state is FigureState.CHANGED:
            made.setPixmap(notice_pixmap(Notice.LOOK, size, theme, ratio))
        elif figure.state is FigureState.MISSING:
            made.setPixmap(notice_pixmap(Notice.ERROR, size, theme, ratio))
        elif embargoed:
            made.setPixmap(status_icon(Mark.EMBARGOED, size, theme).pixmap(size))
        elif figure.held_words:
            made.setPixmap(icons.pixmap("lock", theme.text2, size, ratio))
        else:
            made.setPixmap(icons.pixmap("check", theme.imp, size, ratio))
        words = spoken(figure, self._revealed)
        made.setToolTip(words)
        made.setAccessibleName(words)
        return made
