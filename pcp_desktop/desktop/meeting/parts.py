"""The parts of the meeting view: the frame that says who may see it, the facts, the keys, what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.charts.pencil import direction_colour, paint_diamond
from pcp_desktop.desktop.marks import paint_status
from pcp_desktop.desktop.theme import Theme
from pcp_desktop.domain.pages import ChartSpec, HeadlineFact, MeasurePanel, PriorityTab
from pcp_desktop.domain.signal_keys import SignalKey, signal_keys
from pcp_desktop.domain.status import Mark

Px = Callable[[float], int]
"""A length in px on a screen of 1080 lines, as many on this screen."""

MOST_FACTS = 5
KEYS = (("←", "→", "charts"), ("↑", "↓", "priorities"), ("type to jump",), ("Esc", "close"))
_CLEARANCE = "Clearance"  # all that is shown here is cleared
_MOST_NAMED = 4
_TONES = {
    Mark.IMPROVING: "improving",
    Mark.SAME: "same",
    Mark.DETERIORATING: "deteriorating",
    Mark.NOT_ASSESSED: "second",
}


def words(text: str, role: str, tone: str = "", *, wraps: bool = False) -> QLabel:
    """A label of the meeting view."""
    label = QLabel(text)
    label.setProperty("role", role)
    label.setProperty("tone", tone)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    return label


def line(upright: bool = False) -> QFrame:
    """A dividing line."""
    made = QFrame()
    made.setProperty("line", True)
    if upright:
        made.setFixedWidth(2)
    else:
        made.setFixedHeight(2)
    return made


def facts_for_the_room(panel: MeasurePanel) -> tuple[HeadlineFact, ...]:
    """At most five facts of a measure: where there are more, the first four and the last, its position."""
    facts = tuple(fact for fact in panel.facts if fact.label != _CLEARANCE)
    return facts if len(facts) <= MOST_FACTS else (*facts[: MOST_FACTS - 1], facts[-1])


class PublicFrame(QFrame):
    """Says that everything on the screen may be seen by the public."""

    def __init__(self, theme: Theme, px: Px) -> None:
        super().__init__()
        self.setObjectName("publicFrame")
        shield = QLabel()
        shield.setPixmap(icons.pixmap("shield-check", theme.imp_text, px(24)))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(18), px(8), px(16), px(8))
        row.setSpacing(px(10))
        row.addWidget(shield)
        row.addWidget(words("Public information only", "meeting_body_strong", "improving"))


class StatusMark(QWidget):
    """The mark of a status, 56 px."""

    def __init__(self, mark: Mark, theme: Theme, px: Px) -> None:
        super().__init__()
        self._mark, self._theme = mark, theme
        self.setFixedSize(px(56), px(56))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        paint_status(QPainter(self), QRectF(self.rect()), self._mark, self._theme)


class FactsColumn(QWidget):
    """The status in words and shape over at most five facts, the first the largest."""

    def __init__(self, panel: MeasurePanel, theme: Theme, px: Px) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._status(panel, theme, px))
        for place, fact in enumerate(facts_for_the_room(panel)):
            column.addSpacing(px(18))
            column.addWidget(line())
            column.addSpacing(px(14))
            column.addWidget(words(fact.label, "meeting_body", "second", wraps=True))
            column.addLayout(self._value(fact, px, largest=place == 0))
        column.addStretch(1)

    @staticmethod
    def _status(panel: MeasurePanel, theme: Theme, px: Px) -> QHBoxLayout:
        status = panel.row.status
        reason = panel.row.assessment.short_reason or panel.polarity
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(words(status.word, "meeting_status", _TONES[status.mark], wraps=True))
        told.addWidget(words(reason, "meeting_body", "second", wraps=True))
        row = QHBoxLayout()
        row.setSpacing(px(20))
        row.addWidget(StatusMark(status.mark, theme, px), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(told, 1)
        return row

    @staticmethod
    def _value(fact: HeadlineFact, px: Px, *, largest: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(12))
        base = Qt.AlignmentFlag.AlignBaseline
        row.addWidget(words(fact.value, "meeting_figure" if largest else "meeting_value"), 0, base)
        if fact.detail:
            row.addWidget(words(fact.detail, "meeting_lead", "second"), 0, base)
        row.addStretch(1)
        return row


class KeyToSignals(QWidget):
    """What the diamonds of a chart mean, for those that it has."""

    def __init__(self, spec: ChartSpec, theme: Theme, px: Px) -> None:
        super().__init__()
        keys = signal_keys(spec)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        for key in keys:
            row.addWidget(_Diamond(key, theme, px))
            row.addWidget(words(key.words, "meeting_body", "second"))
            row.addSpacing(px(18))
        row.addStretch(1)
        self.setVisible(bool(keys))


class _Diamond(QWidget):
    def __init__(self, key: SignalKey, theme: Theme, px: Px) -> None:
        super().__init__()
        self._key, self._theme, self._zoom = key, theme, px(15) / 10
        self.setFixedSize(QSize(px(22), px(22)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._zoom, self._zoom)
        centre = QPointF(self.width() / 2, self.height() / 2) / self._zoom
        colour = direction_colour(self._theme, self._key.direction)
        paint_diamond(painter, centre, colour, self._theme.surface, self._key.filled)


class KeysLine(QWidget):
    """The keys of the meeting view, and which chart of how many is shown."""

    def __init__(self, at: int, of: int, px: Px) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        for *keys, meaning in KEYS:
            for key in keys:
                cap = words(key, "meeting_least_strong")
                cap.setProperty("key", True)
                row.addWidget(cap)
            row.addWidget(words(meaning, "meeting_least", "second"))
            row.addSpacing(px(16))
        row.addWidget(words(str(at), "meeting_least_strong"))
        row.addWidget(words(f"of {of}", "meeting_least", "second"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class TypedFrame(QFrame):
    """What is typed, and the priorities that it means; over the chart while it is typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("typedFrame")
        self._typed = words("", "meeting_title")
        self._named = words("", "meeting_body", "second")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._typed)
        self._column.addWidget(self._named)
        self.hide()

    @property
    def text(self) -> str:
        """What the frame says."""
        return f"{self._typed.text()}\n{self._named.text()}"

    def show_typed(self, typed: str, found: Sequence[PriorityTab], px: Px) -> None:
        """Show `typed` with what it means; nothing where nothing is typed."""
        self._column.setContentsMargins(px(32), px(16), px(32), px(20))
        self._typed.setText(typed)
        named = [f"{tab.code} {tab.name}" for tab in found[:_MOST_NAMED]]
        if len(found) > _MOST_NAMED:
            named.append(f"and {len(found) - _MOST_NAMED} more")
        self._named.setText("\n".join(named) or "No priority")
        self.setVisible(bool(typed))
        self.adjustSize()
        parent = self.parentWidget()
        if parent is not None:
            self.move((parent.width() - self.width()) // 2, (parent.height() - self.height()) // 2)
        self.raise_()
