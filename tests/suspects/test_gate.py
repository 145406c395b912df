"""The non-punishment gate: who was found and is not cleared goes to court after a review, or an override that is read."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import name_suspect
from core.exceptions import Conflict
from notifications.delivery import deliver_in_app
from notifications.models import Notification
from people.punishment import standings
from suspects.models import Review, Suspect
from suspects.services import add_suspect, advance
from tests.factories.accounts import PostingFactory
from tests.queries import asked
from tests.suspects import ARREST, WHY, Browser, arrested, url
from victims.services import advance as advance_victim
from victims.services import decide
from victims.services.consent import name_guardian


def test_who_was_found_and_is_not_cleared_needs_a_review_before_the_court(
    browser: Browser, both: Suspect, officer_psh: User, supervisor: User
) -> None:
    client = browser(officer_psh)
    assert "Non-punishment review needed" in client.get(url(both)).content.decode()
    refused = client.post(url(both, "send_to_court"), {"court": "C18"})
    assert refused.status_code == 400
    assert "Ask a supervisor at the ministry for the review" in refused.content.decode()
    assert browser(officer_psh).post(url(both, "review"), {"finding": "may_proceed", "note": WHY}).status_code == 403
    said = {"finding": "may_proceed", "note": WHY}
    assert browser(supervisor).post(url(both, "review"), said).status_code == 302
    assert client.post(url(both, "send_to_court"), {"court": "C18"}).status_code == 302


def test_a_review_against_punishment_stops_the_way(both: Suspect, officer_psh: User, supervisor: User) -> None:
    advance(both, "review", by=supervisor, finding="must_not", note="She was made to")
    for why in ("", WHY):
        with pytest.raises(Conflict):
            advance(both, "send_to_court", by=officer_psh, court="C18", override_why=why)
    advance(both, "review", by=supervisor, finding="may_proceed", note=WHY)
    assert advance(both, "send_to_court", by=officer_psh, court="C18").status == "sent_to_court"


def test_who_recorded_the_arrest_does_not_review_it(complaint: Complaint, supervisor: User) -> None:
    held = arrested(name_suspect(complaint, PersonSaid(), by=supervisor), supervisor)
    with pytest.raises(PermissionDenied):
        advance(held, "review", by=supervisor, finding="may_proceed", note=WHY)


def test_an_override_is_read_by_the_integrity_unit_of_whatever_province(
    browser: Browser, both: Suspect, officer_psh: User, integrity: User, supervisor: User
) -> None:
    advance(both, "send_to_court", by=officer_psh, court="C18", override_why=WHY)
    page = browser(integrity).get("/suspects/overrides/").content.decode()
    assert WHY in page
    assert both.reference in page
    assert browser(integrity).get(url(both)).status_code == 404
    assert browser(supervisor).get("/suspects/overrides/").status_code == 403
    assert list(Review.objects.overrides_for(supervisor)) == []


@pytest.mark.parametrize("decision", ["decide_presumed", "decide_trafficked"])
def test_the_gate_stands_for_victims_and_not_for_those_cleared(both: Suspect, officer_psh: User, decision: str) -> None:
    victim = both.person.victims.get()
    said = {"name": "Bà Ngoại", "kind": "relative", "own_view": "I want to go home.", "view_language": "vi"}
    name_guardian(victim, by=officer_psh, **said)
    decide(victim, decision, by=officer_psh)
    with pytest.raises(ValidationError):
        advance(both, "send_to_court", by=officer_psh, court="C18")
    decide(victim, "decide_exploited", by=officer_psh, note="Worked as a guard by choice")
    with pytest.raises(ValidationError):
        advance(both, "send_to_court", by=officer_psh, court="C18", override_why=WHY)
    assert advance(both, "send_to_court", by=officer_psh, court="C18").status == "sent_to_court"


@pytest.mark.parametrize("how", ["record_left", "record_declined"])
def test_the_gate_stands_for_everybody_who_was_met(
    complaint: Complaint, registered: Any, officer_psh: User, how: str
) -> None:
    adult = registered(people=(PersonSaid(name="Lê Quốc Bảo", age=27),)).victims.get()
    asked_ = {"asked_by": "Chea", "asked_alone": True, "asked_away": True, "asked_language": "vi"}
    advance_victim(adult, how, by=officer_psh, **({"left_how": "escaped"} if how == "record_left" else asked_))
    held = arrested(name_suspect(adult.complaint, PersonSaid(), by=officer_psh, same_as=adult), officer_psh)
    with pytest.raises(ValidationError):
        advance(held, "send_to_court", by=officer_psh, court="C18")


def test_a_review_from_before_the_arrest_was_recorded_is_not_enough(
    complaint: Complaint, officer_psh: User, supervisor: User, supervisor2: User
) -> None:
    victim = complaint.victims.get(person__age=17)
    advance_victim(victim, "record_rescue", by=officer_psh)
    named = name_suspect(complaint, PersonSaid(), by=officer_psh, same_as=victim)
    advance(named, "review", by=supervisor, finding="may_proceed", note=WHY)
    held = arrested(named, officer_psh, 5)
    with pytest.raises(ValidationError):
        advance(held, "send_to_court", by=officer_psh, court="C18")
    advance(held, "review", by=supervisor2, finding="may_proceed", note=WHY)
    assert advance(held, "send_to_court", by=officer_psh, court="C18").status == "sent_to_court"


def test_nobody_reviews_and_then_records_the_arrest_or_sends_on_without_one(
    complaint: Complaint, officer_psh: User, supervisor: User
) -> None:
    victim = complaint.victims.get(person__age=17)
    advance_victim(victim, "record_rescue", by=officer_psh)
    named = name_suspect(complaint, PersonSaid(), by=officer_psh, same_as=victim)
    advance(named, "review", by=supervisor, finding="may_proceed", note=WHY)
    with pytest.raises(ValidationError):
        advance(named, "send_to_court", by=supervisor, court="C18")
    held = arrested(named, supervisor, 5)
    with pytest.raises(ValidationError):
        advance(held, "send_to_court", by=officer_psh, court="C18")


def test_a_review_against_punishment_is_not_forgotten_by_an_arrest(
    browser: Browser, complaint: Complaint, officer_psh: User, supervisor: User
) -> None:
    victim = complaint.victims.get(person__age=17)
    advance_victim(victim, "record_rescue", by=officer_psh)
    named = name_suspect(complaint, PersonSaid(), by=officer_psh, same_as=victim)
    advance(named, "review", by=supervisor, finding="must_not", note="She was made to")
    held = arrested(named, officer_psh)
    with pytest.raises(Conflict):
        advance(held, "send_to_court", by=officer_psh, court="C18", override_why=WHY)
    page = browser(officer_psh).get(url(held, "send_to_court"))
    assert page.status_code == 409
    assert "must not be punished" in page.content.decode()


def test_who_is_posted_where_the_arrest_was_does_not_review_it(
    suspect: Suspect, officer_psh: User, supervisor: User
) -> None:
    PostingFactory(user=supervisor, province_id="12")
    held = advance(suspect, "arrest", by=officer_psh, arrested_in="12", **ARREST)
    with pytest.raises(PermissionDenied):
        advance(held, "review", by=supervisor, finding="may_proceed", note=WHY)


def test_the_reason_of_an_override_is_asked_only_where_the_gate_stands(
    browser: Browser, suspect: Suspect, both: Suspect, officer_psh: User, supervisor: User
) -> None:
    client = browser(officer_psh)
    assert "override_why" not in client.get(url(suspect, "send_to_court")).content.decode()
    assert "override_why" in client.get(url(both, "send_to_court")).content.decode()
    advance(both, "review", by=supervisor, finding="may_proceed", note=WHY)
    assert "override_why" not in client.get(url(both, "send_to_court")).content.decode()
    with pytest.raises(ValidationError):
        advance(both, "send_to_court", by=officer_psh, court="C18", override_why=WHY)


def test_the_integrity_unit_is_told_of_an_override_it_would_not_see_otherwise(
    browser: Browser, both: Suspect, officer_psh: User, integrity: User, integrity2: User, supervisor: User
) -> None:
    advance(both, "send_to_court", by=officer_psh, court="C18", override_why=WHY)
    deliver_in_app(timezone.now())
    client = browser(integrity)
    notice = Notification.objects.for_recipient(integrity).get()
    assert (notice.kind, notice.reference) == ("review_overridden", both.reference)
    assert client.get("/").context["unread"]() == 1
    opened = client.get(f"/notifications/{notice.pk}/", follow=True)
    assert opened.redirect_chain[-1][0] == f"/suspects/overrides/{both.reference}/"
    assert WHY in opened.content.decode()
    assert both.complaint.reference not in opened.content.decode()
    assert Notification.objects.for_recipient(integrity2).count() == 1
    assert not Notification.objects.filter(kind="review_overridden", recipient=supervisor).exists()


def test_a_reviewed_hand_over_tells_the_integrity_unit_nothing(
    both: Suspect, officer_psh: User, integrity: User, supervisor: User
) -> None:
    advance(both, "review", by=supervisor, finding="may_proceed", note=WHY)
    advance(both, "send_to_court", by=officer_psh, court="C18")
    assert not Notification.objects.filter(recipient=integrity).exists()


def card(client: Any, person: Suspect) -> str:
    """Return the card of the person's page as a victim; empty where there is none."""
    page = client.get(f"/victims/{person.person.victims.get().reference}/").content.decode()
    _before, found, rest = page.partition('id="non-punishment"')
    return rest.partition("</section>")[0] if found else ""


def test_the_victims_page_says_how_the_review_stands(
    browser: Browser, both: Suspect, officer_psh: User, supervisor: User, supervisor2: User
) -> None:
    client = browser(officer_psh)
    said = card(client, both)
    assert "Non-punishment review needed" in said
    assert "Not screened yet counts" in said
    assert both.reference in said
    advance(both, "review", by=supervisor, finding="must_not", note="Made to by the guards")
    said = card(client, both)
    assert "Non-punishment review: Must not be punished" in said
    assert "guards" not in said
    advance(both, "review", by=supervisor2, finding="may_proceed", note=WHY)
    assert "Non-punishment review: May go to court" in card(client, both)
    advance(both, "send_to_court", by=officer_psh, court="C18")
    assert "Non-punishment review: May go to court" in card(client, both)


def test_the_victims_page_says_that_presumed_counts_and_that_cleared_needs_no_review(
    browser: Browser, registered: Any, officer_psh: User
) -> None:
    victim = registered(people=(PersonSaid(name="Lê Quốc Bảo", age=27),)).victims.get()
    held = arrested(name_suspect(victim.complaint, PersonSaid(), by=officer_psh, same_as=victim), officer_psh)
    client = browser(officer_psh)
    assert card(client, held) == ""
    advance_victim(victim, "record_rescue", by=officer_psh)
    decide(victim, "decide_presumed", by=officer_psh)
    assert "Presumed counts" in card(client, held)
    decide(victim, "decide_exploited", by=officer_psh, note="Worked as a guard by choice")
    assert card(client, held) == ""


def test_the_victims_page_tells_of_an_override_to_who_may_read_it(
    browser: Browser, both: Suspect, officer_psh: User, officer_pp: User, program: Any
) -> None:
    advance(both, "send_to_court", by=officer_psh, court="C18", override_why=WHY)
    said = card(browser(officer_psh), both)
    assert "Non-punishment review: Sent on without a review" in said
    assert WHY not in said
    url = f"/api/v1/victims/{both.person.victims.get().reference}/non-punishment/"
    (told,) = program(officer_psh).get(url).json()
    assert (told["suspect"], told["state"], told["by"]) == (both.reference, "overridden", officer_psh.username)
    assert program(officer_pp).get(url).status_code == 404


def test_somebody_found_only_after_the_court_was_never_reviewed(
    browser: Browser, complaint: Complaint, officer_psh: User
) -> None:
    victim = complaint.victims.get(person__age=17)
    held = arrested(name_suspect(complaint, PersonSaid(), by=officer_psh, same_as=victim), officer_psh)
    advance(held, "send_to_court", by=officer_psh, court="C18")
    advance_victim(victim, "record_rescue", by=officer_psh)
    assert "Sent to court before anybody asked for a review" in card(browser(officer_psh), held)


def test_a_suspicion_of_another_province_is_not_told_but_its_override_is_to_the_integrity_unit(
    both: Suspect, officer_psh: User, officer_pp: User, integrity: User
) -> None:
    person = both.person
    assert [row.state for row in standings(person, officer_psh)] == ["open"]
    assert standings(person, officer_pp) == []
    assert standings(person, integrity) == []
    advance(both, "send_to_court", by=officer_psh, court="C18", override_why=WHY)
    (told,) = standings(person, integrity)
    assert (told.state, told.url) == ("overridden", f"/suspects/overrides/{both.reference}/")


def test_the_victims_page_asks_the_same_however_many_suspicions_there_are(
    browser: Browser, both: Suspect, registered: Any, officer_psh: User, supervisor: User
) -> None:
    client, page = browser(officer_psh), f"/victims/{both.person.victims.get().reference}/"
    client.get("/")
    advance(both, "review", by=supervisor, finding="must_not", note=WHY)
    costs = []
    for n in (0, 4):
        for _time in range(n):
            other = add_suspect(registered(), both.person, by=officer_psh)
            advance(other, "review", by=supervisor, finding="must_not", note=WHY)
        costs.append(len(asked(client, page)))
    assert costs[0] == costs[1]
