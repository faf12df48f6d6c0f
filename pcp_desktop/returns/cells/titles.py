"""The lines around tables: titles, the metadata blocks of extracts, units on their own, and the periods they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from pcp_desktop.domain.periods import MONTH_NAMES, in_words
from pcp_desktop.returns.cells.grid import Grid
from pcp_desktop.returns.cells.sorts import Sort
from pcp_desktop.returns.files.workbook import CellValue

LONGEST_HEADING = 60
"""Longer lines than this stand over a table and not over a column."""
_KEYS = re.compile(
    r"(?:data\s?set|table)?\s*(?:title|name|id)|cdid|(?:source )?dataset id|pre-?unit|units?|(?:unit of )?measures?"
    r"|(?:next |last |first )?(?:release|updated?|publication|published)(?: date)?|important notes|notes?|summary"
    r"|(?:reporting |time |data |financial |calendar )?(?:period|date|year|month|quarter)s?|revised|status"
    r"|contact(?: details)?|basis|source|geography|area type|variable|coverage|frequency|description|sex|ages?|rates?"
    r"|items?|topic|subject|organisation|author|e-?mail|telephone|website|designation|seasonal adjustment"
    r"|base period",
    re.IGNORECASE,
)  # fmt: skip
_BOUND = re.compile(r"from|to|until|(?:period )?(?:start|end)(?: date)?|period (?:from|to)", re.IGNORECASE)
"""Beside a day it is said from when or until when, and not in a table of moves from one place to another."""
_PERIOD_KEYS = re.compile(
    r"(?:reporting |time |data |financial |calendar )?(?:period|date|year|month|quarter)s?(?: covered)?",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:in )?(?:thousands?|millions?|number(?:s| of .{0,30})?|percentages?|per ?cent|%|rates?(?: per .{0,20})?"
    r"|persons?|people|£.{0,12}|pounds.{0,12}|index.{0,20}|days|fte|headcount)",
    re.IGNORECASE,
)
_UNIT_OF = re.compile(r"(?:number of|percentages?|per ?cent|%|rates?|thousands?|£)(?!\w).{0,40}", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\A(?:number|percentage|per ?cent|%|rate)s? of\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:offences?|crimes?|incidents?|cases?|events?|people|persons?)\b", re.IGNORECASE)
_BESIDE_CONTENT = re.compile(r"(?:targets?|aims?|owners?|lead|source|notes?)\b[^:]{0,20}:", re.IGNORECASE)
_SORT_OF_NUMBER = re.compile(
    r"(?:\W|\bper [\d,]+|\b(?:numbers?|no|of|counts?|values?|figures?|totals?|per|cent|percentages?|pct|rates?"
    r"|period|year|quarter|month|recorded)\b)*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:table|figure|chart)\s+[A-Z]{0,3}[\d.]+[a-z]?\b\W*\w", re.IGNORECASE)
_COUNTRIES = r"(?:England|Wales|Scotland|Northern Ireland|Great Britain|United Kingdom|UK|GB)"
_UNIVERSE = re.compile(
    rf"{_COUNTRIES}(?:(?:,| and|, and) {_COUNTRIES})*[\d, ]*"
    r"|(?:all )?(?:persons|people|adults|children|men|women|households|employees|victims|residents|offenders)"
    r"(?: (?:aged|in|of|with|who)\b.*)",
    re.IGNORECASE,
)
"""Whom a table is about: the country, or the people asked."""


def text(value: CellValue) -> str:
    """A cell's value as a line shows it: words in single spaces, days as `31 March 2016`, months as `March 2016`."""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return f"{MONTH_NAMES[day.month]} {day.year}" if day.day == 1 else in_words(day)
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else " ".join(str(value).split())


def line(grid: Grid, row: int, left: int = 0, right: int | None = None) -> str:
    """The words and periods of a row; of a metadata block its key, a colon and what it says."""
    last = grid.sheet.width - 1 if right is None else right
    said = [
        text(value)
        for column in range(left, last + 1)
        if isinstance(value := grid.sheet.value(row, column), str | date) or grid.sort(row, column) is Sort.PERIOD
    ]
    if len(said) == 2 and is_metadata(grid, row, left, last):
        return f"{said[0].rstrip(' :')}: {said[1]}"
    return " ".join(said)


def is_metadata(grid: Grid, row: int, left: int = 0, right: int | None = None) -> bool:
    """Whether a row holds a known key (`Period`, `Published:`) and what it says, and nothing else."""
    filled = grid.filled(row, left, grid.sheet.width - 1 if right is None else right)
    if len(filled) != 2 or filled[1] > filled[0] + 2:
        return False
    key, said = (grid.sheet.value(row, column) for column in filled)
    if not isinstance(key, str) or grid.sort(row, filled[1]) is Sort.FIGURE:
        return False
    name = key.strip()
    if name.endswith(":") or (_BOUND.fullmatch(name) and grid.sort(row, filled[1]) is Sort.PERIOD):
        return True
    return bool(_KEYS.fullmatch(name)) and not (isinstance(said, str) and _is_heading_pair(name, said))


def _is_heading_pair(key: str, said: str) -> bool:
    """Whether two cells read as the headings of a table with one column, `Month` and `Number`."""
    return bool(_PERIOD_KEYS.fullmatch(key)) and not any(character.isdigit() for character in said)


def is_metadata_block(grid: Grid, rows: Sequence[int]) -> bool:
    """Whether a band is nothing but pairs of a name and what it says, with no figures: the filters of an extract."""
    filled = [grid.filled(row, 0, grid.sheet.width - 1) for row in rows]
    pairs = [columns for columns in filled if len(columns) == 2]
    if not pairs or len(pairs) < len(rows) - 1 or any(len(columns) > 2 for columns in filled):
        return False
    return all(
        grid.sort(row, columns[0]) is Sort.WORDS and grid.sort(row, columns[1]) is not Sort.FIGURE
        for row, columns in zip(rows, filled, strict=True)
        if len(columns) == 2
    ) and any(is_metadata(grid, row) for row in rows)


def is_unit_or_universe(grid: Grid, row: int, column: int, right: int) -> bool:
    """Whether the only cell over the figures is a unit or a universe at the right edge: `Thousands`, `England`.

    A group heading may stand there as well, but names neither.
    """
    value = grid.sheet.value(row, column)
    if column != right or not isinstance(value, str):
        return False
    return bool(_UNIT.fullmatch(value.strip()) or _UNIVERSE.fullmatch(value.strip()))


def is_unit(words: CellValue) -> bool:
    """Whether a heading says nothing but what sort of number stands under it: `Number`, `Percentage change`."""
    return isinstance(words, str) and bool(_UNIT.fullmatch(words.strip()) or _UNIT_OF.fullmatch(words.strip()))


def said_of_period(titles: Sequence[str]) -> list[str]:
    """What the lines of a metadata block say of the period, in the order of the lines."""
    found = []
    for title in titles:
        key, colon, said = title.partition(":")
        if colon and _PERIOD_KEYS.fullmatch(key.strip()):
            found.append(said.strip())
    return found


def without_key(title: str) -> str:
    """What a line of a metadata block says, without its key; another line as it is."""
    key, colon, said = title.partition(":")
    return said.strip() if colon and said.strip() and _KEYS.fullmatch(key.strip()) else title


def name_of(titles: Sequence[str]) -> str:
    """The line that says what a table holds: the one with its number, else the nearest that is more than a unit.

    A line of a metadata block is one only where its key is the title; a target or a country is none.
    """
    said = [line for title in reversed(titles) if (line := _said_of_content(title))]
    return next((line for line in said if _NUMBERED.match(line)), said[0] if said else "")


def _said_of_content(title: str) -> str:
    key, colon, said = title.partition(":")
    if colon and _KEYS.fullmatch(key.strip()):
        return said.strip() if re.fullmatch(r".*(?:title|name)", key.strip(), re.IGNORECASE) else ""
    plain = title.strip()
    if _BESIDE_CONTENT.match(plain) or _UNIVERSE.fullmatch(plain):
        return ""
    what = _NUMBER_OF.sub("", plain)
    is_unit = names_nothing(_COUNTED.sub("", what)) if what != plain else bool(_UNIT.fullmatch(plain))
    return "" if is_unit else plain


def names_nothing(words: str) -> bool:
    """Whether a label says no more than what sort of number stands there: `Number`, `Total`, `%`."""
    return bool(_SORT_OF_NUMBER.fullmatch(words))
