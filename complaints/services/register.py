"""Take a complaint in: complaint, contact, reporter, people, first line of the story and notices commit together."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.checks import checked, main_form
from complaints.guards import MINISTRY
from complaints.models import Complaint, Contact, Stage
from complaints.models.deadline import clock
from complaints.said import ComplaintSaid
from complaints.services.answers import answer_due
from complaints.services.comparing import mark
from complaints.services.contacts import kind_in_words, write_contact
from complaints.services.filing import with_teller
from complaints.services.handling import hold_site
from complaints.services.index import row_of, write
from complaints.services.officials import ask_of, unasked
from complaints.services.passing_on import ask_whose
from complaints.services.release import record_release
from complaints.triage import handling_for
from complaints.workflow import COMPLAINT
from notifications.services import duty_recipients, notify
from people.services import make_person
from provinces.models import Site
from victims.services import add_victim
from workflow.services import begin, submit_once

ROUTE = "complaints.register"


def register_complaint(said: ComplaintSaid, *, by: Any, key: str, is_program: bool = False) -> tuple[Complaint, bool]:
    """Register a complaint once per `key`; returns it and whether this call made it.

    Raises ValidationError by field (`takes_part` where it has to be said whether an official does; a program is not asked),
    Unprocessable for a key used with other words, Conflict where the contact it comes from was dealt with meanwhile.
    """

    def make() -> Complaint:
        if is_program:
            return register(unasked(said, by), by)
        ask_of(said, by)
        ask_whose(said, by)
        return register(said, by)

    return submit_once(key, by=by, route=ROUTE, body=said.body(), make=make, find=find_registered)


def find_registered(reference: str) -> Complaint | None:
    """Find what an earlier submission of the same person made: its receipt is theirs, whoever may see it now."""
    return Complaint._base_manager.filter(reference=reference).first()


@transaction.atomic
def register_apart(said: ComplaintSaid, *, by: Any) -> Complaint:
    """Register a complaint that a message holds beside others (a list of names): the message stays one, for itself."""
    return register(said, by, has_contact=False)


@transaction.atomic
def register(
    said: ComplaintSaid, by: Any, *, has_contact: bool = True, step: Mapping[str, Any] | None = None
) -> Complaint:
    """Register a complaint, as `register_complaint` does, each time it is called; `step` as for `write_contact`."""
    said = with_teller(checked(said), by)
    site = Site.objects.filter(reference=said.site).first() if said.site else None
    site = hold_site(site)
    complaint = _complaint(said, site, by)
    complaint.full_clean(exclude=_not_typed(complaint), validate_constraints=False)  # `checked` has asked them by field
    complaint.save(force_insert=True)
    how: dict[str, Any] = {"kind": Contact.Kind.NEW_REPORT, "adds": kind_in_words(said), "step": step}
    contact = write_contact(complaint, said, by, **how) if has_contact else None
    transition = begin(COMPLAINT, complaint, by=by, step="register", at=complaint.received_at)
    if said.contact and contact is not None:
        record_release(complaint, said, contact, by)
    for person in said.people:
        made = make_person(name=person.name, sex=person.sex, age=person.age, nationality=person.nationality)
        add_victim(complaint, made, by=by)
    write([row_of(complaint)])
    mark(complaint)
    told = duty_recipients(complaint.province_id, complaint.handling, complaint.pk)
    notify([user for user in told if user.pk != by.pk], "complaint_new", about=complaint, transition=transition)
    return complaint


def _complaint(said: ComplaintSaid, site: Site | None, by: Any) -> Complaint:
    received = said.received_at or timezone.now()
    return Complaint(
        **_where(said),
        site=site,
        **_number(said),
        province_id=said.province_of_incident or MINISTRY,
        handling=handling_for(said, by),
        channel=said.channel,
        received_at=received,
        logged_by=by,
        narrative=said.narrative,
        forms=list(said.forms),
        main_form=main_form(said.forms),
        urgency=said.urgency,
        not_local_police=said.not_local_police,
        names_official=said.names_official or bool(said.official),
        official=said.official,
        status_at=received,
        **clock(Stage.ACKNOWLEDGE, said.urgency, received),
        answer_due_at=answer_due(received) if said.reporter and said.reporter.can_be_answered else None,
    )


def _where(said: ComplaintSaid) -> dict[str, Any]:
    return {
        "province_of_report_id": said.province_of_report or None,
        "country_of_report": said.country_of_report,
        "province_of_incident_id": said.province_of_incident or None,
        "country_of_incident": said.country_of_incident,
        "district_id": said.district or None,
        "commune_id": said.commune or None,
        "exact_spot": said.exact_spot,
    }


def _number(said: ComplaintSaid) -> dict[str, int | None]:
    """The number said, raised to the people listed: they are reported too."""
    if said.number is None:
        return {}
    low, likely, high = said.number
    likely = max(likely, len(said.people))
    return {"number_low": low, "number_reported": likely, "number_high": max(high, likely) if high else high}


def _not_typed(complaint: Complaint) -> list[str]:
    return [field.name for field in complaint._meta.fields if field.is_relation or field.name in ("id", "official")]
