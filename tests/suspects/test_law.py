"""The tables of the law, kept by the administrator."""

from accounts.models import User
from audit.models import AuditEvent
from suspects.models import Article, Court, CustodyLimit
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


ARTICLE = {"number": "10", "title_km": "ចំណងជើង", "title_en": "Title", "law_km": "ច្បាប់", "law_en": "Law"}


def test_an_article_is_changed_and_the_change_is_audited(browser: Browser, admin: User) -> None:
    client = browser(admin)
    assert client.post("/law/L08-10/", {**ARTICLE, "is_trafficking": "on", "is_checked": "on"}).status_code == 302
    article = Article.objects.get(pk="L08-10")
    assert (article.title_en, article.is_checked) == ("Title", True)
    event = AuditEvent.objects.get(verb="law.article")
    assert (event.actor_id, event.detail["code"]) == (str(admin.pk), "L08-10")
    assert "is_trafficking" not in event.detail["fields"]
    refused = client.post("/law/L08-10/", {**ARTICLE, "title_km": ""})
    assert refused.status_code == 400
    assert "Article 10" in refused.content.decode()


def test_an_article_is_added_once_and_offered(browser: Browser, admin: User, officer_psh: User) -> None:
    client, said = browser(admin), {**ARTICLE, "number": "251"}
    assert client.post("/law/new/", {**said, "code": "pc-251"}).status_code == 302
    assert "251. Title" in browser(officer_psh).get("/case-files/new/").content.decode()
    for code, word in (("PC-251", "already"), ("a b", "like L08-10"), ("", "required")):
        answer = client.post("/law/new/", {**said, "code": code})
        assert answer.status_code == 400
        assert word in answer.content.decode()


def test_a_court_is_renamed_and_keeps_its_province(browser: Browser, admin: User, officer_psh: User) -> None:
    said = {"name_km": "សាលាដំបូង", "name_en": "First court", "province": "12"}
    assert browser(admin).post("/law/courts/C18/", said).status_code == 302
    court = Court.objects.get(pk="C18")
    assert (court.name_en, court.province_id) == ("First court", "18")
    assert AuditEvent.objects.get(verb="law.court").detail == {"code": "C18", "fields": ["name_en", "name_km"]}
    assert browser(officer_psh).post("/law/courts/C18/", said).status_code == 403
