"""Sentences on how far a figure by itself is to be trusted: chance, the base of a rate, recording practice."""

from __future__ import annotations

from pcp_desktop.analysis.intervals import byar, poisson
from pcp_desktop.analysis.pages import wording
from pcp_desktop.analysis.pages.subject import Subject
from pcp_desktop.analysis.recording import recording_effect
from pcp_desktop.domain.formats import number
from pcp_desktop.domain.measures import Kind, RecordingAudit
from pcp_desktop.domain.pages import Sentence


def sentences(subject: Subject) -> tuple[Sentence, ...]:
    """What stands beside a status about the latest figure itself; nothing of a figure that may not be shown."""
    if subject.held or not subject.shown or subject.latest is None:
        return ()
    return (*_chance(subject), *_rate(subject), *_recording(subject))


def _chance(subject: Subject) -> list[Sentence]:
    """What chance alone leaves open of a count that has no test: the exact Poisson interval."""
    latest, measure = subject.latest, subject.measure
    if latest is None or measure.kind is not Kind.COUNT or subject.test is not None or latest.exact.denominator != 1:
        return []
    low, high = (number(end) for end in poisson(int(latest.exact)))
    shown = number(latest.exact)
    text = f"By chance alone, {shown} could have been {low} to {high} (95%, exact Poisson)."
    return [Sentence(text, (low, high))]


def _rate(subject: Subject) -> list[Sentence]:
    """The interval of the own rate in the most similar group: Byar's, where its events and population are known."""
    found = subject.position
    own = next((one for one in found.rates if one.own), None) if found is not None else None
    if found is None or own is None or own.events is None or not own.base or wording.is_percentage(subject.measure):
        return []
    low, high = (number(found.per * end, 2) for end in byar(float(own.events), float(own.base)))
    rate = number(own.rate, 2)
    text = f"The rate of {rate} per 1,000 people could by chance alone have been {low} to {high} (95%, Byar)."
    return [Sentence(text, (low, high))]


def _recording(subject: Subject) -> list[Sentence]:
    """How much of the latest count is there because more of what is reported was recorded."""
    latest, measure = subject.latest, subject.measure
    audits = [one for one in measure.audits if one.day <= subject.period.end]
    if latest is None or measure.kind is not Kind.COUNT or len(audits) < 2:
        return []
    before, now = audits[-2:]
    if now.compliance <= before.compliance:
        return []
    margins = (before.margin, now.margin) if before.margin is not None and now.margin is not None else None
    effect = recording_effect(int(latest.exact), before.compliance, now.compliance, margins)
    shown = number(effect.amount) if effect.interval is None else effect.words
    unknown = "; the audits gave no margins" if effect.interval is None else ""
    text = (
        f"Recording: {_found(before)}, then {_found(now)}. Of the {number(latest.exact)} {measure.unit}, {shown} are "
        f"there because more of what is reported is recorded{unknown}."
    )
    return [Sentence(text, (shown,))]


def _found(audit: RecordingAudit) -> str:
    """ "75.8% of what was reported was recorded (HMICFRS, spring 2017)"."""
    return f"{number(audit.compliance, 1)}% of what was reported was recorded ({audit.by})"
