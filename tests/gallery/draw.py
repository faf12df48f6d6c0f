"""Draws the gallery of charts for looking at: on screen in every theme and size, on paper, and on paper in grey.

`python -m tests.gallery.draw FOLDER` writes one picture a chart and sheets that hold several.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from pcp_desktop.desktop.charts.view import ChartView
from pcp_desktop.desktop.theme import THEME_NAMES, Appearance
from pcp_desktop.domain.pages import ChartKind, ChartSpec
from pcp_desktop.papers.charts import picture
from tests.gallery.charts import charts

PLACES = {"laptop": (811, 308), "laptop-small": (400, 261), "screen": (1221, 517)}
"""The pixels that a priority's main and small charts have in a window of 1366 × 768 and of 1920 × 1080."""
SMALL = ("laptop-small",)
SMALL_KINDS = (ChartKind.YEAR_ON_YEAR, ChartKind.PEERS, ChartKind.AREAS, ChartKind.SAVINGS)
"""The kinds that stand beside another chart."""
PAPER_WIDTHS = {"page": 504.0, "beside": 240.0}
"""The points that a chart has over the width of a page, and beside another."""
_SMOOTH = Qt.TransformationMode.SmoothTransformation
SHEET_WIDTH, SHEET_HEIGHT, GAP = 1640, 1050, 8


def standing_in(specs: dict[str, ChartSpec], *, small: bool) -> dict[str, ChartSpec]:
    """The charts that may stand in a place: all of them, or those that stand beside another."""
    return {name: spec for name, spec in specs.items() if not small or spec.kind in SMALL_KINDS}


def on_screen(spec: ChartSpec, appearance: Appearance, place: str) -> QImage:
    """The chart as its widget draws it."""
    view = ChartView(appearance, small=place in SMALL)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.resize(*PLACES[place])
    view.show_spec(spec)
    view.show()
    QApplication.processEvents()
    return view.grab().toImage()


def on_paper(spec: ChartSpec, width: float, folder: Path) -> QImage:
    """The chart as the typesetter draws it, 110 dots an inch."""
    drawn = picture(spec, folder / "paper.png", width=width, height=200 if width > 260 else 130)
    return QImage(str(drawn)).scaledToWidth(round((width + 20) * 110 / 72), _SMOOTH)


def in_grey(image: QImage) -> QImage:
    """What a printer without colour makes of a picture."""
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def sheets(images: Sequence[QImage]) -> Iterator[QImage]:
    """The images in rows on sheets, each as large as it is."""
    sheet, x, y, row = _blank(), 0, 0, 0
    for image in images:
        if x and x + image.width() > SHEET_WIDTH:
            x, y, row = 0, y + row + GAP, 0
        if y and y + image.height() > SHEET_HEIGHT:
            yield sheet
            sheet, x, y, row = _blank(), 0, 0, 0
        painter = QPainter(sheet)
        painter.drawImage(x, y, image)
        painter.end()
        x, row = x + image.width() + GAP, max(row, image.height())
    yield sheet


def _blank() -> QImage:
    sheet = QImage(SHEET_WIDTH, SHEET_HEIGHT, QImage.Format.Format_RGB32)
    sheet.fill(QColor("magenta").darker())
    return sheet


def _write(folder: Path, images: dict[str, QImage]) -> None:
    """Each image under its name, and the sheets beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, image in images.items():
        image.save(str(folder / f"{name.replace(',', '').replace(' ', '-')}.png"))
    for number, sheet in enumerate(sheets(list(images.values())), start=1):
        sheet.save(str(folder.with_name(f"{folder.name}-{number}.png")))


def main(out: Path) -> None:
    """Draw everything into `out`."""
    application = QApplication([])
    specs = charts()
    for theme in THEME_NAMES:
        appearance = Appearance(theme)
        appearance.apply(application)
        for place in PLACES:
            chosen = standing_in(specs, small=place in SMALL)
            _write(
                out / f"{theme}-{place}", {key: on_screen(spec, appearance, place) for key, spec in chosen.items()}
            )
    for name, width in PAPER_WIDTHS.items():
        chosen = standing_in(specs, small=name == "beside")
        printed = {key: on_paper(spec, width, out) for key, spec in chosen.items()}
        _write(out / f"paper-{name}", printed)
        _write(out / f"grey-{name}", {key: in_grey(image) for key, image in printed.items()})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
