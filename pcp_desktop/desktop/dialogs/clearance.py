"""Asks why a measure is held, when its board meets, and who is told before release; recording it is the tab's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from pcp_desktop.desktop.choice_box import ChoiceBox, TickBox
from pcp_desktop.desktop.dialogs.decision import DayField, DecisionDialog
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import NEW_RECIPIENT, BoardDate, Clearance, ClearanceState, HoldTerms, Recipient
from pcp_desktop.domain.clearance_page import BoardWait, ClearancePage, ClearanceRow
from pcp_desktop.domain.meetings import EXEMPT_INFORMATION

_KINDS = {
    ClearanceState.WAITING: "Before its board",
    ClearanceState.EXEMPT: "Exempt information, Schedule 12A",
    ClearanceState.CONFIDENTIAL: "Confidential, from a government department",
    ClearanceState.EMBARGOED: "Unreleased statistics",
}
_EXPLAINED = {
    ClearanceState.WAITING: "The board’s clearing ends it.",
    ClearanceState.EXEMPT: "Kept from the public; the restricted pack may show it.",
    ClearanceState.CONFIDENTIAL: "In no pack and no meeting view, the restricted ones included (s.100A(3)).",
    ClearanceState.EMBARGOED: "In no pack and no meeting view before release, nor any indication of performance.",
}
_ALL = "All areas and the total over them"
_TOTALS = "The totals over this area are held with it."
_WIDTH, _INTEREST_HEIGHT = 600, 64
USUAL_ACCESS = timedelta(days=28)


class HoldDialog(DecisionDialog):
    """`chosen` gives the Clearance that holds the measure once the person has decided."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, appearance: Appearance, row: ClearanceRow, page: ClearancePage) -> None:
        super().__init__(parent, appearance, "Hold a measure", f"{row.priority}, {row.label}", "Hold", _WIDTH)
        self._measure, self._through = row.measure, page.period.end
        self.kind, self.paragraph, self.area = ChoiceBox(), ChoiceBox(), ChoiceBox()
        for words, area in ((_ALL, ""), *((name, name) for name in row.areas)):
            self.area.addItem(words, area)
        self.area.setCurrentIndex(max(self.area.findData(row.area), 0))
        for state, text in _KINDS.items():
            self.kind.addItem(text, state)
        for number, text in EXEMPT_INFORMATION.items():
            self.paragraph.addItem(f"{number}. {text}", number)
        self.paragraph.setMinimumContentsLength(30)
        boards = ", ".join(dict.fromkeys(wait.board for wait in row.boards))
        self.board, self.source, self.reason = QLineEdit(boards), QLineEdit(), QLineEdit()
        self.resolution, self.until = QLineEdit(), QLineEdit()
        self.interest = QPlainTextEdit()
        self.interest.setTabChangesFocus(True)
        self.interest.setFixedHeight(appearance.px(_INTEREST_HEIGHT))
        self.ends = TickBox("Ends on a known day")
        self.day = DayField(row.clearance.terms.ends_on or page.today, "Day on which the hold ends")
        self._lay_out()
        self._fill(row.clearance)
        for box in (self.kind, self.area):
            box.currentIndexChanged.connect(self._judge)
        self.ends.toggled.connect(self._judge)
        for field in (self.board, self.source, self.reason, self.resolution, self.until, self.interest):
            field.textChanged.connect(self._judge)
        self.keep.clicked.connect(self._choose)
        self._judge()
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        for words, field in (
            ("Figures o&f", self.area),
            ("&Kind of hold", self.kind),
            ("&Board", self.board),
            ("&Paragraph", self.paragraph),
            ("Public &interest test", self.interest),
            ("Re&solution", self.resolution),
            ("&Asked by", self.source),
            ("&Reason or terms", self.reason),
            ("&Until", self.until),
            ("", self.ends),
            ("&Day", self.day),
        ):
            self.form.addRow(words, field)
        self.form.setRowVisible(self.area, self.area.count() > 1)
        self.area.setAccessibleName("Figures of")
        self.kind.setAccessibleName("Kind of hold")
        self.paragraph.setAccessibleName("Paragraph of Schedule 12A")
        self.until.setPlaceholderText("The event that ends it: national release")
        self.source.setPlaceholderText("The department, board or producer of the statistics")

    def _fill(self, standing: Clearance) -> None:
        """Begin with what holds the measure now, and for one that is cleared with its board."""
        if standing.state in _KINDS:
            self.kind.setCurrentIndex(list(_KINDS).index(standing.state))
            self.until.setText("" if standing.is_for_its_board else standing.until)
        terms = standing.terms
        self.source.setText(terms.source)
        self.reason.setText(terms.reason)
        self.resolution.setText(terms.resolution)
        self.interest.setPlainText(terms.public_interest)
        self.paragraph.setCurrentIndex(max(self.paragraph.findData(terms.paragraph), 0))
        self.ends.setChecked(terms.ends_on is not None)

    @property
    def wanted(self) -> Clearance:
        """The hold as the fields stand."""
        state = ClearanceState(self.kind.currentData())
        exempt, waits = state is ClearanceState.EXEMPT, state is ClearanceState.WAITING
        terms = HoldTerms(
            reason=self.reason.text().strip(),
            source=self.source.text().strip(),
            paragraph=self.paragraph.currentData() if exempt else None,
            public_interest=self.interest.toPlainText().strip() if exempt else "",
            resolution=self.resolution.text().strip() if exempt else "",
            ends_on=self.day.day if self.ends.isChecked() and not waits else None,
        )
        until = self.board if waits else self.until
        area = str(self.area.currentData())
        return Clearance(self._measure, state, self._through, until.text().strip(), terms=terms, area=area)

    def _judge(self) -> None:
        """Show the fields of the kind that is chosen, and say what is still lacking."""
        state = ClearanceState(self.kind.currentData())
        exempt, waits = state is ClearanceState.EXEMPT, state is ClearanceState.WAITING
        for field, shown in (
            (self.board, waits),
            (self.paragraph, exempt),
            (self.interest, exempt),
            (self.resolution, exempt),
            (self.until, not waits),
            (self.ends, not waits),
            (self.day, not waits and self.ends.isChecked()),
        ):
            self.form.setRowVisible(field, shown)
        lacks = self.wanted.lacks
        self.keep.setEnabled(not lacks)
        totals = f" {_TOTALS}" if self.area.currentData() else ""
        self.remark.setText(lacks or f"{_EXPLAINED[state]}{totals}")
        self.adjustSize()

    def _choose(self) -> None:
        wanted = self.wanted
        self.accept()
        self.chosen.emit(wanted)


class BoardDateDialog(DecisionDialog):
    """`chosen` gives the BoardDate once the person has decided; what it is `about` may wait for several boards."""

    chosen = Signal(object)

    def __init__(
        self, parent: QWidget, appearance: Appearance, about: str, boards: Sequence[BoardWait], page: ClearancePage
    ) -> None:
        super().__init__(parent, appearance, "Move the board’s date", about, "Move the date", _WIDTH)
        self._boards, self._period = boards, page.period
        self.board = ChoiceBox()
        self.board.setAccessibleName("Board")
        self.board.setMinimumContentsLength(30)
        for wait in boards:
            self.board.addItem(wait.words)
        self.day = DayField(boards[0].day or page.today, "Day of the board’s meeting")
        self.source = QLineEdit()
        self.source.setPlaceholderText("The board’s clerk, by role")
        self.form.addRow("&Board", self.board)
        self.form.addRow("Meets &on", self.day)
        self.form.addRow("Told &by", self.source)
        self.remark.setText("Every measure of this organisation that waits for the board moves along.")
        self.board.currentIndexChanged.connect(self._show_day)
        self.keep.clicked.connect(self._choose)
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_day(self, at: int) -> None:
        day = self._boards[at].day
        if day is not None:
            self.day.show_day(day)

    def _choose(self) -> None:
        wait = self._boards[self.board.currentIndex()]
        wanted = BoardDate(wait.organisation, wait.board, self._period, self.day.day, self.source.text().strip())
        self.accept()
        self.chosen.emit(wanted)


class ToldDialog(DecisionDialog):
    """`chosen` gives the Recipient once the person has decided: a role, never a name.

    `recipient` is what the fields begin with; one that has no number yet is to be recorded, another to be changed.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, appearance: Appearance, about: str, recipient: Recipient) -> None:
        new = recipient.number == NEW_RECIPIENT
        words = "Told before release" if new else "Change who was told"
        super().__init__(parent, appearance, words, about, "Record" if new else "Change", _WIDTH)
        self._recipient = recipient
        self.role, self.purpose = QLineEdit(recipient.role), QLineEdit(recipient.purpose)
        self.role.setPlaceholderText("Director of Public Health")
        self.purpose.setPlaceholderText("To prepare answers for the Panel")
        self.told_on = DayField(recipient.told_on, "Told on")
        self.expires = DayField(recipient.expires, "Access ends on")
        self.form.addRow("&Role, not a name", self.role)
        self.form.addRow("&What for", self.purpose)
        self.form.addRow("&Told on", self.told_on)
        self.form.addRow("Access &ends on", self.expires)
        self.role.textChanged.connect(self._judge)
        for field in (self.told_on, self.expires):
            field.dateChanged.connect(self._judge)
        self.keep.clicked.connect(self._choose)
        self._judge()
        self.role.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self) -> None:
        ordered = self.expires.day >= self.told_on.day
        self.keep.setEnabled(bool(self.role.text().strip()) and ordered)
        self.remark.setText("" if ordered else "Access cannot end before it begins.")

    def _choose(self) -> None:
        wanted = replace(
            self._recipient,
            role=self.role.text().strip(),
            purpose=self.purpose.text().strip(),
            told_on=self.told_on.day,
            expires=self.expires.day,
        )
        self.accept()
        self.chosen.emit(wanted)
