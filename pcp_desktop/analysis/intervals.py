"""Intervals: for a proportion, for the difference of two proportions, and for the ratio of two counts."""

from __future__ import annotations

from math import inf, sqrt

from scipy.special import betaincinv, ndtri

USUAL_LEVEL = 0.95


def wilson(events: float, base: float, level: float = USUAL_LEVEL) -> tuple[float, float]:
    """Wilson's score interval for the proportion `events` / `base`, as proportions from 0 to 1.

    Wilson 1927, in the form of Newcombe 1998 (Statistics in Medicine 17, 857–872), method 3. Raises ValueError unless
    0 <= events <= base and base > 0.
    """
    if not 0 <= events <= base or base <= 0:
        raise ValueError(f"{events} of {base} is no proportion")
    z = float(ndtri((1 + level) / 2))
    middle = 2 * events + z * z
    reach = z * sqrt(z * z + 4 * events * (base - events) / base)
    size = 2 * (base + z * z)
    lower = 0.0 if events == 0 else (middle - reach) / size
    upper = 1.0 if events == base else (middle + reach) / size
    return lower, upper


def newcombe(
    events1: float, base1: float, events2: float, base2: float, level: float = USUAL_LEVEL
) -> tuple[float, float]:
    """Newcombe's interval for events1/base1 minus events2/base2, as proportions from -1 to 1.

    Newcombe 1998 (Statistics in Medicine 17, 873–890), method 10: the Wilson limits of both, squared and added.
    """
    first, second = events1 / base1, events2 / base2
    low1, high1 = wilson(events1, base1, level)
    low2, high2 = wilson(events2, base2, level)
    difference = first - second
    lower = difference - sqrt((first - low1) ** 2 + (high2 - second) ** 2)
    upper = difference + sqrt((high1 - first) ** 2 + (second - low2) ** 2)
    return lower, upper


def poisson_ratio(earlier: int, later: int, level: float = USUAL_LEVEL) -> tuple[float, float]:
    """The exact interval for the ratio of two Poisson means with equal exposure, later over earlier.

    Given their sum, the later count is binomial; its Clopper–Pearson interval is turned into one for the ratio
    (Przyborowski and Wilenski 1940). The upper end is infinite where the earlier count is nil.
    """
    alpha = (1 - level) / 2
    low = 0.0 if later == 0 else float(betaincinv(later, earlier + 1, alpha))
    high = 1.0 if earlier == 0 else float(betaincinv(later + 1, earlier, 1 - alpha))
    return low / (1 - low), inf if high == 1 else high / (1 - high)
