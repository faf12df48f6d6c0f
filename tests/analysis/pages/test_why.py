"""What Why? says beside a status: last year, the year so far, what is ahead, and what many tests make of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from pcp_desktop.analysis.pages.subject import Subject, gather
from pcp_desktop.analysis.pages.why import why
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.measures import Break, Frequency, Measure, RecordingAudit
from pcp_desktop.domain.observations import Observation
from pcp_desktop.domain.pages import Why
from pcp_desktop.domain.periods import financial_year, quarter
from tests.analysis.made_facts import a_measure, a_proportion, facts_of, monthly, observed, with_base

QUARTER = quarter(2015, 3)


def season(level: float, months: int = 45) -> list[float]:
    """Counts about `level` a month with a season, the same every time."""
    means = level * (1 + 0.1 * np.cos(2 * np.pi * (np.arange(months) - 8) / 12))
    return [float(one) for one in np.random.default_rng(8).poisson(means)]


def subject_of(measure: Measure, items: list[Observation], *breaks: Break, held: bool = False) -> Subject:
    clearances = [Clearance("m", ClearanceState.EMBARGOED, QUARTER.end, until="ONS release")] if held else None
    return gather(facts_of([measure], items, breaks, clearances), QUARTER, Audience.WORKING).subject(measure)


def working(subject: Subject, *others: float) -> Why:
    own = subject.assessment.p_value
    return why(subject, (*others, *((own,) if own is not None else ())))


def beside(found: Why) -> str:
    return " ".join(sentence.text for sentence in found.beside)


def test_worse_than_the_baseline_and_steady_on_last_year_are_two_facts() -> None:
    months = [*season(100, 12), *season(160, 33)]
    found = working(subject_of(a_measure(), monthly(a_measure(), months)))
    assert "a rise that chance alone does not explain" in found.explanation[-1].text
    assert "The last 12 months on the 12 before" in beside(found)
    assert "no clear change" in found.beside[0].text


def test_the_year_so_far_and_both_projections_have_their_intervals() -> None:
    found = working(subject_of(a_measure(), monthly(a_measure(), season(300))))
    assert "Year to date: " in beside(found)
    assert "in April to December 2015 against" in beside(found)
    assert beside(found).count("80% interval") == 2
    for year in ("2015/16", "2016/17"):
        assert any(caveat.startswith(f"Projection {year}: ") for caveat in found.caveats)


def test_figures_that_cannot_be_projected_say_why_and_nothing_of_what_is_ahead() -> None:
    found = working(subject_of(a_measure(), monthly(a_measure(), season(300, 33), (2013, 4))))
    assert "Not projected: 33 comparable months are held, and a projection needs 36." in beside(found)
    assert "80% interval" not in beside(found)
    assert not any("Projection" in caveat for caveat in found.caveats)


def test_nothing_of_a_held_measure_is_projected_or_put_beside_it() -> None:
    subject = subject_of(a_measure(), monthly(a_measure(), season(300)), held=True)
    assert subject.held
    assert (subject.projections, subject.unprojected, subject.last_year_test) == ((), (), None)
    assert subject.unusual_baseline is None
    assert why(subject, ()).beside == ()


def test_a_change_says_what_becomes_of_it_among_all_tests() -> None:
    months = [one * (1.15 if at >= 33 else 1) for at, one in enumerate(season(300))]
    subject = subject_of(a_measure(), monthly(a_measure(), months))
    own = subject.assessment.p_value
    assert own is not None
    assert own < 0.05
    alone, among = working(subject), working(subject, *[own / 2] * 3)
    assert "Benjamini" not in alone.rule
    assert "among 4 tests" in among.rule
    assert not any("does not stand" in caveat for caveat in (*alone.caveats, *among.caveats))
    many = working(subject, *[0.5] * 1000)
    assert any("Among 1001 tests chance alone makes about 50.1 such changes" in caveat for caveat in many.caveats)


def test_an_unusual_baseline_year_is_said_with_the_other_years() -> None:
    measure = a_measure(frequency=Frequency.YEAR)
    years = {2010: 700, 2011: 720, 2012: 500, 2013: 710, 2014: 730}
    items = [observed(measure, financial_year(year), value) for year, value in years.items()]
    found = working(subject_of(measure, items))
    said = next(caveat for caveat in found.caveats if "unusual" in caveat)
    assert said == (
        "2012/13 was an unusual year: 500, below every other year held "
        "(2010/11 700, 2011/12 720, 2013/14 710, 2014/15 730)."
    )


@pytest.mark.parametrize("day", [date(2014, 7, 1), date(2015, 1, 1)])
def test_a_break_since_last_year_is_said_and_nothing_is_compared_across_it(day: date) -> None:
    items = monthly(a_measure(), season(300))
    found = working(subject_of(a_measure(), items, Break("m", day, "New recording rules.")))
    assert "on the 12 before" not in beside(found)
    assert "projected total" not in beside(found)
    assert "New recording rules" in " ".join((found.explanation[0].text, beside(found)))


# ---------------------------------------------------------------- chance and recording


def test_a_count_without_a_test_says_what_chance_leaves_open() -> None:
    """Garwood's interval for 14 events: 7.65 to 23.49 (Breslow and Day 1987, table 2.10)."""
    measure = a_measure(frequency=Frequency.YEAR)
    found = beside(working(subject_of(measure, [observed(measure, financial_year(2014), 14)])))
    assert "By chance alone, 14 could have been 8 to 23 (95%, exact Poisson)." in found


def test_better_recording_is_said_with_the_audits_and_their_margins() -> None:
    """The figures of the Panel's paper of 25 July 2018, paragraphs 41 to 46; the margins are made up."""
    before = RecordingAudit(date(2014, 4, 1), 75.8, "HMICFRS, spring 2017")
    now = RecordingAudit(date(2015, 3, 31), 87.4, "the force’s own audit, spring 2018")
    items = [observed(a_measure(frequency=Frequency.YEAR), financial_year(2014), 81_877)]
    plain = a_measure(frequency=Frequency.YEAR, audits=(before, now))
    assert "Of the 81,877 offences, 5,820 are there because" in beside(working(subject_of(plain, items)))
    assert "the audits gave no margins" in beside(working(subject_of(plain, items)))
    margins = a_measure(frequency=Frequency.YEAR, audits=(replace(before, margin=2.5), replace(now, margin=2.5)))
    assert "about 5,800 (4,100 to 7,600) are there because" in beside(working(subject_of(margins, items)))
    worse = a_measure(frequency=Frequency.YEAR, audits=(before, replace(now, compliance=70.0)))
    assert "Recording:" not in beside(working(subject_of(worse, items)))


def test_a_surveys_design_effect_widens_the_interval() -> None:
    found = []
    for effect in (1.0, 2.0):
        share = a_proportion(design_effect=effect)
        items = [
            *with_base(share, financial_year(2012), 700, 1000),
            *with_base(share, financial_year(2014), 660, 1000),
        ]
        test = subject_of(share, items).test
        assert test is not None
        found.append(test)
    narrow, wide = found
    assert wide.interval[0] < narrow.interval[0] < narrow.interval[1] < wide.interval[1]
    assert "design effect 2" in wide.words
