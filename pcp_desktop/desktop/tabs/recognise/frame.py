"""The frame round a sheet: the key to its colours above, the workbook's sheets below, and where on it a question is.

What is asked, answered and marked is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTabBar, QToolButton, QVBoxLayout

from pcp_desktop.desktop.announcing import announce
from pcp_desktop.desktop.icons import icon
from pcp_desktop.desktop.tabs.recognise.marking import GROWING, area_of, corners_of
from pcp_desktop.desktop.tabs.recognise.regions import RegionKeys
from pcp_desktop.desktop.tabs.recognise.rows import sheet_words
from pcp_desktop.desktop.tabs.recognise.sheet import ASKED, EMPTY, ERROR, SheetView
from pcp_desktop.desktop.tabs.review.inspector import cell_place
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.recognition import Question, QuestionKind, Recognition, SheetPicture
from pcp_desktop.domain.returns import Finding


class SheetFrame(QFrame):
    """The sheets of one workbook, one at a time."""

    another_shown = Signal()
    """Another sheet is on show; its cells are still those of the one before."""
    moved = Signal()
    """The sheet was scrolled."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.sheet = SheetView(appearance)
        self.tabs = QTabBar()
        self.undo_button = _tool("Undo", "Take the last answer back", "Ctrl+Z")
        self.mark_button = _tool("Mark by hand", "Mark a region of the sheet by hand", "R")
        self._keys = RegionKeys(appearance)
        self._growing, self._where = QLabel(), QLabel()
        self._lay_out()
        self.tabs.currentChanged.connect(self.another_shown)
        self.sheet.marking.connect(self._show_marking)
        for bar in (self.sheet.horizontalScrollBar(), self.sheet.verticalScrollBar()):
            bar.valueChanged.connect(self.moved)
        appearance.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        self.setProperty("card", "true")
        self.sheet.setProperty("bare", "true")
        self._growing.setProperty("role", "caption")
        self._growing.setContentsMargins(12, 6, 12, 6)
        self._growing.hide()
        above = QHBoxLayout()
        above.setContentsMargins(0, 0, 8, 0)
        above.addWidget(self._keys, 1)
        above.addWidget(self._growing, 1)
        above.addWidget(self.mark_button)
        above.addWidget(self.undo_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.sheet, 1)
        column.addWidget(self._foot())

    def _foot(self) -> QFrame:
        self.tabs.setDocumentMode(True)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName("Sheets")
        self._where.setProperty("role", "caption")
        self._where.setProperty("tone", "third")
        below = QFrame()
        below.setProperty("card", "sunken")
        foot = QHBoxLayout(below)
        foot.setContentsMargins(8, 0, 12, 0)
        foot.addWidget(self.tabs, 1)
        foot.addWidget(self._where)
        return below

    @Slot()
    def _dress(self) -> None:
        size = self._appearance.px(16)
        for button, name in ((self.undo_button, "undo-2"), (self.mark_button, "pencil")):
            button.setIcon(icon(name, self._appearance.theme.accent, size=size))
            button.setIconSize(QSize(size, size))

    # ------------------------------------------------------------ showing

    @property
    def picture(self) -> SheetPicture:
        """The sheet whose cells are shown."""
        return self.sheet.rows.picture

    def show_tabs(self, recognition: Recognition, first: str) -> None:
        """Name the sheets of a workbook below, with the one named `first` chosen."""
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for at, picture in enumerate(recognition.sheets):
            hidden = picture.left_out == "Hidden"
            self.tabs.addTab(f"{picture.name} (hidden)" if hidden else picture.name)
            self.tabs.setTabToolTip(at, picture.left_out or picture.name)
        self.tabs.setCurrentIndex(max(self._place_of(recognition, first), 0))
        self.tabs.blockSignals(False)

    def show_chosen(self, recognition: Recognition, wrong: Iterable[Finding], asked: Iterable[Question]) -> None:
        """Show the cells of the chosen sheet, those that are wrong and those that are asked about outlined."""
        at = self.tabs.currentIndex()
        picture = recognition.sheets[at] if 0 <= at < len(recognition.sheets) else EMPTY
        outlines: dict[tuple[int, int], str] = {}
        places = [(one.sheet, one.cell, ERROR) for one in wrong] + [(one.sheet, one.cell, ASKED) for one in asked]
        for sheet, cell, outline in places:
            place = cell_place(cell)
            if sheet == picture.name and place:
                outlines[place] = outline
        self.sheet.show_sheet(picture, outlines)
        self._keys.show_marks(bool(picture.marked))
        self._where.setText(sheet_words(recognition, at))

    @Slot(str)
    def _show_marking(self, where: str) -> None:
        """Say which region is being marked, and how, in the place of the key to the colours."""
        self._growing.setText(GROWING.format(range=where) if where else "")
        self._growing.setVisible(bool(where))
        self._keys.setVisible(not where)
        if where:
            announce(self.sheet, f"Marking {where}")

    def say_no_more(self) -> None:
        """Leave out how a region is marked: what it is is being asked."""
        self._growing.setText("")

    # ------------------------------------------------------------ where a question is

    def go_to_sheet(self, name: str, recognition: Recognition) -> None:
        """Show the sheet of a name; the one on show stays where no sheet has it."""
        at = self._place_of(recognition, name)
        if at >= 0:
            self.tabs.setCurrentIndex(at)

    def go_to_cell(self, cell: str) -> None:
        """Choose a cell of the sheet on show, if it has it."""
        index = self.sheet.index_of(cell)
        if index.isValid():
            self.sheet.setCurrentIndex(index)
            self.sheet.scrollTo(index)

    def beside(self, question: Question) -> QRect:
        """The cell or region of a question within the frame; the sheet's first line where it is about neither."""
        corners = corners_of(question.label) if question.kind is QuestionKind.REGION else None
        if corners is not None:
            area = area_of(self.sheet, corners) & self.sheet.viewport().rect()
            return QRect(self.sheet.viewport().mapTo(self, area.topLeft()), area.size())
        index = self.sheet.index_of(question.cell)
        area = self.sheet.visualRect(index) if index.isValid() else QRect(0, 0, 1, 1)
        corner = self.sheet.viewport().mapTo(self, area.topLeft())
        return QRect(corner if index.isValid() else corner + QPoint(24, 0), area.size())

    @staticmethod
    def _place_of(recognition: Recognition, sheet: str) -> int:
        names = [picture.name for picture in recognition.sheets]
        return names.index(sheet) if sheet in names else -1


def _tool(words: str, does: str, keys: str) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setProperty("autoRaise", "true")
    button.setToolTip(f"{does} ({keys})")
    button.setAccessibleName(does)
    return button
