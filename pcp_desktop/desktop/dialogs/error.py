"""The dialog for one thing that could not be done: what happened, what it means, what to do."""

from __future__ import annotations

import platform
import traceback
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.forms.ui_error import Ui_Error
from pcp_desktop.desktop.marks import Notice, notice_pixmap
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.errors import UserError

_PARTS = ("What happened.", "What it means.", "What to do.")


class ErrorDialog(QDialog):
    """Shows a UserError in its three parts; details for support are copied, never shown."""

    def __init__(self, parent: QWidget, appearance: Appearance, title: str, error: UserError) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._details = _details(title, error)
        self._form = Ui_Error()
        self._form.setupUi(self)  # type: ignore[no-untyped-call]  # compiled forms are not annotated
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(str(error))
        self.setFixedWidth(appearance.px(640))
        self._form.shape.setPixmap(notice_pixmap(Notice.ERROR, 30, appearance.theme, self.devicePixelRatioF()))
        self._form.heading.setText(title)
        self._form.heading.setProperty("role", "finding")
        self._form.foot.setProperty("card", "sunken")
        for part, text in zip(_PARTS, (error.what, error.where, error.what_to_do), strict=True):
            self._form.words.addWidget(_paragraph(part, text))
        self._form.copy.setProperty("kind", "link")
        self._form.copy.setIcon(icons.icon("copy", appearance.theme.accent))
        self._form.copy.clicked.connect(self._copy)
        self._form.close.setProperty("kind", "primary")
        self._form.close.clicked.connect(self.accept)
        self._form.close.setFocus()
        self.setFixedHeight(max(self.heightForWidth(self.width()), self._form.column.heightForWidth(self.width())))

    @classmethod
    def for_bug(cls, parent: QWidget, appearance: Appearance, error: BaseException) -> ErrorDialog:
        """The dialog for an exception that is the program's fault."""
        shown = UserError(
            "The program met something it was not made for.",
            "What you were doing was not done. Figures that were accepted are in the panel file.",
            "Try it once more. If it happens again, copy the details and send them to support.",
        )
        dialog = cls(parent, appearance, "PCP Desktop is at fault", shown)
        dialog._details = _details("Bug", error)
        return dialog

    @property
    def details(self) -> str:
        """What "Copy details for support" copies: versions and the place in the program."""
        return self._details

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self._form.copy.setText("Copied")


def _paragraph(part: str, text: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    plain = text.replace("&", "&amp;").replace("<", "&lt;")
    label.setText(f"<span style='font-weight:600'>{part}</span> {plain}")
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _details(title: str, error: BaseException) -> str:
    """Versions and where in the program it was; the message itself may hold figures and is left out of a bug's."""
    try:
        program = version("pcp-desktop")
    except PackageNotFoundError:
        program = "not installed"
    places = "".join(traceback.format_tb(error.__traceback__)).rstrip() or "(no traceback)"
    said = str(error) if isinstance(error, UserError) else type(error).__name__
    versions = f"PCP Desktop {program}, Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"
    return "\n".join((versions, title, said, places))
