"""Nobody, and no complaint, runs twice at the same receiver; a receiver that is gone loses nobody what they typed."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from complaints.models import Complaint
from core.exceptions import Conflict
from partners.models import Partner
from partners.services import add_partner
from referrals.migrations import __path__ as migrations
from referrals.models import Referral
from referrals.services import advance, report, send
from tests.factories.referrals import ReferralFactory
from tests.fixtures.referrals import SHELTER
from victims.models import Care, Victim

pytestmark = pytest.mark.django_db
ASK = {"message": "Look for the van", "contact": "Duty office"}


def test_a_person_runs_once_at_a_province(lan: Victim, officer_psh: Any, officer_pp: Any, browser: Any) -> None:
    first = send(lan.complaint, by=officer_psh, to="12", victim=lan, message="Ask her brother")
    with pytest.raises(Conflict):
        send(lan.complaint, by=officer_psh, to="12", victim=lan, message="Ask her brother")
    send(lan.complaint, by=officer_psh, to="03", victim=lan, message="Ask her brother")
    client, page = browser(officer_psh), f"/referrals/new/{lan.reference}/"
    assert "referred there already" in client.get(f"{page}?to=12").content.decode()
    form = {"to": "12", "people": [lan.reference], "message": "Ask her brother", "idempotency_key": "k-1"}
    refused = client.post(page, form)
    assert refused.status_code == 409
    assert "Ask her brother" in refused.content.decode()
    advance(first, "return", by=officer_pp, reason="unclear")
    assert send(lan.complaint, by=officer_psh, to="12", victim=lan, message="In street 51").status == "sent"


def test_a_complaint_runs_once_at_a_partner_and_at_a_province(
    found: Complaint, shelter: Partner, officer_psh: Any, program: Any
) -> None:
    for to in (shelter.reference, "12"):
        send(found, by=officer_psh, to=to, **ASK)
        said = {"to": to, "complaint": found.reference, **ASK}
        refused = program(officer_psh).post("/api/v1/referrals/", said)
        assert (refused.status_code, refused.json()["detail"]) == (409, "This is referred there already.")
    assert Referral.objects.count() == 2
    handed = send(found, by=officer_psh, to="12", kind="transfer", message="Theirs now")  # who helps may take it over
    assert handed.kind == "transfer"


@pytest.mark.parametrize("of_person", [True, False])
@pytest.mark.parametrize("to", ["partner", "province"])
def test_the_database_holds_it(to: str, of_person: bool, lan: Victim, shelter: Partner) -> None:
    said: dict[str, Any] = {"complaint": lan.complaint, "victim": lan if of_person else None, "to_partner": None}
    said |= {"to_partner": shelter} if to == "partner" else {"to_province_id": "12"}
    ReferralFactory(**said)
    with pytest.raises(IntegrityError, match="once"), transaction.atomic():
        ReferralFactory(**said)
    if not (of_person and to == "partner"):  # that rule is older, and left nothing twice
        ReferralFactory(**said, is_repeated=True)


def test_what_was_sent_twice_before_runs_on(lan: Victim) -> None:
    text = (Path(migrations[0]) / "0006_once_running.py").read_text()
    sql = re.search(r'REPEATED = """(.*?)"""', text, re.DOTALL).group(1)  # type: ignore[union-attr]
    said: dict[str, Any] = {"complaint": lan.complaint, "to_partner": None, "to_province_id": "12"}
    rows = [ReferralFactory(**said, victim=lan, is_repeated=n > 0) for n in range(3)]
    alone = ReferralFactory(**said)
    Referral.objects.filter(pk=rows[2].pk).update(is_repeated=False, status="returned")
    with connection.cursor() as cursor:
        cursor.execute(sql)
    kept = dict(Referral.objects.values_list("pk", "is_repeated"))
    assert [kept[row.pk] for row in (*rows, alone)] == [False, True, False, False]


def typed(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([a-z0-9_]+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(value)
    return found


def test_a_receiver_that_is_gone_keeps_what_was_typed(
    lan: Victim, shelter: Partner, supervisor: Any, officer_psh: Any, browser: Any
) -> None:
    client, page = browser(officer_psh), f"/referrals/new/{lan.reference}/"
    form = SHELTER | {"to": shelter.reference, "people": [lan.reference], "idempotency_key": "k-1"}
    form |= {"brought_at_0": "1/12/2026", "brought_at_1": "15:40"}
    other = add_partner(by=supervisor, kind="shelter", name_en="River house")
    Partner.objects.filter(pk=shelter.pk).update(is_active=False)
    gone = client.post(page, form)
    assert gone.status_code == 409
    told = gone.content.decode()
    assert "takes nobody any more" in told
    assert "River house" in told
    kept = typed(told)
    anew = client.post(page, kept | {"to": other.reference})
    assert anew.status_code == 200
    shown = anew.content.decode()
    for word in ("Bed and food", "Vietnamese", "Duty office 012 777 666", "1/12/2026", "15:40", 'value="k-1"'):
        assert word in shown, word
    assert re.search(rf'value="{lan.reference}" checked', shown)
    assert not Referral.objects.exists()
    for nobody in ("PT-22222222", "", "a\x00b"):
        unknown = client.post(page, form | {"to": nobody})
        assert unknown.status_code == 400
        assert "no such receiver" in unknown.content.decode()
        assert typed(unknown.content.decode())["contact"] == ["Duty office 012 777 666"]


def test_a_report_takes_a_key_of_eighty_characters_and_cuts_none(at_shelter: Any, browser: Any, program: Any) -> None:
    said = {"narrative": "Four people in a villa", "contact": ""}
    first, second = "a" * 79 + "b", "a" * 79 + "c"
    one, two = report(by=at_shelter, key=first, **said), report(by=at_shelter, key=second, **said)
    assert one.pk != two.pk
    assert report(by=at_shelter, key=first, **said).pk == one.pk
    with pytest.raises(ValidationError) as error:
        report(by=at_shelter, key="a" * 81, **said)
    assert list(error.value.message_dict) == ["idempotency_key"]
    api = "/api/v1/referrals/report/"
    refused = program(at_shelter).post(api, said, headers={"idempotency-key": "a" * 81})
    assert (refused.status_code, list(refused.json())) == (400, ["idempotency_key"])
    again = program(at_shelter).post(api, said | {"narrative": "Nine"}, headers={"idempotency-key": first})
    assert again.status_code == 422
    page = browser(at_shelter).post("/referrals/report/", said | {"idempotency_key": "a" * 81})
    assert page.status_code == 400
    assert "at most 80" in page.content.decode()
    assert Referral.objects.count() == 2


@pytest.fixture
def cared(lan: Victim, shelter: Partner, officer_psh: Any, at_shelter: Any) -> Referral:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    return advance(sent, "accept", by=at_shelter)


def test_a_service_sent_twice_is_recorded_once(cared: Referral, at_shelter: Any, browser: Any, program: Any) -> None:
    today = timezone.localdate()
    client, page = browser(at_shelter), f"/referrals/{cared.reference}/"
    [key] = typed(client.get(page).content.decode())["idempotency_key"]
    form = {"service": "medical", "until_on": f"{today.day}/{today.month}/{today.year}", "idempotency_key": key}
    for _press in range(2):
        assert client.post(f"{page}care/", form).status_code == 302
    assert Care.objects.count() == 1
    other = client.post(f"{page}care/", form | {"note": "Stitches"})
    assert other.status_code == 409
    assert "Stitches" in other.content.decode()
    api, said = f"/api/v1/referrals/{cared.reference}/care/", {"service": "legal_aid", "until_on": str(today)}
    sent = [program(at_shelter).post(api, said, headers={"idempotency-key": "k-1"}) for _time in range(2)]
    assert [one.status_code for one in sent] == [201, 201]
    assert sent[0].json() == sent[1].json()
    assert Care.objects.count() == 2
    changed = program(at_shelter).post(api, said | {"note": "x"}, headers={"idempotency-key": "k-1"})
    assert changed.status_code == 422
    far = program(at_shelter).post(api, said | {"until_on": "9998-12-31"})
    assert (far.status_code, list(far.json())) == (400, ["until_on"])
    late = client.post(f"{page}care/", form | {"idempotency_key": "k" * 81})
    assert late.status_code == 400
    assert "at most 80" in late.content.decode()


def test_a_partner_does_not_learn_whether_somebody_else_was_asked(
    cared: Referral, at_shelter: Any, officer_psh: Any, browser: Any, program: Any
) -> None:
    advance(cared, "return", by=at_shelter, reason="no_room")
    client, api = browser(at_shelter), f"/api/v1/referrals/{cared.reference}/"
    waits = "/api/v1/referrals/?shared=1&waits=another"
    before = client.get("/referrals/?waits=another").content.decode().count(cared.reference)
    refused = program(at_shelter).get(waits)
    assert (refused.status_code, list(refused.json())) == (400, ["waits"])
    told = program(at_shelter).get(api).json()["story"]
    advance(cared, "settle", by=officer_psh, note="She went home")
    after = client.get("/referrals/?waits=another").content.decode().count(cared.reference)
    assert before == after
    assert "Another receiver" not in client.get("/referrals/").content.decode()
    assert program(at_shelter).get(api).json()["story"] == told
    assert "nobody else is needed" not in client.get(f"/referrals/{cared.reference}/").content.decode()
    assert "nobody else is needed" in browser(officer_psh).get(f"/referrals/{cared.reference}/").content.decode()
    assert program(officer_psh).get("/api/v1/referrals/?waits=another").status_code == 200
