"""The performance report for Word: real styles, real numbering, the same words as the PDF, the same bytes twice."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from pcp_desktop.domain.pages import Figure
from pcp_desktop.domain.reports import PerformanceReport
from pcp_desktop.errors import Cancelled, UserError
from pcp_desktop.papers.report import write_report
from pcp_desktop.papers.report_blocks import (
    Details,
    Drawing,
    Heading,
    MeasureTable,
    Numbered,
    Plain,
    TextTable,
    blocks_of,
    footer_of,
)
from pcp_desktop.papers.report_docx import write_report_docx
from pcp_desktop.paths import resource
from tests.papers.pdf_reading import run
from tests.papers.sample_pages import MOMENT, held_words, performance_report, row_of

ROOT = Path(__file__).resolve().parents[2]
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(name="paper", scope="module")
def _paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("paper") / "report.docx"
    return write_report_docx(performance_report(), out, timestamp=MOMENT)


@pytest.fixture(name="document", scope="module")
def _document(paper: Path) -> Any:
    return docx.Document(str(paper))


def of_style(document: Any, name: str) -> list[str]:
    """The texts of the paragraphs with a style, fields included."""
    return [_text(one) for one in document.paragraphs if one.style.name == name]


def _text(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph._p.iter(qn("w:t")))


def blocks(kind: type) -> list[Any]:
    return [block for block in blocks_of(performance_report()) if isinstance(block, kind)]


def short_report() -> PerformanceReport:
    """The report of one priority, without its chart."""
    report = performance_report()
    theme = report.themes[2]
    section = replace(theme.sections[2], charts=())
    return replace(report, themes=(replace(theme, sections=(section,)),))


def test_headings_have_heading_styles(document: Any) -> None:
    for level in (1, 2, 3):
        wanted = [block.text for block in blocks(Heading) if block.level == level]
        assert of_style(document, f"Heading {level}") == wanted


def test_paragraphs_are_numbered_by_word_itself_from_first_to_last(document: Any) -> None:
    numbered = blocks(Numbered)
    assert of_style(document, "Numbered Paragraph") == [block.text for block in numbered]
    assert [block.number for block in numbered] == list(range(1, len(numbered) + 1))
    style = document.styles["Numbered Paragraph"].element
    list_number = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
    listed = document.part.numbering_part.element
    number = next(one for one in listed.findall(qn("w:num")) if one.get(qn("w:numId")) == list_number)
    abstract = number.find(qn("w:abstractNumId")).get(qn("w:val"))
    levels = next(one for one in listed.iter(qn("w:abstractNum")) if one.get(qn("w:abstractNumId")) == abstract)
    assert levels.find(qn("w:multiLevelType")).get(qn("w:val")) == "multilevel"
    first = levels.find(qn("w:lvl"))
    assert first.find(qn("w:lvlText")).get(qn("w:val")) == "%1."
    assert first.find(f".//{qn('w:ind')}").get(qn("w:hanging")) == "595"
    assert first.find(qn("w:pStyle")).get(qn("w:val")) == style.get(qn("w:styleId"))


def test_its_words_are_those_of_the_pdf_in_the_same_order(document: Any) -> None:
    """Both papers set the same blocks; here each paragraph of the body stands in its turn."""
    said = [_text(one) for one in document.paragraphs][1:]
    wanted: list[str] = []
    for block in blocks_of(performance_report()):
        match block:
            case Heading(_, text) | Numbered(_, text) | Plain(text, _):
                wanted.append(text)
            case Details(rows):
                wanted += [f"{name}{value}" for name, value in rows]
            case Drawing(_, chart):
                wanted += [block.caption, chart.subtitle, "", chart.source]
            case MeasureTable() | TextTable():
                pass
    assert said == wanted


def test_word_and_pdf_read_the_same_paragraph_by_paragraph(tmp_path: Path) -> None:
    """The PDF is read through its structure tree, as a screen reader does; a paragraph's number is its own label."""
    word: Any = docx.Document(str(write_report_docx(short_report(), tmp_path / "report.docx", timestamp=MOMENT)))
    pdf = write_report(short_report(), tmp_path / "report.pdf", timestamp=MOMENT)
    read_out = "".join(re.findall(r'^ +"(.*)"$', run("pdfinfo", "-struct-text", pdf), re.MULTILINE)).replace(" ", "")
    number = place = 0
    for paragraph in word.paragraphs:
        number += paragraph.style.name == "Numbered Paragraph"
        label = f"{number}." if paragraph.style.name == "Numbered Paragraph" else ""
        words = "".join(f"{label}{_text(paragraph)}".split())
        found = read_out.find(words, place)
        assert found >= 0, words
        place = found + len(words)
    assert number == len([block for block in blocks_of(short_report()) if isinstance(block, Numbered)])


def test_tables_hold_every_cell_and_repeat_their_header(document: Any) -> None:
    tables = blocks(MeasureTable)
    assert len(document.tables) == len(tables) + 1
    for table, block in zip(document.tables, tables, strict=False):
        assert table.style.name == "Report Table"
        header = table.rows[0]
        assert header._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert [cell.text for cell in header.cells] == list(block.columns)
        for row, line in zip(table.rows[1:], block.lines, strict=True):
            if line.held:
                assert [row.cells[0].text, row.cells[1].text] == [line.cells[0].text, line.held]
            else:
                texts = [f"{cell.text}\n{cell.detail}".strip() for cell in line.cells]
                assert [cell.text for cell in row.cells] == texts
    implications = document.tables[-1]
    assert [row.cells[1].text for row in implications.rows[1:]] == [
        one.text for one in performance_report().implications
    ]


def test_every_chart_is_a_picture_with_text_alternative_and_numbered_caption(document: Any) -> None:
    drawings = blocks(Drawing)
    described = list(document.element.body.iter(qn("wp:docPr")))
    assert [one.get("descr") for one in described] == [block.chart.alt for block in drawings]
    assert of_style(document, "Caption") == [block.caption for block in drawings]
    fields = [one.get(qn("w:instr")) for one in document.element.body.iter(qn("w:fldSimple"))]
    assert fields == ["SEQ Figure \\* ARABIC"] * len(drawings)
    pictures = [
        part.blob for name, part in document.part.related_parts.items() if part.partname.endswith(".png") and name
    ]
    assert len(pictures) == len(drawings)
    assert all(picture.startswith(PNG) for picture in pictures)


def test_properties_language_and_foot(document: Any, paper: Path) -> None:
    properties = document.core_properties
    assert properties.title == "Performance report, Quarter 3 2015/16: Police and Crime Plan 2013–17"
    dates = (properties.created, properties.modified)
    assert [one.replace(tzinfo=None) for one in dates] == [MOMENT, MOMENT]
    assert properties.language == "en-GB"
    with zipfile.ZipFile(paper) as archive:
        styles = archive.read("word/styles.xml").decode()
        footer = archive.read("word/footer1.xml").decode()
        assert all(entry.date_time == (1980, 1, 1, 0, 0, 0) for entry in archive.infolist())
        assert "docProps/thumbnail.jpeg" not in archive.namelist()
    assert 'w:lang w:val="en-GB"' in styles
    assert footer_of(performance_report()) in footer
    assert 'w:instr="PAGE"' in footer


def test_nothing_of_the_template_is_left_over_and_no_format_is_set_by_hand(document: Any) -> None:
    template = docx.Document(str(resource("word/report.docx")))
    assert [one.text for one in template.paragraphs] == []
    own = {style.name for style in template.styles}
    assert {one.style.name for one in document.paragraphs} <= own
    set_by_hand = [run for run in document.element.body.iter(qn("w:rPr")) if run.find(qn("w:sz")) is not None]
    assert set_by_hand == []
    assert "{" not in "".join(one.text for one in document.paragraphs)


def test_held_measure_keeps_its_line_and_nothing_else(tmp_path: Path) -> None:
    report = short_report()
    leaking = replace(row_of("Domestic burglary"), held_words=held_words(), latest=Figure(36.17, "36.17%"))
    theme = replace(report.themes[0], sections=(replace(report.themes[0].sections[0], rows=(leaking,)),))
    out = write_report_docx(replace(report, themes=(theme,)), tmp_path / "held.docx", timestamp=MOMENT)
    row = docx.Document(str(out)).tables[0].rows[1]
    assert [cell.text for cell in row.cells][:2] == ["Domestic burglary", held_words()]
    with zipfile.ZipFile(out) as archive:
        assert all(b"36.17" not in archive.read(name) for name in archive.namelist())


def test_two_runs_are_byte_identical_and_only_the_date_follows_the_clock(tmp_path: Path) -> None:
    names = ("one.docx", "two.docx")
    one, two = (write_report_docx(short_report(), tmp_path / name, timestamp=MOMENT) for name in names)
    assert one.read_bytes() == two.read_bytes()
    later = write_report_docx(short_report(), tmp_path / "later.docx", timestamp=datetime(2016, 3, 1, 9, 0))
    differing = []
    with zipfile.ZipFile(one) as first, zipfile.ZipFile(later) as second:
        differing = [name for name in first.namelist() if first.read(name) != second.read(name)]
    assert differing == ["docProps/core.xml"]


def test_the_committed_template_is_what_its_script_makes() -> None:
    script = ROOT / "packaging" / "make_report_template.py"
    assert subprocess.run([sys.executable, script, "--check"], cwd=ROOT, check=False).returncode == 0


def test_the_offices_own_template_is_used_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = docx.Document(str(resource("word/report.docx")))
    template.styles["Heading 3"].font.name = "Georgia"
    own = tmp_path / "data" / "word" / "report.docx"
    own.parent.mkdir(parents=True)
    template.save(str(own))
    monkeypatch.setenv("PCP_DESKTOP_DATA", str(tmp_path / "data"))
    out = write_report_docx(short_report(), tmp_path / "out.docx", timestamp=MOMENT)
    assert docx.Document(str(out)).styles["Heading 3"].font.name == "Georgia"


def test_a_template_without_one_of_the_styles_is_a_plain_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = docx.Document(str(resource("word/report.docx")))
    style = template.styles["Table Text"].element
    style.getparent().remove(style)
    saved = io.BytesIO()
    template.save(saved)
    own = tmp_path / "data" / "word" / "report.docx"
    own.parent.mkdir(parents=True)
    own.write_bytes(saved.getvalue())
    monkeypatch.setenv("PCP_DESKTOP_DATA", str(tmp_path / "data"))
    with pytest.raises(UserError, match="Table Text"):
        write_report_docx(short_report(), tmp_path / "out.docx", timestamp=MOMENT)
    own.write_bytes(b"not a document")
    with pytest.raises(UserError, match="could not be opened"):
        write_report_docx(short_report(), tmp_path / "out.docx", timestamp=MOMENT)
    assert not (tmp_path / "out.docx").exists()


def test_a_cancelled_paper_leaves_nothing(tmp_path: Path) -> None:
    def stop(words: str, done: int, of: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_report_docx(short_report(), tmp_path / "x.docx", timestamp=MOMENT, progress=stop)
    assert list(tmp_path.iterdir()) == []
