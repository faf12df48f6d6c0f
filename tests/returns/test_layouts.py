"""Layouts that publishers and partners use, each drawn small in `traits/` with the exact reading it must have.

A file of `traits/` holds pictures (see `pictures`), each under `#### its name`, with `== name ==` before each sheet
where there are several, and after `--` what is read: cell, period, value with its marker, label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from pcp_desktop.domain.progress import unwatched
from pcp_desktop.returns.files.scan import Reader, read_workbook
from pcp_desktop.returns.recognition.recognise import recognise
from tests.returns.pictures import Picture, picture, reading, save_ods, save_xls, save_xlsx
from tests.returns.xlsb_files import save_xlsb

FOLDER = Path(__file__).parent / "traits"
SAVES: dict[str, Callable[[Path, Mapping[str, Picture]], Path]] = {
    "xlsx": save_xlsx,
    "xls": save_xls,
    "ods": save_ods,
    "xlsb": save_xlsb,
}


@dataclass(frozen=True)
class Trait:
    """A workbook drawn as text, and the lines of its reading."""

    name: str
    sheets: dict[str, Picture]
    wanted: tuple[str, ...]

    @property
    def has_formula(self) -> bool:
        """Whether a cell holds a formula without a stored result."""
        return any(cell.formula for drawn in self.sheets.values() for row in drawn.rows for cell in row)


def _traits() -> Iterator[Trait]:
    for path in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"^#### ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, _, rest = block.partition("\n")
            drawn, _, wanted = rest.partition("\n--\n")
            parts = re.split(r"^== (.*) ==\n", drawn, flags=re.MULTILINE)
            named = zip(parts[1::2], parts[2::2], strict=True) if len(parts) > 1 else [("Table", drawn)]
            sheets = {sheet.strip(): picture(text) for sheet, text in named}
            yield Trait(name, sheets, tuple(_plain(line) for line in wanted.splitlines() if line.strip()))


def _plain(line: str) -> str:
    return " | ".join(part.strip() for part in line.split(" | ")).rstrip()


TRAITS = list(_traits())


@pytest.mark.parametrize("trait", TRAITS, ids=lambda trait: trait.name)
def test_a_layout_is_read_exactly(trait: Trait, reader: Reader, tmp_path: Path) -> None:
    for kind, save in SAVES.items():
        if kind == "xlsb" and trait.has_formula:
            # In this form a formula always carries its result.
            continue
        path = save(tmp_path / f"received.{kind}", trait.sheets)
        found = reading(recognise(read_workbook(path, unwatched, reader)))
        assert tuple(_plain(line) for line in found) == trait.wanted, kind


def test_every_trait_has_its_own_name() -> None:
    assert len({trait.name for trait in TRAITS}) == len(TRAITS) > 40
