"""A spreadsheet of one sheet in OpenDocument form (.ods), written straight as its few XML parts."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from making.sheets import SENT

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns"
ROOT = " ".join(
    (
        f'xmlns:office="{NAMESPACE}:office:1.0"',
        f'xmlns:style="{NAMESPACE}:style:1.0"',
        f'xmlns:table="{NAMESPACE}:table:1.0"',
        f'xmlns:text="{NAMESPACE}:text:1.0"',
        f'xmlns:fo="{NAMESPACE}:xsl-fo-compatible:1.0"',
        f'xmlns:meta="{NAMESPACE}:meta:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'office:version="1.2"',
    )
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
BOX = 'fo:border="0.5pt solid #a6a6a6"'
LOOKS = {
    "plain": ("", 'fo:font-size="10pt"', "start"),
    "title": ("", 'fo:font-size="13pt" fo:font-weight="bold"', "start"),
    "head": (f'{BOX} fo:background-color="#ddebf7"', 'fo:font-size="10pt" fo:font-weight="bold"', "center"),
    "label": (BOX, 'fo:font-size="10pt" fo:font-weight="bold"', "start"),
    "number": (BOX, 'fo:font-size="10pt"', "end"),
}


@dataclass(frozen=True)
class Cell:
    """Words, a number or nothing, in one of `LOOKS`, merged over `span` columns."""

    value: str | int | None
    look: str = "plain"
    span: int = 1

    def xml(self) -> str:
        """The cell, and the covered cells that a merged one needs after it."""
        merged = f' table:number-columns-spanned="{self.span}" table:number-rows-spanned="1"' if self.span > 1 else ""
        head = f'<table:table-cell table:style-name="{self.look}"{merged}'
        if self.value is None:
            return f"{head}/>"
        kind = "string" if isinstance(self.value, str) else f'float" office:value="{self.value}'
        words = f"<text:p>{escape(str(self.value))}</text:p>"
        covered = "<table:covered-table-cell/>" * (self.span - 1)
        return f'{head} office:value-type="{kind}">{words}</table:table-cell>{covered}'


def save_sheet(path: Path, name: str, widths: list[str], rows: list[list[Cell]]) -> None:
    """Write one sheet; `widths` of its columns in centimetres (`1.5cm`). The same content gives the same bytes."""
    columns = "".join(f'<table:table-column table:style-name="width{number}"/>' for number in range(len(widths)))
    lines = "".join(f"<table:table-row>{''.join(cell.xml() for cell in row)}</table:table-row>" for row in rows)
    content = (
        f"{DECLARATION}<office:document-content {ROOT}><office:automatic-styles>{_styles(widths)}"
        f"</office:automatic-styles><office:body><office:spreadsheet><table:table table:name={quoteattr(name)}>"
        f"{columns}{lines}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    made = SENT.isoformat()
    properties = (
        f"{DECLARATION}<office:document-meta {ROOT}><office:meta><meta:creation-date>{made}</meta:creation-date>"
        f"<dc:date>{made}</dc:date></office:meta></office:document-meta>"
    )
    parts = {
        "mimetype": MIMETYPE,
        "content.xml": content,
        "meta.xml": properties,
        "META-INF/manifest.xml": _manifest(),
    }
    path.write_bytes(_archive(parts))


def _styles(widths: list[str]) -> str:
    cells = "".join(
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties {box}/>'
        f'<style:paragraph-properties fo:text-align="{align}"/>'
        f'<style:text-properties fo:font-family="Arial" {words}/></style:style>'
        for name, (box, words, align) in LOOKS.items()
    )
    columns = "".join(
        f'<style:style style:name="width{number}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}"/></style:style>'
        for number, width in enumerate(widths)
    )
    return cells + columns


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in (("/", MIMETYPE), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    )
    return (
        f'{DECLARATION}<manifest:manifest xmlns:manifest="{NAMESPACE}:manifest:1.0" manifest:version="1.2">'
        f"{entries}</manifest:manifest>"
    )


def _archive(parts: dict[str, str]) -> bytes:
    """The zipped parts, stored as they are: another build of zlib would compress them to other bytes."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name, words in parts.items():
            entry = zipfile.ZipInfo(name, SENT.timetuple()[:6])
            archive.writestr(entry, words.encode())
    return result.getvalue()
