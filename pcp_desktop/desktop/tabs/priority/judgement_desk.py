"""What a person decides on a priority's page: a status by hand, a new level, another baseline tried and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from pcp_desktop.desktop.tab import Surroundings, View
from pcp_desktop.desktop.tabs.priority.charts import ChartArea, is_held
from pcp_desktop.desktop.tabs.priority.why_panel import WhyPanel
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.judgements import ChosenLimits, LimitsOrigin
from pcp_desktop.domain.pages import MeasurePanel, NewLevel
from pcp_desktop.domain.status import Status

BASELINE_YEAR = "the baseline year"


class JudgementDesk(QObject):
    """Stands between the page and the panel file; `altered` hands on what a verb changed."""

    altered = Signal(object)

    def __init__(self, parent: QWidget, surroundings: Surroundings, why: WhyPanel, area: ChartArea) -> None:
        super().__init__(parent)
        self._window, self._surroundings, self._why, self._area = parent, surroundings, why, area
        self._view: View | None = None
        self._panel: MeasurePanel | None = None
        self._trial: ChosenLimits | None = None
        why.status_wanted.connect(self.set_status)
        why.level_wanted.connect(self.take_level)
        why.level_date_wanted.connect(self.begin_level)
        why.ranges_wanted.connect(self.take_all_ranges)
        why.drop_wanted.connect(self.drop)
        area.region_chosen.connect(self.try_baseline)
        area.trial_confirmed.connect(self.keep_trial)

    def look(self, view: View | None, panel: MeasurePanel | None) -> None:
        """Judge this measure from now on; a trial of another one is gone."""
        self._view, self._panel, self._trial = view, panel, None
        self._why.allow_judging(self.allowed)
        self._area.allow_trials(self.allowed)

    @property
    def allowed(self) -> bool:
        """Whether there is something to decide: in the working view of a file that can change, nothing held."""
        view, panel = self._view, self._panel
        if view is None or panel is None or view.audience is not Audience.WORKING:
            return False
        return not view.panel.read_only_reason and not is_held(panel, view.audience)

    # ------------------------------------------------------------ status

    @Slot()
    def set_status(self) -> None:
        """Ask for a status and its reason."""
        from pcp_desktop.desktop.dialogs.judgement import StatusDialog

        if self._panel is None or not self.allowed:
            return
        row = self._panel.row
        dialog = StatusDialog(self._window.window(), self._surroundings.appearance, row.label, row.assessment)
        dialog.chosen.connect(self._keep_status)
        dialog.open()

    @Slot(object, str)
    def _keep_status(self, status: Status | None, reason: str) -> None:
        view, panel = self._view, self._panel
        if view is None or panel is None:
            return
        measure, area = panel.row.measure, panel.row.area
        if status is None:
            self._run(lambda: view.panel.compute_status(measure, area, view.period), "Status not changed")
        else:
            self._run(lambda: view.panel.set_status(measure, area, view.period, status, reason), "Status not changed")

    # ------------------------------------------------------------ limits

    @Slot(object)
    def take_level(self, level: NewLevel) -> None:
        """Ask for the reason of a new level."""
        wanted = self._limits(LimitsOrigin.NEW_LEVEL, level.first, None)
        if wanted is not None:
            self._ask_reason(wanted, f"Take the new level from {level.words}")

    @Slot(object)
    def begin_level(self, starts: Sequence[NewLevel]) -> None:
        """Ask at which date a new level begins, and why."""
        from pcp_desktop.desktop.dialogs.judgement import LevelDialog

        panel = self._panel
        if panel is None or not self.allowed:
            return
        window, appearance = self._window.window(), self._surroundings.appearance
        dialog = LevelDialog(window, appearance, panel.row.label, _baseline_label(panel), starts)
        dialog.chosen.connect(self._keep_level)
        dialog.open()

    @Slot(object, str)
    def _keep_level(self, level: NewLevel, reason: str) -> None:
        wanted = self._limits(LimitsOrigin.NEW_LEVEL, level.first, None)
        if wanted is not None:
            self._keep_limits(replace(wanted, reason=reason))

    @Slot(object)
    def take_all_ranges(self, _nothing: object) -> None:
        """Ask why no moving range is to be screened out."""
        wanted = self._limits(LimitsOrigin.ALL_RANGES, self._view.period.start, None) if self._view else None
        if wanted is not None:
            self._ask_reason(wanted, "Take every moving range into the limits")

    @Slot(object)
    def drop(self, chosen: ChosenLimits) -> None:
        """Drop limits that a person chose."""
        view = self._view
        if view is not None and self.allowed:
            self._run(lambda: view.panel.drop_limits(chosen), "Limits not changed")

    @Slot(object, object)
    def try_baseline(self, first: date, last: date) -> None:
        """Draw the limits that other points make; nothing is kept."""
        view, wanted = self._view, self._limits(LimitsOrigin.BASELINE, first, last)
        if view is None or wanted is None:
            return
        self._trial = wanted
        self._surroundings.jobs.start(
            lambda _progress: view.panel.trial_chart(wanted, view.period),
            self._area.show_trial,
            words="Trying other limits",
            title="No limits from there",
            replaces="trial",
        )

    @Slot()
    def keep_trial(self) -> None:
        """Ask for the reason of the limits on trial."""
        if self._trial is not None:
            self._ask_reason(self._trial, f"Take the limits from {self._trial.words}")

    def _limits(self, origin: LimitsOrigin, first: date, last: date | None) -> ChosenLimits | None:
        if self._panel is None or not self.allowed:
            return None
        return ChosenLimits(self._panel.row.measure, self._panel.row.area, origin, first, last, "")

    def _ask_reason(self, wanted: ChosenLimits, words: str) -> None:
        from pcp_desktop.desktop.dialogs.judgement import LimitsDialog

        panel = self._panel
        if panel is None:
            return
        window, appearance = self._window.window(), self._surroundings.appearance
        dialog = LimitsDialog(window, appearance, f"{words}: {panel.row.label}", _baseline_label(panel))
        dialog.chosen.connect(lambda reason: self._keep_limits(replace(wanted, reason=reason)))
        dialog.open()

    def _keep_limits(self, wanted: ChosenLimits) -> None:
        view = self._view
        if view is not None:
            self._run(lambda: view.panel.choose_limits(wanted, view.period), "Limits not changed")

    def _run(self, verb: Callable[[], Changes], title: str) -> None:
        self._surroundings.jobs.start(
            lambda _progress: verb(),
            self.altered.emit,
            words="Keeping the decision",
            title=title,
            cancellable=False,
        )


def _baseline_label(panel: MeasurePanel) -> str:
    """What the comparison that stays beside other limits is with."""
    baseline = panel.row.baseline.period
    return baseline.label if baseline is not None else BASELINE_YEAR
