"""Files that mean harm or are broken, made by code: each by its name, with the ending it comes under."""

from __future__ import annotations

import io
import random
import struct
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import xlwt
from openpyxl.workbook.defined_name import DefinedName

from pcp_desktop.returns.files.workbook import column_letters
from tests.returns.pictures import picture
from tests.returns.xlsb_files import record, save_xlsb

Make = Callable[[], bytes]

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TABLE = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Force</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Apr-15</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Kent</t></is></c><c r="B2"><v>5</v></c></row>'
)


def _sheet(rows: str, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(sheet: str, **others: str) -> dict[str, str]:
    """The parts of a small .xlsx file with one sheet; `others` replace or add parts."""
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **others,
    }


def archive(contents: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in contents.items():
            zipped.writestr(name, content)
    return file.getvalue()


def _good() -> bytes:
    return archive(parts(_sheet(_TABLE)))


def _cells(cells: str, before: str = "", after: str = "", row: int = 1) -> Make:
    """A workbook with one row of these cells."""
    return lambda: archive(parts(_sheet(f'<row r="{row}">{cells}</row>', before, after)))


def _table_with(before: str = "", after: str = "") -> Make:
    return lambda: archive(parts(_sheet(_TABLE, before, after)))


def _saved(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Force", "Apr-15", "May-15"])
    sheet.append(["Kent", 5, 6])
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cut(share: float) -> Make:
    return lambda: _good()[: int(len(_good()) * share)]


def _flipped(seed: int) -> Make:
    def make() -> bytes:
        content, chance = bytearray(_good()), random.Random(seed)
        for _ in range(12):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        return bytes(content)

    return make


def _with_wrong_checksum() -> bytes:
    content = bytearray(_good())
    at = content.find(b"PK\x01\x02")
    content[at + 16 : at + 20] = b"\0\0\0\1"
    return bytes(content)


def _many(name: str, text: str) -> Make:
    return lambda: archive(parts(_sheet(_TABLE), **{name: text}))


def _replaced(**others: str) -> Make:
    names = {
        "workbook": "xl/workbook.xml",
        "relations": "xl/_rels/workbook.xml.rels",
        "sheet": "xl/worksheets/sheet1.xml",
    }
    return lambda: archive(parts(_sheet(_TABLE)) | {names[key]: text for key, text in others.items()})


def _without(name: str) -> Make:
    return lambda: archive({part: text for part, text in parts(_sheet(_TABLE)).items() if part != name})


def _workbook_of(sheets: str) -> str:
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _long_strings() -> bytes:
    return archive(parts(_sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 9_000_000}</t></is></c></row>')))


def _many_strings() -> bytes:
    text = f"<is><t>{'y' * 300}</t></is>"
    rows = [
        "".join(f'<c r="{letter}{row}" t="inlineStr">{text}</c>' for letter in "ABCDE") for row in range(1, 20_001)
    ]  # fmt: skip
    return archive(parts(_sheet("".join(f"<row>{cells}</row>" for cells in rows))))


def _wide() -> bytes:
    cells = "".join(f'<c r="{column_letters(column)}1"><v>{column}</v></c>' for column in range(16_384))
    return archive(parts(_sheet(f'<row r="1">{cells}</row>')))


def _entities(kind: str) -> str:
    nested = "".join(f'<!ENTITY e{n} "{"&e" + str(n - 1) + ";" * 1}{"&e" + str(n - 1) + ";"}">' for n in range(1, 30))
    bodies = {
        "nested": f'<!DOCTYPE a [<!ENTITY e0 "ha">{nested}]>',
        "outside": '<!DOCTYPE a [<!ENTITY e29 SYSTEM "file:///etc/hostname">]>',
        "parameter": '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
    }
    return bodies[kind] + _sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&e29;</t></is></c></row>')


def _utf16(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le")


def _ods(body: str, **others: str) -> Make:
    head = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    )
    tail = "</office:spreadsheet></office:body></office:document-content>"
    contents = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": head + body + tail,
        "META-INF/manifest.xml": "<manifest/>",
        **others,
    }
    return lambda: archive(contents)


def _ods_table(rows: str) -> str:
    return f'<table:table table:name="A">{rows}</table:table>'


def _bomb(layers: int) -> bytes:
    content = b"\0" * (30 * 1024 * 1024)
    name = "xl/worksheets/sheet1.xml"
    for _ in range(layers):
        content = archive({name: content, "xl/workbook.xml": "<workbook/>"})
        name = "inner.xlsx"
    return content


def _xls() -> bytes:
    book, file = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("A")
    rows: list[list[str | int]] = [["Force", "Apr-15"], ["Kent", 5], ["Essex", 6]]
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    book.save(file)
    return file.getvalue()


def _xls_with_circle_of_sectors() -> bytes:
    content = bytearray(_xls())
    table = 512 * (1 + struct.unpack_from("<I", content, 76)[0])
    for entry in range(8):
        struct.pack_into("<I", content, table + 4 * entry, entry)
    return bytes(content)


def _xls_with_circle_of_folders() -> bytes:
    """Every entry of the list of streams has itself for its neighbours and its child."""
    content = bytearray(_xls())
    at = content.find("Root Entry".encode("utf-16-le"))
    for entry in range(3):
        struct.pack_into("<III", content, at + 128 * entry + 68, entry, entry, entry)
    return bytes(content)


def _xls_of_records(records: bytes) -> bytes:
    """Records written over those of a sheet, to the end of the file's longest run."""
    book, file = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("A")
    for row in range(30_000):
        sheet.write(row, 0, row + 0.5)
        sheet.write(row, 5, row + 0.5)
    book.save(file)
    content = bytearray(file.getvalue())
    at = content.rfind(struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0010)) + 20
    room = len(content) - 4096 - at
    content[at : at + room] = records[: room - room % 4]
    return bytes(content)


def _dates_of_1904(book: openpyxl.Workbook) -> None:
    from datetime import datetime

    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0]["B1"] = datetime(2015, 4, 1)
    book.worksheets[0]["C1"] = datetime(2015, 5, 1)


def _formulas(book: openpyxl.Workbook) -> None:
    book.worksheets[0]["B3"] = "=SUM(B2:B2)"
    book.worksheets[0]["C3"] = '=HYPERLINK("http://127.0.0.1/","x")'
    book.worksheets[0]["A3"] = "Total"


def _names(book: openpyxl.Workbook) -> None:
    book.defined_names["far"] = DefinedName("far", attr_text="'[../../other.xlsx]A'!$XFD$1048576")


def _payloads(book: openpyxl.Workbook) -> None:
    for row, text in enumerate(["=cmd|'/c calc'!A1", "@SUM(1)", "+1-1", "'; drop table x; --", "<script>"], 3):
        cell = book.worksheets[0].cell(row, 1)
        cell.value = text
        cell.data_type = "s"
        book.worksheets[0].cell(row, 2).value = row


def _to_sheet(target: str, more: str = "") -> Make:
    """A workbook whose relation to its sheet leads elsewhere."""
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="{target}"{more}/>'
    return _replaced(relations=f'<Relationships xmlns="{_PACKAGE}">{relation}</Relationships>')


def _ods_rows(attributes: str, cell: str, times: int = 1) -> Make:
    """An .ods file with rows and cells that have these attributes."""
    written = (
        f'<table:table-cell {cell} office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
    )
    return _ods(_ods_table(f"<table:table-row {attributes}>{written}</table:table-row>" * times))


def _with_one_name_twice() -> bytes:
    file = io.BytesIO(_good())
    with zipfile.ZipFile(file, "a") as zipped, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        zipped.writestr("xl/worksheets/sheet1.xml", _sheet(_TABLE.replace("<v>5<", "<v>500<")))
    return file.getvalue()


def _with_many_formats() -> bytes:
    """64,000 number formats, each worn by one cell."""
    numbers = range(64_000)
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="0.0&quot;{n}&quot;"/>' for n in numbers)
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n in numbers)
    rows = "".join(f'<row r="{n + 3}"><c r="B{n + 3}" s="{n}"><v>1</v></c></row>' for n in numbers)
    sheet = f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>'
    return archive(parts(_sheet(_TABLE + rows), **{"xl/styles.xml": sheet}))


def _many_merged() -> bytes:
    """Twenty thousand merged rectangles, one over the other, on a sheet of a million cells."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="ZZ{n}"><v>2</v></c></row>' for n in range(3, 1500))
    merged = "".join(f'<mergeCell ref="A1:ZZ{1_000_000 + n}"/>' for n in range(20_000))
    return archive(parts(_sheet(_TABLE + rows, after=f"<mergeCells>{merged}</mergeCells>")))


def _many_comments() -> bytes:
    comment = f'<comment ref="B2" authorId="0"><text><t>{"note " * 200}</t></text></comment>'
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/comments" Target="../comments1.xml"/>'
    listed = f'<comments xmlns="{_MAIN}"><commentList>{comment * 60_000}</commentList></comments>'
    related = f'<Relationships xmlns="{_PACKAGE}">{relation}</Relationships>'
    added = {"xl/comments1.xml": listed, "xl/worksheets/_rels/sheet1.xml.rels": related}
    return archive(parts(_sheet(_TABLE), **added))


def _remark(text: str) -> Make:
    """A sheet with a remark in its XML."""
    return lambda: archive(parts(_sheet(_TABLE, before=f"<!--{text}-->")))


def _text_cells(text: str, times: int) -> Make:
    """A column of texts beside figures."""

    def make() -> bytes:
        rows = "".join(
            f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text[: len(text) - n]}</t></is></c>'
            f'<c r="B{n}"><v>{n}</v></c></row>'
            for n in range(3, times)
        )
        return archive(parts(_sheet(_TABLE + rows)))

    return make


def _xlsb(change: Callable[[str, bytes], bytes] = lambda _name, content: content) -> bytes:
    """A small .xlsb with each of its parts changed."""
    with tempfile.TemporaryDirectory() as folder:
        path = save_xlsb(Path(folder) / "a.xlsb", {"A": picture("Force | Apr-15\nKent | 5\nEssex | 6")})
        with zipfile.ZipFile(path) as zipped:
            return archive({name: change(name, zipped.read(name)) for name in zipped.namelist()})


def _in_sheet(change: Callable[[bytes], bytes]) -> Make:
    return lambda: _xlsb(lambda name, content: change(content) if name.endswith("sheet1.bin") else content)


_LAST_CORNER = record(0, struct.pack("<IIHHBI", 1_048_575, 0, 300, 0, 0, 0)) + record(
    5, struct.pack("<IId", 16_383, 0, 1.0)
)
_TEXT_IN_A_LIST = record(7, struct.pack("<III", 1, 0, 4_000_000_000))
_TWO = '<sheet name="A" sheetId="1" r:id="rId1"/><sheet name="A" sheetId="2" r:id="rId1"/>'
FILES: dict[str, tuple[str, Make]] = {
    "cut at a tenth": ("xlsx", _cut(0.1)),
    "cut in the middle": ("xlsx", _cut(0.5)),
    "cut before the list of parts": ("xlsx", _cut(0.8)),
    "cut by a few bytes": ("xlsx", lambda: _good()[:-7]),
    "bits flipped once": ("xlsx", _flipped(1)),
    "bits flipped twice": ("xlsx", _flipped(2)),
    "bits flipped thrice": ("xlsx", _flipped(3)),
    "a wrong checksum": ("xlsx", _with_wrong_checksum),
    "rubbish after the archive": ("xlsx", lambda: _good() + random.Random(4).randbytes(5000)),
    "rubbish before the archive": ("xlsx", lambda: b"MZ" + random.Random(5).randbytes(5000) + _good()),
    "random bytes": ("xlsx", lambda: random.Random(6).randbytes(40_000)),
    "random bytes as xls": ("xls", lambda: bytes.fromhex("D0CF11E0A1B11AE1") + random.Random(7).randbytes(40_000)),
    "random bytes as ods": ("ods", lambda: b"PK\x03\x04" + random.Random(8).randbytes(40_000)),
    "an xlsx renamed to xls": ("xls", _good),
    "an xlsx renamed to ods": ("ods", _good),
    "an xls renamed to xlsx": ("xlsx", _xls),
    "a web page renamed to xls": ("xls", lambda: b"<html><table><tr><td>Kent</td><td>5</td></tr></table></html>"),
    "a csv renamed to xlsx": ("xlsx", lambda: b"Force,Apr-15\nKent,5\n"),
    "a zip in a zip": ("xlsx", lambda: archive({"inner.xlsx": _good()})),
    "a bomb": ("xlsx", lambda: archive(parts(" " * (101 * 1024 * 1024)))),
    "a bomb in three layers": ("xlsx", lambda: _bomb(3)),
    "a part of nulls": ("xlsx", lambda: archive(parts("\0" * 1_000_000))),
    "five thousand parts": (
        "xlsx",
        lambda: archive(parts(_sheet(_TABLE)) | {f"p/{n}.xml": "<a/>" for n in range(5000)}),
    ),
    "nested entities": ("xlsx", lambda: archive(parts(_entities("nested")))),
    "an entity from outside": ("xlsx", lambda: archive(parts(_entities("outside")))),
    "a parameter entity": ("xlsx", lambda: archive(parts(_entities("parameter")))),
    "a document type in UTF-16": (
        "xlsx",
        lambda: archive(parts("") | {"xl/worksheets/sheet1.xml": _utf16(_entities("nested"))}),
    ),
    "elements nested without end": ("xlsx", lambda: archive(parts("<a>" * 200_000))),
    "a string of nine million letters": ("xlsx", _long_strings),
    "a hundred thousand long strings": ("xlsx", _many_strings),
    "a row across all columns": ("xlsx", _wide),
    "one cell in the last corner": ("xlsx", _cells('<c r="XFD1048576"><v>1</v></c>', row=1_048_576)),
    "one cell beyond the last corner": ("xlsx", _cells('<c r="ZZZ9999999"><v>1</v></c>', row=9_999_999)),
    "a cell far out among others": ("xlsx", _cells('<c r="XFC190000"><v>1</v></c></row>' + _TABLE + "<row>")),
    "styled blanks in the last corner": (
        "xlsx",
        _cells("</row>" + _TABLE + '<row r="1048576"><c r="XFD1048576" s="0"/>'),
    ),
    "rows and columns below one": ("xlsx", _cells('<c r="A0"><v>1</v></c><c r="@-5"><v>2</v></c>', row=-1)),
    "a dimension that lies": ("xlsx", _table_with('<dimension ref="A1:XFD1048576"/>')),
    "a merged rectangle over everything": (
        "xlsx",
        _table_with(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    ),
    "hidden columns without end": ("xlsx", _table_with('<cols><col min="5" max="999999999" hidden="1"/></cols>')),
    "shared strings that are not there": ("xlsx", _cells('<c r="A1" t="s"><v>99999</v></c>')),
    "a style that is not there": ("xlsx", _cells('<c r="A1" s="4000000000"><v>1</v></c>')),
    "numbers that are none": (
        "xlsx",
        _cells('<c r="A1"><v>1e999</v></c><c r="B1"><v>NaN</v></c><c r="C1"><v>--</v></c>'),
    ),
    "no list of sheets": ("xlsx", _without("xl/workbook.xml")),
    "no relations": ("xlsx", _without("xl/_rels/workbook.xml.rels")),
    "no sheet behind its name": ("xlsx", _without("xl/worksheets/sheet1.xml")),
    "no content types": ("xlsx", _without("[Content_Types].xml")),
    "relations in a circle": ("xlsx", _to_sheet("workbook.xml")),
    "a sheet outside the archive": ("xlsx", _to_sheet("../../../etc/hostname")),
    "a sheet on a server": ("xlsx", _to_sheet("http://127.0.0.1:9/s.xml", ' TargetMode="External"')),
    "two sheets of one name": ("xlsx", _replaced(workbook=_workbook_of(_TWO))),
    "a sheet without a name": ("xlsx", _replaced(workbook=_workbook_of('<sheet name="" sheetId="1" r:id="rId1"/>'))),
    "a name that is a path": (
        "xlsx",
        _replaced(workbook=_workbook_of('<sheet name="../../etc/passwd" sheetId="1" r:id="rId1"/>')),
    ),
    "parts named as paths": ("xlsx", _many("../../../tmp/harm.xml", "<a/>")),
    "a macro": ("xlsm", _many("xl/vbaProject.bin", "never run")),
    "a link to another file": ("xlsx", _many("xl/externalLinks/externalLink1.xml", "<externalLink/>")),
    "an embedded object": ("xlsx", _many("xl/embeddings/oleObject1.bin", "MZ")),
    "a name that points outside": ("xlsx", lambda: _saved(_names)),
    "formulas without results": ("xlsx", lambda: _saved(_formulas)),
    "texts that look like commands": ("xlsx", lambda: _saved(_payloads)),
    "dates counted from 1904": ("xlsx", lambda: _saved(_dates_of_1904)),
    "an xlsb with nothing in it": (
        "xlsb",
        lambda: archive({"xl/workbook.bin": b"\x83\x01\x00", "[Content_Types].xml": _TYPES}),
    ),
    "an xlsb of random records": (
        "xlsb",
        lambda: archive(
            {name: random.Random(name).randbytes(5000) for name in ("xl/workbook.bin", "xl/worksheets/sheet1.bin")}
        ),
    ),
    "an xls with sectors in a circle": ("xls", _xls_with_circle_of_sectors),
    "an xls cut short": ("xls", lambda: _xls()[:3000]),
    "an encrypted package": (
        "xlsx",
        lambda: bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le") + bytes(4000),
    ),
    "an encrypted ods": ("ods", _ods("", **{"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"})),
    "an ods with rows without end": ("ods", _ods_rows('table:number-rows-repeated="1048576"', "")),
    "an ods with columns without end": ("ods", _ods_rows("", 'table:number-columns-repeated="2000000000"')),
    "an ods with a negative repeat": ("ods", _ods_rows("", 'table:number-columns-repeated="-5"')),
    "an ods cell spanned without end": (
        "ods",
        _ods_rows("", 'table:number-columns-spanned="16000" table:number-rows-spanned="1000000"'),
    ),
    "an ods with many repeated rows of many repeated cells": (
        "ods",
        _ods_rows('table:number-rows-repeated="1000"', 'table:number-columns-repeated="1000"', 5),
    ),
    "one part twice": ("xlsx", _with_one_name_twice),
    "64,000 number formats": ("xlsx", _with_many_formats),
    "merged rectangles in heaps": ("xlsx", _many_merged),
    "sixty thousand comments": ("xlsx", _many_comments),
    "a remark full of cells": ("xlsx", _remark("<c t=" * 2_000_000)),
    "a remark of an error again and again": ("xlsx", _remark("<c " + ' t="e"' * 300_000 + "<")),
    "a remark of a hidden row again and again": ("xlsx", _remark("<row " + ' hidden="1"' * 300_000 + "<")),
    "a remark of merged cells without end": ("xlsx", _remark("<mergeCell " * 300_000)),
    "a remark of a formula and blanks": ("xlsx", _remark('<c r="A9"><f/>' + " " * 1_000_000)),
    "an attribute that never ends": (
        "xlsx",
        lambda: archive(parts(_sheet(f'{_TABLE}<row r="3" hidden="1" {"a" * 300_000}/>'))),
    ),
    "an element that never ends": ("xlsx", lambda: archive(parts(_sheet("<row " + 'r="A1" ' * 2_000_000)))),
    "texts of nothing but years": ("xlsx", _text_cells("2015/16 " * 4000, 100)),
    "texts of nothing but months": ("xlsx", _text_cells("12 months to Apr-15 " * 1600, 100)),
    "twenty thousand titles": ("csv", lambda: b"Crimes by month\n" * 20_000),
    "ten thousand tables": ("csv", lambda: b"Kent,5\n,\n" * 10_000),
    "an xlsb as it should be": ("xlsb", _xlsb),
    "an xlsb cut off in a record": ("xlsb", _in_sheet(lambda content: content[: len(content) // 2])),
    "an xlsb record longer than the file": (
        "xlsb",
        _in_sheet(lambda content: content[:-9] + b"\x05\xff\xff\xff\x7f"),
    ),
    "an xlsb cell in the last corner": (
        "xlsb",
        _in_sheet(lambda content: content.replace(record(146), _LAST_CORNER + record(146))),
    ),
    "an xlsb text that is in no list": (
        "xlsb",
        _in_sheet(lambda content: content.replace(record(146), _TEXT_IN_A_LIST + record(146))),
    ),
    "an xls with folders in a circle": ("xls", _xls_with_circle_of_folders),
    "an xls of a million records": ("xls", lambda: _xls_of_records(struct.pack("<HH", 0x0208, 0) * 1_000_000)),
    "an xls text that is in no list": (
        "xls",
        lambda: _xls().replace(
            struct.pack("<HHHHH", 0xFD, 10, 1, 0, 17), struct.pack("<HHHHH", 0xFD, 10, 1, 0, 60000)
        ),
    ),
    "a pdf renamed to xlsx": ("xlsx", lambda: b"%PDF-1.7\n" + bytes(3000)),
    "an old XML spreadsheet renamed to xls": (
        "xls",
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
    ),
    "a csv of nulls": ("csv", lambda: b"\0" * 10_000),
    "a csv with nulls in it": ("csv", lambda: b"Force,Apr-15\nKe\0nt,5\n"),
    "a csv with one line of ten million letters": ("csv", lambda: b"x" * 10_000_000),
    "a csv with a million separators": ("csv", lambda: b"," * 3_000_000),
    "a csv with an open quotation mark": ("csv", lambda: b'Force,Apr-15\n"Kent,5\n' + b"a,1\n" * 100_000),
    "a csv in UTF-16": ("csv", lambda: _utf16("Force,Apr-15\r\nKent,5\r\n")),
    "a csv in half of UTF-16": ("csv", lambda: _utf16("Force,Apr-15\r\nKent,5\r\n")[:-1]),
    "a csv in no encoding": ("csv", lambda: b"Force,Apr-15\nK\xff\xfe\x81nt,5\n"),
    "a csv of numbers too long": ("csv", lambda: b"Force,Apr-15\nKent," + b"9" * 200_000 + b"\n"),
    "a csv of unusual periods": (
        "csv",
        lambda: b"Force,Q9 99/98,31 Feb 2015,2015/2099,12 months to,00/00/0000\nKent,1,2,3,4,5\n",
    ),
    "a compressed text": ("csv", lambda: zlib.compress(b"Force,Apr-15\nKent,5\n")),
    "nothing": ("xlsx", lambda: b""),
    "blanks": ("csv", lambda: b" \r\n" * 1000),
}
RIGHT = (
    "rubbish after the archive", "an xlsx renamed to ods", "an xls renamed to xlsx", "a macro",
    "a link to another file",
    "a name that is a path", "parts named as paths", "an embedded object", "a name that points outside",
    "styled blanks in the last corner", "a dimension that lies", "dates counted from 1904",
    "a csv in UTF-16", "five thousand parts",
    "a merged rectangle over everything", "hidden columns without end", "texts that look like commands",
    "64,000 number formats", "sixty thousand comments", "a remark full of cells",
    "a remark of an error again and again", "a remark of a hidden row again and again",
    "a remark of merged cells without end", "a remark of a formula and blanks", "an attribute that never ends",
    "an xlsb as it should be",
)  # fmt: skip
"""Those whose table is whole: Kent's figure of April 2015 is 5."""


def write(folder: Path, name: str) -> Path:
    """Write a file of FILES into a folder."""
    ending, make = FILES[name]
    path = folder / f"{name}.{ending}"
    path.write_bytes(make())
    return path
