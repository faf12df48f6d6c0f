"""Where the tables of a sheet are: bands, side-by-side parts, heading rows, stub columns, section rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from pcp_desktop.returns.grid import Grid, Sort
from pcp_desktop.returns.workbook import CellValue, Rectangle

_MOST_HEADING_ROWS = 3
_LONGEST_HEADING = 60


@dataclass
class Table:
    """A table on a sheet; rows and columns from 0, last ones included.

    `stubs` are the columns of row labels. `sections` say for a body row which section rows stand over it. `titles`
    are the lines above the table that no other table has taken, the nearest last.
    """

    left: int
    right: int
    headings: list[int]
    body: list[int]
    stubs: list[int]
    titles: list[str]
    sections: dict[int, tuple[str, ...]] = field(default_factory=dict)

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
        if not any(_has_data(grid, row) for row in rows):
            if _is_heading_band(grid, rows) and _data_follows(grid, last):
                waiting = rows
                continue
            words = _words_table(grid, rows, titles)
            if words is not None:
                found.append(words)
            titles += [line for row in rows if (line := _line(grid, row))]
            continue
        rows = [*waiting, *rows]
        waiting = []
        new = _tables_of_band(grid, rows, titles, found)
        found += new
        titles = [] if new else titles
    return found


def all_lines(grid: Grid) -> list[str]:
    """The lines of words that stand outside figures: titles, notes, descriptions."""
    return [line for row in range(len(grid.sorts)) if not _has_data(grid, row) and (line := _line(grid, row))]


def heading(grid: Grid, row: int, column: int) -> CellValue:
    """What a cell says as a heading: its own value, or that of the merged cells it belongs to."""
    value = grid.sheet.value(row, column)
    if value is not None:
        return value
    for top, left, bottom, right in grid.sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            return grid.sheet.value(top, left)
    return None


def column_headings(grid: Grid, table: Table, column: int) -> list[CellValue]:
    """The headings over a data column, the outermost first; group headings reach right to the next one."""
    found: list[CellValue] = []
    for row in table.headings:
        value = heading(grid, row, column)
        if value is None and row != table.headings[-1]:
            value = _group_to_the_left(grid, table, row, column)
        if value is not None and (not found or found[-1] != value):
            found.append(value)
    return found


def row_headings(grid: Grid, table: Table, row: int) -> list[CellValue]:
    """The labels of a body row, the outermost first; a blank outer label is that of the rows above."""
    found: list[CellValue] = []
    for number, column in enumerate(table.stubs):
        value = heading(grid, row, column)
        if value is None and number < len(table.stubs) - 1:
            value = _label_above(grid, table, row, column)
        if value is not None:
            found.append(value)
    return found


def _label_above(grid: Grid, table: Table, row: int, column: int) -> CellValue:
    for above in reversed([number for number in table.body if number < row]):
        if table.sections.get(above) != table.sections.get(row):
            return None
        value = grid.sheet.value(above, column)
        if value is not None:
            return value
    return None


def _group_to_the_left(grid: Grid, table: Table, row: int, column: int) -> CellValue:
    merged_over = [corners for corners in grid.sheet.merged if corners[0] <= row <= corners[2]]
    for left in range(column - 1, table.left - 1, -1):
        if left in table.stubs:
            return None
        value = grid.sheet.value(row, left)
        if value is not None:
            inside = [corners for corners in merged_over if corners[1] <= left <= corners[3]]
            return None if inside else value
    return None


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


def _line(grid: Grid, row: int, left: int = 0, right: int | None = None) -> str:
    end = None if right is None else right + 1
    words = [str(value) for value in grid.sheet.rows[row][left:end] if isinstance(value, str)]
    return " ".join(" ".join(words).split())


def _is_heading_band(grid: Grid, rows: list[int]) -> bool:
    last_column = grid.sheet.width - 1
    while len(rows) > 1 and _is_title(grid, rows, 0, last_column):
        rows = rows[1:]
    return len(rows) <= _MOST_HEADING_ROWS and len(grid.filled(rows[-1], 0, last_column)) >= 3


def _data_follows(grid: Grid, row: int) -> bool:
    following = [later for later in range(row + 1, len(grid.sorts)) if grid.filled(later, 0, grid.sheet.width - 1)]
    return bool(following) and _has_data(grid, following[0]) and following[0] <= row + 3


def _tables_of_band(grid: Grid, rows: list[int], titles: list[str], earlier: list[Table]) -> list[Table]:
    found: list[Table] = []
    last_column = grid.sheet.width - 1
    above: list[str] = list(titles)
    while rows and _is_title(grid, rows, 0, last_column):
        above.append(_line(grid, rows[0]))
        rows = rows[1:]
    for left, right in _side_by_side(grid, rows):
        inside = [row for row in rows if grid.filled(row, left, right)]
        found += _stacked(grid, inside, left, right, above, earlier[-1] if earlier else None)
    return found


def _is_title(grid: Grid, rows: list[int], left: int, right: int) -> bool:
    """A lone cell of words at the left edge of what follows, with no figure beside it."""
    filled = grid.filled(rows[0], left, right)
    if len(filled) != 1 or _has_data(grid, rows[0], left, right):
        return False
    below = [column for row in rows[1:] for column in grid.filled(row, left, right)]
    return not below or filled[0] <= min(below) or len(str(grid.sheet.value(rows[0], filled[0]))) > _LONGEST_HEADING


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
    grid: Grid, rows: list[int], left: int, right: int, titles: list[str], earlier: Table | None
) -> list[Table]:
    """Tables one under another in a band: a heading row after figures begins the next."""
    found: list[Table] = []
    above = list(titles)
    while rows:
        while rows and _is_title(grid, rows, left, right):
            above.append(_line(grid, rows[0], left, right))
            rows = rows[1:]
        first_data = next((number for number, row in enumerate(rows) if _has_data(grid, row, left, right)), None)
        if first_data is None:
            break
        end = _end_of_table(grid, rows, first_data, left, right)
        above += [_line(grid, row, left, right) for row in rows[: max(0, first_data - _MOST_HEADING_ROWS)]]
        heads = rows[max(0, first_data - _MOST_HEADING_ROWS) : first_data]
        table = _table(grid, heads, rows[first_data:end], left, right, above)
        if not heads and earlier is not None and earlier.left <= left and right <= earlier.right:
            table.headings, table.stubs = earlier.headings, earlier.stubs
            table.titles = [*earlier.titles, *table.titles]
        found.append(table)
        rows = rows[end:]
        above = []
    return found


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
        if heads and all(len(str(grid.sheet.value(row, column))) < _LONGEST_HEADING for column in heads):
            end = number
            while end > first_data + 1 and _is_lone_label(grid, rows[end - 1], left, right):
                end -= 1
            return end
    return len(rows)


def _is_lone_label(grid: Grid, row: int, left: int, right: int) -> bool:
    filled = grid.filled(row, left, right)
    return len(filled) == 1 and grid.sort(row, filled[0]) in (Sort.WORDS, Sort.PERIOD)


def _data_below(grid: Grid, rows: list[int], left: int, right: int) -> bool:
    return any(_has_data(grid, row, left, right) for row in rows[:_MOST_HEADING_ROWS])


def _table(grid: Grid, heads: list[int], body: list[int], left: int, right: int, titles: list[str]) -> Table:
    data = [row for row in body if _has_data(grid, row, left, right)]
    stubs: list[int] = []
    for column in range(left, right + 1):
        sorts = [grid.sort(row, column) for row in data]
        figures = sum(sort in (Sort.FIGURE, Sort.MISSING) for sort in sorts)
        filled = sum(sort is not Sort.NOTHING for sort in sorts)
        if figures * 2 >= max(filled, 1) and filled:
            break
        stubs.append(column)
    table = Table(left, right, heads, [], stubs, list(titles))
    section: list[str] = []
    fresh = False
    for row in body:
        if _is_lone_label(grid, row, left, right):
            value = grid.sheet.value(row, grid.filled(row, left, right)[0])
            section = [*section, _text(value)] if fresh else [_text(value)]
            fresh = True
            continue
        fresh = False
        table.body.append(row)
        table.sections[row] = tuple(section)
    return table


def _text(value: CellValue) -> str:
    return " ".join(str(value).split())


def _words_table(grid: Grid, rows: list[int], titles: list[str]) -> Table | None:
    """A table without any figure: a row of short headings over rows of words."""
    last_column = grid.sheet.width - 1
    above = list(titles)
    while rows and _is_title(grid, rows, 0, last_column):
        above.append(_line(grid, rows[0]))
        rows = rows[1:]
    if len(rows) < 2:
        return None
    filled = grid.filled(rows[0], 0, last_column)
    if len(filled) < 2 or any(len(str(grid.sheet.value(rows[0], column))) > _LONGEST_HEADING for column in filled):
        return None
    left, right = filled[0], filled[-1]
    return Table(left, right, [rows[0]], rows[1:], [left], above, dict.fromkeys(rows[1:], ()))
