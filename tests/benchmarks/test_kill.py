"""A hundred processes killed while they write: nothing half done, nothing corrupt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.test_kill import kills


@pytest.mark.benchmark
def test_a_hundred_kills_leave_nothing_half_done(tmp_path: Path) -> None:
    found = kills(100, 1, tmp_path)
    print(found)
    assert all(one["before"] + one["after"] == 20 for one in found.values())
    assert sum(one["before"] for one in found.values()) > 20, "the moments were early enough to hit something"
