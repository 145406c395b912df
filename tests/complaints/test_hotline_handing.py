"""A call of the hotline given to a colleague, taken back, and ended by two at once."""

from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from complaints.models import Call, Complaint, Contact
from complaints.said import ComplaintSaid
from complaints.services.hotline import begin_call, end_as_complaint, take_over
from core.exceptions import Conflict
from notifications.models import Notification
from tests.api.test_races import at_once
from tests.complaints.calls import SAID, a_call, page_of, press
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(intake: User) -> Call:
    return a_call(intake)


@pytest.fixture
def colleague(db: Any) -> User:
    return UserFactory(username="intake2", role="intake", name="Sok Dara")


def test_a_colleague_sees_at_once_what_was_typed_and_takes_the_call_with_one_press(
    browser: Any, intake: User, colleague: User, call: Call
) -> None:
    first, second = browser(intake), browser(colleague)
    assert second.get(page_of(call)).status_code == 404
    press(first, call, "hand-over", to="intake2")
    assert Notification.objects.filter(kind="call_handed", recipient=colleague, reference=call.reference).exists()
    assert "hands a call over to you" in second.get("/").content.decode()
    assert "My daughter is held" in second.get(page_of(call)).content.decode()
    assert second.post(page_of(call), {**SAID, "act": "register"}).status_code == 409
    first.post(page_of(call) + "beside/", {**SAID, "narrative": "She is on the sixth floor."})
    second.post(page_of(call) + "take/")
    page = second.get(page_of(call))
    assert "She is on the sixth floor." in page.content.decode()
    assert page.context["seconds"] >= 180
    refused = press(first, call, "register")
    assert refused.status_code == 409
    assert "Sok Dara has taken this call over" in refused.content.decode()
    late = first.post(page_of(call) + "beside/", SAID).content.decode()
    assert "taken this call over" in late
    assert 'id="call-kept" class="sk-draft sk-draft--failed"' in late  # also in the strip, which stays in sight
    assert "My daughter" not in first.get(page_of(call)).content.decode()
    press(second, call, "register")
    assert Complaint.objects.get().received_at == call.began_at
    assert Complaint.objects.get().logged_by == colleague


@pytest.mark.parametrize("ended", ["register", "more"])
def test_who_gave_a_call_on_reads_no_reference_of_the_sealed_complaint_it_became(
    browser: Any, intake: User, colleague: User, call: Call, complaint: Complaint, ended: str
) -> None:
    first, second = browser(intake), browser(colleague)
    press(first, call, "hand-over", to="intake2")
    second.post(page_of(call) + "take/")
    press(second, call, ended if ended == "register" else f"more-{complaint.reference}", names_official="on")
    call.refresh_from_db()
    sealed = Complaint._base_manager.get(reference=call.became)
    assert sealed.handling == "sealed"
    answers = [first.get(page_of(call)), press(first, call, "register"), first.post(page_of(call) + "take/")]
    answers += [first.post(page_of(call) + "beside/", SAID), press(first, call, "contact")]
    pages = [answer.content.decode() for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 409, 409, 200, 409]
    assert [page[max(page.find(sealed.reference) - 99, 0) :][:150] for page in pages if sealed.reference in page] == []
    assert "This call was saved" in pages[0]
    assert all("Sok Dara has taken this call over" in page for page in pages[1:])
    assert sealed.reference in press(second, call, "register").content.decode()


def test_who_gave_a_call_on_reads_what_it_became_where_they_may_see_that(
    browser: Any, intake: User, colleague: User, call: Call
) -> None:
    first, second = browser(intake), browser(colleague)
    press(first, call, "hand-over", to="intake2")
    second.post(page_of(call) + "take/")
    press(second, call, "register")
    reference = Complaint.objects.get().reference
    assert first.get(page_of(call)).headers["Location"] == f"/complaints/{reference}/rings/"
    assert f"saved already, as {reference}" in press(first, call, "register").content.decode()


def test_an_offer_is_taken_back_or_too_late(browser: Any, intake: User, colleague: User, call: Call) -> None:
    client = browser(intake)
    press(client, call, "hand-over", to="intake2")
    client.post(page_of(call) + "take/")
    with pytest.raises(Http404):
        take_over(call, by=colleague)
    press(client, call, "hand-over", to="intake2")
    press(client, call, "register")
    with pytest.raises(Http404):
        take_over(call, by=colleague)


def test_a_call_is_handed_to_who_answers_the_hotline_only(
    browser: Any, intake: User, officer_psh: User, call: Call
) -> None:
    answer = press(browser(intake), call, "hand-over", to=officer_psh.username)
    assert answer.status_code == 400
    assert "Choose a colleague who answers the hotline." in answer.content.decode()
    assert "My daughter is held" in answer.content.decode()


def test_an_administrator_or_officer_answers_no_call(admin: User, officer_psh: User) -> None:
    for user in (admin, officer_psh):
        with pytest.raises(PermissionDenied):
            begin_call(by=user, key="k-1")


@pytest.mark.django_db(transaction=True)
def test_two_who_end_one_call_at_once_leave_one_complaint(intake: User) -> None:
    call = begin_call(by=intake, key="k-call")
    said, start = ComplaintSaid(narrative="They beat her."), Barrier(2)

    def end() -> str:
        start.wait()
        try:
            return end_as_complaint(Call.objects.get(pk=call.pk), said, by=intake).became
        except Conflict:
            return "too late"

    ends = at_once([end, end])
    assert sorted(ends) == sorted([Complaint.objects.get().reference, "too late"])
    assert Contact.objects.count() == 1
