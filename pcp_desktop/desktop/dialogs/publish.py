"""Asks before a pack is published: what leaves the file and when, what is accepted as it stands, and by whom."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.packs import PackPage, Standing
from pcp_desktop.domain.periods import in_words

_WIDTH = 600
SECRETARIAT = "Secretariat officer"


class PublishDialog(QDialog):
    """`chosen` gives the role that publishes, once the person has decided."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, appearance: Appearance, page: PackPage) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = f"Publish the pack for {in_words(page.meeting.day)}"
        self.setWindowTitle(words)
        self.setAccessibleName(words)
        self.words = _what_happens(page)
        self.setAccessibleDescription(" ".join(self.words))
        self.role = QLineEdit(SECRETARIAT)
        pages = f" {counted(len(page.page_numbers), 'page')}" if page.built else ""
        self.publish, self.leave = QPushButton(f"Publish{pages}"), QPushButton("Leave")
        self._lay_out(words, appearance)
        self.role.textChanged.connect(lambda text: self.publish.setEnabled(bool(text.strip())))
        self.publish.clicked.connect(self._choose)
        self.leave.clicked.connect(self.reject)
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, words: str, appearance: Appearance) -> None:
        heading = QLabel(words)
        heading.setProperty("role", "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(heading)
        for text in self.words:
            label = QLabel(text)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        form = QFormLayout()
        form.addRow("Published &by, as a role", self.role)
        column.addLayout(form)
        self.publish.setProperty("kind", "primary")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.publish)
        column.addLayout(buttons)
        self.setMinimumWidth(appearance.px(_WIDTH))

    def _choose(self) -> None:
        role = self.role.text().strip()
        self.accept()
        self.chosen.emit(role)


def _what_happens(page: PackPage) -> tuple[str, ...]:
    """What publishing does, in sentences; with what is accepted as it stands."""
    period = page.meeting.latest_period.label
    exempt = [item for item in page.agenda.items if item.exemption is not None]
    packs = "The public pack is"
    if exempt:
        packs = f"The public pack, and the restricted one with {counted(len(exempt), 'exempt item')}, are"
    found = [
        f"{packs} made from the figures as they stand now, searched for anything that is held, and kept in the panel"
        " file with checksums.",
        f"From then on the agenda and the commentary of {period} cannot be changed, and it cannot be undone.",
        f"{page.deadline.words} {page.deadline.detail}",
    ]
    open_questions = [line.title for line in page.readiness if line.standing is Standing.DECIDE]
    if open_questions:
        found.append(f"It goes out as it stands with: {'; '.join(open_questions)}.")
    return tuple(found)
