"""What the typesetter leaves out of a paper's structure tree: row headers, and which headers belong to each cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Pdf

_LAYOUT_OF_RULES = ("/BorderColor", "/BorderStyle", "/BorderThickness")


def finish_tags(document: Pdf, naming_column: int) -> None:
    """Give every table row headers and every cell its own headers, and gather the paper in one section.

    Typst marks header rows only, and lists for a cell under a sub-heading the headers of all columns. A screen reader
    needs the cell's own column, the sub-heading and the cell that names the row (ISO 32000-1, table 349, Headers).

    Args:
        document: the PDF as Typst made it, changed in place.
        naming_column: the column (from 0) whose cell names its row.
    """
    root = document.Root.StructTreeRoot
    identifiers = NameTree(root.IDTree) if "/IDTree" in root else None
    for number, table in enumerate(list(elements(root, "/Table"))):
        if identifiers is not None:
            _finish_table(table, naming_column, f"R{number}y", identifiers)
    _in_one_section(document)


def elements(element: Any, kind: str) -> Iterator[Any]:
    """The structure elements of one kind ("/Table") below an element, in reading order."""
    for kid in kids(element):
        if str(kid.S) == kind:
            yield kid
        yield from elements(kid, kind)


def kids(element: Any) -> list[Any]:
    """The structure elements directly below an element; content that belongs to it itself is left out."""
    found = element.get("/K", [])
    below = list(found) if isinstance(found, Array) else [found]
    return [kid for kid in below if isinstance(kid, Dictionary) and "/S" in kid]


def _finish_table(table: Any, naming_column: int, prefix: str, identifiers: NameTree) -> None:
    """Headers of one table: those of the columns from its head, then row after row."""
    columns: list[Any] = []
    theme: list[Any] = []
    for number, row in enumerate(elements(table, "/TR")):
        cells = kids(row)
        for cell in cells:
            _drop_rules(cell)
        if not columns:
            columns = [cell.ID for cell in cells]
        elif len(cells) == 1:
            theme = [cells[0].ID]
            _set_headers(cells[0], [])
        else:
            naming = cells[naming_column]
            naming.S = Name.TH
            naming.ID = pikepdf.String(f"{prefix}{number}")
            identifiers[str(naming.ID)] = naming
            _attributes(naming).append(Dictionary(O=Name.Table, Scope=Name.Row))
            _set_row(cells, columns, theme, naming)


def _set_row(cells: list[Any], columns: list[Any], theme: list[Any], naming: Any) -> None:
    """Each cell's headers: its columns, the sub-heading it stands under and, but for itself, the row's name."""
    place = 0
    for cell in cells:
        span = next((int(one.ColSpan) for one in _attributes(cell) if "/ColSpan" in one), 1)
        own = columns[place : place + span]
        place += span
        _set_headers(cell, [*own, *theme] if cell.S == "/TH" else [*own, *theme, naming.ID])


def _attributes(cell: Any) -> Any:
    """The attribute objects of a cell as an array that can be added to."""
    if "/A" not in cell:
        cell.A = Array()
    elif not isinstance(cell.A, Array):
        cell.A = Array([cell.A])
    return cell.A


def _set_headers(cell: Any, headers: list[Any]) -> None:
    table = next((one for one in _attributes(cell) if one.O == "/Table"), None)
    if table is None:
        table = Dictionary(O=Name.Table)
        _attributes(cell).append(table)
    table.Headers = Array(headers)


def _drop_rules(cell: Any) -> None:
    """Take out how a cell's rules look: it says nothing to a reader, and poppler warns of sides without a rule."""
    for attribute in _attributes(cell):
        for key in _LAYOUT_OF_RULES:
            if key in attribute:
                del attribute[key]


def _in_one_section(document: Pdf) -> None:
    """One Sect for the paper below Document, so that papers can be joined to a pack and stay apart."""
    whole = kids(document.Root.StructTreeRoot)[0]
    section = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, P=whole, K=whole.K))
    for kid in kids(section):
        kid.P = section
    whole.K = Array([section])
