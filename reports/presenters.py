"""The records behind a figure as flat rows: complaints, people, suspects, case files, contacts alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.models import Complaint, Contact
from complaints.presenters.rows import headline_of, language_of
from core import display
from core.paging import Sort
from people.presenters import about, lang_of, names_of
from prevention.models import Activity
from provinces.models import Measure as Taken
from referrals.models import Referral
from referrals.presenters import receiver_name
from suspects.models import CaseFile, Suspect
from victims.models import Operation, Victim

SORTS = {"received": Sort("received_at", True, "")}
WITH = {
    Complaint: ("province_of_incident",),
    Contact: ("complaint", "province_of_report"),
    Victim: ("person", "rescued_in"),
    Suspect: ("person", "arrested_in", "court"),
    CaseFile: ("court",),
    Operation: ("province", "site"),
    Referral: ("to_partner", "to_province", "province"),
    Taken: ("site__province", "company"),
    Activity: ("province",),
}


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its reference and address (empty where it has none of its own), who or what, status, day."""

    reference: str
    url: str
    title: str
    lang: str
    about: str
    status: str
    day: str


def brought(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Bring along what a row shows, in two queries however many rows."""
    model: Any = rows.model
    rows = rows.select_related(*WITH[model])
    return rows.prefetch_related("person__names") if model in {Victim, Suspect} else rows


def records_of(rows: Iterable[Any], user: Any) -> list[Record]:
    """Prepare the rows of one page."""
    return [MADE[type(row)](row, user) for row in rows]


def _complaint(row: Complaint, user: Any) -> Record:
    headline = headline_of(row, user)
    return Record(
        row.reference,
        reverse("complaints:detail", args=[row.reference]),
        headline,
        language_of(headline),
        str(row.province_of_incident or ""),
        str(row.get_status_display()),
        display.day(row.received_at, "short"),
    )


def _contact(row: Contact, user: Any) -> Record:
    of = row.complaint  # a contact's scope is its complaint's
    own = reverse("contacts:detail", args=[row.reference]) if user.may("contact.read") else ""
    return Record(
        of.reference if of else row.reference,
        reverse("complaints:detail", args=[of.reference]) if of else own,
        str(row.get_kind_display()),
        "",
        str(row.province_of_report or ""),
        str(row.get_channel_display()),
        display.day(row.received_at, "short"),
    )


def _victim(row: Victim, user: Any) -> Record:
    name = names_of(row.person, user)[0]
    day = row.rescued_on or row.status_at
    return Record(
        row.reference,
        reverse("victims:detail", args=[row.reference]),
        name,
        lang_of(name),
        display.sentences(about(row.person), row.rescued_in),
        _("%(status)s, %(decision)s")
        % {"status": row.get_rescue_status_display(), "decision": row.get_decision_display()},
        display.day(day, "short"),
    )


def _suspect(row: Suspect, user: Any) -> Record:
    name = names_of(row.person, user)[0]
    return Record(
        row.reference,
        reverse("suspects:detail", args=[row.reference]),
        name,
        lang_of(name),
        display.sentences(about(row.person), row.arrested_in),
        str(row.get_status_display()),
        display.day(row.sent_to_court_on or row.arrested_at, "short"),
    )


def _case_file(row: CaseFile, _user: Any) -> Record:
    number = row.police_number or row.court_number
    url = reverse("case_files:detail", args=[row.reference])
    return Record(row.reference, url, number, "", str(row.court), "", display.day(row.opened_on, "short"))


def _operation(row: Operation, user: Any) -> Record:
    url = reverse("operations:detail", args=[row.reference])
    title = row.where_for(identity=user.may("identity.read"))
    result = str(row.get_result_display())
    return Record(row.reference, url, title, "", str(row.province), result, display.day(row.done_at, "short"))


def _referral(row: Referral, _user: Any) -> Record:
    url = reverse("referrals:detail", args=[row.reference])
    status = str(row.get_status_display())
    return Record(
        row.reference, url, receiver_name(row), "", str(row.province), status, display.day(row.received_at, "short")
    )


def _measure(row: Taken, _user: Any) -> Record:
    url = reverse("sites:detail", args=[row.site.reference])
    whom = str(row.company or row.site)
    kind = str(row.get_kind_display())
    return Record(row.site.reference, url, whom, "", str(row.site.province), kind, display.day(row.since_on, "short"))


def _activity(row: Activity, _user: Any) -> Record:
    url, kind = reverse("activities:detail", args=[row.reference]), str(row.get_kind_display())
    return Record(
        row.reference,
        url,
        row.title,
        language_of(row.title),
        str(row.province),
        kind,
        display.day(row.held_on, "short"),
    )


MADE: dict[type, Any] = {
    Complaint: _complaint,
    Contact: _contact,
    Victim: _victim,
    Suspect: _suspect,
    CaseFile: _case_file,
    Operation: _operation,
    Referral: _referral,
    Taken: _measure,
    Activity: _activity,
}
