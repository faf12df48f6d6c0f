"""Numbers that name rows and columns instead of counting: years, quarters, ages, column numbers. Finds no tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pcp_desktop.returns import periods
from pcp_desktop.returns.sorts import Sort
from pcp_desktop.returns.workbook import CellValue, Sheet

_LONG = 40
_LEAST_YEARS = 3
_RECENT = 1990
_MOST_TABLES = 100
_HIGHEST_START = 120
_YEAR_HEADING = re.compile(r"\byears?\b|\bperiod\b|\bdate\b|\btime\b", re.IGNORECASE)
_QUARTER_HEADING = re.compile(r"\b(?:quarter|qtr)\b", re.IGNORECASE)
_PAGE_HEADING = re.compile(r"pages?(?: (?:no\.?|numbers?))?", re.IGNORECASE)
_MONTH_HEADING = re.compile(r"\bmonth\b", re.IGNORECASE)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_FUSED = re.compile(r"((?:19|20)\d\d)\d")
Sorts = list[list[Sort]]


def name_rows_and_columns(sheet: Sheet, sorts: Sorts) -> dict[tuple[int, int], str]:
    """Change the sorts of numbers that name rows or columns; gives words for those that say a quarter or a month."""
    fused = _fused_years(sheet, sorts)
    _years_running_on(sheet, sorts)
    for rows in _bands(sheet, sorts):
        _years_along_rows(sheet, sorts, rows)
        _runs_along_rows(sheet, sorts, rows)
    _numbers_among_headings(sheet, sorts)
    _years_down_columns(sheet, sorts)
    _years_alone(sheet, sorts)
    _numbered_titles(sheet, sorts)
    _page_numbers(sheet, sorts)
    return fused | _numbered_parts(sheet, sorts)


def _bands(sheet: Sheet, sorts: Sorts) -> Iterator[list[int]]:
    rows: list[int] = []
    for row, line in enumerate(sorts):
        if any(sort is not Sort.NOTHING for sort in line):
            rows.append(row)
        elif rows and row not in sheet.hidden_rows:
            yield rows
            rows = []
    if rows:
        yield rows


def _figures(sorts: Sorts, row: int) -> list[int]:
    return [column for column, sort in enumerate(sorts[row]) if sort is Sort.FIGURE]


def is_year(value: CellValue) -> bool:
    """Whether a number may be a year."""
    return isinstance(value, float) and periods.parse(value) is not None


def _fused_years(sheet: Sheet, sorts: Sorts) -> dict[tuple[int, int], str]:
    """Years as text with the digit of a footnote at their end, beside the year before or after: 2013, `20142`."""
    said: dict[tuple[int, int], str] = {}
    for row, line in enumerate(sorts):
        columns = _figures(sorts, row)
        for place, column in enumerate(columns):
            found = _FUSED.fullmatch(str(sheet.rows[row][column]))
            beside = [sheet.rows[row][other] for other in columns[max(0, place - 1) : place + 2]]
            if found and {float(found[1]) - 1, float(found[1]) + 1}.intersection(map(_number, beside)):
                said[row, column] = found[1]
                line[column] = Sort.PERIOD
    return said


def _number(value: CellValue) -> float:
    return float(value) if isinstance(value, float | str) and re.fullmatch(r"[\d.]+", str(value)) else 0.0


def _years_running_on(sheet: Sheet, sorts: Sorts) -> None:
    """Numbers that run on as years along a row or down a column are periods and not figures."""
    for row, line in enumerate(sorts):
        columns = _figures(sorts, row)
        for number in _years_among([sheet.rows[row][column] for column in columns]):
            line[columns[number]] = Sort.PERIOD
    for column in range(sheet.width):
        rows = [row for row, line in enumerate(sorts) if line[column] is Sort.FIGURE]
        for number in _years_among([sheet.rows[row][column] for row in rows]):
            sorts[rows[number]][column] = Sort.PERIOD


def _years_among(numbers: list[CellValue]) -> list[int]:
    """The places of numbers that are years: three or more that run on by one, or two where there are no others.

    Only recent years are told from counts by this alone.
    """
    found: list[int] = []
    run: list[int] = []
    for place, value in enumerate([*numbers, None]):
        recent = is_year(value) and isinstance(value, float) and value >= _RECENT
        if recent and run and _steps(numbers, [*run, place]):
            run.append(place)
            continue
        if len(run) >= _LEAST_YEARS or (len(run) == len(numbers) and len(run) > 1):
            found += run
        run = [place] if recent else []
    return found


def _steps(numbers: list[CellValue], places: list[int]) -> bool:
    years = [value for place in places if isinstance(value := numbers[place], float)]
    return {later - earlier for earlier, later in pairwise(years)} in ({1.0}, {-1.0})


def _years_along_rows(sheet: Sheet, sorts: Sorts, rows: Sequence[int]) -> None:
    """A row of nothing but years over other figures, right below words or at the top, heads its columns."""
    for place, row in enumerate(rows):
        columns = _figures(sorts, row)
        years = [sheet.rows[row][column] for column in columns]
        if not columns or not all(is_year(year) for year in years):
            continue
        if place and _figures(sorts, rows[place - 1]):
            continue
        below = [column for column in columns if not _is_year_below(sheet, sorts, rows[place + 1 :], column)]
        if not below:
            continue
        headed = [column for column in columns if place and sorts[rows[place - 1]][column] is not Sort.NOTHING]
        if not headed or (len(years) > 1 and _is_paired(years)):
            for column in columns:
                sorts[row][column] = Sort.PERIOD


def _is_year_below(sheet: Sheet, sorts: Sorts, rows: Sequence[int], column: int) -> bool:
    """Whether the next figure below is a year too, or there is none."""
    value = next((sheet.rows[row][column] for row in rows if sorts[row][column] is Sort.FIGURE), None)
    return value is None or is_year(value)


def _is_paired(years: Sequence[CellValue]) -> bool:
    """Whether years go up or down by one, stay, or begin again: 2013 2014 2013 2014, 2013 2013 2014 2014."""
    numbers = [year for year in years if isinstance(year, float)]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    begins_again = all(number in numbers[: len(set(numbers))] for number in numbers)
    return begins_again and len(set(numbers)) > 1 and all(abs(step) <= len(set(numbers)) for step in steps)


def _runs_along_rows(sheet: Sheet, sorts: Sorts, rows: Sequence[int]) -> None:
    """Whole numbers that count on by one above the first figures head their columns: ages, weeks, column numbers.

    They do where their row has no label, or where nothing stands over them.
    """
    for place, row in enumerate(rows):
        if place and any(_figures(sorts, above) for above in rows[max(0, place - 1) : place]):
            continue
        columns = _longest_run(sheet, _figures(sorts, row), row)
        if len(columns) < _LEAST_YEARS or not any(sorts[below][columns[-1]] is Sort.FIGURE
                                                  for below in rows[place + 1 : place + 4]):  # fmt: skip
            continue
        labelled = any(sort is not Sort.NOTHING for sort in sorts[row][: columns[0]])
        headed = any(sorts[above][column] is not Sort.NOTHING for above in rows[:place] for column in columns[1:])
        if not labelled or not headed:
            for column in columns:
                sorts[row][column] = Sort.WORDS


def _numbers_among_headings(sheet: Sheet, sorts: Sorts) -> None:
    """Whole numbers that rise along a row whose other cells are words over figures: percentiles, ages in bands."""
    for row, line in enumerate(sorts):
        columns = _figures(sorts, row)
        numbers = [value for column in columns if isinstance(value := sheet.rows[row][column], float)]
        rising = len(numbers) >= _LEAST_YEARS and all(earlier < later for earlier, later in pairwise(numbers))
        if not rising or len(numbers) < len(columns) or not all(number.is_integer() for number in numbers):
            continue
        below = [later for later in range(row + 1, len(sorts)) if _figures(sorts, later)][:_LEAST_YEARS]
        over = {
            column for later in below for column in _figures(sorts, later) if line[column] is Sort.WORDS
        }  # fmt: skip
        if len(over) > 1:
            for column in columns:
                line[column] = Sort.WORDS


def _longest_run(sheet: Sheet, columns: Sequence[int], row: int) -> list[int]:
    run: list[int] = []
    for column in columns:
        value = sheet.rows[row][column]
        if not isinstance(value, float):
            continue
        if run:
            before = sheet.rows[row][run[-1]]
            if not isinstance(before, float) or value != before + 1:
                return run if len(run) >= _LEAST_YEARS else []
            run.append(column)
        elif value.is_integer() and 0 <= value <= _HIGHEST_START:
            run = [column]
    return run


def _heading(sheet: Sheet, sorts: Sorts, row: int, column: int) -> str:
    """The nearest words over a cell."""
    for above in range(row - 1, -1, -1):
        value = sheet.rows[above][column]
        if sorts[above][column] is Sort.WORDS and isinstance(value, str):
            return value
    return ""


def _years_down_columns(sheet: Sheet, sorts: Sorts) -> None:
    """Years that may repeat, in a column that is headed so or stands left of all figures."""
    for column in range(sheet.width):
        rows = [row for row, line in enumerate(sorts) if line[column] is Sort.FIGURE]
        if not rows or not all(is_year(sheet.rows[row][column]) for row in rows):
            continue
        headed = bool(_YEAR_HEADING.search(_heading(sheet, sorts, rows[0], column)))
        leftmost = all(_figures(sorts, row)[0] == column and len(_figures(sorts, row)) > 1 for row in rows)
        numbers = [value for row in rows if isinstance(value := sheet.rows[row][column], float)]
        ordered = numbers in (sorted(numbers), sorted(numbers, reverse=True))
        if headed or (leftmost and ordered and len(rows) > 1):
            for row in rows:
                sorts[row][column] = Sort.PERIOD


def _years_alone(sheet: Sheet, sorts: Sorts) -> None:
    """A year alone in its row, or beside a word such as “date”, with figures somewhere below."""
    last = max((row for row in range(len(sorts)) if _figures(sorts, row)), default=-1)
    for row in range(last):
        filled = [column for column, sort in enumerate(sorts[row]) if sort is not Sort.NOTHING]
        if not filled or sorts[row][filled[-1]] is not Sort.FIGURE or not is_year(sheet.rows[row][filled[-1]]):
            continue
        label = sheet.rows[row][filled[0]]
        named = len(filled) == 2 and isinstance(label, str) and _YEAR_HEADING.search(label) and len(label) < _LONG
        if len(filled) == 1 or named:
            sorts[row][filled[-1]] = Sort.PERIOD


def _numbered_titles(sheet: Sheet, sorts: Sorts) -> None:
    """A small number beside one long line of words, alone in its row, is the number of a title and no figure."""
    for row, line in enumerate(sorts):
        columns = [column for column, sort in enumerate(line) if sort is not Sort.NOTHING]
        if len(columns) != 2 or [line[column] for column in columns] != [Sort.FIGURE, Sort.WORDS]:
            continue
        number, title = (sheet.rows[row][column] for column in columns)
        if isinstance(number, float) and 0 < number < _MOST_TABLES and len(str(title)) > _LONG:
            line[columns[0]] = Sort.NOTHING


def _page_numbers(sheet: Sheet, sorts: Sorts) -> None:
    """Numbers under “Page” in a list of contents say where, not how many."""
    for column in range(sheet.width):
        rows = [row for row, line in enumerate(sorts) if line[column] is Sort.FIGURE]
        if rows and _PAGE_HEADING.fullmatch(_heading(sheet, sorts, rows[0], column).strip()):
            for row in rows:
                sorts[row][column] = Sort.WORDS


def _numbered_parts(sheet: Sheet, sorts: Sorts) -> dict[tuple[int, int], str]:
    """Quarters and months that a column headed so gives by their numbers, beside a column of years."""
    said: dict[tuple[int, int], str] = {}
    for column in range(sheet.width):
        rows = [row for row, line in enumerate(sorts) if line[column] is Sort.FIGURE]
        numbers = {value for row in rows if isinstance(value := sheet.rows[row][column], float)}
        if not rows or not all(Sort.PERIOD in sorts[row] for row in rows):
            continue
        heading = _heading(sheet, sorts, rows[0], column)
        if _QUARTER_HEADING.search(heading) and numbers <= {1.0, 2.0, 3.0, 4.0}:
            said |= {(row, column): f"Q{sheet.rows[row][column]:g}" for row in rows}
        elif _MONTH_HEADING.search(heading) and numbers <= {float(number) for number in range(1, 13)}:
            said |= {(row, column): _MONTHS[int(value) - 1] for row in rows
                     if isinstance(value := sheet.rows[row][column], float)}  # fmt: skip
    for row, column in said:
        sorts[row][column] = Sort.PERIOD
    return said
