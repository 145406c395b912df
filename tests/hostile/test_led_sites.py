"""Which sites the ministry leads is what a bribed officer would sell: the province is not told."""

from collections.abc import Callable

from django.test import Client

from accounts.models import User
from complaints.models import Complaint
from tests.factories.places import a_site

Browser = Callable[..., Client]
LEADS = "the ministry leads everything about this site"


def test_the_form_tells_the_ministry_and_not_the_province_who_leads_a_site(
    browser: Browser, officer_psh: User, intake: User, supervisor: User
) -> None:
    site = a_site(supervisor, national_led=True)
    typed = {"site": site.reference, "province_of_incident": "18"}
    for page in ("/complaints/new/proposal/",):
        assert LEADS in browser(intake).get(page, typed).content.decode()
        assert LEADS not in browser(officer_psh).get(page, typed).content.decode()
    assert LEADS not in browser(officer_psh).post("/complaints/new/", typed).content.decode()


def test_what_the_province_registers_at_such_a_site_is_led_by_the_ministry(
    browser: Browser, officer_psh: User, supervisor: User
) -> None:
    site = a_site(supervisor, national_led=True)
    said = {"channel": "walk_in", "narrative": "Held there.", "site": site.reference, "urgency": "normal"}
    browser(officer_psh).post("/complaints/new/", said)
    complaint = Complaint.objects.get()
    assert complaint.handling == "national_led"
    assert not Complaint.objects.visible_to(officer_psh).exists()
