"""What reading costs beside bare calamine: a workbook of 12 sheets and 5,000 cells, and 200,000 rows × 10.

Prints the times as ratios and the memory of program and child together. The aims are at most 4 × calamine on the
small workbook, at most 1.3 × its own row iteration on the large one, and under 300 MB.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from pcp_desktop.domain.progress import unwatched
from pcp_desktop.returns.files.scan import Reader, read_workbook

SMALL, LARGE, MEMORY = 4.0, 1.3, 300.0


def many_sheets(path: Path) -> Path:
    """12 sheets of 42 rows × 10 with labels and formatted numbers."""
    book = xlsxwriter.Workbook(str(path))
    form = book.add_format({"num_format": "#,##0"})
    for number in range(12):
        sheet = book.add_worksheet(f"Sheet {number}")
        for row in range(42):
            for column in range(10):
                if row and column:
                    sheet.write_number(row, column, row * column + 0.5, form)
                else:
                    sheet.write_string(row, column, f"label {row} {column}")
    book.close()
    return path


def many_rows(path: Path) -> Path:
    """200,000 rows × 10, two columns of them words."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("All")
    for row in range(200_000):
        for column in range(10):
            if column < 2:
                sheet.write_string(row, column, f"area {row % 300}")
            else:
                sheet.write_number(row, column, row * column)
    book.close()
    return path


def bare(path: Path) -> int:
    """Every row of every sheet through calamine alone; how many cells there are."""
    book = CalamineWorkbook.from_path(str(path))
    return sum(len(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).iter_rows())


def _best(job: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        job()
        taken.append(time.perf_counter() - began)
    return min(taken)


def _compare(name: str, path: Path, times: int, aim: float, reader: Reader) -> bool:
    calamine = _best(lambda: bare(path), times)
    ours = _best(lambda: read_workbook(path, unwatched, reader), times)
    print(f"{name}: {1000 * ours:.1f} ms, {ours / calamine:.2f} × calamine's {1000 * calamine:.1f} ms (aim {aim} ×)")
    return ours <= aim * calamine


def main() -> int:
    """Compare; gives 0 where all aims are met."""
    with tempfile.TemporaryDirectory() as folder, Reader() as reader:
        small, large = many_sheets(Path(folder) / "small.xlsx"), many_rows(Path(folder) / "large.xlsx")
        read_workbook(small, unwatched, reader)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        read_workbook(large, unwatched, reader)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        met = [_compare("12 sheets, 5,000 cells", small, 20, SMALL, reader)]
        met.append(_compare("200,000 rows × 10", large, 3, LARGE, reader))
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"memory for the large one: {grown:.0f} MB here, {child:.0f} MB in the child (aim {MEMORY:.0f} MB)")
    return 0 if all(met) and grown < MEMORY and child < MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
