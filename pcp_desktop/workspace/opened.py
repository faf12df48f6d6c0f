"""An open panel file as every verb of the workspace works on it: the file, the clock and the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pcp_desktop import paths
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.facts import Facts
from pcp_desktop.errors import UserError
from pcp_desktop.store import backups
from pcp_desktop.store.panel_file import PanelFile

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from pcp_desktop.returns.files.scan import Reader

Clock = Callable[[], datetime]
OFFICER = "Performance officer"
SECRETARIAT = "Secretariat officer"


class OpenedPanel:
    """One open panel file; the verbs are in the classes that stand on this one."""

    def __init__(self, panel_file: PanelFile, clock: Clock) -> None:
        self._file = panel_file
        self._clock = clock
        self._facts: Facts | None = None
        self._reader: Reader | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the panel file, let go of its lock and end the child that reads workbooks."""
        if self._reader is not None:
            self._reader.close()
        self._file.close()

    @property
    def path(self) -> Path:
        """The panel file's path."""
        return self._file.path

    @property
    def name(self) -> str:
        """The panel file's name."""
        return self._file.path.name

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be changed; empty where it can."""
        return self._file.read_only_reason

    def facts(self) -> Facts:
        """Everything pages are built from, as it stands now."""
        now = self._clock()
        if self._facts is None or self._facts.now.date() != now.date():
            self._facts = self._file.facts(now)
        return replace(self._facts, now=now)

    def _changed(self, changes: Changes) -> Changes:
        """Forget the facts as they were, and back up; a backup that fails is said, and what was done stays done."""
        if not changes:
            return changes
        self._facts = None
        try:
            self._file.back_up(paths.backups_folder(), self._clock(), backups.AT_MOST_EVERY)
        except UserError as error:
            return replace(changes, summary=f"{changes.summary} No backup could be made: {error.what}")
        return changes
