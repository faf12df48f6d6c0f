"""The words beside the sidebar's pages that say the state of the work there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the first window opens before any of these is needed
    from pcp_desktop.desktop.jobs import Jobs
    from pcp_desktop.desktop.sidebar import RoomModel
    from pcp_desktop.desktop.tab import View
    from pcp_desktop.domain.clearance_page import ClearancePage
    from pcp_desktop.domain.packs import PackPage
    from pcp_desktop.domain.pages import OverviewPage, ReturnsPage
    from pcp_desktop.domain.progress import Progress


class Badges:
    """Writes into the sidebar's model how many priorities there are, and what is done or still open on a page."""

    def __init__(self, rooms: RoomModel, jobs: Jobs) -> None:
        self._rooms, self._jobs = rooms, jobs

    def count_returns(self, view: View) -> None:
        """Count the returns of the quarter afresh."""
        panel, period = view.panel, view.period
        self._jobs.start(
            lambda _progress: panel.returns(period),
            self._take_returns,
            words="Counting returns",
            replaces="badges",
        )

    def count_holds(self, view: View) -> None:
        """Count the measures of the quarter whose figures have come and are not cleared."""
        panel, period = view.panel, view.period
        self._jobs.start(
            lambda _progress: panel.clearance(period),
            self._take_clearance,
            words="Counting what is held",
            replaces="clearance badge",
        )

    def _take_clearance(self, page: ClearancePage) -> None:
        from pcp_desktop.domain.clearance_page import ClearanceGroup

        overdue = bool(page.of(ClearanceGroup.OVERDUE))
        self._rooms.set_badge("clearance", str(len(page.still_held) or ""), overdue)

    def take_overview(self, page: OverviewPage) -> None:
        """Count the priorities that an overview shows."""
        self._rooms.set_badge("priorities", str(len({row.priority for row in page.all_rows}) or ""), False)

    def count_pack(self, view: View) -> None:
        """Count what stops the publication of the quarter's pack, before anybody has opened its page."""
        panel, period = view.panel, view.period

        def read(_progress: Progress) -> PackPage | None:
            from pcp_desktop.domain.clearance import Audience

            meeting = panel.meeting(period)
            return panel.pack_page(meeting.number, Audience.PUBLIC) if meeting is not None else None

        self._jobs.start(read, self._take_quarters_pack, words="Counting what stops the pack", replaces="packs badge")

    def _take_quarters_pack(self, page: PackPage | None) -> None:
        if page is None:
            self._rooms.set_badge("packs", "", False)
        else:
            self.take_pack(page)

    def take_pack(self, page: PackPage) -> None:
        """Count what stops a pack's publication."""
        from pcp_desktop.domain.packs import Standing

        stops = page.counted(Standing.STOPS)
        words = "Published" if page.published is not None else str(stops) if stops else ""
        self._rooms.set_badge("packs", words, bool(stops) and page.published is None)

    def _take_returns(self, page: ReturnsPage) -> None:
        accepted = dict(page.counts).get("accepted", 0)
        whole = len(page.rows)
        self._rooms.set_badge("returns", f"{accepted} of {whole}" if whole else "", accepted < whole)
