"""The front sheet says what the papers' front sheets say: meeting, seats, notices, items with pages and reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.meetings import AgendaItem, Contact, ItemKind, Member
from pcp_desktop.papers.front_sheet import (
    FrontSheet,
    ItemPlace,
    exempt_item_data,
    front_sheet_data,
    membership,
    pack_title,
    set_front_sheet,
)
from pcp_desktop.papers.typst import Typesetter
from tests.papers import pack_orders as orders
from tests.papers.sample_pages import MOMENT


def sheet(audience: Audience = Audience.PUBLIC, **places: ItemPlace) -> FrontSheet:
    agenda = orders.sample_agenda()
    given = {int(key.removeprefix("item")): place for key, place in places.items()}
    found = [given.get(item.key, ItemPlace()) for item in agenda.items]
    return FrontSheet(orders.BODY, agenda, audience, found)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (ItemPlace(), ""),
        (ItemPlace(3, 10, 1), "(Pages 3 - 10)"),
        (ItemPlace(3, 3, 1), "(Page 3)"),
    ],
)
def test_pages_are_written_as_agendas_write_them(place: ItemPlace, words: str) -> None:
    assert place.words == words


def test_seats_that_are_alike_are_counted() -> None:
    seats = [Member("Chairman", "County"), *[Member("Councillor", "City")] * 3, *[Member("Independent member")] * 2]
    assert membership(seats) == ["Chairman, County", "Councillor, City (3)", "Independent member (2)"]


def test_the_sample_panel_has_fifteen_seats_by_role() -> None:
    members = orders.sample_agenda().members
    assert len(members) == 15
    assert sum(member.role == "Councillor" for member in members) == 11
    assert sum(member.role == "Independent member" for member in members) == 2


def test_says_when_where_and_whom_to_ask() -> None:
    agenda = replace(
        orders.sample_agenda(), contact=Contact("Democratic Services", "0116 496 0000", "panel@example.org")
    )
    details = dict(front_sheet_data(replace(sheet(), agenda=agenda))["details"])
    assert details == {
        "Date": "Wednesday 23 March 2016",
        "Time": "1.00 pm",
        "Place": "Sparkenhow Committee Room, County Hall",
        "Contact": "Democratic Services, telephone 0116 496 0000, panel@example.org",
    }


def test_every_item_has_its_number_whoever_reports_and_its_pages() -> None:
    items = front_sheet_data(sheet(item5=ItemPlace(3, 5, 1)))["agenda"]
    assert [item["number"] for item in items] == list(range(1, 11))
    assert (items[4]["report_by"], items[4]["pages"], items[4]["section"]) == (
        "Police and Crime Commissioner",
        "(Pages 3 - 5)",
        1,
    )
    assert items[1] == {**items[1], "report_by": "", "lines": [], "pages": "", "section": None}


def test_a_verbal_item_says_that_it_is_one() -> None:
    item = AgendaItem(key=1, kind=ItemKind.VERBAL, title="National association")
    agenda = replace(orders.sample_agenda(), items=(item, replace(item, note="An update from the Secretariat.")))
    data = front_sheet_data(FrontSheet(orders.BODY, agenda, Audience.PUBLIC, [ItemPlace(), ItemPlace()]))
    assert [one["lines"] for one in data["agenda"]] == [
        ["A verbal update will be given."],
        ["An update from the Secretariat."],
    ]


def test_an_exempt_item_gives_its_reason_in_both_versions_and_only_the_restricted_copy_says_what_it_is() -> None:
    public, restricted = (front_sheet_data(sheet(audience)) for audience in (Audience.PUBLIC, Audience.RESTRICTED))
    reason = (
        "Not for publication: paragraph 1 of Part 1 of Schedule 12A to the Local Government Act 1972 "
        "(information relating to any individual)."
    )
    assert public["agenda"][7]["lines"] == restricted["agenda"][7]["lines"] == [reason]
    assert public["restriction"] == ""
    assert restricted["restriction"].startswith("Not for publication. This copy holds the papers of item 8")
    assert "restricted" in pack_title(orders.BODY, orders.sample_agenda(), Audience.RESTRICTED)
    assert "restricted" not in pack_title(orders.BODY, orders.sample_agenda(), Audience.PUBLIC)


def test_the_stub_is_for_exempt_items_only() -> None:
    agenda = orders.sample_agenda()
    data = exempt_item_data(orders.BODY, agenda, agenda.items[7], 15)
    assert "section 100A(4)" in data["resolution"]
    assert agenda.items[7].exemption is not None
    assert agenda.items[7].exemption.public_interest in data["reason"]
    with pytest.raises(ValueError, match="not exempt"):
        exempt_item_data(orders.BODY, agenda, agenda.items[4], 3)


def test_words_of_the_agenda_are_never_markup() -> None:
    hostile = "#panic() *x* $y$ `z` <label> @ref \\ //"
    item = AgendaItem(key=1, kind=ItemKind.STANDING, title=hostile, note=hostile, report_of=hostile)
    agenda = replace(orders.sample_agenda(), items=(item,), notices=(hostile,))
    given = FrontSheet(orders.BODY, agenda, Audience.PUBLIC, [ItemPlace()], [hostile], hostile)
    with Typesetter() as typesetter:
        assert set_front_sheet(given, timestamp=MOMENT, typesetter=typesetter).startswith(b"%PDF")
