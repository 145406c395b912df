"""The provinces that a text names are found to its end, soon, wherever a name stands."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from provinces.services.mentions import provinces_in

pytestmark = pytest.mark.django_db

LATIN = "Somebody works there. "
KHMER = "គាត់ធ្វើការនៅទីនោះ។ "


def codes(text: str) -> list[str]:
    return sorted(province.code for province in provinces_in(text))


@pytest.mark.parametrize("before", [LATIN * 2200, KHMER * 2000, " " * 48_000], ids=["latin", "khmer", "blanks"])
def test_a_province_named_at_the_end_of_a_long_text_is_found(before: str) -> None:
    assert codes(f"{before}She is in Sihanoukville.") == ["18"]
    assert codes(f"{before}នៅខេត្តព្រះសីហនុ") == ["18"]
    assert codes(f"We came from Kandal. {before}She is in Sihanoukville.") == ["08", "18"]


def test_no_name_is_cut_by_two_parts_of_a_text() -> None:
    for before in range(3980, 4005):
        assert codes("." * before + " Preah Sihanouk " + "." * 4000) == ["18"], before


def test_a_long_text_costs_no_more_queries_than_a_short_one() -> None:
    asked = []
    for before in ("", LATIN * 2000):
        with CaptureQueriesContext(connection) as captured:
            provinces_in(f"{before}She is in Sihanoukville.")
        asked.append(len(captured))
    assert asked[0] == asked[1]


GROWING = {
    "words": lambda n: (LATIN * n)[:n],
    "other-words": lambda n: " ".join(f"w{place:x}" for place in range(n // 5)),
    "khmer": lambda n: (KHMER * n)[:n],
    "subscripts": lambda n: "ក្" * (n // 2),
    "blanks": lambda n: " " * n,
}


@pytest.mark.parametrize("kind", GROWING)
def test_the_time_grows_with_the_text_and_no_faster(kind: str) -> None:
    """Four times as much text: squared it would be sixteen."""
    text = GROWING[kind]

    def spent(n: int) -> float:
        begun = time.perf_counter()
        provinces_in(text(n))
        return time.perf_counter() - begun

    assert min(spent(12_000) for _time in range(2)) < 10 * min(spent(3_000) for _time in range(3)) + 0.05
