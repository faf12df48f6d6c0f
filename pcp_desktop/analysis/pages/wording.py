"""The small words of pages: short labels, short dates, lists, counted statuses, clearances."""

from __future__ import annotations

from datetime import date

from pcp_desktop.domain.clearance import NOT_PUBLISHED_REASONS, Audience, Clearance, ClearanceState
from pcp_desktop.domain.formats import listed as listed
from pcp_desktop.domain.measures import Kind, Measure
from pcp_desktop.domain.pages import ClearanceShown
from pcp_desktop.domain.periods import MONTH_NAMES, Period, PeriodKind
from pcp_desktop.domain.status import Status

LONGEST_TITLE = 90
SMALL_NUMBERS = "[c] Not shown, so that small numbers cannot be found out."
SMALL_IN_PUBLIC = "[c] Public papers print this mark alone, so that small numbers cannot be found out."
_SATISFACTION = ", satisfaction with service"
_RECORDED = ", recorded"
_NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def short_label(measure: Measure) -> str:
    """The measure's label as a table row has it: "Satisfaction: hate crime", "Rape"."""
    if measure.short_label:
        return measure.short_label
    label = measure.label
    if label.endswith(_SATISFACTION):
        return f"Satisfaction: {lower_first(label[: -len(_SATISFACTION)])}"
    return label.removesuffix(_RECORDED)


def in_sentence(measure: Measure) -> str:
    """The measure as it stands inside a sentence: "satisfaction with service for hate crime", "recorded rape"."""
    label = measure.label
    if label.endswith(_SATISFACTION):
        return f"satisfaction with service for {lower_first(label[: -len(_SATISFACTION)])}"
    if label.endswith(_RECORDED):
        return f"recorded {lower_first(label[: -len(_RECORDED)])}"
    return lower_first(label)


def lower_first(text: str) -> str:
    """`text` with a small first letter, unless its first word is an abbreviation."""
    first = text.split(" ", 1)[0]
    if len(first) > 1 and first[1:].lower() != first[1:]:
        return text
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """`text` with a capital first letter."""
    return text[:1].upper() + text[1:]


def things(measure: Measure) -> str:
    """What is counted, for an axis or a subtitle: "Offences", "Percent", "£ million"."""
    return upper_first(measure.unit)


def in_words(count: int) -> str:
    """A small count as a word, from eleven on as a number."""
    return _NUMBER_WORDS[count] if count < len(_NUMBER_WORDS) else f"{count:,}"


def short_date(day: date) -> str:
    """A date in a narrow cell: "3 Feb"."""
    return f"{day.day} {MONTH_NAMES[day.month][:3]}"


def date_with_year(day: date) -> str:
    """A date in a table: "22 Jan 2016"."""
    return f"{short_date(day)} {day.year}"


def latest_words(period: Period) -> str:
    """The heading over the latest figures: "12 months to December 2015"."""
    return f"12 months to {MONTH_NAMES[period.end.month]} {period.end.year}"


def run_words(first: Period, last: Period) -> str:
    """From one period to another, rolling ones by their last months: "April 2012 to December 2015"."""
    if first == last:
        return first.label
    if first.kind in (PeriodKind.MONTH, PeriodKind.TWELVE_MONTHS) or last.kind is PeriodKind.TWELVE_MONTHS:
        return f"{month_words(first)} to {month_words(last)}"
    return f"{first.label} to {last.label}"


def month_words(period: Period) -> str:
    """The last month of a period: "December 2015"."""
    return month_words_of(period.end)


def month_words_of(day: date) -> str:
    """The month of a day: "April 2012"."""
    return f"{MONTH_NAMES[day.month]} {day.year}"


def not_published(clearance: Clearance) -> str:
    """Why a held measure is not published, in the words that every audience may read."""
    return NOT_PUBLISHED_REASONS.get(clearance.state, "")


def clearance_shown(clearance: Clearance, audience: Audience) -> ClearanceShown:
    """A clearance as a row shows it; who may not see the figures learns no more than that."""
    if clearance.state is ClearanceState.CLEARED:
        words = f"Cleared {short_date(clearance.on)}" if clearance.on else "Cleared"
        return ClearanceShown(clearance.state, "Cleared" if audience is Audience.PUBLIC else words)
    if not clearance.may_be_shown(audience):
        return ClearanceShown(clearance.state, "Not published")
    until = clearance.until
    words = {
        ClearanceState.WAITING: f"Before {until}" if until else "Before its board",
        ClearanceState.EXEMPT: "Exempt",
        ClearanceState.CONFIDENTIAL: "Confidential",
        ClearanceState.EMBARGOED: f"Embargoed to {until}" if until else "Embargoed",
    }[clearance.state]
    return ClearanceShown(clearance.state, words, until)


def status_count_words(status: Status, count: int) -> str:
    """A count of measures as a clause: "4 are improving", "6 show no clear change"."""
    one = count == 1
    be = "is" if one else "are"
    return {
        Status.IMPROVING: f"{count} {be} improving",
        Status.NO_CLEAR_CHANGE: f"{count} {'shows' if one else 'show'} no clear change",
        Status.DETERIORATING: f"{count} {be} deteriorating",
        Status.TARGET_MET: f"{count} {'meets its' if one else 'meet their'} target",
        Status.WITHIN_TOLERANCE: f"{count} {be} within tolerance of {'its' if one else 'their'} target",
        Status.TARGET_MISSED: f"{count} {'misses its' if one else 'miss their'} target",
        Status.SMALL_NUMBERS: f"{count} {be} amber because of small numbers",
        Status.NOT_ASSESSED: f"{count} {be} not assessed",
    }[status]


def fitted(*candidates: str) -> str:
    """The first of `candidates` that fits a chart title; the last one cut at a word where none does."""
    for text in candidates:
        if len(text) <= LONGEST_TITLE:
            return text
    return candidates[-1][: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def divided(name: str, by: str) -> str:
    """ "domestic burglary by force"; after a comma where the name has parts of its own ("…, aged 10–17, by area")."""
    return f"{name}{',' if ',' in name or ':' in name else ''} by {by}"


def is_percentage(measure: Measure) -> bool:
    """Whether a measure's values are percentages, whose changes are given in points."""
    return measure.kind is Kind.PROPORTION or measure.unit == "percent"
