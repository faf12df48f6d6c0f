"""No small count can be found out from what is published: an attack by trying all finds two values for each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from pcp_desktop.analysis.suppression import Cell, Sum, is_small, suppressed

THRESHOLD = 5


def cells_of(values: dict[Hashable, int]) -> tuple[Cell, ...]:
    return tuple(Cell(key, value, THRESHOLD) for key, value in values.items())


def is_found_out(
    key: Hashable, values: dict[Hashable, int], hidden: frozenset[Hashable], sums: Sequence[Sum]
) -> bool:
    """Whether a hidden small count can only be what it is, found by trying; shares nothing with the program."""
    shown = {one: value for one, value in values.items() if one not in hidden}
    small = {one for one in hidden if is_small(values[one], THRESHOLD)}
    others = (value for value in range(1, THRESHOLD) if value != values[key])
    return not any(can_be({**shown, key: value}, small, sums, sum(values.values())) for value in others)


def can_be(known: dict[Hashable, int], small: set[Hashable], sums: Sequence[Sum], reach: int) -> bool:
    """Whether values of all other cells fit the sums: from 1 to 4 for the `small` ones, else up to `reach`."""
    open_sums = [one for one in sums if any(key not in known for key in one.keys)]
    if any(sum(known[key] for key in one.parts) != known[one.total] for one in sums if one not in open_sums):
        return False
    if not open_sums:
        return True
    nearest = min(open_sums, key=lambda one: sum(key not in known for key in one.keys))
    unknown = [key for key in nearest.keys if key not in known]
    key = min(unknown, key=lambda one: (one not in small, one == nearest.total))
    tried: Iterable[int] = range(1, THRESHOLD) if key in small else range(reach + 1)
    if len(unknown) == 1:
        parts = sum(known.get(part, 0) for part in nearest.parts)
        fits = parts if key == nearest.total else known[nearest.total] - parts
        tried = [fits] if fits in tried else []
    return any(can_be({**known, key: value}, small, sums, reach) for value in tried)


def test_a_cell_alone_is_taken_away_and_nothing_else() -> None:
    assert suppressed(cells_of({"a": 3, "b": 40}), ()) == {"a"}


def test_zero_is_shown_and_the_threshold_itself_too() -> None:
    assert suppressed(cells_of({"a": 0, "b": 5}), ()) == frozenset()


def test_a_part_that_follows_from_its_total_takes_the_next_smallest_part_with_it() -> None:
    values: dict[Hashable, int] = {"north": 3, "south": 8, "west": 20, "all": 31}
    sums = (Sum(("north", "south", "west"), "all"),)
    assert suppressed(cells_of(values), sums) == {"north", "south"}


def test_two_small_parts_that_protect_each_other_need_no_third() -> None:
    values: dict[Hashable, int] = {"north": 2, "south": 3, "west": 20, "all": 25}
    sums = (Sum(("north", "south", "west"), "all"),)
    assert suppressed(cells_of(values), sums) == {"north", "south"}


def test_two_small_parts_at_the_end_of_their_range_do_need_a_third() -> None:
    """1 + 1 = 2 has no other way to be made of numbers from 1."""
    values: dict[Hashable, int] = {"north": 1, "south": 1, "west": 20, "all": 22}
    sums = (Sum(("north", "south", "west"), "all"),)
    assert suppressed(cells_of(values), sums) == {"north", "south", "west"}


def test_rolling_totals_that_differ_by_one_month_are_seen_through() -> None:
    months: dict[Hashable, int] = {f"m{number}": value for number, value in enumerate((9, 2, 8, 11, 3, 7))}
    rolling: dict[Hashable, int] = {
        f"r{start}": sum(months[f"m{start + step}"] for step in range(3)) for start in range(4)
    }
    values = {**months, **rolling}
    sums = tuple(Sum(tuple(f"m{start + step}" for step in range(3)), f"r{start}") for start in range(4))
    hidden = suppressed(cells_of(values), sums)
    for key in ("m1", "m4"):
        assert not is_found_out(key, values, hidden, sums)


def test_a_cell_that_was_shown_before_cannot_protect_and_one_that_was_hidden_stays_hidden() -> None:
    sums = (Sum(("north", "south", "west"), "all"),)
    cells = (
        Cell("north", 3, THRESHOLD),
        Cell("south", 8, was_shown=True),
        Cell("west", 20),
        Cell("all", 31, was_shown=True),
    )
    assert suppressed(cells, sums) == {"north", "west"}
    cells = (Cell("north", 7), Cell("south", 8, was_hidden=True), Cell("west", 20), Cell("all", 35))
    assert suppressed(cells, sums) == {"south"}


def test_a_small_count_of_an_earlier_publication_is_not_given_away_by_a_later_one() -> None:
    """North was 3 and is revised to 7: the south, unchanged, would give the 3 away with the total of then."""
    cells = (
        Cell(("north", 3), 3, THRESHOLD, was_hidden=True),
        Cell(("south", 8), 8, was_hidden=True),
        Cell(("west", 20), 20, was_shown=True),
        Cell(("all", 31), 31, was_shown=True),
        Cell(("north", 7), 7),
        Cell(("all", 35), 35),
    )
    sums = (
        Sum((("north", 3), ("south", 8), ("west", 20)), ("all", 31)),
        Sum((("north", 7), ("south", 8), ("west", 20)), ("all", 35)),
    )
    hidden = suppressed(cells, sums)
    assert {("north", 3), ("south", 8)} < hidden
    assert not is_found_out(("north", 3), {cell.key: cell.value for cell in cells}, hidden, sums)


def test_what_turns_out_not_to_be_needed_comes_back() -> None:
    """Each row needs a second cell; the two that also balance the columns are enough."""
    values: dict[Hashable, int] = {
        ("a", 1): 1, ("a", 2): 9, ("a", 3): 30, ("b", 1): 40, ("b", 2): 50, ("b", 3): 60,
    }  # fmt: skip
    sums = []
    for row in "ab":
        values[row, "all"] = sum(values[row, column] for column in (1, 2, 3))
        sums.append(Sum(tuple((row, column) for column in (1, 2, 3)), (row, "all")))
    for column in (1, 2, 3, "all"):
        values["all", column] = values["a", column] + values["b", column]
        sums.append(Sum((("a", column), ("b", column)), ("all", column)))
    sums.append(Sum(tuple(("all", column) for column in (1, 2, 3)), ("all", "all")))
    cells = cells_of(values)
    hidden = suppressed(cells, tuple(sums))
    assert ("a", 1) in hidden
    for extra in hidden - {("a", 1)}:
        assert is_found_out(("a", 1), values, hidden - {extra}, sums), f"{extra} need not have gone"


def test_where_nothing_helps_all_that_adds_up_with_it_goes() -> None:
    values: dict[Hashable, int] = {"a": 1, "b": 1, "c": 1, "d": 1, "e": 0, "all": 4}
    assert suppressed(cells_of(values), (Sum(("a", "b", "c", "d", "e"), "all"),)) == set(values)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=3), st.lists(st.integers(0, 9), min_size=2, max_size=3))
def test_no_small_count_of_a_table_with_totals_can_be_found_out(first: list[int], second: list[int]) -> None:
    width = min(len(first), len(second))
    rows = (first[:width], second[:width])
    values: dict[Hashable, int] = {
        (row, column): value for row, line in enumerate(rows) for column, value in enumerate(line)
    }
    sums = []
    for row in range(2):
        values[row, "all"] = sum(rows[row])
        sums.append(Sum(tuple((row, column) for column in range(width)), (row, "all")))
    for column in (*range(width), "all"):
        values["all", column] = values[0, column] + values[1, column]
        sums.append(Sum(((0, column), (1, column)), ("all", column)))
    hidden = suppressed(cells_of(values), tuple(sums))
    assert {key for key, value in values.items() if is_small(value, THRESHOLD)} <= hidden
    for key in hidden:
        if is_small(values[key], THRESHOLD):
            assert hidden == set(values) or not is_found_out(key, values, hidden, sums)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_an_attack_that_tries_everything_finds_two_values_for_each_small_part(parts: list[int]) -> None:
    values: dict[Hashable, int] = {f"p{number}": value for number, value in enumerate(parts)}
    values["all"] = sum(parts)
    sums = (Sum(tuple(key for key in values if key != "all"), "all"),)
    hidden = suppressed(cells_of(values), sums)
    for key in hidden:
        if is_small(values[key], THRESHOLD):
            assert hidden == set(values) or not is_found_out(key, values, hidden, sums)
