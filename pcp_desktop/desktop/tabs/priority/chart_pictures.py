"""The chart as a picture, drawn as the papers draw it: copied to the clipboard or saved as PNG or SVG."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.marks import Notice
from pcp_desktop.desktop.panel import Panel
from pcp_desktop.desktop.tab import Surroundings
from pcp_desktop.domain.pages import ChartSpec

_HELD_NAME = "contains held figures"
COPY_KEYS = "Ctrl+Shift+C"
_REPLACED = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))


class ChartPictures:
    """Makes pictures of charts in the background; `copy_button` and `save_button` go into a page's head."""

    def __init__(self, page: QWidget, surroundings: Surroundings) -> None:
        self._page = page
        self._surroundings = surroundings
        self.copy_button = _button(f"Copy the chart as a picture ({COPY_KEYS})")
        self.save_button = _button("Save the chart as a picture…")
        surroundings.appearance.changed.connect(self._dress)
        self._dress()

    def copy(self, panel: Panel, spec: ChartSpec) -> None:
        """Put a picture of the chart on the clipboard."""

        self._surroundings.jobs.start(
            lambda progress: panel.drawn(spec, progress),
            self._to_clipboard,
            words="Drawing the picture",
            title="Picture not copied",
        )

    def save(self, panel: Panel, spec: ChartSpec) -> None:
        """Ask for a file, and save a picture of the chart there."""
        # The title of a chart may say a figure, and a file's name is read where the file is not opened.
        words = spec.title if spec.held is None else f"{spec.held.form}, {_HELD_NAME}"
        suggested = f"{words.translate(_REPLACED)}.png"
        kinds = "Picture (*.png);;Drawing (*.svg)"
        name, kind = QFileDialog.getSaveFileName(self._page, "Save the chart as a picture", suggested, kinds)
        if not name:
            return
        out = Path(name)
        if out.suffix.lower() not in (".png", ".svg"):
            out = out.with_name(f"{out.name}.{'svg' if 'svg' in kind else 'png'}")
        self._surroundings.jobs.start(
            lambda progress: panel.picture(spec, out, progress),
            self._say_saved,
            words="Drawing the picture",
            title="Picture not saved",
        )

    def _to_clipboard(self, content: bytes) -> None:
        QGuiApplication.clipboard().setImage(QImage.fromData(content))
        self._surroundings.messages.bar("The chart was copied as a picture.", Notice.DONE)

    def _say_saved(self, out: Path) -> None:
        self._surroundings.messages.bar(f"The chart was saved as “{out.name}” in {out.parent}.", Notice.DONE)

    def _dress(self) -> None:
        appearance = self._surroundings.appearance
        for button, name in ((self.copy_button, "copy"), (self.save_button, "download")):
            button.setIcon(icons.icon(name, appearance.theme.text, size=appearance.px(16)))
            button.setIconSize(QSize(appearance.px(16), appearance.px(16)))


def _button(words: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("control", "true")
    button.setProperty("alone", "true")
    button.setToolTip(words)
    button.setAccessibleName(words)
    return button
