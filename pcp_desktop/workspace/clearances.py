"""The verbs about clearance: clear, hold, move a board's date, record who is told before release; and their page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from pcp_desktop.analysis.pages import clearance as clearance_page
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import BoardDate, Clearance, ClearanceState, Recipient, area_hold, clearance_at
from pcp_desktop.domain.clearance_page import ClearancePage
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.periods import Period
from pcp_desktop.errors import UserError
from pcp_desktop.papers.publication import last_day_to_publish
from pcp_desktop.workspace.opened import OFFICER, OpenedPanel


class ClearanceVerbs(OpenedPanel):
    """What may be published of an open panel file, and what is held."""

    def clearance(self, period: Period) -> ClearancePage:
        """Every measure of a quarter with how far it has come, what holds it, and who was told; working view only."""
        facts = self.facts()
        meeting = next((one for one in facts.meetings if one.latest_period == period), None)
        return clearance_page.build(facts, period, last_day_to_publish(meeting.day) if meeting else None)

    def clear(self, expected_code: str, by: str = OFFICER) -> Changes:
        """Record that the figures of an expected return have passed their board; what is held otherwise stays so.

        Raises UserError where nothing is expected under that code.
        """
        returns = (record.expected for record in self.facts().returns)
        expected = next((one for one in returns if one is not None and one.code == expected_code), None)
        if expected is None:
            raise UserError(
                f"No return is expected under “{expected_code}”.",
                "No clearance was recorded.",
                "Choose a return on the Returns page.",
            )
        return self.clear_measures(expected.measures, expected.period.end, by, expected.organisation)

    def clear_measures(
        self, codes: Iterable[str], through: date, by: str = OFFICER, organisation: str = ""
    ) -> Changes:  # fmt: skip
        """Record measures as cleared for figures up to `through`, leaving out what its board alone cannot clear.

        With an `organisation` only its own figures are cleared of measures that others supply as well.
        """
        facts, now = self.facts(), self._clock()
        suppliers: dict[str, set[str]] = defaultdict(set)
        for one in (record.expected for record in facts.returns if record.expected is not None):
            for code in one.measures:
                suppliers[code].add(one.organisation)
        unreleased = {measure.code for measure in facts.measures if measure.embargoed_until}
        records = [
            Clearance(
                code,
                ClearanceState.CLEARED,
                through,
                on=now.date(),
                by=by,
                organisation=organisation if len(suppliers[code]) > 1 else "",
            )
            for code in codes
            if code not in unreleased and clearance_at(facts.clearances, code, through, "").is_for_its_board
        ]
        return self._changed(self._file.record_clearances(records, now, by))

    def clear_measure(self, code: str, period: Period, by: str = OFFICER, area: str = "") -> Changes:
        """Clear one measure for figures up to the end of a quarter, which also ends a hold of any kind on it.

        With an `area` only the hold on its figures alone is ended; without one those on all areas end as well.
        """
        now, measure = self._clock(), self._known(code)
        held = [one for one in measure.areas if area_hold(self.facts().clearances, code, one) is not None]
        records = [
            Clearance(code, ClearanceState.CLEARED, period.end, on=now.date(), by=by, area=one)
            for one in ([area] if area else ["", *held])
        ]
        return self._changed(self._file.record_clearances(records, now, by))

    def hold(self, wanted: Clearance, by: str = OFFICER) -> Changes:
        """Hold a measure's figures, or one area's; UserError where it does not say what a hold of its kind must."""
        measure = self._known(wanted.measure)
        if wanted.area and wanted.area not in measure.areas:
            raise KeyError(wanted.area)
        if wanted.lacks:
            raise UserError("The hold is not complete.", "Nothing was held or cleared.", wanted.lacks)
        return self._changed(self._file.record_clearances([wanted], self._clock(), by))

    def move_board(self, wanted: BoardDate, by: str = OFFICER) -> Changes:
        """Say when a board meets on a quarter's figures; UserError where no return waits for it."""
        return self._changed(self._file.move_board(wanted, self._clock(), by))

    def tell(self, wanted: Sequence[Recipient], by: str = OFFICER) -> Changes:
        """Record who is told figures before release; UserError without a role or with an end before the beginning."""
        for one in wanted:
            self._known(one.measure)
        return self._changed(self._file.tell(wanted, self._clock(), by))

    def _known(self, code: str) -> Measure:
        """The measure of a code; KeyError where the plan has none."""
        return {measure.code: measure for measure in self.facts().measures}[code]
