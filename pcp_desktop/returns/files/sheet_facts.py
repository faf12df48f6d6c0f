"""What the XML of an .xlsx file says beyond values: formats, merged and hidden cells, errors, comments.

Sheets are searched as bytes and not parsed, for that costs thirty times what reading their values does.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

from pcp_desktop.returns.files.number_formats import NumberFormats, of_runs
from pcp_desktop.returns.files.told import BeyondValues
from pcp_desktop.returns.files.workbook import Position, position, rectangle

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
_USUAL_CELL = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"[ />]')
_ANY_CELL = re.compile(rb"<c\s([^<>]*)>")
_ALIKE = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*? s="(\d{1,7})"(?:[^<>]*+>[^"]*+"([A-Z]{1,3})\2"[^<>]*? s="\3")*+'
)
"""A cell with a style, and those right of it in its row with the same, as long as no other attribute stands between
them: the column of the first, the row, the style, and the column of the last where there are several."""
_ATTRIBUTE = re.compile(rb'(?<![\w:])([\w:]++)="([^"]*)"')
_ERROR = re.compile(rb'<c\s(?=[^<>]*\bt="e")([^<>]*+)>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?(?:<v>([^<]*)</v>)?')
_FORMULA_ALONE = re.compile(
    rb"<c\s([^<>]*)>\s*+(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)\s*+(?:<v\s*+/>|<v>\s*+</v>)?+\s*+</c>"
)  # fmt: skip
_HIDDEN = re.compile(rb'<(row|col)\s(?=[^<>]*\bhidden="(?:1|true)")([^<>]*+)>')
_MERGED = re.compile(rb'<mergeCell\s[^<>]*\bref="([A-Z]+\d+(?::[A-Z]+\d+)?)"')
_PREFIX = re.compile(rb"<(\w+):worksheet\b")


def facts_by_sheet(archive: zipfile.ZipFile) -> dict[str, BeyondValues]:
    """For every sheet name what calamine does not tell.

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
    from defusedxml.ElementTree import fromstring

    for element in fromstring(archive.read(part), forbid_dtd=True).iter():
        if element.tag.rpartition("}")[2] in names:
            yield element


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
    for element in _elements(archive, "xl/styles.xml", "numFmt", "cellXfs"):
        if element.tag.endswith("numFmt"):
            own[int(element.attrib["numFmtId"])] = beyond_general(element.attrib.get("formatCode", ""))
            continue
        for style in element:
            number = int(style.attrib.get("numFmtId", "0"))
            formats.append(own.get(number, BUILT_IN.get(number, "")))
    return formats


def _sheet(archive: zipfile.ZipFile, part: str, formats: list[str]) -> BeyondValues:
    text = _as_usual(archive.read(part))
    hidden: dict[str, set[int]] = {"row": set(), "col": set()}
    for kind, attributes in _HIDDEN.findall(text) if b'hidden="' in text else ():
        hidden[kind.decode()].update(_hidden(_attributes(attributes)))
    return BeyondValues(
        [rectangle(cells.decode()) for cells in _MERGED.findall(text)] if b"<mergeCell " in text else [],
        hidden["row"],
        hidden["col"],
        _formatted(text, formats),
        _errors(text),
        _unvalued(text),
        _comments(archive, part),
    )


def _as_usual(text: bytes) -> bytes:
    """The XML of a sheet with elements and the attributes of cells written as nearly every program writes them.

    A program writes all its cells alike, so that the first one tells.
    """
    prefix = _PREFIX.search(text, 0, 2000)
    if prefix:
        text = text.replace(b"<" + prefix[1] + b":", b"<").replace(b"</" + prefix[1] + b":", b"</")
    first = text.find(b"<c ")
    return text if first < 0 or _USUAL_CELL.match(text, first) else _ANY_CELL.sub(_address_first, text)


def _address_first(cell: re.Match[bytes]) -> bytes:
    attributes = dict(_ATTRIBUTE.findall(cell[1]))
    named = sorted(attributes.items(), key=lambda one: one[0] != b"r")
    end = b"/>" if cell[1].endswith(b"/") else b">"
    return b"<c" + b"".join(b' %s="%s"' % one for one in named) + end


def _errors(text: bytes) -> dict[Position, str]:
    if b't="e"' not in text:
        return {}
    return {
        position(place): (words or b"#VALUE!").decode()
        for attributes, words in _ERROR.findall(text)
        if (place := _attributes(attributes).get("r"))
    }


def _unvalued(text: bytes) -> set[Position]:
    if b"<f" not in text:
        return set()
    found = [_attributes(attributes) for attributes in _FORMULA_ALONE.findall(text)]
    return {position(facts["r"]) for facts in found if "r" in facts and facts.get("t") not in ("str", "e")}


def _attributes(text: bytes) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(text)}


def _hidden(attributes: dict[str, str]) -> Iterator[int]:
    if "min" in attributes and "max" in attributes:
        first = int(attributes["min"])
        yield from range(first - 1, min(int(attributes["max"]), first + _MOST_HIDDEN_COLUMNS))
    elif "r" in attributes:
        yield int(attributes["r"]) - 1


def _formatted(text: bytes, formats: list[str]) -> NumberFormats:
    styles = {str(number).encode(): form for number, form in enumerate(formats) if form}
    return of_runs(
        (int(row) - 1, _column(left), _column(right or left), styles[style])
        for left, row, style, right in (_ALIKE.findall(text) if styles else ())
        if style in styles
    )


@cache
def _column(letters: bytes) -> int:
    return position(f"{letters.decode()}1")[1]


def _comments(archive: zipfile.ZipFile, part: str) -> dict[Position, str]:
    found = {}
    for target in parts_of(archive, part, r"comments\d*\.xml\Z"):
        if archive.getinfo(target).file_size > LARGEST_COMMENTS:
            continue
        for element in _elements(archive, target, "comment"):
            texts = (child for child in element if child.tag.endswith("}text"))
            words = "".join(word for text in texts for word in text.itertext()).strip()
            found[position(element.attrib["ref"])] = words[:1000]
    return found


def parts_of(archive: zipfile.ZipFile, part: str, name: str) -> list[str]:
    """The parts that a part of the archive is related to and whose name ends as the pattern says."""
    targets = relations(archive, part)
    names = set(archive.namelist()) if targets else set()
    return [target for target in targets.values() if re.search(name, target) and target in names]
