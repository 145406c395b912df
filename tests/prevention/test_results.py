"""Results: shares with Wilson's intervals, weights by the effective number, order by what the survey says, small cells hidden."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core.attack import Attack
from core.disclosure import Protected, Table
from prevention.hiding import shown
from prevention.models import Respondent, Survey
from prevention.results import HOTLINE, results
from prevention.services.respondents import Checker, answers_of
from prevention.wilson import effective, wilson
from tests.prevention.conftest import CODES

pytestmark = pytest.mark.django_db


def answered(survey: Survey, by: Any, n: int, *causes: str, province: str = "18", **columns: Any) -> None:
    """Write `n` who named the same."""
    checker = Checker(survey)
    for _one in range(n):
        row = Respondent.objects.create(survey=survey, entered_by=by, province_id=province, **columns)
        for one in answers_of(row, causes, checker):
            one.save()


def test_wilson_as_the_textbook_has_it() -> None:
    share = wilson(15 / 148, 148)  # Newcombe 1998, method 3: 0.0624 to 0.1605
    assert share is not None
    assert (round(share.low, 4), round(share.high, 4)) == (0.0624, 0.1605)
    none, all_of_ten = wilson(0, 10), wilson(1, 10)
    assert none is not None
    assert all_of_ten is not None
    assert (none.low, all_of_ten.high) == pytest.approx((0.0, 1.0))
    assert wilson(0.5, 0) is None
    assert effective(10, 10) == 10
    assert effective(4, 8) == 2


def test_shares_are_of_who_answered(survey: Survey, analyst: Any) -> None:
    answered(survey, analyst, 3, "gambling", knows_hotline=True)
    answered(survey, analyst, 1, "gambling", "personal_debt", knows_hotline=False)
    answered(survey, analyst, 5, refused=True)
    found = results(survey)
    assert (found.n, found.refused, found.base.n, found.is_weighted) == (9, 5, 4, False)
    assert [(line.cause.code, line.named.n) for line in found.lines[:2]] == [("gambling", 4), ("personal_debt", 1)]
    assert found.lines[1].share is not None
    assert found.lines[1].share.value == 0.25
    assert found.hotline.n == 3
    assert found.unsaid == 0


def test_weights_make_weighted_shares_and_wider_intervals(survey: Survey, analyst: Any) -> None:
    answered(survey, analyst, 2, "gambling", weight=Decimal(3))
    answered(survey, analyst, 2, "personal_debt", weight=Decimal(1))
    found = results(survey)
    assert found.is_weighted
    assert found.lines[0].share is not None
    assert found.lines[0].share.value == 0.75
    assert found.base.effective == pytest.approx(64 / 20)


@pytest.mark.parametrize(
    ("by", "order"),
    [
        ("first_choice", ["gambling", "personal_debt", "lack_education"]),
        ("mean_rank", ["personal_debt", "gambling", "lack_education"]),
        ("share", ["personal_debt", "gambling", "lack_education"]),
    ],
)
def test_the_order_goes_by_what_the_survey_says(by: str, order: list[str], written: Any, analyst: Any) -> None:
    survey = written(kind="ranking", ranked_by=by)
    answered(survey, analyst, 3, "gambling", "personal_debt")
    answered(survey, analyst, 2, "personal_debt", "lack_education")
    found = results(survey)
    assert [line.cause.code for line in found.lines[:3]] == order
    debt = next(line for line in found.lines if line.cause.code == "personal_debt")
    assert debt.mean_rank == pytest.approx((3 * 2 + 2 * 1) / 5)
    gambling = next(line for line in found.lines if line.cause.code == "gambling")
    assert gambling.mean_rank == pytest.approx((3 * 1 + 2 * 4) / 5)  # who did not name it: the place after the third
    assert gambling.first is not None
    assert gambling.first.value == 0.6


def test_small_groups_are_hidden_and_a_second_one_so_that_totals_give_none_back(survey: Survey, analyst: Any) -> None:
    for province, n in (("18", 60), ("12", 40), ("01", 30), ("02", 5)):
        answered(survey, analyst, n, "gambling", province=province)
    rows = {row.value: row for row in shown(results(survey), "province")}
    assert rows["02"].n is None
    hidden = [value for value, row in rows.items() if row.n is None]
    assert len(hidden) >= 2  # one alone would be the total less the others
    assert rows["18"].n == 60
    assert all(cell.hidden for cell in rows["02"].cells)


def test_a_few_who_named_something_are_hidden_and_so_are_a_few_who_did_not(survey: Survey, analyst: Any) -> None:
    for province in ("18", "12", "01"):
        answered(survey, analyst, 40, "gambling", province=province)
    answered(survey, analyst, 4, "personal_debt", province="18")
    answered(survey, analyst, 30, "personal_debt", province="12")
    answered(survey, analyst, 30, "personal_debt", province="01")
    found = results(survey)
    debt = [line.cause.code for line in found.lines].index("personal_debt")
    gambling = [line.cause.code for line in found.lines].index("gambling")
    rows = {row.value: row for row in shown(found, "province")}
    assert rows["18"].n == 44
    assert rows["18"].cells[debt].hidden
    assert rows["18"].cells[gambling].hidden  # 40 of 44: four did not


def test_the_page_says_hidden_and_never_the_small_number(
    survey: Survey, analyst: Any, browser: Callable[..., Client], settings: Any
) -> None:
    answered(survey, analyst, 97, "gambling", province="18")
    answered(survey, analyst, 83, "gambling", province="12")
    answered(survey, analyst, 7, "gambling", province="01", sex="female")
    page = browser(analyst).get(f"/surveys/{survey.reference}/").content.decode()
    assert "hidden" in page
    table = page.split('id="by-province"')[1].split("</table>")[0]
    assert ">7<" not in table
    assert "fewer than 11 people" in page
    settings.SMALL_CELL = 5
    table = browser(analyst).get(f"/surveys/{survey.reference}/").content.decode().split('id="by-province"')[1]
    assert ">7<" in table.split("</table>")[0]


def test_results_of_any_size_take_the_same_number_of_queries(
    survey: Survey, analyst: Any, django_assert_max_num_queries: Any
) -> None:
    answered(survey, analyst, 30, "gambling", "personal_debt", province="18", knows_hotline=True)
    answered(survey, analyst, 30, "gambling", province="12", sex="male", band="18-24")
    with django_assert_max_num_queries(14):
        found = results(survey)
    assert found.by["sex"].named["male", "gambling"].n == 30
    assert found.by["province"].named["18", HOTLINE].n == 30


def test_a_solver_gets_nothing_small_out_of_what_is_shown(survey: Survey, analyst: Any) -> None:
    """Provinces, one of them small; of each who named gambling: everything a reader knows, as one programme."""
    sizes = {"18": (30, 22), "12": (18, 25), "01": (4, 33), "02": (28, 3), "03": (2, 5)}
    for province, (named, others) in sizes.items():
        answered(survey, analyst, named, "gambling", province=province)
        answered(survey, analyst, others, "personal_debt", province=province)
    rows = {row.value: row for row in shown(results(survey), "province")}
    found = results(survey)
    at = [line.cause.code for line in found.lines].index("gambling")
    cells = {(p, side): n for p, both in sizes.items() for side, n in zip(("yes", "no"), both, strict=True)}
    table = Table("gambling", ("province", "named"), cells)
    hidden = {table.node(p, None) for p, row in rows.items() if row.n is None}
    hidden |= {table.node(p, side) for p, row in rows.items() if row.cells[at].hidden for side in ("yes", "no")}
    attack = Attack([Protected(table, frozenset(hidden))])
    for p, side in cells:
        if cells[p, side] < 11:
            assert attack.on(("", table.node(p, side))).width >= 11, (p, side)
    assert attack.on(("", table.node("03", None))).width >= 11
    assert any(not row.cells[at].hidden for row in rows.values())


def test_where_everybody_names_one_cause_no_hidden_cell_is_what_the_others_leave(written: Any, analyst: Any) -> None:
    """How many answered, less those of every other cause, had given each small number back."""
    survey = written(most=1)
    sizes = {"18": (40, 30, 25, 4), "12": (30, 35, 26, 6), "01": (25, 20, 31, 30), "02": (22, 24, 28, 33)}
    for province, counts in sizes.items():
        for code, n in zip(CODES, counts, strict=True):
            answered(survey, analyst, n, code, province=province)
    found = results(survey)
    rows = {row.value: row for row in shown(found, "province")}
    cells = {(p, code): n for p, counts in sizes.items() for code, n in zip(CODES, counts, strict=True)}
    table = Table("causes", ("province", "cause"), cells)
    codes = [line.cause.code for line in found.lines]
    hidden = {table.node(p, code) for p, code in cells if rows[p].cells[codes.index(code)].hidden}
    attack = Attack([Protected(table, frozenset(hidden))])
    for p in ("18", "12"):
        assert attack.on(("", table.node(p, "gambling"))).width >= 11
    assert len(hidden) <= len(cells) / 2


def test_where_everybody_names_as_many_as_they_may_no_cell_is_what_the_others_leave(
    survey: Survey, analyst: Any
) -> None:
    """Three of four causes each: who did not name one are few, and the three others say how many."""
    first, second, third, fourth = CODES
    for province, n in (("18", 4), ("12", 5), ("01", 40), ("02", 45)):
        answered(survey, analyst, n, first, second, third, province=province)
        answered(survey, analyst, 30, first, second, fourth, province=province)
        answered(survey, analyst, 35, second, third, fourth, province=province)
    found = results(survey)
    codes = [line.cause.code for line in found.lines]
    rows = shown(found, "province")
    few = {row.value for row in rows if row.n is None or row.cells[codes.index(fourth)].hidden}
    assert few >= {"18", "12"}
    for row in rows:
        assert row.n is None or all(not cell.hidden for cell in row.cells[: len(codes)])
    assert any(row.n is not None for row in rows)
