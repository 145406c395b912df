"""How well likeness finds the same in other writing and leaves alone what only looks near: printed, with a floor."""

from collections.abc import Callable, Iterator

import pytest
from django.utils.translation import override

from accounts.models import User
from complaints.likeness import Told
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.similar import similar
from core.phones import e164, numbers_in
from people.matching import LEAST, Known, likely
from people.models import Person
from people.services import make_person
from provinces.models import Province
from provinces.names import names_it
from provinces.services import add_site
from tests.complaints.likeness_list import NAMES_OTHER, NAMES_SAME, PHONES, SITES, near_phones, phone_formats

RECALL, PRECISION = 0.93, 0.93


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Read reasons in English."""
    with override("en"):
        yield


def judged(what: str, right: int, same: int, wrong: int, near: int) -> None:
    """Print recall and precision, and hold them against the floor; there are forty pairs of each at least."""
    recall, precision = right / same, right / (right + wrong)
    print(f"{what}: recall {recall:.2f} of {same}, precision {precision:.2f}, {wrong} of {near} near ones taken")  # noqa: T201
    assert min(same, near) >= 40
    assert recall >= RECALL
    assert precision >= PRECISION


@pytest.mark.django_db
def test_names_are_found_in_other_writing_and_near_ones_are_not() -> None:
    """Measured: recall 0.96, precision 0.98."""
    same = [(one, other) for one, others in NAMES_SAME.items() for other in others]
    people = {name: make_person(name=name).pk for name in dict.fromkeys(one for one, _other in (*same, *NAMES_OTHER))}
    pairs = [*same, *NAMES_OTHER]
    found = likely([Known(names=(other,)) for _one, other in pairs], Person.objects.all(), most=50)
    hits = [
        people[one] in {match.person.pk for match in matches if match.score >= LEAST}
        for (one, _other), matches in zip(pairs, found, strict=True)
    ]
    judged("names", sum(hits[: len(same)]), len(same), sum(hits[len(same) :]), len(NAMES_OTHER))
    assert max(len(others) for others in NAMES_SAME.values()) >= 10


def test_telephones_are_found_in_six_formats_and_near_ones_are_not() -> None:
    """Measured: recall 1, precision 1; as a field and in a text."""
    same = [(number, text) for number in PHONES for text in phone_formats(number)]
    near = [(number, text) for number in PHONES for text in near_phones(number)]
    right = sum(e164(text) == number and numbers_in(f"ring {text} now") == [number] for number, text in same)
    wrong = sum(number in {e164(text), *numbers_in(f"ring {text} now")} for number, text in near)
    judged("telephones", right, len(same), wrong, len(near))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("012 000 001", "+85512000001"),
        ("012-001-234", "+85512001234"),
        ("0084 912 345 678", "+84912345678"),
        ("00 855 12 345 678", "+85512345678"),
        ("00855-12-345-678", "+85512345678"),
    ],
)
def test_zeros_within_a_number_are_no_plus_sign(text: str, number: str) -> None:
    assert e164(text) == number
    assert numbers_in(f"ring {text} now") == [number]


def test_sites_are_found_by_any_of_their_names_and_near_ones_are_not() -> None:
    """Measured: recall 1, precision 1; without whole words precision was 0.71."""
    same = [(names, text) for names, (texts, _near) in SITES.items() for text in texts]
    near = [(names, text) for names, (_texts, texts) in SITES.items() for text in texts]
    hits = [any(names_it(name, text) for name in names) for names, text in (*same, *near)]
    judged("sites", sum(hits[: len(same)]), len(same), sum(hits[len(same) :]), len(near))


@pytest.mark.parametrize(("text", "is_found"), [("They are in Block 9 now", True), ("They are in Block 91 now", False)])
def test_a_site_is_named_in_whole_words(
    text: str, is_found: bool, registered: Callable[..., Complaint], intake: User, supervisor: User
) -> None:
    site = add_site(by=supervisor, province=Province.objects.get(pk="18"), name_en="Block 9", aliases=[])
    held = registered(site=site.reference, people=(PersonSaid(name="Chan Dara"),))
    (one,) = similar(Told(people=(Known(names=("Chan Dara",)),), text=text), intake)
    assert one.complaint == held
    assert ("same_site" in one.codes) == is_found
