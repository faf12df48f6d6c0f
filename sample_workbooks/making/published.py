"""The totals that the samples are made from, and the months and quarters that they cover."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pcp_desktop.domain import periods
from pcp_desktop.domain.periods import Period

WHOLE_AREA = "Leicester, Leicestershire and Rutland"
AS_PUBLISHED = "Monthly profile illustrative; totals as published"
ILLUSTRATIVE = "Illustrative"
RETURN_PERIOD = "Q3 2015/16"
MONTHS: tuple[Period, ...] = tuple(periods.month(2012, 4).shifted(number) for number in range(45))
QUARTERS: tuple[Period, ...] = tuple(periods.quarter(2012, 1).shifted(3 * number) for number in range(15))
ROLLING: tuple[Period, ...] = tuple(periods.twelve_months_to(2013, 3).shifted(3 * number) for number in range(12))


@cache
def totals() -> dict[str, Any]:
    """The content of published_totals.json."""
    path = Path(__file__).resolve().parent.parent / "published_totals.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def short_month(period: Period) -> str:
    """A month as a spreadsheet shows it: `Dec-15`."""
    return f"{periods.MONTH_NAMES[period.end.month][:3]}-{period.end.year % 100:02d}"


def rolling_label(period: Period) -> str:
    """A 12 month period in the survey team's short form: `12 months to Dec 15`."""
    return f"12 months to {periods.MONTH_NAMES[period.end.month][:3]} {period.end.year % 100:02d}"
