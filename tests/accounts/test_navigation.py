"""The navigation: each role finds all it may open, what stands under another entry one press further; the current one is said."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.context import ITEMS, PARTS, address
from accounts.models import User
from accounts.roles import ROLES

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
CURRENT = re.compile(r'<a href="([^"?]+)[^"]*" aria-current="(page|true)">')


def leaves(nav: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [leaf for item in nav for leaf in item["parts"] or [item]]


def test_every_role_finds_all_it_may_open_and_nothing_else(cast: dict[str, User], browser: Browser) -> None:
    every = [one for item in ITEMS for one in PARTS.get(item[1], (item,))]
    for role, user in cast.items():
        permissions = ROLES[user.role].permissions
        may = {route for _label, route, needs in every if address(route) and set(needs) <= permissions}
        assert {leaf["route"] for leaf in leaves(browser(user).get("/").context["nav"])} == may, role


def test_what_it_leads_to_opens_and_says_where_one_is(cast: dict[str, User], browser: Browser) -> None:
    for role, user in cast.items():
        client = browser(user)
        for item in client.get("/").context["nav"]:
            for leaf in item["parts"] or [item]:
                answer = client.get(leaf["url"])
                if answer.status_code != 200:  # it asks for something first
                    continue
                said = CURRENT.findall(answer.content.decode().partition("<main")[0].partition('class="sk-nav"')[2])
                whole = [(item["url"], "true"), (leaf["url"], "page")] if item["parts"] else [(leaf["url"], "page")]
                assert said == whole, (role, leaf["url"])


def test_the_days_of_a_page_of_reports_are_kept_on_the_way_to_the_next(analyst: User, browser: Browser) -> None:
    days = "from=2022-08-18&amp;to=2022-09-29"
    page = browser(analyst).get("/reports/situation/?from=2022-08-18&to=2022-09-29").content.decode()
    for path in ("/reports/", "/reports/situation/", "/reports/indicators/"):
        assert f'href="{path}?{days}"' in page
    assert 'href="/surveys/"' in page
    assert 'href="/reports/"' in browser(analyst).get("/activities/").content.decode()


def test_the_menu_of_a_phone_names_every_part(supervisor: User, browser: Browser) -> None:
    page = browser(supervisor).get("/").content.decode()
    menu = page.partition('id="menu"')[2].partition("</details>")[0]
    for leaf in leaves(browser(supervisor).get("/").context["nav"]):
        assert f'<a href="{leaf["url"]}"' in menu, leaf["url"]
    assert '<b class="sk-menu__group">Reports</b>' in menu


def test_one_part_alone_stands_for_itself(partner: User, admin: User, browser: Browser) -> None:
    assert [item["label"] for item in browser(partner).get("/").context["nav"] if item["parts"]] == []
    (reports,) = [item for item in browser(admin).get("/").context["nav"] if item["parts"]]
    assert (reports["url"], [part["route"] for part in reports["parts"]]) == (
        "/activities/",
        ["activities:list", "reports:population"],
    )
