"""What the XML of an .ods file says beyond values: merged and hidden cells, figures as they are shown, errors."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from pcp_desktop.returns.files.number_formats import FormatsOfCells
from pcp_desktop.returns.files.told import BeyondValues

LARGEST_CONTENT = 40 * 1024 * 1024
_MOST_REPEATED = 1000
_DASHES = frozenset({"-", "–", "—"})
_DASH_FOR_NIL = '0;-0;"-"'
_SHOWN = re.compile(r"[-−(]?(£?)\d+((?:,\d{3})*)(\.\d+)?(%?)\)?\Z")
_COLUMNS = 16384


def facts_by_sheet(archive: zipfile.ZipFile) -> dict[str, BeyondValues]:
    """For every sheet name what calamine does not tell.

    Raises whatever a damaged archive raises; the caller goes on without these facts.
    """
    from defusedxml.ElementTree import iterparse

    if archive.getinfo("content.xml").file_size > LARGEST_CONTENT:
        return {}
    sheets: dict[str, _Sheet] = {}
    sheet = _Sheet()
    with archive.open("content.xml") as stream:
        for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            name = element.tag.rpartition("}")[2]
            if event == "start":
                if name == "table":
                    sheet = _Sheet()
                    sheets[_attribute(element, "name")] = sheet
            elif name == "table-column":
                sheet.column(element)
            elif name == "table-row":
                sheet.row(element)
                element.clear()
    for sheet in sheets.values():
        sheet.facts.formats = sheet.formats.gathered()
    return {name: sheet.facts for name, sheet in sheets.items()}


def _attribute(element: Any, name: str, default: str = "") -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), default)


def _repeated(element: Any, name: str) -> int:
    return int(_attribute(element, f"number-{name}-repeated", "1"))


class _Sheet:
    """The facts of one sheet while its rows go by."""

    def __init__(self) -> None:
        self.facts = BeyondValues()
        self.formats = FormatsOfCells()
        self._row = 0
        self._column = 0

    def column(self, element: Any) -> None:
        """A definition of one column or several."""
        count = _repeated(element, "columns")
        if _attribute(element, "visibility") in ("collapse", "filter"):
            self.facts.hidden_columns.update(range(self._column, self._column + min(count, _MOST_REPEATED)))
        self._column += count

    def row(self, element: Any) -> None:
        """A row with its cells, or many like it."""
        count = _repeated(element, "rows")
        if _attribute(element, "visibility") in ("collapse", "filter"):
            self.facts.hidden_rows.update(range(self._row, self._row + min(count, _MOST_REPEATED)))
        column = 0
        for cell in element:
            times = _repeated(cell, "columns")
            if count * times > _MOST_REPEATED:
                # A cell that is repeated so often is filling and no figure.
                column += times
                continue
            if len(cell) or _attribute(cell, "formula") or _attribute(cell, "number-columns-spanned"):
                for row in range(self._row, self._row + count):
                    for place in range(column, column + times):
                        self._cell(cell, row, place)
            column += times
        self._row += count

    def _cell(self, cell: Any, row: int, column: int) -> None:
        right = int(_attribute(cell, "number-columns-spanned", "1"))
        down = int(_attribute(cell, "number-rows-spanned", "1"))
        if (right > 1 or down > 1) and right < _COLUMNS:
            self.facts.merged.append((row, column, row + down - 1, column + right - 1))
        note = next((child for child in cell if child.tag.endswith("}annotation")), None)
        if note is not None:
            self.facts.comments[row, column] = _paragraphs(note)[:1000]
        kind = _attribute(cell, "value-type")
        shown = _paragraphs(cell)
        # A formula whose result is an empty text has an empty paragraph; one never calculated has none.
        if _attribute(cell, "formula") and not kind and not any(child.tag.endswith("}p") for child in cell):
            self.facts.unvalued.add((row, column))
        elif shown.startswith(("#", "Err:")) and _attribute(cell, "formula"):
            self.facts.errors[row, column] = shown[:40]
        if kind in ("float", "currency", "percentage"):
            self.formats.add(row, column, _form(shown, kind))


def _form(shown: str, kind: str) -> str:
    """A number format under which a figure is shown as it is; empty for one without separators or a sign."""
    if shown in _DASHES:
        return _DASH_FOR_NIL
    found = _SHOWN.match(shown)
    pound, thousands, decimals, percent = found.groups() if found else ("", "", "", "")
    percent = "%" if kind == "percentage" else percent
    if not (pound or thousands or percent):
        return ""
    return f"{pound}{'#,##0' if thousands else '0'}{re.sub(r'[0-9]', '0', decimals or '')}{percent}"


def _paragraphs(element: Any) -> str:
    """The words of a cell or a comment, without its date and author."""
    return " ".join(" ".join("".join(line.itertext()) for line in element if line.tag.endswith("}p")).split())
