"""A file becomes a Workbook: looked over before parsing, then parsed in a limited child process."""

from __future__ import annotations

import codecs
import hashlib
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import cast

import msgspec

from pcp_desktop.child_process import Child, ChildDied, ChildTooSlow
from pcp_desktop.domain.progress import Progress
from pcp_desktop.errors import UserError
from pcp_desktop.returns.files import file_kinds
from pcp_desktop.returns.files.file_kinds import NOTHING, OLE
from pcp_desktop.returns.files.told import PLAIN, BeyondValues, Cell, Day, Moment, Told, ToldSheet
from pcp_desktop.returns.files.workbook import CellValue, Rectangle, Sheet, Workbook, position

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv")
LARGEST_FILE = 25 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 201_000
MOST_CELLS = 2_100_000
WALL_SECONDS = 16.0
"""For the child on a busy machine; it may use ten seconds of the processor, and all else about a file takes two."""
_CHILD = "pcp_desktop.returns.files.child"
_BIFF_BEFORE_OLE = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
_FIRST_RECORD = bytes.fromhex("0908100000060500")
_FILEPASS = 0x2F
_CHUNK = 1024 * 1024
_CELL = re.compile(rb'r="([A-Z]{1,3})(\d{1,9})"[^<>]{0,100}><[vfi]')
_FAR = re.compile(rb'r="[A-Z]{1,2}+(?!1?\d{1,5}")[A-Z]?\d{1,9}"[^<>]{0,100}><[vfi]')
"""Cells with a value, and those of them beyond column ZZ or row 199,999; rows and cells with a style alone are many
in good files too, and reach to the last. Without a limit to what may follow an address, an element that never ends
would be searched again and again."""
_SAMPLE = 2048
_FIRST_ELEMENT = re.compile(rb"(?:\xef\xbb\xbf)?+(?:\s++|<\?.*?\?>|<!--.*?-->)*+<[A-Za-z_]", re.DOTALL)
"""The start of a part up to its first element, where no document type stands before that."""
_ANSWERS = msgspec.msgpack.Decoder(Told)


def read_workbook(path: Path, progress: Progress, reader: Reader | None = None) -> Workbook:
    """The workbook in a file, its bytes included.

    `reader` is a child process to use again; without one a child is started and stopped. Raises UserError for a file
    that cannot be read, and Cancelled when `progress` does.
    """
    progress(f"Reading {path.name}", 0, 3)
    content = _content(path)
    _scan(path, content)
    if reader is not None:
        told = reader.parse(path.name, content, progress)
    else:
        with Reader() as own:
            told = own.parse(path.name, content, progress)
    return _workbook(path, content, told)


class Reader:
    """One child process that parses file after file; a child that died is replaced with the next file."""

    def __init__(self) -> None:
        self._child = Child(_CHILD)

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the child; the reader may be used again."""
        self._child.close()

    def parse(self, name: str, content: bytes, progress: Progress) -> Told:
        """What the child says of a file. Raises UserError where it died, took too long or could not read it."""

        def within(words: str, done: int, of: int) -> None:
            # Parsing is the second of three steps.
            progress(words, 1 + done, 2 + of)

        try:
            _head, answer = self._child.ask({"name": name}, content, within, f"Reading {name}", WALL_SECONDS)
            told = _ANSWERS.decode(answer)
        except ChildTooSlow:
            raise UserError(
                f"“{name}” could not be read within {WALL_SECONDS:.0f} seconds.",
                NOTHING,
                "Save only the sheets you need as a new .xlsx workbook, and bring that in.",
            ) from None
        except (ChildDied, msgspec.MsgspecError):
            raise UserError(
                f"“{name}” could not be read: reading it needed more memory than the program allows.",
                NOTHING,
                "Open it in Excel, save the sheets you need as a new .xlsx workbook, and bring that in.",
            ) from None
        _refuse_problem(name, told)
        return told


def _refuse_problem(name: str, told: Told) -> None:
    if told.problem == "too large":
        raise UserError(
            f"“{name}” is too large to read: {told.words}.",
            NOTHING,
            "Save only the sheets and rows you need as a new workbook, and bring that in.",
        )
    if told.problem and "password" in told.words.lower():
        raise _protected(name)
    if told.problem:
        raise UserError(
            f"“{name}” could not be read: it is damaged or not the kind of workbook its name says.",
            NOTHING,
            "Open it in Excel, save it as a new .xlsx workbook and bring that in, or ask for it again.",
        )


def _content(path: Path) -> bytes:
    if path.suffix.lower() not in ENDINGS and not path.is_dir():
        raise UserError(
            f"“{path.name}” is not a workbook.", NOTHING, f"Bring in a file that ends in {', '.join(ENDINGS)}."
        )
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise UserError(f"“{path.name}” is a folder.", NOTHING, "Drop the workbooks that are in it.")
        if not stat.S_ISREG(facts.st_mode):
            # Reading a pipe or a device may never end.
            raise file_kinds.refusal(path.name, "")
        if facts.st_size > LARGEST_FILE:
            size = facts.st_size / 1024**2
            raise _too_large(path.name, f"it has {size:,.0f} MB, and the program reads up to 25 MB")
        content = path.read_bytes()
    except PermissionError as error:
        raise UserError(
            f"“{path.name}” may not be read: this account has no permission to open it.",
            NOTHING,
            "Ask for permission to read the file, or save a copy in a folder of your own and bring that in.",
        ) from error
    except OSError as error:
        raise UserError(
            f"“{path.name}” could not be opened ({error.strerror or error}).",
            NOTHING,
            "Check that the file is still there and the drive is connected, and try again.",
        ) from error
    if not content.strip():
        raise UserError(f"“{path.name}” is empty.", NOTHING, "Ask the sender for the file again.")
    return content


def _too_large(name: str, why: str) -> UserError:
    return UserError(
        f"“{name}” is too large to read: {why}.",
        NOTHING,
        "Save only the sheets and rows you need as a new workbook, and bring that in.",
    )


def _scan(path: Path, content: bytes) -> None:
    ending = path.suffix.lower()
    if ending == ".csv":
        wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if content[:4] == b"PK\x03\x04" or content[:8] == OLE or (b"\0" in content and not wide):
            raise file_kinds.refusal(path.name, file_kinds.of(content))
        return
    if content[:8] == OLE:
        _scan_ole(path.name, content)
        return
    if ending == ".xls" and content[:2] in _BIFF_BEFORE_OLE:
        return
    if not content.startswith(b"PK"):
        raise file_kinds.refusal(path.name, file_kinds.of(content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _scan_archive(path.name, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise UserError(
            f"“{path.name}” is damaged: part of it is missing or unreadable.",
            NOTHING,
            "Ask the sender for the file again; it may have been cut off on the way.",
        ) from error


def _protected(name: str) -> UserError:
    return UserError(
        f"“{name}” is protected with a password.",
        NOTHING,
        "Ask the sender for a copy without a password, or open it, remove the password, save it and bring that in.",
    )


def _scan_ole(name: str, content: bytes) -> None:
    words = content.replace(b"\0", b"")
    if b"EncryptedPackage" in words:
        raise _protected(name)
    if b"Workbook" not in words and b"Book" not in words:
        raise file_kinds.refusal(name, file_kinds.of(content))
    if _has_filepass(content):
        raise _protected(name)


def _has_filepass(content: bytes) -> bool:
    """Whether the first records of a .xls file say that it is encrypted (FILEPASS, MS-XLS 2.4.117)."""
    at = content.find(_FIRST_RECORD)
    for _record in range(5):
        if at < 0 or at + 4 > len(content):
            return False
        kind, length = struct.unpack_from("<HH", content, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False


def _scan_archive(name: str, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise _protected(name)
    names = {part.filename for part in parts}
    if "META-INF/manifest.xml" in names and b"encryption-data" in _opened(archive, "META-INF/manifest.xml"):
        raise _protected(name)
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise file_kinds.refusal(name, file_kinds.of_parts(archive))
    if len(names) < len(parts):
        # Two readers would each read another one of them.
        raise UserError(
            f"“{name}” holds two parts of the same name, as no office program saves them.",
            NOTHING,
            "Do not open it; ask the sender where it came from and for a new copy.",
        )
    unpacked = 0
    for part in parts:
        look = _Look(part.filename)
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > LARGEST_UNPACKED:
                    raise _too_large(name, "unpacked it has more than 100 MB")
                look.over(name, chunk)


def _opened(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        return stream.read(_CHUNK)


class _Look:
    """What a part of the archive must not hold: a document type, or a cell further out than the program reads."""

    def __init__(self, part: str) -> None:
        self._xml = part.endswith((".xml", ".rels", ".vml"))
        self._sheet = bool(re.match(r"xl/worksheets/[^/]+\.xml\Z", part))
        self._tail = b""
        self._begun = False
        self._highest_row = 0
        self._highest_column = 0

    def over(self, name: str, chunk: bytes) -> None:
        """Look at the next piece; raises UserError."""
        if not self._xml:
            return
        text = self._tail + chunk
        # A document type may only stand before the first element.
        self._begun = self._begun or _FIRST_ELEMENT.match(text) is not None
        if not self._begun and (b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"<\0!\0D\0O\0C" in text):
            raise UserError(
                f"“{name}” holds definitions that no workbook needs and that can be used to harm a computer.",
                NOTHING,
                "Do not open it; ask the sender where it came from and for a new copy.",
            )
        if self._sheet:
            self._look_at_cells(name, text)
        self._tail = text[-64:]

    def _look_at_cells(self, name: str, text: bytes) -> None:
        """Rows come in order, so that the end of a piece shows how far it reaches; cells far out are looked for.

        A sheet that reaches further by tricks is refused by the child, which has its memory limited.
        """
        found = _CELL.findall(text, 0 if _FAR.search(text) else max(len(text) - _SAMPLE, 0)) or _CELL.findall(text)
        last = max({letters for letters, _row in found}, key=lambda letters: (len(letters), letters), default=b"A")
        self._highest_row = max([self._highest_row, *{int(row) for _letters, row in found}])
        self._highest_column = max(self._highest_column, position(f"{last.decode()}1")[1] + 1)
        if self._highest_row > MOST_ROWS or self._highest_row * self._highest_column > MOST_CELLS:
            raise _too_large(name, f"a sheet reaches to row {self._highest_row:,}, column {self._highest_column:,}")


def _workbook(path: Path, content: bytes, told: Told) -> Workbook:
    notes = []
    if content.startswith(b"PK"):
        # The names of an archive's parts stand in it as they are.
        if b"vbaProject.bin" in content:
            notes.append("The workbook holds macros. They were not run.")
        if b"xl/externalLinks/" in content:
            notes.append("The workbook is linked to other files. The links were not followed.")
    return Workbook(
        path.name,
        content,
        hashlib.sha256(content).hexdigest(),
        tuple(_sheet(sheet) for sheet in told.sheets),
        told.properties,
        tuple(notes),
    )


def _sheet(told: ToldSheet) -> Sheet:
    width = max(map(len, told.rows), default=0)
    beyond = told.beyond or BeyondValues(told.merged)
    return Sheet(
        told.name,
        tuple(_row(row, width) for row in told.rows),
        told.hidden,
        tuple(_apart(beyond.merged, len(told.rows), width)),
        frozenset(beyond.hidden_rows),
        frozenset(beyond.hidden_columns),
        beyond.formats,
        beyond.errors,
        frozenset(beyond.unvalued),
        beyond.comments,
        told.rows_in_file,
        told.beyond is None,
    )


def _apart(merged: Iterable[tuple[int, int, int, int]], height: int, width: int) -> Iterator[Rectangle]:
    """Merged rectangles, as long as they may lie side by side on the sheet: those that overlap have no meaning."""
    room = height * width
    for top, left, bottom, right in merged:
        room -= max(min(bottom + 1, height) - top, 0) * max(min(right + 1, width) - left, 0)
        if room < 0:
            return
        yield top, left, bottom, right


def _row(cells: list[Cell], width: int) -> tuple[CellValue, ...]:
    """A row's values, as many as the sheet is wide; only in a row with dates each is looked at."""
    plain = PLAIN.issuperset(map(type, cells))
    values = cast("list[CellValue]", cells) if plain else [_value(cell) for cell in cells]
    return tuple(values) if len(values) == width else (*values, *[None] * (width - len(values)))


def _value(cell: Cell) -> CellValue:
    return cell.value if isinstance(cell, Day | Moment) else cell
