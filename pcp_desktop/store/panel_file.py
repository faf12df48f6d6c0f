"""The panel file: made, opened, locked or refused; every verb is one transaction with its entry in the change log."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from pcp_desktop import paths
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import BoardDate, Clearance, Recipient
from pcp_desktop.domain.commentary import Commentary
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.held_access import Access, HeldAccess, HeldFigures
from pcp_desktop.domain.judgements import ChosenLimits, StatusSetByHand
from pcp_desktop.domain.meetings import Agenda, Meeting, PublishedPack
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.plans import Plan, PlanContents
from pcp_desktop.domain.returns import ExpectedReturn, Review
from pcp_desktop.errors import UserError
from pcp_desktop.store import (
    accepting,
    answers,
    backups,
    clearances,
    commentaries,
    held_access,
    history,
    holds,
    judgements,
    lock,
    making,
    measures,
    meetings,
    observations,
    opening,
    plans,
    returns,
    sharing,
    undoing,
    verification,
)
from pcp_desktop.store.history import Verb
from pcp_desktop.store.sharing import SharedCopy

if TYPE_CHECKING:
    from sqlite_utils import Database


class PanelFile:
    """One open panel file. Made by `create` or `open`; used by one thread at a time; closed by `close` or `with`.

    `read_only_reason` says why nothing can be written, and is empty where it can.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, held: lock.Lock | None, reason: str) -> None:
        """Take over an opened and checked connection; for `create` and `open`, not for callers."""
        from sqlite_utils import Database

        self.path = path
        self.read_only_reason = reason
        self._connection = connection
        self._database: Database = Database(connection, execute_plugins=False)
        self._lock = held

    @classmethod
    def create(
        cls,
        path: Path,
        contents: PlanContents,
        now: datetime,
        by: str = "PCP Desktop",
        held: Iterable[Clearance] = (),
    ) -> PanelFile:
        """A new panel file with one plan, open for writing.

        `held` are the clearances it has from the start (what the plan puts under embargo); no undo takes them back.
        It is made beside its place and moved there when whole. Raises UserError where there is already a file, where
        the plan contradicts itself, or where the folder cannot be written to.
        """
        if path.exists():
            raise opening.already_there(path)
        try:
            taken = lock.acquire(path, now)
            if isinstance(taken, lock.Held) and not taken.is_known:
                # A maker killed before its lock said anything; there is no file yet that it could protect.
                taken = lock.acquire(path, now, take_over=True)
        except OSError as error:
            raise opening.folder_refuses(path, error) from error
        if isinstance(taken, lock.Held):
            raise opening.being_made(path, taken.words)
        try:
            making.make(
                path,
                lambda connection: making.add_plan(connection, contents, tuple(held), Verb.CREATED, now, by),
                now,
            )
            return cls._connected(path, taken, "", "rw")
        except BaseException:
            taken.release()
            raise

    @classmethod
    def open(
        cls,
        path: Path,
        now: datetime,
        *,
        read_only: bool = False,
        take_lock: bool = False,
        backups_folder: Path | None = None,
    ) -> PanelFile:
        """The panel file at `path`; for reading only where asked, or where somebody else has it.

        `take_lock` opens for writing although somebody else seems to have it ("open anyway"). A file of an older
        version is backed up into `backups_folder` (the person's own by default) and brought up to date. Raises
        UserError, having changed nothing, where there is no file or it is not a sound panel file.
        """
        from pcp_desktop.store import migrations

        version = opening.check_header(path, migrations.CURRENT_VERSION, migrations.APPLICATION_ID)
        held, reason, mode = _standing(path, now, read_only, take_lock)
        try:
            if version < migrations.CURRENT_VERSION:
                making.bring_up_to_date(path, version, reason, backups_folder or paths.backups_folder(), now)
            return cls._connected(path, held, reason, mode)
        except BaseException:
            if held:
                held.release()
            raise

    @classmethod
    def _connected(cls, path: Path, held: lock.Lock | None, reason: str, mode: str) -> PanelFile:
        from pcp_desktop.store import migrations

        connection = opening.checked_connection(path, mode, migrations.CURRENT_VERSION)
        if reason:
            connection.execute("PRAGMA query_only = ON")
        return cls(path, connection, held, reason)

    def __enter__(self) -> PanelFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and let others write; a second time does nothing."""
        self._connection.close()
        if self._lock:
            self._lock.release()
            self._lock = None

    def plans(self) -> tuple[Plan, ...]:
        """The plans in the file, the oldest first."""
        with self._reading() as connection:
            return tuple(plans.read(connection, code) for code in plans.codes(connection))

    def facts(self, now: datetime, plan_code: str | None = None) -> Facts:
        """Everything of one plan (the first where `plan_code` is None) as it stands at `now`.

        Raises KeyError where the file has no such plan.
        """
        with self._reading() as connection:
            code = plan_code or plans.codes(connection)[0]
            return Facts(
                panel=self.path.name,
                plan=plans.read(connection, code),
                measures=measures.read(connection, code),
                observations=observations.read(connection, code),
                clearances=clearances.read(connection, code),
                breaks=plans.breaks(connection, code),
                events=plans.events(connection, code),
                peer_groups=plans.peer_groups(connection, code),
                returns=returns.records(connection, code, now),
                meetings=meetings.meetings(connection, code),
                now=now,
                last_accepted=returns.last_accepted(connection, code),
                read_only_reason=self.read_only_reason,
                commentaries=commentaries.read(connection, code),
                drafts=commentaries.drafts(connection, code),
                agendas=meetings.agendas(connection, code),
                packs=meetings.packs(connection, code),
                answers=answers.read(connection, code),
                recipients=holds.recipients(connection, code),
                statuses_set=judgements.statuses(connection, code),
                limits=judgements.limits(connection, code),
                small_numbers_are_amber=judgements.small_numbers_are_amber(connection),
            )

    def received_content(self, sha256: str) -> bytes:
        """The bytes of a received file; KeyError where the panel file keeps none of this SHA-256."""
        with self._reading() as connection:
            return returns.content(connection, sha256)

    def add_plan(self, contents: PlanContents, now: datetime, by: str, held: Iterable[Clearance] = ()) -> Changes:
        """Add a further plan; `held` as in `create`. UserError where it is there already or contradicts itself."""
        with self._writing() as connection:
            if contents.plan.code in plans.codes(connection):
                raise UserError(
                    f"“{self.path.name}” already holds the plan “{contents.plan.name}”.",
                    "Nothing has changed.",
                    "Choose another plan.",
                )
            making.add_plan(connection, contents, tuple(held), Verb.PLAN_ADDED, now, by)
        return Changes(f"Added the plan “{contents.plan.name}”.", plan=True)

    def accept(self, review: Review, now: datetime, by: str, plan_code: str | None = None) -> Changes:
        """Store a review's new and revised figures, its file, and the return it makes, for a plan.

        Figures that are already stored with the same value, words and marker are left alone. The same content a
        second time changes nothing. A review without figures that answers an expected return is kept as received.
        Raises UserError, having changed nothing, where there is nothing to keep.
        """
        with self._writing() as connection:
            return accepting.accept(connection, plan_code or plans.codes(connection)[0], review, now, by)

    def record_clearances(
        self, wanted: Iterable[Clearance], now: datetime, by: str, plan_code: str | None = None
    ) -> Changes:
        """Record clearances; one that says what the measure's last record says already changes nothing.

        A clearance without a day or role gets `now`'s day and `by`.
        """
        with self._writing() as connection:
            code = plan_code or plans.codes(connection)[0]
            return accepting.record_clearances(connection, code, tuple(wanted), now, by)

    def move_board(self, wanted: BoardDate, now: datetime, by: str, plan_code: str | None = None) -> Changes:
        """Say when a board meets on a quarter's figures, in place of the day it was to meet."""
        with self._writing() as connection:
            return holds.move_board(connection, plan_code or plans.codes(connection)[0], wanted, now, by)

    def tell(self, wanted: Sequence[Recipient], now: datetime, by: str, plan_code: str | None = None) -> Changes:
        """Record who is told a measure's figures before their release; the numbers of new ones are given here."""
        with self._writing() as connection:
            return holds.tell(connection, plan_code or plans.codes(connection)[0], wanted, now, by)

    def forget_recipient(
        self, unwanted: Recipient, now: datetime, by: str, plan_code: str | None = None
    ) -> Changes:  # fmt: skip
        """Take a recipient who was recorded wrongly out of the list of those told."""
        with self._writing() as connection:
            return holds.forget(connection, plan_code or plans.codes(connection)[0], unwanted, now, by)

    def record_access(
        self, access: Access, what: HeldFigures, now: datetime, by: str, plan_code: str | None = None
    ) -> None:
        """Write into the change log that held figures were shown, copied or saved; UserError where it cannot be."""
        with self._writing() as connection:
            held_access.record(connection, plan_code or plans.codes(connection)[0], access, what, now, by)

    def held_accesses(self, plan_code: str | None = None) -> tuple[HeldAccess, ...]:
        """Every time that held figures were shown, copied or saved, newest first."""
        with self._reading() as connection:
            return held_access.read(connection, plan_code or plans.codes(connection)[0])

    def set_status(self, wanted: StatusSetByHand, plan_code: str | None = None) -> Changes:
        """Keep the status that a person gave a measure for a quarter, with the reason."""
        with self._writing() as connection:
            return judgements.set_status(connection, plan_code or plans.codes(connection)[0], wanted)

    def compute_status(
        self, measure: str, area: str, period: Period, now: datetime, by: str, plan_code: str | None = None
    ) -> Changes:
        """Let the computed status of a measure for a quarter hold again."""
        with self._writing() as connection:
            plan = plan_code or plans.codes(connection)[0]
            return judgements.compute_status(connection, plan, measure, area, period, now, by)

    def choose_limits(self, wanted: ChosenLimits, now: datetime, by: str, plan_code: str | None = None) -> Changes:
        """Keep where a measure's control limits come from, with the reason."""
        with self._writing() as connection:
            return judgements.choose_limits(connection, plan_code or plans.codes(connection)[0], wanted, now, by)

    def drop_limits(self, unwanted: ChosenLimits, now: datetime, by: str, plan_code: str | None = None) -> Changes:
        """Drop chosen limits; they come again from where they came before."""
        with self._writing() as connection:
            return judgements.drop_limits(connection, plan_code or plans.codes(connection)[0], unwanted, now, by)

    def show_small_numbers(self, amber: bool, now: datetime, by: str, plan_code: str | None = None) -> Changes:
        """Show measures with small numbers as amber, or as not assessed."""
        with self._writing() as connection:
            plan = plan_code or plans.codes(connection)[0]
            return judgements.show_small_numbers(connection, plan, amber, now, by)

    def expect_returns(
        self,
        wanted: tuple[ExpectedReturn, ...],
        quarter: Period,
        now: datetime,
        by: str,
        plan_code: str | None = None,
    ) -> Changes:
        """Expect returns for a further quarter; those that are expected already are left alone."""
        with self._writing() as connection:
            plan = plan_code or plans.codes(connection)[0]
            known = {one.code for one in plans.expected_returns(connection, plan)}
            new = tuple(one for one in wanted if one.code not in known)
            if not new:
                return Changes(f"The returns for {quarter.label} are expected already; nothing has changed.")
            plans.expect(connection, plan, new)
            summary = f"Begun {quarter.label}: {counted(len(new), 'return')} expected."
            title = f"Beginning {quarter.label}"
            details = {"plan": plan, "expected": [one.code for one in new]}
            history.append(connection, Verb.QUARTER_BEGUN, now, by, title=title, summary=summary, details=details)
        return Changes(summary, returns=True, final=True)

    def keep_draft(
        self, priority: str, period: Period, text: str, now: datetime, plan_code: str | None = None
    ) -> None:
        """Keep a commentary as it is being typed; no entry of the change log."""
        with self._writing() as connection:
            commentaries.keep_draft(connection, plan_code or plans.codes(connection)[0], priority, period, text, now)

    def write_commentary(self, wanted: Commentary, now: datetime, by: str, plan_code: str | None = None) -> Changes:
        """Write a commentary and drop its draft. UserError where the pack of its quarter is published."""
        with self._writing() as connection:
            plan = plan_code or plans.codes(connection)[0]
            for meeting in meetings.meetings(connection, plan):
                if meeting.latest_period == wanted.period and meetings.published_meeting(
                    connection, plan, meeting.number
                ):
                    raise UserError(
                        f"The pack for {wanted.period.label} is published.",
                        "Its commentary cannot change, and nothing has.",
                        "Write it into the next quarter’s commentary.",
                    )
            return commentaries.write(connection, plan, wanted, now, by)

    def write_meeting(self, agenda: Agenda, now: datetime, by: str, plan_code: str | None = None) -> Changes:
        """Add a meeting with its agenda, or change when and where one is; see `meetings.write_meeting`."""
        with self._writing() as connection:
            return meetings.write_meeting(connection, plan_code or plans.codes(connection)[0], agenda, now, by)

    def write_agenda(self, agenda: Agenda, now: datetime, by: str, plan_code: str | None = None) -> Changes:
        """Make a meeting's agenda what is given; see `meetings.write_agenda`."""
        with self._writing() as connection:
            return meetings.write_agenda(connection, plan_code or plans.codes(connection)[0], agenda, now, by)

    def receive_paper(
        self,
        meeting: Meeting,
        item: int,
        file: tuple[str, bytes],
        now: datetime,
        by: str,
        plan_code: str | None = None,
    ) -> Changes:
        """Keep a received paper (name and bytes) for an agenda item; see `meetings.receive_paper`."""
        with self._writing() as connection:
            plan = plan_code or plans.codes(connection)[0]
            return meetings.receive_paper(connection, plan, meeting, item, file, now, by)

    def publish(
        self,
        pack: PublishedPack,
        content: bytes,
        by: str,
        plan_code: str | None = None,
        beside: Sequence[tuple[PublishedPack, bytes]] = (),
    ) -> Changes:
        """Freeze a pack with its bytes, and those beside it in the same transaction; see `meetings.publish`."""
        with self._writing() as connection:
            plan = plan_code or plans.codes(connection)[0]
            for other, its_content in beside:
                meetings.publish(connection, plan, other, its_content, by)
            return meetings.publish(connection, plan, pack, content, by)

    def share(self, copy: SharedCopy, place: Path, out: Path, now: datetime, by: str) -> Path:
        """Write a copy of this panel file that holds `copy` alone at `place`, made afresh, to be moved to `out`.

        Raises UserError where the folder cannot be written to, or `out` is a panel file in use: this one above all.
        """
        if out.exists() and (out.samefile(self.path) or lock.live_holder(out)):
            raise UserError(
                f"“{out.name}” is open, or the panel file itself.",
                "No copy was made, and nothing has changed.",
                "Choose another name for the copy.",
            )
        kept = {paper.sha256: self.received_content(paper.sha256) for paper in copy.papers}
        kept |= {pack.sha256: self.received_content(pack.sha256) for pack in copy.facts.packs}
        with self._reading() as connection:
            origin = sharing.Origin(self.path.name, history.head(connection)[1])
            organisations = plans.organisations(connection, copy.facts.plan.code)
        making.make(
            place, lambda connection: sharing.fill(connection, copy, organisations, kept, origin, now, by), now
        )
        return place

    def log_head(self) -> str:
        """The hash of the change log's last entry, which a published pack prints."""
        with self._reading() as connection:
            return history.head(connection)[1]

    def undoable(self) -> str | None:
        """What undo would take back: "Accepting “crime.xlsx”, 26 figures"; None where there is nothing."""
        with self._reading() as connection:
            number = history.undo_and_redo(connection)[0]
            return history.entry(connection, number).title if number else None

    def redoable(self) -> str | None:
        """What redo would do again; None where there is nothing."""
        with self._reading() as connection:
            number = history.undo_and_redo(connection)[1]
            return history.entry(connection, number).title if number else None

    def undo(self, now: datetime, by: str) -> Changes:
        """Put back exactly what was there before the last accepted return or clearance not yet undone."""
        with self._writing() as connection:
            return undoing.undo(connection, now, by)

    def redo(self, now: datetime, by: str) -> Changes:
        """Do again what was undone last, as long as nothing else was done since."""
        with self._writing() as connection:
            return undoing.redo(connection, now, by)

    def verify(self) -> verification.VerifyReport:
        """Whether pages, tables, references, received files and change log are as they should be; changes nothing."""
        return verification.verify(self._connection)

    def back_up(self, folder: Path, now: datetime, at_most_every: timedelta = timedelta(0)) -> Path | None:
        """A verified copy in `folder`, and the old ones thinned out; None where the last is younger than asked."""
        return backups.back_up(self._connection, self.path, folder, now, at_most_every=at_most_every)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the file, for several reads."""
        with opening.errors_for_people(self.path), self._database.atomic():
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One whole transaction: all of the block, or nothing of it."""
        if self.read_only_reason or self._lock is None:
            raise UserError(
                f"“{self.path.name}” cannot be changed. {self.read_only_reason}.",
                "Nothing has changed.",
                "Open it again once it can be written; open it anyway only if you are sure that nobody else has it.",
            )
        if not self._lock.is_held():
            raise UserError(
                f"Somebody else has opened “{self.path.name}” for writing in the meantime.",
                "Nothing has changed.",
                "Close the file and open it again to see what they did.",
            )
        # Inside a transaction begun elsewhere atomic() would only be a savepoint, and all would vanish at close.
        assert not self._connection.in_transaction
        with opening.errors_for_people(self.path), self._database.atomic():
            yield self._connection


def _standing(path: Path, now: datetime, read_only: bool, take_lock: bool) -> tuple[lock.Lock | None, str, str]:
    """The lock if this process may write, else the reason why not, and the mode to open the file in.

    A file nobody else has is opened so that SQLite can roll back what a killed program left half done.
    """
    if read_only:
        words = lock.live_holder(path)
        return None, "Opened for reading only", "ro" if words else "rw"
    if not os.access(path, os.W_OK):
        return None, "Open for reading only: the file is write-protected", "ro"
    try:
        held = lock.acquire(path, now, take_over=take_lock)
    except OSError:
        return None, "Open for reading only: nothing can be written into its folder", "ro"
    if isinstance(held, lock.Held):
        return None, f"Open for reading only: {held.words} has the file open", "ro"
    return held, "", "rw"
