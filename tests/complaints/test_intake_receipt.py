"""The form of a new complaint: the receipt of who sent it."""

from typing import Any

import pytest

from tests.complaints.intake_form import NEW, WORDS, register, text_of
from workflow.models import Submission

pytestmark = pytest.mark.django_db


def test_the_receipt_says_who_has_it_and_until_when(intake: Any, officer_psh: Any, browser: Any) -> None:
    client = browser(intake)
    complaint = register(client, province_of_incident="18", urgency="immediate")
    page = client.get(f"{NEW}receipt/{complaint.reference}/")
    assert complaint.reference in text_of(page)
    assert "Sent to Preah Sihanouk" in text_of(page)
    assert f"Told: {officer_psh.name}" in text_of(page)
    assert "To be acknowledged by" in text_of(page)
    assert f'href="/complaints/{complaint.reference}/"' in page.content.decode()


def test_the_receipt_of_a_sealed_complaint_shows_the_reference_and_no_way_in(intake: Any, browser: Any) -> None:
    client = browser(intake)
    client.post(NEW, WORDS | {"province_of_incident": "18", "official": "the police of village 4"})
    reference = Submission.objects.get().reference
    page = client.get(f"{NEW}receipt/{reference}/")
    assert page.status_code == 200
    assert reference in text_of(page)
    assert f'href="/complaints/{reference}/"' not in page.content.decode()
    for word in ("Preah", "village", "Nine", "ealed", "Told"):
        assert word not in text_of(page).split("Registered")[1]


def test_an_officer_who_logs_for_another_province_gets_a_receipt(officer_pp: Any, browser: Any) -> None:
    client = browser(officer_pp)
    answer = client.post(NEW, WORDS | {"province_of_incident": "18"}, follow=True)
    assert "It is with those who handle it" in text_of(answer)
    assert client.get(f"/complaints/{answer.context['sent'].reference}/").status_code == 404


def test_a_receipt_is_only_for_who_sent_the_form(intake: Any, supervisor: Any, browser: Any) -> None:
    complaint = register(browser(intake), province_of_incident="18")
    assert browser(supervisor).get(f"{NEW}receipt/{complaint.reference}/").status_code == 404
    assert browser(supervisor).get(f"{NEW}receipt/KH-2026-NOTONE/").status_code == 404
