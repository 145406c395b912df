"""The form of a new complaint as its tests send and read it."""

import re
from typing import Any

from complaints.models import Complaint

NEW = "/complaints/new/"
WORDS = {"channel": "hotline", "narrative": "Nine workers held on the sixth floor. Passports taken."}


def text_of(answer: Any) -> str:
    """Return the page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def register(client: Any, **typed: Any) -> Complaint:
    """Send the form and return what it made."""
    answer = client.post(NEW, WORDS | typed)
    assert answer.status_code == 302, answer.context["story"].errors.as_json()
    reference = answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    return Complaint.objects.get(reference=reference)


def errors_of(answer: Any) -> dict[str, list[str]]:
    """Return what the page says is wrong, by field."""
    assert answer.status_code == 400
    return {**answer.context["story"].errors, **answer.context["reporter"].errors}
