"""What small dialogs that ask for a few fields share: a heading, a form, a remark, and two buttons."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QDateEdit, QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pcp_desktop.desktop.theme import Appearance

_MARGIN = 6  # px


class DecisionDialog(QDialog):
    """A subclass adds rows to `form` and connects `keep`; `remark` says what is still lacking or will follow.

    `about` is what is decided on, or what the decision means.
    """

    def __init__(
        self, parent: QWidget, appearance: Appearance, words: str, about: str, keep: str, width: int
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words)
        self.setAccessibleName(f"{words}: {about}")
        heading, subject = QLabel(words), QLabel(about)
        heading.setProperty("role", "title")
        heading.setWordWrap(True)
        subject.setProperty("tone", "second")
        subject.setWordWrap(True)
        self.remark = QLabel()
        self.remark.setProperty("role", "caption")
        self.remark.setProperty("tone", "second")
        self.remark.setWordWrap(True)
        self.remark.setMinimumHeight(appearance.px(34))
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(8)
        self.keep, self.leave = QPushButton(keep), QPushButton("Leave")
        self.keep.setProperty("kind", "primary")
        self.keep.setDefault(True)
        self.leave.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.remark, 1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(subject)
        column.addLayout(self.form)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(appearance.px(width))


class DayField(QDateEdit):
    """A date as papers print it, with the day of the week."""

    def __init__(self, day: date, name: str) -> None:
        super().__init__()
        self.show_day(day)
        self.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.setDisplayFormat("dddd d MMMM yyyy")
        self.setAccessibleName(name)
        self.lineEdit().setTextMargins(_MARGIN, 0, _MARGIN, 0)  # the style sheet's padding does not reach its words

    def show_day(self, day: date) -> None:
        """Choose a day."""
        self.setDate(QDate(day.year, day.month, day.day))

    @property
    def day(self) -> date:
        """The day that is chosen."""
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())
