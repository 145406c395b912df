"""One closing in ten is read again, by somebody who neither proposed nor closed it."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint, SecondReading
from complaints.services import advance, name_handler
from complaints.services.readings import figures_for, is_drawn, may_read, read_again
from complaints.waiting import arms_of
from core.exceptions import Conflict
from core.models import new_reference
from core.sealed import key_for
from notifications.due import numbers_due
from notifications.models import Notification
from tests.complaints.test_approvals import kinds, verifying
from tests.factories.accounts import GrantFactory, UserFactory
from tests.queries import asked

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db


def reference(*, drawn: bool) -> str:
    return next(made for made in iter(lambda: new_reference("KH"), None) if is_drawn(made) == drawn)


@pytest.fixture
def closed(registered: Any, officer_psh: User, supervisor: User) -> Callable[..., Complaint]:
    """Close a complaint that is drawn (or not): proposed by the officer, closed by the supervisor."""

    def close(*, drawn: bool = True, by: User | None = None) -> Complaint:
        row = registered()
        Complaint.objects.filter(pk=row.pk).update(reference=reference(drawn=drawn))
        row = verifying(Complaint.objects.get(pk=row.pk), officer_psh)
        row = advance(row, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="Nobody there.")
        row = advance(row, "confirm_outcome", by=supervisor)
        return advance(advance(row, "propose_closing", by=by or officer_psh), "close", by=supervisor)

    return close


def test_one_in_ten_is_drawn_and_always_the_same() -> None:
    made = [new_reference("KH") for _ in range(4_000)]
    drawn = [one for one in made if is_drawn(one)]
    assert 300 <= len(drawn) <= 500
    assert drawn == [one for one in made if is_drawn(one)]


def test_the_draw_hangs_on_a_key_of_its_own(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [new_reference("KH") for _ in range(300)]
    before = [is_drawn(one) for one in made]
    settings.SECRET_KEY = "another-key-of-the-same-house"
    assert [is_drawn(one) for one in made] == before
    monkeypatch.setenv("SANGKROH_KEY_READING", base64.b64encode(bytes(range(32))).decode())
    key_for.cache_clear()
    try:
        assert [is_drawn(one) for one in made] != before
    finally:
        monkeypatch.undo()
        key_for.cache_clear()


def test_the_closing_draws_it_once_and_tells_who_had_no_part(
    supervisor2: User, closed: Any, supervisor: User, officer_psh: User
) -> None:
    closed(drawn=False)
    assert not SecondReading.objects.exists()
    row = closed()
    reading = SecondReading.objects.get()
    assert (reading.closed_by, reading.proposed_by, reading.reference) == (supervisor, officer_psh, row.reference)
    told = Notification.objects.filter(kind="second_reading_drawn", channel="in_app")
    assert set(told.values_list("recipient__username", flat=True)) == {"supervisor2"}
    assert "second_reading" in kinds(supervisor2)
    assert "second_reading" not in kinds(supervisor)
    assert "second_reading" in kinds(supervisor, own=True)
    row = advance(row, "reopen", by=supervisor, note="A witness came.")
    assert "second_reading" not in kinds(supervisor2)
    row = advance(row, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="Nobody there.")
    row = advance(row, "confirm_outcome", by=supervisor)
    advance(advance(row, "propose_closing", by=officer_psh), "close", by=supervisor)
    assert SecondReading.objects.count() == 1
    assert kinds(supervisor2).count("second_reading") == 1


def test_it_is_read_once_by_who_had_no_part(
    supervisor2: User, closed: Any, supervisor: User, officer_psh: User, analyst: User
) -> None:
    closed(by=supervisor2)
    reading = SecondReading.objects.get()
    for by in (supervisor, supervisor2, analyst, officer_psh):
        with pytest.raises(PermissionDenied):
            read_again(reading, by=by, finding="stands", words="")
    third = User.objects.create(username="third", role="supervisor", name="Third")
    with pytest.raises(ValidationError):
        read_again(reading, by=third, finding="reopen", words=" ")
    with pytest.raises(ValidationError):
        read_again(reading, by=third, finding="perhaps", words="")
    read_again(reading, by=third, finding="stands", words="As it should be.")
    with pytest.raises(Conflict):
        read_again(reading, by=third, finding="reopen", words="No.")
    assert figures_for(third) == {"drawn": 1, "read": 1, "stands": 1, "reopen": 0}
    for change in ({"finding": "reopen"}, {"reader": supervisor2}, {"closed_by": third}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SecondReading.objects.update(**change)


def test_sealed_ones_are_the_integrity_units(
    supervisor2: User, closed: Any, supervisor: User, integrity: User, browser: Browser
) -> None:
    row = closed()
    advance(row, "seal", by=supervisor2, note="An official is named.")
    reading = SecondReading.objects.get()
    assert reading.is_sealed
    GrantFactory(complaint_id=row.pk, user=supervisor2, kind="naming")
    assert not may_read(reading, supervisor2)
    with pytest.raises(Http404):
        read_again(reading, by=supervisor2, finding="stands", words="")
    assert kinds(integrity) == ["second_reading"]
    work = browser(integrity).get("/")
    assert [one.kind for one in work.context["others"]] == ["second_reading"]
    assert f"/approvals/readings/{reading.reference}/" in work.content.decode()
    read_again(reading, by=integrity, finding="reopen", words="The official was never asked.")
    told = Notification.objects.filter(kind="reopening_asked", channel="in_app")
    assert set(told.values_list("recipient__username", flat=True)) == {"supervisor2"}
    assert figures_for(supervisor)["drawn"] == 0
    assert arms_of(integrity)


def test_the_pages_lead_from_the_queue_to_the_reopening(
    supervisor2: User, closed: Any, browser: Browser, integrity: User
) -> None:
    row, client = closed(), browser(supervisor2)
    url = f"/approvals/readings/{row.reference}/"
    assert url in client.get("/approvals/").content.decode()
    assert row.reference in client.get("/approvals/readings/").content.decode()
    page = client.get(url).content.decode()
    assert "What did you find?" in page
    answer = client.post(url, {"finding": "reopen", "words": ""})
    assert answer.status_code == 400
    assert "Write down why." in answer.content.decode()
    answer = client.post(url, {"finding": "reopen", "words": "Nobody asked the neighbours."})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/complaints/{row.reference}/steps/reopen/")
    assert client.post(url, {"finding": "stands", "words": ""}).status_code == 409
    page = client.get("/approvals/readings/?all=1").content.decode()
    assert "1 drawn, 1 read: 0 stand, 1 asked to be reopened." in page
    assert "Nothing is to be read" in client.get("/approvals/readings/").content.decode()
    assert browser(integrity).get(url).status_code == 404


def test_a_reopening_that_is_asked_for_waits_until_it_is_done(
    supervisor2: User, closed: Any, supervisor: User, officer_psh: User, integrity: User, browser: Browser
) -> None:
    row = closed()
    read_again(SecondReading.objects.get(), by=supervisor2, finding="reopen", words="Nobody asked the neighbours.")
    for user in (supervisor, supervisor2):
        assert kinds(user) == ["reopening"]
        page = browser(user).get("/approvals/").content.decode()
        assert f"/complaints/{row.reference}/steps/reopen/" in page
        assert numbers_due(user, timezone.now())[0][1] == 1
    assert kinds(supervisor2, own=True) == ["reopening"]
    assert kinds(integrity) == kinds(officer_psh) == kinds(supervisor, own=True) == []
    row = advance(row, "reopen", by=supervisor, note="Asked by the second reading.")
    assert kinds(supervisor) == kinds(supervisor2) == kinds(supervisor2, own=True) == []
    row = advance(row, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="Nobody there.")
    row = advance(row, "confirm_outcome", by=supervisor)
    advance(advance(row, "propose_closing", by=officer_psh), "close", by=supervisor)
    assert kinds(supervisor2) == []


def test_of_a_sealed_one_whose_naming_ended_the_integrity_unit_names_somebody(
    supervisor2: User, closed: Any, integrity: User, browser: Browser
) -> None:
    row = closed()
    advance(row, "seal", by=supervisor2, note="An official is named.")
    unit = UserFactory(username="integrity.two", role="integrity")
    read_again(SecondReading.objects.get(), by=integrity, finding="reopen", words="The official was never asked.")
    told = Notification.objects.filter(kind="reopening_asked", channel="in_app")
    assert set(told.values_list("recipient__username", flat=True)) == {"integrity.two"}
    assert kinds(supervisor2) == []
    for user in (integrity, unit):
        assert kinds(user) == ["reopening"]
        client = browser(user)
        (line,) = client.get("/approvals/").context["rows"]
        assert line.url == f"/complaints/{row.reference}/handlers/"
        assert client.get(line.url).status_code == 200
    name_handler(row, supervisor2, by=integrity)
    assert kinds(unit) == []
    assert kinds(supervisor2) == ["reopening"]
    assert kinds(integrity, own=True) == ["reopening"]


def test_the_api_reads_it_too(supervisor2: User, supervisor: User, closed: Any, program: Any) -> None:
    row, client = closed(), program(supervisor2)
    url = f"/api/v1/second-readings/{row.reference}/"
    assert [one["complaint"] for one in client.get("/api/v1/second-readings/?waiting=1").json()["results"]] == [
        row.reference
    ]
    assert program(supervisor).post(f"{url}read/", {"finding": "stands"}, format="json").status_code == 403
    answer = client.post(f"{url}read/", {"finding": "stands", "words": "Right."}, format="json").json()
    assert (answer["finding"], answer["words"], answer["reader"]) == ("stands", "Right.", "supervisor2")
    assert client.post(f"{url}read/", {"finding": "stands"}, format="json").status_code == 409
    assert client.get("/api/v1/second-readings/?waiting=1").json()["results"] == []
    assert client.get("/api/v1/second-readings/figures/").json() == {"drawn": 1, "read": 1, "stands": 1, "reopen": 0}


def test_the_list_costs_the_same_however_long(supervisor2: User, closed: Any, browser: Browser) -> None:
    client = browser(supervisor2)
    closed()
    client.get("/approvals/readings/")
    few = asked(client, "/approvals/readings/")
    closed(), closed()
    assert len(asked(client, "/approvals/readings/")) == len(few) <= 12, few


def test_who_closes_it_again_after_a_reopening_does_not_read_it_either(
    supervisor2: User, closed: Any, officer_psh: User, supervisor: User
) -> None:
    row = advance(closed(), "reopen", by=supervisor, note="A witness came.")
    row = advance(row, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="Nobody there.")
    row = advance(row, "confirm_outcome", by=supervisor)
    advance(advance(row, "propose_closing", by=officer_psh), "close", by=supervisor2)
    assert "second_reading" not in kinds(supervisor2)
    with pytest.raises(PermissionDenied):
        read_again(SecondReading.objects.get(), by=supervisor2, finding="stands", words="")
