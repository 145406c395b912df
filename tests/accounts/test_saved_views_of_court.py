"""Operations, case files and hearings kept by name: a count is of the rows the list shows its reader, in the same queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone, translation

from accounts.kept_lists import LISTS
from accounts.models import SavedView, User
from accounts.services import save_view
from complaints.said import PersonSaid
from complaints.services import advance as advance_complaint
from complaints.services import name_suspect
from suspects.services import set_hearing
from tests.factories.cases import CaseFileFactory
from tests.queries import asked
from tests.suspects import at_court
from tests.victims.test_operations import done, planned

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db
PATHS = {"operations": "/operations/", "case-files": "/case-files/", "hearings": "/hearings/"}
QUERIES = {
    "operations": ["province=18", "result=people_brought_out", "done_from=2020-01-01&province=18"],
    "case-files": ["state=open", "article=L08-10&province=18", "opened_from=2020-01-01"],
    "hearings": ["court=C18", "kind=trial", "court=C18&kind=trial&sort=latest"],
}


def kept(by: User, query: str, *, key: str, name: str, **said: Any) -> SavedView:
    return save_view(by=by, params=QueryDict(query), name=name, list_key=key, **said)


def tabs(client: Client, path: str) -> dict[str, int | None]:
    return {str(tab["label"]): tab.get("count") for tab in client.get(path).context["tabs"]}


@pytest.fixture
def rows(registered: Any, officer_psh: User) -> Any:
    """One operation carried out and one planned, one file, two hearings of which one lies within thirty days."""
    complaint = registered()
    done(complaint, officer_psh)
    planned(complaint, officer_psh)
    CaseFileFactory().articles.set(["L08-10"])
    sent = at_court(name_suspect(complaint, PersonSaid(name="王伟"), by=officer_psh), officer_psh)
    for days in (5, 50):
        set_hearing(sent, by=officer_psh, at=timezone.now() + timedelta(days=days), kind="trial")
    return complaint


@pytest.mark.parametrize("key", PATHS)
def test_a_list_is_kept_and_counted_in_one_query_however_many_views(
    rows: Any, officer_psh: User, browser: Browser, key: str
) -> None:
    client, path = browser(officer_psh), PATHS[key]
    first = QUERIES[key][0]
    page = client.get(f"{path}?{first}&q=Nguyen").content.decode()
    assert f'href="/views/{key}/new/?{first}"' in page
    costs = []
    for number, query in enumerate(QUERIES[key]):
        kept(officer_psh, query, key=key, name=f"View {number}")
        client.get(path)
        costs.append(len(asked(client, path)))
    assert costs[0] == costs[1] == costs[2] <= 14, costs
    assert f'href="/views/{key}/"' in client.get(path).content.decode()
    for number, query in enumerate(QUERIES[key]):
        shown = client.get(f"{path}?{query}").context
        assert (shown["count"], tabs(client, path)[f"View {number}"]) == (1, 1), query
        assert [str(tab["label"]) for tab in shown["tabs"] if tab["current"]] == [f"View {number}"]


@pytest.mark.parametrize("key", PATHS)
def test_views_of_a_province_and_of_everybody_count_their_readers_own_rows(
    rows: Any, officer_psh: User, officer_pp: User, supervisor: User, browser: Browser, key: str
) -> None:
    query = QUERIES[key][1]
    kept(officer_psh, query, key=key, name="Ours", level="province:18")
    kept(supervisor, query, key=key, name="All", level="national")

    def shown(by: User) -> dict[str, int | None]:
        found = tabs(browser(by), PATHS[key])
        return {name: found[name] for name in ("Ours", "All") if name in found}

    assert shown(officer_psh) == {"Ours": 1, "All": 1}
    assert shown(officer_pp) == {"All": 0}
    assert shown(supervisor) == {"All": 1}


def test_what_is_planned_is_in_no_count(rows: Any, officer_psh: User, supervisor: User, program: Any) -> None:
    kept(supervisor, "province=18", key="operations", name="All", level="national")
    for by in (supervisor, officer_psh):
        (row,) = program(by).get("/api/v1/views/?list=operations").json()["results"]
        assert row["count"] == len(program(by).get("/api/v1/operations/?province=18").json()["results"]) == 1


@pytest.mark.parametrize(("key", "left"), [("operations", 0), ("hearings", 0), ("case-files", 1)])
def test_what_was_closed_to_a_province_is_counted_there_no_more(
    rows: Any, officer_psh: User, supervisor: User, browser: Browser, key: str, left: int
) -> None:
    kept(supervisor, QUERIES[key][1], key=key, name="All", level="national")
    advance_complaint(rows, "lead_nationally", by=supervisor, note="Not safe there")
    assert tabs(browser(officer_psh), PATHS[key])["All"] == left  # the file joins nothing of the complaint
    assert tabs(browser(supervisor), PATHS[key])["All"] == 1


@pytest.mark.parametrize("key", PATHS)
def test_a_role_that_cannot_open_a_list_keeps_no_view_of_it(intake: User, key: str, program: Any) -> None:
    said = {"list": key, "name": "ថ្មី", "query": QUERIES[key][0]}
    opens = intake.may(LISTS[key].permission)
    assert program(intake).post("/api/v1/views/", said, format="json").status_code == (201 if opens else 400)
    assert SavedView.objects.filter(list_key=key).exists() is opens


@pytest.mark.parametrize("key", PATHS)
@pytest.mark.parametrize("language", ["km", "en"])
def test_the_pages_of_the_views_are_named_in_both_languages(
    officer_psh: User, browser: Browser, key: str, language: str
) -> None:
    kept(officer_psh, QUERIES[key][0], key=key, name="ថ្មីៗ")
    client = browser(officer_psh)
    with translation.override(language):
        label = str(LISTS[key].label)
    for path in (f"/views/{key}/", f"/views/{key}/new/?{QUERIES[key][1]}"):
        page = client.get(path, headers={"accept-language": language}).content.decode()
        assert label in page.partition("<main")[2] or label in page.partition("<h1")[2]
