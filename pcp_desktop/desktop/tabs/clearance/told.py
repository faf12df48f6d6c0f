"""Who has been told what: recipients before release, and when held figures were shown, copied or saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pcp_desktop.desktop.tables import OPENING_KEYS, RIGHT, RowsDelegate, RowsModel, RowsTable
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import Recipient
from pcp_desktop.domain.held_access import AccessRow, ToldPage, ToldRow

_NO_PURPOSE = "Purpose not stated"


class RecipientsModel(RowsModel[ToldRow]):
    """The recipients, those whose access lasts first."""

    headers = ("Told", "Measure", "Told on", "Access")

    def show_page(self, page: ToldPage) -> None:
        """Show another page."""
        self.beginResetModel()
        self._rows = page.recipients
        self.endResetModel()

    def words(self, row: ToldRow, column: int) -> str:
        purpose = row.recipient.purpose or _NO_PURPOSE
        return (f"{row.recipient.role}, {purpose}", f"{row.label}, {row.priority}", row.told, row.standing)[column]

    def sentence(self, row: ToldRow) -> str:
        purpose = row.recipient.purpose or _NO_PURPOSE
        return f"{row.recipient.role}: {row.label}, {row.priority}. Told on {row.told}. {row.standing}. {purpose}."


class _RecipientsDelegate(RowsDelegate[ToldRow]):
    row_height = 42

    def _cell(self, painter: QPainter, rect: QRect, row: ToldRow, column: int) -> None:
        theme = self._appearance.theme
        colour = theme.text3 if row.ended else theme.text
        match column:
            case 0:
                purpose = row.recipient.purpose or _NO_PURPOSE
                self._two_lines(painter, rect, row.recipient.role, purpose, colour, "section")
            case 1:
                self._two_lines(painter, rect, row.label, row.priority, colour)
            case 2:
                self._text(painter, rect, row.told, colour)
            case _:
                self._wrapped(painter, rect, row.standing, colour)


class RecipientsTable(RowsTable[ToldRow]):
    """The recipients; Enter and F2 change one, Delete removes one, N goes to the next whose access has ended."""

    rows: RecipientsModel
    change_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        rows = RecipientsModel()
        super().__init__(appearance, rows, _RecipientsDelegate(appearance, rows), "Told before release")
        self.doubleClicked.connect(lambda _index: self.change_wanted.emit())

    def _asks(self, row: ToldRow) -> bool:
        return row.ended

    def _acts(self, here: int) -> dict[int, Callable[[], None]]:
        change = self.change_wanted.emit
        keys: dict[int, Callable[[], None]] = dict.fromkeys(OPENING_KEYS, change)
        return {**super()._acts(here), **keys, Qt.Key.Key_Delete: self.remove_wanted.emit}

    def _widths(self) -> tuple[int, ...]:
        return self._shared_widths(200, (250, 120, 260))


class AccessesModel(RowsModel[AccessRow]):
    """Every access to held figures, the newest first."""

    headers = ("When", "What", "Measures", "Figures")
    right_column = 3

    def show_page(self, page: ToldPage) -> None:
        """Show another page."""
        self.beginResetModel()
        self._rows = page.accesses
        self.endResetModel()

    def words(self, row: AccessRow, column: int) -> str:
        what = f"{row.what}, {row.file}" if row.file else row.what
        about = ", ".join(part for part in (row.measures, row.periods) if part)
        return (f"{row.when}, {row.by}", what, about, row.count)[column]

    def sentence(self, row: AccessRow) -> str:
        what, about = self.words(row, 1), self.words(row, 2)
        return f"{row.when}, {row.by}. {what}. {about}. Held figures: {row.count}."


class _AccessesDelegate(RowsDelegate[AccessRow]):
    row_height = 42

    def _cell(self, painter: QPainter, rect: QRect, row: AccessRow, column: int) -> None:
        theme = self._appearance.theme
        match column:
            case 0:
                self._two_lines(painter, rect, row.when, row.by, theme.text)
            case 1:
                self._two_lines(painter, rect, row.what, row.file, theme.text)
            case 2:
                self._two_lines(painter, rect, row.measures, row.periods, theme.text)
            case _:
                self._text(painter, rect, row.count, theme.text, align=RIGHT)


class AccessesTable(RowsTable[AccessRow]):
    """The accesses; nothing can be done with one."""

    rows: AccessesModel

    def __init__(self, appearance: Appearance) -> None:
        rows = AccessesModel()
        super().__init__(appearance, rows, _AccessesDelegate(appearance, rows), "Shown, copied or saved")

    def _asks(self, row: AccessRow) -> bool:  # noqa: ARG002
        return False

    def _widths(self) -> tuple[int, ...]:
        return self._shared_widths(200, (300, 330, 80))


class ToldView(QWidget):
    """Both tables, each under its heading, and what can be done."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.recipients, self.accesses = RecipientsTable(appearance), AccessesTable(appearance)
        self.change_button, self.remove_button = QPushButton("Change…"), QPushButton("Remove")
        self.save_button = QPushButton("Save the list…")
        self.change_button.clicked.connect(self.recipients.change_wanted)
        self.remove_button.clicked.connect(self.recipients.remove_wanted)
        self._nobody = _words("Nobody was told a figure before its release. A measure’s own inspector records it.")
        self._nothing = _words("No held figure was shown, copied or saved so far.")
        self._read_only = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(_heading("Told before release"))
        column.addWidget(self._nobody)
        column.addWidget(self.recipients, 2)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.change_button, self.remove_button):
            foot.addWidget(button)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addWidget(_heading("Shown, copied or saved while held"))
        column.addWidget(self._nothing)
        column.addWidget(self.accesses, 3)
        foot = QHBoxLayout()
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(0)

    def show_page(self, page: ToldPage, *, read_only: bool) -> None:
        """Show another page, with the line selected that was."""
        here = max(self.recipients.currentIndex().row(), 0)
        self.recipients.rows.show_page(page)
        self.accesses.rows.show_page(page)
        self.recipients.go_to(here)
        self.accesses.go_to(0)
        for table, words, rows in (
            (self.recipients, self._nobody, page.recipients),
            (self.accesses, self._nothing, page.accesses),
        ):
            table.setVisible(bool(rows))
            words.setVisible(not rows)
        for button in (self.change_button, self.remove_button):
            button.setVisible(bool(page.recipients) and not read_only)
        self._read_only = read_only

    @property
    def recipient(self) -> Recipient | None:
        """The recipient that is selected and may be changed."""
        row = self.recipients.current_row()
        return row.recipient if row is not None and not self._read_only else None


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    return label


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "second")
    label.setWordWrap(True)
    return label
