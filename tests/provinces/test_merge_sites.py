"""Two sites become one place, and two again."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.translation import override

from accounts.models import User
from complaints.models import Complaint
from core.exceptions import Conflict
from provinces.models import Province, Site
from provinces.services import add_site, find_sites
from tests.complaints.merging import merged, parted, proposed

Registered = Callable[..., Complaint]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def site(supervisor: User) -> Callable[..., Site]:
    def add(name: str, province: str = "18", **fields: Any) -> Site:
        return add_site(by=supervisor, province=Province.objects.get(pk=province), name_en=name, **fields)

    return add


def texts(site: Site) -> dict[str, bool]:
    return dict(site.aliases.values_list("text", "is_name"))


def test_names_and_complaints_move_and_come_back(
    site: Any, registered: Registered, supervisor: User, admin: User
) -> None:
    one, other = site("Blue Hotel", aliases=["KB"]), site("Hotel Blue", aliases=["KB", "Tower 4"])
    complaint = registered(site=other.reference)
    merge = merged(one, other, supervisor, admin, chosen=["name"])
    one.refresh_from_db()
    assert Complaint.objects.get(pk=complaint.pk).site_id == one.pk
    assert one.name_en == "Hotel Blue"
    assert texts(one) == {"Hotel Blue": True, "Blue Hotel": False, "KB": False, "Tower 4": False}
    assert find_sites("Tower 4", user=supervisor) == [one]
    parted(merge, admin)
    one.refresh_from_db()
    assert (one.name_en, Complaint.objects.get(pk=complaint.pk).site_id) == ("Blue Hotel", other.pk)
    assert texts(one) == {"Blue Hotel": True, "KB": False}
    assert texts(other) == {"Hotel Blue": True, "KB": False, "Tower 4": False}


def test_a_complaint_about_the_old_reference_is_about_the_site_that_stayed(
    site: Any, registered: Registered, supervisor: User, admin: User, browser: Callable[..., Client]
) -> None:
    one, other = site("Blue Hotel"), site("Hotel Blue")
    merged(one, other, supervisor, admin)
    assert registered(site=other.reference).site_id == one.pk
    answer = browser(supervisor).get(f"/sites/{other.reference}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/sites/{one.reference}/")


def test_the_stricter_of_two_leads_and_takes_the_complaints_along(
    site: Any, registered: Registered, supervisor: User, admin: User
) -> None:
    one, other = site("Blue Hotel"), site("Hotel Blue", national_led=True)
    complaint = registered(site=one.reference)
    merge = merged(one, other, supervisor, admin)
    one.refresh_from_db()
    assert one.national_led
    assert Complaint.objects.get(pk=complaint.pk).handling == "national_led"
    parted(merge, admin)
    one.refresh_from_db()
    assert not one.national_led
    assert Complaint.objects.get(pk=complaint.pk).handling == "national_led"


def test_two_provinces_are_two_places(site: Any, supervisor: User) -> None:
    with pytest.raises(Conflict, match="different provinces"):
        proposed(site("Blue Hotel"), site("Blue Hotel", "12"), supervisor)


def test_who_keeps_no_sites_merges_none(site: Any, officer_psh: User, supervisor: User) -> None:
    with pytest.raises(PermissionDenied):
        proposed(site("Blue Hotel"), site("Hotel Blue"), officer_psh)
