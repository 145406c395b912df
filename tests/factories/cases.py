"""Bare complaints and people of every handling, for tests of the scope (stories come from the services)."""

from typing import Any

import factory
from django.utils import timezone

from accounts.services import system_user
from complaints.models import Complaint
from people.models import Person
from suspects.models import CaseFile, Suspect
from victims.models import Operation, Victim


class ComplaintFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Complaint

    province_id = "18"
    handling = "provincial"
    channel = "hotline"
    received_at = factory.LazyFunction(timezone.now)
    logged_at = factory.LazyFunction(timezone.now)
    logged_by = factory.LazyFunction(system_user)
    narrative = "People are held on the sixth floor."

    @factory.lazy_attribute
    def province_of_incident_id(self: Any) -> str | None:
        return None if self.province_id == "00" else self.province_id


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person


class VictimFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Victim

    complaint = factory.SubFactory(ComplaintFactory)
    person = factory.SubFactory(PersonFactory)
    province_id = factory.SelfAttribute("complaint.province_id")
    handling = factory.SelfAttribute("complaint.handling")


class SuspectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Suspect

    complaint = factory.SubFactory(ComplaintFactory)
    person = factory.SubFactory(PersonFactory)
    province_id = factory.SelfAttribute("complaint.province_id")
    handling = factory.SelfAttribute("complaint.handling")


class OperationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Operation

    found_under = factory.SubFactory(ComplaintFactory)
    province_id = factory.SelfAttribute("found_under.province_id")
    handling = factory.SelfAttribute("found_under.handling")
    planned_for = factory.LazyFunction(timezone.now)
    place = "Floor six"
    lead = factory.LazyFunction(system_user)


class CaseFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CaseFile

    province_id = "18"
    court_id = "C18"
    police_number = factory.Sequence(lambda n: f"{n}/2022")
    unit = "Anti-trafficking office"
    opened_on = factory.LazyFunction(timezone.localdate)
    opened_by = factory.LazyFunction(system_user)
