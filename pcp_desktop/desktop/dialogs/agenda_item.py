"""Asks for an agenda item: what it is, its title, whose it is, and why it is exempt; writing it is the tab's."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.choice_box import ChoiceBox
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.meetings import EXEMPT_INFORMATION, AgendaItem, Exemption, GeneratedPaper, ItemKind

_KINDS = {
    ItemKind.STANDING: "Standing item, without a paper",
    ItemKind.VERBAL: "Verbal update",
    ItemKind.RECEIVED: "Received paper",
    ItemKind.GENERATED: "Performance report, made here",
}
_WIDTH, _INTEREST_HEIGHT = 580, 88  # px
NEW_ITEM = AgendaItem(0, ItemKind.STANDING, "")


class AgendaItemDialog(QDialog):
    """`chosen` gives the item as it was decided; a key of 0 is a new one."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, appearance: Appearance, item: AgendaItem = NEW_ITEM) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._item = item
        words = "Change this item" if item.key else "Add an item"
        self.setWindowTitle(words)
        self.setAccessibleName(words)
        self.kind, self.paragraph = ChoiceBox(), ChoiceBox()
        for kind, text in _KINDS.items():
            self.kind.addItem(text, kind)
        for number, text in EXEMPT_INFORMATION.items():
            self.paragraph.addItem(f"{number}. {text}", number)
        self.title, self.report_of, self.author, self.note = (QLineEdit() for _field in range(4))
        self.exempt = QCheckBox("E&xempt: not for publication")
        self.interest = QPlainTextEdit()
        self.interest.setTabChangesFocus(True)
        self.keep, self.leave = QPushButton("Keep changes" if item.key else "Add item"), QPushButton("Leave")
        self._remark = QLabel()
        self._lay_out(words, appearance)
        self._fill(item)
        for changed in (self.title.textChanged, self.exempt.toggled, self.interest.textChanged):
            changed.connect(self._judge)
        self.keep.clicked.connect(self._choose)
        self.leave.clicked.connect(self.reject)
        self._judge()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, words: str, appearance: Appearance) -> None:
        heading = QLabel(words)
        heading.setProperty("role", "title")
        self._remark.setProperty("role", "caption")
        self._remark.setProperty("tone", "second")
        self._remark.setWordWrap(True)
        self._remark.setMinimumHeight(appearance.px(34))
        self.interest.setFixedHeight(appearance.px(_INTEREST_HEIGHT))
        self.interest.setPlaceholderText("Why the public interest in the exemption outweighs that in disclosure")
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow("&Title", self.title)
        form.addRow("&Kind", self.kind)
        form.addRow("Report &of", self.report_of)
        form.addRow("&Author, by role", self.author)
        form.addRow("&Note under the title", self.note)
        form.addRow("", self.exempt)
        form.addRow("&Paragraph of Schedule 12A", self.paragraph)
        form.addRow("Public &interest", self.interest)
        self.kind.setAccessibleName("Kind of item")
        self.paragraph.setAccessibleName("Paragraph of Schedule 12A")
        self.paragraph.setMinimumContentsLength(30)
        self.keep.setProperty("kind", "primary")
        self.keep.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self._remark, 1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addLayout(form)
        column.addLayout(buttons)
        self.setMinimumWidth(appearance.px(_WIDTH))

    def _fill(self, item: AgendaItem) -> None:
        self.title.setText(item.title)
        self.kind.setCurrentIndex(list(_KINDS).index(item.kind))
        self.report_of.setText(item.report_of)
        self.author.setText(item.author)
        self.note.setText(item.note)
        if item.exemption is not None:
            self.exempt.setChecked(True)
            self.paragraph.setCurrentIndex(max(self.paragraph.findData(item.exemption.paragraph), 0))
            self.interest.setPlainText(item.exemption.public_interest)

    def _judge(self) -> None:
        exempt = self.exempt.isChecked()
        for field in (self.paragraph, self.interest):
            field.setEnabled(exempt)
        self.keep.setEnabled(bool(self.title.text().strip()))
        lacking = exempt and not self.interest.toPlainText().strip()
        self._remark.setText("The pack is not published before the public interest is written." if lacking else "")

    def _choose(self) -> None:
        kind: ItemKind = ItemKind(self.kind.currentData())
        item = replace(
            self._item,
            kind=kind,
            title=self.title.text().strip(),
            report_of=self.report_of.text().strip(),
            author=self.author.text().strip(),
            note=self.note.text().strip(),
            generated=GeneratedPaper.PERFORMANCE_REPORT if kind is ItemKind.GENERATED else None,
            paper=self._item.paper if kind is ItemKind.RECEIVED else None,
            exemption=self._exemption(),
        )
        self.accept()
        self.chosen.emit(item)

    def _exemption(self) -> Exemption | None:
        if not self.exempt.isChecked():
            return None
        number = int(self.paragraph.currentData())
        return Exemption(number, EXEMPT_INFORMATION[number], self.interest.toPlainText().strip())
