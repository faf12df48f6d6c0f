"""The verbs about judgements: a status by hand, where limits come from, how small numbers are shown, and back."""

from __future__ import annotations

import numpy as np

from pcp_desktop.analysis import control_groups, measure_chart, status
from pcp_desktop.analysis.attribute_charts import ChartType
from pcp_desktop.analysis.control_chart import LEAST_POINTS
from pcp_desktop.analysis.pages import main_charts
from pcp_desktop.analysis.pages.subject import Subject, gather
from pcp_desktop.analysis.series import Series
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.judgements import ChosenLimits, LimitsOrigin, StatusSetByHand
from pcp_desktop.domain.pages import ChartSpec
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.status import Override, Status
from pcp_desktop.errors import UserError
from pcp_desktop.workspace.commentary import is_published
from pcp_desktop.workspace.opened import OFFICER, OpenedPanel

NOT_CHOSEN = "The limits were not changed."


class JudgementVerbs(OpenedPanel):
    """What a person decides about a measure of an open panel file in place of what is computed."""

    def set_status(
        self, measure: str, area: str, period: Period, wanted: Status, reason: str, by: str = OFFICER
    ) -> Changes:
        """Set the status of a measure and area for a quarter, printed with its reason beside the computed one.

        UserError without a reason, for a status that the measure's rule does not know, for a held measure, and where
        the quarter's pack is published.
        """
        facts = self.facts()
        _not_published(facts, period)
        subject = _subject(facts, measure, area, period)
        override = Override(wanted, reason.strip(), by, self._clock())
        if status.overridden(subject.computed, override).override is None:
            raise UserError(
                "The status was not changed.",
                "The figures of this measure are held, and so is every indication of how it does.",
                "Clear them first, or wait until they are released.",
            )
        return self._changed(self._file.set_status(StatusSetByHand(measure, area, period, override)))

    def compute_status(self, measure: str, area: str, period: Period, by: str = OFFICER) -> Changes:
        """Let the computed status hold again. UserError where the quarter's pack is published."""
        _not_published(self.facts(), period)
        return self._changed(self._file.compute_status(measure, area, period, self._clock(), by))

    def trial_chart(self, wanted: ChosenLimits, period: Period) -> ChartSpec:
        """The control chart of a quarter with limits from the points of a baseline; nothing is kept.

        UserError where those points make no limits.
        """
        subject = _subject(self.facts(), wanted.measure, wanted.area, period)
        _fits(subject, wanted)
        chart = main_charts.trial_chart(subject, wanted)
        if chart is None:
            raise _no_chart()
        return chart

    def choose_limits(self, wanted: ChosenLimits, period: Period, by: str = OFFICER) -> Changes:
        """Let the limits of a measure come from a baseline, or begin anew at a level; the reason is printed.

        UserError without a reason, and where the figures up to the quarter `period` make no such limits.
        """
        if not wanted.reason.strip():
            raise UserError(
                NOT_CHOSEN,
                "Limits chosen by hand are printed with their reason, and none was given.",
                "Write why the limits should come from there.",
            )
        _fits(_subject(self.facts(), wanted.measure, wanted.area, period), wanted)
        return self._changed(self._file.choose_limits(wanted, self._clock(), by))

    def drop_limits(self, unwanted: ChosenLimits, by: str = OFFICER) -> Changes:
        """Drop chosen limits; they come from where they came before."""
        return self._changed(self._file.drop_limits(unwanted, self._clock(), by))

    def small_numbers_are_amber(self) -> bool:
        """Whether measures with too small numbers to assess are shown as amber."""
        return self.facts().small_numbers_are_amber

    def show_small_numbers(self, amber: bool, by: str = OFFICER) -> Changes:
        """Show them as amber, by the Panel's convention, or as not assessed."""
        return self._changed(self._file.show_small_numbers(amber, self._clock(), by))


def _subject(facts: Facts, measure: str, area: str, period: Period) -> Subject:
    """The subject as the working view has it; KeyError where the plan has no such measure."""
    known = {one.code: one for one in facts.measures}
    return gather(facts, period, Audience.WORKING).subject(known[measure], area)


def _series(subject: Subject) -> Series:
    """The series of a subject with a control chart."""
    if subject.series is None or subject.chart is None:
        raise _no_chart()
    return subject.series


def _no_chart() -> UserError:
    return UserError(
        NOT_CHOSEN, "This measure has no control chart, and so no limits.", "Choose a measure that has one."
    )


def _fits(subject: Subject, wanted: ChosenLimits) -> None:
    """Refuse limits that the figures cannot make, beside the levels that are there already."""
    series = _series(subject)
    if wanted.origin is LimitsOrigin.ALL_RANGES:
        _has_ranges(subject)
        return
    baseline = wanted.baseline
    if baseline is not None:
        if not measure_chart.baseline_positions(series, baseline):
            raise UserError(
                NOT_CHOSEN,
                f"{wanted.words} holds fewer than {LEAST_POINTS} figures, and limits need that many.",
                "Choose more points.",
            )
        return
    start = next(
        (at for at, period in enumerate(series.periods) if period.start >= wanted.first), len(series.periods)
    )
    labels = [period.label for period in series.periods]
    groups = measure_chart.groups_of(series, [one for one in subject.chosen_limits if one.first != wanted.first])
    control_groups.rebased(groups, [start], np.isfinite(series.array), labels)
    if not measure_chart.enough_around(series, groups, start):
        raise UserError(
            NOT_CHOSEN,
            f"A level that begins in {wanted.words} leaves fewer than {LEAST_POINTS} figures before it or after it.",
            "Choose a start with more figures on both sides.",
        )


def _has_ranges(subject: Subject) -> None:
    """Refuse to switch screening off where limits come from bases and not from moving ranges."""
    if subject.chart is not None and subject.chart.kind is not ChartType.XMR:
        raise UserError(
            NOT_CHOSEN,
            "The limits of this chart come from the bases of its figures, and no moving range is screened out.",
            "Choose a measure with an XmR chart.",
        )


def _not_published(facts: Facts, period: Period) -> None:
    if is_published(facts, period):
        raise UserError(
            f"The pack for {period.label} is published.",
            "Its statuses cannot change, and nothing has.",
            "Set the status in the next quarter.",
        )
