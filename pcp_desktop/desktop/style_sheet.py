"""The style sheet: what the palette cannot do, written from the tokens; no colour has its value here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template

_RULES = Template("""
QMainWindow, QStackedWidget#pages { background: $window; }
QDialog { background: $surface; }
QFrame#palette { background: $surface; border: 1px solid $control; }
QToolTip { color: $text; background: $surface; border: 1px solid $control; padding: 4px; }
QWidget#sidebar { background: $sidebar; border-right: 1px solid $hair; }
QLabel[tone="second"] { color: $text2; }
QLabel[tone="third"] { color: $text3; }
QLabel[tone="improving"] { color: $imp_text; }
QLabel[tone="same"] { color: $same_text; }
QLabel[tone="deteriorating"] { color: $det_text; }
QLabel[tone="embargoed"] { color: $emb_text; }
QFrame[card="true"] { background: $surface; border: 1px solid $hair; border-radius: 6px; }
QFrame[card="sunken"] { background: $sunken; border: none; }
QFrame[line="true"] { background: $hair; border: none; }
QLabel[chip="true"] { background: $na_soft; color: $na_text; border: 1px solid $chip_edge; border-radius: 3px;
    padding: 2px 7px; }
QLabel[key="true"] { background: $sunken; color: $text2; border: 1px solid $hair; border-bottom-color: $control;
    border-radius: 3px; padding: 0px 3px; }
QToolButton[autoRaise="true"] { border: 2px solid transparent; border-radius: 4px; padding: 2px; }
QToolButton[autoRaise="true"]:hover { background: $accent_soft; }
QToolButton[autoRaise="true"]:focus { border-color: $focus; }
QPushButton, QToolButton[control="true"], QComboBox { background: $surface; color: $text; border: 1px solid $control;
    border-radius: 5px; padding: 4px 12px; min-height: ${button}px; }
QToolButton[control="true"][alone="true"] { padding: 4px 6px; }
QPushButton:hover, QToolButton[control="true"]:hover, QComboBox:hover { background: $accent_soft;
    border-color: $accent; }
QPushButton:pressed, QToolButton[control="true"]:pressed { background: $select; }
QPushButton:disabled, QToolButton[control="true"]:disabled, QComboBox:disabled { color: $text3; border-color: $hair; }
QToolButton[control="true"]:checked { background: $select; border-color: $accent; color: $text; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:disabled { background: $sunken; color: $text3; border-color: $hair; }
QPushButton[kind="link"] { background: transparent; border-color: transparent; color: $accent; padding: 4px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton:focus, QToolButton[control="true"]:focus, QComboBox:focus { border: 2px solid $focus; padding: 3px 11px; }
QPushButton[kind="link"]:focus, QToolButton[control="true"][alone="true"]:focus { padding: 3px 5px; }
QPushButton[kind="primary"]:focus { border: 5px double $focus; background-clip: padding; padding: 0px 8px; }
QPushButton[inline="true"], QPushButton[inline="true"]:focus { padding: 0px; min-height: 0px; border-width: 1px; }
QPushButton[row="true"] { min-height: 18px; min-width: 20px; padding: 1px 6px; }
QPushButton[row="true"]:focus { padding: 0px 5px; }
QToolButton[row="true"] { min-height: 16px; padding: 2px 8px; }
QToolButton[row="true"]:focus { padding: 1px 7px; }
QToolButton[control="true"]::menu-indicator { image: none; width: 0px; }
QToolButton[segment="first"] { border-top-right-radius: 0px; border-bottom-right-radius: 0px; }
QToolButton[segment="last"] { border-top-left-radius: 0px; border-bottom-left-radius: 0px; border-left: none; }
QToolButton[segment="middle"] { border-radius: 0px; border-left: none; }
QToolButton[segment="last"]:focus, QToolButton[segment="middle"]:focus { border-left: 2px solid $focus; }
QLineEdit, QTextEdit, QPlainTextEdit, QDateEdit { background: $surface; color: $text; border: 1px solid $control;
    border-radius: 5px; padding: 4px 8px; selection-background-color: $select; selection-color: $text; }
QLineEdit, QDateEdit { min-height: ${button}px; }
QLineEdit { placeholder-text-color: $text3; }
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QDateEdit:focus { border: 2px solid $focus;
    padding: 3px 7px; }
QTextEdit[live="true"] { border: 2px solid transparent; border-radius: 0px; padding: 2px 8px; }
QTextEdit[live="true"]:focus { border-color: $focus; padding: 2px 8px; }
QLineEdit[plain="true"], QLineEdit[plain="true"]:focus { border: none; padding: 4px; }
QComboBox { padding-right: 24px; }
QDateEdit::up-button, QDateEdit::down-button { width: 0px; border: none; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { border: 1px solid $control; padding: 4px; }
QToolButton[foot="true"] { border: 1px solid transparent; border-radius: 4px; padding: 6px 8px; color: $text2;
    text-align: left; }
QToolButton[foot="true"]:hover { background: $select; }
QToolButton[foot="true"]:focus { border: 2px solid $focus; padding: 5px 7px; }
QPushButton { min-width: 48px; }
MessageBar QToolButton { border: 1px solid transparent; border-radius: 4px; min-width: 22px; min-height: 22px; }
MessageBar QToolButton:focus { border: 2px solid $focus; }
MessageBar QPushButton { min-height: 16px; padding: 2px 12px; }
MessageBar QPushButton:focus { padding: 1px 11px; }
QAbstractItemView { background: $surface; color: $text; outline: none; selection-background-color: $select;
    selection-color: $text; }
QTreeView, QTableView { border: 1px solid $hair; border-radius: 6px; gridline-color: $hair; }
QTreeView:focus, QTableView:focus { border: 1px solid $focus; }
QTableView[bare="true"] { border: 1px solid transparent; border-radius: 0px; }
QTableView[bare="true"]:focus { border-color: $focus; }
QFrame#answerPopover { background: $surface; border: 1px solid $control; border-radius: 8px; }
QWidget[choice="on"] { background: $select; border-radius: 4px; }
QRadioButton { border: 2px solid transparent; border-radius: 4px; padding: 3px 4px; spacing: 8px; }
QRadioButton:focus { border-color: $focus; }
QRadioButton::indicator { width: ${round}px; height: ${round}px; border: 2px solid $control;
    border-radius: ${rounded}px; background: $surface; }
QRadioButton::indicator:checked { border-color: $accent; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5,
    fx: 0.5, fy: 0.5, stop: 0 $accent, stop: 0.5 $accent, stop: 0.6 $surface, stop: 1 $surface); }
QLabel[step="here"] { background: $select; color: $text; font-weight: 600; border-radius: 11px; padding: 3px 10px; }
QLabel[step="other"] { color: $text2; }
QToolButton[step="back"] { color: $accent; }
QListWidget { border: 1px solid $hair; border-radius: 6px; padding: 4px; }
QListWidget:focus, QTextBrowser:focus { border: 1px solid $focus; }
QListWidget::item { padding: 4px 8px; border: 2px solid transparent; border-radius: 4px; color: $text; }
QListWidget::item:selected { background: $select; }
QListWidget::item:selected:focus { border-color: $focus; }
QTreeWidget::item { padding: 3px 4px; border-top: 2px solid transparent; border-bottom: 2px solid transparent;
    color: $text; }
QTreeWidget::item:selected { background: $select; }
QTreeWidget::item:selected:focus { border-top-color: $focus; border-bottom-color: $focus; }
QTreeView#agenda { border: none; border-radius: 0px; border-top: 1px solid $hair; }
QListView#rooms { background: transparent; border: none; }
QHeaderView { background: $sunken; border: none; }
QHeaderView::section { background: $sunken; color: $text2; border: none; border-bottom: 1px solid $hair;
    padding: 0px 8px; font-size: ${caption}px; font-weight: 600; height: ${header}px; }
QMenu { background: $surface; color: $text; border: 1px solid $control; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 3px; }
QMenu::item:selected { background: $select; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $hair; margin: 4px 8px; }
QMenuBar { background: $sidebar; border-bottom: 1px solid $hair; }
QMenuBar::item { padding: 5px 10px; }
QMenuBar::item:selected { background: $select; }
QStatusBar { background: $sidebar; border-top: 1px solid $hair; }
QStatusBar::item { border: none; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover, QSplitter::handle:focus { background: $select; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0px; }
QScrollBar::handle { background: $control; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTabBar { background: $sidebar; border: none; }
QTabBar::tab { background: transparent; color: $text2; border: none; border-bottom: 3px solid transparent;
    padding: 6px 9px; }
QTabBar::tab:selected { background: $select; color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:hover { background: $accent_soft; }
QTabBar:focus { border-bottom: 2px solid $focus; }
QFrame[notice="error"] { background: $det_soft; border: 1px solid $det; border-radius: 5px; }
QFrame[notice="look"] { background: $same_soft; border: 1px solid $same; border-radius: 5px; }
QFrame[notice="information"] { background: $na_soft; border: 1px solid $na; border-radius: 5px; }
QFrame[notice="done"] { background: $imp_soft; border: 1px solid $imp; border-radius: 5px; }
QFrame[notice="question"] { background: $accent_soft; border: 1px solid $accent; border-radius: 5px; }
QFrame[notice="error"] QLabel { color: $det_text; }
QFrame[notice="look"] QLabel { color: $same_text; }
QFrame[notice="information"] QLabel { color: $na_text; }
QFrame[notice="done"] QLabel { color: $imp_text; }
QFrame[notice="question"] QLabel { color: $accent; }
QProgressBar { background: $sunken; border: 1px solid $hair; border-radius: 3px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QDockWidget::title { background: $sunken; padding: 6px; }
QLabel#drop_frame { background: $accent_soft; color: $accent; border: 3px dashed $accent; border-radius: 8px; }
""")


def style_sheet(tokens: Mapping[str, str], fonts: Mapping[str, tuple[int, int]], px: Callable[[float], int]) -> str:
    """The application's style sheet from token values, font sizes by role and the text scale."""
    # Where fills are black, a chip has an edge instead.
    edges = {"chip_edge": tokens["na"] if tokens["na_soft"] == tokens["surface"] else tokens["na_soft"]}
    sizes = {"button": str(px(20)), "header": str(px(26)), "caption": str(fonts["caption"][0])}
    sizes |= {"round": str(px(12)), "rounded": str(px(12) // 2 + 2)}
    rules = [_RULES.substitute({**tokens, **edges, **sizes})]
    for role, (size, weight) in fonts.items():
        rules.append(f'*[role="{role}"] {{ font-size: {size}px; font-weight: {weight}; }}')
    return "\n".join(rules)
