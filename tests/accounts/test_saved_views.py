"""A list narrowed once and kept by name: one's own, a province's by its lead, everybody's by a supervisor."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, QueryDict
from django.test import Client

from accounts.models import SavedView, User
from accounts.services import delete_view, move_view, rename_view, save_view
from accounts.services.views import MOST
from complaints.services import advance
from core.exceptions import Conflict
from referrals.services import send
from tests.queries import asked
from tests.victims.returns import at_step, found

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db
NEW = "status=new"


def kept(by: User, query: str = NEW, *, name: str = "New ones", **said: Any) -> SavedView:
    return save_view(by=by, params=QueryDict(query), name=name, **{"list_key": "complaints", **said})


def tabs(client: Client, path: str = "/complaints/") -> list[tuple[str, int | None, bool]]:
    return [(str(tab["label"]), tab.get("count"), tab["current"]) for tab in client.get(path).context["tabs"]]


def test_only_known_filters_are_kept_and_never_what_was_searched_for(officer_psh: User) -> None:
    said = "q=Nguyen&status=new&urgency=high&cursor=x&page_size=9&shared=1&bad=1&officer=someone&sort=due&side=from"
    assert kept(officer_psh, said).query == "side=from&status=new&urgency=high&sort=due"
    assert kept(officer_psh, "officer=me", name="Mine").query == "officer=me"
    for nothing in ("q=Nguyen", "", "bad=1", "sort=due"):
        with pytest.raises(ValidationError):
            kept(officer_psh, nothing, name="Nothing")
    with pytest.raises(ValidationError):
        kept(officer_psh, list_key="users")
    for name in (" ", "x" * 41):
        with pytest.raises(ValidationError):
            kept(officer_psh, name=name)


def test_a_view_for_others_names_no_record(supervisor: User) -> None:
    query = "complaint=KH-2026-7RNTHY&status=sent"
    with pytest.raises(ValidationError) as refused:
        kept(supervisor, query, list_key="referrals", level="national")
    assert list(refused.value.message_dict) == ["level"]
    assert kept(supervisor, query, list_key="referrals").level == "own"


def test_a_tab_counts_the_readers_own_rows(
    registered: Any, officer_psh: User, officer_pp: User, supervisor: User, browser: Browser
) -> None:
    registered(), registered()
    advance(registered(), "acknowledge", by=officer_psh)
    registered(province_of_incident="12")
    kept(supervisor, level="national")
    kept(officer_psh, "status=acknowledged", name="Taken")
    assert tabs(browser(officer_psh))[2:] == [("Taken", 1, False), ("New ones", 2, False)]
    assert tabs(browser(officer_pp))[2:] == [("New ones", 1, False)]
    assert tabs(browser(supervisor))[2:] == [("New ones", 3, False)]
    shown = tabs(browser(officer_psh), "/complaints/?status=new")
    assert [current for _label, _count, current in shown] == [False, False, False, True]
    assert shown[0][2] is False


def test_a_view_of_a_province_is_its_leads_and_its_officers(
    officer_psh: User, officer_pp: User, supervisor: User, browser: Browser
) -> None:
    kept(officer_psh, level="province:18")
    assert [label for label, _n, _c in tabs(browser(officer_psh))][2:] == ["New ones"]
    assert tabs(browser(officer_pp))[2:] == []
    for by, level in ((officer_psh, "province:12"), (officer_psh, "national"), (supervisor, "province:18")):
        with pytest.raises(PermissionDenied):
            kept(by, level=level)


def test_a_filter_a_role_may_not_use_makes_no_tab(supervisor: User, officer_psh: User, browser: Browser) -> None:
    kept(supervisor, "handling=national_led", level="national")
    assert tabs(browser(officer_psh))[2:] == []
    assert len(tabs(browser(supervisor))[2:]) == 1


def test_names_order_and_end(officer_psh: User, officer_pp: User, supervisor: User) -> None:
    one, two = kept(officer_psh, name="One"), kept(officer_psh, name="Two")
    with pytest.raises(Conflict):
        kept(officer_psh, name="One")
    with pytest.raises(Conflict):
        rename_view(two, by=officer_psh, name="One")
    rename_view(two, by=officer_psh, name="  Second   one ")
    move_view(two, by=officer_psh)
    own = SavedView.objects.visible_to(officer_psh).in_order()
    assert list(own.values_list("name", flat=True)) == ["Second one", "One"]
    for act in (delete_view, move_view):
        with pytest.raises(Http404):
            act(one, by=officer_pp)
    national = kept(supervisor, level="national")
    with pytest.raises(PermissionDenied):
        delete_view(national, by=officer_psh)
    delete_view(one, by=officer_psh)
    assert SavedView.objects.filter(user=officer_psh).count() == 1


def test_there_is_an_end_to_how_many(officer_psh: User) -> None:
    for number in range(MOST):
        kept(officer_psh, name=f"View {number}")
    with pytest.raises(Conflict):
        kept(officer_psh, name="One more")


def test_counts_cost_one_query_however_many_views(registered: Any, officer_psh: User, browser: Browser) -> None:
    registered()
    client, costs = browser(officer_psh), []
    for path in ("/complaints/", "/victims/"):
        key = path.strip("/")
        kept(officer_psh, "received_from=2020-01-01", name="First", list_key=key)
        client.get(path)
        costs.append(len(asked(client, path)))
        for number in range(5):
            kept(officer_psh, f"received_from=2020-01-0{number + 2}", name=f"View {number}", list_key=key)
        costs.append(len(asked(client, path)))
    assert costs[0] == costs[1] <= 12, costs
    assert costs[2] == costs[3] <= 12, costs


def test_the_pages_keep_rename_and_delete(officer_psh: User, officer_pp: User, browser: Browser) -> None:
    client = browser(officer_psh)
    page = client.get("/complaints/?status=new&q=Nguyen").content.decode()
    assert "/views/complaints/new/?status=new" in page
    page = client.get("/views/complaints/new/?status=new&q=Nguyen").content.decode().partition("<main")[2]
    assert 'name="query" value="status=new"' in page
    assert "Nguyen" not in page
    assert "Preah Sihanouk" in page
    said = {"query": NEW, "name": "", "level": "own"}
    assert client.post("/views/complaints/new/", said).status_code == 400
    answer = client.post("/views/complaints/new/", {**said, "name": "ថ្មីៗ"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/complaints/?status=new")
    assert client.post("/views/complaints/new/", {**said, "name": "ថ្មីៗ"}).status_code == 409
    row = SavedView.objects.get()
    url = f"/views/complaints/{row.reference}/"
    assert browser(officer_pp).post(url, {"act": "delete"}).status_code == 404
    assert client.post(url, {"act": "rename", "name": " "}).status_code == 400
    assert client.post(url, {"act": "rename", "name": "Fresh"}).status_code == 302
    assert "Fresh" in client.get("/views/complaints/").content.decode()
    assert client.post(url, {"act": "burn"}).status_code == 400
    assert client.post(url, {"act": "delete"}).status_code == 302
    assert "No view is saved yet" in client.get("/views/complaints/").content.decode()
    assert client.get("/views/nothing/").status_code == 404


def test_the_api_keeps_counts_and_deletes(officer_psh: User, officer_pp: User, registered: Any, program: Any) -> None:
    registered()
    client = program(officer_psh)
    said = {"list": "complaints", "name": "New ones", "query": "status=new&q=x", "level": "province:18"}
    made = client.post("/api/v1/views/", said, format="json")
    assert (made.status_code, made.json()["query"], made.json()["count"]) == (201, NEW, 1)
    url = f"/api/v1/views/{made.json()['reference']}/"
    assert client.post(f"{url}rename/", {"name": "Fresh"}, format="json").json()["name"] == "Fresh"
    assert client.post(f"{url}move/").status_code == 200
    assert [row["count"] for row in client.get("/api/v1/views/?list=complaints").json()["results"]] == [1]
    assert client.get("/api/v1/views/?list=victims").json()["results"] == []
    assert program(officer_pp).get(url).status_code == 404
    assert client.post("/api/v1/views/", {**said, "level": "national"}, format="json").status_code == 403
    assert client.post(f"{url}delete/").status_code == 204


@pytest.mark.parametrize(
    ("key", "path", "query", "count"),
    [
        ("returns", "/repatriations/people/", "status=asked_alone&view=waiting", 2),
        ("referrals", "/referrals/", "status=sent&waits=answer", 1),
    ],
)
def test_returns_and_referrals_are_kept_with_their_counts_in_the_same_queries(
    registered: Any, officer_psh: User, browser: Browser, key: str, path: str, query: str, count: int
) -> None:
    for _ in range(2):
        at_step(found(registered, officer_psh), "asked_alone", officer_psh)
    send(registered(), by=officer_psh, to="12", message="Ask the family in Phnom Penh")
    client = browser(officer_psh)
    form = client.get(f"{path}?{query}").context
    assert form["keep_url"] == f"/views/{key}/new/?{query}"
    costs = []
    for n in range(3):
        more = f"{query}&province=18" if n else query
        kept(officer_psh, f"{more}&sort=updated" if n > 1 else more, list_key=key, name=f"View {n}")
        assert tabs(client, path)[-1][1] == count
        costs.append(len(asked(client, path)))
    assert costs[0] == costs[1] == costs[2], costs
    assert client.get(f"/views/{key}/").status_code == 200
