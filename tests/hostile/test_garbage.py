"""Whatever is sent to the forms of verification, changes, consent and moving: an answer in words, never an error of ours."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from complaints.models import Complaint
from complaints.services import advance
from victims.models import Victim

Browser = Callable[..., Client]
GARBAGE = [
    "",
    "x" * 30_000,
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass"),
    "<b>'\"--</b>",
    "٣",
    "-1",
    "1e9",
    "២៩/៩/២០២២",
    "0/0/0000",
]
FORMS: dict[str, list[str]] = {
    "complaints/{c}/changes/": ["field", "number", "urgency", "province", "why"],
    "complaints/{c}/attempts/": [
        "way", "whom", "result", "note", "when", "happened_at_0", "happened_at_1", "next_attempt_on", "idempotency_key",
    ],
    "complaints/{c}/answers/": ["told", "way", "victim", "note", "when", "happened_at_0", "happened_at_1", "idempotency_key"],
    "complaints/{c}/evidence/": ["act", "means", "purpose", "sign_deception", "evidence_note", "version"],
    "complaints/{c}/steps/ask_information/": ["missing", "next_attempt_on", "note", "when"],
    "complaints/{c}/steps/propose_outcome/": [
        "outcome", "finding", "duplicate_of", "withdrawn_by", "withdrawn_alone", "withdrawn_pressed", "note",
    ],
    "victims/{v}/consent/": ["asked_on", "asked_alone", "asked_language", "afraid", "note", "for_embassy", "for_help"],
    "victims/{v}/services/": ["service", "provider", "provider_name", "from_on", "until_on", "note"],
    "victims/{v}/guardian/": ["name", "kind", "since", "own_view", "view_language"],
    "victims/{v}/steps/record_moved/": ["moved_to", "moved_country", "note"],
}  # fmt: skip
GOOD = {
    "field": "number_reported", "number": "2", "why": "Counted again.", "way": "visit", "whom": "family", "result": "reached", "told": "person_safe",
    "when": "other", "outcome": "duplicate", "duplicate_of": "KH-2022-222222", "asked_alone": "yes", "asked_language": "vi",
    "for_help": "yes", "moved_to": "abroad", "moved_country": "TH", "note": "Seen.", "version": "0", "missing": "who", "victim": "V-222222",
}  # fmt: skip
pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.mark.parametrize("form", FORMS)
def test_garbage_is_answered_in_words(
    form: str, browser: Browser, complaint: Complaint, officer_psh: User, supervisor: User
) -> None:
    for step in ("acknowledge", "start_verification"):
        complaint = advance(complaint, step, by=officer_psh)
    victim = Victim.objects.filter(complaint=complaint).order_by("reference").first()
    assert victim is not None
    path, client = "/" + form.format(c=complaint.reference, v=victim.reference), browser(supervisor)
    for field, value in product(FORMS[form], GARBAGE):
        said: dict[str, Any] = {name: GOOD[name] for name in FORMS[form] if name in GOOD}
        for sent in ({**said, field: value}, {**said, field: [value, value]}, {field: value}):
            answer = client.post(path, sent)
            assert answer.status_code in {200, 302, 400, 403, 404, 409, 413}, (field, value, answer.status_code)
    for query in ("?show=%00", "?counted=%F0", "?cursor=x", "?show=people&show=x", "?page_size=0"):
        for page in (f"/complaints/{complaint.reference}/", f"/complaints/{complaint.reference}/history/"):
            assert client.get(f"{page}{query}").status_code in {200, 400}, query
    assert client.get(f"/complaints/{complaint.reference}/people/?counted=%00").status_code in {200, 400}
