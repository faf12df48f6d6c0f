"""A file that cannot be read, or holds nothing, gets plain words that name it and say what to do."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from pcp_desktop import child_process, paths
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.progress import unwatched
from pcp_desktop.domain.returns import Severity
from pcp_desktop.errors import Cancelled, UserError
from pcp_desktop.returns.files import scan
from pcp_desktop.returns.files.scan import Reader, read_workbook
from pcp_desktop.returns.files.workbook import Sheet, Workbook
from pcp_desktop.returns.recognition import recognise
from pcp_desktop.returns.stage import review

WORDS = {
    "cut short.xlsx": "damaged",
    "empty file.xlsx": "is empty",
    "not a workbook.xlsx": "is not a workbook but an archive of other files",
    "password protected.xlsx": "protected with a password",
    "picture renamed.xlsx": "is not a workbook but a picture",
    "text file renamed.xlsx": "is not a workbook but a text file",
}


@pytest.mark.parametrize("name", WORDS)
def test_an_unreadable_file_is_refused_in_plain_words(name: str, facts: Facts, reader: Reader) -> None:
    with pytest.raises(UserError) as caught:
        review(paths.sample_workbooks() / "wrong" / name, facts, unwatched, reader)
    assert name in caught.value.what
    assert WORDS[name] in caught.value.what
    assert "Nothing was stored" in caught.value.where
    assert caught.value.what_to_do.endswith(".")


@pytest.mark.parametrize("name", ["no figures.xlsx", "prose.csv"])
def test_a_file_without_figures_is_reviewed_with_an_error(name: str, facts: Facts, reader: Reader) -> None:
    read = review(paths.sample_workbooks() / "wrong" / name, facts, unwatched, reader)
    assert read.figures == ()
    assert [found for found in read.findings if found.severity is Severity.ERROR]


def _message(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        read_workbook(path, unwatched)
    assert path.name in caught.value.what
    return caught.value


def test_a_file_the_system_refuses_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.csv"
    path.write_text("a,b\n1,2\n")

    def refuse(_self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "permission" in _message(path).what


def test_a_file_that_is_gone_or_of_another_kind_is_named(tmp_path: Path) -> None:
    assert "could not be opened" in _message(tmp_path / "gone.xlsx").what
    assert "not a workbook" in _message(tmp_path / "paper.pdf").what


def _workbook_parts(sheet: str) -> dict[str, str]:
    return {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": "<workbook/>",
        "xl/worksheets/sheet1.xml": sheet,
    }


def _archive(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (
            '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
            "too large",
        ),
        ('<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>', "definitions"),
        ("<worksheet>" + " " * (101 * 1024 * 1024), "unpacked"),
    ],
    ids=["a cell in the last corner", "entities", "a bomb"],
)
def test_a_harmful_archive_is_refused_before_it_is_parsed(
    sheet: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(module: str) -> None:
        raise AssertionError("a child was started")

    monkeypatch.setattr(child_process, "_started", never)
    assert words in _message(_archive(tmp_path / "harm.xlsx", _workbook_parts(sheet))).what


def test_a_child_that_dies_is_a_message_and_the_next_file_is_read(
    tmp_path: Path, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = tmp_path / "good.csv"
    good.write_text("Quarter,FTEs Leicester City\nQ1 2015/16,5\nQ2 2015/16,6\n")
    with Reader() as child:
        review(good, facts, unwatched, child)
        started = child._child._process
        assert started is not None
        started.kill()
        started.wait()
        assert len(review(good, facts, unwatched, child).figures) == 2


def test_a_child_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "slow.csv"
    path.write_text("a,b\n1,2\n")
    monkeypatch.setattr(scan, "WALL_SECONDS", 0.1)
    monkeypatch.setattr(scan, "_CHILD", "tests.stubborn_child")
    assert "within" in _message(path).what


def test_cancelling_stops_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "slow.csv"
    path.write_text("a,b\n1,2\n")
    monkeypatch.setattr(scan, "_CHILD", "tests.stubborn_child")

    calls = []

    def cancel(words: str, done: int, of: int) -> None:
        calls.append(words)
        if len(calls) > 3:
            raise Cancelled

    with Reader() as child, pytest.raises(Cancelled):
        read_workbook(path, cancel, child)
    assert child._child._process is None


SPREADSHEET = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="a"><table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
    'table:number-columns-repeated="{columns}" office:value-type="float" office:value="1"><text:p>1</text:p>'
    "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
    "</office:document-content>"
)


@pytest.mark.parametrize(("rows", "columns"), [(1_048_576, 16_384), (300_000, 1), (200, 16_384)])
def test_an_ods_file_that_repeats_cells_without_end_is_refused(rows: int, columns: int, tmp_path: Path) -> None:
    parts = {"content.xml": SPREADSHEET.format(rows=rows, columns=columns), "META-INF/manifest.xml": "<manifest/>"}
    assert "could not be read" in _message(_archive(tmp_path / "long.ods", parts)).what or (
        "too large" in _message(tmp_path / "long.ods").what
    )


def test_an_encrypted_xls_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    begins = bytes.fromhex("D0CF11E0A1B11AE1") + b"W\0o\0r\0k\0b\0o\0o\0k\0" + bytes(100)
    record = bytes.fromhex("0908100000060500") + bytes(12)
    path = tmp_path / "old.xls"
    path.write_bytes(begins + record + bytes.fromhex("2F003600") + bytes(54))
    assert "protected" in _message(path).what
    path.write_bytes(begins + record + bytes.fromhex("42000200") + bytes(54))
    assert "could not be read" in _message(path).what


def test_macros_and_links_are_reported_and_left_alone(tmp_path: Path, facts: Facts, reader: Reader) -> None:
    path = tmp_path / "with macros.xlsm"
    path.write_bytes((paths.sample_workbooks() / "YOS County and Rutland.xlsx").read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"never run")
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    read = review(path, facts, unwatched, reader)
    said = " ".join(found.message for found in read.findings)
    assert "macros" in said
    assert "linked to other files" in said
    assert len(read.figures) == 15


def test_reading_imports_no_workbook_library_into_the_program() -> None:
    import subprocess
    import sys

    heavy = ("python_calamine", "openpyxl", "defusedxml", "numpy")
    code = f"import sys, pcp_desktop.returns.stage; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_folder_and_a_pipe_are_refused_without_waiting(tmp_path: Path) -> None:
    folder = tmp_path / "x.xlsx"
    folder.mkdir()
    assert "is a folder" in _message(folder).what
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    assert "is not a workbook" in _message(pipe).what


def test_a_sheet_too_long_to_be_a_return_is_left_out_with_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognise, "MOST_CELLS", 10)
    sheet = Sheet("Long", tuple((float(row), "words") for row in range(6)))
    found = recognise.recognise(Workbook("a.xlsx", b"", "", (sheet,)))
    assert found.sheets[0].tables == ()
    assert ["too many" in finding.message for finding in found.findings] == [True]


def test_of_a_sheet_too_long_to_be_a_return_only_the_first_rows_are_carried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openpyxl

    from pcp_desktop.returns.files import child

    book = openpyxl.Workbook()
    for row in range(30):
        book.worksheets[0].append([f"area {row}", row])
    path = tmp_path / "long.xlsx"
    book.save(path)
    monkeypatch.setattr(child, "MOST_CARRIED", 50)
    monkeypatch.setattr(child, "_FIRST", 4)
    answer = child.parse(path.name, path.read_bytes())
    workbook = scan._workbook(path, path.read_bytes(), answer)
    assert (len(workbook.sheets[0].rows), workbook.sheets[0].rows_in_file) == (4, 30)
    assert "30 rows, too many" in recognise.recognise(workbook).findings[0].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_files_are_read_in_every_encoding_that_excel_saves(
    encoding: str, separator: str, tmp_path: Path, reader: Reader
) -> None:
    path = tmp_path / "crime.csv"
    lines = [["Café crime", "Oct-15", "Nov-15"], ["Total", "4808", "4957"]]
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    rows = read_workbook(path, unwatched, reader).sheets[0].rows
    assert rows == (("Café crime", "Oct-15", "Nov-15"), ("Total", "4808", "4957"))


def test_a_quotation_mark_never_closed_swallows_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    path.write_text('Place,Oct-15\nNorth,1\n"South,2\nEast,3\n', encoding="utf-8")
    assert "could not be read" in _message(path).what
