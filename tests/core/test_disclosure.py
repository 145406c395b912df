"""Small cells hidden in tables, and the attack that looks for a way round."""

import random
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from core.attack import Attack, Found
from core.disclosure import Node, Protected, Table, protect, protect_all

K = 11
SMALL = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 14), st.integers(0, 60))


def table(dims: str, cells: dict[str, int], **more: Any) -> Table:
    """Make a table: dims "ab", cells {"xy": 3}, one letter a value."""
    return Table(dims, tuple(dims), {tuple(at): n for at, n in cells.items()}, **more)


@st.composite
def tables(draw: Any, dims: str, most: int = 4) -> Table:
    """Draw a table over some dimensions."""
    sizes = [draw(st.integers(1, most)) for _dim in dims]
    spots = [()]
    for size in sizes:
        spots = [(*spot, str(n)) for spot in spots for n in range(size)]
    return Table(dims, tuple(dims), {spot: draw(SMALL) for spot in spots})


def assert_safe(released: list[Protected], k: int = K) -> None:
    """Attack the tables: no small cell within less than k, and no hidden cell worked out."""
    attack = Attack(released)
    numbers = {(one.table.of, node): n for one in released for node, n in one.table.nodes.items()}
    for (of, node), found in attack.on_all().items():
        assert found.width > 0, (sorted(node), found)
        if 0 < numbers[of, node] < k:
            assert found.width >= k, (sorted(node), numbers[of, node], found)
    shown = {n for one in released for node, n in one.table.nodes.items() if node not in one.hidden}
    assert not shown & set(range(1, k))


def test_a_small_cell_takes_another_with_it() -> None:
    one = protect(table("a", {"x": 3, "y": 40, "z": 30, "0": 0}), K)
    assert [one.shown(value) for value in "xyz0"] == [None, 40, None, 0]
    assert one.shown(None) == 73
    assert_safe([one])


def test_two_small_cells_whose_sum_is_small_take_a_third() -> None:
    one = protect(table("a", {"x": 1, "y": 2, "z": 30, "w": 80}), K)
    assert [one.shown(value) for value in "xyzw"] == [None, None, None, 80]
    assert_safe([one])


def test_a_small_total_is_hidden_with_all_that_tells_it() -> None:
    one = protect(table("a", {"x": 3, "y": 4}), K)
    assert one.shown(None) is None
    assert_safe([one])


def test_eleven_is_shown_and_ten_is_not() -> None:
    one = protect(table("a", {"x": 10, "y": 11, "z": 500}), K)
    assert (one.shown("x"), one.shown("z")) == (None, 500)
    assert protect(table("a", {"y": 11, "z": 500}), K).hidden == frozenset()


def test_the_limit_is_a_setting() -> None:
    small = table("a", {"x": 4, "y": 40, "z": 30})
    with override_settings(SMALL_CELL=3):
        assert protect(small).hidden == frozenset()
    assert protect(small).shown("x") is None


def test_the_attack_finds_what_hiding_small_cells_alone_gives_away() -> None:
    square = table("ab", {"xu": 3, "xv": 40, "yu": 50, "yv": 60})
    careless = Protected(square, frozenset({square.node("x", "u")}))
    assert Attack([careless]).on(("", square.node("x", "u"))) == Found(3, 3)
    assert_safe([protect(square, K)])


def test_tables_that_share_their_margins_are_hidden_in_one_way() -> None:
    sexes = table("ps", {"1f": 4, "1m": 3, "2f": 40, "2m": 30, "3f": 20, "3m": 20})
    nations = table("pn", {"1c": 0, "1v": 7, "2c": 50, "2v": 20, "3c": 0, "3v": 40})
    released = protect_all([sexes, nations], K)
    assert released[0].shown("1", None) is None
    assert released[1].shown("1", None) is None
    assert_safe(released)


def test_tables_that_do_not_agree_are_refused() -> None:
    with pytest.raises(ValueError, match="another number"):
        protect_all([table("ab", {"xu": 3, "yv": 40}), table("ac", {"xu": 4, "yv": 40})], K)


def test_what_is_published_for_itself_is_shown() -> None:
    square = table("ns", {"tf": 2, "tm": 1, "vf": 40, "vm": 30, "cf": 20, "cm": 50})
    one = protect(square, K, exact=lambda node: len(node) < 2)
    assert one.shown("t", None) == 3
    assert one.shown("t", "f") is None
    found = Attack([one]).on(("", square.node("t", "f")))
    assert (found.least, found.most) == (0, 3)  # what the total tells by itself, and no more


@settings(max_examples=60, deadline=None)
@given(one=st.one_of(tables("a", 7), tables("ab", 5), tables("abc", 3)))
def test_no_hidden_cell_of_a_table_is_worked_out(one: Table) -> None:
    assert_safe([protect(one, K)])


@settings(max_examples=40, deadline=None)
@given(cube=tables("abc", 3), other=st.integers(2, 14))
def test_no_hidden_cell_of_linked_tables_is_worked_out(cube: Table, other: int) -> None:
    pairs = [summed(cube, dims) for dims in ("ab", "ac", "bc")]
    assert_safe(protect_all(pairs, other), other)


@settings(max_examples=40, deadline=None)
@given(one=tables("ab", 5))
def test_a_crossing_tells_no_more_than_its_exact_margins_do(one: Table) -> None:
    released = protect(one, K, exact=exact_alone)
    bare = Protected(one, frozenset(node for node in one.nodes if not exact_alone(node)))
    told, known = Attack([released]), Attack([bare])
    for cell in told.columns:
        if 0 < one.nodes[cell[1]] < K:
            assert told.on(cell).width >= min(K, known.on(cell).width), (sorted(cell[1]), one.cells)


def exact_alone(node: Node) -> bool:
    """Numbers of the whole and of one dimension are published for themselves."""
    return len(node) < 2


def with_the_people(released: list[Protected], cube: Table) -> Attack:
    """Attack tables as who knows that they are of the same people, of whom each has all dimensions."""
    shown = {node for one in released for node in one.table.nodes if node not in one.hidden}
    return Attack([*released, Protected(cube, frozenset(cube.nodes.keys() - shown))])


def test_crossings_that_close_a_circle_tell_of_each_other() -> None:
    """Why no three dimensions are crossed by every two: each table alone is safe."""
    cube = table("abc", {"000": 40, "110": 14, "111": 3, "211": 9})
    circle = protect_all([summed(cube, dims) for dims in ("ab", "ac", "bc")], K, exact_alone)
    cell = ("", circle[1].table.node("1", "1"))
    assert Attack([circle[1]]).on(cell).width >= K
    assert with_the_people(circle, cube).on(cell).width < K
    path = protect_all([summed(cube, dims) for dims in ("ab", "ac")], K, exact_alone)
    assert with_the_people(path, cube).on(cell).width >= K


@settings(max_examples=40, deadline=None)
@given(cube=tables("abc", 3))
def test_crossings_that_close_no_circle_tell_nothing_of_each_other(cube: Table) -> None:
    released = protect_all([summed(cube, dims) for dims in ("ab", "bc")], K, exact_alone)
    joint = with_the_people(released, cube)
    for one in released:
        alone = Attack([one])
        for node in one.hidden:
            assert joint.on(("", node)) == alone.on(("", node)), (sorted(node), cube.cells)


def summed(cube: Table, dims: str) -> Table:
    """Sum a table up to fewer dimensions."""
    cells: dict[tuple[str, ...], int] = {}
    for at, n in cube.cells.items():
        kept = tuple(value for dim, value in zip(cube.dims, at, strict=True) if dim in dims)
        cells[kept] = cells.get(kept, 0) + n
    return Table(dims, tuple(dims), cells)


def test_a_large_sparse_table_of_provinces_and_nations_is_safe() -> None:
    """As a year of rescues may look: two provinces and three nations hold most, the rest are a few people each."""
    chance = random.Random(7)
    cells = {
        (f"p{p}", f"n{n}"): chance.randint(0, 90) // (1 + p * n) if chance.random() < 0.6 else 0
        for p in range(20)
        for n in range(6)
    }
    one = Table("large", ("place", "nation"), cells)
    assert_safe([protect(one, K)])
    assert len(protect(one, K).hidden) < len(one.nodes)
