"""The Packs page's preview: one page of the pack as a picture, with the page before and after."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.elided_label import ElidedLabel
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.packs import AgendaLine, PackPage

_A4 = 297 / 210
_EDGE = 24  # px around the page
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class PagePicture(QWidget):
    """The picture of a page, as large as its place allows, with a hair border and the focus ring.

    `step_wanted` asks for the page so many further; `fitted` says that another width is wanted.
    """

    step_wanted = Signal(int)
    fitted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._image = QImage()
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("No page")

    @property
    def pixels_wanted(self) -> int:
        """The width in device pixels of a picture that fills the place."""
        return max(round(self._page_rect(_A4).width() * self.devicePixelRatioF()), 1)

    def show_picture(self, png: bytes, name: str) -> None:
        """Show a page's picture; `name` says which page it is."""
        self._image = QImage.fromData(png)
        self._words = ""
        self.setAccessibleName(name)
        self.update()

    def show_words(self, words: str) -> None:
        """Say why there is no picture."""
        self._image = QImage()
        self._words = words
        self.setAccessibleName(words or "No page")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 160)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.step_wanted.emit(step)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fitted.emit()

    def _page_rect(self, height_to_width: float) -> QRectF:
        """The largest page of a shape that fits."""
        room_across, room_down = self.width() - 2 * _EDGE, self.height() - _EDGE
        width = max(min(room_across, room_down / height_to_width), 1.0)
        return QRectF((self.width() - width) / 2, _EDGE / 2, width, width * height_to_width)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        theme = self._appearance.theme
        if self._image.isNull():
            painter.setFont(self._appearance.font("body"))
            painter.setPen(theme.text2)
            room = self.rect().adjusted(_EDGE, 0, -_EDGE, 0)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._words)
        else:
            page = self._page_rect(self._image.height() / self._image.width())
            painter.drawImage(page, self._image)
            painter.setPen(QPen(theme.control, 1))
            painter.drawRect(page.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.hasFocus():
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 4, 4)


class PreviewPane(QFrame):
    """The preview's card. `page_wanted` asks for the picture of a page; `making_wanted` for the pack itself."""

    page_wanted = Signal(int)
    making_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setProperty("card", "true")
        self._page: PackPage | None = None
        self.number = 1
        self.heading, self._place = QLabel("Preview"), ElidedLabel()
        self.heading.setProperty("role", "section")
        self._place.setProperty("tone", "third")
        self.back, self.forth = _arrow("Page before"), _arrow("Page after")
        self.picture = PagePicture(appearance)
        self.make_button = QPushButton("Make the pack")
        self._lay_out()
        self.back.clicked.connect(lambda: self.step(-1))
        self.forth.clicked.connect(lambda: self.step(1))
        self.picture.step_wanted.connect(self.step)
        self.picture.fitted.connect(self._ask)
        self.make_button.clicked.connect(self.making_wanted)
        appearance.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 12, 6)
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addWidget(self._place, 1)
        head.addWidget(self.back)
        head.addWidget(self.forth)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 12)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.picture, 1)
        column.addWidget(self.make_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.make_button.hide()

    def _dress(self) -> None:
        theme = self._appearance.theme
        for button, name in ((self.back, "chevron-left"), (self.forth, "chevron-right")):
            button.setIcon(icons.icon(name, theme.text, theme.text3))

    def show_page(self, page: PackPage) -> None:
        """Follow a page's pack; while it is not set there is no picture."""
        self._page = page
        self.make_button.hide()
        if page.built:
            self.go_to(self.number)
        else:
            self.picture.show_words("The pack is being made.")
            self._name_place()

    def show_not_made(self, words: str) -> None:
        """Say that the pack was not made, and offer to make it."""
        self.picture.show_words(words)
        self.make_button.show()

    def go_to(self, number: int) -> None:
        """Show the page with a number; the one before it where no page has it."""
        numbers = self._numbers()
        if numbers:
            self.number = max((each for each in numbers if each <= number), default=numbers[0])
            self._name_place()
            self._ask()

    def step(self, pages: int) -> None:
        """Go so many pages further, or back, within the pages there are."""
        numbers = self._numbers()
        if numbers:
            at = numbers.index(self.number) + pages
            self.go_to(numbers[min(max(at, 0), len(numbers) - 1)])

    def _numbers(self) -> tuple[int, ...]:
        return self._page.page_numbers if self._page is not None else ()

    def show_picture(self, number: int, png: bytes) -> None:
        """Show the picture of a page, unless another one is wanted meanwhile."""
        if number == self.number and self._numbers():
            self.picture.show_picture(png, f"Page {number}. {self._place_words()}")

    def _ask(self) -> None:
        if self._numbers():
            self.page_wanted.emit(self.number)

    def _name_place(self) -> None:
        numbers = self._numbers()
        self.heading.setText(f"Page {self.number}" if numbers else "Preview")
        self._place.show_text(self._place_words() if numbers else "")
        self.back.setEnabled(bool(numbers) and self.number > numbers[0])
        self.forth.setEnabled(bool(numbers) and self.number < numbers[-1])

    def _place_words(self) -> str:
        """Where the page is: "item 7, page 1 of 8"."""
        line = self._page.line_at(self.number) if self._page is not None else None
        if line is None:
            return ""
        return _within(line, self.number)


def _within(line: AgendaLine, number: int) -> str:
    paper = f"item {line.number}" if line.number else "front sheet"
    if number > line.last_page:
        return f"{paper}, blank back"
    return f"{paper}, page {number - line.first_page + 1} of {line.last_page - line.first_page + 1}"


def _arrow(words: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("control", True)
    button.setProperty("alone", True)
    button.setAccessibleName(words)
    button.setToolTip(f"{words} ({'Page Up' if 'before' in words else 'Page Down'})")
    return button
