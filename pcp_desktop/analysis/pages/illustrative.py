"""Illustrative figures: what the received workbooks say of their own figures, beside everything drawn from them."""

from __future__ import annotations

from collections.abc import Iterable

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.observations import Source


def said_of(facts: Facts, sources: Iterable[Source]) -> tuple[str, ...]:
    """How much of what stands in these cells is illustrative, each wording once, in the order of the cells."""
    by_file = {one.file.name: dict(one.file.illustrative) for one in facts.returns if one.file is not None}
    places = dict.fromkeys((source.file, source.sheet) for source in sources)
    words = (by_file.get(file, {}).get(sheet, "") for file, sheet in places)
    return tuple(dict.fromkeys(one for one in words if one))
