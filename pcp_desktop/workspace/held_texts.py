"""What the last gate searches papers for: the printed text of every figure that their readers may not see."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from pcp_desktop.domain.clearance import Audience, clearance_at
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import value_shown
from pcp_desktop.domain.observations import ObservationKey, Part

if TYPE_CHECKING:
    from pcp_desktop.papers.release import HeldText

TELLING_DECIMALS = 2


def held_texts(
    facts: Facts, through: date, audience: Audience, known: Collection[ObservationKey] = ()
) -> list[HeldText]:
    """The printed text of every figure with two decimals that is held from `audience`, but for those it has `known`.

    Whole numbers and single decimals are ordinary numbers elsewhere and would stop sound papers; that none that is
    held is printed is the page builder's promise.
    """
    from pcp_desktop.papers.release import HeldText

    measures = {measure.code: measure for measure in facts.measures}
    texts: list[HeldText] = []
    for observation in facts.observations:
        measure, value = measures[observation.key.measure], observation.value
        clearance = clearance_at(facts.clearances, measure.code, through, measure.board)
        told = value is not None and observation.key.part is Part.VALUE and measure.decimals >= TELLING_DECIMALS
        if observation.key in known:
            continue
        if value is not None and told and not clearance.may_be_shown(audience):
            texts.append(HeldText(value_shown(value, measure.unit, measure.decimals), measure.label, value))
    return texts
