"""Judgements that an open panel file would keep; they are noted in the order in which they came."""

from __future__ import annotations

from dataclasses import replace

from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.judgements import ChosenLimits
from pcp_desktop.domain.pages import ChartSpec
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.status import Status
from tests.gui.chart_fixtures import burglary


class FakeJudgements:
    """The verbs about judgements; `judged` holds what was asked."""

    def __init__(self) -> None:
        self.judged: list[object] = []
        self.amber = False

    def set_status(self, measure: str, area: str, period: Period, wanted: Status, reason: str) -> Changes:
        self.judged.append((measure, wanted, reason))
        return Changes("Set by hand.", judgements=True)

    def compute_status(self, measure: str, area: str, period: Period) -> Changes:
        self.judged.append((measure, None, ""))
        return Changes("As computed.", judgements=True)

    def trial_chart(self, wanted: ChosenLimits, period: Period) -> ChartSpec:
        return replace(burglary(), title=f"Trial: limits from {wanted.words}. Nothing is kept until you confirm")

    def choose_limits(self, wanted: ChosenLimits, period: Period) -> Changes:
        self.judged.append(wanted)
        return Changes("Taken.", judgements=True)

    def drop_limits(self, unwanted: ChosenLimits) -> Changes:
        self.judged.append(unwanted)
        return Changes("Dropped.", judgements=True)

    def small_numbers_are_amber(self) -> bool:
        return self.amber

    def show_small_numbers(self, amber: bool) -> Changes:
        self.amber = amber
        self.judged.append(amber)
        return Changes(f"Small numbers are shown as {'amber' if amber else 'not assessed'}.", judgements=True)
