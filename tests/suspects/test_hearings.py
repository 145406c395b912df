"""Hearings: set for one or several, what came of them, and the reminders before they begin."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from core.exceptions import Conflict
from notifications.due import numbers_due
from notifications.models import Notification
from suspects.models import CaseFile, Hearing, Suspect
from suspects.services import advance, advance_hearing, join, set_hearing
from suspects.services.hearings import remind
from tests.factories.cases import CaseFileFactory, SuspectFactory
from tests.queries import asked
from tests.suspects import HOUR, Browser, at_court, url

DAY = 24 * HOUR
MONDAY = "2027-03-01T03:00:00+00:00"


@pytest.fixture
def sent(suspect: Suspect, officer_psh: User) -> Suspect:
    return at_court(suspect, officer_psh)


def hearing(suspect: Suspect, by: User, days: float = 5, **said: Any) -> Hearing:
    return set_hearing(suspect, by=by, at=timezone.now() + days * DAY, **{"kind": "trial", **said})[0]


def told(kind: str) -> list[str]:
    rows = Notification.objects.filter(kind=kind, channel="in_app").order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


def test_a_hearing_is_set_on_a_page_and_stands_on_all_of_them(
    browser: Browser, officer_psh: User, sent: Suspect
) -> None:
    client, path = browser(officer_psh), f"{url(sent)}hearings/"
    day = timezone.localdate() + timedelta(days=9)
    said = {"at_0": f"{day:%d/%m/%Y}", "at_1": "៨:៣០", "kind": "trial", "court": "C18", "room": "Room two"}
    assert client.post(path, {**said, "at_0": ""}).status_code == 400
    assert client.post(path, said).status_code == 302
    made = Hearing.objects.get()
    assert timezone.localtime(made.at).hour == 8
    for page in (path, url(sent), "/hearings/"):
        assert "8:30" in client.get(page).content.decode(), page
    assert client.post(path, said).status_code == 400  # the same hearing once more
    assert Hearing.objects.count() == 1


def test_the_same_press_twice_sets_one_hearing(browser: Browser, officer_psh: User, sent: Suspect) -> None:
    day = timezone.localdate() + timedelta(days=9)
    said = {"at_0": f"{day:%d/%m/%Y}", "at_1": "8:30", "kind": "trial", "court": "C18", "idempotency_key": "k-hearing"}
    for _twice in range(2):
        assert browser(officer_psh).post(f"{url(sent)}hearings/", said).status_code == 302
    assert Hearing.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"at": None}, "at"),
        ({"days": -40}, "at"),
        ({"days": 4000}, "at"),
        ({"kind": "party"}, "kind"),
        ({"court": "C99"}, "court"),
        ({"room": "x" * 121}, "room"),
    ],
)
def test_what_a_hearing_lacks_is_said(sent: Suspect, officer_psh: User, said: dict[str, Any], field: str) -> None:
    at = timezone.now() + said.pop("days", 5) * DAY
    with pytest.raises(ValidationError) as refused:
        set_hearing(sent, by=officer_psh, **{"at": at, "kind": "trial", **said})
    assert list(refused.value.message_dict) == [field]


def test_who_was_not_sent_to_court_has_no_hearing(suspect: Suspect, officer_psh: User, intake: User) -> None:
    with pytest.raises(Conflict):
        hearing(suspect, officer_psh)
    with pytest.raises(PermissionDenied):
        hearing(suspect, intake)


def test_co_suspects_stand_there_too_each_behind_their_own_wall(
    browser: Browser, officer_psh: User, supervisor: User, sent: Suspect, registered: Any
) -> None:
    other = at_court(SuspectFactory(complaint=sent.complaint), officer_psh)
    away = SuspectFactory(complaint=registered(province_of_incident="12"))
    file: CaseFile = CaseFileFactory()
    for row in (sent, other, away):
        join(file, row, by=supervisor)
    page = browser(officer_psh).get(f"{url(sent)}hearings/").content.decode()
    assert other.reference in page
    assert away.reference not in page
    day = timezone.localdate() + timedelta(days=9)
    said = {"at_0": f"{day:%d/%m/%Y}", "at_1": "8:30", "kind": "trial", "court": "C18"}
    browser(officer_psh).post(f"{url(sent)}hearings/", {**said, "also": [other.reference, away.reference]})
    assert {row.suspect_id for row in Hearing.objects.all()} == {sent.pk, other.pk}
    for one, too in ((sent, other), (other, sent)):
        at = timezone.now() + 20 * DAY
        made = set_hearing(one, by=officer_psh, at=at, kind="trial", court=f"C{12 + (one == sent)}", also=[too])
        assert [row.suspect_id for row in made] == [one.pk, too.pk]
    page = browser(officer_psh).get(url(sent)).content.decode()
    assert f'href="{url(other)}"' in page
    assert away.reference not in page


def test_a_hearing_is_held_once_its_hour_has_come(sent: Suspect, officer_psh: User, supervisor: User) -> None:
    row = hearing(sent, officer_psh, 2)
    with pytest.raises(Conflict):
        advance_hearing(row, "record_held", by=officer_psh, result="Two witnesses heard")
    with time_machine.travel(row.at + HOUR):
        with pytest.raises(ValidationError):
            advance_hearing(row, "record_held", by=officer_psh)
        done = advance_hearing(row, "record_held", by=officer_psh, result="Two witnesses heard")
        assert (done.status, done.result) == ("held", "Two witnesses heard")
        with pytest.raises(PermissionDenied):
            advance_hearing(done, "take_back_result", by=officer_psh, note="Another day")
        back = advance_hearing(done, "take_back_result", by=supervisor, note="Another day")
    assert (back.status, back.result) == ("set", "")


def test_an_adjournment_to_a_day_sets_the_next_one(browser: Browser, officer_psh: User, sent: Suspect) -> None:
    row = hearing(sent, officer_psh, 5, room="Room two")
    path = f"/hearings/{row.reference}/steps/adjourn/"
    day = timezone.localdate() + timedelta(days=1)
    early = browser(officer_psh).post(path, {"next_at_0": f"{day:%d/%m/%Y}", "next_at_1": "9:00"})
    assert early.status_code == 400
    assert "comes after this one" in early.content.decode()
    day += timedelta(days=30)
    said = {"next_at_0": f"{day:%d/%m/%Y}", "next_at_1": "9:00", "result": "The interpreter did not come"}
    assert browser(officer_psh).post(path, said)["Location"] == f"{url(sent)}hearings/"
    row.refresh_from_db()
    assert row.next is not None
    assert (row.status, row.next.room, row.next.kind) == ("adjourned", "Room two", "trial")
    assert timezone.localdate(row.next.at) == day


def test_what_was_set_by_mistake_stands_nowhere_and_is_kept(browser: Browser, officer_psh: User, sent: Suspect) -> None:
    row = hearing(sent, officer_psh)
    advance_hearing(row, "strike", by=officer_psh, note="Of another man")
    assert row.reference not in browser(officer_psh).get("/hearings/?when=all").content.decode()
    assert not Hearing.objects.coming().exists()
    assert Hearing.objects.get().status == "mistaken"
    assert hearing(sent, officer_psh).status == "set"


@time_machine.travel(MONDAY, tick=False)
def test_officers_are_reminded_three_days_and_one_day_before_and_nothing_twice(
    sent: Suspect, officer_psh: User, officer_pp: User
) -> None:
    hearing(sent, officer_psh, 5)
    now = timezone.now()
    assert remind(now + 1.9 * DAY) == 0
    assert [remind(now + days * DAY) for days in (2.1, 2.2, 3.5)] == [1, 0, 0]
    assert told("hearing_soon") == [officer_psh.username]
    assert [remind(now + days * DAY) for days in (4.1, 4.2, 5.1)] == [1, 0, 0]
    assert told("hearing_tomorrow") == [officer_psh.username]
    assert officer_pp.username not in told("hearing_soon")


@time_machine.travel(MONDAY, tick=False)
def test_a_hearing_set_late_is_reminded_of_once(sent: Suspect, officer_psh: User) -> None:
    hearing(sent, officer_psh, 0.5)
    assert [remind(), remind()] == [1, 0]
    assert (told("hearing_soon"), told("hearing_tomorrow")) == ([], [officer_psh.username])


@time_machine.travel(MONDAY, tick=False)
def test_nobody_is_reminded_of_what_is_off_or_behind_a_wall(sent: Suspect, officer_psh: User, supervisor: User) -> None:
    row = hearing(sent, officer_psh, 2)
    hearing(sent, officer_psh, 2, court="C12")
    advance_hearing(row, "call_off", by=officer_psh, note="The judge is ill")
    type(sent.complaint).objects.filter(pk=sent.complaint_id).update(handling="sealed")
    assert remind() == 1
    assert officer_psh.username not in told("hearing_soon")


def test_an_officer_of_another_province_sees_no_hearing(
    browser: Browser, program: Any, sent: Suspect, officer_psh: User, officer_pp: User
) -> None:
    row = hearing(sent, officer_psh)
    assert sent.reference not in browser(officer_pp).get("/hearings/").content.decode()
    assert browser(officer_pp).get(f"/hearings/{row.reference}/steps/adjourn/").status_code == 404
    client = program(officer_pp)
    assert client.get("/api/v1/hearings/").json()["results"] == []
    for path in (f"/api/v1/hearings/{row.reference}/", f"/api/v1/suspects/{sent.reference}/hearings/"):
        assert client.get(path).status_code == 404


def test_an_analyst_reads_no_names_and_no_words(
    browser: Browser, program: Any, sent: Suspect, officer_psh: User, analyst: User
) -> None:
    hearing(sent, officer_psh, room="Room of the wolf")
    for path in ("/hearings/", url(sent), f"{url(sent)}hearings/"):
        page = browser(analyst).get(path).content.decode()
        assert "王伟" not in page
        assert "wolf" not in page
    assert program(analyst).get("/api/v1/hearings/").json()["results"][0]["room"] is None


def test_a_program_sets_moves_and_reads_hearings(program: Any, officer_psh: User, sent: Suspect) -> None:
    client, path = program(officer_psh), f"/api/v1/suspects/{sent.reference}/hearings/"
    said = {"at": (timezone.now() + 4 * DAY).isoformat(), "kind": "detention"}
    first, again = (client.post(path, said, headers={"Idempotency-Key": "h-1"}) for _ in range(2))
    assert (first.status_code, again.status_code, Hearing.objects.count()) == (201, 201, 1)
    assert client.post(path, {**said, "also": ["S-22222222"]}).status_code == 404
    assert client.post(path, {**said, "colour": "red"}).status_code == 400
    found = client.get("/api/v1/hearings/").json()["results"][0]
    assert (found["suspect"], found["kind"]) == (sent.reference, "detention")
    steps = f"/api/v1/hearings/{found['reference']}/steps/"
    next_at = (timezone.now() + 9 * DAY).isoformat()
    assert client.post(steps, {"step": "adjourn", "next_at": "soon"}).status_code == 400
    done = client.post(steps, {"step": "adjourn", "next_at": next_at}).json()
    assert (done["status"], done["next"] is not None) == ("adjourned", True)
    assert client.post(steps, {"step": "adjourn"}).status_code == 409
    assert client.get(f"/api/v1/suspects/{sent.reference}/").json()["next_hearing_at"] is not None


def test_filters_of_hearings(program: Any, sent: Suspect, officer_psh: User) -> None:
    for days in (-10, 3, 29, 40):
        hearing(sent, officer_psh, days)
    client = program(officer_psh)

    def found(query: str = "") -> int:
        return len(client.get(f"/api/v1/hearings/?{query}").json()["results"])

    assert (found(), found("when=past"), found("when=all")) == (2, 1, 4)
    day = (timezone.localdate() + timedelta(days=35)).isoformat()
    assert (found(f"day_from={day}"), found(f"q={sent.reference}"), found("court=C12"), found("kind=trial")) == (
        1,
        2,
        0,
        2,
    )
    assert client.get("/api/v1/hearings/?when=never").status_code == 400


def test_what_was_adjourned_without_a_day_waits_until_there_is_one(
    browser: Browser, program: Any, officer_psh: User, officer_pp: User, supervisor: User, sent: Suspect
) -> None:
    def waiting(by: User = officer_psh) -> list[str]:
        listed = [row["hearing"].reference for row in browser(by).get("/hearings/?when=adjourned").context["rows"]]
        found = program(by).get("/api/v1/hearings/?when=adjourned").json()["results"]
        assert [row["reference"] for row in found] == listed
        due = {one.name: n for one, n in numbers_due(by, timezone.now())}
        assert due.get("adjourned", 0) == len(listed)
        return listed

    first = advance_hearing(hearing(sent, officer_psh, -8), "adjourn", by=officer_psh, result="No interpreter")
    assert waiting() == [first.reference]
    assert waiting(officer_pp) == []
    second = hearing(sent, officer_psh, 4)
    assert waiting() == []
    second = advance_hearing(second, "call_off", by=officer_psh, note="The judge is ill")
    assert waiting() == [first.reference]
    third = advance_hearing(hearing(sent, officer_psh, -4), "adjourn", by=officer_psh, next_at=timezone.now() + DAY)
    assert waiting() == []
    advance_hearing(third.next, "strike", by=officer_psh, note="Of another man")
    assert waiting() == [third.reference]
    advance(Suspect.objects.get(pk=sent.pk), "dismiss", by=officer_psh, note="Not enough")
    assert waiting() == []
    advance_hearing(hearing(sent, officer_psh, 0), "adjourn", by=officer_psh)
    Suspect.objects.filter(pk=sent.pk).update(verdict_on=timezone.localdate() - timedelta(days=1))
    assert len(waiting()) == 1


def test_the_list_asks_the_same_of_the_database_at_any_length(
    browser: Browser, officer_psh: User, sent: Suspect
) -> None:
    counts, client = [], browser(officer_psh)
    for more in (3, 12, 25):
        for row in SuspectFactory.create_batch(more, complaint=sent.complaint):
            hearing(at_court(row, officer_psh), officer_psh, 3)
        client.get("/hearings/")
        counts.append(len(asked(client, "/hearings/")))
    assert counts[0] == counts[1] == counts[2] <= 12, counts


def test_the_page_of_a_suspect_at_court_with_everything_asks_few_questions(
    browser: Browser, officer_psh: User, supervisor: User, sent: Suspect
) -> None:
    row = advance(sent, "charge", by=officer_psh, articles=["L08-10", "L08-12"])
    row = advance(row, "restrain", by=officer_psh, restraint="judicial_supervision")
    file: CaseFile = CaseFileFactory()
    for other in (row, *(SuspectFactory(complaint=sent.complaint) for _ in range(4))):
        join(file, other, by=supervisor)
    for days in (1, 2, 3):
        hearing(row, officer_psh, days)
    client = browser(officer_psh)
    client.get(url(sent))
    statements = asked(client, url(sent))
    assert len(statements) <= 19, "\n".join(statements)
    many = asked(client, f"/case-files/{file.reference}/")
    assert len(many) <= 20, "\n".join(many)


def test_an_adjournment_taken_back_takes_its_hearing_with_it(
    officer_psh: User, supervisor: User, sent: Suspect
) -> None:
    row = hearing(sent, officer_psh, days=-1 / 48)
    wrong, right = (timezone.now() + days * DAY for days in (3, 30))
    row = advance_hearing(row, "adjourn", by=officer_psh, next_at=wrong)
    back = advance_hearing(row, "take_back_result", by=supervisor, note="The wrong month")
    assert back.next is None
    assert Hearing.objects.get(at=wrong).status == "mistaken"
    again = advance_hearing(back, "adjourn", by=officer_psh, next_at=right)
    assert again.next.at == right
    advance_hearing(again.next, "call_off", by=officer_psh, note="No judge")
    with pytest.raises(Conflict):
        advance_hearing(again, "take_back_result", by=supervisor, note="Again")
