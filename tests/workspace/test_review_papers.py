"""A review is saved as a working document: tagged, held figures marked, covered ones off it, and it is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from pcp_desktop.analysis.pages import review as review_page
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.formats import number
from pcp_desktop.domain.periods import quarter
from pcp_desktop.domain.recognition import Answer, QuestionKind
from pcp_desktop.domain.returns import Change, Finding, Review, Severity
from pcp_desktop.domain.review_words import note_key, note_words, notes_of
from pcp_desktop.errors import UserError
from pcp_desktop.paths import sample_workbooks
from pcp_desktop.workspace import OFFICER, Workspace
from pcp_desktop.workspace.sample import sample_clock
from tests.papers.pdf_reading import elements, plain_text

WAITING = Clearance("all-crime", ClearanceState.WAITING, quarter(2015, 3).end, until="its board")
CRIME, TREATMENT = "recorded crime Q3.xlsx", "drug and alcohol treatment.xlsx"


@pytest.fixture
def workspace(sample_panel: Path) -> Iterator[Workspace]:
    with Workspace.open(sample_panel, sample_clock) as opened:
        yield opened


def changed(workspace: Workspace, folder: Path, name: str, measure: str = "", by: float = 1.0) -> Review:
    """A review of a sample return in which one number, of a measure where it is named, is another."""
    source = sample_workbooks() / name
    figures = workspace.review(source).figures
    one = next(
        figure.observation
        for figure in figures
        if figure.observation.value is not None and measure in ("", figure.observation.key.measure)
    )
    book = openpyxl.load_workbook(source)
    cell = book[one.source.sheet][one.source.cell]
    cell.value = float(str(cell.value)) + by
    book.save(folder / name)
    review = workspace.review(folder / name)
    assert review.counted(Change.REVISED) + review.counted(Change.REFUSED) > 0
    return review


def test_a_review_says_what_changed_who_made_it_and_that_it_is_no_publication(
    workspace: Workspace, tmp_path: Path
) -> None:
    review = changed(workspace, tmp_path, CRIME, "all-crime")
    out = workspace.write_review(review, frozenset(), tmp_path / "review.pdf")
    text = plain_text(out)
    assert f"Review of “{CRIME}”" in text
    assert f"Made by {OFFICER}, 26 February 2016, 2.32 pm" in text
    assert text.count("Working document. Not for publication.") >= 2
    revised = next(figure for figure in review.figures if figure.change is Change.REVISED)
    assert revised.stored is not None
    assert revised.stored.value is not None
    assert f"{number(revised.stored.value)} →" in text
    assert "Accepting stores 1 revised figure in one step." in text
    with pikepdf.open(out) as document:
        tables = [one for one in elements(document.Root.StructTreeRoot) if one.S == "/Table"]
    assert len(tables) == 1


def test_held_figures_stand_in_it_marked_and_that_they_were_saved_is_recorded(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.hold(WAITING)
    review = changed(workspace, tmp_path, CRIME, "all-crime")
    text = plain_text(workspace.write_review(review, frozenset(), tmp_path / "review.pdf"))
    assert "Held. Not published before it has passed its board." in text
    newest = workspace.told().accesses[0]
    assert (newest.what, newest.file, newest.count) == ("Saved: Review of a return", "review.pdf", "1")


def test_what_the_working_view_covers_stays_off_it(workspace: Workspace, tmp_path: Path) -> None:
    review = changed(workspace, tmp_path, TREATMENT)
    facts = workspace.facts()
    moved = [one for one in review.figures if one.change is not Change.UNCHANGED]
    assert {review_page.clearance_of(one, facts).state for one in moved} == {ClearanceState.EMBARGOED}
    before = workspace.told().accesses
    text = plain_text(workspace.write_review(review, frozenset(), tmp_path / "review.pdf"))
    assert "not shown" in text
    assert "Held. Not published before national release." in text
    for one in moved:
        for each in (one.observation, one.stored):
            assert each is None or each.value is None or f" {number(each.value)} " not in text
    assert workspace.told().accesses == before


def test_findings_on_a_sheet_with_covered_figures_are_left_off_for_they_may_tell_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    review = changed(workspace, tmp_path, TREATMENT)
    sheet = review.figures[0].observation.source.sheet
    total = Finding(Severity.WARNING, sheet, "Z99", "The total says 4,321; its 2 parts add up to 4,320.")
    text = plain_text(workspace.write_review(replace(review, findings=(total,)), frozenset(), tmp_path / "r.pdf"))
    assert "4,32" not in text
    assert "1 finding on sheets with figures that are not shown is left off." in text


def test_where_it_cannot_be_recorded_nothing_is_saved(
    workspace: Workspace, sample_panel: Path, tmp_path: Path
) -> None:
    workspace.hold(WAITING)
    review = changed(workspace, tmp_path, CRIME, "all-crime")
    workspace.close()
    with (
        Workspace.open(sample_panel, sample_clock, read_only=True) as closed,
        pytest.raises(UserError, match="cannot be recorded"),
    ):
        closed.write_review(review, frozenset(), tmp_path / "review.pdf")
    assert not (tmp_path / "review.pdf").exists()


def test_a_note_is_kept_with_the_figure_printed_and_taken_back_with_its_return(
    workspace: Workspace, tmp_path: Path
) -> None:
    review = changed(workspace, tmp_path, CRIME, "all-crime")
    key = next(figure.observation.key for figure in review.figures if figure.change is Change.REVISED)
    note = Answer(QuestionKind.NOTE, note_key(key), f"All crime, {key.period.label}", "Counted again.")
    noted = replace(review, given=(*review.given, note))
    assert "Note: Counted again." in plain_text(workspace.write_review(noted, frozenset(), tmp_path / "noted.pdf"))
    assert workspace.accept(noted)

    # The next review shows it with its day, and so does the measure's working; the public never sees it.
    again = workspace.review(tmp_path / CRIME)
    assert note_words(notes_of(again)[note.key]) == "Counted again. (Performance officer, 26 February 2016)"
    why = {
        audience: next(
            measure.why
            for measure in workspace.priority("SP11", workspace.default_period(), audience).measures
            if measure.row.measure == "all-crime"
        )
        for audience in (Audience.WORKING, Audience.PUBLIC)
    }
    told = [words for name, words in why[Audience.WORKING].passport if name == "Note"]
    assert told == [f"{note.label}: Counted again. (Performance officer, 26 February 2016)"]
    assert "Note" not in dict(why[Audience.PUBLIC].passport)
    workspace.undo()
    assert notes_of(workspace.review(tmp_path / CRIME)) == {}
    assert workspace.verify().ok
