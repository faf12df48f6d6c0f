"""The help as it is shipped: one plain text a page in resources/help, a paragraph a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby

from pcp_desktop.desktop.keys import keys_of_page
from pcp_desktop.paths import resource

LANGUAGE = "en-GB"
_POINT = "* "
WELCOME, AFTER_THE_PAGES = "welcome", ("recognise", "review", "meeting", "settings")


@dataclass(frozen=True)
class HelpText:
    """The help on one page: its name, its title, its paragraphs, and its keys with what they do.

    A paragraph that begins with "* " is a point of a list.
    """

    topic: str
    title: str
    paragraphs: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]

    def holds(self, typed: str) -> bool:
        """Whether every typed word is in it."""
        whole = " ".join([self.title, *self.paragraphs, *(" ".join(pair) for pair in self.keys)]).casefold()
        return all(word in whole for word in typed.casefold().split())

    def html(self) -> str:
        """The text as simple HTML, for a text browser."""
        parts = [f"<h1>{escape(self.title)}</h1>"]
        for is_point, lines in groupby(self.paragraphs, key=lambda paragraph: paragraph.startswith(_POINT)):
            if is_point:
                points = "".join(f"<li>{escape(line.removeprefix(_POINT))}</li>" for line in lines)
                parts.append(f"<ul>{points}</ul>")
            else:
                parts += [f"<p>{escape(line)}</p>" for line in lines]
        if self.keys:
            rows = "".join(
                f"<tr><td><b>{escape(keys)}</b></td><td>{escape(does)}</td></tr>" for keys, does in self.keys
            )
            parts.append(f"<h2>Keys here</h2><table cellpadding='3'>{rows}</table>")
        return "".join(parts)


def help_texts(pages: Iterable[str], keys_of: Callable[[str], str]) -> tuple[HelpText, ...]:
    """The help on the first page, on `pages` in their order and on what has no page of its own.

    `keys_of` gives the keys that act for shipped ones. FileNotFoundError where a page has no help.
    """
    return tuple(_read(topic, keys_of) for topic in (WELCOME, *pages, *AFTER_THE_PAGES))


def _read(topic: str, keys_of: Callable[[str], str]) -> HelpText:
    shipped = resource(f"help/{LANGUAGE}/{topic}.txt").read_text(encoding="utf-8")
    title, *lines = [line for line in shipped.splitlines() if line.strip()]
    keys = tuple((key.keys if key.fixed else keys_of(key.keys), key.words) for key in keys_of_page(topic))
    return HelpText(topic, title, tuple(lines), keys)
