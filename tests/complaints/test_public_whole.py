"""Nothing typed into the public form is lost: not by its length, another language, another button, or the code of somebody else."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from complaints.models import Complaint, Contact, PublicMessage, Reporter
from complaints.services.taking_in import take_in_all
from core.sealed import open_sealed
from tests.complaints.test_public import code_of, send
from tests.complaints.test_public_messages import follow, other_code, reported

pytestmark = pytest.mark.django_db
LONG = "Ring my sister, never this telephone. " * 20
ENDLESS = "Nine of us, floor six. " * 3_000
STAY = re.compile(r'<button form="typed" formaction="\?lang=(\S+)" name="speak" value="1"')


def test_how_to_be_reached_safely_is_kept_to_its_last_word(client: Client) -> None:
    send(client, words="Nine of us", reach=f"{LONG}012 555 318", hours=f"{LONG}Only on Sunday")
    reporter = Reporter.objects.get()
    assert open_sealed(reporter, "phone").endswith("012 555 318")
    assert "Only on Sunday" in open_sealed(reporter, "safe_contact")


def test_what_is_longer_than_can_be_kept_says_that_it_was_cut(client: Client) -> None:
    send(client, words="Nine of us", reach=LONG * 10, official="yes")
    assert open_sealed(Reporter.objects.get(), "phone").endswith("]")


def test_of_a_report_about_an_official_all_words_stay_sealed(client: Client) -> None:
    send(client, words=f"{ENDLESS}The captain.", official="yes")
    take_in_all()
    contact = Contact._base_manager.get()
    assert len(contact.complaint.narrative if contact.complaint else "") < 50_000
    assert open_sealed(contact, "raw").endswith("The captain.")


def test_of_who_asked_for_money_all_words_stay_sealed(client: Client) -> None:
    code, contact = reported()
    follow(client, code, go="money", money=f"{ENDLESS}The captain.")
    take_in_all()
    demand = Contact._base_manager.exclude(pk=contact.pk).get()
    assert open_sealed(demand, "raw").endswith("The captain.")


def test_two_who_send_a_form_without_its_key_have_two_codes(client: Client) -> None:
    first, other = (code_of(send(client, form="", words="Help me")) for _ in range(2))
    assert first != other
    assert Contact.objects.count() == 2


def test_another_language_keeps_what_was_typed_at_every_step(client: Client) -> None:
    said = {"words": "Nine of us", "where": "Sixth floor", "reach": "012 555 318"}
    for step in ("0", "1", "2"):
        page = send(client, "/report/form/?lang=vi", step=step, speak="1", go="", **said).content.decode()
        assert '<html lang="vi"' in page
        assert set(STAY.findall(page)) == {"km", "en", "vi", "zh-hans", "th", "id"}
        assert all(words in page for words in said.values())
        assert f'name="step" value="{step}"' in page
    assert not Contact.objects.exists()


def test_no_language_takes_the_page_of_the_code_away(client: Client) -> None:
    page = send(client, words="Nine of us").content.decode()
    assert "sk-report__code" in page
    assert "formaction" not in page
    assert 'href="?lang=' not in page


def test_the_first_button_of_a_form_sends_it(client: Client) -> None:
    for step, go in (("0", "next"), ("2", "send")):
        page = send(client, step=step, speak="1", words="Nine").content.decode()
        first = re.search(r'<button[^>]*(?:form="typed"|govuk-button)[^>]*>', page)
        assert first
        assert f'name="go" value="{go}"' in first.group()


@pytest.mark.parametrize(("go", "left"), [("message", "money"), ("money", "message")])
def test_of_two_messages_typed_one_is_sent_and_the_other_stays(client: Client, go: str, left: str) -> None:
    code, _contact = reported()
    page = follow(client, code, go=go, message="They move us tonight", money="The captain wants 500")
    assert PublicMessage.objects.count() == 1
    kept = {"money": "The captain wants 500", "message": "They move us tonight"}[left]
    assert re.search(rf'<textarea[^>]*name="{left}"[^>]*>\s*{kept}', page)
    assert "<details" in page
    assert ('<details class="sk-report__money" open>' in page) == (left == "money")


def test_another_language_keeps_the_code_and_the_message(client: Client) -> None:
    code, _contact = reported()
    page = follow(client, code, speak="1", go="message", message="They move us tonight")
    assert "They move us tonight" in page
    assert f'value="{code}"' in page
    assert not PublicMessage.objects.exists()
    page = follow(client, code[:7], speak="1", go="message", message="They move us tonight")
    assert code[:7] in page
    assert "They move us tonight" in page
    assert 'role="alert"' not in page


def test_a_wrong_code_of_another_language_hands_the_message_back(client: Client) -> None:
    page = follow(client, other_code(), speak="1", message="They move us tonight")
    assert "They move us tonight" in page
    assert not Complaint._base_manager.exists()


def test_one_form_holds_both_messages_of_a_report(client: Client) -> None:
    code, _contact = reported()
    page: Any = follow(client, code)
    assert page.count("<form ") == 1


@pytest.mark.django_db(transaction=True)
def test_words_stay_in_the_page_where_the_connection_is_gone(client: Client) -> None:
    connection.ensure_connection()
    connection.connection.close()
    page = send(client, words="Nine of us").content.decode()
    asked = follow(client, other_code(), message="They move us tonight")
    connection.close()
    assert "Everything stays here" in page
    assert "Nine of us" in page
    assert "They move us tonight" in asked
