"""The rows of a separated text file as text; what the cells say belongs to those who read them."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its last line, its cells without blanks around them.

    UTF-8, UTF-16 with its mark or else Windows-1252; commas, semicolons or tabs, whichever there are most of in the
    first fifty lines. Raises ValueError for null characters and csv.Error for a quotation mark that is never closed.
    """
    text = _text(content)
    if "\0" in text:
        raise ValueError("the file holds null characters")
    sample = "\n".join(text.splitlines()[:50])
    separator = max(",;\t", key=sample.count)
    # Strict, so that a quotation mark that is never closed does not quietly swallow the rows below it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for row in reader:
        yield reader.line_num, [value.strip() for value in row]


def _text(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
