"""The page of who has been told what: recipients before release, and every access to held figures."""

from __future__ import annotations

from collections.abc import Sequence

from pcp_desktop.analysis.pages import wording
from pcp_desktop.domain.clearance import Recipient
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import counted, number
from pcp_desktop.domain.held_access import AccessRow, HeldAccess, ToldPage, ToldRow
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.periods import in_words, moment_in_words


def build(facts: Facts, accesses: Sequence[HeldAccess]) -> ToldPage:
    """Recipients whose access lasts, then those whose access has ended; accesses as given, the newest first."""
    measures = {measure.code: measure for measure in facts.measures}
    recipients = [_recipient(facts, one, measures[one.measure]) for one in facts.recipients]
    recipients.sort(key=lambda row: (row.ended, row.recipient.expires))
    lasting = sum(1 for row in recipients if not row.ended)
    rows = tuple(_access(one, measures) for one in accesses)
    scope = f"{lasting} with access now, {len(recipients) - lasting} whose access has ended; "
    return ToldPage(tuple(recipients), rows, scope + counted(len(rows), "access", "accesses") + " recorded")


def _recipient(facts: Facts, one: Recipient, measure: Measure) -> ToldRow:
    today = facts.now.date()
    ended = one.expires < today
    if ended:
        standing = f"Access ended on {in_words(one.expires)}"
    elif one.told_on > today:
        standing = f"From {in_words(one.told_on)}"
    else:
        standing = f"Has access until {in_words(one.expires)}"
    told, expires = wording.date_with_year(one.told_on), wording.date_with_year(one.expires)
    return ToldRow(one, measure.priority, wording.short_label(measure), told, expires, standing, ended)


def _access(one: HeldAccess, measures: dict[str, Measure]) -> AccessRow:
    """An access in words; a measure that the plan no longer knows is named by its code."""
    names = [wording.short_label(measures[code]) if code in measures else code for code in one.what.measures]
    return AccessRow(
        when=moment_in_words(one.at),
        by=one.by,
        what=f"{one.access.value}: {one.what.form}",
        measures="; ".join(names),
        periods=one.what.periods,
        count=number(one.what.count, 0),
        file=one.what.file,
    )
