"""Made-up charts, pages and reviews for the tests of what is drawn; the numbers are illustrative."""

from __future__ import annotations

import math
from dataclasses import replace

from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.observations import Source
from pcp_desktop.domain.pages import (
    NO_FIGURE,
    ChartKind,
    ChartMark,
    ChartPoint,
    ChartSeries,
    ChartSpec,
    ClearanceShown,
    Direction,
    EndLabel,
    Figure,
    HeadlineFact,
    LimitSegment,
    MeasurePanel,
    MeasureRow,
    PriorityPage,
    PriorityTab,
    Sentence,
    SeriesRole,
    Signal,
    TableSpec,
    Tick,
    Why,
    YearSpan,
)
from pcp_desktop.domain.periods import Period, month, quarter
from pcp_desktop.domain.status import Assessment, Status

QUARTER = quarter(2015, 3)
FILE = "Force crime return Q3.xlsx"
_YEARS = """
325 290 319 293 324 303 357 341 374 335 350 325
322 309 315 331 344 326 428 452 437 462 418 352
303 311 298 306 315 322 351 371 366 380 373 372
305 299 296 305 311 318 344 358 351
"""
BURGLARY = [int(figure) for figure in _YEARS.split()]
MONTHS: tuple[Period, ...] = tuple(month(2012 + (3 + i) // 12, (3 + i) % 12 + 1) for i in range(len(BURGLARY)))
MONTH_TICKS = tuple(
    Tick(at, period.short_label[:3]) for at, period in enumerate(MONTHS) if period.end.month in (4, 7, 10, 1)
)
YEARS = (
    YearSpan(-0.5, 11.5, "2012/13"),
    YearSpan(11.5, 23.5, "2013/14"),
    YearSpan(23.5, 35.5, "2014/15"),
    YearSpan(35.5, 44.5, "2015/16"),
)


def table_of(caption: str, points: tuple[ChartPoint, ...]) -> TableSpec:
    """The twin table of one series."""
    rows = tuple((point.period, point.shown, point.note) for point in points)
    return TableSpec(caption, ("Month", "Offences", "Note"), rows, (False, True, False))


def _burglary_point(at: int, period: Period, value: int) -> ChartPoint:
    above = value > 407
    return ChartPoint(
        period.label,
        float(value),
        str(value),
        "Above the upper limit." if above else "Provisional. Within limits." if at >= 42 else "Within limits.",
        Source(FILE, "Dashboard", f"{chr(65 + at % 26)}7"),
        Signal.OUTSIDE if above else Signal.NONE,
        Direction.UNFAVOURABLE if above else Direction.NEUTRAL,
    )


def burglary(missing: tuple[int, ...] = ()) -> ChartSpec:
    """A control chart of 45 months, five of them signals; `missing` are the positions without a value."""
    points = tuple(
        ChartPoint(period.label, None, "not available", "The force sent no figure.")
        if at in missing
        else _burglary_point(at, period, value)
        for at, (period, value) in enumerate(zip(MONTHS, BURGLARY, strict=True))
    )
    title = "Burglary is within its expected range; five months of 2013/14 were above it"
    return ChartSpec(
        key="burglary",
        kind=ChartKind.CONTROL,
        title=title,
        subtitle="Offences a month, April 2012 to December 2015, XmR control chart, not allowing for the season",
        alt="Control chart of domestic burglary, April 2012 to December 2015. 4,014 offences in the last 12 months.",
        source="Leicestershire Police, recorded crime return Q3 2015/16, cleared 3 Feb 2016. Axis starts at 200.",
        unit="offences",
        length=len(points),
        series=(ChartSeries("Domestic burglary", SeriesRole.THIS, points),),
        y_low=200,
        y_high=500,
        y_ticks=tuple(Tick(value, str(value)) for value in range(200, 501, 50)),
        table=table_of(title, points),
        x_ticks=MONTH_TICKS,
        years=YEARS,
        limits=(LimitSegment(0, 44, 328, 249, 407),),
        baseline=(0, 11, "Baseline year 2012/13"),
        events=(ChartMark(35.5, "NICHE goes live"), ChartMark(41.5, "Op Tiger Secured")),
        end_labels=(
            EndLabel(407, "Upper limit 407"),
            EndLabel(328, "Mean 328", strong=True),
            EndLabel(249, "Lower limit 249"),
        ),
        days=tuple((period.start, period.end) for period in MONTHS),
    )


def seasonal() -> ChartSpec:
    """The same series with limits that follow the year, and a month that has none."""
    spec = burglary()
    ends = [328 + 60 * math.cos(2 * math.pi * (at - 9) / 12) for at in range(45)]
    varying = tuple(None if at == 20 else (mean - 60, mean, mean + 70) for at, mean in enumerate(ends))
    limits = LimitSegment(0, 44, ends[-1], ends[-1] - 60, ends[-1] + 70, "provisional", varying)
    subtitle = spec.subtitle.replace("not allowing", "allowing")
    return replace(spec, key="burglary by season", subtitle=subtitle, limits=(limits,))


def with_break() -> ChartSpec:
    """The same series with a break in April 2013 and limits on each side of it, and a run below the mean."""
    spec = burglary()
    points = list(spec.series[0].points)
    for at in range(24, 31):
        points[at] = replace(points[at], signal=Signal.SHIFT, direction=Direction.FAVOURABLE, note="One of a run.")
    return replace(
        spec,
        key="burglary with a break",
        series=(replace(spec.series[0], points=tuple(points)),),
        breaks=(ChartMark(11.5, "Break: counting rules changed, April 2013"),),
        limits=(LimitSegment(0, 11, 330, 250, 410, "trial"), LimitSegment(12, 44, 340, 262, 418)),
    )


def plain(kind: ChartKind, key: str, title: str, subtitle: str, series: tuple[ChartSeries, ...]) -> ChartSpec:
    """A chart with its lines and axes alone: nothing drawn that belongs to a control chart."""
    spec = replace(burglary(), kind=kind, key=key, title=title, subtitle=subtitle, series=series)
    return replace(spec, source="", years=(), limits=(), baseline=None, events=(), end_labels=())


def year_on_year() -> ChartSpec:
    """Four financial years over twelve months."""
    years = (
        ("2015/16", SeriesRole.THIS, 36),
        ("2014/15", SeriesRole.LAST, 24),
        ("2013/14", SeriesRole.OLDER, 12),
        ("2012/13", SeriesRole.OLDER, 0),
    )
    series = tuple(
        ChartSeries(name, role, tuple(_burglary_point(at, MONTHS[at], BURGLARY[at]) for at in range(first, last)))
        for name, role, first in years
        for last in (min(first + 12, 45),)
    )
    unsignalled = tuple(
        replace(one, points=tuple(replace(point, signal=Signal.NONE) for point in one.points)) for one in series
    )
    title = "Q3 2015/16: 1,053, against 1,089 a year before"
    return replace(
        plain(ChartKind.YEAR_ON_YEAR, "year on year", title, "Offences a month", unsignalled),
        length=12,
        x_ticks=tuple(Tick(at, letter) for at, letter in enumerate("AMJJASONDJFM")),
        end_labels=(
            EndLabel(351, "2015/16", strong=True, role=SeriesRole.THIS),
            EndLabel(372, "2014/15", role=SeriesRole.LAST),
            EndLabel(352, "2013/14", role=SeriesRole.OLDER),
            EndLabel(325, "2012/13", role=SeriesRole.OLDER),
        ),
    )


PEERS = (
    ("Kent", 2.6),
    ("Hampshire", 2.7),
    ("Hertfordshire", 3.0),
    ("Sussex", 3.1),
    ("Nottinghamshire", 3.2),
    ("Essex", 3.6),
    ("Leicestershire", 3.9),
    ("Bedfordshire", 4.3),
)


def peers() -> ChartSpec:
    """The most similar group as one series of bars each."""
    points = tuple(
        ChartPoint(f"{at + 1}  {name}", rate, f"{rate}", source=Source("MSG.csv", "", f"C{at + 2}"))
        for at, (name, rate) in enumerate(PEERS)
    )
    series = tuple(
        ChartSeries(name, SeriesRole.THIS if name == "Leicestershire" else SeriesRole.PEER, (point,))
        for (name, _), point in zip(PEERS, points, strict=True)
    )
    scope = "12 months to December 2015, per 1,000 people"
    return replace(
        plain(ChartKind.PEERS, "peers", "7th of 8 in most similar group", scope, series),
        length=len(points),
        y_low=0,
        y_high=5,
        y_ticks=(),
        x_ticks=(),
        table=TableSpec("7th of 8", ("Force", "Rate"), tuple((p.period, p.shown) for p in points), (False, True)),
    )


def rolling() -> ChartSpec:
    """A rolling percentage with its interval and a baseline."""
    values = [89.7 + 0.4 * ((at * 7) % 5 - 2) - at * 0.01 for at in range(34)]
    points = tuple(
        ChartPoint(f"12 months to {MONTHS[at + 11].label}", value, f"{value:.1f}%", low=value - 2.6, high=value + 2.4)
        for at, value in enumerate(values)
    )
    series = (ChartSeries("Satisfaction", SeriesRole.THIS, points),)
    return replace(
        plain(ChartKind.ROLLING, "satisfaction", "Satisfaction 89.1%", "Rolling 12 months, 95% interval", series),
        unit="percent",
        length=len(points),
        y_low=80,
        y_high=95,
        y_ticks=(Tick(80, "80%"), Tick(85, "85%"), Tick(90, "90%"), Tick(95, "95%")),
        x_ticks=(Tick(0, "Mar 13"), Tick(12, "Mar 14"), Tick(24, "Mar 15"), Tick(33, "Dec 15")),
        end_labels=(EndLabel(values[-1], "89.1%", strong=True),),
        reference=EndLabel(89.7, "89.7%"),
    )


def target() -> ChartSpec:
    """Quarterly savings against a target."""
    values = (6.1, 12.4, None, 27.8)
    points = tuple(
        ChartPoint(f"Q{at + 1} 2015/16", value, f"£{value}m" if value else "not available")
        for at, value in enumerate(values)
    )
    series = (ChartSeries("Saved", SeriesRole.THIS, points),)
    title = "£27.8m of the £31.0m required is saved"
    return replace(
        plain(ChartKind.TARGET, "savings", title, "£ million, cumulative", series),
        unit="percent",
        length=4,
        y_low=0,
        y_high=40,
        y_ticks=tuple(Tick(value, f"£{value}m") for value in range(0, 41, 10)),
        x_ticks=tuple(Tick(at, f"Q{at + 1}") for at in range(4)),
        end_labels=(EndLabel(27.8, "£27.8m", strong=True),),
        reference=EndLabel(31.0, "Required £31.0m"),
    )


def by_area() -> ChartSpec:
    """One bar for each area."""
    areas = (("City", 71.0), ("County", 120.0), ("Rutland", 4.0))
    points = tuple(ChartPoint(name, value, f"{value:.0f}") for name, value in areas)
    return replace(
        peers(),
        key="areas",
        kind=ChartKind.AREAS,
        length=3,
        series=(ChartSeries("First-time entrants", SeriesRole.THIS, points),),
    )


# ---------------------------------------------------------------- priority pages

WHY = Why(
    "Why “No clear change”?",
    (
        Sentence("Burglary was above the same month of 2012/13 in 7 of 12 months."),
        Sentence("The change of +2.0% could be anything from −2.7% to +6.7%.", ("+2.0%", "−2.7%", "+6.7%")),
    ),
    TableSpec(
        "Totals",
        ("", "Total", "Mean a month"),
        (
            ("Baseline 2012/13", "3,935", "327.9"),
            ("12 months to December 2015 [p]", "4,014", "334.5"),
            ("Difference", "+79", "+6.6"),
        ),
        (False, True, True),
        (2,),
    ),
    "Latest 12 months against the baseline year, month by month, quasi-Poisson, 5% level (p = 0.40)",
    "No signals in the last 12 months. Five earlier points above 407, October 2013 to February 2014.",
    ("Monthly chart, not allowing for the season.",),
    (("Source", "Leicestershire Police"), ("Return", FILE), ("Cleared", "3 February 2016")),
)
FACTS = (
    HeadlineFact("12 months to December 2015", "4,014"),
    HeadlineFact("Baseline 2012/13", "3,935"),
    HeadlineFact("Change", "+79", "+2.0%"),
    HeadlineFact("Q3 2015/16, on Q3 2014/15", "1,053", "−36, −3.3%"),
    HeadlineFact("Position in MSG", "7th", "of 8"),
)


def measure_row(label: str = "Domestic burglary", *, held: str = "", public: bool = False) -> MeasureRow:
    """The line of a measure; `held` are the words of a hold, and `public` takes its figures away."""
    state = ClearanceState.EMBARGOED if held else ClearanceState.CLEARED
    status = Status.NOT_ASSESSED if public else Status.NO_CLEAR_CHANGE
    figure = NO_FIGURE if public else Figure(4014, "4,014", QUARTER)
    return MeasureRow(
        measure=label.lower().replace(" ", "_"),
        priority="SP12",
        area="",
        label=label,
        unit="offences",
        lead=True,
        assessment=Assessment(status, "against baseline", "No clear change."),
        baseline=figure,
        latest=figure,
        change=figure,
        change_percent=figure,
        position=None if public else (7, 8, False),
        position_shown="" if public else "7th of 8",
        sparkline=None,
        line="",
        clearance=ClearanceShown(state, "Embargoed" if held else "Cleared 3 Feb", "national release" if held else ""),
        held_words=held,
    )


def measure_panel(label: str = "Domestic burglary", *, held: str = "", public: bool = False) -> MeasurePanel:
    """A measure with its charts, or without them for the public while it is held."""
    empty = bool(held) and public
    return MeasurePanel(
        row=measure_row(label, held=held, public=empty),
        polarity="Lower is better",
        organisation="Leicestershire Police",
        facts=() if empty else FACTS,
        main=None if empty else burglary(),
        main_absent=held if empty else "",
        small=() if empty else (year_on_year(), peers(), rolling()),
        why=WHY,
    )


def text_panel() -> MeasurePanel:
    """A measure that is words."""
    text = (
        Sentence("All three partners have signed the joint protocol."),
        Sentence("The first 41 cases were reviewed in December 2015.", ("41",)),
    )
    return replace(
        measure_panel("Joint protocol on missing children"),
        facts=(),
        main=None,
        main_absent="This measure is reported in words.",
        small=(),
        text=text,
    )


def priority_page(*panels: MeasurePanel, audience: Audience = Audience.WORKING) -> PriorityPage:
    """The tab of SP12 with the given measures."""
    shown = panels or (measure_panel(), measure_panel("Burglary other than in a dwelling"))
    return PriorityPage(
        audience=audience,
        period=QUARTER,
        code="SP12",
        title="Reduce domestic burglary and ensure a positive outcome for victims of burglary offences",
        status=shown[0].row.status,
        held=bool(shown[0].row.held_words),
        measures=shown,
    )


_STATUSES = (Status.NO_CLEAR_CHANGE, Status.IMPROVING, Status.NOT_ASSESSED, Status.DETERIORATING)
PRIORITY_TABS = tuple(
    PriorityTab(
        f"SP{number}",
        "Domestic burglary" if number == 12 else f"Lead measure of priority {number}",
        Status.NO_CLEAR_CHANGE if number == 12 else _STATUSES[number % 4],
        number == 3,
    )
    for number in range(1, 19)
)
