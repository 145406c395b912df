"""Where a person found is now: kinds for who may see the person, the address sealed, one open stay a person."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEvent
from core.exceptions import Conflict
from people.services import make_person
from victims.models import Stay, Victim
from victims.services import add_victim, advance, decide
from victims.services.assistance import record_care
from victims.services.places import record_place

Browser = Callable[..., Any]
STREET = "ផ្ទះលេខ ៧ ផ្លូវ ១១០"


@pytest.fixture
def rescued(registered: Any, officer_psh: User) -> Victim:
    """Somebody brought out four days ago."""
    victim = add_victim(registered(), make_person(name="Sok Lina"), by=officer_psh)
    return advance(victim, "record_rescue", by=officer_psh, happened_at=timezone.now() - timedelta(days=4))


def test_the_kind_stands_on_the_page_and_the_address_does_not(
    rescued: Victim, browser: Browser, officer_psh: User
) -> None:
    client = browser(officer_psh)
    url = f"/victims/{rescued.reference}/place/"
    assert client.post(url, {"kind": "shelter", "detail": STREET}).status_code == 302
    text = client.get(f"/victims/{rescued.reference}/").content.decode()
    assert "Shelter" in text
    assert "Ask to see" in text
    assert STREET not in text + client.get(url).content.decode()
    stay = Stay.objects.get(victim=rescued)
    assert STREET.encode() not in stay.detail.box


def test_the_address_is_shown_to_who_gives_a_reason_and_that_is_recorded(
    rescued: Victim, browser: Browser, officer_psh: User
) -> None:
    record_place(rescued, by=officer_psh, kind="shelter", detail=STREET)
    client, url = browser(officer_psh), f"/victims/{rescued.reference}/place/show/"
    assert client.post(url, {"reason": " "}).status_code == 400
    assert not AuditEvent.objects.filter(verb="victim.reveal_place").exists()
    answer = client.post(url, {"reason": "The court asked for her"})
    assert STREET in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    event = AuditEvent.objects.get(verb="victim.reveal_place")
    assert "court" not in f"{event.purpose}{event.detail}"
    assert STREET not in client.get(url).content.decode()


def test_the_stay_before_ends_when_the_next_begins(rescued: Victim, officer_psh: User) -> None:
    today = timezone.localdate()
    record_place(rescued, by=officer_psh, kind="police", since=today - timedelta(days=3))
    record_place(rescued, by=officer_psh, kind="shelter", since=today - timedelta(days=1))
    found = Stay.objects.filter(victim=rescued).order_by("since").values_list("kind", "until")
    assert list(found) == [("police", today - timedelta(days=1)), ("shelter", None)]
    with pytest.raises(ValidationError):
        record_place(rescued, by=officer_psh, kind="hotel", since=today - timedelta(days=2))
    with pytest.raises(ValidationError):
        record_place(rescued, by=officer_psh, kind="hotel", since=today + timedelta(days=1))


def test_a_wrong_year_is_asked_about(rescued: Victim, officer_psh: User) -> None:
    for year in (202, 1990):
        with pytest.raises(ValidationError) as refused:
            record_place(rescued, by=officer_psh, kind="police", since=date(year, 1, 1))
        assert set(refused.value.message_dict) == {"since"}
        with pytest.raises(ValidationError) as refused:
            record_care(rescued, by=officer_psh, service="medical", provider_name="Nurse", from_on=date(year, 1, 1))
        assert set(refused.value.message_dict) == {"from_on"}


def test_a_service_that_goes_on_ends_where_it_is_said_again(rescued: Victim, officer_psh: User) -> None:
    said = {"by": officer_psh, "service": "medical", "provider_name": "Nurse", "note": "Fever"}
    today = timezone.localdate()
    begun = record_care(rescued, from_on=today - timedelta(days=3), **said)
    with pytest.raises(ValidationError) as refused:  # what was recorded stands
        record_care(rescued, until_on=today, **said | {"note": "Well again"})
    assert set(refused.value.message_dict) == {"note"}
    ended = record_care(rescued, until_on=today, **said | {"note": ""})
    assert (ended.pk, ended.from_on, ended.until_on) == (begun.pk, begun.from_on, today)
    again = record_care(rescued, **said)
    with pytest.raises(ValidationError):
        record_care(rescued, until_on=today - timedelta(days=1), **said)
    assert again.pk != begun.pk


def test_the_database_holds_one_open_stay_a_person(rescued: Victim, officer_psh: User) -> None:
    stay = record_place(rescued, by=officer_psh, kind="police")
    twice = {"complaint_id": stay.complaint_id, "province_id": stay.province_id, "handling": stay.handling}
    with pytest.raises(IntegrityError, match="stay_one_open_a_person"), transaction.atomic():
        Stay.objects.create(victim=rescued, kind="hotel", since=stay.since, by=officer_psh, **twice)


def test_nobody_who_was_not_found_is_anywhere(registered: Any, officer_psh: User, browser: Browser) -> None:
    victim = add_victim(registered(), make_person(), by=officer_psh)
    with pytest.raises(Conflict):
        record_place(victim, by=officer_psh, kind="shelter")
    answer = browser(officer_psh).post(f"/victims/{victim.reference}/place/", {"kind": "shelter", "detail": STREET})
    assert answer.status_code == 409
    assert STREET in answer.content.decode()
    assert "Place now" not in browser(officer_psh).get(f"/victims/{victim.reference}/").content.decode()


def test_the_board_holds_victims_in_detention_now(
    rescued: Victim, browser: Browser, supervisor: User, officer_psh: User, officer_pp: User
) -> None:
    url = "/victims/?board=held"
    record_place(rescued, by=officer_psh, kind="immigration_detention")
    assert not browser(supervisor).get(url).context["rows"]
    decide(rescued, "decide_presumed", by=officer_psh)
    assert [row.reference for row in browser(supervisor).get(url).context["rows"]] == [rescued.reference]
    assert not browser(officer_pp).get(url).context["rows"]
    record_place(rescued, by=officer_psh, kind="shelter")
    assert not browser(supervisor).get(url).context["rows"]


def test_programs_record_it_and_read_kinds_and_days(rescued: Victim, program: Any, officer_psh: User) -> None:
    client, url = program(officer_psh), f"/api/v1/victims/{rescued.reference}/place/"
    made = client.post(url, {"kind": "hospital", "detail": STREET}, format="json")
    assert made.status_code == 201
    assert STREET not in made.content.decode() + client.get(url).content.decode()
    assert client.get(url).json()[0]["kind"] == "hospital"
    assert client.post(f"{url}show/", {"reason": ""}, format="json").status_code == 400
    assert client.post(f"{url}show/", {"reason": "Visit today"}, format="json").json()["detail"] == STREET


def test_victims_in_detention_stand_first_on_the_supervisors_page(
    rescued: Victim, browser: Browser, supervisor: User, officer_psh: User
) -> None:
    decide(rescued, "decide_trafficked", by=officer_psh)
    assert browser(supervisor).get("/").context["held"] is None
    record_place(rescued, by=officer_psh, kind="police", detail=STREET, since=timezone.localdate() - timedelta(days=3))
    page = browser(supervisor).get("/")
    (row,) = page.context["held"]["rows"]
    assert (row.reference, row.rescue, row.since) == (rescued.reference, "Police", "3 d")
    assert page.context["counts"][0]["url"] == "#held"
    assert STREET not in page.content.decode()
    assert browser(officer_psh).get("/").context["held"] is None


def test_a_rescue_may_say_where_the_person_is_now_and_a_search_taken_up_again_ends_that(
    registered: Any, browser: Browser, officer_psh: User
) -> None:
    victim = add_victim(registered(), make_person(name="Chan Dara"), by=officer_psh)
    said = {"step": "record_rescue", "place_now": "hospital"}
    assert browser(officer_psh).post(f"/victims/{victim.reference}/", said).status_code == 302
    victim.refresh_from_db()
    stay = Stay.objects.get(victim=victim)
    assert (stay.kind, stay.since, stay.until) == ("hospital", victim.rescued_on, None)
    advance(victim, "resume_search", by=officer_psh, note="It was somebody else")
    assert not Stay.objects.now().filter(victim=victim).exists()


def test_who_is_nowhere_recorded_leads_back_to_the_person(rescued: Victim, browser: Browser, officer_psh: User) -> None:
    client, page = browser(officer_psh), f"/victims/{rescued.reference}/"
    for answer in (
        client.get(f"{page}place/show/", follow=True),
        client.post(f"{page}place/show/", {"reason": "The court asked for her"}, follow=True),
    ):
        assert answer.redirect_chain == [(page, 302)]
        assert [str(message) for message in answer.context["messages"]] == [
            "Nobody has recorded where the person is now."
        ]
    assert not AuditEvent.objects.filter(verb="victim.reveal_place").exists()


def test_a_change_of_place_is_a_line_of_the_story(rescued: Victim, browser: Browser, officer_psh: User) -> None:
    record_place(rescued, by=officer_psh, kind="police", detail=STREET)
    record_place(rescued, by=officer_psh, kind="shelter", detail=STREET)
    page = f"/victims/{rescued.reference}/"
    for url in (page, f"{page}history/"):
        answer = browser(officer_psh).get(url)
        told = [str(item["title"]) for item in answer.context["timeline"]]
        assert told[:2] == ["Place: Shelter", "Place: Police"]
        assert STREET not in answer.content.decode()


def test_each_place_stands_on_one_page_of_a_long_history(rescued: Victim, browser: Browser, officer_psh: User) -> None:
    for kind in ("police", "hospital"):
        record_place(rescued, by=officer_psh, kind=kind)
        advance(rescued, "resume_search", by=officer_psh, note="It was somebody else")
        rescued = advance(rescued, "record_rescue", by=officer_psh)
    told, url = [], f"/victims/{rescued.reference}/history/?page_size=2"
    client = browser(officer_psh)
    while url:
        answer = client.get(url)
        told += [str(item["title"]) for item in answer.context["timeline"]]
        cursor = answer.context["page"].next
        url = f"/victims/{rescued.reference}/history/?page_size=2&cursor={cursor}" if cursor else ""
    assert [line for line in told if line.startswith("Place:")] == ["Place: Hospital", "Place: Police"]
