"""The tables of the law, kept by the administrator."""

from accounts.models import User
from suspects.models import CustodyLimit
from tests.suspects import Browser


def test_the_administrator_keeps_the_law(browser: Browser, admin: User, officer_psh: User) -> None:
    client = browser(admin)
    assert client.get("/law/").status_code == 200
    limits = {"first": "48", "first_warn": "40", "extension": "24", "extension_warn": "12"}
    assert client.post("/law/", limits).status_code == 302
    assert CustodyLimit.objects.get(kind="first").warn_hours == 40
    refused = client.post("/law/", {**limits, "first_warn": "48"})
    assert refused.status_code == 400
    assert browser(officer_psh).get("/law/").status_code == 403
