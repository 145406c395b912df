"""Tables to hand in, tables for the public and the population in a browser: on a small phone, in Khmer, by WCAG."""

import pytest

from reports.models import HandInCell
from tests.browser.test_pages import looked_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "the sets": "/reports/hand-in/",
    "tip": "/reports/hand-in/tip/?year=2022",
    "unodc": "/reports/hand-in/unodc/?year=2022",
    "sdg": "/reports/hand-in/sdg/?year=2022",
    "for the public": "/reports/public-tables/?from=2022-08-01&to=2022-09-30",
}


def test_tables_fit_a_small_phone_in_khmer_and_hold_to_wcag(open_page, analyst, complaint):
    assert looked_at(open_page, analyst, PAGES, complaint) == {}


def test_the_population_fits_a_small_phone_and_holds_to_wcag(open_page, admin, complaint):
    assert looked_at(open_page, admin, {"population": "/reports/population/"}, complaint) == {}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_cell_is_typed_where_it_stands(open_page, analyst, scripts):
    page = open_page("/reports/hand-in/tip/?year=2022", width=360, as_user=analyst, scripts=scripts)
    row = page.locator("#A6 tr", has_text="Requests sent")
    row.locator("summary").click()
    row.get_by_label("Number or words").fill("4")
    row.get_by_label("Where it is from").fill("Letter 12")
    row.get_by_role("button", name="Save").click()
    page.wait_for_load_state()
    assert HandInCell.objects.get().value == "4"
    assert "Letter 12" in page.locator("#A6").inner_text()
