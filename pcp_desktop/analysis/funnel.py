"""Funnel: which forces lie outside what chance and their usual differences would make of a group.

Spiegelhalter 2005, Funnel plots for comparing institutional performance (Statistics in Medicine 24, 1185–1202).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from scipy.special import ndtri

LEAST_FORCES = 5
WINSORISED = 0.1
WARNING = 0.95
ALARM = 0.998


class Standing(StrEnum):
    """Where a force lies against its group's limits: 95% for the nearer pair, 99.8% for the outer one."""

    WITHIN = "within the range expected of its group"
    HIGH = "above the range expected of its group"
    LOW = "below the range expected of its group"
    FAR_HIGH = "far above the range expected of its group"
    FAR_LOW = "far below the range expected of its group"


@dataclass(frozen=True)
class Funnel:
    """The limits around a group's own rate.

    `centre` is events over exposure of the whole group; `dispersion` the variance of the standardised differences, of
    which more than chance is allowed for where `overdispersed`. `proportion` says that the events are some of the
    exposure. Rates are per unit of exposure.
    """

    centre: float
    dispersion: float
    overdispersed: bool
    proportion: bool

    def limits(self, exposure: float, level: float = WARNING) -> tuple[float, float]:
        """Lower and upper limit of the rate of a force with `exposure`; a rate is not below nil."""
        reach = float(ndtri((1 + level) / 2)) * self._error(exposure)
        return max(0.0, self.centre - reach), self.centre + reach

    def standing(self, events: float, exposure: float) -> Standing:
        """Where a force lies, by its distance from the centre in the funnel's standard errors."""
        distance = (events / exposure - self.centre) / self._error(exposure)
        near, far = (float(ndtri((1 + level) / 2)) for level in (WARNING, ALARM))
        if abs(distance) <= near:
            return Standing.WITHIN
        if distance > 0:
            return Standing.FAR_HIGH if distance > far else Standing.HIGH
        return Standing.FAR_LOW if distance < -far else Standing.LOW

    def _error(self, exposure: float) -> float:
        allowed = self.dispersion if self.overdispersed else 1.0
        return sqrt(allowed) * _chance_error(self.centre, exposure, self.proportion)


def _chance_error(centre: float, exposure: float, proportion: bool) -> float:
    """The standard error that chance alone makes: binomial for proportions, Poisson for rates."""
    return sqrt(centre * ((1 - centre) if proportion else 1.0) / exposure)


def funnel(events: Sequence[float], exposures: Sequence[float], *, proportion: bool = False) -> Funnel | None:
    """The funnel of a group of forces, each with its events and exposure.

    The standardised differences z are winsorised (the outer tenth on each side drawn in to its edge), so that one
    unusual force does not widen its own limits; the dispersion is the mean of their squares, and limits are widened
    by its root where it is more than chance would make of it, above 1 + 2√(2/I) (section 5). None with under five
    forces or where nothing varies; ValueError where a force has no exposure or more events than there can be.
    """
    top, base = np.asarray(events, dtype=np.float64), np.asarray(exposures, dtype=np.float64)
    if top.shape != base.shape or (base <= 0).any() or (top < 0).any() or (proportion and (top > base).any()):
        raise ValueError("each force has its events and an exposure above nil")
    if len(top) < LEAST_FORCES:
        return None
    centre = float(top.sum() / base.sum())
    if centre == 0 or (proportion and centre == 1):
        return None
    error = np.array([_chance_error(centre, exposure, proportion) for exposure in base])
    z = (top / base - centre) / error
    drawn_in = np.clip(z, *np.quantile(z, (WINSORISED, 1 - WINSORISED)))
    dispersion = float((drawn_in * drawn_in).mean())
    return Funnel(centre, dispersion, dispersion > 1 + 2 * sqrt(2 / len(z)), proportion)
