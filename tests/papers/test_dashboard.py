"""The dashboard paper: tagged, deterministic, complete, and silent about what is held."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pcp_desktop.domain.pages import OverviewPage, PriorityPage
from pcp_desktop.errors import Cancelled, UserError
from pcp_desktop.papers import typst
from pcp_desktop.papers.dashboard import TITLE, dashboard_data, write_dashboard
from tests.papers.conftest import HELD_REASON, MOMENT, SP13_TITLE, row


@pytest.fixture(name="paper", scope="module")
def _paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.papers.conftest import overview_page, priority_pages

    out = tmp_path_factory.mktemp("paper") / "dashboard.pdf"
    return write_dashboard(overview_page(), priority_pages(), out, timestamp=MOMENT)


def run(*command: str | Path) -> str:
    """What a command line tool says."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def plain_text(paper: Path) -> str:
    """The text of a paper in reading order, its lines joined."""
    return " ".join(run("pdftotext", paper, "-").split())


def elements(element: Any) -> Iterator[Any]:
    """Every structure element below (and with) one, in order."""
    if "/S" in element:
        yield element
    kids = element.get("/K", [])
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from elements(kid)


def chart_count(pages: tuple[PriorityPage, ...]) -> int:
    """How many charts stand on the papers of these pages."""
    return sum(
        (panel.main is not None) + len(panel.small)
        for page in pages
        for panel in page.measures
        if not panel.row.held_words
    )


def test_says_what_it_is(paper: Path) -> None:
    told = run("pdfinfo", paper)
    assert f"Title:           {TITLE}" in told
    assert "Tagged:          yes" in told
    assert "2016" in told.split("CreationDate:")[1].splitlines()[0]
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


def test_table_has_header_cells_for_columns_themes_and_rows(paper: Path, overview: OverviewPage) -> None:
    with pikepdf.open(paper) as document:
        found = list(elements(document.Root.StructTreeRoot))
        assert sum(one.S == "/Table" for one in found) == 1
        scopes = [scope_of(one) for one in found if one.S == "/TH"]
    rows = sum(len(theme.rows) for theme in overview.themes)
    assert scopes.count("/Column") == 9 + len(overview.themes)
    assert scopes.count("/Row") == rows


def scope_of(cell: Any) -> str:
    """The scope of a header cell, whichever of its attribute objects holds it."""
    attributes = list(cell.A) if isinstance(cell.A, pikepdf.Array) else [cell.A]
    return str([one.Scope for one in attributes if "/Scope" in one][-1])


def test_every_chart_is_a_figure_with_its_text_alternative(paper: Path, priorities: tuple[PriorityPage, ...]) -> None:
    with pikepdf.open(paper) as document:
        figures = [one for one in elements(document.Root.StructTreeRoot) if one.S == "/Figure"]
        alternatives = [str(one.Alt) for one in figures]
    assert len(figures) == chart_count(priorities)
    expected = {
        chart.alt
        for page in priorities
        for panel in page.measures
        for chart in ((panel.main,) if panel.main else ()) + panel.small
    }
    assert set(alternatives) == expected


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
    assert SP13_TITLE in text
    assert "Op Tiger Secured" in text
    assert "Break: recording practice changed, July 2013" in text


def test_held_measure_keeps_its_line_and_nothing_else(paper: Path) -> None:
    text = plain_text(paper)
    assert text.count(HELD_REASON) == 3  # two lines of the table and one measure of SP13's page
    assert "SP3 To reduce" not in text  # nothing to show: no page
    assert "mbargo" not in text


def test_figures_of_a_held_measure_never_reach_the_template(
    overview: OverviewPage, priorities: tuple[PriorityPage, ...]
) -> None:
    working = replace(row("SP3", "Opiates", overview.themes[0].rows[0].status, 34.56, 36.17, unit="percent"))
    leaking = replace(working, held_words=HELD_REASON, baseline=replace(working.baseline, shown="34.56%"))
    theme = replace(overview.themes[0], rows=(leaking,))
    panels = (replace(priorities[2].measures[0], row=leaking),)
    pages = (replace(priorities[2], measures=panels),)
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


def test_dashboard_fits_one_page(paper: Path) -> None:
    first = run("pdftotext", "-l", "1", paper, "-")
    assert "Savings realised over the" in first
    assert "How status is decided" in first
    assert "Page 1" in first


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
