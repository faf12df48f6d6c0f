"""How figures are written for people: commas, true minus, one decimal place, half away from zero."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

MINUS = "−"
NO_VALUE = "–"
MONEY_MILLION = "£ million"
PERCENT = "percent"


def rounded(value: float | Fraction, decimals: int) -> Decimal:
    """`value` to `decimals` places, half away from zero, never a negative zero.

    A float is taken at its shortest decimal writing, so 0.125 typed as such rounds as a person would round it; a
    Fraction is rounded exactly.
    """
    step = Decimal(1).scaleb(-decimals)
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**decimals
        whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        size = Decimal(whole).scaleb(-decimals)
        result = -size if value < 0 else size
    else:
        result = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    return result if result != 0 else abs(result)


def number(value: float | Fraction, decimals: int = 0) -> str:
    """A plain number: `59,653`, `−3.3`."""
    size = rounded(value, decimals)
    return f"{MINUS if size < 0 else ''}{abs(size):,.{decimals}f}"


def places_for(span: float) -> int:
    """The decimal places that show a span to its second figure: none for 30, one for 6.6, eight for 0.0000003."""
    return max(0, 1 - math.floor(math.log10(span))) if span > 0 else 0


def signed(value: float | Fraction, decimals: int = 0) -> str:
    """A change: `+79`, `−36`, `0` without a sign."""
    size = rounded(value, decimals)
    sign = MINUS if size < 0 else "+" if size > 0 else ""
    return f"{sign}{abs(size):,.{decimals}f}"


def value_shown(value: float | Fraction | None, unit: str, decimals: int) -> str:
    """A value in its unit: `4,014`, `86.5%`, `£31.0m`; an en dash for none."""
    if value is None:
        return NO_VALUE
    if unit == PERCENT:
        return f"{number(value, decimals)}%"
    if unit == MONEY_MILLION:
        text = number(value, decimals)
        return f"{MINUS}£{text[1:]}m" if text.startswith(MINUS) else f"£{text}m"
    return number(value, decimals)


def change_shown(change: float | Fraction, unit: str, decimals: int) -> str:
    """A change in the measure's unit: `+79`, `−3.3 points`, `+£3.2m`."""
    if unit == PERCENT:
        return f"{signed(change, decimals)} points"
    if unit == MONEY_MILLION:
        text = signed(change, decimals)
        return f"{text[0]}£{text[1:]}m" if text[:1] in (MINUS, "+") else f"£{text}m"
    return signed(change, decimals)


def about(value: float | Fraction, low: float, high: float) -> str:
    """An estimate with its interval, no finer than the interval allows: `about 5,800 (4,100 to 7,600)`.

    Everything is rounded to the second figure of half the interval's width, at the finest to whole numbers.
    """
    middle, lower, upper = (number(each) for each in as_fine_as_interval(value, low, high))
    return f"about {middle} ({lower} to {upper})"


def as_fine_as_interval(value: float | Fraction, low: float, high: float) -> tuple[Fraction, Fraction, Fraction]:
    """`value`, `low` and `high` rounded to the second figure of half the interval's width, or to whole numbers.

    Raises ValueError where `low` is above `high`.
    """
    if low > high:
        raise ValueError("an interval begins below its end")
    half = (exact(high) - exact(low)) / 2
    step = Fraction(1)
    while step * 100 <= half:
        step *= 10
    first, second, third = (Fraction(rounded(exact(each) / step, 0)) * step for each in (value, low, high))
    return first, second, third


def percent_change(new: float | Fraction, old: float | Fraction) -> Fraction | None:
    """The change from `old` to `new` in percent, exactly; None from nil (nothing is divided by zero)."""
    if old == 0:
        return None
    exact_new, exact_old = exact(new), exact(old)
    return (exact_new - exact_old) * 100 / exact_old


def percent_change_shown(new: float | Fraction, old: float | Fraction) -> str:
    """The percent change to one place: `+1.4%`, `−59.4%`, `0.0%`, or "from nil"."""
    change = percent_change(new, old)
    if change is None:
        return "from nil" if new != 0 else NO_VALUE
    return f"{signed(change, 1)}%"


def exact(value: float | Fraction) -> Fraction:
    """A number as a fraction, a float taken at its shortest decimal writing (0.1 is one tenth)."""
    return value if isinstance(value, Fraction) else Fraction(repr(float(value)))


def ordinal(rank: int, tied: bool = False) -> str:
    """A rank: `1st`, `=3rd`, `11th`."""
    tens = rank % 100
    ending = "th" if 10 < tens < 14 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{'=' if tied else ''}{rank}{ending}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun in the right number: `1 figure`, `26 figures`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """Parts in a row of words: `a`, `a and b`, `a, b and c`."""
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
