"""A mark that may mean several things is asked about where no note says which, and its meaning is remembered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.recognition import LEAVE_OUT, Answer, Question, QuestionKind
from pcp_desktop.domain.returns import Review
from pcp_desktop.returns.cells.legends import legend_of
from pcp_desktop.returns.files.scan import Reader
from pcp_desktop.returns.files.workbook import Sheet
from tests.returns.pictures import picture, save_xlsx
from tests.returns.test_answers import read

TABLE = """\
Leicestershire Police: recorded crime and outcomes
|
Crime | Oct-15 | Nov-15 | Dec-15
Domestic burglary | 301 | 5 | 33
Rape | {cells}
{note}
"""


def drawn(folder: Path, cells: str = "* | 7 | *", note: str = "") -> Path:
    text = TABLE.format(cells=cells, note=note)
    return save_xlsx(folder / "recorded crime and outcomes.xlsx", {"Sheet": picture(text)})


def asked(review: Review) -> list[Question]:
    return [one for one in review.recognition.questions if one.kind is QuestionKind.SIGN]


def rape(review: Review) -> dict[str, tuple[float | None, Marker]]:
    found = [one.observation for one in review.figures if one.observation.key.measure == "rape"]
    return {one.key.period.short_label: (one.value, one.marker) for one in found}


def test_a_mark_without_a_note_is_asked_about_with_what_speaks_for_its_meaning(
    facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    (question,) = asked(read(drawn(tmp_path), facts, reader))
    assert (question.words, question.cell) == ("What does “*” mean in 2 cells of “Rape”?", "B5")
    assert [(one.answer, one.evidence) for one in question.choices] == [
        (Marker.SUPPRESSED.value, "No number from 1 to 4 stands beside it"),
        (Marker.NOT_AVAILABLE.value, ""),
        (LEAVE_OUT, ""),
    ]


@pytest.mark.parametrize(
    ("cells", "likeliest", "evidence"),
    [
        ("* | 1 | *", Marker.SUPPRESSED.value, ""),
        ("* | * | *", Marker.SUPPRESSED.value, "No number from 1 to 4 stands beside it"),
        ("1* | * | 2", LEAVE_OUT, "It stands behind a number as well, in B5"),
        ("x | x | x", Marker.NOT_AVAILABLE.value, "It stands in every cell of “Rape”"),
        ("x | 1 | 2", Marker.NOT_AVAILABLE.value, ""),
    ],
)
def test_the_answer_for_which_there_is_evidence_comes_first(
    cells: str, likeliest: str, evidence: str, facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    (question,) = asked(read(drawn(tmp_path, cells), facts, reader))
    assert (question.choices[0].answer, question.choices[0].evidence) == (likeliest, evidence)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Marker.SUPPRESSED.value, (None, Marker.SUPPRESSED)),
        (Marker.NOT_AVAILABLE.value, (None, Marker.NOT_AVAILABLE)),
        (LEAVE_OUT, None),
    ],
)
def test_the_answer_says_what_stands_in_its_cells_and_holds_for_the_next_return(
    answer: str, said: tuple[None, Marker] | None, facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    path = drawn(tmp_path)
    (question,) = asked(read(path, facts, reader))
    given = Answer(question.kind, question.key, question.label, answer)
    taken = read(path, facts, reader, (given,))
    assert rape(taken) == {"Nov 15": (7.0, Marker.FINAL)} | ({"Oct 15": said, "Dec 15": said} if said else {})
    assert taken.recognition.applied == (given,)
    remembered = replace(facts, answers=(replace(given, organisation="Leicestershire Police"),))
    again = read(drawn(tmp_path, "9 | * | 8"), remembered, reader)
    assert asked(again) == []
    assert rape(again).get("Nov 15") == said


@pytest.mark.parametrize(
    ("note", "meaning"),
    [
        ("* Number withheld because it is small", Marker.SUPPRESSED),
        ("Counts under 5 are shown as *", Marker.SUPPRESSED),
        ("Values were replaced with an asterisk where they would disclose a person", Marker.SUPPRESSED),
        ("Key: .. not held; * not available", Marker.NOT_AVAILABLE),
        ("* Not applicable", Marker.NOT_APPLICABLE),
        ("* | Not applicable", Marker.NOT_APPLICABLE),
        ("* Includes what was transferred from Rutland", Marker.NOT_AVAILABLE),
    ],
)
def test_a_note_says_what_the_mark_means_so_that_nobody_is_asked(
    note: str, meaning: Marker, facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    review = read(drawn(tmp_path, note=note), facts, reader)
    assert asked(review) == []
    assert rape(review)["Oct 15"] == (None, meaning)


@pytest.mark.parametrize("mark", ["..", "-", "n/a", "[c]", "[x]", "not held"])
def test_a_mark_that_means_one_thing_everywhere_is_not_asked_about(
    mark: str, facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    assert asked(read(drawn(tmp_path, f"{mark} | 7 | 8"), facts, reader)) == []


@pytest.mark.parametrize("text", ["Missing persons *", "Missing persons*", "Kent*", "Note: data are suppressed", "*"])
def test_a_label_with_a_mark_is_no_note_on_it(text: str) -> None:
    assert legend_of([Sheet("Sheet", ((text,),))]).in_place == {}
