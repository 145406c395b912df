"""The administrator's pages: accounts, roles, postings, the roster; what each does to access at once."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.models import Duty, Posting, User
from accounts.roles import ROLES
from audit.models import AuditEvent
from core.exceptions import Conflict
from tests.factories.accounts import PASSWORD, DutyFactory, PostingFactory, UserFactory, officer_of

pytestmark = pytest.mark.django_db
NEW = {"username": "new.officer", "name": "New Officer", "name_km": "មន្ត្រីថ្មី", "email": "", "role": "officer"}


def test_an_administrator_makes_an_account_and_sees_its_password_once(
    browser: Callable[..., Client], admin: User
) -> None:
    client = browser(admin)
    page = client.post("/users/new/", NEW)
    password = re.search(r'<code class="sk-ref">([a-z2-9-]{19})</code>', page.content.decode())
    assert password
    user = User.objects.get(username="new.officer")
    assert user.check_password(password[1])
    assert user.must_change_password
    assert password[1] not in client.get("/users/new.officer/").content.decode()
    assert AuditEvent.objects.filter(verb="user_created", object_id=str(user.pk), actor_id=str(admin.pk)).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"username": "officer psh"},
        {"username": "ឈ្មោះ"},
        {"username": "a\x00b"},
        {"username": "x" * 61},
        {"username": "admin"},
        {"username": "Admin"},
        {"role": "system"},
        {"role": "root"},
        {"role": ""},
        {"name": ""},
        {"name": " \u200b "},
        {"name": "x" * 121},
        {"email": "nonsense"},
    ],
)
def test_a_wrong_account_is_refused_and_what_was_typed_is_kept(
    browser: Callable[..., Client], admin: User, wrong: dict[str, str]
) -> None:
    answer = browser(admin).post("/users/new/", NEW | wrong)
    assert answer.status_code == 400
    assert "មន្ត្រីថ្មី" in answer.content.decode()
    assert User.objects.people().count() == 1


def test_hidden_fields_change_nothing(browser: Callable[..., Client], admin: User) -> None:
    extra = {"is_active": "", "session_epoch": "9", "password": "x", "partner_id": "PA-1", "must_change_password": ""}
    browser(admin).post("/users/new/", NEW | extra)
    user = User.objects.get(username="new.officer")
    assert (user.is_active, user.session_epoch, user.partner_id, user.must_change_password) == (True, 0, "", True)


def test_the_list_filters_and_leaves_the_system_user_out(
    browser: Callable[..., Client], cast: Any, system: User
) -> None:
    client = browser(cast["admin"])
    page = client.get("/users/").content.decode()
    assert page.count("<tr>") == 1 + 7
    assert "/users/system/" not in page
    found = client.get("/users/?q=officer").content.decode()
    assert "officer.psh" in found
    assert "analyst" not in found.split("<tbody>")[1]
    assert client.get("/users/?role=nonsense").status_code == 200
    assert client.get("/users/system/").status_code == 404


def test_the_list_costs_the_same_for_few_and_many(
    browser: Callable[..., Client], admin: User, django_assert_max_num_queries: Any
) -> None:
    for _count in range(30):
        UserFactory()
    client = browser(admin)
    client.get("/users/")
    with django_assert_max_num_queries(8):  # session, user, savepoint and its end, rows, provinces, unread, audit
        client.get("/users/")


def test_a_role_change_takes_effect_at_the_next_request(
    browser: Callable[..., Client], admin: User, supervisor: User
) -> None:
    theirs = browser(supervisor)
    assert theirs.get("/roster/").status_code == 200
    User.objects.filter(pk=supervisor.pk).update(role="integrity")
    assert theirs.get("/roster/").status_code == 302


def test_a_new_role_ends_sessions_and_postings(browser: Callable[..., Client], admin: User, officer_psh: User) -> None:
    theirs = browser(officer_psh)
    assert theirs.get("/account/").status_code == 200
    form = {"name": "Officer", "name_km": "", "email": "", "role": "admin", "version": "1"}
    assert browser(admin).post("/users/officer.psh/", form).status_code == 302
    assert theirs.get("/account/")["Location"].startswith("/accounts/login/")
    assert not officer_psh.postings.active().exists()
    assert not officer_psh.duties.active().exists()
    event = AuditEvent.objects.get(verb="user_edited")
    assert (event.detail["before"], event.detail["after"]) == ("officer", "admin")


def test_a_stale_edit_is_a_conflict(browser: Callable[..., Client], admin: User, analyst: User) -> None:
    services.edit_user(analyst, by=admin, version=1, name="Other")
    form = {"name": "Mine", "name_km": "", "email": "", "role": "analyst", "version": "1"}
    assert browser(admin).post("/users/analyst/", form).status_code == 409
    assert User.objects.get(pk=analyst.pk).name == "Other"


def test_deactivating_ends_everything_at_once(browser: Callable[..., Client], admin: User, officer_psh: User) -> None:
    theirs, client = browser(officer_psh), browser(admin)
    assert client.post("/users/officer.psh/deactivate/").status_code == 302
    assert theirs.get("/account/")["Location"].startswith("/accounts/login/")
    assert not Duty.objects.active().exists()
    assert client.post("/users/officer.psh/deactivate/").status_code == 409
    page = client.post("/users/officer.psh/reactivate/")
    assert page.status_code == 200
    assert User.objects.get(pk=officer_psh.pk).must_change_password


def test_nobody_changes_their_own_access(browser: Callable[..., Client], admin: User) -> None:
    client = browser(admin)
    for act in ("deactivate", "password"):
        assert client.post(f"/users/admin/{act}/").status_code == 400
    assert client.post("/users/admin/second-factor/", {"why": "me"}).status_code == 400
    form = {"name": "A", "name_km": "", "email": "", "role": "supervisor", "version": "1"}
    assert client.post("/users/admin/", form).status_code == 400
    assert User.objects.get(pk=admin.pk).role == "admin"


def test_a_new_first_password_ends_a_lockout(browser: Callable[..., Client], admin: User, officer_psh: User) -> None:
    client = Client()
    for _attempt in range(5):
        client.post("/accounts/login/", {"login": "officer.psh", "password": "wrong"})
    _user, password = services.reset_password(officer_psh, by=admin)
    answer = client.post("/accounts/login/", {"login": "officer.psh", "password": password})
    assert answer.status_code == 302


def test_ending_my_other_sessions_keeps_this_one(browser: Callable[..., Client], officer_psh: User) -> None:
    here, there = browser(officer_psh), browser(officer_psh)
    assert here.post("/account/sessions/end/").status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_postings_of_one_person_in_one_province_never_overlap(admin: User, officer_psh: User) -> None:
    today = timezone.localdate()
    with pytest.raises(ValidationError):
        services.post(officer_psh, by=admin, province_id="18", from_on=today)
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(user=officer_psh, province_id="18", from_on=today)
    services.post(officer_psh, by=admin, province_id="12", from_on=today)
    assert User.objects.get(pk=officer_psh.pk).posted_provinces == {"18", "12"}


def test_a_posting_may_follow_the_day_after_another(admin: User) -> None:
    user, day = UserFactory(), date(2026, 1, 1)
    services.post(user, by=admin, province_id="18", from_on=day, until_on=date(2026, 1, 31))
    services.post(user, by=admin, province_id="18", from_on=date(2026, 2, 1))
    with pytest.raises(ValidationError):
        services.post(user, by=admin, province_id="18", from_on=date(2025, 12, 1), until_on=day)


@pytest.mark.parametrize("role", ["admin", "partner", "integrity"])
def test_some_roles_have_no_posting_and_no_duty(supervisor: User, admin: User, role: str) -> None:
    user = UserFactory(role=role)
    with pytest.raises(ValidationError):
        services.post(user, by=admin, province_id="18", from_on=timezone.localdate())
    for make in (PostingFactory, DutyFactory):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(user=user)


def test_the_database_refuses_an_administrator_with_a_running_posting(officer_psh: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=officer_psh.pk).update(role="admin")


def test_a_posting_is_made_and_ended_on_the_account_s_page(browser: Callable[..., Client], admin: User) -> None:
    user, client, today = UserFactory(username="someone"), browser(admin), timezone.localdate()
    form = {"province": "18", "from_on": str(today), "until_on": "", "lead": "on"}
    assert client.post("/users/someone/postings/", form).status_code == 302
    assert client.post("/users/someone/postings/", form).status_code == 400
    assert client.post("/users/someone/postings/", form | {"province": "00"}).status_code == 400
    posting = user.postings.get()
    assert posting.lead
    end = f"/users/someone/postings/{posting.pk}/end/"
    assert client.post(end, {"until_on": "2020-01-01"}).status_code == 400
    assert client.post(end, {"until_on": "tomorrow"}).status_code == 400
    assert client.post(end, {"until_on": str(today)}).status_code == 302
    assert client.post(f"/users/admin/postings/{posting.pk}/end/", {"until_on": str(today)}).status_code == 404


def test_only_administrators_open_the_pages_of_accounts(browser: Callable[..., Client], cast: Any) -> None:
    answers = {role: browser(user).get("/users/").status_code for role, user in cast.items()}
    assert answers == dict.fromkeys(cast, 403) | {"admin": 200}


def test_the_lead_writes_the_roster_of_the_own_province_only(browser: Callable[..., Client], officer_psh: User) -> None:
    colleague = officer_of("18", username="colleague", lead=False, duty=False)
    client = browser(officer_psh)
    form = {"user": str(colleague.pk), "from_at_0": "1/11/2026", "from_at_1": "08:00", "until_at_0": ""}
    assert client.post("/roster/18/", form).status_code == 302
    assert client.get("/roster/12/").status_code == 404
    assert client.post("/roster/12/", form).status_code == 404
    duty = Duty.objects.get(user=colleague)
    assert browser(colleague).post("/roster/18/", form).status_code == 403
    assert browser(colleague).post(f"/roster/18/{duty.pk}/end/").status_code == 403
    assert client.post(f"/roster/18/{duty.pk}/end/").status_code == 302
    with pytest.raises(PermissionDenied):
        services.put_on_duty(colleague, by=colleague, province_id="18", from_at=timezone.now())


def test_only_who_is_posted_there_goes_on_the_roster(
    browser: Callable[..., Client], supervisor: User, officer_pp: User
) -> None:
    client = browser(supervisor)
    form = {"user": str(officer_pp.pk), "from_at_0": "1/11/2026", "from_at_1": "08:00", "until_at_0": ""}
    assert client.post("/roster/18/", form).status_code == 400
    assert client.post("/roster/12/", form | {"until_at_0": "១/១០/2026"}).status_code == 400
    assert client.post("/roster/12/", form).status_code == 400  # on duty already
    assert client.get("/roster/99/").status_code == 404


@pytest.mark.parametrize("day", ["1/1/0001", "31/12/9999", "31/2/2026", "yesterday", "1/1/2569", "\x00", "9" * 5000])
def test_a_strange_day_is_asked_for_again(
    browser: Callable[..., Client], admin: User, officer_psh: User, day: str
) -> None:
    client = browser(admin)
    duty = {"user": str(officer_psh.pk), "from_at_0": day, "from_at_1": "08:00"}
    assert client.post("/roster/18/", duty).status_code == 400
    posting = {"province": "12", "from_on": day, "until_on": ""}
    assert client.post("/users/officer.psh/postings/", posting).status_code == 400
    assert (
        client.post("/users/officer.psh/postings/", posting | {"from_on": "1/1/2026", "until_on": day}).status_code
        == 400
    )


def test_the_roster_names_who_is_on_duty_now(browser: Callable[..., Client], officer_psh: User, intake: User) -> None:
    DutyFactory(
        user=officer_of("18", username="later", name="Comes Later", name_km="", duty=False),
        from_at=timezone.now() + timedelta(days=1),
    )
    page = browser(intake).get("/roster/").content.decode()
    assert officer_psh.name in page
    assert "Comes Later" not in page
    assert "Comes Later" in browser(intake).get("/roster/18/").content.decode()


def test_the_first_administrator_is_made_once(db: Any, capsys: Any) -> None:
    call_command("first_admin", username="boss", name="The Boss")
    password = re.search(r"shown once: (\S+)", capsys.readouterr().out)
    user = User.objects.get(username="boss")
    assert password
    assert user.check_password(password[1])
    assert (user.role, user.must_change_password) == ("admin", True)
    with pytest.raises(CommandError, match="already"):
        call_command("first_admin", username="boss2", name="Another")
    assert User.objects.filter(role="admin").count() == 1


def test_the_first_administrator_needs_a_usable_name(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError):
        call_command("first_admin", username="Not A Name", name="X")
    assert not User.objects.filter(role="admin").exists()


def test_the_demonstration_has_its_people_twice_over(db: Any) -> None:
    for _time in range(2):
        people = services.ensure_demo_users()
    assert len(people) == 11
    assert {user.role for user in people.values()} == set(ROLES) - {"system"}
    assert all(user.check_password(PASSWORD) and user.language == "" and user.name_km for user in people.values())
    assert people["officer.psh"].leads("18")
    assert people["officer.pp"].leads("12")
    assert Duty.objects.active().filter(until_at=None).count() == Posting.objects.count() == 2


def test_there_is_one_system_user(system: User) -> None:
    assert services.system_user() == system
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(role="system")


def test_a_conflict_names_what_is_saved(admin: User, analyst: User) -> None:
    with pytest.raises(Conflict) as caught:
        services.edit_user(analyst, by=admin, version=7, name="Mine")
    assert caught.value.theirs["name"] == analyst.name


def test_the_page_of_roles_is_up_to_date(db: Any) -> None:
    call_command("write_roles", "--check")


def test_an_end_before_its_beginning_is_said_in_words(
    browser: Callable[..., Client], admin: User, officer_psh: User
) -> None:
    client = browser(admin)
    posted = {"province": "12", "from_on": "2/9/2026", "until_on": "1/9/2026"}
    answer = client.post(f"/users/{officer_psh.username}/postings/", posted)
    assert answer.status_code == 400
    assert "The last day lies before the first" in answer.content.decode()
    own = officer_psh.postings.get()
    ended = client.post(f"/users/{officer_psh.username}/postings/{own.pk}/end/", {"until_on": "1/9/1999"})
    assert ended.status_code == 400
    duty = {"user": str(officer_psh.pk), "from_at_0": "2/9/2026", "from_at_1": "8:00", "until_at_0": "1/9/2026"}
    assert client.post("/roster/18/", duty).status_code == 400
