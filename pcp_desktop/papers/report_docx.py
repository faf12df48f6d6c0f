"""The performance report as a Word document, from a template that the office may restyle.

What stands in it belongs to report_blocks. Styles are the template's, by name; here is no font and no size.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.domain.reports import PerformanceReport
from pcp_desktop.errors import UserError
from pcp_desktop.papers.archives import packed_alike
from pcp_desktop.papers.charts import drawing
from pcp_desktop.papers.dashboard import BODY
from pcp_desktop.papers.files import write_safely
from pcp_desktop.papers.report_blocks import (
    Block,
    Cell,
    Details,
    Drawing,
    Heading,
    MeasureLine,
    MeasureTable,
    Numbered,
    Plain,
    TextTable,
    blocks_of,
    footer_of,
    title_of,
)
from pcp_desktop.papers.typst import Typesetter
from pcp_desktop.paths import own_or_shipped

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

TEMPLATE = "word/report.docx"
BODY_MILLIMETRES = 178
CHART_HEIGHT_POINTS = 170.0
MEASURE_WIDTHS = (52, 18, 29, 33, 12, 34)
TEXT_WIDTHS = (40, 138)
_FIGURE_COLUMNS = (1, 2, 3, 4)
_WORDS = "Writing the performance report for Word"


def write_report_docx(
    report: PerformanceReport, out: Path, *, timestamp: datetime, progress: Progress = unwatched
) -> Path:
    """Write the report as a Word document.

    Args:
        report: the report for one audience.
        out: the .docx file; what is there is replaced.
        timestamp: the document's date in its properties.
        progress: told and asked before every block.

    Raises:
        UserError: the file cannot be written, or the template lacks one of its styles.
        Cancelled: by `progress`; nothing is written.
    """
    with Typesetter() as typesetter:
        content = set_report_docx(report, timestamp=timestamp, typesetter=typesetter, progress=progress)
    return write_safely(out, content)


def set_report_docx(
    report: PerformanceReport,
    *,
    timestamp: datetime,
    typesetter: Typesetter,
    progress: Progress = unwatched,
) -> bytes:
    """The bytes of the Word document, its charts drawn by `typesetter`; as `write_report_docx` else."""
    blocks = blocks_of(report)
    document = _template()
    writer = _Writer(document, typesetter)
    try:
        writer.paragraph(BODY, "Panel Name")
        for place, block in enumerate(blocks):
            progress(_WORDS, place, len(blocks))
            writer.write(block)
    except KeyError as error:
        raise _unusable(f"The Word template of the performance report lacks the style {error}.") from error
    _finish(document, report, timestamp)
    saved = io.BytesIO()
    document.save(saved)
    progress(_WORDS, len(blocks), len(blocks))
    return packed_alike(saved.getvalue())


def _template() -> Document:
    """The office's own template where there is one, else the shipped one."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    path = own_or_shipped(TEMPLATE)
    try:
        return docx.Document(str(path))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, PackageNotFoundError) as error:
        raise _unusable(f"The Word template “{path}” could not be opened.") from error


def _unusable(what: str) -> UserError:
    return UserError(
        what,
        "No file was written and nothing has changed.",
        "Take it out of the data folder, or put it back as it was delivered; restyle it without deleting or renaming"
        " its styles.",
    )


def _finish(document: Document, report: PerformanceReport, timestamp: datetime) -> None:
    """The words at the foot of every page, and the document's properties."""
    document.sections[0].footer.paragraphs[0].runs[0].text = footer_of(report)
    properties = document.core_properties
    properties.title = title_of(report)
    properties.subject = report.subject
    properties.author = properties.last_modified_by = BODY
    properties.created = properties.modified = timestamp.replace(tzinfo=None)
    properties.revision = 1
    properties.language = "en-GB"


class _Writer:
    """Puts one block after another at the end of a document."""

    def __init__(self, document: Document, typesetter: Typesetter) -> None:
        self._document = document
        self._typesetter = typesetter
        self._styles = {style.name: style for style in document.styles}

    def write(self, block: Block) -> None:
        match block:
            case Heading(level, text):
                self.paragraph(text, f"Heading {level}")
            case Details(rows):
                for name, value in rows:
                    line = self.paragraph(f"{name}\t", "Details")
                    line.add_run(value, self._style("Details Value"))
            case Numbered(_, text):
                self.paragraph(text, "Numbered Paragraph")
            case Plain(text, small):
                self.paragraph(text, "Table Note" if small else "Normal")
            case MeasureTable(columns, lines):
                self._measures(columns, lines)
            case TextTable(columns, rows):
                self._texts(columns, rows)
            case Drawing():
                self._chart(block)

    def paragraph(self, text: str, style: str) -> Paragraph:
        return self._document.add_paragraph(text, self._style(style))

    def _style(self, name: str) -> Any:
        return self._styles[name]

    # ------------------------------------------------------------ charts

    def _chart(self, block: Drawing) -> None:
        """Caption with a number that Word can renumber, subtitle, picture with its text alternative, source."""
        from docx.shared import Mm

        caption = self.paragraph("Figure ", "Caption")
        _add_field(caption, "SEQ Figure \\* ARABIC", str(block.number))
        caption.add_run(f". {block.chart.title}")
        self.paragraph(block.chart.subtitle, "Chart Subtitle")
        content = drawing(block.chart, self._typesetter, height=CHART_HEIGHT_POINTS)
        run = self.paragraph("", "Chart").add_run()
        shape = run.add_picture(io.BytesIO(content), width=Mm(BODY_MILLIMETRES))
        described = shape._inline.docPr
        described.set("name", f"Figure {block.number}")
        described.set("title", block.chart.title)
        described.set("descr", block.chart.alt)
        self.paragraph(block.chart.source, "Source")

    # ------------------------------------------------------------ tables

    def _measures(self, columns: Sequence[str], lines: Sequence[MeasureLine]) -> None:
        """The table of a priority's measures, which stays with the words under it."""
        table = self._table(columns, MEASURE_WIDTHS, len(lines))
        for row, line in zip(table.rows[1:], lines, strict=True):
            cells = list(row.cells)
            if line.held:
                self._fill(cells[0], line.cells[0])
                self._fill(cells[1].merge(cells[-1]), Cell(line.held))
                continue
            styles = ("", "", "Latest Figure", "", "", f"Status {line.mark}")
            for cell, given, style in zip(cells, line.cells, styles, strict=True):
                self._fill(cell, given, style)
        _align_right(table, _FIGURE_COLUMNS)
        _keep_with_next(table.rows)

    def _texts(self, columns: Sequence[str], rows: Sequence[tuple[str, str]]) -> None:
        table = self._table(columns, TEXT_WIDTHS, len(rows))
        for row, (name, text) in zip(table.rows[1:], rows, strict=True):
            self._fill(row.cells[0], Cell(name))
            self._fill(row.cells[1], Cell(text))
        _keep_with_next(table.rows[:-1])

    def _table(self, columns: Sequence[str], widths: Sequence[int], count: int) -> Table:
        """An empty table with its header, which Word repeats on every page."""
        from docx.shared import Mm

        table: Table = self._document.add_table(rows=count + 1, cols=len(columns), style=self._style("Report Table"))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in table.rows:
            _set_flag(row._tr.get_or_add_trPr(), "w:cantSplit")
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        _set_flag(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        for cell, text in zip(table.rows[0].cells, columns, strict=True):
            self._fill(cell, Cell(text))
        return table

    def _fill(self, cell: _Cell, given: Cell, style: str = "") -> None:
        """A cell's text, and in its own style what belongs to it on a line below."""
        paragraph = cell.paragraphs[0]
        paragraph.style = self._style("Table Text")
        paragraph.add_run(given.text, self._style(style) if style else None)
        if given.detail:
            paragraph.add_run().add_break()
            paragraph.add_run(given.detail, self._style("Table Detail"))


# ---------------------------------------------------------------- what python-docx has no words for


def _set_flag(parent: Any, tag: str) -> None:
    from docx.oxml import OxmlElement

    parent.append(OxmlElement(tag))


def _add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word computes anew when it is asked to, showing `shown` until then."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _align_right(table: Table, columns: Sequence[int]) -> None:
    """Right align the columns of figures, header included; a cell over several columns stays as it is."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for row in table.rows:
        cells = list(row.cells)
        for column in columns:
            if cells.count(cells[column]) == 1:
                cells[column].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _keep_with_next(rows: Iterable[_Row]) -> None:
    """Keep rows on one page with what follows them."""
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
