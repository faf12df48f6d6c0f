"""What the XML of an .xlsx file says beyond values: formats, merged and hidden cells, errors, comments.

Sheets are searched as bytes and not parsed, for that costs thirty times what reading their values does.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from pcp_desktop.returns.files.workbook import position, rectangle

LARGEST_SHEET = 30 * 1024 * 1024
LARGEST_COMMENTS = 5 * 1024 * 1024
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 41: '#,##0;(#,##0);"-"', 42: '£#,##0;(£#,##0);"-"', 43: '#,##0.00;(#,##0.00);"-"',
    44: '£#,##0.00;(£#,##0.00);"-"',
}  # fmt: skip
"""Formats that a file names by number only (ECMA-376 part 1, 18.8.30)."""
_MOST_HIDDEN_COLUMNS = 2000
_COLUMNS = 16384
_USUAL_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: t="\w+")?(?: s="(\d+)")?')
_ANY_CELL = re.compile(rb"<c\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_ERROR = re.compile(rb'<c\s([^<>]*\bt="e"[^<>]*)>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?(?:<v>([^<]*)</v>)?')
_FORMULA_ALONE = re.compile(
    rb"<c\s([^<>]*)>\s*(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)  # fmt: skip
_HIDDEN = re.compile(rb'<(row|col)\s([^<>]*?\bhidden="(?:1|true)"[^<>]*)>')
_MERGED = re.compile(rb'<mergeCell\s[^>]*\bref="([A-Z]+\d+(?::[A-Z]+\d+)?)"')
_PREFIX = re.compile(rb"<(\w+):worksheet\b")


def facts_by_sheet(archive: zipfile.ZipFile) -> dict[str, dict[str, Any]]:
    """For every sheet name what calamine does not tell, as plain JSON values with positions from 0.

    Raises whatever a damaged archive raises; the caller goes on without these facts.
    """
    formats = _formats(archive)
    targets = relations(archive, "xl/workbook.xml")
    names = set(archive.namelist())
    facts = {}
    for element in _elements(archive, "xl/workbook.xml", "sheet"):
        identifier = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        part = targets.get(identifier, "")
        if part in names and archive.getinfo(part).file_size <= LARGEST_SHEET:
            facts[element.attrib.get("name", "")] = _sheet(archive, part, formats)
    return facts


def custom_properties(archive: zipfile.ZipFile) -> dict[str, str]:
    """The custom document properties by name; empty where the file has none."""
    part = "docProps/custom.xml"
    if part not in archive.namelist():
        return {}
    return {
        element.attrib.get("name", ""): "".join(element.itertext()).strip()
        for element in _elements(archive, part, "property")
    }


def beyond_general(form: str) -> str:
    """A number format, empty where it is the one for anything."""
    return "" if form.lower() == "general" or form == "@" else form


def _elements(archive: zipfile.ZipFile, part: str, *names: str) -> Iterator[Any]:
    with archive.open(part) as stream:
        yield from _stream_elements(stream, names)


def _stream_elements(stream: IO[bytes], names: tuple[str, ...]) -> Iterator[Any]:
    from defusedxml.ElementTree import iterparse

    for _event, element in iterparse(stream, events=("end",), forbid_dtd=True):
        if element.tag.rpartition("}")[2] in names:
            yield element
            element.clear()


def relations(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that a part of the archive is related to, by the identifier of the relation."""
    folder, name = posixpath.split(part)
    listed = f"{folder}/_rels/{name}.rels"
    if listed not in archive.namelist():
        return {}
    found = {}
    for element in _elements(archive, listed, "Relationship"):
        target = element.attrib.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[element.attrib.get("Id", "")] = path
    return found


def _formats(archive: zipfile.ZipFile) -> list[str]:
    if "xl/styles.xml" not in archive.namelist():
        return []
    own: dict[int, str] = {}
    formats: list[str] = []
    with archive.open("xl/styles.xml") as stream:
        for element in _stream_elements(stream, ("numFmt", "cellXfs")):
            if element.tag.endswith("numFmt"):
                own[int(element.attrib["numFmtId"])] = beyond_general(element.attrib.get("formatCode", ""))
                continue
            for style in element:
                number = int(style.attrib.get("numFmtId", "0"))
                formats.append(own.get(number, BUILT_IN.get(number, "")))
    return formats


def _sheet(archive: zipfile.ZipFile, part: str, formats: list[str]) -> dict[str, Any]:
    text = archive.read(part)
    prefix = _PREFIX.search(text[:2000])
    if prefix:
        text = text.replace(b"<" + prefix[1] + b":", b"<").replace(b"</" + prefix[1] + b":", b"</")
    hidden: dict[str, list[int]] = {"row": [], "col": []}
    for kind, attributes in _HIDDEN.findall(text) if b'hidden="' in text else ():
        hidden[kind.decode()].extend(_hidden(_attributes(attributes)))
    return {
        "merged": [rectangle(cells.decode()) for cells in _MERGED.findall(text)],
        "hidden_rows": hidden["row"],
        "hidden_columns": hidden["col"],
        "formats": _formatted(text, formats),
        "errors": _errors(text),
        "unvalued": _unvalued(text),
        "comments": _comments(archive, part),
    }


def _errors(text: bytes) -> list[tuple[int, int, str]]:
    if b't="e"' not in text:
        return []
    return [
        (*position(place), (words or b"#VALUE!").decode())
        for attributes, words in _ERROR.findall(text)
        if (place := _attributes(attributes).get("r"))
    ]


def _unvalued(text: bytes) -> list[tuple[int, int]]:
    if b"<f" not in text:
        return []
    found = [_attributes(attributes) for attributes in _FORMULA_ALONE.findall(text)]
    return [position(facts["r"]) for facts in found if "r" in facts and facts.get("t") not in ("str", "e")]


def _attributes(text: bytes) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(text)}


def _hidden(attributes: dict[str, str]) -> Iterator[int]:
    if "min" in attributes and "max" in attributes:
        first = int(attributes["min"])
        yield from range(first - 1, min(int(attributes["max"]), first + _MOST_HIDDEN_COLUMNS))
    elif "r" in attributes:
        yield int(attributes["r"]) - 1


def _formatted(text: bytes, formats: list[str]) -> dict[str, list[int]]:
    """The cells of each format beyond General, each as its row times 16,384 (a sheet's columns) and its column."""
    styles = {str(number).encode(): form for number, form in enumerate(formats) if form}
    if not styles:
        return {}
    cells = _USUAL_CELL.findall(text)
    if text.count(b"<c ") > len(cells):
        cells = list(_unusual_cells(text))
    columns = {letters: position(f"{letters.decode()}1")[1] - _COLUMNS for letters in {cell[0] for cell in cells}}
    rows = {row: int(row) * _COLUMNS for row in {cell[1] for cell in cells}}
    by_style: dict[bytes, list[int]] = {style: [] for style in styles}
    for letters, row, own in cells:
        if own in by_style:
            by_style[own].append(rows[row] + columns[letters])
    found: dict[str, list[int]] = {}
    for style, places in by_style.items():
        if places:
            found.setdefault(styles[style], []).extend(places)
    return found


def _unusual_cells(text: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Cells whose address and style are not written in the usual order."""
    for attributes in _ANY_CELL.findall(text):
        facts = dict(_ATTRIBUTE.findall(attributes))
        place = re.fullmatch(rb"([A-Z]{1,3})(\d{1,7})", facts.get(b"r", b""))
        if place and b"s" in facts:
            yield place[1], place[2], facts[b"s"]


def _comments(archive: zipfile.ZipFile, part: str) -> list[tuple[int, int, str]]:
    found = []
    for target in parts_of(archive, part, r"comments\d*\.xml\Z"):
        if archive.getinfo(target).file_size > LARGEST_COMMENTS:
            continue
        for element in _elements(archive, target, "comment"):
            texts = (child for child in element if child.tag.endswith("}text"))
            words = "".join(word for text in texts for word in text.itertext()).strip()
            found.append((*position(element.attrib["ref"]), words[:1000]))
    return found


def parts_of(archive: zipfile.ZipFile, part: str, name: str) -> list[str]:
    """The parts that a part of the archive is related to and whose name ends as the pattern says."""
    targets = relations(archive, part)
    names = set(archive.namelist()) if targets else set()
    return [target for target in targets.values() if re.search(name, target) and target in names]
