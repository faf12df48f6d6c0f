"""The charts of one measure, its words, or what stands in their place; made when shown and gone when not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QGridLayout, QVBoxLayout, QWidget

from pcp_desktop.desktop.charts.view import ChartView
from pcp_desktop.desktop.choice_box import ChoiceBox
from pcp_desktop.desktop.selectable_label import SelectableLabel
from pcp_desktop.desktop.tab import GAP
from pcp_desktop.desktop.tabs.held_panel import HeldLine, HeldPanel
from pcp_desktop.desktop.tabs.priority.trial_bar import TrialBar
from pcp_desktop.desktop.tabs.priority.why_panel import rich
from pcp_desktop.desktop.tabs.quiet_scroll import QuietScroll
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.pages import ChartKind, ChartSpec, MeasurePanel

MOST_SMALL = 3
LINE_OF_TEXT = 84


def arranged(panel: MeasurePanel, kind: ChartKind | None) -> tuple[ChartSpec | None, tuple[ChartSpec, ...]]:
    """The chart in the main place, that of `kind` where the measure has one, and the small ones under it."""
    if panel.main is None:
        return None, panel.small[:MOST_SMALL]
    main = next((chart for chart in panel.charts if chart.kind is kind), panel.main)
    return main, tuple(chart for chart in panel.small if chart is not main)[:MOST_SMALL]


def is_held(panel: MeasurePanel, audience: Audience) -> bool:
    """Whether a measure's figures are not to be seen without asking (working view) or at all (other views)."""
    if audience is not Audience.WORKING:
        return bool(panel.row.held_words)
    held = (ClearanceState.EMBARGOED, ClearanceState.EXEMPT, ClearanceState.CONFIDENTIAL)
    return bool(panel.row.held_words) and panel.row.clearance.state in held


class ChartArea(QWidget):
    """Holds at most one main chart and three small ones."""

    source_wanted = Signal(object)
    why_wanted = Signal()
    point_read = Signal(str)
    region_chosen = Signal(object, object)
    """The first and last day of the points of the main chart that a person wants limits from."""
    trial_confirmed = Signal()
    held_table_wanted = Signal(object)
    rearranged = Signal()
    """The charts were made anew, because another kind was chosen."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._content: QWidget | None = None
        self._scroll = QuietScroll()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self.charts: tuple[ChartView, ...] = ()
        self.held: HeldPanel | None = None
        self._shape: int | None = None  # how many small charts stand under the main one; None for anything else
        self._panel: MeasurePanel | None = None
        self._audience, self._revealed = Audience.WORKING, False
        self._kind: ChartKind | None = None
        self.kinds: ChoiceBox | None = None
        self._may_try = False
        self.trial: TrialBar | None = None
        self._main: ChartView | None = None

    def clear(self) -> None:
        """Let go of every chart."""
        self.charts, self.held, self._shape, self.kinds = (), None, None, None
        self.trial = self._main = None
        if self._content is not None:
            self._scroll.takeWidget()
            self._content.hide()
            self._content.deleteLater()
            self._content = None

    def show_panel(self, panel: MeasurePanel, audience: Audience, revealed: bool) -> None:
        """Show a measure; a held one only when `revealed` in the working view.

        The kind of chart that was chosen last stays chosen, where the measure has it.
        """
        self._panel, self._audience, self._revealed = panel, audience, revealed
        if self._takes_over(panel, audience):
            return
        self.clear()
        self._content = content = QWidget(self._scroll.viewport())
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        held = is_held(panel, audience)
        if held and not (revealed and audience is Audience.WORKING):
            self.held = HeldPanel(self._appearance, panel.row, public=audience is not Audience.WORKING)
            column.addWidget(self.held)
        else:
            if held:
                column.addWidget(HeldLine(self._appearance, panel.row))
            self._fill(column, panel)
        self._scroll.show_column(content)
        # The scene of a chart paints the window when its turn comes: before the rest is marked for painting, and
        # then everything would be painted twice.
        QApplication.sendPostedEvents(None, QEvent.Type.UpdateLater.value)
        plain = panel.main is not None and not panel.text and not held
        self._shape = len(self.charts) - 1 if plain else None

    def _takes_over(self, panel: MeasurePanel, audience: Audience) -> bool:
        """Give the charts that stand the figures of `panel`, where it has as many; making them anew is slow."""
        main, small = arranged(panel, self._kind)
        if is_held(panel, audience) or panel.text or main is None or self._shape != len(small):
            return False
        self._offer_kinds(panel, main)
        if self.trial is not None:
            self.trial.hide()
        for chart, spec in zip(self.charts, (main, *small), strict=True):
            chart.show_spec(spec)
        self._scroll.verticalScrollBar().setValue(0)
        return True

    def _fill(self, column: QVBoxLayout, panel: MeasurePanel) -> None:
        if panel.text:
            column.addWidget(self._words(panel), 1 if panel.main is None and not panel.small else 0)
        wanted, beside = arranged(panel, self._kind)
        main = self._chart(wanted, small=False) if wanted is not None else None
        if main is not None and wanted is not None:
            self.kinds = self._kind_box(main)
            main.set_corner(self.kinds)
            self._offer_kinds(panel, wanted)
            column.addWidget(main, 30)
            self._main = main
            main.region_chosen.connect(self._region_chosen)
            main.region_dropped.connect(self.drop_trial)
            main.marker.allowed = self._may_try
        elif not panel.text:
            column.addWidget(self._absent(panel.main_absent), 8 if beside else 30)
        small = [self._chart(spec, small=True) for spec in beside]
        if small:
            grid = QGridLayout()
            grid.setSpacing(GAP)
            for across, chart in enumerate(small):
                grid.addWidget(chart, 0, across)
                grid.setColumnStretch(across, 1)
            column.addLayout(grid, 21)
        self.charts = tuple(chart for chart in (main, *small) if chart is not None)

    # ------------------------------------------------------------ trials

    def allow_trials(self, allowed: bool) -> None:
        """Let a region of the main chart be chosen, or not."""
        self._may_try = allowed
        if self._main is not None:
            self._main.marker.allowed = allowed

    @Slot(int, int)
    def _region_chosen(self, first: int, last: int) -> None:
        spec = self._main.spec if self._main is not None else None
        if spec is not None and spec.kind is ChartKind.CONTROL and spec.days:
            self.region_chosen.emit(spec.days[first][0], spec.days[last][1])

    def show_trial(self, spec: ChartSpec) -> None:
        """Draw limits on trial in the main place, with the choice to keep or drop them."""
        column = self._content.layout() if self._content is not None else None
        if self._main is None or not isinstance(column, QVBoxLayout):
            return
        if self.trial is None:
            self.trial = TrialBar()
            self.trial.kept.connect(self.trial_confirmed)
            self.trial.dropped.connect(self.drop_trial)
            column.insertWidget(column.indexOf(self._main), self.trial)
        self._main.show_spec(spec, on_trial=True)
        self.trial.show_words(spec.title)
        self.rearranged.emit()

    @Slot()
    def drop_trial(self) -> None:
        """Draw the limits that hold again."""
        if self.trial is None or self.trial.isHidden() or self._panel is None or self._main is None:
            return
        main, _ = arranged(self._panel, self._kind)
        self.trial.hide()
        if main is not None:
            self._main.show_spec(main)
            self._main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kind_box(self, main: ChartView) -> ChoiceBox:
        box = ChoiceBox(main)
        box.setAccessibleName("Kind of chart")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.activated.connect(self._kind_chosen)
        return box

    def _offer_kinds(self, panel: MeasurePanel, shown: ChartSpec) -> None:
        """The kinds that the measure has, where it has more than one."""
        if self.kinds is None:
            return
        words = [f"{spec.kind.value[0].upper()}{spec.kind.value[1:]}" for spec in panel.charts]
        if words != [self.kinds.itemText(at) for at in range(self.kinds.count())]:
            self.kinds.clear()
            self.kinds.addItems(words)
        self.kinds.setCurrentIndex(panel.charts.index(shown))
        self.kinds.setVisible(len(words) > 1)

    @Slot(int)
    def _kind_chosen(self, at: int) -> None:
        """Draw the measure's chart of the chosen kind in the main place; the keyboard stays on the list of kinds."""
        if self._panel is None:
            return
        self._kind = self._panel.charts[at].kind
        self.show_panel(self._panel, self._audience, self._revealed)
        if self.kinds is not None:
            self.kinds.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rearranged.emit()

    def _chart(self, spec: ChartSpec, *, small: bool) -> ChartView:
        chart = ChartView(self._appearance, self._content, small=small)
        chart.show_spec(spec)
        chart.source_wanted.connect(self.source_wanted)
        chart.why_wanted.connect(self.why_wanted)
        chart.point_read.connect(self.point_read)
        chart.held_table_wanted.connect(self.held_table_wanted)
        chart.focused.connect(self._bring_into_view)
        return chart

    @Slot()
    def _bring_into_view(self) -> None:
        chart = self.sender()
        if isinstance(chart, ChartView):
            self._scroll.ensureWidgetVisible(chart, 0, 0)

    def _absent(self, words: str) -> QFrame:
        """A card that says why there is no chart."""
        card = QFrame()
        card.setProperty("card", "true")
        column = QVBoxLayout(card)
        label = SelectableLabel(words)
        label.setProperty("tone", "second")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        column.addWidget(label)
        return card

    def _words(self, panel: MeasurePanel) -> QFrame:
        """A measure that is words: a paragraph a sentence."""
        card = QFrame()
        card.setProperty("card", "true")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        for sentence in panel.text:
            label = SelectableLabel(rich((sentence,)))
            label.setProperty("role", "commentary")
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setWordWrap(True)
            label.setMaximumWidth(label.fontMetrics().averageCharWidth() * LINE_OF_TEXT)
            column.addWidget(label)
        column.addStretch(1)
        return card
