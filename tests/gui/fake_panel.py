"""A panel file that is not one: made-up pages for the window's tests; no figure here is test data for the numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage

from pcp_desktop.domain import periods
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import (
    NOT_PUBLISHED_REASONS,
    Audience,
    BoardDate,
    Clearance,
    ClearanceState,
    Recipient,
)
from pcp_desktop.domain.clearance_page import ClearancePage
from pcp_desktop.domain.formats import NO_VALUE
from pcp_desktop.domain.held_access import HeldFigures, ToldPage
from pcp_desktop.domain.impact import ChangedSentence, Impact
from pcp_desktop.domain.meetings import Agenda, Meeting
from pcp_desktop.domain.observations import ObservationKey, Source
from pcp_desktop.domain.packs import AgendaLine, Deadline, PackPage, StripEntry, StripMark
from pcp_desktop.domain.pages import (
    NO_FIGURE,
    ChartSpec,
    ClearanceShown,
    Figure,
    HeadlineFact,
    MeasurePanel,
    MeasureRow,
    OverviewPage,
    PriorityPage,
    PriorityTab,
    ProjectedTotal,
    ReturnRow,
    ReturnsPage,
    Sentence,
    Sparkline,
    ThemeRows,
    Why,
)
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.progress import Progress
from pcp_desktop.domain.recognition import Answer
from pcp_desktop.domain.returns import ExpectedReturn, ReturnRecord, ReturnState, Review
from pcp_desktop.domain.status import Assessment, Status
from pcp_desktop.errors import UserError
from tests.gui import clearance_fixtures
from tests.gui.chart_fixtures import burglary, peers
from tests.gui.fake_commentary import FakeCommentary
from tests.gui.fake_judgements import FakeJudgements

QUARTER = periods.quarter(2015, 3)
EARLIER = periods.quarter(2015, 2)
MEETING = Meeting(date(2016, 3, 23), "1.00 pm", "County Hall", QUARTER)
AREA = "Leicester, Leicestershire and Rutland"

# A theme, then its lines: code, measure, status, baseline, latest, change, percent, instead of a series, rank,
# clearance.
_LINES = """
Reducing offending and re-offending
SP1|First-time entrants to justice, aged 10–17|improving|667|271|−396|−59.4%||0|Cleared 3 Feb
SP2|Offending by 18–24s on the IOM cohort|not assessed|–|21|–|–|No baseline yet|0|Cleared 19 Jan
SP3|Drug and alcohol treatment completed|not assessed|7.12%|6.84%|−0.28 points|||0|To national release
SP4|Supported families: crime outcome met|not assessed|–|36.0%|–|–|No comparator yet|0|2 of 3 returns
Supporting victims and witnesses
SP5|Satisfaction: domestic violence with injury|not assessed|–|86.5%|–|–|No baseline yet|0|Cleared 3 Feb
SP6|Satisfaction: serious sexual offences|not assessed|–|[c]|–|–|Small numbers|0|Cleared 3 Feb
SP7|Satisfaction: hate crime|no clear change|84.2%|80.9%|−3.3 points|||0|Cleared 3 Feb
SP8|Satisfaction: anti-social behaviour|deteriorating|82.9%|73.6%|−9.3 points|||0|Cleared 3 Feb
SP9|Satisfaction: all users|deteriorating|84.5%|80.4%|−4.1 points|||0|Cleared 3 Feb
Making communities and neighbourhoods safer
SP10|Confidence that police are doing a good job|improving|75.3%|85.5%|+10.2 points|||0|Cleared 3 Feb
SP11|All crime|no clear change|58,805|59,653|+848|+1.4%||3|Cleared 3 Feb
SP12|Domestic burglary|no clear change|3,935|4,014|+79|+2.0%||7|Cleared 3 Feb
SP13|Violence against the person with injury|no clear change|4,365|4,452|+87|+2.0%||1|Waiting: SP Board
SP14|Theft from motor vehicle|deteriorating|5,236|6,691|+1,455|+27.8%||7|Cleared 3 Feb
Protecting the vulnerable
SP15|Children missing or at risk of exploitation|not assessed|–|–|–|–|Narrative only|0|Report card due
SP16|Section 136 detentions, mean per month|not assessed|–|under 7|–|–|No series yet|0|Cleared 18 Jan
SP17|Missing reports (COMPACT)|improving|5,417|2,827|−2,590|−47.8%||0|Cleared 3 Feb
Across all themes
SP18|Savings realised over the plan|target met|£27.8m required|£31.0m|–|–|Requirement met|0|Cleared 3 Feb
"""


def _clearance(words: str) -> ClearanceShown:
    if words.startswith("Cleared"):
        return ClearanceShown(ClearanceState.CLEARED, words)
    if words.startswith("To national"):
        return ClearanceShown(ClearanceState.EMBARGOED, words, "national release")
    return ClearanceShown(ClearanceState.WAITING, words)


def _sparkline(code: str) -> Sparkline:
    seed = int(code[2:])
    values = [100 + 12 * math.sin(month / 1.9 + seed) + (month * (seed % 3 - 1)) * 0.6 for month in range(45)]
    gaps: list[float | None] = [None if seed == 11 and place == 7 else value for place, value in enumerate(values)]
    return Sparkline(tuple(gaps), ((88.0, 112.0),) * len(gaps) if seed > 10 else ())


def _themes() -> dict[str, list[str]]:
    themes: dict[str, list[str]] = {}
    for line in _LINES.strip().splitlines():
        if "|" in line:
            themes[list(themes)[-1]].append(line)
        else:
            themes[line] = []
    return themes


def _row(line: str) -> MeasureRow:
    code, label, word, baseline, latest, change, percent, words, place, clearance = (
        part.strip() for part in line.split("|")
    )
    status, rank = Status(word), int(place)
    return MeasureRow(
        measure=f"{code}-lead",
        priority=code,
        area=AREA,
        label=label,
        unit="offences",
        lead=True,
        assessment=Assessment(status, "Latest 12 months against 2012/13", f"{label} stood at {latest}.", words),
        baseline=_figure(baseline),
        latest=_figure(latest),
        change=_figure(change),
        change_percent=_figure(percent),
        position=(rank, 8, False) if rank else None,
        position_shown={1: "1st", 3: "3rd", 7: "7th"}.get(rank, NO_VALUE),
        sparkline=None if words else _sparkline(code),
        line=words,
        clearance=_clearance(clearance),
        held_words="Supplied but not for publication" if clearance.startswith("To national") else "",
        projection=ProjectedTotal("2015/16", "3,960", "3,640", "4,280", 3960.4) if code == "SP12" else None,
    )


def _figure(shown: str) -> Figure:
    digits = re.sub(r"[^0-9.−]", "", shown).replace("−", "-")
    value = float(digits) if digits else None
    source = (Source("Force crime return Q3.xlsx", "Crime", "L7"),) if value is not None else ()
    return Figure(value, shown, QUARTER, sources=source) if shown != NO_VALUE else NO_FIGURE


def _as_public(row: MeasureRow) -> MeasureRow:
    if row.clearance.state is ClearanceState.CLEARED:
        return row
    reason = NOT_PUBLISHED_REASONS[row.clearance.state]
    return replace(
        row,
        assessment=Assessment(Status.NOT_ASSESSED, "", reason),
        baseline=NO_FIGURE,
        latest=NO_FIGURE,
        change=NO_FIGURE,
        change_percent=NO_FIGURE,
        position=None,
        position_shown=NO_VALUE,
        sparkline=None,
        line="",
        held_words=reason,
        clearance=ClearanceShown(row.clearance.state, "Not published"),
    )


class FakePanel(FakeCommentary, FakeJudgements):
    """Answers like an open panel file; `calls` notes what was asked of it, `empty` leaves the pages without rows."""

    def __init__(self, path: Path = Path("leicestershire-panel.pcp"), *, empty: bool = False) -> None:
        FakeCommentary.__init__(self)
        FakeJudgements.__init__(self)
        self.path = path
        self.name = path.name
        self.read_only_reason = ""
        self.empty = empty
        self.calls: list[str] = []
        self.closed = False

    def periods(self) -> tuple[Period, ...]:
        return (QUARTER, EARLIER)

    def default_period(self) -> Period:
        return QUARTER

    def meeting(self, period: Period) -> Meeting | None:
        return MEETING if period == QUARTER else None

    def overview(self, period: Period, audience: Audience) -> OverviewPage:
        self.calls.append(f"overview {period.label} {audience}")
        themes = [] if self.empty else [self._theme(name, lines, audience) for name, lines in _themes().items()]
        rows = tuple(row for theme in themes for row in theme.rows)
        return OverviewPage(
            panel=self.name,
            plan="Police and Crime Plan 2013–17",
            audience=audience,
            period=period,
            latest_words="12 months to December 2015",
            baseline_words="2012/13",
            since_words="Since April 2012",
            themes=tuple(themes),
            all_rows=rows,
            summary=_counted(rows),
            held=sum(1 for row in rows if row.clearance.state is ClearanceState.EMBARGOED),
            sentence="Of 18 lead measures, 3 are improving.",
            scope="18 priorities, 18 measures",
            notes=(),
            key=(),
            accepted_words="Data as accepted 26 February 2016, 14:32",
            meeting=date(2016, 3, 23),
        )

    def _theme(self, name: str, lines: list[str], audience: Audience) -> ThemeRows:
        rows = tuple(_row(line) for line in lines)
        if audience is Audience.PUBLIC:
            rows = tuple(_as_public(row) for row in rows)
        return ThemeRows(name, rows, _counted(rows))

    def priority_tabs(self, period: Period, audience: Audience) -> tuple[PriorityTab, ...]:
        rows = self.overview(period, audience).all_rows
        return tuple(PriorityTab(row.priority, row.label, row.status, bool(row.held_words)) for row in rows)

    def priority(self, code: str, period: Period, audience: Audience) -> PriorityPage:
        self.calls.append(f"priority {code}")
        row = next(row for row in self.overview(period, audience).all_rows if row.priority == code)
        facts = (HeadlineFact("12 months to December 2015", row.latest.shown),)
        why = Why(
            f"Why “{row.status.word}”?", (Sentence(row.assessment.reason),), None, row.assessment.rule, "", (), ()
        )
        panel = MeasurePanel(row, "Lower is better", "Leicestershire Police", facts, None, "No series yet.", (), why)
        return PriorityPage(audience, period, code, f"Strategic Priority {code[2:]}", row.status, False, (panel,))

    def returns(self, period: Period) -> ReturnsPage:
        expected = ExpectedReturn(
            "crime", "Recorded crime and outcomes", "Leicestershire Police", period, date(2016, 1, 29),
            ("SP11-lead", "SP12-lead"), "Strategic Partnership Board", date(2016, 2, 3),
        )  # fmt: skip
        record = ReturnRecord(expected, ReturnState.EXPECTED)
        row = ReturnRow(
            record, expected.title, expected.organisation, "29 January 2016", ("done", "open", "open", "open"),
            "Expected", "expected", ClearanceShown(ClearanceState.WAITING, "After 3 February"), expected.board,
            "Nothing has come yet.", "SP11, SP12", "The return for recorded crime has not been received.",
        )  # fmt: skip
        return ReturnsPage(period, (row,), (("accepted", 0), ("expected", 1)), period.label)

    def add_meeting(self, meeting: Meeting) -> Changes:
        return Changes("Meeting added.", meetings=True)

    def change_meeting(self, meeting: Meeting) -> Changes:
        return Changes("Meeting changed.", meetings=True)

    def write_agenda(self, agenda: Agenda) -> Changes:
        return Changes("Agenda changed.", meetings=True)

    def receive_paper(self, meeting: int, item: int, paper: Path, *, progress: Progress) -> Changes:
        return Changes("Paper received.", meetings=True)

    def pack_page(self, meeting: int, audience: Audience) -> PackPage:
        strip = (StripEntry(StripMark.TODAY, "Today, Fri 26"),)
        deadline = Deadline(date(2016, 3, 15), 12, False, "Publish by Tuesday 15 March 2016.", "12 days left.", strip)
        return PackPage(MEETING, audience, Agenda(MEETING), (AgendaLine(0, "", "Front sheet", "", ""),), (), deadline)

    def build_pack(self, meeting: int, audience: Audience, progress: Progress) -> PackPage:
        return self.pack_page(meeting, audience)

    def page_picture(self, meeting: int, audience: Audience, page: int, width: int) -> bytes:
        return b""

    def draft_pack(self, meeting: int, audience: Audience, out: Path, progress: Progress) -> Path:
        return out

    def publish(self, meeting: int, by: str, progress: Progress) -> Changes:
        return Changes("Published.", meetings=True)

    def picture(self, spec: ChartSpec, out: Path, progress: Progress) -> Path:
        progress("Drawing the picture", 0, 1)
        one_pixel = QImage(1, 1, QImage.Format.Format_RGB32)
        one_pixel.fill(0xFFFFFF)
        one_pixel.save(str(out))
        return out

    def drawn(self, spec: ChartSpec, progress: Progress) -> bytes:
        buffer = QBuffer()
        QImage(700, 300, QImage.Format.Format_RGB32).save(buffer, b"PNG")
        return bytes(buffer.data().data())

    def review(self, path: Path, progress: Progress, given: Sequence[Answer] = ()) -> Review:
        progress("Reading the workbook", 0, 1)
        raise UserError(
            f"“{path.name}” could not be read.", "Nothing was stored.", "Save it again and bring that in."
        )

    def impact(self, review: Review, period: Period, left_out: frozenset[ObservationKey] = frozenset()) -> Impact:
        changed = ChangedSentence("SP12", period, "It was 1,089.", "It is 1,092.", ("burglary",))
        return Impact((changed,), (), (), ("the dashboard",)) if review.figures else Impact()

    def accept(self, review: Review, left_out: frozenset[ObservationKey] = frozenset()) -> Changes:
        return Changes("26 figures accepted.", observations=26, returns=True)

    def undo(self) -> Changes:
        self.calls.append("undo")
        return Changes("26 figures taken back.", observations=26, returns=True)

    def undoable(self) -> str | None:
        return "Accepting “crime.xlsx”, 26 figures"

    def redo(self) -> Changes:
        self.calls.append("redo")
        return Changes("26 figures accepted again.", observations=26, returns=True)

    def redoable(self) -> str | None:
        return None if self.calls[-1:] != ["undo"] else "Accepting “crime.xlsx”, 26 figures"

    def begin_quarter(self, quarter: Period) -> Changes:
        self.calls.append(f"begin {quarter.label}")
        if quarter <= QUARTER:
            return Changes(f"The returns for {quarter.label} are expected already; nothing has changed.")
        return Changes(f"Begun {quarter.label}: 1 return expected.", returns=True)

    def write_templates(self, organisation: str, quarter: Period, folder: Path) -> list[tuple[Path, str]]:
        self.calls.append(f"blank {organisation} {quarter.label} {folder.name}")
        return [(folder / f"{organisation}.xlsx", "Blank return")]

    def clear(self, expected_code: str) -> Changes:
        return Changes("Cleared.", clearances=True)

    def clearance(self, period: Period) -> ClearancePage:
        return ClearancePage(period, MOMENT.date(), None, clearance_fixtures.ROWS, "")

    def clear_measure(self, code: str, period: Period, *, area: str = "") -> Changes:
        return Changes("Cleared.", clearances=True)

    def hold(self, wanted: Clearance) -> Changes:
        return Changes("Held.", clearances=True)

    def move_board(self, wanted: BoardDate) -> Changes:
        return Changes("Moved.", clearances=True)

    def tell(self, wanted: Sequence[Recipient]) -> Changes:
        return Changes("Told.", clearances=True)

    def forget_recipient(self, unwanted: Recipient) -> Changes:
        return Changes("Removed.", clearances=True)

    def told(self) -> ToldPage:
        return clearance_fixtures.TOLD_PAGE

    def write_review(
        self, review: Review, left_out: frozenset[ObservationKey], out: Path, progress: Progress
    ) -> Path:
        self.calls.append(f"review of {review.file} without {len(left_out)} to {out.name}")
        return out

    def write_told(self, out: Path, progress: Progress) -> Path:
        return out

    def held_shown(self, measures: Iterable[str], period: Period) -> None:
        self.calls.append(f"shown {' '.join(measures)}")

    def held_copied(self, what: HeldFigures) -> None:
        self.calls.append(f"copied {what.form} {' '.join(what.measures)}".strip())

    def close(self) -> None:
        self.closed = True


class ChartPanel(FakePanel):
    """Every measure has two charts, also a held one: what is held must not be drawn even where it came."""

    audiences: list[Audience]

    def priority(self, code: str, period: Period, audience: Audience) -> PriorityPage:
        self.audiences = [*getattr(self, "audiences", []), audience]
        page = super().priority(code, period, audience)
        charts = tuple(replace(panel, main=burglary(), small=(peers(),)) for panel in page.measures)
        return replace(page, measures=charts)


def _counted(rows: tuple[MeasureRow, ...]) -> tuple[tuple[Status, int], ...]:
    return tuple((status, count) for status in Status if (count := sum(1 for row in rows if row.status is status)))


MOMENT = datetime(2016, 2, 26, 14, 32)
