"""The hotline of the demonstration: who interprets, by which numbers officers are rung, and who was rung; every number is fictitious."""

import datetime

from accounts.models import User
from complaints.models import Complaint, Handling, Interpreter, Place, Ring, RingResult, Status, Urgency

PHONES = {
    "officer.psh": "012 555 018",
    "officer.pp": "012 555 012",
    "supervisor": "012 555 001",
    "supervisor2": "012 555 002",
}
INTERPRETERS = (
    ("vi", "Nguyễn Thu Hà", "023 555 101", "7:00–22:00"),
    ("vi", "Lê Minh", "023 555 102", "22:00–7:00"),
    ("zh", "王丽", "023 555 111", "8:00–20:00"),
    ("th", "Somchai Dee", "023 555 121", ""),
    ("en", "Keo Chenda", "023 555 131", "8:00–17:30"),
    ("id", "Ratna Sari", "023 555 141", "9:00–18:00"),
    ("my", "Thida Win", "023 555 151", ""),
)


def tell(cast: dict[str, User]) -> None:
    """Write the tables, and let the officer on duty have answered at the second try about what is past its first hour."""
    for username, phone in PHONES.items():
        User.objects.filter(pk=cast[username].pk).update(duty_phone=phone)
    for language, name, phone, hours in INTERPRETERS:
        Interpreter.objects.get_or_create(language=language, name=name, defaults={"phone": phone, "hours": hours})
    urgent = Complaint.objects.live().filter(urgency=Urgency.IMMEDIATE, handling=Handling.PROVINCIAL, province_id="18")
    for row in urgent.exclude(status=Status.NEW).order_by("received_at", "pk")[:3]:
        for minutes, result in ((5, RingResult.NO_ANSWER), (9, RingResult.ANSWERED)):
            at = row.received_at + datetime.timedelta(minutes=minutes)
            scope = {"complaint": row, "province_id": row.province_id, "handling": row.handling}
            said = {"whom": cast["officer.psh"], "place": Place.DUTY, "result": result}
            Ring.objects.create(**scope, **said, by=cast["intake"], happened_at=at, recorded_at=at)
