"""What was opened by name ends with the role it was opened to, and is not passed on by who was named."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts import services
from accounts.models import User
from complaints.models import Complaint
from complaints.services import name_handler

Browser = Callable[..., Client]


@pytest.fixture
def sealed(registered: Callable[..., Complaint], officer_psh: User, integrity: User) -> Complaint:
    """A sealed complaint that the officer was named for."""
    complaint = registered(handling="sealed")
    name_handler(complaint, officer_psh, by=integrity)
    return complaint


def test_another_role_does_not_take_a_naming_along(
    browser: Browser, sealed: Complaint, officer_psh: User, admin: User
) -> None:
    url = f"/complaints/{sealed.reference}/"
    assert browser(officer_psh).get(url).status_code == 200
    user = services.edit_user(officer_psh, by=admin, version=officer_psh.version, role="intake")
    assert browser(user).get(url).status_code == 404


def test_an_account_opened_again_has_no_namings_of_before(
    browser: Browser, sealed: Complaint, officer_psh: User, admin: User
) -> None:
    services.deactivate(officer_psh, by=admin)
    user, _password = services.reactivate(officer_psh, by=admin)
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    user.refresh_from_db()
    assert browser(user).get(f"/complaints/{sealed.reference}/").status_code == 404


def test_who_is_named_for_a_sealed_complaint_does_not_name_others(
    sealed: Complaint, supervisor: User, integrity: User, officer_pp: User
) -> None:
    name_handler(sealed, supervisor, by=integrity)
    with pytest.raises(PermissionDenied):
        name_handler(sealed, officer_pp, by=supervisor)
    assert not Complaint.objects.visible_to(officer_pp).exists()
