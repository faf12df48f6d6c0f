"""The dashboard paper: tagged, deterministic, complete, and silent about what is held."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from pcp_desktop.domain.pages import Figure, Note, OverviewPage, PriorityPage
from pcp_desktop.errors import Cancelled, UserError
from pcp_desktop.papers import typst
from pcp_desktop.papers.dashboard import TITLE, dashboard_data, write_dashboard
from tests.papers.pdf_reading import attribute, elements, page_texts, plain_text, run, told, words_of
from tests.papers.sample_pages import (
    MOMENT,
    charts_of,
    held_words,
    overview_page,
    pages_of,
    panels,
    priority_pages,
    row_of,
)


@pytest.fixture(name="paper", scope="module")
def _paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("paper") / "dashboard.pdf"
    return write_dashboard(overview_page(), priority_pages(), out, timestamp=MOMENT)


@pytest.fixture(name="short", scope="module")
def _short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One theme and one priority of two pages: reading a whole structure tree with its text takes its time."""
    out = tmp_path_factory.mktemp("paper") / "short.pdf"
    overview = replace(overview_page(), themes=overview_page().themes[:1], notes=())
    return write_dashboard(overview, pages_of("SP12"), out, timestamp=MOMENT)


def test_says_what_it_is(paper: Path) -> None:
    said = run("pdfinfo", paper)
    assert f"Title:           {TITLE}" in said
    assert "Tagged:          yes" in said
    assert "2016" in said.split("CreationDate:")[1].splitlines()[0]
    with pikepdf.open(paper) as document:
        metadata = str(document.Root.Metadata.read_bytes(), "utf-8")
        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
        assert "<pdfaid:part>2</pdfaid:part>" in metadata
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle


def test_headings_run_in_order(paper: Path) -> None:
    with pikepdf.open(paper) as document:
        kinds = [str(one.S) for one in elements(document.Root.StructTreeRoot)]
    levels = [int(kind[2:]) for kind in kinds if kind[:2] == "/H" and kind[2:].isdigit()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_nothing_in_the_file_makes_a_reader_complain(paper: Path) -> None:
    for command in ("pdfinfo", "pdffonts"):
        assert told(command, paper).stderr == ""
    structure = told("pdfinfo", "-struct", paper)
    assert "Table" in structure.stdout
    assert structure.stderr == ""
    with pikepdf.open(paper) as document:
        assert document.check_pdf_syntax() == []


def test_table_has_header_cells_for_columns_themes_and_rows(paper: Path, overview: OverviewPage) -> None:
    with pikepdf.open(paper) as document:
        found = list(elements(document.Root.StructTreeRoot))
        assert sum(one.S == "/Table" for one in found) == 1
        assert sum(one.S == "/THead" for one in found) == 1
        scopes = [attribute(one, "/Scope") for one in found if one.S == "/TH"]
    rows = sum(len(theme.rows) for theme in overview.themes)
    assert scopes.count("/Column") == 9 + len(overview.themes)
    assert scopes.count("/Row") == rows


def test_every_cell_names_its_column_its_theme_and_its_measure(paper: Path, overview: OverviewPage) -> None:
    with pikepdf.open(paper) as document:
        headers = pikepdf.NameTree(document.Root.StructTreeRoot.IDTree)
        assert all(headers[str(one)].S == "/TH" for one in headers)
        cells = [one for one in elements(document.Root.StructTreeRoot) if one.S == "/TD"]
        of_cells = [[str(name) for name in attribute(one, "/Headers")] for one in cells]
        assert all(name in headers for names in of_cells for name in names)
        rows = {names[-1] for names in of_cells}
        themes = {names[-2] for names in of_cells}
    assert all(len(names) == 3 or len(names) == 8 for names in of_cells)  # a held line goes over six columns
    assert len(rows) == sum(len(theme.rows) for theme in overview.themes)
    assert len(themes) == len(overview.themes)


def test_caveats_are_lists_of_items_with_a_label(paper: Path, priorities: tuple[PriorityPage, ...]) -> None:
    with pikepdf.open(paper) as document:
        kinds = [str(one.S) for one in elements(document.Root.StructTreeRoot)]
    assert kinds.count("/L") > 0
    assert kinds.count("/LI") == kinds.count("/Lbl") == kinds.count("/LBody") >= kinds.count("/L")


def test_footers_and_running_lines_are_not_read_out(short: Path) -> None:
    read_out = " ".join(run("pdfinfo", "-struct-text", short).split())
    assert "Domestic burglary" in read_out
    assert "Page 2" in plain_text(short)
    assert "Page 2" not in read_out
    assert ", continued" in plain_text(short)
    assert ", continued" not in read_out


def test_printed_numbers_are_the_numbers_of_the_pages(paper: Path) -> None:
    texts = page_texts(paper)
    with pikepdf.open(paper) as document:
        labels = [str(page.label) for page in document.pages]
    assert labels == [str(number) for number in range(1, len(texts) + 1)]
    assert all(text.endswith(f"Page {label}") for text, label in zip(texts, labels, strict=True))


def test_every_chart_is_a_figure_with_its_text_alternative(paper: Path, priorities: tuple[PriorityPage, ...]) -> None:
    with pikepdf.open(paper) as document:
        figures = [one for one in elements(document.Root.StructTreeRoot) if one.S == "/Figure"]
        captions = sum(one.S == "/Caption" for one in elements(document.Root.StructTreeRoot))
        alternatives = [str(one.Alt) for one in figures]
        boxes = [[float(edge) for edge in attribute(one, "/BBox")] for one in figures]
    expected = [chart.alt for panel in panels(priorities) for chart in charts_of(panel)]
    assert sorted(alternatives) == sorted(expected)
    assert captions == len(figures)
    for left, low, right, high in boxes:
        assert 0 < left < right < 595
        assert 0 < low < high < 842


def test_bookmarks_lead_to_each_priority(paper: Path) -> None:
    with pikepdf.open(paper) as document, document.open_outline() as outline:
        top = outline.root[0]
        assert top.title == TITLE
        titles = [child.title for child in top.children]
    assert any(title.startswith("SP12 To reduce domestic burglary") for title in titles)


def test_shows_every_figure(paper: Path, overview: OverviewPage) -> None:
    text = plain_text(paper)
    for theme in overview.themes:
        assert theme.theme in text
        for one in theme.rows:
            for figure in (one.baseline, one.latest, one.change, one.change_percent):
                assert figure.shown in text, (one.label, figure.shown)
            assert one.status.word in text or one.held_words


def test_shows_every_chart_with_its_words(paper: Path, priorities: tuple[PriorityPage, ...]) -> None:
    text = plain_text(paper)
    for page in priorities:
        shown = any(charts_of(panel) for panel in panels((page,)))
        assert (f"{page.code} {page.title}".replace(" ", "") in text.replace(" ", "")) == shown
    for chart in (chart for panel in panels(priorities) for chart in charts_of(panel)):
        for mark in (*chart.events, *chart.breaks):
            assert mark.label in text


def test_a_measure_stays_with_its_charts_on_one_page(paper: Path, priorities: tuple[PriorityPage, ...]) -> None:
    pages = [page.replace(" ", "") for page in page_texts(paper)]
    for panel in panels(priorities):
        words = [panel.row.label, *(f"{chart.title}" for chart in charts_of(panel))]
        words += [chart.source[:40] for chart in charts_of(panel)]
        if charts_of(panel):
            assert any(all(one.replace(" ", "") in page for one in words) for page in pages[1:]), panel.row.label


def test_a_sentence_is_said_once_of_a_measure(overview: OverviewPage, priorities: tuple[PriorityPage, ...]) -> None:
    for page in dashboard_data(overview, priorities, "Appendix A")["priorities"]:
        for measure in page["measures"]:
            said = [sentence["text"] for sentence in measure.get("text", [])] + measure.get("caveats", [])
            assert len(said) == len(set(said)), measure["label"]


def test_figures_with_and_without_a_marker_stand_in_line(paper: Path, overview: OverviewPage) -> None:
    rows = [row for theme in overview.themes for row in theme.rows if row.latest.shown[:1].isdigit()]
    marked = {row.latest.shown for row in rows if row.latest.sign}
    plain = {row.latest.shown for row in rows if not row.latest.sign}
    assert marked
    assert plain
    column = [word for word in words_of(paper, 1) if word[0] in marked | plain and 250 < word[1] < 400]
    edges = {round(right, 1) for _text, _left, _top, right, _low in column}
    assert {word[0] for word in column} >= marked
    assert max(edges) - min(edges) < 0.5


def test_rows_of_one_and_of_two_lines_are_as_high_as_each_other(tmp_path: Path, overview: OverviewPage) -> None:
    few_notes = replace(overview, notes=overview.notes[:3])  # many notes would press the rows of one line together
    paper = write_dashboard(few_notes, (), tmp_path / "rows.pdf", timestamp=MOMENT)
    codes = {row.priority for theme in overview.themes for row in theme.rows}
    tops = sorted(top for text, left, top, *_ in words_of(paper, 1) if text in codes and 120 < left < 150)
    steps = [round(after - before, 1) for before, after in itertools.pairwise(tops)]
    assert len(tops) == sum(len(theme.rows) for theme in overview.themes)
    within_themes = [step for step in steps if step < 1.5 * min(steps)]
    assert max(within_themes) - min(within_themes) < 1


def test_held_measure_keeps_its_line_and_nothing_else(
    paper: Path, overview: OverviewPage, priorities: tuple[PriorityPage, ...]
) -> None:
    text = plain_text(paper)
    lines = [row for theme in overview.themes for row in theme.rows if row.held_words]
    shown = [page for page in priorities if any(charts_of(panel) for panel in panels((page,)))]
    named = [panel for page in shown for panel in page.measures if panel.row.held_words]
    assert text.count(held_words()) == len(lines) + len(named) > 0
    assert "mbargo" not in text


def test_figures_of_a_held_measure_never_reach_the_template(
    overview: OverviewPage, priorities: tuple[PriorityPage, ...]
) -> None:
    old, new = Figure(34.56, "34.56%"), Figure(36.17, "36.17%")
    leaking = replace(row_of("Domestic burglary"), held_words=held_words(), baseline=old, latest=new)
    theme = replace(overview.themes[0], rows=(leaking,))
    charted = next(page for page in priorities if page.code == "SP12")
    pages = (replace(charted, measures=(replace(charted.measures[0], row=leaking), *charted.measures[1:])),)
    data = repr(dashboard_data(replace(overview, themes=(theme,), all_rows=(leaking,)), pages, "Appendix A"))
    assert "34.56" not in data
    assert "36.17" not in data


def test_only_our_fonts_are_embedded(paper: Path) -> None:
    lines = run("pdffonts", paper).splitlines()[2:]
    assert lines
    assert all("IBMPlexSans" in line and " yes " in line for line in lines)


def test_every_page_is_a4_and_holds_vectors_only(paper: Path) -> None:
    assert run("pdfimages", "-list", paper).count("\n") == 2
    with pikepdf.open(paper) as document:
        for page in document.pages:
            assert [round(float(side)) for side in page.mediabox] == [0, 0, 595, 842]


def test_text_stays_inside_the_margins(paper: Path) -> None:
    boxes = run("pdftotext", "-bbox", paper, "-")
    words = [line.split('"') for line in boxes.splitlines() if "<word" in line]
    assert words
    left, right = 16 / 25.4 * 72 - 1.5, 595.3 - 16 / 25.4 * 72 + 1.5
    for word in words:
        assert float(word[1]) >= left, word
        assert float(word[5]) <= right, word


def test_dashboard_fits_one_page(paper: Path, overview: OverviewPage) -> None:
    first, second = page_texts(paper)[:2]
    for words in (overview.themes[-1].rows[-1].label, "How status is decided", overview.accepted_words, "Page 1"):
        assert words in first
    assert second.startswith("SP1 ")


def test_notes_that_do_not_fit_go_on_in_level_columns(tmp_path: Path, overview: OverviewPage) -> None:
    notes = tuple(Note("", f"Note number {number} says a little more than fits a line.") for number in range(60))
    out = write_dashboard(replace(overview, notes=notes), (), tmp_path / "notes.pdf", timestamp=MOMENT)
    first, second = page_texts(out)
    assert "How status is decided" in first
    assert "Note number 0 " in first
    numbers = [int(number) for number in re.findall(r"Note number (\d+)", f"{first} {second}")]
    assert numbers == list(range(60))
    lefts = [left for text, left, *_ in words_of(out, 2) if text == "Note"]
    columns = [lefts.count(left) for left in sorted(set(lefts))]
    assert len(columns) == 2
    assert abs(columns[0] - columns[1]) <= 2


def test_notes_about_the_same_measure_are_one_note(overview: OverviewPage) -> None:
    given = (
        Note("SP5", "Satisfaction. To May only."),
        Note("SP5", "Satisfaction. Base 200."),
        Note("SP6", "Other. X."),
    )
    notes = dashboard_data(replace(overview, notes=given), (), "Appendix A")["notes"]
    assert [note["text"] for note in notes[:2]] == ["Satisfaction. To May only. Base 200.", "Other. X."]


def test_two_runs_are_byte_identical(
    tmp_path: Path, paper: Path, overview: OverviewPage, priorities: tuple[PriorityPage, ...]
) -> None:
    again = write_dashboard(overview, priorities, tmp_path / "again.pdf", timestamp=MOMENT)
    assert again.read_bytes() == paper.read_bytes()


def test_long_table_repeats_its_header(tmp_path: Path, overview: OverviewPage) -> None:
    theme = replace(overview.themes[2], rows=overview.themes[2].rows * 9)
    out = write_dashboard(replace(overview, themes=(theme,)), (), tmp_path / "long.pdf", timestamp=MOMENT)
    for page in ("1", "2"):
        assert "Measure" in run("pdftotext", "-f", page, "-l", page, out, "-")


@pytest.mark.parametrize(
    "hostile",
    [
        '#import "x.typ": *',
        r"$x^2$ \ *b* _i_",
        "#panic()",
        "= Heading [p] <label> @ref",
        "=1+1",
        "` ` ~ // /* */",
    ],
)
def test_text_is_never_markup(tmp_path: Path, overview: OverviewPage, hostile: str) -> None:
    theme = replace(overview.themes[2], theme=hostile, rows=(replace(overview.themes[2].rows[0], label=hostile),))
    page = replace(overview, themes=(theme,), sentence=hostile, notes=(replace(overview.notes[0], text=hostile),))
    out = write_dashboard(page, (), tmp_path / "hostile.pdf", timestamp=MOMENT)
    assert plain_text(out).replace(" ", "").count(hostile.replace(" ", "")) >= 4


def test_a_character_without_a_glyph_is_a_plain_message(tmp_path: Path, overview: OverviewPage) -> None:
    with pytest.raises(UserError, match="character"):
        write_dashboard(replace(overview, sentence="统计"), (), tmp_path / "glyph.pdf", timestamp=MOMENT)
    assert list(tmp_path.iterdir()) == []


def test_cancelled_build_leaves_nothing(tmp_path: Path, overview: OverviewPage) -> None:
    calls = 0

    def stop_at_second(words: str, done: int, of: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_dashboard(overview, (), tmp_path / "x.pdf", timestamp=MOMENT, progress=stop_at_second)
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_takes_too_long_is_stopped(overview: OverviewPage) -> None:
    data = dashboard_data(overview, (), "Appendix A")
    with pytest.raises(UserError, match="stopped"):
        typst.pdf("dashboard.typ", data, timestamp=MOMENT, time_limit=0.0)


def test_a_warning_of_the_compiler_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "typst").mkdir()
    (tmp_path / "fonts").mkdir()
    (tmp_path / "typst" / "wrong.typ").write_text('#set document(title: "x")\n#set text(font: "No Such Font")\n')
    monkeypatch.setattr(typst, "resource", lambda name: tmp_path / name)
    with pytest.raises(RuntimeError, match="unknown font family"):
        typst.pdf("wrong.typ", {}, timestamp=MOMENT)
