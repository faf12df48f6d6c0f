"""The front door: the verbs of the program, each one step over the rooms below; it holds no rules of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pcp_desktop import paths
from pcp_desktop.analysis.pages import overview as overview_page
from pcp_desktop.analysis.pages import priority as priority_page
from pcp_desktop.analysis.pages import returns as returns_page
from pcp_desktop.domain import plan_file
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.meetings import Meeting
from pcp_desktop.domain.observations import ObservationKey
from pcp_desktop.domain.pages import OverviewPage, PriorityPage, PriorityTab, ReturnsPage
from pcp_desktop.domain.periods import Period, quarter, quarter_of
from pcp_desktop.domain.plans import PlanContents
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.domain.recognition import Answer
from pcp_desktop.domain.returns import Change, Review, Severity
from pcp_desktop.errors import UserError
from pcp_desktop.store import lock
from pcp_desktop.store.panel_file import PanelFile
from pcp_desktop.store.verification import VerifyReport as VerifyReport
from pcp_desktop.workspace.impact import ImpactVerbs
from pcp_desktop.workspace.judgements import JudgementVerbs
from pcp_desktop.workspace.opened import OFFICER as OFFICER
from pcp_desktop.workspace.opened import Clock as Clock
from pcp_desktop.workspace.packs import PackVerbs
from pcp_desktop.workspace.papers import PaperVerbs
from pcp_desktop.workspace.partners import PartnerVerbs
from pcp_desktop.workspace.review_papers import ReviewPaperVerbs
from pcp_desktop.workspace.sharing import SharingVerbs
from pcp_desktop.workspace.templates import TemplateVerbs

FIRST_YEAR, LAST_YEAR = 1990, 2078
"""The financial years, by the year they begin in, that figures can be of."""


def shipped_plans() -> tuple[tuple[str, str], ...]:
    """The plans that ship with the program as (name for `--plan`, the plan's own name)."""
    files = sorted(paths.resource("plans").glob("*.json"))
    return tuple((file.stem, plan_file.load(file.read_text(encoding="utf-8")).plan.name) for file in files)


def plan_contents(name_or_file: str) -> PlanContents:
    """A shipped plan by its name ("2013-17"), or one from a file. Raises UserError where there is neither."""
    names = [name for name, _ in shipped_plans()]
    source = paths.resource(f"plans/{name_or_file}.json") if name_or_file in names else Path(name_or_file)
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"There is no plan called “{name_or_file}”, and no plan file of that name could be read.",
            "No panel file was made.",
            f"Choose one of {', '.join(names)}, or give the path of a plan file.",
        ) from error
    try:
        return plan_file.load(text, source.name)
    except RecursionError as error:
        raise UserError(
            f"{source.name} could not be read: its entries lie thousands deep within each other.",
            "No panel file was made.",
            "Start from a shipped plan and change it.",
        ) from error


def holder_of(panel: Path) -> str | None:
    """Who has a panel file open for writing, in words; None where nobody has."""
    return lock.live_holder(panel)


def recognised(workbook: Path, progress: Progress = unwatched) -> dict[str, Any]:
    """What is recognised in a workbook, in the shape `read --json` prints; nothing is stored."""
    from pcp_desktop.returns.files import scan
    from pcp_desktop.returns.recognition import recognise, report

    return report.as_json(recognise.recognise(scan.read_workbook(workbook, progress)))


class Workspace(
    TemplateVerbs, PackVerbs, PaperVerbs, PartnerVerbs, ReviewPaperVerbs, ImpactVerbs, SharingVerbs, JudgementVerbs
):
    """One open panel file with the verbs of the program.

    Verbs that change something are one transaction each and return the Changes they made. Pages are built from the
    facts as they stand. `clock` is the only source of the time.
    """

    @classmethod
    def create(cls, path: Path, contents: PlanContents, clock: Clock) -> Workspace:
        """Make a new panel file at `path`; what the plan puts under embargo is under embargo from the start.

        Raises UserError where a file is already there or cannot be written.
        """
        embargoes = [
            Clearance(measure.code, ClearanceState.EMBARGOED, contents.plan.last_day, until=measure.embargoed_until)
            for measure in contents.measures
            if measure.embargoed_until
        ]
        return cls(PanelFile.create(path, contents, clock(), held=embargoes), clock)

    @classmethod
    def open(cls, path: Path, clock: Clock, *, read_only: bool = False, take_lock: bool = False) -> Workspace:
        """Open an existing panel file; UserError (and not one byte changed) where it is not a sound one."""
        return cls(PanelFile.open(path, clock(), read_only=read_only, take_lock=take_lock), clock)

    # ------------------------------------------------------------ what it is

    def periods(self) -> tuple[Period, ...]:
        """The quarters that can be looked at, newest first: from the plan's first to the newest.

        The newest is the latest that a return is expected for or a meeting looks at; where there is neither, that of
        the newest figure, or the one that ended last.
        """
        facts = self.facts()
        looked_at = {record.expected.period for record in facts.returns if record.expected}
        looked_at |= {meeting.latest_period for meeting in facts.meetings}
        if not looked_at:
            newest = max((one.key.period.end for one in facts.observations), default=None)
            looked_at = {quarter_of(newest) if newest else quarter_of(facts.now.date()).shifted(-3)}
        quarters = [max(looked_at)]
        while quarters[-1].start > facts.plan.first_day:
            quarters.append(quarters[-1].shifted(-3))
        return tuple(quarters)

    def default_period(self) -> Period:
        """The newest quarter."""
        return self.periods()[0]

    def period_named(self, label: str) -> Period:
        """The quarter that people write as `label` ("Q3 2015/16"); UserError where no figures can be of it."""
        found = re.fullmatch(r"\s*Q([1-4])\s+([0-9]{4})/([0-9]{2})\s*", label, re.IGNORECASE)
        start = int(found[2]) if found else 0
        if not found or (start + 1) % 100 != int(found[3]) or not FIRST_YEAR <= start <= LAST_YEAR:
            raise UserError(
                f"“{label}” is not a quarter from {FIRST_YEAR} to {LAST_YEAR}.",
                "Nothing was looked up.",
                "Write it as in Q3 2015/16.",
            )
        return quarter(start, int(found[1]))

    def meeting(self, period: Period) -> Meeting | None:
        """The meeting that looks at a quarter."""
        return next((meeting for meeting in self.facts().meetings if meeting.latest_period == period), None)

    # ------------------------------------------------------------ pages

    def overview(self, period: Period, audience: Audience) -> OverviewPage:
        """The overview, which for the public is the dashboard."""
        return overview_page.build(self.facts(), period, audience)

    def priority_tabs(self, period: Period, audience: Audience) -> tuple[PriorityTab, ...]:
        """The tab bar's entries, one a priority."""
        return priority_page.tabs(self.facts(), period, audience)

    def priority(self, code: str, period: Period, audience: Audience) -> PriorityPage:
        """One priority with its measures' charts and working."""
        return priority_page.build(self.facts(), code, period, audience)

    def returns(self, period: Period) -> ReturnsPage:
        """The board of expected returns."""
        return returns_page.build(self.facts(), period)

    # ------------------------------------------------------------ verbs

    def review(self, workbook: Path, progress: Progress = unwatched, given: Sequence[Answer] = ()) -> Review:
        """Read a workbook and hold it against what is stored; nothing is written.

        `given` are answers to questions that an earlier review of it asked; they are remembered when it is accepted.
        """
        from pcp_desktop.returns import stage
        from pcp_desktop.returns.files import scan

        if self._reader is None:
            self._reader = scan.Reader()
        return stage.review(workbook, self.facts(), progress, self._reader, given)

    def accept(self, review: Review, left_out: frozenset[ObservationKey] = frozenset(), by: str = OFFICER) -> Changes:
        """Store a review's new and revised figures, but for those left out, in one transaction."""
        if left_out:
            figures = tuple(figure for figure in review.figures if figure.observation.key not in left_out)
            review = replace(review, figures=figures)
        return self._changed(self._file.accept(review, self._clock(), by))

    def undo(self, by: str = OFFICER) -> Changes:
        """Take back the last accepted return or clearance; what was there before is there again."""
        return self._changed(self._file.undo(self._clock(), by))

    def redo(self, by: str = OFFICER) -> Changes:
        """Do again what undo last took back."""
        return self._changed(self._file.redo(self._clock(), by))

    def undoable(self) -> str | None:
        """What undo would take back, in words; None where there is nothing."""
        return self._file.undoable()

    def redoable(self) -> str | None:
        """What redo would do again, in words; None where there is nothing."""
        return self._file.redoable()

    def verify(self) -> VerifyReport:
        """Integrity, schema and change log of the panel file."""
        return self._file.verify()


def may_be_accepted(review: Review) -> bool:
    """Whether `import --accept` takes a review: it has no open question and is not already stored."""
    asked = any(finding.severity is Severity.QUESTION for finding in review.findings)
    return not asked and not review.recognition.questions and not review.already_accepted


def summary_of(review: Review) -> str:
    """A review in one line: what is new, revised, unchanged and refused."""
    parts = [f"{review.counted(change):,} {change.value}" for change in Change]
    return f"{review.file}: {', '.join(parts)}"
