"""Roles of a suspect and the persons harmed, changed under a version."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from suspects.models import Suspect
from suspects.services import change_suspect
from tests.factories.cases import VictimFactory
from tests.suspects import Browser


def path(suspect: Suspect) -> str:
    return f"/suspects/{suspect.reference}/facts/"


def test_roles_and_persons_harmed_are_changed_and_told(
    browser: Browser, officer_psh: User, analyst: User, suspect: Suspect
) -> None:
    client, victim = browser(officer_psh), suspect.complaint.victims.get(person__age=17)
    said = {"roles": ["exploiter"], "harmed": [victim.reference], "version": str(suspect.version)}
    assert client.post(path(suspect), said).status_code == 302
    text = client.get(f"/suspects/{suspect.reference}/").content.decode()
    assert f"Persons harmed: — → {victim.reference}" in text
    assert "Role in the process: — → Exploiter" in text
    assert f'href="/victims/{victim.reference}/">Nguyễn Thị Lan' in text
    assert (
        f"Persons harmed: — → {victim.reference}"
        in client.get(f"/complaints/{suspect.complaint.reference}/").content.decode()
    )
    with pytest.raises(PermissionDenied):
        change_suspect(suspect, by=analyst, version=2, roles=[], harmed=[])


def test_who_was_faster_is_shown_and_mine_is_saved_on_top(
    browser: Browser, officer_psh: User, supervisor: User, suspect: Suspect
) -> None:
    first = {"roles": ["exploiter"], "version": str(suspect.version)}
    mine = {"roles": ["transporter"], "version": str(suspect.version)}
    assert browser(supervisor).post(path(suspect), first).status_code == 302
    answer = browser(officer_psh).post(path(suspect), mine)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert supervisor.name in text
    assert "<td>Exploiter</td><td><b>Transporter</b></td>" in text
    suspect.refresh_from_db()
    assert browser(officer_psh).post(path(suspect), {**mine, "version": str(suspect.version)}).status_code == 302
    suspect.refresh_from_db()
    assert suspect.roles == ["transporter"]


def test_somebody_of_another_complaint_is_refused(
    browser: Browser, officer_psh: User, suspect: Suspect, registered: Any
) -> None:
    stranger = VictimFactory(complaint=registered())
    answer = browser(officer_psh).post(path(suspect), {"harmed": [stranger.reference], "version": "1"})
    assert answer.status_code == 400
    assert suspect.victims.count() == 0
