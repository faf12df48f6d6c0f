"""What is typed in the meeting view and which priorities it means; it draws nothing."""

from __future__ import annotations

from collections.abc import Sequence

from pcp_desktop.domain.pages import PriorityTab


def meant(tabs: Sequence[PriorityTab], typed: str) -> tuple[PriorityTab, ...]:
    """The priorities that `typed` means, best first; none where nothing is typed.

    "14" and "sp14" mean the priority of that number before those whose number begins so; other words mean every
    priority whose code or name holds all of them.
    """
    words = typed.casefold().split()
    if not words:
        return ()
    code = "".join(words)
    numbered = [tab for tab in tabs if _number(tab).startswith(code) or tab.code.casefold().startswith(code)]
    numbered.sort(key=lambda tab: code not in (_number(tab), tab.code.casefold()))
    named = [tab for tab in tabs if all(word in f"{tab.code} {tab.name}".casefold() for word in words)]
    return tuple(dict.fromkeys([*numbered, *named]))


def typed_on(tabs: Sequence[PriorityTab], before: str, key: str) -> str:
    """What is typed after another key: where the longer text means nothing but the key alone does, it begins anew."""
    longer = before + key
    if before and not meant(tabs, longer) and meant(tabs, key):
        return key
    return longer.lstrip()


def _number(tab: PriorityTab) -> str:
    return tab.code.casefold().lstrip("abcdefghijklmnopqrstuvwxyz")
