"""Numbers that name rows and columns instead of counting: years, quarters, ages, column numbers. Finds no tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from pcp_desktop.returns.cells import periods
from pcp_desktop.returns.cells.sorts import Sort
from pcp_desktop.returns.files.workbook import CellValue, Sheet

_LONG = 40
_SHORT_TITLE = 12
_LEAST_YEARS = 3
_RECENT = 1990
_MOST_TABLES = 100
_HIGHEST_START = 120
_YEAR_HEADING = re.compile(r"\byears?\b|\bperiod\b|\bdate\b|\btime\b|\Aas (?:at|of)\b", re.IGNORECASE)
_QUARTER_HEADING = re.compile(r"\b(?:quarter|qtr)\b", re.IGNORECASE)
_PAGE_HEADING = re.compile(r"pages?(?: (?:no\.?|numbers?))?", re.IGNORECASE)
_CODES_HEADING = re.compile(
    r"(?:\w+ )?(?:codes?|identifiers?|ids?|cdids?)|(?:SIC|SOC|COICOP|SITC|NACE|ICD)[ -]?(?:\d{2,4})?(?: codes?)?",
    re.IGNORECASE,
)
_WEEK_HEADING = re.compile(r"weeks?(?:\s+(?:no\.?|numbers?))?:?", re.IGNORECASE)
_WEEK_DAYS = re.compile(r"(?:weeks? )?(?:end|ended|ending|commencing|beginning|starting)\b|w/?[ce]\b", re.IGNORECASE)
_MOST_WEEKS = 53
_MONTH_HEADING = re.compile(r"\bmonth\b", re.IGNORECASE)
_QUARTERS = ("Q1", "Q2", "Q3", "Q4")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_WORDED = re.compile(r"[a-z][a-z ]{2,}", re.IGNORECASE)
_SIX_DIGITS = re.compile(r"((?:19|20)\d\d)(\d\d)")
_YEAR_AND_MONTH = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])")
_FUSED = re.compile(r"((?:19|20)\d\d)\d")
Sorts = list[list[Sort]]


class _Numbers:
    """The figures of a sheet by row and by column, while some of them are given another sort."""

    def __init__(self, sheet: Sheet, sorts: Sorts) -> None:
        self.sheet, self.sorts = sheet, sorts
        self._rows = [[column for column, sort in enumerate(line) if sort is Sort.FIGURE] for line in sorts]
        self._columns: list[list[int]] = [[] for _ in range(sheet.width)]
        for row, columns in enumerate(self._rows):
            for column in columns:
                self._columns[column].append(row)

    def in_row(self, row: int) -> list[int]:
        """The columns of a row's figures."""
        return self._rows[row]

    def in_column(self, column: int) -> list[int]:
        """The rows of a column's figures."""
        return self._columns[column]

    def values(self, row: int) -> list[CellValue]:
        """The figures of a row."""
        return [self.sheet.rows[row][column] for column in self._rows[row]]

    def name(self, places: Iterable[tuple[int, int]], sort: Sort) -> None:
        """Say that these numbers name something."""
        changed = [(row, column) for row, column in places if self.sorts[row][column] is Sort.FIGURE]
        for row, column in changed:
            self.sorts[row][column] = sort
        for row in {row for row, _ in changed}:
            self._rows[row] = [column for column in self._rows[row] if self.sorts[row][column] is Sort.FIGURE]
        for column in {column for _, column in changed}:
            self._columns[column] = [row for row in self._columns[column] if self.sorts[row][column] is Sort.FIGURE]


def name_rows_and_columns(sheet: Sheet, sorts: Sorts) -> dict[tuple[int, int], str]:
    """Change the sorts of numbers that name rows or columns; gives words for those that say a quarter or a month."""
    _words_among_headings(sheet, sorts)
    numbers = _Numbers(sheet, sorts)
    fused = _fused_years(numbers)
    _years_running_on(numbers)
    _week_numbers(numbers)
    for rows in _bands(sheet, sorts):
        _years_along_rows(numbers, rows)
        _runs_along_rows(numbers, rows)
    _numbers_among_headings(numbers)
    _years_down_columns(numbers)
    _years_alone(numbers)
    _numbered_titles(numbers)
    _page_numbers(numbers)
    _codes_along_rows(numbers)
    said = fused | _months_running_on(numbers) | _years_in_six_digits(numbers) | _numbered_parts(numbers)
    return said | _quarter_beside_its_name(numbers)


def _week_numbers(numbers: _Numbers) -> None:
    """The numbers of weeks, which say no period, along a row or down a column beside the days that end the weeks."""
    for row, line in enumerate(numbers.sheet.rows):
        for column, label in enumerate(line):
            if not isinstance(label, str) or not _WEEK_HEADING.fullmatch(label.strip()):
                continue
            along = [(row, other) for other in numbers.in_row(row)]
            down = [(other, column) for other in numbers.in_column(column) if other > row]
            for places, beside in ((along, (row + 1, column)), (down, (row, column + 1))):
                days = numbers.sheet.value(*beside) if beside[0] < len(numbers.sheet.rows) else None
                if len(places) >= _LEAST_YEARS and isinstance(days, str) and _WEEK_DAYS.match(days.strip()):
                    weeks = [numbers.sheet.rows[at][across] for at, across in places]
                    if all(isinstance(week, float) and 1 <= week <= _MOST_WEEKS for week in weeks):
                        numbers.name(places, Sort.NOTHING)


def _words_among_headings(sheet: Sheet, sorts: Sorts) -> None:
    """Words that may stand for no value, in a row of words right over figures, are headings: `Men`, `Unknown`."""
    for row, line in enumerate(sorts[:-1]):
        if Sort.MISSING not in line or Sort.FIGURE in line:
            continue
        worded = [
            column for column, sort in enumerate(line)
            if sort is Sort.MISSING and _WORDED.fullmatch(str(sheet.rows[row][column]).strip())
        ]  # fmt: skip
        below = next((later for later in sorts[row + 1 : row + 4] if Sort.FIGURE in later), [])
        over = [column for column, sort in enumerate(below) if sort is Sort.FIGURE and line[column] is Sort.WORDS]
        if over and len(worded) == line.count(Sort.MISSING):
            for column in worded:
                line[column] = Sort.WORDS


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


def is_year(value: CellValue) -> bool:
    """Whether a number may be a year."""
    return isinstance(value, float) and periods.parse(value) is not None


def _fused_years(numbers: _Numbers) -> dict[tuple[int, int], str]:
    """Years as text with the digit of a footnote at their end, beside the year before or after: 2013, `20142`."""
    said: dict[tuple[int, int], str] = {}
    for row in range(len(numbers.sorts)):
        for place, column in enumerate(numbers.in_row(row)):
            value = numbers.sheet.rows[row][column]
            found = _FUSED.fullmatch(value) if isinstance(value, str) else None
            beside = numbers.values(row)[max(0, place - 1) : place + 2] if found else []
            if found and {float(found[1]) - 1, float(found[1]) + 1}.intersection(map(_number, beside)):
                said[row, column] = found[1]
    numbers.name(said, Sort.PERIOD)
    return said


def _number(value: CellValue) -> float:
    return float(value) if isinstance(value, float | str) and re.fullmatch(r"[\d.]+", str(value)) else 0.0


def _years_running_on(numbers: _Numbers) -> None:
    """Numbers that run on as years along a row or down a column are periods and not figures."""
    for row in range(len(numbers.sorts)):
        columns = numbers.in_row(row)
        years = _years_among(numbers.values(row)) if len(columns) > 1 else []
        numbers.name([(row, columns[place]) for place in years], Sort.PERIOD)
    for column in range(numbers.sheet.width):
        rows = numbers.in_column(column)
        years = _years_among([numbers.sheet.rows[row][column] for row in rows])
        numbers.name([(rows[place], column) for place in years], Sort.PERIOD)


def _months_running_on(numbers: _Numbers) -> dict[tuple[int, int], str]:
    """Years and months written as one number (201504) that run on along a row or down a column; gives their words."""
    said: dict[tuple[int, int], str] = {}
    lines = [[(row, column) for column in numbers.in_row(row)] for row in range(len(numbers.sorts))]
    lines += [[(row, column) for row in numbers.in_column(column)] for column in range(numbers.sheet.width)]
    for places in lines:
        months = [_month_counted(numbers.sheet.rows[row][column]) for row, column in places]
        steps = {later - earlier for earlier, later in pairwise(months)}
        if len(places) >= _LEAST_YEARS and 0 not in months and steps in ({1}, {-1}):
            for place, counted in zip(places, months, strict=True):
                said[place] = f"{_MONTHS[counted % 12]} {counted // 12}"
    numbers.name(said, Sort.PERIOD)
    return said


def _years_in_six_digits(numbers: _Numbers) -> dict[tuple[int, int], str]:
    """Years written as 201819 down a column headed as one of years or periods; gives their words, `2018/19`."""
    said: dict[tuple[int, int], str] = {}
    for column in range(numbers.sheet.width):
        rows = numbers.in_column(column)
        if not rows or not _YEAR_HEADING.search(_heading(numbers, column).replace("_", " ")):
            continue
        found = [_SIX_DIGITS.fullmatch(f"{value:g}" if isinstance(value, float) else str(value).strip())
                 for value in (numbers.sheet.rows[row][column] for row in rows)]  # fmt: skip
        years = [(one[1], one[2]) for one in found if one and (int(one[1]) + 1) % 100 == int(one[2])]
        if len(years) == len(rows) and any(int(second) > len(_MONTHS) for _, second in years):
            said |= {(row, column): f"{first}/{second}" for row, (first, second) in zip(rows, years, strict=True)}
    numbers.name(said, Sort.PERIOD)
    return said


def _month_counted(value: CellValue) -> int:
    """The months from the year nought to a number such as 201504, in figures or text; 0 where it is none."""
    found = _YEAR_AND_MONTH.fullmatch(f"{value:g}" if isinstance(value, float) else str(value).strip())
    return 12 * int(found[1]) + int(found[2]) - 1 if found else 0


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


def _years_along_rows(numbers: _Numbers, rows: Sequence[int]) -> None:
    """A row of nothing but years over other figures, right below words or at the top, heads its columns."""
    for place, row in enumerate(rows):
        columns = numbers.in_row(row)
        years = numbers.values(row)
        if not columns or not all(is_year(year) for year in years):
            continue
        above = rows[place - 1] if place else None
        if above is not None and numbers.in_row(above):
            continue
        if all(_is_year_below(numbers, row, rows[-1], column) for column in columns):
            continue
        headed = above is not None and any(numbers.sorts[above][column] is not Sort.NOTHING for column in columns)
        under_months = above is not None and all(
            _is_partial(numbers.sheet.value(above, column)) for column in columns
        )
        if not headed or under_months or (len(years) > 1 and _is_paired(years)):
            numbers.name([(row, column) for column in columns], Sort.PERIOD)


def _is_partial(value: CellValue) -> bool:
    return isinstance(value, str) and periods.is_partial(value)


def _is_year_below(numbers: _Numbers, row: int, last: int, column: int) -> bool:
    """Whether the next figure below is a year too, or there is none."""
    below = next((later for later in numbers.in_column(column) if row < later <= last), None)
    return below is None or is_year(numbers.sheet.rows[below][column])


def _is_paired(years: Sequence[CellValue]) -> bool:
    """Whether years go up or down by one, stay, or begin again: 2013 2014 2013 2014, 2013 2013 2014 2014."""
    numbers = [year for year in years if isinstance(year, float)]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    begins_again = all(number in numbers[: len(set(numbers))] for number in numbers)
    return begins_again and len(set(numbers)) > 1 and all(abs(step) <= len(set(numbers)) for step in steps)


def _runs_along_rows(numbers: _Numbers, rows: Sequence[int]) -> None:
    """Whole numbers that count on by one above the first figures head their columns: ages, weeks, column numbers.

    They do where their row has no label, or where nothing stands over them.
    """
    sorts = numbers.sorts
    for place, row in enumerate(rows):
        if place and numbers.in_row(rows[place - 1]):
            continue
        columns = _longest_run(numbers.sheet, numbers.in_row(row), row)
        below = rows[place + 1 : place + 4]
        if len(columns) < _LEAST_YEARS or not any(sorts[later][columns[-1]] is Sort.FIGURE for later in below):
            continue
        labelled = any(sort is not Sort.NOTHING for sort in sorts[row][: columns[0]])
        headed = any(sorts[above][column] is not Sort.NOTHING for above in rows[:place] for column in columns[1:])
        if not labelled or not headed:
            numbers.name([(row, column) for column in columns], Sort.WORDS)


def _numbers_among_headings(numbers: _Numbers) -> None:
    """Whole numbers that rise along a row whose other cells are words over figures: percentiles, ages in bands."""
    for row, line in enumerate(numbers.sorts):
        columns, found = numbers.in_row(row), numbers.values(row)
        if len(columns) < _LEAST_YEARS or line.count(Sort.WORDS) < 2 or not _rise(found):
            continue
        below = islice((later for later in range(row + 1, len(numbers.sorts)) if numbers.in_row(later)), _LEAST_YEARS)
        over = {column for later in below for column in numbers.in_row(later) if line[column] is Sort.WORDS}
        if len(over) > 1:
            numbers.name([(row, column) for column in columns], Sort.WORDS)


def _rise(found: Sequence[CellValue]) -> bool:
    whole = [value for value in found if isinstance(value, float) and value.is_integer()]
    return len(whole) == len(found) and all(earlier < later for earlier, later in pairwise(whole))


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


def _heading(numbers: _Numbers, column: int) -> str:
    """The nearest words over the first figure of a column."""
    for above in range(numbers.in_column(column)[0] - 1, -1, -1):
        value = numbers.sheet.rows[above][column]
        if numbers.sorts[above][column] is Sort.WORDS and isinstance(value, str):
            return value
    return ""


def _years_down_columns(numbers: _Numbers) -> None:
    """Years that may repeat, in a column that is headed so or stands left of all figures."""
    for column in range(numbers.sheet.width):
        rows = numbers.in_column(column)
        years = [numbers.sheet.rows[row][column] for row in rows]
        if not rows or not all(is_year(year) for year in years):
            continue
        headed = bool(_YEAR_HEADING.search(_heading(numbers, column)))
        leftmost = all(numbers.in_row(row)[0] == column and len(numbers.in_row(row)) > 1 for row in rows)
        dates = [year for year in years if isinstance(year, float)]
        ordered = dates in (sorted(dates), sorted(dates, reverse=True))
        if headed or (leftmost and ordered and len(rows) > 1):
            numbers.name([(row, column) for row in rows], Sort.PERIOD)


def _years_alone(numbers: _Numbers) -> None:
    """A year alone in its row, or beside a word such as “date”, with figures somewhere below."""
    last = max((row for row in range(len(numbers.sorts)) if numbers.in_row(row)), default=-1)
    for row in range(last):
        if len(numbers.in_row(row)) != 1 or not is_year(numbers.values(row)[0]):
            continue
        filled = [column for column, sort in enumerate(numbers.sorts[row]) if sort is not Sort.NOTHING]
        label = numbers.sheet.rows[row][filled[0]]
        named = len(filled) == 2 and isinstance(label, str) and _YEAR_HEADING.search(label) and len(label) < _LONG
        if len(filled) == 1 or (named and filled[-1] == numbers.in_row(row)[0]):
            numbers.name([(row, filled[-1])], Sort.PERIOD)


def _numbered_titles(numbers: _Numbers) -> None:
    """A small number beside one long line of words, alone in its row, is the number of a title and no figure."""
    for row, line in enumerate(numbers.sorts):
        if len(numbers.in_row(row)) != 1:
            continue
        columns = [column for column, sort in enumerate(line) if sort is not Sort.NOTHING]
        if [line[column] for column in columns] != [Sort.FIGURE, Sort.WORDS]:
            continue
        number, title = (numbers.sheet.rows[row][column] for column in columns)
        headed = row > 0 and numbers.sorts[row - 1][columns[0]] is not Sort.NOTHING
        longest = _LONG if headed else _SHORT_TITLE
        if isinstance(number, float) and 0 < number < _MOST_TABLES and len(str(title)) > longest:
            numbers.name([(row, columns[0])], Sort.NOTHING)


def _page_numbers(numbers: _Numbers) -> None:
    """Numbers under “Page” in a list of contents say where, not how many."""
    for column in range(numbers.sheet.width):
        rows = numbers.in_column(column)
        if rows and _PAGE_HEADING.fullmatch(_heading(numbers, column).strip()):
            numbers.name([(row, column) for row in rows], Sort.WORDS)


def _codes_along_rows(numbers: _Numbers) -> None:
    """Numbers in a row that begins with the name of codes (`SIC 2007`, `Identifier`) are codes, beside words."""
    for row, line in enumerate(numbers.sorts):
        columns = numbers.in_row(row)
        first = next((column for column, sort in enumerate(line) if sort is not Sort.NOTHING), None)
        if not columns or first is None or line[first] is not Sort.WORDS or line.count(Sort.WORDS) < 2:
            continue
        if _CODES_HEADING.fullmatch(str(numbers.sheet.rows[row][first]).strip(" :")):
            numbers.name([(row, column) for column in columns], Sort.WORDS)


def _numbered_parts(numbers: _Numbers) -> dict[tuple[int, int], str]:
    """Quarters and months that a column headed so gives by their numbers, beside a column of years."""
    said: dict[tuple[int, int], str] = {}
    for column in range(numbers.sheet.width):
        rows = numbers.in_column(column)
        heading = _heading(numbers, column) if rows else ""
        words = _QUARTERS if _QUARTER_HEADING.search(heading) else _MONTHS if _MONTH_HEADING.search(heading) else ()
        found = {row: value for row in rows if isinstance(value := numbers.sheet.rows[row][column], float)}
        if not words or not all(value in range(1, len(words) + 1) for value in found.values()):
            continue
        if len(found) == len(rows) and all(Sort.PERIOD in numbers.sorts[row] for row in rows):
            said |= {(row, column): words[int(value) - 1] for row, value in found.items()}
    numbers.name(said, Sort.PERIOD)
    return said


def _quarter_beside_its_name(numbers: _Numbers) -> dict[tuple[int, int], str]:
    """The number in a line of its own that says `Quarter`, above or below one that says a year: `Q3`."""
    said: dict[tuple[int, int], str] = {}
    pairs = {row: pair for row, line in enumerate(numbers.sheet.rows) if (pair := _pair(line)) is not None}
    for row, (column, name, value) in pairs.items():
        beside = [pairs[near] for near in (row - 1, row + 1) if near in pairs]
        quarter = _number(value)
        if (
            _QUARTER_HEADING.fullmatch(name)
            and quarter in range(1, len(_QUARTERS) + 1)
            and any(_YEAR_HEADING.search(other) and periods.parse(year) is not None for _, other, year in beside)
        ):
            said[row, column] = _QUARTERS[int(quarter) - 1]
    numbers.name(said, Sort.PERIOD)
    return said


def _pair(line: Sequence[CellValue]) -> tuple[int, str, CellValue] | None:
    """The place of what stands beside a name, the name and what it is, where a row holds nothing else."""
    filled = [(column, value) for column, value in enumerate(line) if value is not None]
    if len(filled) != 2 or not isinstance(filled[0][1], str):
        return None
    return filled[1][0], filled[0][1].strip(" :"), filled[1][1]
