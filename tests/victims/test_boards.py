"""Who waits: people found and not screened for 72 hours, people still sought by the time without a step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from people.services import make_person
from victims.models import Victim
from victims.services import add_victim, advance, decide

Browser = Callable[..., Any]


@pytest.fixture
def found(registered: Any, officer_psh: User) -> Callable[..., Victim]:
    """Bring somebody out so many hours ago."""

    def bring(hours: int, **where: Any) -> Victim:
        complaint = registered(**where)
        victim = add_victim(complaint, make_person(name=f"Found {hours}"), by=officer_psh)
        return advance(victim, "record_rescue", by=officer_psh, happened_at=timezone.now() - timedelta(hours=hours))

    return bring


def test_who_is_not_screened_for_72_hours_stands_first_on_the_supervisors_page(
    found: Any, browser: Browser, supervisor: User, officer_psh: User
) -> None:
    late, early = found(80), found(70)
    page = browser(supervisor).get("/")
    assert [row.reference for row in page.context["unscreened"]["rows"]] == [late.reference]
    text = page.content.decode()
    assert text.index('id="unscreened"') < text.index("sk-group", text.index('id="unscreened"') + 30)
    assert early.reference not in text
    assert browser(officer_psh).get("/").context["unscreened"] is None
    decide(late, "decide_presumed", by=officer_psh)
    assert browser(supervisor).get("/").context["unscreened"] is None


def test_the_list_has_the_same_and_says_how_long(found: Any, browser: Browser, supervisor: User) -> None:
    older, late, _early = found(200), found(80), found(2)
    page = browser(supervisor).get("/victims/?board=unscreened&sort=quiet")
    assert [row.reference for row in page.context["rows"]] == [older.reference, late.reference]
    assert "no step for 8 d" in page.content.decode()


def test_another_province_is_on_no_ones_board(found: Any, browser: Browser, officer_pp: User) -> None:
    found(200)
    assert not browser(officer_pp).get("/victims/?board=unscreened").context["rows"]


def test_who_is_still_sought_is_listed_by_the_time_without_a_step(
    found: Any, registered: Any, officer_psh: User, browser: Browser
) -> None:
    found(5)
    complaint = registered(received_at=timezone.now() - timedelta(days=9))
    quiet, asked = (add_victim(complaint, make_person(), by=officer_psh) for _n in range(2))
    Victim.objects.filter(pk=quiet.pk).update(status_at=timezone.now() - timedelta(days=9))
    advance(asked, "locate", by=officer_psh, place="Gate 3")
    page = browser(officer_psh).get("/victims/?board=sought&sort=quiet")
    assert [row.reference for row in page.context["rows"]] == [quiet.reference, asked.reference]


@pytest.mark.parametrize(
    ("board", "says"),
    [
        ("unscreened", "Nobody waits for screening"),
        ("held", "No victim is in detention"),
        ("sought", "Nobody is sought"),
    ],
)
def test_an_empty_board_says_that_nobody_waits(browser: Browser, supervisor: User, board: str, says: str) -> None:
    client = browser(supervisor)
    assert says in client.get(f"/victims/?board={board}").content.decode()
    assert "Nobody matches" in client.get(f"/victims/?board={board}&sex=male").content.decode()
