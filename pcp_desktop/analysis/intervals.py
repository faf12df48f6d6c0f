"""Intervals: for a proportion, a count and a rate, for the difference of two proportions, for the ratio of counts."""

from __future__ import annotations

from math import inf, sqrt

from scipy.special import betaincinv, gammaincinv, ndtr, ndtri

USUAL_LEVEL = 0.95
WIDEST = 40.0
HALVINGS = 60


def wilson(
    events: float, base: float, level: float = USUAL_LEVEL, *, design_effect: float = 1.0
) -> tuple[float, float]:
    """Wilson's score interval for the proportion `events` / `base`, as proportions from 0 to 1.

    Wilson 1927, in the form of Newcombe 1998 (Statistics in Medicine 17, 857–872), method 3. A survey's
    `design_effect` (Kish, Survey Sampling, 1965, section 8.2) divides the base: so many answers of a simple random
    sample say as much. Raises ValueError unless 0 <= events <= base, base > 0 and the design effect is above nil.
    """
    return _score_limits(events, base, _reach(level), design_effect)


def _reach(level: float) -> float:
    """How many standard errors an interval of `level` reaches to either side."""
    return float(ndtri((1 + level) / 2))


def _score_limits(events: float, base: float, z: float, design_effect: float) -> tuple[float, float]:
    """Wilson's limits at `z` standard errors."""
    if not 0 <= events <= base or base <= 0:
        raise ValueError(f"{events} of {base} is no proportion")
    if design_effect <= 0:
        raise ValueError("a design effect is above nil")
    events, base = events / design_effect, base / design_effect
    middle = 2 * events + z * z
    reach = z * sqrt(z * z + 4 * events * (base - events) / base)
    size = 2 * (base + z * z)
    lower = 0.0 if events == 0 else (middle - reach) / size
    upper = 1.0 if events == base else (middle + reach) / size
    return lower, upper


def newcombe(
    events1: float,
    base1: float,
    events2: float,
    base2: float,
    level: float = USUAL_LEVEL,
    *,
    design_effect: float = 1.0,
) -> tuple[float, float]:
    """Newcombe's interval for events1/base1 minus events2/base2, as proportions from -1 to 1.

    Newcombe 1998 (Statistics in Medicine 17, 873–890), method 10: the Wilson limits of both, squared and added. A
    survey's `design_effect` divides both bases, as in `wilson`. Raises ValueError as that does.
    """
    return _newcombe_limits((events1, base1), (events2, base2), _reach(level), design_effect)


def newcombe_p_value(
    events1: float, base1: float, events2: float, base2: float, *, design_effect: float = 1.0
) -> float:
    """The two-sided p-value that agrees with Newcombe's interval: it is under 5% where the 95% interval leaves out 0.

    The interval is turned round: the p-value belongs to the level at which the interval's nearer end is 0.
    """
    first, second = (events1, base1), (events2, base2)
    if events1 * base2 == events2 * base1:
        return 1.0
    near = 0 if events1 * base2 > events2 * base1 else 1
    low, high = 0.0, WIDEST
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        end = _newcombe_limits(first, second, middle, design_effect)[near]
        low, high = (middle, high) if (end > 0) == (near == 0) else (low, middle)
    return 2 * float(ndtr(-low))


def _newcombe_limits(
    first: tuple[float, float], second: tuple[float, float], z: float, design_effect: float
) -> tuple[float, float]:
    """Newcombe's limits at `z` standard errors for (events, base) of two samples."""
    (low1, high1), (low2, high2) = (_score_limits(events, base, z, design_effect) for events, base in (first, second))
    one, two = (events / base for events, base in (first, second))
    lower = one - two - sqrt((one - low1) ** 2 + (high2 - two) ** 2)
    upper = one - two + sqrt((high1 - one) ** 2 + (two - low2) ** 2)
    return lower, upper


def poisson(count: int, level: float = USUAL_LEVEL) -> tuple[float, float]:
    """The exact interval for the mean behind a count of events.

    Garwood 1936 (Biometrika 28, 437–442): a mean at the lower end would give so many events or more with half the
    error, one at the upper end so many or fewer. Raises ValueError for a count below nil.
    """
    if count < 0:
        raise ValueError("events are not below nil")
    alpha = (1 - level) / 2
    lower = 0.0 if count == 0 else float(gammaincinv(count, alpha))
    return lower, float(gammaincinv(count + 1, 1 - alpha))


def byar(count: float, exposure: float = 1.0, level: float = USUAL_LEVEL) -> tuple[float, float]:
    """Byar's interval for the rate `count` / `exposure`, in the unit of that rate.

    Breslow and Day (Statistical Methods in Cancer Research II, 1987, section 2.3): the cube of a normal variable
    stands in for the Poisson distribution; from ten events on it agrees with the exact interval to within a
    hundredth. From nil events the lower end is 0. Raises ValueError for a count below nil or without exposure.
    """
    if count < 0 or exposure <= 0:
        raise ValueError(f"{count} events in {exposure} is no rate")
    z = _reach(level)
    above = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3 if count > 0 else 0.0
    upper = above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3
    return max(0.0, lower) / exposure, upper / exposure


def poisson_ratio(earlier: int, later: int, level: float = USUAL_LEVEL) -> tuple[float, float]:
    """The exact interval for the ratio of two Poisson means with equal exposure, later over earlier.

    Given their sum, the later count is binomial; its Clopper–Pearson interval is turned into one for the ratio
    (Przyborowski and Wilenski 1940). The upper end is infinite where the earlier count is nil.
    """
    alpha = (1 - level) / 2
    low = 0.0 if later == 0 else float(betaincinv(later, earlier + 1, alpha))
    high = 1.0 if earlier == 0 else float(betaincinv(later + 1, earlier, 1 - alpha))
    return low / (1 - low), inf if high == 1 else high / (1 - high)
