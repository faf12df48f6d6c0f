"""A region marked by hand is read as it was said, and in the next return of its layout again, or asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.progress import unwatched
from pcp_desktop.domain.recognition import LEAVE_OUT, Answer, Mark, MarkSort, QuestionKind, RegionKind
from pcp_desktop.domain.returns import Review
from pcp_desktop.returns.files.scan import Reader
from pcp_desktop.returns.stage import review
from tests.returns.pictures import picture, save_ods, save_xls, save_xlsx

TARGETS = """
Leicestershire Police
Bulletin {quarter}
|
Offences | {months}
All crime | 5122 | 5247 | 5074
Domestic burglary | 349 | 398 | 371
Target | {months}
All crime | 5000 | 5000 | 5000
Domestic burglary | 300 | 300 | 300
"""
NOW, NEXT = ("Q3 2015/16", "Oct-15 | Nov-15 | Dec-15"), ("Q4 2015/16", "Jan-16 | Feb-16 | Mar-16")
OUT = Mark(MarkSort.LEFT_OUT, "Bulletin", "A8:D10")
REMEMBERED = date(2016, 1, 18)


def bulletin(folder: Path, quarter: str, months: str, text: str = TARGETS) -> Path:
    name = f"bulletin {quarter.replace('/', '-')}.xlsx"
    return save_xlsx(folder / name, {"Bulletin": picture(text.format(quarter=quarter, months=months))})


def said(mark: Mark) -> Answer:
    return Answer(QuestionKind.REGION, mark.key, mark.range, mark.answer)


def read(path: Path, facts: Facts, reader: Reader, *given: Answer) -> Review:
    return review(path, facts, unwatched, reader, given)


def after(facts: Facts, accepted: Review) -> Facts:
    """The facts once what was answered about a return is remembered for its sender."""
    kept = (replace(one, on=REMEMBERED, organisation=accepted.organisation or "") for one in accepted.given)
    return replace(facts, answers=tuple(kept))


def cells_of(found: Review) -> set[str]:
    return {figure.observation.source.cell for figure in found.figures}


def region_questions(found: Review) -> list[str]:
    return [one.words for one in found.recognition.questions if one.kind is QuestionKind.REGION]


def test_what_is_marked_as_no_data_is_left_out_now_and_next_quarter(
    facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    path = bulletin(tmp_path, *NOW)
    assert cells_of(read(path, facts, reader)) >= {"B6", "B9"}
    marked = read(path, facts, reader, said(OUT))
    figures = {"B6", "C6", "D6", "B7", "C7", "D7"}
    assert cells_of(marked) == figures
    (picture_of_sheet,) = marked.recognition.sheets
    assert picture_of_sheet.marked == (((7, 0, 9, 3), MarkSort.LEFT_OUT),)
    assert all(row < 7 for row, _column, _kind in picture_of_sheet.regions)

    following = read(bulletin(tmp_path, *NEXT), after(facts, marked), reader)
    assert cells_of(following) == figures
    assert region_questions(following) == []
    assert [one.key for one in following.recognition.applied if one.kind is QuestionKind.REGION] == [OUT.key]


@pytest.mark.parametrize(
    ("change", "suggested"),
    [
        (lambda text: text.replace("Target |", "Domestic abuse | 1 | 2 | 3\nTarget |"), "A9:D11"),
        (lambda text: text.rstrip("\n") + "\nShoplifting | 1 | 2 | 3\n", "A8:D11"),
        (lambda text: text.replace("Target |", "Last year |"), "A8:D10"),
    ],
    ids=["pushed down by a row", "a row longer", "other words"],
)
def test_where_the_layout_moved_it_is_asked_about_and_not_used(
    change: object, suggested: str, facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    assert callable(change)
    marked = read(bulletin(tmp_path, *NOW), facts, reader, said(OUT))
    remembered = after(facts, marked)
    path = bulletin(tmp_path, *NEXT, text=change(TARGETS))
    found = read(path, remembered, reader)
    assert region_questions(found) == ["Is A8:D10 still to be left out?"]
    assert "B10" in cells_of(found)
    asked = found.recognition.questions[0]
    assert asked.detail.startswith("It was marked by hand on 18 January 2016")
    assert Mark.of(asked.choices[0].answer).range == suggested
    assert asked.choices[-1].answer == LEAVE_OUT

    taken = read(path, remembered, reader, Answer(asked.kind, asked.key, asked.label, asked.choices[0].answer))
    assert region_questions(taken) == []
    left = int(suggested.partition(":")[0][1:])
    assert all(int(cell[1:]) < left for cell in cells_of(taken))
    # The answer stands in the place of the old one: the quarter after, nothing is asked.
    again = read(path, after(facts, taken), reader)
    assert (region_questions(again), cells_of(again)) == ([], cells_of(taken))
    dropped = read(path, remembered, reader, Answer(asked.kind, asked.key, asked.label, LEAVE_OUT))
    assert (region_questions(dropped), dropped.recognition.sheets[0].marked) == ([], ())


def test_a_marked_table_is_read_for_itself_with_the_lines_over_it(
    facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    text = (
        "Leicestershire Police\nQ3 2015/16\n|\nOffences | Number\nAll crime | 5122\nDomestic burglary | 349\nRape | 7"
    )
    path = save_xlsx(tmp_path / "bulletin.xlsx", {"Bulletin": picture(text)})
    found = read(path, facts, reader, said(Mark(MarkSort.FIGURES, "Bulletin", "A4:B6")))
    table = next(one for one in found.recognition.tables if one.by_hand)
    assert (table.range, table.periods) == ("A4:B6", "1 period, Q3 2015/16")
    assert [label.measure for label in table.labels] == ["All crime", "Domestic burglary"]
    words = read(bulletin(tmp_path, *NOW), facts, reader, said(Mark(MarkSort.FIGURES, "Bulletin", "A2:A3")))
    assert "No figures were found in A2:A3, which is marked as a table." in {one.message for one in words.findings}


def test_numbers_marked_as_headings_are_no_figures(facts: Facts, reader: Reader, tmp_path: Path) -> None:
    text = "Force codes\n|\n | 101 | 102 | 103\nAll crime | 5122 | 5247 | 5074\nDomestic burglary | 349 | 398 | 371"
    path = save_xlsx(tmp_path / "codes.xlsx", {"Sheet": picture(text)})
    found = read(path, facts, reader, said(Mark(MarkSort.HEADINGS, "Sheet", "B3:D3")))
    (sheet,) = found.recognition.sheets
    kinds = {(row, column): kind for row, column, kind in sheet.regions}
    assert kinds[2, 1] not in (RegionKind.VALUE, RegionKind.TOTAL)
    assert kinds[3, 1] is RegionKind.VALUE


def test_the_marks_of_another_workbook_are_not_asked_about(facts: Facts, reader: Reader, tmp_path: Path) -> None:
    marked = read(bulletin(tmp_path, *NOW), facts, reader, said(OUT))
    text = "Leicestershire Police\nSurvey\n|\n | Oct-15\nHate crime, satisfaction with service | '82%"
    other = save_xlsx(tmp_path / "survey.xlsx", {"Bulletin": picture(text)})
    found = read(other, after(facts, marked), reader)
    assert (region_questions(found), found.recognition.sheets[0].marked) == ([], ())


@pytest.mark.parametrize("save", [save_xls, save_ods], ids=[".xls", ".ods"])
def test_a_region_is_the_same_in_every_form_of_workbook(
    save: object, facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    assert callable(save)
    quarter, months = NOW
    suffix = ".xls" if save is save_xls else ".ods"
    text = TARGETS.format(quarter=quarter, months=months)
    path = save(tmp_path / f"bulletin{suffix}", {"Bulletin": picture(text)})
    assert cells_of(read(path, facts, reader, said(OUT))) == {"B6", "C6", "D6", "B7", "C7", "D7"}


SHARING = """
Leicestershire Police
Bulletin {quarter}
|
Offences | {months}
All crime | 5122 | 5247 | 5074
Domestic burglary | 349 | 398 | 371
Rape | 9 | 8 | 7
"""


@pytest.mark.parametrize(
    ("sorts", "said_of_it", "rows"),
    [
        ((MarkSort.FIGURES, MarkSort.FIGURES), "They are read as part of A6:D8, which was marked later.", "678"),
        ((MarkSort.FIGURES, MarkSort.LEFT_OUT), "They are left out.", ""),
        ((MarkSort.LEFT_OUT, MarkSort.FIGURES), "They are left out.", "8"),
        ((MarkSort.FIGURES, MarkSort.HEADINGS), "Numbers in them are headings.", ""),
    ],
)
def test_what_becomes_of_cells_that_two_marks_share_is_said(
    sorts: tuple[MarkSort, MarkSort],
    said_of_it: str,
    rows: str,
    facts: Facts,
    reader: Reader,
    tmp_path: Path,
) -> None:
    marks = [Mark(sort, "Bulletin", where) for sort, where in zip(sorts, ("A5:D7", "A6:D8"), strict=True)]
    path = bulletin(tmp_path, *NOW, SHARING)
    found = read(path, facts, reader, *map(said, marks))
    shared = [one for one in found.findings if "share" in one.message]
    words = f"A5:D7 and A6:D8 are both marked by hand and share A6:D7. {said_of_it}"
    assert [(one.sheet, one.cell, one.message) for one in shared] == [("Bulletin", "A6", words)]
    assert cells_of(found) == {f"{column}{row}" for column in "BCD" for row in rows}


def test_marks_apart_and_marks_that_say_the_same_need_no_words(facts: Facts, reader: Reader, tmp_path: Path) -> None:
    apart = (Mark(MarkSort.FIGURES, "Bulletin", "A5:D6"), Mark(MarkSort.LEFT_OUT, "Bulletin", "A8:D8"))
    alike = (Mark(MarkSort.LEFT_OUT, "Bulletin", "A7:D8"), Mark(MarkSort.LEFT_OUT, "Bulletin", "A8:D8"))
    path = bulletin(tmp_path, *NOW, SHARING)
    for marks in (apart, alike):
        found = read(path, facts, reader, *map(said, marks))
        assert [one for one in found.findings if "share" in one.message] == []
