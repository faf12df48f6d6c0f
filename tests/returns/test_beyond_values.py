"""What a file says beyond its values is known for every kind of workbook, as the office's own program shows it.

The files of `workbooks/` were saved from one sheet by LibreOffice. It has a merged title, nil shown as a dash,
shares, an error in two cells, a comment, a formula whose result is an empty text, and a hidden row, column and sheet.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pcp_desktop.domain.progress import unwatched
from pcp_desktop.domain.returns import Severity
from pcp_desktop.returns.cells import display
from pcp_desktop.returns.files import child
from pcp_desktop.returns.files.scan import Reader, read_workbook
from pcp_desktop.returns.files.workbook import Sheet, position
from pcp_desktop.returns.recognition.recognise import recognise
from tests.returns.pictures import picture, reading
from tests.returns.xlsb_files import save_xlsb

FOLDER = Path(__file__).parent / "workbooks"
SAVED = sorted(FOLDER.glob("saved by LibreOffice.*"))


def _sheets(path: Path, reader: Reader) -> tuple[Sheet, ...]:
    return read_workbook(path, unwatched, reader).sheets


def _shown(sheet: Sheet, cell: str) -> str:
    place = position(cell)
    return display.shown(sheet.value(*place), sheet.formats.at(*place))


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.suffix)
def test_every_kind_of_workbook_tells_the_same(path: Path, reader: Reader) -> None:
    crime, workings = _sheets(path, reader)
    assert (crime.hidden, workings.hidden) == (False, True)
    assert crime.merged == ((0, 0, 0, 3),)
    assert crime.hidden_rows == crime.hidden_columns == frozenset({4})
    assert crime.errors == {position("D4"): "#DIV/0!", position("C6"): "#N/A"}
    assert crime.comments == {position("B4"): "Checked with Essex on 4 June."}
    assert crime.unvalued == frozenset()
    assert not crime.values_alone
    assert [_shown(crime, cell) for cell in ("C3", "B4", "B3", "F3")] == ["-", "12,345", "5", "12.3%"]
    assert crime.value(*position("F3")) == 0.123


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.suffix)
def test_what_its_author_hides_is_left_out_and_a_dash_is_no_nil(path: Path, reader: Reader) -> None:
    found = recognise(read_workbook(path, unwatched, reader))
    lines = [line.partition("!")[2] for line in reading(found)]
    assert "C3 | May 2015 | - | Kent" in lines
    assert "D4 | June 2015 | #DIV/0! | Essex" in lines
    assert not [line for line in lines if line.startswith(("B5", "C5", "D5", "E"))]
    said = " ".join(finding.message for finding in found.findings)
    for words in ("1 hidden row was", "1 hidden column was", "“Workings” is hidden", "the error #N/A"):
        assert words in said


def test_an_xlsb_tells_the_same(reader: Reader, tmp_path: Path) -> None:
    drawn = picture(
        """Recorded crime by force | < | <
        Force | 2015-04-01 | 2015-05-01 | Helper
        Kent | 5 | 0- | 1
        Hidden force | 1 | 1 | 2
        Essex | 12% | !#N/A | 3
        Sussex | 12.3%f | !#DIV/0! | 4"""
    )
    path = save_xlsb(
        tmp_path / "a.xlsb",
        {"Crime": drawn, "Workings": picture("x | 1")},
        hidden_sheets=["Workings"],
        hidden_rows=[3],
        hidden_columns=[3],
        comments={(2, 1): "Checked."},
    )
    crime, workings = _sheets(path, reader)
    assert (crime.hidden, workings.hidden) == (False, True)
    assert crime.merged == ((0, 0, 0, 2),)
    assert crime.hidden_rows == crime.hidden_columns == frozenset({3})
    assert crime.errors == {position("C5"): "#N/A", position("C6"): "#DIV/0!"}
    assert crime.comments == {position("B3"): "Checked."}
    assert [_shown(crime, cell) for cell in ("B2", "C3", "B6")] == ["Apr-15", "-", "12%"]
    assert not crime.values_alone


def test_a_record_cut_off_is_said_and_the_values_are_read(reader: Reader, tmp_path: Path) -> None:
    path = save_xlsb(tmp_path / "a.xlsb", {"Crime": picture("Force | Apr-15\nKent | 5\nEssex | 6")})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content[:-2] if name == "xl/styles.bin" else content)
    found = recognise(read_workbook(path, unwatched, reader))
    assert "B2 | April 2015 | 5 | Kent" in reading(found)
    assert ["could not be read" in one.message for one in found.findings] == [True]


def test_a_workbook_whose_formats_cannot_be_read_is_read_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pcp_desktop.returns.files import scan, xls_facts

    def fail(content: bytes) -> None:
        raise AssertionError("a damaged record")

    monkeypatch.setattr(xls_facts, "facts_by_sheet", fail)
    path = FOLDER / "saved by LibreOffice.xls"
    workbook = scan._workbook(path, b"", child.parse(path.name, path.read_bytes()))
    warned = [one.sheet for one in recognise(workbook).findings if "could not be read" in one.message]
    assert warned == ["Crime"]
    assert all(one.severity is Severity.WARNING for one in recognise(workbook).findings if one.sheet == "Crime")
