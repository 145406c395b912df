"""Pairs after a correction: what is no longer alike leaves the list, what is alike again comes back, what was decided stays."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from accounts.models import User
from complaints.models import Comparison, Complaint
from complaints.said import ContactSaid, PersonSaid
from complaints.services import (
    log_contact,
)
from complaints.services.comparing import mark_changed, mark_renamed
from complaints.services.index import index
from complaints.services.pairs import advance_pair
from people.facts import Name
from provinces.services import edit_site
from tests.complaints.test_pairs import HELD, SAME, looked, two
from tests.factories.places import a_site
from victims.services import change_who
from workflow.models import Transition

Register = Callable[..., Complaint]


def test_a_pair_that_is_no_longer_alike_leaves_the_list_and_comes_back_when_it_is_again(
    registered: Register, supervisor: User, browser: Any
) -> None:
    _one, other = two(registered)
    (pair,) = looked()
    corrected(other, "My brother does not answer since May.", "Nguyen Van Minh", supervisor)
    assert looked() == []
    pair.refresh_from_db()
    assert pair.state == "apart"
    step = Transition.objects.of(pair).first()
    assert step is not None
    assert (step.step, step.by.role) == ("fade", "system")
    page = browser(supervisor).get(f"/pairs/{pair.reference}/").content.decode()
    assert "No longer alike: what is said has changed" in page
    assert pair.reference in browser(supervisor).get("/pairs/?state=apart").content.decode()
    corrected(other, SAME["narrative"], "Sokh Chana", supervisor)
    assert looked() == [pair]


def corrected(row: Complaint, narrative: str, name: str, by: User) -> None:
    """Correct what is said and who is sought, and have it compared anew."""
    Complaint._base_manager.filter(pk=row.pk).update(narrative=narrative)
    row.refresh_from_db()
    victim = row.victims.get()
    change_who(victim, by=by, version=victim.person.version, changes={"names": [Name(name)]})
    index(row)


def test_what_somebody_decided_and_what_is_alike_from_either_side_stays(registered: Register, supervisor: User) -> None:
    _one, other = two(registered)
    (pair,) = looked()
    Comparison.objects.update(due_at=timezone.now())
    assert looked() == [pair]
    advance_pair(pair, "link", by=supervisor, tell=["one"])
    corrected(other, "Another thing.", "Nguyen Van Minh", supervisor)
    looked()
    pair.refresh_from_db()
    assert pair.state == "linked"


def test_a_message_and_a_sealed_complaint_no_longer_alike_part(registered: Register, intake: User) -> None:
    sealed = registered(**HELD, handling="sealed")
    said = ContactSaid("enquiry", "hotline", "Who is it that rings from ០៩៧ ៥៥៥ ០១៨៤?")
    log_contact(said, by=intake, key="k-1")
    (pair,) = looked()
    Complaint._base_manager.filter(pk=sealed.pk).update(narrative="He is held behind Wat Leu.")
    sealed.refresh_from_db()
    index(sealed)
    assert looked() == []
    pair.refresh_from_db()
    assert pair.state == "apart"


def test_another_name_of_a_site_compares_what_stands_there_and_what_names_it(
    registered: Register, supervisor: User
) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        site = a_site(supervisor, "Golden Lotus")
    there = registered(site=site.reference, narrative="Held.")
    names = registered(narrative="They sit in the Moonbeam Resort.", province_of_incident="12")
    registered(narrative="Nothing of it.")
    looked()
    assert not Comparison.objects.waiting().exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert mark_renamed(timezone.now()) == 0
        edit_site(site, by=supervisor, version=site.version, aliases=["Moonbeam Resort"])
        later = timezone.now() + timedelta(minutes=1)
        assert mark_renamed(later) == 2
        waiting = Comparison.objects.waiting()
        assert set(waiting.values_list("complaint_id", flat=True)) == {there.pk, names.pk}
    with time_machine.travel(timezone.now() + timedelta(minutes=9)):
        looked()
        assert mark_renamed(timezone.now() + timedelta(minutes=1)) == 0


def test_what_becomes_known_of_a_person_is_compared(registered: Register, supervisor: User) -> None:
    registered(people=(PersonSaid(name="សុខ ចាន់ណា", sex="male", age=22),), narrative="Held.")
    other = registered(people=(PersonSaid(sex="male", age=22),), narrative="Gone.", province_of_incident="12")
    assert looked() == []
    later = timezone.now() + timedelta(minutes=5)
    victim = other.victims.get()
    change_who(victim, by=supervisor, version=victim.person.version, changes={"names": [Name("Sok Channa")]})
    assert mark_changed(later) == 2  # the other one came in just now as well
    assert len(looked()) == 1
