"""The `chart` command: its options, the shape of its answer, and the same in words."""

from __future__ import annotations

import argparse
import math
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcp_desktop.cli.answers import DONE, Answer, Arguments
from pcp_desktop.domain.formats import counted, number

if TYPE_CHECKING:
    from pcp_desktop.analysis.control_chart import ControlPoint
    from pcp_desktop.analysis.dated_chart import DatedChart

Shape = dict[str, Any]
KINDS = ("xmr", "p", "u", "c", "pp", "uu")
_DIRECTIONS = {1: "up", -1: "down", 0: None}
_LABELS = {
    "outside": "outside a limit",
    "trend": "in a trend",
    "two_of_three": "one of two of three near a limit",
    "shift": "in a run on one side of the mean",
}
_VARIATIONS = {
    "improvement": "an improvement",
    "concern": "a concern",
    "neutral": "a change, neither good nor bad",
    "common cause": "no signal (common cause)",
}


def add_options(command: Arguments) -> None:
    """The series and the options of `chart`."""
    command.add_argument("series", type=Path, metavar="SERIES.csv", help="date,value[,numerator,denominator]")
    command.add_argument("--better", choices=["lower", "higher", "neutral"], default="neutral")
    command.add_argument(
        "--rebase", action="append", type=_day, default=[], metavar="DATE", help="first point of a new group"
    )
    command.add_argument("--first", type=_count, metavar="N", help="how many points set the limits of each group")
    command.add_argument(
        "--no-screening", action="store_true", help="keep moving ranges that are out of the ordinary"
    )
    command.add_argument("--target", type=_number, metavar="T")
    command.add_argument("--kind", choices=KINDS, help="the kind of chart; limits are then drawn even of few data")
    command.add_argument("--seasonal", choices=["auto", "on", "off"], default="auto")
    for rule, what in (("--shift", "on one side of the mean"), ("--trend", "rising or falling")):
        command.add_argument(rule, type=int, choices=[6, 7, 8], default=7, help=f"points {what} that make a signal")
    command.add_argument("--out", type=Path, metavar="FILE.png|.svg|.pdf", help="draw the chart too")


def run(options: argparse.Namespace) -> Answer:
    """The chart of a series in a file."""
    from pcp_desktop.workspace.series_chart import chart_file

    chart = chart_file(
        options.series,
        better=options.better,
        rebase=options.rebase,
        first=options.first,
        screening=not options.no_screening,
        target=options.target,
        kind=options.kind,
        seasonal=options.seasonal,
        shift=options.shift,
        trend=options.trend,
        out=options.out,
    )
    return DONE, shape(chart, options.out), in_words(chart, options.out)


def _day(text: str) -> date:
    from pcp_desktop.workspace.series_chart import day_of

    day = day_of(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"“{text}” is no date; write it as 2015-04-01")
    return day


def _count(text: str) -> int:
    if not re.fullmatch("[0-9]{1,6}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number of points, at least 1")
    return int(text)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError("a number")
    return value


def shape(chart: DatedChart, out: Path | None) -> Shape:
    """The answer as JSON: one point a row of the file, in the order of the dates."""
    rows = zip(chart.series.points, chart.points, strict=True)
    wanted = chart.wanted
    return {
        "points": [_point_shape(written.day, point) for written, point in rows],
        "variation": chart.variation.value,
        "assurance": chart.assurance.value if chart.assurance is not None else None,
        "method": chart.chart.method,
        "settings": {
            "kind": chart.chart.kind.value if chart.chart.limited else "run",
            "limits": chart.chart.settings,
            "screening": wanted.screening,
            "first": wanted.first,
            "rebase": [day.isoformat() for day in wanted.rebase],
            "seasonal": chart.chart.seasonal,
            "shift": wanted.rules.run_length,
            "trend": wanted.rules.trend_length,
            "better": wanted.better.value,
            "target": wanted.target,
        },
        "caveats": list(chart.caveats),
        "suggested_steps": [
            {
                "date": chart.day_of(step).isoformat(),
                "before": step.before,
                "after": step.after,
                "change_percent": step.change_percent,
                "p_value": step.p_value,
            }
            for step in chart.steps
        ],
        "picture": None if out is None else str(out),
    }


def _point_shape(day: date, point: ControlPoint) -> Shape:
    return {
        "date": day.isoformat(),
        "value": point.value,
        "mean": point.mean,
        "lower": point.lower,
        "upper": point.upper,
        "near_lower": point.near_lower,
        "near_upper": point.near_upper,
        "group": point.group + 1,
        "label": point.signal.value,
        "direction": _DIRECTIONS[point.rising],
    }


def in_words(chart: DatedChart, out: Path | None) -> str:
    """The answer for reading: the kind of chart, the limits in force, what the last point means, and every label."""
    from pcp_desktop.analysis.pages.dated_chart import limit_decimals

    finest = max(2, limit_decimals(chart))
    known = [point for point in chart.points if point.value is not None]
    lines = [f"{chart.series.file}: {counted(len(known), 'figure')}, {chart.chart.method}."]
    last = chart.points[-1]
    if last.mean is not None:
        ends = (last.mean, last.lower, last.upper)
        mean, lower, upper = ("–" if end is None else number(end, finest) for end in ends)
        lines.append(f"At the end: mean {mean}, limits {lower} to {upper}.")
    final = chart.chart.last
    judged = final is not None and final.mean is not None
    meaning = f"shows {_VARIATIONS[chart.variation.value]}" if judged else "cannot be judged without limits"
    lines.append(f"The last figure {meaning}.")
    if chart.assurance is not None:
        lines.append(f"Target {number(chart.wanted.target or 0.0, finest)}: {chart.assurance.value}.")
    labelled = [
        f"  {written.day.isoformat()}  {number(point.value, finest)}  {_LABELS[point.signal.value]}"
        for written, point in zip(chart.series.points, chart.points, strict=True)
        if point.value is not None and point.rising
    ]
    none = ["No signals."] if chart.chart.limited else []
    lines += [f"{counted(len(labelled), 'figure')} with a signal:", *labelled] if labelled else none
    lines += [f"Note: {words}" for words in chart.caveats]
    lines += [f"The chart is drawn in {out}."] if out is not None else []
    return "\n".join(lines)
