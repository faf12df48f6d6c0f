"""A messy return is asked about once; what was answered is remembered for the organisation's next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Source
from pcp_desktop.domain.periods import PeriodKind, month, quarter
from pcp_desktop.domain.progress import unwatched
from pcp_desktop.domain.recognition import BY_FIGURES, LEAVE_OUT, Answer, Question, QuestionKind, RelativePeriod
from pcp_desktop.domain.returns import Review, moved_on
from pcp_desktop.returns.files.scan import Reader
from pcp_desktop.returns.matching.answers import lasting
from pcp_desktop.returns.stage import review
from tests.returns.pictures import picture, save_xlsx

MESSY = """
Force performance bulletin, {quarter}
prepared for the office
|
Offences by month | {months}
Dwelling house break-ins | 301 | 322 | 333
Car contents taken | 601 | 612 | 623
Paper clips used | 9 | 8 | 7
"""
NEXT = ("Q4 2015/16", "Jan-16 | Feb-16 | Mar-16")
NOW = ("Q3 2015/16", "Oct-15 | Nov-15 | Dec-15")


def messy(folder: Path, period: str, months: str) -> Path:
    """A return in a layout and with names that no sample has."""
    name = f"bulletin {period.replace('/', '-')}.xlsx"
    return save_xlsx(folder / name, {"Bulletin": picture(MESSY.format(quarter=period, months=months))})


def answered(question: Question, answer: str) -> Answer:
    assert answer in [choice.answer for choice in question.choices]
    return Answer(question.kind, question.key, question.label, answer)


def with_history(facts: Facts) -> Facts:
    """Facts that hold last summer's burglaries and thefts under the plan's own names."""
    stored = []
    for code, values in (("domestic-burglary", (310, 305, 298)), ("theft-from-vehicle", (590, 585, 604))):
        for number, value in zip((7, 8, 9), values, strict=True):
            key = ObservationKey(code, facts.plan.area, month(2015, number))
            stored.append(Observation(key, float(value), Marker.FINAL, Source("old.xlsx", "Old", f"B{number}")))
    return replace(facts, observations=tuple(stored))


def read(path: Path, facts: Facts, reader: Reader, given: tuple[Answer, ...] = ()) -> Review:
    return review(path, facts, unwatched, reader, given)


def stored_of(found: Review) -> dict[str, list[float | None]]:
    values: dict[str, list[float | None]] = {}
    for figure in sorted(found.figures, key=lambda one: one.observation.key.period):
        values.setdefault(figure.observation.key.measure, []).append(figure.observation.value)
    return values


def test_answers_are_used_and_the_next_return_of_the_layout_needs_none(
    facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    path = messy(tmp_path, *NOW)
    labels = {one.label: one.key for table in read(path, facts, reader).recognition.tables for one in table.labels}
    meant = {
        "Dwelling house break-ins": "domestic-burglary",
        "Car contents taken": "theft-from-vehicle",
        "Paper clips used": LEAVE_OUT,
    }
    given = tuple(Answer(QuestionKind.MEASURE, labels[label], label, answer) for label, answer in meant.items())
    keys = {one.key for one in given}
    first = read(path, facts, reader, given)
    assert {one.key for one in first.recognition.applied} == keys
    assert stored_of(first) == {"domestic-burglary": [301, 322, 333], "theft-from-vehicle": [601, 612, 623]}
    remembered = replace(facts, answers=tuple(replace(one, on=date(2016, 1, 18)) for one in given))
    again = read(messy(tmp_path, *NEXT), remembered, reader)
    assert stored_of(again) == {"domestic-burglary": [301, 322, 333], "theft-from-vehicle": [601, 612, 623]}
    assert not [one for one in again.recognition.questions if one.kind is QuestionKind.MEASURE]
    read_as = {one.label: one for table in again.recognition.tables for one in table.labels}
    assert read_as["Dwelling house break-ins"].how == "answered on 18 January 2016"


def test_the_answers_of_another_organisation_are_not_used(facts: Facts, reader: Reader, tmp_path: Path) -> None:
    answer = Answer(
        QuestionKind.MEASURE,
        "youth offending bulletin / entrants",
        "",
        "first-time-entrants",
        "Leicester City Council",
    )
    text = "Leicestershire Police\nYouth offending bulletin\n|\n | Q3 2015/16\nEntrants | 70\nRape | 50"
    path = save_xlsx(tmp_path / "bulletin.xlsx", {"Sheet": picture(text)})
    found = read(path, replace(facts, answers=(answer,)), reader)
    assert found.organisation == "Leicestershire Police"
    assert found.recognition.applied == ()


def test_figures_that_are_all_stored_already_say_what_a_strange_label_is(
    facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    text = "Bulletin\n|\n | Jul-15 | Aug-15 | Sep-15\nDwelling house break-ins | 310 | 305 | 298\nOther | 1 | 2 | 3"
    path = save_xlsx(tmp_path / "bulletin.xlsx", {"Sheet": picture(text)})
    (question,) = [one for one in read(path, with_history(facts), reader).recognition.questions
                   if one.kind is QuestionKind.MEASURE]  # fmt: skip
    assert question.label == "Dwelling house break-ins"
    assert question.choices[0].answer == "domestic-burglary"
    assert question.choices[0].evidence == "All 3 figures that are stored agree"
    assert question.choices[-1].answer == LEAVE_OUT


def test_a_doubtful_label_is_sure_when_its_figures_are_those_stored(
    facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    text = "Bulletin\n|\n | Jul-15 | Aug-15 | Sep-15\nDomestic burglary (new) | {values}\nAll crime | 4,9 | 5,0 | 5,1"
    agreeing = save_xlsx(tmp_path / "a.xlsx", {"Sheet": picture(text.format(values="310 | 305 | 298"))})
    other = save_xlsx(tmp_path / "b.xlsx", {"Sheet": picture(text.format(values="210 | 205 | 198"))})
    sure = read(agreeing, with_history(facts), reader)
    asked = read(other, with_history(facts), reader)
    assert "domestic-burglary" in stored_of(sure)
    assert "domestic-burglary" not in stored_of(asked)
    assert [one.label for one in asked.recognition.questions if one.kind is QuestionKind.MEASURE] == [
        "Domestic burglary (new)"
    ]


def test_figures_without_a_period_are_asked_about_by_the_quarter_of_the_return(
    facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    text = (
        "Leicestershire Police: recorded crime and outcomes\n|\nCrime | Number\nDomestic burglary | 1,053\nRape | 150"
    )
    path = save_xlsx(tmp_path / "recorded crime and outcomes.xlsx", {"Sheet": picture(text)})
    found = read(path, facts, reader)
    periods = [one for one in found.recognition.questions if one.kind is QuestionKind.PERIOD]
    given = (answered(periods[0], RelativePeriod.QUARTER.value),)
    taken = read(path, facts, reader, given)
    assert {figure.observation.key.period.label for figure in taken.figures} == {"Q3 2015/16"}


def test_a_workbook_that_names_nobody_is_asked_which_return_it_is_and_known_next_time(
    facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    text = (
        "{quarter}\n|\n | {months}\nDomestic burglary | 301 | 322 | 333\nTheft from motor vehicle | 601 | 612 | 623"
    )
    drawn = picture(text.format(quarter=NOW[0], months=NOW[1]))
    path = save_xlsx(tmp_path / "figures Q3 2015-16.xlsx", {"Sheet": drawn})
    found = read(path, facts, reader)
    (question,) = [one for one in found.recognition.questions if one.kind is QuestionKind.RETURN]
    assert found.expected_code is None
    answer = answered(question, "Leicestershire Police|Recorded crime and outcomes")
    assert read(path, facts, reader, (answer,)).expected_code == "recorded-crime"
    expected = [one.expected for one in facts.returns if one.expected]
    following = tuple(moved_on(one, quarter(2015, 4)) for one in expected)
    later = replace(
        facts,
        answers=(replace(answer, organisation="Leicestershire Police"),),
        returns=(*facts.returns, *(replace(facts.returns[0], expected=one) for one in following)),
    )
    drawn = picture(text.format(quarter=NEXT[0], months=NEXT[1]))
    path = save_xlsx(tmp_path / "figures Q4 2015-16.xlsx", {"Sheet": drawn})
    assert read(path, later, reader).expected_code == "recorded-crime-2015-q4"


TOTALLED = """
Bulletin
|
 | Jul-15 | Aug-15 | Sep-15 | Q2 15/16 total
Theft MV | 590 | 585 | 604 | 1789
All crime | 4900 | 5000 | 5100 | 15000
"""


def test_of_two_measures_that_a_label_is_like_the_one_whose_figures_it_repeats_is_taken_and_remembered(
    facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    path = save_xlsx(tmp_path / "bulletin.xlsx", {"Sheet": picture(TOTALLED)})
    found = read(path, with_history(facts), reader)
    assert set(stored_of(found)) >= {"theft-from-vehicle", "all-crime"}
    assert [(one.label, one.answer, one.by) for one in found.given] == [
        ("Theft MV", "theft-from-vehicle", BY_FIGURES)
    ]


def test_the_totals_of_a_row_are_checked_against_its_months_and_are_no_labels_of_their_own(
    facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    path = save_xlsx(tmp_path / "bulletin.xlsx", {"Sheet": picture(TOTALLED)})
    found = read(path, with_history(facts), reader)
    said = [one.message for one in found.findings]
    assert "The total says 1,789; its 3 parts add up to 1,779." in said
    assert not [words for words in said if "no measure of the plan" in words]
    assert all(figure.observation.key.period.kind is PeriodKind.MONTH for figure in found.figures)


def test_a_question_names_the_cell_of_its_label(facts: Facts, reader: Reader, tmp_path: Path) -> None:
    text = "Bulletin\n|\n | Jul-15 | Aug-15 | Sep-15\nOther | 1 | 2 | 3\nBreak-ins | 310 | 305 | 298"
    path = save_xlsx(tmp_path / "bulletin.xlsx", {"Sheet": picture(text)})
    asked = read(path, with_history(facts), reader).recognition.questions
    assert ("Break-ins", "A5") in [(one.label, one.cell) for one in asked]


def test_what_changes_from_quarter_to_quarter_is_no_part_of_a_key() -> None:
    assert lasting("PCC dashboard return Q3 2015/16 final v2") == lasting("PCC dashboard return Q4 2016-17")
    assert lasting("Theft from vehicles") != lasting("Theft of vehicles")
