"""A part of a name finds it in any script; the Latin key alone misses nothing that the Khmer one holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import key_km, key_lat
from people.search import SHORTEST, name_holds, persons_named
from people.services.persons import make_person

LETTERS = st.text(st.sampled_from("សុខចាន់ណាភ្រំយ៉េ្ិឺូ nguyễn Kim Duyên ÉÑ王伟สมชาย.-'១២9\u200b"), max_size=24)


@given(LETTERS, st.integers(0, 24), st.integers(0, 24))
def test_what_the_khmer_key_holds_the_latin_key_holds(name: str, start: int, end: int) -> None:
    part = key_km(name)[start:end]
    if len(key_lat(part)) >= SHORTEST and key_km(part) in key_km(name):
        assert key_lat(part) in key_lat(name)


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["ចាន់", "Chann", "សុខ ចាន់ណា", "  សុ\u200bខ ", "nguyen kim", "Nguyễn", "王伟", "王"])
def test_a_part_of_a_name_finds_the_person(part: str) -> None:
    persons = [make_person(name=text) for text in ("សុខ ចាន់ណា", "Nguyễn Kim Duyên", "王伟", "Sok Channa", "Ferdinand")]
    found = set(persons_named(part).values_list("person_id", flat=True))
    assert found
    assert found < {person.pk for person in persons}


@pytest.mark.parametrize("part", ["", " ", "a", "ក", "\u200b"])
def test_a_single_letter_asks_for_nobody(part: str) -> None:
    assert name_holds(part) is None
