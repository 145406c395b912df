"""A raid from the plan to the list of names, by one officer, on a phone in Khmer and at a desk in English."""

import re
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from complaints.said import PersonSaid
from core.display import ZONE
from tests.browser.conftest import broken_rules, overflow
from victims.models import Operation, Victim

LIST = "Nguyễn Thị Lan\tF\t24\tVN\tC1234567\n王建国\tM\t34\tCN\t\n"


def sent(page: Any, form: str, button: str = "") -> None:
    """Send a form as its button does, and wait for the answer."""
    with page.expect_navigation():
        page.evaluate(
            "([form, name]) => { const f = document.getElementById(form);"
            " f.requestSubmit(name ? f.querySelector(`[name=${name}]`) : undefined) }",
            [form, button],
        )


def looked_at(page: Any) -> None:
    """Nothing is wider than the screen, and no rule of WCAG is broken."""
    assert overflow(page) == 0
    assert broken_rules(page) == []


@pytest.mark.parametrize(("language", "width"), [("km", 360), ("en", 1280)])
def test_a_raid(open_page: Any, registered: Any, officer_psh: User, language: str, width: int) -> None:
    people = (PersonSaid(name="Nguyen Thi Lan", sex="female", nationality="VN"),)
    complaint = registered(people=people, number=(1, 4, 9))
    sought = Victim.objects.get(complaint=complaint)
    page = open_page(
        f"/operations/new/?complaint={complaint.reference}", width=width, language=language, as_user=officer_psh
    )
    looked_at(page)
    now = timezone.now().astimezone(ZONE)
    page.fill("[name=planned_for_0]", f"{now.day}/{now.month}/{now.year}")
    page.fill("[name=planned_for_1]", f"{now:%H:%M}")
    page.fill("[name=place]", "Floor 8")
    sent(page, "plan-form")
    (reference,) = re.findall(r"OP-\w{8}", page.url)
    looked_at(page)
    base = page.url
    page.goto(f"{base}steps/record_done/")
    page.locator("[name=result]").first.check(force=True)
    sent(page, "step")
    page.goto(f"{base}count/")
    looked_at(page)
    assert page.locator("#count table").bounding_box()["width"] <= width
    page.fill("[name=row-0-men]", "3")
    page.fill("[name=row-0-children]", "១" if language == "km" else "1")
    sent(page, "count")
    assert Victim.objects.filter(operation__reference=reference).count() == 4
    page.goto(f"{base}people/")
    looked_at(page)
    page.fill("[name=text]", LIST)
    sent(page, "list")
    looked_at(page)
    assert page.locator("select[name=row-1]").input_value() == sought.reference
    sent(page, "list", "save")
    sought.refresh_from_db()
    assert (sought.rescue_status, sought.operation.reference) == ("rescued", reference)
    looked_at(page)
    page.goto(page.url.rsplit("/", 2)[0] + "/")
    complaint.refresh_from_db()
    assert complaint.ledger["rescued"] == 4
    assert complaint.ledger["found_unreported"] == 2
    assert Operation.objects.get(reference=reference).result
    assert page.said == []
