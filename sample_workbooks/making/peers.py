"""The force's most similar group return: a long .csv with a few lines of notes above the table."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from making.published import AS_PUBLISHED, totals
from making.sheets import address
from making.truth import Truth
from pcp_desktop.domain import periods

NAME = "MSG positions.csv"
OWN_FORCE = "Leicestershire"
PERIOD = periods.twelve_months_to(2015, 12)
HEADINGS = ["Force", "Category", "Offences", "Population", "Rate per 1,000 population", "Rank (1 = lowest rate)"]


@dataclass(frozen=True)
class Position:
    """One force in one category."""

    force: str
    offences: int
    population: int

    @property
    def rate(self) -> float:
        """Offences per 1,000 people."""
        return 1000 * self.offences / self.population


def positions(code: str, rates: dict[str, float]) -> list[Position]:
    """The eight forces by ascending rate; the own force has its published offences."""
    forces: dict[str, int] = totals()["peers"]["forces"]
    own = totals()["monthly_counts"][code]["2015"]
    found = [
        Position(force, own if force == OWN_FORCE else round(rates[force] * people / 1000), people)
        for force, people in forces.items()
    ]
    return sorted(found, key=lambda position: position.rate)


def make(folder: Path) -> list[Truth]:
    """Write the table and check the ranks that were published."""
    truth = Truth(NAME)
    rows: list[list[str]] = [
        ["Most similar group (MSG) positions: Leicestershire Police"],
        [PERIOD.label],
        [f"{AS_PUBLISHED}. Offences and ranks of Leicestershire as published; other forces illustrative."],
        ["This sample uses the 2017/18 group: membership changes each April. Population: mid-2014."],
        [],
        HEADINGS,
    ]
    for code, category, rates, published_rank in totals()["peers"]["categories"]:
        for rank, found in enumerate(positions(code, rates), start=1):
            if found.force == OWN_FORCE and rank != published_rank:
                raise ValueError(f"{category}: rank {rank}, published {published_rank}")
            counted, people = f"{found.offences:,}", f"{found.population:,}"
            rows.append([found.force, category, counted, people, f"{found.rate:.2f}", str(rank)])
            for part, column, value in (("value", 3, found.offences), ("denominator", 4, found.population)):
                cell = address(len(rows), column)
                truth.add(code, PERIOD, cell, value, area=found.force, part=part, label=category)
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    (folder / NAME).write_bytes(text.getvalue().encode("ascii"))
    return [truth]
