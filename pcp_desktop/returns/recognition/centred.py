"""Group headings that were set over the middle of their columns without merging cells. Judges no words."""

from __future__ import annotations

from pcp_desktop.returns.cells.grid import Grid
from pcp_desktop.returns.cells.sorts import Sort
from pcp_desktop.returns.files.workbook import Position
from pcp_desktop.returns.recognition.tables import Table


def groups(grid: Grid, table: Table) -> dict[Position, int]:
    """For the cells of heading rows whose groups are centred, the column in which their group's heading stands.

    The blocks are told by the headings below, which begin again, or by blank columns between; a row's groups are
    centred over these where each block holds one heading.
    """
    first = table.stubs[-1] + 1 if table.stubs else table.left
    columns = range(first, table.right + 1)
    found: dict[Position, int] = {}
    parted: list[list[int]] = []
    for row in table.headings[:-1]:
        own = grid.filled(row, first, table.right)
        if len(own) < 2 or any((row, column) in grid.spans for column in columns):
            continue
        parted = parted or _between_blanks(grid, table, first)
        repeated = _that_begin_again(grid, table, row, [column for block in parted for column in block], len(own))
        blocks = repeated or parted
        if len(blocks) == len(own) and all(
            column in block and (repeated or _is_central(block, column))
            for block, column in zip(blocks, own, strict=True)
        ):
            for block, column in zip(blocks, own, strict=True):
                found |= dict.fromkeys(((row, other) for other in block), column)
    return found


def _is_central(block: list[int], column: int) -> bool:
    return block.index(column) in ((len(block) - 1) // 2, len(block) // 2)


def _between_blanks(grid: Grid, table: Table, first: int) -> list[list[int]]:
    """The blocks of columns between columns that are blank in headings and figures."""
    rows = [*table.headings, *table.body]
    blocks: list[list[int]] = [[]]
    for column in range(first, table.right + 1):
        if any(grid.sort(row, column) is not Sort.NOTHING for row in rows):
            blocks[-1].append(column)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _that_begin_again(grid: Grid, table: Table, row: int, columns: list[int], count: int) -> list[list[int]]:
    """So many blocks of equal width, if the headings below a row are the same in each."""
    below = [later for later in table.headings if later > row]
    width, over = divmod(len(columns), count)
    said = [tuple(grid.sheet.value(later, column) for later in below) for column in columns]
    lowest = all(grid.sheet.value(below[-1], column) is not None for column in columns)
    if over or not lowest or len(set(said[:width])) < width or said != said[:width] * count:
        return []
    return [columns[start : start + width] for start in range(0, len(columns), width)]
