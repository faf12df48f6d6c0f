"""What the window asks of an open panel file; the workspace answers it, and tests answer it with made-up pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the first window opens before any of these is needed
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pcp_desktop.domain.changes import Changes
    from pcp_desktop.domain.clearance import Audience, BoardDate, Clearance, Recipient
    from pcp_desktop.domain.clearance_page import ClearancePage
    from pcp_desktop.domain.commentary import CommentaryPage
    from pcp_desktop.domain.held_access import HeldFigures, ToldPage
    from pcp_desktop.domain.impact import Impact
    from pcp_desktop.domain.judgements import ChosenLimits
    from pcp_desktop.domain.meetings import Agenda, Meeting
    from pcp_desktop.domain.observations import ObservationKey
    from pcp_desktop.domain.packs import PackPage
    from pcp_desktop.domain.pages import ChartSpec, OverviewPage, PriorityPage, PriorityTab, ReturnsPage
    from pcp_desktop.domain.periods import Period
    from pcp_desktop.domain.progress import Progress
    from pcp_desktop.domain.recognition import Answer
    from pcp_desktop.domain.returns import Review
    from pcp_desktop.domain.status import Status


class Panel(Protocol):
    """An open panel file.

    `name`, `path` and `read_only_reason` (empty where figures may change) are plain values and may be read from
    any thread; everything else is called on the background thread only, through `jobs.Jobs`. Pages are frozen.
    """

    @property
    def name(self) -> str:
        """The panel file's name ("leicestershire-panel.pcp")."""

    @property
    def path(self) -> Path:
        """Where the panel file lies."""

    @property
    def read_only_reason(self) -> str:
        """Why nothing may be changed, as a sentence; empty where it may."""

    def periods(self) -> tuple[Period, ...]:
        """The quarters that can be looked at, newest first."""

    def default_period(self) -> Period:
        """The quarter to begin with."""

    def meeting(self, period: Period) -> Meeting | None:
        """The meeting that looks at a quarter, where one is planned."""

    def overview(self, period: Period, audience: Audience) -> OverviewPage:
        """The overview of a quarter for an audience."""

    def priority_tabs(self, period: Period, audience: Audience) -> tuple[PriorityTab, ...]:
        """The entries of the priorities' tab bar."""

    def priority(self, code: str, period: Period, audience: Audience) -> PriorityPage:
        """One priority's tab."""

    def commentary(self, priority: str, period: Period, audience: Audience) -> CommentaryPage:
        """The commentary on a priority as an audience reads it; for the working view the draft where there is one."""

    def keep_draft(self, priority: str, period: Period, text: str) -> None:
        """Keep a commentary as it is typed; it is no deed and cannot be undone."""

    def write_commentary(self, priority: str, period: Period, text: str, *, finished: bool | None = None) -> Changes:
        """Write a commentary; `finished` None leaves it finished only where no word has changed."""

    def finish_commentary(self, priority: str, period: Period, finished: bool) -> Changes:
        """Mark the written commentary as finished or not finished."""

    def keep_figure(self, priority: str, period: Period, field: str) -> Changes:
        """Accept what a changed figure of the commentary shows now."""

    def set_status(self, measure: str, area: str, period: Period, wanted: Status, reason: str) -> Changes:
        """Set the status of a measure for a quarter in place of the computed one; UserError where that cannot be."""

    def compute_status(self, measure: str, area: str, period: Period) -> Changes:
        """Let the computed status of a measure for a quarter hold again."""

    def trial_chart(self, wanted: ChosenLimits, period: Period) -> ChartSpec:
        """The control chart with limits from other points, marked as a trial; nothing is kept."""

    def choose_limits(self, wanted: ChosenLimits, period: Period) -> Changes:
        """Let a measure's limits come from a baseline or a new level, with the reason."""

    def drop_limits(self, unwanted: ChosenLimits) -> Changes:
        """Let limits come again from where they came before."""

    def small_numbers_are_amber(self) -> bool:
        """Whether measures with too small numbers to assess are shown as amber."""

    def show_small_numbers(self, amber: bool) -> Changes:
        """Show them as amber, by the Panel's convention, or as not assessed."""

    def returns(self, period: Period) -> ReturnsPage:
        """The board of returns of a quarter."""

    def review(self, path: Path, progress: Progress, given: Sequence[Answer] = ()) -> Review:
        """Read a workbook into a review, with answers given so far; nothing is stored. UserError if unreadable."""

    def impact(self, review: Review, period: Period, left_out: frozenset[ObservationKey] = frozenset()) -> Impact:
        """What accepting a review but for `left_out` would change in commentary, charts, tables and papers."""

    def write_review(
        self, review: Review, left_out: frozenset[ObservationKey], out: Path, progress: Progress
    ) -> Path:
        """Save a review as a PDF, a working document; UserError where it cannot be recorded or written."""

    def accept(self, review: Review, left_out: frozenset[ObservationKey] = frozenset()) -> Changes:
        """Store a review's figures but for `left_out`, in one transaction."""

    def undo(self) -> Changes:
        """Take back the last accepted return or edit."""

    def undoable(self) -> str | None:
        """What `undo` would take back, in words; None where there is nothing."""

    def redo(self) -> Changes:
        """Do again what `undo` last took back."""

    def redoable(self) -> str | None:
        """What `redo` would do again, in words; None where there is nothing."""

    def begin_quarter(self, quarter: Period) -> Changes:
        """Expect for a quarter what was expected for the newest before it; falsy Changes where it has begun."""

    def write_templates(self, organisation: str, quarter: Period, folder: Path) -> list[tuple[Path, str]]:
        """Write an organisation's blank returns for a quarter into a folder; each file with what it is."""

    def clear(self, expected_code: str) -> Changes:
        """Record that the board has cleared an expected return's figures."""

    def clearance(self, period: Period) -> ClearancePage:
        """The page of clearance of a quarter."""

    def clear_measure(self, code: str, period: Period, *, area: str = "") -> Changes:
        """Clear one measure, or one area of it, for figures to a quarter's end; ends a hold of any kind on it."""

    def hold(self, wanted: Clearance) -> Changes:
        """Hold a measure's figures; UserError where the hold does not say what it must."""

    def move_board(self, wanted: BoardDate) -> Changes:
        """Say when a board meets on a quarter's figures."""

    def tell(self, wanted: Sequence[Recipient]) -> Changes:
        """Record who is told figures before their release."""

    def forget_recipient(self, unwanted: Recipient) -> Changes:
        """Take someone who was recorded wrongly out of the list of those told."""

    def told(self) -> ToldPage:
        """Who was told figures before release, and when held figures were shown, copied or saved."""

    def write_told(self, out: Path, progress: Progress) -> Path:
        """Write that list to a workbook."""

    def held_shown(self, measures: Iterable[str], period: Period) -> None:
        """Record that covered figures are about to be shown; UserError where it cannot be, and they stay covered."""

    def held_copied(self, what: HeldFigures) -> None:
        """Record that held figures are about to be copied; UserError where it cannot be, and they are not copied."""

    def add_meeting(self, meeting: Meeting) -> Changes:
        """Add a meeting with its standing items. UserError where another one looks at its quarter."""

    def change_meeting(self, meeting: Meeting) -> Changes:
        """Change the day, time and place of the meeting with this number."""

    def write_agenda(self, agenda: Agenda) -> Changes:
        """Make a meeting's agenda what is given; UserError where its pack is published."""

    def receive_paper(self, meeting: int, item: int, paper: Path, *, progress: Progress) -> Changes:
        """Keep a received paper for the item with this key; UserError where it cannot stand in a pack."""

    def pack_page(self, meeting: int, audience: Audience) -> PackPage:
        """The Packs page of a meeting, PUBLIC or RESTRICTED; without pages until the pack is built."""

    def build_pack(self, meeting: int, audience: Audience, progress: Progress) -> PackPage:
        """Set the pack as it stands now, and give its page."""

    def page_picture(self, meeting: int, audience: Audience, page: int, width: int) -> bytes:
        """The page with this number of a pack that is built or published, as a PNG of a width in pixels."""

    def draft_pack(self, meeting: int, audience: Audience, out: Path, progress: Progress) -> Path:
        """Save the pack as it stands, or as it was published, to a file."""

    def publish(self, meeting: int, by: str, progress: Progress) -> Changes:
        """Publish a meeting's packs: they are frozen, and agenda and commentary can no longer change."""

    def picture(self, spec: ChartSpec, out: Path, progress: Progress) -> Path:
        """Save a chart as a `.png` or `.svg` picture, drawn as in the papers."""

    def drawn(self, spec: ChartSpec, progress: Progress) -> bytes:
        """A chart as a PNG picture for the clipboard."""

    def close(self) -> None:
        """Close the file and give up its lock."""
