"""The control chart of a series in a file, without a panel file: read, judged, and drawn if a picture is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pcp_desktop.analysis.attribute_charts import ChartType
from pcp_desktop.analysis.control_chart import SEVEN, Rules
from pcp_desktop.analysis.dated_chart import DatedChart, Seasonal, Wanted, chart_of
from pcp_desktop.analysis.pages import dated_chart as page
from pcp_desktop.domain.measures import Polarity
from pcp_desktop.errors import UserError
from pcp_desktop.returns import series_file

PICTURES = (".png", ".svg", ".pdf")


def day_of(text: str) -> date | None:
    """The day that a text says, in the ways that a series may write it; None where it says none."""
    return series_file.day_of(text)


def chart_file(
    path: Path,
    *,
    better: str = Polarity.NEUTRAL.value,
    rebase: Sequence[date] = (),
    first: int | None = None,
    screening: bool = True,
    target: float | None = None,
    kind: str | None = None,
    seasonal: str = Seasonal.AUTO.value,
    shift: int = SEVEN.run_length,
    trend: int = SEVEN.trend_length,
    out: Path | None = None,
) -> DatedChart:
    """The chart of the series in `path`; with `out`, drawn there as .png, .svg or .pdf too.

    `better` is a Polarity, `kind` a ChartType and `seasonal` a Seasonal, by their values; `shift` and `trend` are how
    many points make one, 6 to 8. Raises UserError for a file that is no series, a wish that the series does not
    allow, and a picture that cannot be written.
    """
    if out is not None and out.suffix.lower() not in PICTURES:
        raise UserError(
            f"{out.name} cannot be a picture of a chart.",
            "No chart was made.",
            f"Give the file a name that ends in {', '.join(PICTURES[:-1])} or {PICTURES[-1]}.",
        )
    wanted = Wanted(
        better=Polarity(better),
        rebase=tuple(rebase),
        first=first,
        screening=screening,
        target=target,
        kind=None if kind is None else ChartType(kind),
        seasonal=Seasonal(seasonal),
        rules=Rules(shift, trend),
    )
    chart = chart_of(series_file.read(path), wanted)
    if out is not None:
        from pcp_desktop.papers import charts

        charts.picture(page.build(chart), out)
    return chart
