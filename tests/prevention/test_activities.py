"""Awareness activities: recorded by the ministry and the province where they were held, read by all staff, counted as 35."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from core.exceptions import Conflict
from prevention.models import Activity
from prevention.services import add_activity, change_activity
from reports.check import check
from reports.check_splits import check_splits
from reports.figures import parts
from reports.indicators import REGISTRY, Look, Window
from tests.factories.accounts import PSH

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
WINDOW = Window(date(2022, 8, 1), date(2022, 9, 29))
QUERY = "from=2022-08-01&to=2022-09-29"


def held(**more: Any) -> dict[str, Any]:
    words = {
        "kind": "forum",
        "title": "Interfaith forum",
        "held_on": date(2022, 9, 29),
        "province_id": PSH,
        "organisers": ["ncct", "religious_body"],
        "audience": ["public", "religious_leaders"],
        "reached": 300,
        "reached_women": 120,
        "reach_source": "organiser",
    }
    return {**words, **more}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"title": " "}, "title"),
        ({"title": "x" * 1_000_000}, "title"),
        ({"held_on": None}, "held_on"),
        ({"held_on": timezone.localdate() + timedelta(days=2)}, "held_on"),
        ({"until_on": date(2022, 9, 1)}, "until_on"),
        ({"province_id": "00"}, "province_id"),
        ({"province_id": "99"}, "province_id"),
        ({"organisers": []}, "organisers"),
        ({"audience": ["cats"]}, "audience"),
        ({"reached_women": 301}, "reached_women"),
        ({"reached": None}, "reached_women"),
        ({"reach_source": ""}, "reach_source"),
        ({"subject": "Interviewing"}, "subject"),
    ],
)
def test_what_is_no_activity_is_refused_by_field(wrong: dict[str, Any], field: str, supervisor: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        add_activity(by=supervisor, **held(**wrong))
    assert field in refused.value.message_dict
    assert not Activity.objects.exists()


def test_nul_bytes_are_refused(supervisor: Any) -> None:
    with pytest.raises(ValidationError):
        add_activity(by=supervisor, **held(note="a\x00b"))


def test_a_province_records_its_own_and_all_staff_read(
    officer_psh: Any, officer_pp: Any, analyst: Any, intake: Any, partner: Any
) -> None:
    made = add_activity(by=officer_psh, **held())
    with pytest.raises(ValidationError) as other:
        add_activity(by=officer_psh, **held(province_id="12"))
    assert "province_id" in other.value.message_dict
    with pytest.raises(PermissionDenied):
        change_activity(made, by=officer_pp, version=1, **held(title="Mine"))
    with pytest.raises(PermissionDenied):
        add_activity(by=intake, **held())
    assert set(Activity.objects.visible_to(officer_pp)) == {made}
    assert not Activity.objects.visible_to(partner).exists()
    changed = change_activity(made, by=analyst, version=1, **held(reached=310))
    assert changed.version == 2
    with pytest.raises(Conflict) as stale:
        change_activity(made, by=officer_psh, version=1, **held(reached=305))
    assert stale.value.theirs == {"reached": "310"}


def test_it_is_recorded_filtered_and_corrected_on_pages(browser: Browser, officer_psh: Any, officer_pp: Any) -> None:
    client = browser(officer_psh)
    assert "No activity yet" in client.get("/activities/").content.decode()
    typed = {
        "kind": "training",
        "subject": "How to interview children",
        "title": "វគ្គបណ្តុះបណ្តាល",
        "held_on": "២០/៨/២០២២",
        "province_id": PSH,
        "organisers": ["ngo"],
        "audience": ["police"],
        "reached": "៤២",
        "reach_source": "counted",
        "idempotency_key": "k-1",
    }
    for _n in range(2):
        client.post("/activities/new/", typed)
    made = Activity.objects.get()
    assert (made.held_on, made.reached, made.subject) == (date(2022, 8, 20), 42, "How to interview children")
    assert made.reference in client.get("/activities/?audience=police&held_from=1/8/2022").content.decode()
    assert "No activity matches" in client.get("/activities/?kind=forum").content.decode()
    assert client.get("/activities/?held_from=x").status_code == 200
    page = client.post(f"/activities/{made.reference}/edit/", {**typed, "reached": "50", "version": "1"}, follow=True)
    assert "42 → 50" in page.content.decode()
    stale = client.post(f"/activities/{made.reference}/edit/", {**typed, "reached": "60", "version": "1"})
    assert stale.status_code == 409
    assert 'value="60"' in stale.content.decode()
    other = browser(officer_pp)
    assert other.get(f"/activities/{made.reference}/").status_code == 200
    assert other.get(f"/activities/{made.reference}/edit/").status_code == 403


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": "a\x00b"}, "cannot be stored"),
        ({"reached": "many"}, "Write a number"),
        ({"province_id": "12"}, "own province"),
    ],
)
def test_bad_input_is_said_and_kept(typed: dict[str, str], words: str, browser: Browser, officer_psh: Any) -> None:
    body = {"kind": "forum", "held_on": "1/8/2022", "province_id": PSH, "organisers": ["ngo"], "audience": ["public"]}
    answered = browser(officer_psh).post("/activities/new/", {**body, "title": "A forum", "place": "Wat Leu", **typed})
    assert answered.status_code == 400
    page = answered.content.decode()
    assert words in page
    assert 'value="Wat Leu"' in page


def test_the_api_does_the_same(browser: Browser, analyst: Any, partner: Any) -> None:
    client = browser(analyst)
    body = {**held(), "held_on": "2022-09-29", "province": PSH}
    del body["province_id"]
    sent = {"content_type": "application/json", "HTTP_IDEMPOTENCY_KEY": "once-1"}
    first, second = (client.post("/api/v1/activities/", body, **sent) for _n in range(2))
    assert (first.status_code, first.json()) == (201, second.json())
    url = f"/api/v1/activities/{first.json()['reference']}/"
    assert client.patch(url, {"reached": 320}, content_type="application/json").status_code == 400
    changed = client.patch(url, {"reached": 320, "version": 1}, content_type="application/json").json()
    assert (changed["reached"], changed["title"], changed["version"]) == (320, "Interfaith forum", 2)
    assert client.patch(url, {"reached": 330, "version": 1}, content_type="application/json").status_code == 409
    assert len(client.get("/api/v1/activities/?organiser=ncct").json()["results"]) == 1
    assert browser(partner).get("/api/v1/activities/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_the_file_holds_exactly_what_is_filtered_and_no_formula(browser: Browser, supervisor: Any) -> None:
    add_activity(by=supervisor, **held(title="=1+1"))
    add_activity(by=supervisor, **held(kind="campaign", title="Posters"))
    answered = browser(supervisor).get("/activities/export/?kind=forum")
    lines = b"".join(answered.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "'=1+1" in lines[1]
    assert "2022-09-29,,18," in lines[1]
    assert 'ncct religious_body,public religious_leaders,"",300,120,organiser' in lines[1]
    assert browser(supervisor).get("/activities/export/?kind=party").status_code == 400


def test_indicator_35_counts_them_with_the_people_reached(
    supervisor: Any, system: Any, officer_psh: Any, browser: Browser
) -> None:
    add_activity(by=supervisor, **held())
    add_activity(by=supervisor, **held(province_id="12", reached=80, reached_women=None, audience=["police"]))
    add_activity(by=supervisor, **held(kind="campaign", reached=None, reached_women=None, reach_source=""))
    add_activity(by=supervisor, **held(held_on=date(2022, 9, 30)))
    indicator, look = REGISTRY["prevention_activities"], Look(system, WINDOW)
    figure = indicator.figure(look)
    assert (figure.value, figure.count) == (3, 3)
    sexes = {"reached_women": 120, "reached_men": 180, "reached_unsaid": 80}
    assert figure.beside == {"reached": 380, **sexes, "reached_awareness": 380, "reached_training": 0}
    assert indicator.figure(Look(officer_psh, WINDOW)).value == 2
    assert {part.code: part.n for part in parts(indicator, indicator.split("kind"), look)} == {
        "forum": 2,
        "campaign": 1,
    }
    audience = {part.code: part.n for part in parts(indicator, indicator.split("audience"), look)}
    assert audience == {"public": 2, "religious_leaders": 2, "police": 1}
    plain = {name: (defined, sql) for name, defined, sql in check(WINDOW, PSH)}
    assert plain["prevention_activities"] == (3, 3)
    for name, defined, sql in check_splits(WINDOW, PSH):
        if name.startswith("prevention"):
            assert defined == sql
    client = browser(supervisor)
    page = client.get(f"/reports/indicators/prevention_activities/?{QUERY}").content.decode()
    assert "380" in page
    records = client.get(f"/reports/indicators/prevention_activities/records/?{QUERY}&audience=police").content.decode()
    assert records.count("AC-") >= 1
    api = client.get(f"/api/v1/indicators/prevention_activities/records/?{QUERY}").json()
    assert len(api["results"]) == 3
