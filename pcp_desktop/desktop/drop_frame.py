"""Dropping files on the window: which of them are panel files and which workbooks, and the frame shown meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLabel, QWidget

PANEL_SUFFIX = ".pcp"
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv")
WORKBOOK_KINDS = f"Workbooks ({' '.join(f'*{suffix}' for suffix in WORKBOOK_SUFFIXES)});;Any file (*)"


@dataclass(frozen=True)
class Dropped:
    """What was dropped: a panel file, or workbooks (those of a dropped folder in the order of their names)."""

    panel: Path | None
    workbooks: tuple[Path, ...]

    def __bool__(self) -> bool:
        return self.panel is not None or bool(self.workbooks)

    @property
    def words(self) -> str:
        """What letting go will do."""
        from pcp_desktop.domain.formats import counted

        if self.panel is not None:
            return f"Open {self.panel.name}"
        return f"Bring in {counted(len(self.workbooks), 'workbook')}"


def dropped(data: QMimeData) -> Dropped:
    """Sort dragged files; a file of any other kind counts as a workbook, so that its refusal can be explained."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    panel = next((path for path in paths if path.suffix == PANEL_SUFFIX), None)
    workbooks: list[Path] = []
    for path in paths:
        if path.is_dir():
            workbooks += sorted(each for each in path.iterdir() if _is_workbook(each))
        elif path.suffix != PANEL_SUFFIX:
            workbooks.append(path)
    return Dropped(panel, tuple(workbooks))


def _is_workbook(path: Path) -> bool:
    """Whether a path in a folder is a workbook, and not what Excel or a Mac keeps beside one (`~$`, `._`)."""
    return path.is_file() and path.suffix.lower() in WORKBOOK_SUFFIXES and not path.name.startswith(("~$", "."))


class DropFrame(QLabel):
    """A full-window frame that says what letting go will do."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("drop_frame")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("role", "title")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def offer(self, what: Dropped) -> None:
        """Show the frame over the whole window."""
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect().adjusted(12, 12, -12, -12))
        self.setText(what.words)
        self.raise_()
        self.show()
