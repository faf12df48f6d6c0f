"""What the XML of an .xlsx file says beyond values: formats, merged and hidden cells, errors, comments."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from pcp_desktop.returns.workbook import position, rectangle

LARGEST_SHEET = 30 * 1024 * 1024
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
}  # fmt: skip
"""Formats that a file names by number only (ECMA-376 part 1, 18.8.30)."""


def facts_by_sheet(archive: zipfile.ZipFile) -> dict[str, dict[str, Any]]:
    """For every sheet name what calamine does not tell, as plain JSON values with positions from 0.

    Raises whatever a damaged archive raises; the caller goes on without these facts.
    """
    formats = _formats(archive)
    targets = _relations(archive, "xl/workbook.xml")
    facts = {}
    for element in _elements(archive, "xl/workbook.xml", "sheet"):
        identifier = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        part = targets.get(identifier, "")
        if part in archive.namelist() and archive.getinfo(part).file_size <= LARGEST_SHEET:
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


def _elements(archive: zipfile.ZipFile, part: str, *names: str) -> Iterator[Any]:
    with archive.open(part) as stream:
        yield from _stream_elements(stream, names)


def _stream_elements(stream: IO[bytes], names: tuple[str, ...]) -> Iterator[Any]:
    from defusedxml.ElementTree import iterparse

    for _event, element in iterparse(stream, events=("end",), forbid_dtd=True):
        if element.tag.rpartition("}")[2] in names:
            yield element
            element.clear()


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return {}
    found = {}
    for element in _elements(archive, relations, "Relationship"):
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
                own[int(element.attrib["numFmtId"])] = element.attrib.get("formatCode", "")
                continue
            for style in element:
                number = int(style.attrib.get("numFmtId", "0"))
                formats.append(own.get(number, _BUILT_IN.get(number, "")))
    return formats


def _sheet(archive: zipfile.ZipFile, part: str, formats: list[str]) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "merged": [], "hidden_rows": [], "hidden_columns": [], "formats": [], "errors": [], "unvalued": [],
        "comments": [],
    }  # fmt: skip
    with archive.open(part) as stream:
        for element in _stream_elements(stream, ("row", "col", "mergeCell")):
            name = element.tag.rpartition("}")[2]
            if name == "mergeCell":
                facts["merged"].append(rectangle(element.attrib["ref"]))
            elif name == "col":
                _column(element, facts)
            else:
                _row(element, facts, formats)
    for target in _relations(archive, part).values():
        if re.search(r"comments\d*\.xml\Z", target) and target in archive.namelist():
            for element in _elements(archive, target, "comment"):
                words = "".join(element.itertext()).strip()
                facts["comments"].append((*position(element.attrib["ref"]), words[:1000]))
    return facts


def _column(element: Any, facts: dict[str, Any]) -> None:
    if element.attrib.get("hidden") in ("1", "true"):
        last = min(int(element.attrib["max"]), int(element.attrib["min"]) + 2000)
        facts["hidden_columns"].extend(range(int(element.attrib["min"]) - 1, last))


def _row(element: Any, facts: dict[str, Any], formats: list[str]) -> None:
    if element.attrib.get("hidden") in ("1", "true") and "r" in element.attrib:
        facts["hidden_rows"].append(int(element.attrib["r"]) - 1)
    for cell in element:
        if "r" not in cell.attrib:
            continue
        style = int(cell.attrib.get("s", "0"))
        form = formats[style] if style < len(formats) else ""
        children = {child.tag.rpartition("}")[2]: child for child in cell}
        has_value = "v" in children and bool(children["v"].text)
        if form and has_value:
            facts["formats"].append((*position(cell.attrib["r"]), form))
        if cell.attrib.get("t") == "e":
            facts["errors"].append((*position(cell.attrib["r"]), children["v"].text if has_value else "#VALUE!"))
        if "f" in children and not has_value and cell.attrib.get("t") != "str":
            facts["unvalued"].append(position(cell.attrib["r"]))
