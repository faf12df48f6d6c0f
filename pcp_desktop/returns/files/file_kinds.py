"""What a file is by its content, whatever its name says; whether a workbook may be opened is for `scan` to say."""

from __future__ import annotations

import re
import zipfile

from pcp_desktop.errors import UserError

NOTHING = "Nothing was stored and nothing has changed."
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_BEGINNINGS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"{\\rtf", "text document"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
)
_STREAMS = (
    (b"WordDocument", "text document"),
    (b"PowerPoint Document", "presentation"),
    (b"__substg1.0", "e-mail"),
)
_PARTS = (
    ("word/", "text document"),
    ("ppt/", "presentation"),
    ("Index/", "Numbers document"),
)
_WEB_PAGE = re.compile(rb"<(?:!doctype html|html|head|body|table)\b", re.IGNORECASE)
_OLD_XML = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet")
_E_MAIL = re.compile(rb"^(?:From|Received|Return-Path|MIME-Version): ", re.MULTILINE)
_LOOKED_AT = 4096
_SAVE_ANEW = "Open it in Excel, save it as an .xlsx workbook, and bring that in."
_ASK_FOR_IT = "Ask the sender for the workbook that its figures come from."
_SAID = {
    "PDF": ("a PDF", _ASK_FOR_IT),
    "picture": ("a picture", _ASK_FOR_IT),
    "text document": ("a text document", _ASK_FOR_IT),
    "presentation": ("a presentation", _ASK_FOR_IT),
    "Numbers document": ("a document of Apple Numbers", "Export it from Numbers as Excel, and bring that in."),
    "archive": ("an archive of other files", "Unpack it, and bring in the workbooks that are in it."),
    "e-mail": ("an e-mail", "Save the workbook that is attached to it, and bring that in."),
    "web page": ("a web page", _SAVE_ANEW),
    "old XML": ("a spreadsheet in the XML form of Excel 2003", _SAVE_ANEW),
    "text": ("a text file", f"If it holds a table, change its ending to .csv and bring it in. Or: {_SAVE_ANEW}"),
}


def of(content: bytes) -> str:
    """The kind of a file that is no workbook, a key of the sentences here; empty where nothing tells it.

    An archive is told by the names of its parts with `of_parts`.
    """
    start = content[:_LOOKED_AT]
    for beginning, kind in _BEGINNINGS:
        if start.startswith(beginning):
            return kind
    if start.startswith(OLE):
        words = content.replace(b"\0", b"")
        return next((kind for stream, kind in _STREAMS if stream in words), "")
    if _OLD_XML.search(start):
        return "old XML"
    if _WEB_PAGE.search(start):
        return "web page"
    if _E_MAIL.match(start):
        return "e-mail"
    return "text" if _is_text(content) else ""


def of_parts(archive: zipfile.ZipFile) -> str:
    """The kind of a zip archive that is no workbook."""
    names = archive.namelist()
    return next((kind for folder, kind in _PARTS if any(name.startswith(folder) for name in names)), "archive")


def refusal(name: str, kind: str) -> UserError:
    """What to say of a file whose content is of another kind than its ending says."""
    if kind not in _SAID:
        return UserError(
            f"“{name}” is not a workbook, whatever its name says: its content is something else.",
            NOTHING,
            "Open it in the program it was made with, save it as an .xlsx workbook and bring that in.",
        )
    said, to_do = _SAID[kind]
    return UserError(f"“{name}” is not a workbook but {said}, whatever its name says.", NOTHING, to_do)


def _is_text(content: bytes) -> bool:
    return not any(byte < 32 and byte not in b"\t\n\r\f" for byte in content[:_LOOKED_AT])
