"""Enter a list of names: one message, a complaint for each place, each name a person; all of it or nothing, and once."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from audit.services import record
from complaints.checks import MAX_PEOPLE
from complaints.contact_workflow import CONTACT, NAMES, TRIAGE
from complaints.models import Complaint, Contact, Handling, ListedName, NameList
from complaints.said import ComplaintSaid, PersonSaid
from complaints.services.asked import tell_asked
from complaints.services.officials import unasked
from complaints.services.people import add_people
from complaints.services.register import register_apart
from complaints.sheet import Row
from partners.models import Partner
from people.models import Person
from victims.models import Victim
from victims.services.listed import Listed, add_known
from workflow.services import perform, submit_once

ROUTE = "contacts.names"
MOST_PLACES = 20


@dataclass(frozen=True)
class Place:
    """Where names of a place go: a complaint that is there (its reference), or a new one about a province (empty: not known)."""

    complaint: str = ""
    province: str = ""


@dataclass(frozen=True)
class Named:
    """A row of the list, and the reference of the person it was found to be (empty: somebody new)."""

    row: Row
    known: str = ""


def enter_names(
    contact: Contact, named: Sequence[Named], places: Mapping[str, Place], *, partner: str, by: Any, key: str
) -> NameList:
    """Enter the names of a message that waits, once per `key`; returns the list.

    Raises PermissionDenied, ValidationError by field, Conflict where the message was dealt with meanwhile, Unprocessable.
    """
    if not (by.may(TRIAGE) and by.may("complaint.create") and by.may("victim.add") and by.may("identity.read")):
        raise PermissionDenied(_("Your role does not enter names."))
    seen = NameList.objects.visible_to(by)
    rows = [{**asdict(one.row), "cells": (), "known": one.known} for one in named]
    body = {"rows": rows, "places": {place: asdict(to) for place, to in places.items()}, "partner": partner}
    made, _fresh = submit_once(
        key,
        by=by,
        route=f"{ROUTE}:{contact.reference}",
        body=body,
        make=lambda: _enter(contact, named, places, partner, by),
        find=lambda reference: seen.filter(reference=reference).first(),
    )
    return made


@transaction.atomic
def _enter(contact: Contact, named: Sequence[Named], places: Mapping[str, Place], partner: str, by: Any) -> NameList:
    _check(named)

    def effect(row: Contact, _values: dict[str, Any], moment: datetime.datetime) -> dict[str, Any]:
        return {"status_at": moment, "kind": Contact.Kind.NAMES}

    row = perform(CONTACT, contact, NAMES, by=by, effect=effect)
    sender = _sender(partner, by)
    made = NameList(contact=row, reference=row.reference, received_at=row.received_at, partner=sender, made_by=by)
    made.save(force_insert=True)
    victims = _known(named, by)
    for place in dict.fromkeys(one.row.place for one in named if not one.known):
        fresh = [one for one in named if one.row.place == place and not one.known]
        victims |= _of_place(row, place, places.get(place, Place()), fresh, by)
    ListedName.objects.bulk_create(_listed(made, n, one.row, victims[one.row.line]) for n, one in enumerate(named, 1))
    there = [one.row for one in named if one.known or places.get(one.row.place, Place()).complaint]
    tell_asked(made, [(row, victims[row.line]) for row in there], by=by)
    return made


def _listed(made: NameList, line: int, row: Row, victim: Victim) -> ListedName:
    """Return a name of a list; a complaint that is sealed already is not named to who reads the list later."""
    complaint = victim.complaint
    reference = "" if complaint.handling == Handling.SEALED else complaint.reference
    return ListedName(
        list=made, line=line, name=", ".join(row.names), place=row.place, victim=victim, reference=reference
    )


def _check(named: Sequence[Named]) -> None:
    places = {one.row.place for one in named}
    if not named:
        raise ValidationError(_("No name of the list can be entered."))
    if any(one.row.errors or not one.row.names for one in named):
        raise ValidationError(_("A row of the list is to be mended first."))
    if len(places) > MOST_PLACES:
        raise ValidationError(_("At most %(most)s places at once. Send the list in parts.") % {"most": MOST_PLACES})
    if any(sum(one.row.place == place and not one.known for one in named) > MAX_PEOPLE for place in places):
        raise ValidationError(_("At most %(most)s people of one place. Send the list in parts.") % {"most": MAX_PEOPLE})


def _sender(reference: str, by: Any) -> Partner | None:
    """Return the partner that sent the list; none where it stands in no directory."""
    if not reference:
        return None
    found = Partner.objects.visible_to(by).active().filter(reference=reference).first()
    if found is None:
        raise ValidationError({"partner": [_("Choose a partner from the list.")]})
    return found


@transaction.atomic
def change_sender(made: NameList, partner: str, *, by: Any) -> NameList:
    """Say who sent a list (a reference of the directory; empty: nobody of it). PermissionDenied, Http404, ValidationError."""
    if not by.may(TRIAGE):
        raise PermissionDenied(_("Your role does not enter names."))
    row = get_object_or_404(NameList.objects.visible_to(by).select_for_update(of=("self",)), pk=made.pk)
    before = row.partner
    if partner == (before.reference if before else ""):  # also where it is no longer one that could be chosen
        return row
    row.partner = _sender(partner, by)
    row.save(update_fields=["partner"])
    detail = {name: one.reference if one else "" for name, one in (("before", before), ("after", row.partner))}
    record("names.sender", by=by, about=row, detail=detail)
    return row


def _known(named: Sequence[Named], by: Any) -> dict[int, Victim]:
    """Return the persons that names were found to be, of those the user sees, by line."""
    wanted = [(n, one.row.line, one.known) for n, one in enumerate(named) if one.known]
    seen = Victim.objects.visible_to(by).live().select_related("complaint")
    rows = {row.reference: row for row in seen.filter(reference__in={known for _n, _line, known in wanted})}
    gone = [_("Somebody of the list is no longer there. Read the list again.")]
    if errors := {f"rows.{n}.known": gone for n, _line, known in wanted if known not in rows}:
        raise ValidationError(errors)
    return {line: rows[known] for _n, line, known in wanted}


def _of_place(contact: Contact, place: str, to: Place, fresh: Sequence[Named], by: Any) -> dict[int, Victim]:
    """Put the people of a place into their complaint, one that is there or a new one; return them by line."""
    people = [_said(one.row) for one in fresh]
    if to.complaint:
        complaint = Complaint.objects.visible_to(by).filter(reference=to.complaint.strip().upper()[:20]).first()
        if complaint is None:
            why = _("%(place)s: there is no complaint of this reference that you may see.") % {"place": place or "—"}
            raise ValidationError({"places": [why]})
        rows = add_people(complaint, people, by=by)
    else:
        told = replace(_complaint(contact, place, to.province, people), asks_official=True)
        complaint = register_apart(
            unasked(told, by), by=by
        )  # a place may name an official: the ministry reads it first
        rows = add_people(complaint, people, by=by)
    for one, victim in zip(fresh, rows, strict=True):
        _complete(victim.person, one.row)
    return {one.row.line: victim for one, victim in zip(fresh, rows, strict=True)}


def _said(row: Row) -> PersonSaid:
    return PersonSaid(name=row.names[0], sex=row.sex, age=row.age, nationality=row.nationality)


def _complete(person: Person, row: Row) -> None:
    """Write the other names, the passport and the birth that a row says."""
    add_known(person, Listed(names=row.names, nationality=row.nationality, passport=row.passport))
    birth = {name: value for name in ("born_on", "born_year") if (value := getattr(row, name))}
    if birth:
        Person.objects.filter(pk=person.pk).update(**birth)


def _complaint(contact: Contact, place: str, province: str, people: Sequence[PersonSaid]) -> ComplaintSaid:
    n = len(people)
    words = _("From a list of names (%(reference)s). Place, as it was sent: %(place)s") % {
        "reference": contact.reference,
        "place": place or _("not said"),
    }
    return ComplaintSaid(
        channel=contact.channel,
        narrative=words,
        received_at=contact.received_at,
        province_of_report=contact.province_of_report_id or "",
        province_of_incident=province,
        exact_spot=place,
        number=(n, n, n),
        urgency=contact.haste,
    )
