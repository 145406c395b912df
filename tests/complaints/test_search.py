"""The search box: reference, names, telephone numbers, sites, and what is said, in either script."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from complaints.models import Complaint, SearchRow
from complaints.said import ComplaintSaid, PersonSaid
from complaints.search import FEW, OFTEN, SAMPLE, matching
from complaints.services import add_contact, change_facts, index
from people.services.persons import set_names
from provinces.models import Province
from provinces.services import add_site
from tests.factories.cases import ComplaintFactory, VictimFactory
from tests.queries import asked

Register = Callable[..., Complaint]


def found(text: str, user: Any) -> set[str]:
    rows = matching(Complaint.objects.visible_to(user).live(), text, user)
    return set(rows.values_list("reference", flat=True))


@pytest.fixture
def held(registered: Register, supervisor: User) -> Complaint:
    site = add_site(by=supervisor, province=Province.objects.get(pk="18"), name_en="Building K9", aliases=["អគារ K9"])
    return registered(
        narrative="ជនរងគ្រោះនៃអំពើជួញដូរមនុស្ស ៣ នាក់ ត្រូវបានឃុំ។ Ring 097 555 0184, passports taken.",
        site=site.reference,
        people=(PersonSaid(name="Nguyễn Thị Lan"),),
    )


@pytest.mark.parametrize(
    "text",
    [
        "nguyen thi lan",
        "+855 97 555 0184",
        "០៩៧៥៥៥០១៨៤",
        "building k9",
        "អគារ K9",
        "ជួញដូរ",
        "មនុស្ស ជួញដូរ",
        "នៃអំពើជួញដូរមនុស្ស",
        "passports",
        "taken passports",
        "3 នាក់",
    ],
)
def test_found_by(text: str, held: Complaint, registered: Register, intake: User, officer_pp: User) -> None:
    registered(narrative="Another thing in another place.")
    assert found(text, intake) == {held.reference}
    assert found(text, officer_pp) == set()


def test_a_number_that_is_no_telephone_is_found_in_the_words(registered: Register, intake: User) -> None:
    held = registered(narrative="The passport has the number 20220817 0042.")
    assert found("20220817 0042", intake) == {held.reference}


def test_a_reporters_number_is_found_by_who_may_open_it(complaint: Complaint, intake: User, officer_psh: User) -> None:
    assert found("012 345 678", intake) == {complaint.reference}
    assert found("012 345 678", officer_psh) == set()


def test_words_are_not_for_readers_of_coded_data(held: Complaint, analyst: User) -> None:
    assert found("passports", analyst) == set()
    assert found("Building K9", analyst) == {held.reference}


def test_what_is_added_and_corrected_is_found(held: Complaint, intake: User) -> None:
    said = {"channel": "hotline", "narrative": "She wears a green jacket."}
    add_contact(held, ComplaintSaid(**said), by=intake, key="more-000001")
    assert found("jacket", intake) == {held.reference}
    held.refresh_from_db()
    change_facts(held, by=intake, version=held.version, changes={"exact_spot": "Pagoda of the white elephant"})
    assert found("elephant", intake) == {held.reference}
    assert found("jacket", intake) == {held.reference}


def test_missing_rows_are_written_and_old_ones_written_anew(
    held: Complaint, registered: Register, intake: User
) -> None:
    registered()
    SearchRow.objects.filter(pk=held.pk).delete()
    assert found("passports", intake) == set()
    assert index.reindex() == 1
    assert found("passports", intake) == {held.reference}
    SearchRow.objects.update(key_version=0)
    assert index.reindex() == 2
    assert index.reindex() == 0


def test_a_search_row_follows_its_complaint(held: Complaint, intake: User, officer_psh: User) -> None:
    assert found("passports", officer_psh) == {held.reference}
    Complaint.objects.filter(pk=held.pk).update(handling="national_led")
    assert SearchRow.objects.get(pk=held.pk).handling == "national_led"
    assert found("passports", officer_psh) == set()


TOLD = "ពលករ ៣ នាក់ ត្រូវបានឃុំ។ The workers of the sixth floor, they want to leave; each worker."


def of_many(n: int, **values: Any) -> list[Complaint]:
    """Register many at once, with the rows they are found by."""
    made = [ComplaintFactory(**values) for _ in range(n)]
    index.rewrite(*made)
    return made


def goes_along(text: str, user: User) -> bool:
    """Say whether each row is asked as the list goes along its order, and no keys are found first."""
    return "LIMIT 1)" in str(matching(Complaint.objects.of_own_provinces(user), text, user).query)


@pytest.mark.parametrize("text", ["ពលករ", "នាក់ ពលករ", "លករ ៣ នា", "worker want leave", "sixth floor, they", "ixth flo"])
def test_what_many_hold_is_found_whole(text: str, registered: Register, intake: User, officer_psh: User) -> None:
    registered(narrative="Another thing in another place.")
    here, there = of_many(OFTEN + 2, narrative=TOLD), of_many(OFTEN, narrative=TOLD, province_id="12")
    of_many(3, narrative=TOLD, handling="sealed")
    assert goes_along(text, intake)
    assert goes_along(text, officer_psh)
    assert found(text, intake) == {one.reference for one in (*here, *there)}
    assert found(text, officer_psh) == {one.reference for one in here}


def test_a_name_that_many_have_and_a_site_with_many_are_found_whole(
    held: Complaint, intake: User, officer_pp: User
) -> None:
    named = [VictimFactory() for _ in range(OFTEN)]
    for victim in named:
        set_names(victim.person, ["Nguyễn Thị Lan"])
    at_site = of_many(OFTEN, site=held.site)
    assert goes_along("nguyen thi lan", intake)
    assert found("nguyen thi lan", intake) == {one.reference for one in (held, *(victim.complaint for victim in named))}
    assert found("building k9", intake) == {one.reference for one in (held, *at_site)}
    assert found("building k9", officer_pp) == found("nguyen thi lan", officer_pp) == set()


def test_what_none_of_the_newest_holds_is_found_by_its_keys_however_many(intake: User) -> None:
    long_ago = timezone.now() - timedelta(days=400)
    old = of_many(FEW + 5, received_at=long_ago, narrative=TOLD)
    assert goes_along("sixth floor, they", intake)
    of_many(SAMPLE, narrative="Another thing in another place.")
    assert not goes_along("sixth floor, they", intake)
    assert found("sixth floor, they", intake) == {one.reference for one in old}


def test_a_burst_of_days_is_found_by_its_keys(intake: User) -> None:
    of_many(SAMPLE * 2, received_at=timezone.now() - timedelta(days=400), narrative="Another thing in another place.")
    some = of_many(OFTEN, narrative=TOLD)
    assert not goes_along("sixth floor, they", intake)
    assert found("sixth floor, they", intake) == {one.reference for one in some}


def test_what_nobody_holds_is_still_sql_as_an_export_asks_it(held: Complaint, intake: User) -> None:
    rows = matching(Complaint.objects.of_own_provinces(intake), "nowhere said", intake)
    assert rows.query.sql_with_params()
    assert not rows.exists()


@pytest.mark.parametrize("n", [2, OFTEN + 2])
def test_a_searched_list_asks_no_more_however_many_hold_it(
    n: int, browser: Callable[..., Client], officer_psh: User, db: Any
) -> None:
    """Measured: 12 (the list's nine, the filter's provinces, a sample; the keys, or the newest)."""
    of_many(n, narrative=TOLD)
    client = browser(officer_psh)
    client.get(
        "/complaints/?q=sixth floor"
    )  # the first answer also notes when the session was used, and how many rows there are
    assert len(asked(client, "/complaints/?q=sixth floor")) <= 12


def test_the_panel_holds_what_is_searched_and_is_drawn_for_it_alone(
    browser: Callable[..., Client], intake: User
) -> None:
    client = browser(intake)
    for text in ('"><b>one', "two"):
        page = client.get("/complaints/", {"q": text})
        assert f'<input type="hidden" name="q" value="{escape(text)}">' in page.content.decode()
    assert 'type="hidden" name="q"' not in client.get("/complaints/").content.decode()
