"""A synthetic but realistic overview, priorities and charts: the shape of the real ones, without a panel file."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest

from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.formats import change_shown, number, percent_change_shown, value_shown
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
    Note,
    OverviewPage,
    PriorityPage,
    Sentence,
    SeriesRole,
    Signal,
    Sparkline,
    TableSpec,
    ThemeRows,
    Tick,
    Why,
    YearSpan,
)
from pcp_desktop.domain.periods import (
    Period,
    financial_year,
    financial_year_label,
    month,
    quarter,
    twelve_months_to,
)
from pcp_desktop.domain.status import Assessment, Status

MOMENT = datetime(2016, 2, 26, 14, 32)
Q3 = quarter(2015, 3)
LATEST = twelve_months_to(2015, 12)
MONTHS: tuple[Period, ...] = tuple(month(2012 + (n + 3) // 12, (n + 3) % 12 + 1) for n in range(45))
BURGLARY: tuple[float, ...] = (
    *(325, 290, 319, 293, 324, 303, 357, 340, 374, 335, 350, 325),
    *(322, 309, 315, 331, 344, 326, 428, 452, 437, 461, 418, 352),
    *(303, 311, 298, 306, 315, 322, 352, 371, 366, 380, 373, 372),
    *(305, 300, 296, 305, 312, 318, 344, 358, 351),
)
SP13_TITLE = (
    "To reduce violence against the person – with injury and ensure a positive outcome for victims of violent "
    "crime – with injury offences"
)
HELD_REASON = "Not published before national release"


def month_ticks(periods: Sequence[Period]) -> tuple[Tick, ...]:
    """Apr, Jul, Oct and Jan under a run of months."""
    return tuple(Tick(i, p.short_label[:3]) for i, p in enumerate(periods) if p.end.month in (1, 4, 7, 10))


def year_spans(periods: Sequence[Period]) -> tuple[YearSpan, ...]:
    """The financial years under a run of months."""
    spans: list[YearSpan] = []
    for place, period in enumerate(periods):
        text = financial_year_label(period.end)
        if spans and spans[-1].text == text:
            spans[-1] = YearSpan(spans[-1].first, place + 0.5, text)
        else:
            spans.append(YearSpan(place - 0.5, place + 0.5, text))
    return tuple(spans)


def value_ticks(low: int, high: int, step: int, unit: str = "offences") -> tuple[Tick, ...]:
    """The labelled lines of a value axis."""
    return tuple(Tick(value, value_shown(value, unit, 0)) for value in range(low, high + 1, step))


def twin(points: Sequence[ChartPoint], caption: str) -> TableSpec:
    """The twin table of a series."""
    return TableSpec(caption, ("Period", "Value"), tuple((p.period, p.shown) for p in points), (False, True))


def burglary_point(place: int) -> ChartPoint:
    """One month of the control chart, five of them above the upper limit."""
    value = BURGLARY[place]
    outside = value > 407
    return ChartPoint(
        MONTHS[place].label,
        value,
        number(value),
        signal=Signal.OUTSIDE if outside else Signal.NONE,
        direction=Direction.UNFAVOURABLE if outside else Direction.NEUTRAL,
        source=Source("force.xlsx", "Monthly", f"B{place + 4}"),
    )


def control_chart() -> ChartSpec:
    """Domestic burglary, 45 months, limits 249 to 407 set on 2012/13, two events close together."""
    points = tuple(burglary_point(place) for place in range(45))
    return ChartSpec(
        key="SP12-control",
        kind=ChartKind.CONTROL,
        title="Domestic burglary has been within its limits since March 2014",
        subtitle="Offences a month, April 2012 to December 2015, XmR control chart, not allowing for the season.",
        alt="Control chart of domestic burglary, April 2012 to December 2015. Five above the upper limit of 407.",
        source="Source: Leicestershire Police return for Q3 2015/16. Axis starts at 200.",
        unit="offences",
        length=45,
        series=(ChartSeries("Domestic burglary", SeriesRole.THIS, points),),
        y_low=200,
        y_high=500,
        y_ticks=value_ticks(200, 500, 50),
        table=twin(points, "Domestic burglary by month"),
        x_ticks=month_ticks(MONTHS),
        years=year_spans(MONTHS),
        limits=(LimitSegment(0, 44, 328, 249, 407),),
        baseline=(0, 11, "Baseline year 2012/13"),
        events=(ChartMark(42, "Op Tiger Secured"), ChartMark(35.5, "NICHE goes live")),
        end_labels=(
            EndLabel(407, "Upper limit 407"),
            EndLabel(328, "Mean 328", strong=True),
            EndLabel(249, "Lower limit 249"),
        ),
    )


def broken_chart() -> ChartSpec:
    """A series with a break, a gap, two segments of limits and hollow signals."""
    before = tuple(ChartPoint(MONTHS[i].label, 36.0 + (i * 7) % 9 if i < 15 else None, "36") for i in range(45))
    after = tuple(
        ChartPoint(
            MONTHS[i].label,
            None if i < 15 or i == 24 else 58.0 + (i * 5) % 11 - (8 if i > 38 else 0),
            "58",
            signal=Signal.SHIFT if i > 38 else Signal.NONE,
            direction=Direction.FAVOURABLE if i > 38 else Direction.NEUTRAL,
        )
        for i in range(45)
    )
    return replace(
        control_chart(),
        key="SP13-control",
        title="Violence with injury: a lower level since July 2015",
        alt="Control chart of violence with injury with a break in July 2013.",
        series=(
            ChartSeries("Before the break", SeriesRole.PRIOR, before),
            ChartSeries("Violence", SeriesRole.THIS, after),
        ),
        y_low=20,
        y_high=80,
        y_ticks=value_ticks(20, 80, 10),
        limits=(LimitSegment(0, 14, 40, 28, 52), LimitSegment(15, 44, 62, 46, 78, "trial")),
        baseline=None,
        breaks=(ChartMark(14.5, "Break: recording practice changed, July 2013"),),
        events=(),
        end_labels=(
            EndLabel(78, "Upper limit 78"),
            EndLabel(62, "Mean 62 (trial)", strong=True),
            EndLabel(46, "Lower limit 46"),
        ),
        source="Source: Leicestershire Police return for Q3 2015/16. July to December 2015 are provisional [p].",
    )


def year_on_year() -> ChartSpec:
    """Four financial years over twelve months, the last one not yet whole."""
    roles = (SeriesRole.OLDER, SeriesRole.OLDER, SeriesRole.LAST, SeriesRole.THIS)
    names = ("2012/13", "2013/14", "2014/15", "2015/16")
    series = []
    for year, (role, name) in enumerate(zip(roles, names, strict=True)):
        values = [BURGLARY[year * 12 + n] if year * 12 + n < 45 else None for n in range(12)]
        points = tuple(
            ChartPoint(f"{n}", value, number(value) if value is not None else "–") for n, value in enumerate(values)
        )
        series.append(ChartSeries(name, role, points))
    return ChartSpec(
        key="SP12-years",
        kind=ChartKind.YEAR_ON_YEAR,
        title="October to December: 1,053, 36 fewer than a year before",
        subtitle="Offences a month",
        alt="Line chart of domestic burglary by month in four financial years.",
        source="Source: Leicestershire Police. Axis starts at 250.",
        unit="offences",
        length=12,
        series=tuple(series),
        y_low=250,
        y_high=500,
        y_ticks=value_ticks(250, 500, 50),
        table=twin(series[-1].points, "Domestic burglary by month and year"),
        x_ticks=tuple(Tick(i, letter) for i, letter in enumerate("AMJJASONDJFM")),
        end_labels=(
            EndLabel(372, "2014/15", role=SeriesRole.LAST),
            EndLabel(352, "2013/14", role=SeriesRole.OLDER),
            EndLabel(325, "2012/13", role=SeriesRole.OLDER),
            EndLabel(351, "2015/16", strong=True, role=SeriesRole.THIS),
        ),
    )


def peers_chart() -> ChartSpec:
    """The most similar group, a tie among them."""
    rates = (
        ("Kent", 2.6),
        ("Hampshire", 2.7),
        ("Hertfordshire", 3.0),
        ("Sussex", 3.1),
        ("Nottinghamshire", 3.1),
        ("Essex", 3.6),
        ("Leicestershire", 3.9),
        ("Bedfordshire", 4.3),
    )
    own = [name == "Leicestershire" for name, _ in rates]
    peer = tuple(
        ChartPoint(name, None if mine else rate, number(rate, 1))
        for (name, rate), mine in zip(rates, own, strict=True)
    )
    this = tuple(
        ChartPoint(name, rate if mine else None, number(rate, 1))
        for (name, rate), mine in zip(rates, own, strict=True)
    )
    return ChartSpec(
        key="SP12-peers",
        kind=ChartKind.PEERS,
        title="7th of 8 in the most similar group",
        subtitle="12 months to December 2015, per 1,000 people",
        alt="Bar chart of domestic burglary in eight forces. Leicestershire 3.9, 7th of 8.",
        source="Source: Leicestershire Police. 1st is the lowest rate.",
        unit="per 1,000 people",
        length=8,
        series=(
            ChartSeries("Peers", SeriesRole.PEER, peer),
            ChartSeries("Leicestershire", SeriesRole.THIS, this),
        ),
        y_low=0,
        y_high=5,
        y_ticks=value_ticks(0, 5, 1),
        table=twin(peer, "Most similar group"),
        x_ticks=tuple(
            Tick(place, f"{rank} {name}")
            for place, (rank, (name, _)) in enumerate(
                zip(("1", "2", "3", "=4", "=4", "6", "7", "8"), rates, strict=True)
            )
        ),
    )


def rolling_chart() -> ChartSpec:
    """Satisfaction over rolling 12 months with its interval, and the baseline as a dashed line."""
    points = tuple(
        ChartPoint(
            MONTHS[i].label,
            89.7 + math.sin(i / 3) - i / 60,
            f"{89.7 + math.sin(i / 3) - i / 60:.1f}%",
            low=86.9 + math.sin(i / 3) - i / 60,
            high=92.1 + math.sin(i / 3) - i / 60,
        )
        for i in range(11, 45)
    )
    return ChartSpec(
        key="SP12-satisfaction",
        kind=ChartKind.ROLLING,
        title="Satisfaction of burglary victims is 89.1%",
        subtitle="Rolling 12 months, 95% interval",
        alt="Line chart of satisfaction in rolling 12 months with its interval.",
        source="Source: Leicestershire Police survey. Axis starts at 80%.",
        unit="percent",
        length=len(points),
        series=(ChartSeries("Satisfaction", SeriesRole.THIS, points),),
        y_low=80,
        y_high=95,
        y_ticks=value_ticks(80, 95, 5, "percent"),
        table=twin(points, "Satisfaction"),
        x_ticks=(Tick(0, "Mar 13"), Tick(12, "Mar 14"), Tick(33, "Dec 15")),
        end_labels=(EndLabel(89.1, "89.1%", strong=True),),
        reference=EndLabel(89.7, "2012/13 89.7%"),
    )


def target_chart() -> ChartSpec:
    """Savings so far against what the plan requires."""
    points = (ChartPoint("Realised by December 2015", 31.0, "£31.0m"),)
    return ChartSpec(
        key="SP18-target",
        kind=ChartKind.TARGET,
        title="Savings of £31.0m exceed the £27.8m required",
        subtitle="£ million, 2013/14 to 2016/17",
        alt="Bar chart of savings: £31.0m realised, £27.8m required.",
        source="Source: Office of the Police and Crime Commissioner.",
        unit="£ million",
        length=1,
        series=(ChartSeries("Savings", SeriesRole.THIS, points),),
        y_low=0,
        y_high=35,
        y_ticks=value_ticks(0, 35, 5),
        table=twin(points, "Savings"),
        reference=EndLabel(27.8, "Required £27.8m"),
    )


def areas_chart() -> ChartSpec:
    """A measure by the parts of the area, one of them without a figure."""
    values = (("Leicester", 49.0), ("Leicestershire", 31.0), ("Rutland", None))
    points = tuple(ChartPoint(area, value, number(value) if value else "[x]") for area, value in values)
    return ChartSpec(
        key="SP1-areas",
        kind=ChartKind.AREAS,
        title="Two of three areas have reported",
        subtitle="First-time entrants, 12 months to December 2015",
        alt="Bar chart of first-time entrants by area.",
        source="Source: youth offending services. [x] not available.",
        unit="young people",
        length=3,
        series=(ChartSeries("Areas", SeriesRole.THIS, points),),
        y_low=0,
        y_high=50,
        y_ticks=value_ticks(0, 50, 10),
        table=twin(points, "First-time entrants by area"),
    )


def all_kinds() -> tuple[ChartSpec, ...]:
    """One chart of every kind."""
    line = replace(
        control_chart(), key="SP11-line", kind=ChartKind.LINE, limits=(), end_labels=(), baseline=None, events=()
    )
    return (
        control_chart(),
        broken_chart(),
        year_on_year(),
        peers_chart(),
        rolling_chart(),
        target_chart(),
        areas_chart(),
        line,
    )


# ---------------------------------------------------------------- rows and pages


def sparkline(slope: float, band: bool = True) -> Sparkline:
    """A small series that rises by `slope` a month."""
    values = tuple(100 + slope * n + 6 * math.sin(n * 1.7) for n in range(45))
    return Sparkline(values, (94.0, 108.0) if band else None)


def row(
    priority: str,
    label: str,
    status: Status,
    baseline: float | None,
    latest: float | None,
    *,
    unit: str = "offences",
    decimals: int = 0,
    position: tuple[int, int, bool] | None = None,
    line: str = "",
    shown: str = "",
    latest_period: Period = LATEST,
    held: str = "",
) -> MeasureRow:
    """A line of the dashboard."""
    both = baseline is not None and latest is not None
    change = latest - baseline if baseline is not None and latest is not None else 0.0
    percent = percent_change_shown(latest or 0, baseline or 1) if both and unit != "percent" else "–"
    ordinal = {1: "1st", 3: "3rd"}.get(position[0], f"{position[0]}th") if position else "–"
    assessment = Assessment(
        status,
        "Latest 12 months against the baseline year, month by month",
        f"{label} in the 12 months to December 2015 is compared with 2012/13 month by month.",
        caveats=("Monthly figures are illustrative; totals are as published.",),
    )
    return MeasureRow(
        measure=f"{priority}-{label[:8].lower().replace(' ', '-')}",
        priority=priority,
        area="Leicester, Leicestershire and Rutland",
        label=label,
        unit=unit,
        lead=True,
        assessment=assessment,
        baseline=Figure(baseline, value_shown(baseline, unit, decimals), financial_year(2012)),
        latest=Figure(latest, shown or value_shown(latest, unit, decimals), latest_period),
        change=Figure(change, change_shown(change, unit, decimals)) if both else NO_FIGURE,
        change_percent=Figure(100 * change / (baseline or 1), percent) if both and unit != "percent" else NO_FIGURE,
        position=position,
        position_shown=ordinal,
        sparkline=None if line or held else sparkline(change / (baseline or 1)),
        line=line,
        clearance=ClearanceShown(ClearanceState.EMBARGOED if held else ClearanceState.CLEARED, "Cleared"),
        held_words=held,
    )


def held_row(label: str = "Drug treatment completed: opiates") -> MeasureRow:
    """An embargoed measure as a public page has it."""
    found = row("SP3", label, Status.NOT_ASSESSED, None, None, unit="percent", held=HELD_REASON)
    return replace(
        found, latest=NO_FIGURE, baseline=NO_FIGURE, assessment=Assessment(Status.NOT_ASSESSED, "", HELD_REASON)
    )


def dashboard_themes() -> tuple[ThemeRows, ...]:
    """The lines of the 2013–17 plan's dashboard."""
    better, same, worse, open_ = (
        Status.IMPROVING,
        Status.NO_CLEAR_CHANGE,
        Status.DETERIORATING,
        Status.NOT_ASSESSED,
    )
    reducing = (
        row(
            "SP1",
            "First-time entrants to the youth justice system, aged 10–17",
            better,
            667,
            271,
            position=None,
            line="2 of 3 returns",
            unit="young people",
            latest_period=twelve_months_to(2015, 9),
        ),
        row("SP2", "Offending by 18–24s on the integrated offender management cohort", better, 667, 271),
        held_row(),
        held_row("Alcohol treatment completed"),
        row("SP4", "Supported families: crime outcome met", open_, None, 36, unit="percent", line="No comparator"),
    )
    victims = (
        row(
            "SP5",
            "Satisfaction: domestic violence with injury",
            open_,
            None,
            86.5,
            unit="percent",
            decimals=1,
            line="No baseline yet",
        ),
        row("SP6", "Satisfaction: serious sexual offences", open_, None, None, shown="[c]", line="Small numbers"),
        row("SP7", "Satisfaction: hate crime", same, 84.2, 80.9, unit="percent", decimals=1),
        row("SP8", "Satisfaction: anti-social behaviour", worse, 82.9, 73.6, unit="percent", decimals=1),
        row("SP9", "Satisfaction: all users", worse, 84.5, 80.4, unit="percent", decimals=1),
    )
    safer = (
        row(
            "SP10", "Confidence that the police are doing a good job", better, 75.3, 85.5, unit="percent", decimals=1
        ),
        row("SP11", "All crime", same, 58805, 59653, position=(3, 8, False)),
        row("SP12", "Domestic burglary", same, 3935, 4014, position=(7, 8, False)),
        row("SP13", "Violence against the person with injury", same, 4365, 4452, position=(1, 8, False)),
        row("SP14", "Theft from motor vehicles", worse, 5236, 6691, position=(7, 8, False)),
        row("SP14", "Theft of motor vehicles", worse, 1051, 1428, position=(5, 8, False)),
    )
    vulnerable = (
        row("SP15", "Children missing or at risk of exploitation", open_, None, None, line="Narrative only"),
        row(
            "SP16", "Section 136 detentions, mean per month", open_, None, None, shown="under 7", line="No series yet"
        ),
        row("SP17", "Missing reports (COMPACT)", better, 5417, 2827),
    )
    across = (
        row(
            "SP18",
            "Savings realised over the plan",
            Status.TARGET_MET,
            None,
            31.0,
            unit="£ million",
            decimals=1,
            line="Target £27.8m met",
        ),
    )
    names = (
        ("Reducing offending and re-offending", reducing),
        ("Supporting victims and witnesses", victims),
        ("Making communities and neighbourhoods safer", safer),
        ("Protecting the vulnerable", vulnerable),
        ("Across all themes", across),
    )
    return tuple(ThemeRows(name, rows, ()) for name, rows in names)


def overview_page() -> OverviewPage:
    """The public dashboard's page."""
    themes = dashboard_themes()
    rows = tuple(one for theme in themes for one in theme.rows)
    counts: dict[Status, int] = {}
    for one in rows:
        if not one.held_words:
            counts[one.status] = counts.get(one.status, 0) + 1
    order = [status for status in Status if status in counts]
    return OverviewPage(
        panel="leicestershire-panel",
        plan="Police and Crime Plan 2013–17",
        audience=Audience.PUBLIC,
        period=Q3,
        latest_words="12 months to December 2015",
        baseline_words="2012/13",
        since_words="Since April 2012",
        themes=themes,
        all_rows=rows,
        summary=tuple((status, counts[status]) for status in order),
        held=2,
        sentence=(
            "Of 20 measures, 4 are improving, 4 show no clear change, 4 are deteriorating, 1 meets its target, 5 are "
            "not assessed and 2 are not published. Theft of motor vehicles (1,428) and theft from motor vehicles "
            "(6,691) have moved furthest in the wrong direction."
        ),
        scope="18 priorities, 20 measures",
        notes=(
            Note("", "Shaded band in the small charts: limits set on 2012/13, not allowing for the season."),
            Note(
                "",
                "MSG: position in the most similar group of eight forces by rate; 1st = lowest rate.",
            ),
            Note("", "[c] Not shown because numbers are small."),
            Note(
                "SP17",
                "COMPACT is a case management system; incidents may be closed before they are raised.",
            ),
            Note("SP18", "Covers 1 April 2013 to 31 March 2017, £ million, estimate as at February 2016."),
        ),
        key=(
            (Status.IMPROVING, "Statistically significant improvement as compared to end of 2012/13"),
            (Status.NO_CLEAR_CHANGE, "No clear change: the difference is within what chance alone could make"),
            (Status.DETERIORATING, "Statistically significant deterioration as compared to end of 2012/13"),
            (Status.TARGET_MET, "The target is met"),
            (Status.NOT_ASSESSED, "No comparator, no baseline, too little data, or small numbers"),
        ),
        accepted_words="Data as accepted on 26 February 2016, 2.32 pm",
        meeting=date(2016, 3, 23),
    )


def panel(
    of: MeasureRow, main: ChartSpec | None, small: tuple[ChartSpec, ...] = (), absent: str = ""
) -> MeasurePanel:
    """A measure's part of its priority's page."""
    return MeasurePanel(
        row=of,
        polarity="Lower is better",
        organisation="Leicestershire Police",
        facts=(
            HeadlineFact("12 months to December 2015", of.latest.shown),
            HeadlineFact("Baseline 2012/13", of.baseline.shown),
            HeadlineFact("Change", of.change.shown, of.change_percent.shown),
            HeadlineFact("Q3 2015/16, on Q3 2014/15", "1,053", "−36, −3.3%"),
            HeadlineFact("Position in MSG", of.position_shown, "of 8"),
        ),
        main=main,
        main_absent=absent,
        small=small,
        why=Why("Why?", (), None, "", "", ("Five earlier points above 407, October 2013 to February 2014.",), ()),
        text=(Sentence("The typical change, +1.9%, could be anything from −2.7% to +6.7%.", ("−2.7%", "+6.7%")),),
    )


def priority_pages() -> tuple[PriorityPage, ...]:
    """A priority with everything, one with the longest title and a held measure, one wholly held."""
    rows = {one.label: one for theme in dashboard_themes() for one in theme.rows}
    burglary = panel(rows["Domestic burglary"], control_chart(), (year_on_year(), peers_chart(), rolling_chart()))
    violence = panel(rows["Violence against the person with injury"], broken_chart())
    confidence = panel(
        rows["Confidence that the police are doing a good job"], None, (), "Too few figures for a chart."
    )
    held = panel(held_row(), None)
    title = "To reduce domestic burglary and ensure a positive outcome for victims of burglary offences"
    common = (Audience.PUBLIC, Q3)
    return (
        PriorityPage(*common, "SP3", "To reduce alcohol offending", Status.NOT_ASSESSED, True, (held,)),
        PriorityPage(*common, "SP10", "To increase confidence", Status.IMPROVING, False, (confidence,)),
        PriorityPage(*common, "SP12", title, Status.NO_CLEAR_CHANGE, False, (burglary,)),
        PriorityPage(*common, "SP13", SP13_TITLE, Status.NO_CLEAR_CHANGE, False, (violence, held)),
        PriorityPage(
            *common,
            "SP18",
            "To deliver the savings",
            Status.TARGET_MET,
            False,
            (panel(rows["Savings realised over the plan"], target_chart(), (areas_chart(),)),),
        ),
    )


@pytest.fixture(name="overview")
def _overview() -> OverviewPage:
    return overview_page()


@pytest.fixture(name="priorities")
def _priorities() -> tuple[PriorityPage, ...]:
    return priority_pages()
