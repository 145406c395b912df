"""Add a call, message or form to the complaint it is about: nothing that was typed is lost, nothing is counted twice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.scope import is_stricter
from accounts.services import system_user
from complaints.came import columns_of, with_sealed
from complaints.checks import checked
from complaints.models import (
    CallKind,
    Complaint,
    Contact,
    ContactStatus,
    ExploitationForm,
    Handling,
    Status,
    is_more_urgent,
    turn_of,
)
from complaints.said import ComplaintSaid, PersonSaid
from complaints.services.answers import answer_due
from complaints.services.facts import change_facts
from complaints.services.filing import of_call, take_in, with_teller, write_reporter
from complaints.services.handling import STEP_TO
from complaints.services.hearers import hearers_of
from complaints.services.index import index
from complaints.services.officials import ask_of
from complaints.services.passing_on import ask_whose
from complaints.services.people import add_people
from complaints.services.steps import advance
from complaints.triage import handling_for, proposal
from core.countries import country_name
from core.sealed import open_sealed
from notifications.kinds import Sort
from notifications.kinds import register as register_kind
from notifications.services import notify
from people.matching import Known, likely
from people.models import Person, Sex
from provinces.models import Commune, District, Province, Site
from workflow.notes import in_source
from workflow.services import lock, submit_once

SPOKEN_OF = (CallKind.HELD, CallKind.CHILD, CallKind.MONEY)  # kinds of call that no kind of contact keeps
CHOSEN = gettext_lazy("who took the call chose so")
register_kind("contact_more", gettext_lazy("Somebody told more about a complaint"), sort=Sort.WORK)
register_kind("contact_closed", gettext_lazy("Somebody told more about a closed complaint"), sort=Sort.WORK)


def write_contact(
    complaint: Complaint,
    said: ComplaintSaid,
    by: Any,
    *,
    kind: str,
    adds: str = "",
    step: Mapping[str, Any] | None = None,
) -> Contact:
    """Write a contact of a complaint and, sealed, who told it; `adds` is what it adds to the complaint's narrative.

    What was said in a contact that waits (`said.contact`) becomes the complaint's, and no second one is written; `step`
    is what `perform` takes besides.
    """
    if said.contact:
        return take_in(complaint, said, by, kind=kind, adds=adds, **(step or {}))
    said = replace(said, reporter=with_sealed(said.reporter, said.came, said.channel))
    contact = _filed(complaint, said, by, kind, adds)
    contact.save(force_insert=True)
    if said.reporter is not None:
        write_reporter(contact, said.reporter)
    return contact


def _filed(complaint: Complaint, said: ComplaintSaid, by: Any, kind: str, adds: str) -> Contact:
    received = said.received_at or complaint.received_at
    return Contact(
        **of_call(said),
        **columns_of(said.came, said.channel),
        language=said.language,
        channel=said.channel,
        kind=kind,
        status=ContactStatus.FILED,
        turn=turn_of(said.urgency, received),
        received_at=received,
        logged_by=by,
        complaint=complaint,
        province_id=complaint.province_id,
        handling=complaint.handling,
        province_of_report_id=said.province_of_report or None,
        raw=said.narrative,
        narrative=adds,
    )


def add_contact(complaint: Complaint, said: ComplaintSaid, *, by: Any, key: str) -> tuple[Complaint, bool]:
    """Add what somebody told to a complaint `by` may see, once per `key`; returns the complaint and whether this call did it.

    Who is named and resembles nobody in the complaint is added to it; a danger raises its urgency; an official named or
    the local police feared takes it out of the province. To a closed complaint the words alone are added, and the
    supervisors are told. Raises ValidationError by field (`takes_part` where it has to be said whether an official does),
    PermissionDenied, Http404 out of scope, Conflict where it was merged, Unprocessable for a key used with other words.
    """
    if not by.may("complaint.create"):
        raise PermissionDenied(_("Your role does not log complaints."))
    seen = Complaint.objects.visible_to(by)

    def make() -> Complaint:
        ask_of(said, by, complaint)
        ask_whose(said, by, complaint)
        return add(complaint, said, by)

    return submit_once(
        key,
        by=by,
        route=f"complaints.more:{complaint.reference}",
        body=said.body(),
        make=make,
        find=lambda reference: seen.filter(reference=reference).first(),
    )


@transaction.atomic
def add(complaint: Complaint, said: ComplaintSaid, by: Any, step: Mapping[str, Any] | None = None) -> Complaint:
    """Add what was told, as `add_contact` does, each time it is called; `step` as for `write_contact`."""
    said = checked(said)
    row = lock(complaint, by)
    said = with_teller(said, by)
    _keep_warnings(row, said)
    contact = write_contact(row, said, by, kind=Contact.Kind.MORE, adds=told_in_words(said), step=step)
    if row.status != Status.CLOSED:
        if new := strangers(row, said.people):
            add_people(row, new, by=by)
        row.refresh_from_db()
        if is_more_urgent(said.urgency, row.urgency):
            row = change_facts(row, by=by, version=row.version, changes={"urgency": said.urgency})
    if said.reporter and said.reporter.can_be_answered and row.answer_due_at is None:
        Complaint._base_manager.filter(pk=row.pk).update(answer_due_at=answer_due(contact.received_at))
    index(row)
    row = _taken_further(row, said, by)
    _tell(row, contact, by)
    return row


def told_in_words(said: ComplaintSaid) -> str:
    """Return the story with what else was typed, a line each, for whoever handles the complaint; never who told it."""
    forms = dict(ExploitationForm.choices)
    more = [
        (_("Province of incident"), _named(Province, "code", said.province_of_incident)),
        (_("Country of incident"), country_name(said.country_of_incident)),
        (_("Country of report"), country_name(said.country_of_report)),
        (_("Site"), _named(Site, "reference", said.site)),
        (_("District"), _named(District, "code", said.district)),
        (_("Commune"), _named(Commune, "code", said.commune)),
        (_("Exact spot"), said.exact_spot),
        (_("People sought"), " – ".join(str(number) for number in said.number or () if number is not None)),
        (_("Forms of exploitation"), ", ".join(str(forms.get(code, code)) for code in said.forms)),
        *((_("Person"), _in_words(person)) for person in said.people),
    ]
    kind = filter(None, [kind_in_words(said)])
    return "\n".join([said.narrative, *kind, *(f"{label}: {text}" for label, text in more if text)])


def kind_in_words(said: ComplaintSaid) -> str:
    """Return the line that keeps what kind of call it was, where no kind of contact does; empty where one does, or it was no call."""
    if said.call_kind not in SPOKEN_OF:
        return ""
    return f"{_('Kind of call')}: {CallKind(said.call_kind).label}"


def _named(model: Any, column: str, value: str) -> str:
    found = model.objects.filter(**{column: value}).first() if value else None
    return str(found or value)


def _in_words(person: PersonSaid) -> str:
    sex = str(dict(Sex.choices).get(person.sex, person.sex))
    return ", ".join(part for part in (person.name, sex, str(person.age or ""), person.nationality) if part)


def strangers(complaint: Complaint, people: Sequence[PersonSaid]) -> list[PersonSaid]:
    """Return who of these people is named and resembles nobody that stands in the complaint already."""
    named = [person for person in people if person.name]
    if not named:
        return []
    here = Person.objects.filter(victims__complaint=complaint, victims__merged_into=None)
    found = likely([_known(person) for person in named], here)
    return [person for person, matches in zip(named, found, strict=True) if not matches]


def _known(person: PersonSaid) -> Known:
    return Known(names=(person.name,), sex=person.sex, age=person.age, nationality=person.nationality)


def _keep_warnings(row: Complaint, said: ComplaintSaid) -> None:
    """Keep, sealed beside what was named before, which official is named now, and that the local police is feared."""
    columns = ["official", "names_official", "not_local_police"]
    if not (said.official or said.names_official or said.not_local_police):
        return
    if said.official:
        row.official = "\n".join(filter(None, [open_sealed(row, "official"), said.official]))
    row.names_official |= said.names_official or bool(said.official)
    row.not_local_police |= said.not_local_police
    row.save(update_fields=columns)


def _taken_further(row: Complaint, said: ComplaintSaid, by: Any) -> Complaint:
    """Take the complaint out of the province where what was told, or who took the call, asks for it; the system's act."""
    wanted, proposed = handling_for(said, by), proposal(said)
    if not is_stricter(wanted, row.handling):
        return row
    reasons = proposed.reasons if proposed.handling == wanted else [CHOSEN]
    return advance(row, STEP_TO[Handling(wanted)], by=system_user(), note=in_source(*reasons))


def _tell(row: Complaint, contact: Contact, by: Any) -> None:
    """Tell who is to know of it as the complaint stands now, but not who wrote it down."""
    kind = "contact_closed" if row.status == Status.CLOSED else "contact_more"
    notify([user for user in hearers_of(row) if user.pk != by.pk], kind, about=row, transition=contact.pk)
