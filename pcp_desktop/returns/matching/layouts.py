"""Recognises the returns this program issued, by the identifier on them; reading their cells is the recogniser's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.returns import ExpectedReturn
from pcp_desktop.returns.cells import periods
from pcp_desktop.returns.files.workbook import Workbook

PREFIX = "PCP-RETURN"
_IDENTIFIER = re.compile(
    rf"{PREFIX}\s+(?P<period>Q[1-4]\s+\d{{4}}/\d\d)\s+(?P<who>[A-Z0-9][A-Z0-9-]*)"
    r"(?:\s+(?P<code>[a-z0-9][a-z0-9-]*))?(?:\s|\Z)"
)


@dataclass(frozen=True)
class Identifier:
    """What an issued return says of itself: its quarter, its organisation in capitals, and which return it is.

    `code` is that of the expected return, empty on forms that hold all of an organisation's.
    """

    period: Period
    organisation: str
    code: str = ""

    @property
    def words(self) -> str:
        """The identifier as it stands on the form."""
        return " ".join(part for part in (PREFIX, self.period.label, self.organisation, self.code) if part)


def issued(expected: ExpectedReturn) -> Identifier:
    """The identifier of the form that is sent out for a return."""
    return Identifier(expected.period, capitals(expected.organisation), expected.code)


def identifier(workbook: Workbook) -> Identifier | None:
    """The identifier on a workbook, wherever it was moved to; None where it carries none."""
    texts = [*workbook.properties.values()]
    texts += [
        value for sheet in workbook.sheets for row in sheet.rows[:50] for value in row if isinstance(value, str)
    ]
    for text in texts:
        found = _IDENTIFIER.search(text)
        period = periods.parse(found["period"]) if found else None
        if found and period is not None:
            return Identifier(period, found["who"], found["code"] or "")
    return None


def capitals(name: str) -> str:
    """An organisation's name as identifiers write it: `LEICESTERSHIRE-POLICE`."""
    return re.sub(r"[^A-Z0-9]+", "-", name.upper()).strip("-")


def candidates(found: Identifier, facts: Facts) -> tuple[ExpectedReturn, ...]:
    """The expected returns that an identifier may answer; an organisation may owe several."""
    return tuple(
        record.expected
        for record in facts.returns
        if record.expected is not None
        and record.expected.period == found.period
        and capitals(record.expected.organisation) == found.organisation
        and found.code in ("", record.expected.code)
    )
