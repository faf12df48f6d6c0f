"""The performance report as a PDF: tagged, numbered through, nothing parted that belongs together."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pcp_desktop.domain.commentary import Paragraph, Run
from pcp_desktop.domain.pages import ChartSpec, Figure
from pcp_desktop.domain.reports import PerformanceReport, ReportSection
from pcp_desktop.errors import Cancelled
from pcp_desktop.papers.report import report_data, set_report, write_report
from pcp_desktop.papers.report_blocks import Drawing, Heading, MeasureTable, Numbered, blocks_of
from pcp_desktop.papers.typst import Typesetter
from tests.papers.pdf_reading import attribute, elements, page_texts, plain_text, run, words_of
from tests.papers.sample_pages import MOMENT, held_words, performance_report, row_of


@pytest.fixture(name="paper", scope="module")
def _paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("paper") / "report.pdf"
    return write_report(performance_report(), out, timestamp=MOMENT)


@pytest.fixture(name="kinds", scope="module")
def _kinds(paper: Path) -> list[str]:
    """The kinds of all structure elements in reading order."""
    with pikepdf.open(paper) as document:
        return [str(one.S) for one in elements(document.Root.StructTreeRoot)]


def sections() -> list[ReportSection]:
    return [section for theme in performance_report().themes for section in theme.sections]


def charts() -> list[ChartSpec]:
    return [chart for section in sections() for chart in section.charts]


def squeezed(text: str) -> str:
    return text.replace(" ", "").replace("\n", "")


def test_says_what_it_is(paper: Path) -> None:
    with pikepdf.open(paper) as document:
        metadata = str(document.Root.Metadata.read_bytes(), "utf-8")
        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.check_pdf_syntax() == []
    assert "Title:           Performance report, Quarter 3 2015/16: Police and Crime Plan 2013–17" in run(
        "pdfinfo", paper
    )


def test_headings_are_the_subject_its_parts_and_the_priorities(kinds: list[str]) -> None:
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert levels == [block.level for block in blocks_of(performance_report()) if isinstance(block, Heading)]
    assert levels.count(1) == 1
    assert levels.count(3) == len(sections())
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_paragraphs_are_list_items_with_their_number_as_label(kinds: list[str], paper: Path) -> None:
    numbered = [block for block in blocks_of(performance_report()) if isinstance(block, Numbered)]
    assert [block.number for block in numbered] == list(range(1, len(numbered) + 1))
    assert kinds.count("/LI") == kinds.count("/Lbl") == kinds.count("/LBody") == len(numbered)
    lines = squeezed(run("pdftotext", "-layout", paper, "-"))
    for block in numbered:
        assert squeezed(f"{block.number}. {block.text[:40]}") in lines


def test_every_measure_table_has_column_and_row_headers(paper: Path) -> None:
    with pikepdf.open(paper) as document:
        tables = [one for one in elements(document.Root.StructTreeRoot) if one.S == "/Table"]
        found = [[attribute(one, "/Scope") for one in elements(table) if one.S == "/TH"] for table in tables]
    measures = [block for block in blocks_of(performance_report()) if isinstance(block, MeasureTable)]
    assert len(tables) == len(measures) + 1  # and the implications
    for scopes, block in zip(found, measures, strict=False):
        assert scopes.count("/Column") == len(block.columns)
        assert scopes.count("/Row") == len(block.lines)
    assert found[-1].count("/Row") == len(performance_report().implications)


def test_every_chart_is_a_figure_with_text_alternative_caption_and_number(paper: Path) -> None:
    with pikepdf.open(paper) as document:
        figures = [one for one in elements(document.Root.StructTreeRoot) if one.S == "/Figure"]
        captions = [one for one in elements(document.Root.StructTreeRoot) if one.S == "/Caption"]
    assert [str(one.Alt) for one in figures] == [chart.alt for chart in charts()]
    assert len(captions) == len(figures) == len([one for one in blocks_of(performance_report()) if _drawn(one)])
    text = squeezed(plain_text(paper))
    for number, chart in enumerate(charts(), start=1):
        assert squeezed(f"Figure {number}. {chart.title}") in text


def _drawn(block: object) -> bool:
    return isinstance(block, Drawing)


def test_a_figure_stays_on_one_page_with_its_title_and_source(paper: Path) -> None:
    pages = [squeezed(page) for page in page_texts(paper)]
    for number, chart in enumerate(charts(), start=1):
        words = (squeezed(f"Figure {number}. {chart.title}"), squeezed(chart.source))
        assert any(all(word in page for word in words) for page in pages), chart.title


def test_a_heading_its_table_and_the_first_words_under_it_stay_together(paper: Path) -> None:
    pages = [squeezed(page) for page in page_texts(paper)]
    for section in sections():
        first = section.paragraphs[0].text[:60]
        words = [section.heading, section.rows[-1].label, *(note[:30] for note in section.notes), first]
        assert any(all(squeezed(word) in page for word in words) for page in pages), section.code


def test_without_a_word_of_commentary_each_heading_still_stays_with_its_table(tmp_path: Path) -> None:
    report = performance_report()
    themes = tuple(
        replace(theme, sections=tuple(replace(one, paragraphs=(), charts=()) for one in theme.sections))
        for theme in report.themes
    )
    pages = page_texts(write_report(replace(report, themes=themes), tmp_path / "bare.pdf", timestamp=MOMENT))
    squeezed_pages = [squeezed(page) for page in pages]
    for section in sections():
        words = (squeezed(section.heading), squeezed(section.rows[-1].label))
        assert any(all(word in page for word in words) for page in squeezed_pages), section.code
    assert any("ImplicationsAbout" in page for page in squeezed_pages)


def test_charts_leave_no_page_half_empty(paper: Path) -> None:
    count = len(page_texts(paper))
    for page in range(1, count):
        lowest = max(low for text, _left, _top, _right, low in words_of(paper, page) if low < 780)
        assert lowest > 842 * 0.6, f"page {page} ends at {lowest:.0f} points"


def test_every_page_says_at_its_foot_what_it_is(paper: Path) -> None:
    footer = "Police and Crime Panel, 23 March 2016. Item 7, Performance report, Quarter 3 2015/16"
    assert all(f"{footer} Page {page}" in text for page, text in enumerate(page_texts(paper), start=1))


def test_pages_can_count_on_from_another_paper_and_their_foot_is_not_read_out(paper: Path) -> None:
    with Typesetter() as typesetter:
        content = set_report(short_report(), timestamp=MOMENT, typesetter=typesetter, first_page=57)
    moved = paper.with_name("moved.pdf")
    moved.write_bytes(content)
    assert page_texts(moved)[0].endswith("Page 57")
    read_out = " ".join(run("pdfinfo", "-struct-text", moved).split())
    assert "Domestic burglary" in read_out
    assert "Page 57" not in read_out
    assert "Item 7" not in read_out


def short_report() -> PerformanceReport:
    """The report of one theme with one priority."""
    report = performance_report()
    theme = report.themes[2]
    return replace(report, themes=(replace(theme, sections=theme.sections[2:3]),))


def test_held_measure_keeps_its_line_and_nothing_else(paper: Path) -> None:
    rows = [row for section in sections() for row in section.rows if row.held_words]
    assert plain_text(paper).count(held_words()) == len(rows) + 1  # and the background


def test_figures_of_a_held_measure_never_reach_the_template() -> None:
    report = short_report()
    leaking = replace(row_of("Domestic burglary"), held_words=held_words(), latest=Figure(36.17, "36.17%"))
    theme = replace(report.themes[0], sections=(replace(report.themes[0].sections[0], rows=(leaking,)),))
    assert "36.17" not in repr(report_data(replace(report, themes=(theme,))))


def test_a_long_table_repeats_its_header(tmp_path: Path) -> None:
    report = short_report()
    many = replace(report.themes[0].sections[0], rows=report.themes[0].sections[0].rows * 25, charts=())
    told = replace(report, themes=(replace(report.themes[0], sections=(many,)),))
    pages = page_texts(write_report(told, tmp_path / "long.pdf", timestamp=MOMENT))
    assert sum("Change MSG" in page for page in pages) >= 3


@pytest.mark.parametrize("hostile", ["#panic()", "= Heading <label> @ref", "$x^2$ *b* _i_", "1. + - /term: x"])
def test_text_is_never_markup(tmp_path: Path, hostile: str) -> None:
    report = short_report()
    section = replace(
        report.themes[0].sections[0], heading=hostile, notes=(hostile,), paragraphs=(Paragraph((Run(hostile),)),)
    )
    told = replace(report, subject=hostile, themes=(replace(report.themes[0], title=hostile, sections=(section,)),))
    out = write_report(told, tmp_path / "hostile.pdf", timestamp=MOMENT)
    assert squeezed(plain_text(out)).count(squeezed(hostile)) >= 5


def test_two_runs_are_byte_identical(tmp_path: Path, paper: Path) -> None:
    again = write_report(performance_report(), tmp_path / "again.pdf", timestamp=MOMENT)
    assert again.read_bytes() == paper.read_bytes()


def test_a_cancelled_build_leaves_nothing(tmp_path: Path) -> None:
    def stop(words: str, done: int, of: int) -> Any:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_report(short_report(), tmp_path / "x.pdf", timestamp=MOMENT, progress=stop)
    assert list(tmp_path.iterdir()) == []
