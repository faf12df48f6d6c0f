"""What is taken from a priority's page: its charts as pictures and tables, its working as words, held ones marked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton, QWidget

from pcp_desktop.desktop.charts.twin import as_mime
from pcp_desktop.desktop.held_copies import copy_held, copy_words
from pcp_desktop.desktop.tab import Surroundings, View
from pcp_desktop.desktop.tabs.priority.chart_pictures import ChartPictures
from pcp_desktop.desktop.tabs.priority.charts import ChartArea
from pcp_desktop.desktop.tabs.priority.why_panel import WhyPanel
from pcp_desktop.domain.clearance import HELD_MARK
from pcp_desktop.domain.pages import ChartSpec, MeasurePanel


class CopyDesk(QObject):
    """Copies and saves for one page; give it each measure that is looked at."""

    def __init__(self, page: QWidget, surroundings: Surroundings, area: ChartArea, why: WhyPanel) -> None:
        super().__init__(page)
        self._page, self._surroundings, self._area = page, surroundings, area
        self._view: View | None = None
        self._panel: MeasurePanel | None = None
        self._held = False
        self._pictures = ChartPictures(page, surroundings)
        self._pictures.copy_button.clicked.connect(self.copy_picture)
        self._pictures.save_button.clicked.connect(self.save_picture)
        area.held_table_wanted.connect(self._copy_held_table)
        why.copy_wanted.connect(self._copy_working)

    @property
    def buttons(self) -> tuple[QToolButton, QToolButton]:
        """For the page's head: copy a picture, save a picture."""
        return self._pictures.copy_button, self._pictures.save_button

    def look(self, view: View | None, panel: MeasurePanel | None, *, held: bool) -> None:
        """Copy from this measure from now on; no pictures where it is `held`."""
        self._view, self._panel, self._held = view, panel, held

    def offer(self) -> None:
        """Offer pictures where there is a chart of which one may be made."""
        for button in self.buttons:
            button.setEnabled(self._spec() is not None)

    def _spec(self) -> ChartSpec | None:
        """The chart that has the keyboard, else the main one; none of a held measure, shown or not."""
        if self._panel is None or self._held or not self._area.charts:
            return None
        focus = self._page.focusWidget()
        charts = [chart for chart in self._area.charts if focus is not None and chart.isAncestorOf(focus)]
        focused = [chart for chart in self._area.charts if chart is focus]
        return (*focused, *charts, *self._area.charts)[0].spec

    @Slot()
    def copy_picture(self) -> None:
        """Copy the current chart as a picture."""
        spec = self._spec()
        if spec is not None and self._view is not None:
            self._pictures.copy(self._view.panel, spec)

    @Slot()
    def save_picture(self) -> None:
        """Save the current chart as a picture."""
        spec = self._spec()
        if spec is not None and self._view is not None:
            self._pictures.save(self._view.panel, spec)

    @Slot(object)
    def _copy_held_table(self, spec: ChartSpec) -> None:
        """Copy a chart's table with the mark of held figures, once that is recorded."""
        if self._view is not None and spec.held is not None:
            copy_held(
                self._surroundings.jobs,
                self._view.panel,
                replace(spec.held, form="Chart as a table"),
                lambda: QGuiApplication.clipboard().setMimeData(as_mime(spec.table, HELD_MARK)),
            )

    @Slot(str)
    def _copy_working(self, words: str) -> None:
        """Copy the working behind the status."""
        held = self._panel.held if self._panel is not None else None
        if held is None:
            QGuiApplication.clipboard().setText(words)
        elif self._view is not None:
            what = replace(held, form="Working of a status")
            copy_words(self._surroundings.jobs, self._view.panel, words, what, lambda: None)
