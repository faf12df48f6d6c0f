"""One chart of every kind that the program draws, from the sample quarter and from made-up series; no ink here.

What the sample quarter has comes from it; the rest is reckoned from made-up figures by the same analysis.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from pcp_desktop.analysis.attribute_charts import ChartType
from pcp_desktop.analysis.dated_chart import Wanted, chart_of
from pcp_desktop.analysis.pages import dated_chart, priority
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.judgements import ChosenLimits, LimitsOrigin
from pcp_desktop.domain.measures import Break, Event, Measure, Polarity, StatusRule
from pcp_desktop.domain.observations import Marker, Observation
from pcp_desktop.domain.pages import ChartKind, ChartSpec, MeasurePanel, PriorityPage
from pcp_desktop.domain.periods import month, twelve_months_to
from pcp_desktop.domain.plans import Priority, Theme
from pcp_desktop.domain.written_series import WrittenPoint, WrittenSeries
from tests.analysis.made_facts import PLAN, a_measure, a_proportion, facts_of, monthly, with_base
from tests.analysis.pages.sample import QUARTER, sample_facts

MONTHS = 45  # April 2012 to December 2015


@lru_cache(maxsize=1)
def charts() -> dict[str, ChartSpec]:
    """The charts by name, in the order in which they are looked at."""
    return {**_of_the_sample(), **_of_made_up_measures(), **_of_any_series()}


# ---------------------------------------------------------------- from the sample quarter


def _of_the_sample() -> dict[str, ChartSpec]:
    """The kinds that the sample quarter has, and burglary's again while it is held."""
    pages = {one.code: priority.build(sample_facts(), one.code, QUARTER, Audience.WORKING) for one in _plan()}
    burglary = _panel(pages["SP12"], "domestic-burglary")
    found = {
        "control chart": _kind(burglary, ChartKind.CONTROL),
        "rolling 12 months with projection": _kind(burglary, ChartKind.ROLLING),
        "year on year": _kind(burglary, ChartKind.YEAR_ON_YEAR),
        "most similar group": _kind(burglary, ChartKind.PEERS),
        "funnel": _kind(burglary, ChartKind.FUNNEL),
    }
    panels = [panel for page in pages.values() for panel in page.measures]
    every = [chart for panel in panels for chart in panel.charts]
    found["rolling survey"] = next(
        one for one in every if one.kind is ChartKind.ROLLING and one.series[0].points[-1].low is not None
    )
    found["by area"] = next(one for one in every if one.kind is ChartKind.AREAS)
    found["target, one figure"] = next(one for one in every if one.kind is ChartKind.TARGET and one.length == 1)
    found["line"] = next(one for one in every if one.kind is ChartKind.LINE)
    found["p chart on a target"] = _kind(_panel(pages["SP12"], "burglary-outcomes"), ChartKind.CONTROL)
    found["savings waterfall"] = next(one for one in every if one.kind is ChartKind.SAVINGS)
    found["with a break"] = next(one for one in every if one.breaks)
    waiting = replace(sample_facts(), clearances=(_board("domestic-burglary"),))
    held = priority.build(waiting, "SP12", QUARTER, Audience.WORKING)
    found["held, control chart"] = _kind(_panel(held, "domestic-burglary"), ChartKind.CONTROL)
    return found


def _plan() -> Sequence[Priority]:
    return sample_facts().plan.priorities


def _board(code: str) -> Clearance:
    return Clearance(code, ClearanceState.EXEMPT, QUARTER.end)


def _panel(page: PriorityPage, code: str) -> MeasurePanel:
    return next(panel for panel in page.measures if panel.row.measure == code)


def _kind(panel: MeasurePanel, kind: ChartKind) -> ChartSpec:
    return next(chart for chart in panel.charts if chart.kind is kind)


# ---------------------------------------------------------------- made-up measures of a panel file


def _of_made_up_measures() -> dict[str, ChartSpec]:
    """What a panel file can hold and the sample quarter does not."""
    wave = [round(300 + 70 * math.cos(2 * math.pi * (at - 3) / 12) + noise(at, 22)) for at in range(MONTHS)]
    steady = [round(240 + noise(at, 30)) for at in range(MONTHS)]
    fallen = [round(value - (62 if at >= 24 else 0)) for at, value in enumerate(steady)]
    gaps: list[float | None] = [None if at in (5, 17, 18, 31, 43) else value for at, value in enumerate(steady)]
    rare = [float((at * 7 + at // 5) % 3) for at in range(MONTHS)]
    level = ChosenLimits(
        "m", PLAN.area, LimitsOrigin.NEW_LEVEL, date(2014, 4, 1), None, "Patrols were doubled in April 2014"
    )
    cut = Break("m", date(2013, 11, 1), "recorded under the new counting rules of November 2013")
    return {
        "expected range that follows the year": _main(wave),
        "new level": _main(fallen, limits=(level,)),
        "break and crowded events": _main(
            fallen,
            breaks=(cut,),
            events=(
                Event(date(2013, 12, 9), "Operation Tiger begins"),
                Event(date(2014, 1, 20), "New recording system goes live"),
                Event(date(2015, 11, 2), "Winter campaign"),
            ),
        ),
        "months missing": _main(gaps),
        "run chart, too few to judge": _main(rare),
        "short, trial limits": _main(steady[-7:], first=(2015, 6)),
        "target over time": _target(),
        "markers": _main(steady, marked={40: Marker.REVISED, 43: Marker.PROVISIONAL, 44: Marker.PROVISIONAL}),
    }


def _target() -> ChartSpec:
    """A survey's rolling percentage at the end of each quarter, held against a target."""
    measure = a_proportion(
        "m", label="Callers who were satisfied", status_rule=StatusRule.AGAINST_TARGET, target=85.0, decimals=1
    )
    ends = [twelve_months_to(2013 + (at * 3 + 2) // 12, (at * 3 + 2) % 12 + 1) for at in range(12)]
    items = [
        item
        for at, end in enumerate(ends)
        for item in with_base(measure, end, 400 - 4 * at + round(noise(at, 4)), 480)
    ]
    return _chart_of(facts_of([measure], items))


def noise(at: int, size: float) -> float:
    """Made-up scatter of a position, the same every time, between −`size` and `size`."""
    return size * (math.sin(at * 12.9898) * 43758.5453 % 2 - 1)


def _main(
    values: Sequence[float | None],
    *,
    first: tuple[int, int] = (2012, 4),
    breaks: Sequence[Break] = (),
    events: Sequence[Event] = (),
    limits: Sequence[ChosenLimits] = (),
    marked: dict[int, Marker] | None = None,
) -> ChartSpec:
    """The main chart of a made-up monthly count."""
    measure = a_measure(label="Thefts from vehicles", short_label="Thefts from vehicles")
    facts = facts_of([measure], _marked(measure, values, first, marked or {}), breaks)
    return _chart_of(replace(facts, events=tuple(events), limits=tuple(limits)))


def _chart_of(facts: Facts) -> ChartSpec:
    """The main chart of the only measure."""
    plan = replace(PLAN, themes=(Theme("Thefts", (Priority("SP1", "Thefts"),)),))
    page = priority.build(replace(facts, plan=plan), "SP1", QUARTER, Audience.WORKING)
    (panel,) = page.measures
    assert panel.main is not None
    return panel.main


def _marked(
    measure: Measure, values: Sequence[float | None], first: tuple[int, int], marked: dict[int, Marker]
) -> list[Observation]:
    days = {month(*first).shifted(at).end: marker for at, marker in marked.items()}
    return [replace(one, marker=days.get(one.key.period.end, one.marker)) for one in monthly(measure, values, first)]


# ---------------------------------------------------------------- the chart of any series


def _of_any_series() -> dict[str, ChartSpec]:
    """The kinds of limits that are asked for by name, of series in files."""
    bases = [round(640 + noise(at, 180)) for at in range(36)]
    shares = [(round(base * (0.62 + noise(at + 50, 0.04))), base) for at, base in enumerate(bases)]
    spread = [(round(base * (0.62 + noise(at + 50, 0.11))), base) for at, base in enumerate(bases)]
    people = [(round(base * 0.021 + noise(at + 9, 4)), base) for at, base in enumerate(bases)]
    years = [(4_000.0 + noise(at, 300), None) for at in range(9)]
    return {
        "p chart": _dated("answered within 20 minutes", shares, ChartType.P),
        "Laney p′ chart": _dated("answered within 20 minutes", spread, ChartType.LANEY_P, target=65.0),
        "u chart": _dated("complaints per 100 officers", people, ChartType.U),
        "c chart": _dated("firearm discharges", [(abs(round(noise(at, 9))), None) for at in range(36)], ChartType.C),
        "new limits from a date": _dated(
            "calls", [(900 + noise(at, 60) - 150 * (at > 17), None) for at in range(36)], None,
            rebase=(date(2014, 10, 1),),
        ),
        "one figure a year": _dated("thefts a year", years, None, step=12),
    }  # fmt: skip


def _dated(
    name: str,
    figures: Sequence[tuple[float, float | None]],
    kind: ChartType | None,
    *,
    target: float | None = None,
    rebase: tuple[date, ...] = (),
    step: int = 1,
) -> ChartSpec:
    """The chart of a made-up series, one figure every `step` months from April 2013."""
    start = month(2013, 4)
    points = tuple(
        WrittenPoint(
            at + 2,
            start.shifted(at * step).start,
            events if base is None else 100 * events / base,
            None if base is None else events,
            base,
        )
        for at, (events, base) in enumerate(figures)
    )
    written = WrittenSeries(name, f"{name}.csv", points)
    wanted = Wanted(better=Polarity.HIGHER if target else Polarity.LOWER, target=target, kind=kind, rebase=rebase)
    return dated_chart.build(chart_of(written, wanted))
