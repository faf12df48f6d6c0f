"""Prints a command's answer, as JSON or in words, and turns every failure into one; runs no command itself."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TextIO

from pcp_desktop import paths
from pcp_desktop.errors import Cancelled, UserError

DONE, REFUSED, WRONG_USE = 0, 1, 2

Answer = tuple[int, dict[str, Any] | list[Any], str]


class WrongUse(Exception):
    """The arguments say nothing the program can do; `usage` is the form they should have."""

    def __init__(self, message: str, usage: str) -> None:
        super().__init__(message)
        self.usage = usage


class Arguments(argparse.ArgumentParser):
    """A parser that raises WrongUse instead of ending the process, so that `--json` gets its answer too."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print."""
        raise WrongUse(f"{self.prog}: {message}", self.format_usage())


def answered(command: Callable[[], Answer], arguments: Sequence[str]) -> int:
    """Run a command and print what it answers; gives the exit status.

    With `--json` among the arguments standard output holds one JSON value and nothing else, whatever happens.
    """
    status, answer, words = _attempted(command)
    try:
        if "--json" in arguments:
            _print(_json(answer, sys.stdout), sys.stdout)
        if "--json" not in arguments or status == WRONG_USE:
            _print(words, sys.stderr if status else sys.stdout)
    except BrokenPipeError:
        # Whoever read the answer has seen enough (`| head`); what Python still holds has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


def _attempted(command: Callable[[], Answer]) -> Answer:
    try:
        return command()
    except UserError as error:
        return _refused(error)
    except WrongUse as error:
        wrong = UserError(f"{error}.", "Nothing was done.", error.usage.strip())
        return WRONG_USE, {"error": error_shape(wrong)}, f"{error.usage}{error}"
    except (KeyboardInterrupt, Cancelled):
        return _refused(UserError("It was stopped.", "What was not finished was not kept.", "Run it again."))
    except OSError as error:
        name = f"“{error.filename}”" if error.filename else "A file"
        why = error.strerror or str(error)
        advice = "Check that the drive is connected, has room, and may be written to; then run it again."
        return _refused(UserError(f"{name} could not be used ({why}).", "The command was not finished.", advice))
    except Exception as error:  # noqa: BLE001 - the last place where a fault of ours can still be said plainly
        return _refused(_own_fault(error))


def _refused(error: UserError) -> Answer:
    return REFUSED, {"error": error_shape(error)}, f"{error.what}\n{error.where}\n{error.what_to_do}"


def _own_fault(error: Exception) -> UserError:
    log = paths.data_folder() / "log.txt"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.FileHandler(log, encoding="utf-8")
        advice = f"Try again; if it happens again, send the log “{log}” to those who look after the program."
    except OSError:
        handler = logging.StreamHandler(sys.stderr)
        advice = "Try again; if it happens again, send what stands above to those who look after the program."
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("pcp_desktop.cli")
    logger.addHandler(handler)
    logger.error("Unexpected error", exc_info=error)
    logger.removeHandler(handler)
    handler.close()
    what = f"PCP Desktop met a fault of its own ({type(error).__name__})."
    return UserError(what, "The command was not finished.", advice)


def error_shape(error: UserError) -> dict[str, str]:
    """An error as {"what", "where", "what_to_do"}."""
    return {"what": error.what, "where": error.where, "what_to_do": error.what_to_do}


def _json(answer: object, stream: TextIO) -> str:
    """JSON is UTF-8 (RFC 8259); where the stream writes anything else, only ASCII comes through unharmed."""
    plain = (stream.encoding or "").lower().replace("-", "").replace("_", "") != "utf8"
    text = json.dumps(answer, ensure_ascii=plain, indent=1)
    # A file name that is no valid UTF-8 comes as lone surrogates, which only an escape can carry.
    return text if plain or text.isascii() or _encodes(text) else json.dumps(answer, indent=1)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _print(text: str, stream: TextIO) -> None:
    """Print text on a stream that may know fewer characters than our arrows, minus signs and quotation marks."""
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, errors="replace").decode(encoding), file=stream, flush=True)
