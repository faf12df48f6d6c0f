"""A process killed at any moment leaves the panel file as it was before, or as it is after, and always sound."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def kills(count: int, seed: int, folder: Path) -> dict[str, dict[str, int]]:
    """What `tests.store.killing` found, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killing", str(count), str(seed), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, int]] = json.loads(done.stdout)
    return found


def test_a_killed_process_leaves_nothing_half_done(tmp_path: Path) -> None:
    found = kills(30, 20160226, tmp_path)
    assert set(found) == {"accept", "undo", "clear", "create", "migrate"}
    assert all(one["before"] + one["after"] == 6 for one in found.values())
    assert sum(one["before"] for one in found.values()) > 5, "the moments were early enough to hit something"
