"""A file that is no workbook is called what it is, with what to do about it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pcp_desktop.domain.progress import unwatched
from pcp_desktop.errors import UserError
from pcp_desktop.returns.files.file_kinds import OLE
from pcp_desktop.returns.files.scan import read_workbook

CONTENTS = {
    "a PDF": b"%PDF-1.7\n\xe2\xe3",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "a web page": b"\xef\xbb\xbf<HTML xmlns:x='urn:x'>\n<table><tr><td>Kent</td></tr></table>",
    "a spreadsheet in the XML form": b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "a text file": "Force\tApr-15\nKent\t£5\n".encode(),
    "an e-mail": b"From: returns@partner.example\nTo: panel@council.example\n\nPlease find attached",
    "a text document": OLE + "WordDocument".encode("utf-16-le") + bytes(50),
    "a presentation": OLE + "PowerPoint Document".encode("utf-16-le") + bytes(50),
    "an archive of other files": b"7z\xbc\xaf\x27\x1c" + bytes(50),
}


def _refused(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        read_workbook(path, unwatched)
    assert path.name in caught.value.what
    assert "Nothing was stored" in caught.value.where
    return caught.value


@pytest.mark.parametrize("kind", CONTENTS)
@pytest.mark.parametrize("ending", ["xls", "xlsx"])
def test_a_renamed_file_is_called_what_it_is(kind: str, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"return.{ending}"
    path.write_bytes(CONTENTS[kind])
    assert f"is not a workbook but {kind}" in _refused(path).what


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word/document.xml", "a text document"),
        ("ppt/presentation.xml", "a presentation"),
        ("Index/Document.iwa", "Apple Numbers"),
        ("return.xlsx", "an archive of other files"),
    ],
)
def test_an_archive_is_told_by_its_parts(part: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, b"x")
    assert kind in _refused(path).what


def test_each_says_what_helps(tmp_path: Path) -> None:
    path = tmp_path / "return.xls"
    for kind, words in {
        "a web page": "save it as an .xlsx",
        "a text file": ".csv",
        "a PDF": "Ask the sender",
    }.items():
        path.write_bytes(CONTENTS[kind])
        assert words in _refused(path).what_to_do


def test_what_nothing_tells_is_still_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    path.write_bytes(bytes(range(256)) * 20)
    assert "its content is something else" in _refused(path).what
