"""Where the tables of a sheet are: bands, side-by-side parts, heading rows, label columns, section rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pcp_desktop.returns.cells import titles as title_lines
from pcp_desktop.returns.cells.grid import Grid
from pcp_desktop.returns.cells.sorts import Sort
from pcp_desktop.returns.cells.titles import LONGEST_HEADING
from pcp_desktop.returns.files.workbook import CellValue, Rectangle

_MOST_HEADING_ROWS = 8
_NEAR = 3
_IDENTIFIER = re.compile(
    r"\b(?:code|codes|rank|no|id|ref|reference|week|age|order|row|line|ward|year|quarter|month|period|decile|band|key)\b"
    r"|\Anumber\Z|#",
    re.IGNORECASE,
)

_DURATION = re.compile(r"\s*\d{1,3}:\d\d(?::\d\d)?\s*")
"""Minutes and seconds, or hours and minutes: they stand in the place of figures, and head no column."""
_REFERENCE = re.compile(r"\b(?:codes?|refs?|reference|id|item|kpi|no\.?)(?!\w)|#", re.IGNORECASE)
"""Codes and references may be numbered with a point (`4.1`), and stand beside others with letters."""


@dataclass
class Table:
    """A table on a sheet; rows and columns from 0, last ones included.

    `stubs` are the columns of row labels. `sections` say for a body row which section rows stand over it. `titles`
    are the lines above the table that no other table has taken, the nearest last. `before` is the table that this one
    goes on from under the same headings, after a blank row.
    """

    left: int
    right: int
    headings: list[int]
    body: list[int]
    stubs: list[int]
    titles: list[str]
    sections: dict[int, tuple[str, ...]] = field(default_factory=dict)
    before: Table | None = None

    @property
    def corners(self) -> Rectangle:
        """The table's rectangle, headings included."""
        rows = [*self.headings, *self.body]
        return min(rows), self.left, max(rows), self.right


def tables(grid: Grid) -> list[Table]:
    """The tables of a sheet from the top, those side by side from the left."""
    found: list[Table] = []
    titles: list[str] = []
    waiting: list[int] = []
    for first, last in _bands(grid):
        rows = list(range(first, last + 1))
        if not any(_has_data(grid, row) for row in rows) or title_lines.is_metadata_block(grid, rows):
            if _is_heading_band(grid, rows) and _data_follows(grid, last):
                waiting = rows
                continue
            words = _words_table(grid, rows, titles)
            if words is not None:
                found.append(words)
            titles += [line for row in rows if (line := title_lines.line(grid, row))]
            continue
        rows = [*waiting, *rows]
        waiting = []
        new = _tables_of_band(grid, rows, titles, found)
        found += new
        titles = [] if new else titles
    return found


def all_lines(grid: Grid) -> list[str]:
    """The lines of words that stand outside figures: titles, notes, descriptions."""
    rows = [row for row in range(len(grid.sorts)) if not _has_data(grid, row)]
    return [line for row in rows if (line := title_lines.line(grid, row))]


def heading(grid: Grid, row: int, column: int) -> CellValue:
    """What a cell says as a heading: its own value, or that of the merged cells it belongs to."""
    value = grid.sheet.value(row, column)
    if value is None and (first := grid.spans.get((row, column))) is not None:
        return grid.sheet.value(*first)
    return value


def _bands(grid: Grid) -> list[tuple[int, int]]:
    bands: list[tuple[int, int]] = []
    start: int | None = None
    for row, line in enumerate(grid.sorts):
        blank = all(sort is Sort.NOTHING for sort in line)
        if not blank and start is None:
            start = row
        if blank and start is not None and row not in grid.sheet.hidden_rows:
            bands.append((start, row - 1))
            start = None
    if start is not None:
        bands.append((start, len(grid.sorts) - 1))
    return bands


def _has_data(grid: Grid, row: int, left: int = 0, right: int | None = None) -> bool:
    last = len(grid.sorts[row]) - 1 if right is None else right
    return any(grid.sorts[row][column] in (Sort.FIGURE, Sort.MISSING) for column in range(left, last + 1))


def _is_heading_band(grid: Grid, rows: list[int]) -> bool:
    last_column = grid.sheet.width - 1
    rows = rows[min(_leading_titles(grid, rows, 0, last_column), len(rows) - 1) :]
    filled = grid.filled(rows[-1], 0, last_column)
    full = [row for row in rows if len(grid.filled(row, 0, last_column)) > 1]  # not a lone unit
    return len(full) <= _NEAR and len(filled) >= 2 and not title_lines.is_metadata(grid, rows[-1])


def _data_follows(grid: Grid, row: int) -> bool:
    """Whether figures come next, after more headings or lone labels at most, under the cells filled in `row`."""
    heads = grid.filled(row, 0, grid.sheet.width - 1)
    following = [later for later in range(row + 1, len(grid.sorts)) if any(grid.sorts[later])][:_NEAR]
    for later in following:
        if _has_data(grid, later):
            data = [column for column in heads if grid.sort(later, column) in (Sort.FIGURE, Sort.MISSING)]
            return later <= row + 2 * _NEAR and bool(data)
        texts = [str(grid.sheet.value(later, column)) for column in grid.filled(later, 0, grid.sheet.width - 1)]
        if title_lines.is_metadata(grid, later) or any(len(text) > LONGEST_HEADING for text in texts):
            return False
    return False


def _tables_of_band(grid: Grid, rows: list[int], titles: list[str], earlier: list[Table]) -> list[Table]:
    found: list[Table] = []
    last_column = grid.sheet.width - 1
    above: list[str] = list(titles)
    titled = _leading_titles(grid, rows, 0, last_column)
    lone, rows = rows[:titled], rows[titled:]
    above += [title_lines.line(grid, row) for row in lone]
    for left, right in _side_by_side(grid, rows):
        inside = [row for row in rows if grid.filled(row, left, right)]
        over = next((table for table in reversed(earlier) if table.left <= left and right <= table.right), None)
        found += _stacked(grid, inside, left, right, above, over, lone)
    return found


def _leading_titles(grid: Grid, rows: list[int], left: int, right: int, begins: dict[int, int] | None = None) -> int:
    """How many of the first rows are titles. `begins` is what `_begins_below` says of these rows."""
    begins = _begins_below(grid, rows, left, right) if begins is None else begins
    last = rows[-1] if rows else -1
    titled = (_is_title(grid, row, left, right, begins[row], row != last) for row in rows)
    return next((number for number, is_title in enumerate(titled) if not is_title), len(rows))


def _begins_below(grid: Grid, rows: list[int], left: int, right: int) -> dict[int, int]:
    """For each row the leftmost column that is filled in any row after it; beyond the edge where none is."""
    begins = {}
    leftmost = right + 1
    for row in reversed(rows):
        begins[row] = leftmost
        cells = grid.sorts[row]
        leftmost = next((column for column in range(left, leftmost) if cells[column] is not Sort.NOTHING), leftmost)
    return begins


def _is_title(grid: Grid, row: int, left: int, right: int, begins_below: int, more_follows: bool) -> bool:
    """A lone cell of words at the left edge of what follows with no figure beside it, or a line of metadata."""
    if more_follows and title_lines.is_metadata(grid, row, left, right):
        return True
    filled = grid.filled(row, left, right)
    if len(filled) != 1 or _has_data(grid, row, left, right):
        return False
    return filled[0] <= begins_below or len(str(grid.sheet.value(row, filled[0]))) > LONGEST_HEADING


def _side_by_side(grid: Grid, rows: list[int]) -> list[tuple[int, int]]:
    """Parts divided by blank columns, where the part on the right has row labels of its own."""
    width = grid.sheet.width
    used = [any(grid.sorts[row][column] is not Sort.NOTHING for row in rows) for column in range(width)]
    parts: list[tuple[int, int]] = []
    start = None
    for column in range(width + 1):
        inside = column < width and used[column]
        if inside and start is None:
            start = column
        if not inside and start is not None:
            parts.append((start, column - 1))
            start = None
    joined: list[tuple[int, int]] = []
    for part in parts:
        if joined and not _has_own_labels(grid, rows, part):
            joined[-1] = (joined[-1][0], part[1])
        else:
            joined.append(part)
    return joined


def _has_own_labels(grid: Grid, rows: list[int], part: tuple[int, int]) -> bool:
    data = [row for row in rows if _has_data(grid, row, *part)]
    labels = [grid.sort(row, part[0]) for row in data]
    return bool(data) and sum(sort in (Sort.WORDS, Sort.PERIOD) for sort in labels) * 2 > len(labels)


def _stacked(
    grid: Grid, rows: list[int], left: int, right: int, titles: list[str], earlier: Table | None, lone: list[int]
) -> list[Table]:
    """Tables one under another in a band: a heading row after figures begins the next.

    `lone` are rows that were taken for titles of the band; over figures without headings they name a group.
    """
    found: list[Table] = []
    above = list(titles)
    begins = _begins_below(grid, rows, left, right)
    while rows:
        titled = _leading_titles(grid, rows, left, right, begins)
        above += [title_lines.line(grid, row, left, right) for row in rows[:titled]]
        lone = [*lone, *rows[:titled]]
        rows = rows[titled:]
        first_data = next((number for number, row in enumerate(rows) if _has_data(grid, row, left, right)), None)
        if first_data is None:
            break
        end = _end_of_table(grid, rows, first_data, left, right)
        body = rows[first_data:end]
        stubs = _label_columns(grid, rows[:first_data], body, left, right)
        heads, sections = _heading_rows(grid, rows[:first_data], stubs, left, right)
        above += [
            title_lines.line(grid, row, left, right) for row in rows[:first_data] if row not in (*heads, *sections)
        ]
        inherits = earlier if not heads and earlier and earlier.left <= left and right <= earlier.right else None
        if inherits is not None:
            groups = [row for row in lone if _is_lone_label(grid, row, left, right) and _is_short(grid, row)]
            table = _table(grid, [], [*groups, *sections, *body], (left, right), stubs, above)
            table.headings, table.stubs, table.before = inherits.headings, inherits.stubs, inherits
            table.titles = [*inherits.titles, *table.titles]
        else:
            table = _table(grid, heads, [*sections, *body], (left, right), stubs, above)
        found.append(table)
        earlier = earlier if inherits is not None or not heads else table
        rows = rows[end:]
        above = []
        lone = []
    return found


def _is_short(grid: Grid, row: int) -> bool:
    return len(title_lines.line(grid, row)) <= LONGEST_HEADING


def _heading_rows(
    grid: Grid, rows: list[int], stubs: list[int], left: int, right: int
) -> tuple[list[int], list[int]]:
    """Of the rows above the first figures those that head the columns, and lone labels below these: section rows."""
    first_column = stubs[-1] + 1 if stubs else left
    sections: list[int] = []
    for row in reversed(rows):
        if not _is_lone_label(grid, row, left, right) or grid.filled(row, left, right)[0] >= first_column:
            break
        sections.insert(0, row)
    rest = rows[: len(rows) - len(sections)]
    heads: list[int] = []
    for row in reversed(rest[-_MOST_HEADING_ROWS:]):
        over = grid.filled(row, first_column, right)
        texts = [str(grid.sheet.value(row, column)) for column in over]
        long = len(over) == 1 and len(texts[0]) > LONGEST_HEADING
        unit = len(over) == 1 and heads and title_lines.is_unit_or_universe(grid, row, over[0], right)
        if not over or long or unit or title_lines.is_metadata(grid, row, left, right):
            break
        heads.insert(0, row)
    return (heads, sections) if heads else ([], [])


def _label_columns(grid: Grid, heads: list[int], body: list[int], left: int, right: int) -> list[int]:
    """The columns of row labels: words and periods on the left, and numbers among them that only identify."""
    data = [row for row in body if _has_data(grid, row, left, right)]
    stubs: list[int] = []
    for column in range(left, right + 1):
        counts_on = _counts_on(grid, data, column) and (not stubs or _is_named_so(grid, heads, column))
        identifies = counts_on or _precedes_names(grid, heads, data, column, right)
        if _holds_figures(grid, data, column) and not (identifies and _figures_follow(grid, data, column, right)):
            break
        if _is_still_empty(grid, heads, data, column):
            break
        stubs.append(column)
    return stubs


def _is_still_empty(grid: Grid, heads: list[int], data: list[int], column: int) -> bool:
    """Whether a column headed by a period holds nothing: one of figures to come and not of labels."""
    headed = bool(heads) and grid.sort(heads[-1], column) is Sort.PERIOD
    return headed and all(grid.sort(row, column) is Sort.NOTHING for row in data)


def _holds_figures(grid: Grid, rows: list[int], column: int) -> bool:
    sorts = [grid.sort(row, column) for row in rows]
    figures = sum(sort in (Sort.FIGURE, Sort.MISSING) for sort in sorts)
    filled = sum(sort is not Sort.NOTHING for sort in sorts)
    return figures * 2 >= max(filled, 1) and bool(filled)


def _figures_follow(grid: Grid, rows: list[int], column: int, right: int) -> bool:
    return any(_holds_figures(grid, rows, other) for other in range(column + 1, right + 1))


def _whole_numbers(grid: Grid, rows: list[int], column: int) -> list[float]:
    """The whole numbers of a column; none where it holds any other."""
    numbers = [grid.figures[row, column].number for row in rows if grid.sort(row, column) is Sort.FIGURE]
    whole = [number for number in numbers if number is not None and number.is_integer() and number >= 0]
    return whole if len(whole) == len(numbers) else []


def _counts_on(grid: Grid, rows: list[int], column: int) -> bool:
    """Whether a column counts its rows by one, as ranks, ages and week numbers do."""
    whole = _whole_numbers(grid, rows, column)
    return len(whole) >= _NEAR and whole == [whole[0] + step for step in range(len(rows))]


def _precedes_names(grid: Grid, heads: list[int], rows: list[int], column: int, right: int) -> bool:
    """Whether numbers stand before a column of names, under a heading such as “code”, or all whole and different."""
    whole = _whole_numbers(grid, rows, column)
    bare = not any(grid.sheet.value(row, column) is not None for row in heads) and len(set(whole)) == len(whole)
    identifies = _is_named_so(grid, heads, column) if whole else bool(_REFERENCE.search(_lowest(grid, heads, column)))
    return (identifies or (bool(whole) and bare)) and any(
        sum(grid.sort(row, other) is Sort.WORDS for row in rows) * 2 > len(rows)
        for other in range(column + 1, min(column + _NEAR, right) + 1)
    )


def holds_codes(grid: Grid, heads: list[int], column: int) -> bool:
    """Whether a column is headed as one of codes: each row has its own, or none."""
    return bool(_REFERENCE.search(_lowest(grid, heads, column)))


def _lowest(grid: Grid, heads: list[int], column: int) -> str:
    """The nearest heading over a column."""
    return next((str(value) for row in reversed(heads) if (value := grid.sheet.value(row, column)) is not None), "")


def _is_named_so(grid: Grid, heads: list[int], column: int) -> bool:
    return bool(_IDENTIFIER.search(_lowest(grid, heads, column)))


def _end_of_table(grid: Grid, rows: list[int], first_data: int, left: int, right: int) -> int:
    data_columns = {
        column
        for column in range(left, right + 1)
        if grid.sort(rows[first_data], column) in (Sort.FIGURE, Sort.MISSING)
    }
    for number in range(first_data + 1, len(rows)):
        row = rows[number]
        if _has_data(grid, row, left, right) or not _data_below(grid, rows[number + 1 :], left, right):
            continue
        heads = [column for column in grid.filled(row, left, right) if column in data_columns]
        texts = [str(grid.sheet.value(row, column)) for column in heads]
        if heads and all(len(text) < LONGEST_HEADING for text in texts) and not all(map(_DURATION.fullmatch, texts)):
            end = number
            while end > first_data + 1 and not _has_data(grid, rows[end - 1], left, right):
                end -= 1
            return end
    return len(rows)


def _is_lone_label(grid: Grid, row: int, left: int, right: int) -> bool:
    filled = grid.filled(row, left, right)
    return len(filled) == 1 and grid.sort(row, filled[0]) in (Sort.WORDS, Sort.PERIOD)


def _data_below(grid: Grid, rows: list[int], left: int, right: int) -> bool:
    return any(_has_data(grid, row, left, right) for row in rows[:_NEAR])


def _table(
    grid: Grid, heads: list[int], body: list[int], columns: tuple[int, int], stubs: list[int], titles: list[str]
) -> Table:
    left, right = columns
    table = Table(left, right, heads, [], stubs, list(titles))
    section: list[str] = []
    fresh = False
    for row in body:
        if _is_lone_label(grid, row, left, right):
            value = grid.sheet.value(row, grid.filled(row, left, right)[0])
            section = [*section, title_lines.text(value)] if fresh else [title_lines.text(value)]
            fresh = True
            continue
        fresh = False
        table.body.append(row)
        table.sections[row] = tuple(section)
    return table


def _words_table(grid: Grid, rows: list[int], titles: list[str]) -> Table | None:
    """A table without any figure: a row of short headings over rows of words."""
    last_column = grid.sheet.width - 1
    above = list(titles)
    titled = _leading_titles(grid, rows, 0, last_column)
    above += [title_lines.line(grid, row) for row in rows[:titled]]
    rows = rows[titled:]
    if len(rows) < 2:
        return None
    filled = grid.filled(rows[0], 0, last_column)
    if len(filled) < 2 or any(len(str(grid.sheet.value(rows[0], column))) > LONGEST_HEADING for column in filled):
        return None
    left, right = filled[0], filled[-1]
    return Table(left, right, [rows[0]], rows[1:], [left], above, dict.fromkeys(rows[1:], ()))
