"""What is answered of a mark in the place of figures stands at review, is stored, and is known next quarter."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from pcp_desktop.analysis.pages import review as review_page
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import quarter
from pcp_desktop.domain.recognition import LEAVE_OUT, Answer, QuestionKind
from pcp_desktop.domain.returns import Review
from pcp_desktop.workspace import OFFICER, Workspace
from tests.returns.pictures import picture, save_xlsx

TABLE = """\
Leicestershire Police: bulletin of recorded crime
|
Crime | {months}
All crime | 5122 | 5247 | 5074
Rape | {cells}
"""


def bulletin(folder: Path, of: str, months: str, cells: str) -> Path:
    drawn = picture(TABLE.format(months=months, cells=cells))
    return save_xlsx(folder / f"bulletin of recorded crime {of}.xlsx", {"Bulletin": drawn})


def rape(review: Review) -> dict[str, Marker]:
    found = (figure.observation for figure in review.figures)
    return {one.source.cell: one.marker for one in found if one.key.measure == "rape"}


@pytest.mark.parametrize("meaning", [Marker.SUPPRESSED, Marker.NOT_AVAILABLE, None])
def test_an_answered_mark_is_reviewed_stored_and_known_in_the_next_quarter(
    meaning: Marker | None, sample_panel: Path, tmp_path: Path
) -> None:
    said = meaning.value if meaning is not None else LEAVE_OUT
    wanted = {"B5": meaning, "C5": Marker.FINAL, "D5": Marker.FINAL}
    wanted = {cell: marker for cell, marker in wanted.items() if marker is not None}
    with Workspace.open(sample_panel, lambda: datetime(2016, 4, 20, 10, 0)) as workspace:
        workspace.begin_quarter(quarter(2015, 4))
        first = bulletin(tmp_path, "Q4 2015-16", "Jan-16 | Feb-16 | Mar-16", "* | 48 | 61")
        (question,) = workspace.review(first).recognition.questions
        assert (question.kind, question.label) == (QuestionKind.SIGN, "*")
        review = workspace.review(first, given=[Answer(question.kind, question.key, question.label, said)])
        assert review.recognition.questions == ()
        assert rape(review) == wanted
        page = review_page.build(review, workspace.facts(), OFFICER)
        lines = [line for line in page.lines if line.cell == "B5"]
        assert [line.period for line in lines] == ([f"January 2016 {meaning.sign}"] if meaning else [])
        workspace.accept(review)
        stored = {(one.key.measure, one.source.cell): one.marker for one in workspace.facts().observations
                  if one.source.file == first.name}  # fmt: skip
        assert stored.get(("rape", "B5")) is meaning

    with Workspace.open(sample_panel, lambda: datetime(2016, 7, 20, 10, 0)) as workspace:
        workspace.begin_quarter(quarter(2016, 1))
        following = workspace.review(bulletin(tmp_path, "Q1 2016-17", "Apr-16 | May-16 | Jun-16", "* | 50 | 44"))
        assert following.recognition.questions == ()
        assert rape(following) == wanted
        known = [one for one in following.recognition.applied if one.kind is QuestionKind.SIGN]
        assert [(one.answer, one.on) for one in known] == [(said, date(2016, 4, 20))]
