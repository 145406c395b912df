"""Counting that takes long is kept for its reader, says from when it is, and is done again when asked."""

from typing import Any

import pytest
from django.core.cache import cache

from accounts.models import User
from complaints.models import Complaint
from reports.indicators import REGISTRY, Look
from reports.indicators.counting import tallied, together
from reports.trend import split_of
from tests.queries import asked
from tests.reports.window import PRESS, WINDOW, Browser, Registered

PAGES = ["/reports/", "/reports/situation/"]


@pytest.fixture
def long(settings: Any) -> None:
    """Let any counting count as long."""
    settings.FIGURES_LONG = 0


@pytest.mark.parametrize("page", PAGES)
def test_the_second_look_is_of_the_first_and_says_so(
    world: None, long: None, browser: Browser, supervisor: User, registered: Registered, page: str
) -> None:
    client, path = browser(supervisor), f"{page}?{PRESS}"
    english = {"accept-language": "en"}
    first = client.get(path, headers=english)
    assert first.context["counted_at"] is None
    assert "Count again" not in first.content.decode()
    complaint = Complaint._base_manager.order_by("received_at").filter(received_at__gte=WINDOW.begins).first()
    assert complaint
    Complaint._base_manager.filter(pk=complaint.pk).update(received_at=complaint.received_at.replace(year=2019))
    queries = len(asked(client, path))
    kept = client.get(path, headers=english)
    assert kept.context["trend"] == first.context["trend"]
    assert kept.context["counted_at"] is not None
    assert "Count again" in kept.content.decode()
    anew = client.get(kept.context["anew_url"].replace("?", f"{page}?"), headers=english)
    assert anew.context["trend"] != first.context["trend"]
    assert anew.context["counted_at"] is None
    assert queries < len(asked(client, f"{path}&anew=1"))
    assert client.get(path, headers=english).context["trend"] == anew.context["trend"]


def test_nobody_reads_what_was_counted_with_anothers_eyes(
    world: None, long: None, browser: Browser, supervisor: User, analyst: User, officer_psh: User
) -> None:
    path = f"/reports/situation/?{PRESS}"
    browser(supervisor).get(path)
    for user in (analyst, officer_psh):
        assert browser(user).get(path).context["counted_at"] is None
        assert browser(user).get(path).context["counted_at"] is not None


def test_another_posting_or_window_is_counted(world: None, long: None, browser: Browser, officer_psh: User) -> None:
    client, path = browser(officer_psh), f"/reports/situation/?{PRESS}"
    client.get(path)
    assert client.get(f"{path}&from=2022-08-19").context["counted_at"] is None
    officer_psh.postings.all().delete()
    assert client.get(path).context["counted_at"] is None


def test_what_was_counted_quickly_is_of_this_moment(world: None, browser: Browser, supervisor: User) -> None:
    client, path = browser(supervisor), f"/reports/situation/?{PRESS}"
    client.get(path)
    assert client.get(path).context["counted_at"] is None


def test_a_cache_that_lost_it_counts_anew(world: None, long: None, browser: Browser, supervisor: User) -> None:
    client, path = browser(supervisor), f"/reports/situation/?{PRESS}"
    client.get(path)
    cache.clear()
    assert client.get(path).context["counted_at"] is None


@pytest.mark.parametrize("role", ["supervisor", "officer_psh", "system"])
def test_what_is_read_together_is_what_is_read_alone(world: None, request: pytest.FixtureRequest, role: str) -> None:
    user = request.getfixturevalue(role)
    for name, indicator in REGISTRY.items():
        if indicator.heads or indicator.typical or indicator.true or indicator.needs_province:
            continue
        alone = Look(user, WINDOW)
        splits = [split.name for split in indicator.splits_for(user) if split.adds_up]
        both = Look(user, WINDOW)
        together(name, both, ((), *((split,) for split in splits)))
        assert both.kept, name
        for split in splits:
            one = indicator.split(split)
            assert tallied(indicator, one, both) == tallied(indicator, one, alone), (name, split)
        assert indicator.figure(both) == indicator.figure(alone), name
    assert split_of(WINDOW) == "week"
