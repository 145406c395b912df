"""Bad input gets a clear error, never a 500, and changes nothing (SECURITY, Bad input)."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.core import signing
from django.test import Client

from complaints.models import Complaint
from core.parsers import MAX_DEPTH
from core.text import key_km
from tests.api import COMPLAINTS, SAID, VICTIMS
from victims.models import Victim

pytestmark = pytest.mark.django_db
JSON = "application/json"


def sent(client: Any, body: bytes | str, path: str = COMPLAINTS, content_type: str = JSON) -> Any:
    """Send a body as it is."""
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return client.generic("POST", path, data, content_type=content_type)


def body(**changes: Any) -> str:
    return json.dumps({**SAID, **changes})


BODIES = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "a text": '"x"',
    "a number": "1",
    "null": "null",
    "NUL": '{"channel": "hotline", "narrative": "a\\u0000b"}',
    "NUL in a key": '{"channel": "hotline", "narrative": "a", "x\\u0000": 1}',
    "a lone surrogate": '{"channel": "hotline", "narrative": "a\\ud800b"}',
    "a surrogate in bytes": '{"channel": "hotline", "narrative": "\ud800"}',
    "another encoding": body(narrative="ក").encode("utf-16"),
    "a byte order mark": "\ufeff" + body(),
    "a key twice": '{"channel": "hotline", "narrative": "a", "narrative": "b"}',
    "a key twice inside": '{"channel": "hotline", "narrative": "a", "reporter": {"name": "a", "name": "b"}}',
    "NaN": '{"channel": "hotline", "narrative": "a", "number_reported": NaN}',
    "infinity": '{"channel": "hotline", "narrative": "a", "number_reported": -Infinity}',
    "a number like infinity": '{"channel": "hotline", "narrative": "a", "number_reported": 1e999}',
    "a number of 5,000 digits": '{"channel": "hotline", "narrative": "a", "number_reported": ' + "9" * 5000 + "}",
    "10,000 lists deep": '{"channel": "hotline", "narrative": ' + "[" * 10_000 + "]" * 10_000 + "}",
    "10,000 objects deep": '{"channel": "hotline", "narrative": ' + '{"a":' * 10_000 + "1" + "}" * 10_001,
    "a little too deep": '{"narrative": ' + "[" * MAX_DEPTH + "]" * MAX_DEPTH + "}",
    "deep and never closed": "[" * 100_000,
}


@pytest.mark.parametrize("name", BODIES)
def test_a_broken_body_is_said(program: Any, intake: Any, name: str) -> None:
    answer = sent(program(intake), BODIES[name])
    assert answer.status_code == 400, answer.content
    assert all(answer.json().values())
    assert not Complaint.objects.exists()


FIELDS: dict[str, list[Any]] = {
    "narrative": ["", "   ", "\u200b\u200b\ufeff", None, 7.5 and ["a"], {"a": 1}, True, "a" * 1_000_000],
    "channel": ["", None, "fax", 1, [], {}],
    "received_at": [
        "yesterday",
        "2022-13-01T00:00:00Z",
        "1900-01-01T00:00:00Z",
        "2565-09-29T10:00:00Z",
        "2399-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "0001-01-01",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31T23:59:59-14:00",
        1664409600,
        [],
    ],
    "province_of_incident": ["99", "00", "xx", "abc", 18.5 and ["18"], {}],
    "province_of_report": ["99", "00"],
    "country_of_incident": ["ZZ", "KHM", []],
    "district": ["1201", "9999", "18", "1801000", {}],
    "site": ["ST-NOTHING", "x" * 200, []],
    "forms": [["slavery"], "forced_labour", [1, [2]], {"a": 1}, ["forced_labour"] * 60, [None]],
    "number_reported": [
        0,
        -1,
        100_001,
        2.5,
        "9",
        True,
        {"low": 9, "likely": 3},
        {"likely": None},
        {"low": 1},
        {"likely": 3, "most": 9},
        [3],
        {"likely": True},
    ],
    "urgency": ["fatal", 1, []],
    "handling": ["secret", [], {"a": 1}],
    "reporter": [
        "Sok",
        [],
        {"name": ["a"]},
        {"relation": "enemy"},
        {"nick": "x"},
        {"safe_contact": 5},
        {"safe_contact": {"watched": True}},
        {"safe_contact": {"other": "x"}},
        {"name": "a" * 2001},
    ],
    "people": [
        "Lan",
        {},
        [None],
        ["Lan"],
        [{"age": -1}],
        [{"age": 121}],
        [{"age": 2.5}],
        [{"age": "x"}],
        [{"sex": "m"}],
        [{"nationality": "VNM"}],
        [{"nationality": "ZZ"}],
        [{"name": "a" * 201}],
        [{"status": "rescued"}],
        [{}] * 201,
    ],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in FIELDS.items() for value in values])
def test_a_bad_field_is_named(program: Any, intake: Any, name: str, value: Any) -> None:
    said = {**SAID, "province_of_incident": "18"} if name == "district" else SAID
    answer = sent(program(intake), json.dumps({**said, name: value}))
    assert answer.status_code == 400, answer.content
    assert {field.split(".")[0] for field in answer.json()} == {name}
    assert not Complaint.objects.exists()


def test_a_province_and_a_country_abroad_contradict_each_other(program: Any, intake: Any) -> None:
    answer = program(intake).post(COMPLAINTS, {**SAID, "province_of_incident": "18", "country_of_incident": "TH"})
    assert list(answer.json()) == ["country_of_incident"]


def test_all_bad_fields_are_named_at_once(program: Any, intake: Any) -> None:
    answer = program(intake).post(COMPLAINTS, {"channel": "fax", "urgency": "fatal", "people": [{}, {"age": 400}]})
    assert set(answer.json()) == {"channel", "narrative", "urgency", "people.1.age"}


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "image/png",
    ],
)
def test_another_content_type_is_refused(program: Any, intake: Any, content_type: str) -> None:
    assert sent(program(intake), body(), content_type=content_type).status_code == 415
    assert not Complaint.objects.exists()


def test_a_body_of_three_megabytes_is_too_large(program: Any, intake: Any) -> None:
    answer = sent(program(intake), body(narrative="a" * 3_000_000))
    assert (answer.status_code, list(answer.json())) == (413, ["detail"])


def test_direction_marks_and_control_characters_leave_a_name(program: Any, intake: Any) -> None:
    answer = program(intake).post(COMPLAINTS, {**SAID, "people": [{"name": "\u202eLan\u202c\x07"}]})
    assert answer.status_code == 201
    assert answer.json()["people"][0]["names"] == ["Lan"]


def test_khmer_in_two_orders_of_the_same_letters_is_found_as_equal(program: Any, intake: Any) -> None:
    written, asked = "ស្រ្តី", "ស្ត្រី"
    assert written != asked
    assert key_km(written) == key_km(asked)
    client = program(intake)
    made = client.post(COMPLAINTS, {**SAID, "people": [{"name": written}]}).json()
    found = client.get(COMPLAINTS, {"q": asked}).json()["results"]
    assert [row["reference"] for row in found] == [made["reference"]]
    assert len(client.get(VICTIMS, {"q": asked}).json()["results"]) == 1


QUERIES = [
    "ordering=reporter__phone",
    "sort=reporter__phone",
    "sort=-received",
    "assigned_to__password__startswith=a",
    "officer__password__startswith=a",
    "logged_by__username=intake",
    "reporter=1",
    "narrative__icontains=a",
    "page_size=x",
    "cursor=x",
    "cursor=" + quote("ក"),
    "cursor=e30:1abcde:" + "a" * 43,
    "urgency=fatal",
    "status=new&status=gone",
    "province=99",
    "received_from=yesterday",
    "received_to=2022-02-30",
    "clock=soon",
    "side=above",
    "q=" + "a" * 201,
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_bad_filter_is_said(program: Any, supervisor: Any, complaint: Any, query: str) -> None:
    answer = program(supervisor).get(f"{COMPLAINTS}?{query}")
    assert answer.status_code == 400, answer.content
    assert all(answer.json().values())


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%ED%A0%80",
        "q=%FF%FE",
        "q=' OR 1=1 --",
        "q=%25%25",
        "q=\\",
        "q=_",
        "page_size=%E1%9F%A5",
        "site='",
        "q=%E2%80%8B",
        "officer=%00",
        "province=%00",
        "cursor=%00",
    ],
)
def test_odd_characters_in_a_query_find_nothing_or_are_refused(
    program: Any, supervisor: Any, complaint: Any, query: str
) -> None:
    assert program(supervisor).get(f"{COMPLAINTS}?{query}").status_code in (200, 400)
    assert program(supervisor).get(f"{VICTIMS}?{query}").status_code in (200, 400)


def test_a_cursor_belongs_to_its_filters(program: Any, supervisor: Any, registered: Any) -> None:
    for _ in range(3):
        registered()
    client = program(supervisor)
    link = client.get(f"{COMPLAINTS}?page_size=1&status=new&status=closed").json()["next"]
    assert client.get(link).status_code == 200
    for other in (link.replace("status=new&", ""), link + "&urgency=high", link + "&sort=due", link + "&shared=1"):
        assert list(client.get(other).json()) == ["cursor"]
    cursor = link.split("cursor=")[1].split("&")[0]
    for tampered in (cursor[:-1], cursor[1:], cursor.swapcase(), ""):
        expected = 200 if not tampered else 400
        assert (
            client.get(f"{COMPLAINTS}?page_size=1&status=new&status=closed&cursor={tampered}").status_code == expected
        )


def test_a_cursor_signed_for_something_else_is_refused(program: Any, supervisor: Any) -> None:
    forged = signing.dumps({"v": "x", "i": "y"}, salt="other")
    assert program(supervisor).get(COMPLAINTS, {"cursor": forged}).status_code == 400


@pytest.mark.parametrize(
    "reference", ["KH-2022-222222", "x", "KH-2022-222222'--", "..", "%00", "KH%2F1", "1" * 41, "ក"]
)
def test_an_odd_reference_does_not_exist(program: Any, supervisor: Any, complaint: Any, reference: str) -> None:
    for path in (f"{COMPLAINTS}{reference}/", f"{VICTIMS}{reference}/"):
        answer = program(supervisor).get(path)
        assert answer.status_code in (400, 404)
        assert list(answer.json()) == ["detail"]


STEPS = [
    ({}, ["step"]),
    ({"step": None}, ["step"]),
    ({"step": ["acknowledge"]}, ["step"]),
    ({"step": {"a": 1}}, ["step"]),
    ({"step": "acknowledge", "note": "a" * 20_001}, ["note"]),
    ({"step": "acknowledge", "note": ["a"]}, ["note"]),
    ({"step": "acknowledge", "happened_at": "soon"}, ["happened_at"]),
    ({"step": "acknowledge", "happened_at": "2565-09-29T10:00:00+07:00"}, ["happened_at"]),
    ({"step": "acknowledge", "happened_at": "1900-01-01T10:00:00+07:00"}, ["happened_at"]),
    ({"step": "acknowledge", "outcome": "substantiated"}, ["outcome"]),
    ({"step": "acknowledge", "late_why": "a" * 501}, ["late_why"]),
]


@pytest.mark.parametrize(("said", "fields"), STEPS)
def test_a_bad_step_is_said(program: Any, officer_psh: Any, complaint: Any, said: Any, fields: list[str]) -> None:
    answer = program(officer_psh).post(f"{COMPLAINTS}{complaint.reference}/steps/", said)
    assert (answer.status_code, list(answer.json())) == (400, fields)
    complaint.refresh_from_db()
    assert complaint.version == 1


@pytest.mark.parametrize("value", [[], {}, ["x"], {"a": 1}, 5, "x" * 20_001, "maybe"])
@pytest.mark.parametrize("name", ["asked_by", "asked_alone", "asked_away", "asked_language"])
def test_odd_answers_of_every_kind_are_said(
    program: Any, officer_psh: Any, complaint: Any, name: str, value: Any
) -> None:
    adult = next(v for v in Victim.objects.select_related("person") if not v.is_child)
    good = {"asked_by": "Chea", "asked_alone": True, "asked_away": False, "asked_language": "Khmer"}
    if value == "maybe" and name in ("asked_by", "asked_language"):
        return
    answer = program(officer_psh).post(
        f"{VICTIMS}{adult.reference}/steps/", {"step": "record_declined", **good, name: value}
    )
    assert (answer.status_code, list(answer.json())) == (400, [name])


@pytest.mark.parametrize("version", [None, "", "x", 0, -1, 2**31, 10**30, 1.5, True, [], {}])
def test_a_version_is_a_number_that_was_read(program: Any, officer_psh: Any, complaint: Any, version: Any) -> None:
    answer = program(officer_psh).patch(f"{COMPLAINTS}{complaint.reference}/", {"version": version, "exact_spot": "x"})
    assert answer.status_code in (400, 200 if version is True else 400)


@pytest.mark.parametrize("key", ["k" * 81, "ក", "\x7f", "a\tb"])
def test_a_key_that_cannot_be_kept_is_refused(program: Any, intake: Any, key: str) -> None:
    answer = program(intake).post(COMPLAINTS, SAID, headers={"Idempotency-Key": key})
    assert (answer.status_code, list(answer.json())) == (400, ["idempotency_key"])


@pytest.mark.parametrize(
    "header", ["Token", "Token ", "Token x", "Token " + "a" * 500, "Token ក", "Token a b", "Bearer x", "Basic eDp5"]
)
def test_a_bad_token_is_401(program: Any, header: str) -> None:
    answer = program(None, authorization=header.encode().decode("latin-1")).get(COMPLAINTS)
    assert (answer.status_code, list(answer.json())) == (401, ["detail"])


def test_a_session_writes_with_its_csrf_token_only(officer_psh: Any, intake: Any, complaint: Any) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.force_login(intake, backend="accounts.backends.ActiveUserBackend")
    assert client.get(COMPLAINTS).status_code == 200
    assert client.post(COMPLAINTS, body(), content_type=JSON).status_code == 403
    client.get("/account/")
    token = client.cookies["csrftoken"].value
    assert client.post(COMPLAINTS, body(), content_type=JSON, headers={"X-CSRFToken": token}).status_code == 201


def test_errors_are_in_the_language_of_the_user(program: Any, intake: Any) -> None:
    intake.language = "km"
    intake.save()
    answer = program(intake).post(COMPLAINTS, {**SAID, "people": [{"nationality": "ZZ"}]})
    assert "ជ្រើស" in answer.json()["people"][0]


@pytest.mark.parametrize("method", ["OPTIONS", "HEAD", "TRACE", "PUT", "DELETE", "CONNECT", "LOCK"])
def test_no_method_breaks_anything(program: Any, supervisor: Any, complaint: Any, method: str) -> None:
    tails = ("", f"{complaint.reference}/", f"{complaint.reference}/steps/", f"{complaint.reference}/people/")
    for tail in tails:
        answer = program(supervisor).generic(method, f"{COMPLAINTS}{tail}", "{}", content_type=JSON)
        assert answer.status_code in (200, 405), (method, tail)
    complaint.refresh_from_db()
    assert complaint.version == 1


@pytest.mark.parametrize(
    "accept", ["application/xml", "text/html", "nonsense", "*/*;q=x", "application/json; version=9"]
)
def test_an_odd_accept_header_breaks_nothing(program: Any, supervisor: Any, accept: str) -> None:
    assert program(supervisor, accept=accept).get(COMPLAINTS).status_code in (200, 406)
