"""The form of a new complaint: nothing typed is lost, whatever goes wrong."""

import re
from typing import Any
from uuid import uuid4

import pytest

from accounts.services import drafts
from complaints.models import Complaint
from tests.complaints.intake_form import NEW, WORDS, errors_of, register, text_of

pytestmark = pytest.mark.django_db


def test_an_error_names_everything_and_keeps_everything(intake: Any, browser: Any) -> None:
    typed = {
        "narrative": "", "province_of_incident": "18", "district": "1802", "exact_spot": "Sixth <floor>", "number_reported": "many",
        "forms": ["servitude"], "names_official": "on", "official": "Captain So-and-so", "urgency": "high",
        "people-0-name": "Lan", "people-7-name": "Bảo", "people-7-age": "200",
        "reporter-relation": "friend", "reporter-name": "Planted", "reporter-phone": "012 345 678", "reporter-hours": "after 20:00",
        "reporter-code_word": "lotus", "idempotency_key": str(uuid4()),
    }  # fmt: skip
    answer = browser(intake).post(NEW, typed)
    assert set(errors_of(answer)) == {"narrative", "channel", "number_reported"}
    assert list(answer.context["intake"].people.forms[1].errors) == ["age"]
    page = answer.content.decode()
    for name in ("exact_spot", "number_reported", "official", "people-0-name", "people-7-name", "people-7-age", "reporter-name",
                 "reporter-phone", "reporter-hours", "reporter-code_word", "idempotency_key"):  # fmt: skip
        value = typed[name].replace("<", "&lt;").replace(">", "&gt;")
        assert re.search(f'name="{name}"[^>]*value="{value}"|value="{value}"[^>]*name="{name}"', page), name
    assert re.search(r'value="1802" selected', page)
    assert re.search(r'value="servitude" checked', page)
    assert re.search(r'name="reporter-relation" value="friend" checked', page)
    assert "Write down what is said." in page
    assert 'href="#id_narrative"' in page
    assert not Complaint.objects.exists()


def test_every_line_of_the_summary_leads_to_a_control(intake: Any, browser: Any) -> None:
    typed = {"received_at_0": "31/2/2026", "forms": "x", "urgency": "x", "people-3-sex": "x", "reporter-relation": "x"}
    page = browser(intake).post(NEW, typed).content.decode()
    targets = re.findall(r'<li><a href="#([^"]+)"', page)
    assert len(targets) == 7
    assert [target for target in targets if f'id="{target}"' not in page] == []


def test_a_row_is_added_and_taken_away_without_scripts(intake: Any, browser: Any) -> None:
    client, key = browser(intake), str(uuid4())
    answer = client.post(NEW, WORDS | {"idempotency_key": key, "people-0-name": "Lan", "act": "add"})
    assert answer.headers["Location"] == f"{NEW}?draft={key}#id_people-1-name"
    page = client.get(answer.headers["Location"])
    assert [row["name"].value() for row in page.context["intake"].people.forms] == ["Lan", ""]
    assert page.context["story"]["narrative"].value() == WORDS["narrative"]
    typed = WORDS | {"idempotency_key": key, "people-0-name": "Lan", "people-1-name": "Bảo", "act": "remove-0"}
    page = client.post(NEW, typed, follow=True)
    assert [row["name"].value() for row in page.context["intake"].people.forms] == ["Bảo"]


def test_districts_and_communes_are_shown_without_scripts(intake: Any, browser: Any) -> None:
    page = browser(intake).post(
        NEW, WORDS | {"province_of_incident": "18", "district": "1802", "act": "places"}, follow=True
    )
    assert '<option value="1801">' in page.content.decode()
    assert '<option value="180201">' in page.content.decode()
    assert not Complaint.objects.exists()


def test_saving_a_draft_without_scripts_shows_the_form_again(intake: Any, browser: Any) -> None:
    page = browser(intake).post(NEW, WORDS | {"act": "draft", "number_reported": "many"}, follow=True)
    assert "Draft saved" in text_of(page)
    assert page.context["story"]["number_reported"].value() == "many"
    assert "Write a number" not in text_of(page)
    assert drafts.list_for(intake).count() == 1


def test_registering_ends_the_draft_in_the_same_act(intake: Any, browser: Any) -> None:
    client, key = browser(intake), str(uuid4())
    client.post(NEW, WORDS | {"idempotency_key": key, "act": "draft"})
    complaint = register(client, idempotency_key=key)
    assert not drafts.list_for(intake)
    late = client.post(f"/drafts/{key}/", WORDS | {"draft_kind": "complaint"})
    assert late.status_code == 409
    assert not drafts.list_for(intake)
    assert client.get(f"{NEW}?draft={key}").headers["Location"] == f"{NEW}receipt/{complaint.reference}/"


def test_a_refused_form_keeps_its_draft(intake: Any, browser: Any) -> None:
    client, key = browser(intake), str(uuid4())
    client.post(NEW, WORDS | {"idempotency_key": key, "act": "draft"})
    assert client.post(NEW, {"idempotency_key": key}).status_code == 400
    assert drafts.list_for(intake).count() == 1


def test_words_sent_after_the_session_ended_come_back(intake: Any, browser: Any) -> None:
    client = browser()
    answer = client.post(NEW, WORDS | {"reporter-phone": "097 555 0184", "people-0-name": "Lan <b>"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Nothing was sent" in page
    assert WORDS["narrative"] in page
    assert '<input type="hidden" name="reporter-phone" value="097 555 0184">' in page
    assert 'value="Lan &lt;b&gt;"' in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.post(NEW, {}).status_code == 302
    client.force_login(intake, backend="accounts.backends.ActiveUserBackend")
    kept = dict(re.findall(r'<input type="hidden" name="([a-z0-9_-]+)" value="([^"]*)">', page))
    assert kept["narrative"] == WORDS["narrative"]


def test_a_page_with_an_old_token_gives_its_words_back_to_our_own_page_only(intake: Any, browser: Any) -> None:
    client = browser(intake)
    client.handler.enforce_csrf_checks = True
    ours = client.post(NEW, WORDS, headers={"origin": "http://testserver"})
    foreign = client.post(NEW, WORDS, headers={"origin": "https://elsewhere.example"})
    assert (ours.status_code, foreign.status_code) == (403, 403)
    assert WORDS["narrative"] in ours.content.decode()
    assert WORDS["narrative"] not in foreign.content.decode()
    assert not Complaint.objects.exists()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', ours.content.decode())[-1]
    assert client.post(NEW, WORDS | {"csrfmiddlewaretoken": token}).status_code == 302
