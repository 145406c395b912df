"""What a reporter trusts us with stands in no dump, no log line, no audit event, no notice."""

import base64
import io
import json
import logging
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from complaints.models import Complaint
from complaints.services import reveal
from notifications.models import Notification

pytestmark = pytest.mark.django_db
NEW = "/complaints/new/"
PLANTED = {
    "name": "Plantedname Zyx",
    "phone": "097 555 0184",
    "address": "Plantedstreet 77",
    "code_word": "plantedlotus",
    "official": "Plantedcaptain Qrs",
    "draft": "Planteddraft words",
}
FORM = {
    "channel": "hotline", "narrative": "Nine workers held on the sixth floor.", "province_of_incident": "18",
    "official": PLANTED["official"], "reporter-relation": "family", "reporter-name": PLANTED["name"],
    "reporter-phone": PLANTED["phone"], "reporter-address": PLANTED["address"], "reporter-code_word": PLANTED["code_word"],
}  # fmt: skip


def dump() -> str:
    """Return every row of every table as text, as a plain dump holds it."""
    out = io.StringIO()
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            if not table.startswith("provinces_"):
                cursor.copy_expert(f"COPY (SELECT * FROM {table}) TO STDOUT", out)
    return out.getvalue()


def traces(text: str) -> list[str]:
    """Return which planted words are in a text, plain, as hex or as base64, phones with or without their spaces."""
    found, low = [], text.lower()
    for name, planted in PLANTED.items():
        for form in {planted, planted.replace(" ", ""), "+855975550184", "97555018"} if name == "phone" else {planted}:
            shapes = (
                form.lower(),
                form.encode().hex(),
                base64.b64encode(form.encode()).decode().rstrip("=")[:-1].lower(),
            )
            found += [f"{name}: {shape}" for shape in shapes if shape in low]
    return found


def through_page_and_api(intake: Any, browser: Any) -> None:
    client, key = browser(intake), str(uuid4())
    client.post(f"/drafts/{key}/", FORM | {"draft_kind": "complaint", "narrative": PLANTED["draft"]})
    client.get(f"{NEW}?draft={key}")
    client.post(NEW, FORM | {"channel": "", "idempotency_key": key})
    client.post(NEW, FORM | {"act": "add"}, follow=True)
    client.post(NEW, FORM | {"exact_spot": "x\x00"})
    browser().post(NEW, FORM)
    assert client.post(NEW, FORM | {"idempotency_key": str(uuid4())}, follow=True).status_code == 200
    said = {
        "channel": "hotline", "narrative": "Nine workers", "province_of_incident": "18",
        "reporter": {"name": PLANTED["name"], "phone": PLANTED["phone"], "relation": "family",
                     "safe_contact": {"code_word": PLANTED["code_word"]}},
    }  # fmt: skip
    answer = client.post("/api/v1/complaints/", json.dumps(said), content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert not traces(answer.content.decode())


def test_no_dump_holds_what_was_planted(intake: Any, integrity: Any, officer_psh: Any, browser: Any) -> None:
    through_page_and_api(intake, browser)
    text = dump()
    assert "Nine workers" in text
    assert traces(text) == []
    assert [one for one in Session.objects.all() if traces(json.dumps(one.get_decoded()))] == []


def test_the_search_for_traces_finds_a_trace(intake: Any) -> None:
    intake.name = PLANTED["name"]
    intake.save()
    assert traces(dump())
    assert traces(PLANTED["address"].encode().hex())


def test_no_log_line_holds_what_was_planted(intake: Any, integrity: Any, browser: Any, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        through_page_and_api(intake, browser)
    assert caplog.records
    assert (
        traces("\n".join([caplog.text, *(str(record.__dict__.get("request", "")) for record in caplog.records)])) == []
    )
    assert "Nine workers" not in caplog.text


def test_notices_say_nothing_but_the_reference(intake: Any, officer_psh: Any, browser: Any) -> None:
    browser(intake).post(NEW, FORM | {"official": ""})
    rows = [str(vars(row)) for row in Notification.objects.all()]
    assert rows
    assert not traces(" ".join(rows))


def test_the_pages_of_the_complaint_show_nothing_of_its_reporter(intake: Any, officer_psh: Any, browser: Any) -> None:
    browser(intake).post(NEW, FORM | {"official": ""})
    reference = Complaint.objects.get().reference
    for path in (
        "/",
        f"/complaints/{reference}/",
        f"/complaints/{reference}/history/",
        f"/api/v1/complaints/{reference}/",
    ):
        assert not traces(browser(officer_psh).get(path).content.decode()), path


def test_it_can_be_opened_by_who_may(intake: Any, supervisor: Any, browser: Any) -> None:
    browser(intake).post(NEW, FORM | {"official": ""})
    revealed = reveal(Complaint.objects.get(), by=supervisor, reason="call her back")[0]
    assert (revealed.name, revealed.phone, revealed.safe_contact["code_word"]) == (
        PLANTED["name"], PLANTED["phone"], PLANTED["code_word"],
    )  # fmt: skip
