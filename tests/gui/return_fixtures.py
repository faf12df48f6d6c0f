"""Made-up boards of returns, reviews and a panel that answers with them, for the tests of what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Source
from pcp_desktop.domain.pages import ClearanceShown, OverviewPage, PriorityPage, PriorityTab, ReturnRow, ReturnsPage
from pcp_desktop.domain.periods import Period, month
from pcp_desktop.domain.progress import Progress
from pcp_desktop.domain.recognition import Answer
from pcp_desktop.domain.returns import (
    Change,
    ExpectedReturn,
    Finding,
    ReceivedFile,
    ReturnRecord,
    ReturnState,
    Review,
    Severity,
    StagedFigure,
)
from tests.gui import chart_fixtures
from tests.gui.chart_fixtures import BURGLARY, MONTHS, PRIORITY_TABS, QUARTER
from tests.gui.fake_panel import FakePanel

WORKBOOK = "PCC dashboard return Q3 final v2.xls"
AREA = "Leicester, Leicestershire and Rutland"
LABELS = {"burglary": "Domestic burglary", "theft_from": "Theft from motor vehicles", "all_crime": "All crime"}
DONE, STUCK = ("done", "done", "done", "done"), ("done", "stuck", "open", "open")
CLEARED = ClearanceShown(ClearanceState.CLEARED, "Cleared")

_BOARD = (
    ("Recorded crime and outcomes", "Leicestershire Police", "accepted", "Accepted 26 Feb", "Delivery Group"),
    ("Satisfaction and confidence", "Leicestershire Police", "accepted", "Accepted 26 Feb", "Delivery Group"),
    ("First-time entrants, City", "Leicester City Council", "checked", "Checked, 1 question", "Youth Board"),
    ("Drug and alcohol treatment", "Public Health", "accepted", "Accepted 2 Feb", "Substance Misuse Board"),
    ("Supported Families, October", "Leicestershire County Council", "queried", "Queried 18 Feb", "Families Board"),
    ("Supported Families, October", "Rutland County Council", "missing", "Missing, finance only", "Lives Board"),
    ("CSE report card", "LSCB Joint CSE Sub Group", "expected", "Expected, due today", "LSCB Executive"),
)  # fmt: skip
_STEPS = {
    "accepted": DONE,
    "checked": ("done", "done", "done", "open"),
    "queried": ("done", "done", "stuck", "open"),
    "missing": STUCK,
    "expected": ("open", "open", "open", "open"),
}


def _return_row(at: int, line: tuple[str, str, str, str, str]) -> ReturnRow:
    title, organisation, group, state, board = line
    expected = ExpectedReturn(f"R{at}", title, organisation, QUARTER, date(2016, 1, 29), ("burglary",), board)
    came = group in ("accepted", "checked", "queried")
    received = ReceivedFile(WORKBOOK, "0" * 64, 9, datetime(2016, 1, 20, 9, 0)) if came else None
    record = ReturnRecord(
        expected, ReturnState.ACCEPTED if group == "accepted" else ReturnState.EXPECTED, received, figures=9 * came
    )
    clearance = CLEARED
    if at == 1:
        clearance = ClearanceShown(ClearanceState.WAITING, "After 9 Mar 2016", "9 Mar 2016")
    elif title.startswith("Drug"):
        clearance = ClearanceShown(ClearanceState.EMBARGOED, "Embargoed to national release", "national release")
    elif group != "accepted":
        clearance = ClearanceShown(ClearanceState.WAITING, "Nothing to clear yet")
    return ReturnRow(
        record,
        title,
        organisation,
        "29 Jan 2016",
        _STEPS[group],
        state,
        group,
        clearance,
        board,
        "A financial return came on 4 November 2015. It holds no performance figures, so the return stays missing.",
        "" if group == "accepted" else "SP4: re-offending and anti-social behaviour in families.",
        "Two of three returns with these figures have been received. Rutland has provided a financial return only.",
        (("20 Nov 2015", "Reminder sent"), ("1 Oct 2015", "Blank return made")),
    )


def returns_page() -> ReturnsPage:
    """A board with returns in every state."""
    rows = tuple(_return_row(at, line) for at, line in enumerate(_BOARD))
    groups = [row.state_group for row in rows]
    counts = tuple((group, groups.count(group)) for group in _STEPS)
    return ReturnsPage(QUARTER, rows, counts, "7 returns expected from 6 organisations")


def _observation(measure: str, period: Period, value: float | None, cell: str, marker: Marker) -> Observation:
    return Observation(ObservationKey(measure, AREA, period), value, marker, Source(WORKBOOK, "Dashboard", cell))


def _figure(
    change: Change,
    measure: str,
    period: Period,
    value: float | None,
    cell: str,
    *,
    stored: float | None = None,
    finding: tuple[Severity, str] | None = None,
) -> StagedFigure:
    marker = Marker.REVISED if change is Change.REVISED else Marker.FINAL
    new = _observation(measure, period, value, cell, marker)
    old = None if stored is None else replace(new, value=stored, marker=Marker.FINAL)
    found = () if finding is None else (Finding(finding[0], "Dashboard", cell, finding[1]),)
    return StagedFigure(new, change, old, found)


def review(file: str = WORKBOOK) -> Review:
    """A review with 1 refused, 3 revised (1 to look at), 3 new and 30 unchanged figures."""
    larger = (Severity.WARNING, "Larger than the usual revision")
    refused = (Severity.ERROR, "Not the sum of its months, 1,648")
    figures = [
        _figure(Change.REFUSED, "theft_from", month(2015, 9), 1658, "I9", finding=refused),
        _figure(Change.REVISED, "all_crime", month(2015, 9), 5125, "H6", stored=5098, finding=larger),
        _figure(Change.REVISED, "burglary", month(2015, 8), 311, "F7", stored=308),
        _figure(Change.REVISED, "burglary", month(2015, 9), 318, "G7", stored=321),
        *(_figure(Change.NEW, "burglary", MONTHS[at], BURGLARY[at], f"{'JKL'[at - 42]}7") for at in range(42, 45)),
        *(
            _figure(Change.UNCHANGED, "burglary", MONTHS[at], BURGLARY[at], "B7", stored=BURGLARY[at])
            for at in range(30)
        ),
    ]
    rows = tuple(
        tuple(
            "" if row < 4 else f"Row {row + 1}" if column == 0 else str(300 + row * 7 + column)
            for column in range(14)
        )
        for row in range(12)
    )
    return Review(
        file,
        "a" * 64,
        b"bytes",
        "Leicestershire Police",
        QUARTER,
        "R0",
        tuple(figures),
        (),
        (("Dashboard", rows),),
    )


def nothing_new() -> Review:
    """A review of 510 figures that are all stored already."""
    one = _figure(Change.UNCHANGED, "burglary", MONTHS[0], 325, "B7", stored=325)
    return replace(review(), figures=(one,) * 510, already_accepted=True)


class FixturePanel(FakePanel):
    """Answers with this module's pages and notes what it was asked to accept, in `stored`."""

    def __init__(self) -> None:
        super().__init__()
        self.stored: list[tuple[str, frozenset[ObservationKey]]] = []
        self.cleared: list[str] = []

    def overview(self, period: Period, audience: Audience) -> OverviewPage:
        page = super().overview(period, audience)
        own = tuple(replace(page.all_rows[0], measure=code, label=label) for code, label in LABELS.items())
        return replace(page, all_rows=page.all_rows + own)

    def priority_tabs(self, period: Period, audience: Audience) -> tuple[PriorityTab, ...]:
        return PRIORITY_TABS

    def priority(self, code: str, period: Period, audience: Audience) -> PriorityPage:
        self.calls.append(f"priority {code}")
        return replace(chart_fixtures.priority_page(audience=audience), code=code)

    def returns(self, period: Period) -> ReturnsPage:
        return returns_page()

    def review(self, path: Path, progress: Progress, given: Sequence[Answer] = ()) -> Review:
        return review(path.name)

    def accept(self, review: Review, left_out: frozenset[ObservationKey] = frozenset()) -> Changes:
        self.stored.append((review.file, left_out))
        return Changes("6 figures accepted.", observations=6, returns=True)

    def clear(self, expected_code: str) -> Changes:
        self.cleared.append(expected_code)
        return Changes("Cleared.", clearances=True)
