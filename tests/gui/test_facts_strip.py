"""The facts over a priority's charts: no word of them is cut, however narrow the window and large the text."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pcp_desktop.analysis.pages import priority
from pcp_desktop.desktop.tabs.priority.facts_strip import FactsStrip
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import Audience
from tests.analysis.pages.sample import QUARTER, sample_facts
from tests.gui.test_large_text import cut


@pytest.mark.parametrize("code", ["SP11", "SP14"])
@pytest.mark.parametrize(("width", "scale"), [(1300, 100), (1160, 100), (1070, 100), (1160, 115), (1270, 150)])
def test_no_fact_is_cut(qtbot: QtBot, appearance: Appearance, code: str, width: int, scale: int) -> None:
    appearance.scale_text(scale)
    window = QWidget()
    qtbot.addWidget(window)
    strip = FactsStrip(appearance)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(strip)
    (panel, *_) = priority.build(sample_facts(), code, QUARTER, Audience.WORKING).measures
    strip.show_panel(panel)
    window.show()
    for room in (width, width + 400, width):  # made wider and narrower again, it folds back
        window.resize(room, 200)
        QApplication.processEvents()
        assert strip.width() == room
        assert cut(strip) == []
        for label in strip.findChildren(QLabel):
            if label.wordWrap():
                longest = max(label.text().split(), key=len)
                assert label.width() >= label.fontMetrics().horizontalAdvance(longest)
    appearance.scale_text(100)
