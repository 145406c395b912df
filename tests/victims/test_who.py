"""Who somebody is: named in any script, dated one way, under a version; nothing typed is lost, and history keeps each fact."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance, advance_victim, decide_victim
from people.facts import Document, Name
from people.models import PersonDocument, PersonPhone
from tests.queries import asked
from victims.models import Victim
from victims.services import change_who
from workflow.models import Edit

Browser = Callable[..., Client]


@pytest.fixture
def unnamed(complaint: Complaint) -> Victim:
    """The person of the complaint nobody has named."""
    return complaint.victims.get(person__names=None)


@pytest.fixture
def lan(complaint: Complaint) -> Victim:
    """Nguyễn Thị Lan, 17, Vietnamese."""
    return complaint.victims.get(person__age=17)


def url(victim: Victim) -> str:
    return f"/victims/{victim.reference}/person/"


def sent(client: Client, victim: Victim) -> dict[str, str]:
    """What the form of the page would send, as it was opened."""
    form = client.get(url(victim)).context["form"]
    data = {f"first-{name}": text for name, text in form.first().items()}
    fields = [form[name] for name in form.fields]
    rows = [row[name] for rows in form.sets.values() for row in rows.forms for name in row.fields]
    shown = {bound.html_name: bound.field.widget.format_value(bound.value()) for bound in (*fields, *rows)}
    return data | {name: str(value[0] if isinstance(value, list) else value) for name, value in shown.items() if value}


def test_an_unnamed_person_is_named_in_two_scripts(browser: Browser, officer_psh: User, unnamed: Victim) -> None:
    client = browser(officer_psh)
    said = sent(client, unnamed) | {
        "names-0-text": "សុខ ចាន់ណា",
        "names-1-text": "Sok Channa",
        "names-1-kind": "document",
    }
    assert client.post(url(unnamed), said).status_code == 302
    assert {(name.text, name.script, name.kind) for name in unnamed.person.names.all()} == {
        ("សុខ ចាន់ណា", "khmer", "stated"),
        ("Sok Channa", "latin", "document"),
    }
    text = client.get(f"/victims/{unnamed.reference}/history/").content.decode()
    assert "Names: — → សុខ ចាន់ណា, Sok Channa (As in a document)" in text
    assert client.get("/victims/?q=channa").context["rows"][0].reference == unnamed.reference


def test_documents_and_phones_are_kept_as_written_and_as_compared(
    browser: Browser, officer_psh: User, lan: Victim
) -> None:
    client = browser(officer_psh)
    document = {"documents-0-kind": "passport", "documents-0-country": "Viet Nam", "documents-0-number": "c-១២៣ 456"}
    assert client.post(url(lan), sent(client, lan) | document | {"phones-0-text": "០១២ 345 678"}).status_code == 302
    row, phone = PersonDocument.objects.get(), PersonPhone.objects.get()
    assert (row.person_id, row.country, row.number, row.number_norm) == (lan.person_id, "VN", "c-១២៣ 456", "C123456")
    assert (phone.text, phone.e164) == ("012 345 678", "+85512345678")
    assert "Documents: — → Passport Viet Nam c-១២៣ 456" in client.get(f"/victims/{lan.reference}/").content.decode()
    assert set(Edit.objects.values_list("field", flat=True)) == {"documents", "phones"}
    again = sent(client, lan) | {"documents-0-number": "", "documents-0-country": "", "phones-0-text": ""}
    assert client.post(url(lan), again).status_code == 302
    assert not PersonDocument.objects.exists()
    assert not PersonPhone.objects.exists()


def test_one_way_to_say_the_age_replaces_the_other(browser: Browser, officer_psh: User, lan: Victim) -> None:
    client = browser(officer_psh)
    assert sent(client, lan)["way"] == "age"
    client.post(url(lan), sent(client, lan) | {"way": "born_on", "born_on": "៣/៤/២០០៥"})
    lan.person.refresh_from_db()
    assert (str(lan.person.born_on), lan.person.age, lan.person.age_on) == ("2005-04-03", None, None)
    client.post(url(lan), sent(client, lan) | {"way": "age", "age": "19", "estimated": "on"})
    lan.person.refresh_from_db()
    assert (lan.person.born_on, lan.person.age, lan.person.estimated) == (None, 19, True)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"way": "born_on", "born_on": "3/4/2505"}, "not in the Buddhist era"),
        ({"way": "born_year", "born_year": "2541"}, "not in the Buddhist era"),
        ({"way": "age", "age": "130"}, "Give an age from 0 to 120."),
        ({"way": "born_year", "born_year": ""}, "Fill in what is known"),
        ({"nationality": "Atlantis"}, "Write the country as in the list"),
        ({"phones-0-text": "12"}, "is no phone number"),
        ({"documents-0-country": "Viet Nam"}, "Write the number of the document."),
        ({"names-1-text": "x" * 201}, "A name has at most 200 characters."),
    ],
)
def test_what_cannot_be_is_refused_and_kept(
    browser: Browser, officer_psh: User, lan: Victim, typed: dict[str, str], words: str
) -> None:
    client = browser(officer_psh)
    answer = client.post(url(lan), sent(client, lan) | typed | {"names-2-text": "ឡាន"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert words in text
    assert 'value="ឡាន"' in text
    assert not Edit.objects.exists()


def test_one_more_line_keeps_what_was_typed(browser: Browser, officer_psh: User, lan: Victim) -> None:
    client = browser(officer_psh)
    answer = client.post(url(lan), sent(client, lan) | {"names-1-text": "ឡាន", "age": "x", "act": "more"})
    form = answer.context["form"]
    assert answer.status_code == 200
    assert [row["text"].value() for row in form.sets["names"].forms] == ["Nguyễn Thị Lan", "ឡាន", None]
    assert form["age"].value() == "x"
    assert lan.person.names.count() == 1


def test_a_stale_page_shows_theirs_and_mine_and_may_be_saved_again(
    browser: Browser, officer_psh: User, supervisor: User, lan: Victim
) -> None:
    client = browser(officer_psh)
    said = sent(client, lan) | {"names-0-text": "Nguyen Thi Lanh", "nationality": "Laos"}
    changes = {"names": (Name("Nguyễn Thị Lan"), Name("Lan", "nickname")), "sex": "other"}
    change_who(lan, by=supervisor, version=lan.person.version, changes=changes)
    answer = client.post(url(lan), said)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert f"{supervisor.name} changed this at" in text
    assert "<td>Nguyễn Thị Lan, Lan (Nickname)</td><td><b>Nguyen Thi Lanh</b></td>" in text
    assert "<td>Viet Nam</td>" in text
    again = said | {"version": answer.context["form"]["version"].value()}
    assert client.post(url(lan), again).status_code == 302
    lan.person.refresh_from_db()
    assert [name.text for name in lan.person.names.all()] == ["Nguyen Thi Lanh"]
    assert (lan.person.sex, lan.person.nationality) == ("other", "LA")


def test_saving_without_a_change_writes_nothing(browser: Browser, officer_psh: User, lan: Victim) -> None:
    client = browser(officer_psh)
    assert client.post(url(lan), sent(client, lan)).status_code == 302
    assert not Edit.objects.exists()
    assert Victim.objects.get(pk=lan.pk).person.version == 1


def test_a_closed_complaint_keeps_who_its_people_are(
    browser: Browser, officer_psh: User, supervisor: User, registered: Any
) -> None:
    client, complaint = browser(officer_psh), registered(people=(PersonSaid(name="Phạm Minh", age=30),))
    victim = complaint.victims.get()
    said = sent(client, victim) | {"names-1-text": "មិញ"}
    for step in ("acknowledge", "start_verification"):
        complaint = advance(complaint, step, by=officer_psh)
    complaint = advance(complaint, "record_outcome", by=officer_psh, outcome="substantiated")
    decide_victim(advance_victim(victim, "record_rescue", by=officer_psh), "decide_presumed", by=officer_psh)
    complaint = advance(complaint, "propose_closing", by=officer_psh)
    advance(complaint, "close", by=supervisor)
    assert client.get(url(victim)).status_code == 409
    assert client.post(url(victim), said).status_code == 409
    assert "Who it is" not in client.get(f"/victims/{victim.reference}/").content.decode()


def test_who_reads_coded_data_sees_that_something_changed_and_no_name(
    browser: Browser, officer_psh: User, analyst: User, lan: Victim
) -> None:
    changes = {"names": (Name("Bí mật"),), "sex": "male", "documents": (Document("passport", "VN", "X9999"),)}
    change_who(lan, by=officer_psh, version=1, changes=changes)
    client = browser(analyst)
    assert client.get(url(lan)).status_code == 403
    for rest in ("", "history/"):
        text = client.get(f"/victims/{lan.reference}/{rest}").content.decode()
        assert "Sex: Female → Male" in text
        assert "Bí mật" not in text
        assert "X9999" not in text


def test_the_page_asks_the_same_for_1_name_and_for_15(browser: Browser, officer_psh: User, lan: Victim) -> None:
    client = browser(officer_psh)
    asked(client, url(lan))
    before = len(asked(client, url(lan)))
    names = tuple(Name(f"Lan {number}") for number in range(15))
    change_who(lan, by=officer_psh, version=1, changes={"names": names})
    assert len(asked(client, url(lan))) == before <= 15
