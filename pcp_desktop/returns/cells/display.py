"""A cell as the workbook shows it, near enough for a person to find it again."""

from __future__ import annotations

import re
from datetime import date, datetime

from pcp_desktop.domain.formats import number
from pcp_desktop.domain.periods import MONTH_NAMES
from pcp_desktop.returns.cells.values import LARGEST
from pcp_desktop.returns.files.workbook import CellValue, Sheet

_MOST_ROWS, _MOST_COLUMNS = 400, 80


def shown(value: CellValue, form: str = "") -> str:
    """The text of a value under a number format (`#,##0`, `0.0%`, `mmm-yy`); an empty string for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return _date(value, form.lower())
    if isinstance(value, float):
        return _number(value, form)
    return str(value)


def texts(sheet: Sheet) -> tuple[tuple[str, ...], ...]:
    """A sheet's displayed texts, its first 400 rows and 80 columns."""
    return tuple(
        tuple(
            sheet.errors.get((row, column)) or shown(value, sheet.formats.at(row, column))
            for column, value in enumerate(cells[:_MOST_COLUMNS])
        )
        for row, cells in enumerate(sheet.rows[:_MOST_ROWS])
    )


def _date(value: date, form: str) -> str:
    if "d" not in form and "m" in form:
        month = MONTH_NAMES[value.month]
        return f"{month} {value.year}" if "yyyy" in form else f"{month[:3]}-{value:%y}"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}"


def _number(value: float, form: str) -> str:
    if not abs(value) < LARGEST:
        return repr(value)
    sections = re.sub(r"\[[^\]]*\]", "", form).split(";")
    if value == 0 and len(sections) > 2:
        chosen = sections[2]
        if "0" not in chosen and "#" not in chosen:
            # A question mark is a place for a digit that nil leaves blank.
            return re.sub(r"_.|\*.|[\"\\?]", "", chosen)
    negative_section = value < 0 and len(sections) > 1
    chosen = sections[1] if negative_section else sections[0]
    if "%" in chosen:
        return f"{number(value * 100, _decimals(chosen))}%"
    if "0" not in chosen and "#" not in chosen:
        return number(value).replace(",", "") if value.is_integer() else repr(value)
    size = number(abs(value), _decimals(chosen))
    text = size if "," in chosen else size.replace(",", "")
    text = f"£{text}" if "£" in chosen else text
    if value >= 0:
        return text
    return f"({text})" if negative_section and "(" in chosen else f"−{text}"


def _decimals(form: str) -> int:
    found = re.search(r"\.([0#?]+)", form)
    return len(found[1]) if found else 0
