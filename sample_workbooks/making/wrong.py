"""Files that must be refused with a plain message: one fault a file."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from pathlib import Path

from making import recorded_crime
from making.compound_file import compound_file
from making.published import ILLUSTRATIVE
from making.sheets import SENT, Pen, Style, new_workbook, save_workbook

PROSE = (
    "Dear colleagues,\r\n\r\nThank you for the reminder about the quarterly return, which we read with interest.\r\n"
    "Unfortunately the figures are still being checked, so this note only says that they will follow.\r\n"
    "Please accept our apologies for the delay.\r\n\r\nYours faithfully,\r\nThe performance team\r\n"
)


def make(folder: Path) -> None:
    """Write the seven files; the samples beside them must have been written before."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "not a workbook.xlsx").write_bytes(_archive_without_workbook())
    (folder / "picture renamed.xlsx").write_bytes(_picture())
    (folder / "empty file.xlsx").write_bytes(b"")
    (folder / "password protected.xlsx").write_bytes(_protected())
    (folder / "text file renamed.xlsx").write_bytes(PROSE.encode())
    whole = (folder.parent / recorded_crime.NAME).read_bytes()
    (folder / "cut short.xlsx").write_bytes(whole[: len(whole) * 3 // 5])
    (folder / "prose.csv").write_bytes(PROSE.encode())
    _without_figures(folder / "no figures.xlsx")


def _archive_without_workbook() -> bytes:
    """A sound zip archive that holds a note instead of a workbook."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        archive.writestr(zipfile.ZipInfo("note.txt", SENT.timetuple()[:6]), PROSE)
    return result.getvalue()


def _picture() -> bytes:
    """A grey PNG of eight by eight points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x80" * 8 for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, level=0))
        + chunk(b"IEND", b"")
    )


def _protected() -> bytes:
    """What Excel writes for a workbook with a password to open: a compound file with the workbook encrypted in it.

    The encrypted part is made of hashes, so no password opens it; the shell is what a reader goes by.
    """
    noise = b"".join(hashlib.sha512(b"sample %d" % number).digest() for number in range(96))
    salt, key = noise[:16].hex(), noise[16:48].hex()
    description = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption">'
        f'<keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" '
        f'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="{salt}"/>'
        f'<dataIntegrity encryptedHmacKey="{key}" encryptedHmacValue="{key}"/></encryption>'
    ).encode()
    information = struct.pack("<HHI", 4, 4, 0x40) + description.ljust(4088, b" ")
    package = struct.pack("<Q", len(noise) - 11) + noise
    return compound_file(("EncryptionInfo", information), ("EncryptedPackage", package))


def _without_figures(path: Path) -> None:
    """A sound workbook in which nobody has filled in anything."""
    book = new_workbook("Leicestershire County Council", "Blank")
    pen = Pen(book, "Return", Style())
    pen.title(1, "Quarterly return")
    pen.text(2, 1, f"{ILLUSTRATIVE}.", italic=True)
    pen.text(4, 1, "To be completed by the service.")
    save_workbook(book, path)
