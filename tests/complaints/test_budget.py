"""Long texts stop nothing: a request does its own work alone, a run ends in time, and a text is read once."""

import time
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Complaint, Contact, PublicReport, UrgencyRule
from complaints.models.rule import carried_rules
from complaints.said import ContactSaid
from complaints.services import log_contact
from complaints.services.inbox import accept_proposals
from complaints.services.kept_signs import signs_of
from complaints.services.lines import share
from complaints.services.public import receive
from complaints.services.taking_in import SHORT, take_in_all
from complaints.signs import WHOLE, Parts, parts_of, proposed_urgency
from complaints.triage import may_name_official
from tests.complaints.test_public import code_of, send
from workflow.models import Transition

DENSE = "ប្អូនស្រីខ្ញុំអាយុ១៦ឆ្នាំគេវាយសារពើគាត់នៅស្វាយរៀងទាត់បាល់ជាទៀងទាត់"
LONG = "Nine of us, floor six. " * 3_000


@cache
def rules() -> tuple[UrgencyRule, ...]:
    return tuple(UrgencyRule(**row) for row in carried_rules())


def test_a_long_text_of_khmer_is_read_in_less_than_a_second() -> None:
    """It took two and a half to five; here what a loaded machine adds is left room."""
    text = (DENSE * 1_000)[:48_000]
    proposed_urgency(DENSE, rules())
    begun = time.process_time()
    parts = Parts(text)
    proposed_urgency(parts, rules())
    may_name_official(text, parts=parts)
    assert time.process_time() - begun < 1.5


def test_many_exceptions_beside_many_words_take_no_longer_than_they_are_many() -> None:
    rule = UrgencyRule(urgency="high", words=["打"], exceptions=["打电话"])
    begun = time.process_time()
    for _time in range(36):
        assert not proposed_urgency("打电话" * 1_333, [rule]).found
    assert time.process_time() - begun < 1.0


def test_of_what_is_too_long_the_beginning_and_the_end_are_read_and_an_official_is_asked_for() -> None:
    endless = "They work from six to midnight. " * 20_000
    assert sum(map(len, parts_of(endless))) < WHOLE * 1.1
    assert {one.rule.code for one in proposed_urgency(f"{endless} They beat him.", rules()).found} == {"violence"}
    assert may_name_official(endless)
    assert not may_name_official(endless[:WHOLE])


@pytest.mark.django_db
def test_a_request_takes_in_its_own_report_and_nobody_elses(client: Client) -> None:
    for k in range(3):
        receive(f"other-{k}", {"words": f"Others, {k}"})
    assert len(code_of(send(client, words="Mine"))) == 25
    assert [row.narrative for row in Contact.objects.all()] == ["Mine"]
    assert take_in_all() == 3


@pytest.mark.django_db
def test_what_is_long_is_kept_and_left_to_the_worker(client: Client) -> None:
    assert len(code_of(send(client, words=LONG))) == 25
    assert not Contact.objects.exists()
    assert PublicReport.objects.get().tries == 0
    assert take_in_all() == 1
    assert len(LONG) > SHORT


@pytest.mark.django_db
def test_what_was_tried_before_comes_after_what_was_not_and_is_not_kept_out() -> None:
    receive("killed", {"words": "A worker ended over this."})
    PublicReport.objects.update(tries=1, tried_at=timezone.now())
    for k in range(3):
        receive(f"other-{k}", {"words": f"Others, {k}"})
    assert take_in_all() == 4
    assert list(PublicReport.objects.order_by("taken_at").values_list("tries", flat=True)) == [1, 1, 1, 2]


def test_lines_share_the_time_and_a_slow_one_keeps_no_other_waiting() -> None:
    taken: list[str] = []

    def slowly(key: Any) -> bool:
        time.sleep(0.05)
        taken.append("slow")
        return True

    def soon(key: Any) -> bool:
        taken.append("soon")
        return True

    seen: set[Any] = set()
    done = share([(slowly, list(range(100))), (soon, list(range(100, 150)))], time.monotonic() + 0.4, seen)
    assert taken.count("soon") == 50
    assert 1 <= taken.count("slow") < 10
    assert done == len(seen) == len(taken)


def test_a_line_ends_when_its_time_is_over() -> None:
    assert share([(lambda key: True, [1, 2, 3])], time.monotonic() - 1, set()) == 0


def logged(by: User, words: str = "They beat my cousin in Sihanoukville.") -> Contact:
    return log_contact(ContactSaid("new_report", "hotline", words), by=by, key=words[:40])[0]


@pytest.mark.django_db
def test_a_text_is_read_when_it_comes_in_and_its_page_and_its_release_take_what_is_kept(
    intake: User, browser: Any
) -> None:
    contact = logged(intake)
    assert contact.signs == ["violence"]
    url = f"/contacts/{contact.reference}/"
    assert "violence is spoken of" in browser(intake).get(url).content.decode()
    Contact.objects.update(signs=["phone"])  # of what is kept, nobody reads the words again
    page = browser(intake).get(url).content.decode()
    assert "violence is spoken of" not in page
    contact.refresh_from_db()
    accept_proposals(contact, by=intake, key="k-1")
    assert "violence" not in Transition.objects.get(step="release").words


@pytest.mark.django_db
def test_where_the_rules_changed_it_is_read_once_more_and_kept(intake: User, django_assert_num_queries: Any) -> None:
    contact = logged(intake)
    UrgencyRule.objects.filter(code="violence").update(words=["cousin"])
    Contact.objects.update(signs=[])
    contact.refresh_from_db()
    before = contact.signs_mark
    with django_assert_num_queries(2):
        assert [one.rule.code for one in signs_of(contact).urgency.found] == ["violence"]
    contact = Contact.objects.get()
    assert contact.signs_mark != before
    with django_assert_num_queries(1):
        assert [one.rule.code for one in signs_of(contact).urgency.found] == ["violence"]


@pytest.mark.django_db
def test_of_what_is_too_long_to_be_read_nobody_accepts_by_one_press(client: Client, intake: User, browser: Any) -> None:
    send(client, words=LONG)
    take_in_all()
    contact = Contact.objects.get()
    assert signs_of(contact).names_official
    assert "/accept/" not in browser(intake).get(f"/contacts/{contact.reference}/").content.decode()


@pytest.mark.django_db
def test_the_whole_is_read_page_by_page_and_each_look_is_recorded(client: Client, intake: User, browser: Any) -> None:
    send(client, words=f"{LONG}The last word.")
    take_in_all()
    url = f"/contacts/{Contact.objects.get().reference}/"
    page = browser(intake).get(url).content.decode()
    assert f"{url}whole/" in page
    assert "The last word." not in page
    first, last = (browser(intake).get(f"{url}whole/{query}") for query in ("", "?page=4"))
    assert "Page 1 of 4" in first.content.decode()
    assert "The last word." in last.content.decode()
    assert "no-store" in last["Cache-Control"]
    looks = AuditEvent.objects.filter(verb="read", detail__part="whole words").order_by("at")
    assert [look.detail["page"] for look in looks] == [1, 4]
    assert browser(intake).get(f"{url}whole/?page=x").status_code == 200
    short = logged(intake)
    assert "whole/" not in browser(intake).get(f"/contacts/{short.reference}/").content.decode()


@pytest.mark.django_db
def test_the_whole_of_what_is_sealed_is_read_by_who_reads_its_words(
    client: Client, intake: User, integrity: User, officer_psh: User, browser: Any
) -> None:
    send(client, words=f"{LONG}The last word.", official="yes")
    take_in_all()
    url = f"/contacts/{Contact._base_manager.get().reference}/whole/"
    assert "The last word." in browser(integrity).get(f"{url}?page=4").content.decode()
    complaint = Complaint._base_manager.get()
    assert url in browser(integrity).get(f"/complaints/{complaint.reference}/").content.decode()
    assert browser(intake).get(url).status_code == 404
    assert browser(officer_psh).get(url).status_code == 403
