"""Three pairs that may be the same beyond a province: two provinces, what the ministry leads, and what is sealed."""

import datetime
from typing import Any

from django.db.models import F

from complaints.models import Comparison, Complaint
from complaints.said import ComplaintSaid
from complaints.services import add_contact
from complaints.services.comparing import compare

# Two complaints each, by province and handling, and what one more caller says of both.
CALLS = (
    (("18", "provincial"), ("12", "provincial"), "097 555 0184", "He says he is called Vibol and wants 2,000 dollars."),
    (("18", "provincial"), (None, "national_led"), "088 555 0377", "បុរសនោះសុំលុយ ហើយថាបងប្រុសនឹងត្រូវលក់បន្ត។"),
    (("12", "provincial"), (None, "sealed"), "016 555 0921", "The policeman of the village rings from this number."),
)


def tell(cast: dict[str, Any], now: datetime.datetime) -> None:
    """Let callers name the same telephone in two complaints nobody sees both of, and let the worker compare those alone."""
    told: list[Complaint] = []
    for number, (one, other, phone, words) in enumerate(CALLS):
        for place, (province, handling) in enumerate((one, other)):
            by = cast["supervisor2" if handling == "sealed" else "intake"]
            rows = Complaint.objects.visible_to(by).live().filter(handling=handling).exclude(status="closed")
            rows = rows.filter(province_id=province) if province else rows
            row = rows.exclude(pk__in=[seen.pk for seen in told]).order_by("received_at", "pk").first()
            if row is not None:
                said = f"A man rings the family from {phone}. {words}"
                at = now - datetime.timedelta(hours=3 * number + place + 1)
                add_contact(row, _said(said, at), by=by, key=f"demonstration-pair-{number}-{place}")
                told.append(row)
    later = now + datetime.timedelta(minutes=10)  # the rest of the fiction is compared when it is added to
    rest = Comparison.objects.exclude(complaint__in=[row.pk for row in told])
    done = {"due_at": None, "compared_at": later, "seen_province": F("province_id"), "seen_handling": F("handling")}
    rest.update(**done)
    compare(*(row.pk for row in told))
    Comparison.objects.update(**done)


def _said(words: str, at: datetime.datetime) -> ComplaintSaid:
    return ComplaintSaid(channel="hotline", narrative=words, received_at=at)
