"""Every cell has the number format that its file gives it, however the file is written."""

from __future__ import annotations

import io
import zipfile

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcp_desktop.returns.files.number_formats import FormatsOfCells, NumberFormats, of_runs
from pcp_desktop.returns.files.sheet_facts import facts_by_sheet
from pcp_desktop.returns.files.workbook import address
from tests.returns.hostile_files import archive, parts

PLACES = st.tuples(st.integers(0, 5), st.integers(0, 30))
FORMS = ["", "0%", "#,##0", '0;-0;"-"']
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="200" '
    'formatCode="0;-0;&quot;-&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="3"/>'
    '<xf numFmtId="200"/></cellXfs></styleSheet>'
)
HELD = [
    "<v>5</v>",
    "<f>A1*2</f><v>5</v>",
    '<f t="shared" si="0"/><v>5</v>',
    '<f t="shared" ref="B2:C9" si="0">1</f><v>5</v>',
    '<is><t xml:space="preserve"> as r="C3" s="1" </t></is>',
]
WRITERS = [
    'r="{}" s="{}"',
    'r="{}" s="{}" t="n"',
    'r="{}" t="n" s="{}"',
    'r="{}" cm="1" s="{}" vm="1"',
    's="{1}" r="{0}"',
]


@given(st.dictionaries(PLACES, st.sampled_from(FORMS)))
def test_cells_one_by_one_and_runs_in_any_order_say_the_same(cells: dict[tuple[int, int], str]) -> None:
    gathered = FormatsOfCells()
    for (row, column), form in sorted(cells.items()):
        gathered.add(row, column, form)
    any_order = of_runs((row, column, column, form) for (row, column), form in cells.items())
    for row in range(6):
        for column in range(31):
            expected = cells.get((row, column), "")
            assert gathered.gathered().at(row, column) == any_order.at(row, column) == expected
    assert set(any_order.forms) == set(cells.values()) - {""}


@settings(max_examples=200)
@given(
    st.dictionaries(PLACES, st.tuples(st.integers(0, 3), st.sampled_from(HELD))),
    st.sampled_from(WRITERS),
    st.booleans(),
    st.sampled_from(["", "x:"]),
)
def test_an_xlsx_tells_the_format_of_every_cell(
    cells: dict[tuple[int, int], tuple[int, str]], attributes: str, rows_numbered: bool, prefix: str
) -> None:
    written = ""
    for row in range(6):
        written += f'<row r="{row + 1}">' if rows_numbered else "<row>"
        for (_row, column), (style, held) in sorted(one for one in cells.items() if one[0][0] == row):
            written += f"<c {attributes.format(address(row, column), style)}>{held}</c>"
        written += "</row>"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{written}</sheetData></worksheet>'
    if prefix:
        sheet = sheet.replace("</", f"</{prefix}").replace("xmlns=", "xmlns:x=")
        sheet = sheet.replace("<", f"<{prefix}").replace(f"<{prefix}/{prefix}", f"</{prefix}")
    with zipfile.ZipFile(io.BytesIO(archive(parts(sheet, **{"xl/styles.xml": STYLES})))) as opened:
        formats = facts_by_sheet(opened)["A"].formats
    assert [formats.at(*place) for place in cells] == [FORMS[style] for style, _held in cells.values()]


@pytest.mark.parametrize(
    "runs", [NumberFormats(["0%"], [1], [1], [0]), NumberFormats(["0%", "0"], [1, 5], [1, 6], [1, 0])]
)
def test_formats_that_do_not_fit_together_are_not_taken_from_the_child(runs: NumberFormats) -> None:
    told = msgspec.msgpack.encode(runs)
    assert msgspec.msgpack.decode(told, type=NumberFormats) == runs
    runs.forms.pop()
    with pytest.raises(msgspec.ValidationError):
        msgspec.msgpack.decode(msgspec.msgpack.encode(runs), type=NumberFormats)
