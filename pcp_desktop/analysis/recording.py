"""Recording practice: how much of a rise follows from recording more of what is reported."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from scipy.special import ndtri

from pcp_desktop.domain.formats import about, exact, number

MARGIN_ERRORS = 2
LEVEL = 0.95


@dataclass(frozen=True)
class RecordingEffect:
    """What better recording added to a count, in events; `interval` (95%) is None where no margins are known."""

    amount: Fraction
    interval: tuple[float, float] | None

    @property
    def words(self) -> str:
        """ "about 5,800 (4,100 to 7,600)", or the figure with the words that its margin is not known."""
        if self.interval is None:
            return f"{number(self.amount)}, without a margin: the audits gave none"
        return about(self.amount, *self.interval)


def recording_effect(
    count: int,
    before: float | Fraction,
    now: float | Fraction,
    margins: tuple[float, float] | None = None,
) -> RecordingEffect:
    """How many of `count` events are there because recording improved from `before` to `now`.

    `before` and `now` are the compliance rates that two audits found, in percent. The year's compliance is taken as
    their average, c̄, and the part from recording is count × (1 − before / c̄): what would have been recorded at the
    old compliance is taken off (Leicestershire Police, report to the Panel of 25 July 2018, paragraphs 45 and 46).
    `margins` are the audits' margins in points, each two standard errors; the interval is Fieller's (1954, Journal of
    the Royal Statistical Society B 16, 175–185) for (now − before) / (now + before), which is the same share. Raises
    ValueError for rates outside 0 to 100 or margins not above nil.
    """
    old, new = exact(before), exact(now)
    if not (0 < old <= 100 and 0 < new <= 100) or count < 0:
        raise ValueError("compliance is a rate above 0% and up to 100%")
    amount = count * (1 - 2 * old / (old + new))
    if margins is None:
        return RecordingEffect(amount, None)
    if min(margins) <= 0:
        raise ValueError("a margin is above nil")
    low, high = _fieller(float(old), float(new), margins)
    return RecordingEffect(amount, (count * low, count * high))


def _fieller(before: float, now: float, margins: tuple[float, float]) -> tuple[float, float]:
    """The limits of (now − before) / (now + before), whose ends q solve (D − qS)² = z² Var(D − qS).

    With D = now − before and S = now + before, D − qS = now (1 − q) − before (1 + q).
    """
    z = float(ndtri((1 + LEVEL) / 2))
    first, second = ((z * margin / MARGIN_ERRORS) ** 2 for margin in margins)
    difference, both = now - before, now + before
    squared = both * both - first - second
    linear = difference * both + first - second
    constant = difference * difference - first - second
    if squared <= 0:
        raise ValueError("the margins are wider than the rates themselves")
    reach = sqrt(max(0.0, linear * linear - squared * constant))
    return (linear - reach) / squared, (linear + reach) / squared
