"""What browsers are told with every answer: no script and no style but our own files, no frame, no sniffing."""

import re
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/complaints/",
    "/complaints/new/",
    "/victims/",
    "/sites/",
    "/account/",
    "/api/docs/",
    "/complaints/KH-2022-222222/",
)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|<style", re.IGNORECASE)


def refuses_what_is_not_ours(answer: Any) -> None:
    policy = answer["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
    assert rules["default-src"] == "'self'"
    assert not {"script-src", "style-src"} & set(rules)
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_nothing_that_stands_in_it(browser: Any, supervisor: Any, path: str) -> None:
    answer = browser(supervisor).get(path)
    refuses_what_is_not_ours(answer)
    assert INLINE.findall(answer.content.decode()) == []


@pytest.mark.parametrize("path", ["/accounts/login/", "/nowhere/", "/?%00"])
def test_so_do_the_pages_before_signing_in(client: Client, path: str) -> None:
    answer = client.get(path)
    refuses_what_is_not_ours(answer)
    assert INLINE.findall(answer.content.decode()) == []
