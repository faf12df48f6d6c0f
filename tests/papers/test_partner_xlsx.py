"""A partner's workbook: accessible, complete, without a formula, the same bytes twice."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pcp_desktop.analysis.pages import partner
from pcp_desktop.domain.partners import PartnerPage, StillToCome
from pcp_desktop.errors import Cancelled
from pcp_desktop.papers.partner_sheets import NOTHING_TO_COME, sheets_of
from pcp_desktop.papers.partner_xlsx import write_partner_workbook
from tests.analysis.pages.sample import QUARTER, sample_facts
from tests.papers.sample_pages import MOMENT


def page_of(organisation: str) -> PartnerPage:
    return partner.build(sample_facts(), organisation, QUARTER)


@pytest.fixture(name="page", scope="module")
def _page() -> PartnerPage:
    return page_of("Leicester City Council")


@pytest.fixture(name="book", scope="module")
def _book(page: PartnerPage, tmp_path_factory: pytest.TempPathFactory) -> Any:
    out = write_partner_workbook(page, tmp_path_factory.mktemp("partner") / "city.xlsx", created=MOMENT)
    return openpyxl.load_workbook(out)


def test_cover_contents_and_one_sheet_for_each_measure(book: Any, page: PartnerPage) -> None:
    fixed = ["Cover", "Contents", "Notes", "Your measures", "Your returns", "Still to come"]
    assert book.sheetnames[: len(fixed)] == fixed
    assert len(book.sheetnames) == len(fixed) + len(page.series)
    assert all(len(name) <= 31 for name in book.sheetnames)
    links = [row[0].hyperlink.location for row in book["Contents"].iter_rows(min_row=4)]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[2:]]


def test_each_sheet_has_one_table_with_headers_and_no_merged_cells(book: Any) -> None:
    for sheet in book.worksheets[1:]:
        assert len(sheet.tables) == 1
        table = next(iter(sheet.tables.values()))
        assert table.headerRowCount == 1
        assert table.autoFilter is None
        assert list(sheet.merged_cells.ranges) == []
        first, last = sheet[table.ref][0][0].row, sheet[table.ref][-1][0].row
        assert sheet.max_row == last
        assert all(sheet.cell(row, 1).value for row in range(1, last + 1))  # no empty row
        assert sheet.freeze_panes == f"B{first + 1}"


def test_tables_hold_every_cell_and_no_formula(book: Any, page: PartnerPage) -> None:
    for given in sheets_of(page):
        sheet = book[given.name]
        rows = list(sheet[next(iter(sheet.tables.values())).ref])
        assert [cell.value for cell in rows[0]] == list(given.columns)
        assert len(rows) == len(given.rows) + 1
        assert all(cell.data_type in ("s", "n") for row in rows for cell in row)


def test_figures_stand_as_stored_and_as_shown(book: Any) -> None:
    sheet = book[book.sheetnames[-1]]
    last = [cell.value for cell in list(sheet[next(iter(sheet.tables.values())).ref])[1]]
    assert last == [
        "Leicester City",
        "April to September 2015",
        "Figure",
        pytest.approx(465 / 622 * 100, rel=1e-12),
        "74.8%",
        "Final",
        "supported families City.xlsx",
        "TF indicators",
        "D7",
    ]


def test_properties_and_cover(book: Any) -> None:
    assert book.properties.title == "Police and Crime Plan 2013–17: Leicester City Council, Q3 2015/16"
    assert book.properties.created == MOMENT
    text = " ".join(str(cell.value) for (cell,) in book["Cover"].iter_rows(max_col=1))
    assert "It holds no unpublished figure of another organisation." in text
    assert "may not be passed on" not in text


def test_the_cover_names_figures_that_may_not_be_passed_on(tmp_path: Path) -> None:
    out = write_partner_workbook(page_of("Public Health"), tmp_path / "health.xlsx", created=MOMENT)
    book = openpyxl.load_workbook(out)
    text = " ".join(str(cell.value) for (cell,) in book["Cover"].iter_rows(max_col=1))
    assert "may not be passed on: SP3 Successful treatment completions, opiates (not published before" in text
    assert "for Public Health alone" in book[book.sheetnames[-1]]["A2"].value


def test_hostile_words_stay_words(tmp_path: Path, page: PartnerPage) -> None:
    hostile = (StillToCome("=1+1", "#N/A", "=HYPERLINK(\"x\") https://example.org @SUM(A1) ='x'!A1"),)
    out = write_partner_workbook(replace(page, to_come=hostile), tmp_path / "hostile.xlsx", created=MOMENT)
    row = openpyxl.load_workbook(out)["Still to come"][4]
    assert [cell.value for cell in row] == list(hostile[0].__dict__.values())
    with zipfile.ZipFile(out) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert all(b"<f>" not in archive.read(name) for name in sheets)


def test_nothing_to_come_is_said(tmp_path: Path, page: PartnerPage) -> None:
    out = write_partner_workbook(replace(page, to_come=()), tmp_path / "nothing.xlsx", created=MOMENT)
    assert openpyxl.load_workbook(out)["Still to come"]["A4"].value == NOTHING_TO_COME


def test_two_runs_are_byte_identical(tmp_path: Path, page: PartnerPage) -> None:
    one, two = (write_partner_workbook(page, tmp_path / name, created=MOMENT) for name in ("1.xlsx", "2.xlsx"))
    assert one.read_bytes() == two.read_bytes()


def test_a_cancelled_workbook_leaves_nothing(tmp_path: Path, page: PartnerPage) -> None:
    def stop(words: str, done: int, of: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_partner_workbook(page, tmp_path / "x.xlsx", created=MOMENT, progress=stop)
    assert list(tmp_path.iterdir()) == []
