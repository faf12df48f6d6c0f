"""Asks for the plan and the place of a new panel file; making it belongs to the workspace."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from pcp_desktop.desktop.forms.ui_new_panel import Ui_NewPanel
from pcp_desktop.domain.formats import counted
from pcp_desktop.paths import resource

SUFFIX = ".pcp"
_LEAST_WIDTH, _EDGE = 560, 28  # px


def shipped_plans() -> tuple[tuple[str, str], ...]:
    """The shipped plans: the name to make a panel file with, and words that say how large it is."""
    found = []
    for path in sorted(resource("plans").glob("*.json")):
        plan = json.loads(path.read_text(encoding="utf-8"))["plan"]
        themes = plan["themes"]
        priorities = counted(sum(len(theme["priorities"]) for theme in themes), "priority", "priorities")
        found.append((path.stem, f"{plan['name']} ({counted(len(themes), 'theme')}, {priorities})"))
    return tuple(found)


class NewPanelDialog(QDialog):
    """`chosen` gives the path and the plan's name once the person has decided."""

    chosen = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form = Ui_NewPanel()
        self._form.setupUi(self)  # type: ignore[no-untyped-call]  # compiled forms are not annotated
        self.setAccessibleName(self.windowTitle())
        self._form.heading.setProperty("role", "title")
        self._form.remark.setProperty("role", "caption")
        self._form.remark.setProperty("tone", "second")
        self._form.make.setProperty("kind", "primary")
        for name, words in shipped_plans():
            self._form.plan.addItem(words, name)
        self.setMinimumWidth(max(_LEAST_WIDTH, self._form.plan.sizeHint().width() + 2 * _EDGE))
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._form.place.setText(str(Path(documents or Path.home()) / f"panel{SUFFIX}"))
        self._form.place.textChanged.connect(lambda _text: self._judge())
        self._form.choose.clicked.connect(self._choose)
        self._form.leave.clicked.connect(self.reject)
        self._form.make.clicked.connect(self._make)
        self._judge()
        self._form.plan.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def path(self) -> Path:
        """Where the file is to be kept; always with the ending of panel files."""
        place = Path(self._form.place.text().strip())
        return place if place.suffix == SUFFIX else place.with_name(place.name + SUFFIX)

    def _judge(self) -> None:
        empty = not Path(self._form.place.text().strip()).name
        there = not empty and self.path.exists()
        self._form.make.setEnabled(not (empty or there))
        self._form.remark.setText(
            "A file of that name is there already. Choose another name."
            if there
            else "Everything for one Panel is kept in this file. Nothing is sent anywhere."
        )

    def _choose(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, "Where to keep the panel file", self._form.place.text(), f"Panel files (*{SUFFIX})"
        )
        if name:
            self._form.place.setText(name)

    def _make(self) -> None:
        path, plan = self.path, str(self._form.plan.currentData())
        self.accept()
        self.chosen.emit(path, plan)
