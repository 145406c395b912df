"""A call of the hotline as its tests begin and press it."""

import datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import User
from complaints.models import Call
from complaints.services.hotline import begin_call

PHONE = "097 555 0184"
SAID = {
    "kind": "new_report",
    "spoken": "vi",
    "urgency": "immediate",
    "narrative": "My daughter is held in a building and they beat her.",
    "province_of_incident": "18",
    "reporter-relation": "family",
    "reporter-phone": PHONE,
}


def a_call(by: User) -> Call:
    """Return a call that began three minutes ago."""
    made = begin_call(by=by, key="k-call")
    Call.objects.filter(pk=made.pk).update(began_at=timezone.now() - datetime.timedelta(minutes=3))
    made.refresh_from_db()
    return made


def page_of(call: Call) -> str:
    """Return the address of a call."""
    return f"/hotline/{call.reference}/"


def press(client: Client, call: Call, act: str, **said: str) -> Any:
    """Press a button of the call's page with everything typed."""
    return client.post(page_of(call), {**SAID, **said, "act": act})
