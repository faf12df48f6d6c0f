"""The last gate: opens what was written and searches every part of it for what may not leave the Panel."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pcp_desktop.errors import UserError
from pcp_desktop.papers.parts import Part, parts_of

NEAR = 60
"""Characters before and after a measure's name in which an ordinary number is taken for its own."""
LITTLE = 12
"""Characters before a measure's name in which a count that is said of an area or a year is taken for its own."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True)
class HeldText:
    """Something that may not leave: a value's printed text or a label, and what it is for the message.

    `text` is "36.17%" or a phrase; `what` names the measure ("Opiate treatment completed"), never the value.
    `value` is the unrounded value behind the text, so that a file that stores more places is found as well. `beside`
    are the measure's names, for a number that is also an ordinary one elsewhere: it counts only within `NEAR`
    characters of one of them. A count from 1 to 4 stands beside any name by chance: it counts only where it is said
    of `next_to`, an area or a year ("Melton: 3", "3 offences in 2014/15"), behind the name and no more than `LITTLE`
    characters before it.
    """

    text: str
    what: str
    value: float | None = None
    beside: tuple[str, ...] = ()
    next_to: str = ""


def check_release(paths: Sequence[Path], held: Sequence[HeldText]) -> None:
    """Open every written file and search it for each held text.

    Office files are unpacked, PDF text, metadata, alternatives and attachments decoded, pictures' text read, and the
    files' names looked at. A number is found with its decimals whatever follows them, also without its percent sign,
    as a fraction of one, and with a comma or a point; never inside a longer number.

    Args:
        paths: the files that are about to be released.
        held: what may not be in them.

    Raises:
        UserError: naming the file and the part where something held was found; the value itself is not repeated.
    """
    searches = [(one, _searches(one)) for one in held if one.text.strip()]
    names = {name: normalised(name) for one in held for name in one.beside}
    for path in paths:
        for part in parts_of(path):
            text = normalised(part.text)
            near = {name: _around(text, plain, NEAR) for name, plain in names.items() if plain in text}
            behind = {name: _around(text, names[name], LITTLE) for name in near}
            for one, written in searches:
                reach = behind if one.next_to else near
                for place in [reach[name] for name in one.beside if name in reach] if one.beside else [text]:
                    if any(start in place and pattern.search(place) for start, pattern in written):
                        raise _stopped(path, part, one)


def _around(text: str, name: str, before: int) -> str:
    """What stands `before` and within `NEAR` behind every mention of a name, each stretch on a line of its own."""
    found = []
    place = text.find(name)
    while place >= 0:
        found.append(text[max(0, place - before) : place + len(name) + NEAR])
        place = text.find(name, place + len(name))
    return "\n".join(found)


def normalised(text: str) -> str:
    """Text for searching: compatible characters made one, invisible ones and case taken away, spaces single."""
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).replace("−", "-")
    return " ".join(plain.casefold().split())


def _searches(one: HeldText) -> list[tuple[str, re.Pattern[str]]]:
    """What to search for: each writing of a number, or the words with any spacing between them.

    With each pattern goes a text that stands in whatever it finds; to look for that first takes a hundredth of the
    time.
    """
    text = normalised(one.text)
    if one.next_to:
        return [(text, pattern) for pattern in _said_of(text, normalised(one.next_to))]
    number = _NUMBER.search(text)
    if number is not None and not any(letter.isalpha() for letter in text):
        writings = _writings(number.group(), one.value, percent="%" in text)
        return [(writing, _number_pattern(writing)) for writing in dict.fromkeys(writings)]
    words = text.split(" ")
    spaced = r"\s*".join(re.escape(word) for word in words)
    return [(words[0], re.compile(rf"(?<!\w){spaced}(?!\w)"))]


def _writings(shown: str, value: float | None, *, percent: bool) -> Iterator[str]:
    """The ways a number is written: 36.17, 36,17, 0.3617, 1,234.50, 1234.50; and its value cut to four places."""
    plain = shown.replace(",", "")
    yield shown
    yield plain
    whole, _, decimals = plain.partition(".")
    if decimals:
        yield f"{whole},{decimals}"
        if percent:
            yield f"0.{whole.zfill(2)}{decimals}" if len(whole) <= 2 else f"{whole[:-2]}.{whole[-2:]}{decimals}"
    if value is not None and value != int(value):
        yield f"{value:.6f}"[:-2].rstrip("0")
        if percent:
            yield f"{value / 100:.8f}"[:-2].rstrip("0")


def _number_pattern(writing: str) -> re.Pattern[str]:
    """A number that does not go on to the left, and to the right only after its decimals."""
    goes_on = "" if re.search(r"[.,]\d{2,}$", writing) and not re.search(r",\d{3}$", writing) else r"(?!\d|[.,]\d)"
    return re.compile(rf"(?<![\d])(?<!\d[.,]){re.escape(writing)}{goes_on}")


def _said_of(number: str, label: str) -> list[re.Pattern[str]]:
    """A count that is said of an area or a year: after it ("melton 3", "melton had 3") or before ("3 in melton").

    Between them ends no sentence and stands no other number but a year. A change (+3), a rank (3rd), a share (3%) and
    the number of a paragraph (3. Burglary) are none.
    """
    count, of = rf"(?<![\w.,+\-/]){re.escape(number)}(?![\w%]|[.,]\d)", re.escape(label)
    between = r"20\d\d/\d\d|\[c\]|(?!\. )[^\d\"\[\]{}\x00-\x1f]"
    signs = rf"(?:(?![^\W\d])(?:{between})){{0,20}}"
    words = rf"(?:{between}){{0,20}}"
    return [
        re.compile(rf"{of}{signs}{count}(?!\. \w)"),
        re.compile(rf"{of}{words}[^\W\d]{words}{count}"),
        re.compile(rf"{count}(?: \w+){{0,3}} (?:in|at|of|from|for|during|within)(?: the)? {of}(?!\w)"),
    ]


def _stopped(path: Path, part: Part, one: HeldText) -> UserError:
    where = f", in {part.name}" if part.name else ""
    return UserError(
        f"{path.name} holds something that may not be published: {one.what}{where}.",
        "The export was stopped; the file must not leave this computer.",
        "Delete the file, look at the clearance of that measure, and make the papers again.",
    )
