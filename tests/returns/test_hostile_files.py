"""Broken and hostile files end in plain words or the right reading, in seconds, and the program goes on."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.progress import unwatched
from pcp_desktop.errors import UserError
from pcp_desktop.returns.files.child import MEMORY_LIMIT, PROCESSOR_SECONDS
from pcp_desktop.returns.files.scan import WALL_SECONDS, Reader, read_workbook
from pcp_desktop.returns.recognition.found import Recognised
from pcp_desktop.returns.recognition.recognise import recognise
from pcp_desktop.returns.stage import review
from tests.returns.hostile_files import FILES, RIGHT, write
from tests.returns.pictures import reading

SECONDS = 20.0
"""Of the processor, for this process and its child: on a machine busy with other tests the clock says little."""


def _read(path: Path, reader: Reader) -> Recognised | UserError:
    try:
        return recognise(read_workbook(path, unwatched, reader))
    except UserError as error:
        return error


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_in_plain_words_or_a_right_reading(name: str, reader: Reader, tmp_path: Path) -> None:
    path = write(tmp_path, name)
    began = time.process_time()
    found = _read(path, reader)
    assert time.process_time() - began + PROCESSOR_SECONDS < SECONDS
    assert list(tmp_path.iterdir()) == [path]
    if isinstance(found, UserError):
        assert path.name in found.what
        assert "Nothing was stored" in found.where
        assert found.what_to_do.endswith(".")
        assert name not in RIGHT
    elif name in RIGHT:
        assert "B2 | April 2015 | 5 | Kent" in [line.rpartition("!")[2] for line in reading(found)]


def test_the_next_file_is_read_after_each_hostile_one(facts: Facts, tmp_path: Path) -> None:
    good = tmp_path / "good.csv"
    good.write_text("Quarter,FTEs Leicester City\nQ1 2015/16,5\nQ2 2015/16,6\n", encoding="utf-8")
    with Reader() as child:
        for name in ("one cell in the last corner", "an ods with rows without end", "an xlsb of random records"):
            with pytest.raises(UserError):
                review(write(tmp_path, name), facts, unwatched, child)
            assert len(review(good, facts, unwatched, child).figures) == 2


def test_the_limits_of_the_child_keep_a_file_within_twenty_seconds_and_a_gibibyte() -> None:
    assert PROCESSOR_SECONDS < WALL_SECONDS < SECONDS
    assert MEMORY_LIMIT <= 1024**3


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 40
    assert set(RIGHT) <= set(FILES)
