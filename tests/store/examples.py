"""A small plan and made-up reviews for the tests of the panel file."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from pcp_desktop.domain.clearance import Audience, BoardDate, Clearance, ClearanceState, HoldTerms, Recipient
from pcp_desktop.domain.commentary import Commentary
from pcp_desktop.domain.held_access import HeldFigures
from pcp_desktop.domain.judgements import ChosenLimits, LimitsOrigin, StatusSetByHand
from pcp_desktop.domain.measures import (
    Aggregation,
    Break,
    Event,
    Frequency,
    Kind,
    Measure,
    PeerGroup,
    Polarity,
    RecordingAudit,
    StatusRule,
)
from pcp_desktop.domain.meetings import (
    Agenda,
    AgendaItem,
    Contact,
    Exemption,
    GeneratedPaper,
    ItemKind,
    Meeting,
    Member,
    PrintedFigure,
    PublishedCount,
    PublishedPack,
)
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Part, Source
from pcp_desktop.domain.periods import Period, add_months, financial_year, month, quarter
from pcp_desktop.domain.plans import Plan, PlanContents, Priority, Theme
from pcp_desktop.domain.recognition import Answer, QuestionKind
from pcp_desktop.domain.returns import Change, ExpectedReturn, Organisation, Review, StagedFigure
from pcp_desktop.domain.status import Override, Status

NOW = datetime(2016, 2, 26, 14, 32)
BY = "the secretariat"
BOARD = "Safer Roads and Streets Board"
BOARD_MEETS = date(2016, 3, 9)

MEETING = Meeting(date(2016, 3, 16), "14:00", "County Hall", quarter(2015, 3))
AGENDA = Agenda(
    MEETING,
    (
        AgendaItem(1, ItemKind.STANDING, "Declarations of interest", note="In any item"),
        AgendaItem(
            2,
            ItemKind.GENERATED,
            "Performance report",
            "Commissioner",
            "Performance officer",
            generated=GeneratedPaper.PERFORMANCE_REPORT,
        ),
        AgendaItem(3, ItemKind.RECEIVED, "Victim services", "Commissioner", "Head of Commissioning"),
        AgendaItem(4, ItemKind.VERBAL, "Complaint", exemption=Exemption(1, "An individual", "In confidence")),
    ),
    (Member("Chairman", "County Council"), Member("Independent member")),
    ("This meeting is filmed.",),
    Contact("Democratic Services", "0116 000 0000", "panel@example.org"),
)

HELD_TABLE = HeldFigures("Table", ("m1",), "April 2012 to December 2015", 45)
ANSWER = Answer(QuestionKind.MEASURE, "dashboard / tfmv", "TFMV", "m1", file="dashboard.xlsx")


def later(minutes: int) -> datetime:
    """A moment some minutes after `NOW`."""
    return NOW + timedelta(minutes=minutes)


def measure(code: str, priority: str = "P1") -> Measure:
    """A measure in which no attribute has its default."""
    return Measure(
        code=code,
        priority=priority,
        label=f"Measure {code} – “quoted”",
        kind=Kind.PROPORTION,
        unit="percent",
        polarity=Polarity.HIGHER_REPORTING_WELCOME,
        aggregation=Aggregation.RATIO,
        frequency=Frequency.HALF_YEAR,
        status_rule=StatusRule.AGAINST_TARGET,
        lead=True,
        organisations=("Police", "Council"),
        board=BOARD,
        synonyms=("all of it", "the lot"),
        areas=("North", "South"),
        note="As surveyed",
        target=86.1,
        tolerance=0.3,
        sensitive=True,
        small_number_threshold=7,
        decimals=2,
        embargoed_until="national release",
        short_label=f"M{code}",
        part_of="m9",
        design_effect=1.4,
        audits=(RecordingAudit(date(2014, 5, 1), 75.8, "The inspectorate, May 2014", 2.5),),
    )


def contents(code: str = "2013-17", measures: int = 3) -> PlanContents:
    """A plan with everything that a plan can ship with."""
    themes = (
        Theme("Reducing harm", (Priority("P2", "Second in name, first in place"), Priority("P1", "The other"))),
        Theme("Protecting people", (Priority("P3", "A third"),)),
    )
    plan = Plan(
        code=code,
        name=f"Police and Crime Plan {code}",
        area="Leicester, Leicestershire and Rutland",
        force="Leicestershire",
        baseline=financial_year(2012),
        first_day=date(2013, 4, 1),
        last_day=date(2017, 3, 31),
        themes=themes,
    )
    q3 = quarter(2015, 3)
    return PlanContents(
        plan=plan,
        measures=tuple(measure(f"m{number}", f"P{number % 3 + 1}") for number in range(measures)),
        organisations=(Organisation("Police"), Organisation("Council"), Organisation("Fire and Rescue")),
        expected_returns=(
            ExpectedReturn("crime", "Crime", "Police", q3, date(2016, 2, 1), ("m0", "m1"), BOARD, BOARD_MEETS),
            ExpectedReturn("fires", "Fires", "Fire and Rescue", q3, date(2016, 3, 1), ("m2",), "Fire Authority"),
            ExpectedReturn(
                "money", "Spending", "Council", q3, date(2016, 1, 5), (), BOARD, None, holds_figures=False
            ),
        ),
        breaks=(Break("m1", date(2014, 4, 1), "Counted anew", totals_comparable=True),),
        events=(Event(date(2015, 5, 7), "Election"), Event(date(2015, 6, 1), "Campaign", ("m0", "m2"))),
        peer_groups=(PeerGroup(date(2015, 4, 1), ("Leicestershire", "Kent"), "Leicestershire", "Published"),),
        meetings=(MEETING,),
        agendas=(AGENDA,),
    )


def months(count: int) -> list[Period]:
    """The last `count` months to December 2015."""
    first = add_months(date(2015, 12, 1), 1 - count)
    days = [add_months(first, place) for place in range(count)]
    return [month(day.year, day.month) for day in days]


def observation(
    value: float | None,
    measure_code: str = "m0",
    period: Period | None = None,
    cell: str = "B4",
    file: str = "c.xlsx",
) -> Observation:
    """A staged observation of the whole area."""
    key = ObservationKey(measure_code, "Whole", period or month(2015, 12), Part.VALUE)
    marker = Marker.PROVISIONAL if value is not None else Marker.NOT_AVAILABLE
    return Observation(key, value, marker, Source(file, "Sheet 1", cell))


def review(
    *figures: tuple[Change, Observation], file: str = "c.xlsx", content: bytes = b"one", code: str | None = "crime"
) -> Review:
    """A review of figures with what would happen to each."""
    return Review(
        file=file,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        organisation="Police",
        period=quarter(2015, 3),
        expected_code=code,
        figures=tuple(StagedFigure(one, change) for change, one in figures),
        findings=(),
    )


def new(count: int, start: float = 100.0, file: str = "c.xlsx", content: bytes = b"one") -> Review:
    """A review of `count` new monthly values of one measure."""
    values = [observation(start + place, period=one, file=file) for place, one in enumerate(months(count))]
    return review(*((Change.NEW, one) for one in values), file=file, content=content)


def revised(count: int, start: float = 900.0, content: bytes = b"two") -> Review:
    """A review that revises the last `count` months."""
    values = [observation(start + place, period=one, file="r.xlsx") for place, one in enumerate(months(count))]
    return review(*((Change.REVISED, one) for one in values), file="r.xlsx", content=content)


def money(content: bytes = b"money") -> Review:
    """A review of a workbook that is kept as received."""
    return review(file="money.xlsx", content=content, code="money")


def clearance(code: str, state: ClearanceState = ClearanceState.CLEARED) -> Clearance:
    """A clearance to the end of 2015, recorded without day or role."""
    return Clearance(code, state, date(2015, 12, 31), until="national release")


def exempt(code: str) -> Clearance:
    """A hold in which no attribute has its default, but for its day and role."""
    terms = HoldTerms(
        "About one person", "Head of Law", 1, "Privacy outweighs", "Resolved in March", date(2016, 4, 1)
    )
    return Clearance(code, ClearanceState.EXEMPT, date(2015, 12, 31), until="the resolution", terms=terms)


def board_date(day: date = date(2016, 3, 18)) -> BoardDate:
    """Another day for the board that the first return waits for."""
    return BoardDate("Police", BOARD, quarter(2015, 3), day, "The board's clerk")


def recipient(role: str = "Chief Executive") -> Recipient:
    """Someone told a measure before its release."""
    return Recipient("m1", role, date(2016, 2, 20), date(2016, 3, 31), purpose="To prepare the meeting")


def status_set(reason: str = "The figure for June is known to be wrong") -> StatusSetByHand:
    """A status that a person set for the quarter of the examples."""
    override = Override(Status.NOT_ASSESSED, reason, BY, later(10))
    return StatusSetByHand("m0", "Leicester, Leicestershire and Rutland", quarter(2015, 3), override)


def limits(first: date = date(2014, 4, 1), last: date | None = date(2015, 3, 31)) -> ChosenLimits:
    """A baseline that a person chose; without a last day a new level."""
    origin = LimitsOrigin.NEW_LEVEL if last is None else LimitsOrigin.BASELINE
    return ChosenLimits("m1", "Leicester, Leicestershire and Rutland", origin, first, last, "A steady year")


def commentary(text: str = "It rose to {{m0.latest}}.", *, finished: bool = False) -> Commentary:
    """A commentary on the first priority."""
    return Commentary("P1", quarter(2015, 3), text, (("m0.latest", "4,014"),), finished)


def pack(content: bytes = b"%PDF-1.7 the pack", minutes: int = 20) -> tuple[PublishedPack, bytes]:
    """A public pack with its bytes."""
    sha256 = hashlib.sha256(content).hexdigest()
    figures = (PrintedFigure("P1, paragraph 1", "m0.latest", "4,014"),)
    counts = (PublishedCount("m0", "Leicestershire", financial_year(2014), 3.0, was_shown=False),)
    described = PublishedPack(
        0, Audience.PUBLIC, "Pack.pdf", sha256, len(content), 64, later(minutes), BY, "abc", figures, counts
    )
    return described, content
