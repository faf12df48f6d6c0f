"""The status bar: what is true at the left, the keys that matter here at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from pcp_desktop.desktop import icons

if TYPE_CHECKING:  # the first window opens before any of these is needed
    from pcp_desktop.desktop.tab import View
    from pcp_desktop.desktop.theme import Appearance
    from pcp_desktop.domain.pages import OverviewPage

Fact = tuple[str, str]
EMBARGO = "embargo"  # stands for the mark of embargoed measures; every other name is an icon
_SHAPE = 14
_LEFT_EDGE, _RIGHT_EDGE = 12, 8  # px at both ends of the facts and of the keys
_WITHIN, _BETWEEN = 6, 18  # px from a shape or key to its words, and to the next pair


def facts_of(view: View, overview: OverviewPage | None, position: str) -> tuple[Fact, ...]:
    """What is true of a view: each fact is an icon's name (or empty) and words."""
    from pcp_desktop.domain.clearance import Audience, ClearanceState

    facts = [("lock", "Read only") if view.panel.read_only_reason else ("check", "All changes saved")]
    public = view.audience is Audience.PUBLIC
    if public:
        facts.append(("eye", "Public view"))
    if overview is not None:
        from pcp_desktop.domain.formats import counted

        embargoed = {row.measure for row in overview.all_rows if row.clearance.state is ClearanceState.EMBARGOED}
        if embargoed and not public:
            facts.append((EMBARGO, f"{counted(len(embargoed), 'measure')} embargoed"))
        facts.append(("", overview.accepted_words))
    if position:
        facts.append(("", position))
    return tuple(facts)


class StatusLine:
    """Fills the window's status bar."""

    def __init__(self, bar: QStatusBar, appearance: Appearance) -> None:
        self._appearance = appearance
        self._bar = bar
        self._facts: tuple[Fact, ...] = ()
        self._keys: tuple[Fact, ...] = ()
        self._left, self._right = _Pairs(_LEFT_EDGE), _Pairs(_RIGHT_EDGE)
        self._line = _Line(self._left, self._right)
        bar.addWidget(self._line, 1)
        bar.setFixedHeight(appearance.px(26))
        appearance.changed.connect(self._fill)

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show what is true."""
        if facts != self._facts:
            self._facts = facts
            self._fill_facts()

    def show_keys(self, keys: tuple[Fact, ...]) -> None:
        """Show keys and what they do."""
        if keys != self._keys:
            self._keys = keys
            self._fill_keys()

    def text(self) -> str:
        """All facts as one line, for tests and for reading aloud."""
        return " · ".join(words for _icon, words in self._facts)

    def _fill(self) -> None:
        self._bar.setFixedHeight(self._appearance.px(26))
        self._fill_facts()
        self._fill_keys()

    def _fill_facts(self) -> None:
        pairs: list[tuple[QLabel, ...]] = []
        for name, words in self._facts:
            shape = QLabel()
            if name:
                shape.setPixmap(self._shape(name))
            pairs.append((shape, _caption(words)) if name else (_caption(words),))
        self._left.show_pairs(pairs, _BETWEEN)
        self._line.fit()

    def _fill_keys(self) -> None:
        pairs: list[tuple[QLabel, ...]] = []
        for keys, words in self._keys:
            key = QLabel(keys)
            key.setProperty("key", True)
            key.setProperty("role", "caption_strong")
            pairs.append((key, _caption(words)))
        self._right.show_pairs(pairs, _WITHIN * 2)
        self._line.fit()

    def _shape(self, name: str) -> QPixmap:
        """An icon, or the padlock of embargoed measures as it stands everywhere else."""
        size, ratio, theme = self._appearance.px(_SHAPE), self._left.devicePixelRatioF(), self._appearance.theme
        if name != EMBARGO:
            return icons.pixmap(name, theme.text2, size, ratio)
        from pcp_desktop.desktop.marks import status_icon
        from pcp_desktop.domain.status import Mark

        return status_icon(Mark.EMBARGOED, size, theme).pixmap(size, size)


class _Pairs(QWidget):
    """Shapes or keys with their words, side by side."""

    def __init__(self, edge: int) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(edge, 0, edge, 0)
        self._row.setSpacing(0)
        self.parts: list[QWidget] = []

    def show_pairs(self, pairs: list[tuple[QLabel, ...]], between: int) -> None:
        """Show these instead of what stood here."""
        for part in self.parts:
            part.hide()
            part.deleteLater()
        self.parts = [self._part(pair, between) for pair in pairs]

    def lay_out(self) -> None:
        """Give the parts on show their room now; within a resizing nobody would ask again."""
        self._row.invalidate()
        self._row.activate()
        self.updateGeometry()

    def _part(self, pair: tuple[QLabel, ...], between: int) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, between, 0)
        row.setSpacing(_WITHIN)
        for label in pair:
            row.addWidget(label)
        self._row.addWidget(part)
        return part


class _Line(QWidget):
    """The whole line: where it is too short, keys go first, from the first on, and then facts, from the last on."""

    def __init__(self, left: _Pairs, right: _Pairs) -> None:
        super().__init__()
        self._left, self._right = left, right
        self._columns = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addStretch(1)
        row.addWidget(right)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show all parts that fit; at once, since a layout shows what it takes in only later."""
        if not self.isVisible():
            return
        leaving = [*self._right.parts[:-1], *reversed(self._left.parts[1:])]
        needed = sum(part.sizeHint().width() for part in (*self._left.parts, *self._right.parts))
        needed += 2 * (_LEFT_EDGE + _RIGHT_EDGE) + _BETWEEN
        gone = []
        for part in leaving:
            if needed > self.width():
                gone.append(part)
                needed -= part.sizeHint().width()
        for part in (*self._left.parts, *self._right.parts):
            part.setVisible(part not in gone)
        for pairs in (self._left, self._right):
            pairs.lay_out()
        self._columns.invalidate()
        self._columns.activate()


def _caption(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "caption")
    label.setProperty("tone", "second")
    return label
