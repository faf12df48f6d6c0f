"""The bar of long work: what is being done, how far it is, and Cancel, which Esc presses too."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from pcp_desktop.desktop.forms.ui_main_window import Ui_MainWindow
from pcp_desktop.desktop.jobs import Busy, Jobs


class BusyBar(QObject):
    """Shows in the window's form what `jobs` does; short work has the busy cursor alone."""

    def __init__(self, window: QWidget, form: Ui_MainWindow, jobs: Jobs) -> None:
        super().__init__(window)
        self._form = form
        self._stop = QAction(window)
        self._stop.setShortcut(QKeySequence("Esc"))
        self._stop.triggered.connect(jobs.cancel)
        self._stop.setEnabled(False)
        window.addAction(self._stop)
        form.busy_cancel.clicked.connect(jobs.cancel)
        form.busy_bar.hide()
        jobs.busy.connect(self._show)

    @Slot(object)
    def _show(self, busy: Busy | None) -> None:
        form = self._form
        self._stop.setEnabled(busy is not None and busy.cancellable)
        form.busy_bar.setVisible(busy is not None and busy.bar)
        if busy is None:
            form.pages.unsetCursor()
            return
        form.pages.setCursor(Qt.CursorShape.BusyCursor)
        form.busy_words.setText(busy.words)
        form.busy_progress.setRange(0, busy.of)
        form.busy_progress.setValue(busy.done)
        form.busy_cancel.setVisible(busy.cancellable)
