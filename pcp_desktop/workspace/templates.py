"""The verbs that send blank returns out, and begin the quarter that they are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pcp_desktop.analysis.pages.wording import run_words
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.held_access import HeldFigures
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.returns import ExpectedReturn, moved_on
from pcp_desktop.errors import UserError
from pcp_desktop.workspace.held_access import HeldAccessVerbs
from pcp_desktop.workspace.opened import SECRETARIAT

if TYPE_CHECKING:
    from pcp_desktop.papers.templates import Line


class TemplateVerbs(HeldAccessVerbs):
    """Blank returns of an open panel file."""

    def begin_quarter(self, quarter: Period, by: str = SECRETARIAT) -> Changes:
        """Expect for a quarter what was expected for the newest one before it; what is expected already stays.

        Raises UserError where no return was ever expected.
        """
        expected = [one.expected for one in self.facts().returns if one.expected is not None]
        before = [one.period for one in expected if one.period < quarter]
        if any(one.period == quarter for one in expected):
            return Changes(f"The returns for {quarter.label} are expected already; nothing has changed.")
        if not before:
            raise UserError(
                f"No return is expected for a quarter before {quarter.label}.",
                "The quarter was not begun.",
                "Choose a later quarter, or a plan file that lists the returns that partners owe.",
            )
        wanted = tuple(moved_on(one, quarter) for one in expected if one.period == max(before))
        return self._changed(self._file.expect_returns(wanted, quarter, self._clock(), by))

    def owed(self, organisation: str, quarter: Period) -> tuple[ExpectedReturn, ...]:
        """The returns that hold figures and that an organisation owes for a quarter."""
        expected = (one.expected for one in self.facts().returns)
        return tuple(
            one
            for one in expected
            if one is not None and (one.organisation, one.period, one.holds_figures) == (organisation, quarter, True)
        )

    def write_templates(
        self, organisation: str, quarter: Period, folder: Path, by: str = SECRETARIAT
    ) -> list[tuple[Path, str]]:
        """Write the blank returns of an organisation for a quarter into `folder`, beginning the quarter where needed.

        Gives each file with what it is. Raises UserError where the organisation owes none or nothing can be written.
        """
        from pcp_desktop.papers import templates
        from pcp_desktop.returns.matching import layouts

        names = {one.expected.organisation for one in self.facts().returns if one.expected is not None}
        if organisation not in names:
            raise UserError(
                f"No return is expected from “{organisation}”.",
                "No blank return was written.",
                f"Choose one of {', '.join(sorted(names))}.",
            )
        if not any(one.expected and one.expected.period == quarter for one in self.facts().returns):
            self.begin_quarter(quarter, by)
        facts = self.facts()
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for expected in self.owed(organisation, quarter):
            name = f"{expected.title} {quarter.label.replace('/', '-')}.xlsx"
            held = self._held_in(templates.lines_of(expected, facts), facts)
            if held:
                self._held_saved(replace(held, form=f"Blank return of {organisation}", file=name), by)
            path = templates.write_template(expected, layouts.issued(expected).words, facts, folder / name)
            written.append((path, f"Blank return of {organisation}: {expected.title}, {quarter.label}"))
        if not written:
            raise UserError(
                f"{organisation} owes no return with figures for {quarter.label}.",
                "No blank return was written.",
                "What it sends is kept as received.",
            )
        return written

    @staticmethod
    def _held_in(lines: Sequence[Line], facts: Facts) -> HeldFigures | None:
        """The held figures that a blank return gives back to those who supplied them; None where it has none."""
        held = [
            line
            for line in lines
            if line.stored and not facts.clearance(line.measure, line.period.end).may_be_shown(Audience.PUBLIC)
        ]
        if not held:
            return None
        periods = sorted(line.period for line in held)
        measures = tuple(dict.fromkeys(line.measure.code for line in held))
        return HeldFigures("", measures, run_words(periods[0], periods[-1]), len(held))
