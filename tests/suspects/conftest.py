"""A suspect, and somebody who is victim and suspect."""

import pytest

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import name_suspect
from suspects.models import Suspect
from tests.suspects import arrested
from victims.services import advance as advance_victim


@pytest.fixture
def suspect(complaint: Complaint, officer_psh: User) -> Suspect:
    return name_suspect(complaint, PersonSaid(name="王伟", sex="male", age=41, nationality="CN"), by=officer_psh)


@pytest.fixture
def both(complaint: Complaint, officer_psh: User) -> Suspect:
    """Somebody brought out of the building who is held for what happened there."""
    victim = complaint.victims.get(person__age=17)
    advance_victim(victim, "record_rescue", by=officer_psh)
    found = name_suspect(complaint, PersonSaid(), by=officer_psh, same_as=victim)
    return arrested(found, officer_psh)
